//! How likely it pays, when inputs are only known to lie somewhere: thousands of plans with drawn inputs.
//!
//! Here months are calculated in floats, by +, −, ×, ÷ and functions that are part of this library, so that the same seed
//! gives the same bits everywhere. What is planned for certain is calculated in decimals ([`super::roi`]).

use super::super::problems::{Problems, plain};
use super::draws::{Dice, Draw, Quantile};
use super::inputs::{Input, RoiAsk, Values};
use super::model::Plan;
use super::{grows_past_everything, tornado::unknown};
use crate::error::Result;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The most plans that are drawn at once.
const MOST_RUNS: u32 = 1_000_000;

/// A plan, and where its inputs may lie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChanceAsk {
    /// The plan.
    pub plan: RoiAsk,
    /// Where inputs may lie. They are drawn apart from one another; what is not named stays as planned.
    pub draws: BTreeMap<String, Draw>,
    /// How many plans are drawn.
    pub runs: u32,
    /// Another one gives other draws.
    pub seed: u64,
}

impl Default for ChanceAsk {
    fn default() -> Self {
        Self { plan: RoiAsk::default(), draws: BTreeMap::new(), runs: 10_000, seed: 1 }
    }
}

/// Where a figure lies over all draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// One of ten lies below.
    pub p10: f64,
    /// Half lie below.
    pub p50: f64,
    /// Nine of ten lie below.
    pub p90: f64,
    /// Their mean.
    pub mean: f64,
}

/// How likely it pays.
///
/// The spread is that of the inputs that were given ranges, drawn apart from one another. Inputs that move together, and what
/// nobody thought of, make the true one wider.
#[derive(Debug, Clone, PartialEq)]
pub struct Chance {
    /// Of money.
    pub currency: String,
    /// How many plans were drawn.
    pub runs: u32,
    /// What they were drawn by.
    pub seed: u64,
    /// The inputs that were drawn.
    pub drawn: Vec<&'static str>,
    /// What is left of all months.
    pub net: Drawn,
    /// What all months are worth now.
    pub npv: Drawn,
    /// The month that pays it back in all but nine of ten, half, and one of ten draws; nothing where it is beyond the horizon.
    pub payback_month: [Option<u32>; 3],
    /// The part of draws in which it pays back within the horizon.
    pub pays_back: f64,
    /// The part of draws that are worth less than nothing now.
    pub loses: f64,
}

/// Draws plans.
///
/// # Errors
/// As [`super::roi`], and when a draw makes no sense.
pub fn chance(ask: &ChanceAsk) -> Result<Chance> {
    let plan = ask.plan.settled()?;
    let mut draws = ask.draws(&plan)?;
    let base: Values<f64> = Values::of(&plan);
    let claims = plan.claimed_resolution_rate.is_some() || ask.draws.contains_key("claimed_resolution_rate");
    let mut runs = Runs::with_capacity(ask.runs as usize);
    for _ in 0..ask.runs {
        let mut values = base;
        for (input, quantile, dice) in &mut draws {
            input.put_drawn(&mut values, quantile.at(dice.throw()));
        }
        // What holds is a part of what is claimed, and all of it where nothing else is said.
        if claims {
            values.resolution_rate = values.resolution_rate.min(values.claimed_resolution_rate);
        } else {
            values.claimed_resolution_rate = values.resolution_rate;
        }
        runs.add(&values).ok_or_else(grows_past_everything)?;
    }
    let named = draws.iter().map(|(input, ..)| input.id).collect();
    Ok(runs.summed_up(plan.currency, ask, named))
}

