//! Several looks at the same pilot: how sure each must be, so that all of them together are wrong no more often than one
//! look would be.

use super::normal::{normal_quantile, normal_sf};
use std::f64::consts::PI;

/// No look asks for more than so many standard errors; beyond, a double has no digits left of how sure it is.
const MOST: f64 = 8.0;

/// How much of the error `alpha` (both tails) may be spent by the time this part of the information is in: the spending
/// function of Lan and `DeMets` (1983) that comes near O'Brien and Fleming's bounds, 2 − 2Φ(z(a/2)/√t), for each tail with
/// its own a = alpha/2.
pub fn obrien_fleming_spent(alpha: f64, information: f64) -> f64 {
    if information <= 0.0 {
        return 0.0;
    }
    let tail = -normal_quantile(alpha / 4.0);
    (4.0 * normal_sf(tail / information.min(1.0).sqrt())).min(alpha)
}

/// The standard errors that a difference must pass at each look, for looks at these parts of the information, in ascending
/// order. Symmetric: the same holds for either tail.
///
/// The recursion of Armitage and others (1969): how the sum of what is seen is distributed among pilots that no look
/// has ended yet is carried from look to look, by Gauss and Legendre's quadrature.
pub fn boundaries(alpha: f64, information: &[f64]) -> Vec<f64> {
    let mut bounds = Vec::with_capacity(information.len());
    let mut going_on: Option<Density> = None;
    let (mut spent, mut seen) = (0.0, 0.0);
    for (number, share) in information.iter().enumerate() {
        let may_be_spent = obrien_fleming_spent(alpha, *share);
        let step = (share - seen).sqrt();
        let bound = match &going_on {
            None => (-normal_quantile(may_be_spent / 2.0)).min(MOST),
            Some(density) => density.bound(may_be_spent - spent, *share, step),
        };
        bounds.push(bound);
        // The next kernel is as narrow as the next step; the sum has no finer grain than the narrower of the two.
        let next = information.get(number + 1).map_or(step, |next| (next - share).sqrt());
        let reach = bound * share.sqrt();
        let points = Points::between(reach, step.min(next));
        going_on = Some(match &going_on {
            None => Density::of(points, |x| bell(x / step) / step),
            Some(before) => Density::of(points, |x| before.after(x, step)),
        });
        (spent, seen) = (may_be_spent, *share);
    }
    bounds
}

fn bell(x: f64) -> f64 {
    libm::exp(-x * x / 2.0) / (2.0 * PI).sqrt()
}

/// How likely each sum is, and that no look has ended the pilot.
struct Density {
    /// Sum, and how much of the probability it stands for.
    masses: Vec<(f64, f64)>,
}

impl Density {
    fn of(points: Points, density: impl Fn(f64) -> f64) -> Self {
        Self { masses: points.0.into_iter().map(|(x, weight)| (x, weight * density(x))).collect() }
    }

    /// The density of the sum one step later.
    fn after(&self, x: f64, step: f64) -> f64 {
        self.masses.iter().map(|(from, mass)| mass * bell((x - from) / step) / step).sum()
    }

    /// The bound that lets this much of the probability out, at a look at this part of the information.
    fn bound(&self, lets_out: f64, share: f64, step: f64) -> f64 {
        let leaves = |bound: f64| -> f64 {
            let edge = bound * share.sqrt();
            let out = |x: f64| normal_sf((edge - x) / step) + normal_sf((edge + x) / step);
            self.masses.iter().map(|(x, mass)| mass * out(*x)).sum()
        };
        let (mut low, mut high) = (0.0, MOST);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if leaves(middle) > lets_out { low = middle } else { high = middle }
        }
        high
    }
}

/// Points and weights of a quadrature.
struct Points(Vec<(f64, f64)>);

impl Points {
    /// From −reach to reach, with enough points for what changes over the length `grain`.
    fn between(reach: f64, grain: f64) -> Self {
        const LEAST: usize = 40;
        const MOST_POINTS: usize = 400;
        let wanted = 6.0 * 2.0 * reach / grain;
        let many = (LEAST..MOST_POINTS).find(|n| *n as f64 >= wanted).unwrap_or(MOST_POINTS);
        Self((1..=many).map(|number| legendre_root(many, number)).map(|(x, w)| (x * reach, w * reach)).collect())
    }
}

/// A root of the Legendre polynomial of this degree and its weight, by Newton's steps.
fn legendre_root(degree: usize, number: usize) -> (f64, f64) {
    let n = degree as f64;
    let mut x = libm::cos(PI * (number as f64 - 0.25) / (n + 0.5));
    let mut slope = 1.0;
    for _ in 0..6 {
        let (mut before, mut here) = (1.0, x);
        for k in 2..=degree {
            let k = k as f64;
            (before, here) = (here, ((2.0 * k - 1.0) * x * here - (k - 1.0) * before) / k);
        }
        slope = n * (x * here - before) / (x * x - 1.0);
        x -= here / slope;
    }
    (x, 2.0 / ((1.0 - x * x) * slope * slope))
}
