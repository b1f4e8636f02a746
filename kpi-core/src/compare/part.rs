//! A part of contacts with its evidence, as curves show it.

use crate::evidence::{Interval, wilson};
use serde_json::{Value, json};

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// How many.
    pub hits: u64,
    /// Of how many; of none there is no rate.
    pub n: u64,
    /// Where the true rate may lie (Wilson).
    pub interval: Option<Interval>,
}

impl Part {
    pub(super) fn of(hits: u64, n: u64, z: f64) -> Self {
        Self { hits, n, interval: wilson(hits, n, z) }
    }

    /// Of answers yes and no.
    pub(super) fn counted(answers: impl Iterator<Item = bool>, z: f64) -> Self {
        let (hits, n) = answers.fold((0, 0), |(hits, n), yes| (hits + u64::from(yes), n + 1));
        Self::of(hits, n, z)
    }

    /// Hits over n.
    pub fn rate(&self) -> Option<f64> {
        (self.n > 0).then(|| self.hits as f64 / self.n as f64)
    }

    pub(super) fn to_json(self) -> Value {
        json!({
            "hits": self.hits,
            "n": self.n,
            "value": self.rate(),
            "low": self.interval.map(|interval| interval.low),
            "high": self.interval.map(|interval| interval.high),
        })
    }
}
