//! Has the AI's confidence moved? When it does, accuracy is about to: the shape of it against that of another time or model.

use super::sides::{Side, SideFound, count_sides, nobody, reading};
use crate::error::{Code, Error, Result};
use crate::evidence::{Shift, kolmogorov_smirnov, stability_index, stability_index_by_chance};
use crate::input::{Column, Limits, Tables};
use crate::kpis::{Population, Reading, Size, find};
use crate::options::{Options, Quantiles};
use crate::report::Value;
use crate::tally::{Measure, Sample, Sides, Tally, TimeScale, Times};
use crate::units::Instant;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The figure whose bins are compared.
const HISTOGRAM: &str = "confidence_histogram";

/// Each value, as the bits of its double; those sort as the values do, since none is negative.
static CONFIDENCES: Times = Times {
    name: "confidences",
    rows: |r| r.known(Column::Confidence),
    values: |r, _| r.bits_of_doubles(Column::Confidence),
    scale: TimeScale::MillisecondBits,
    reads: &[Column::Confidence],
};

/// Whose confidence is held against whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriftAsk {
    /// What is now.
    pub a: Side,
    /// What it is held against.
    pub b: Side,
    /// Whose contacts; default `ai_fronted`.
    #[serde(default)]
    pub population: Option<String>,
}

impl DriftAsk {
    /// The options by which rows are to be read from JSON or CSV, so that every column that a side asks for is kept.
    #[must_use]
    pub fn options_for_reading(&self, options: &Options) -> Options {
        reading(options, [&self.a, &self.b])
    }
}

/// How far a distribution moved, by the usual thresholds of the population stability index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftClass {
    /// Under 0.1.
    Stable,
    /// From 0.1 up to 0.25: look what changed.
    Moderate,
    /// 0.25 and above: another distribution.
    Large,
}

impl DriftClass {
    fn of(index: f64) -> Self {
        if index < 0.1 {
            Self::Stable
        } else if index < 0.25 {
            Self::Moderate
        } else {
            Self::Large
        }
    }

    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Moderate => "moderate",
            Self::Large => "large",
        }
    }
}

/// One bin on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct DriftBin {
    /// Its bounds, such as `0.9-1.0`.
    pub key: String,
    /// Contacts of `a` in it.
    pub a: u64,
    /// Contacts of `b` in it.
    pub b: u64,
    /// Its part of all of `a`.
    pub share_a: f64,
    /// Its part of all of `b`.
    pub share_b: f64,
}

/// The population stability index and what it says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stability {
    /// One half is added to each count, so an empty bin makes it large and not infinite.
    pub index: f64,
    /// By the usual thresholds, which know nothing of how many contacts there are.
    pub class: DriftClass,
    /// What only one of twenty pairs of samples of these sizes passes by chance when nothing moved. Up to it the class says
    /// nothing: of a few dozen contacts even one distribution looks like two.
    pub by_chance: f64,
}

impl Stability {
    /// Whether chance alone is a poor explanation.
    pub fn is_beyond_chance(&self) -> bool {
        self.index > self.by_chance
    }
}

/// How the confidence of one side lies to that of the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// Of the verdict on the test.
    pub confidence_level: f64,
    /// Whose contacts.
    pub population: Population,
    /// What is now.
    pub a: SideFound,
    /// What it is held against.
    pub b: SideFound,
    /// Contacts of `a` whose confidence is known.
    pub n_a: u64,
    /// Contacts of `b` whose confidence is known.
    pub n_b: u64,
    /// Bin by bin; empty where one side has no confidence.
    pub bins: Vec<DriftBin>,
    /// By bins; nothing where one side has no confidence.
    pub stability: Option<Stability>,
    /// By values; nothing where one side has no confidence.
    pub shift: Option<Shift>,
}

