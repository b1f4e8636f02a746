//! Roll-ups: the total, each combination, each period and each combination by period are merges of the finest groups.

use super::value::{GroupKey, Period};
use crate::calendar::Timeline;
use crate::options::Quantiles;
use crate::tally::ledger::{GroupLedger, Shares};
use crate::tally::{Feature, Group, Tally};
use crate::units::Instant;
use std::collections::BTreeMap;

/// A group of the report before its figures: which, and the finest groups it is merged from.
pub(super) struct Level<'t> {
    pub key: GroupKey,
    pub merged: Group,
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
type Groups<'t> = BTreeMap<i64, Vec<&'t Group>>;

impl<'t> Levels<'t> {
    /// The total, each combination, each period, each combination by period.
    pub fn all(&self) -> Vec<Level<'t>> {
        let by_period = self.by_period(None);
        let mut levels = vec![self.level(None, None, by_period.values().flatten().copied())];
        let split: Vec<Groups<'t>> = match self.tally.options.by.as_slice() {
            [] => Vec::new(),
            _ => (0..self.combinations.len()).map(|c| self.by_period(Some(c))).collect(),
        };
        for (combination, own) in split.iter().enumerate() {
            levels.push(self.level(Some(combination), None, own.values().flatten().copied()));
        }
        let positions = 0..self.timeline.map_or(0, Timeline::count);
        for position in positions.clone() {
            let own = by_period.get(&self.period_at(position));
            levels.push(self.level(None, Some(position), own.into_iter().flatten().copied()));
        }
        for (combination, own) in split.iter().enumerate() {
            for position in positions.clone() {
                if let Some(groups) = own.get(&self.period_at(position)) {
                    levels.push(self.level(Some(combination), Some(position), groups.iter().copied()));
                }
            }
        }
        levels
    }

    fn by_period(&self, combination: Option<usize>) -> Groups<'t> {
        let mut groups = Groups::new();
        let tally = self.tally;
        match combination.and_then(|c| self.combinations.get(c)) {
            Some(own) => {
                let range = ((*own).clone(), i64::MIN)..=((*own).clone(), i64::MAX);
                tally.groups.range(range).for_each(|((_, p), group)| groups.entry(*p).or_default().push(group));
            }
            None => tally.groups.iter().for_each(|((_, p), group)| groups.entry(*p).or_default().push(group)),
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
        groups: impl Iterator<Item = &'t Group>,
    ) -> Level<'t> {
        let tally = self.tally;
        let period = position.map(|p| self.period_at(p));
        let own = combination.and_then(|c| self.combinations.get(c)).copied();
        let sketch = tally.options.quantiles == Quantiles::Sketch;
        let mut merged = Group::new(&tally.plan, sketch, tally.pins.len());
        groups.for_each(|group| merged.merge(group));
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
            ledgers: self.ledgers(combination, period),
            covered: self.covered(bounds),
            peak: if tally.plan.wants(Feature::Concurrency) { self.peak(own, bounds) } else { 0 },
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

    fn peak(&self, own: Option<&Vec<Option<String>>>, bounds: Option<(Instant, Instant)>) -> u64 {
        let (from, to) = bounds.map_or((i64::MIN, i64::MAX), |(s, e)| (s.floor_second(), e.floor_second()));
        let spans = self.tally.in_progress.iter().filter(|(c, _)| own.is_none_or(|own| own == *c)).flat_map(|(_, s)| s);
        let mut steps = Vec::new();
        for (start, end) in spans.map(|(s, e)| ((*s).max(from), (*e).min(to))).filter(|(s, e)| s < e) {
            steps.push((start, 1_i64));
            steps.push((end, -1));
        }
        // At the same second those that end make room before others begin, and (second, −1) sorts first.
        steps.sort_unstable();
        let (mut now, mut most) = (0, 0);
        for (_, step) in steps {
            now += step;
            most = most.max(now);
        }
        most.unsigned_abs()
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
