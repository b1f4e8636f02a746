//! Confidence: how sure the AI was, whether it served what it was not sure of, and whether it had reason to be.

use crate::input::Column as C;
use crate::kpis::cut::Cut;
use crate::kpis::figure::{Figure, Flag};
use crate::kpis::kpi::Population::{self, Ai, AiFronted, AiToHuman};
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::Counted::Now;
use crate::tally::{Binned, Count, Measure, Spread};
use crate::units::ExactSum;

static CONFIDENCE: Spread = Spread {
    name: "confidence",
    rows: |r| r.known(C::Confidence),
    value: |r| r.numbers(C::Confidence),
    reads: &[C::Confidence],
};
static CONFIDENCE_BINS: Binned = Binned {
    name: "confidence_bins",
    bins: 10,
    rows: |r| r.known(C::Confidence),
    hits: |r| r.resolved,
    value: |r| r.numbers(C::Confidence),
    reads: &[C::Confidence],
};
/// The same of closed contacts: whether an open one will be resolved is not known yet.
static CLOSED_CONFIDENCE_BINS: Binned = Binned {
    name: "closed_confidence_bins",
    bins: 10,
    rows: |r| r.closed & r.known(C::Confidence),
    hits: |r| r.resolved,
    value: |r| r.numbers(C::Confidence),
    reads: &[C::Confidence],
};
static CLOSED_WITH_CONFIDENCE: Count =
    Count { name: "closed_with_confidence", rows: Now(|r| r.closed & r.known(C::Confidence)), reads: &[C::Confidence] };
static CLOSED_LOW_CONFIDENCE: Count = Count {
    name: "closed_low_confidence",
    rows: Now(|r| r.closed & r.below(C::Confidence, r.low_confidence())),
    reads: &[C::Confidence],
};

const WHEREVER_AI_SPOKE: &[Population] = &[AiFronted, Ai, AiToHuman];
const KNOWN: &[Input] = &[Input::One(C::Confidence)];

/// Three closed contacts of AI (very sure and right, unsure and right, unsure and wrong), one still open, one handed
/// over.
const SURE: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "confidence": 0.95},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved", "confidence": 0.45},
  {"id": "3", "handling": "ai", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T11:05:00Z", "outcome": "unresolved", "confidence": 0.41},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "resolved", "confidence": 0.15},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-05T14:00:00Z", "confidence": 0.65}]}"#;

