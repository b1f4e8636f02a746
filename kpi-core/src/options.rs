//! What a report may be asked for: SPEC 10, options. Names are the same in every language.

mod benchmarks;
mod labor;
mod milestones;
mod targets;

pub use benchmarks::{BenchmarkSet, Benchmarks, Line, Range};
pub use labor::LaborRate;
pub use milestones::Milestone;
pub use targets::{Direction, Goal, Phase, Target};

use crate::calendar::BusinessHours;
use crate::calendar::Every;
use crate::calendar::Zones;
use crate::error::{Code, Error, Result};
use crate::units::Instant;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How rows that break a rule are treated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnInvalid {
    /// One error that lists every broken rule.
    #[default]
    Error,
    /// Broken rows are left out of every figure and listed in the report.
    Quarantine,
}

/// How quantiles are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantiles {
    /// Every observed value is kept.
    #[default]
    Exact,
    /// A mergeable sketch with a relative error of at most 0.4 %; such figures are flagged `approximate`.
    Sketch,
}

/// The clock an SLA target runs on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Every hour counts.
    #[default]
    Calendar,
    /// Only opening hours count.
    Business,
}

/// One entry of an SLA policy; the first that matches a row applies to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SlaTarget {
    /// Dimensions and the values they must have; null asks for rows without one.
    pub when: BTreeMap<String, Option<DimensionValue>>,
    /// Seconds until the first reply.
    pub first_response_seconds: Option<Decimal>,
    /// Seconds until it is resolved.
    pub resolution_seconds: Option<Decimal>,
    /// Which hours count.
    pub clock: Clock,
}

/// A dimension's value as written in JSON; compared by its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct DimensionValue(pub String);

impl<'de> Deserialize<'de> for DimensionValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Ok(Self(match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        }))
    }
}

/// What an hour of human work costs, and why (SPEC 7.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labor {
    /// Gross salary a year.
    pub salary: Decimal,
    /// Benefits on top, as a share of the salary.
    #[serde(default)]
    pub benefits_rate: Decimal,
    /// Recruiting one person.
    #[serde(default)]
    pub recruitment_per_hire: Decimal,
    /// Training one new person.
    #[serde(default)]
    pub training_per_hire: Decimal,
    /// Share of the team that leaves in a year.
    #[serde(default)]
    pub annual_attrition: Decimal,
    /// Management on top, as a share of salary and benefits.
    #[serde(default)]
    pub management_rate: Decimal,
    /// Tools a person and year.
    #[serde(default)]
    pub tooling_per_year: Decimal,
    /// Quality assurance a person and year.
    #[serde(default)]
    pub qa_per_year: Decimal,
    /// Hours paid a year.
    pub paid_hours_per_year: Decimal,
    /// Share of the paid hours spent on contacts.
    pub utilisation: Decimal,
}

/// What was true before the AI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Baseline {
    /// What a contact cost when people handled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_per_contact: Option<Decimal>,
    /// Contacts that one person closed in a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_per_agent_per_week: Option<Decimal>,
    /// Any KPI with its value before the AI.
    #[serde(flatten)]
    pub kpis: BTreeMap<String, Decimal>,
}

/// What was expected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Forecast {
    /// Expected cost of one resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_per_resolution: Option<Decimal>,
    /// What the variance by source needs beside it.
    #[serde(flatten)]
    pub drivers: BTreeMap<String, Decimal>,
}

