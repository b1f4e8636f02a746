//! The normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

/// How likely a standard normal value is to be at most `x`.
pub fn normal_cdf(x: f64) -> f64 {
    libm::erfc(-x * FRAC_1_SQRT_2) / 2.0
}

/// How likely a standard normal value is to be above `x`; keeps its digits far out, where 1 − cdf has none.
pub fn normal_sf(x: f64) -> f64 {
    libm::erfc(x * FRAC_1_SQRT_2) / 2.0
}

/// How likely a standard normal value is to be at least so far from nought, on either side.
pub fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * FRAC_1_SQRT_2)
}

/// The value that a standard normal one stays below with probability `p`; infinite at and beyond 0 and 1.
///
/// Abramowitz and Stegun 26.2.23 to start with (within 4.5·10⁻⁴), then Halley's steps, which triple the digits.
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() {
        return p;
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // Above one half 1 − p is exact, so the two tails mirror each other to the last bit.
    if p > 0.5 { -lower_quantile(1.0 - p) } else { lower_quantile(p) }
}

/// z of a two-sided interval: 1.96 for a level of 0.95. Infinite, and then there is no interval, for a level that
/// is not between 0 and 1.
pub fn z_for(confidence_level: f64) -> f64 {
    let sound = confidence_level > 0.0 && confidence_level < 1.0;
    // From the tail, since 1 − tail has fewer digits.
    if sound { -normal_quantile((1.0 - confidence_level) / 2.0) } else { f64::INFINITY }
}

/// The quantile for p in (0, 0.5].
fn lower_quantile(p: f64) -> f64 {
    let t = (-2.0 * libm::log(p)).sqrt();
    let top = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let bottom = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let start = top / bottom - t;
    (0..3).fold(start, |x, _| {
        let step = excess(x, p) * (2.0 * PI).sqrt() * libm::exp(x * x / 2.0);
        x - step / (1.0 + x * step / 2.0)
    })
}

/// cdf(x) − p, measured from the nearer of the tail and the middle.
fn excess(x: f64, p: f64) -> f64 {
    if p < 0.25 { normal_cdf(x) - p } else { libm::erf(x / SQRT_2) / 2.0 - (p - 0.5) }
}
