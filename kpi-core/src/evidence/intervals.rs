//! Confidence intervals. Each is `None` where none is sound, and never NaN.

use super::normal::two_sided;
use crate::units::exact::{Clusters, ExactSum, Moments};

/// The range that is compatible with the data at the confidence that `z` stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Both ends, if they are finite numbers in order.
    pub(super) fn checked(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(Self { low, high })
    }

    fn around(middle: f64, half: f64) -> Option<Self> {
        Self::checked(middle - half, middle + half)
    }
}

/// The range of a proportion of rows, such as resolved ones: Wilson's score interval without continuity
/// correction (Wilson 1927), (x + z²/2 ± z·√(x(n − x)/n + z²/4))/(n + z²).
///
/// It stays inside 0 and 1, and says something even when none or all of `n` count.
pub fn wilson(successes: u64, n: u64, z: f64) -> Option<Interval> {
    score_limits(successes as f64, n.checked_sub(successes)? as f64, z)
}

/// [`wilson`] for sizes that are not whole, such as an effective one.
pub fn wilson_real(successes: f64, n: f64, z: f64) -> Option<Interval> {
    score_limits(successes, n - successes, z)
}

/// The range of a proportion of things counted within rows, such as correct answers: Wilson's with the sample
/// shrunk to what it is worth (Kish 1965).
///
/// deff = max(1, v/(p(1 − p)/Σx)), n = Σx/deff; v is [`Clusters::residual_variance`] over rows with x > 0.
/// Things of one row are alike, so they say less than as many rows would.
pub fn wilson_design_effect(clusters: &Clusters, z: f64) -> Option<Interval> {
    let (things, hits) = (clusters.sum_x(), clusters.sum_y());
    let misses = things - hits;
    if hits.signum() < 0 || misses.signum() < 0 {
        return None;
    }
    let effect = design_effect(clusters, misses)?;
    score_limits(hits.to_f64() / effect, misses.to_f64() / effect, z)
}

/// How many things of these rows say as much as one on its own would.
fn design_effect(clusters: &Clusters, misses: ExactSum) -> Option<f64> {
    let (things, hits, misses) = (clusters.sum_x().to_f64(), clusters.sum_y().to_f64(), misses.to_f64());
    let rows = clusters.rows_with_x();
    if rows < 2 || hits == 0.0 || misses == 0.0 {
        return Some(1.0);
    }
    let of_single_things = (hits / things) * (misses / things) / things;
    clusters.residual_variance(rows).map(|variance| (variance / of_single_things).max(1.0))
}

fn score_limits(hits: f64, misses: f64, z: f64) -> Option<Interval> {
    let n = hits + misses;
    if !(n > 0.0 && hits >= 0.0 && misses >= 0.0 && (0.0..f64::INFINITY).contains(&z)) {
        return None;
    }
    let root = z * (hits * (misses / n) + z * z / 4.0).sqrt();
    let reach = hits + z * z / 2.0 + root;
    // The two ends multiply to x²/(n(n + z²)); so found, the lower one loses no digits to a subtraction.
    let low = if hits == 0.0 { 0.0 } else { hits * (hits / n) / reach };
    let high = if misses == 0.0 { 1.0 } else { (reach / (n + z * z)).min(1.0) };
    Interval::checked(low, high)
}

/// The range of a difference of two proportions, p₁ − p₂, such as the satisfaction of AI less that of people:
/// the square-root combination of their Wilson intervals (Newcombe 1998, method 10).
pub fn newcombe(x1: u64, n1: u64, x2: u64, n2: u64, z: f64) -> Option<Interval> {
    let (first, second) = (wilson(x1, n1, z)?, wilson(x2, n2, z)?);
    let (p1, p2) = (x1 as f64 / n1 as f64, x2 as f64 / n2 as f64);
    let down = root_sum(p1 - first.low, second.high - p2);
    let up = root_sum(first.high - p1, p2 - second.low);
    Interval::checked((p1 - p2 - down).max(-1.0), (p1 - p2 + up).min(1.0))
}

