//! Every block's worked example, and what must be true of every block.

use super::{CATALOGUE, Kpi};
use crate::report::report_json;

pub(super) fn example_holds(kpi: &Kpi, name: &str) {
    assert_eq!(kpi.id, name, "the list in kpis/mod.rs gives the example of {} another name", kpi.id);
    let mut options: serde_json::Value =
        serde_json::from_str(kpi.example.options).expect("options of an example are JSON");
    options["kpis"] = serde_json::json!([kpi.id]);
    let text = report_json(kpi.example.tables, &options.to_string()).expect("an example has sound rows");
    let report: serde_json::Value = serde_json::from_str(&text).expect("a report is JSON");
    let period = options.get("every").is_some();
    let group = report["groups"]
        .as_array()
        .and_then(|g| if period { g.last() } else { g.first() })
        .expect("a report has a total");
    assert!(!kpi.example.expect.is_empty(), "{} has an example without a result", kpi.id);
    for (population, expected) in kpi.example.expect {
        let values = group["values"].as_array().expect("a group has values");
        let value = values.iter().find(|v| v["id"] == kpi.id && v["population"] == population.name());
        let value = value.unwrap_or_else(|| panic!("{} has no value for {}", kpi.id, population.name()));
        let expected: serde_json::Value = serde_json::from_str(expected).expect("expected values are JSON");
        assert_eq!(value["value"], expected, "{} of {}: {}", kpi.id, population.name(), kpi.example.working);
    }
}

#[test]
fn ids_are_unique_and_snake_case() {
    let mut ids: Vec<_> = CATALOGUE.iter().map(|k| k.id).collect();
    assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CATALOGUE.len());
}

#[test]
fn every_block_says_what_it_means_when_it_misleads_and_where_it_comes_from() {
    for kpi in CATALOGUE {
        for (field, text) in [("means", kpi.means), ("misleads", kpi.misleads), ("words", kpi.words), ("tex", kpi.tex)]
        {
            assert!(text.len() >= 5, "{}.{field} says nothing", kpi.id);
        }
        assert!(
            kpi.means.ends_with('.') && kpi.misleads.ends_with('.'),
            "{} ends a sentence without a full stop",
            kpi.id
        );
        assert!(
            !kpi.sources.is_empty() && !kpi.views.is_empty() && !kpi.populations.is_empty(),
            "{} lacks a list",
            kpi.id
        );
        assert!(!kpi.example.working.is_empty() && !kpi.laws.is_empty(), "{} lacks its working or its laws", kpi.id);
    }
}