/// Holds the confidence of one side against that of the other.
///
/// # Errors
/// As [`super::compare()`], and when the population has no confidence.
pub fn drift(tables: &Tables<'_>, options: &Options, ask: &DriftAsk, limits: &Limits) -> Result<Drift> {
    let population = population(ask.population.as_deref())?;
    // A sketch has no values to test.
    let asked = Options { kpis: Some(vec![HISTOGRAM.into()]), quantiles: Quantiles::Exact, ..options.clone() };
    let sides = [("a", &ask.a), ("b", &ask.b)];
    let (mut beside, found) = count_sides(tables, &asked, &sides, &[Measure::Times(&CONFIDENCES)], limits)?;
    let [a, b] = <[SideFound; 2]>::try_from(found).map_err(|_| nobody())?;
    let values = [0, 1].map(|side| values_of(&beside.tally, side, population));
    let groups = beside.figures(options.confidence_level)?;
    let counts = |side: usize| groups.get(side)?.as_ref()?.value(HISTOGRAM, population).map(counted);
    let bins = bins(&counts(0).unwrap_or_default(), &counts(1).unwrap_or_default());
    let (of_a, of_b): (Vec<u64>, Vec<u64>) = bins.iter().map(|bin| (bin.a, bin.b)).unzip();
    let [n_a, n_b] = values.each_ref().map(|values| values.len() as u64);
    let index = stability_index(&of_a, &of_b).zip(stability_index_by_chance(n_a, n_b));
    Ok(Drift {
        as_of: beside.tally.options.as_of,
        confidence_level: options.confidence_level,
        population,
        a,
        b,
        n_a,
        n_b,
        bins,
        stability: index.map(|(index, by_chance)| Stability { index, class: DriftClass::of(index), by_chance }),
        shift: kolmogorov_smirnov(&values[0], &values[1]),
    })
}

fn population(asked: Option<&str>) -> Result<Population> {
    let known: &[Population] = find(HISTOGRAM).map_or(&[], |kpi| kpi.populations);
    let name = asked.unwrap_or(Population::AiFronted.name());
    known.iter().copied().find(|population| population.name() == name).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|population| population.name()).collect();
        let text = format!("`population` is \"{name}\"; the AI's confidence is known of {}.", names.join(", "));
        Error::new(Code::InvalidOption, text)
    })
}

/// Every confidence of a side, in order.
fn values_of(tally: &Tally, side: usize, population: Population) -> Vec<i64> {
    let Some(place) = tally.plan.times.iter().position(|times| times.name == CONFIDENCES.name) else {
        return Vec::new();
    };
    let groups = tally.groups.iter().filter(|((combination, _), _)| Sides::named(combination) == Some(side));
    let mut all = Sample::new(false);
    for (_, group) in groups {
        for handling in population.handlings() {
            if let Some(sample) = group.cells.get(*handling).and_then(|cell| cell.times.get(place)) {
                all.merge(sample);
            }
        }
    }
    all.sorted()
}

fn counted(value: &Value) -> Vec<(String, u64)> {
    let Ok(Reading::Shares(shares)) = &value.value else { return Vec::new() };
    let count = |size: &Size| if let Size::Count(n) = size { *n } else { 0 };
    shares.iter().map(|share| (share.key.clone().into_owned(), count(&share.size))).collect()
}

fn bins(a: &[(String, u64)], b: &[(String, u64)]) -> Vec<DriftBin> {
    let all = |bins: &[(String, u64)]| bins.iter().map(|(_, n)| n).sum::<u64>() as f64;
    let (all_a, all_b) = (all(a), all(b));
    let bin = |((key, a), (_, b)): (&(String, u64), &(String, u64))| DriftBin {
        key: key.clone(),
        a: *a,
        b: *b,
        share_a: *a as f64 / all_a,
        share_b: *b as f64 / all_b,
    };
    a.iter().zip(b).map(bin).collect()
}

impl Drift {
    /// Whether the test of values finds a shift.
    pub fn is_distinguishable(&self) -> Option<bool> {
        self.shift.map(|shift| shift.p_value < 1.0 - self.confidence_level)
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let bin = |bin: &DriftBin| json!({"key": bin.key, "a": bin.a, "b": bin.b, "share_a": bin.share_a, "share_b": bin.share_b});
        let bins: Vec<serde_json::Value> = self.bins.iter().map(bin).collect();
        json!({
            "schema": "supportkpi.drift/1",
            "as_of": self.as_of,
            "confidence_level": self.confidence_level,
            "population": self.population.name(),
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "n_a": self.n_a,
            "n_b": self.n_b,
            "bins": bins,
            "psi": self.stability.map(|found| json!({
                "index": found.index,
                "class": found.class.name(),
                "by_chance": found.by_chance,
                "beyond_chance": found.is_beyond_chance(),
            })),
            "kolmogorov_smirnov": self.shift.map(|found| json!({
                "statistic": found.statistic,
                "p_value": found.p_value,
                "distinct": found.distinct,
            })),
            "distinguishable": self.is_distinguishable(),
        })
        .to_string()
    }
}
