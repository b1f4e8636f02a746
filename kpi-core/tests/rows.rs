//! The five tables as Rust rows: built, serialised, and read like any other input.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::input::{Batch, Column, Table, tables_from_json};
use kpi_core::units::Day;
use kpi_core::{Account, Cost, Fix, Handling, Instant, Interaction, Limits, Options, Outcome, Signal, Tables, report};
use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn at(text: &str) -> Instant {
    Instant::parse(text, None).unwrap()
}

fn contact() -> Interaction {
    Interaction::new("c-1", Handling::AiToHuman, at("2026-01-05T08:00:00Z"))
        .closed(at("2026-01-05T09:30:00Z"), Outcome::Resolved)
        .escalated_at(at("2026-01-05T08:10:00Z"))
        .customer_id("k-7")
        .csat(5)
        .confirmed(true)
        .revenue(19.99)
        .cost_api(Decimal::new(125, 4))
        .human_handle_seconds(90_i64)
        .dimension("tier", "gold")
}

#[test]
fn a_contact_is_built_column_by_column() {
    let options = Options { by: vec!["tier".into()], ..Options::default() };
    let built = report(&Tables::of(&[contact()]), &options, &Limits::default()).unwrap();
    let json = json!({"interactions": [{
        "id": "c-1", "handling": "ai_to_human", "opened_at": "2026-01-05T08:00:00Z", "closed_at": "2026-01-05T09:30:00Z",
        "outcome": "resolved", "escalated_at": "2026-01-05T08:10:00Z", "customer_id": "k-7", "csat": 5, "confirmed": true,
        "revenue": 19.99, "cost_api": "0.0125", "human_handle_seconds": 90, "tier": "gold"}]});
    let tables = tables_from_json(&json.to_string(), &options, &Limits::default()).unwrap();
    assert_eq!(built.to_json(), report(&tables, &options, &Limits::default()).unwrap().to_json());
}

/// A row is the same after it was JSON, and its JSON is a row that the reader takes.
fn round_trip<T>(table: Table, row: &T, batch: impl Fn(&[T]) -> Batch<'static>)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let text = serde_json::to_string(row).unwrap();
    let back: T = serde_json::from_str(&text).unwrap();
    assert_eq!(&back, row);
    let options = Options { by: vec!["tier".into()], ..Options::default() };
    let tables =
        tables_from_json(&format!("{{\"{}\": [{text}]}}", table.name()), &options, &Limits::default()).unwrap();
    let (read, built) = (&tables.table(table)[0], batch(&[back]));
    assert_eq!(read.problems(), []);
    for column in table.columns() {
        let shown = |b: &Batch<'_>| b.get(column).and_then(|c| c.show(0));
        assert_eq!(shown(read), shown(&built), "{}", column.name());
    }
    assert_eq!(read.dimension("tier").and_then(|c| c.show(0)), Some("gold".into()));
    assert_eq!(built.dimension("tier").and_then(|c| c.show(0)), Some("gold".into()));
}

#[test]
fn every_row_type_survives_json() {
    round_trip(Table::Interactions, &contact(), Interaction::batch);
    let (from, to) = (at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
    let cost = Cost::default().layer("licences").scope("ai").amount(0.1).start(from).end(to);
    round_trip(Table::Costs, &cost.dimension("tier", "gold"), Cost::batch);
    let account = Account::default().account_id("a").starting_arr(1_200).churned(false).renewal_date(Day(20_458));
    round_trip(Table::Accounts, &account.dimension("tier", "gold"), Account::batch);
    let signal = Signal::default().kind("churn").detected_at(from).value(-0.5).result("saved");
    round_trip(Table::Signals, &signal.dimension("tier", "gold"), Signal::batch);
    let fix = Fix::default().failure_id("f").flagged_at(from).deployed_at(to).recurred_at(to);
    round_trip(Table::Fixes, &fix.dimension("tier", "gold"), Fix::batch);
}

#[test]
fn an_empty_row_is_an_empty_object() {
    assert_eq!(serde_json::to_string(&Interaction::default()).unwrap(), "{}");
    assert_eq!(serde_json::from_str::<Interaction>("{}").unwrap(), Interaction::default());
    let nulls: Value = Table::Interactions.columns().map(|c| (c.name().to_owned(), Value::Null)).collect();
    assert_eq!(serde_json::from_value::<Interaction>(nulls).unwrap(), Interaction::default());
}

#[test]
fn decimals_are_text_or_numbers() {
    for json in [json!({"revenue": "12.50"}), json!({"revenue": 12.5}), json!({"revenue": 12.50})] {
        let row: Interaction = serde_json::from_value(json).unwrap();
        assert_eq!(row.revenue, Some(Decimal::new(125, 1)));
    }
    let row: Interaction =
        serde_json::from_str(r#"{"revenue": 3, "cost_api": "79228162514264337593543950335"}"#).unwrap();
    assert_eq!((row.revenue, row.cost_api), (Some(Decimal::from(3)), Some(Decimal::MAX)));
    assert!(serde_json::from_str::<Interaction>(r#"{"revenue": "twelve"}"#).is_err());
}

#[test]
fn unknown_columns_become_dimensions_as_their_json_text() {
    let row: Interaction = serde_json::from_str(
        r#"{"id": "c-1", "tier": "gold", "seats": 12, "share": 0.50, "vip": true, "tags": ["a", 1], "gone": null}"#,
    )
    .unwrap();
    let dimensions: Vec<_> = row.dimensions.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let expected = [("seats", "12"), ("share", "0.5"), ("tags", "[\"a\",1]"), ("tier", "gold"), ("vip", "true")];
    assert_eq!(dimensions, expected);
    let batch = Interaction::batch(&[row, Interaction::default()]);
    assert_eq!(batch.dimension("seats").unwrap().show(0), Some("12".into()));
    assert_eq!(batch.dimension("seats").unwrap().show(1), None);
}

#[test]
fn floats_are_taken_as_their_shortest_decimal_and_what_is_no_number_as_nothing() {
    let row = Interaction::default().revenue(0.1).cost_api(f64::NAN).cost_human(f64::INFINITY).confidence(1e300);
    assert_eq!(row.revenue, Some(Decimal::new(1, 1)));
    assert_eq!((row.cost_api, row.cost_human, row.confidence), (None, None, None));
}

#[test]
fn columns_that_no_row_fills_are_nothing() {
    let batch = Interaction::batch(&[contact(), Interaction::default()]);
    assert_eq!(batch.rows(), 2);
    assert_eq!(batch.get(Column::Nps).unwrap().known_word(0), 0);
    assert_eq!(batch.get(Column::Csat).unwrap().known_word(0) & 0b11, 0b01);
}
