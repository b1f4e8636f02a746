//! What calculators share: all that is wrong at once, decimals as text, and steps that can be followed by hand.

use crate::error::{Code, Error, Result};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Places after the point that an amount of money keeps where it is rounded.
pub(super) const PLACES: u32 = 6;

/// All that is wrong with what is asked for.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<String>);

impl Problems {
    /// A sentence without its full stop.
    pub fn add(&mut self, text: impl Into<String>) {
        self.0.push(text.into());
    }

    /// A sentence, unless this holds.
    pub fn unless(&mut self, holds: bool, text: impl FnOnce() -> String) {
        if !holds {
            self.0.push(text());
        }
    }

    /// A number that must lie in a range, ends included.
    pub fn within(&mut self, name: &str, value: Decimal, low: Decimal, high: Decimal) {
        self.unless((low..=high).contains(&value), || {
            format!("`{name}` is {}; it must lie from {} to {}", plain(value), plain(low), plain(high))
        });
    }

    /// A currency that exists.
    pub fn currency(&mut self, name: &str, code: &str) {
        self.unless(crate::units::is_currency(code), || {
            format!("`{name}` is \"{code}\", which is no ISO 4217 code; write for example \"EUR\"")
        });
    }

    /// Nothing is wrong, or one error that lists everything.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(refused(format!("{}.", self.0.join("; ")))) }
    }
}

/// An error about what is asked for.
pub(super) fn refused(text: impl Into<String>) -> Error {
    Error::new(Code::InvalidOption, text)
}

/// Plain decimal text without trailing zeros.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The same as JSON.
pub(super) fn text(value: Decimal) -> Value {
    json!(plain(value))
}

/// A whole number of few digits, or one behind the point.
pub(super) const fn decimal(units: u64, scale: u32) -> Decimal {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the number are what is asked for")]
    Decimal::from_parts(units as u32, (units >> 32) as u32, 0, false, scale)
}

/// Quotient and rest by a power of ten of 64 bits; nothing for a larger one. Each is a constant, which compilers divide by much
/// quicker than by a number.
const fn split(digits: u64, zeros: u32) -> Option<(u64, u64, u64)> {
    const fn by<const STEP: u64>(digits: u64) -> (u64, u64, u64) {
        (digits / STEP, digits % STEP, STEP)
    }
    Some(match zeros {
        1 => by::<10>(digits),
        2 => by::<100>(digits),
        3 => by::<1_000>(digits),
        4 => by::<10_000>(digits),
        5 => by::<100_000>(digits),
        6 => by::<1_000_000>(digits),
        7 => by::<10_000_000>(digits),
        8 => by::<100_000_000>(digits),
        9 => by::<1_000_000_000>(digits),
        10 => by::<10_000_000_000>(digits),
        11 => by::<100_000_000_000>(digits),
        12 => by::<1_000_000_000_000>(digits),
        _ => return None,
    })
}

/// Half-even to so many places: what `round_dp` does, several times quicker for the digits that amounts have.
pub(super) fn rounded(value: Decimal, places: u32) -> Decimal {
    let Some(lost) = value.scale().checked_sub(places).filter(|lost| *lost > 0) else { return value };
    let digits = u64::try_from(value.mantissa().unsigned_abs()).ok();
    let Some((quotient, rest, step)) = digits.and_then(|digits| split(digits, lost)) else {
        return value.round_dp(places);
    };
    let up = rest > step - rest || (rest == step - rest && quotient % 2 == 1);
    // At least a tenth of a number of 64 bits, so it fits 63.
    let size = (quotient + u64::from(up)).cast_signed();
    Decimal::new(if value.is_sign_negative() { -size } else { size }, places)
}

/// The quotient half-even to 6 places, as money is shown; nothing for a divisor of 0.
pub(super) fn quotient(dividend: Decimal, divisor: Decimal) -> Option<Decimal> {
    dividend.checked_div(divisor).map(|found| found.round_dp(PLACES))
}

/// One line of a calculation, so that it can be followed by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The figure that comes out.
    pub id: &'static str,
    /// What it is.
    pub label: String,
    /// How it is calculated, in names of inputs and earlier figures.
    pub formula: &'static str,
    /// The same in numbers.
    pub numbers: String,
    /// What comes out, or why nothing does.
    pub value: String,
}

impl Step {
    pub(super) fn to_json(&self) -> Value {
        json!({"id": self.id, "label": self.label, "formula": self.formula, "numbers": self.numbers, "value": self.value})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_rounding_is_that_of_decimals(high in 0_i64..=5, low: i64, scale in 0_u32..=28, places in 0_u32..=14) {
            let value = Decimal::from_i128_with_scale(i128::from(low) + (i128::from(high) << 64), scale);
            prop_assert_eq!(rounded(value, places), value.round_dp(places));
            // Ties, which random digits hardly ever are.
            let tie = Decimal::new(low / 1_000_000 * 10 + 5, (places + 1).min(28));
            prop_assert_eq!(rounded(tie, places), tie.round_dp(places));
        }
    }
}
