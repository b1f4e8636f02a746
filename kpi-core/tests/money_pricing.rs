//! Ways to pay: published prices by hand, tiers, least amounts, parts of a month, and where plans change places.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::money::pricing::{Between, Charge, Crossing, Of, Plan, Tier, Tiering, Usage};
use kpi_core::money::{PricingAsk, pricing};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn found(ask: &Value) -> kpi_core::Result<Value> {
    let ask: PricingAsk = from_json(&ask.to_string())?;
    pricing(&ask).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn costs(plans: &Value, usage: &Value, volumes: &[u64]) -> Vec<Vec<String>> {
    let found = found(&json!({"plans": plans, "usage": usage, "volumes": volumes})).unwrap();
    let cost = |plan: &Value| plan["cost"].as_str().unwrap().to_owned();
    let at = |at: &Value| at["plans"].as_array().unwrap().iter().map(cost).collect();
    found["at"].as_array().unwrap().iter().map(at).collect()
}

#[test]
fn twelve_seats_with_an_add_on_are_nineteen_hundred_and_eighty_a_month() {
    let seats = json!([{"name": "seats", "charges": [{"kind": "seat", "price": 115, "add_ons": [{"name": "copilot", "price": 50}]}]}]);
    assert_eq!(costs(&seats, &json!({"seats": 12}), &[0, 500, 50_000]), [["1980"]; 3]);
}

#[test]
fn an_outcome_is_a_resolution_a_draft_or_a_signal() {
    let outcomes = json!([{"name": "outcomes", "charges": [{"kind": "use", "of": "resolution", "price": "0.50"},
        {"kind": "use", "of": "draft", "price": "0.25"}, {"kind": "use", "of": "signal", "price": "2.99"}]}]);
    let usage = json!({"claimed_resolution_rate": 0.6, "drafts_per_contact": 0.4, "signals_per_contact": 0.01});
    // 600 · 0.50 + 400 · 0.25 + 10 · 2.99
    assert_eq!(costs(&outcomes, &usage, &[1000]), [["429.9"]]);
}

#[test]
fn tokens_are_priced_by_the_million() {
    let tokens = json!([{"name": "tokens", "charges": [{"kind": "use", "of": "input_token", "price": 3, "per": 1_000_000},
        {"kind": "use", "of": "output_token", "price": 15, "per": 1_000_000}]}]);
    let usage = json!({"ai_share": 0.5, "input_tokens_per_conversation": 4000, "output_tokens_per_conversation": 600});
    // 500 contacts: 2 million read, 0.3 million written.
    assert_eq!(costs(&tokens, &usage, &[1000]), [["10.5"]]);
}

fn tiered(tiering: &str) -> Value {
    json!([{"name": "tiers", "charges": [{"kind": "use", "of": "conversation", "included": 100, "tiering": tiering,
        "tiers": [{"up_to": 1000, "price": 1}, {"up_to": 5000, "price": "0.8"}, {"price": "0.5"}]}]}])
}

#[test]
fn tiers_price_each_unit_or_all_of_them() {
    let volumes = [0, 100, 101, 1100, 1101, 5100, 10_100];
    let one = |tiering| costs(&tiered(tiering), &json!({}), &volumes).concat();
    // 1,000 + 4,000 · 0.8 + 5,000 · 0.5
    assert_eq!(one("marginal"), ["0", "0", "1", "1000", "1000.8", "4200", "6700"]);
    assert_eq!(one("whole_volume"), ["0", "0", "1", "1000", "800.8", "4000", "5000"]);
}

#[test]
fn a_least_amount_is_filled_up_and_what_is_left_says_so() {
    let plan = json!([{"name": "least", "minimum": 300, "charges": [{"kind": "fixed", "amount": 50}, {"kind": "use", "of": "verified_resolution", "price": 1}]}]);
    let ask = json!({"plans": plan, "usage": {"verified_resolution_rate": 0.5}, "volumes": [100, 1000]});
    let found = found(&ask).unwrap();
    let least = &found["at"][0]["plans"][0];
    assert_eq!(
        (&least["cost"], &least["charges"], &least["to_minimum"]),
        (&json!("300"), &json!(["50", "50"]), &json!("200"))
    );
    assert_eq!(least["per_verified_resolution"], json!("6"));
    let more = &found["at"][1]["plans"][0];
    assert_eq!(
        (&more["cost"], &more["to_minimum"], &more["per_contact"]),
        (&json!("550"), &json!("0"), &json!("0.55"))
    );
}

#[test]
fn half_a_month_is_half_of_fees_included_units_tiers_and_least_amounts() {
    let plan = json!([{"name": "all", "minimum": 500, "charges": [{"kind": "fixed", "amount": 100}, {"kind": "seat", "price": 10},
        {"kind": "use", "of": "conversation", "included": 100, "tiers": [{"up_to": 200, "price": 1}, {"price": "0.5"}]}]}]);
    let half = json!({"seats": 4, "part_of_month": 0.5});
    // 50 + 20 + (250 − 50): 100 at 1, 100 at 0.5.
    assert_eq!(costs(&plan, &half, &[250]), [["250"]]);
    assert_eq!(costs(&plan, &half, &[350]), [["270"]]);
}

#[test]
fn seats_follow_contacts_in_whole_ones() {
    let plan = json!([{"name": "seats", "charges": [{"kind": "seat", "price": 100}]}]);
    assert_eq!(
        costs(&plan, &json!({"contacts_per_seat": 500}), &[0, 1, 500, 501]).concat(),
        ["0", "100", "100", "200"]
    );
}

fn crossings(plans: &Value, usage: &Value) -> Vec<Value> {
    let found = found(&json!({"plans": plans, "usage": usage, "volumes": [1000]})).unwrap();
    found["crossings"].as_array().unwrap().clone()
}

#[test]
fn seats_and_outcomes_cross_where_they_cost_the_same() {
    let plans = json!([{"name": "seats", "charges": [{"kind": "seat", "price": 165}]},
        {"name": "outcomes", "charges": [{"kind": "use", "of": "resolution", "price": "0.5"}]}]);
    let found = crossings(&plans, &json!({"seats": 12, "claimed_resolution_rate": 0.6}));
    // 1,980 / 0.3
    assert_eq!(
        found,
        [
            json!({"below": "outcomes", "above": "seats", "contacts": "6600", "cost_below": "1980", "cost_above": "1980", "jump": false})
        ]
    );
}

#[test]
fn plans_may_change_places_again_and_again() {
    // A least amount, a cheap stretch, and then a dearer price: flat 300, 1 each from 300; against 100 + 0.5 each.
    let plans = json!([{"name": "least", "minimum": 300, "charges": [{"kind": "use", "of": "conversation", "price": 1}]},
        {"name": "mixed", "charges": [{"kind": "fixed", "amount": 170}, {"kind": "use", "of": "conversation", "price": "0.5"}]}]);
    let found = crossings(&plans, &json!({}));
    let places: Vec<(&str, &str)> =
        found.iter().map(|c| (c["above"].as_str().unwrap(), c["contacts"].as_str().unwrap())).collect();
    assert_eq!(places, [("least", "260"), ("mixed", "340")]);
}

#[test]
fn a_price_that_jumps_overtakes_without_ever_costing_the_same() {
    let plans = json!([tiered("whole_volume")[0], {"name": "flat", "charges": [{"kind": "use", "of": "conversation", "price": "0.85"}]}]);
    let found = crossings(&plans, &json!({}));
    // (v − 100) = 0.85 v at 666.67; 1,000 at 1,100 contacts against 935, and 800 behind.
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (&found[0]["above"], &found[0]["contacts"], &found[0]["jump"]),
        (&json!("flat"), &json!("666.666667"), &json!(false))
    );
    assert_eq!(
        found[1],
        json!({"below": "flat", "above": "tiers", "contacts": "1100", "cost_below": "935", "cost_above": "1000", "jump": true})
    );
}

