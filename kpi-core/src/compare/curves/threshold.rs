//! Where to let the AI answer: for each threshold of its confidence, what it would serve, and how that went.

use crate::compare::part::Part;
use crate::compare::told::Told;
use crate::facts::Story;
use crate::input::{Handling, Outcome};
use rust_decimal::Decimal;

/// One threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdPoint {
    /// The AI serves what has at least this confidence.
    pub threshold: Decimal,
    /// What it would serve, of the contacts that it met.
    pub served: Part,
    /// Of the closed ones that it would serve: resolved by AI alone.
    pub resolved: Part,
    /// Of the settled ones that it would serve: verified.
    pub verified: Part,
    /// Of the settled ones that it would not serve: verified all the same. People would do them instead.
    pub forgone: Part,
}

/// What each threshold would let the AI serve.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdCurve {
    /// In order; empty where no contact has a confidence.
    pub points: Vec<ThresholdPoint>,
    /// Contacts that AI met without a known confidence.
    pub left_out: u64,
}

pub(super) fn curve(told: &Told, thresholds: &[Decimal], z: f64) -> ThresholdCurve {
    let met: Vec<&Story> = told.stories.iter().filter(|story| story.is_ai_fronted()).collect();
    let known: Vec<(Decimal, &Story)> =
        met.iter().filter_map(|story| Some((story.confidence?.to_decimal(), *story))).collect();
    let left_out = (met.len() - known.len()) as u64;
    if known.is_empty() {
        return ThresholdCurve { points: Vec::new(), left_out };
    }
    let points = thresholds.iter().map(|threshold| {
        let (served, rest): (Vec<_>, Vec<_>) = known.iter().partition(|(confidence, _)| confidence >= threshold);
        let verified = |of: &[(Decimal, &Story)]| {
            let settled = of.iter().filter(|(_, story)| story.is_settled(told.window, told.as_of));
            Part::counted(settled.map(|(_, story)| story.is_verified(told.window, told.as_of)), z)
        };
        let closed = served.iter().filter_map(|(_, story)| Some((story.outcome?, story.handling)));
        ThresholdPoint {
            threshold: *threshold,
            served: Part::of(served.len() as u64, known.len() as u64, z),
            resolved: Part::counted(
                closed.map(|(outcome, handling)| outcome == Outcome::Resolved && handling == Handling::Ai),
                z,
            ),
            verified: verified(&served),
            forgone: verified(&rest),
        }
    });
    ThresholdCurve { points: points.collect(), left_out }
}
