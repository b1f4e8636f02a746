//! A against B: before and after a new model, AI against a control group, one segment against another.

use super::parity::{Parity, parity};
use super::sides::{DAY, Side, SideFound, around, count_sides, nobody, reading};
use crate::error::{Code, Error, Result};
use crate::evidence::{Interval, holm, z_for};
use crate::input::{Limits, Tables};
use crate::kpis::{Better, Kpi, Population, Reading, Unit, find, gap};
use crate::options::{Milestone, Options};
use crate::report::{GroupReport, Value, between};
use crate::tally::Feature;
use crate::units::{ExactSum, Instant};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is to be compared: two sides, or what was before a milestone and after it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompareAsk {
    /// The side that differences are seen from: what is new, what is treated.
    pub a: Option<Side>,
    /// The side it is held against.
    pub b: Option<Side>,
    /// Instead of sides: the label of one of the option `milestones`. `a` is then after it, `b` before.
    pub milestone: Option<String>,
    /// Days on either side of the milestone; default 28. Both sides are shortened alike where the data does not reach.
    pub days: Option<u32>,
    /// The figures; default: those of the options.
    pub kpis: Option<Vec<String>>,
    /// By figure: how much worse `a` may be than `b` and still be as good for all purposes. Asks for a test of that.
    pub margin: BTreeMap<String, Decimal>,
}

impl CompareAsk {
    /// The options by which rows are to be read from JSON or CSV, so that every column that a side asks for is kept.
    #[must_use]
    pub fn options_for_reading(&self, options: &Options) -> Options {
        reading(options, [&self.a, &self.b].into_iter().flatten())
    }
}

/// How far one value lies above another, exactly where that can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Difference {
    /// Of ratios, means, statistics.
    Number(f64),
    /// Of counts.
    Count(i128),
    /// Of money.
    Money(ExactSum),
}

/// Both sides of a count or sum, and their difference, for one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerDay {
    /// Of `a`.
    pub a: f64,
    /// Of `b`.
    pub b: f64,
    /// `a` less `b`.
    pub difference: f64,
}

/// Why two values have no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCompared {
    /// One of them, or both, has no value; each says itself why.
    Undefined,
    /// It grows with time, and the sides are not equally long.
    UnequalLengths,
}

impl NotCompared {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::UnequalLengths => "unequal_lengths",
        }
    }
}

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A test, adjusted for how many figures were looked at.
    AdjustedPValue,
    /// The interval of this figure alone, since there is no test for it: of twenty such figures that do not differ, one
    /// looks as if it did.
    Interval,
}

impl Basis {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdjustedPValue => "adjusted_p_value",
            Self::Interval => "interval",
        }
    }
}

/// One figure of one population on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedFigure {
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// What it is measured in.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// Of `a`.
    pub a: Value,
    /// Of `b`.
    pub b: Value,
    /// `a` less `b`.
    pub difference: Option<Difference>,
    /// Why there is none.
    pub not_compared: Option<NotCompared>,
    /// Of a count or sum, where the sides are not equally long.
    pub per_day: Option<PerDay>,
    /// Where the true difference may lie.
    pub interval: Option<Interval>,
    /// How that was made.
    pub method: Option<&'static str>,
    /// How likely such a difference is by chance, if only this figure were looked at.
    pub p_value: Option<f64>,
    /// The same for all that were tested together (Holm).
    pub adjusted_p_value: Option<f64>,
    /// Whether chance alone is a poor explanation; nothing where there is neither test nor interval.
    pub distinguishable: Option<bool>,
    /// What says so.
    pub basis: Option<Basis>,
    /// Whether `a` is as good as `b`, if a margin was given.
    pub parity: Option<Parity>,
}

/// What differs between two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// The currency of every amount.
    pub currency: String,
    /// Of intervals and verdicts.
    pub confidence_level: f64,
    /// The milestone that the sides are before and after, if one was asked for.
    pub milestone: Option<Milestone>,
    /// The side that differences are seen from.
    pub a: SideFound,
    /// The side it is held against.
    pub b: SideFound,
    /// Whether both sides are equally long. Where they are not, counts and sums are only compared by the day.
    pub equal_lengths: bool,
    /// How many tests there were, which adjusted p-values take into account.
    pub tests: usize,
    /// In catalogue order. Distributions have no difference.
    pub figures: Vec<ComparedFigure>,
    /// Figures that are of the whole input only, and of no side.
    pub left_out: Vec<&'static str>,
}

