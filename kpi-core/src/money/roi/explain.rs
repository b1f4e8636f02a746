//! How every figure of a return comes about, so that it can be followed line by line.

use super::super::problems::{Step, plain};
use super::{Known, NotKnown, Roi};
use rust_decimal::Decimal;

/// A line: what it is, how it is calculated, and the same in numbers.
fn step(id: &'static str, label: impl Into<String>, formula: &'static str, numbers: String, value: Decimal) -> Step {
    Step { id, label: label.into(), formula, numbers, value: plain(value) }
}

/// A line of a figure that may be absent.
fn maybe(id: &'static str, label: impl Into<String>, formula: &'static str, numbers: String, value: Known) -> Step {
    Step { id, label: label.into(), formula, numbers, value: value.map_or_else(why, plain) }
}

fn why(reason: NotKnown) -> String {
    reason.name().to_owned()
}

impl Roi {
    /// How the figures come about: what is true of every contact, then the month in which the AI is settled in, then all
    /// months together.
    pub fn explain(&self) -> Vec<Step> {
        let mut steps = self.rates();
        steps.extend(self.one_month());
        steps.extend(self.all_months());
        steps.extend(self.worth());
        steps.extend(self.by_contact());
        steps
    }

    fn rates(&self) -> Vec<Step> {
        let (a, p) = (&self.ask, self.plan());
        let fixed: Vec<String> = super::model::fixed(&super::Values::of(a))
            .iter()
            .filter(|x: &&Decimal| !x.is_zero())
            .map(|x| plain(*x))
            .collect();
        let fixed = if fixed.is_empty() { "0".into() } else { fixed.join(" + ") };
        vec![
            step(
                "usage_per_attempt",
                "Models, for each contact that the AI answers",
                "api_cost_per_attempt × (1 + retry_rate)",
                format!("{} × (1 + {})", plain(a.api_cost_per_attempt), plain(a.retry_rate)),
                p.usage_cost,
            ),
            step(
                "review_per_failure",
                "People, for each contact that the AI tried and failed",
                "failed_review_minutes × human_cost_per_contact ÷ human_minutes_per_contact",
                format!(
                    "{} × {} ÷ {}",
                    plain(a.failed_review_minutes),
                    plain(a.human_cost_per_contact),
                    plain(a.human_minutes_per_contact)
                ),
                p.review_cost,
            ),
            step(
                "revenue_per_resolution_kept",
                "New revenue of a resolution, as far as it is kept",
                "revenue_per_resolution × revenue_margin",
                format!("{} × {}", plain(a.revenue_per_resolution), plain(a.revenue_margin)),
                p.revenue_each,
            ),
            step(
                "revenue_per_month_kept",
                "New revenue of a month's signals, as far as it is kept",
                "revenue_per_month × revenue_margin",
                format!("{} × {}", plain(a.revenue_per_month), plain(a.revenue_margin)),
                p.revenue_fixed,
            ),
            step("fixed", "What every month costs", "the sum of all costs by the month", fixed, p.fixed),
            step(
                "implementation",
                "What is spent before the first month",
                "implementation + staff_training",
                format!("{} + {}", plain(a.implementation), plain(a.staff_training)),
                p.once,
            ),
        ]
    }

