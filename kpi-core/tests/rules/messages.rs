//! Many broken rows at once: counts, examples, and what holds between them.

use super::run;
use kpi_core::error::Problem;
use kpi_core::input::{Table, Tables, rows_from_json};
use kpi_core::{Code, Error, Limits, Options, report};
use serde_json::{Value, json};

fn contact(id: usize, more: &Value) -> Value {
    let mut row = json!({"id": format!("c-{id}"), "handling": "ai", "opened_at": "2026-01-05T08:00:00Z"});
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row
}

fn problems_of(rows: &[Value], options: &Value) -> Vec<Problem> {
    let tables = json!({"interactions": rows}).to_string();
    run(&tables, options).err().map(|e| e.problems().to_vec()).unwrap_or_default()
}

/// Rule, count, and the rows of the examples.
fn summary(problems: &[Problem]) -> Vec<(&'static str, u64, Vec<u64>)> {
    problems.iter().map(|p| (p.rule, p.count, p.examples.iter().map(|e| e.row).collect())).collect()
}

#[test]
fn an_error_lists_every_rule_of_every_table_at_once() {
    let tables = json!({
        "interactions": [contact(0, &json!({"csat": 9, "outcome": "resolved"})), contact(1, &json!({"csat": "x"}))],
        "costs": [{"layer": "api"}],
        "fixes": [{"failure_id": "f"}]
    });
    let error = run(&tables.to_string(), &json!({})).unwrap_err();
    let lines: Vec<_> = error.to_string().lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "8 cells break 5 rules of the input tables; nothing was computed. Mend them, or ask for `on_invalid: \"quarantine\"` to leave such rows out.",
            "  costs: missing_required (4): a column that every row must have is empty; fill it in, or leave the row out of the export.",
            "    row 0: scope is empty; wanted is one of ai, human",
            "    row 0: amount is empty; wanted is an amount of money",
            "    row 0: start is empty; wanted is a time such as 2026-01-05T08:00:00Z",
            "    row 0: end is empty; wanted is a time such as 2026-01-05T08:00:00Z",
            "  fixes: missing_required (1): a column that every row must have is empty; fill it in, or leave the row out of the export.",
            "    row 0 (id f): flagged_at is empty; wanted is a time such as 2026-01-05T08:00:00Z",
            "  interactions: out_of_range (1): the value lies outside the column's range; check the unit or scale of the export.",
            "    row 0 (id c-0): csat is \"9\"; wanted is a whole number from 1 to 5",
            "  interactions: outcome_without_closed (1): it has an outcome but was never closed; fill in `closed_at`, or leave the outcome empty while it is open.",
            "    row 0 (id c-0): outcome is \"resolved\"",
            "  interactions: wrong_type (1): the value is of another type than the column; convert the column before handing it over.",
            "    row 1 (id c-1): csat is \"x\"; wanted is a whole number from 1 to 5",
        ]
    );
}

#[test]
fn examples_are_the_first_five_by_row_and_counts_are_all() {
    let row = |n: usize| contact(n, &if n.is_multiple_of(3) { json!({"csat": 0}) } else { json!({}) });
    let rows: Vec<_> = (0..200).map(row).collect();
    let problems = problems_of(&rows, &json!({}));
    assert_eq!(summary(&problems), [("out_of_range", 67, vec![0, 3, 6, 9, 12])]);
    // Two cells of one row are two, in the order of the columns.
    let rows: Vec<_> = (0..4).map(|n| contact(n, &json!({"nps": 11, "csat": 0}))).collect();
    let problems = problems_of(&rows, &json!({}));
    assert_eq!(summary(&problems), [("out_of_range", 8, vec![0, 0, 1, 1, 2])]);
    let columns: Vec<_> = problems[0].examples.iter().map(|e| e.column.as_str()).collect();
    assert_eq!(columns, ["csat", "nps", "csat", "nps", "csat"]);
}

#[test]
fn row_numbers_go_on_over_batches() {
    let options = Options::from_json("{}").unwrap();
    let mut tables = Tables::default();
    for part in 0..4 {
        let row = |n: usize| contact(part * 70 + n, &if n == 65 { json!({"csat": 0}) } else { json!({}) });
        let text = Value::from((0..70).map(row).collect::<Vec<_>>()).to_string();
        tables.push(rows_from_json(Table::Interactions, &text, &options, &Limits::default()).unwrap());
    }
    let error = report(&tables, &options, &Limits::default()).unwrap_err();
    assert_eq!(summary(error.problems()), [("out_of_range", 4, vec![65, 135, 205, 275])]);
    assert_eq!(error.problems()[0].examples[3].id.as_deref(), Some("c-275"));
}

