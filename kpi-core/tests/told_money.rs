//! Money in words: every case of `conformance/money` is told in a terminal, in Markdown and on a page; amounts that are owed to the
//! last digit, and what is not known with its reason.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::input::tables_from_json;
use kpi_core::render::TextStyle;
use kpi_core::verbs::{Answer, Asked, calculated};
use kpi_core::{Limits, Options};
use serde_json::Value;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

fn cases() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/money");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let case = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        (file.file_stem().unwrap().to_string_lossy().into_owned(), case)
    };
    files.iter().map(read).collect()
}

fn found(case: &Value) -> Box<dyn Answer> {
    let (verb, ask) = (case["verb"].as_str().unwrap(), case["ask"].to_string());
    if case.get("tables").is_none() {
        return calculated(verb, &ask).unwrap();
    }
    let options = Options::from_json(&case["options"].to_string()).unwrap();
    let asked = Asked::read(verb, &ask).unwrap();
    let limits = Limits::default();
    let tables = tables_from_json(&case["tables"].to_string(), &asked.options_for_reading(&options), &limits).unwrap();
    asked.find(&tables, &options, &limits).unwrap()
}

fn told(name: &str) -> String {
    let case = cases().into_iter().find(|(file, _)| file == name).unwrap().1;
    found(&case).to_text(&TextStyle::default())
}

#[test]
fn every_answer_fits_a_terminal_and_is_a_page() {
    for (name, case) in cases() {
        let found = found(&case);
        for line in found.to_text(&TextStyle::default()).lines() {
            // A hash has no place to be broken at.
            assert!(line.width() <= 80, "{name}: {line}");
        }
        assert!(found.to_markdown().starts_with('#'), "{name}");
        assert!(found.to_page(None).starts_with("<!DOCTYPE html>"), "{name}");
        let same = if case.get("tables").is_none() {
            kpi_core::calculate_json(case["verb"].as_str().unwrap(), &case["ask"].to_string()).unwrap()
        } else {
            let text = |part: &str| case[part].to_string();
            kpi_core::answer_json(case["verb"].as_str().unwrap(), &text("tables"), &text("ask"), &text("options"))
                .unwrap()
        };
        assert_eq!(found.to_json(), same, "{name}");
    }
}

#[test]
fn what_is_owed_is_told_to_the_last_digit() {
    let text = told("settle-of-a-quarter");
    assert!(text.contains("$130.00 is due, through period 3"), "{text}");
    assert!(text.contains("containment: broken, −$5.00"), "{text}");
    assert!(text.contains("contacts go to people again: containment"), "{text}");
}

#[test]
fn a_plan_that_never_pays_says_so_first() {
    let text = told("roi-that-never-pays");
    assert!(text.contains("It does not pay for itself within 36"), "{text}");
    let text = told("roi-of-a-growing-desk");
    assert!(text.contains("would have promised"), "{text}");
    assert!(told("roi-of-two-people").contains("nothing spent"), "a figure that is absent says why");
}

#[test]
fn a_changed_statement_is_named() {
    assert!(told("verify-a-sound-chain").contains("all of it adds up"));
    assert!(told("verify-a-changed-line").contains("line 1"));
}

#[test]
fn an_agent_that_is_to_go_is_named_with_its_rule() {
    let text = told("pnl-of-two-agents");
    assert!(text.contains("loses is to go.") && text.contains("three periods of loss"), "{text}");
}

#[test]
fn plans_say_where_they_change_places() {
    let text = told("pricing-of-tiers");
    assert!(text.contains("From 5,000 contacts on whole is cheaper than platform"), "{text}");
}
