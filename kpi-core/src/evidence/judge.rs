//! What a rate is when a model judged it that is itself sometimes wrong.

use super::intervals::Interval;

/// How a judge did on a sample that people labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judge {
    /// People say yes, and so does the judge.
    pub true_positives: u64,
    /// People say yes, the judge says no.
    pub false_negatives: u64,
    /// People say no, and so does the judge.
    pub true_negatives: u64,
    /// People say no, the judge says yes.
    pub false_positives: u64,
}

impl Judge {
    /// What people say yes to.
    pub const fn positives(&self) -> u64 {
        self.true_positives.saturating_add(self.false_negatives)
    }

    /// What people say no to.
    pub const fn negatives(&self) -> u64 {
        self.true_negatives.saturating_add(self.false_positives)
    }

    /// The part of what people say yes to that the judge says yes to.
    pub fn sensitivity(&self) -> Option<f64> {
        (self.positives() > 0).then(|| self.true_positives as f64 / self.positives() as f64)
    }

    /// The part of what people say no to that the judge says no to.
    pub fn specificity(&self) -> Option<f64> {
        (self.negatives() > 0).then(|| self.true_negatives as f64 / self.negatives() as f64)
    }

    /// Whether it says yes more often to what people say yes to: sensitivity and specificity together are above 1.
    pub fn is_better_than_chance(&self) -> bool {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        product(self.true_positives, self.negatives()) > product(self.false_positives, self.positives())
    }
}

/// A rate with the judge's errors taken out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrected {
    /// What the formula gives; the judge's sample and chance can take it below 0 or above 1.
    pub unclamped: f64,
    /// The same within 0 and 1.
    pub rate: f64,
    /// Where the true rate may lie, with the errors of all three samples in it.
    pub interval: Option<Interval>,
}

impl Corrected {
    /// Whether the formula gave something that no rate can be. The judge's labelled sample is then not like the rest, too
    /// small, or the true rate lies near the end that is shown.
    pub fn is_clamped(&self) -> bool {
        !(0.0..=1.0).contains(&self.unclamped)
    }
}

/// Rogan and Gladen's estimate (1978): (p + specificity − 1)/(sensitivity + specificity − 1), p being the rate that the judge
/// found in `n` rows, with Lang and Reiczigel's interval (2014). `n` need not be whole, since answers of one conversation are
/// worth fewer rows. `None` where the judge is no better than chance, or any sample is empty.
///
/// The interval adds z²/2 hits in z² rows to the rate and one hit in two rows to either sample of the judge, moves the
/// estimate by what that biases, and then takes the delta method's error; the plain delta method claims too much where a
/// judge made no mistake in a small sample.
pub fn rogan_gladen(rate: f64, n: f64, judge: &Judge, z: f64) -> Option<Corrected> {
    let (sensitivity, specificity) = (judge.sensitivity()?, judge.specificity()?);
    if !(n > 0.0 && (0.0..=1.0).contains(&rate) && judge.is_better_than_chance()) {
        return None;
    }
    let unclamped = (rate + specificity - 1.0) / (sensitivity + specificity - 1.0);
    Some(Corrected { unclamped, rate: unclamped.clamp(0.0, 1.0), interval: limits(rate, n, judge, z) })
}

fn limits(rate: f64, n: f64, judge: &Judge, z: f64) -> Option<Interval> {
    let square = z * z;
    let (rows, yes, no) = (n + square, judge.positives() as f64 + 2.0, judge.negatives() as f64 + 2.0);
    let found = (rate * n + square / 2.0) / rows;
    let sensitivity = (judge.true_positives as f64 + 1.0) / yes;
    let specificity = (judge.true_negatives as f64 + 1.0) / no;
    let youden = sensitivity + specificity - 1.0;
    if !(youden > 0.0 && square.is_finite()) {
        return None;
    }
    let middle = (found + specificity - 1.0) / youden;
    let of_sensitivity = sensitivity * (1.0 - sensitivity) / yes;
    let of_specificity = specificity * (1.0 - specificity) / no;
    let moved = 2.0 * square * (middle * of_sensitivity - (1.0 - middle) * of_specificity);
    let variance = found * (1.0 - found) / rows
        + middle * middle * of_sensitivity
        + (1.0 - middle) * (1.0 - middle) * of_specificity;
    let half = z * variance.sqrt() / youden;
    let end = |at: f64| at.clamp(0.0, 1.0);
    Some(Interval { low: end(middle + moved - half), high: end(middle + moved + half) })
}
