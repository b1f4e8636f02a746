//! Sides: contacts told apart by what they are and by when they were opened, so that one can be held against another.
//!
//! All contacts are counted, whichever side they are on, so that a customer who comes back on the other side, or on
//! neither, is seen to come back.

use crate::facts::Rows;
use crate::facts::rows::Dimension;
use crate::input::Column;
use crate::input::block::{ROWS, rows_in};
use crate::units::Instant;

/// Who is on one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    /// Dimensions, and the values of which a contact must have one; nothing among them asks for contacts without a value.
    pub when: Vec<(String, Vec<Option<String>>)>,
    /// The first instant at which a contact may be opened.
    pub from: Option<Instant>,
    /// The first instant at which it may not any more.
    pub until: Option<Instant>,
}

/// Sides of which no contact is on two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    members: Vec<Membership>,
    /// Where a side begins or ends, in nanoseconds.
    cuts: Vec<i64>,
}

impl Sides {
    /// Sides, in their order.
    pub fn new(members: Vec<Membership>) -> Self {
        let mut cuts: Vec<i64> = members.iter().flat_map(|m| [m.from, m.until]).flatten().map(Instant::nanos).collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self { members, cuts }
    }

    /// Who is on them.
    pub fn members(&self) -> &[Membership] {
        &self.members
    }

    /// The one value of a side's combination: its place, counted from 0.
    pub fn name(side: usize) -> String {
        side.to_string()
    }

    /// The side that a combination stands for.
    pub fn named(combination: &[Option<String>]) -> Option<usize> {
        combination.first()?.as_ref()?.parse().ok()
    }

    /// Time falls into pieces where sides begin and end: which piece an instant is in. Costs are shared within a piece, so
    /// that what was spent after a change is not carried by contacts before it.
    #[inline]
    pub fn piece(&self, nanos: i64) -> i64 {
        i64::try_from(self.cuts.partition_point(|cut| *cut <= nanos)).unwrap_or(0)
    }

    /// The pieces between two instants: number, beginning and end.
    pub fn pieces(&self, from: i64, to: i64) -> impl Iterator<Item = (i64, i64, i64)> {
        (0..=self.cuts.len()).filter_map(move |number| {
            let before = number.checked_sub(1).and_then(|n| self.cuts.get(n));
            let start = before.copied().unwrap_or(from).max(from);
            let end = self.cuts.get(number).copied().unwrap_or(to).min(to);
            Some((i64::try_from(number).ok()?, start, end)).filter(|_| start <= end)
        })
    }

    /// When contacts of a side may be opened.
    pub fn bounds(&self, side: usize) -> Option<(Instant, Instant)> {
        let member = self.members.get(side)?;
        let (first, last) = (Instant::from_nanos(i64::MIN), Instant::from_nanos(i64::MAX));
        Some((member.from.unwrap_or(first), member.until.unwrap_or(last)))
    }

    /// The contacts of each side, among those of a block.
    fn masks(&self, rows: &Rows<'_>) -> Vec<u64> {
        let opened = rows.wholes(Column::OpenedAt);
        let mask = |member: &Membership| {
            let (from, until) = (member.from.map(Instant::nanos), member.until.map(Instant::nanos));
            let mut mask = rows.among(rows.all, |row| {
                from.is_none_or(|from| from <= opened[row]) && until.is_none_or(|until| opened[row] < until)
            });
            for (name, values) in &member.when {
                let dimension: Dimension<'_> = rows.dimension(name);
                mask = rows.among(mask, |row| values.iter().any(|value| dimension.is(row, value.as_deref())));
            }
            mask
        };
        self.members.iter().map(mask).collect()
    }

    /// For each contact one more than its side, nought for those on none; and those on two.
    pub(super) fn place(&self, rows: &Rows<'_>) -> ([u32; ROWS], u64) {
        let (mut sides, mut met, mut twice) = ([0; ROWS], 0, 0);
        for (number, mask) in (1..).zip(self.masks(rows)) {
            twice |= met & mask;
            met |= mask;
            rows_in(mask).for_each(|row| sides[row] = number);
        }
        (sides, twice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_falls_into_pieces_where_sides_begin_and_end() {
        let side = |from: i64, until: i64| Membership {
            from: Some(Instant::from_nanos(from)),
            until: Some(Instant::from_nanos(until)),
            ..Membership::default()
        };
        let sides = Sides::new(vec![side(10, 20), side(20, 30)]);
        assert_eq!([9, 10, 19, 20, 30].map(|at| sides.piece(at)), [0, 1, 1, 2, 3]);
        assert_eq!(sides.pieces(0, 25).collect::<Vec<_>>(), [(0, 0, 10), (1, 10, 20), (2, 20, 25)]);
        assert_eq!(sides.pieces(12, 15).collect::<Vec<_>>(), [(1, 12, 15)]);
        assert_eq!(Sides::default().pieces(3, 5).collect::<Vec<_>>(), [(0, 3, 5)]);
    }
}
