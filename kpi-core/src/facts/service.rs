//! Service levels: whether a contact met every target that applies to it (SPEC 10, `sla`).

use super::rows::Rows;
use crate::input::Column;
use crate::options::{Clock, SlaTarget};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The targets of a report, first match first.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy(Vec<Entry>);

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    when: Vec<(String, Option<String>)>,
    first_response: Option<i64>,
    resolution: Option<i64>,
    clock: Clock,
}

/// One side of a service level.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Met,
    Missed,
    NotKnown,
    NotJudged,
}

fn nanos(seconds: Decimal) -> i64 {
    // A target that 64 bits do not hold is longer than all time.
    let nanos = seconds.checked_mul(Decimal::from(1_000_000_000));
    nanos.and_then(|n| n.floor().to_i64()).unwrap_or(i64::MAX)
}

impl Policy {
    /// From the options.
    pub fn new(targets: &[SlaTarget]) -> Self {
        let entry = |t: &SlaTarget| Entry {
            when: t.when.iter().map(|(k, v)| (k.clone(), v.as_ref().map(|v| v.0.clone()))).collect(),
            first_response: t.first_response_seconds.map(nanos),
            resolution: t.resolution_seconds.map(nanos),
            clock: t.clock,
        };
        Self(targets.iter().map(entry).collect())
    }

    /// Whether a contact met every target that applies to it; nothing if none applies or the answer is not known.
    pub fn judge(&self, rows: &Rows<'_>, row: usize) -> Option<bool> {
        let entry = self
            .0
            .iter()
            .find(|e| e.when.iter().all(|(name, value)| rows.dimension(name).is(row, value.as_deref())))?;
        let sides = [entry.first_response(rows, row), entry.resolution(rows, row)];
        if sides.contains(&Side::Missed) {
            return Some(false);
        }
        if sides.contains(&Side::NotKnown) {
            return None;
        }
        sides.contains(&Side::Met).then_some(true)
    }
}

impl Entry {
    fn elapsed(&self, rows: &Rows<'_>, from: i64, to: i64) -> i64 {
        match (self.clock, rows.open_hours()) {
            (Clock::Business, Some(hours)) => hours.open_nanos_between(from, to),
            _ => to.saturating_sub(from),
        }
    }

    fn first_response(&self, rows: &Rows<'_>, row: usize) -> Side {
        let Some(target) = self.first_response else { return Side::NotJudged };
        let knows = |column| rows.known(column) >> row & 1 == 1;
        let opened = rows.whole(Column::OpenedAt, row);
        if knows(Column::FirstResponseAt) {
            let late = self.elapsed(rows, opened, rows.whole(Column::FirstResponseAt, row)) > target;
            return if late { Side::Missed } else { Side::Met };
        }
        // Nobody is known to have answered: it is missed as soon as it went on for longer than the target.
        let until = if knows(Column::ClosedAt) { rows.whole(Column::ClosedAt, row) } else { rows.as_of() };
        if self.elapsed(rows, opened, until) > target { Side::Missed } else { Side::NotKnown }
    }

    fn resolution(&self, rows: &Rows<'_>, row: usize) -> Side {
        let Some(target) = self.resolution else { return Side::NotJudged };
        let holds = |mask: u64| mask >> row & 1 == 1;
        let opened = rows.whole(Column::OpenedAt, row);
        if holds(rows.abandoned) {
            return Side::NotJudged;
        }
        if holds(rows.unresolved) {
            return Side::Missed;
        }
        let closed = holds(rows.closed);
        let until = if closed { rows.whole(Column::ClosedAt, row) } else { rows.as_of() };
        match (self.elapsed(rows, opened, until) > target, closed) {
            (true, _) => Side::Missed,
            (false, true) => Side::Met,
            (false, false) => Side::NotKnown,
        }
    }
}
