//! Is it worth it? Month by month over a horizon, in decimals, with every step on the way (SPEC 7.5).

mod chance;
mod draws;
mod explain;
mod inputs;
mod json;
mod model;
mod rates;
mod scenarios;
mod tornado;

pub use chance::{Chance, ChanceAsk, Drawn, chance};
pub use draws::Draw;
pub use inputs::{INPUTS, Input, InputUnit, RoiAsk, roi_inputs_json};
pub use model::Month;
pub use scenarios::{Changed, Scenario, Scenarios, ScenariosAsk, scenarios};
pub use tornado::{Bar, Ends, NotMoved, Tornado, TornadoAsk, Watched, tornado};

use super::problems::{quotient, refused};
use crate::error::{Error, Result};
use inputs::Values;
use model::{Figure, Plan};
use rust_decimal::Decimal;

/// The months after which a return is asked for: one of three months looks very different from one of eighteen.
pub const MILESTONES: [u32; 4] = [3, 6, 12, 18];

/// Why a figure of a plan is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKnown {
    /// The plan ends before.
    HorizonTooShort,
    /// Nothing is spent, so nothing is returned on it.
    NothingSpent,
    /// It does not happen within the horizon.
    NotWithinHorizon,
    /// Cash flows never change their sign, so no rate brings their worth to nothing.
    NoSignChange,
    /// Cash flows change their sign more than once, and several rates may bring their worth to nothing.
    SeveralRates,
    /// The rate is beyond what a month can bring or lose.
    OutOfReach,
    /// Even if everything were resolved it would not pay.
    NoRatePays,
    /// It pays even if nothing is resolved.
    EveryRatePays,
    /// There are no contacts.
    NoContacts,
    /// Nothing is resolved.
    NothingResolved,
}

impl NotKnown {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HorizonTooShort => "horizon_too_short",
            Self::NothingSpent => "nothing_spent",
            Self::NotWithinHorizon => "not_within_horizon",
            Self::NoSignChange => "no_sign_change",
            Self::SeveralRates => "several_rates",
            Self::OutOfReach => "out_of_reach",
            Self::NoRatePays => "no_rate_pays",
            Self::EveryRatePays => "every_rate_pays",
            Self::NoContacts => "no_contacts",
            Self::NothingResolved => "nothing_resolved",
        }
    }
}

/// A figure, or why it is absent.
pub type Known<T = Decimal> = std::result::Result<T, NotKnown>;

/// What would have been promised if everything that the vendor counts as resolved were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// The rate that the vendor counts.
    pub resolution_rate: Decimal,
    /// The net of all months.
    pub net: Decimal,
    /// What that is worth now.
    pub npv: Decimal,
    /// By how much the promise is above what holds.
    pub beyond: Decimal,
}

/// Whether it is worth it.
///
/// Cost avoidance is money that people would have cost for what the AI resolves. It becomes cash only when fewer people are
/// paid, or when growth needs none; until then it is time.
#[derive(Debug, Clone, PartialEq)]
pub struct Roi {
    /// What it was calculated from, with what the labour model gave.
    pub ask: RoiAsk,
    /// Month 0, in which things are set up, and every month of the horizon.
    pub months: Vec<Month>,
    /// All months together.
    pub total: Month,
    /// The month from which on more has come in than was spent; 0 when nothing was spent before.
    pub payback_month: Known<u32>,
    /// Net over spent, up to the months of [`MILESTONES`].
    pub roi_at: [(u32, Known); 4],
    /// Net over spent, of all months.
    pub roi: Known,
    /// What a month later is worth now.
    pub discount_factor: Decimal,
    /// What all months are worth now, at the rate that money costs.
    pub npv: Decimal,
    /// The rate by the month at which they would be worth nothing; by floats.
    pub irr_monthly: Known<f64>,
    /// The same by the year.
    pub irr_yearly: Known<f64>,
    /// The resolution rate, once settled in, at which all months come to nought. Where the vendor bills what it claims, its
    /// claim stays what it is.
    pub break_even_resolution_rate: Known,
    /// What a contact cost before.
    pub cost_per_contact_before: Decimal,
    /// What a contact costs with the AI: its costs, and people for all that it does not resolve; without setting up.
    pub cost_per_contact_after: Known,
    /// By what part a contact is cheaper.
    pub cost_reduction: Known,
    /// What a resolution costs that holds: all that is spent, setting up included, over what is resolved.
    pub cost_per_resolution: Known,
    /// Cost avoidance less what running it costs, by the year; neither new revenue nor setting up is in it.
    pub savings_per_year: Decimal,
    /// How many people that pays for.
    pub fte: Decimal,
    /// Costs of month and of setting up that stand at 0. Few plans are without any of them.
    pub left_at_zero: Vec<&'static str>,
    /// What the vendor's own count would have promised, where it is given.
    pub promised: Option<Promised>,
}

/// Calculates whether it is worth it.
///
/// # Errors
/// When inputs make no sense, all of them in one error, or contacts grow past any desk's.
pub fn roi(ask: &RoiAsk) -> Result<Roi> {
    let ask = ask.settled()?;
    let promise = ask.claimed_resolution_rate;
    let mut found = without_promise(ask)?;
    if let Some(resolution_rate) = promise {
        let claimed = without_promise(RoiAsk { resolution_rate, ..found.ask.clone() })?;
        let (net, npv) = (claimed.total.net, claimed.npv);
        found.promised = Some(Promised { resolution_rate, net, npv, beyond: net - found.total.net });
    }
    Ok(found)
}

