//! What changed: each figure period by period, its moving figure, and how it compares with before (SPEC 6.2).

use super::between::between;
use super::build::alone;
use super::levels::Plan;
use super::value::{GroupReport, Period, Value};
use crate::calendar::Every;
use crate::error::{Code, Error, Result};
use crate::evidence::{Interval, z_for};
use crate::input::Limits;
use crate::kpis::{Population, Unit};
use crate::tally::Tally;
use crate::units::Instant;
use serde_json::{Map, json};
use std::collections::BTreeMap;

/// Periods of a moving figure.
const MOVING: usize = 4;

/// What a period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The period right before it.
    PreviousPeriod,
    /// A month before: four weeks for days and weeks, so that the days of the week are the same.
    PreviousMonth,
    /// A year before: 52 weeks for days and weeks.
    YearBefore,
}

impl Against {
    const ALL: [Self; 3] = [Self::PreviousPeriod, Self::PreviousMonth, Self::YearBefore];

    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PreviousPeriod => "previous_period",
            Self::PreviousMonth => "previous_month",
            Self::YearBefore => "year_before",
        }
    }

    /// How many periods before; nothing where it would be another one's.
    const fn periods_back(self, every: Every) -> Option<usize> {
        match (self, every) {
            (Self::PreviousPeriod, _) => Some(1),
            (Self::PreviousMonth, Every::Day) => Some(28),
            (Self::PreviousMonth, Every::Week) | (Self::YearBefore, Every::Quarter) => Some(4),
            (Self::YearBefore, Every::Day) => Some(364),
            (Self::YearBefore, Every::Week) => Some(52),
            (Self::YearBefore, Every::Month) => Some(12),
            _ => None,
        }
    }
}

/// How a figure of one period differs from that of an earlier one. Both are complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is compared with.
    pub against: Against,
    /// Which period that is.
    pub before: Period,
    /// The figure now less the figure then.
    pub difference: f64,
    /// Where the true difference may lie.
    pub interval: Option<Interval>,
    /// How the interval was made.
    pub method: Option<&'static str>,
    /// How likely such a difference is by chance.
    pub p_value: Option<f64>,
    /// Whether both periods are equally long. Where they are not, a count or a sum differs for that alone.
    pub equal_lengths: bool,
}

/// A figure of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Which.
    pub period: Period,
    /// Whether the period was over when the data was taken. What is not over is compared with nothing.
    pub complete: bool,
    /// The figure.
    pub value: Value,
    /// The same of this period and the three before it together, once all of them are complete: as if they were one
    /// long period, not an average of four rates.
    pub moving: Option<Value>,
    /// How it compares with before.
    pub changes: Vec<Change>,
}

/// One figure of one population of one combination of dimensions, period by period.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Dimensions and their values; empty for all.
    pub by: Vec<(String, Option<String>)>,
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// What it is measured in.
    pub unit: Unit,
    /// Its periods, in order; a combination has none where it has no contact.
    pub points: Vec<Point>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Trends {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// The currency of every amount.
    pub currency: String,
    /// Of every interval.
    pub confidence_level: f64,
    /// How long periods are.
    pub every: Every,
    /// Everybody's series, then those of each combination.
    pub series: Vec<Series>,
}

impl Tally {
    /// What changed from period to period. Distributions have no trend.
    ///
    /// # Errors
    /// When no periods were asked for, or there would be more than 10,000 of them.
    pub fn trends(&self) -> Result<Trends> {
        self.trends_within(&alone())
    }

    /// The same, with the help of several threads.
    pub(super) fn trends_within(&self, limits: &Limits) -> Result<Trends> {
        let Some(every) = self.options.every else {
            let text = "Trends go by periods: give `every` as day, week, month, quarter or year.";
            return Err(Error::new(Code::InvalidOption, text));
        };
        let as_of = self.options.as_of;
        self.evaluated(limits, |ready| {
            let plans: Vec<Plan<'_>> = ready.levels.plans().into_iter().filter(|p| p.positions.is_some()).collect();
            let windows = Plan::windows(&plans, MOVING);
            let places = |plans: &[Plan<'_>]| -> Vec<Place> { plans.iter().filter_map(Place::of).collect() };
            let (own, ends) = (places(&plans), places(&windows));
            let found: BTreeMap<Place, GroupReport> = own.into_iter().zip(ready.groups(plans)).collect();
            let moving: BTreeMap<Place, GroupReport> = ends.into_iter().zip(ready.groups(windows)).collect();
            let confidence_level = self.options.confidence_level;
            let z = z_for(confidence_level);
            let currency = self.options.currency.clone().unwrap_or_default();
            Trends {
                as_of,
                currency,
                confidence_level,
                every,
                series: series_of(&found, &moving, &Before { every, as_of, z }),
            }
        })
    }
}

/// A combination and a period, in the order of series: all, then each combination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    combination: Option<usize>,
    position: usize,
}

