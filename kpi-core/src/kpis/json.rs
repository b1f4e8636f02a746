//! The catalogue as data: what reference pages, editors and the bindings show of every figure.

use super::CATALOGUE;
use super::kpi::{Example, Input, Kpi, Population};
use crate::input::Column;
use serde_json::{Value as Json, json};

/// Every figure of the catalogue in its order, as canonical JSON: everything about it but the computation.
pub fn catalogue_json() -> String {
    Json::Array(CATALOGUE.iter().map(|kpi| kpi_json(kpi)).collect()).to_string()
}

fn kpi_json(kpi: &Kpi) -> Json {
    json!({
        "id": kpi.id,
        "name": kpi.name,
        "also_called": kpi.also_called,
        "family": kpi.family.name(),
        "means": kpi.means,
        "misleads": kpi.misleads,
        "words": kpi.words,
        "tex": kpi.tex,
        "unit": kpi.unit.name(),
        "better": kpi.better.name(),
        "populations": names(kpi.populations),
        "needs": kpi.needs.iter().map(|need| need.path()).collect::<Vec<_>>(),
        "inputs": kpi.inputs.iter().map(input_json).collect::<Vec<_>>(),
        "sources": kpi.sources,
        "views": kpi.views,
        "timing": kpi.timing.name(),
        "tier": kpi.tier.name(),
        "benchmark": kpi.benchmark,
        "example": example_json(&kpi.example),
    })
}

/// One shape for every kind of input: at least one of these columns, for these populations (null: for each).
fn input_json(input: &Input) -> Json {
    let (columns, populations) = match input {
        // Whether response targets ask for it is for the options to say.
        Input::One(column) | Input::ForResponseTargets(column) => (std::slice::from_ref(column), None),
        Input::AnyOf(columns) => (*columns, None),
        Input::For(populations, column) => (std::slice::from_ref(column), Some(names(populations))),
    };
    json!({"any_of": columns.iter().map(|c: &Column| c.full_name()).collect::<Vec<_>>(), "populations": populations})
}

fn example_json(example: &Example) -> Json {
    let expect: Vec<_> = example
        .expect
        .iter()
        .map(|(population, value)| json!({"population": population.name(), "value": written(value)}))
        .collect();
    json!({
        "tables": written(example.tables),
        "options": written(example.options),
        "working": example.working,
        "expect": expect,
    })
}

fn names(populations: &[Population]) -> Vec<&'static str> {
    populations.iter().map(|population| population.name()).collect()
}

/// JSON that a block holds as text; the tests make sure that it can be read.
fn written(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_as_json_has_every_figure_with_every_answer() {
        let figures: Vec<serde_json::Map<String, Json>> = serde_json::from_str(&catalogue_json()).unwrap();
        assert_eq!(figures.len(), CATALOGUE.len());
        for (figure, kpi) in figures.iter().zip(CATALOGUE) {
            assert_eq!(figure["id"], kpi.id);
            for (field, answer) in figure.iter().filter(|(field, _)| *field != "benchmark") {
                assert!(!answer.is_null(), "{}.{field} is null", kpi.id);
            }
            let example = figure["example"].as_object().unwrap();
            assert!(example["tables"].is_object() && example["options"].is_object(), "{}", kpi.id);
        }
    }
}
