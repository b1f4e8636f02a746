//! Roll-ups: the total, each combination, each period and each combination by period are merges of the finest groups.

use super::value::{GroupKey, Period};
use crate::calendar::Timeline;
use crate::options::Quantiles;
use crate::tally::ledger::{GroupLedger, Shares};
use crate::tally::progress::{self, Peaks, Progress};
use crate::tally::{Feature, Group, Sides, Tally};
use crate::threads::share_out;
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

/// A level that is still to be merged: which, and from which finest groups, by their place in the tally.
#[derive(Clone)]
pub(super) struct Plan<'t> {
    /// Which combination; nothing for all.
    pub combination: Option<usize>,
    /// Which periods, from the first to the last; nothing for all time.
    pub positions: Option<(usize, usize)>,
    groups: Vec<(usize, &'t Group)>,
}

impl Plan<'_> {
    /// Of levels of one period: those of a combination from one period to another, together; nothing if there are none.
    pub fn stretch(plans: &[Self], combination: Option<usize>, (first, last): (usize, usize)) -> Option<Self> {
        let within = |plan: &&Self| {
            plan.combination == combination && plan.positions.is_some_and(|(own, _)| (first..=last).contains(&own))
        };
        let groups: Vec<_> = plans.iter().filter(within).flat_map(|plan| plan.groups.iter().copied()).collect();
        (!groups.is_empty()).then_some(Self { combination, positions: Some((first, last)), groups })
    }

    /// For each of these levels of one period: the same of so many periods that end with it, if there are so many.
    pub fn windows(plans: &[Self], periods: usize) -> Vec<Self> {
        let single = |plan: &&Self| plan.positions.is_some();
        let mut at: BTreeMap<(Option<usize>, usize), &Self> = BTreeMap::new();
        for plan in plans.iter().filter(single) {
            if let Some((position, _)) = plan.positions {
                at.insert((plan.combination, position), plan);
            }
        }
        let mut windows = Vec::new();
        for plan in plans.iter().filter(single) {
            let Some((last, _)) = plan.positions else { continue };
            let Some(first) = (last + 1).checked_sub(periods) else { continue };
            let own = at.range((plan.combination, first)..=(plan.combination, last));
            let groups = own.flat_map(|(_, plan)| plan.groups.iter().copied()).collect();
            windows.push(Self { combination: plan.combination, positions: Some((first, last)), groups });
        }
        windows
    }
}

impl<'t> Levels<'t> {
    /// The total, each combination, each period, each combination by period.
    pub fn plans(&self) -> Vec<Plan<'t>> {
        let number: BTreeMap<&Vec<Option<String>>, usize> =
            self.combinations.iter().enumerate().map(|(number, own)| (*own, number)).collect();
        let first = self.timeline.map_or(0, Timeline::first_index);
        let (mut total, mut by_position) = (Vec::new(), BTreeMap::<usize, Vec<_>>::new());
        let (mut by_combination, mut by_both) = (BTreeMap::<usize, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (place, ((combination, period), group)) in self.tally.groups.iter().enumerate() {
            let (own, position) = (number.get(combination).copied(), usize::try_from(period - first).ok());
            let found = (place, group);
            total.push(found);
            if let Some(position) = position {
                by_position.entry(position).or_default().push(found);
            }
            if let Some(own) = own {
                by_combination.entry(own).or_default().push(found);
                by_both.entry((own, position)).or_default().push(found);
            }
        }
        let mut plans = vec![Plan { combination: None, positions: None, groups: total }];
        let grouped = !self.tally.options.by.is_empty();
        if grouped {
            let each = by_combination.into_iter();
            plans.extend(each.map(|(own, groups)| Plan { combination: Some(own), positions: None, groups }));
        }
        for position in 0..self.timeline.map_or(0, Timeline::count) {
            let groups = by_position.remove(&position).unwrap_or_default();
            plans.push(Plan { combination: None, positions: Some((position, position)), groups });
        }
        if grouped && self.timeline.is_some() {
            let each = by_both.into_iter();
            plans.extend(each.map(|((own, position), groups)| Plan {
                combination: Some(own),
                positions: position.map(|position| (position, position)),
                groups,
            }));
        }
        plans
    }

    fn period_at(&self, position: usize) -> i64 {
        self.timeline.map_or(0, |t| t.first_index() + i64::try_from(position).unwrap_or(0))
    }

