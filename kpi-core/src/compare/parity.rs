//! Is the AI as good as the control group? Not "no difference was found", which a small sample always finds, but a test
//! that it is not worse by more than a margin.

use super::versus::ComparedFigure;
use crate::evidence::{Interval, z_for};
use crate::kpis::Better;
use crate::report::{GroupReport, between};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

/// What a test against a margin says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParityVerdict {
    /// Not worse by more than the margin.
    NonInferior,
    /// Worse by more than the margin.
    Inferior,
    /// The data allows both.
    Inconclusive,
}

impl ParityVerdict {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NonInferior => "non_inferior",
            Self::Inferior => "inferior",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// Whether one side is as good as the other, up to a margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parity {
    /// How much worse is still good enough, in the figure's own unit.
    pub margin: Decimal,
    /// How sure the test is: at 0.95, a side that is worse by the margin is called good enough in one of twenty cases.
    pub confidence_level: f64,
    /// The worst difference that the data still allows at that level, one-sided: a lower bound where more is better, an
    /// upper one where less is.
    pub bound: f64,
    /// The answer.
    pub verdict: ParityVerdict,
}

/// Tests against a margin at `level`, one-sided; `wider` has both sides with two-sided intervals of twice the error, whose
/// ends are those bounds. For proportions this is Newcombe's interval used as a test: by enumeration of all outcomes, between groups of
/// 30 and 500, it errs in 4 to 6.5 % of cases where 5 % are meant.
pub(super) fn parity(figure: &ComparedFigure, wider: &[GroupReport; 2], margin: Decimal, level: f64) -> Option<Parity> {
    figure.difference?;
    let [a, b] = wider.each_ref().map(|group| group.value(figure.id, figure.population));
    let interval = between(a?, b?, z_for(2.0 * level - 1.0)).interval?;
    let (bound, verdict) = judge(interval, figure.better, margin.to_f64()?)?;
    Some(Parity { margin, confidence_level: level, bound, verdict })
}

/// The bound that matters and what it says, for a difference that lies in this interval. Nothing where neither direction
/// is good.
pub(super) fn judge(interval: Interval, better: Better, margin: f64) -> Option<(f64, ParityVerdict)> {
    // The loss is what is lost against the other side: the difference turned around where more is better.
    let (bound, most, least) = match better {
        Better::Higher => (interval.low, -interval.low, -interval.high),
        Better::Lower => (interval.high, interval.high, interval.low),
        Better::Neither => return None,
    };
    let verdict = if most < margin {
        ParityVerdict::NonInferior
    } else if least > margin {
        ParityVerdict::Inferior
    } else {
        ParityVerdict::Inconclusive
    };
    Some((bound, verdict))
}

impl Parity {
    pub(super) fn to_json(self) -> serde_json::Value {
        json!({
            "margin": self.margin.normalize().to_string(),
            "confidence_level": self.confidence_level,
            "bound": self.bound,
            "verdict": self.verdict.name(),
        })
    }
}
