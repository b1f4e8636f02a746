//! The binomial distribution, and the ranks of a quantile and of its interval.

use std::f64::consts::PI;

use super::normal::normal_quantile;

/// A term this small beside the sum of those before changes nothing any more.
const NEGLIGIBLE: f64 = 1e-18;
/// Probabilities this close to a limit (relative) are on it: the sums below are exact to about 10⁻¹³.
const ON_THE_LIMIT: f64 = 1e-12;
/// So far from the normal distribution is worth walking.
const MOST_STEPS: u32 = 64;

/// How likely at most `k` of `n` are hits when each is one with probability `p`.
///
/// The probability of `k` by Loader's saddle point expansion (2000), then its neighbours by their ratios, away
/// from the mean, until they no longer count: some square root of n terms, each accurate.
pub fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    cdf(k, n, p, 1.0 - p)
}

/// The rank, from 1, of the quantile of `n` values: the smallest with at least p·n values at or below it.
///
/// `p_milli` is p in thousandths, 900 for 0.9: as a float, 0.9·n can land above the whole number that it is.
pub fn quantile_rank(n: u64, p_milli: u32) -> u64 {
    let thousandths = u128::from(n) * u128::from(p_milli.min(1000));
    // At most n, so it fits.
    u64::try_from(thousandths.div_ceil(1000)).unwrap_or(n).max(1)
}

/// The ranks, from 1, between which the true quantile lies with the given confidence, whatever the distribution.
///
/// With B ~ Binomial(n, p) and α = 1 − level: the largest l with P(B ≤ l − 1) ≤ α/2 and the smallest u with
/// P(B ≥ u) ≤ α/2. `None` unless both are ranks of the sample, and for a p or a level outside (0, 1).
/// (David and Nagaraja, *Order Statistics*, 7.1.)
pub fn order_statistic_ranks(n: u64, p_milli: u32, confidence_level: f64) -> Option<(u64, u64)> {
    Ranks::at(confidence_level).around(n, p_milli)
}

/// [`order_statistic_ranks`] of many samples at one confidence level.
#[derive(Debug, Clone, Copy)]
pub struct Ranks {
    /// How likely the true quantile may be beyond each of the limits.
    tail: f64,
    /// The normal value that is as likely not to be reached.
    normal: f64,
}

impl Ranks {
    /// At a confidence level.
    pub fn at(confidence_level: f64) -> Self {
        let tail = (1.0 - confidence_level) / 2.0;
        Self { tail, normal: normal_quantile(tail) }
    }

    /// The ranks around a quantile of `n` values, p in thousandths.
    pub fn around(self, n: u64, p_milli: u32) -> Option<(u64, u64)> {
        if !((1..1000).contains(&p_milli) && self.tail > 0.0 && self.tail < 0.5) {
            return None;
        }
        let (p, q) = (f64::from(p_milli) / 1000.0, f64::from(1000 - p_milli) / 1000.0);
        let lower = self.first_beyond(n, p, q);
        if lower == 0 {
            return None;
        }
        // Misses mirror hits: P(B ≥ u) is the probability of at most n − u misses.
        let from_above = if p_milli == 500 { lower } else { self.first_beyond(n, q, p) };
        (from_above >= 1).then(|| (lower, n - from_above + 1))
    }

    /// The smallest k with P(B ≤ k) > `tail`.
    fn first_beyond(self, n: u64, p: f64, q: f64) -> u64 {
        let limit = self.tail * (1.0 + ON_THE_LIMIT);
        self.walk(n, p, q, limit).unwrap_or_else(|| halve(n, p, q, limit))
    }

    /// From where the normal distribution puts it, step by step: each neighbour's probability follows from the last
    /// one's. Nothing where that is too far off, or too unlikely for a float to hold.
    fn walk(self, n: u64, p: f64, q: f64, limit: f64) -> Option<u64> {
        let mut k = self.guess(n, p, q);
        let mut here = probability(k, n, p, q);
        let mut up_to_here = here * sum_of_lower(k, n, p, q);
        for _ in 0..MOST_STEPS {
            if !here.is_normal() {
                return None;
            }
            if up_to_here <= limit {
                here *= p / q * ((n - k) as f64 / (k + 1) as f64);
                up_to_here += here;
                k += 1;
            } else if k > 0 && up_to_here - here > limit {
                up_to_here -= here;
                here *= q / p * (k as f64 / (n - k + 1) as f64);
                k -= 1;
            } else {
                return Some(k);
            }
        }
        None
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a guess; out of range it saturates")]
    fn guess(self, n: u64, p: f64, q: f64) -> u64 {
        let (size, middle) = (n as f64, n as f64 * p);
        ((middle + self.normal * (size * p * q).sqrt()) as u64).min(n)
    }
}

/// The smallest k with P(B ≤ k) > `limit`, by halving.
fn halve(n: u64, p: f64, q: f64, limit: f64) -> u64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if cdf(middle, n, p, q) > limit { high = middle } else { low = middle + 1 }
    }
    low
}

/// P(B ≤ k), summed on the side of the mean that `k` is on.
fn cdf(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if q <= 0.0 {
        return 0.0;
    }
    if k as f64 <= n as f64 * p { lower_tail(k, n, p, q) } else { 1.0 - lower_tail(n - k - 1, n, q, p) }
}

/// P(B ≤ k) for k not above the mean.
fn lower_tail(k: u64, n: u64, p: f64, q: f64) -> f64 {
    (probability(k, n, p, q) * sum_of_lower(k, n, p, q)).min(1.0)
}

/// P(B ≤ k) for k not above the mean, where each term is smaller than the one before, as a multiple of P(B = k).
fn sum_of_lower(k: u64, n: u64, p: f64, q: f64) -> f64 {
    let odds = q / p;
    let (mut term, mut sum) = (1.0, 1.0);
    for hits in (1..=k).rev() {
        term *= odds * (hits as f64 / (n - hits + 1) as f64);
        sum += term;
        if term < sum * NEGLIGIBLE {
            break;
        }
    }
    sum
}

/// P(B = k).
fn probability(k: u64, n: u64, p: f64, q: f64) -> f64 {
    let (hits, misses, size) = (k as f64, (n - k) as f64, n as f64);
    if k == 0 {
        return libm::exp(size * log_of_rest(q, p));
    }
    if k == n {
        return libm::exp(size * log_of_rest(p, q));
    }
    let correction = stirling_error(size) - stirling_error(hits) - stirling_error(misses);
    let distance = deviance(hits, size * p) + deviance(misses, size * q);
    libm::exp(correction - distance) * (size / (2.0 * PI * hits * misses)).sqrt()
}

/// ln of a probability, through its complement where that is the smaller.
fn log_of_rest(probability: f64, complement: f64) -> f64 {
    if complement < 0.5 { libm::log1p(-complement) } else { libm::log(probability) }
}

/// ln n! less Stirling's formula for it.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - libm::log(2.0 * PI) / 2.0;
    }
    let square = n * n;
    let series = 1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - series / square) / square) / n
}

/// x·ln(x/m) + m − x, without the cancellation when x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let (mut sum, mut power) = ((x - m) * v, 2.0 * x * v);
    for odd in 1..1000 {
        power *= v * v;
        let longer = sum + power / f64::from(2 * odd + 1);
        if longer.total_cmp(&sum).is_eq() {
            break;
        }
        sum = longer;
    }
    sum
}