#[test]
fn plans_that_are_one_never_cross() {
    let plan = tiered("marginal")[0].clone();
    let mut twin = plan.clone();
    twin["name"] = json!("twin");
    assert!(crossings(&json!([plan, twin]), &json!({})).is_empty());
}

#[test]
fn plans_that_make_no_sense_are_refused_together() {
    let plans = json!([
        {"name": "a", "currency": "EUR", "charges": []},
        {"name": "a", "minimum": -1, "charges": [
            {"kind": "use", "of": "draft"},
            {"kind": "use", "of": "draft", "price": 1, "tiers": [{"price": 1}]},
            {"kind": "use", "of": "draft", "tiers": [{"up_to": 10, "price": 1}, {"up_to": 5, "price": 1}, {"up_to": 20, "price": -2}]},
            {"kind": "use", "of": "draft", "tiers": [{"price": 1}, {"price": 2}]}]}]);
    let ask = json!({"plans": plans, "volumes": [-5], "usage": {"ai_share": 1.1, "claimed_resolution_rate": 0.4, "part_of_month": 0}, "between": {"from": 5, "to": 5}});
    let text = found(&ask).unwrap_err().to_string();
    for said in [
        "`plans[0].currency` is \"EUR\"",
        "`plans[0].charges` is empty",
        "`plans[1].name` is \"a\", which another one has too",
        "`plans[1].minimum` is -1",
        "`plans[1].charges[0]` needs either",
        "`plans[1].charges[1]` needs either",
        "`plans[1].charges[2].tiers[1].up_to` is 5, not above 10, so the two overlap",
        "`plans[1].charges[2].tiers[2]` ends",
        "`plans[1].charges[2].tiers[2].price` is -2",
        "`plans[1].charges[3].tiers[0]` has no `up_to`, so it overlaps",
        "`volumes[0]` is -5",
        "`usage.ai_share` is 1.1",
        "`usage.verified_resolution_rate` is 0.55, above",
        "`usage.part_of_month` is 0",
        "`between` ends before it begins",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(found(&json!({"plans": [], "volumes": []})).unwrap_err().to_string().contains("`plans` is empty"));
    let many = json!({"plans": tiered("marginal"), "volumes": [1], "usage": {"contacts_per_seat": 1}});
    assert!(found(&many).unwrap_err().to_string().contains("more than 10000 seats"));
}

fn plans() -> impl Strategy<Value = Plan> {
    let price = (0_i64..=300).prop_map(|cents| Decimal::new(cents, 2));
    let tier = (1_u32..=4000, price.clone());
    (
        (price.clone(), 0_u32..=500, 0_u32..=2000),
        proptest::collection::vec(tier, 0..4),
        proptest::bool::ANY,
        (0_u32..=800, price),
    )
        .prop_map(|((last, included, minimum), tiers, whole, (fee, seat))| {
            let mut end = Decimal::ZERO;
            let mut list: Vec<Tier> = tiers
                .into_iter()
                .map(|(units, price)| {
                    end += Decimal::from(units);
                    Tier { up_to: Some(end), price }
                })
                .collect();
            list.push(Tier { up_to: None, price: last });
            let tiering = if whole { Tiering::WholeVolume } else { Tiering::Marginal };
            let of = Of::Resolution;
            let metered =
                Charge::Use { of, price: None, tiers: list, tiering, included: included.into(), per: Decimal::ONE };
            let charges = vec![
                Charge::Fixed { amount: fee.into() },
                Charge::Seat { price: seat * Decimal::TEN, add_ons: vec![] },
                metered,
            ];
            Plan { name: String::new(), currency: None, charges, minimum: minimum.into() }
        })
}

proptest! {
    #[test]
    fn between_crossings_one_plan_is_cheaper_all_along(a in plans(), b in plans(), per_seat in proptest::option::of(200_u32..=900)) {
        let plans = vec![Plan { name: "a".into(), ..a }, Plan { name: "b".into(), ..b }];
        let usage = Usage { seats: 3.into(), contacts_per_seat: per_seat.map(Decimal::from), ..Usage::default() };
        let between = Between { from: Decimal::ZERO, to: dec("12000") };
        let volumes: Vec<Decimal> = (0_u32..240).map(|n| Decimal::from(n * 50) + dec("0.37")).collect();
        let ask = PricingAsk { currency: "USD".into(), volumes, usage, plans, between: Some(between) };
        let found = pricing(&ask).unwrap();
        let mut cheaper: Option<&str> = None;
        let mut before = Decimal::ZERO;
        let inside = |c: &Crossing, low: Decimal, high: Decimal| c.contacts > low && c.contacts <= high;
        for at in &found.at {
            let [one, two] = at.plans.as_slice() else { unreachable!() };
            if (one.cost - two.cost).abs() < dec("0.00001") {
                continue;
            }
            let now = if one.cost < two.cost { "a" } else { "b" };
            let passed: Vec<&Crossing> = found.crossings.iter().filter(|c| inside(c, before, at.contacts)).collect();
            if let Some(last) = passed.last() {
                prop_assert_eq!(last.above.as_str(), now);
            }
            if let Some(was) = cheaper {
                prop_assert_eq!(passed.len() % 2 == 1, was != now, "{} to {}: {:?}", before, at.contacts, passed);
            }
            (cheaper, before) = (Some(now), at.contacts);
        }
    }

    #[test]
    fn a_crossing_costs_the_same_under_both_plans(a in plans(), b in plans()) {
        let plans = vec![Plan { name: "a".into(), ..a }, Plan { name: "b".into(), ..b }];
        let mut ask = PricingAsk { currency: "USD".into(), volumes: vec![Decimal::ONE], usage: Usage::default(), plans, between: None };
        let crossings = pricing(&ask).unwrap().crossings;
        ask.volumes.extend(crossings.iter().map(|c| c.contacts));
        let found = pricing(&ask).unwrap();
        for (crossing, at) in crossings.iter().zip(found.at.iter().skip(1)) {
            prop_assert_eq!(crossing.jump, crossing.cost_below != crossing.cost_above);
            let [one, two] = at.plans.as_slice() else { unreachable!() };
            if !crossing.jump {
                // Contacts are shown to 6 places, and none costs more than 3.
                prop_assert!((one.cost - two.cost).abs() < dec("0.00001"), "{crossing:?}: {} and {}", one.cost, two.cost);
            }
        }
    }
}