/// Everything a report may be asked for. All of it is optional.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The moment the data was taken; default: the latest event of the usable rows.
    pub as_of: Option<Instant>,
    /// The zone in which days, weeks and months begin.
    pub time_zone: String,
    /// The zone of times that have none; without it they are an error.
    pub naive_timezone: Option<String>,
    /// Dimensions to group by.
    pub by: Vec<String>,
    /// Periods to group by.
    pub every: Option<Every>,
    /// Hours in which a customer who comes back was not helped.
    pub recontact_hours: u32,
    /// Of every interval.
    pub confidence_level: f64,
    /// Under it an answer was served with low confidence.
    pub low_confidence_threshold: Decimal,
    /// ISO 4217; default: the rows' one currency, else USD.
    pub currency: Option<String>,
    /// Exact or sketched.
    pub quantiles: Quantiles,
    /// What happens to rows that break a rule.
    pub on_invalid: OnInvalid,
    /// The figures wanted; default: all.
    pub kpis: Option<Vec<String>>,
    /// Benchmark sets, by name or of the user's own. A figure is judged by the first that has a line for it.
    pub benchmarks: Vec<Benchmarks>,
    /// The user's own targets.
    pub targets: Vec<Target>,
    /// What happened when. They change no figure; each can be asked for as a comparison of before and after.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// The column, such as `customer_id`, whose contacts are alike: the intervals of a report then have the spread of its
    /// values and not of contacts. For reports only.
    pub cluster: Option<String>,
    /// What was true before the AI.
    pub baseline: Option<Baseline>,
    /// What was expected.
    pub forecast: Option<Forecast>,
    /// The labour model.
    pub labor: Option<Labor>,
    /// Opening hours and holidays.
    pub business_hours: Option<BusinessHours>,
    /// Service-level targets, first match first.
    pub sla: Option<Vec<SlaTarget>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            as_of: None,
            time_zone: "UTC".into(),
            naive_timezone: None,
            by: Vec::new(),
            every: None,
            recontact_hours: 72,
            confidence_level: 0.95,
            low_confidence_threshold: Decimal::new(5, 1),
            currency: None,
            quantiles: Quantiles::Exact,
            on_invalid: OnInvalid::Error,
            kpis: None,
            benchmarks: vec![Benchmarks::Named("b2b_saas_2026".into())],
            targets: Vec::new(),
            milestones: Vec::new(),
            cluster: None,
            baseline: None,
            forecast: None,
            labor: None,
            business_hours: None,
            sla: None,
        }
    }
}

/// The most hours a recontact window may have: ten years.
const LONGEST_WINDOW: u32 = 87_600;
/// More contacts than anybody closes in a week; up to it, work of everybody in all covered time is exact.
const MOST_CLOSED: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

impl Options {
    /// Reads options from JSON.
    ///
    /// # Errors
    /// When the text is not JSON, names an option that does not exist, or gives one a wrong type.
    pub fn from_json(text: &str) -> Result<Self> {
        let options: Self = serde_json::from_str(text).map_err(|e| {
            let code = if e.is_syntax() || e.is_eof() { Code::MalformedInput } else { Code::InvalidOption };
            Error::new(code, format!("The options cannot be read: {e}."))
        })?;
        options.validate()?;
        Ok(options)
    }

