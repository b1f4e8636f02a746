//! Why a contact costs more than was expected: shares of Shapley, by hand, by enumeration of all orders, and laws.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::input::tables_from_json;
use kpi_core::money::{DRIVERS, Drivers, VarianceAsk, variance, variance_from_report};
use kpi_core::{Limits, Options, report};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn found(ask: &Value) -> kpi_core::Result<Value> {
    let ask: VarianceAsk = from_json(&ask.to_string())?;
    variance(&ask).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn ask() -> Value {
    json!({
        "forecast": {"volume": 10_000, "escalation_rate": 0.2, "review_minutes": 4, "labour_rate": 30, "ai_cost_per_item": 0.5, "fixed_cost": 8000},
        "actual": {"volume": 8000, "escalation_rate": 0.3, "review_minutes": 6, "labour_rate": 33, "ai_cost_per_item": 0.45, "fixed_cost": 9000}})
}

#[test]
fn parts_by_hand() {
    let found = found(&ask()).unwrap();
    // 0.5 + 0.2 · 4 · 0.5 + 0.8 = 1.7; 0.45 + 0.3 · 6 · 0.55 + 1.125 = 2.565.
    assert_eq!(
        (&found["forecast"], &found["actual"], &found["difference"]),
        (&json!("1.7"), &json!("2.565"), &json!("0.865"))
    );
    assert_eq!((&found["relative"], &found["standing"]), (&json!("0.508824"), &json!("failing")));
    // Volume: 8,500 · (1/8,000 − 1/10,000) = 0.2125. Escalations: 0.1 · (2·4·0.5 + 4·0.55 + 6·0.5 + 2·6·0.55)/6 = 0.263333…
    // Minutes: 2 · (2·0.2·0.5 + 0.2·0.55 + 0.3·0.5 + 2·0.3·0.55)/6 = 0.263333… Rate: 0.05 · (2·0.8 + 1.2 + 1.2 + 2·1.8)/6 =
    // 0.063333… Fixed: 1,000 · (1/8,000 + 1/10,000)/2 = 0.1125. The millionth left over goes to the first of the three.
    let amounts: Vec<&str> =
        found["parts"].as_array().unwrap().iter().map(|part| part["amount"].as_str().unwrap()).collect();
    assert_eq!(amounts, ["0.2125", "0.263334", "0.263333", "0.063333", "-0.05", "0.1125"]);
}

fn unit(d: &[f64; 6]) -> f64 {
    let [volume, escalations, minutes, rate, ai, fixed] = d;
    ai + escalations * minutes * rate / 60.0 + fixed / volume
}

/// The mean of what each adds, over all 720 orders in which they can move.
fn over_all_orders(before: [f64; 6], after: [f64; 6]) -> [f64; 6] {
    fn walk(now: [f64; 6], after: &[f64; 6], left: &[usize], sums: &mut [f64; 6], weight: f64) {
        for (at, which) in left.iter().enumerate() {
            let mut next = now;
            next[*which] = after[*which];
            let share = weight / left.len() as f64;
            sums[*which] += (unit(&next) - unit(&now)) * share;
            let mut rest = left.to_vec();
            rest.remove(at);
            walk(next, after, &rest, sums, share);
        }
    }
    let mut sums = [0.0; 6];
    walk(before, &after, &[0, 1, 2, 3, 4, 5], &mut sums, 1.0);
    sums
}

fn drivers() -> impl Strategy<Value = [Decimal; 6]> {
    let d = |most: i64, scale: u32| (0..=most).prop_map(move |units| Decimal::new(units, scale));
    let volume = (1_i64..=2_000_000).prop_map(Decimal::from);
    (volume, d(1_000_000, 6), d(60_000_000, 6), d(90_000_000, 6), d(50_000_000, 9), d(900_000_000, 4))
        .prop_map(|(v, e, m, r, a, f)| [v, e, m, r, a, f])
}

fn of([volume, escalation_rate, review_minutes, labour_rate, ai_cost_per_item, fixed_cost]: [Decimal; 6]) -> Drivers {
    Drivers { volume, escalation_rate, review_minutes, labour_rate, ai_cost_per_item, fixed_cost }
}

fn asked(forecast: [Decimal; 6], actual: [Decimal; 6]) -> VarianceAsk {
    VarianceAsk { currency: "USD".into(), forecast: of(forecast), actual: of(actual) }
}

proptest! {
    #[test]
    fn parts_sum_to_the_difference_exactly_and_are_those_of_all_orders(before in drivers(), after in drivers()) {
        let found = variance(&asked(before, after)).unwrap();
        prop_assert_eq!(found.parts.iter().map(|part| part.amount).sum::<Decimal>(), found.difference);
        prop_assert_eq!(found.actual - found.forecast, found.difference);
        let float = |d: [Decimal; 6]| d.map(|x| x.to_string().parse::<f64>().unwrap());
        let (before, after) = (float(before), float(after));
        let size = unit(&before).max(unit(&after)).max(1.0);
        for (part, by_orders) in found.parts.iter().zip(over_all_orders(before, after)) {
            let amount: f64 = part.amount.to_string().parse().unwrap();
            prop_assert!((amount - by_orders).abs() < 2e-6 + 1e-9 * size, "{}: {amount} and {by_orders}", part.driver);
        }
    }

    #[test]
    fn what_does_not_move_has_no_part_and_back_is_the_other_way(before in drivers(), after in drivers(), stays in 0_usize..6) {
        let mut after = after;
        after[stays] = before[stays];
        let there = variance(&asked(before, after)).unwrap();
        prop_assert_eq!(there.parts.iter().filter(|part| part.forecast == part.actual && !part.amount.is_zero()).count(), 0);
        let back = variance(&asked(after, before)).unwrap();
        prop_assert_eq!(there.difference, -back.difference);
        for (one, other) in there.parts.iter().zip(&back.parts) {
            prop_assert!((one.amount + other.amount).abs() <= dec("0.000002"));
        }
    }
}

#[test]
fn one_that_moves_alone_has_the_whole_difference() {
    for driver in DRIVERS {
        let mut ask = ask();
        let moved = ask["actual"][driver].clone();
        ask["actual"] = ask["forecast"].clone();
        ask["actual"][driver] = moved;
        let found = found(&ask).unwrap();
        for part in found["parts"].as_array().unwrap() {
            let whole = if part["driver"] == driver { found["difference"].clone() } else { json!("0") };
            assert_eq!(part["amount"], whole, "{driver}: {part}");
        }
    }
}

#[test]
fn a_forecast_of_nothing_has_no_relative_difference() {
    let nothing = json!({"volume": 1, "escalation_rate": 0, "review_minutes": 0, "labour_rate": 0, "ai_cost_per_item": 0, "fixed_cost": 0});
    let found = found(&json!({"forecast": nothing, "actual": nothing})).unwrap();
    assert_eq!(
        (&found["relative"], &found["standing"], &found["difference"]),
        (&Value::Null, &Value::Null, &json!("0"))
    );
}

#[test]
fn the_largest_drivers_there_may_be_are_shared_out_too() {
    let (least, most) = (
        json!({"volume": 1, "escalation_rate": "0.000000001", "review_minutes": "0.000001", "labour_rate": "0.000001", "ai_cost_per_item": "0.000000001", "fixed_cost": "1000000000000"}),
        json!({"volume": 1_000_000_000_000_u64, "escalation_rate": 1, "review_minutes": 10_000, "labour_rate": 1_000_000, "ai_cost_per_item": 1_000_000, "fixed_cost": "999999999999.999999"}),
    );
    let found = found(&json!({"forecast": least, "actual": most})).unwrap();
    let sum: Decimal =
        found["parts"].as_array().unwrap().iter().map(|part| dec(part["amount"].as_str().unwrap())).sum();
    assert_eq!(sum, dec(found["difference"].as_str().unwrap()));
}

#[test]
fn drivers_that_make_no_sense_are_refused_together() {
    let mut ask = ask();
    ask["forecast"]["volume"] = json!(0);
    ask["forecast"]["escalation_rate"] = json!(1.5);
    ask["actual"]["labour_rate"] = json!(-1);
    ask["actual"]["review_minutes"] = json!("1.0000001");
    ask["currency"] = json!("dollars");
    let text = found(&ask).unwrap_err().to_string();
    for said in [
        "`forecast.volume` is 0",
        "`forecast.escalation_rate` is 1.5",
        "`actual.labour_rate` is -1",
        "it may have 6 places",
        "ISO 4217",
    ] {
        assert!(text.contains(said), "{text}");
    }
    ask["actual"].as_object_mut().unwrap().remove("fixed_cost");
    assert!(found(&ask).unwrap_err().to_string().contains("fixed_cost"));
}

fn of_report(options: &Value) -> kpi_core::Result<VarianceAsk> {
    let row = |n: usize| {
        let handed_over = n.is_multiple_of(4);
        json!({"id": n.to_string(), "customer_id": n.to_string(), "handling": if handed_over { "ai_to_human" } else { "ai" }, "outcome": "resolved",
            "cost_api": "0.30", "cost_retries": "0.10", "human_handle_seconds": if handed_over { json!(420) } else { Value::Null },
            "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z"})
    };
    let rows: Vec<Value> = (0..40).map(row).collect();
    let costs = json!([{"layer": "platform", "scope": "ai", "amount": "60", "start": "2026-01-05T09:00:00Z", "end": "2026-01-05T10:00:00Z"}]);
    let options = Options::from_json(&options.to_string()).unwrap();
    let tables = json!({"interactions": rows, "costs": costs}).to_string();
    let tables = tables_from_json(&tables, &options, &Limits::default()).unwrap();
    variance_from_report(&report(&tables, &options, &Limits::default()).unwrap(), &options)
}

#[test]
fn the_option_forecast_is_set_against_what_a_report_found() {
    let labor = json!({"salary": 31_200, "paid_hours_per_year": 2080, "utilisation": 0.5});
    let ask = of_report(&json!({"labor": labor, "forecast": ask()["forecast"]})).unwrap();
    // 10 of 40 handed over, 7 minutes each, 31,200 over 1,040 hours, 0.40 for calls, and the platform.
    let found = of([dec("40"), dec("0.25"), dec("7"), dec("30"), dec("0.4"), dec("60")]);
    assert_eq!(ask.actual, found);
    assert_eq!(ask.forecast.review_minutes, dec("4"));
    assert!(variance(&ask).is_ok());
}

#[test]
fn what_neither_forecast_nor_report_knows_is_named_together() {
    let text = of_report(&json!({"forecast": {"volume": 5}})).unwrap_err().to_string();
    for said in
        ["`forecast.escalation_rate` is not given", "`forecast.fixed_cost` is not given", "`labor` is not given"]
    {
        assert!(text.contains(said), "{text}");
    }
}
