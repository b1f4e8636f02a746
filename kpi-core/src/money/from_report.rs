//! Inputs of calculators out of a report: what is known need not be typed, and comes with what it rests on.

use super::problems::{plain, refused};
use super::roi::{INPUTS, Input, RoiAsk};
use crate::error::Result;
use crate::input::{Limits, Tables};
use crate::kpis::{Population, Reading, Size};
use crate::options::Options;
use crate::report::{GroupReport, Report, Value, report};
use crate::units::ExactSum;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Hours of a twelfth of a year of 365.25 days.
const HOURS_OF_A_MONTH: Decimal = Decimal::from_parts(7305, 0, 0, false, 1);

/// An input that the report knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The input.
    pub id: &'static str,
    /// What it is.
    pub value: Decimal,
    /// The figures that it comes from.
    pub from: &'static str,
    /// How many contacts it rests on.
    pub n: u64,
    /// Where the truth may lie, for a proportion.
    pub interval: Option<(f64, f64)>,
}

/// A plan whose inputs come from a report as far as it knows them.
#[derive(Debug, Clone, PartialEq)]
pub struct FromReport {
    /// The plan. Its resolution rate is what held; what the AI claims is in `claimed_resolution_rate`.
    pub plan: RoiAsk,
    /// The inputs that the report knows.
    pub taken: Vec<Taken>,
    /// The inputs that it does not know; they stay as they were.
    pub not_taken: Vec<&'static str>,
}

/// The figures that a plan takes its inputs from.
const FIGURES: [&str; 8] = [
    "interactions",
    "ai_involvement_rate",
    "verified_containment_rate",
    "autonomous_resolution_rate",
    "cost_per_contact",
    "handle_time_mean",
    "cost_layers",
    "throughput_per_hour",
];

/// The plan that contacts are to fill in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoiPlanAsk {
    /// What stays of it is what contacts do not tell.
    pub plan: RoiAsk,
}

/// Puts what contacts tell in the place of a plan's inputs: [`roi_from_report`] of a report that has no more than it needs.
///
/// # Errors
/// As [`report`], and as [`roi_from_report`].
pub fn roi_plan(tables: &Tables<'_>, options: &Options, ask: &RoiPlanAsk, limits: &Limits) -> Result<FromReport> {
    let kpis = FIGURES.map(str::to_owned).to_vec();
    let asked = Options { by: Vec::new(), every: None, kpis: Some(kpis), targets: Vec::new(), ..options.clone() };
    roi_from_report(&report(tables, &asked, limits)?, &ask.plan)
}

/// Puts what a report knows in the place of a plan's inputs: contacts by the month, what the AI resolves and what of it holds, what
/// people and the AI cost.
///
/// The past had its own ramp: a report of the first months knows a rate that is still climbing. `ramp_start` stays as it was.
///
/// # Errors
/// When the report is in another currency than the plan, or is of no contacts.
pub fn roi_from_report(report: &Report, plan: &RoiAsk) -> Result<FromReport> {
    same_currency(report, &plan.currency)?;
    let total = report.total().filter(|total| total.contacts() > 0);
    let total = total.ok_or_else(|| refused("The report has no contacts, so there is nothing to plan from."))?;
    let mut found = FromReport { plan: plan.clone(), taken: Vec::new(), not_taken: Vec::new() };
    found.volume(total);
    found.resolution(total);
    found.people(total);
    found.machines(total);
    let taken = |input: &&Input| !found.taken.iter().any(|taken| taken.id == input.id);
    found.not_taken = INPUTS.iter().filter(taken).map(|input| input.id).collect();
    Ok(found)
}

/// Amounts of two currencies cannot be added.
pub(super) fn same_currency(report: &Report, currency: &str) -> Result<()> {
    if report.currency == currency {
        return Ok(());
    }
    Err(refused(format!(
        "The report is in {} and `currency` is \"{currency}\"; amounts of two currencies cannot be added, so convert one of them first.",
        report.currency
    )))
}

/// A figure to 6 places, from what was divided where that is known.
pub(super) fn six_places(value: &Value) -> Option<Decimal> {
    let sum = match value.value.as_ref().ok()? {
        Reading::Money(sum) => *sum,
        Reading::Count(n) => ExactSum::from(*n),
        _ => value.numerator.as_ref()?.to_sum().div(&value.denominator.as_ref()?.to_sum())?,
    };
    sum.round_to(6).to_decimal()
}

impl FromReport {
    fn take(&mut self, id: &'static str, from: &'static str, value: Option<Decimal>, beside: Option<&Value>) {
        let Some((input, value)) = Input::find(id).zip(value) else { return };
        if !(input.low..=input.high).contains(&value) {
            return;
        }
        let value = value.normalize();
        input.put(&mut self.plan, value);
        let interval = beside.and_then(|v| v.interval).map(|interval| (interval.low, interval.high));
        self.taken.push(Taken { id, value, from, n: beside.map_or(0, |v| v.n), interval });
    }

    fn volume(&mut self, total: &GroupReport) {
        let contacts = total.value("interactions", Population::All);
        if let (Some(all), Some(months)) = (contacts.and_then(six_places), months(total)) {
            let by_month = all.checked_div(months).map(|volume| volume.round_dp(6));
            self.take("monthly_volume", "interactions ÷ months covered", by_month, contacts);
        }
        let share = total.value("ai_involvement_rate", Population::All);
        self.take("ai_share", "ai_involvement_rate", share.and_then(six_places), share);
    }