/// How likely a difference at least this large would be if both groups were alike: the two-sided pooled z-test.
///
/// z = (p₁ − p₂)/√(p(1 − p)(1/n₁ + 1/n₂)) with p = (x₁ + x₂)/(n₁ + n₂). `None` when a group is empty, and when
/// p is 0 or 1, where every difference is as expected.
pub fn two_proportion_p_value(x1: u64, n1: u64, x2: u64, n2: u64) -> Option<f64> {
    let (misses1, misses2) = (n1.checked_sub(x1)?, n2.checked_sub(x2)?);
    let hits = u128::from(x1) + u128::from(x2);
    let misses = u128::from(misses1) + u128::from(misses2);
    if n1 == 0 || n2 == 0 || hits == 0 || misses == 0 {
        return None;
    }
    // p₁ − p₂ over its common denominator: whole numbers, so near-equal rates keep their digits.
    let gap = (u128::from(x1) * u128::from(n2)).abs_diff(u128::from(x2) * u128::from(n1)) as f64;
    let variance = (hits as f64) * (misses as f64) / (hits + misses) as f64 * (n1 as f64) * (n2 as f64);
    Some(two_sided(gap / variance.sqrt()))
}

/// The size of a sample of single rows whose Wilson interval around `rate` would be this wide: what a sample of things
/// within rows is worth. `None` where no size gives that width.
///
/// With h half the width: h²(n + z²)² = z²(n·p(1 − p) + z²/4), solved for n + z².
pub fn wilson_effective_n(rate: f64, interval: Interval, z: f64) -> Option<f64> {
    let (half, square) = ((interval.high - interval.low) / 2.0, z * z);
    let spread = rate * (1.0 - rate);
    let (curve, slope, rest) = (half * half, square * spread, square * square * (0.25 - spread));
    let n = (slope + (slope * slope + 4.0 * curve * rest).sqrt()) / (2.0 * curve) - square;
    (n.is_finite() && n > 0.0).then_some(n)
}

/// [`two_proportion_p_value`] of rates with sizes that are not whole, such as effective ones.
pub fn z_test_of_rates((p1, n1): (f64, f64), (p2, n2): (f64, f64)) -> Option<f64> {
    let pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
    let error = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
    (error > 0.0).then(|| two_sided((p1 - p2) / error))
}

/// The range of a mean, such as handle time: x̄ ± z·s/√n with the n − 1 variance. `None` below two values.
pub fn mean_interval(moments: &Moments, z: f64) -> Option<Interval> {
    let half = z * (moments.variance()? / moments.n() as f64).sqrt();
    Interval::around(moments.mean()?, half)
}

/// The range of a product of two proportions, such as escalations that were needed and went well: MOVER on the
/// log of their limits (Zou and Donner 2008). `None` if a factor is 0.
///
/// p₁p₂·exp(−√(ln²(p₁/l₁) + ln²(p₂/l₂))) to p₁p₂·exp(√(ln²(u₁/p₁) + ln²(u₂/p₂))).
pub fn mover_product(p1: f64, limits1: Interval, p2: f64, limits2: Interval) -> Option<Interval> {
    if !(p1 > 0.0 && p2 > 0.0 && limits1.low > 0.0 && limits2.low > 0.0) {
        return None;
    }
    let down = root_sum(libm::log(p1 / limits1.low), libm::log(p2 / limits2.low));
    let up = root_sum(libm::log(limits1.high / p1), libm::log(limits2.high / p2));
    Interval::checked(p1 * p2 * libm::exp(-down), p1 * p2 * libm::exp(up))
}

/// The range of a difference of any two estimates from different contacts, each with its own interval: their
/// square-root combination (Zou and Donner 2008). Of two Wilson intervals it is [`newcombe`].
pub fn mover_difference((first, own): (f64, Interval), (second, other): (f64, Interval)) -> Option<Interval> {
    let down = root_sum(first - own.low, other.high - second);
    let up = root_sum(own.high - first, second - other.low);
    Interval::checked(first - second - down, first - second + up)
}

/// How likely a difference of two means at least this large would be if both were alike, by their standard errors.
/// `None` when both errors are nought.
pub fn normal_p_value(difference: f64, error: f64, other_error: f64) -> Option<f64> {
    let error = root_sum(error, other_error);
    (error > 0.0).then(|| two_sided(difference / error))
}

/// The range of a ratio of counts, such as tokens an outcome: r ± z·√v by the delta method over rows (Cochran
/// 1977, 6.3), v being [`Clusters::residual_variance`] over all of them. `None` below two rows.
///
/// With few rows the lower end can be negative: the data then does not even rule out zero.
pub fn delta_ratio(clusters: &Clusters, z: f64) -> Option<Interval> {
    let half = z * clusters.residual_variance(clusters.rows())?.sqrt();
    Interval::around(clusters.ratio()?, half)
}

fn root_sum(a: f64, b: f64) -> f64 {
    (a * a + b * b).sqrt()
}
