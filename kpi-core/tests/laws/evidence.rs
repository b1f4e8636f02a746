//! What holds of every single value: its range, its unit, its evidence, and what it says when there is none.

use crate::cases;
use crate::world::{World, divided, value, worlds};
use kpi_core::kpis::{CATALOGUE, Formula, Kpi, Law, Population, Reading, Share, Size, Undefined, Unit};
use kpi_core::report::{GroupReport, Value};
use kpi_core::units::ExactSum;
use proptest::prelude::*;
use rust_decimal::Decimal;

type Verdict = Result<(), TestCaseError>;

/// Floats of the same sums may differ in their last bits.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn exact(text: &str) -> Option<ExactSum> {
    Decimal::from_str_exact(text).ok().map(ExactSum::from_decimal)
}

fn kpi_of(value: &Value) -> &'static Kpi {
    kpi_core::kpis::find(value.id).unwrap()
}

/// Nothing that is not there has evidence.
fn undefined_is_bare(v: &Value) -> Verdict {
    prop_assert_eq!(v.n, 0);
    prop_assert!(v.numerator.is_none() && v.denominator.is_none() && v.interval.is_none() && v.p_value.is_none());
    prop_assert!(v.flags.is_empty() && v.band.is_none());
    if let Err(Undefined::MissingInput(columns)) = &v.value {
        prop_assert!(!columns.is_empty());
        prop_assert!(columns.is_sorted() && columns.iter().all(|c| kpi_of(v).input_columns().any(|own| own == *c)));
    }
    Ok(())
}

fn reading_fits_unit(v: &Value, reading: &Reading) -> Verdict {
    let fits = match (v.unit, reading) {
        (Unit::Count, Reading::Count(_)) | (Unit::Money, Reading::Money(_)) => true,
        (Unit::Distribution, Reading::Shares(shares)) => shares.iter().all(|s| s.share.is_finite()),
        (Unit::Count | Unit::Money | Unit::Distribution, _) => false,
        (_, Reading::Number(x)) => x.is_finite(),
        _ => false,
    };
    prop_assert!(fits, "{reading:?} does not fit {:?}", v.unit);
    prop_assert_eq!(v.unit, kpi_of(v).unit);
    Ok(())
}