    /// Checks every option and lists all that is wrong at once.
    ///
    /// # Errors
    /// When an option has a value that makes no sense.
    pub fn validate(&self) -> Result<()> {
        let mut wrong = Vec::new();
        for (name, zone) in [("time_zone", Some(&self.time_zone)), ("naive_timezone", self.naive_timezone.as_ref())] {
            if let Some(zone) = zone.filter(|z| z.parse::<chrono_tz::Tz>().is_err()) {
                wrong.push(format!(
                    "`{name}` is \"{zone}\", which is no IANA time zone; write for example \"Europe/Berlin\""
                ));
            }
        }
        if !(self.confidence_level > 0.0 && self.confidence_level < 1.0) {
            wrong.push(format!(
                "`confidence_level` is {}; it must lie between 0 and 1, for example 0.95",
                self.confidence_level
            ));
        }
        if self.recontact_hours == 0 || self.recontact_hours > LONGEST_WINDOW {
            wrong.push(format!("`recontact_hours` is {}; it must be 1 to {LONGEST_WINDOW}", self.recontact_hours));
        }
        if self.low_confidence_threshold < Decimal::ZERO || self.low_confidence_threshold > Decimal::ONE {
            wrong.push(format!(
                "`low_confidence_threshold` is {}; it must lie from 0 to 1",
                self.low_confidence_threshold
            ));
        }
        if let Some(code) = self.currency.as_ref().filter(|c| !crate::units::is_currency(c)) {
            wrong.push(format!("`currency` is \"{code}\", which is no ISO 4217 code; write for example \"EUR\""));
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = self.by.iter().find(|d| !seen.insert(*d)) {
            wrong.push(format!("`by` names \"{twice}\" twice"));
        }
        if let Some(hours) = &self.business_hours {
            wrong.extend(hours.validate().into_iter().map(|problem| format!("`business_hours`: {problem}")));
        }
        wrong.extend(self.benchmarks.iter().flat_map(Benchmarks::problems));
        wrong.extend(self.targets.iter().enumerate().flat_map(|(at, target)| target.problems(at)));
        wrong.extend(milestones::problems(&self.milestones));
        self.validate_money(&mut wrong);
        self.validate_sla(&mut wrong);
        if wrong.is_empty() { Ok(()) } else { Err(Error::new(Code::InvalidOption, format!("{}.", wrong.join("; ")))) }
    }

    fn validate_money(&self, wrong: &mut Vec<String>) {
        wrong.extend(self.labor.iter().flat_map(Labor::problems));
        if let Some(baseline) = &self.baseline {
            for (name, value) in [
                ("cost_per_contact", baseline.cost_per_contact),
                ("cost_per_resolution", baseline.kpis.get("cost_per_resolution").copied()),
                ("closed_per_agent_per_week", baseline.closed_per_agent_per_week),
            ] {
                if value.is_some_and(|v| v < Decimal::ZERO) {
                    wrong.push(format!("`baseline.{name}` is negative"));
                }
            }
            if baseline.closed_per_agent_per_week.is_some_and(|v| v > MOST_CLOSED) {
                wrong.push(format!(
                    "`baseline.closed_per_agent_per_week` is over {MOST_CLOSED}; give the contacts that one person closed"
                ));
            }
        }
        if self.forecast.as_ref().and_then(|f| f.cost_per_resolution).is_some_and(|v| v < Decimal::ZERO) {
            wrong.push("`forecast.cost_per_resolution` is negative".into());
        }
    }

    fn validate_sla(&self, wrong: &mut Vec<String>) {
        for (i, target) in self.sla.iter().flatten().enumerate() {
            if target.clock == Clock::Business && self.business_hours.is_none() {
                wrong.push(format!("`sla[{i}]` runs on business time, but `business_hours` is not given"));
            }
            if target.first_response_seconds.is_none() && target.resolution_seconds.is_none() {
                wrong.push(format!("`sla[{i}]` has no target; give `first_response_seconds` or `resolution_seconds`"));
            }
            let targets = [target.first_response_seconds, target.resolution_seconds];
            if targets.into_iter().flatten().any(|seconds| seconds < Decimal::ZERO) {
                wrong.push(format!("`sla[{i}]` has a negative target"));
            }
        }
    }

    /// The report's zone; [`Options::validate`] has made sure that it exists.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.time_zone.parse().unwrap_or(chrono_tz::UTC)
    }

    /// The zone of times without one.
    pub fn naive_zone(&self) -> Option<chrono_tz::Tz> {
        self.naive_timezone.as_ref().and_then(|z| z.parse().ok())
    }

    /// The zones that reading times depends on.
    pub(crate) fn zones(&self) -> Zones {
        Zones { naive: self.naive_zone(), report: self.zone() }
    }

    /// Every column that grouping, service levels or cost pins may ask for by name.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        let pinned = self.sla.iter().flatten().flat_map(|t| t.when.keys().map(String::as_str));
        self.by.iter().map(String::as_str).chain(self.cluster.as_deref()).chain(pinned)
    }
}
