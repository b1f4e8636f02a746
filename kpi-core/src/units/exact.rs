//! Sums that come out the same whatever the order, and however the rows were parted.
//!
//! A float sum depends on the order of its terms, so two halves of a ledger would not add up to the whole.
//! Here every value is an integer of 10⁻²⁸, the finest step a decimal has, in 256 bits: 10¹⁹ of the largest
//! decimals fit, which is more rows than anybody has.

mod clusters;
mod convert;
mod moments;
mod running;
#[cfg(test)]
mod tests;
mod wide;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use ethnum::I256;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub use clusters::Clusters;
pub use moments::Moments;
pub use running::{RunningClusters, RunningMoments, RunningSum};

/// Places after the point that a sum keeps.
const PLACES: u32 = 28;
/// Places after the point that a money quotient keeps.
const QUOTIENT_PLACES: u32 = 6;
/// One, as a count of the smallest steps.
const ONE: I256 = I256::new(10_i128.pow(PLACES));

/// A product that does not fit 256 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the product is too large for an exact sum")
    }
}

impl std::error::Error for Overflow {}

/// An exact sum of decimals, the same for every order of its terms.
///
/// Sums of decimals cannot overflow in practice. Past 10⁴⁸ they would wrap, which keeps even then the order
/// from mattering; products, which could get there, are checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactSum(I256);

impl ExactSum {
    /// Nothing added yet.
    pub const ZERO: Self = Self(I256::ZERO);

    /// A decimal as a sum of one term.
    pub fn from_decimal(value: Decimal) -> Self {
        Self::from_scaled(value.mantissa(), value.scale())
    }

    /// `units`·10⁻`scale` as a sum of one term; digits past the 28th place are rounded half-even.
    pub fn from_scaled(units: i128, scale: u32) -> Self {
        Self(at_places(units, scale, PLACES))
    }

    /// Adds a decimal.
    pub fn add_decimal(&mut self, value: Decimal) {
        *self += Self::from_decimal(value);
    }

    /// Adds `units`·10⁻`scale`, such as milliseconds with a scale of 3.
    pub fn add_scaled(&mut self, units: i128, scale: u32) {
        *self += Self::from_scaled(units, scale);
    }

    /// Adds a whole number.
    pub fn add_int(&mut self, value: i64) {
        *self += Self::from(value);
    }

    /// Takes in the sum of another part.
    pub fn merge(&mut self, other: &Self) {
        *self += *other;
    }

    /// Whether it comes to exactly nothing.
    pub fn is_zero(&self) -> bool {
        self.0 == I256::ZERO
    }

    /// −1, 0 or 1.
    pub fn signum(&self) -> i32 {
        i32::from(self.0.is_positive()) - i32::from(self.0.is_negative())
    }

    /// Times a whole number.
    ///
    /// # Errors
    /// [`Overflow`] when the product does not fit.
    pub fn mul_int(&self, factor: i64) -> Result<Self, Overflow> {
        self.0.checked_mul(I256::from(factor)).map(Self).ok_or(Overflow)
    }

    /// Times a count.
    ///
    /// # Errors
    /// [`Overflow`] when the product does not fit.
    pub fn mul_count(&self, count: u64) -> Result<Self, Overflow> {
        self.0.checked_mul(I256::from(count)).map(Self).ok_or(Overflow)
    }

    /// The product, half-even to 28 places. It fits as long as it is below 5·10²⁰.
    ///
    /// # Errors
    /// [`Overflow`] when the product does not fit.
    pub fn mul(&self, factor: &Self) -> Result<Self, Overflow> {
        self.0.checked_mul(factor.0).map(|product| Self(div_half_even(product, ONE))).ok_or(Overflow)
    }

    /// The share of each of `n`: the quotient as money is shown, half-even to 6 places. `None` for n = 0.
    pub fn div_count(&self, n: u64) -> Option<Self> {
        let step = power_of_ten(PLACES - QUOTIENT_PLACES);
        // 64 bits by 74.
        let divisor = I256::from(n).wrapping_mul(step);
        (n != 0).then(|| Self(div_half_even(self.0, divisor).wrapping_mul(step)))
    }

