//! Does it hold when it is busy? Contacts that AI met, by how many others it had in progress when they opened.

use crate::compare::part::Part;
use crate::compare::told::Told;
use crate::evidence::{
    Interval, order_statistic_ranks, quantile_rank, rank_correlation, trend_of_ratios, trend_of_shares, two_sided,
    wilson_design_effect,
};
use crate::facts::Story;
use crate::input::{Handling, Outcome};
use crate::units::Clusters;

/// Bins of the curve.
const DECILES: u64 = 10;
const NANOS: f64 = 1e9;

/// The middle of a time, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seconds {
    /// The smallest value that half of them do not pass.
    pub median: f64,
    /// Of how many.
    pub n: u64,
    /// Where the true median may lie, by order statistics.
    pub interval: Option<Interval>,
}

/// Contacts that opened under about the same load.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadBin {
    /// The fewest others in progress.
    pub from: u64,
    /// The most.
    pub to: u64,
    /// Contacts.
    pub contacts: u64,
    /// Closed contacts that AI resolved alone.
    pub resolved: Part,
    /// Right ones among the answers that were checked; answers of one contact are worth fewer.
    pub accurate: Part,
    /// From opening to the first reply.
    pub first_response: Option<Seconds>,
}

/// Whether something goes up or down with load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Below nought: less, or shorter, when it is busy.
    pub z: f64,
    /// How likely so much of a trend is by chance.
    pub p_value: f64,
}

impl Trend {
    fn of(z: f64) -> Self {
        Self { z, p_value: two_sided(z) }
    }
}

/// How the AI did by its load.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadCurve {
    /// Tenths of the contacts by load. Equal loads stay together, so that there may be fewer than ten.
    pub bins: Vec<LoadBin>,
    /// Of the resolution rate (Cochran and Armitage).
    pub resolved: Option<Trend>,
    /// Of accuracy (the same, with the variance of contacts and not of answers).
    pub accurate: Option<Trend>,
    /// Of the time to the first reply (Spearman).
    pub first_response: Option<Trend>,
}

pub(super) fn curve(told: &Told, z: f64) -> LoadCurve {
    let met = with_load(told);
    let mut bins: Vec<Vec<(u64, &Story)>> = Vec::new();
    let (mut before, mut last) = (0_u64, None);
    for alike in met.chunk_by(|a, b| a.0 == b.0) {
        let tenth = DECILES * before / met.len() as u64;
        if last != Some(tenth) {
            bins.push(Vec::new());
            last = Some(tenth);
        }
        before += alike.len() as u64;
        if let Some(bin) = bins.last_mut() {
            bin.extend_from_slice(alike);
        }
    }
    let answers: Vec<(u64, bool)> = met.iter().filter_map(|(load, s)| Some((*load, solved(s)?))).collect();
    let checks: Vec<(u64, u64, u64)> =
        met.iter().filter_map(|(load, s)| checked(s).map(|(y, x)| (*load, y, x))).collect();
    let waits: Vec<(u64, i64)> = met.iter().filter_map(|(load, s)| Some((*load, waited(s)?))).collect();
    LoadCurve {
        bins: bins.iter().map(|bin| one(bin, z)).collect(),
        resolved: trend_of_shares(&answers).map(Trend::of),
        accurate: trend_of_ratios(&checks).map(Trend::of),
        first_response: rank_correlation(&waits).map(|(_, z)| Trend::of(z)),
    }
}

/// Contacts that AI met, each with how many others were in progress when it opened; fewest first.
fn with_load(told: &Told) -> Vec<(u64, &Story)> {
    let met: Vec<&Story> = told.stories.iter().filter(|story| story.is_ai_fronted()).collect();
    let sorted = |at: &dyn Fn(&Story) -> i64| {
        let mut all: Vec<i64> = met.iter().map(|story| at(story)).collect();
        all.sort_unstable();
        all
    };
    let end = |story: &Story| story.escalated.or(story.closed).unwrap_or(told.as_of);
    let (opened, ended) = (sorted(&|story| story.opened), sorted(&end));
    let load = |story: &Story| {
        let begun = opened.partition_point(|at| *at <= story.opened);
        let over = ended.partition_point(|at| *at <= story.opened);
        let own = usize::from(end(story) > story.opened);
        begun.saturating_sub(over).saturating_sub(own) as u64
    };
    let mut found: Vec<(u64, &Story)> = met.iter().map(|story| (load(story), *story)).collect();
    found.sort_by_key(|(load, _)| *load);
    found
}

fn solved(story: &Story) -> Option<bool> {
    story.outcome.map(|outcome| outcome == Outcome::Resolved && story.handling == Handling::Ai)
}

fn checked(story: &Story) -> Option<(u64, u64)> {
    let (all, right) = (u64::try_from(story.qa_responses?).ok()?, u64::try_from(story.qa_correct?).ok()?);
    (all > 0).then_some((right, all))
}

fn waited(story: &Story) -> Option<i64> {
    Some(story.first_response?.saturating_sub(story.opened))
}

fn one(bin: &[(u64, &Story)], z: f64) -> LoadBin {
    let stories = || bin.iter().map(|(_, story)| *story);
    let mut checks = Clusters::default();
    let (mut right, mut all) = (0, 0);
    for (own_right, own) in stories().filter_map(checked) {
        checks.add_ints(own, own_right);
        (right, all) = (right + own_right, all + own);
    }
    let interval = wilson_design_effect(&checks, z).filter(|_| all > 0);
    LoadBin {
        from: bin.first().map_or(0, |(load, _)| *load),
        to: bin.last().map_or(0, |(load, _)| *load),
        contacts: bin.len() as u64,
        resolved: Part::counted(stories().filter_map(solved), z),
        accurate: Part { hits: right, n: all, interval },
        first_response: median(stories().filter_map(waited).collect(), z),
    }
}

fn median(mut waits: Vec<i64>, z: f64) -> Option<Seconds> {
    waits.sort_unstable();
    let n = waits.len() as u64;
    let seconds = |rank: u64| {
        let at = usize::try_from(rank.checked_sub(1)?).ok()?;
        Some(*waits.get(at)? as f64 / NANOS)
    };
    let level = 1.0 - two_sided(z);
    let ends = order_statistic_ranks(n, 500, level).and_then(|(low, high)| Some((seconds(low)?, seconds(high)?)));
    let median = seconds(quantile_rank(n, 500))?;
    Some(Seconds { median, n, interval: ends.map(|(low, high)| Interval { low, high }) })
}
