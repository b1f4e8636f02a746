//! Ways to pay, compared at any volume (SPEC 7.6).

mod crossings;
mod lines;
mod plans;

pub use crossings::Crossing;
pub use plans::{AddOn, Charge, Of, Plan, Tier, Tiering, Usage};

use super::problems::{Problems, decimal, plain, quotient, text};
use crate::error::Result;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Ways to pay, and the numbers of contacts at which they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricingAsk {
    /// ISO 4217; default USD. Every plan is in it.
    #[serde(default = "dollars")]
    pub currency: String,
    /// Contacts a month at which plans are compared.
    pub volumes: Vec<Decimal>,
    /// How much of everything a contact brings.
    #[serde(default)]
    pub usage: Usage,
    /// The ways to pay.
    pub plans: Vec<Plan>,
    /// Between how many contacts it is looked for where plans change places; default: from 0 to 1,000,000.
    #[serde(default)]
    pub between: Option<Between>,
}

/// From so many contacts to so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Between {
    /// The least.
    pub from: Decimal,
    /// The most.
    pub to: Decimal,
}

fn dollars() -> String {
    "USD".into()
}

/// What a plan costs in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyCost {
    /// The plan.
    pub name: String,
    /// All of it, to 6 places.
    pub cost: Decimal,
    /// Each charge, in the order of the plan.
    pub charges: Vec<Decimal>,
    /// What is added so that the least amount is reached.
    pub to_minimum: Decimal,
    /// For each contact; nothing without contacts.
    pub per_contact: Option<Decimal>,
    /// For each contact that the vendor counts as resolved.
    pub per_claimed_resolution: Option<Decimal>,
    /// For each contact that is resolved and holds: what all plans have in common, whatever they charge for.
    pub per_verified_resolution: Option<Decimal>,
}

/// Plans at one number of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtVolume {
    /// Contacts.
    pub contacts: Decimal,
    /// Each plan, in the order in which they were given.
    pub plans: Vec<MonthlyCost>,
    /// The cheapest; the first of those that cost the same.
    pub cheapest: String,
}

/// Ways to pay beside one another. Only what is charged is in it: people, and the vendor's part in what fails, are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    /// Of all amounts.
    pub currency: String,
    /// Plans at each number of contacts.
    pub at: Vec<AtVolume>,
    /// Where plans change places, pair by pair, ascending within each.
    pub crossings: Vec<Crossing>,
}

/// Compares ways to pay.
///
/// # Errors
/// When a plan or the usage makes no sense; all that do not are named at once.
pub fn pricing(ask: &PricingAsk) -> Result<Pricing> {
    ask.validate()?;
    let at = ask.volumes.iter().map(|contacts| ask.at(*contacts)).collect();
    let Between { from, to } = ask.looked_between();
    let mut found = Vec::new();
    for (nth, a) in ask.plans.iter().enumerate() {
        for b in ask.plans.iter().skip(nth + 1) {
            found.extend(crossings::crossings(a, b, &ask.usage, from, to));
        }
    }
    Ok(Pricing { currency: ask.currency.clone(), at, crossings: found })
}

/// What one charge costs at so many contacts.
pub(super) fn cost_of(charge: &Charge, usage: &Usage, contacts: Decimal) -> Decimal {
    lines::charge_line(charge, usage, contacts).at(contacts)
}

/// The most seats that are counted one by one to find where plans change places.
const MOST_STEPS: Decimal = decimal(10_000, 0);
/// More contacts than any desk has.
const MOST_CONTACTS: Decimal = decimal(1_000_000_000, 0);