#[test]
fn every_row_that_shares_an_id_is_listed_wherever_it_stands() {
    let options = Options::from_json("{}").unwrap();
    let mut tables = Tables::default();
    for ids in [["a", "b", "c"], ["d", "a", "e"], ["b", "f", "a"]] {
        let rows: Vec<_> = ids.iter().map(|id| contact(0, &json!({"id": id}))).collect();
        let text = Value::from(rows).to_string();
        tables.push(rows_from_json(Table::Interactions, &text, &options, &Limits::default()).unwrap());
    }
    let error = report(&tables, &options, &Limits::default()).unwrap_err();
    assert_eq!(summary(error.problems()), [("duplicate_id", 5, vec![0, 1, 4, 6, 8])]);
    let ids: Vec<_> = error.problems()[0].examples.iter().map(|e| e.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["a", "b", "a", "b", "a"]);
    // The empty text is an id like any other; a row without one is missing it, and no duplicate.
    let rows = [json!({"id": ""}), json!({"id": ""}), json!({"id": null}), json!({"id": null})];
    let rows: Vec<_> = rows.iter().map(|r| contact(0, r)).collect();
    let problems = problems_of(&rows, &json!({}));
    assert_eq!(summary(&problems), [("duplicate_id", 2, vec![0, 1]), ("missing_required", 2, vec![2, 3])]);
}

#[test]
fn signals_and_costs_may_repeat() {
    let signal = json!({"kind": "churn", "detected_at": "2026-01-05T08:00:00Z", "interaction_id": "c-1"});
    assert!(run(&json!({"signals": [signal, signal]}).to_string(), &json!({})).is_ok());
}

#[test]
fn long_values_and_ids_are_shortened_in_the_message_only() {
    let long = "ü".repeat(200);
    let tables = json!({"interactions": [contact(0, &json!({"id": long, "handling": long}))]}).to_string();
    let error = run(&tables, &json!({})).unwrap_err();
    let short = format!("{}…", "ü".repeat(60));
    assert!(error.to_string().contains(&format!("row 0 (id {short}): handling is \"{short}\"; wanted is")), "{error}");
    assert_eq!(error.problems()[0].examples[0].value.as_ref(), Some(&long));
    let sixty = "x".repeat(60);
    let tables = json!({"interactions": [contact(0, &json!({"handling": sixty}))]}).to_string();
    assert!(run(&tables, &json!({})).unwrap_err().to_string().contains(&format!("is \"{sixty}\";")));
}

#[test]
fn a_row_has_one_currency_and_it_is_the_reports() {
    let rows = |codes: &[Value]| -> Vec<Value> {
        codes.iter().enumerate().map(|(n, code)| contact(n, &json!({"currency": code}))).collect()
    };
    let currency = |codes: &[Value], options: Value| {
        run(&json!({"interactions": rows(codes)}).to_string(), &options).map(|r| r.currency)
    };
    let (chf, eur, none) = (json!("CHF"), json!("EUR"), Value::Null);
    // The option, the rows' one, or dollars.
    assert_eq!(currency(&[none.clone(), chf.clone()], json!({})).unwrap(), "CHF");
    assert_eq!(currency(&[chf.clone(), chf.clone()], json!({"currency": "CHF"})).unwrap(), "CHF");
    assert_eq!(currency(std::slice::from_ref(&none), json!({"currency": "EUR"})).unwrap(), "EUR");
    assert_eq!(currency(&[none.clone(), none.clone()], json!({})).unwrap(), "USD");
    // Where they differ and nobody says which is meant, each row that has one is broken.
    let differing = rows(&[chf.clone(), none.clone(), eur.clone(), chf.clone()]);
    assert_eq!(summary(&problems_of(&differing, &json!({}))), [("currency_mismatch", 3, vec![0, 2, 3])]);
    let found = problems_of(&differing, &json!({"currency": "CHF"}));
    assert_eq!(summary(&found), [("currency_mismatch", 1, vec![2])]);
    // What is no currency is that and nothing else, and does not count among those that differ.
    let found = problems_of(&rows(&[json!("chf"), json!("XX"), chf, json!(5)]), &json!({}));
    assert_eq!(summary(&found), [("unknown_value", 2, vec![0, 1]), ("wrong_type", 1, vec![3])]);
}