/// Inputs that are checked one by one may still grow past all bounds.
pub(super) fn grows_past_everything() -> Error {
    refused(
        "`monthly_growth` brings the contacts of a month over 10,000,000,000 within `horizon_months`; growth is by the month.",
    )
}

fn without_promise(ask: RoiAsk) -> Result<Roi> {
    let plan: Plan<Decimal> = Plan::of(&Values::of(&ask));
    let mut months: Vec<Month> = Vec::with_capacity(plan.months as usize + 1);
    plan.run(|month| months.push(*month)).ok_or_else(grows_past_everything)?;
    let mut total = Month::zero(0);
    let mut roi_at = MILESTONES.map(|month| (month, Err(NotKnown::HorizonTooShort)));
    for month in &months {
        total.take_in(month, &plan);
        for (_, found) in roi_at.iter_mut().filter(|(at, _)| *at == month.month) {
            *found = returned(&total);
        }
    }
    total.failed = total.attempts - total.resolved;
    let flows: Vec<f64> = months.iter().map(|month| f64::of(month.net)).collect();
    let irr_monthly = rates::internal_rate(&flows);
    let discount_factor = rates::monthly_factor(ask.discount_rate_per_year);
    let savings = total.cost_avoidance - (total.cost() - total.implementation);
    let savings_per_year = (savings * Decimal::from(12) / ask.horizon_months).round_dp(6);
    let after = cost_after(&ask, &total);
    Ok(Roi {
        payback_month: payback(&months),
        roi_at,
        roi: returned(&total),
        discount_factor,
        npv: rates::present_value(months.iter().map(|month| month.net), discount_factor),
        irr_monthly,
        irr_yearly: irr_monthly.map(yearly),
        break_even_resolution_rate: break_even(&ask, &plan, &months, &total),
        cost_per_contact_before: ask.human_cost_per_contact,
        cost_per_contact_after: after,
        cost_reduction: after.and_then(|after| reduction(ask.human_cost_per_contact, after)),
        cost_per_resolution: quotient(total.cost(), total.resolved).ok_or(if total.volume.is_zero() {
            NotKnown::NoContacts
        } else {
            NotKnown::NothingResolved
        }),
        savings_per_year,
        fte: (savings_per_year / ask.fte_cost_per_year).round_dp(6),
        left_at_zero: INPUTS
            .iter()
            .filter(|input| input.is_hidden_cost() && input.of(&ask).is_some_and(|value| value.is_zero()))
            .map(|input| input.id)
            .collect(),
        promised: None,
        months,
        total,
        ask,
    })
}

/// Net over spent.
fn returned(total: &Month) -> Known {
    quotient(total.net, total.cost()).ok_or(NotKnown::NothingSpent)
}

/// The month from which on the sum is never below nought again.
fn payback(months: &[Month]) -> Known<u32> {
    let good =
        months.iter().rev().take_while(|month| !month.cumulative.is_sign_negative() || month.cumulative.is_zero());
    good.last().map(|month| month.month).ok_or(NotKnown::NotWithinHorizon)
}

/// A monthly rate by the year, by multiplication.
fn yearly(monthly: f64) -> f64 {
    let quarter = (1.0 + monthly) * (1.0 + monthly) * (1.0 + monthly);
    quarter * quarter * quarter * quarter - 1.0
}

/// The rate at which what resolutions bring pays for what is spent anyway: both are linear in the rate.
fn break_even(ask: &RoiAsk, plan: &Plan<Decimal>, months: &[Month], total: &Month) -> Known {
    if total.attempts.is_zero() {
        return Err(NotKnown::NoContacts);
    }
    // Only the first months lack something.
    let climbing = months.iter().skip(1).take_while(|month| month.month < plan.ramp_months);
    let lacking: Decimal = climbing.map(|month| month.attempts * (Decimal::ONE - plan.ramp(month.month))).sum();
    let ramped = total.attempts - lacking;
    let own_fee = if ask.claimed_resolution_rate.is_none() { plan.fee_per_resolution } else { Decimal::ZERO };
    let billed = if own_fee.is_zero() { total.billed * plan.fee_per_resolution } else { Decimal::ZERO };
    let by_each = plan.human_cost + plan.revenue_each + plan.review_cost - own_fee;
    let anyway = total.attempts * (plan.usage_cost + plan.fee_per_attempt + plan.review_cost) + billed;
    let running = Decimal::from(plan.months);
    let needed = anyway + plan.fixed * running + plan.once - plan.revenue_fixed * running;
    if needed <= Decimal::ZERO && by_each >= Decimal::ZERO {
        return Err(NotKnown::EveryRatePays);
    }
    let rate = needed.checked_div(ramped * by_each).filter(|_| by_each > Decimal::ZERO);
    rate.map(|rate| rate.round_dp(6)).filter(|rate| *rate <= Decimal::ONE).ok_or(NotKnown::NoRatePays)
}

/// What a contact costs with the AI.
fn cost_after(ask: &RoiAsk, total: &Month) -> Known {
    let people = (total.volume - total.resolved) * ask.human_cost_per_contact;
    quotient(people + total.cost() - total.implementation, total.volume).ok_or(NotKnown::NoContacts)
}

fn reduction(before: Decimal, after: Decimal) -> Known {
    quotient(before - after, before).ok_or(NotKnown::NothingSpent)
}
