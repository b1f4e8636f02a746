//! Draws of inputs that nobody knows exactly: the same on every platform.

use super::super::problems::{Problems, plain};
use super::inputs::Input;
use crate::units::Amount;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Where an input may lie, and where rather.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case", deny_unknown_fields)]
pub enum Draw {
    /// Anywhere between two ends alike.
    Uniform {
        /// The least.
        low: Decimal,
        /// The most.
        high: Decimal,
    },
    /// Rising in a straight line to what is likely, and falling behind it.
    Triangular {
        /// The least.
        low: Decimal,
        /// What is likely.
        likely: Decimal,
        /// The most.
        high: Decimal,
    },
    /// A smooth hill (a beta distribution whose mean counts what is likely four times); ends are rarer than in a triangle.
    Pert {
        /// The least.
        low: Decimal,
        /// What is likely.
        likely: Decimal,
        /// The most.
        high: Decimal,
    },
}

impl Draw {
    const fn ends(self) -> (Decimal, Decimal, Decimal) {
        match self {
            Self::Uniform { low, high } => (low, low, high),
            Self::Triangular { low, likely, high } | Self::Pert { low, likely, high } => (low, likely, high),
        }
    }

    /// What is wrong with it for this input.
    pub(super) fn check(self, input: &Input, wrong: &mut Problems) {
        let (low, likely, high) = self.ends();
        wrong.within(&format!("draws.{}.low", input.id), low, input.low, input.high);
        wrong.within(&format!("draws.{}.high", input.id), high, input.low, input.high);
        wrong.unless(low <= likely && likely <= high, || {
            format!(
                "`draws.{}` goes from {} over {} to {}; each must not be below the one before",
                input.id,
                plain(low),
                plain(likely),
                plain(high)
            )
        });
    }
}

/// A draw that is ready to be made often: where a part of all chances lies below.
pub(super) enum Quantile {
    Uniform {
        low: f64,
        width: f64,
    },
    Triangular {
        low: f64,
        width: f64,
        peak: f64,
    },
    /// The chances below so many evenly spaced places.
    Table {
        low: f64,
        width: f64,
        below: Vec<f64>,
    },
}

/// Steps of the table of a hill; its quantiles are right to about a hundred-thousandth of the width.
const STEPS: u32 = 1024;

impl Quantile {
    pub fn of(draw: Draw) -> Self {
        let number = |value: Decimal| Amount::from_decimal(value).to_f64();
        let (low, likely, high) = draw.ends();
        let (low, width) = (number(low), number(high - low));
        // Ends that are one leave nothing to be drawn.
        let peak = if width > 0.0 { (number(likely) - low) / width } else { 0.0 };
        match draw {
            Draw::Pert { .. } if width > 0.0 => Self::Table { low, width, below: hill(peak) },
            Draw::Triangular { .. } if width > 0.0 => Self::Triangular { low, width, peak },
            _ => Self::Uniform { low, width },
        }
    }

    /// The value below which lies this part of all chances.
    pub fn at(&self, chance: f64) -> f64 {
        match self {
            Self::Uniform { low, width } => low + width * chance,
            Self::Triangular { low, width, peak } if chance < *peak => low + width * libm::sqrt(chance * peak),
            Self::Triangular { low, width, peak } => low + width * (1.0 - libm::sqrt((1.0 - chance) * (1.0 - peak))),
            Self::Table { low, width, below } => low + width * looked_up(below, chance),
        }
    }
}

/// The chances below each of evenly spaced places of a beta distribution of 1 + 4·peak and 5 − 4·peak, by Simpson's rule.
fn hill(peak: f64) -> Vec<f64> {
    let (rise, fall) = (4.0 * peak, 4.0 - 4.0 * peak);
    let density = |x: f64| libm::pow(x, rise) * libm::pow(1.0 - x, fall);
    let place = |step: f64| density(step / f64::from(STEPS));
    let mut below = vec![0.0];
    let mut sum = 0.0;
    for step in 0..STEPS {
        let from = f64::from(step);
        sum += place(from) + 4.0 * place(from + 0.5) + place(from + 1.0);
        below.push(sum);
    }
    below.iter().map(|part| part / sum).collect()
}

fn looked_up(below: &[f64], chance: f64) -> f64 {
    let above = below.partition_point(|part| *part <= chance).clamp(1, below.len() - 1);
    let ends = below.get(above - 1).zip(below.get(above));
    let part = ends.map_or(0.0, |(low, high)| if high > low { (chance - low) / (high - low) } else { 0.0 });
    ((above - 1) as f64 + part) / f64::from(STEPS)
}

/// Numbers that look like chance and are the same for the same seed: `SplitMix64` (Steele, Lea and Flood 2014).
pub(super) struct Dice(u64);

impl Dice {
    /// A stream of its own for each input, so that a draw of another input changes nothing about this one's.
    pub fn of(seed: u64, id: &str) -> Self {
        id.bytes().fold(Self(seed), |dice, byte| Self(mixed(dice.0 ^ u64::from(byte))))
    }

    /// Above 0 and below 1, in steps of 2⁻⁵³.
    pub fn throw(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        ((mixed(self.0) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }
}

fn mixed(state: u64) -> u64 {
    let once = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    twice ^ (twice >> 31)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_are_those_of_the_paper() {
        // SplitMix64 of the seed 1234567, as published with xoshiro by Blackman and Vigna.
        let mut dice = Dice(1_234_567);
        let drawn: Vec<u64> = (0..3)
            .map(|_| {
                dice.throw();
                mixed(dice.0)
            })
            .collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn quantiles_are_those_of_scipy() {
        let d = |x: i64| Decimal::new(x, 1);
        let pert = Quantile::of(Draw::Pert { low: d(20), likely: d(30), high: d(70) });
        let triangle = Quantile::of(Draw::Triangular { low: d(20), likely: d(30), high: d(70) });
        // 2 + 5 * scipy.stats.beta.ppf(p, 1 + 4 * 0.2, 5 - 4 * 0.2) and scipy.stats.triang.ppf(p, 0.2, 2, 5)
        for (p, of_beta, of_triangle) in SCIPY {
            assert!((pert.at(p) - of_beta).abs() < 1e-4, "{} instead of {of_beta}", pert.at(p));
            assert!((triangle.at(p) - of_triangle).abs() < 1e-12, "{}", triangle.at(p));
        }
    }

    const SCIPY: [(f64, f64, f64); 5] = [
        (0.001, 2.031_569_870_839_235, 2.070_710_678_118_654_6),
        (0.1, 2.449_510_652_296_208_2, 2.707_106_781_186_548),
        (0.5, 3.383_361_296_962_594_4, 3.837_722_339_831_620_5),
        (0.9, 4.726_670_252_167_91, 5.585_786_437_626_905),
        (0.999, 6.287_757_843_693_392_5, 6.858_578_643_762_691),
    ];
}
