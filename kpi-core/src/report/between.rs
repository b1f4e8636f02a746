//! How sure the difference of two values of one figure is, when they are of different contacts.

use super::value::Value;
use crate::evidence::{
    Interval, mover_difference, newcombe, normal_p_value, two_proportion_p_value, wilson_effective_n, z_test_of_rates,
};

/// The evidence for a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// Where the true difference may lie; nothing where no interval is sound.
    pub interval: Option<Interval>,
    /// How that was made.
    pub method: &'static str,
    /// How likely a difference at least as large is by chance; nothing where no test is sound.
    pub p_value: Option<f64>,
}

/// How far `one` lies above `other`, as far as chance allows to tell. `z` is that of the values' own intervals.
///
/// Proportions of contacts: Newcombe's interval, and the pooled z-test. Proportions of things within contacts: the
/// square-root combination of their intervals, and the same test with samples that are as large as they are worth (Rao and
/// Scott 1992). Means: the combination, which of symmetric intervals is Welch's standard error, and the normal test.
/// Everything else that has an interval: the combination, without a test.
pub fn between(one: &Value, other: &Value, z: f64) -> Between {
    let both = |method: &str| one.method == Some(method) && other.method == Some(method);
    if let (true, Some((x1, n1)), Some((x2, n2))) = (both("wilson"), one.counts(), other.counts()) {
        let p_value = two_proportion_p_value(x1, n1, x2, n2);
        return Between { interval: newcombe(x1, n1, x2, n2, z), method: "newcombe", p_value };
    }
    let mut found = Between { interval: None, method: "mover", p_value: None };
    let (a, b) = (one.number().zip(one.interval), other.number().zip(other.interval));
    let Some(((first, own), (second, others))) = a.zip(b) else { return found };
    found.interval = mover_difference((first, own), (second, others));
    if both("normal") || both("normal_clustered") {
        let error = |interval: Interval| (interval.high - interval.low) / (2.0 * z);
        found.p_value = normal_p_value(first - second, error(own), error(others));
    }
    if both("wilson_design_effect") || both("wilson_clustered") {
        let worth = |rate: f64, interval: Interval| wilson_effective_n(rate, interval, z).map(|n| (rate, n));
        let both = worth(first, own).zip(worth(second, others));
        found.p_value = both.and_then(|(a, b)| z_test_of_rates(a, b));
    }
    found
}
