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
