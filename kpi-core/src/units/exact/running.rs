//! Sums while rows stream by: plain integers of one scale, taken into the exact sums only when the scale changes and at
//! the end. They give what the exact ones give, digit by digit.

use super::moments::SPREAD_PLACES;
use super::{Clusters, ExactSum, Moments, at_places, power_of_ten};
use ethnum::{I256, U256};

/// The finest scale of plain integers.
const FINEST: usize = 18;
/// Of 10^0 to 10^6: what lies between a scale of up to [`FINEST`] and the places to which spreads are read.
const STEPS: [i64; FINEST + 1 - SPREAD_PLACES as usize] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// An exact sum of plain integers.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunningSum {
    sum: i128,
    scale: u8,
    exact: ExactSum,
}

impl RunningSum {
    /// Adds integers that are already added up, `units`·10⁻`scale`.
    #[inline]
    pub fn add(&mut self, units: i128, scale: u8) {
        if scale != self.scale {
            self.settle();
            self.scale = scale;
        }
        self.sum += units;
    }

    /// Adds any decimal.
    pub fn add_scaled(&mut self, units: i128, scale: u32) {
        self.exact.add_scaled(units, scale);
    }

    fn settle(&mut self) {
        self.exact.add_scaled(self.sum, u32::from(self.scale));
        self.sum = 0;
    }

    /// The sum so far.
    pub fn total(mut self) -> ExactSum {
        self.settle();
        self.exact
    }
}

/// A sum of squares, which may pass 128 bits.
#[derive(Debug, Clone, Copy, Default)]
struct Squares {
    low: u128,
    high: u64,
}

impl Squares {
    #[inline]
    fn add(&mut self, square: u128) {
        let (low, passed) = self.low.overflowing_add(square);
        self.low = low;
        self.high += u64::from(passed);
    }

    fn scaled(self, power: u32) -> I256 {
        let whole = U256::from_words(u128::from(self.high), self.low);
        let scaled = whole.checked_mul(U256::new(10_u128.pow(power)));
        scaled.and_then(|wide| I256::try_from(wide).ok()).unwrap_or(I256::MAX)
    }
}

/// What a mean and its spread need, of plain integers.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunningMoments {
    n: u64,
    sum: i128,
    /// The values as spreads read them: to 12 places.
    read: i128,
    squares: Squares,
    scale: u8,
    exact: Moments,
}

impl RunningMoments {
    /// Adds a value of a scale that plain integers have.
    #[inline]
    pub fn add(&mut self, units: i64, scale: u8) {
        if scale != self.scale {
            self.settle();
            self.scale = scale;
        }
        let read = match u32::from(scale).checked_sub(SPREAD_PLACES) {
            None | Some(0) => units,
            Some(finer) => round_off(units, STEPS[finer as usize]),
        };
        self.n += 1;
        self.sum += i128::from(units);
        self.read += i128::from(read);
        let size = u128::from(read.unsigned_abs());
        self.squares.add(size * size);
    }

    /// Adds so many values of a scale of at most 12, already added up, as are their squares.
    pub fn add_many(&mut self, n: u64, sum: i64, squares: u64, scale: u8) {
        if scale != self.scale {
            self.settle();
            self.scale = scale;
        }
        self.n += n;
        self.sum += i128::from(sum);
        self.read += i128::from(sum);
        self.squares.add(u128::from(squares));
    }

    /// Adds any decimal.
    pub fn add_scaled(&mut self, units: i128, scale: u32) {
        self.exact.add_scaled(units, scale);
    }

    fn settle(&mut self) {
        let finer = SPREAD_PLACES.saturating_sub(u32::from(self.scale));
        self.exact.merge(&Moments {
            n: self.n,
            sum: ExactSum::from_scaled(self.sum, u32::from(self.scale)),
            read: at_places(self.read, 0, finer),
            squares: self.squares.scaled(2 * finer),
        });
        (self.n, self.sum, self.read, self.squares) = (0, 0, 0, Squares::default());
    }

