//! Sorts contacts into groups: combinations of dimensions, and periods. Values become small numbers, and so do pairs of
//! them and groups, in the order in which they first come up.

use super::measures::Plan;
use super::sides::Sides;
use super::state::Combination;
use crate::calendar::{Every, Periods, Timeline};
use crate::check::Span;
use crate::facts::Rows;
use crate::facts::rows::Dimension;
use crate::input::Column;
use crate::input::block::{ROWS, rows_in};
use crate::input::codes::Codes;
use crate::options::Options;
use crate::units::Instant;
use rustc_hash::FxHashMap;

/// Where the rows of a block belong.
#[derive(Debug)]
pub struct Places {
    /// The number of each row's group.
    pub groups: [u32; ROWS],
    /// The number of each row's combination.
    pub combinations: [u32; ROWS],
}

/// Numbers of groups by combination and period.
#[derive(Debug, Default)]
pub struct Sorter<'o> {
    by: &'o [String],
    sides: Option<&'o Sides>,
    apart: bool,
    /// Contacts that are groups of their own.
    alone: u32,
    /// The first id, in the order of ids, of a contact that is on two sides.
    pub twice: Option<Vec<u8>>,
    calendar: Option<Calendar>,
    values: Vec<Codes>,
    pairs: FxHashMap<(u32, u32), u32>,
    /// The values of each combination, by its number.
    combinations: Vec<Option<Combination>>,
    numbers: FxHashMap<(u32, i64), u32>,
    /// The same for combinations and periods near the first ones, without hashing: number plus one.
    near: Vec<u32>,
    first_period: Option<i64>,
    keys: Vec<(u32, i64)>,
}

/// Periods that are near get a place of their own.
const NEAR_PERIODS: usize = 1 << 10;
/// Of those, how many lie before the first period that is met.
const EARLIER_PERIODS: i64 = 1 << 8;
/// And combinations.
const NEAR_COMBINATIONS: usize = 1 << 10;

impl<'o> Sorter<'o> {
    /// By the dimensions and periods of the options, or by the sides of the plan.
    pub fn new(options: &'o Options, plan: &'o Plan) -> Self {
        Self {
            by: &options.by,
            sides: plan.sides.as_ref(),
            apart: plan.apart,
            calendar: options.every.map(|every| Calendar::new(Periods::new(every, options.zone()))),
            values: vec![Codes::default(); options.by.len()],
            ..Self::default()
        }
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.keys.len()
    }

    /// Combination and period of each group.
    pub fn keys(&self) -> &[(u32, i64)] {
        &self.keys
    }

    /// The period of a group.
    pub fn period(&self, group: u32) -> i64 {
        self.keys.get(group as usize).map_or(0, |(_, period)| *period)
    }

    /// The values of a combination.
    pub fn combination(&self, number: u32) -> Combination {
        self.combinations.get(number as usize).cloned().flatten().unwrap_or_default()
    }

    /// Where the contacts of a block belong.
    pub fn place(&mut self, rows: &Rows<'_>) -> Places {
        let combinations = if let Some(sides) = self.sides { self.take_sides(sides, rows) } else { self.combine(rows) };
        let opened = rows.wholes(Column::OpenedAt);
        if let Some(calendar) = &mut self.calendar {
            calendar.reach(opened, rows.all);
        }
        let mut groups = [0; ROWS];
        for row in rows_in(rows.all) {
            let period = match (&mut self.calendar, self.sides) {
                (Some(calendar), _) => calendar.period_of(opened[row]),
                (None, Some(sides)) => sides.piece(opened[row]),
                (None, None) => 0,
            };
            groups[row] = self.group(combinations[row], period);
        }
        Places { groups, combinations }
    }

    #[inline]
    fn group(&mut self, combination: u32, period: i64) -> u32 {
        let first = *self.first_period.get_or_insert(period - EARLIER_PERIODS);
        let near = usize::try_from(period - first).ok().filter(|p| *p < NEAR_PERIODS);
        let near = near.filter(|_| (combination as usize) < NEAR_COMBINATIONS);
        let place = near.map(|period| combination as usize * NEAR_PERIODS + period);
        if let Some(number) = place.and_then(|place| self.near.get(place)).filter(|number| **number > 0) {
            return number - 1;
        }
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry((combination, period)).or_insert(next);
        if number == next {
            self.keys.push((combination, period));
        }
        if let Some(place) = place {
            if self.near.len() <= place {
                self.near.resize((combination as usize + 1) * NEAR_PERIODS, 0);
            }
            self.near[place] = number + 1;
        }
        number
    }

