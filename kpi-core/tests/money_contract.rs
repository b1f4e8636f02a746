//! Paid by outcome: a settlement by hand, promises, and laws: nothing is billed twice, nothing is lost, nothing can be changed.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::input::tables_from_json;
use kpi_core::money::contract::LineKind;
use kpi_core::money::{Contract, SettleAsk, Statement, settle, verify};
use kpi_core::{Limits, Options};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn terms(changes: &Value) -> Contract {
    let mut terms = json!({"id": "c-1", "version": 1, "currency": "USD", "start": "2026-01-01T00:00:00Z",
        "fee": {"kind": "use", "of": "verified_resolution", "price": "0.99"}});
    for (key, value) in changes.as_object().unwrap() {
        terms[key] = value.clone();
    }
    from_json(&terms.to_string()).unwrap()
}

/// An AI resolution: id, customer, day and hour of January (February is from 32 on).
fn solved(id: &str, customer: &str, day: u32, hour: u32) -> Value {
    json!({"id": id, "customer_id": customer, "handling": "ai", "outcome": "resolved", "opened_at": at(day, hour), "closed_at": at(day, hour + 1)})
}

/// An hour of a day counted from 1 January 2026.
fn at(day: u32, hour: u32) -> String {
    let months = [31, 28, 31, 30, 31];
    let (mut day, mut month) = (day, 1);
    for length in months {
        if day <= length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("2026-{month:02}-{day:02}T{hour:02}:00:00Z")
}

/// What was known at a moment: later contacts are not there, and later events have not happened.
fn known(rows: &[Value], as_of: &str) -> Vec<Value> {
    let late = |row: &Value, column: &str| row[column].as_str().is_some_and(|time| time > as_of);
    rows.iter()
        .filter(|row| !late(row, "opened_at"))
        .map(|row| {
            let mut row = row.clone();
            if late(&row, "closed_at") {
                row["closed_at"] = Value::Null;
                row["outcome"] = Value::Null;
            }
            if late(&row, "reopened_at") || row["closed_at"].is_null() {
                row["reopened_at"] = Value::Null;
            }
            row
        })
        .collect()
}

fn tried(
    rows: &[Value],
    as_of: &str,
    contract: &Contract,
    through: u32,
    previous: Option<&Statement>,
) -> kpi_core::Result<Statement> {
    let options = Options::from_json(&json!({"as_of": as_of}).to_string()).unwrap();
    let tables = json!({"interactions": known(rows, as_of)}).to_string();
    let tables = tables_from_json(&tables, &options, &Limits::default()).unwrap();
    let ask = SettleAsk { contract: contract.clone(), through, previous: previous.cloned() };
    settle(&tables, &options, &ask, &Limits::default())
}

fn settled(rows: &[Value], as_of: &str, contract: &Contract, through: u32, previous: Option<&Statement>) -> Statement {
    tried(rows, as_of, contract, through, previous).unwrap()
}

fn shown(statement: &Statement) -> Vec<(LineKind, u32, Vec<&str>, String)> {
    statement
        .lines
        .iter()
        .map(|line| {
            (line.kind, line.period, line.ids.iter().map(String::as_str).collect(), line.amount.normalize().to_string())
        })
        .collect()
}

#[test]
fn two_periods_by_hand() {
    let rows = [
        solved("holds", "ann", 3, 9),
        solved("returns", "ben", 4, 9),
        // Ben is back within a day.
        solved("again", "ben", 5, 8),
        // Closed on 30 January: too young on 1 February; and one that returns after ten days.
        solved("young", "cem", 30, 9),
        solved("late", "dan", 10, 9),
        solved("late-again", "dan", 20, 12),
        solved("february", "eva", 40, 9),
        json!({"id": "person", "customer_id": "fay", "handling": "human", "outcome": "resolved", "opened_at": at(3, 9), "closed_at": at(3, 10)}),
    ];
    let contract = terms(&json!({}));
    let first = settled(&rows, &at(32, 0), &contract, 1, None);
    assert_eq!(
        shown(&first),
        [
            (LineKind::Resolutions, 1, vec!["again", "holds", "late-again"], "2.97".into()),
            (LineKind::Held, 1, vec!["young"], "0".into()),
        ]
    );
    let january = first.periods.first().unwrap();
    assert_eq!((&january.refused, &january.clawed_back), (&vec!["returns".to_owned()], &vec!["late".to_owned()]));
    // Five that held at first: three are paid, one is held, one was recontacted later.
    assert_eq!(
        (january.earned, january.held_amount, january.clawed_back_amount),
        (dec("4.95"), dec("0.99"), dec("0.99"))
    );
    let second = settled(&rows, &at(60, 0), &contract, 2, Some(&first));
    assert_eq!(
        shown(&second),
        [
            (LineKind::Released, 1, vec!["young"], "0.99".into()),
            (LineKind::Resolutions, 2, vec!["february"], "0.99".into()),
        ]
    );
    assert_eq!((second.total, second.balance), (dec("1.98"), dec("4.95")));
    assert_eq!((second.number, second.previous_hash.as_ref()), (2, Some(&first.hash)));
}

#[test]
fn what_was_paid_is_clawed_back_when_the_customer_returns() {
    let rows = [solved("a", "ann", 25, 9), solved("b", "ben", 25, 9), solved("back", "ann", 35, 9)];
    let contract = terms(&json!({}));
    let first = settled(&rows, &at(32, 0), &contract, 1, None);
    assert_eq!(first.total, dec("1.98"));
    let second = settled(&rows, &at(60, 0), &contract, 2, Some(&first));
    assert_eq!(
        shown(&second),
        [(LineKind::ClawedBack, 1, vec!["a"], "-0.99".into()), (LineKind::Resolutions, 2, vec!["back"], "0.99".into())]
    );
    let kind = terms(&json!({"clawback_hours": 72}));
    let first = settled(&rows, &at(32, 0), &kind, 1, None);
    assert_eq!(
        settled(&rows, &at(60, 0), &kind, 2, Some(&first)).total,
        dec("0.99"),
        "after its time nothing is taken back"
    );
}

#[test]
fn fees_go_through_tiers_then_the_most_then_the_least() {
    let rows: Vec<Value> = (0..10).map(|n| solved(&format!("{n}"), &format!("c{n}"), 3 + n, 9)).collect();
    let fee = json!({"kind": "use", "of": "verified_resolution", "included": 2, "tiers": [{"up_to": 4, "price": 3}, {"price": 2}]});
    // 4 · 3 + 4 · 2
    let due = |changes: &Value| {
        let mut all = changes.clone();
        all["fee"] = fee.clone();
        let found = settled(&rows, &at(32, 0), &terms(&all), 1, None);
        let amounts: Vec<String> = found.lines.iter().map(|line| line.amount.normalize().to_string()).collect();
        (found.total.normalize().to_string(), amounts.join(" "))
    };
    assert_eq!(due(&json!({})), ("20".into(), "20".into()));
    assert_eq!(due(&json!({"cap": 15})), ("15".into(), "20 -5".into()));
    assert_eq!(due(&json!({"minimum": 50})), ("50".into(), "20 30".into()));
    assert_eq!(
        due(&json!({"cap": 15, "minimum": 15, "credits": [{"period": 1, "label": "outage", "amount": -4}]})),
        ("11".into(), "20 -5 -4".into())
    );
}

/// January with so many resolved by the AI and so many handed over.
fn contained(resolved: u32, handed_over: u32) -> Vec<Value> {
    let row = |n: u32| {
        let mut row = solved(&format!("r{n}"), &format!("c{n}"), 1 + n % 20, 9);
        if n >= resolved {
            row["handling"] = json!("ai_to_human");
        }
        row
    };
    (0..resolved + handed_over).map(row).collect()
}

fn promised(basis: &str, more: &Value) -> Value {
    let mut promise = json!({"name": "containment", "kpi": "containment_rate", "at_least": 0.8, "basis": basis, "penalty": {"part_of_fee": 0.1}});
    for (key, value) in more.as_object().unwrap() {
        promise[key] = value.clone();
    }
    json!({"guarantees": [promise]})
}

#[test]
fn a_promise_is_judged_by_the_point_or_by_the_whole_interval_as_agreed() {
    let judged = |rows: &[Value], terms_: &Value| {
        let found = settled(rows, &at(40, 0), &terms(terms_), 1, None);
        let january = found.periods.first().unwrap();
        let kept = serde_json::to_value(january.kept.get("containment").unwrap()).unwrap();
        (kept.as_str().unwrap().to_owned(), january.guarantees.get("containment").unwrap().normalize().to_string())
    };
    let is = |found: (String, String), kept: &str, amount: &str| assert_eq!(found, (kept.into(), amount.into()));
    // 76 of 100: Wilson's interval goes from 0.668 to 0.833.
    is(judged(&contained(76, 24), &promised("point", &json!({}))), "broken", "-7.52");
    is(judged(&contained(76, 24), &promised("interval", &json!({}))), "inconclusive", "0");
    is(judged(&contained(60, 40), &promised("interval", &json!({}))), "broken", "-5.94");
    is(judged(&contained(80, 20), &promised("point", &json!({}))), "kept", "0");
    is(judged(&contained(76, 24), &promised("point", &json!({"smallest": 200}))), "not_judged", "0");
    let bonus = json!({"bonus_from": 0.9, "bonus": {"amount": 25}});
    is(judged(&contained(95, 5), &promised("point", &bonus)), "exceeded", "25");
    is(judged(&contained(93, 7), &promised("interval", &bonus)), "kept", "0");
    let turned = json!({"guarantees": [{"name": "containment", "kpi": "escalation_rate", "at_most": 0.2, "penalty": {"amount": 10}}]});
    is(judged(&contained(76, 24), &turned), "broken", "-10");
    is(judged(&contained(80, 20), &turned), "kept", "0");
}

#[test]
fn two_promises_may_be_about_one_figure() {
    let of = |name: &str, line: &str| json!({"name": name, "kpi": "containment_rate", "at_least": line, "penalty": {"amount": 1}});
    let contract = terms(&json!({"guarantees": [of("hard", "0.9"), of("soft", "0.5")]}));
    let found = settled(&contained(76, 24), &at(40, 0), &contract, 1, None);
    assert_eq!(found.periods.first().unwrap().guarantees.values().sum::<Decimal>(), dec("-1"));
}

#[test]
fn a_promise_is_not_judged_before_its_period_is_old_enough() {
    let contract = terms(&promised("point", &json!({})));
    let rows = contained(60, 40);
    let early = settled(&rows, &at(32, 0), &contract, 1, None);
    let late = settled(&rows, &at(40, 0), &contract, 1, Some(&early));
    assert_eq!(shown(&late), [(LineKind::Guarantee, 1, vec![], "-5.94".into())]);
}

#[test]
fn people_take_over_after_so_many_broken_periods_in_a_row() {
    let contract = terms(&promised("point", &json!({"fallback_after": 2})));
    let mut rows = contained(60, 40);
    assert!(settled(&rows, &at(40, 0), &contract, 1, None).fallback.is_empty());
    for n in 0..10 {
        let mut row = solved(&format!("f{n}"), &format!("f{n}"), 33 + n, 9);
        if n < 5 {
            row["handling"] = json!("ai_to_human");
        }
        rows.push(row);
    }
    assert_eq!(settled(&rows, &at(70, 0), &contract, 2, None).fallback, ["containment"]);
}

#[test]
fn contracts_that_make_no_sense_are_refused_together() {
    let contract = terms(
        &json!({"currency": "?", "time_zone": "Mars", "verify_hours": 100, "clawback_hours": 72, "cap": 5, "minimum": 6, "places": 9,
        "fee": {"kind": "use", "of": "draft", "tiers": [{"up_to": 5, "price": 1}, {"up_to": 4, "price": 1}, {"price": 1}]},
        "guarantees": [{"name": "a", "kpi": "luck", "penalty": {}}, {"name": "a", "kpi": "csat", "population": "nobody", "at_least": 1, "bonus": {"amount": 1}}],
        "credits": [{"period": 0, "label": "x", "amount": 1}]}),
    );
    let text = contract.validate().unwrap_err().to_string();
    for said in [
        "ISO 4217",
        "\"Mars\"",
        "`clawback_hours` is 72",
        "`cap` is 5, below a `minimum` of 6",
        "`places` is 9",
        "must be `use` of `verified_resolution`",
        "so the two overlap",
        "`guarantees[0].kpi` is \"luck\"",
        "`guarantees[0]` needs either `at_least` or `at_most`",
        "`guarantees[0].penalty` needs either",
        "`guarantees[1].name` is \"a\"",
        "`guarantees[1].population`",
        "`guarantees[1]` needs `bonus` and `bonus_from` together",
        "`credits[0].period` is 0",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn what_cannot_be_settled_says_why() {
    let rows = [solved("a", "ann", 3, 9)];
    let contract = terms(&json!({}));
    let refused = |as_of: &str, contract: &Contract, through, previous: Option<&Statement>| {
        tried(&rows, as_of, contract, through, previous).unwrap_err().to_string()
    };
    assert!(refused(&at(31, 0), &contract, 1, None).contains("is settled when it is over"));
    assert!(refused(&at(32, 0), &contract, 0, None).contains("`through` is 0"));
    let mut first = settled(&rows, &at(32, 0), &contract, 1, None);
    assert!(refused(&at(60, 0), &terms(&json!({"version": 2})), 2, Some(&first)).contains("another contract"));
    let second = settled(&rows, &at(60, 0), &contract, 2, Some(&first));
    assert!(refused(&at(60, 0), &contract, 1, Some(&second)).contains("later than what is asked for"));
    first.balance += Decimal::ONE;
    assert!(refused(&at(60, 0), &contract, 2, Some(&first)).contains("was changed"));
}

#[test]
fn any_changed_byte_of_a_statement_is_found() {
    let rows = [solved("a", "ann", 3, 9), solved("b", "ben", 4, 9), solved("young", "cem", 31, 9)];
    let contract = terms(&json!({"credits": [{"period": 1, "label": "outage", "amount": "-0.50"}]}));
    let first = settled(&rows, &at(32, 0), &contract, 1, None);
    let second = settled(&rows, &at(60, 0), &contract, 2, Some(&first));
    let (one, two) = (first.to_json(), second.to_json());
    assert!(verify(&[&one, &two]).is_sound(), "{:?}", verify(&[&one, &two]));
    assert_eq!(Statement::from_json(&one).unwrap(), first);
    for at in 0..one.len() {
        let mut bytes = one.clone().into_bytes();
        bytes[at] = match bytes[at] {
            b'0'..=b'8' | b'a'..=b'y' => bytes[at] + 1,
            b' ' => b'\t',
            _ => b' ',
        };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(!verify(&[&changed]).is_sound(), "byte {at} of {changed}");
    }
    let line = one.replacen("-0.5", "-0.9", 1);
    assert!(
        verify(&[&line]).problems.iter().any(|p| p.contains("line 3 (\"outage\" of period 1) was changed")),
        "{:?}",
        verify(&[&line])
    );
    assert!(!verify(&[&two, &one]).is_sound(), "the order is part of it");
    let spaced = format!("{one} ");
    assert!(!verify(&[&spaced]).is_sound());
}

fn contacts() -> impl Strategy<Value = Vec<Value>> {
    let contact = (1_u32..=90, 0_u32..=20, 0_u32..8, 0_u32..10, proptest::option::weighted(0.2, proptest::bool::ANY));
    proptest::collection::vec(contact, 0..50).prop_map(|list| {
        let row = |(n, (day, hour, customer, kind, confirmed)): (usize, (u32, u32, u32, u32, Option<bool>))| {
            let mut row = solved(&format!("i{n:02}"), &format!("c{customer}"), day, hour);
            row["confirmed"] = json!(confirmed);
            match kind {
                0 => row["handling"] = json!("human"),
                1 => row["handling"] = json!("ai_to_human"),
                2 => row["outcome"] = json!("unresolved"),
                3 => row["reopened_at"] = json!(at(day + 2, hour)),
                4 => row["customer_id"] = Value::Null,
                _ => {}
            }
            row
        };
        list.into_iter().enumerate().map(row).collect()
    })
}

fn any_terms() -> impl Strategy<Value = Contract> {
    (0_u32..40, proptest::bool::ANY, proptest::bool::ANY).prop_map(|(cap, whole, promise)| {
        let tiering = if whole { "whole_volume" } else { "marginal" };
        let mut changes = json!({"cap": 5 + cap, "minimum": 5, "fee": {"kind": "use", "of": "verified_resolution", "included": 1, "tiering": tiering,
            "tiers": [{"up_to": 3, "price": "1.005"}, {"up_to": 9, "price": "0.77"}, {"price": "0.333"}]},
            "credits": [{"period": 2, "label": "outage", "amount": "-1.25"}]});
        if promise {
            changes["guarantees"] = promised("point", &json!({}))["guarantees"].clone();
        }
        terms(&changes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn settling_bit_by_bit_or_at_once_comes_to_the_same(rows in contacts(), contract in any_terms()) {
        let once = settled(&rows, &at(150, 0), &contract, 3, None);
        let mut texts: Vec<String> = Vec::new();
        let mut last: Option<Statement> = None;
        for (as_of, through) in [(at(32, 0), 1), (at(45, 0), 1), (at(62, 0), 2), (at(100, 0), 3), (at(150, 0), 3)] {
            let next = settled(&rows, &as_of, &contract, through, last.as_ref());
            texts.push(next.to_json());
            last = Some(next);
        }
        let last = last.unwrap();
        prop_assert_eq!(last.balance, once.balance);
        prop_assert_eq!(&last.periods, &once.periods);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = verify(&texts);
        prop_assert!(found.is_sound(), "{:?}", found.problems);
        // Nothing is held for ever, and settling again what has not changed bills nothing.
        prop_assert!(last.periods.iter().all(|period| period.held.is_empty()));
        let again = settled(&rows, &at(150, 0), &contract, 3, Some(&last));
        prop_assert!(again.total.is_zero() && again.lines.is_empty(), "{:?}", again.lines);
    }

    #[test]
    fn order_changes_nothing_and_no_money_is_lost(rows in contacts(), contract in any_terms(), turn in 0_usize..50) {
        let there = settled(&rows, &at(70, 0), &contract, 2, None);
        let mut turned = rows.clone();
        turned.rotate_left(turn.min(rows.len()));
        turned.reverse();
        prop_assert_eq!(settled(&turned, &at(70, 0), &contract, 2, None).to_json(), there.to_json());
        for period in &there.periods {
            prop_assert_eq!(period.fee + period.held_amount + period.clawed_back_amount, period.earned);
            prop_assert!(period.fee + period.cap + period.minimum >= dec("5"), "the least");
        }
        prop_assert_eq!(there.lines.iter().map(|line| line.amount).sum::<Decimal>(), there.total);
    }
}
