//! Calculators by name, and verbs of money that answer from tables: JSON in, JSON out.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::money::CALCULATORS;
use kpi_core::{answer_json, calculate_json};
use serde_json::{Value, json};

fn calculated(calculator: &str, ask: &Value) -> Value {
    serde_json::from_str(&calculate_json(calculator, &ask.to_string()).unwrap()).unwrap()
}

fn refused(calculator: &str, ask: &str) -> String {
    calculate_json(calculator, ask).unwrap_err().to_string()
}

#[test]
fn every_calculator_answers_under_its_name() {
    let drivers = json!({"volume": 100, "escalation_rate": 0.2, "review_minutes": 4, "labour_rate": 30, "ai_cost_per_item": 0.5, "fixed_cost": 80});
    let person = json!({"salary": 50000, "paid_hours_per_year": 2080, "utilisation": 0.8});
    let draws = json!({"resolution_rate": {"shape": "uniform", "low": 0.4, "high": 0.6}});
    let seats = json!({"name": "seats", "charges": [{"kind": "seat", "price": 115}]});
    for calculator in CALCULATORS {
        let (ask, schema) = match *calculator {
            "labour" => (person.clone(), "labour"),
            "chance" => (json!({"draws": draws, "runs": 100}), "chance"),
            "pricing" => (json!({"volumes": [1000], "usage": {"seats": 12}, "plans": [seats]}), "pricing"),
            "variance" => (json!({"forecast": drivers, "actual": drivers}), "variance"),
            "pnl" => (json!({"agents": [{"agent": "a1", "periods": [{"period": "1"}]}]}), "pnl"),
            "verify" => (json!({"statements": []}), "verified"),
            name => (json!({}), name),
        };
        assert_eq!(calculated(calculator, &ask)["schema"], format!("supportkpi.{schema}/1"), "{calculator}");
    }
}

#[test]
fn what_is_no_calculator_or_no_input_is_named() {
    assert!(refused("rio", "{}").contains("There is no calculator \"rio\"; there are roi_inputs, roi,"));
    assert!(refused("roi", r#"{"volume": 7}"#).contains("unknown field `volume`"));
    assert!(refused("roi_inputs", r#"{"roi": 1}"#).contains("unknown field `roi`"));
    assert!(refused("verify", "{}").contains("missing field `statements`"));
}

/// Two issues of people, one of which the AI has met; an agent and its cost.
fn desk() -> Value {
    let contact = |n: usize, issue: &str, handling: &str| {
        json!({"id": format!("{issue}-{handling}-{n}"), "customer_id": format!("{issue}{handling}{n}"), "handling": handling,
            "agent_id": if handling == "ai" { Some("a1") } else { None }, "issue": issue, "outcome": "resolved",
            "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:10:00Z", "cost_api": if handling == "ai" { Some("0.1") } else { None },
            "cost_human": if handling == "human" { Some(5) } else { None }})
    };
    let rows: Vec<Value> = (0..40)
        .flat_map(|n| [contact(n, "refund", "human"), contact(n, "refund", "ai"), contact(n, "login", "human")])
        .collect();
    json!({"interactions": rows})
}

#[test]
fn verbs_of_money_read_the_columns_that_they_need() {
    let options = json!({"as_of": "2026-02-01T00:00:00Z", "baseline": {"cost_per_contact": 6}}).to_string();
    let answer = |verb: &str, ask: Value| -> Value {
        serde_json::from_str(&answer_json(verb, &desk().to_string(), &ask.to_string(), &options).unwrap()).unwrap()
    };
    let issues = answer("candidates", json!({}));
    assert_eq!(issues["candidates"][0]["issue"], "login");
    let books = answer("pnl_books", json!({}));
    assert_eq!(books["agents"][0]["agent"], "a1");
    // 40 resolved contacts × 6, and what they cost is 40 × 0.1.
    let margin = calculated("pnl", &books)["agents"][0]["total"]["margin"].clone();
    assert_eq!(margin, "236");
    let plan = answer("roi_plan", json!({"plan": {"fee_per_resolution": 1}}));
    assert_eq!(plan["plan"]["fee_per_resolution"], "1");
    assert!(calculated("roi", &plan["plan"])["figures"]["net"].is_string());
    let contract = json!({"id": "c", "version": 1, "currency": "USD", "start": "2026-01-01T00:00:00Z",
        "fee": {"kind": "use", "of": "verified_resolution", "price": "0.99"}});
    let statement = answer("settle", json!({"contract": contract, "through": 1}));
    assert_eq!(statement["total"], "39.6");
    let text =
        answer_json("settle", &desk().to_string(), &json!({"contract": contract, "through": 1}).to_string(), &options);
    assert_eq!(calculated("verify", &json!({"statements": [text.unwrap()]}))["sound"], true);
}

#[test]
fn what_contacts_lack_for_a_variance_is_named_at_once() {
    let text = answer_json("variance_drivers", &desk().to_string(), "{}", "{}").unwrap_err().to_string();
    assert!(text.contains("`forecast.volume` is not given") && text.contains("`labor` is not given"), "{text}");
}
