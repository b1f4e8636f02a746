//! Confidence that moved: an index that an empty bin cannot make infinite, and a test of the values themselves.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::compare::{DriftAsk, drift};
use kpi_core::evidence::{kolmogorov_sf, kolmogorov_smirnov, stability_index, stability_index_by_chance};
use kpi_core::input::tables_from_json;
use kpi_core::{Limits, Options};
use lot::Lot;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Confidences of two versions of a model.
const V2: [f64; 12] = [0.05, 0.15, 0.15, 0.42, 0.55, 0.61, 0.61, 0.78, 0.83, 0.91, 0.91, 0.97];
const V1: [f64; 10] = [0.33, 0.42, 0.58, 0.78, 0.81, 0.83, 0.88, 0.91, 0.95, 1.0];

fn contacts(version: &str, handling: &str, confidences: &[f64]) -> Vec<Value> {
    let row = |(n, confidence): (usize, &f64)| {
        json!({"id": format!("{version}-{handling}-{n}"), "handling": handling, "opened_at": "2026-01-05T09:00:00Z",
            "model_version": version, "confidence": confidence})
    };
    confidences.iter().enumerate().map(row).collect()
}

fn tried(rows: &[Value], more: &Value) -> kpi_core::Result<Value> {
    let mut ask = json!({"a": {"when": {"model_version": "v2"}}, "b": {"when": {"model_version": "v1"}}});
    ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let options = Options::from_json(r#"{"quantiles": "sketch"}"#).unwrap();
    let ask: DriftAsk = serde_json::from_value(ask).unwrap();
    let tables = tables_from_json(&json!({"interactions": rows}).to_string(), &options, &Limits::default()).unwrap();
    drift(&tables, &options, &ask, &Limits::default()).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn found(rows: &[Value], more: &Value) -> Value {
    tried(rows, more).unwrap()
}

fn close(found: &Value, theirs: f64) {
    assert!((found.as_f64().unwrap() - theirs).abs() < 1e-12, "{found} instead of {theirs}");
}

#[test]
fn the_index_is_of_bins_and_the_test_of_values() {
    let drift = found(&[contacts("v2", "ai", &V2), contacts("v1", "ai", &V1)].concat(), &json!({}));
    assert_eq!(
        (&drift["schema"], &drift["n_a"], &drift["n_b"]),
        (&json!("supportkpi.drift/1"), &json!(12), &json!(10))
    );
    // numpy.histogram(V2, bins=numpy.arange(11) / 10)
    let counts = |side: &str| drift["bins"].as_array().unwrap().iter().map(|bin| bin[side].clone()).collect::<Vec<_>>();
    assert_eq!(json!(counts("a")), json!([1, 2, 0, 0, 1, 1, 2, 1, 1, 3]));
    assert_eq!(json!(counts("b")), json!([0, 0, 0, 1, 1, 1, 0, 1, 3, 3]));
    // p = (counts + 0.5) / (n + 5) and q likewise; ((p - q) * numpy.log(p / q)).sum()
    close(&drift["psi"]["index"], 0.626_874_560_756_407_4);
    // scipy.stats.ks_2samp(V2, V1).statistic, and scipy.special.kolmogorov(statistic * sqrt(12 * 10 / 22))
    close(&drift["kolmogorov_smirnov"]["statistic"], 0.283_333_333_333_333_3);
    close(&drift["kolmogorov_smirnov"]["p_value"], 0.773_634_089_577_044_4);
    assert_eq!(drift["kolmogorov_smirnov"]["distinct"], json!(15), "0.15, 0.61 and others came more than once");
    // A dozen contacts look like another distribution by the thresholds, and are none: scipy.stats.chi2.ppf(0.95, 9) * (1/12 + 1/10)
    assert_eq!((&drift["psi"]["class"], &drift["psi"]["beyond_chance"]), (&json!("large"), &json!(false)));
    close(&drift["psi"]["by_chance"], 16.918_977_604_620_448 * (1.0 / 12.0 + 1.0 / 10.0));
    assert_eq!(drift["distinguishable"], json!(false));
}

#[test]
fn what_did_not_move_is_stable_and_what_moved_is_large() {
    let spread = |shift: u32| -> Vec<f64> { (0..500).map(|n| f64::from((n * 7 + shift) % 1000) / 1000.0).collect() };
    let same = found(&[contacts("v2", "ai", &spread(3)), contacts("v1", "ai", &spread(0))].concat(), &json!({}));
    assert_eq!((&same["psi"]["class"], &same["distinguishable"]), (&json!("stable"), &json!(false)));
    let half: Vec<f64> = spread(0).iter().map(|x| x / 2.0).collect();
    let moved = found(&[contacts("v2", "ai", &half), contacts("v1", "ai", &spread(0))].concat(), &json!({}));
    assert_eq!(
        (&moved["psi"]["class"], &moved["psi"]["beyond_chance"], &moved["distinguishable"]),
        (&json!("large"), &json!(true), &json!(true))
    );
}

#[test]
fn each_population_is_its_own_and_the_ais_are_the_default() {
    let rows = [contacts("v2", "ai", &V2), contacts("v2", "ai_to_human", &V1), contacts("v1", "ai", &V1)].concat();
    assert_eq!(found(&rows, &json!({}))["n_a"], json!(22));
    assert_eq!(found(&rows, &json!({"population": "ai"}))["n_a"], json!(12));
    let refused = tried(&rows, &json!({"population": "human"})).unwrap_err().to_string();
    assert!(refused.contains("the AI's confidence is known of ai_fronted, ai, ai_to_human"), "{refused}");
}

#[test]
fn a_side_without_confidence_has_no_drift() {
    let drift = found(&[contacts("v2", "ai", &V2), contacts("v1", "human", &V1)].concat(), &json!({}));
    assert_eq!((&drift["n_a"], &drift["n_b"]), (&json!(12), &json!(0)));
    assert!(drift["psi"].is_null() && drift["kolmogorov_smirnov"].is_null() && drift["distinguishable"].is_null());
}

#[test]
fn kolmogorovs_limit_is_that_of_scipy() {
    // scipy.special.kolmogorov(x)
    let theirs = [
        (0.1, 1.0),
        (0.3, 0.999_990_694_198_665_5),
        (0.5, 0.963_945_243_664_875_1),
        (0.9, 0.392_730_707_940_654_3),
        (0.999_999, 0.270_000_743_627_456_46),
        (1.0, 0.269_999_671_677_354_56),
        (1.36, 0.049_485_876_755_377_876),
        (2.0, 0.000_670_925_255_779_695_3),
        (3.0, 3.045_995_948_942_526e-8),
    ];
    for (x, theirs) in theirs {
        assert!((kolmogorov_sf(x) - theirs).abs() < 1e-13, "{x}: {}", kolmogorov_sf(x));
    }
    assert!((kolmogorov_sf(0.0) - 1.0).abs() < 1e-15 && kolmogorov_sf(40.0) < 1e-300);
}

proptest! {
    #[test]
    fn an_index_is_symmetric_finite_and_nought_for_alike(counts in prop::collection::vec((0_u64..50, 0_u64..50), 10)) {
        let (a, b): (Vec<u64>, Vec<u64>) = counts.into_iter().unzip();
        match (stability_index(&a, &b), stability_index(&b, &a)) {
            (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-12 && one.is_finite() && one >= 0.0),
            (one, other) => prop_assert!(one.is_none() && other.is_none() && (a.iter().sum::<u64>() == 0 || b.iter().sum::<u64>() == 0)),
        }
        prop_assert!(stability_index(&a, &a).is_none_or(|index| index.abs() < 1e-15));
    }

    #[test]
    fn the_distance_is_the_largest_between_the_two_shares(mut a in prop::collection::vec(0_i64..12, 1..30), mut b in prop::collection::vec(0_i64..12, 1..30)) {
        a.sort_unstable();
        b.sort_unstable();
        let share = |of: &[i64], at: i64| of.iter().filter(|value| **value <= at).count() as f64 / of.len() as f64;
        let slow = (0..12).map(|at| (share(&a, at) - share(&b, at)).abs()).fold(0.0, f64::max);
        let found = kolmogorov_smirnov(&a, &b).unwrap();
        prop_assert!((found.statistic - slow).abs() < 1e-12);
        prop_assert_eq!(found, kolmogorov_smirnov(&b, &a).unwrap());
    }

    #[test]
    fn the_order_of_rows_changes_nothing(order in Just((0..22).collect::<Vec<usize>>()).prop_shuffle()) {
        let rows = [contacts("v2", "ai", &V2), contacts("v1", "ai", &V1)].concat();
        let shuffled: Vec<Value> = order.into_iter().map(|at| rows[at].clone()).collect();
        prop_assert_eq!(found(&rows, &json!({})), found(&shuffled, &json!({})));
    }
}

/// Two samples of one distribution, 400 times: how often does either measure see a shift that is not there?
#[test]
fn where_nothing_moved_a_shift_is_rarely_seen() {
    let mut lot = Lot(7);
    let (mut by_values, mut by_bins, worlds) = (0, 0, 400);
    for _ in 0..worlds {
        let mut draw = |n: usize| {
            let mut values: Vec<u64> = lot.by_ref().take(n).map(f64::to_bits).collect();
            values.sort_unstable();
            values
        };
        let (a, b) = (draw(150), draw(200));
        let bins = |values: &[u64]| -> Vec<u64> {
            let within = |n: u32, bits: u64| (f64::from(n)..f64::from(n + 1)).contains(&(f64::from_bits(bits) * 10.0));
            (0..10).map(|n| values.iter().filter(|bits| within(n, **bits)).count() as u64).collect()
        };
        by_values += usize::from(kolmogorov_smirnov(&a, &b).unwrap().p_value < 0.05);
        by_bins +=
            usize::from(stability_index(&bins(&a), &bins(&b)).unwrap() > stability_index_by_chance(150, 200).unwrap());
    }
    // One of twenty is 20 of 400, and three standard deviations more are 33.
    assert!((5..=33).contains(&by_values) && (5..=33).contains(&by_bins), "{by_values}, {by_bins} of {worlds}");
}
