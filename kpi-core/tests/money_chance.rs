//! Tornado, draws, scenarios, and plans that begin from a report.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::input::tables_from_json;
use kpi_core::money::roi::{ChanceAsk, Roi, ScenariosAsk, TornadoAsk};
use kpi_core::money::{RoiAsk, chance, roi, roi_from_report, scenarios, tornado};
use kpi_core::{Limits, Options, Report, report};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn planned(plan: &Value) -> Roi {
    roi(&from_json(&plan.to_string()).unwrap()).unwrap()
}

fn moved(ask: &Value) -> kpi_core::Result<Value> {
    let ask: TornadoAsk = from_json(&ask.to_string())?;
    tornado(&ask).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn drawn(ask: &Value) -> kpi_core::Result<Value> {
    let ask: ChanceAsk = from_json(&ask.to_string())?;
    chance(&ask).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn beside(ask: &Value) -> kpi_core::Result<Value> {
    let ask: ScenariosAsk = from_json(&ask.to_string())?;
    scenarios(&ask).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn desk() -> Value {
    json!({"monthly_volume": 20_000, "horizon_months": 24, "resolution_rate": 0.6, "implementation": 120_000,
        "platform_per_month": 5000, "discount_rate_per_year": 0.12})
}

#[test]
fn the_widest_bar_comes_first_and_its_ends_are_plans_of_their_own() {
    let found = moved(&json!({"plan": desk(), "swing": 0.1})).unwrap();
    let bars = found["bars"].as_array().unwrap();
    let widths: Vec<Decimal> = bars.iter().map(|bar| dec(bar["width"].as_str().unwrap())).collect();
    assert!(widths.is_sorted_by(|a, b| a >= b), "{widths:?}");
    for bar in bars {
        let at = |end: &str| {
            let mut plan = desk();
            plan[bar["id"].as_str().unwrap()] = bar[end].clone();
            json!(planned(&plan).npv.normalize().to_string())
        };
        assert_eq!((&bar["at_low"], &bar["at_high"]), (&at("low"), &at("high")), "{bar}");
    }
    let first: Vec<&str> = bars.iter().take(2).map(|bar| bar["id"].as_str().unwrap()).collect();
    assert!(first.contains(&"human_cost_per_contact") && first.contains(&"resolution_rate"), "{first:?}");
    let why = |id: &str| {
        found["not_moved"].as_array().unwrap().iter().find(|input| input["id"] == id).map(|input| input["why"].clone())
    };
    assert_eq!(why("horizon_months"), Some(json!("a_choice")));
    assert_eq!(why("vector_db_per_month"), Some(json!("at_zero")));
    assert_eq!(why("claimed_resolution_rate"), Some(json!("not_given")));
}

#[test]
fn an_input_at_nought_moves_when_it_is_given_a_range() {
    let ask = json!({"plan": desk(), "watched": "net", "ranges": {"oversight_per_month": {"low": 0, "high": 9000}}});
    let found = moved(&ask).unwrap();
    let bar = found["bars"].as_array().unwrap().iter().find(|bar| bar["id"] == "oversight_per_month").unwrap().clone();
    // 24 months of 9,000.
    assert_eq!(bar["width"], "216000");
}

#[test]
fn ranges_that_make_no_sense_are_refused_together() {
    let ask = json!({"swing": 2, "ranges": {"resolution_rate": {"low": 0.5, "high": 1.5}, "luck": {"low": 0, "high": 1}, "retry_rate": {"low": 1, "high": 0}}});
    let text = moved(&ask).unwrap_err().to_string();
    for said in
        ["`swing` is 2", "`ranges.resolution_rate.high` is 1.5", "\"luck\", which is no input", "ends before it begins"]
    {
        assert!(text.contains(said), "{text}");
    }
    let claimed = json!({"plan": {"resolution_rate": 0.6, "claimed_resolution_rate": 0.65}});
    assert!(moved(&claimed).is_ok(), "what holds is not moved beyond what is claimed");
}

/// A plan of one month whose net is 100,000 less what setting it up costs.
fn one_unknown() -> Value {
    json!({"monthly_volume": 20_000, "resolution_rate": 1, "ramp_months": 1, "horizon_months": 1, "human_cost_per_contact": 5,
        "api_cost_per_attempt": 0, "fee_per_resolution": 0, "failed_review_minutes": 0, "discount_rate_per_year": 0})
}

#[test]
fn draws_have_the_quantiles_of_their_distribution() {
    // 100,000 − 50,000 − 50,000 · scipy.stats.DIST.ppf([0.9, 0.5, 0.1]); DIST: uniform(), triang(0.2), beta(1.8, 4.2)
    for (shape, likely, quantiles, mean) in [
        ("uniform", None, [5_000.0, 25_000.0, 45_000.0], 25_000.0),
        ("triangular", Some(60_000), [14_142.135_623_730_95, 31_622.776_601_683_792, 42_928.932_188_134_52], 30_000.0),
        ("pert", Some(60_000), [22_733.297_478_320_7, 36_166.387_030_374_056, 45_504.893_477_037_92], 35_000.0),
    ] {
        let mut draw = json!({"shape": shape, "low": 50_000, "high": 100_000});
        if let Some(likely) = likely {
            draw["likely"] = json!(likely);
        }
        let found = drawn(&json!({"plan": one_unknown(), "draws": {"implementation": draw}, "runs": 40_000})).unwrap();
        let net = &found["net"];
        for (id, wanted) in ["p10", "p50", "p90"].into_iter().zip(quantiles).chain([("mean", mean)]) {
            let got = net[id].as_f64().unwrap();
            // Four standard errors of such a quantile are at most 2 % of the range.
            assert!((got - wanted).abs() < 600.0, "{shape} {id}: {got} instead of {wanted}");
        }
        assert_eq!((&found["loses"], &found["pays_back"]), (&json!(0.0), &json!(1.0)));
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_one_others() {
    let ask = |seed: u64| {
        json!({"plan": desk(), "seed": seed, "runs": 1000, "draws": {
            "resolution_rate": {"shape": "pert", "low": 0.3, "likely": 0.6, "high": 0.7},
            "human_cost_per_contact": {"shape": "triangular", "low": 4, "likely": 6, "high": 9},
            "monthly_growth": {"shape": "uniform", "low": -0.02, "high": 0.03}}})
    };
    let once = drawn(&ask(7)).unwrap();
    assert_eq!(once, drawn(&ask(7)).unwrap());
    assert_ne!(once["npv"], drawn(&ask(8)).unwrap()["npv"]);
    // Written down, so that every platform that runs this test shows the same.
    assert_eq!(once["npv"].to_string(), NPV);
    assert_eq!(once["payback_month"].to_string(), PAYBACK);
}

const NPV: &str =
    r#"{"p10":345543.71074777027,"p50":700717.9898769169,"p90":1200472.246718528,"mean":743635.4417203094}"#;
const PAYBACK: &str = r#"{"p10":5,"p50":6,"p90":9}"#;

#[test]
fn a_draw_of_one_point_is_the_plan_itself() {
    let point = json!({"shape": "pert", "low": 0.6, "likely": 0.6, "high": 0.6});
    let found = drawn(&json!({"plan": desk(), "draws": {"resolution_rate": point}, "runs": 100})).unwrap();
    let plan = planned(&desk());
    for (id, exact) in [("net", plan.total.net), ("npv", plan.npv)] {
        let exact: f64 = exact.to_string().parse().unwrap();
        for end in ["p10", "p50", "p90"] {
            assert!((found[id][end].as_f64().unwrap() - exact).abs() < 1e-6 * exact.abs(), "{id}: floats and decimals");
        }
    }
    assert_eq!(found["payback_month"]["p50"], json!(plan.payback_month.unwrap()));
}

#[test]
fn what_holds_is_never_drawn_above_what_is_claimed() {
    let mut plan = one_unknown();
    plan["resolution_rate"] = json!(0.5);
    plan["claimed_resolution_rate"] = json!(0.5);
    let draws = json!({"resolution_rate": {"shape": "uniform", "low": 0.5, "high": 1}});
    let found = drawn(&json!({"plan": plan, "draws": draws, "runs": 100})).unwrap();
    assert_eq!((&found["net"]["p10"], &found["net"]["p90"]), (&json!(50_000.0), &json!(50_000.0)));
}

#[test]
fn draws_that_make_no_sense_are_refused() {
    let draws = json!({"resolution_rate": {"shape": "pert", "low": 0.5, "likely": 0.4, "high": 1.2}, "luck": {"shape": "uniform", "low": 0, "high": 1},
        "horizon_months": {"shape": "uniform", "low": 12, "high": 24}});
    let text = drawn(&json!({"draws": draws, "runs": 1})).unwrap_err().to_string();
    for said in [
        "`runs` is 1",
        "`draws.resolution_rate.high` is 1.2",
        "goes from 0.5 over 0.4",
        "\"luck\"",
        "which is a choice",
    ] {
        assert!(text.contains(said), "{text}");
    }
    assert!(drawn(&json!({})).unwrap_err().to_string().contains("`draws` is empty"));
    assert!(drawn(&json!({"draws": {"retry_rate": {"shape": "normal", "low": 0, "high": 1}}})).is_err());
}

#[test]
fn scenarios_differ_by_what_they_change() {
    let found = beside(&json!({"plan": desk(), "scenarios": [
        {"name": "as planned"}, {"name": "dearer platform", "changes": {"platform_per_month": 6000}}]}))
    .unwrap();
    let list = found["scenarios"].as_array().unwrap();
    assert_eq!(list.first().unwrap()["figures"], found["plan"]);
    assert_eq!(list.first().unwrap()["difference"]["net"], "0");
    // 1,000 more in each of 24 months.
    assert_eq!(list.get(1).unwrap()["difference"]["net"], "-24000");
    assert_eq!(list.get(1).unwrap()["difference"]["savings_per_year"], "-12000");
    let text = beside(&json!({"scenarios": [{"name": ""}, {"name": "a", "changes": {"luck": 1}}, {"name": "a"}]}));
    let text = text.unwrap_err().to_string();
    for said in ["`scenarios[0].name` is empty", "which another one has too", "\"luck\""] {
        assert!(text.contains(said), "{text}");
    }
    let text = beside(&json!({"scenarios": [{"name": "mad", "changes": {"resolution_rate": 2}}]})).unwrap_err();
    assert!(text.to_string().starts_with("\"mad\": `resolution_rate` is 2"), "{text}");
}

fn of_desk(currency: &str) -> Report {
    // Ten days; 60 by the AI, of which every third customer comes back; 20 handed over, 20 by people.
    let row = |n: usize| {
        let handling = ["ai", "ai", "ai", "ai_to_human", "human"][n % 5];
        let (day, hour) = (5 + n / 10, n % 10);
        let mut row = json!({"id": n.to_string(), "customer_id": n.to_string(), "handling": handling, "outcome": "resolved", "currency": currency,
            "opened_at": format!("2026-01-{day:02}T{hour:02}:00:00Z"), "closed_at": format!("2026-01-{day:02}T{hour:02}:30:00Z")});
        if handling == "ai" {
            row["cost_api"] = json!("0.08");
            row["cost_retries"] = json!("0.02");
            if n.is_multiple_of(3) {
                row["reopened_at"] = json!(format!("2026-01-{day:02}T{hour:02}:45:00Z"));
            }
        } else {
            row["cost_human"] = json!(if handling == "human" { "7.5" } else { "9" });
            row["human_handle_seconds"] = json!(if handling == "human" { 600 } else { 720 });
        }
        row
    };
    let rows: Vec<Value> = (0..100).map(row).collect();
    let options =
        Options { as_of: Some(kpi_core::Instant::parse("2026-02-01T00:00:00Z", None).unwrap()), ..Options::default() };
    let tables = json!({"interactions": rows}).to_string();
    let tables = tables_from_json(&tables, &options, &Limits::default()).unwrap();
    report(&tables, &options, &Limits::default()).unwrap()
}

#[test]
fn a_plan_begins_from_what_held_and_shows_what_was_claimed() {
    let found = roi_from_report(&of_desk("USD"), &RoiAsk::default()).unwrap();
    let plan = &found.plan;
    assert_eq!(plan.ai_share, dec("0.8"));
    // 80 fronted: 60 resolved by the AI, of which 20 came back.
    assert_eq!(plan.claimed_resolution_rate, Some(dec("0.75")));
    assert_eq!(plan.resolution_rate, dec("0.5"));
    assert_eq!((plan.human_cost_per_contact, plan.human_minutes_per_contact), (dec("7.5"), dec("10")));
    assert_eq!(plan.failed_review_minutes, dec("2"));
    // 60 contacts of 0.10 over 80.
    assert_eq!((plan.api_cost_per_attempt, plan.retry_rate), (dec("0.075"), dec("0")));
    assert!(plan.monthly_volume > dec("100"), "ten days are a third of a month: {}", plan.monthly_volume);
    let held = found.taken.iter().find(|taken| taken.id == "resolution_rate").unwrap();
    assert!(held.interval.unwrap().0 < 0.5 && held.interval.unwrap().1 > 0.5);
    assert!(found.not_taken.contains(&"platform_per_month") && found.not_taken.contains(&"horizon_months"));
    let promise = roi(plan).unwrap().promised.unwrap();
    assert!(promise.beyond > Decimal::ZERO);
    let json: Value = serde_json::from_str(&found.to_json()).unwrap();
    assert_eq!(from_json::<RoiAsk>(&json["plan"].to_string()).unwrap(), found.plan);
}

#[test]
fn a_plan_in_another_currency_than_the_report_is_refused() {
    let text = roi_from_report(&of_desk("EUR"), &RoiAsk::default()).unwrap_err().to_string();
    assert!(text.contains("The report is in EUR and `currency` is \"USD\""), "{text}");
}
