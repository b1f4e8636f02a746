//! What contacts are worth against a world without the AI: what people would have cost, what was spent instead, what
//! was expected. Measures and sums only; their figures stand in [`super::value`].

use super::cost::PER_RESOLUTION;
use super::cost_layers::{ALL_OF_ALL, cost_of_all, cost_of_closed, joined};
use super::cut::Cut;
use super::evaluate::difference;
use super::figure::Figure;
use super::kpi::Population::{AiFronted, Human};
use super::shared::{CLOSED, RESOLVED};
use crate::input::Column::{self as C};
use crate::options::LaborRate;
use crate::tally::Counted::{Later, Now};
use crate::tally::measures::RETURNS;
use crate::tally::{Count, Feature, Measure, Total};
use crate::units::ExactSum;
use rust_decimal::Decimal;

const DAY: i64 = 24 * crate::facts::rows::HOUR;
const WEEK: i64 = 7 * DAY;
const YEAR: i64 = 365 * DAY;

/// Contacts that AI alone solved, as far as anybody knows: no person had to be paid for them.
pub(super) static AVOIDED: Count =
    Count { name: "avoided", rows: Later(|r| r.ai & r.resolved & !r.disproved), reads: RETURNS };
/// Those, and what people finished: contacts for which people would otherwise have been paid in full.
static DELIVERED: Count = Count {
    name: "delivered",
    rows: Later(|r| (r.ai & r.resolved & !r.disproved) | (r.handed_over & r.closed)),
    reads: RETURNS,
};
/// Revenue of what was solved.
pub(super) static REVENUE: Total = Total {
    name: "revenue_of_resolved",
    rows: |r| r.resolved & r.known(C::Revenue),
    value: |r| r.numbers(C::Revenue),
    reads: &[C::Revenue],
};
/// Contacts of which it is known whether the customer bought.
pub(super) static ASKED: Count =
    Count { name: "conversion_known", rows: Now(|r| r.known(C::Converted)), reads: &[C::Converted] };
/// Those whose customer did.
pub(super) static CONVERTED: Count =
    Count { name: "converted", rows: Now(|r| r.yes(C::Converted)), reads: &[C::Converted] };

/// What savings are computed from.
pub(super) const SAVINGS: [Measure; 16] = joined(ALL_OF_ALL, [Measure::Count(&DELIVERED)]);
/// What the margin is computed from.
pub(super) const MARGIN: [Measure; 17] = joined(SAVINGS, [Measure::Total(&REVENUE)]);
/// What comparisons with an expected cost of a resolution are computed from.
pub(super) const COMPARISON: [Measure; 9] = PER_RESOLUTION;
/// What the team's productivity is computed from.
pub(super) const PRODUCTIVITY: [Measure; 2] = [Measure::Count(&CLOSED), Measure::Feature(Feature::HumanAgents)];

/// What people would have cost for so many contacts. The product of a decimal and a count always fits.
fn at_old_cost(cut: &Cut<'_>, contacts: u64) -> Option<ExactSum> {
    let before = cut.baseline()?.cost_per_contact?;
    ExactSum::from(before).mul_count(contacts).ok()
}

/// What people would have cost for the contacts that no person touched.
pub(super) fn avoided(cut: &Cut<'_>) -> Option<Figure> {
    let contacts = cut.count(&AVOIDED);
    Some(Figure::money(at_old_cost(cut, contacts)?, contacts))
}

/// What people would have cost for all that was delivered, less everything spent.
fn saved(cut: &Cut<'_>) -> Option<ExactSum> {
    Some(at_old_cost(cut, cut.count(&DELIVERED))? - cost_of_all(cut))
}

/// The same as a figure.
pub(super) fn net_savings(cut: &Cut<'_>) -> Option<Figure> {
    Some(Figure::money(saved(cut)?, cut.count(&DELIVERED)))
}

/// Revenue plus savings; where the old cost is not given, revenue less everything spent.
pub(super) fn margin(cut: &Cut<'_>) -> Figure {
    let gained = saved(cut).unwrap_or_else(|| -cost_of_all(cut));
    Figure::money(cut.total(&REVENUE).amount + gained, cut.rows())
}

/// People whose year the savings would pay.
pub(super) fn people_paid_for(cut: &Cut<'_>) -> Option<Figure> {
    let year = LaborRate::new(cut.options().labor.as_ref()?)?.loaded_year();
    if cut.group.covered <= 0 || year.is_zero() {
        return None;
    }
    let a_year = saved(cut)?.to_f64() * (YEAR as f64 / cut.group.covered as f64);
    Some(Figure::number(a_year / year.to_f64(), cut.rows()))
}

/// What a resolution cost before: its own baseline, else that of a contact.
fn before(cut: &Cut<'_>) -> Option<Decimal> {
    let baseline = cut.baseline()?;
    baseline.kpis.get("cost_per_resolution").copied().or(baseline.cost_per_contact)
}

/// The cost of resolutions against what was expected of one: `of` what they cost and should have cost, as a share of
/// the latter. Nothing is rounded before the division.
fn against(cut: &Cut<'_>, expected: Decimal, of: fn(ExactSum, ExactSum) -> ExactSum) -> Option<Figure> {
    let resolved = cut.count(&RESOLVED);
    let should = ExactSum::from(expected).mul_count(resolved).ok().filter(|sum| !sum.is_zero())?;
    Some(Figure::number(of(cost_of_closed(cut), should).to_f64() / should.to_f64(), resolved))
}

/// The cost of a resolution as a share of what it was.
pub(super) fn ratio_to_before(cut: &Cut<'_>) -> Option<Figure> {
    against(cut, before(cut)?, |cost, _| cost)
}

/// By which share it fell.
pub(super) fn reduction(cut: &Cut<'_>) -> Option<Figure> {
    against(cut, before(cut)?, |cost, should| should - cost)
}

/// By which share it missed the forecast.
pub(super) fn variance(cut: &Cut<'_>) -> Option<Figure> {
    let forecast = cut.options().forecast.as_ref()?.cost_per_resolution?;
    against(cut, forecast, |cost, should| cost - should)
}

/// By how much AI-fronted contacts convert more often than people's do.
pub(super) fn lift(cut: &Cut<'_>) -> Option<Figure> {
    let (of, to) = (cut.of(AiFronted), cut.of(Human));
    difference((of.count(&CONVERTED), of.count(&ASKED)), (to.count(&CONVERTED), to.count(&ASKED)), cut.z())
}

/// Closed contacts against what as many people closed before in as many weeks. [`crate::options`] keeps the baseline
/// small enough that the product fits.
pub(super) fn productivity(cut: &Cut<'_>) -> Option<Figure> {
    let a_week = ExactSum::from(cut.baseline()?.closed_per_agent_per_week?);
    let times_week = a_week.mul_count(cut.human_agents()).and_then(|sum| sum.mul_int(cut.group.covered)).ok()?;
    if times_week.signum() <= 0 {
        return None;
    }
    let closed = cut.count(&CLOSED);
    let value = closed as f64 * WEEK as f64 / times_week.to_f64();
    let before = times_week.quotient(WEEK)?;
    Some(Figure::number(value, closed).over(closed, before))
}

#[cfg(test)]
mod tests;
