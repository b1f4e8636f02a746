//! A rate that a model judged: what it is without the judge's mistakes, and how sure that is.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::compare::{CorrectedAsk, corrected};
use kpi_core::evidence::{Judge, rogan_gladen, z_for};
use kpi_core::input::tables_from_json;
use kpi_core::{Limits, Options};
use lot::Lot;
use serde_json::{Value, json};

/// AI contacts: so many of so many that the judge calls resolved.
fn judged(resolved: usize, all: usize) -> Vec<Value> {
    let row = |n: usize| {
        json!({"id": n.to_string(), "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z",
            "outcome": if n < resolved { "resolved" } else { "unresolved" }})
    };
    (0..all).map(row).collect()
}

fn tried(rows: &[Value], ask: &Value) -> kpi_core::Result<Value> {
    let ask: CorrectedAsk = serde_json::from_value(ask.clone()).unwrap();
    let options = Options::default();
    let tables = tables_from_json(&json!({"interactions": rows}).to_string(), &options, &Limits::default()).unwrap();
    corrected(&tables, &options, &ask, &Limits::default()).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn ask(kpi: &str, [tp, fn_, tn, fp]: [u64; 4]) -> Value {
    json!({"kpi": kpi, "population": "ai", "true_positives": tp, "false_negatives": fn_, "true_negatives": tn, "false_positives": fp})
}

fn close(found: &Value, by_hand: f64) {
    assert!((found.as_f64().unwrap() - by_hand).abs() < 1e-12, "{found} instead of {by_hand}");
}

#[test]
fn a_judge_that_is_too_kind_is_taken_at_less_than_its_word() {
    let found = tried(&judged(140, 200), &ask("resolution_rate", [95, 5, 80, 20])).unwrap();
    // (0.7 + 0.8 − 1) / (0.95 + 0.8 − 1) = 0.5 / 0.75
    close(&found["value"], 2.0 / 3.0);
    assert_eq!(
        (&found["sensitivity"], &found["specificity"], &found["clamped"]),
        (&json!(0.95), &json!(0.8), &json!(false))
    );
    assert_eq!((&found["observed"]["value"], &found["method"]), (&json!(0.7), &json!("lang_reiczigel")));
    // The formula in Python, with scipy.stats.norm.ppf(0.975).
    close(&found["low"], 0.563_813_698_990_434_9);
    close(&found["high"], 0.767_291_520_315_568);
    // Another way to the same: numpy.quantile((p + c - 1) / (s + c - 1), [0.025, 0.975]) of two million draws of
    // p ~ beta(140.5, 60.5), s ~ beta(95.5, 5.5), c ~ beta(80.5, 20.5).
    for (end, drawn) in [("low", 0.564_04), ("high", 0.767_51)] {
        assert!((found[end].as_f64().unwrap() - drawn).abs() < 2e-3, "{found}");
    }
    let wilson = found["observed"]["high"].as_f64().unwrap() - found["observed"]["low"].as_f64().unwrap();
    assert!(found["high"].as_f64().unwrap() - found["low"].as_f64().unwrap() > wilson, "a judge adds doubt");
}

#[test]
fn a_judge_without_mistakes_in_a_huge_sample_changes_nothing() {
    let found = tried(&judged(140, 200), &ask("resolution_rate", [1_000_000_000, 0, 1_000_000_000, 0])).unwrap();
    close(&found["value"], 0.7);
    // What remains is Wald's interval around the shifted rate (Agresti and Coull 1998), within a hair of Wilson's.
    assert!((found["low"].as_f64().unwrap() - found["observed"]["low"].as_f64().unwrap()).abs() < 2e-3);
}

#[test]
fn what_no_rate_can_be_is_clamped_and_says_so() {
    let found = tried(&judged(2, 100), &ask("resolution_rate", [90, 10, 80, 20])).unwrap();
    assert_eq!((&found["value"], &found["clamped"]), (&json!(0.0), &json!(true)));
    close(&found["unclamped"], (0.02 + 0.8 - 1.0) / 0.7);
    let found = tried(&judged(99, 100), &ask("resolution_rate", [80, 20, 90, 10])).unwrap();
    assert_eq!((&found["value"], &found["high"], &found["clamped"]), (&json!(1.0), &json!(1.0), &json!(true)));
}

#[test]
fn a_rate_without_a_fit_judge_is_absent_and_says_why() {
    for (counts, reason) in [
        ([50, 50, 50, 50], "judge_no_better_than_chance"),
        ([10, 90, 30, 70], "judge_no_better_than_chance"),
        ([10, 0, 0, 0], "judge_not_labelled"),
        ([0, 0, 10, 1], "judge_not_labelled"),
    ] {
        let found = tried(&judged(50, 100), &ask("resolution_rate", counts)).unwrap();
        assert_eq!((&found["value"], &found["undefined"]), (&Value::Null, &json!(reason)), "{counts:?}");
        assert!(found["low"].is_null() && found["method"].is_null());
    }
    let nobody = tried(&judged(0, 0), &ask("resolution_rate", [9, 1, 9, 1])).unwrap();
    assert_eq!(nobody["undefined"], json!("no_data"));
}

#[test]
fn only_proportions_can_be_judged() {
    let refused = |ask: &Value| tried(&judged(1, 2), ask).unwrap_err().to_string();
    assert!(refused(&ask("handle_time_mean", [9, 1, 9, 1])).contains("is no proportion"));
    assert!(refused(&ask("answers", [9, 1, 9, 1])).contains("no KPI \"answers\""));
    let mut elsewhere = ask("answer_accuracy", [9, 1, 9, 1]);
    assert!(refused(&elsewhere).contains("is only there of ai_fronted"));
    elsewhere["population"] = Value::Null;
    assert_eq!(tried(&judged(1, 2), &elsewhere).unwrap()["undefined"], json!("missing_input"));
}

/// Worlds in which the truth is known: how often does the interval hold it?
#[test]
fn the_interval_holds_the_truth_as_often_as_it_says() {
    let (mut lot, z, worlds) = (Lot(42), z_for(0.95), 3000);
    for (truth, n, sensitivity, specificity, labelled) in [
        (0.7, 400, 0.9, 0.8, 100),
        (0.5, 150, 0.95, 0.9, 60),
        (0.9, 300, 0.85, 0.9, 150),
        (0.2, 1000, 0.8, 0.95, 80),
        (0.6, 500, 0.97, 0.97, 50),
    ] {
        let mut held = 0;
        for _ in 0..worlds {
            let yes = lot.hits(n, truth);
            let said_yes = lot.hits(yes, sensitivity) + lot.hits(n - yes, 1.0 - specificity);
            let (right_yes, right_no) = (lot.hits(labelled, sensitivity), lot.hits(labelled, specificity));
            let judge = Judge {
                true_positives: right_yes as u64,
                false_negatives: (labelled - right_yes) as u64,
                true_negatives: right_no as u64,
                false_positives: (labelled - right_no) as u64,
            };
            let found = rogan_gladen(said_yes as f64 / n as f64, n as f64, &judge, z).unwrap();
            let interval = found.interval.unwrap();
            held += usize::from(interval.low <= truth && truth <= interval.high);
        }
        let coverage = held as f64 / f64::from(worlds);
        assert!(
            (0.93..=0.97).contains(&coverage),
            "{coverage} at {truth}, {n}, {sensitivity}, {specificity}, {labelled}"
        );
    }
}
