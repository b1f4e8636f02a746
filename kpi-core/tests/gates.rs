//! Gates of a pilot: judged by their whole interval, after a look at the groups' sizes, and as sure as several looks must be.
//!
//! Numbers that stand beside a call are what that call of statsmodels 0.15 or scipy gives.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::compare::{GatesAsk, gates};
use kpi_core::evidence::{boundaries, chi_square_of_sizes, obrien_fleming_spent, wilson};
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables};
use lot::Lot;
use proptest::prelude::*;
use serde_json::{Value, json};

/// AI contacts of a segment, so many of so many resolved; the first `answered` of them rated, `satisfied` well.
fn group(segment: &str, [resolved, all, satisfied, answered]: [usize; 4]) -> Vec<Interaction> {
    let opened = Instant::from_nanos(20_000 * 86_400_000_000_000);
    let row = |n: usize| Interaction {
        closed_at: Some(opened),
        outcome: Some(if n < resolved { Outcome::Resolved } else { Outcome::Unresolved }),
        segment: Some(segment.to_owned()),
        csat: (n < answered).then_some(if n < satisfied { 5 } else { 1 }),
        ..Interaction::new(format!("{segment}-{n}"), Handling::Ai, opened)
    };
    (0..all).map(row).collect()
}

fn tried(rows: &[Interaction], gates_asked: &Value, more: &Value) -> kpi_core::Result<Value> {
    let mut ask = json!({"gates": gates_asked, "treated": {"when": {"segment": "pilot"}}});
    ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let ask: GatesAsk = serde_json::from_value(ask).unwrap();
    gates(&Tables::of(rows), &Options::default(), &ask, &Limits::default())
        .map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn found(rows: &[Interaction], gates_asked: &Value, more: &Value) -> Value {
    tried(rows, gates_asked, more).unwrap()
}

fn control() -> Value {
    json!({"control": {"when": {"segment": "control"}}})
}

fn close(found: &Value, theirs: f64) {
    assert!((found.as_f64().unwrap() - theirs).abs() < 1e-9, "{found} instead of {theirs}");
}

fn at_least(line: f64) -> Value {
    json!([{"kpi": "autonomous_resolution_rate", "at_least": line}])
}

#[test]
fn a_gate_goes_by_the_whole_interval_and_not_by_the_point() {
    let rows = group("pilot", [75, 100, 0, 0]);
    let gate = |line: f64| found(&rows, &at_least(line), &json!({}))["gates"][0].clone();
    // proportion_confint(75, 100, method="wilson")
    close(&gate(0.6)["low"], 0.656_955_364_519_384);
    close(&gate(0.6)["high"], 0.824_547_886_377_123_2);
    for (line, verdict) in [(0.6, "pass"), (0.65, "pass"), (0.7, "inconclusive"), (0.8, "inconclusive"), (0.85, "fail")]
    {
        assert_eq!(gate(line)["verdict"], json!(verdict), "{line}: the point is 0.75");
    }
    let most = json!([{"kpi": "escalation_rate", "at_most": 0.1}, {"kpi": "escalation_rate", "at_most": 0.01}]);
    let found = found(&rows, &most, &json!({}));
    assert_eq!(
        (&found["gates"][0]["verdict"], &found["gates"][1]["verdict"]),
        (&json!("pass"), &json!("inconclusive"))
    );
}

#[test]
fn an_inconclusive_gate_says_how_many_more_contacts_it_needs() {
    let lacking =
        |rows: &[Interaction], gate: Value, more: &Value| found(rows, &json!([gate]), more)["gates"][0].clone();
    // normal_sample_size_one_tail(0.66 - 0.6, 0.8, 0.025, std_null=sqrt(0.6 * 0.4), std_alternative=sqrt(0.66 * 0.34)) = 512.92…
    let rate = json!({"kpi": "autonomous_resolution_rate", "at_least": 0.6});
    let gate = lacking(&group("pilot", [66, 100, 0, 0]), rate, &json!({}));
    assert_eq!(gate["more_interactions"], json!({"treated": 413, "control": null}), "rounded up");
    // Only every second contact is rated, so twice as many contacts are needed.
    let rated = json!({"kpi": "csat", "population": "ai", "at_least": 0.6});
    let gate = lacking(&group("pilot", [0, 200, 66, 100]), rated, &json!({}));
    assert_eq!(gate["more_interactions"]["treated"], json!(826));
    let both = [group("pilot", [45, 60, 0, 0]), group("control", [46, 60, 0, 0])].concat();
    // normal_sample_size_one_tail(0.1 - 1 / 60, 0.8, 0.025, std_null=s, std_alternative=s) = 414.1…, s = sqrt(p1 * q1 + p2 * q2)
    let parity = json!({"kpi": "autonomous_resolution_rate", "not_worse_than_control_by": 0.1});
    let gate = lacking(&both, parity, &control());
    assert_eq!(
        (&gate["verdict"], &gate["more_interactions"]),
        (&json!("inconclusive"), &json!({"treated": 355, "control": 355}))
    );
}

#[test]
fn a_mean_needs_as_many_more_as_its_spread_says() {
    let mut rows = group("pilot", [40, 40, 0, 0]);
    for (n, row) in rows.iter_mut().enumerate() {
        row.ai_handle_seconds = Some(rust_decimal::Decimal::from(60 + n % 10));
    }
    // 60 to 69, four times: normal_sample_size_one_tail(64.5 - 64, 0.8, 0.025, std_null=s, std_alternative=s) = 265.65…
    let asked = json!([{"kpi": "handle_time_mean", "population": "ai", "at_least": 64}]);
    let gate = found(&rows, &asked, &json!({}))["gates"][0].clone();
    assert_eq!((&gate["verdict"], &gate["more_interactions"]["treated"]), (&json!("inconclusive"), &json!(226)));
}

#[test]
fn on_the_line_no_number_is_sure_to_tell() {
    let gate = found(&group("pilot", [75, 100, 0, 0]), &at_least(0.75), &json!({}))["gates"][0].clone();
    assert_eq!(
        (&gate["verdict"], &gate["on_the_line"], &gate["more_interactions"]),
        (&json!("inconclusive"), &json!(true), &Value::Null)
    );
}

#[test]
fn parity_is_shown_by_a_margin_and_not_by_finding_no_difference() {
    let verdict = |treated: usize, of: usize, all: usize| {
        let rows = [group("pilot", [treated, all, 0, 0]), group("control", [of, all, 0, 0])].concat();
        let asked = json!([{"kpi": "autonomous_resolution_rate", "not_worse_than_control_by": 0.1}]);
        found(&rows, &asked, &control())["gates"][0]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(45, 46, 60), "inconclusive", "too few to say anything");
    assert_eq!(verdict(900, 920, 1200), "pass");
    assert_eq!(verdict(600, 920, 1200), "fail");
    assert_eq!(verdict(60, 60, 60), "pass", "all of both");
}

#[test]
fn where_less_is_better_more_than_the_margin_fails() {
    let group = |name: &str, escalated: usize| {
        let mut rows = group(name, [400, 400, 0, 0]);
        rows.iter_mut().take(escalated).for_each(|row| row.handling = Some(Handling::AiToHuman));
        rows
    };
    for (escalated, verdict) in [(60, "pass"), (160, "fail"), (95, "inconclusive")] {
        let rows = [group("pilot", escalated), group("control", 60)].concat();
        let asked = json!([{"kpi": "escalation_rate", "not_worse_than_control_by": 0.08}]);
        assert_eq!(found(&rows, &asked, &control())["gates"][0]["verdict"], json!(verdict), "{escalated}");
    }
}

#[test]
fn groups_of_other_sizes_than_meant_are_reported_first_and_nothing_is_judged() {
    let sizes = |pilot: usize, other: usize, share: f64| {
        let rows = [group("pilot", [pilot, pilot, 0, 0]), group("control", [other, other, 0, 0])].concat();
        let mut more = control();
        more["intended_share"] = json!(share);
        found(&rows, &at_least(0.5), &more)
    };
    let fair = sizes(300, 100, 0.8);
    // chisquare([300, 100], [320, 80])
    close(&fair["sample_ratio"]["chi_square"], 6.25);
    close(&fair["sample_ratio"]["p_value"], 0.012_419_330_651_552_27);
    assert_eq!((&fair["sample_ratio"]["mismatch"], &fair["verdict"]), (&json!(false), &json!("pass")));
    // chisquare([60, 40], [80, 20])
    let off = sizes(60, 40, 0.8);
    assert!((off["sample_ratio"]["p_value"].as_f64().unwrap() - 5.733_031_437_583_875e-7).abs() < 1e-15);
    assert_eq!((&off["verdict"], &off["gates"][0]["verdict"]), (&json!("not_judged"), &json!("not_judged")));
    assert_eq!(off["gates"][0]["not_judged"], json!("sample_ratio"));
    let unsaid =
        found(&[group("pilot", [9, 9, 0, 0]), group("control", [1, 1, 0, 0])].concat(), &at_least(0.5), &control());
    assert!(unsaid["sample_ratio"].is_null(), "nobody said what sizes were meant");
    assert_eq!(chi_square_of_sizes(5, 5, 1.0), None);
}

#[test]
fn the_bounds_of_looks_are_those_that_are_published() {
    let near = |found: &[f64], theirs: &[f64], within: f64| {
        assert_eq!(found.len(), theirs.len());
        found.iter().zip(theirs).for_each(|(a, b)| assert!((a - b).abs() < within, "{found:?} instead of {theirs:?}"));
    };
    // Reboussin, DeMets, Kim and Lan (2000), five looks, two-sided 0.05.
    let five = boundaries(0.05, &[0.2, 0.4, 0.6, 0.8, 1.0]);
    near(&five, &[4.877, 3.357, 2.680, 2.290, 2.031], 5e-4);
    // The same by scipy.stats.multivariate_normal.cdf with correlations sqrt(t / u), solved by scipy.optimize.brentq.
    near(&five, &[4.876_884_9, 3.357_011_9, 2.680_280_1, 2.289_816_6, 2.031_032_4], 1e-5);
    near(&boundaries(0.05, &[0.3, 0.7, 1.0]), &[3.928_572_5, 2.438_742_2, 2.000_008_5], 1e-5);
    near(&boundaries(0.1, &[0.5, 1.0]), &[2.537_987_6, 1.662_106_6], 1e-5);
    near(&boundaries(0.05, &[1.0]), &[1.959_963_985], 1e-8);
    assert!((obrien_fleming_spent(0.05, 1.0) - 0.05).abs() < 1e-15);
    // Many looks, and one so early that a double does not hold how rare it is.
    let many: Vec<f64> = (1..=50).map(|look| f64::from(look) / 50.0).collect();
    let bounds = boundaries(0.05, &many);
    assert!(bounds.is_sorted_by(|a, b| a >= b) && bounds[49] < 2.2 && bounds[0] <= 8.0, "{bounds:?}");
}

#[test]
fn an_early_look_must_be_surer() {
    let rows = group("pilot", [75, 100, 0, 0]);
    let look = |now: u32| found(&rows, &at_least(0.65), &json!({"looks": {"planned": 5, "now": now}}));
    let (third, last) = (look(3), found(&rows, &at_least(0.65), &json!({})));
    // proportion_confint(75, 100, alpha=2 * norm.sf(2.68028), method="wilson")
    assert!((third["gates"][0]["low"].as_f64().unwrap() - 0.619_895_946_9).abs() < 1e-6, "{third}");
    assert_eq!((&third["gates"][0]["verdict"], &last["gates"][0]["verdict"]), (&json!("inconclusive"), &json!("pass")));
    assert_eq!(third["look"]["boundaries"].as_array().unwrap().len(), 3);
    assert!((look(1)["look"]["confidence_level"].as_f64().unwrap() - 0.999_998_922_257).abs() < 1e-9);
    let by_information = found(&rows, &at_least(0.65), &json!({"looks": {"information": [0.2, 0.4, 0.6]}}));
    assert!(
        (by_information["gates"][0]["low"].as_f64().unwrap() - third["gates"][0]["low"].as_f64().unwrap()).abs() < 1e-9
    );
}

#[test]
fn a_pilot_passes_when_every_gate_does() {
    let rows = group("pilot", [75, 100, 40, 100]);
    let gate = |kpi: &str, line: f64| json!({"kpi": kpi, "population": if kpi == "csat" { json!("ai") } else { Value::Null }, "at_least": line});
    for (second, verdict) in [
        (gate("csat", 0.2), "pass"),
        (gate("csat", 0.6), "fail"),
        (gate("csat", 0.4), "inconclusive"),
        (gate("answer_accuracy", 0.5), "inconclusive"),
    ] {
        let found = found(&rows, &json!([gate("autonomous_resolution_rate", 0.5), second]), &json!({}));
        assert_eq!(found["verdict"], json!(verdict), "{found}");
    }
    let unknown = found(&rows, &json!([gate("answer_accuracy", 0.5), gate("interactions", 50.0)]), &json!({}));
    let why: Vec<&Value> = unknown["gates"].as_array().unwrap().iter().map(|gate| &gate["not_judged"]).collect();
    assert_eq!(why, [&json!("undefined"), &json!("no_interval")], "a count is a point and nothing more");
}

#[test]
fn gates_that_make_no_sense_are_refused_with_the_way_out() {
    let rows = group("pilot", [3, 4, 0, 0]);
    let rate = |more: Value| {
        let mut gate = json!({"kpi": "autonomous_resolution_rate"});
        gate.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([gate])
    };
    let cases = [
        (json!([]), json!({}), "`gates` is empty"),
        (rate(json!({})), json!({}), "exactly one of"),
        (rate(json!({"at_least": 0.5, "at_most": 0.6})), json!({}), "exactly one of"),
        (rate(json!({"not_worse_than_control_by": 0.1})), json!({}), "`control`, which is not given"),
        (rate(json!({"not_worse_than_control_by": 0})), control(), "the margin is 0"),
        (rate(json!({"at_least": 0.5, "population": "human"})), json!({}), "only there of ai_fronted"),
        (json!([{"kpi": "resolved", "at_least": 1}]), json!({}), "no KPI \"resolved\""),
        (json!([{"kpi": "nrr", "at_least": 1}]), json!({}), "no figure that a side has"),
        (json!([{"kpi": "confidence_mean", "not_worse_than_control_by": 1}]), control(), "no good direction"),
        (at_least(0.5), json!({"alpha": 0}), "`alpha` is 0"),
        (at_least(0.5), json!({"intended_share": 0.5}), "give both"),
        (at_least(0.5), json!({"control": {}, "intended_share": 1}), "between 0 and 1"),
        (at_least(0.5), json!({"looks": {"planned": 5, "now": 6}}), "6 of 5"),
        (at_least(0.5), json!({"looks": {"planned": 5}}), "needs `planned` and `now`"),
        (at_least(0.5), json!({"looks": {"information": [0.5, 0.4]}}), "must ascend"),
        (at_least(0.5), json!({"looks": {"information": [0.5, 1.1]}}), "must ascend"),
        (at_least(0.5), json!({"looks": {"information": []}}), "is empty"),
        (at_least(0.5), control(), "Side `control` has no contact"),
        (at_least(0.5), json!({"control": {}}), "is on both sides"),
    ];
    for (asked, more, said) in cases {
        let refused = tried(&rows, &asked, &more).unwrap_err().to_string();
        assert!(refused.contains(said), "{asked} {more}: {refused}");
    }
}

#[test]
fn an_ask_is_read_from_the_form_that_every_language_has() {
    let ask = json!({"gates": [{"kpi": "csat", "population": "ai", "not_worse_than_control_by": "0.05"}], "treated": {"when": {"segment": ["pilot", null]}},
        "control": {"when": {"handling": "human"}}, "intended_share": 0.5, "alpha": 0.05, "looks": {"planned": 5, "now": 2}});
    let read: GatesAsk = serde_json::from_value(ask).unwrap();
    assert_eq!(
        (read.gates[0].not_worse_than_control_by.unwrap().to_string(), read.looks.unwrap().now),
        ("0.05".into(), Some(2))
    );
    assert_eq!((read.alpha, read.intended_share.unwrap().to_string()), (0.05, "0.5".into()));
    let unknown = serde_json::from_value::<GatesAsk>(json!({"gates": [], "treated": {}, "controls": {}})).unwrap_err();
    assert!(unknown.to_string().contains("unknown field `controls`"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_higher_bar_is_never_passed_where_a_lower_one_is_not(resolved in 0_usize..40, line in 1_u32..40) {
        let rows = group("pilot", [resolved, 40, 0, 0]);
        let asked = json!([{"kpi": "autonomous_resolution_rate", "at_least": f64::from(line) / 41.0},
            {"kpi": "autonomous_resolution_rate", "at_least": f64::from(line + 1) / 41.0}]);
        let found = found(&rows, &asked, &json!({}));
        let (low, high) = (&found["gates"][0], &found["gates"][1]);
        prop_assert!(high["verdict"] != "pass" || low["verdict"] == "pass");
        prop_assert!(low["verdict"] != "fail" || high["verdict"] == "fail");
        for gate in [low, high] {
            let lacks = gate["more_interactions"]["treated"].as_u64();
            prop_assert_eq!(lacks.is_some() || gate["on_the_line"] == true, gate["verdict"] == "inconclusive", "{}", gate);
        }
    }
}

/// Pilots that lie exactly on their line, looked at five times each: how many are ever judged, one way or the other?
#[test]
fn five_looks_together_are_wrong_as_rarely_as_one_would_be() {
    let (bounds, mut lot) = (boundaries(0.05, &[0.2, 0.4, 0.6, 0.8, 1.0]), Lot(5));
    let (mut judged, mut naive, worlds) = (0, 0, 4000);
    for _ in 0..worlds {
        let (mut hits, mut wrong, mut wrong_naively) = (0, false, false);
        for (look, bound) in (1..).zip(&bounds) {
            hits += lot.hits(200, 0.65) as u64;
            let beyond = |z: f64| {
                let interval = wilson(hits, 200 * look, z).unwrap();
                interval.low >= 0.65 || interval.high < 0.65
            };
            wrong |= beyond(*bound);
            wrong_naively |= beyond(1.96);
        }
        judged += u32::from(wrong);
        naive += u32::from(wrong_naively);
    }
    // 200 of 4000 are allowed; three standard deviations are 41. Looks that know nothing of one another are wrong in 14 %.
    assert!((159..=241).contains(&judged), "{judged} of {worlds}");
    assert!(naive > 480, "{naive} of {worlds}");
}

#[test]
fn the_number_of_contacts_that_is_named_tells_four_times_out_of_five() {
    // 513 contacts for 66 % against a line of 60 %, as above.
    let (mut lot, mut told, worlds) = (Lot(3), 0, 4000);
    for _ in 0..worlds {
        told += u32::from(wilson(lot.hits(513, 0.66) as u64, 513, 1.96).unwrap().low >= 0.6);
    }
    // 3200 are meant; three standard deviations are 76.
    assert!((3124..=3276).contains(&told), "{told} of {worlds}");
}

#[test]
fn a_pilot_that_is_worse_by_the_margin_rarely_passes_any_of_its_looks() {
    let (mut lot, mut passed, worlds) = (Lot(11), 0, 300);
    for _ in 0..worlds {
        let (mut pilot, mut other) = (0, 0);
        for look in 1..=3 {
            pilot += lot.hits(60, 0.7);
            other += lot.hits(60, 0.8);
            let rows = [group("pilot", [pilot, 60 * look, 0, 0]), group("control", [other, 60 * look, 0, 0])].concat();
            let asked = json!([{"kpi": "autonomous_resolution_rate", "not_worse_than_control_by": 0.1}]);
            let mut more = control();
            more["looks"] = json!({"planned": 3, "now": look});
            if found(&rows, &asked, &more)["verdict"] == "pass" {
                passed += 1;
                break;
            }
        }
    }
    // Half of one in twenty, since it can also fail: 7.5 of 300, and three standard deviations more are 15.
    assert!((1..=15).contains(&passed), "{passed} of {worlds}");
}
