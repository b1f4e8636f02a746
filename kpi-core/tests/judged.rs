//! Is it good? Bands of benchmarks, targets, and what is too good to be believed.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::{CompareAsk, GatesAsk, from_json};
use kpi_core::render::{TextStyle, html, text};
use kpi_core::{Limits, Options, Report, report, report_json};
use serde_json::{Value, json};

/// Ten contacts of AI, eight of them with a satisfied customer.
fn contacts() -> Value {
    let contact = |n: usize| {
        json!({"id": n.to_string(), "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z",
            "outcome": "resolved", "customer_id": n.to_string(), "csat": if n < 8 { 5 } else { 2 }, "confirmed": true, "cost_api": "2.00"})
    };
    json!({"interactions": (0..10).map(contact).collect::<Vec<_>>()})
}

fn options(own: &Value) -> String {
    let mut options = json!({"as_of": "2026-02-01T00:00:00Z"});
    let all = options.as_object_mut().unwrap();
    all.extend(own.as_object().unwrap().clone());
    options.to_string()
}

fn made(own: &Value) -> Value {
    serde_json::from_str(&report_json(&contacts().to_string(), &options(own)).unwrap()).unwrap()
}

fn refused(own: &Value) -> String {
    report_json(&contacts().to_string(), &options(own)).unwrap_err().to_string()
}

fn value<'r>(report: &'r Value, id: &str, population: &str) -> &'r Value {
    let values = report["groups"][0]["values"].as_array().unwrap();
    values.iter().find(|v| v["id"] == id && v["population"] == population).unwrap()
}

#[test]
fn a_figure_stands_among_the_built_in_benchmarks_unless_they_are_left_out() {
    let report = made(&json!({}));
    assert_eq!(value(&report, "csat", "ai")["band"], "at_benchmark", "8 of 10; the benchmark is 79 to 86 %");
    assert_eq!(value(&report, "csat", "all")["band"], Value::Null, "the benchmark is about AI");
    assert_eq!(value(&report, "verified_resolution_rate", "all")["band"], "top_quartile");
    assert_eq!(
        value(&report, "ai_cost_per_resolution", "ai_fronted")["band"],
        "at_benchmark",
        "$2 lies in $1 to $2.50"
    );
    assert_eq!(value(&made(&json!({"benchmarks": []})), "csat", "ai")["band"], Value::Null);
    let euros = made(&json!({"currency": "EUR"}));
    assert_eq!(
        value(&euros, "ai_cost_per_resolution", "ai_fronted")["band"],
        Value::Null,
        "dollars say nothing of euros"
    );
}

#[test]
fn the_first_set_that_knows_a_figure_judges_it_and_a_users_own_has_the_same_form() {
    let own = json!({"name": "ours", "lines": [{"kpi": "csat", "population": "ai", "floor": {"below": 0.9}}]});
    let report = made(&json!({"benchmarks": [own, "b2b_saas_2026"]}));
    assert_eq!(value(&report, "csat", "ai")["band"], "below_floor");
    assert_eq!(value(&report, "verified_resolution_rate", "all")["band"], "top_quartile");
}

#[test]
fn what_is_better_than_its_source_believes_is_flagged() {
    let flags = |own: Value, id: &str, population: &str| value(&made(&own), id, population)["flags"].to_string();
    assert!(!flags(json!({}), "autonomous_resolution_rate", "ai_fronted").contains("too_good"));
    let runrate = json!({"benchmarks": ["runrate_12"]});
    assert!(flags(runrate, "autonomous_resolution_rate", "ai_fronted").contains("too_good"), "100 % is over 85 %");
    let sceptical = json!({"targets": [{"kpi": "csat", "population": "ai", "goal": 0.7, "sceptical": 0.79}]});
    assert!(flags(sceptical.clone(), "csat", "ai").contains("too_good"));
    assert!(!flags(sceptical, "csat", "all").contains("too_good"), "the target is about AI");
}

