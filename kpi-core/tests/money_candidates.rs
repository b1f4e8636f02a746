//! Which issues the AI should take next: savings by hand, what goes off them, and what is missing to be sure.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::input::tables_from_json;
use kpi_core::money::{CandidatesAsk, candidates, candidates_from_report};
use kpi_core::{Limits, Options, report};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn dec(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

/// So many contacts of an issue, all in one month of 730.5 hours.
fn contacts(issue: &str, handling: &str, outcome: &str, count: usize, more: &Value) -> Vec<Value> {
    let row = |n: usize| {
        let mut row = json!({"id": format!("{issue}-{handling}-{outcome}-{n}"), "customer_id": format!("{issue}-{handling}-{outcome}-{n}"),
            "issue": issue, "handling": handling, "outcome": outcome, "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z"});
        for (column, value) in more.as_object().unwrap() {
            row[column] = value.clone();
        }
        row
    };
    (0..count).map(row).collect()
}

fn desk() -> Vec<Value> {
    let people = json!({"cost_human": "5"});
    let policy = |ok: bool| json!({"qa_policy_ok": ok});
    [
        // Refunds: people have 200; the AI met 100, resolved 80 of which 20 came back, and handed over 20.
        contacts("refund", "human", "resolved", 200, &people),
        contacts("refund", "ai", "resolved", 60, &policy(true)),
        contacts(
            "refund",
            "ai",
            "resolved",
            20,
            &json!({"qa_policy_ok": true, "reopened_at": "2026-01-05T12:00:00Z", "id": null}),
        )
        .into_iter()
        .enumerate()
        .map(|(n, mut row)| {
            row["id"] = json!(format!("again-{n}"));
            row["customer_id"] = json!(format!("again-{n}"));
            row
        })
        .collect(),
        contacts("refund", "ai_to_human", "resolved", 20, &policy(false)),
        // Log-ins: people have 300 cheap ones; the AI has met 10.
        contacts("login", "human", "resolved", 300, &json!({"cost_human": "1"})),
        contacts("login", "ai", "resolved", 10, &json!({})),
        // Only the AI has this one.
        contacts("hours", "ai", "resolved", 5, &json!({})),
    ]
    .concat()
}

fn found(rows: &[Value], ask: &Value) -> kpi_core::Result<Value> {
    let ask: CandidatesAsk = from_json(&ask.to_string())?;
    let options = json!({"as_of": "2026-02-01T00:00:00Z"}).to_string();
    let options = Options::from_json(&options).unwrap();
    let tables = json!({"interactions": rows}).to_string();
    let tables = tables_from_json(&tables, &options, &Limits::default()).unwrap();
    candidates(&tables, &options, &ask, &Limits::default()).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

#[test]
fn a_saving_by_hand_less_what_may_go_wrong() {
    let found = found(&desk(), &json!({"cost_per_breach": 2})).unwrap();
    let refund = &found["candidates"][0];
    assert_eq!(refund["issue"], json!("refund"));
    let months = dec(&found["months"]);
    let by_month = |contacts: i64| (Decimal::from(contacts) / months).round_dp(6);
    // Months are shown to 6 places.
    let hair = Decimal::new(2, 3);
    assert!((dec(&refund["contacts_per_month"]) - by_month(200)).abs() < hair);
    let near = |id: &str, wanted: Decimal| {
        let got = dec(&refund["expected"][id]);
        assert!((got - wanted).abs() < hair, "{id}: {got} instead of {wanted}");
    };
    // 200 · 5 · 0.8; a quarter of it comes back; 200 · 0.2 · 5 · 0.3 to hand over; 200 · 0.2 · 2 against policy.
    near("gross", by_month(800));
    near("recontacts", by_month(200));
    near("escalations", by_month(60));
    near("breaches", by_month(80));
    near("net", by_month(460));
    assert!(dec(&refund["cautious"]["net"]) < dec(&refund["expected"]["net"]));
    assert_eq!(refund["missing"], json!([]));
    assert_eq!((&refund["containment"]["n"], &refund["containment"]["record"]), (&json!(100), &json!("own")));
    assert_eq!(refund["reasons"][1], json!("Each costs 5."));
}

#[test]
fn an_issue_that_the_ai_hardly_knows_borrows_from_all_and_says_so() {
    let found = found(&desk(), &json!({})).unwrap();
    let list: Vec<&str> =
        found["candidates"].as_array().unwrap().iter().map(|c| c["issue"].as_str().unwrap()).collect();
    assert_eq!(list, ["refund", "login"], "what people do not handle is no candidate");
    let login = &found["candidates"][1];
    // 95 of 115 in all.
    assert_eq!(
        (&login["containment"]["record"], &login["containment"]["rate"]),
        (&json!("all_issues"), &json!("0.826087"))
    );
    for what in ["containment_record", "recontact_record", "escalation_record", "policy_record", "cost_per_breach"] {
        assert!(login["missing"].as_array().unwrap().contains(&json!(what)), "{what}: {}", login["missing"]);
    }
    assert_eq!(login["expected"]["breaches"], Value::Null, "nobody said what one costs");
    let own = self::found(&desk(), &json!({"smallest": 10})).unwrap();
    assert_eq!(own["candidates"][1]["containment"]["record"], json!("own"));
}

#[test]
fn without_any_record_something_must_be_assumed() {
    let people = contacts("refund", "human", "resolved", 40, &json!({}));
    let unknown = found(&people, &json!({})).unwrap();
    assert_eq!(unknown["candidates"][0]["expected"], Value::Null);
    let missing = unknown["candidates"][0]["missing"].as_array().unwrap();
    assert!(
        missing.contains(&json!("cost_of_people")) && missing.contains(&json!("containment_record")),
        "{missing:?}"
    );
    let assumed = found(&people, &json!({"human_cost_per_contact": 4, "assumed_containment": 0.5})).unwrap();
    let candidate = &assumed["candidates"][0];
    assert_eq!(candidate["containment"]["record"], json!("assumed"));
    let by_month = dec(&candidate["contacts_per_month"]);
    assert_eq!(dec(&candidate["expected"]["net"]), (by_month * Decimal::TWO).round_dp(6));
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut rows = desk();
    let there = found(&rows, &json!({})).unwrap();
    rows.reverse();
    assert_eq!(found(&rows, &json!({})).unwrap(), there);
}

#[test]
fn contacts_without_an_issue_are_counted_apart() {
    let mut rows = desk();
    for row in rows.iter_mut().filter(|row| row["issue"] == "login") {
        row["issue"] = Value::Null;
    }
    let found = found(&rows, &json!({})).unwrap();
    assert_eq!((found["candidates"].as_array().unwrap().len(), &found["without_issue"]), (1, &json!(300)));
}

#[test]
fn assumptions_that_make_no_sense_are_refused_together() {
    let text = found(&desk(), &json!({"smallest": 0, "assumed_containment": 1.5, "cost_per_breach": -1}))
        .unwrap_err()
        .to_string();
    for said in ["`smallest` is 0", "`assumed_containment` is 1.5", "`cost_per_breach` is -1"] {
        assert!(text.contains(said), "{text}");
    }
    let options = Options::default();
    let tables = tables_from_json(&json!({"interactions": desk()}).to_string(), &options, &Limits::default()).unwrap();
    let whole = report(&tables, &options, &Limits::default()).unwrap();
    let text = candidates_from_report(&whole, &CandidatesAsk::default()).unwrap_err().to_string();
    assert!(text.contains("`by` [\"issue\"]"), "{text}");
}
