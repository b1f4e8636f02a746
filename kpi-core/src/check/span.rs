//! The time that the events of sound rows span.

use crate::error::{Code, Error, Result};
use crate::input::block::{Block, ROWS, rows_in};
use crate::input::{Column, Limits};
use crate::units::Instant;

/// The first and the last of some instants, in nanoseconds; nothing if there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span(Option<(i64, i64)>);

impl Span {
    /// Takes in the values of some rows.
    #[inline]
    pub fn widen(&mut self, values: &[i64; ROWS], rows: u64) {
        if rows == 0 {
            return;
        }
        let (mut earliest, mut latest) = (i64::MAX, i64::MIN);
        if rows == u64::MAX {
            for value in values {
                (earliest, latest) = (earliest.min(*value), latest.max(*value));
            }
        } else {
            for row in rows_in(rows) {
                (earliest, latest) = (earliest.min(values[row]), latest.max(values[row]));
            }
        }
        self.merge(Self(Some((earliest, latest))));
    }

    /// Takes in the events of the sound rows of a block.
    pub(super) fn widen_by_events(&mut self, block: &Block, events: &[Column], sound: u64) {
        for column in events {
            self.widen(block.whole(*column), block.known(*column) & sound);
        }
    }

    /// Takes in another span.
    pub fn merge(&mut self, other: Self) {
        self.0 = match (self.0, other.0) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (mine, theirs) => mine.or(theirs),
        };
    }

    /// Both ends in nanoseconds.
    pub fn nanos(&self) -> Option<(i64, i64)> {
        self.0
    }

    /// Both ends.
    pub fn ends(&self) -> Option<(Instant, Instant)> {
        self.0.map(|(from, to)| (Instant::from_nanos(from), Instant::from_nanos(to)))
    }

    /// # Errors
    /// When it is longer than the limits allow.
    pub fn check(&self, limits: &Limits) -> Result<()> {
        const YEAR: i64 = 365 * 86_400 * 1_000_000_000;
        let Some((from, to)) = self.0 else { return Ok(()) };
        if to.saturating_sub(from) / YEAR < limits.span_years {
            return Ok(());
        }
        let (from, to, most) = (Instant::from_nanos(from), Instant::from_nanos(to), limits.span_years);
        Err(Error::new(
            Code::LimitExceeded,
            format!(
                "The events run from {from} to {to}, and the limit is {most} years. Look for a date with a wrong year, or raise `Limits::span_years`."
            ),
        ))
    }
}
