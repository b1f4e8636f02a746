//! Early warnings: what has just moved, since when, how far beyond chance, and what to look at next (SPEC 6.2, 6.5).

mod json;
mod next;

pub use next::Next;

use crate::calendar::Every;
use crate::error::{Code, Error, Result};
use crate::evidence::{Interval, benjamini_hochberg, enough_expected, fisher_p_value, holm, z_for};
use crate::input::{Limits, Tables};
use crate::kpis::{Course, Kpi, Population, Timing, find};
use crate::options::{Milestone, Options};
use crate::report::{Between, GroupReport, Latest, Period, Split, Value, between, latest};
use crate::units::Instant;
use next::next_of;
use serde::{Deserialize, Serialize};

/// How far warnings look back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WarningsAsk {
    /// The longest that something may have been so to be news, in periods; default 4.
    pub periods: Option<u32>,
    /// Periods that they are held against; default 8.
    pub before: Option<u32>,
    /// Observations that a figure must have on either side to be looked at; default 30.
    pub smallest: Option<u64>,
}

impl WarningsAsk {
    const MOST: u32 = 120;

    fn lengths(&self) -> Result<(usize, usize)> {
        let (periods, before) = (self.periods.unwrap_or(4), self.before.unwrap_or(8));
        for (name, length) in [("periods", periods), ("before", before)] {
            if !(1..=Self::MOST).contains(&length) {
                let text = format!("`{name}` is {length}; give 1 to {} periods.", Self::MOST);
                return Err(Error::new(Code::InvalidOption, text));
            }
        }
        Ok((periods as usize, before as usize))
    }
}

/// How sure it is that something moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Even one such finding would be rare among all that were looked at (Holm).
    Sure,
    /// Of such findings, few are expected to be chance (Benjamini and Hochberg).
    Likely,
}

impl Sureness {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
        }
    }
}

/// The combination in which most of a move happened.
#[derive(Debug, Clone, PartialEq)]
pub struct MostOfIt {
    /// Dimensions and their values.
    pub by: Vec<(String, Option<String>)>,
    /// How many more it has now than if its own rate were as before; below nought: fewer.
    pub excess: f64,
}

/// A figure that has moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// Dimensions and their values; empty for everybody.
    pub by: Vec<(String, Option<String>)>,
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// Others that moved the same way, less surely.
    pub also: Vec<Population>,
    /// Whether it foretells others.
    pub leading: bool,
    /// Which way it went.
    pub course: Course,
    /// How sure it is.
    pub sureness: Sureness,
    /// The first period in which it was so.
    pub since: Period,
    /// How many periods it has been so, that one and the last complete one included.
    pub periods: usize,
    /// From the first to the last of the periods that it is held against.
    pub held_against: Period,
    /// The figure over the new stretch.
    pub now: Value,
    /// The figure before.
    pub before: Value,
    /// Now less before.
    pub difference: f64,
    /// Where the true difference may lie.
    pub interval: Option<Interval>,
    /// How that was made.
    pub method: &'static str,
    /// How likely such a move is by chance, over the stretches that were tried.
    pub p_value: f64,
    /// The same, over everything that was looked at (Holm).
    pub adjusted_p_value: f64,
    /// The share of findings like this one, and of surer ones, that is expected to be chance (Benjamini and Hochberg).
    pub q_value: f64,
    /// Milestones of the options from a period before the new stretch on.
    pub milestones: Vec<Milestone>,
    /// Where most of it happened, of the combinations of `by`.
    pub most_of_it: Option<MostOfIt>,
    /// What to look at.
    pub next: Next,
}

impl Warning {
    /// Whether the figure is higher than before. What moved the other way is another warning.
    pub fn went_up(&self) -> bool {
        self.difference > 0.0
    }
}

/// What has just moved, surest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Warnings {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// The currency of every amount.
    pub currency: String,
    /// How long periods are.
    pub every: Every,
    /// Of intervals and verdicts.
    pub confidence_level: f64,
    /// How many figures of how many groups were tested, which adjusted p-values take into account.
    pub looked_at: usize,
    /// What has moved.
    pub warnings: Vec<Warning>,
}

/// Looks for what has just moved. Only complete periods are looked at, and only figures that a test is sound for: counts and
/// sums grow with the length of a period, and middles have no test.
///
/// # Errors
/// As [`crate::report()`]; when `every` is not given.
pub fn warnings(tables: &Tables<'_>, options: &Options, ask: &WarningsAsk, limits: &Limits) -> Result<Warnings> {
    let lengths = ask.lengths()?;
    let found = latest(tables, options, limits, lengths)?;
    let watch = Watch { z: z_for(options.confidence_level), smallest: ask.smallest.unwrap_or(30), options };
    let mut moves: Vec<Move<'_>> = found.groups.iter().flat_map(|splits| watch.moves(splits)).collect();
    let p_values: Vec<f64> = moves.iter().map(|one| one.p_value).collect();
    let (strict, lenient) = (holm(&p_values), benjamini_hochberg(&p_values));
    let alpha = 1.0 - options.confidence_level;
    for (one, (strict, lenient)) in moves.iter_mut().zip(strict.into_iter().zip(lenient)) {
        (one.adjusted, one.lenient) = (strict, lenient);
        one.sureness =
            if strict < alpha { Some(Sureness::Sure) } else { (lenient < alpha).then_some(Sureness::Likely) };
    }
    let looked_at = moves.len();
    Ok(Warnings {
        as_of: found.as_of,
        currency: found.currency.clone(),
        every: options.every.unwrap_or(Every::Week),
        confidence_level: options.confidence_level,
        looked_at,
        warnings: watch.warnings(moves, &found),
    })
}

