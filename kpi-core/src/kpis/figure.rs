//! What a formula gives: a value with its evidence.

use super::kpi::Input;
use super::shared;
use crate::evidence::Interval;
use crate::input::Column;
use crate::tally::Measure;
use crate::units::ExactSum;

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
    pub key: String,
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
    /// What was divided, as decimal text.
    pub numerator: Option<String>,
    /// By what.
    pub denominator: Option<String>,
    /// How many observations it rests on.
    pub n: u64,
    /// Where the truth may lie.
    pub interval: Option<Interval>,
    /// How the interval was made.
    pub method: Option<&'static str>,
    /// How likely such a difference is by chance.
    pub p_value: Option<f64>,
    /// Doubts that the formula itself raises.
    pub flags: Vec<Flag>,
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
            flags: Vec::new(),
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
        figure.numerator = Some(sum.to_text());
        figure
    }

    /// A money quotient, rounded half-even to 6 places.
    pub fn money_per(sum: ExactSum, n: u64) -> Option<Self> {
        let value = sum.div_count(n)?;
        Some(Self::new(Reading::Money(value), n).over(sum.to_text(), n.to_string()))
    }

    /// With what was divided by what.
    #[must_use]
    pub fn over(mut self, numerator: String, denominator: String) -> Self {
        self.numerator = Some(numerator);
        self.denominator = Some(denominator);
        self
    }

    /// With its interval, if one is sound.
    #[must_use]
    pub fn within(mut self, interval: Option<Interval>, method: &'static str) -> Self {
        self.method = interval.map(|_| method);
        self.interval = interval;
        self
    }

    /// With a doubt.
    #[must_use]
    pub fn doubted(mut self, flag: Flag) -> Self {
        self.flags.push(flag);
        self
    }
}

/// A doubt about a figure (SPEC 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`Flag::says` says it")]
pub enum Flag {
    SmallSample,
    Immature,
    ResponseBias,
    MissingCostLayer,
    TooGood,
    LowCoverage,
    Unverified,
    Approximate,
    Blended,
    OpenBacklog,
    NotCausal,
    NoBaseline,
    NoRevenue,
    PerContactBaseline,
}

impl Flag {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SmallSample => "small_sample",
            Self::Immature => "immature",
            Self::ResponseBias => "response_bias",
            Self::MissingCostLayer => "missing_cost_layer",
            Self::TooGood => "too_good",
            Self::LowCoverage => "low_coverage",
            Self::Unverified => "unverified",
            Self::Approximate => "approximate",
            Self::Blended => "blended",
            Self::OpenBacklog => "open_backlog",
            Self::NotCausal => "not_causal",
            Self::NoBaseline => "no_baseline",
            Self::NoRevenue => "no_revenue",
            Self::PerContactBaseline => "per_contact_baseline",
        }
    }

    /// What it says to a person.
    pub const fn says(self) -> &'static str {
        match self {
            Self::SmallSample => {
                "fewer than 30 observations: the interval is wide, and the next week may say the opposite"
            }
            Self::Immature => {
                "over a fifth of the closed contacts are too young to tell whether the customer comes back"
            }
            Self::ResponseBias => "AI contacts answer surveys much more or much less often than people's contacts do",
            Self::MissingCostLayer => "at least one layer of cost has no data, so the true figure is higher",
            Self::TooGood => "better than the target's own scepticism line: check the data before celebrating",
            Self::LowCoverage => "under 5 % of the contacts were audited",
            Self::Unverified => "under half of what is called resolved has been shown to be",
            Self::Approximate => "from a sketch with a relative error of at most 0.4 %",
            Self::Blended => "mixes contacts of AI and of people, which are different populations",
            Self::OpenBacklog => "over a tenth of the contacts are still open and not in this figure",
            Self::NotCausal => "the groups differed before anybody served them, so the difference is no effect",
            Self::NoBaseline => "no cost before the AI is given, so savings are not in it",
            Self::NoRevenue => "no revenue is known, so it counts as nought",
            Self::PerContactBaseline => "compared with the old cost of a contact, not of a resolution",
        }
    }

    /// The columns whose being empty everywhere shows whether it holds.
    pub(super) fn asks_about(self) -> &'static [Column] {
        match self {
            Self::NoRevenue => &[Column::Revenue],
            _ => &[],
        }
    }

    /// The measures that show whether it holds of a figure with these inputs.
    pub(super) fn looks_at(self, inputs: &[Input]) -> Vec<Measure> {
        const IMMATURE: &[Measure] = &[Measure::Count(&shared::CLOSED), Measure::Count(&shared::MATURING)];
        const LOW_COVERAGE: &[Measure] = &[Measure::Count(&shared::CLOSED), Measure::Count(&shared::AUDITED)];
        const UNVERIFIED: &[Measure] = &[Measure::Count(&shared::CLAIMED_BY_AI), Measure::Count(&shared::VERIFIED)];
        const OPEN_BACKLOG: &[Measure] = &[Measure::Count(&shared::OPEN)];
        match self {
            Self::Immature => IMMATURE.to_vec(),
            Self::ResponseBias => {
                vec![Measure::Count(&shared::CLOSED), Measure::Count(shared::answers_to(inputs))]
            }
            Self::LowCoverage => LOW_COVERAGE.to_vec(),
            Self::Unverified => UNVERIFIED.to_vec(),
            Self::OpenBacklog => OPEN_BACKLOG.to_vec(),
            _ => Vec::new(),
        }
    }
}