#[test]
fn a_target_says_how_far_off_the_figure_is_and_how_sure_that_is() {
    let target = |own: Value| {
        let mut target = json!({"kpi": "csat", "population": "ai", "owner": "AI operations"});
        target.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        made(&json!({"targets": [target]}))["targets"][0].clone()
    };
    let found = target(json!({"goal": 0.85}));
    assert_eq!(
        found,
        json!({"kpi": "csat", "population": "ai", "owner": "AI operations", "phase": null, "better": "higher", "goal": "0.85",
            "value": 0.8, "undefined": null, "n": 10, "low": found["low"], "high": found["high"],
            "drift": found["drift"], "standing": "missed", "far_off": false, "sure": false})
    );
    // Wilson's interval of 8 of 10, and 0.80 / 0.85 − 1.
    for (field, by_hand) in [("low", 0.490_162_471_5), ("high", 0.943_317_848_5), ("drift", -0.058_823_529_4)] {
        assert!((found[field].as_f64().unwrap() - by_hand).abs() < 1e-9, "{field}");
    }
    assert_eq!(target(json!({"goal": 0.8}))["standing"], "met", "a goal that is just reached is reached");
    let low = target(json!({"goal": 0.45}));
    assert_eq!((&low["standing"], &low["sure"], &low["far_off"]), (&json!("met"), &json!(true), &json!(true)));
    let high = target(json!({"goal": 0.95, "critical": 0.82}));
    assert_eq!((&high["standing"], &high["sure"]), (&json!("critical"), &json!(true)));
    assert_eq!(target(json!({"goal": 0.95, "critical": 0.8}))["standing"], "missed", "at the line is not beyond it");
    assert_eq!(target(json!({"goal": 0.7, "sceptical": 0.75}))["standing"], "too_good");
    assert_eq!(target(json!({"goal": 0.9, "better": "lower"}))["standing"], "met");
    let unknown = made(&json!({"targets": [{"kpi": "nps", "population": "ai", "goal": 30}]}))["targets"][0].clone();
    assert_eq!((&unknown["standing"], &unknown["undefined"]["reason"]), (&json!("unknown"), &json!("missing_input")));
}

#[test]
fn the_goal_of_a_phase_holds_until_it_ends() {
    let phases = json!([{"name": "first 90 days", "until": "2026-03-01T00:00:00Z", "goal": 0.6},
        {"name": "months 4 to 6", "until": "2026-07-01T00:00:00Z", "goal": 0.75}]);
    let at = |as_of: &str| {
        let target = json!([{"kpi": "csat", "population": "ai", "goal": 0.9, "phases": phases}]);
        let found = made(&json!({"as_of": as_of, "targets": target}))["targets"][0].clone();
        (found["phase"].clone(), found["goal"].clone(), found["standing"].clone())
    };
    assert_eq!(at("2026-02-28T23:59:59Z"), (json!("first 90 days"), json!("0.6"), json!("met")));
    assert_eq!(at("2026-03-01T00:00:00Z"), (json!("months 4 to 6"), json!("0.75"), json!("met")));
    assert_eq!(at("2026-07-01T00:00:00Z"), (Value::Null, json!("0.9"), json!("missed")));
}

#[test]
fn a_goal_may_be_what_was_forecast_or_what_was_before() {
    let target = json!([{"kpi": "cost_per_resolution", "population": "ai_fronted", "goal": "forecast"},
        {"kpi": "csat", "population": "ai", "goal": "baseline"}]);
    let own = json!({"targets": target, "forecast": {"cost_per_resolution": "1.75"}, "baseline": {"csat": "0.8"}});
    let found = made(&own)["targets"].clone();
    assert_eq!(
        (&found[0]["goal"], &found[0]["standing"], &found[0]["far_off"]),
        (&json!("1.75"), &json!("missed"), &json!(true))
    );
    assert_eq!((&found[1]["goal"], &found[1]["standing"]), (&json!("0.8"), &json!("met")));
}

