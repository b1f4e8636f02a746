//! Sums as text, as floats and as whole numbers.
//!
//! Most sums are whole, or money of at most six places, and 128 bits hold them. Then the division by a power of ten
//! leaves nothing, and what leaves nothing is a multiplication.

use super::{ExactSum, ONE};
use ethnum::U256;
use std::fmt::Write;

/// Bits to which a sum is brought before it is divided for a float. 10²⁸ has 94, so the quotient has at least 66: the
/// 53 of a float, the one that rounds, and more.
const DIVIDEND_BITS: u32 = 160;

/// The division by a power of ten of those that leave nothing: without the twos, it is a multiplication with the
/// inverse among the integers of 128 bits. Only multiples of the power come out small.
struct Exactly {
    twos: u32,
    inverse: u128,
    largest: u128,
}

/// 10²⁸ steps are one.
const ONES: Exactly = Exactly::by(28);
/// 10²² steps are a millionth.
const MILLIONTHS: Exactly = Exactly::by(22);

impl Exactly {
    const fn by(places: u32) -> Self {
        let fives = 5_u128.pow(places);
        // An odd number is its own inverse in three bits, and each step doubles them.
        let (mut inverse, mut bits) = (fives, 3);
        while bits < u128::BITS {
            inverse = inverse.wrapping_mul(2_u128.wrapping_sub(fives.wrapping_mul(inverse)));
            bits *= 2;
        }
        Self { twos: places, inverse, largest: u128::MAX / fives }
    }

    /// The quotient, if it is whole and a count.
    fn divide(&self, steps: u128) -> Option<u64> {
        if steps.trailing_zeros() < self.twos {
            return None;
        }
        let quotient = (steps >> self.twos).wrapping_mul(self.inverse);
        if quotient <= self.largest { u64::try_from(quotient).ok() } else { None }
    }
}

impl ExactSum {
    /// The steps without their sign, where 128 bits hold them.
    fn short(&self) -> Option<u128> {
        let (high, low) = self.0.unsigned_abs().into_words();
        (high == 0).then_some(low)
    }

    /// The sum as a count: nothing where it has places behind the point, is negative or too large for one.
    pub fn as_count(&self) -> Option<u64> {
        if self.0.is_negative() {
            return None;
        }
        match self.short() {
            Some(steps) => ONES.divide(steps),
            None => (self.0 % ONE == 0).then(|| u64::try_from(self.0 / ONE).ok()).flatten(),
        }
    }

    /// Plain decimal text without exponent or trailing zeros: `0`, `-0.5`, `1630`.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write_text(&mut text);
        text
    }

    /// Writes [`Self::to_text`] behind what is there.
    pub fn write_text(&self, text: &mut String) {
        if self.0.is_negative() {
            text.push('-');
        }
        let short = self.short();
        if let Some(whole) = short.and_then(|steps| ONES.divide(steps)) {
            text.push_str(itoa::Buffer::new().format(whole));
        } else if let Some(micros) = short.and_then(|steps| MILLIONTHS.divide(steps)) {
            text.push_str(itoa::Buffer::new().format(micros / 1_000_000));
            push_places(text, format_args!("{:06}", micros % 1_000_000));
        } else {
            let (one, amount) = (ONE.unsigned_abs(), self.0.unsigned_abs());
            // Writing to text does not fail.
            let _ = write!(text, "{}", amount / one);
            let part = (amount % one).as_u128();
            if part != 0 {
                push_places(text, format_args!("{part:028}"));
            }
        }
    }

    /// The nearest float, ties to even, as if read from the text.
    pub fn to_f64(&self) -> f64 {
        let size = match self.short() {
            Some(steps) => nearest_short(steps),
            None => nearest(self.0.unsigned_abs()),
        };
        if self.0.is_negative() { -size } else { size }
    }
}

/// The point and the digits behind it, without the zeros at their end.
fn push_places(text: &mut String, digits: std::fmt::Arguments<'_>) {
    let _ = write!(text, ".{digits}");
    text.truncate(text.trim_end_matches('0').len());
}

fn nearest_short(steps: u128) -> f64 {
    if let Some(whole) = ONES.divide(steps) {
        return whole as f64;
    }
    match MILLIONTHS.divide(steps) {
        // Both are exact doubles, so their quotient is the double nearest to the sum.
        Some(micros) if micros < 1 << 53 => micros as f64 / 1e6,
        _ => nearest(U256::from(steps)),
    }
}

/// A whole quotient of more digits than a float has, whose last one says whether there is anything behind it: a float
/// of that rounds once.
fn nearest(steps: U256) -> f64 {
    if steps == U256::ZERO {
        return 0.0;
    }
    let bits = U256::BITS - steps.leading_zeros();
    let up = DIVIDEND_BITS.saturating_sub(bits);
    let down = bits.saturating_sub(DIVIDEND_BITS);
    let dividend = (steps << up) >> down;
    let (quotient, rest) = (dividend / ONE.unsigned_abs(), dividend % ONE.unsigned_abs());
    let more = rest != U256::ZERO || steps.trailing_zeros() < down;
    let digits = quotient.as_u128() | u128::from(more);
    // Far from the ends of what floats hold, so a power of two is exact.
    libm::ldexp(digits as f64, down.cast_signed() - up.cast_signed())
}