fn interval_holds_the_value(v: &Value, level: f64) -> Verdict {
    prop_assert_eq!(v.interval.is_some(), v.method.is_some());
    prop_assert_eq!(v.confidence_level, v.interval.map(|_| level));
    if let Some(limits) = v.interval {
        let x = v.number().unwrap();
        let slack = 1e-9 * x.abs().max(1.0);
        prop_assert!(limits.low.is_finite() && limits.high.is_finite());
        prop_assert!(limits.low <= x + slack && x <= limits.high + slack, "{limits:?} does not hold {x}");
        if v.method.is_some_and(|m| m.starts_with("wilson")) {
            prop_assert!(limits.low >= 0.0 && limits.high <= 1.0);
        }
    }
    prop_assert!(v.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
    Ok(())
}

/// A value is what its numerator and denominator say, and a share is of its whole.
fn quotient_is_the_value(v: &Value) -> Verdict {
    let formula = kpi_of(v).formula;
    let (Some(part), Some(whole)) = (&v.numerator, &v.denominator) else { return Ok(()) };
    let (part, whole) = (exact(&part.to_text()).unwrap(), exact(&whole.to_text()).unwrap());
    if matches!(formula, Formula::Share { .. } | Formula::Proportion(_)) {
        prop_assert!(part.signum() >= 0 && part <= whole, "{part} of {whole}");
    }
    if matches!(formula, Formula::Share { .. }) {
        prop_assert_eq!(whole.to_text(), v.n.to_string());
    }
    if matches!(formula, Formula::Share { .. } | Formula::Proportion(_) | Formula::RatioOf(_) | Formula::Mean(_)) {
        prop_assert!(near(part.to_f64() / whole.to_f64(), v.number().unwrap()), "{part} / {whole}");
    }
    Ok(())
}

fn size(share: &Share) -> ExactSum {
    match share.size {
        Size::Count(n) => ExactSum::from(n),
        Size::Amount(sum) => sum,
    }
}

/// Entries are named once, stand in order, and sum to the whole.
fn distribution_is_whole(v: &Value, shares: &[Share]) -> Verdict {
    let total: ExactSum = shares.iter().map(size).sum();
    prop_assert_eq!(Some(total), v.denominator.as_ref().and_then(|whole| exact(&whole.to_text())));
    if shares.iter().all(|s| matches!(s.size, Size::Count(_))) && matches!(kpi_of(v).formula, Formula::Breakdown(_)) {
        prop_assert_eq!(total.to_text(), v.n.to_string());
    }
    let keys: std::collections::BTreeSet<&str> = shares.iter().map(|s| &*s.key).collect();
    prop_assert_eq!(keys.len(), shares.len());
    for share in shares {
        prop_assert!(near(share.share, size(share).to_f64() / total.to_f64()));
    }
    if !matches!(kpi_of(v).formula, Formula::Histogram(_)) {
        let in_order = shares.windows(2).all(|w| (size(&w[1]), &w[0].key) < (size(&w[0]), &w[1].key));
        prop_assert!(in_order, "most first, then by key: {shares:?}");
    }
    Ok(())
}

fn law_holds(law: Law, v: &Value, group: &GroupReport) -> Verdict {
    let within = |low: f64, high: f64| v.number().is_none_or(|x| (low..=high).contains(&x));
    match law {
        Law::WithinZeroAndOne => prop_assert!(within(0.0, 1.0)),
        Law::WithinMinusOneAndOne => prop_assert!(within(-1.0, 1.0)),
        Law::NotNegative => prop_assert!(within(0.0, f64::MAX)),
        Law::Within(low, high) => prop_assert!(within(low as f64, high as f64)),
        Law::SharesSumToOne => {
            if let Ok(Reading::Shares(shares)) = &v.value {
                prop_assert!(near(shares.iter().map(|s| s.share).sum(), 1.0));
            } else {
                prop_assert!(v.value.is_err(), "only a distribution has shares");
            }
        }
        Law::PopulationsAddUp => {
            let of = |p| value(group, v.id, p).and_then(Value::number);
            let [all, ai, human, both] =
                [Population::All, Population::Ai, Population::Human, Population::AiToHuman].map(of);
            prop_assert!(all.is_none() || all == Some(ai.unwrap() + human.unwrap() + both.unwrap()));
        }
        Law::CompletesToOne(others) => {
            if let Some(x) = v.number() {
                let rest = others.iter().map(|id| value(group, id, v.population).unwrap().number().unwrap());
                prop_assert!(near(x + rest.sum::<f64>(), 1.0));
            }
        }
        Law::AtMost(other) => {
            let other = value(group, other, v.population).and_then(Value::number);
            let above = v.number().zip(other).is_some_and(|(x, most)| x > most && !near(x, most));
            prop_assert!(!above, "{:?} is above {other:?}", v.number());
        }
        Law::Unbounded => {}
    }
    Ok(())
}

/// A law about other figures is only as good as their ids.
#[test]
fn laws_name_figures_of_the_same_populations() {
    for kpi in CATALOGUE {
        let named = kpi.laws.iter().flat_map(|law| match law {
            Law::CompletesToOne(others) => others.to_vec(),
            Law::AtMost(other) => vec![*other],
            _ => Vec::new(),
        });
        for id in named {
            let other = kpi_core::kpis::find(id).unwrap_or_else(|| panic!("{} has a law about {id}", kpi.id));
            assert!(kpi.populations.iter().all(|p| other.populations.contains(p)), "{} and {id}", kpi.id);
        }
        let adds_up = kpi.laws.contains(&Law::PopulationsAddUp);
        assert!(!adds_up || Population::ALL[..4].iter().all(|p| kpi.populations.contains(p)), "{}", kpi.id);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_value_keeps_its_laws(world in worlds()) {
        for group in &world.report().groups {
            for v in &group.values {
                let verdict = match &v.value {
                    Err(_) => undefined_is_bare(v),
                    Ok(reading) => reading_fits_unit(v, reading)
                        .and_then(|()| interval_holds_the_value(v, world.options.confidence_level))
                        .and_then(|()| quotient_is_the_value(v))
                        .and_then(|()| match reading {
                            Reading::Shares(shares) => distribution_is_whole(v, shares),
                            _ => Ok(()),
                        }),
                };
                let laws = kpi_of(v).laws.iter().try_for_each(|law| law_holds(*law, v, group));
                verdict.and(laws).map_err(|e| TestCaseError::fail(format!("{} of {:?}: {e}\n{v:?}", v.id, group.key)))?;
            }
        }
    }

    /// Zero is an answer; no data is none.
    #[test]
    fn without_rows_there_is_no_value_but_counts_of_nought(world in worlds()) {
        let mut out_of_scope = world.clone();
        out_of_scope.interactions.iter_mut().for_each(|row| row.in_scope = Some(false));
        out_of_scope.costs.clear();
        for empty in [world.emptied(), World { costs: world.costs.clone(), ..world.emptied() }] {
            let report = empty.report();
            prop_assert_eq!(report.groups.len(), 1);
            for v in &report.groups[0].values {
                prop_assert!(matches!(&v.value, Err(_) | Ok(Reading::Count(0))), "{v:?}");
            }
        }
        for v in &out_of_scope.report().groups[0].values {
            let about_contacts = !kpi_of(v).in_total_only();
            prop_assert!(!about_contacts || matches!(&v.value, Err(_) | Ok(Reading::Count(0))), "{v:?}");
            prop_assert!(!about_contacts || divided(v).is_none_or(|d| d == (0.0, 0.0)));
        }
    }
}
