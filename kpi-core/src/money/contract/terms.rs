//! What two parties agreed on, as data.

use super::super::pricing::{Charge, Of, Plan, Usage};
use super::super::problems::{Problems, decimal, plain};
use crate::calendar::Every;
use crate::error::Result;
use crate::kpis::{Population, find};
use crate::units::Instant;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A contract that is paid by outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// What it is called.
    pub id: String,
    /// Which version of it; another one is another contract.
    pub version: u32,
    /// ISO 4217.
    pub currency: String,
    /// Its first moment, at which a period begins.
    pub start: Instant,
    /// How long a period is.
    #[serde(default = "month")]
    pub every: Every,
    /// The zone in which periods begin.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// Hours of silence after which a resolution holds, and is paid.
    #[serde(default = "three_days")]
    pub verify_hours: u32,
    /// Hours in which a paid resolution is taken back if the customer returns.
    #[serde(default = "thirty_days")]
    pub clawback_hours: u32,
    /// Places behind the point that amounts are rounded to, half-even.
    #[serde(default = "cents")]
    pub places: u32,
    /// What resolutions that hold cost in a period: `use` of `verified_resolution`, with tiers or a price.
    pub fee: Charge,
    /// The most that fees of a period come to.
    #[serde(default)]
    pub cap: Option<Decimal>,
    /// The least that fees of a period come to.
    #[serde(default)]
    pub minimum: Decimal,
    /// What is promised.
    #[serde(default)]
    pub guarantees: Vec<Guarantee>,
    /// Amounts agreed on for single periods; below nought for the client.
    #[serde(default)]
    pub credits: Vec<Credit>,
}

const fn month() -> Every {
    Every::Month
}

fn utc() -> String {
    "UTC".into()
}

const fn three_days() -> u32 {
    72
}

const fn thirty_days() -> u32 {
    720
}

const fn cents() -> u32 {
    2
}

/// What decides whether a promise is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The figure itself.
    #[default]
    Point,
    /// The whole interval: what chance may explain breaks no promise, and earns no bonus.
    Interval,
}

/// How much is due; exactly one of both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Due {
    /// So much.
    pub amount: Option<Decimal>,
    /// That part of the period's fees, after cap and least amount.
    pub part_of_fee: Option<Decimal>,
}

/// A promise about a figure of the catalogue, judged period by period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guarantee {
    /// What it is called.
    pub name: String,
    /// The figure.
    pub kpi: String,
    /// Whose contacts; default: the figure's first population.
    #[serde(default)]
    pub population: Option<String>,
    /// It must not lie below.
    #[serde(default)]
    pub at_least: Option<Decimal>,
    /// It must not lie above.
    #[serde(default)]
    pub at_most: Option<Decimal>,
    /// What decides.
    #[serde(default)]
    pub basis: Basis,
    /// Under so many observations it is not judged.
    #[serde(default)]
    pub smallest: u64,
    /// What the client gets when it is broken.
    #[serde(default)]
    pub penalty: Option<Due>,
    /// From here on there is a bonus.
    #[serde(default)]
    pub bonus_from: Option<Decimal>,
    /// What the vendor gets then.
    #[serde(default)]
    pub bonus: Option<Due>,
    /// After so many broken periods in a row contacts go to people again.
    #[serde(default)]
    pub fallback_after: Option<usize>,
}

/// An amount for one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// Which period, counted from 1.
    pub period: u32,
    /// What it is for.
    pub label: String,
    /// How much; below nought for the client.
    pub amount: Decimal,
}

const MOST: Decimal = decimal(1_000_000_000_000, 0);

fn tidy(amount: &mut Decimal) {
    *amount = amount.normalize();
}

impl Contract {
    /// Checks everything and names all that is wrong at once.
    ///
    /// # Errors
    /// When something makes no sense.
    pub fn validate(&self) -> Result<()> {
        let mut wrong = Problems::default();
        wrong.currency("currency", &self.currency);
        wrong.unless(!self.id.is_empty(), || "`id` is empty".into());
        wrong.unless(self.time_zone.parse::<chrono_tz::Tz>().is_ok(), || {
            format!("`time_zone` is \"{}\", which is no IANA time zone", self.time_zone)
        });
        wrong.unless(self.places <= 6, || format!("`places` is {}; 6 is the most", self.places));
        wrong.unless((1..=87_600).contains(&self.verify_hours), || {
            format!("`verify_hours` is {}; it must be 1 to 87600", self.verify_hours)
        });
        wrong.unless((self.verify_hours..=87_600).contains(&self.clawback_hours), || {
            format!(
                "`clawback_hours` is {}; it must be `verify_hours` ({}) to 87600",
                self.clawback_hours, self.verify_hours
            )
        });
        self.check_fee(&mut wrong);
        self.check_guarantees(&mut wrong);
        for (at, credit) in self.credits.iter().enumerate() {
            wrong.unless(credit.period > 0, || format!("`credits[{at}].period` is 0; periods are counted from 1"));
            wrong.within(&format!("credits[{at}].amount"), credit.amount, -MOST, MOST);
        }
        wrong.finish()
    }

