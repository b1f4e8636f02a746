//! What a formula gives: a value with its evidence.

pub use super::flag::{Flag, Flags};
pub use super::quantity::Quantity;
use crate::evidence::Interval;
use crate::units::ExactSum;
use std::borrow::Cow;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A ratio, mean or statistic.
    Number(f64),
    /// A count.
    Count(u64),
    /// Money, all digits kept.
    Money(ExactSum),
    /// A distribution.
    Shares(Vec<Share>),
}

/// One entry of a distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What it is of.
    pub key: Cow<'static, str>,
    /// How many, or how much.
    pub size: Size,
    /// Out of the whole.
    pub share: f64,
}

/// The size of one entry of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    /// How many.
    Count(u64),
    /// How much money.
    Amount(ExactSum),
}

/// What a formula gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The value.
    pub value: Reading,
    /// What was divided.
    pub numerator: Option<Quantity>,
    /// By what.
    pub denominator: Option<Quantity>,
    /// How many observations it rests on.
    pub n: u64,
    /// Where the truth may lie.
    pub interval: Option<Interval>,
    /// How the interval was made.
    pub method: Option<&'static str>,
    /// How likely such a difference is by chance.
    pub p_value: Option<f64>,
    /// Doubts that the formula itself raises.
    pub flags: Flags,
}

impl Figure {
    /// A value that rests on `n` observations, with no evidence yet.
    pub fn new(value: Reading, n: u64) -> Self {
        Self {
            value,
            numerator: None,
            denominator: None,
            n,
            interval: None,
            method: None,
            p_value: None,
            flags: Flags::NONE,
        }
    }

    /// The value, if it is a ratio, mean or statistic.
    pub fn as_number(&self) -> Option<f64> {
        if let Reading::Number(value) = self.value { Some(value) } else { None }
    }

    /// A number.
    pub fn number(value: f64, n: u64) -> Self {
        Self::new(Reading::Number(value), n)
    }

    /// A sum of money: rounded to 6 places for the value, all digits in the numerator.
    pub fn money(sum: ExactSum, n: u64) -> Self {
        let mut figure = Self::new(Reading::Money(sum.round_to(6)), n);
        figure.numerator = Some(sum.into());
        figure
    }

    /// A money quotient, rounded half-even to 6 places.
    pub fn money_per(sum: ExactSum, n: u64) -> Option<Self> {
        let value = sum.div_count(n)?;
        Some(Self::new(Reading::Money(value), n).over(sum, n))
    }

    /// With what was divided by what.
    #[must_use]
    pub fn over(mut self, numerator: impl Into<Quantity>, denominator: impl Into<Quantity>) -> Self {
        self.numerator = Some(numerator.into());
        self.denominator = Some(denominator.into());
        self
    }

    /// With its interval, if one is sound.
    #[must_use]
    pub fn within(mut self, interval: Option<Interval>, method: &'static str) -> Self {
        self.method = interval.map(|_| method);
        self.interval = interval;
        self
    }
}