    /// The side of each row, which stands in for its combination.
    fn take_sides(&mut self, sides: &Sides, rows: &Rows<'_>) -> [u32; ROWS] {
        if self.combinations.is_empty() {
            let named = (0..sides.members().len()).map(|side| Some(vec![Some(Sides::name(side))]));
            self.combinations = std::iter::once(Some(vec![None])).chain(named).collect();
        }
        let (own, twice) = sides.place(rows);
        for id in rows_in(twice).map(|row| rows.text(Column::Id, row).unwrap_or_default()) {
            if self.twice.as_ref().is_none_or(|first| id < first.as_slice()) {
                self.twice = Some(id.to_vec());
            }
        }
        own
    }

    /// The number of each row's combination of values: absent is 0, and each further dimension pairs up with what stands
    /// before it. Those set apart have a pair of their own, and their id behind the values.
    fn combine(&mut self, rows: &Rows<'_>) -> [u32; ROWS] {
        let mut combined = [0; ROWS];
        let dimensions: Vec<Dimension<'_>> = self.by.iter().map(|name| rows.dimension(name)).collect();
        for (number, (dimension, values)) in dimensions.iter().zip(&mut self.values).enumerate() {
            let codes = dimension.codes(rows.all, values);
            if number == 0 && !self.apart {
                combined = codes;
                continue;
            }
            let apart = self.apart && number + 1 == dimensions.len();
            for row in rows_in(rows.all) {
                let mut pair = (combined[row], codes[row]);
                if apart && codes[row] == 0 {
                    self.alone += 1;
                    pair = (u32::MAX, self.alone);
                }
                let next = u32::try_from(self.pairs.len() + 1).unwrap_or(u32::MAX);
                combined[row] = *self.pairs.entry(pair).or_insert(next);
            }
        }
        for row in rows_in(rows.all) {
            let number = combined[row] as usize;
            if self.combinations.len() <= number {
                self.combinations.resize(number + 1, None);
            }
            if self.combinations[number].is_none() {
                let mut own: Combination = dimensions.iter().map(|d| d.text(row)).collect();
                if self.apart && own.last().is_some_and(Option::is_none) {
                    own.push(rows.text(Column::Id, row).map(|id| String::from_utf8_lossy(id).into_owned()));
                }
                self.combinations[number] = Some(own);
            }
        }
        combined
    }
}

/// The periods around the rows that came by so far.
#[derive(Debug)]
struct Calendar {
    periods: Periods,
    line: Option<Timeline>,
    hint: usize,
}

impl Calendar {
    const fn new(periods: Periods) -> Self {
        Self { periods, line: None, hint: 0 }
    }

    /// Lays out the periods of these rows, and some more, unless they are laid out already.
    fn reach(&mut self, opened: &[i64; ROWS], rows: u64) {
        let mut span = Span::default();
        span.widen(opened, rows);
        let Some((from, to)) = span.nanos() else { return };
        let covers = |line: &Timeline| line.locate(from, self.hint).is_some() && line.locate(to, self.hint).is_some();
        if self.line.as_ref().is_some_and(covers) {
            return;
        }
        let known = self.line.as_ref().and_then(|line| {
            let (first, _) = line.bounds(0)?;
            let (last, _) = line.bounds(line.count() - 1)?;
            Some((first.nanos(), last.nanos()))
        });
        let (from, to) = known.map_or((from, to), |(first, last)| (first.min(from), last.max(to)));
        // As long again, so that it need not be laid out often.
        let more = to.saturating_sub(from).max(self.length().saturating_mul(16));
        let to = Instant::from_nanos(to.saturating_add(more));
        self.line = Timeline::spanning(self.periods.every(), self.periods.zone(), Instant::from_nanos(from), to).ok();
    }

    /// About how long a period is.
    fn length(&self) -> i64 {
        const DAY: i64 = 86_400_000_000_000;
        match self.periods.every() {
            Every::Day => DAY,
            Every::Week => 7 * DAY,
            Every::Month => 31 * DAY,
            Every::Quarter => 92 * DAY,
            Every::Year => 366 * DAY,
        }
    }

    #[inline]
    fn period_of(&mut self, nanos: i64) -> i64 {
        match &self.line {
            Some(line) => line.index_of(nanos, &mut self.hint),
            None => self.periods.index_of(Instant::from_nanos(nanos)),
        }
    }
}
