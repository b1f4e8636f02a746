//! Whether a distribution moved: the population stability index of bins, and Kolmogorov and Smirnov's test of values.

use std::cmp::Ordering;
use std::f64::consts::PI;

/// What is added to the count of each bin, on both sides, so that an empty one has a share too.
const HALF: f64 = 0.5;

/// The population stability index of counts in the same bins: Σ (p − q)·ln(p/q), the shares being those of the counts with
/// one half added to each bin. An empty bin so weighs as much as half a contact would, and not infinitely much. It is the
/// same whichever side is named first. `None` where the sides have no contact or unequal bins.
pub fn stability_index(a: &[u64], b: &[u64]) -> Option<f64> {
    let (all_a, all_b): (u64, u64) = (a.iter().sum(), b.iter().sum());
    if a.len() != b.len() || all_a == 0 || all_b == 0 {
        return None;
    }
    let more = a.len() as f64 * HALF;
    let terms = a.iter().zip(b).map(|(a, b)| {
        let (p, q) = ((*a as f64 + HALF) / (all_a as f64 + more), (*b as f64 + HALF) / (all_b as f64 + more));
        (p - q) * (libm::log(p) - libm::log(q))
    });
    Some(terms.sum())
}

/// The index that only one of twenty pairs of samples of these sizes passes by chance, when nothing moved: the 95th
/// percentile of χ² with one degree of freedom less than there are bins, times 1/n + 1/m (Yurdakul and Naranjo 2020).
/// Known for ten bins only.
pub fn stability_index_by_chance(n: u64, m: u64) -> Option<f64> {
    /// Of nine degrees of freedom.
    const CHI_SQUARE: f64 = 16.918_977_604_620_45;
    (n > 0 && m > 0).then(|| CHI_SQUARE * (1.0 / n as f64 + 1.0 / m as f64))
}

/// How far two samples lie apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// The largest distance between the shares of values up to any value.
    pub statistic: f64,
    /// How likely it would be at least as large if both came from one distribution; of many contacts.
    pub p_value: f64,
    /// How many different values there are on both sides together. Where they are few, the p-value is too large rather than
    /// too small.
    pub distinct: u64,
}

/// Kolmogorov and Smirnov's test of two samples, each in ascending order, by the distribution of its limit. `None` where one
/// is empty.
pub fn kolmogorov_smirnov<T: Ord>(a: &[T], b: &[T]) -> Option<Shift> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (n, m) = (a.len() as u128, b.len() as u128);
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let (mut below_a, mut below_b, mut most, mut distinct) = (0_u128, 0_u128, 0_u128, 0);
    while let Some(least) = least_of(left.peek().copied(), right.peek().copied()) {
        // All that are alike are passed at once: within them there is no distance.
        while left.next_if(|value| *value == least).is_some() {
            below_a += 1;
        }
        while right.next_if(|value| *value == least).is_some() {
            below_b += 1;
        }
        // Over the common denominator, in whole numbers.
        most = most.max((below_a * m).abs_diff(below_b * n));
        distinct += 1;
    }
    let statistic = most as f64 / (n * m) as f64;
    let size = (n as f64) * (m as f64) / (n + m) as f64;
    Some(Shift { statistic, p_value: kolmogorov_sf(statistic * size.sqrt()), distinct })
}

fn least_of<'v, T: Ord>(one: Option<&'v T>, other: Option<&'v T>) -> Option<&'v T> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if a.cmp(b) == Ordering::Greater { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// How likely Kolmogorov's limit is to be above `x`: 2·Σ (−1)^(k−1)·e^(−2k²x²), or near nought one less the same as a sum
/// that converges there.
pub fn kolmogorov_sf(x: f64) -> f64 {
    const TERMS: i32 = 8;
    if x <= 0.0 {
        return 1.0;
    }
    if x < 1.0 {
        let term = |k: i32| libm::exp(-f64::from((2 * k - 1) * (2 * k - 1)) * PI * PI / (8.0 * x * x));
        return 1.0 - (2.0 * PI).sqrt() / x * (1..=TERMS).map(term).sum::<f64>();
    }
    let term = |k: i32| {
        let size = libm::exp(-2.0 * f64::from(k * k) * x * x);
        if k % 2 == 1 { size } else { -size }
    };
    (2.0 * (1..=TERMS).map(term).sum::<f64>()).clamp(0.0, 1.0)
}