/// How sure the AI was.
pub static CONFIDENCE_MEAN: Kpi = Kpi {
    id: "confidence_mean",
    name: "Mean confidence",
    also_called: &["average confidence score"],
    family: Family::Integrity,
    means: "The mean of how sure the AI was of what it served. When it moves, accuracy is about to.",
    misleads: "Being sure is not being right, and scores of different models cannot be compared. A mean hides a second peak; look at the distribution.",
    words: "sum of confidence ÷ contacts that have it",
    tex: r"\frac{\sum \text{confidence}}{\lvert\checkmark\text{confidence}\rvert}",
    unit: Unit::Ratio,
    better: Better::Neither,
    populations: WHEREVER_AI_SPOKE,
    needs: &[],
    inputs: KNOWN,
    formula: Formula::Mean(&CONFIDENCE),
    ripening: None,
    doubts: &[],
    sources: &["[C] how certain the AI is of its answers", "[N] drift of confidence foretells", "[H]"],
    views: &["integrity", "leading"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURE,
        options: "{}",
        working: "AI: 0.95, 0.45, 0.41 and 0.65, so 2.46 / 4; handed over: 0.15; together 2.61 / 5.",
        expect: &[(AiFronted, "0.522"), (Ai, "0.615"), (AiToHuman, "0.15")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How the AI's sureness spreads.
pub static CONFIDENCE_HISTOGRAM: Kpi = Kpi {
    id: "confidence_histogram",
    name: "Confidence distribution",
    also_called: &["confidence score distribution"],
    family: Family::Integrity,
    means: "How many contacts the AI served at each level of confidence, in ten equal steps. A shift of the shape warns of a fall in accuracy before any survey does.",
    misleads: "A new model brings a new scale: compare shapes before and after only within one model version.",
    words: "contacts by confidence, in ten bins from 0 to 1; a value on an edge belongs to the upper bin, 1 to the last",
    tex: r"n_b = \lvert\{ i : b/10 \le \text{confidence}_i < (b + 1)/10 \}\rvert, \quad b = 0 \ldots 9",
    unit: Unit::Distribution,
    better: Better::Neither,
    populations: WHEREVER_AI_SPOKE,
    needs: &[],
    inputs: KNOWN,
    formula: Formula::Histogram(&CONFIDENCE_BINS),
    ripening: None,
    doubts: &[],
    sources: &["[H] a shift in the distribution warns early", "[C] for those who run the model"],
    views: &["integrity", "leading", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURE,
        options: "{}",
        working: "AI: 0.45 and 0.41 lie in the fifth bin, 0.65 in the seventh, 0.95 in the tenth; handed over: 0.15 in the second.",
        expect: &[
            (
                AiFronted,
                r#"[{"key": "0.0-0.1", "count": 0, "share": 0.0}, {"key": "0.1-0.2", "count": 1, "share": 0.2}, {"key": "0.2-0.3", "count": 0, "share": 0.0}, {"key": "0.3-0.4", "count": 0, "share": 0.0}, {"key": "0.4-0.5", "count": 2, "share": 0.4}, {"key": "0.5-0.6", "count": 0, "share": 0.0}, {"key": "0.6-0.7", "count": 1, "share": 0.2}, {"key": "0.7-0.8", "count": 0, "share": 0.0}, {"key": "0.8-0.9", "count": 0, "share": 0.0}, {"key": "0.9-1.0", "count": 1, "share": 0.2}]"#,
            ),
            (
                Ai,
                r#"[{"key": "0.0-0.1", "count": 0, "share": 0.0}, {"key": "0.1-0.2", "count": 0, "share": 0.0}, {"key": "0.2-0.3", "count": 0, "share": 0.0}, {"key": "0.3-0.4", "count": 0, "share": 0.0}, {"key": "0.4-0.5", "count": 2, "share": 0.5}, {"key": "0.5-0.6", "count": 0, "share": 0.0}, {"key": "0.6-0.7", "count": 1, "share": 0.25}, {"key": "0.7-0.8", "count": 0, "share": 0.0}, {"key": "0.8-0.9", "count": 0, "share": 0.0}, {"key": "0.9-1.0", "count": 1, "share": 0.25}]"#,
            ),
            (
                AiToHuman,
                r#"[{"key": "0.0-0.1", "count": 0, "share": 0.0}, {"key": "0.1-0.2", "count": 1, "share": 1.0}, {"key": "0.2-0.3", "count": 0, "share": 0.0}, {"key": "0.3-0.4", "count": 0, "share": 0.0}, {"key": "0.4-0.5", "count": 0, "share": 0.0}, {"key": "0.5-0.6", "count": 0, "share": 0.0}, {"key": "0.6-0.7", "count": 0, "share": 0.0}, {"key": "0.7-0.8", "count": 0, "share": 0.0}, {"key": "0.8-0.9", "count": 0, "share": 0.0}, {"key": "0.9-1.0", "count": 0, "share": 0.0}]"#,
            ),
        ],
    },
    laws: &[Law::SharesSumToOne],
};

/// What the AI served without being sure.
pub static LOW_CONFIDENCE_SERVED_RATE: Kpi = Kpi {
    id: "low_confidence_served_rate",
    name: "Low-confidence served rate",
    also_called: &["low-confidence answers served"],
    family: Family::Integrity,
    means: "Of the contacts that AI closed alone and whose confidence is known, the share in which it was under the threshold. They went to the customer although a person could have been asked.",
    misleads: "It depends on the threshold that is set, and on whether the scores mean anything: read it beside the calibration error.",
    words: "contacts closed by AI with confidence under the threshold (0.5 unless set) ÷ contacts closed by AI with confidence",
    tex: r"\frac{\lvert A_{\text{closed}} \cap \text{confidence} < t\rvert}{\lvert A_{\text{closed}} \cap \checkmark\text{confidence}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[Ai],
    needs: &[],
    inputs: KNOWN,
    formula: Formula::Share { part: &CLOSED_LOW_CONFIDENCE, whole: &CLOSED_WITH_CONFIDENCE },
    ripening: None,
    doubts: &[Flag::OpenBacklog],
    sources: &[
        "[C] served unsure and not escalated: a risk that no operational figure shows",
        "[H] routed by confidence, the rest goes to people",
    ],
    views: &["integrity"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURE,
        options: "{}",
        working: "AI closed 1, 2 and 3 (5 is open); 2 and 3 lie under 0.5: 2 / 3.",
        expect: &[(Ai, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Within a bin (`n_b` / n)·|mean confidence − resolved share| is |Σ confidence − resolved| / n, which stays exact up to
/// the one division at the end.
fn calibration_error(cut: &Cut<'_>) -> Option<Figure> {
    let bins = cut.bins(&CLOSED_CONFIDENCE_BINS);
    let n: u64 = bins.iter().map(|bin| bin.rows).sum();
    let gap = |sum: ExactSum| if sum.signum() < 0 { -sum } else { sum };
    let error: ExactSum = bins.iter().map(|bin| gap(bin.sum - ExactSum::from(bin.hits))).sum();
    (n > 0).then(|| Figure::number(error.to_f64() / n as f64, n))
}

/// Whether the AI knows when it is right.
pub static CONFIDENCE_CALIBRATION_ERROR: Kpi = Kpi {
    id: "confidence_calibration_error",
    name: "Confidence calibration error",
    also_called: &["expected calibration error", "ECE"],
    family: Family::Integrity,
    means: "How far the AI's confidence lies from how often it resolves: an AI that is 80 % sure should resolve 80 % of such contacts. Only a small error allows routing by confidence.",
    misleads: "It takes the AI's own word for resolved, so an AI that overclaims may look well calibrated. With few contacts in a bin it is never near nought, even for a perfect model.",
    words: "mean over ten bins, weighted by their contacts, of the distance between mean confidence and the share resolved; contacts closed by AI",
    tex: r"\sum_b \frac{n_b}{n} \left\lvert \overline{\text{confidence}}_b - \frac{\lvert\text{resolved}_b\rvert}{n_b} \right\rvert",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[Ai],
    needs: &[],
    inputs: KNOWN,
    formula: Formula::Other { uses: &[Measure::Binned(&CLOSED_CONFIDENCE_BINS)], by: calibration_error },
    ripening: None,
    doubts: &[Flag::OpenBacklog],
    sources: &["[M] calibration as it performs", "[H] confidence decides what AI resolves alone"],
    views: &["integrity"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: SURE,
        options: "{}",
        working: "Fifth bin: 2 and 3, mean 0.43, resolved 1 of 2, apart by 0.07. Tenth bin: 1, apart by 0.05. (2 × 0.07 + 1 × 0.05) / 3 = 0.19 / 3.",
        expect: &[(Ai, "0.06333333333333334")],
    },
    laws: &[Law::WithinZeroAndOne],
};
