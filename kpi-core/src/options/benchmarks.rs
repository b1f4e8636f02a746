//! Where others stand: sets of ranges by which a figure is judged, as data. Three are built in, and a user's own has the
//! same form.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A range of values, open or closed at either end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Range {
    /// At least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Decimal>,
    /// Over this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Decimal>,
    /// At most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Decimal>,
    /// Under this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Decimal>,
}

impl Range {
    /// Whether a value lies in it.
    pub fn holds(&self, value: f64) -> bool {
        !self.is_below(value) && !self.is_above(value)
    }

    /// Whether a value lies under all of it.
    pub fn is_below(&self, value: f64) -> bool {
        number(self.from).is_some_and(|from| value < from) || number(self.above).is_some_and(|above| value <= above)
    }

    /// Whether a value lies over all of it.
    pub fn is_above(&self, value: f64) -> bool {
        number(self.to).is_some_and(|to| value > to) || number(self.below).is_some_and(|below| value >= below)
    }

    /// What is wrong with it, if anything is.
    fn problem(&self) -> Option<&'static str> {
        let (low, high) = (self.from.or(self.above), self.to.or(self.below));
        if low.is_none() && high.is_none() {
            return Some("has no end; give `from`, `above`, `to` or `below`");
        }
        if (self.from.is_some() && self.above.is_some()) || (self.to.is_some() && self.below.is_some()) {
            return Some("has one end twice; give `from` or `above`, and `to` or `below`");
        }
        low.zip(high).is_some_and(|(low, high)| low > high).then_some("ends before it begins")
    }
}

fn number(bound: Option<Decimal>) -> Option<f64> {
    bound.and_then(|bound| bound.to_f64())
}

/// As it stands in the options: `from 0.55 to 0.7`.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ends = [("from", self.from), ("above", self.above), ("to", self.to), ("below", self.below)];
        let words: Vec<String> =
            ends.into_iter().filter_map(|(word, end)| Some(format!("{word} {}", end?.normalize()))).collect();
        f.write_str(&words.join(" "))
    }
}

/// The ranges of one figure of one population.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The figure.
    pub kpi: String,
    /// Whose contacts; without it, every population the figure has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// Who has to act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The currency of the ranges of an amount of money; a report in another one is not judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Where it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Range>,
    /// Where most stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benchmark: Option<Range>,
    /// Where the best quarter stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<Range>,
    /// Where it is too good to be believed unseen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub too_good: Option<Range>,
    /// What else the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A set of benchmarks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenchmarkSet {
    /// Its name.
    pub name: String,
    /// What people read.
    #[serde(default)]
    pub title: String,
    /// Where the ranges come from.
    #[serde(default)]
    pub source: String,
    /// How to use them.
    #[serde(default)]
    pub advice: String,
    /// One for each figure and population.
    pub lines: Vec<Line>,
}

const BUILT_IN: [(&str, &str); 3] = [
    ("b2b_saas_2026", include_str!("../../data/benchmarks/b2b_saas_2026.json")),
    ("runrate_12", include_str!("../../data/benchmarks/runrate_12.json")),
    ("team_targets", include_str!("../../data/benchmarks/team_targets.json")),
];

impl BenchmarkSet {
    /// One that is built in.
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(own, _)| *own == name)?;
        serde_json::from_str(text).ok()
    }

    /// The names of those that are built in.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// What is wrong with the ranges of a set.
    fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let ranges =
                [("floor", line.floor), ("benchmark", line.benchmark), ("top", line.top), ("too_good", line.too_good)];
            if ranges.iter().all(|(_, range)| range.is_none()) {
                found.push(format!("line {at} ({}) has no range", line.kpi));
            }
            for (name, range) in ranges {
                if let Some((range, problem)) = range.and_then(|range| Some((range, range.problem()?))) {
                    let shown = if range == Range::default() { String::new() } else { format!(", \"{range}\",") };
                    found.push(format!("`{name}` of line {at} ({}){shown} {problem}", line.kpi));
                }
            }
            let same = |other: &&Line| other.kpi == line.kpi && other.population == line.population;
            if self.lines.iter().take(at).any(|other| same(&other)) {
                found.push(format!("line {at} ({}) repeats the figure and population of another line", line.kpi));
            }
        }
        found
    }
}

