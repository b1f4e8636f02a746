//! Where a value stands among benchmarks, and whether it is too good to be believed unseen.

use super::targets::Aims;
use super::value::Value;
use crate::error::{Code, Error, Result};
use crate::kpis::{Asked, Better, Flag, Kpi, Questions, find};
use crate::options::{Line, Options, Range};
use crate::tally::Population;

/// The class of a value among the ranges of a line.
fn class_of(line: &Line, better: Better, value: f64) -> Option<&'static str> {
    let holds = |range: &Option<Range>| range.is_some_and(|range| range.holds(value));
    if holds(&line.floor) {
        return Some("below_floor");
    }
    if holds(&line.top) {
        return Some("top_quartile");
    }
    let benchmark = line.benchmark?;
    if benchmark.holds(value) {
        return Some("at_benchmark");
    }
    let worse = match better {
        Better::Higher => benchmark.is_below(value),
        Better::Lower => benchmark.is_above(value),
        // A figure without a direction is only at its benchmark or not.
        Better::Neither => return None,
    };
    Some(if worse { "below_benchmark" } else { "above_benchmark" })
}

/// What one figure of one population is judged by.
#[derive(Debug, Default)]
struct Judge {
    better: Option<Better>,
    line: Option<Line>,
    too_good: Vec<Range>,
}

impl Judge {
    fn judge(&self, value: &mut Value) {
        let Some(number) = value.number() else { return };
        value.band = self.line.as_ref().zip(self.better).and_then(|(line, better)| class_of(line, better, number));
        if self.too_good.iter().any(|range| range.holds(number)) {
            value.flags = value.flags.with(Flag::TooGood);
        }
    }
}

/// What every figure is judged by, in the order in which groups list their figures.
#[derive(Debug)]
pub struct Bands {
    total: Vec<Judge>,
    others: Vec<Judge>,
}

impl Bands {
    /// The lines of all sets, as far as they are about what is asked for.
    ///
    /// # Errors
    /// When a set has a line for a figure or population that does not exist.
    pub fn of(options: &Options, aims: &Aims<'_>, questions: &Questions) -> Result<Self> {
        let sets: Vec<_> = options.benchmarks.iter().filter_map(crate::options::Benchmarks::set).collect();
        for line in sets.iter().flat_map(|set| &set.lines) {
            figure(&line.kpi, line.population.as_deref(), "benchmarks")?;
        }
        let lines: Vec<&Line> = sets.iter().flat_map(|set| &set.lines).collect();
        let currency = options.currency.as_deref();
        let judge = |asked: &Asked| {
            let applies = |line: &&&Line| {
                line.kpi == asked.kpi.id
                    && line.population.as_deref().is_none_or(|own| own == asked.population.name())
                    && line.currency.as_deref().is_none_or(|own| Some(own) == currency)
            };
            let own = || lines.iter().filter(applies);
            let of_sets = own().filter_map(|line| line.too_good);
            Judge {
                better: Some(asked.kpi.better),
                line: own()
                    .find(|line| line.floor.or(line.benchmark).or(line.top).is_some())
                    .map(|line| (**line).clone()),
                too_good: of_sets.chain(aims.too_good(asked.kpi, asked.population)).collect(),
            }
        };
        Ok(Self { total: questions.of(true).map(judge).collect(), others: questions.of(false).map(judge).collect() })
    }

    /// Judges the values of a group, which are in the order of what was asked.
    pub fn judge(&self, total: bool, values: &mut [Value]) {
        let judges = if total { &self.total } else { &self.others };
        for (judge, value) in judges.iter().zip(values) {
            judge.judge(value);
        }
    }
}

/// A figure and population by their names, as an option gives them.
pub(super) fn figure(kpi: &str, population: Option<&str>, option: &str) -> Result<(&'static Kpi, Option<Population>)> {
    let found = find(kpi).ok_or_else(|| {
        Error::new(
            Code::UnknownKpi,
            format!(
                "`{option}` names the KPI \"{kpi}\", which the catalogue has not.{}",
                super::build::did_you_mean(kpi)
            ),
        )
    })?;
    let Some(name) = population else { return Ok((found, None)) };
    let own = found.populations.iter().find(|own| own.name() == name).copied();
    own.map(|own| (found, Some(own))).ok_or_else(|| {
        let own: Vec<&str> = found.populations.iter().map(|p| p.name()).collect();
        let text = format!("`{option}` names the population \"{name}\" of {kpi}, which has {}.", own.join(", "));
        Error::new(Code::InvalidOption, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::BenchmarkSet;

    fn class(set: &str, kpi: &str, value: f64) -> &'static str {
        let set = BenchmarkSet::built_in(set).unwrap();
        let line = set.lines.iter().find(|line| line.kpi == kpi).unwrap();
        class_of(line, find(kpi).unwrap().better, value).unwrap()
    }

    #[test]
    fn every_line_of_a_built_in_set_is_about_a_figure_and_a_population_it_has() {
        for set in BenchmarkSet::names().filter_map(BenchmarkSet::built_in) {
            for line in &set.lines {
                let (kpi, population) = figure(&line.kpi, line.population.as_deref(), "benchmarks").unwrap();
                assert!(population.is_some() && kpi.better != Better::Neither, "{}", line.kpi);
                assert!(kpi.unit != crate::kpis::Unit::Money || line.currency.is_some(), "{}", line.kpi);
            }
        }
    }

    #[test]
    fn the_five_classes_begin_where_the_source_says() {
        let resolved = |value| class("b2b_saas_2026", "verified_resolution_rate", value);
        let found = [0.399, 0.40, 0.549, 0.55, 0.70, 0.701, 0.749, 0.75].map(resolved);
        let [floor, below, at, above, top] =
            ["below_floor", "below_benchmark", "at_benchmark", "above_benchmark", "top_quartile"];
        assert_eq!(found, [floor, below, below, at, at, above, above, top]);
        let escalated = |value| class("b2b_saas_2026", "escalation_rate", value);
        assert_eq!(
            [0.451, 0.45, 0.31, 0.30, 0.16, 0.155, 0.15, 0.149].map(escalated),
            [floor, below, below, at, at, above, above, top]
        );
        let accurate = |value| class("b2b_saas_2026", "answer_accuracy", value);
        assert_eq!([0.79, 0.80, 0.87, 0.92, 0.921].map(accurate), [floor, below, at, at, top]);
        let invented = |value| class("b2b_saas_2026", "hallucination_rate", value);
        assert_eq!(
            [0.051, 0.05, 0.025, 0.02, 0.0149, 0.01, 0.0099].map(invented),
            [floor, below, below, at, above, above, top]
        );
        let back = |value| class("b2b_saas_2026", "recontact_rate_72h", value);
        assert_eq!([0.31, 0.30, 0.15, 0.149, 0.08, 0.079].map(back), [floor, below, below, at, at, top]);
        let delta = |value| class("runrate_12", "csat_delta", value);
        assert_eq!([-0.1, -0.09, -0.05, 0.05, 0.06].map(delta), [floor, below, at, at, above]);
    }
}
