//! Each agent as a small business: books by hand, rules of retirement, and books out of a report.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::input::tables_from_json;
use kpi_core::kpis::Population;
use kpi_core::money::pnl::AgentPnl;
use kpi_core::money::{PnlAsk, pnl, pnl_from_report};
use kpi_core::{Limits, Options, report};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn found(ask: &Value) -> kpi_core::Result<Value> {
    let ask: PnlAsk = from_json(&ask.to_string())?;
    pnl(&ask).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn period(name: &str, avoided: &Value, cost: i64) -> Value {
    json!({"period": name, "revenue": 50, "avoided_cost": avoided, "costs": {"api": cost, "human_labour": 100}, "outcomes": 40})
}

#[test]
fn books_by_hand() {
    let ask = json!({"agents": [{"agent": "aria", "periods": [period("Jan", &json!(400), 60), period("Feb", &json!("300.5"), 80)]}],
        "targets": [{"agent": "aria", "outcomes_per_period": 50}]});
    let found = found(&ask).unwrap();
    let aria = &found["agents"][0];
    let january = &aria["periods"][0];
    // 50 + 400 − 160
    assert_eq!((&january["margin"], &january["cost"]), (&json!("290"), &json!("160")));
    assert_eq!(
        (&january["cost_per_outcome"], &january["cost_ratio"], &january["productivity"]),
        (&json!("4"), &json!("0.4"), &json!("0.8"))
    );
    let total = &aria["total"];
    assert_eq!((&total["costs"], &total["margin"]), (&json!({"api": "140", "human_labour": "200"}), &json!("460.5")));
    assert_eq!((&total["outcomes"], &total["productivity"]), (&json!("80"), &json!("0.8")));
    assert_eq!(found["total"]["margin"], total["margin"]);
    assert_eq!((&aria["to_go"], &aria["rules"][0]["firing"]), (&json!(false), &json!("holds")));
}

/// What the rule of three periods of loss says after such margins.
fn after(margins: &[Option<i64>]) -> (String, u64, Value) {
    let periods: Vec<Value> = margins
        .iter()
        .enumerate()
        .map(|(at, margin)| {
            let avoided = margin.map_or(Value::Null, |margin| json!(1000 + margin));
            json!({"period": format!("p{at}"), "avoided_cost": avoided, "costs": {"api": 1000}, "outcomes": 1})
        })
        .collect();
    let found = found(&json!({"agents": [{"agent": "a", "periods": periods}]})).unwrap();
    let rule = &found["agents"][0]["rules"][0];
    (rule["firing"].as_str().unwrap().into(), rule["in_a_row"].as_u64().unwrap(), rule["since"].clone())
}

#[test]
fn an_agent_that_loses_money_three_times_in_a_row_is_to_go() {
    let is = |margins: &[Option<i64>], firing: &str, in_a_row: u64, since: Value| {
        assert_eq!(after(margins), (firing.into(), in_a_row, since), "{margins:?}");
    };
    is(&[Some(5), Some(-1), Some(-2), Some(-3)], "fired", 3, json!("p1"));
    is(&[Some(-1), Some(-1), Some(-2), Some(-3)], "fired", 4, json!("p0"));
    is(&[Some(-1), Some(0), Some(-2), Some(-3)], "holds", 2, json!("p2"));
    is(&[Some(-1), Some(-1), Some(-1), Some(1)], "holds", 0, Value::Null);
    is(&[Some(-1), Some(-1)], "too_few_periods", 2, json!("p0"));
    is(&[Some(-1), None, Some(-1), Some(-1)], "unknown", 2, json!("p2"));
    is(&[Some(-1), Some(-1), Some(-1), None], "unknown", 0, Value::Null);
    is(&[Some(-1), None, Some(1)], "holds", 0, Value::Null);
}

#[test]
fn rules_are_about_any_figure_and_either_side() {
    let periods: Vec<Value> = ["Jan", "Feb"].iter().map(|name| period(name, &json!(100), 20)).collect();
    // Cost 120, 40 outcomes: 3 each, 1.2 of what people would have cost.
    let rules = json!([{"name": "dear", "figure": "cost_per_outcome", "above": 2.9, "periods": 2}, {"name": "on the line", "figure": "cost_per_outcome", "above": 3, "periods": 1},
        {"name": "dearer than people", "figure": "cost_ratio", "above": 1, "periods": 2}, {"name": "idle", "figure": "productivity", "below": 0.9, "periods": 1}]);
    let ask = json!({"agents": [{"agent": "aria", "periods": periods}], "rules": rules, "targets": [{"outcomes_per_period": 40}]});
    let found = found(&ask).unwrap();
    let firing: Vec<&str> =
        found["agents"][0]["rules"].as_array().unwrap().iter().map(|r| r["firing"].as_str().unwrap()).collect();
    assert_eq!(firing, ["fired", "holds", "fired", "holds"]);
    assert_eq!(found["agents"][0]["to_go"], json!(true));
}

#[test]
fn books_that_make_no_sense_are_refused_together() {
    let ask = json!({"agents": [{"agent": "a", "periods": [{"period": "Jan", "outcomes": -1}, {"period": "Jan", "avoided_cost": -2}]}, {"agent": "a", "periods": []}],
        "rules": [{"name": "none", "figure": "margin", "periods": 0}, {"name": "both", "figure": "margin", "below": 0, "above": 1, "periods": 1}],
        "targets": [{"agent": "b", "outcomes_per_period": 0}]});
    let text = found(&ask).unwrap_err().to_string();
    for said in [
        "`agents[1].agent` is \"a\", which another one is too",
        "`agents[0].periods[1].period` is \"Jan\"",
        "`agents[0].periods[0].outcomes` is -1",
        "`agents[0].periods[1].avoided_cost` is -2",
        "`rules[0]` needs either",
        "`rules[1]` needs either",
        "`rules[0].periods` is 0",
        "`targets[0].outcomes_per_period` is 0",
        "`targets[0].agent` is \"b\"",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

fn rows() -> Value {
    let row = |n: usize| {
        let (month, day) = (1 + n % 3, 1 + n % 28);
        let agent = ["aria", "bert"][n % 2];
        let handling = if n.is_multiple_of(5) { "ai_to_human" } else { "ai" };
        json!({"id": n.to_string(), "customer_id": n.to_string(), "handling": handling, "outcome": "resolved", "agent_id": agent, "revenue": "0.35",
            "cost_api": if agent == "aria" { "0.07" } else { "9" }, "cost_human": if handling == "ai" { Value::Null } else { json!("4.2") },
            "opened_at": format!("2026-{month:02}-{day:02}T09:00:00Z"), "closed_at": format!("2026-{month:02}-{day:02}T10:00:00Z")})
    };
    json!({"interactions": (0..120).map(row).collect::<Vec<_>>(),
        "costs": [{"layer": "platform", "scope": "ai", "amount": "100", "start": "2026-01-01T00:00:00Z", "end": "2026-04-01T00:00:00Z"}]})
}

#[test]
fn books_out_of_a_report_have_its_margin_and_its_costs() {
    let options = json!({"as_of": "2026-05-01T00:00:00Z", "by": ["agent_id"], "every": "month", "baseline": {"cost_per_contact": "6"}});
    let options = Options::from_json(&options.to_string()).unwrap();
    let tables = tables_from_json(&rows().to_string(), &options, &Limits::default()).unwrap();
    let report = report(&tables, &options, &Limits::default()).unwrap();
    let ask = pnl_from_report(&report).unwrap();
    let books = pnl(&ask).unwrap();
    let names: Vec<&str> = books.agents.iter().map(|agent| agent.agent.as_str()).collect();
    assert_eq!(names, ["aria", "bert"]);
    for agent in &books.agents {
        assert_eq!(agent.periods.len(), 3);
        let whole =
            report.value("margin_contribution", Population::AiFronted, &[("agent_id", Some(&agent.agent))], None);
        let margin: f64 = agent.total.margin.unwrap().to_string().parse().unwrap();
        assert!((margin - whole.unwrap().number().unwrap()).abs() < 1e-4, "{}: {margin} and {whole:?}", agent.agent);
        // 60 contacts each, 12 of them handed over.
        assert_eq!(agent.total.outcomes, Decimal::from(48));
        assert!(agent.total.costs.contains_key("platform"), "its part of the costs table");
    }
    assert!(books.agents.iter().map(AgentPnl::is_to_go).eq([false, true]), "bert costs more than people");
    let again: PnlAsk = serde_json::from_str(&serde_json::to_string(&ask).unwrap()).unwrap();
    assert_eq!(again, ask);
}

#[test]
fn a_report_that_is_not_by_agent_has_no_books() {
    let options = Options::default();
    let tables = tables_from_json(&rows().to_string(), &options, &Limits::default()).unwrap();
    let report = report(&tables, &options, &Limits::default()).unwrap();
    assert!(pnl_from_report(&report).unwrap_err().to_string().contains("`by` [\"agent_id\"]"));
}