    /// Merges a level.
    pub fn level(&self, plan: Plan<'t>, peaks: &[Peaks]) -> Level<'t> {
        let Plan { combination, positions, groups } = plan;
        let tally = self.tally;
        let periods = positions.map(|(first, last)| (self.period_at(first), self.period_at(last)));
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
        let bounds = positions.and_then(|(first, last)| {
            let (start, _) = self.timeline?.bounds(first)?;
            Some((start, self.timeline?.bounds(last)?.1))
        });
        Level {
            key: GroupKey {
                by,
                period: bounds.zip(tally.options.every).map(|((start, end), every)| Period { start, end, every }),
            },
            merged,
            finest,
            ledgers: self.ledgers(combination, periods),
            covered: self.covered(bounds.or_else(|| self.side_bounds(own))),
            peak: peak_of(peaks.get(combination.map_or(0, |c| c + 1)), positions),
            new_topics: periods.and_then(|(first, last)| self.new_topics(own, first, last)),
        }
    }

    /// What a combination carries, or (for no combination) everybody and nobody.
    fn ledgers(&self, combination: Option<usize>, periods: Option<(i64, i64)>) -> Vec<&'t GroupLedger> {
        let of_combination = |c: &Option<usize>| combination.is_none() || *c == combination;
        match periods {
            Some((first, last)) => {
                let own = self.shares.range((first, None)..=(last, Some(usize::MAX)));
                own.filter(|((_, c), _)| of_combination(c)).map(|(_, ledger)| ledger).collect()
            }
            None => self.shares.iter().filter(|((_, c), _)| of_combination(c)).map(|(_, ledger)| ledger).collect(),
        }
    }

    /// When the contacts of a side were opened, if that is what the combination is.
    fn side_bounds(&self, combination: Option<&Vec<Option<String>>>) -> Option<(Instant, Instant)> {
        self.tally.plan.sides.as_ref()?.bounds(Sides::named(combination?)?)
    }

    fn covered(&self, bounds: Option<(Instant, Instant)>) -> i64 {
        let Some((from, _)) = self.tally.opened else { return 0 };
        let to = self.tally.options.as_of.map_or(from, Instant::nanos);
        let (from, to) = bounds.map_or((from, to), |(start, end)| (from.max(start.nanos()), to.min(end.nanos())));
        to.saturating_sub(from).max(0)
    }

    /// The most contacts at once: of everybody, then of each combination.
    pub fn peaks(&self, threads: usize) -> Vec<Peaks> {
        let tally = self.tally;
        if !tally.plan.wants(Feature::Concurrency) {
            return Vec::new();
        }
        let bounds = |position: usize| self.timeline.and_then(|t| t.bounds(position));
        let positions = 0..self.timeline.map_or(0, Timeline::count);
        let periods: Vec<(i64, i64)> =
            positions.filter_map(bounds).map(|(start, end)| (start.floor_second(), end.floor_second())).collect();
        let everybody: Vec<&Progress> = tally.in_progress.values().collect();
        let mut parts = vec![everybody];
        if !tally.options.by.is_empty() {
            parts.extend(self.combinations.iter().map(|own| tally.in_progress.get(*own).into_iter().collect()));
        }
        share_out(parts, threads, |parts| progress::peaks(&parts, &periods))
    }

    /// Nothing in the first period of the data, where every issue is new.
    fn new_topics(&self, own: Option<&Vec<Option<String>>>, first: i64, last: i64) -> Option<u64> {
        if self.timeline.is_none_or(|t| t.first_index() == first) {
            return None;
        }
        let topics = self.tally.topics.values().filter(|t| (first..=last).contains(&t.first_period));
        let contacts = topics.flat_map(|t| &t.contacts).filter(|(c, _)| own.is_none_or(|own| own == *c));
        Some(contacts.map(|(_, n)| n).sum())
    }
}

fn peak_of(peaks: Option<&Peaks>, positions: Option<(usize, usize)>) -> u64 {
    let Some(peaks) = peaks else { return 0 };
    let within = |(first, last): (usize, usize)| peaks.in_periods.get(first..=last)?.iter().copied().max();
    positions.map_or(peaks.most, |positions| within(positions).unwrap_or(0))
}
