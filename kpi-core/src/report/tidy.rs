//! The tidy table: one row a value, for data frames and spreadsheets.

use super::value::{GroupReport, Report, Value};
use crate::kpis::{Flag, Quantity, Reading, Undefined};
use serde::Serialize;

/// One value as a flat row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TidyRow<'r> {
    /// Dimensions and their values.
    pub by: &'r [(String, Option<String>)],
    /// First instant of the period.
    pub period_start: Option<crate::units::Instant>,
    /// First instant after it.
    pub period_end: Option<crate::units::Instant>,
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: &'static str,
    /// What it is measured in.
    pub unit: &'static str,
    /// The value as a double, where it is a number.
    pub value: Option<f64>,
    /// Money with all the digits it is shown with.
    pub money: Option<String>,
    /// Why there is none.
    pub undefined: Option<&'static str>,
    /// What was divided.
    pub numerator: Option<&'r Quantity>,
    /// By what.
    pub denominator: Option<&'r Quantity>,
    /// How many observations.
    pub n: u64,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How the interval was made.
    pub method: Option<&'static str>,
    /// How likely by chance.
    pub p_value: Option<f64>,
    /// Where it stands among benchmarks.
    pub band: Option<&'static str>,
    /// Doubts, separated by blanks.
    pub flags: String,
}

impl Report {
    /// One row a value, in the order of the report.
    pub fn tidy(&self) -> impl Iterator<Item = TidyRow<'_>> {
        self.groups.iter().flat_map(|group| group.values.iter().map(move |value| row(group, value)))
    }
}

fn row<'r>(group: &'r GroupReport, value: &'r Value) -> TidyRow<'r> {
    let money = match &value.value {
        Ok(Reading::Money(sum)) => Some(sum.to_text()),
        _ => None,
    };
    TidyRow {
        by: &group.key.by,
        period_start: group.key.period.map(|p| p.start),
        period_end: group.key.period.map(|p| p.end),
        id: value.id,
        population: value.population.name(),
        unit: value.unit.name(),
        value: value.number(),
        money,
        undefined: value.value.as_ref().err().map(Undefined::name),
        numerator: value.numerator.as_ref(),
        denominator: value.denominator.as_ref(),
        n: value.n,
        low: value.interval.map(|i| i.low),
        high: value.interval.map(|i| i.high),
        method: value.method,
        p_value: value.p_value,
        band: value.band,
        flags: value.flags.iter().map(Flag::name).collect::<Vec<_>>().join(" "),
    }
}