/// A figure of a group, with the stretch in which it moved most surely.
struct Move<'f> {
    split: &'f Split,
    place: usize,
    kpi: &'static Kpi,
    evidence: Between,
    p_value: f64,
    adjusted: f64,
    lenient: f64,
    sureness: Option<Sureness>,
}

impl<'f> Move<'f> {
    fn values(&self) -> Option<(&'f Value, &'f Value)> {
        Some((self.split.now.values.get(self.place)?, self.split.before.values.get(self.place)?))
    }
}

struct Watch<'w> {
    z: f64,
    smallest: u64,
    options: &'w Options,
}

impl Watch<'_> {
    /// Of each figure of a group, the split that tells best. To have tried several makes chance likelier, by so many times.
    fn moves<'f>(&self, splits: &'f [Split]) -> Vec<Move<'f>> {
        let places = 0..splits.first().map_or(0, |split| split.now.values.len());
        places.filter_map(|place| self.surest(splits, place)).collect()
    }

    fn surest<'f>(&self, splits: &'f [Split], place: usize) -> Option<Move<'f>> {
        let tested: Vec<Move<'f>> = splits.iter().filter_map(|split| self.test(split, place)).collect();
        let tries = tested.len() as f64;
        let best = tested.into_iter().min_by(|a, b| a.p_value.total_cmp(&b.p_value))?;
        Some(Move { p_value: (best.p_value * tries).min(1.0), ..best })
    }

    fn test<'f>(&self, split: &'f Split, place: usize) -> Option<Move<'f>> {
        let (now, before) = (split.now.values.get(place)?, split.before.values.get(place)?);
        if now.n < self.smallest || before.n < self.smallest {
            return None;
        }
        let evidence = between(now, before, self.z);
        let p_value = rare(now, before).or(evidence.p_value)?;
        Some(Move { split, place, kpi: find(now.id)?, evidence, p_value, adjusted: 1.0, lenient: 1.0, sureness: None })
    }

    fn warnings(&self, moves: Vec<Move<'_>>, found: &Latest) -> Vec<Warning> {
        let mut kept: Vec<Move<'_>> = moves.into_iter().filter(|one| one.sureness.is_some()).collect();
        // Equal ones stay in the order of groups and of the catalogue.
        kept.sort_by(|a, b| a.adjusted.total_cmp(&b.adjusted).then(a.p_value.total_cmp(&b.p_value)));
        let mut all: Vec<Warning> = Vec::new();
        for one in kept {
            let Some(warning) = self.warning(&one, found) else { continue };
            match all.iter_mut().find(|w| w.id == warning.id && w.by == warning.by && w.went_up() == warning.went_up())
            {
                Some(surer) => surer.also.push(warning.population),
                None => all.push(warning),
            }
        }
        all
    }

    fn warning(&self, one: &Move<'_>, found: &Latest) -> Option<Warning> {
        let (now, before) = one.values()?;
        let (since, held_against) = (one.split.first, one.split.before.key.period?);
        let end = one.split.now.key.period?.end;
        let difference = now.number()? - before.number()?;
        let length = since.end.nanos().saturating_sub(since.start.nanos());
        let begins = since.start.nanos().saturating_sub(length);
        let recent = |m: &&Milestone| m.at.nanos() >= begins && m.at < end;
        let by = one.split.now.key.by.clone();
        Some(Warning {
            id: now.id,
            population: now.population,
            also: Vec::new(),
            leading: one.kpi.timing == Timing::Leading,
            course: one.kpi.better.course(difference),
            sureness: one.sureness?,
            since,
            periods: one.split.periods,
            held_against,
            now: now.clone(),
            before: before.clone(),
            difference,
            interval: one.evidence.interval,
            method: one.evidence.method,
            p_value: one.p_value,
            adjusted_p_value: one.adjusted,
            q_value: one.lenient,
            milestones: self.options.milestones.iter().filter(recent).cloned().collect(),
            most_of_it: if by.is_empty() { most_of_it(one, found, difference) } else { None },
            next: next_of(now.id),
            by,
        })
    }
}

/// Of a part of contacts that too rarely happens, or does not, for a normal curve: the exact chance. The curve's far end,
/// which is where many looks send a p-value, is then much too sure.
fn rare(now: &Value, before: &Value) -> Option<f64> {
    let ((x1, n1), (x2, n2)) = (now.counts()?, before.counts()?);
    let wilson = [now, before].iter().all(|value| value.method == Some("wilson"));
    (wilson && !enough_expected(x1, n1, x2, n2)).then(|| fisher_p_value(x1, n1, x2, n2)).flatten()
}

/// The combination whose own rate moved the figure of everybody most, in the same direction.
fn most_of_it(one: &Move<'_>, found: &Latest, difference: f64) -> Option<MostOfIt> {
    let of = |group: &GroupReport| group.values.get(one.place)?.counts();
    let excess = |splits: &Vec<Split>| {
        let split = splits.iter().find(|split| split.periods == one.split.periods)?;
        let ((now, n), (before, m)) = (of(&split.now)?, of(&split.before)?);
        let by = split.now.key.by.clone();
        let excess = now as f64 - before as f64 / (m > 0).then_some(m)? as f64 * n as f64;
        (!by.is_empty()).then_some(MostOfIt { by, excess })
    };
    let all = found.groups.iter().filter_map(excess).filter(|part| part.excess * difference > 0.0);
    // The first of equal ones, in the order of the report.
    all.reduce(|best, other| if other.excess.abs() > best.excess.abs() { other } else { best })
}