/// Holds one side of an input against the other. All contacts are counted, so a customer of one side who comes back on the
/// other came back. The option `by` groups nothing here.
///
/// ```
/// use kpi_core::compare::{CompareAsk, compare, from_json};
/// use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables};
///
/// let at = Instant::parse("2026-01-05T09:00:00Z", None).unwrap();
/// let contact = |version: &str, n: usize, resolved: bool| Interaction {
///     model_version: Some(version.to_owned()),
///     ..Interaction::new(format!("{version}-{n}"), Handling::Ai, at)
///         .closed(at, if resolved { Outcome::Resolved } else { Outcome::Unresolved })
/// };
/// let old = (0..200).map(|n| contact("v1", n, n < 120));
/// let new = (0..200).map(|n| contact("v2", n, n < 150));
/// let contacts: Vec<Interaction> = old.chain(new).collect();
/// let ask: CompareAsk = from_json(
///     r#"{"a": {"when": {"model_version": "v2"}}, "b": {"when": {"model_version": "v1"}}, "kpis": ["autonomous_resolution_rate"]}"#,
/// )?;
/// let found = compare(&Tables::of(&contacts), &Options::default(), &ask, &Limits::default())?;
/// let rate = &found.figures[0];
/// assert_eq!(rate.difference.map(|d| d.to_f64()), Some(0.15));
/// assert_eq!(rate.distinguishable, Some(true));
/// # Ok::<(), kpi_core::Error>(())
/// ```
///
/// # Errors
/// As [`crate::report()`]; when sides make no sense, have no contact or share one; when a margin is not above 0 or is of a
/// figure that has no good direction.
pub fn compare(tables: &Tables<'_>, options: &Options, ask: &CompareAsk, limits: &Limits) -> Result<Comparison> {
    let asked = Options { kpis: ask.kpis.clone().or_else(|| options.kpis.clone()), ..options.clone() };
    asked.validate()?;
    check_margins(ask, &asked)?;
    let (milestone, sides) = sides_of(tables, &asked, ask, limits)?;
    let [a, b] = &sides;
    let (mut beside, found) = count_sides(tables, &asked, &[("a", a), ("b", b)], &[], limits)?;
    let [a, b] = <[SideFound; 2]>::try_from(found).map_err(|_| nobody())?;
    let level = options.confidence_level;
    let at_level = |groups: Vec<Option<GroupReport>>| {
        <[GroupReport; 2]>::try_from(groups.into_iter().flatten().collect::<Vec<_>>()).map_err(|_| nobody())
    };
    let groups = at_level(beside.figures(level)?)?;
    let lengths = Lengths { a: a.covered, b: b.covered, z: z_for(level), alpha: 1.0 - level };
    let mut figures: Vec<ComparedFigure> =
        groups[0].values.iter().zip(&groups[1].values).filter_map(|(a, b)| lengths.figure(a, b)).collect();
    if !ask.margin.is_empty() {
        // The bound of a one-sided test is an end of the two-sided interval that leaves twice as much out.
        let wider = at_level(beside.figures(2.0 * level - 1.0)?)?;
        for figure in &mut figures {
            let margin = ask.margin.get(figure.id).copied();
            figure.parity = margin.and_then(|margin| parity(figure, &wider, margin, level));
        }
    }
    let tests = adjust(&mut figures, lengths.alpha);
    let found = &beside.tally.options;
    Ok(Comparison {
        as_of: found.as_of,
        currency: found.currency.clone().unwrap_or_default(),
        confidence_level: level,
        milestone,
        equal_lengths: lengths.are_equal(),
        a,
        b,
        tests,
        figures,
        left_out: crate::report::wanted(&asked)?.into_iter().filter(|k| k.in_total_only()).map(|k| k.id).collect(),
    })
}

fn sides_of(
    tables: &Tables<'_>,
    options: &Options,
    ask: &CompareAsk,
    limits: &Limits,
) -> Result<(Option<Milestone>, [Side; 2])> {
    /// Four weeks: every day of the week as often.
    const DAYS: u32 = 28;
    let text = match (&ask.a, &ask.b, &ask.milestone) {
        (Some(a), Some(b), None) if ask.days.is_none() => return Ok((None, [a.clone(), b.clone()])),
        (None, None, Some(label)) => {
            let (milestone, _, sides) = around(label, ask.days.unwrap_or(DAYS), tables, options, limits)?;
            return Ok((Some(milestone), sides));
        }
        (Some(_), Some(_), None) => "`days` goes with `milestone`; give sides their own `from` and `until`.",
        _ => "Give either both sides, `a` and `b`, or a `milestone`.",
    };
    Err(Error::new(Code::InvalidOption, text))
}

