//! Plans beside one another.

use super::super::problems::{Problems, text};
use super::inputs::{Input, RoiAsk};
use super::{Roi, roi, tornado::unknown};
use crate::error::{Error, Result};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A plan, and others that differ from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScenariosAsk {
    /// The plan that the others are held against.
    pub plan: RoiAsk,
    /// The others.
    pub scenarios: Vec<Scenario>,
}

/// A plan that differs from another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// The inputs that are different in it.
    pub changes: BTreeMap<String, Decimal>,
}

/// How one comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// What it is called.
    pub name: String,
    /// Its figures.
    pub roi: Roi,
    /// By how much more is left of all months.
    pub net: Decimal,
    /// By how much more all months are worth now.
    pub npv: Decimal,
    /// By how much more is saved in a year.
    pub savings_per_year: Decimal,
}

/// Plans beside one another. Nets of plans of different horizons are not alike: a longer one has more months to save in.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenarios {
    /// The plan.
    pub plan: Roi,
    /// The others, in the order in which they were given.
    pub scenarios: Vec<Changed>,
}

/// Calculates plans beside one another.
///
/// # Errors
/// As [`roi`], for each of them, and when a scenario has no name of its own or changes what is no input.
pub fn scenarios(ask: &ScenariosAsk) -> Result<Scenarios> {
    ask.check()?;
    let plan = roi(&ask.plan)?;
    let changed = |scenario: &Scenario| {
        let mut inputs = plan.ask.clone();
        for (id, value) in &scenario.changes {
            Input::wanted("changes", id)?.put(&mut inputs, *value);
        }
        let found = roi(&inputs).map_err(|e| Error::new(e.code(), format!("\"{}\": {e}", scenario.name)))?;
        Ok(Changed {
            name: scenario.name.clone(),
            net: found.total.net - plan.total.net,
            npv: found.npv - plan.npv,
            savings_per_year: found.savings_per_year - plan.savings_per_year,
            roi: found,
        })
    };
    let scenarios = ask.scenarios.iter().map(changed).collect::<Result<_>>()?;
    Ok(Scenarios { plan, scenarios })
}

impl ScenariosAsk {
    fn check(&self) -> Result<()> {
        let mut wrong = Problems::default();
        let mut names = BTreeSet::new();
        for (at, scenario) in self.scenarios.iter().enumerate() {
            wrong.unless(!scenario.name.is_empty(), || format!("`scenarios[{at}].name` is empty"));
            wrong.unless(names.insert(&scenario.name), || {
                format!("`scenarios[{at}].name` is \"{}\", which another one has too", scenario.name)
            });
            for id in scenario.changes.keys().filter(|id| Input::find(id).is_none()) {
                wrong.add(unknown(&format!("scenarios[{at}].changes"), id));
            }
        }
        wrong.finish()
    }
}

impl Scenarios {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let scenarios: Vec<Value> = self
            .scenarios
            .iter()
            .map(|scenario| {
                json!({
                    "name": scenario.name,
                    "figures": scenario.roi.figures(),
                    "difference": {
                        "net": text(scenario.net),
                        "npv": text(scenario.npv),
                        "savings_per_year": text(scenario.savings_per_year),
                    },
                })
            })
            .collect();
        json!({
            "schema": "supportkpi.scenarios/1",
            "currency": self.plan.ask.currency,
            "plan": self.plan.figures(),
            "scenarios": scenarios,
        })
        .to_string()
    }
}
