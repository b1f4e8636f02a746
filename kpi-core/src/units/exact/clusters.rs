//! What the spread of a ratio needs when things are counted within rows.

use ethnum::I256;
use rust_decimal::Decimal;

use super::moments::{SPREAD_PLACES, square, take, write};
use super::wide::Wide;
use super::{ExactSum, at_places};

/// Sums over rows that each bring `x` things of which `y` count: answers and correct ones, words and errors,
/// outcomes and tokens.
///
/// Twenty answers of one conversation are not twenty observations, so the spread is taken between rows. Σx and
/// Σy are exact; in the squares, values are read to 12 places half-even. Squares past 10⁵² stop at the top, and
/// then there is no variance rather than a wrong one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clusters {
    pub(super) rows: u64,
    pub(super) rows_with_x: u64,
    pub(super) sum_x: ExactSum,
    pub(super) sum_y: ExactSum,
    pub(super) read_x: I256,
    pub(super) read_y: I256,
    pub(super) xx: I256,
    pub(super) xy: I256,
    pub(super) yy: I256,
}

impl Clusters {
    /// Length of the state in bytes.
    pub const BYTES: usize = 240;

    /// Adds a row.
    pub fn add(&mut self, x: Decimal, y: Decimal) {
        let read_x = at_places(x.mantissa(), x.scale(), SPREAD_PLACES);
        let read_y = at_places(y.mantissa(), y.scale(), SPREAD_PLACES);
        self.merge(&Self {
            rows: 1,
            rows_with_x: u64::from(x > Decimal::ZERO),
            sum_x: ExactSum::from_decimal(x),
            sum_y: ExactSum::from_decimal(y),
            read_x,
            read_y,
            xx: square(read_x),
            // Where this wraps, one of the squares has hit the top, and it is not read.
            xy: read_x.wrapping_mul(read_y),
            yy: square(read_y),
        });
    }

    /// Adds a row of whole numbers, the same as [`Self::add`] and faster.
    pub fn add_ints(&mut self, x: u64, y: u64) {
        const STEP: I256 = I256::new(10_i128.pow(SPREAD_PLACES));
        const SQUARED: I256 = I256::new(10_i128.pow(2 * SPREAD_PLACES));
        let (x, y) = (I256::from(x), I256::from(y));
        let in_steps = |value: I256| value.wrapping_mul(STEP);
        let product = |a: I256, b: I256| a.wrapping_mul(b).wrapping_mul(SQUARED);
        self.merge(&Self {
            rows: 1,
            rows_with_x: u64::from(x != I256::ZERO),
            sum_x: ExactSum(x.wrapping_mul(super::ONE)),
            sum_y: ExactSum(y.wrapping_mul(super::ONE)),
            read_x: in_steps(x),
            read_y: in_steps(y),
            xx: product(x, x),
            xy: product(x, y),
            yy: product(y, y),
        });
    }

    /// Takes in the rows of another part.
    pub fn merge(&mut self, other: &Self) {
        self.rows = self.rows.saturating_add(other.rows);
        self.rows_with_x = self.rows_with_x.saturating_add(other.rows_with_x);
        self.sum_x.merge(&other.sum_x);
        self.sum_y.merge(&other.sum_y);
        self.read_x = self.read_x.wrapping_add(other.read_x);
        self.read_y = self.read_y.wrapping_add(other.read_y);
        self.xx = self.xx.saturating_add(other.xx);
        self.xy = self.xy.wrapping_add(other.xy);
        self.yy = self.yy.saturating_add(other.yy);
    }

    /// All rows added; a ratio of counts varies over these.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Rows with x > 0; a proportion of things varies over these.
    pub fn rows_with_x(&self) -> u64 {
        self.rows_with_x
    }

    /// Σx, the denominator.
    pub fn sum_x(&self) -> ExactSum {
        self.sum_x
    }

    /// Σy, the numerator.
    pub fn sum_y(&self) -> ExactSum {
        self.sum_y
    }

    /// Σy/Σx; `None` unless Σx > 0.
    pub fn ratio(&self) -> Option<f64> {
        (self.sum_x.signum() > 0).then(|| self.sum_y.to_f64() / self.sum_x.to_f64())
    }

    /// The variance of Σy/Σx between `m` rows, m/(m − 1)·Σ(y − px)²/(Σx)² with p = Σy/Σx.
    ///
    /// `m` is [`Self::rows`] or [`Self::rows_with_x`]: a row with neither x nor y adds nothing to the sums and
    /// may be counted or not. `None` when m < 2 or Σx is not positive.
    ///
    /// Σ(y − px)² is (Σy²·X² − 2·XY·Σxy + Y²·Σx²)/X² with X = Σx and Y = Σy; that numerator is taken in whole
    /// numbers, so rows that all have nearly the same ratio lose no digits.
    pub fn residual_variance(&self, m: u64) -> Option<f64> {
        if m < 2 || !self.read_x.is_positive() || self.xx == I256::MAX || self.yy == I256::MAX {
            return None;
        }
        let [x, y, xx, xy, yy] =
            [self.read_x, self.read_y, self.xx, self.xy, self.yy].map(|sum| Wide::from(sum.unsigned_abs()));
        let squares = yy.product(x).product(x).plus(xx.product(y).product(y));
        let cross = x.product(y).product(xy);
        let cross = cross.plus(cross);
        let agrees = self.read_y.is_negative() == self.xy.is_negative();
        let spread = if agrees { squares.minus(cross) } else { squares.plus(cross) };
        let squared_x = x.product(x).to_f64();
        let m = m as f64;
        Some(spread.to_f64() / squared_x / squared_x * (m / (m - 1.0)))
    }

    /// The state as bytes.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let counts = [self.rows.to_le_bytes(), self.rows_with_x.to_le_bytes()];
        let sums = [self.sum_x.to_le_bytes(), self.sum_y.to_le_bytes()];
        let for_spread = [self.read_x, self.read_y, self.xx, self.xy, self.yy].map(I256::to_le_bytes);
        write(&mut bytes, &[counts.as_flattened(), sums.as_flattened(), for_spread.as_flattened()]);
        bytes
    }

    /// The state back from bytes; `None` when they are not as many as [`Self::BYTES`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let state = Self {
            rows: u64::from_le_bytes(take(&mut rest)?),
            rows_with_x: u64::from_le_bytes(take(&mut rest)?),
            sum_x: ExactSum::from_le_bytes(take(&mut rest)?),
            sum_y: ExactSum::from_le_bytes(take(&mut rest)?),
            read_x: I256::from_le_bytes(take(&mut rest)?),
            read_y: I256::from_le_bytes(take(&mut rest)?),
            xx: I256::from_le_bytes(take(&mut rest)?),
            xy: I256::from_le_bytes(take(&mut rest)?),
            yy: I256::from_le_bytes(take(&mut rest)?),
        };
        rest.is_empty().then_some(state)
    }
}