fn check_margins(ask: &CompareAsk, options: &Options) -> Result<()> {
    let refuse = |text: String| Err(Error::new(Code::InvalidOption, text));
    if !ask.margin.is_empty() && options.confidence_level <= 0.5 {
        return refuse(
            "A margin is tested at `confidence_level`, which must be above 0.5 for that, such as 0.95.".into(),
        );
    }
    let wanted = crate::report::wanted(options)?;
    for (id, margin) in &ask.margin {
        let Some(kpi) = wanted.iter().find(|kpi| kpi.id == id) else {
            return refuse(format!("`margin` names \"{id}\", which is not among the figures asked for."));
        };
        if *margin <= Decimal::ZERO {
            return refuse(format!(
                "The margin of `{id}` is {margin}; give how much worse is still good enough, above 0."
            ));
        }
        if kpi.better == Better::Neither {
            return refuse(format!("`{id}` has no good direction, so nothing is worse by a margin."));
        }
    }
    Ok(())
}

/// How long the sides are, and how sure verdicts are to be.
struct Lengths {
    a: i64,
    b: i64,
    z: f64,
    alpha: f64,
}

impl Lengths {
    const fn are_equal(&self) -> bool {
        self.a == self.b
    }

    fn figure(&self, a: &Value, b: &Value) -> Option<ComparedFigure> {
        let kpi = find(a.id)?;
        if kpi.unit == Unit::Distribution {
            return None;
        }
        let mut figure = ComparedFigure {
            id: a.id,
            population: a.population,
            unit: a.unit,
            better: kpi.better,
            a: a.clone(),
            b: b.clone(),
            difference: None,
            not_compared: None,
            per_day: None,
            interval: None,
            method: None,
            p_value: None,
            adjusted_p_value: None,
            distinguishable: None,
            basis: None,
            parity: None,
        };
        if a.value.is_err() || b.value.is_err() {
            figure.not_compared = Some(NotCompared::Undefined);
        } else if grows_with_time(kpi, a) && !self.are_equal() {
            figure.not_compared = Some(NotCompared::UnequalLengths);
            figure.per_day = self.per_day(kpi, a, b);
        } else {
            figure.difference = difference(a, b);
            let found = between(a, b, self.z);
            figure.interval = found.interval;
            figure.method = found.interval.map(|_| found.method);
            figure.p_value = found.p_value;
        }
        Some(figure)
    }

    fn per_day(&self, kpi: &Kpi, a: &Value, b: &Value) -> Option<PerDay> {
        // The most at once is no sum: there is no such thing as a day's part of it.
        if kpi.wants(Feature::Concurrency) || self.a == 0 || self.b == 0 {
            return None;
        }
        let (a, b) = (a.number()? * (DAY as f64 / self.a as f64), b.number()? * (DAY as f64 / self.b as f64));
        Some(PerDay { a, b, difference: a - b })
    }
}

/// Whether a longer time alone makes it larger: counts, sums of money, and the most at once.
fn grows_with_time(kpi: &Kpi, value: &Value) -> bool {
    kpi.unit == Unit::Count || (kpi.unit == Unit::Money && value.denominator.is_none())
}

fn difference(a: &Value, b: &Value) -> Option<Difference> {
    Some(match (a.value.as_ref().ok()?, b.value.as_ref().ok()?) {
        (Reading::Count(a), Reading::Count(b)) => Difference::Count(i128::from(*a) - i128::from(*b)),
        (Reading::Money(a), Reading::Money(b)) => Difference::Money(*a - *b),
        _ => {
            let proportion = a.method.is_some_and(|m| m.starts_with("wilson")) && a.method == b.method;
            let exact = a.counts().zip(b.counts()).filter(|_| proportion).and_then(|(a, b)| gap(a, b));
            Difference::Number(exact.or_else(|| Some(a.number()? - b.number()?))?)
        }
    })
}

/// Verdicts, from all tests together; and how many there were.
fn adjust(figures: &mut [ComparedFigure], alpha: f64) -> usize {
    let p_values: Vec<f64> = figures.iter().filter_map(|figure| figure.p_value).collect();
    let mut adjusted = holm(&p_values).into_iter();
    for figure in figures {
        if figure.p_value.is_some() {
            figure.adjusted_p_value = adjusted.next();
            figure.distinguishable = figure.adjusted_p_value.map(|p| p < alpha);
            figure.basis = Some(Basis::AdjustedPValue);
        } else if let Some(interval) = figure.interval {
            figure.distinguishable = Some(interval.low > 0.0 || interval.high < 0.0);
            figure.basis = Some(Basis::Interval);
        }
    }
    p_values.len()
}
