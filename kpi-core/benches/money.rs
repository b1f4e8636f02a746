//! How long a move of a slider takes: `cargo xtask bench money`.

#![allow(clippy::unwrap_used, reason = "what fails must not look fast")]

use divan::{Bencher, black_box};
use kpi_core::compare::from_json;
use kpi_core::money::roi::{ChanceAsk, TornadoAsk};
use kpi_core::money::{PricingAsk, RoiAsk, VarianceAsk, chance, pricing, roi, tornado, variance};

fn main() {
    divan::main();
}

const PLAN: &str = r#"{"monthly_volume": 20000, "monthly_growth": 0.02, "horizon_months": 36, "resolution_rate": 0.61, "ramp_start": 0.4,
    "implementation": 120000, "platform_per_month": 5000, "oversight_per_month": 4000, "fee_per_resolution": 0.99, "discount_rate_per_year": 0.12}"#;

fn plan() -> RoiAsk {
    from_json(PLAN).unwrap()
}

#[divan::bench]
fn return_of_36_months(bencher: Bencher<'_, '_>) {
    let plan = plan();
    bencher.bench_local(|| roi(black_box(&plan)).unwrap());
}

#[divan::bench]
fn return_of_36_months_as_json(bencher: Bencher<'_, '_>) {
    let found = roi(&plan()).unwrap();
    bencher.bench_local(|| black_box(&found).to_json());
}

#[divan::bench]
fn ten_thousand_draws(bencher: Bencher<'_, '_>) {
    let draws = r#"{"resolution_rate": {"shape": "pert", "low": 0.3, "likely": 0.6, "high": 0.7}, "monthly_growth": {"shape": "uniform", "low": -0.02, "high": 0.03},
        "human_cost_per_contact": {"shape": "triangular", "low": 4, "likely": 6, "high": 9}, "failed_review_minutes": {"shape": "pert", "low": 1, "likely": 3, "high": 10}}"#;
    let ask: ChanceAsk = from_json(&format!(r#"{{"plan": {PLAN}, "draws": {draws}}}"#)).unwrap();
    bencher.bench_local(|| chance(black_box(&ask)).unwrap());
}

#[divan::bench]
fn tornado_of_every_input(bencher: Bencher<'_, '_>) {
    let ask = TornadoAsk { plan: plan(), ..TornadoAsk::default() };
    bencher.bench_local(|| tornado(black_box(&ask)).unwrap());
}

#[divan::bench]
fn variance_by_source(bencher: Bencher<'_, '_>) {
    let ask: VarianceAsk = from_json(
        r#"{"forecast": {"volume": 10000, "escalation_rate": 0.2, "review_minutes": 4, "labour_rate": 30, "ai_cost_per_item": 0.5, "fixed_cost": 8000},
        "actual": {"volume": 8000, "escalation_rate": 0.3, "review_minutes": 6, "labour_rate": 33, "ai_cost_per_item": 0.45, "fixed_cost": 9000}}"#,
    )
    .unwrap();
    bencher.bench_local(|| variance(black_box(&ask)).unwrap());
}

#[divan::bench]
fn three_plans_with_their_crossings(bencher: Bencher<'_, '_>) {
    let ask: PricingAsk = from_json(
        r#"{"volumes": [1000, 10000, 100000], "usage": {"contacts_per_seat": 500}, "between": {"from": 0, "to": 100000}, "plans": [
        {"name": "seats", "charges": [{"kind": "seat", "price": 115, "add_ons": [{"name": "copilot", "price": 50}]}]},
        {"name": "outcomes", "charges": [{"kind": "use", "of": "resolution", "price": "0.5"}]},
        {"name": "tiers", "minimum": 500, "charges": [{"kind": "use", "of": "conversation", "tiers": [{"up_to": 5000, "price": "0.4"}, {"price": "0.2"}]}]}]}"#,
    )
    .unwrap();
    bencher.bench_local(|| pricing(black_box(&ask)).unwrap());
}
