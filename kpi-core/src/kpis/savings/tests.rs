//! What the figures of cost and of savings owe one another, which doubts they raise, and that no amount breaks them.

use crate::kpis::{CATALOGUE, Family};
use crate::report::report_json;
use serde_json::{Value, json};

const CLOSED: &str =
    r#""opened_at": "2026-01-05T00:00:00Z", "closed_at": "2026-01-05T01:00:00Z", "outcome": "resolved""#;

fn tables(rows: &[&str], costs: &str) -> String {
    let row = |(at, own): (usize, &&str)| format!(r#"{{"id": "{at}", {CLOSED}, {own}}}"#);
    let rows: Vec<String> = rows.iter().enumerate().map(row).collect();
    format!(r#"{{"interactions": [{}], "costs": [{costs}]}}"#, rows.join(", "))
}

fn values(tables: &str, options: &Value) -> Vec<Value> {
    let text = report_json(tables, &options.to_string()).expect("sound rows and options");
    let report: Value = serde_json::from_str(&text).expect("a report is JSON");
    report["groups"][0]["values"].as_array().expect("the total has values").clone()
}

fn flags(tables: &str, id: &str, population: &str, mut options: Value) -> String {
    options["kpis"] = json!([id]);
    let alone = flags_among(&values(tables, &options), id, population);
    options["kpis"] = json!(["cost_per_contact", "incremental_revenue", "margin_contribution", id]);
    assert_eq!(alone, flags_among(&values(tables, &options), id, population), "depends on what else is asked for");
    alone
}

fn flags_among(values: &[Value], id: &str, population: &str) -> String {
    let value = values.iter().find(|v| v["id"] == id && v["population"] == population).expect("asked for");
    let flags = value["flags"].as_array().expect("flags are a list");
    let names = flags.iter().filter_map(Value::as_str).filter(|f| *f != "small_sample" && *f != "blended");
    names.collect::<Vec<_>>().join(" ")
}

const SIX: &str = r#""cost_api": 1, "cost_retries": 0, "cost_infrastructure": 0, "cost_observability": 0, "cost_vector_db": 0, "cost_platform": 0"#;

#[test]
fn a_layer_nobody_knows_is_said_to_be_missing() {
    let known = tables(&[&format!(r#""handling": "ai", "confirmed": true, {SIX}"#)], "");
    assert_eq!(flags(&known, "cost_per_contact", "ai", json!({})), "");
    assert_eq!(flags(&known, "cost_per_contact", "all", json!({})), "missing_cost_layer", "people's work");
    assert_eq!(flags(&known, "ai_cost_per_resolution", "ai_fronted", json!({})), "", "people's work is no part of it");
    let paid = r#"{"layer": "human_labour", "scope": "human", "amount": 5, "start": "2026-01-05T00:00:00Z", "end": "2026-01-06T00:00:00Z"}"#;
    let known = tables(&[&format!(r#""handling": "ai", "confirmed": true, {SIX}"#)], paid);
    assert_eq!(flags(&known, "cost_per_contact", "all", json!({})), "", "the costs table names it");
    let one = tables(&[r#""handling": "ai", "confirmed": true, "cost_api": 1"#], "");
    assert_eq!(flags(&one, "ai_cost_per_resolution", "ai_fronted", json!({})), "missing_cost_layer");
}

#[test]
fn labour_is_missing_from_people_only_if_no_column_model_or_layer_has_it() {
    let managers = r#"{"layer": "management", "scope": "human", "amount": 5, "start": "2026-01-05T00:00:00Z", "end": "2026-01-06T00:00:00Z"}"#;
    let bare = tables(&[r#""handling": "human", "human_handle_seconds": 60"#], managers);
    let labor = json!({"labor": {"salary": 36000, "paid_hours_per_year": 1800, "utilisation": 0.5}});
    assert_eq!(flags(&bare, "human_cost_per_resolution", "human", json!({})), "missing_cost_layer");
    assert_eq!(flags(&bare, "human_cost_per_resolution", "human", labor), "");
}

#[test]
fn what_was_not_given_is_said() {
    let cost = format!(r#""handling": "ai", "confirmed": true, {SIX}, "cost_human": 0"#);
    let rows = tables(&[&cost], "");
    assert_eq!(flags(&rows, "margin_contribution", "ai_fronted", json!({})), "no_baseline no_revenue");
    let contact = json!({"baseline": {"cost_per_contact": 5}});
    assert_eq!(flags(&rows, "margin_contribution", "ai_fronted", contact.clone()), "no_revenue");
    let elsewhere = tables(&[&cost, r#""handling": "human", "revenue": 7"#], "");
    assert_eq!(flags(&elsewhere, "margin_contribution", "ai_fronted", contact.clone()), "", "the column is there");
    for id in ["cost_ratio_to_baseline", "cost_reduction"] {
        assert_eq!(flags(&rows, id, "ai_fronted", contact.clone()), "per_contact_baseline");
        assert_eq!(flags(&rows, id, "ai_fronted", json!({"baseline": {"cost_per_resolution": 5}})), "");
    }
}

fn amount(values: &[Value], id: &str) -> rust_decimal::Decimal {
    let value = values.iter().find(|v| v["id"] == id).expect("asked for");
    value["numerator"].as_str().expect("money").parse().expect("a decimal")
}

#[test]
fn layers_savings_and_margin_add_up() {
    let costs = r#"{"layer": "api", "scope": "ai", "amount": "0.0000001", "start": "2026-01-05T00:00:00Z", "end": "2026-01-05T00:30:00Z"},
        {"layer": "refund", "scope": "ai", "amount": "-3.5", "start": "2026-01-04T00:00:00Z", "end": "2026-01-05T00:30:00Z"}"#;
    let rows = [
        r#""handling": "ai", "cost_api": "0.1234567891", "revenue": "3.00000001""#,
        r#""handling": "ai_to_human", "cost_human": "4.9999999999999999999999999999""#,
        r#""handling": "human", "cost_human": 9, "revenue": 1"#,
    ];
    let kpis = json!(["cost_layers", "incremental_revenue", "net_savings", "margin_contribution"]);
    let found = values(&tables(&rows, costs), &json!({"baseline": {"cost_per_contact": "7.77"}, "kpis": kpis}));
    let layers = found.iter().find(|v| v["id"] == "cost_layers").expect("asked for");
    let spent: rust_decimal::Decimal = layers["denominator"].as_str().expect("a total").parse().expect("a decimal");
    let delivered = rust_decimal::Decimal::new(1554, 2);
    assert_eq!(amount(&found, "net_savings"), delivered - spent);
    assert_eq!(amount(&found, "margin_contribution"), amount(&found, "incremental_revenue") + delivered - spent);
}

fn with_figures_of_cost(mut options: Value) -> Value {
    let of_cost = CATALOGUE.iter().filter(|k| k.family == Family::Cost && !k.id.starts_with("conversion"));
    options["kpis"] = of_cost.map(|k| k.id).collect();
    options
}

#[test]
fn no_amount_that_can_be_given_breaks_a_figure() {
    let most = "79228162514264337593543950335";
    let every = format!(
        r#""handling": "ai", "cost_api": "{most}", "cost_human": "{most}", "revenue": "-{most}", "human_agent_id": "h",
        "input_tokens": {max}, "output_tokens": {max}, "api_calls": {max}, "api_calls_cached": {max}, "api_calls_retried": {max},
        "retries_timeout": {max}"#,
        max = i64::MAX
    );
    let work = format!(r#""handling": "ai_to_human", "human_handle_seconds": "{most}""#);
    let rows = tables(&[&every, &every, &every, &work], "");
    let options = json!({
        "as_of": "2262-01-01T00:00:00Z",
        "baseline": {"cost_per_contact": most, "cost_per_resolution": most, "closed_per_agent_per_week": 1_000_000_000},
        "forecast": {"cost_per_resolution": "0.0000000000000000000000000001"},
        "labor": {"salary": "9999999999999", "paid_hours_per_year": "0.001", "utilisation": 1},
    });
    let options = with_figures_of_cost(options);
    let found = values(&rows, &options);
    let undefined: Vec<_> = found.iter().filter(|v| !v["undefined"].is_null()).collect();
    assert!(
        undefined.iter().all(|v| v["undefined"]["reason"] == "no_data" && v["population"] == "human"),
        "{undefined:?}"
    );
    assert!(found.len() > 15 && found.iter().all(|v| v["value"] != json!("0")), "{found:?}");
    for labor in [json!({"salary": most}), json!({"paid_hours_per_year": most}), json!({"annual_attrition": most})] {
        let mut absurd =
            json!({"salary": 1, "recruitment_per_hire": 1e20, "paid_hours_per_year": 2000, "utilisation": 1});
        absurd.as_object_mut().expect("an object").extend(labor.as_object().expect("an object").clone());
        assert!(report_json(&rows, &json!({"labor": absurd}).to_string()).is_err());
    }
    let baseline = json!({"baseline": {"closed_per_agent_per_week": 1_000_000_001}});
    assert!(report_json(&rows, &baseline.to_string()).is_err());
}
