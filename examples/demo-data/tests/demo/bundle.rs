//! The bundle is what it says it is: clean where it is clean, broken where it is broken, and always the same.

use std::collections::BTreeSet;
use std::path::Path;

use crate::checker::{Problems, Sheet, broken_rules, side_tables};

/// Every rule of bad input that interactions can break.
const RULES: &[&str] = &[
    "missing_required",
    "wrong_type",
    "not_finite",
    "naive_timestamp",
    "unknown_value",
    "out_of_range",
    "duplicate_id",
    "opened_after_as_of",
    "after_as_of",
    "currency_mismatch",
    "first_response_before_opened",
    "closed_before_opened",
    "reopened_without_closed",
    "reopened_before_closed",
    "outcome_without_closed",
    "closed_without_outcome",
    "escalated_at_not_ai_to_human",
    "escalation_reason_not_ai_to_human",
    "escalated_before_opened",
    "escalated_after_closed",
    "human_first_response_before_escalated",
    "unanswered_messages_above_customer_messages",
    "fallback_messages_above_customer_messages",
    "qa_correct_above_qa_responses",
    "qa_hallucinated_above_qa_responses",
    "api_calls_cached_above_api_calls",
    "api_calls_retried_above_api_calls",
    "cached_input_tokens_above_input_tokens",
    "retries_exceeded",
    "drafts_exceeded",
];

fn file(name: &str) -> String {
    demo_data::bundle().into_iter().find(|(file, _)| *file == name).map(|(_, text)| text).unwrap_or_default()
}

fn broken_rows(problems: &Problems) -> BTreeSet<usize> {
    problems.values().flatten().copied().collect()
}

#[test]
fn interactions_break_no_rule() {
    let sheet = Sheet::read(&file("interactions.csv"));
    assert!((19_000..21_000).contains(&sheet.rows.len()), "{} rows", sheet.rows.len());
    assert_eq!(broken_rules(&sheet), Problems::new());
}

#[test]
fn side_tables_break_no_rule() {
    let contacts = Sheet::read(&file("interactions.csv"));
    let accounts = Sheet::read(&file("accounts.csv"));
    let mut problems = side_tables::costs(&Sheet::read(&file("costs.csv")));
    problems.extend(side_tables::accounts(&accounts));
    problems.extend(side_tables::signals(&Sheet::read(&file("signals.csv")), &contacts, &accounts));
    problems.extend(side_tables::fixes(&Sheet::read(&file("fixes.csv")), &contacts));
    assert_eq!(problems, Problems::new());
}

#[test]
fn the_messy_export_breaks_every_rule_and_is_mostly_fine() {
    let sheet = Sheet::read(&file("messy.csv"));
    let problems = broken_rules(&sheet);
    let missed: Vec<_> = RULES.iter().filter(|rule| !problems.contains_key(**rule)).collect();
    assert!(missed.is_empty(), "not broken: {missed:?}");
    let unlisted: Vec<_> = problems.keys().filter(|rule| !RULES.contains(&rule.as_str())).collect();
    assert!(unlisted.is_empty(), "not known: {unlisted:?}");
    let broken = broken_rows(&problems).len();
    assert!((40..80).contains(&broken) && sheet.rows.len() > 280, "{broken} of {} broken", sheet.rows.len());
}

#[test]
fn a_second_run_writes_the_same_bytes() {
    assert_eq!(demo_data::bundle(), demo_data::bundle());
}

#[test]
fn the_files_beside_the_crate_are_the_ones_it_writes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let mut total = 0;
    for (name, text) in demo_data::bundle() {
        let on_disk = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(on_disk == text, "examples/data/{name} differs; run `cargo run -p demo-data -- examples/data`");
        total += text.len();
    }
    assert!(total < 6_000_000, "{total} bytes");
}

#[test]
fn what_is_odd_but_right_stands_in_the_messy_export_too() {
    let sheet = Sheet::read(&file("messy.csv"));
    let broken = broken_rows(&broken_rules(&sheet));
    for (column, text) in
        [("customer_messages", "12.0"), ("cost_api", "1.25e-2"), ("opened_at", "2026-01-02T09:30:00+01:00")]
    {
        let row = sheet.column(column).position(|cell| cell == text);
        assert!(row.is_some_and(|row| !broken.contains(&row)), "{column} {text}");
    }
}
