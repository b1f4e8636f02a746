//! What to look at when a figure has moved.

use crate::kpis::{Family, find};

/// Where to look next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Figures that say more.
    pub figures: Vec<&'static str>,
    /// What to do, in a sentence.
    pub advice: &'static str,
}

/// Figures and what to do.
type Advice = (&'static [&'static str], &'static str);

const fn next(figures: &'static [&'static str], advice: &'static str) -> Advice {
    (figures, advice)
}

/// By figure; of one that is not here, its family says where to look.
const OWN: &[(&str, Advice)] = &[
    (
        "unanswered_rate",
        next(
            &["fallback_rate", "new_topic_rate"],
            "Read the messages that got no answer, and add what the knowledge base lacks.",
        ),
    ),
    (
        "low_confidence_escalation_rate",
        next(
            &["confidence_mean", "new_topic_rate"],
            "See which issues the AI has become unsure of, and what changed in their articles.",
        ),
    ),
    (
        "draft_rejection_rate",
        next(
            &["draft_edit_rate", "answer_accuracy"],
            "Ask those who reject drafts why, and check what the drafts were made from.",
        ),
    ),
    (
        "new_topic_rate",
        next(&["unanswered_rate", "escalation_rate"], "List the new issues, and decide who is to answer them."),
    ),
    (
        "confidence_mean",
        next(
            &["confidence_calibration_error", "low_confidence_served_rate"],
            "Compare the distribution with that of the model before, and check a sample of answers.",
        ),
    ),
    (
        "escalation_rate",
        next(
            &["escalation_reasons", "escalation_precision"],
            "Split by issue and by reason: one new problem, or the AI giving up sooner?",
        ),
    ),
    (
        "verified_containment_rate",
        next(
            &["recontact_rate_72h", "escalation_rate"],
            "See whether more is handed over or more comes back, and split by issue and model version.",
        ),
    ),
    (
        "recontact_rate_72h",
        next(&["resolution_gap", "answer_accuracy"], "Read the conversations that came back, and split by issue."),
    ),
];

/// Where to look when a figure has moved.
pub(super) fn next_of(id: &str) -> Next {
    let (figures, advice) = advice_on(id);
    // A figure says no more than itself.
    Next { figures: figures.iter().copied().filter(|other| *other != id).collect(), advice }
}

fn advice_on(id: &str) -> Advice {
    if let Some((_, own)) = OWN.iter().find(|(figure, _)| *figure == id) {
        return *own;
    }
    match find(id).map(|kpi| kpi.family) {
        Some(Family::Escalation) => {
            next(&["escalation_reasons", "context_transfer_rate"], "Split by issue and by reason of the handover.")
        }
        Some(Family::Speed) => {
            next(&["interactions", "peak_concurrency"], "Compare with the load of the same days, and with staffing.")
        }
        Some(Family::Experience) => next(
            &["csat_response_rate", "recontact_rate_72h"],
            "See whether other customers answer than before, and read the low marks.",
        ),
        Some(Family::Integrity) => {
            next(&["answer_accuracy", "hallucination_rate"], "Split by model version, and check a sample of answers.")
        }
        Some(Family::Cost) => {
            next(&["tokens_per_interaction", "retry_rate"], "Split by model version, and look at retries and caching.")
        }
        Some(Family::Revenue) => next(&["upsell_signals", "churn_flag_rate"], "Look at which customers it concerns."),
        Some(Family::Volume) | None => {
            next(&["escalation_rate", "recontact_rate_72h"], "Split by issue, channel and model version.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::CATALOGUE;

    #[test]
    fn every_figure_has_somewhere_to_look_that_exists() {
        for kpi in CATALOGUE {
            let next = next_of(kpi.id);
            assert!(next.figures.iter().all(|id| find(id).is_some()), "{}: {:?}", kpi.id, next.figures);
            assert!(!next.advice.is_empty() && !next.figures.contains(&kpi.id));
        }
        assert!(OWN.iter().all(|(id, _)| find(id).is_some()));
    }
}
