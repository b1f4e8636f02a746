//! Record batches give the report that the same rows give as JSON, to the last byte, however they are laid out and cut.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

mod borrowed;
mod columns;
mod numbers;
mod texts;
mod times;

use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampSecondArray};
use kpi_core::input::{Table, Tables, tables_from_json};
use kpi_core::{Limits, Options, report};
use serde_json::{Value, json};
use std::sync::Arc;

/// Enough for three blocks and a bit.
const ROWS: usize = 200;
const HANDLINGS: [&str; 3] = ["ai", "human", "ai_to_human"];
/// 2026-01-05T08:00:00Z, a Monday.
const MONDAY: i64 = 1_767_600_000;

fn at(minute: usize) -> String {
    let (hour, minute) = (8 + minute / 60, minute % 60);
    format!("2026-01-05T{hour:02}:{minute:02}:00Z")
}

/// One column under test: its array of [`ROWS`] rows, and the same values as they are written in JSON.
pub(crate) struct Given {
    name: &'static str,
    array: ArrayRef,
    json: Vec<String>,
}

/// Values over and over, as many as there are rows.
pub(crate) fn cycled<T: Clone>(values: &[T]) -> Vec<T> {
    values.iter().cycle().take(ROWS).cloned().collect()
}

pub(crate) fn given(name: &'static str, array: impl arrow_array::Array + 'static, json: &[impl ToString]) -> Given {
    let array: ArrayRef = Arc::new(array);
    assert_eq!(array.len(), ROWS, "{name}");
    let json: Vec<String> = json.iter().map(ToString::to_string).collect();
    Given { name, array, json: cycled(&json) }
}

/// A JSON text.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Contacts with the columns that every row must have, of which the one under test may be one.
fn batch_of(columns: &[Given]) -> RecordBatch {
    let ids: StringArray = (0..ROWS).map(|n| Some(format!("c-{n}"))).collect();
    let handling: StringArray = (0..ROWS).map(|n| Some(HANDLINGS[n % 3])).collect();
    let opened: TimestampSecondArray = (MONDAY..).step_by(60).take(ROWS).map(Some).collect();
    let mut all: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(ids)),
        ("handling", Arc::new(handling)),
        ("opened_at", Arc::new(opened.with_timezone("UTC"))),
    ];
    all.retain(|(name, _)| columns.iter().all(|c| c.name != *name));
    all.extend(columns.iter().map(|c| (c.name, c.array.clone())));
    RecordBatch::try_from_iter_with_nullable(all.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

fn json_of(columns: &[Given]) -> String {
    let row = |n: usize| {
        let mut cells = vec![
            ("id", quoted(&format!("c-{n}"))),
            ("handling", quoted(HANDLINGS[n % 3])),
            ("opened_at", quoted(&at(n))),
        ];
        cells.retain(|(name, _)| columns.iter().all(|c| c.name != *name));
        cells.extend(columns.iter().map(|c| (c.name, c.json[n].clone())));
        let cells: Vec<String> = cells.into_iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
        format!("{{{}}}", cells.join(","))
    };
    format!("{{\"interactions\":[{}]}}", (0..ROWS).map(row).collect::<Vec<_>>().join(","))
}

/// The report, or what is wrong with the rows.
fn outcome(tables: &Tables<'_>, options: &Options) -> String {
    match report(tables, options, &Limits::default()) {
        Ok(report) => report.to_json(),
        Err(error) => format!("{:?} {error} {:?}", error.code(), error.problems()),
    }
}

/// Where two reports part, with what stands around it.
fn difference(arrow: &str, json: &str) -> String {
    let same = arrow.bytes().zip(json.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(150)..text.len().min(same + 80)]).into_owned()
    };
    format!("\n  Arrow: {}\n  JSON:  {}", around(arrow), around(json))
}

/// Checks that JSON and Arrow give the same under these options, with broken rows left out and with broken rows an error,
/// and gives the first of the two.
pub(crate) fn same_with(columns: &[Given], options: &Value) -> Value {
    let (json, batch) = (json_of(columns), batch_of(columns));
    let mut reports = Vec::new();
    for (on_invalid, chunks) in [("quarantine", [ROWS, 1, 7, 64, 65].as_slice()), ("error", &[ROWS, 7])] {
        let mut options = options.clone();
        options["on_invalid"] = json!(on_invalid);
        if columns.len() == 1 {
            options["kpis"] = json!(["interactions", "resolution_rate"]);
        }
        let options = Options::from_json(&options.to_string()).unwrap();
        let expected = outcome(&tables_from_json(&json, &options, &Limits::default()).unwrap(), &options);
        for &chunk in chunks {
            let cut = |from: usize| batch.slice(from, chunk.min(ROWS - from));
            let chunks: Vec<RecordBatch> = (0..ROWS).step_by(chunk).map(cut).collect();
            let mut tables = Tables::default();
            tables.push_arrow(Table::Interactions, &chunks, &options).unwrap();
            let found = outcome(&tables, &options);
            let types: Vec<_> = columns.iter().map(|c| c.array.data_type()).collect();
            assert!(found == expected, "{types:?} in chunks of {chunk}: {}", difference(&found, &expected));
        }
        reports.push(expected);
    }
    serde_json::from_str(&reports.remove(0)).unwrap()
}

/// The same for one column that the report is also grouped by.
pub(crate) fn same(column: Given) -> Value {
    let name = column.name;
    same_with(&[column], &json!({"by": [name]}))
}

/// The values of the groups of a report.
pub(crate) fn groups(report: &Value) -> Vec<Value> {
    let groups = report["groups"].as_array().unwrap().iter();
    groups.skip(1).map(|g| g["by"].as_object().unwrap().values().next().unwrap().clone()).collect()
}

/// The broken rules of a report: name, count, and the value of the first example.
pub(crate) fn broken(report: &Value) -> Vec<(String, u64, String)> {
    let rule = |p: &Value| {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        (text(&p["rule"]), p["count"].as_u64().unwrap(), text(&p["examples"][0]["value"]))
    };
    report["invalid"].as_array().unwrap().iter().map(rule).collect()
}

/// What Arrow gives and what JSON gives under these options.
pub(crate) fn arrow_and_json(columns: &[Given], options: &Value) -> (String, String) {
    let (json, batch) = (json_of(columns), batch_of(columns));
    let options = Options::from_json(&options.to_string()).unwrap();
    let mut tables = Tables::default();
    tables.push_arrow(Table::Interactions, [&batch], &options).unwrap();
    (outcome(&tables, &options), outcome(&tables_from_json(&json, &options, &Limits::default()).unwrap(), &options))
}

/// The report of values that JSON has no words for.
pub(crate) fn arrow_only(column: &Given) -> Value {
    let options = Options::from_json(r#"{"on_invalid": "quarantine"}"#).unwrap();
    let batch = batch_of(std::slice::from_ref(column));
    let mut tables = Tables::default();
    tables.push_arrow(Table::Interactions, [&batch], &options).unwrap();
    serde_json::from_str(&outcome(&tables, &options)).unwrap_or_else(|e| panic!("{e}"))
}

/// What one table by itself gives as Arrow and as JSON.
pub(crate) fn table_both_ways(table: Table, batch: &RecordBatch, json: &str) -> (String, String) {
    let options = Options::from_json(r#"{"on_invalid": "quarantine", "by": ["tier"]}"#).unwrap();
    let mut tables = Tables::default();
    tables.push_arrow(table, [batch], &options).unwrap();
    (outcome(&tables, &options), outcome(&tables_from_json(json, &options, &Limits::default()).unwrap(), &options))
}
