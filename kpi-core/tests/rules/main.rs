//! Every rule of the input tables: what breaks it, and what the message says.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]
#![recursion_limit = "256"]

mod cases;
mod messages;
mod weird;

use cases::{CASES, Case};
use kpi_core::check::{RULES, explain};
use kpi_core::error::Problem;
use kpi_core::input::tables_from_json;
use kpi_core::{Code, Error, Limits, Options, Report, report};
use serde_json::{Value, json};

pub(crate) fn run(tables: &str, options: &Value) -> Result<Report, Error> {
    let (options, limits) = (Options::from_json(&options.to_string()).unwrap(), Limits::default());
    report(&tables_from_json(tables, &options, &limits)?, &options, &limits)
}

/// A row that breaks no rule, in front of those that do.
fn sound(table: &str) -> &'static str {
    match table {
        "interactions" => r#"{"id": "sound", "handling": "ai", "opened_at": "2026-01-05T08:00:00Z"}"#,
        "costs" => {
            r#"{"layer": "api", "scope": "ai", "amount": 1, "start": "2026-01-05T08:00:00Z", "end": "2026-01-06T08:00:00Z"}"#
        }
        "accounts" => r#"{"account_id": "sound"}"#,
        "signals" => r#"{"kind": "churn", "detected_at": "2026-01-05T08:00:00Z"}"#,
        _ => r#"{"failure_id": "sound", "flagged_at": "2026-01-05T08:00:00Z"}"#,
    }
}

fn tables_of(case: &Case) -> String {
    format!(r#"{{"{}": [{}, {}]}}"#, case.table, sound(case.table), case.rows)
}

fn options_of(case: &Case, on_invalid: &str) -> Value {
    let mut options: Value = serde_json::from_str(case.options).unwrap();
    options["on_invalid"] = json!(on_invalid);
    options
}

/// Rules by name, each with a case that breaks it and nothing else.
#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let rules: Vec<_> = RULES.iter().map(|r| r.name).collect();
    let cases: Vec<_> = CASES.iter().map(|c| c.rule).collect();
    assert_eq!(cases, rules, "CASES in tests/rules/cases.rs has one case for each of RULES, in their order");
}

#[test]
fn every_rule_says_what_is_wrong_where_and_how_to_mend_it() {
    for case in CASES {
        let error = run(&tables_of(case), &options_of(case, "error")).unwrap_err();
        assert_eq!(error.code(), Code::InvalidRows, "{}", case.rule);
        let [Problem { table, rule, count, examples }] = error.problems() else {
            unreachable!("{} breaks more than itself: {error}", case.rule);
        };
        assert_eq!((*table, *rule, *count), (case.table, case.rule, case.count));
        let first = &examples[0];
        let found = (first.row, first.id.as_deref(), first.column.as_str(), first.value.as_deref());
        assert_eq!(found, (1, case.id, case.column, case.value), "{}", case.rule);
        let (says, mend) = explain(case.rule).unwrap();
        assert_eq!(mend, case.hint, "{}", case.rule);
        let id = case.id.map_or(String::new(), |id| format!(" (id {id})"));
        let value = case.value.map_or("empty".to_owned(), |v| format!("\"{v}\""));
        let wanted = if case.wanted.is_empty() { String::new() } else { format!("; wanted is {}", case.wanted) };
        let (breaks, rows) =
            if case.count == 1 { ("1 cell breaks".to_owned(), 1) } else { (format!("{} cells break", case.count), 2) };
        let begins = format!(
            "{breaks} a rule of the input tables; nothing was computed. Mend them, or ask for `on_invalid: \"quarantine\"` \
             to leave such rows out.\n  {table}: {rule} ({count}): {says}; {mend}.\n    row 1{id}: {} is {value}{wanted}",
            case.column
        );
        assert!(error.to_string().starts_with(&begins), "wanted {begins}\nfound {error}");
        assert_eq!(error.to_string().lines().count(), 2 + rows, "{error}");
    }
}

#[test]
fn quarantine_leaves_out_and_lists_what_an_error_would() {
    for case in CASES {
        let problems = run(&tables_of(case), &options_of(case, "error")).unwrap_err().problems().to_vec();
        let report = run(&tables_of(case), &options_of(case, "quarantine")).unwrap();
        assert_eq!(report.invalid, problems, "{}", case.rule);
        let counts = report.counts;
        assert_eq!(counts.rows_in, counts.rows_used + counts.rows_quarantined + counts.rows_out_of_scope);
        let broken = if case.table == "interactions" { case.count } else { 0 };
        assert_eq!(counts.rows_quarantined, broken, "{}", case.rule);
    }
}

/// Everything that may be equal is, and every part is its whole.
#[test]
fn rows_at_the_edge_of_every_rule_are_sound() {
    let at = "2026-01-05T08:00:00Z";
    let tables = json!({
        "interactions": [{
            "id": "", "handling": "ai_to_human", "opened_at": at, "first_response_at": at, "closed_at": at,
            "reopened_at": at, "outcome": "abandoned", "escalated_at": at, "escalation_reason": "", "csat": 1, "ces": 7,
            "nps": 0, "human_first_response_at": at, "ai_handle_seconds": 0, "sentiment_start": -1, "sentiment_end": 1,
            "confidence": 1, "customer_messages": 2, "unanswered_messages": 2, "fallback_messages": 2,
            "qa_responses": 3, "qa_correct": 3, "qa_hallucinated": 3, "drafts_offered": 3, "drafts_accepted": 1,
            "drafts_edited": 1, "drafts_rejected": 1, "api_calls": 4, "api_calls_cached": 4, "api_calls_retried": 4,
            "retries_timeout": 1, "retries_rate_limit": 1, "retries_model_error": 1, "retries_validation": 1,
            "input_tokens": i64::MAX, "cached_input_tokens": i64::MAX, "cost_api": 0, "revenue": -1, "currency": "CHF"
        }, {
            // Parts without their whole are in no sum, and break nothing.
            "id": "parts", "handling": "human", "opened_at": at, "unanswered_messages": 9, "qa_correct": 9,
            "drafts_accepted": 9, "api_calls_cached": 9, "retries_timeout": 9, "cached_input_tokens": 9,
            "human_first_response_at": "2026-01-05T07:00:00Z"
        }],
        "costs": [{"layer": "", "scope": "human", "amount": -1, "start": at, "end": "2026-01-05T08:00:00.000000001Z"}],
        "accounts": [{"account_id": "", "renewal_date": "9999-12-31", "starting_arr": -5}],
        "signals": [{"kind": "competitor", "detected_at": at, "routed_at": at}],
        "fixes": [{"failure_id": "", "flagged_at": at, "deployed_at": at, "recurred_at": at}]
    });
    let report = run(&tables.to_string(), &json!({"as_of": at})).unwrap();
    assert_eq!((report.counts.rows_used, report.invalid.len()), (2, 0));
}