    /// The first month in which the rate is reached in full, or the last one.
    fn one_month(&self) -> Vec<Step> {
        let (a, p) = (&self.ask, self.plan());
        let at = p.ramp_months.min(p.months);
        let Some(m) = self.months.get(at as usize) else { return Vec::new() };
        let ramp = plain(p.ramp(at).round_dp(6));
        let (attempts, resolved, billed, failed) =
            (plain(m.attempts), plain(m.resolved), plain(m.billed), plain(m.failed));
        let line = |id, what: &str, formula, numbers, value| {
            step(id, format!("{what} in month {at}"), formula, numbers, value)
        };
        vec![
            line(
                "month.attempts",
                "Contacts that the AI answers",
                "volume × ai_share",
                format!("{} × {}", plain(m.volume), plain(a.ai_share)),
                m.attempts,
            ),
            line(
                "month.resolved",
                "Contacts that it resolves for good",
                "attempts × resolution_rate × ramp",
                format!("{attempts} × {} × {ramp}", plain(a.resolution_rate)),
                m.resolved,
            ),
            line(
                "month.billed",
                "Contacts that the vendor counts as resolved",
                "attempts × claimed_resolution_rate × ramp",
                format!("{attempts} × {} × {ramp}", plain(p.claimed_rate)),
                m.billed,
            ),
            line(
                "month.failed",
                "Contacts that people have to do after all",
                "attempts − resolved",
                format!("{attempts} − {resolved}"),
                m.failed,
            ),
            line(
                "month.cost_avoidance",
                "What people would have cost",
                "resolved × human_cost_per_contact",
                format!("{resolved} × {}", plain(a.human_cost_per_contact)),
                m.cost_avoidance,
            ),
            line(
                "month.revenue",
                "New revenue that is kept",
                "resolved × revenue_per_resolution_kept + revenue_per_month_kept",
                format!("{resolved} × {} + {}", plain(p.revenue_each), plain(p.revenue_fixed)),
                m.revenue,
            ),
            line(
                "month.usage",
                "Models",
                "attempts × usage_per_attempt",
                format!("{attempts} × {}", plain(p.usage_cost)),
                m.usage,
            ),
            line(
                "month.fees",
                "The vendor's fees",
                "attempts × fee_per_attempt + billed × fee_per_resolution",
                format!("{attempts} × {} + {billed} × {}", plain(a.fee_per_attempt), plain(a.fee_per_resolution)),
                m.fees,
            ),
            line(
                "month.review",
                "People's time on what failed",
                "failed × review_per_failure",
                format!("{failed} × {}", plain(p.review_cost)),
                m.review,
            ),
            line(
                "month.net",
                "Cash flow",
                "cost_avoidance + revenue − usage − fees − review − fixed",
                format!(
                    "{} + {} − {} − {} − {} − {}",
                    plain(m.cost_avoidance),
                    plain(m.revenue),
                    plain(m.usage),
                    plain(m.fees),
                    plain(m.review),
                    plain(m.fixed)
                ),
                m.net,
            ),
        ]
    }

    fn all_months(&self) -> Vec<Step> {
        let (t, n) = (&self.total, self.total.month);
        let sum = |id, what: &str, value| {
            step(id, format!("{what}, all months"), "the sum of the months", format!("months 0 to {n}"), value)
        };
        vec![
            sum("cost_avoidance", "What people would have cost", t.cost_avoidance),
            sum("new_revenue", "New revenue that is kept", t.revenue),
            step(
                "spent",
                "All that is spent",
                "usage + fees + review + fixed + implementation, of all months",
                format!(
                    "{} + {} + {} + {} + {}",
                    plain(t.usage),
                    plain(t.fees),
                    plain(t.review),
                    plain(t.fixed),
                    plain(t.implementation)
                ),
                self.spent(),
            ),
            step(
                "net",
                "What is left",
                "cost_avoidance + new_revenue − spent",
                format!("{} + {} − {}", plain(t.cost_avoidance), plain(t.revenue), plain(self.spent())),
                t.net,
            ),
            Step {
                id: "payback_month",
                label: "The month from which on more has come in than was spent".into(),
                formula: "the first month from which on the sum of cash flows is not below 0",
                numbers: self.around_payback(),
                value: self.payback_month.map_or_else(why, |month| month.to_string()),
            },
        ]
    }

    /// The sums on either side of the month that pays it back.
    fn around_payback(&self) -> String {
        let sum = |at: u32| self.months.get(at as usize).map(|m| format!("{} after month {at}", plain(m.cumulative)));
        match self.payback_month {
            Ok(at) => [at.checked_sub(1).and_then(sum), sum(at)].into_iter().flatten().collect::<Vec<_>>().join(", "),
            Err(_) => sum(self.total.month).unwrap_or_default(),
        }
    }