impl Place {
    fn of(plan: &Plan<'_>) -> Option<Self> {
        plan.positions.map(|(_, position)| Self { combination: plan.combination, position })
    }
}

fn series_of(
    found: &BTreeMap<Place, GroupReport>,
    moving: &BTreeMap<Place, GroupReport>,
    before: &Before,
) -> Vec<Series> {
    let mut all = Vec::new();
    let mut combinations: Vec<Option<usize>> = found.keys().map(|place| place.combination).collect();
    combinations.dedup();
    for combination in combinations {
        let place = |position| Place { combination, position };
        let own: Vec<(usize, &GroupReport)> =
            found.range(place(0)..=place(usize::MAX)).map(|(place, group)| (place.position, group)).collect();
        let Some((_, first)) = own.first() else { continue };
        for (at, figure) in first.values.iter().enumerate().filter(|(_, v)| v.unit != Unit::Distribution) {
            let values: BTreeMap<usize, (Period, &Value)> = own
                .iter()
                .filter_map(|(position, group)| Some((*position, (group.key.period?, group.values.get(at)?))))
                .collect();
            let window = |position: usize| moving.get(&place(position))?.values.get(at);
            let points = values.keys().filter_map(|position| before.point(*position, &values, window(*position)));
            let (by, points) = (first.key.by.clone(), points.collect());
            all.push(Series { by, id: figure.id, population: figure.population, unit: figure.unit, points });
        }
    }
    all
}

/// What comparing with before depends on.
struct Before {
    every: Every,
    as_of: Option<Instant>,
    z: f64,
}

impl Before {
    fn is_complete(&self, period: Period) -> bool {
        self.as_of.is_some_and(|as_of| period.end <= as_of)
    }

    fn point(
        &self,
        position: usize,
        values: &BTreeMap<usize, (Period, &Value)>,
        moving: Option<&Value>,
    ) -> Option<Point> {
        let (period, value) = *values.get(&position)?;
        let complete = self.is_complete(period);
        let change = |against: Against| {
            let earlier = position.checked_sub(against.periods_back(self.every)?)?;
            let (before, then) = *values.get(&earlier)?;
            self.change(against, (period, value), (before, then))
        };
        let changes = if complete { Against::ALL.into_iter().filter_map(change).collect() } else { Vec::new() };
        Some(Point { period, complete, value: value.clone(), moving: moving.filter(|_| complete).cloned(), changes })
    }

    fn change(
        &self,
        against: Against,
        (now, value): (Period, &Value),
        (before, then): (Period, &Value),
    ) -> Option<Change> {
        let difference = value.number()? - then.number()?;
        let compared = between(value, then, self.z);
        let length = |period: Period| period.end.nanos().saturating_sub(period.start.nanos());
        Some(Change {
            against,
            before,
            difference,
            interval: compared.interval,
            method: compared.interval.map(|_| compared.method),
            p_value: compared.p_value,
            equal_lengths: length(now) == length(before),
        })
    }
}

impl Trends {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let series: Vec<_> = self.series.iter().map(series_json).collect();
        json!({
            "schema": "supportkpi.trends/1",
            "as_of": self.as_of,
            "currency": self.currency,
            "confidence_level": self.confidence_level,
            "every": self.every,
            "series": series,
        })
        .to_string()
    }
}

fn series_json(series: &Series) -> serde_json::Value {
    let by: Map<String, serde_json::Value> =
        series.by.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let points: Vec<_> = series.points.iter().map(point_json).collect();
    json!({"by": by, "id": series.id, "population": series.population.name(), "unit": series.unit.name(), "points": points})
}

fn point_json(point: &Point) -> serde_json::Value {
    let changes: Vec<_> = point.changes.iter().map(change_json).collect();
    json!({
        "start": point.period.start,
        "end": point.period.end,
        "complete": point.complete,
        "now": point.value.in_brief(),
        "moving": point.moving.as_ref().map(Value::in_brief),
        "changes": changes,
    })
}

fn change_json(change: &Change) -> serde_json::Value {
    json!({
        "against": change.against.name(),
        "start": change.before.start,
        "difference": change.difference,
        "low": change.interval.map(|interval| interval.low),
        "high": change.interval.map(|interval| interval.high),
        "method": change.method,
        "p_value": change.p_value,
        "equal_lengths": change.equal_lengths,
    })
}
