//! The identities at the end of SPEC 5.

use crate::cases;
use crate::world::{divided, value, worlds};
use kpi_core::kpis::Population::{self, Ai, AiFronted, AiToHuman, All};
use kpi_core::kpis::{Quantity, Reading};
use kpi_core::report::{GroupReport, Value};
use kpi_core::units::ExactSum;
use proptest::prelude::*;

type Verdict = Result<(), TestCaseError>;

/// The contacts that a figure divides: none where there is nobody, nothing where they cannot be known.
fn sides(group: &GroupReport, id: &str, population: Population) -> Option<(u64, u64)> {
    let v = value(group, id, population)?;
    divided(v)?;
    let contacts = |side: &Option<Quantity>| side.as_ref().map_or(0, |q| q.as_count().unwrap());
    Some((contacts(&v.numerator), contacts(&v.denominator)))
}

fn stages(group: &GroupReport) -> Verdict {
    let rate = |id| value(group, id, AiFronted).and_then(Value::number);
    let [contained, abandoned, escalated] = ["containment_rate", "abandonment_rate", "escalation_rate"].map(rate);
    if let (Some(a), Some(b), Some(c)) = (contained, abandoned, escalated) {
        prop_assert!((a + b + c - 1.0).abs() < 1e-12, "{a} + {b} + {c}");
    }
    let parts = ["containment_rate", "abandonment_rate", "escalation_rate", "autonomous_resolution_rate"];
    if let [Some(contained), Some(abandoned), Some(escalated), Some(alone)] =
        parts.map(|id| sides(group, id, AiFronted))
    {
        prop_assert_eq!(contained.0 + abandoned.0 + escalated.0, contained.1);
        prop_assert!(alone.0 <= contained.0);
        if let Some(deflected) = sides(group, "deflection_rate", All) {
            prop_assert!(contained.0 <= deflected.0);
            prop_assert_eq!(contained.0 + abandoned.0, deflected.0);
        }
    }
    Ok(())
}

fn verified_within_resolved(group: &GroupReport) -> Verdict {
    let of_fronted = |id| sides(group, id, AiFronted);
    if let (Some(held), Some(gap)) = (of_fronted("verified_containment_rate"), of_fronted("resolution_gap")) {
        prop_assert_eq!(held.1, gap.1);
        prop_assert!(held.0 + gap.0 <= held.1, "{held:?} and {gap:?}");
        if let Some(all) = sides(group, "verified_resolution_rate", All) {
            prop_assert_eq!(all.0, held.0, "only the AI's resolutions are verified");
        }
    }
    Ok(())
}

fn escalations_agree(group: &GroupReport) -> Verdict {
    let found = (
        sides(group, "escalation_precision", AiToHuman),
        sides(group, "escalation_recall", AiFronted),
        sides(group, "missed_escalation_rate", Ai),
    );
    if let (Some(precision), Some(recall), Some(missed)) = found {
        prop_assert_eq!(precision.0, recall.0);
        prop_assert_eq!(recall.1, precision.0 + missed.0);
    }
    Ok(())
}

fn bar_sums_to_rows(group: &GroupReport) -> Verdict {
    let count = |id, population| match value(group, id, population).map(|v| &v.value) {
        Some(Ok(Reading::Count(n))) => *n,
        other => panic!("{id} is a count, and not {other:?}"),
    };
    prop_assert_eq!(group.outcomes.iter().sum::<u64>(), count("interactions", All));
    prop_assert_eq!(group.outcomes[0], count("open_interactions", All));
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn identities_hold_in_every_group(world in worlds()) {
        for group in &world.report().groups {
            for law in [stages, verified_within_resolved, escalations_agree, bar_sums_to_rows] {
                law(group).map_err(|e| TestCaseError::fail(format!("{:?}: {e}", group.key)))?;
            }
        }
    }

    #[test]
    fn every_cost_is_carried_or_said_not_to_be(world in worlds()) {
        let report = world.report();
        let ledger = &report.ledger;
        prop_assert_eq!(ledger.total, ledger.allocated + ledger.outside + ledger.carried_by_nobody);
        let sound = world.costs.iter().filter(|cost| cost.end > cost.start);
        let paid = sound.fold(ExactSum::ZERO, |sum, cost| sum + cost.amount.unwrap().into());
        prop_assert_eq!(ledger.total, paid);
        let c = report.counts;
        prop_assert_eq!(c.rows_in, c.rows_used + c.rows_quarantined + c.rows_out_of_scope);
    }
}
