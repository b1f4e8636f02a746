//! What a desk wants to reach: a goal for a figure, its owner, the phases on the way there, and the lines at which it is in
//! danger or too good to be true.

use crate::units::Instant;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

/// What is to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Goal {
    /// What the option `forecast` says of the figure.
    Forecast,
    /// What the option `baseline` says of the figure.
    Baseline,
    /// This value.
    #[serde(untagged)]
    Value(Decimal),
}

impl<'de> Deserialize<'de> for Goal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = serde_json::Value::deserialize(deserializer)?;
        match found.as_str() {
            Some("forecast") => Ok(Self::Forecast),
            Some("baseline") => Ok(Self::Baseline),
            _ => <Decimal as Deserialize>::deserialize(&found).map(Self::Value).map_err(|_| {
                serde::de::Error::custom(format!("a goal is a number, \"forecast\" or \"baseline\", and not {found}"))
            }),
        }
    }
}

/// Which way is good, where a target says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "they say themselves")]
pub enum Direction {
    Higher,
    Lower,
}

/// A goal on the way, up to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its name: "first 90 days".
    pub name: String,
    /// The first moment after it.
    pub until: Instant,
    /// What is to be reached in it.
    pub goal: Decimal,
}

/// One target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The figure.
    pub kpi: String,
    /// Whose contacts; without it, the first population of the figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// Who has to act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What is to be reached in the end.
    pub goal: Goal,
    /// Which way is good; needed where the figure has no direction of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<Direction>,
    /// Beyond this, on the bad side, somebody has to act now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub critical: Option<Decimal>,
    /// Beyond this, on the good side, the data is to be checked before anybody celebrates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sceptical: Option<Decimal>,
    /// Goals on the way, earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
}

impl Target {
    /// The phase of a moment, if one is still going on.
    pub fn phase_at(&self, moment: Instant) -> Option<&Phase> {
        self.phases.iter().find(|phase| moment < phase.until)
    }

    /// What is wrong with it, without knowing the catalogue.
    pub(super) fn problems(&self, at: usize) -> Vec<String> {
        let mut found = Vec::new();
        if !self.phases.is_sorted_by(|a, b| a.until < b.until) {
            found.push(format!("the phases of `targets[{at}]` ({}) are not in order of `until`", self.kpi));
        }
        if let (Some(critical), Some(sceptical)) = (self.critical, self.sceptical)
            && critical == sceptical
        {
            found.push(format!("`targets[{at}]` ({}) has one value for `critical` and `sceptical`", self.kpi));
        }
        found
    }
}
