//! What a mean and its spread need of the values.

use ethnum::{I256, U256};
use rust_decimal::Decimal;

use super::wide::Wide;
use super::{ExactSum, at_places};

/// Places to which a value is read where it is squared: fine enough for any KPI, and squares still fit.
pub(super) const SPREAD_PLACES: u32 = 12;
/// One squared step of the spread, 10⁻²⁴.
const SQUARED_STEP: f64 = 1e24;

/// Count, sum and squares of a column: enough for its mean and variance, and mergeable.
///
/// The sum is exact. For the spread each value is read to 12 places, half-even, so that the squares are whole
/// numbers too. Squares past 10⁵² stop at the top, and then there is no variance rather than a wrong one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moments {
    pub(super) n: u64,
    pub(super) sum: ExactSum,
    pub(super) read: I256,
    pub(super) squares: I256,
}

impl Moments {
    /// Length of the state in bytes.
    pub const BYTES: usize = 104;

    /// Adds a decimal.
    pub fn add_decimal(&mut self, value: Decimal) {
        self.add_scaled(value.mantissa(), value.scale());
    }

    /// Adds `units`·10⁻`scale`, such as milliseconds with a scale of 3.
    pub fn add_scaled(&mut self, units: i128, scale: u32) {
        let read = at_places(units, scale, SPREAD_PLACES);
        self.n = self.n.saturating_add(1);
        self.sum.add_scaled(units, scale);
        self.read = self.read.wrapping_add(read);
        self.squares = self.squares.saturating_add(square(read));
    }

    /// Takes in the values of another part.
    pub fn merge(&mut self, other: &Self) {
        self.n = self.n.saturating_add(other.n);
        self.sum.merge(&other.sum);
        self.read = self.read.wrapping_add(other.read);
        self.squares = self.squares.saturating_add(other.squares);
    }

    /// How many values.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Their exact sum.
    pub fn sum(&self) -> ExactSum {
        self.sum
    }

    /// The mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum.to_f64() / self.n as f64)
    }

    /// The sample variance, Σ(x − x̄)²/(n − 1), from whole numbers: (nΣx² − (Σx)²)/(n(n − 1)).
    /// `None` below two values.
    pub fn variance(&self) -> Option<f64> {
        if self.n < 2 || self.squares == I256::MAX {
            return None;
        }
        let sum = Wide::from(self.read.unsigned_abs());
        let squares = Wide::from(self.squares.unsigned_abs());
        let spread = Wide::from(U256::from(self.n)).product(squares).minus(sum.product(sum));
        Some(spread.to_f64() / self.n as f64 / (self.n - 1) as f64 / SQUARED_STEP)
    }

    /// The state as bytes.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let sums = [self.sum.to_le_bytes(), self.read.to_le_bytes(), self.squares.to_le_bytes()];
        write(&mut bytes, &[&self.n.to_le_bytes(), sums.as_flattened()]);
        bytes
    }

    /// The state back from bytes; `None` when they are not as many as [`Self::BYTES`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let state = Self {
            n: u64::from_le_bytes(take(&mut rest)?),
            sum: ExactSum::from_le_bytes(take(&mut rest)?),
            read: I256::from_le_bytes(take(&mut rest)?),
            squares: I256::from_le_bytes(take(&mut rest)?),
        };
        rest.is_empty().then_some(state)
    }
}

/// The square, the largest number where it does not fit.
pub(super) fn square(value: I256) -> I256 {
    // A value of 128 bits squares without a check, and the check is slow.
    match i128::try_from(value) {
        Ok(_) => value.wrapping_mul(value),
        Err(_) => value.saturating_mul(value),
    }
}

/// Lays the fields of a state end to end.
pub(super) fn write(bytes: &mut [u8], fields: &[&[u8]]) {
    for (place, byte) in bytes.iter_mut().zip(fields.iter().copied().flatten()) {
        *place = *byte;
    }
}

/// Takes the next field off a state.
pub(super) fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (field, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*field)
}
