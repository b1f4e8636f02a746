//! Fixes: whether failures that somebody flagged are mended, how fast, and whether they stay mended.

use crate::input::Column as C;
use crate::kpis::cut::Cut;
use crate::kpis::evaluate::{quantile, share};
use crate::kpis::figure::Figure;
use crate::kpis::kpi::Population::All;
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::{Feature, Measure, Sample, TimeScale};

const FIXES: &[Measure] = &[Measure::Feature(Feature::Fixes)];
const FAILURES: &[Input] = &[Input::One(C::FailureId)];

/// Mended after 1, 3 and 10 hours; the second came back; the fourth waits.
const FOUR_FAILURES: &str = r#"{"fixes": [
  {"failure_id": "1", "flagged_at": "2026-01-05T09:00:00Z", "deployed_at": "2026-01-05T10:00:00Z"},
  {"failure_id": "2", "flagged_at": "2026-01-05T09:00:00Z", "deployed_at": "2026-01-05T12:00:00Z", "recurred_at": "2026-01-09T12:00:00Z"},
  {"failure_id": "3", "flagged_at": "2026-01-05T09:00:00Z", "deployed_at": "2026-01-05T19:00:00Z"},
  {"failure_id": "4", "flagged_at": "2026-01-20T09:00:00Z"}]}"#;
const FEBRUARY: &str = r#"{"as_of": "2026-02-01T00:00:00Z"}"#;

/// Nanoseconds from flag to deployment, of what is deployed.
fn took<'c>(cut: &Cut<'c>) -> impl Iterator<Item = i64> + use<'c> {
    cut.whole.revenue.fixes.values().filter_map(|fix| fix.took)
}

fn deployed(cut: &Cut<'_>) -> Option<Figure> {
    share(took(cut).count() as u64, cut.whole.revenue.fixes.len() as u64, cut.z())
}

fn time(cut: &Cut<'_>) -> Option<Figure> {
    let sample = Sample::of(took(cut).collect());
    quantile(&sample, 500, TimeScale::Nanos, cut.whole.ranks)
}

fn recurred(cut: &Cut<'_>) -> Option<Figure> {
    let back = cut.whole.revenue.fixes.values().filter(|fix| fix.took.is_some() && fix.recurred).count();
    share(back as u64, took(cut).count() as u64, cut.z())
}

/// Whether what is flagged is mended.
pub static FIX_RATE: Kpi = Kpi {
    id: "fix_rate",
    name: "Fix rate",
    also_called: &["feedback loop closure", "share of failures fixed"],
    family: Family::Revenue,
    means: "The share of flagged failures for which a fix is live. An AI whose failures are noted and left learns nothing from them.",
    misleads: "Failures flagged yesterday are in it and had no time to be mended, so a week of diligent flagging lowers it.",
    words: "failures with a deployed fix ÷ flagged failures",
    tex: r"\frac{\lvert\text{deployed}\rvert}{\lvert\text{flagged}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: FAILURES,
    formula: Formula::Other { uses: FIXES, by: deployed },
    ripening: None,
    doubts: &[],
    sources: &["[C] feedback loop effectiveness: how accurately conversations mend the model"],
    views: &["integrity", "operations"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: FOUR_FAILURES,
        options: FEBRUARY,
        working: "Failures 1, 2 and 3 of four have a fix.",
        expect: &[(All, "0.75")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How long mending takes.
pub static FIX_TIME_P50: Kpi = Kpi {
    id: "fix_time_p50",
    name: "Fix time, median",
    also_called: &["time to fix", "feedback loop speed"],
    family: Family::Revenue,
    means: "Half of the deployed fixes were live this long after the failure was flagged, or sooner.",
    misleads: "Failures that still wait are not in it, so a desk that mends only the easy ones looks fast. Read it beside the fix rate.",
    words: "median of deployed − flagged",
    tex: r"Q_{0.5}(\text{deployed} - \text{flagged})",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[All],
    needs: &[],
    inputs: &[Input::One(C::FlaggedAt)],
    formula: Formula::Other { uses: FIXES, by: time },
    ripening: None,
    doubts: &[],
    sources: &["[C] feedback loop effectiveness: how quickly conversations mend the model"],
    views: &["integrity", "operations"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: FOUR_FAILURES,
        options: FEBRUARY,
        working: "Three fixes took 1, 3 and 10 hours; the smallest with at least half of them at or below it is the second: 3 hours.",
        expect: &[(All, "10800.0")],
    },
    laws: &[Law::NotNegative],
};

/// Whether mending holds.
pub static FIX_RECURRENCE_RATE: Kpi = Kpi {
    id: "fix_recurrence_rate",
    name: "Fix recurrence rate",
    also_called: &["regression rate of fixes"],
    family: Family::Revenue,
    means: "The share of deployed fixes after which the failure came back.",
    misleads: "A young fix has had little time to fail, and a failure that nobody looks for again does not come back.",
    words: "failures that came back ÷ failures with a deployed fix",
    tex: r"\frac{\lvert\text{recurred}\rvert}{\lvert\text{deployed}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[All],
    needs: &[],
    inputs: FAILURES,
    formula: Formula::Other { uses: FIXES, by: recurred },
    ripening: None,
    doubts: &[],
    sources: &["[C] a system that repeats its mistakes does not improve"],
    views: &["integrity", "operations"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: FOUR_FAILURES,
        options: FEBRUARY,
        working: "Of the three that were mended, failure 2 came back.",
        expect: &[(All, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne],
};
