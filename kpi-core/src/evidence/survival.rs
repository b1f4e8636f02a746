//! How many are still without an event as time passes, when not everybody has been watched equally long.

use super::intervals::Interval;
use super::normal::two_sided;

/// A moment at which somebody had the event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// When, since each one's own beginning.
    pub at: i64,
    /// How many were watched up to then and had had none.
    pub at_risk: u64,
    /// How many had it then.
    pub events: u64,
    /// The part that has had none by then, this moment included (Kaplan and Meier).
    pub without: f64,
    /// Greenwood's sum, Σ d / (n·(n − d)); infinite once nobody is left.
    pub greenwood: f64,
}

/// The steps of those who were each watched for a while, until their event (true) or no longer (false). Who is lost at a
/// moment was still watched at it.
pub fn kaplan_meier(watched: &[(i64, bool)]) -> Vec<Step> {
    let mut order = watched.to_vec();
    order.sort_unstable();
    let mut at_risk = order.len() as u64;
    let (mut without, mut greenwood) = (1.0, 0.0);
    let mut steps = Vec::new();
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let events = same.iter().filter(|(_, event)| *event).count() as u64;
        if let (Some((at, _)), true) = (same.first(), events > 0) {
            let left = (at_risk - events) as f64;
            without *= left / at_risk as f64;
            greenwood += events as f64 / (at_risk as f64 * left);
            steps.push(Step { at: *at, at_risk, events, without, greenwood });
        }
        at_risk -= same.len() as u64;
    }
    steps
}

impl Step {
    /// Where the true part may lie, by the log-log of Greenwood's variance: S^exp(±z·√V / ln S). `None` once nobody is left.
    pub fn interval(&self, z: f64) -> Option<Interval> {
        let log = libm::log(self.without);
        if !(self.greenwood.is_finite() && log < 0.0) {
            return None;
        }
        let stretch = z * self.greenwood.sqrt() / log;
        let power = |by: f64| libm::exp(log * libm::exp(by));
        Interval::checked(power(-stretch), power(stretch))
    }
}

/// How likely two groups differ so much by chance if events come alike in both (log-rank test). `None` without events, or
/// when only one group is ever watched at one.
pub fn log_rank(a: &[(i64, bool)], b: &[(i64, bool)]) -> Option<f64> {
    let mut times: Vec<i64> = a.iter().chain(b).filter(|(_, event)| *event).map(|(at, _)| *at).collect();
    times.sort_unstable();
    times.dedup();
    let sorted = |group: &[(i64, bool)]| {
        let mut order = group.to_vec();
        order.sort_unstable();
        order
    };
    let (a, b) = (sorted(a), sorted(b));
    let (mut excess, mut variance) = (0.0, 0.0);
    for at in times {
        let ((n1, d1), (n2, d2)) = (seen(&a, at), seen(&b, at));
        let (n, d) = (n1 + n2, d1 + d2);
        excess += d1 - d * n1 / n;
        if n > 1.0 {
            variance += d * (n1 / n) * (n2 / n) * (n - d) / (n - 1.0);
        }
    }
    (variance > 0.0).then(|| two_sided(excess / variance.sqrt()))
}

/// Of a group in order: how many are watched at a moment, and how many have their event then.
fn seen(group: &[(i64, bool)], at: i64) -> (f64, f64) {
    let before = group.partition_point(|(time, _)| *time < at);
    let until = group.partition_point(|(time, _)| *time <= at);
    let events = group.get(before..until).unwrap_or_default().iter().filter(|(_, event)| *event).count();
    ((group.len() - before) as f64, events as f64)
}
