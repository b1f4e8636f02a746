//! Roll-ups: the total, each combination, each period and each combination by period are merges of the finest groups.

use super::value::{GroupKey, Period};
use crate::calendar::Timeline;
use crate::options::Quantiles;
use crate::tally::ledger::{GroupLedger, Shares};
use crate::tally::progress::{self, Peaks, Progress};
use crate::tally::{Feature, Group, Tally};
use crate::units::Instant;
use std::collections::BTreeMap;

/// A group of the report before its figures: which, and the finest groups it is merged from.
pub(super) struct Level<'t> {
    pub key: GroupKey,
    pub merged: Group,
    /// The places in the tally of the groups it is merged from.
    pub finest: Vec<usize>,
    pub ledgers: Vec<&'t GroupLedger>,
    pub covered: i64,
    pub peak: u64,
    pub new_topics: Option<u64>,
}

/// Combinations sorted by their values, absent ones last.
pub(super) fn null_last(mut combinations: Vec<&Vec<Option<String>>>) -> Vec<&Vec<Option<String>>> {
    combinations.sort_by(|a, b| {
        let key = |c: &Vec<Option<String>>| -> Vec<(bool, String)> {
            c.iter().map(|v| (v.is_none(), v.clone().unwrap_or_default())).collect()
        };
        key(a).cmp(&key(b))
    });
    combinations
}

/// Everything that levels are made from.
pub(super) struct Levels<'t> {
    pub tally: &'t Tally,
    pub timeline: Option<&'t Timeline>,
    pub combinations: &'t [&'t Vec<Option<String>>],
    pub shares: &'t Shares,
}

/// Which finest groups a level is merged from.
type Groups<'t> = BTreeMap<i64, Vec<(usize, &'t Group)>>;