    fn worth(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.roi_at.iter().map(|(month, found)| self.returned(*month, *found)).collect();
        let flows = format!("cash flows of months 0 to {}", self.total.month);
        let rate = |found: Known<f64>| found.map_or_else(why, |rate| rate.to_string());
        steps.extend([
            maybe(
                "roi",
                "Return on all that is spent",
                "net ÷ spent",
                format!("{} ÷ {}", plain(self.total.net), plain(self.spent())),
                self.roi,
            ),
            step(
                "discount_factor",
                "What an amount a month later is worth now",
                "1 ÷ (1 + discount_rate_per_year)^(1/12)",
                format!("1 ÷ (1 + {})^(1/12)", plain(self.ask.discount_rate_per_year)),
                self.discount_factor,
            ),
            step(
                "npv",
                "What all months are worth now",
                "the sum of cash flow × discount_factor^month",
                flows.clone(),
                self.npv,
            ),
            Step {
                id: "irr_monthly",
                label: "The rate by the month at which they would be worth nothing".into(),
                formula: "the rate at which the sum of cash flow ÷ (1 + rate)^month is 0",
                numbers: flows,
                value: rate(self.irr_monthly),
            },
            Step {
                id: "irr_yearly",
                label: "The same by the year".into(),
                formula: "(1 + irr_monthly)^12 − 1",
                numbers: format!("(1 + {})^12 − 1", rate(self.irr_monthly)),
                value: rate(self.irr_yearly),
            },
            maybe(
                "break_even_resolution_rate",
                "The resolution rate at which nothing is left",
                "what is spent whatever is resolved ÷ what a resolution rate of 1 would bring",
                format!("at {} it leaves {}", plain(self.ask.resolution_rate), plain(self.total.net)),
                self.break_even_resolution_rate,
            ),
        ]);
        steps
    }

    fn returned(&self, month: u32, found: Known) -> Step {
        let id = match month {
            3 => "roi_at_3",
            6 => "roi_at_6",
            12 => "roi_at_12",
            _ => "roi_at_18",
        };
        let until = self.months.iter().take_while(|m| m.month <= month);
        let (net, spent) =
            until.fold((Decimal::ZERO, Decimal::ZERO), |(net, spent), m| (net + m.net, spent + m.cost()));
        let numbers = if found == Err(NotKnown::HorizonTooShort) {
            format!("the plan ends with month {}", self.total.month)
        } else {
            format!("{} ÷ {}", plain(net), plain(spent))
        };
        maybe(id, format!("Return after {month} months"), "net so far ÷ spent so far", numbers, found)
    }

    fn by_contact(&self) -> Vec<Step> {
        let (a, t) = (&self.ask, &self.total);
        let running = self.spent() - t.implementation;
        let people = plain(a.human_cost_per_contact);
        vec![
            maybe(
                "cost_per_contact_after",
                "What a contact costs with the AI, without setting it up",
                "((volume − resolved) × human_cost_per_contact + spent − implementation) ÷ volume, of all months",
                format!(
                    "(({} − {}) × {people} + {} − {}) ÷ {}",
                    plain(t.volume),
                    plain(t.resolved),
                    plain(self.spent()),
                    plain(t.implementation),
                    plain(t.volume)
                ),
                self.cost_per_contact_after,
            ),
            maybe(
                "cost_reduction",
                "By what part a contact is cheaper",
                "(human_cost_per_contact − cost_per_contact_after) ÷ human_cost_per_contact",
                format!("({people} − {}) ÷ {people}", self.cost_per_contact_after.map_or_else(why, plain)),
                self.cost_reduction,
            ),
            maybe(
                "cost_per_resolution",
                "What a resolution costs that holds",
                "spent ÷ resolved",
                format!("{} ÷ {}", plain(self.spent()), plain(t.resolved)),
                self.cost_per_resolution,
            ),
            step(
                "savings_per_year",
                "Savings by the year, without new revenue and without setting it up",
                "(cost_avoidance − (spent − implementation)) × 12 ÷ horizon_months",
                format!("({} − {}) × 12 ÷ {}", plain(t.cost_avoidance), plain(running), plain(a.horizon_months)),
                self.savings_per_year,
            ),
            step(
                "fte",
                "People that this pays for",
                "savings_per_year ÷ fte_cost_per_year",
                format!("{} ÷ {}", plain(self.savings_per_year), plain(a.fte_cost_per_year)),
                self.fte,
            ),
        ]
    }

    fn plan(&self) -> super::Plan<Decimal> {
        super::Plan::of(&super::Values::of(&self.ask))
    }
}
