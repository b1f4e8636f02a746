//! Agents period by period, and what is expected of them, as data.

use super::super::problems::{Problems, decimal};
use crate::error::Result;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Agents, and what is expected of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PnlAsk {
    /// ISO 4217; default USD.
    #[serde(default = "dollars")]
    pub currency: String,
    /// The agents.
    pub agents: Vec<AgentBooks>,
    /// When an agent is to go; default: after three periods of a margin below 0.
    #[serde(default = "three_periods_of_loss")]
    pub rules: Vec<RetirementRule>,
    /// Outcomes that are expected of an agent in a period; the first that names it, or nobody, applies.
    #[serde(default)]
    pub targets: Vec<ProductivityTarget>,
}

fn dollars() -> String {
    "USD".into()
}

/// The rule that holds where none is given.
pub fn three_periods_of_loss() -> Vec<RetirementRule> {
    vec![RetirementRule {
        name: "three periods of loss".into(),
        figure: AgentFigure::Margin,
        below: Some(Decimal::ZERO),
        above: None,
        periods: 3,
    }]
}

/// One agent, period by period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentBooks {
    /// Its name.
    pub agent: String,
    /// Its periods, the earliest first.
    pub periods: Vec<PeriodBooks>,
}

/// One agent in one period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodBooks {
    /// What the period is called.
    pub period: String,
    /// New revenue.
    #[serde(default)]
    pub revenue: Decimal,
    /// What people would have cost for what it delivered; nothing where that is not known.
    #[serde(default)]
    pub avoided_cost: Option<Decimal>,
    /// What it cost, layer by layer, people that it handed over to included.
    #[serde(default)]
    pub costs: BTreeMap<String, Decimal>,
    /// How many contacts it resolved for good.
    #[serde(default)]
    pub outcomes: Decimal,
}

/// A figure of an agent in a period that rules are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentFigure {
    /// Revenue and avoided cost less all costs.
    Margin,
    /// Outcomes over those that are expected.
    Productivity,
    /// All costs over outcomes.
    CostPerOutcome,
    /// All costs over what people would have cost.
    CostRatio,
    /// Outcomes.
    Outcomes,
}

impl AgentFigure {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Margin => "margin",
            Self::Productivity => "productivity",
            Self::CostPerOutcome => "cost_per_outcome",
            Self::CostRatio => "cost_ratio",
            Self::Outcomes => "outcomes",
        }
    }
}

/// When an agent is to go: a figure beyond a line for so many periods in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetirementRule {
    /// What it is called.
    pub name: String,
    /// The figure.
    pub figure: AgentFigure,
    /// It fires below this line; the line itself is good enough.
    #[serde(default)]
    pub below: Option<Decimal>,
    /// It fires above this line; the line itself is good enough.
    #[serde(default)]
    pub above: Option<Decimal>,
    /// For so many periods in a row, the latest included.
    pub periods: usize,
}

/// Outcomes that are expected in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductivityTarget {
    /// Of whom; default: of every agent.
    #[serde(default)]
    pub agent: Option<String>,
    /// How many.
    pub outcomes_per_period: Decimal,
}

/// No amount of a period is larger.
const MOST: Decimal = decimal(1_000_000_000_000_000, 0);

impl PnlAsk {
    /// As JSON, to be changed by hand and asked for.
    pub fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// Checks everything and names all that is wrong at once.
    ///
    /// # Errors
    /// When something makes no sense.
    pub fn validate(&self) -> Result<()> {
        let mut wrong = Problems::default();
        wrong.currency("currency", &self.currency);
        let mut names = BTreeSet::new();
        for (at, agent) in self.agents.iter().enumerate() {
            let place = format!("agents[{at}]");
            wrong.unless(names.insert(&agent.agent), || {
                format!("`{place}.agent` is \"{}\", which another one is too", agent.agent)
            });
            agent.check(&place, &mut wrong);
        }
        for (at, rule) in self.rules.iter().enumerate() {
            wrong.unless(rule.below.is_some() != rule.above.is_some(), || {
                format!("`rules[{at}]` needs either `below` or `above`")
            });
            wrong.unless(rule.periods > 0, || format!("`rules[{at}].periods` is 0; a rule is about 1 period or more"));
        }
        for (at, target) in self.targets.iter().enumerate() {
            let name = format!("targets[{at}].outcomes_per_period");
            wrong.within(&name, target.outcomes_per_period, decimal(1, 6), MOST);
            if let Some(agent) = target.agent.as_ref().filter(|agent| !names.contains(agent)) {
                wrong.add(format!("`targets[{at}].agent` is \"{agent}\", and no agent is called so"));
            }
        }
        wrong.finish()
    }
}

impl AgentBooks {
    fn check(&self, place: &str, wrong: &mut Problems) {
        let mut seen = BTreeSet::new();
        for (at, period) in self.periods.iter().enumerate() {
            let place = format!("{place}.periods[{at}]");
            wrong.unless(seen.insert(&period.period), || {
                format!("`{place}.period` is \"{}\", which another one is too", period.period)
            });
            wrong.within(&format!("{place}.revenue"), period.revenue, -MOST, MOST);
            wrong.within(&format!("{place}.outcomes"), period.outcomes, Decimal::ZERO, MOST);
            wrong.within(
                &format!("{place}.avoided_cost"),
                period.avoided_cost.unwrap_or_default(),
                Decimal::ZERO,
                MOST,
            );
            for (layer, amount) in &period.costs {
                // A refund is a cost below nought.
                wrong.within(&format!("{place}.costs.{layer}"), *amount, -MOST, MOST);
            }
        }
    }
}
