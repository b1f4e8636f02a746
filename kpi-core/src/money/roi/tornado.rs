//! Which input matters most: each moved alone, all others staying where they are.

use super::super::problems::{Problems, decimal, plain, refused, text};
use super::inputs::{INPUTS, Input, InputUnit, RoiAsk};
use super::{Known, Roi, roi};
use crate::error::Result;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The figure that is watched while inputs move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watched {
    /// What all months are worth now.
    #[default]
    Npv,
    /// What is left of all months.
    Net,
    /// Net over spent.
    Roi,
    /// Savings by the year.
    SavingsPerYear,
}

impl Watched {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Npv => "npv",
            Self::Net => "net",
            Self::Roi => "roi",
            Self::SavingsPerYear => "savings_per_year",
        }
    }

    fn of(self, found: &Roi) -> Known {
        match self {
            Self::Npv => Ok(found.npv),
            Self::Net => Ok(found.total.net),
            Self::Roi => found.roi,
            Self::SavingsPerYear => Ok(found.savings_per_year),
        }
    }
}

/// Where an input may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ends {
    /// The least.
    pub low: Decimal,
    /// The most.
    pub high: Decimal,
}

/// A plan, and how far its inputs may be off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TornadoAsk {
    /// The plan.
    pub plan: RoiAsk,
    /// The figure that is watched.
    pub watched: Watched,
    /// By what part inputs are moved that have no range of their own.
    pub swing: Decimal,
    /// Ranges of inputs. A range that is known says more than the same part of everything.
    pub ranges: BTreeMap<String, Ends>,
}

impl Default for TornadoAsk {
    fn default() -> Self {
        Self { plan: RoiAsk::default(), watched: Watched::Npv, swing: decimal(2, 1), ranges: BTreeMap::new() }
    }
}

/// One input, moved alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The input.
    pub id: &'static str,
    /// Where it was moved to; an input's own ends hold it back.
    pub ends: Ends,
    /// The figure there.
    pub at_low: Known,
    /// The figure there.
    pub at_high: Known,
    /// How far apart the two are; nought where one is absent.
    pub width: Decimal,
}

/// An input that was not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotMoved {
    /// The input.
    pub id: &'static str,
    /// `at_zero`: a part of nothing is nothing, give it a range. `a_choice`: it is decided, not found out. `not_given`.
    pub why: &'static str,
}

/// Which input matters most. Each is moved alone: inputs that move together, as volume and cost in a crisis, do more.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Of money.
    pub currency: String,
    /// The figure that is watched.
    pub watched: Watched,
    /// The figure as planned.
    pub planned: Known,
    /// The widest first; equal ones in the order of inputs.
    pub bars: Vec<Bar>,
    /// Inputs that were not moved.
    pub not_moved: Vec<NotMoved>,
}

/// Moves each input alone.
///
/// # Errors
/// As [`roi`], and when a range makes no sense.
pub fn tornado(ask: &TornadoAsk) -> Result<Tornado> {
    let base = roi(&ask.plan)?;
    ask.check()?;
    let (mut bars, mut not_moved) = (Vec::new(), Vec::new());
    for input in INPUTS {
        match ask.ends(input, &base.ask) {
            Ok(ends) => bars.push(bar(input, ends, &base.ask, ask.watched)?),
            Err(why) => not_moved.push(NotMoved { id: input.id, why }),
        }
    }
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.width));
    Ok(Tornado {
        currency: base.ask.currency.clone(),
        watched: ask.watched,
        planned: ask.watched.of(&base),
        bars,
        not_moved,
    })
}

fn bar(input: &'static Input, ends: Ends, plan: &RoiAsk, watched: Watched) -> Result<Bar> {
    let at = |value: Decimal| {
        let mut moved = plan.clone();
        input.put(&mut moved, value);
        roi(&moved).map(|found| watched.of(&found))
    };
    let (at_low, at_high) = (at(ends.low)?, at(ends.high)?);
    let width = at_low.ok().zip(at_high.ok()).map_or(Decimal::ZERO, |(low, high)| (high - low).abs());
    Ok(Bar { id: input.id, ends, at_low, at_high, width })
}

impl TornadoAsk {
    fn check(&self) -> Result<()> {
        let mut wrong = Problems::default();
        wrong.within("swing", self.swing, decimal(1, 6), Decimal::ONE);
        for (id, ends) in &self.ranges {
            let Some(input) = Input::find(id) else {
                wrong.add(unknown("ranges", id));
                continue;
            };
            wrong.within(&format!("ranges.{id}.low"), ends.low, input.low, input.high);
            wrong.within(&format!("ranges.{id}.high"), ends.high, input.low, input.high);
            wrong.unless(ends.low <= ends.high, || format!("`ranges.{id}` ends before it begins"));
        }
        wrong.finish()
    }

    /// Where an input is moved to, or why it is not.
    fn ends(&self, input: &Input, plan: &RoiAsk) -> std::result::Result<Ends, &'static str> {
        let planned = input.of(plan).ok_or("not_given")?;
        let given = self.ranges.get(input.id).copied();
        let ends = match given {
            Some(ends) => ends,
            None if input.id == "horizon_months" => return Err("a_choice"),
            None if planned.is_zero() => return Err("at_zero"),
            None => {
                let part = planned * self.swing;
                Ends { low: planned - part.abs(), high: planned + part.abs() }
            }
        };
        let round = |value: Decimal| if input.unit == InputUnit::Months { value.round() } else { value };
        // What holds is a part of what is claimed, wherever the two are moved to.
        let (least, most) = match input.id {
            "resolution_rate" => (input.low, plan.claimed_resolution_rate.unwrap_or(input.high)),
            "claimed_resolution_rate" => (plan.resolution_rate, input.high),
            _ => (input.low, input.high),
        };
        Ok(Ends { low: round(ends.low).clamp(least, most), high: round(ends.high).clamp(least, most) })
    }
}

/// A sentence about an input that does not exist.
pub(super) fn unknown(place: &str, id: &str) -> String {
    format!("`{place}` names \"{id}\", which is no input; `roi_inputs` lists them")
}

impl Tornado {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let bars: Vec<Value> = self
            .bars
            .iter()
            .map(|bar| {
                json!({
                    "id": bar.id,
                    "low": text(bar.ends.low),
                    "high": text(bar.ends.high),
                    "at_low": bar.at_low.ok().map(plain),
                    "at_high": bar.at_high.ok().map(plain),
                    "width": text(bar.width),
                })
            })
            .collect();
        let not_moved: Vec<Value> =
            self.not_moved.iter().map(|input| json!({"id": input.id, "why": input.why})).collect();
        json!({
            "schema": "supportkpi.tornado/1",
            "currency": self.currency,
            "watched": self.watched.name(),
            "planned": self.planned.ok().map(plain),
            "bars": bars,
            "not_moved": not_moved,
        })
        .to_string()
    }
}

impl Input {
    /// One with this name, or an error that names the place.
    pub(super) fn wanted(place: &str, id: &str) -> Result<&'static Self> {
        Self::find(id).ok_or_else(|| refused(format!("{}.", unknown(place, id))))
    }
}
