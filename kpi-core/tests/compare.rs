//! Whom does it concern? Segments beside one another, and what chance alone would say of them.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::compare::BiasAsk;
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables, bias};
use lot::Lot;
use serde_json::{Value, json};

const DAY: i64 = 86_400_000_000_000;

/// One contact of AI alone in a language, resolved or not.
fn contact(id: usize, language: &str, resolved: bool) -> Interaction {
    let opened = Instant::from_nanos(20_000 * DAY);
    Interaction {
        closed_at: Some(opened),
        outcome: Some(if resolved { Outcome::Resolved } else { Outcome::Unresolved }),
        language: Some(language.to_owned()),
        ..Interaction::new(id.to_string(), Handling::Ai, opened)
    }
}

fn desk(languages: &[(&str, usize, usize)]) -> Vec<Interaction> {
    let rows =
        languages.iter().flat_map(|(language, resolved, all)| (0..*all).map(move |n| (*language, n < *resolved)));
    rows.enumerate().map(|(id, (language, resolved))| contact(id, language, resolved)).collect()
}

fn ask(smallest: u64) -> BiasAsk {
    BiasAsk { smallest, ..BiasAsk::by("language") }
}

fn found(rows: &[Interaction], smallest: u64) -> Value {
    let bias = bias(&Tables::of(rows), &Options::default(), &ask(smallest), &Limits::default()).unwrap();
    serde_json::from_str(&bias.to_json()).unwrap()
}

fn close(found: &Value, by_hand: f64) {
    assert!((found.as_f64().unwrap() - by_hand).abs() < 1e-6, "{found} instead of {by_hand}");
}

#[test]
fn a_segment_is_held_against_everybody_else_and_against_the_best() {
    let found = found(&desk(&[("en", 36, 40), ("de", 24, 40), ("fr", 1, 5)]), 30);
    let resolution = &found["figures"][0];
    assert_eq!((&resolution["id"], &resolution["population"]), (&json!("resolution_rate"), &json!("ai")));
    close(&resolution["spread"], 0.3);
    let [best, worst] = [&resolution["segments"][0], &resolution["segments"][1]];
    assert_eq!((&best["value"], &worst["value"], &worst["n"]), (&json!("en"), &json!("de"), &json!(40)));
    // 24 of 40 against 36 of 40: Newcombe by hand; pooled 60 of 80, z = 3.098387; two tests in all.
    for (field, by_hand) in [
        ("gap", -0.3),
        ("low", -0.465_466_862),
        ("high", -0.111_130_456),
        ("p_value", 0.001_945_774),
        ("adjusted_p_value", 0.003_891_547),
        ("ratio_to_best", 2.0 / 3.0),
    ] {
        close(&worst[field], by_hand);
    }
    assert_eq!((&worst["below_four_fifths"], &best["below_four_fifths"]), (&json!(true), &json!(false)));
    assert_eq!(resolution["left_out"], json!([{"value": "fr", "n": 5}]), "named, and not judged");
}

#[test]
fn of_handovers_few_are_good_and_where_nothing_differs_there_is_no_test() {
    let found = found(&desk(&[("en", 30, 40), ("de", 30, 40)]), 30);
    let handed_over = &found["figures"][2];
    assert_eq!((&handed_over["id"], &handed_over["better"]), (&json!("escalation_rate"), &json!("lower")));
    assert_eq!(handed_over["segments"][0]["ratio_to_best"], json!(1.0), "nobody is handed over, which is good");
    assert!(handed_over["segments"][0]["p_value"].is_null());
    assert_eq!(found["figures"][1]["segments"], json!([]), "nobody was asked");
}

#[test]
fn a_segment_of_no_contact_at_least_is_refused() {
    let rows = desk(&[("en", 1, 1)]);
    let refused = bias(&Tables::of(&rows), &Options::default(), &ask(0), &Limits::default()).unwrap_err();
    assert!(refused.to_string().contains("`smallest` is 0"));
}

#[test]
fn one_segment_alone_differs_from_nobody() {
    let found = found(&desk(&[("en", 30, 40)]), 30);
    let segment = &found["figures"][0]["segments"][0];
    assert!(segment["gap"].is_null() && segment["p_value"].is_null() && found["figures"][0]["spread"].is_null());
}

/// Four languages served exactly alike, 300 times: in how many does any of them look treated otherwise?
#[test]
fn where_all_are_served_alike_a_finding_is_rare() {
    let mut lot = Lot(2026);
    let mut worlds_with_a_finding = 0;
    for _ in 0..300 {
        let languages = ["en", "de", "fr", "es"].map(|l| (l, lot.hits(60, 0.7), 60));
        let found = found(&desk(&languages), 30);
        let segments = found["figures"][0]["segments"].as_array().unwrap();
        worlds_with_a_finding += usize::from(segments.iter().any(|s| s["adjusted_p_value"].as_f64().unwrap() < 0.05));
    }
    // 5 of 100 are allowed, 15 of 300; three standard deviations more are 26.
    assert!((1..=26).contains(&worlds_with_a_finding), "{worlds_with_a_finding} of 300");
}