    /// The quotient half-even to 6 places. `None` when the divisor is zero or the result beyond any amount.
    pub fn div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let dividend = self.0.checked_mul(power_of_ten(QUOTIENT_PLACES))?;
        div_half_even(dividend, divisor.0).checked_mul(power_of_ten(PLACES - QUOTIENT_PLACES)).map(Self)
    }

    /// The quotient as numerators show it: every digit where a decimal has them all, else half-even to 6 places.
    /// `None` when the divisor is zero or the result beyond any amount.
    pub fn quotient(&self, divisor: i64) -> Option<Self> {
        let count = I256::from(divisor);
        match self.0.checked_rem(count)? {
            I256::ZERO => Some(Self(self.0.wrapping_div(count))),
            _ => self.div(&Self::from(divisor)),
        }
    }

    /// Rounded half-even to so many places; 28 and more change nothing.
    #[must_use]
    pub fn round_to(&self, places: u32) -> Self {
        let step = power_of_ten(PLACES.saturating_sub(places));
        Self(div_half_even(self.0, step).wrapping_mul(step))
    }

    /// The same value as a decimal; `None` when a decimal has too few digits for it.
    pub fn to_decimal(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.to_text()).ok()
    }

    /// The count of smallest steps.
    pub(crate) fn wide(&self) -> I256 {
        self.0
    }

    /// The state as bytes.
    pub fn to_le_bytes(&self) -> [u8; 32] {
        self.0.to_le_bytes()
    }

    /// The state back from bytes.
    pub fn from_le_bytes(bytes: [u8; 32]) -> Self {
        Self(I256::from_le_bytes(bytes))
    }
}

impl From<i64> for ExactSum {
    fn from(value: i64) -> Self {
        Self(I256::from(value).wrapping_mul(ONE))
    }
}

impl From<u64> for ExactSum {
    fn from(value: u64) -> Self {
        Self(I256::from(value).wrapping_mul(ONE))
    }
}

impl From<Decimal> for ExactSum {
    fn from(value: Decimal) -> Self {
        Self::from_decimal(value)
    }
}

impl Add for ExactSum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

impl AddAssign for ExactSum {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for ExactSum {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0))
    }
}

impl SubAssign for ExactSum {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for ExactSum {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.wrapping_neg())
    }
}

impl Sum for ExactSum {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for ExactSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}

impl Serialize for ExactSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

/// `units`·10⁻`scale` counted in steps of 10⁻`places`, half-even where that loses digits.
fn at_places(units: i128, scale: u32, places: u32) -> I256 {
    let units = I256::new(units);
    if scale <= places {
        return units.wrapping_mul(power_of_ten(places - scale));
    }
    match scale - places {
        lost @ ..=38 => div_half_even(units, power_of_ten(lost)),
        _ => I256::ZERO,
    }
}

/// 10 to a power of at most 38, the largest that is asked for.
fn power_of_ten(exponent: u32) -> I256 {
    I256::new(10_i128.pow(exponent.min(38)))
}

/// The nearest integer to the quotient, a tie to the even one. The divisor is not zero.
pub(crate) fn div_half_even(dividend: I256, divisor: I256) -> I256 {
    // Amounts of 128 bits are the rule, and dividing them is several times quicker.
    if let (Ok(dividend), Ok(divisor @ 2..)) = (i128::try_from(dividend), i128::try_from(divisor)) {
        return I256::new(div_short_half_even(dividend, divisor));
    }
    let quotient = dividend.wrapping_div(divisor);
    let rest = dividend.wrapping_rem(divisor).unsigned_abs();
    let to_next = divisor.unsigned_abs().wrapping_sub(rest);
    let odd = quotient & I256::ONE == I256::ONE;
    if rest < to_next || (rest == to_next && !odd) {
        return quotient;
    }
    let away = if dividend.is_negative() == divisor.is_negative() { I256::ONE } else { I256::MINUS_ONE };
    quotient.wrapping_add(away)
}

/// The same of 128 bits. The divisor is above one, so that the quotient fits.
fn div_short_half_even(dividend: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (dividend / divisor, (dividend % divisor).unsigned_abs());
    let to_next = divisor.unsigned_abs() - rest;
    if rest < to_next || (rest == to_next && quotient & 1 == 0) {
        return quotient;
    }
    quotient + dividend.signum()
}
