//! Populations and groups are parts of one whole: what is counted over them adds up.

use crate::cases;
use crate::world::{divided, value, worlds};
use kpi_core::kpis::{CATALOGUE, Formula, Kpi, Population, Undefined};
use kpi_core::report::{GroupReport, Report, Value};
use proptest::prelude::*;

type Verdict = Result<(), TestCaseError>;

/// Populations that are made of others, without overlap.
const UNIONS: [(Population, &[Population]); 3] = [
    (Population::All, &[Population::Ai, Population::Human, Population::AiToHuman]),
    (Population::AiFronted, &[Population::Ai, Population::AiToHuman]),
    (Population::People, &[Population::Human, Population::AiToHuman]),
];

/// Figures that count or add up over contacts, each contact by itself.
fn adds_up(kpi: &Kpi) -> bool {
    !matches!(
        kpi.formula,
        Formula::Other { .. } | Formula::Product { .. } | Formula::Quantile(..) | Formula::Histogram(_)
    )
}

/// What is added: a count, a distribution's size, or both sides of a quotient. Nothing where it cannot be known.
fn sides(value: &Value) -> Option<(f64, f64)> {
    match (&value.value, kpi_core::kpis::find(value.id).unwrap().formula) {
        // Without a denominator a ratio may still have had something to divide.
        (Err(Undefined::NeedsOption(_) | Undefined::MissingInput(_)), _)
        | (Err(Undefined::NoDenominator), Formula::RatioOf(_)) => None,
        (Err(_), _) => Some((0.0, 0.0)),
        (Ok(_), Formula::Rows(_)) => Some((value.number()?, 0.0)),
        (Ok(_), Formula::Breakdown(_)) => Some((value.n as f64, 0.0)),
        (Ok(_), _) => divided(value),
    }
}

/// Whole numbers must agree exactly; a quotient's side may have been rounded to 6 places in each part.
fn same(parts: (f64, f64), whole: (f64, f64), terms: usize) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * (terms + 1) as f64 + 1e-12 * a.abs().max(b.abs());
    near(parts.0, whole.0) && near(parts.1, whole.1)
}

fn parts_make(whole: &Value, parts: &[&Value]) -> Verdict {
    let Some(expected) = sides(whole) else { return Ok(()) };
    let Some(known) = parts.iter().map(|p| sides(p)).collect::<Option<Vec<_>>>() else { return Ok(()) };
    let sum = known.iter().fold((0.0, 0.0), |sum, side| (sum.0 + side.0, sum.1 + side.1));
    prop_assert!(same(sum, expected, known.len()), "{} is {expected:?}, its parts are {sum:?}", whole.id);
    if matches!(kpi_core::kpis::find(whole.id).unwrap().formula, Formula::Share { .. } | Formula::Mean(_)) {
        prop_assert_eq!(parts.iter().map(|p| p.n).sum::<u64>(), whole.n, "n of {}", whole.id);
    }
    Ok(())
}

fn populations_make(group: &GroupReport, kpi: &Kpi) -> Verdict {
    for (whole, parts) in UNIONS {
        let parts: Option<Vec<&Value>> = parts.iter().map(|p| value(group, kpi.id, *p)).collect();
        if let Some((whole, parts)) = value(group, kpi.id, whole).zip(parts) {
            parts_make(whole, &parts)?;
        }
    }
    Ok(())
}

/// The groups of one level: by dimensions or not, by period or not.
fn level(report: &Report, by: bool, period: bool) -> Vec<&GroupReport> {
    report.groups.iter().filter(|g| g.key.by.is_empty() != by && g.key.period.is_some() == period).collect()
}

fn groups_make(total: &GroupReport, groups: &[&GroupReport]) -> Verdict {
    for (class, n) in total.outcomes.iter().enumerate() {
        prop_assert_eq!(groups.iter().map(|g| g.outcomes[class]).sum::<u64>(), *n);
    }
    for whole in &total.values {
        let kpi = kpi_core::kpis::find(whole.id).unwrap();
        // A figure that needs periods is not in the total.
        if adds_up(kpi) && !kpi.in_total_only() {
            let parts: Vec<&Value> = groups.iter().filter_map(|g| value(g, whole.id, whole.population)).collect();
            parts_make(whole, &parts)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn populations_add_up(world in worlds()) {
        for group in &world.report().groups {
            CATALOGUE.iter().filter(|kpi| adds_up(kpi)).try_for_each(|kpi| populations_make(group, kpi))?;
        }
    }

    #[test]
    fn groups_add_up(world in worlds()) {
        let report = world.report();
        let total = report.total().unwrap();
        prop_assert_eq!(total.outcomes.iter().sum::<u64>(), report.counts.rows_used);
        for (by, period) in [(true, false), (false, true), (true, true)] {
            let groups = level(&report, by, period);
            if !groups.is_empty() {
                groups_make(total, &groups)?;
            }
        }
    }
}