    fn resolution(&mut self, total: &GroupReport) {
        let held = total.value("verified_containment_rate", Population::AiFronted);
        self.take("resolution_rate", "verified_containment_rate", held.and_then(six_places), held);
        let claimed = total.value("autonomous_resolution_rate", Population::AiFronted);
        // They are of different contacts, some of which are too young to know whether they hold; a claim below what held says
        // nothing.
        let above = claimed.and_then(six_places).filter(|rate| *rate >= self.plan.resolution_rate);
        if above.is_none() {
            self.plan.claimed_resolution_rate = None;
        }
        self.take("claimed_resolution_rate", "autonomous_resolution_rate", above, claimed);
    }

    fn people(&mut self, total: &GroupReport) {
        let cost = total.value("cost_per_contact", Population::Human);
        if self.plan.labor.is_none() {
            let known = cost.and_then(six_places).filter(|cost| !cost.is_zero());
            self.take("human_cost_per_contact", "cost_per_contact of people", known, cost);
        }
        let minutes = |value: Option<&Value>| value.and_then(six_places).map(|s| (s / Decimal::from(60)).round_dp(6));
        let own = total.value("handle_time_mean", Population::Human);
        let own_minutes = minutes(own);
        self.take("human_minutes_per_contact", "handle_time_mean of people", own_minutes, own);
        let handed = total.value("handle_time_mean", Population::AiToHuman);
        let beyond = minutes(handed).zip(own_minutes).map(|(handed, own)| (handed - own).max(Decimal::ZERO));
        self.take(
            "failed_review_minutes",
            "handle_time_mean of contacts handed over, beyond that of people's own",
            beyond,
            handed,
        );
    }

    fn machines(&mut self, total: &GroupReport) {
        let Some(layers) = total.value("cost_layers", Population::AiFronted) else { return };
        let (by_layer, contacts) = (amounts(total), Decimal::from(layers.n));
        let layers = Some(layers);
        let amount = |names: &[&str]| {
            let found: Vec<ExactSum> = names.iter().filter_map(|name| by_layer.get(*name).copied()).collect();
            let sum: ExactSum = found.iter().copied().sum();
            if found.is_empty() { None } else { sum.round_to(6).to_decimal() }
        };
        let each = |sum: Option<Decimal>| sum?.checked_div(contacts).map(|each| each.round_dp(6));
        // Repeated calls are in their own layer, so they are not counted a second time by a rate.
        if let Some(calls) = each(amount(&["api", "retries"])) {
            self.take("api_cost_per_attempt", "cost_layers: api and retries", Some(calls), layers);
            self.take("retry_rate", "cost_layers: retries are in the cost of calls", Some(Decimal::ZERO), layers);
        }
        let Some(months) = months(total) else { return };
        for (id, layer, from) in MONTHLY {
            let by_month = amount(&[layer]).and_then(|sum| sum.checked_div(months)).map(|x| x.round_dp(6));
            self.take(id, from, by_month, layers);
        }
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let taken: Vec<Json> = self
            .taken
            .iter()
            .map(|t| {
                json!({
                    "id": t.id,
                    "value": plain(t.value),
                    "from": t.from,
                    "n": t.n,
                    "low": t.interval.map(|(low, _)| low),
                    "high": t.interval.map(|(_, high)| high),
                })
            })
            .collect();
        json!({
            "schema": "supportkpi.roi_from_report/1",
            "plan": self.plan,
            "taken": taken,
            "not_taken": self.not_taken,
        })
        .to_string()
    }
}

/// Layers of cost that come by the month.
const MONTHLY: [(&str, &str, &str); 9] = [
    ("platform_per_month", "platform", "cost_layers: platform"),
    ("licences_per_month", "licences", "cost_layers: licences"),
    ("infrastructure_per_month", "infrastructure", "cost_layers: infrastructure"),
    ("observability_per_month", "observability", "cost_layers: observability"),
    ("vector_db_per_month", "vector_db", "cost_layers: vector_db"),
    ("training_data_per_month", "training_data", "cost_layers: training_data"),
    ("oversight_per_month", "oversight", "cost_layers: oversight"),
    ("quality_assurance_per_month", "quality_assurance", "cost_layers: quality_assurance"),
    ("management_per_month", "management", "cost_layers: management"),
];

/// The months that the report covers, from the hours that throughput is divided by.
pub(super) fn months(total: &GroupReport) -> Option<Decimal> {
    let throughput = |population| total.value("throughput_per_hour", population)?.denominator.as_ref();
    let hours = [Population::Ai, Population::Human, Population::AiToHuman].into_iter().find_map(throughput)?;
    hours.to_sum().round_to(6).to_decimal()?.checked_div(HOURS_OF_A_MONTH).filter(|months| !months.is_zero())
}

/// What contacts that the AI met cost, layer by layer.
pub(super) fn amounts(group: &GroupReport) -> BTreeMap<String, ExactSum> {
    let layers = group.value("cost_layers", Population::AiFronted).and_then(|value| value.value.as_ref().ok());
    let Some(Reading::Shares(shares)) = layers else { return BTreeMap::new() };
    let amount = |size: &Size| if let Size::Amount(sum) = size { Some(*sum) } else { None };
    shares.iter().filter_map(|share| Some((share.key.to_string(), amount(&share.size)?))).collect()
}
