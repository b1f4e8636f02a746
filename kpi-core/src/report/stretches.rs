//! The last periods held against those before them, for whatever asks what has just moved.

use super::build::take;
use super::levels::Plan;
use super::value::{GroupReport, Period};
use crate::error::{Code, Error, Result};
use crate::input::{InMemory, Limits, Tables};
use crate::options::Options;
use crate::units::Instant;

/// Some of the last complete periods together, and those right before them together.
pub(crate) struct Split {
    /// How many of the last periods are now.
    pub periods: usize,
    /// The first of them.
    pub first: Period,
    /// The last periods.
    pub now: GroupReport,
    /// Those before.
    pub before: GroupReport,
}

/// What was found of the whole input.
pub(crate) struct Latest {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// The currency of every amount.
    pub currency: String,
    /// By group: everybody, then each combination. Those without a contact on one side have no split there.
    pub groups: Vec<Vec<Split>>,
}

/// For each group, the last one, two and so on up to `most` complete periods, each against as many as `before` periods before.
///
/// # Errors
/// As [`super::report()`]; when no periods are asked for, or there are too few complete ones to compare.
pub(crate) fn latest(
    tables: &Tables<'_>,
    options: &Options,
    limits: &Limits,
    (most, before): (usize, usize),
) -> Result<Latest> {
    let refuse = |text: &str| Err(Error::new(Code::InvalidOption, text));
    super::refuse_cluster(options, "warnings")?;
    if options.every.is_none() {
        return refuse("Warnings go by periods: give `every` as day, week, month, quarter or year.");
    }
    let tally = take(&InMemory::new(&tables.interactions), tables, options, limits)?;
    let as_of = tally.options.as_of;
    let groups = tally.evaluated(limits, |ready| {
        let complete = |position: usize| {
            let end = ready.levels.timeline?.bounds(position)?.1;
            as_of.is_some_and(|as_of| end <= as_of).then_some(position)
        };
        let last = (0..ready.levels.timeline.map_or(0, crate::calendar::Timeline::count)).rev().find_map(complete);
        let plans = ready.levels.plans();
        let mut combinations: Vec<Option<usize>> = plans.iter().map(|plan| plan.combination).collect();
        combinations.sort_unstable();
        combinations.dedup();
        let splits = |combination: Option<usize>| -> Vec<Split> {
            let split = |periods: usize| {
                let (last, every) = (last?, tally.options.every?);
                let first = (last + 1).checked_sub(periods)?;
                let end = first.checked_sub(1)?;
                let begin = first.saturating_sub(before);
                let now = Plan::stretch(&plans, combination, (first, last))?;
                let then = Plan::stretch(&plans, combination, (begin, end))?;
                let [now, before] = <[GroupReport; 2]>::try_from(ready.groups(vec![now, then])).ok()?;
                let (start, end) = ready.levels.timeline?.bounds(first)?;
                Some(Split { periods, first: Period { start, end, every }, now, before })
            };
            (1..=most).filter_map(split).collect()
        };
        combinations.into_iter().map(splits).collect::<Vec<_>>()
    })?;
    Ok(Latest { as_of, currency: tally.options.currency.clone().unwrap_or_default(), groups })
}
