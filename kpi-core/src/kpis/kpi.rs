//! What a KPI is: one block that holds everything about a figure, from its formula to the way it misleads.

use super::cut::Cut;
use super::figure::{Figure, Flag};
use crate::input::Column;
pub use crate::tally::Population;
use crate::tally::{Binned, Breakdown, Count, Feature, Measure, Parts, Spread, Times};

/// What a value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the units of SPEC 4")]
pub enum Unit {
    Ratio,
    Count,
    Seconds,
    Minutes,
    Money,
    Score,
    Points,
    Tokens,
    PerHour,
    Fte,
    Distribution,
}

impl Unit {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Money => "money",
            Self::Score => "score",
            Self::Points => "points",
            Self::Tokens => "tokens",
            Self::PerHour => "per_hour",
            Self::Fte => "fte",
            Self::Distribution => "distribution",
        }
    }
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say themselves")]
pub enum Better {
    Higher,
    Lower,
    /// Neither: it describes.
    Neither,
}

impl Better {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }

    /// Which way it is to lie so far above what it is held against.
    pub fn course(self, difference: f64) -> Course {
        match self {
            Self::Higher if difference > 0.0 => Course::Better,
            Self::Lower if difference < 0.0 => Course::Better,
            Self::Higher | Self::Lower if difference != 0.0 => Course::Worse,
            _ => Course::Neither,
        }
    }
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// The good way.
    Better,
    /// The bad way.
    Worse,
    /// It has no good way, or went nowhere.
    Neither,
}

impl Course {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Neither => "neither",
        }
    }
}

/// The family a KPI belongs to; each has one file and one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they say themselves")]
pub enum Family {
    Volume,
    Escalation,
    Speed,
    Experience,
    Integrity,
    Cost,
    Revenue,
}

impl Family {
    /// Every family, in the order of the specification.
    pub const ALL: [Self; 7] =
        [Self::Volume, Self::Escalation, Self::Speed, Self::Experience, Self::Integrity, Self::Cost, Self::Revenue];

    /// The page's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Escalation => "escalation",
            Self::Speed => "speed",
            Self::Experience => "experience",
            Self::Integrity => "integrity",
            Self::Cost => "cost",
            Self::Revenue => "revenue",
        }
    }

    /// The page's title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Volume => "Volume and resolution",
            Self::Escalation => "Escalation",
            Self::Speed => "Speed",
            Self::Experience => "Experience",
            Self::Integrity => "AI integrity",
            Self::Cost => "Cost and value",
            Self::Revenue => "Revenue and feedback",
        }
    }
}

/// Whether a figure foretells or tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say themselves")]
pub enum Timing {
    Leading,
    Lagging,
}

impl Timing {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Lagging => "lagging",
        }
    }
}

/// The rung of the ladder a figure stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say themselves")]
pub enum Tier {
    Activity,
    Resolution,
    Revenue,
}

impl Tier {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Resolution => "resolution",
            Self::Revenue => "revenue",
        }
    }
}

/// A column, or a choice of columns, without which a figure says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// This column.
    One(Column),
    /// At least one of these.
    AnyOf(&'static [Column]),
    /// This column, but only for these populations.
    For(&'static [Population], Column),
    /// This column, but only where a service level has a target for the first response.
    ForResponseTargets(Column),
}

/// An option without which a figure cannot be computed, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say themselves")]
pub enum Need {
    BusinessHours,
    Sla,
    Every,
    BaselineCostPerContact,
    BaselineCostPerResolution,
    BaselineClosedPerAgent,
    ForecastCostPerResolution,
    Labor,
}

impl Need {
    /// The path of the option.
    pub const fn path(self) -> &'static str {
        match self {
            Self::BusinessHours => "business_hours",
            Self::Sla => "sla",
            Self::Every => "every",
            Self::BaselineCostPerContact => "baseline.cost_per_contact",
            Self::BaselineCostPerResolution => "baseline.cost_per_resolution",
            Self::BaselineClosedPerAgent => "baseline.closed_per_agent_per_week",
            Self::ForecastCostPerResolution => "forecast.cost_per_resolution",
            Self::Labor => "labor",
        }
    }
}