#[test]
fn a_cell_that_cannot_be_read_is_not_also_missing() {
    let rows = [
        contact(0, &json!({"handling": 5})),
        contact(1, &json!({"closed_at": "2026-01-05T09:00:00Z", "outcome": 7})),
        contact(2, &json!({"outcome": "resolved", "closed_at": "later"})),
        contact(3, &json!({"csat": [1, 2]})),
    ];
    let problems = problems_of(&rows, &json!({}));
    assert_eq!(summary(&problems), [("wrong_type", 4, vec![0, 1, 2, 3])]);
    let values: Vec<_> = problems[0].examples.iter().map(|e| e.value.as_deref().unwrap()).collect();
    assert_eq!(values, ["5", "7", "later", "[1,2]"]);
}

#[test]
fn rows_in_are_used_or_quarantined_or_out_of_scope() {
    let rows: Vec<_> = (0..300)
        .map(|n| {
            let in_scope = json!({"in_scope": n % 5 != 0, "csat": if n % 7 == 0 { 0 } else { 5 }});
            contact(n, &in_scope)
        })
        .collect();
    let report = run(&json!({"interactions": rows}).to_string(), &json!({"on_invalid": "quarantine"})).unwrap();
    let c = report.counts;
    assert_eq!((c.rows_in, c.rows_quarantined, c.rows_out_of_scope, c.rows_used), (300, 43, 51, 206));
}

fn limited(tables: &Value, limits: &Limits) -> Error {
    let options = Options::default();
    let read = kpi_core::input::tables_from_json(&tables.to_string(), &options, limits);
    read.and_then(|tables| report(&tables, &options, limits)).unwrap_err()
}

#[test]
fn limits_hold_whatever_the_rows_came_from() {
    let rows: Vec<_> = (0..3).map(|n| contact(n, &json!({}))).collect();
    let limits = Limits { rows: 2, ..Limits::default() };
    let (options, all) = (Options::default(), Limits::default());
    let tables = kpi_core::input::tables_from_json(&json!({"interactions": rows}).to_string(), &options, &all).unwrap();
    let error = report(&tables, &options, &limits).unwrap_err();
    assert_eq!(error.code(), Code::LimitExceeded);
    assert!(error.to_string().contains("interactions has 3 rows, and the limit is 2. Raise `Limits::rows`"), "{error}");
}

#[test]
fn a_wrong_year_is_found_by_the_span_of_all_events() {
    let tables = json!({"interactions": [
        contact(0, &json!({})),
        contact(1, &json!({"opened_at": "1803-01-05T08:00:00Z"}))]});
    let error = limited(&tables, &Limits::default());
    assert_eq!(error.code(), Code::LimitExceeded);
    assert_eq!(
        error.to_string(),
        "The events run from 1803-01-05T08:00:00Z to 2026-01-05T08:00:00Z, and the limit is 200 years. Look for a date with a wrong year, or raise `Limits::span_years`."
    );
    // A row that is broken anyway does not stretch the span.
    let tables = json!({"interactions": [contact(0, &json!({})), contact(1, &json!({"opened_at": "1803-01-05T08:00:00Z", "csat": 0}))]});
    assert_eq!(limited(&tables, &Limits::default()).code(), Code::InvalidRows);
}

#[test]
fn texts_and_nesting_have_limits() {
    let limits = Limits { text_bytes: 50, nesting: 3, ..Limits::default() };
    let error = limited(&json!({"interactions": [contact(0, &json!({"issue": "x".repeat(51)}))]}), &limits);
    assert_eq!(error.code(), Code::LimitExceeded);
    assert!(error.to_string().contains("51 bytes, and the limit is 50. Raise `Limits::text_bytes`"), "{error}");
    let error = limited(&json!({"interactions": [contact(0, &json!({"issue": [1]}))]}), &limits);
    assert_eq!(error.code(), Code::LimitExceeded);
    assert!(error.to_string().contains("nests 4 deep, and the limit is 3. Raise `Limits::nesting`"), "{error}");
}