impl ChanceAsk {
    /// The draws in the order of their names.
    fn draws(&self, plan: &RoiAsk) -> Result<Vec<(&'static Input, Quantile, Dice)>> {
        let mut wrong = Problems::default();
        let (least, most) = (Decimal::from(100), Decimal::from(MOST_RUNS));
        wrong.within("runs", self.runs.into(), least, most);
        for (id, draw) in &self.draws {
            match Input::find(id) {
                None => wrong.add(unknown("draws", id)),
                Some(input) => draw.check(input, &mut wrong),
            }
        }
        wrong.unless(!self.draws.contains_key("horizon_months"), || {
            "`draws` names `horizon_months`, which is a choice; compare scenarios instead".into()
        });
        wrong.unless(!self.draws.is_empty(), || {
            format!("`draws` is empty, so every run is the plan over {} months", plain(plan.horizon_months))
        });
        wrong.finish()?;
        let ready = |(id, draw): (&String, &Draw)| {
            Ok((Input::wanted("draws", id)?, Quantile::of(*draw), Dice::of(self.seed, id)))
        };
        self.draws.iter().map(ready).collect()
    }
}

/// What came out of every draw.
struct Runs {
    net: Vec<f64>,
    npv: Vec<f64>,
    /// Beyond the horizon it is the largest number there is, so that it sorts last.
    payback: Vec<u32>,
}

impl Runs {
    fn with_capacity(runs: usize) -> Self {
        let (net, npv, payback) = (Vec::with_capacity(runs), Vec::with_capacity(runs), Vec::with_capacity(runs));
        Self { net, npv, payback }
    }

    fn add(&mut self, values: &Values<f64>) -> Option<()> {
        let plan = Plan::of(values);
        let factor = 1.0 / libm::pow(1.0 + values.discount_rate_per_year, 1.0 / 12.0);
        let (mut net, mut npv, mut worth, mut payback) = (0.0, 0.0, 1.0, None);
        plan.run(|month| {
            net = month.cumulative;
            npv += month.net * worth;
            worth *= factor;
            payback = if net < 0.0 { None } else { payback.or(Some(month.month)) };
        })?;
        self.net.push(net);
        self.npv.push(npv);
        self.payback.push(payback.unwrap_or(u32::MAX));
        Some(())
    }

    fn summed_up(mut self, currency: String, ask: &ChanceAsk, drawn: Vec<&'static str>) -> Chance {
        let all = f64::from(ask.runs);
        let part = |count: usize| count as f64 / all;
        let loses = part(self.npv.iter().filter(|npv| **npv < 0.0).count());
        let pays_back = part(self.payback.iter().filter(|month| **month != u32::MAX).count());
        self.payback.sort_unstable();
        let month = |tenths: usize| {
            let rank = (self.payback.len() * tenths).div_ceil(10).saturating_sub(1);
            self.payback.get(rank).copied().filter(|month| *month != u32::MAX)
        };
        let payback_month = [month(1), month(5), month(9)];
        let (net, npv) = (spread(self.net), spread(self.npv));
        Chance { currency, runs: ask.runs, seed: ask.seed, drawn, net, npv, payback_month, pays_back, loses }
    }
}

/// Quantiles between the two neighbours, as numpy takes them; the mean in the order of draws.
fn spread(mut values: Vec<f64>) -> Drawn {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len() - 1;
    let at = |tenths: usize| {
        let (rank, part) = (last * tenths / 10, (last * tenths % 10) as f64 / 10.0);
        let value = |rank: usize| values.get(rank.min(last)).copied().unwrap_or(mean);
        value(rank) + (value(rank + 1) - value(rank)) * part
    };
    Drawn { p10: at(1), p50: at(5), p90: at(9), mean }
}

impl Drawn {
    fn to_json(self) -> Value {
        json!({"p10": self.p10, "p50": self.p50, "p90": self.p90, "mean": self.mean})
    }
}

impl Chance {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let [p10, p50, p90] = self.payback_month;
        json!({
            "schema": "supportkpi.chance/1",
            "currency": self.currency,
            "runs": self.runs,
            "seed": self.seed,
            "drawn": self.drawn,
            "net": self.net.to_json(),
            "npv": self.npv.to_json(),
            "payback_month": {"p10": p10, "p50": p50, "p90": p90},
            "pays_back": self.pays_back,
            "loses": self.loses,
        })
        .to_string()
    }
}
