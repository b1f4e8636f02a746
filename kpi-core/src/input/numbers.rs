//! The numbers of sixty-four rows: as integers of one scale wherever they fit, which is nearly always, and as decimals
//! each with a scale of its own where they do not.

use super::block::{ROWS, bits_of, rows_in};
use super::text::Amount;
use std::borrow::Cow;

/// The finest scale that integers are kept at.
pub const FINEST: u8 = 18;

/// Ten to the power of a scale, up to [`FINEST`].
pub const TENS: [i64; FINEST as usize + 1] = {
    let mut tens = [1; FINEST as usize + 1];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// A number for each of 64 rows; in rows that have none it is nought or means nothing.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "numbers of a block live on the stack, one or two at a time")]
pub enum Numbers<'r> {
    /// Integers, of whose digits the last `scale` stand behind the point.
    Plain {
        /// The digits.
        units: Cow<'r, [i64; ROWS]>,
        /// At most [`FINEST`].
        scale: u8,
    },
    /// Decimals that share no scale, or do not fit.
    Mixed(Cow<'r, [Amount; ROWS]>),
}

impl Numbers<'_> {
    /// Whole numbers.
    pub const fn whole_of(units: [i64; ROWS]) -> Self {
        Self::Plain { units: Cow::Owned(units), scale: 0 }
    }

    /// One for each row of the mask, nought for the others.
    pub fn ones(rows: u64) -> Self {
        let mut units = [0; ROWS];
        for (row, unit) in units.iter_mut().enumerate() {
            *unit = i64::from(rows >> row & 1 == 1);
        }
        Self::whole_of(units)
    }

    /// One row's number.
    pub fn amount(&self, row: usize) -> Amount {
        match self {
            Self::Plain { units, scale } => Amount { units: i128::from(units[row]), scale: *scale },
            Self::Mixed(amounts) => amounts[row],
        }
    }

    fn amounts(&self) -> [Amount; ROWS] {
        std::array::from_fn(|row| self.amount(row))
    }

    /// Each row's own number where the mask is set, and the other's elsewhere.
    #[must_use]
    pub fn where_else(&self, mask: u64, other: &Self) -> Numbers<'static> {
        let own = |row: usize| mask >> row & 1 == 1;
        match (self, other) {
            (Self::Plain { units: a, scale }, Self::Plain { units: b, scale: other }) if scale == other => {
                let units = std::array::from_fn(|row| if own(row) { a[row] } else { b[row] });
                Numbers::Plain { units: Cow::Owned(units), scale: *scale }
            }
            _ => Numbers::settled(
                u64::MAX,
                &std::array::from_fn(|row| if own(row) { self.amount(row) } else { other.amount(row) }),
            ),
        }
    }

    /// The sum of both in each row; sums of two numbers of the input keep all their places.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Numbers<'static> {
        self.joined(other, i64::checked_add, |a, b| a + b)
    }

    /// What this lies above the other in each row.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Numbers<'static> {
        self.joined(other, i64::checked_sub, |a, b| a - b)
    }

    fn joined(
        &self,
        other: &Self,
        quick: fn(i64, i64) -> Option<i64>,
        exact: fn(rust_decimal::Decimal, rust_decimal::Decimal) -> rust_decimal::Decimal,
    ) -> Numbers<'static> {
        if let (Self::Plain { units: a, scale }, Self::Plain { units: b, scale: other }) = (self, other)
            && scale == other
        {
            let mut sums = [0; ROWS];
            let mut fits = true;
            for row in 0..ROWS {
                let sum = quick(a[row], b[row]);
                fits &= sum.is_some();
                sums[row] = sum.unwrap_or(0);
            }
            if fits {
                return Numbers::Plain { units: Cow::Owned(sums), scale: *scale };
            }
        }
        let (a, b) = (self.amounts(), other.amounts());
        Numbers::settled(
            u64::MAX,
            &std::array::from_fn(|row| Amount::from_decimal(exact(a[row].to_decimal(), b[row].to_decimal()))),
        )
    }

    /// Rows of the mask whose number lies under `bound`, compared digit by digit.
    pub fn below(&self, rows: u64, bound: Amount) -> u64 {
        if let Self::Plain { units, scale } = self
            && let Some(bound) = at_scale(bound, *scale)
        {
            return bits_of(|row| units[row] < bound) & rows;
        }
        let bound = bound.to_decimal();
        rows_in(rows).filter(|row| self.amount(*row).to_decimal() < bound).fold(0, |mask, row| mask | 1 << row)
    }

    /// Decimals as integers of the scale that all rows of the mask share, if they fit; the other rows are nought.
    pub fn settled(rows: u64, amounts: &[Amount; ROWS]) -> Numbers<'static> {
        let finest = rows_in(rows).map(|row| amounts[row].scale).max().unwrap_or(0);
        let mut units = [0; ROWS];
        let fits = finest <= FINEST
            && rows_in(rows).all(|row| {
                let unit = at_scale(amounts[row], finest);
                units[row] = unit.unwrap_or(0);
                unit.is_some()
            });
        if fits {
            Numbers::Plain { units: Cow::Owned(units), scale: finest }
        } else {
            Numbers::Mixed(Cow::Owned(*amounts))
        }
    }
}