impl PricingAsk {
    /// Checks everything and names all that is wrong at once.
    ///
    /// # Errors
    /// When something makes no sense.
    pub fn validate(&self) -> Result<()> {
        let mut wrong = Problems::default();
        wrong.currency("currency", &self.currency);
        wrong.unless(!self.plans.is_empty(), || "`plans` is empty; say what is to be compared".into());
        wrong.unless(self.plans.len() <= 50, || {
            format!("`plans` has {} plans; 50 is the most that are compared at once", self.plans.len())
        });
        wrong.unless((1..=1000).contains(&self.volumes.len()), || {
            format!("`volumes` has {} numbers of contacts; give 1 to 1000", self.volumes.len())
        });
        for (at, contacts) in self.volumes.iter().enumerate() {
            wrong.within(&format!("volumes[{at}]"), *contacts, Decimal::ZERO, MOST_CONTACTS);
        }
        self.usage.check(&mut wrong);
        let mut names = BTreeSet::new();
        for (at, plan) in self.plans.iter().enumerate() {
            plan.check(&format!("plans[{at}]"), &self.currency, &mut wrong);
            wrong.unless(names.insert(&plan.name), || {
                format!("`plans[{at}].name` is \"{}\", which another one has too", plan.name)
            });
        }
        let Between { from, to } = self.looked_between();
        wrong.within("between.from", from, Decimal::ZERO, MOST_CONTACTS);
        wrong.within("between.to", to, Decimal::ZERO, MOST_CONTACTS);
        wrong.unless(from < to, || "`between` ends before it begins".into());
        let each = self.usage.contacts_per_seat.filter(|each| *each >= Decimal::ONE).and(self.usage.contacts_in_part());
        if let Some(each) = each.filter(|each| from <= to && to <= MOST_CONTACTS && (to - from) / *each > MOST_STEPS) {
            wrong.add(format!(
                "`between` has more than {MOST_STEPS} seats of {} contacts; look at fewer contacts",
                plain(each)
            ));
        }
        wrong.finish()
    }

    fn looked_between(&self) -> Between {
        self.between.unwrap_or(Between { from: Decimal::ZERO, to: decimal(1_000_000, 0) })
    }

    fn at(&self, contacts: Decimal) -> AtVolume {
        let plans: Vec<MonthlyCost> = self.plans.iter().map(|plan| self.month(plan, contacts)).collect();
        let cheapest = plans.iter().min_by_key(|plan| plan.cost).map(|plan| plan.name.clone()).unwrap_or_default();
        AtVolume { contacts, plans, cheapest }
    }

    fn month(&self, plan: &Plan, contacts: Decimal) -> MonthlyCost {
        let usage = &self.usage;
        let one = |charge: &Charge| lines::charge_line(charge, usage, contacts).at(contacts).round_dp(6);
        let charges: Vec<Decimal> = plan.charges.iter().map(one).collect();
        let sum: Decimal = charges.iter().sum();
        let least = (plan.minimum * usage.part_of_month).round_dp(6);
        let cost = sum.max(least);
        let over = |units: Decimal| quotient(cost, units);
        MonthlyCost {
            name: plan.name.clone(),
            cost,
            charges,
            to_minimum: cost - sum,
            per_contact: over(contacts),
            per_claimed_resolution: over(contacts * usage.units(Of::Resolution)),
            per_verified_resolution: over(contacts * usage.units(Of::VerifiedResolution)),
        }
    }
}

impl Pricing {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let at: Vec<Value> = self.at.iter().map(AtVolume::to_json).collect();
        let crossings: Vec<Value> = self.crossings.iter().map(Crossing::to_json).collect();
        json!({"schema": "supportkpi.pricing/1", "currency": self.currency, "at": at, "crossings": crossings})
            .to_string()
    }
}

impl AtVolume {
    fn to_json(&self) -> Value {
        let plans: Vec<Value> = self.plans.iter().map(MonthlyCost::to_json).collect();
        json!({"contacts": text(self.contacts), "plans": plans, "cheapest": self.cheapest})
    }
}

impl MonthlyCost {
    fn to_json(&self) -> Value {
        let charges: Vec<Value> = self.charges.iter().map(|charge| text(*charge)).collect();
        json!({
            "name": self.name,
            "cost": text(self.cost),
            "charges": charges,
            "to_minimum": text(self.to_minimum),
            "per_contact": self.per_contact.map(plain),
            "per_claimed_resolution": self.per_claimed_resolution.map(plain),
            "per_verified_resolution": self.per_verified_resolution.map(plain),
        })
    }
}

impl Crossing {
    fn to_json(&self) -> Value {
        json!({
            "below": self.below,
            "above": self.above,
            "contacts": text(self.contacts),
            "cost_below": text(self.cost_below),
            "cost_above": text(self.cost_above),
            "jump": self.jump,
        })
    }
}