    fn check_fee(&self, wrong: &mut Problems) {
        let plan = Plan {
            name: "fee".into(),
            currency: None,
            charges: vec![self.fee.clone()],
            minimum: self.minimum.max(Decimal::ZERO),
        };
        plan.check("fee", &self.currency, wrong);
        wrong.unless(matches!(self.fee, Charge::Use { of: Of::VerifiedResolution, .. }), || {
            "`fee` must be `use` of `verified_resolution`; a contract by outcome pays for nothing else".into()
        });
        wrong.within("minimum", self.minimum, Decimal::ZERO, MOST);
        if let Some(cap) = self.cap {
            wrong.within("cap", cap, Decimal::ZERO, MOST);
            wrong.unless(cap >= self.minimum, || {
                format!("`cap` is {}, below a `minimum` of {}", plain(cap), plain(self.minimum))
            });
        }
    }

    fn check_guarantees(&self, wrong: &mut Problems) {
        let mut names = BTreeSet::new();
        for (at, guarantee) in self.guarantees.iter().enumerate() {
            let place = format!("guarantees[{at}]");
            wrong.unless(names.insert(&guarantee.name), || {
                format!("`{place}.name` is \"{}\", which another one has too", guarantee.name)
            });
            guarantee.check(&place, wrong);
        }
    }

    /// The same without zeros at the end of amounts: 0.50 and 0.5 are one contract.
    pub(super) fn tidy(mut self) -> Self {
        self.fee = self.fee.tidy();
        let due = |due: &mut Option<Due>| {
            due.iter_mut().flat_map(|due| [&mut due.amount, &mut due.part_of_fee]).flatten().for_each(tidy);
        };
        for guarantee in &mut self.guarantees {
            let lines = [&mut guarantee.at_least, &mut guarantee.at_most, &mut guarantee.bonus_from];
            lines.into_iter().flatten().for_each(tidy);
            due(&mut guarantee.penalty);
            due(&mut guarantee.bonus);
        }
        let own = self.cap.iter_mut().chain([&mut self.minimum]);
        own.chain(self.credits.iter_mut().map(|credit| &mut credit.amount)).for_each(tidy);
        self
    }

    /// What so many resolutions that hold cost in a period, before cap and least amount.
    pub(super) fn fee_of(&self, resolutions: usize) -> Decimal {
        let usage =
            Usage { claimed_resolution_rate: Decimal::ONE, verified_resolution_rate: Decimal::ONE, ..Usage::default() };
        super::super::pricing::cost_of(&self.fee, &usage, resolutions.into()).round_dp(self.places)
    }
}

impl Guarantee {
    fn check(&self, place: &str, wrong: &mut Problems) {
        wrong.unless(self.at_least.is_some() != self.at_most.is_some(), || {
            format!("`{place}` needs either `at_least` or `at_most`")
        });
        match find(&self.kpi) {
            None => wrong.add(format!("`{place}.kpi` is \"{}\", which the catalogue does not have", self.kpi)),
            Some(_) => wrong.unless(self.population().is_some(), || {
                format!("`{place}.population` is none of those of `{}`", self.kpi)
            }),
        }
        wrong.unless(self.bonus.is_some() == self.bonus_from.is_some(), || {
            format!("`{place}` needs `bonus` and `bonus_from` together")
        });
        for (name, due) in [("penalty", self.penalty), ("bonus", self.bonus)] {
            let Some(due) = due else { continue };
            wrong.unless(due.amount.is_some() != due.part_of_fee.is_some(), || {
                format!("`{place}.{name}` needs either `amount` or `part_of_fee`")
            });
            wrong.within(&format!("{place}.{name}.amount"), due.amount.unwrap_or_default(), Decimal::ZERO, MOST);
            let part = due.part_of_fee.unwrap_or_default();
            wrong.within(&format!("{place}.{name}.part_of_fee"), part, Decimal::ZERO, Decimal::ONE);
        }
        wrong.unless(self.fallback_after != Some(0), || format!("`{place}.fallback_after` is 0; 1 is the least"));
    }

    pub(super) fn population(&self) -> Option<Population> {
        let named = |population: &&Population| self.population.as_ref().is_none_or(|name| population.name() == name);
        find(&self.kpi)?.populations.iter().find(named).copied()
    }
}
