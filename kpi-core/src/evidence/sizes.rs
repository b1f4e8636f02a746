//! Sizes of samples: whether two groups have those they were meant to have, and how many contacts a question still needs.

use super::normal::normal_quantile;

/// χ² with one degree of freedom of two sizes against the share that the first was meant to have, and how likely it would be
/// at least as large by chance. `None` without contacts or with a share that leaves one group empty.
pub fn chi_square_of_sizes(first: u64, second: u64, share: f64) -> Option<(f64, f64)> {
    let all = first as f64 + second as f64;
    if all <= 0.0 || !(share > 0.0 && share < 1.0) {
        return None;
    }
    let off = first as f64 - all * share;
    let chi_square = off * off / (all * share * (1.0 - share));
    Some((chi_square, libm::erfc((chi_square / 2.0).sqrt())))
}

/// How sure a sample of the size that is named is to answer.
const POWER: f64 = 0.8;

/// How many observations a question needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Needed {
    /// So many.
    Observations(f64),
    /// What was seen lies on the line itself: no number of observations is sure to tell on which side.
    OnTheLine,
}

fn over(spread: f64, gap: f64) -> Needed {
    let root = spread / gap;
    if gap == 0.0 { Needed::OnTheLine } else { Needed::Observations(root * root) }
}

fn power() -> f64 {
    normal_quantile(POWER)
}

/// To tell, four times out of five, a proportion like this one from a line, at z standard errors:
/// ((z·√(line(1 − line)) + z₀.₈·√(p(1 − p)))/(p − line))².
pub fn size_for_proportion(rate: f64, line: f64, z: f64) -> Needed {
    let spread = |p: f64| (p * (1.0 - p)).max(0.0).sqrt();
    over(z * spread(line) + power() * spread(rate), rate - line)
}

/// The same of a mean with this standard deviation. Of any estimate with this standard error: how many times as many
/// observations as it rests on.
pub fn size_for_mean(deviation: f64, gap: f64, z: f64) -> Needed {
    over((z + power()) * deviation, gap)
}
