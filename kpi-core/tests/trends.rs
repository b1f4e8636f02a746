//! What changed: moving figures are pooled, changes carry their evidence, and what is not over is compared with nothing.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::input::tables_from_json;
use kpi_core::{Limits, Options, trends};
use serde_json::{Value, json};

/// AI contacts of one week each: how many were satisfied, and how many answered.
const WEEKS: [(usize, usize); 6] = [(5, 10), (8, 10), (2, 2), (0, 8), (9, 10), (3, 4)];

fn contacts() -> Value {
    let mut rows = Vec::new();
    for (week, (satisfied, answered)) in WEEKS.into_iter().enumerate() {
        for n in 0..answered {
            let day = 5 + 7 * week;
            let at = |hour: usize| format!("2026-{:02}-{:02}T{hour:02}:00:00Z", 1 + (day - 1) / 31, 1 + (day - 1) % 31);
            rows.push(json!({"id": format!("{week}-{n}"), "handling": "ai", "opened_at": at(9), "closed_at": at(10),
                "outcome": "resolved", "csat": if n < satisfied { 5 } else { 1 }, "agent_id": if n % 2 == 0 { "a" } else { "b" },
                "ai_handle_seconds": 60 + 10 * n}));
        }
    }
    json!({"interactions": rows})
}

fn made(own: &Value) -> Value {
    let mut options =
        json!({"as_of": "2026-02-12T00:00:00Z", "every": "week", "kpis": ["interactions", "csat", "handle_time_mean"]});
    options.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    let options = Options::from_json(&options.to_string()).unwrap();
    let tables = tables_from_json(&contacts().to_string(), &options, &Limits::default()).unwrap();
    serde_json::from_str(&trends(&tables, &options, &Limits::default()).unwrap().to_json()).unwrap()
}

fn series<'t>(trends: &'t Value, id: &str, population: &str, by: &Value) -> &'t Vec<Value> {
    let all = trends["series"].as_array().unwrap();
    let found = all.iter().find(|s| s["id"] == id && s["population"] == population && s["by"] == *by).unwrap();
    found["points"].as_array().unwrap()
}

fn close(found: &Value, by_hand: f64) {
    assert!((found.as_f64().unwrap() - by_hand).abs() < 5e-5, "{found} instead of {by_hand}");
}

#[test]
fn a_moving_figure_is_of_four_periods_together_and_no_average_of_rates() {
    let trends = made(&json!({}));
    let csat = series(&trends, "csat", "ai", &json!({}));
    let moving: Vec<&Value> = csat.iter().map(|point| &point["moving"]).collect();
    assert!(moving[..3].iter().all(|m| m.is_null()), "before the fourth week there are no four");
    // (5 + 8 + 2 + 0) of (10 + 10 + 2 + 8); the average of the four rates would be 0.575.
    assert_eq!((&moving[3]["value"], &moving[3]["n"]), (&json!(0.5), &json!(30)));
    // (8 + 2 + 0 + 9) of 30.
    close(&moving[4]["value"], 19.0 / 30.0);
    let contacts = series(&trends, "interactions", "all", &json!({}));
    assert_eq!(contacts[3]["moving"]["value"], json!(30));
}

#[test]
fn a_change_carries_its_interval_and_how_likely_chance_is() {
    let trends = made(&json!({}));
    let csat = series(&trends, "csat", "ai", &json!({}));
    let change = &csat[1]["changes"][0];
    // 8 of 10 against 5 of 10, by hand: Wilson 0.49016 to 0.94332 and 0.23659 to 0.76341; pooled 13 of 20, z = 1.40642.
    assert_eq!(
        (&change["against"], &change["start"], &change["method"]),
        (&json!("previous_period"), &csat[0]["start"], &json!("newcombe"))
    );
    for (field, by_hand) in [("difference", 0.3), ("low", -0.106_67), ("high", 0.599_87), ("p_value", 0.159_60)] {
        close(&change[field], by_hand);
    }
    assert_eq!(change["equal_lengths"], json!(true));
    let names = |point: &Value| -> Vec<String> {
        point["changes"].as_array().unwrap().iter().map(|c| c["against"].as_str().unwrap().to_owned()).collect()
    };
    assert!(csat[0]["changes"].as_array().unwrap().is_empty(), "nothing is before the first");
    assert_eq!(names(&csat[4]), ["previous_period", "previous_month"], "four weeks before is the first week");
    let means = series(&trends, "handle_time_mean", "ai", &json!({}));
    // 60 to 150 s and 60 to 70 s: means 105 and 65, standard errors 9.57427 and 5; z = −3.70328.
    let change = &means[2]["changes"][0];
    close(&change["difference"], -40.0);
    close(&change["p_value"], 0.000_212_8);
}

#[test]
fn a_week_that_is_not_over_is_marked_and_compared_with_nothing() {
    let trends = made(&json!({}));
    let csat = series(&trends, "csat", "ai", &json!({}));
    let complete: Vec<&Value> = csat.iter().map(|point| &point["complete"]).collect();
    assert_eq!(complete, [&json!(true), &json!(true), &json!(true), &json!(true), &json!(true), &json!(false)]);
    assert!(csat[5]["changes"].as_array().unwrap().is_empty() && csat[5]["moving"].is_null());
    assert_eq!(csat[5]["now"]["value"], json!(0.75), "it is shown all the same");
}

#[test]
fn months_are_of_unequal_length_and_say_so() {
    let trends = made(&json!({"every": "month", "as_of": "2026-04-01T00:00:00Z"}));
    let contacts = series(&trends, "interactions", "all", &json!({}));
    assert_eq!(contacts[1]["changes"][0]["equal_lengths"], json!(false), "January has 31 days, February 28");
    assert_eq!(contacts.len(), 3, "March has no contact, and is a month all the same");
}

#[test]
fn each_combination_has_series_of_its_own() {
    let trends = made(&json!({"by": ["agent_id"]}));
    let of =
        |agent: &str| series(&trends, "interactions", "all", &json!({"agent_id": agent}))[0]["now"]["value"].clone();
    assert_eq!((of("a"), of("b")), (json!(5), json!(5)));
    let moving = &series(&trends, "csat", "ai", &json!({"agent_id": "a"}))[3]["moving"];
    // Of agent a: 3, 4, 1 and 0 satisfied of 5, 5, 1 and 4.
    close(&moving["value"], 8.0 / 15.0);
}

#[test]
fn trends_without_periods_are_refused() {
    let options = Options::default();
    let tables = tables_from_json(&contacts().to_string(), &options, &Limits::default()).unwrap();
    let refused = trends(&tables, &options, &Limits::default()).unwrap_err().to_string();
    assert!(refused.contains("give `every` as day, week, month, quarter or year"), "{refused}");
}
