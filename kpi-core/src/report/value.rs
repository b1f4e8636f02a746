//! The report as types.

use super::targets::TargetStanding;
use crate::error::Problem;
use crate::evidence::Interval;
use crate::kpis::{Flag, Flags, Population, Quantity, Reading, Undefined, Unit};
use crate::tally::RowCounts;
use crate::tally::ledger::LedgerSummary;
use crate::units::Instant;
use serde_json::json;

/// One value with its evidence (SPEC 4).
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// What it is measured in.
    pub unit: Unit,
    /// The value, or why there is none.
    pub value: Result<Reading, Undefined>,
    /// What was divided.
    pub numerator: Option<Quantity>,
    /// By what.
    pub denominator: Option<Quantity>,
    /// How many observations it rests on.
    pub n: u64,
    /// Where the truth may lie.
    pub interval: Option<Interval>,
    /// Of the interval.
    pub confidence_level: Option<f64>,
    /// How the interval was made.
    pub method: Option<&'static str>,
    /// How likely such a difference is by chance.
    pub p_value: Option<f64>,
    /// Where it stands among published benchmarks.
    pub band: Option<&'static str>,
    /// Doubts.
    pub flags: Flags,
}

impl Value {
    /// The number, if the value is one; money and counts as the nearest double.
    pub fn number(&self) -> Option<f64> {
        match self.value.as_ref().ok()? {
            Reading::Number(x) => Some(*x),
            Reading::Count(n) => Some(*n as f64),
            Reading::Money(sum) => Some(sum.to_f64()),
            Reading::Shares(_) => None,
        }
    }

    /// How many of how many, where both are whole numbers.
    pub fn counts(&self) -> Option<(u64, u64)> {
        Some((self.numerator.as_ref()?.as_count()?, self.denominator.as_ref()?.as_count()?))
    }

    /// As part of the JSON of a verb that sets values beside one another, which says itself what figure they are of.
    pub(crate) fn in_brief(&self) -> serde_json::Value {
        let shown = match self.value.as_ref().ok() {
            Some(Reading::Money(sum)) => json!(sum.to_text()),
            Some(Reading::Count(n)) => json!(n),
            _ => json!(self.number()),
        };
        let flags: Vec<&str> = self.flags.iter().map(Flag::name).collect();
        json!({
            "value": shown,
            "undefined": self.value.as_ref().err().map(Undefined::name),
            "n": self.n,
            "low": self.interval.map(|interval| interval.low),
            "high": self.interval.map(|interval| interval.high),
            "band": self.band,
            "flags": flags,
        })
    }

    /// Whether this doubt hangs over it.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.has(flag)
    }
}

/// A period of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first instant.
    pub start: Instant,
    /// The first instant after it.
    pub end: Instant,
    /// How long periods are.
    pub every: crate::calendar::Every,
}

/// Which group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupKey {
    /// Dimensions and their values; empty for all.
    pub by: Vec<(String, Option<String>)>,
    /// The period; nothing for all time.
    pub period: Option<Period>,
}

impl GroupKey {
    /// Whether it is the grand total.
    pub fn is_total(&self) -> bool {
        self.by.is_empty() && self.period.is_none()
    }
}

/// One group of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupReport {
    /// Which.
    pub key: GroupKey,
    /// Contacts by outcome class, in the order of [`crate::tally::OUTCOMES`].
    pub outcomes: [u64; 9],
    /// Values, in catalogue order.
    pub values: Vec<Value>,
}

impl GroupReport {
    /// One of its values.
    pub fn value(&self, id: &str, population: Population) -> Option<&Value> {
        self.values.iter().find(|v| v.id == id && v.population == population)
    }

    /// How many contacts it is about; each is in exactly one outcome class.
    pub fn contacts(&self) -> u64 {
        self.outcomes.iter().sum()
    }

    /// The part of its contacts that is in each outcome class; nothing when there are none.
    pub fn outcome_shares(&self) -> Option<[f64; 9]> {
        let all = self.contacts();
        (all > 0).then(|| self.outcomes.map(|n| n as f64 / all as f64))
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// The currency of every amount.
    pub currency: String,
    /// Where the rows went.
    pub counts: RowCounts,
    /// The rules that rows break.
    pub invalid: Vec<Problem>,
    /// Where the money of the costs table went.
    pub ledger: LedgerSummary,
    /// The periods in which costs were shared.
    pub grain: Option<crate::calendar::Every>,
    /// Says whether two parties look at the same figures.
    pub fingerprint: String,
    /// The targets, and where the total stands to each.
    pub targets: Vec<TargetStanding>,
    /// The total, then each combination, each period, each combination by period.
    pub groups: Vec<GroupReport>,
}

impl Report {
    /// The total.
    pub fn total(&self) -> Option<&GroupReport> {
        self.groups.iter().find(|g| g.key.is_total())
    }

    /// Each combination of dimensions, over all time.
    pub fn combinations(&self) -> impl Iterator<Item = &GroupReport> {
        self.groups.iter().filter(|g| !g.key.by.is_empty() && g.key.period.is_none())
    }

    /// Each period of the total, in order.
    pub fn periods(&self) -> impl Iterator<Item = (Period, &GroupReport)> {
        self.groups.iter().filter(|g| g.key.by.is_empty()).filter_map(|g| Some((g.key.period?, g)))
    }

    /// A value of a group; `by` empty and no period is the total.
    pub fn value(
        &self,
        id: &str,
        population: Population,
        by: &[(&str, Option<&str>)],
        period: Option<Instant>,
    ) -> Option<&Value> {
        let same = |key: &GroupKey| {
            key.period.map(|p| p.start) == period
                && key.by.len() == by.len()
                && key.by.iter().all(|(name, value)| by.contains(&(name.as_str(), value.as_deref())))
        };
        let group = self.groups.iter().find(|g| same(&g.key))?;
        group.values.iter().find(|v| v.id == id && v.population == population)
    }
}
