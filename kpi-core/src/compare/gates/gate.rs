//! One gate: on which side of its line the whole interval lies, and if it lies on both, how many contacts are lacking.

use super::ask::{Asked, Rule};
use crate::compare::parity::{ParityVerdict, judge};
use crate::compare::sides::SideFound;
use crate::evidence::{Interval, Needed, size_for_mean, size_for_proportion, wilson_effective_n};
use crate::kpis::Population;
use crate::report::{Value, between};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

/// What a gate, or a whole pilot, comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, as sure as this look must be.
    Pass,
    /// It does not hold, as sure as this look must be.
    Fail,
    /// The data allows both.
    Inconclusive,
    /// There is nothing to judge by, or the groups are not what they were meant to be.
    NotJudged,
}

impl Verdict {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Inconclusive => "inconclusive",
            Self::NotJudged => "not_judged",
        }
    }
}

/// Why a gate is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotJudged {
    /// The groups do not have the sizes they were meant to have, so something sorts contacts into them.
    SampleRatio,
    /// A side has no value; it says itself why.
    Undefined,
    /// No interval is sound, so a point is all there is.
    NoInterval,
}

impl NotJudged {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SampleRatio => "sample_ratio",
            Self::Undefined => "undefined",
            Self::NoInterval => "no_interval",
        }
    }
}

/// How many more contacts of either side it takes to judge, four times out of five, if the figures stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct More {
    /// Of the treated.
    pub treated: u64,
    /// Of the control group, where the gate is held against it.
    pub control: Option<u64>,
}

/// One gate and what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// What it compares with.
    pub rule: Rule,
    /// The line, or the margin.
    pub line: Decimal,
    /// Of the treated, with its interval as sure as this look must be.
    pub treated: Value,
    /// Of the control group, if there is one.
    pub control: Option<Value>,
    /// Treated less control, where the gate is held against it.
    pub difference: Option<f64>,
    /// What the verdict rests on: the interval of the figure, or of the difference.
    pub interval: Option<Interval>,
    /// The answer.
    pub verdict: Verdict,
    /// Why there is none.
    pub not_judged: Option<NotJudged>,
    /// What an inconclusive gate lacks; nothing where what was seen lies on the line, and no number is sure to tell.
    pub more: Option<More>,
    /// Whether it lies there.
    pub on_the_line: bool,
}