/// How a figure is computed from measures.
#[derive(Debug, Clone, Copy)]
pub enum Formula {
    /// How many contacts.
    Rows(&'static Count),
    /// A part of contacts out of a whole of contacts.
    Share {
        /// The part; always within the whole.
        part: &'static Count,
        /// The whole.
        whole: &'static Count,
    },
    /// Things counted within contacts, as a proportion.
    Proportion(&'static Parts),
    /// Things counted within contacts, as a ratio that may pass 1; `n` is how many contacts know both sides.
    RatioOf(&'static Parts),
    /// One part of contacts times another.
    Product {
        /// A part, and the whole it is within.
        first: (&'static Count, &'static Count),
        /// The same; where contacts ripen, it is these that do.
        second: (&'static Count, &'static Count),
    },
    /// The mean of a value.
    Mean(&'static Spread),
    /// The value that so many thousandths of the contacts do not pass.
    Quantile(&'static Times, u32),
    /// How contacts spread over a text.
    Breakdown(&'static Breakdown),
    /// How contacts spread over bins of [0, 1].
    Histogram(&'static Binned),
    /// Anything else, with the measures it uses.
    Other {
        /// What it uses.
        uses: &'static [Measure],
        /// The computation; nothing when there is nothing to divide by.
        by: fn(&Cut<'_>) -> Option<Figure>,
    },
}

impl Formula {
    /// What it is a quotient of within contacts, if that is all it is.
    pub(super) fn parts(&self) -> Option<&'static Parts> {
        match self {
            Self::Proportion(parts) | Self::RatioOf(parts) | Self::Other { uses: [Measure::Parts(parts)], .. } => {
                Some(parts)
            }
            _ => None,
        }
    }
}

/// A worked example: rows, and what must come out, computed by hand.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The tables as JSON.
    pub tables: &'static str,
    /// The options as JSON, `kpis` not needed.
    pub options: &'static str,
    /// How one gets there by hand.
    pub working: &'static str,
    /// Population and value as JSON text, of the total.
    pub expect: &'static [(Population, &'static str)],
}

/// What always holds of a figure, beside the laws of every figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// It lies from 0 to 1.
    WithinZeroAndOne,
    /// It lies from −1 to 1.
    WithinMinusOneAndOne,
    /// It is never negative.
    NotNegative,
    /// It lies between these bounds.
    Within(i64, i64),
    /// Its shares sum to 1.
    SharesSumToOne,
    /// Its counts over AI, people and AI-to-people sum to that over all.
    PopulationsAddUp,
    /// Together with these figures of the same population it makes 1.
    CompletesToOne(&'static [&'static str]),
    /// It is never above this figure of the same population.
    AtMost(&'static str),
    /// Anything else is possible.
    Unbounded,
}

/// One figure of the catalogue. No field has a default: a block without an answer does not compile.
#[derive(Debug, Clone, Copy)]
pub struct Kpi {
    /// The stable id.
    pub id: &'static str,
    /// What people read.
    pub name: &'static str,
    /// What else it is called.
    pub also_called: &'static [&'static str],
    /// The family.
    pub family: Family,
    /// What the figure means to a person.
    pub means: &'static str,
    /// When it misleads.
    pub misleads: &'static str,
    /// The formula in words.
    pub words: &'static str,
    /// The formula as a formula, in TeX.
    pub tex: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// Whose contacts it is computed for.
    pub populations: &'static [Population],
    /// Options it cannot do without, in the order in which they are asked for.
    pub needs: &'static [Need],
    /// Columns it cannot do without.
    pub inputs: &'static [Input],
    /// How it is computed.
    pub formula: Formula,
    /// Contacts that do not count yet but will: they make an undefined figure `immature`.
    pub ripening: Option<&'static Count>,
    /// Doubts that are looked for.
    pub doubts: &'static [Flag],
    /// Where it comes from.
    pub sources: &'static [&'static str],
    /// The views it stands in.
    pub views: &'static [&'static str],
    /// Whether it foretells or tells.
    pub timing: Timing,
    /// Its rung.
    pub tier: Tier,
    /// What published benchmarks say, in words.
    pub benchmark: Option<&'static str>,
    /// A worked example.
    pub example: Example,
    /// What always holds.
    pub laws: &'static [Law],
}

impl Kpi {
    /// Every measure it needs.
    pub fn measures(&self) -> Vec<Measure> {
        let mut measures = match self.formula {
            Formula::Rows(count) => vec![Measure::Count(count)],
            Formula::Share { part, whole } => vec![Measure::Count(part), Measure::Count(whole)],
            Formula::Proportion(parts) | Formula::RatioOf(parts) => vec![Measure::Parts(parts)],
            Formula::Product { first: (a, b), second: (c, d) } => [a, b, c, d].map(Measure::Count).to_vec(),
            Formula::Mean(spread) => vec![Measure::Spread(spread)],
            Formula::Quantile(times, _) => vec![Measure::Times(times)],
            Formula::Breakdown(breakdown) => vec![Measure::Breakdown(breakdown)],
            Formula::Histogram(binned) => vec![Measure::Binned(binned)],
            Formula::Other { uses, .. } => uses.to_vec(),
        };
        measures.extend(self.ripening.map(Measure::Count));
        measures.extend(self.doubts.iter().flat_map(|d| d.looks_at(self.inputs)));
        measures
    }

    /// Every column whose emptiness makes it undefined.
    pub fn input_columns(&self) -> impl Iterator<Item = Column> {
        self.inputs.iter().flat_map(|input| match input {
            Input::One(column) | Input::For(_, column) | Input::ForResponseTargets(column) => {
                std::slice::from_ref(column).iter().copied()
            }
            Input::AnyOf(columns) => columns.iter().copied(),
        })
    }

    /// Every column of which it matters whether any row has it: inputs, and what doubts ask about.
    pub fn asked_columns(&self) -> impl Iterator<Item = Column> {
        self.input_columns().chain(self.doubts.iter().flat_map(|d| d.asks_about()).copied())
    }

    /// Whether it is in the grand total only.
    pub fn in_total_only(&self) -> bool {
        self.family == Family::Revenue
    }

    /// Whether it needs a feature.
    pub fn wants(&self, feature: Feature) -> bool {
        self.measures().iter().any(|m| matches!(m, Measure::Feature(f) if *f == feature))
    }
}