/// A set by name, or one of the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Benchmarks {
    /// A built-in one.
    Named(String),
    /// Another.
    Own(BenchmarkSet),
}

impl<'de> Deserialize<'de> for Benchmarks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(name) => Ok(Self::Named(name)),
            set => BenchmarkSet::deserialize(set).map(Self::Own).map_err(serde::de::Error::custom),
        }
    }
}

impl Benchmarks {
    /// The set; nothing if no built-in one has the name, which [`Options::validate`](super::Options::validate) refuses.
    pub fn set(&self) -> Option<BenchmarkSet> {
        match self {
            Self::Named(name) => BenchmarkSet::built_in(name),
            Self::Own(set) => Some(set.clone()),
        }
    }

    /// What is wrong with it.
    pub(super) fn problems(&self) -> Vec<String> {
        match self {
            Self::Own(set) => {
                set.problems().into_iter().map(|p| format!("`benchmarks`: in \"{}\", {p}", set.name)).collect()
            }
            Self::Named(name) if BenchmarkSet::built_in(name).is_none() => {
                let known: Vec<&str> = BenchmarkSet::names().collect();
                vec![format!(
                    "`benchmarks` names \"{name}\", which is no built-in set; take {}, or give a set of your own",
                    known.join(", ")
                )]
            }
            Self::Named(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_sets_are_read_and_sound() {
        for name in BenchmarkSet::names() {
            let set = BenchmarkSet::built_in(name).unwrap();
            assert_eq!((set.name.as_str(), set.problems()), (name, vec![]));
            assert!(!set.source.is_empty() && !set.title.is_empty() && !set.advice.is_empty());
        }
        let lines = |name: &str| BenchmarkSet::built_in(name).unwrap().lines.len();
        assert_eq!(BenchmarkSet::names().map(lines).collect::<Vec<_>>(), [9, 11, 8]);
    }

    #[test]
    fn a_range_has_its_ends_or_not() {
        let range = |text: &str| serde_json::from_str::<Range>(text).unwrap();
        let closed = range(r#"{"from": 0.55, "to": 0.7}"#);
        assert!(closed.holds(0.55) && closed.holds(0.7) && closed.is_below(0.549) && closed.is_above(0.701));
        let open = range(r#"{"above": 0.55, "below": 0.7}"#);
        assert!(open.is_below(0.55) && open.is_above(0.7) && open.holds(0.6));
        // 3 of 20 is the very double that 0.15 is.
        assert!(!range(r#"{"below": 0.15}"#).holds(3.0 / 20.0));
        assert_eq!(closed.to_string(), "from 0.55 to 0.7");
    }

    #[test]
    fn a_set_that_makes_no_sense_says_why() {
        let set = r#"{"name": "ours", "lines": [{"kpi": "csat"}, {"kpi": "nps", "top": {}},
          {"kpi": "csat", "floor": {"from": 0.9, "above": 0.8}}, {"kpi": "ces_mean", "benchmark": {"from": 5, "to": 4}}]}"#;
        let problems = serde_json::from_str::<Benchmarks>(set).unwrap().problems().join("\n");
        for part in [
            "in \"ours\", line 0 (csat) has no range",
            "`top` of line 1 (nps) has no end; give `from`, `above`, `to` or `below`",
            "`floor` of line 2 (csat), \"from 0.9 above 0.8\", has one end twice",
            "line 2 (csat) repeats the figure and population of another line",
            "`benchmark` of line 3 (ces_mean), \"from 5 to 4\", ends before it begins",
        ] {
            assert!(problems.contains(part), "{part} is not in:\n{problems}");
        }
        let unknown = serde_json::from_str::<Benchmarks>("\"b2c\"").unwrap().problems();
        assert_eq!(
            unknown,
            [
                "`benchmarks` names \"b2c\", which is no built-in set; take b2b_saas_2026, runrate_12, team_targets, or give a set of your own"
            ]
        );
        let typo = serde_json::from_str::<Benchmarks>(r#"{"name": "x", "lines": [{"kpi": "csat", "flor": {}}]}"#);
        assert!(typo.unwrap_err().to_string().contains("unknown field `flor`"));
    }
}