/// Both sides of a figure.
pub(super) struct Seen<'s> {
    pub treated: (&'s SideFound, Value),
    pub control: Option<(&'s SideFound, Value)>,
}

/// Judges a gate at z standard errors.
pub(super) fn judged(line: &Asked, seen: &Seen<'_>, z: f64) -> Gate {
    let mut gate = Gate {
        id: line.kpi.id,
        population: line.population,
        rule: line.rule,
        line: line.line,
        treated: seen.treated.1.clone(),
        control: seen.control.as_ref().map(|(_, value)| value.clone()),
        difference: None,
        interval: None,
        verdict: Verdict::NotJudged,
        not_judged: None,
        more: None,
        on_the_line: false,
    };
    let found = if line.rule == Rule::NotWorseThanControlBy {
        against_control(&mut gate, line, z)
    } else {
        against_line(&mut gate, line, z)
    };
    let Some((verdict, needed)) = found else {
        let undefined = gate.treated.value.is_err()
            || (line.rule == Rule::NotWorseThanControlBy && gate.control.as_ref().is_none_or(|v| v.value.is_err()));
        gate.not_judged = Some(if undefined { NotJudged::Undefined } else { NotJudged::NoInterval });
        return gate;
    };
    gate.verdict = verdict;
    if verdict == Verdict::Inconclusive {
        gate.on_the_line = needed == Needed::OnTheLine;
        let lacking = |side: &SideFound| more(needed, side.contacts);
        let control = seen.control.as_ref().filter(|_| line.rule == Rule::NotWorseThanControlBy);
        gate.more = lacking(seen.treated.0)
            .map(|treated| More { treated, control: control.and_then(|(side, _)| lacking(side)) });
    }
    gate
}

/// A verdict, and how many times as many contacts as there are it takes.
type Found = Option<(Verdict, Needed)>;

fn against_line(gate: &mut Gate, line: &Asked, z: f64) -> Found {
    let (rate, at) = (gate.treated.number()?, line.line.to_f64()?);
    let interval = gate.treated.interval?;
    gate.interval = Some(interval);
    let (holds, breaks) = match line.rule {
        Rule::AtLeast => (interval.low >= at, interval.high < at),
        _ => (interval.high <= at, interval.low > at),
    };
    let proportion = gate.treated.method.is_some_and(|method| method.starts_with("wilson"));
    let worth = wilson_effective_n(rate, interval, z).filter(|_| proportion && at > 0.0 && at < 1.0);
    let needed = match worth {
        Some(n) => times(size_for_proportion(rate, at, z), n),
        None => size_for_mean(towards(interval, rate, at) / z, rate - at, z),
    };
    Some((verdict(holds, breaks), needed))
}

fn against_control(gate: &mut Gate, line: &Asked, z: f64) -> Found {
    let (treated, control) = (&gate.treated, gate.control.as_ref()?);
    let (p, q, margin) = (treated.number()?, control.number()?, line.line.to_f64()?);
    gate.difference = Some(p - q);
    let interval = between(treated, control, z).interval?;
    gate.interval = Some(interval);
    let (_, parity) = judge(interval, line.kpi.better, margin)?;
    let at = if line.kpi.better == crate::kpis::Better::Lower { margin } else { -margin };
    // Where both rates are 0 or 1 their own spread says nothing; what the interval still allows does.
    let spread = spread_of(treated, z).zip(spread_of(control, z)).map(|(a, b)| (a + b).sqrt());
    let error = spread.filter(|e| *e > 0.0).unwrap_or_else(|| towards(interval, p - q, at) / z);
    let needed = size_for_mean(error, p - q - at, z);
    Some((verdict(parity == ParityVerdict::NonInferior, parity == ParityVerdict::Inferior), needed))
}

const fn verdict(holds: bool, breaks: bool) -> Verdict {
    match (holds, breaks) {
        (true, _) => Verdict::Pass,
        (_, true) => Verdict::Fail,
        _ => Verdict::Inconclusive,
    }
}

/// The variance of a proportion, by what its sample is worth; nothing of other figures.
fn spread_of(value: &Value, z: f64) -> Option<f64> {
    value.method.filter(|method| method.starts_with("wilson"))?;
    let (rate, interval) = (value.number()?, value.interval?);
    Some(rate * (1.0 - rate) / wilson_effective_n(rate, interval, z)?)
}

/// How far the interval reaches towards the line.
fn towards(interval: Interval, from: f64, line: f64) -> f64 {
    if line < from { from - interval.low } else { interval.high - from }
}

/// A number of observations as so many times those that there are.
fn times(needed: Needed, now: f64) -> Needed {
    match needed {
        Needed::Observations(n) => Needed::Observations(n / now),
        Needed::OnTheLine => Needed::OnTheLine,
    }
}

/// How many contacts are lacking if it takes so many times those that there are; rounded up, and at least one.
fn more(needed: Needed, contacts: u64) -> Option<u64> {
    /// Beyond, it is as good as never.
    const MOST: f64 = 1e15;
    let Needed::Observations(times) = needed else { return None };
    let lacking = ((times - 1.0) * contacts as f64).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 1 to 10¹⁵")]
    (lacking <= MOST).then_some(lacking as u64)
}

impl Gate {
    pub(super) fn to_json(&self) -> serde_json::Value {
        json!({
            "id": self.id,
            "population": self.population.name(),
            "rule": self.rule.name(),
            "line": self.line.normalize().to_string(),
            "treated": self.treated.in_brief(),
            "control": self.control.as_ref().map(Value::in_brief),
            "difference": self.difference,
            "low": self.interval.map(|interval| interval.low),
            "high": self.interval.map(|interval| interval.high),
            "verdict": self.verdict.name(),
            "not_judged": self.not_judged.map(NotJudged::name),
            "more_interactions": self.more.map(|more| json!({"treated": more.treated, "control": more.control})),
            "on_the_line": self.on_the_line,
        })
    }
}
