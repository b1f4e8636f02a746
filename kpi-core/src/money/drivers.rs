//! What drives the cost of a contact, out of a report and out of the option `forecast`.

use super::from_report::{amounts, six_places};
use super::labour::labour;
use super::problems::{Problems, refused};
use super::variance::{DRIVERS, Drivers, VarianceAsk};
use crate::error::Result;
use crate::input::{Limits, Tables};
use crate::kpis::Population;
use crate::options::{Forecast, Options};
use crate::report::{Report, report};
use crate::units::ExactSum;
use rust_decimal::Decimal;

/// Layers that grow with contacts.
const BY_CONTACT: [&str; 2] = ["api", "retries"];
/// Layers of people, which escalations, minutes and the labour rate stand for.
const OF_PEOPLE: [&str; 2] = ["human_labour", "human_review"];

/// The figures that the drivers come from.
const FIGURES: [&str; 3] = ["escalation_rate", "review_minutes_per_escalation", "cost_layers"];

/// Sets the option `forecast` against what contacts tell: [`variance_from_report`] of a report that has no more than it needs.
///
/// # Errors
/// As [`report`], and as [`variance_from_report`].
pub fn variance_drivers(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<VarianceAsk> {
    let kpis = FIGURES.map(str::to_owned).to_vec();
    let asked = Options { by: Vec::new(), every: None, kpis: Some(kpis), targets: Vec::new(), ..options.clone() };
    variance_from_report(&report(tables, &asked, limits)?, options)
}

/// Sets the option `forecast` against what a report found: contacts that the AI met and is done with, how many of them it handed
/// over, minutes of people on those, the labour rate of the option `labor`, model calls by contact, and every other layer of cost as fixed.
///
/// # Errors
/// When the forecast lacks a driver, there is no labour model, or the report does not know a driver; all of it in one error.
pub fn variance_from_report(report: &Report, options: &Options) -> Result<VarianceAsk> {
    let mut wrong = Problems::default();
    let forecast = options.forecast.clone().unwrap_or_default();
    let forecast = forecast_of(&forecast, &mut wrong);
    let actual = actual_of(report, options, &mut wrong);
    wrong.finish()?;
    let (forecast, actual) =
        forecast.zip(actual).ok_or_else(|| refused("The drivers of forecast and report are not known."))?;
    Ok(VarianceAsk { currency: report.currency.clone(), forecast: forecast.tidy(), actual: actual.tidy() })
}

fn forecast_of(forecast: &Forecast, wrong: &mut Problems) -> Option<Drivers> {
    let mut driver = |name: &str| {
        let found = forecast.drivers.get(name).copied();
        wrong.unless(found.is_some(), || format!("`forecast.{name}` is not given"));
        found
    };
    let [volume, escalation_rate, review_minutes, labour_rate, ai_cost_per_item, fixed_cost] = DRIVERS.map(&mut driver);
    Some(Drivers {
        volume: volume?,
        escalation_rate: escalation_rate?,
        review_minutes: review_minutes?,
        labour_rate: labour_rate?,
        ai_cost_per_item: ai_cost_per_item?,
        fixed_cost: fixed_cost?,
    })
}

fn actual_of(report: &Report, options: &Options, wrong: &mut Problems) -> Option<Drivers> {
    let total = report.total()?;
    let mut known = |id: &str, population: Population| {
        let found = total.value(id, population).filter(|value| value.value.is_ok());
        wrong.unless(found.is_some(), || format!("the report does not know `{id}` of {}", population.name()));
        found
    };
    let escalations = known("escalation_rate", Population::AiFronted);
    let layers = known("cost_layers", Population::AiFronted);
    let review = known("review_minutes_per_escalation", Population::AiToHuman);
    let person = options.labor.as_ref().map(labour).transpose();
    let person = person.unwrap_or_else(|problem| {
        wrong.add(problem.to_string().trim_end_matches('.'));
        None
    });
    wrong.unless(options.labor.is_some(), || "`labor` is not given, so nobody knows what an hour costs".into());
    let (handed_over, contacts) = escalations?.counts().filter(|(_, contacts)| *contacts > 0)?;
    let by_layer = amounts(total);
    let sum = |of: &dyn Fn(&str) -> bool| {
        let layers = by_layer.iter().filter(|(layer, _)| of(layer)).map(|(_, sum)| *sum);
        layers.sum::<ExactSum>().round_to(6).to_decimal()
    };
    let calls = sum(&|layer| BY_CONTACT.contains(&layer))?;
    let rest = sum(&|layer| !BY_CONTACT.contains(&layer) && !OF_PEOPLE.contains(&layer))?;
    layers?;
    let contacts = Decimal::from(contacts);
    Some(Drivers {
        volume: contacts,
        escalation_rate: (Decimal::from(handed_over) / contacts).round_dp(9),
        review_minutes: six_places(review?)?,
        labour_rate: person?.per_hour,
        ai_cost_per_item: (calls / contacts).round_dp(9),
        fixed_cost: rest,
    })
}
