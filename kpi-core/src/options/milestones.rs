//! What happened when: a model release, a new policy. Each can be asked for as a before and after.

use crate::units::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A dated label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The first instant at which things were different.
    pub at: Instant,
    /// What it is called; no two are called the same.
    pub label: String,
}

/// What is wrong with these milestones.
pub(super) fn problems(milestones: &[Milestone]) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for (at, milestone) in milestones.iter().enumerate() {
        if milestone.label.trim().is_empty() {
            found.push(format!("`milestones[{at}]` has no label; say what changed then"));
        } else if !seen.insert(&milestone.label) {
            found
                .push(format!("`milestones` has two that are called \"{}\"; give each its own label", milestone.label));
        }
    }
    found
}