/// An amount's digits at a scale, if it has no finer ones and they fit.
pub fn at_scale(amount: Amount, scale: u8) -> Option<i64> {
    let amount = if amount.scale > scale { amount.trimmed() } else { amount };
    let more = scale.checked_sub(amount.scale)?;
    i64::try_from(amount.units).ok()?.checked_mul(*TENS.get(usize::from(more))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount() -> impl Strategy<Value = Amount> {
        (-1_000_000_000_000_000_000_i128..1_000_000_000_000_000_000, 0_u8..=28)
            .prop_map(|(units, scale)| Amount { units, scale })
    }

    proptest! {
        #[test]
        fn what_is_settled_is_the_same_number(amounts in proptest::collection::vec(amount(), ROWS), rows: u64) {
            let amounts: [Amount; ROWS] = amounts.try_into().unwrap_or([Amount::default(); ROWS]);
            let settled = Numbers::settled(rows, &amounts);
            for row in rows_in(rows) {
                prop_assert_eq!(settled.amount(row).trimmed(), amounts[row].trimmed());
            }
        }

        #[test]
        fn plain_numbers_and_mixed_ones_give_the_same(
            a in proptest::collection::vec(-1000_i64..1000, ROWS), b in proptest::collection::vec(-1000_i64..1000, ROWS),
            mask: u64, bound in -1000_i64..1000,
        ) {
            let units = |v: Vec<i64>| -> [i64; ROWS] { v.try_into().unwrap_or([0; ROWS]) };
            let (a, b) = (units(a), units(b));
            let mixed = |v: &[i64; ROWS]| Numbers::Mixed(Cow::Owned(v.map(|u| Amount { units: i128::from(u) * 100, scale: 4 })));
            let plain = |v: &[i64; ROWS]| Numbers::Plain { units: Cow::Owned(*v), scale: 2 };
            let bound = Amount { units: i128::from(bound), scale: 2 };
            prop_assert_eq!(plain(&a).below(mask, bound), mixed(&a).below(mask, bound));
            for row in 0..ROWS {
                let same = |x: Numbers<'_>, y: Numbers<'_>| x.amount(row).trimmed() == y.amount(row).trimmed();
                prop_assert!(same(plain(&a).minus(&plain(&b)), mixed(&a).minus(&mixed(&b))));
                prop_assert!(same(plain(&a).plus(&plain(&b)), plain(&a).plus(&mixed(&b))));
                prop_assert!(same(plain(&a).where_else(mask, &plain(&b)), mixed(&a).where_else(mask, &plain(&b))));
            }
        }
    }
}