#[test]
fn what_makes_no_sense_is_refused_and_said_how_to_mend() {
    let refusals = [
        (json!({"benchmarks": ["b2c"]}), "take b2b_saas_2026, runrate_12, team_targets, or give a set of your own"),
        (
            json!({"benchmarks": [{"name": "ours", "lines": [{"kpi": "resolution", "floor": {"below": 1}}]}]}),
            "`benchmarks` names the KPI \"resolution\", which the catalogue has not. Did you mean",
        ),
        (
            json!({"targets": [{"kpi": "csat", "population": "robots", "goal": 1}]}),
            "`targets` names the population \"robots\" of csat, which has",
        ),
        (json!({"targets": [{"kpi": "interactions", "goal": 100}]}), "give `better` as \"higher\" or \"lower\""),
        (
            json!({"targets": [{"kpi": "csat", "goal": "more"}]}),
            "a goal is a number, \"forecast\" or \"baseline\", and not \"more\"",
        ),
        (json!({"targets": [{"kpi": "csat", "goal": "baseline"}]}), "`baseline.csat` is not given"),
        (json!({"targets": [{"kpi": "csat"}]}), "missing field `goal`"),
        (
            json!({"targets": [{"kpi": "csat", "goal": 1, "phases": [
                {"name": "b", "until": "2026-05-01T00:00:00Z", "goal": 1}, {"name": "a", "until": "2026-04-01T00:00:00Z", "goal": 1}]}]}),
            "the phases of `targets[0]` (csat) are not in order of `until`",
        ),
        (
            json!({"targets": [{"kpi": "csat", "goal": 1, "critical": 0.5, "sceptical": 0.5}]}),
            "has one value for `critical` and `sceptical`",
        ),
    ];
    for (own, part) in refusals {
        let said = refused(&own);
        assert!(said.contains(part), "\"{part}\" is not in: {said}");
    }
}

fn with_targets() -> Report {
    let targets = json!({"targets": [
        {"kpi": "csat", "population": "ai", "goal": 0.95, "critical": 0.82, "owner": "AI operations"},
        {"kpi": "resolution_rate", "population": "ai", "goal": 0.75},
        {"kpi": "nps", "population": "ai", "goal": 30}]});
    let options = Options::from_json(&options(&targets)).unwrap();
    let tables = kpi_core::input::tables_from_json(&contacts().to_string(), &options, &Limits::default()).unwrap();
    report(&tables, &options, &Limits::default()).unwrap()
}

#[test]
fn targets_are_told_in_words_beside_their_evidence() {
    let report = with_targets();
    let plain = text(&report, &TextStyle::default());
    for part in [
        "TARGETS",
        "! critical: act now",
        "! 15.8 % under the goal",
        "goal 95 %",
        "AI operations",
        "beyond chance",
        "✓ reached",
        "– not known",
    ] {
        assert!(plain.contains(part), "{part} is not in:\n{plain}");
    }
    assert!(plain.lines().all(|line| line.chars().count() <= 80));
    let page = html(&report, "Targets");
    assert!(
        page.contains("<section id=\"targets\"")
            && page.contains("Critical: act now")
            && page.contains("href=\"#targets\"")
    );
    let none = report_json(&contacts().to_string(), &options(&json!({}))).unwrap();
    assert!(!none.contains("\"targets\""), "without targets there is nothing about them");
}

#[test]
fn the_examples_of_the_documentation_are_options_and_asks() {
    let page = include_str!("../../docs/judging.md");
    let examples: Vec<&str> =
        page.split("```json\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(example, _)| example)).collect();
    assert_eq!(examples.len(), 4);
    for example in examples {
        let mut own: Value = serde_json::from_str(example).unwrap();
        if own.get("a").is_some() {
            from_json::<CompareAsk>(example).unwrap();
            continue;
        }
        if own.get("gates").is_some() {
            from_json::<GatesAsk>(example).unwrap();
            continue;
        }
        own["forecast"] = json!({"cost_per_resolution": "1.75"});
        let found = made(&own);
        assert!(found["groups"].is_array());
    }
}