    /// The state so far.
    pub fn total(mut self) -> Moments {
        self.settle();
        self.exact
    }
}

/// The nearest integer to units/step, a tie to the even one.
fn round_off(units: i64, step: i64) -> i64 {
    let (whole, rest) = (units.div_euclid(step), units.rem_euclid(step));
    match (2 * rest).cmp(&step) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Equal => whole + (whole & 1),
        std::cmp::Ordering::Greater => whole + 1,
    }
}

/// Parts of wholes, of plain integers.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunningClusters {
    rows: u64,
    /// How many wholes are above nought, Σx, Σy, Σx², Σxy and Σy².
    sums: [i128; 6],
    scale: u8,
    exact: Clusters,
}

impl RunningClusters {
    /// Adds so many rows of wholes x and parts y of one scale of at most 12, already added up: how many x are above
    /// nought, Σx, Σy, Σx², Σxy and Σy².
    #[inline]
    pub fn add_many(&mut self, rows: u64, sums: [i64; 6], scale: u8) {
        if scale != self.scale {
            self.settle();
            self.scale = scale;
        }
        self.rows += rows;
        for (all, sum) in self.sums.iter_mut().zip(sums) {
            *all += i128::from(sum);
        }
    }

    /// Adds a row of any decimals.
    pub fn add_decimals(&mut self, x: rust_decimal::Decimal, y: rust_decimal::Decimal) {
        self.exact.add(x, y);
    }

    fn settle(&mut self) {
        let finer = SPREAD_PLACES.saturating_sub(u32::from(self.scale));
        let [above_nought, sum_x, sum_y, xx, xy, yy] = self.sums;
        let once = |sum: i128| at_places(sum, 0, finer);
        let twice = |sum: i128| I256::new(sum).wrapping_mul(power_of_ten(2 * finer));
        self.exact.merge(&Clusters {
            rows: self.rows,
            rows_with_x: u64::try_from(above_nought).unwrap_or(0),
            sum_x: ExactSum::from_scaled(sum_x, u32::from(self.scale)),
            sum_y: ExactSum::from_scaled(sum_y, u32::from(self.scale)),
            read_x: once(sum_x),
            read_y: once(sum_y),
            xx: twice(xx),
            xy: twice(xy),
            yy: twice(yy),
        });
        let (exact, scale) = (self.exact, self.scale);
        *self = Self { scale, exact, ..Self::default() };
    }

    /// The state so far.
    pub fn total(mut self) -> Clusters {
        self.settle();
        self.exact
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    const SMALL: i64 = 1 << 31;

    proptest! {
        #[test]
        fn a_running_sum_is_the_exact_one(values in proptest::collection::vec((prop_oneof![any::<i64>(), -9999..9999_i64], 0_u8..=18), 0..60)) {
            let (mut running, mut exact) = (RunningSum::default(), ExactSum::default());
            let (mut moving, mut moments) = (RunningMoments::default(), Moments::default());
            for (units, scale) in values {
                running.add(i128::from(units), scale);
                exact.add_scaled(i128::from(units), u32::from(scale));
                if scale <= 12 && units.unsigned_abs() < 1 << 31 {
                    moving.add_many(1, units, units.unsigned_abs() * units.unsigned_abs(), scale);
                } else {
                    moving.add(units, scale);
                }
                moments.add_scaled(i128::from(units), u32::from(scale));
            }
            prop_assert_eq!(running.total(), exact);
            prop_assert_eq!(moving.total(), moments);
        }

        #[test]
        fn running_clusters_are_the_exact_ones(
            values in proptest::collection::vec((-SMALL..SMALL, -SMALL..SMALL, 0_u8..=12), 0..60),
        ) {
            let (mut running, mut exact) = (RunningClusters::default(), Clusters::default());
            for (x, y, scale) in values {
                running.add_many(1, [i64::from(x > 0), x, y, x * x, x * y, y * y], scale);
                exact.add(Decimal::new(x, u32::from(scale)), Decimal::new(y, u32::from(scale)));
            }
            prop_assert_eq!(running.total(), exact);
        }
    }
}
