//! Doubts about a figure: what each says, and a set of them.

use super::kpi::Input;
use super::shared;
use crate::input::Column;
use crate::tally::Measure;
use std::fmt;

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
    /// Every flag, in the order in which a value lists them.
    pub const ALL: [Self; 14] = [
        Self::SmallSample,
        Self::Immature,
        Self::ResponseBias,
        Self::MissingCostLayer,
        Self::TooGood,
        Self::LowCoverage,
        Self::Unverified,
        Self::Approximate,
        Self::Blended,
        Self::OpenBacklog,
        Self::NotCausal,
        Self::NoBaseline,
        Self::NoRevenue,
        Self::PerContactBaseline,
    ];

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

/// Doubts about a figure, each once and in the order of [`Flag::ALL`].
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags(u16);

impl Flags {
    /// No doubt.
    pub const NONE: Self = Self(0);

    const fn bit(flag: Flag) -> u16 {
        1 << flag as u16
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this one is among them.
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & Self::bit(flag) != 0
    }

    /// With one more.
    #[must_use]
    pub const fn with(self, flag: Flag) -> Self {
        Self(self.0 | Self::bit(flag))
    }

    /// Those of either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        // Each step takes the lowest bit away.
        let bits = std::iter::successors(Some(self.0), |bits| Some(bits & bits.wrapping_sub(1)));
        bits.map_while(|bits| Flag::ALL.get(bits.trailing_zeros() as usize).copied())
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        flags.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_each_doubt_once_and_in_order() {
        assert!(Flag::ALL.is_sorted() && Flag::ALL.iter().all(|flag| Flags::NONE.with(*flag).has(*flag)));
        let some: Flags = [Flag::PerContactBaseline, Flag::SmallSample, Flag::PerContactBaseline].into_iter().collect();
        assert_eq!(some.iter().collect::<Vec<_>>(), [Flag::SmallSample, Flag::PerContactBaseline]);
        assert!(!some.has(Flag::Blended) && some.and(Flags::NONE).is_empty() && Flags::NONE.or(some) == some);
        assert_eq!(format!("{some:?}"), "{SmallSample, PerContactBaseline}");
        assert_eq!(Flags::from_iter(Flag::ALL).iter().count(), Flag::ALL.len());
    }
}
