//! The forms of a report beside canonical JSON: the tidy table, and quantiles from a sketch.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::kpis::{Flag, Population};
use kpi_core::options::Quantiles;
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Report, Tables, report};

const MINUTE: i64 = 60_000_000_000;

/// Contacts of people that took from a second to eleven days.
fn desk() -> Vec<Interaction> {
    let contact = |n: i64| {
        let opened = Instant::from_nanos(1_767_600_000_000_000_000 + n * MINUTE);
        let took = 1_000_000_000 + n * n * n * 7_919_000;
        let contact = Interaction::new(format!("c-{n}"), Handling::Human, opened).customer_id(format!("k-{}", n % 97));
        contact.closed(Instant::from_nanos(opened.nanos() + took), Outcome::Resolved)
    };
    (0..500).map(contact).collect()
}

fn report_with(options: &Options) -> Report {
    report(&Tables::of(&desk()), options, &Limits::default()).unwrap()
}

#[test]
fn the_tidy_table_has_one_row_a_value_in_the_order_of_the_report() {
    let report = report_with(&Options { by: vec!["channel".into()], ..Options::default() });
    let tidy: Vec<_> = report.tidy().map(|row| (row.id, row.population, row.n, row.value)).collect();
    let values = report.groups.iter().flat_map(|g| &g.values);
    assert_eq!(tidy, values.map(|v| (v.id, v.population.name(), v.n, v.number())).collect::<Vec<_>>());
    let median = report.tidy().find(|row| row.id == "resolution_time_p50" && row.population == "human").unwrap();
    assert_eq!((median.unit, median.undefined, median.by.len()), ("seconds", None, 0));
    let csat = report.tidy().find(|row| row.id == "csat").unwrap();
    assert_eq!((csat.value, csat.undefined), (None, Some("missing_input")));
}

#[test]
fn a_sketched_quantile_is_within_its_stated_error_and_says_so() {
    let exact = report_with(&Options::default());
    let sketched = report_with(&Options { quantiles: Quantiles::Sketch, ..Options::default() });
    for id in ["resolution_time_p50", "resolution_time_p90", "resolution_time_p95"] {
        let of = |report: &Report| report.value(id, Population::Human, &[], None).unwrap().clone();
        let (true_value, near) = (of(&exact).number().unwrap(), of(&sketched));
        let error = (near.number().unwrap() / true_value - 1.0).abs();
        assert!(error <= 0.004, "{id} is off by {error}");
        assert!(near.has(Flag::Approximate) && !of(&exact).has(Flag::Approximate));
        assert_eq!(near.n, 500);
    }
}
