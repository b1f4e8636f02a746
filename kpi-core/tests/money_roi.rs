//! Is it worth it? Figures by hand, figures of numpy-financial, laws, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::from_json;
use kpi_core::money::roi::{INPUTS, Input, NotKnown};
use kpi_core::money::{Contract, Roi, RoiAsk, labour, pricing, roi, roi_inputs_json};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn ask(inputs: &Value) -> RoiAsk {
    from_json(&inputs.to_string()).unwrap()
}

fn found(inputs: &Value) -> Roi {
    roi(&ask(inputs)).unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A desk without anything that is not said.
fn bare() -> Value {
    json!({"monthly_volume": 50_000, "resolution_rate": 0.67, "ramp_start": 1, "failed_review_minutes": 0, "horizon_months": 12,
        "api_cost_per_attempt": 0, "retry_rate": 0, "fee_per_resolution": 0.99, "human_cost_per_contact": 6, "discount_rate_per_year": 0})
}

fn with(mut base: Value, changes: &Value) -> Value {
    for (id, value) in changes.as_object().unwrap() {
        base[id] = value.clone();
    }
    base
}

fn refused(inputs: &Value) -> String {
    roi(&ask(inputs)).unwrap_err().to_string()
}

#[test]
fn fifty_thousand_a_month_at_two_thirds_save_over_two_million_a_year() {
    let year = found(&bare());
    // 50,000 · 0.67 · 12 = 402,000 resolutions that save 6 − 0.99 each.
    assert_eq!(year.total.resolved, dec("402000"));
    assert_eq!(year.savings_per_year, dec("2014020"));
    assert_eq!(year.total.net, dec("2014020"));
    let dearer = found(&with(bare(), &json!({"human_cost_per_contact": 5})));
    assert!(dearer.savings_per_year < dec("2000000"), "only once a contact costs about 6");
}

#[test]
fn a_hundred_and_fifty_thousand_saved_are_two_and_a_third_people() {
    // 2,500 · 1 · 12 · (6 − 1) = 150,000; over 65,000 that is 2.307692….
    let saved = found(&with(bare(), &json!({"monthly_volume": 2500, "resolution_rate": 1, "fee_per_resolution": 1})));
    assert_eq!((saved.savings_per_year, saved.fte), (dec("150000"), dec("2.307692")));
}

#[test]
fn from_twenty_to_six_is_seventy_per_cent_less() {
    let cheaper =
        found(&with(bare(), &json!({"resolution_rate": 1, "human_cost_per_contact": 20, "fee_per_resolution": 6})));
    assert_eq!(cheaper.cost_per_contact_after, Ok(dec("6")));
    assert_eq!(cheaper.cost_reduction, Ok(dec("0.7")));
    let dearer =
        found(&with(bare(), &json!({"resolution_rate": 1, "human_cost_per_contact": 20, "fee_per_resolution": 24})));
    assert_eq!(dearer.cost_reduction, Ok(dec("-0.2")));
}

/// 20,000 contacts growing by 2 %, 60 % resolved after six months from 40 % of that, at 6 a person and 0.90 a resolution.
fn growing() -> Value {
    json!({"monthly_volume": 20_000, "monthly_growth": 0.02, "horizon_months": 24, "resolution_rate": 0.6, "ramp_start": 0.4,
        "ramp_months": 6, "failed_review_minutes": 3, "human_cost_per_contact": 6, "human_minutes_per_contact": 10,
        "api_cost_per_attempt": 0.05, "retry_rate": 0.1, "fee_per_resolution": 0.9, "implementation": 120_000,
        "platform_per_month": 5000, "oversight_per_month": 4000, "discount_rate_per_year": 0.12})
}

#[test]
fn worth_and_rate_of_return_are_those_of_numpy_financial() {
    let plan = found(&growing());
    // numpy_financial.npv(1.12 ** (1 / 12) - 1, flows), numpy_financial.irr(flows), flows.sum() and cumsum(flows) of the
    // same cash flows in floats; numpy-financial 1.0.
    assert!((plan.npv - dec("765026.3935702966")).abs() < dec("0.001"), "{}", plan.npv);
    assert!((plan.total.net - dec("901204.6205331299")).abs() < dec("0.001"), "{}", plan.total.net);
    assert!((plan.irr_monthly.unwrap() - 0.182_044_217_270_457_28).abs() < 1e-9);
    assert!((plan.irr_yearly.unwrap() - 6.440_543_711_738_823).abs() < 1e-7);
    // Sums of cash flows: −38,793.37 after month 6, 3,672.26 after month 7.
    assert_eq!(plan.payback_month, Ok(7));
    assert_eq!(plan.months.get(7).unwrap().cumulative.round_dp(4), dec("3672.2561"));
    // (-120000 … -135904.88) over what is spent to then.
    assert!(plan.roi_at.iter().all(|(_, found)| found.is_ok()));
    assert!(plan.roi_at.first().unwrap().1.unwrap() < Decimal::ZERO, "three months look different from eighteen");
    assert!(plan.roi_at.last().unwrap().1.unwrap() > Decimal::ZERO);
}

#[test]
fn a_return_by_hand() {
    let plan = found(&with(
        bare(),
        &json!({"monthly_volume": 100, "resolution_rate": 0.5, "horizon_months": 3, "ramp_start": 0.5, "ramp_months": 3, "implementation": 300,
            "fee_per_resolution": 1, "platform_per_month": 10, "failed_review_minutes": 2}),
    ));
    // The rate is 0.25, 0.375, 0.5: 25, 37.5 and 50 resolved; 75, 62.5 and 50 failed at 2 · 6 / 10 = 1.20 each.
    // 25 · 5 − 90 − 10 = 25; 37.5 · 5 − 75 − 10 = 102.5; 50 · 5 − 60 − 10 = 180.
    let nets: Vec<Decimal> = plan.months.iter().map(|month| month.net).collect();
    assert_eq!(nets, ["-300", "25", "102.5", "180"].map(dec));
    assert_eq!((plan.total.net, plan.payback_month), (dec("7.5"), Ok(3)));
    // Spent 300 + 30 + 225 + 112.5 = 667.5.
    assert_eq!(plan.roi_at.first().unwrap(), &(3, Ok(dec("0.011236"))));
    assert_eq!(plan.roi_at.get(1).unwrap(), &(6, Err(NotKnown::HorizonTooShort)));
    // (300 contacts · 1.2 + 30 + 300) / (225 · (6 + 1.2 − 1)) = 690 / 1,395.
    assert_eq!(plan.break_even_resolution_rate, Ok(dec("0.494624")));
    // ((300 − 112.5) · 6 + 367.5) / 300
    assert_eq!(plan.cost_per_contact_after, Ok(dec("4.975")));
}

#[test]
fn new_revenue_stands_apart_from_what_is_avoided() {
    let plan = found(&with(
        bare(),
        &json!({"revenue_per_resolution": 2, "revenue_per_month": 1000, "revenue_margin": 0.5, "horizon_months": 1}),
    ));
    // 33,500 resolutions: 33,500 · 1 + 500.
    assert_eq!((plan.total.revenue, plan.total.cost_avoidance), (dec("34000"), dec("201000")));
    assert_eq!(plan.savings_per_year, dec("2014020"), "revenue is no saving");
}

#[test]
fn what_the_vendor_claims_is_billed_and_what_it_promises_is_shown() {
    let honest = found(&bare());
    let claimed = found(&with(bare(), &json!({"claimed_resolution_rate": 0.85})));
    // 50,000 · 0.18 · 12 resolutions more are billed at 0.99.
    assert_eq!(honest.total.net - claimed.total.net, dec("106920"));
    let promise = claimed.promised.unwrap();
    // 50,000 · 0.85 · 12 · 5.01
    assert_eq!(promise.net, dec("2555100"));
    assert_eq!(promise.beyond, promise.net - claimed.total.net);
    assert!(honest.promised.is_none());
}

#[test]
fn figures_that_cannot_be_say_why() {
    let free = found(&with(bare(), &json!({"fee_per_resolution": 0})));
    assert_eq!((free.roi, free.payback_month), (Err(NotKnown::NothingSpent), Ok(0)));
    assert_eq!(free.irr_monthly, Err(NotKnown::NoSignChange));
    assert_eq!(free.break_even_resolution_rate, Err(NotKnown::EveryRatePays));
    let hopeless = found(&with(bare(), &json!({"implementation": 9e9})));
    assert_eq!(hopeless.payback_month, Err(NotKnown::NotWithinHorizon));
    assert_eq!(hopeless.break_even_resolution_rate, Err(NotKnown::NoRatePays));
    assert!(hopeless.irr_monthly.unwrap() < 0.0, "it never pays back, so it earns less than nothing");
    let nobody = found(&with(bare(), &json!({"monthly_volume": 0})));
    assert_eq!(nobody.cost_per_contact_after, Err(NotKnown::NoContacts));
    assert_eq!(nobody.cost_per_resolution, Err(NotKnown::NoContacts));
    let json: Value = serde_json::from_str(&nobody.to_json()).unwrap();
    assert_eq!(json["figures"]["undefined"]["cost_per_contact_after"], "no_contacts");
    // It shrinks until the platform costs more than it saves: the sum rises above nought and falls again.
    let fading = found(&with(
        bare(),
        &json!({"monthly_growth": -0.5, "implementation": 100_000, "platform_per_month": 60_000, "horizon_months": 6}),
    ));
    assert!(fading.months.iter().any(|month| month.cumulative > Decimal::ZERO));
    assert_eq!(fading.payback_month, Err(NotKnown::NotWithinHorizon), "what is lost again was not paid back");
    assert_eq!(fading.irr_monthly, Err(NotKnown::SeveralRates));
}

#[test]
fn hidden_costs_that_nobody_gave_are_named() {
    let plan = found(&growing());
    assert!(!plan.left_at_zero.contains(&"platform_per_month"));
    assert!(plan.left_at_zero.contains(&"vector_db_per_month") && plan.left_at_zero.contains(&"staff_training"));
}

#[test]
fn the_labour_model_stands_in_for_what_people_cost() {
    let labor = json!({"salary": 41_600, "benefits_rate": 0.25, "management_rate": 0.1, "recruitment_per_hire": 4000, "training_per_hire": 2500,
        "annual_attrition": 0.3, "tooling_per_year": 1980, "qa_per_year": 600, "paid_hours_per_year": 2080, "utilisation": 0.75});
    let plan = found(&with(bare(), &json!({"labor": labor, "human_minutes_per_contact": 12})));
    // 61,730 over 1,560 · 60 minutes is 0.659509 a minute.
    let person = labour(&serde_json::from_value(labor).unwrap()).unwrap();
    assert_eq!((person.per_minute, person.per_hour), (dec("0.659509"), dec("39.570513")));
    assert_eq!(person.tenure_years, Some(dec("3.333333")));
    assert_eq!(plan.ask.human_cost_per_contact, dec("7.914108"));
    assert_eq!(plan.ask.fte_cost_per_year, dec("61730"));
    assert!(person.to_json().starts_with(r#"{"schema":"supportkpi.labour/1","loaded_year":"61730""#));
}

#[test]
fn bad_inputs_are_refused_all_at_once() {
    for (input, value, said) in [
        ("resolution_rate", json!(1.2), "`resolution_rate` is 1.2; it must lie from 0 to 1"),
        ("resolution_rate", json!(-0.1), "`resolution_rate` is -0.1"),
        ("discount_rate_per_year", json!(-0.05), "`discount_rate_per_year` is -0.05"),
        ("horizon_months", json!(0), "`horizon_months` is 0; it must lie from 1 to 120"),
        ("horizon_months", json!(10_000), "`horizon_months` is 10000"),
        ("horizon_months", json!(2.5), "a whole number of months"),
        ("human_cost_per_contact", json!(-6), "`human_cost_per_contact` is -6"),
        ("human_minutes_per_contact", json!(0), "`human_minutes_per_contact` is 0"),
        ("claimed_resolution_rate", json!(0.5), "what holds is a part of what is claimed"),
        ("currency", json!("Euro"), "no ISO 4217 code"),
        ("labor", json!({"salary": -1, "paid_hours_per_year": 1, "utilisation": 1}), "`labor.salary` is negative"),
    ] {
        let text = refused(&with(bare(), &json!({input: value})));
        assert!(text.contains(said), "{text}");
    }
    let text = refused(&with(bare(), &json!({"resolution_rate": 3, "fee_per_resolution": -1, "currency": "?"})));
    assert_eq!(text.matches("; it must").count(), 2, "{text}");
    assert!(text.contains("ISO 4217"), "{text}");
    let text = refused(&json!({"monthly_growth": 0.5, "horizon_months": 120, "monthly_volume": 1_000_000_000}));
    assert!(text.contains("`monthly_growth` brings"), "{text}");
    assert!(
        from_json::<RoiAsk>(r#"{"resolution": 1}"#).unwrap_err().to_string().contains("unknown field `resolution`")
    );
}

#[test]
fn the_dearest_inputs_there_may_be_overflow_nothing() {
    for end in [|input: &Input| input.high, |input: &Input| input.low] {
        let mut ask = RoiAsk::default();
        for input in INPUTS.iter().filter(|input| input.id != "monthly_growth") {
            input.put(&mut ask, end(input));
        }
        ask.monthly_growth = Decimal::new(19, 3);
        ask.human_minutes_per_contact = dec("0.1");
        let plan = roi(&ask).unwrap();
        assert!(plan.npv.abs() < Decimal::MAX && !plan.explain().is_empty());
    }
}

#[test]
fn a_form_can_be_made_of_the_inputs() {
    let form: Value = serde_json::from_str(&roi_inputs_json()).unwrap();
    let inputs = form["inputs"].as_array().unwrap();
    let fields = serde_json::to_value(RoiAsk::default()).unwrap();
    // Everything but the currency and the labour model.
    assert_eq!(inputs.len() + 2, fields.as_object().unwrap().len());
    for input in inputs {
        let id = input["id"].as_str().unwrap();
        assert!(!fields[id].is_null() || input["default"].is_null(), "{id}");
        assert!(input["sentence"].as_str().unwrap().ends_with('.'), "{id}");
        let number = |key: &str| dec(input[key].as_str().unwrap());
        if !input["default"].is_null() {
            assert!(number("low") <= number("default") && number("default") <= number("high"), "{id}");
        }
    }
    assert!(roi(&RoiAsk::default()).is_ok());
}

/// The value of a formula of numbers with +, −, ×, ÷ and brackets.
fn worked_out(numbers: &str) -> Option<f64> {
    fn sum(s: &mut std::iter::Peekable<std::vec::IntoIter<char>>) -> Option<f64> {
        let mut left = product(s)?;
        while let Some(sign) = s.next_if(|c| matches!(c, '+' | '−')) {
            let right = product(s)?;
            left += if sign == '+' { right } else { -right };
        }
        Some(left)
    }
    fn product(s: &mut std::iter::Peekable<std::vec::IntoIter<char>>) -> Option<f64> {
        let mut left = atom(s)?;
        while let Some(sign) = s.next_if(|c| matches!(c, '×' | '÷')) {
            let right = atom(s)?;
            left = if sign == '×' { left * right } else { left / right };
        }
        Some(left)
    }
    fn atom(s: &mut std::iter::Peekable<std::vec::IntoIter<char>>) -> Option<f64> {
        if s.next_if_eq(&'(').is_some() {
            let inner = sum(s);
            return s.next_if_eq(&')').and(inner);
        }
        let mut digits = String::new();
        while let Some(c) = s.next_if(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) {
            digits.push(c);
        }
        digits.parse().ok()
    }
    let symbols: Vec<char> = numbers.chars().filter(|c| *c != ' ').collect();
    let mut symbols = symbols.into_iter().peekable();
    let value = sum(&mut symbols)?;
    symbols.next().is_none().then_some(value)
}

#[test]
fn every_figure_has_the_steps_that_lead_to_it_and_their_numbers_come_out() {
    let plan =
        found(&with(growing(), &json!({"revenue_per_resolution": 0.5, "revenue_margin": 0.8, "staff_training": 100})));
    let steps = plan.explain();
    let json: Value = serde_json::from_str(&plan.to_json()).unwrap();
    for id in json["figures"].as_object().unwrap().keys() {
        let given = id == "cost_per_contact_before" || id == "undefined";
        assert!(given || steps.iter().any(|step| step.id == id), "{id} has no step");
    }
    let mut checked = 0;
    for step in &steps {
        let Some(value) = worked_out(&step.numbers) else { continue };
        let shown: f64 = step.value.parse().unwrap();
        // Numbers are shown to 6 places.
        assert!((value - shown).abs() <= 1e-5 * shown.abs().max(1.0), "{step:?} gives {value}");
        checked += 1;
    }
    assert!(checked >= 25, "{checked} of {} steps", steps.len());
}

/// Inputs of which more can only be better, or only worse; with their own ends.
const BETTER: [&str; 4] = ["resolution_rate", "ramp_start", "revenue_per_resolution", "revenue_per_month"];
const WORSE: [&str; 10] = [
    "failed_review_minutes",
    "api_cost_per_attempt",
    "retry_rate",
    "fee_per_attempt",
    "fee_per_resolution",
    "platform_per_month",
    "oversight_per_month",
    "implementation",
    "staff_training",
    "vector_db_per_month",
];

fn plans() -> impl Strategy<Value = RoiAsk> {
    let part = (0_u32..=100).prop_map(|x| Decimal::new(x.into(), 2));
    let cents = (0_u32..=2_000).prop_map(|x| Decimal::new(x.into(), 2));
    let volumes = (1_u32..100_000, -10_i64..=10, 1_u32..=60);
    (volumes, (part.clone(), part, 1_u32..=24), (cents.clone(), cents.clone(), cents)).prop_map(
        |((volume, growth, months), (rate, start, ramp), (human, fee, fixed))| RoiAsk {
            monthly_volume: volume.into(),
            monthly_growth: Decimal::new(growth, 2),
            horizon_months: months.into(),
            resolution_rate: rate,
            ramp_start: start,
            ramp_months: ramp.into(),
            // A resolution that costs more than a person is no bargain at any rate.
            human_cost_per_contact: human + fee,
            fee_per_resolution: fee,
            platform_per_month: fixed * Decimal::from(1000),
            implementation: fixed * Decimal::from(5000),
            ..RoiAsk::default()
        },
    )
}

proptest! {
    #[test]
    fn more_of_what_helps_never_leaves_less(ask in plans(), which in 0_usize..14, by in 1_u32..=50) {
        let (id, better) = match which {
            0..4 => (BETTER.get(which).unwrap(), true),
            _ => (WORSE.get(which - 4).unwrap(), false),
        };
        let Some(input) = Input::find(id) else { return Ok(()) };
        let mut more = ask.clone();
        let value = input.of(&ask).unwrap() + Decimal::new(by.into(), 2);
        input.put(&mut more, value.min(input.high));
        let (before, after) = (roi(&ask).unwrap(), roi(&more).unwrap());
        let (less, much) = if better { (&before, &after) } else { (&after, &before) };
        // Months are kept to 6 places.
        let hair = Decimal::new(1, 3);
        prop_assert!(less.total.net <= much.total.net + hair, "{id}");
        prop_assert!(less.npv <= much.npv + hair, "{id}");
    }

    #[test]
    fn without_fixed_costs_twice_the_contacts_save_twice_as_much(mut ask in plans(), times in 2_u32..9) {
        ask.platform_per_month = Decimal::ZERO;
        ask.implementation = Decimal::ZERO;
        let one = roi(&ask).unwrap();
        let many = roi(&RoiAsk { monthly_volume: ask.monthly_volume * Decimal::from(times), ..ask.clone() }).unwrap();
        // What months keep is rounded, and growth makes more of that.
        let hair = Decimal::new(1, 2) + many.total.volume * Decimal::new(1, 8);
        prop_assert!((many.total.net - one.total.net * Decimal::from(times)).abs() < hair);
        prop_assert!((many.npv - one.npv * Decimal::from(times)).abs() < hair);
        prop_assert_eq!(many.cost_reduction.map(|x| x.round_dp(4)), one.cost_reduction.map(|x| x.round_dp(4)));
    }

    #[test]
    fn at_the_break_even_rate_nothing_is_left(ask in plans()) {
        let Ok(rate) = roi(&ask).unwrap().break_even_resolution_rate else { return Ok(()) };
        let even = roi(&RoiAsk { resolution_rate: rate, ..ask }).unwrap();
        // The rate is shown to 6 places, so each contact may be off by what half of the last one is worth.
        let slack = even.total.volume * Decimal::new(50, 6) + Decimal::ONE;
        prop_assert!(even.total.net.abs() <= slack, "{} at {rate}", even.total.net);
    }

    #[test]
    fn months_add_up_and_the_worth_at_the_rate_of_return_is_nothing(ask in plans()) {
        let plan = roi(&ask).unwrap();
        let sum: Decimal = plan.months.iter().map(|month| month.net).sum();
        prop_assert_eq!(sum, plan.total.net);
        prop_assert_eq!(plan.months.last().unwrap().cumulative, plan.total.net);
        prop_assert_eq!(plan.total.net, plan.total.cost_avoidance + plan.total.revenue - plan.spent());
        if let Ok(rate) = plan.irr_monthly {
            let factor = 1.0 / (1.0 + rate);
            let mut power = 1.0;
            let (mut worth, mut size) = (0.0, 0.0);
            for month in &plan.months {
                let flow: f64 = month.net.to_string().parse().unwrap();
                worth += flow * power;
                size += (flow * power).abs();
                power *= factor;
            }
            prop_assert!(worth.abs() <= 1e-9 * size, "{worth} of {size} at {rate}");
        }
    }
}

#[test]
fn every_input_that_the_laws_name_exists() {
    assert_eq!(BETTER.iter().chain(&WORSE).filter(|id| Input::find(id).is_none()).count(), 0);
    assert!(INPUTS.len() > 25);
}

#[test]
fn the_examples_of_the_documentation_are_asks() {
    let page = include_str!("../../docs/money.md");
    let examples: Vec<&str> =
        page.split("```json\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(example, _)| example)).collect();
    let [plan, plans, contract] = examples.as_slice() else { panic!("{examples:?}") };
    assert!(roi(&from_json(plan).unwrap()).unwrap().promised.is_some());
    from_json::<Contract>(contract).unwrap().validate().unwrap();
    assert!(!pricing(&from_json(plans).unwrap()).unwrap().crossings.is_empty());
}