impl<'t> Levels<'t> {
    /// The total, each combination, each period, each combination by period.
    pub fn all(&self) -> Vec<Level<'t>> {
        let peaks = self.peaks();
        let by_period = self.by_period(None);
        let mut levels = vec![self.level(None, None, by_period.values().flatten().copied(), &peaks)];
        let split: Vec<Groups<'t>> = match self.tally.options.by.as_slice() {
            [] => Vec::new(),
            _ => (0..self.combinations.len()).map(|c| self.by_period(Some(c))).collect(),
        };
        for (combination, own) in split.iter().enumerate() {
            levels.push(self.level(Some(combination), None, own.values().flatten().copied(), &peaks));
        }
        let positions = 0..self.timeline.map_or(0, Timeline::count);
        for position in positions.clone() {
            let own = by_period.get(&self.period_at(position));
            levels.push(self.level(None, Some(position), own.into_iter().flatten().copied(), &peaks));
        }
        for (combination, own) in split.iter().enumerate() {
            for position in positions.clone() {
                if let Some(groups) = own.get(&self.period_at(position)) {
                    levels.push(self.level(Some(combination), Some(position), groups.iter().copied(), &peaks));
                }
            }
        }
        levels
    }

    fn by_period(&self, combination: Option<usize>) -> Groups<'t> {
        let mut groups = Groups::new();
        let own = combination.and_then(|c| self.combinations.get(c));
        for (place, ((combination, period), group)) in self.tally.groups.iter().enumerate() {
            if own.is_none_or(|own| *own == combination) {
                groups.entry(*period).or_default().push((place, group));
            }
        }
        groups
    }

    fn period_at(&self, position: usize) -> i64 {
        self.timeline.map_or(0, |t| t.first_index() + i64::try_from(position).unwrap_or(0))
    }

    fn level(
        &self,
        combination: Option<usize>,
        position: Option<usize>,
        groups: impl Iterator<Item = (usize, &'t Group)>,
        peaks: &[Peaks],
    ) -> Level<'t> {
        let tally = self.tally;
        let period = position.map(|p| self.period_at(p));
        let own = combination.and_then(|c| self.combinations.get(c)).copied();
        let sketch = tally.options.quantiles == Quantiles::Sketch;
        let mut merged = Group::new(&tally.plan, sketch, tally.pins.len());
        let mut finest = Vec::new();
        for (place, group) in groups {
            merged.merge_but_exact_times(group);
            finest.push(place);
        }
        let by = match own {
            Some(own) => tally.options.by.iter().cloned().zip(own.iter().cloned()).collect(),
            None => Vec::new(),
        };
        let bounds = position.and_then(|p| self.timeline.and_then(|t| t.bounds(p)));
        Level {
            key: GroupKey {
                by,
                period: bounds.zip(tally.options.every).map(|((start, end), every)| Period { start, end, every }),
            },
            merged,
            finest,
            ledgers: self.ledgers(combination, period),
            covered: self.covered(bounds),
            peak: peak_of(peaks.get(combination.map_or(0, |c| c + 1)), position),
            new_topics: period.and_then(|p| self.new_topics(own, p)),
        }
    }

    /// What a combination carries, or (for no combination) everybody and nobody.
    fn ledgers(&self, combination: Option<usize>, period: Option<i64>) -> Vec<&'t GroupLedger> {
        let of_combination = |c: &Option<usize>| combination.is_none() || *c == combination;
        match period {
            Some(p) => {
                let own = self.shares.range((p, None)..=(p, Some(usize::MAX)));
                own.filter(|((_, c), _)| of_combination(c)).map(|(_, ledger)| ledger).collect()
            }
            None => self.shares.iter().filter(|((_, c), _)| of_combination(c)).map(|(_, ledger)| ledger).collect(),
        }
    }

    fn covered(&self, bounds: Option<(Instant, Instant)>) -> i64 {
        let Some((from, _)) = self.tally.opened else { return 0 };
        let to = self.tally.options.as_of.map_or(from, Instant::nanos);
        let (from, to) = bounds.map_or((from, to), |(start, end)| (from.max(start.nanos()), to.min(end.nanos())));
        to.saturating_sub(from).max(0)
    }

    /// The most contacts at once: of everybody, then of each combination.
    fn peaks(&self) -> Vec<Peaks> {
        let tally = self.tally;
        if !tally.plan.wants(Feature::Concurrency) {
            return Vec::new();
        }
        let bounds = |position: usize| self.timeline.and_then(|t| t.bounds(position));
        let positions = 0..self.timeline.map_or(0, Timeline::count);
        let periods: Vec<(i64, i64)> =
            positions.filter_map(bounds).map(|(start, end)| (start.floor_second(), end.floor_second())).collect();
        let everybody: Vec<&Progress> = tally.in_progress.values().collect();
        let mut found = vec![progress::peaks(&everybody, &periods)];
        if !tally.options.by.is_empty() {
            let own = |combination: &&Vec<Option<String>>| tally.in_progress.get(*combination);
            let each = self.combinations.iter().map(|c| own(c).map_or_else(Peaks::default, |p| progress::peaks(&[p], &periods)));
            found.extend(each);
        }
        found
    }

    /// Nothing in the first period of the data, where every issue is new.
    fn new_topics(&self, own: Option<&Vec<Option<String>>>, period: i64) -> Option<u64> {
        if self.timeline.is_none_or(|t| t.first_index() == period) {
            return None;
        }
        let topics = self.tally.topics.values().filter(|t| t.first_period == period);
        let contacts = topics.flat_map(|t| &t.contacts).filter(|(c, _)| own.is_none_or(|own| own == *c));
        Some(contacts.map(|(_, n)| n).sum())
    }
}

fn peak_of(peaks: Option<&Peaks>, position: Option<usize>) -> u64 {
    let in_period = |peaks: &Peaks, position: usize| peaks.in_periods.get(position).copied().unwrap_or(0);
    peaks.map_or(0, |peaks| position.map_or(peaks.most, |position| in_period(peaks, position)))
}
