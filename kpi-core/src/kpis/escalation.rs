//! Escalation: what the AI hands to people, why, and whether those were the right contacts. How the handovers went is in
//! [`super::handovers`].

use super::figure::Flag;
use super::kpi::Population::{Ai, AiFronted, AiToHuman};
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use super::shared::AI_STAGE_OVER;
use crate::input::Column as C;
use crate::tally::Counted::Now;
use crate::tally::{Breakdown, Count};

static REASONS: Breakdown = Breakdown { name: "escalation_reasons", column: C::EscalationReason };
static FOR_LOW_CONFIDENCE: Count = Count {
    name: "escalated_for_low_confidence",
    rows: Now(|r| r.handed_over & r.is_text(C::EscalationReason, "low_confidence")),
    reads: &[C::EscalationReason],
};
static ESCALATION_JUDGED: Count = Count {
    name: "escalation_judged",
    rows: Now(|r| r.handed_over & r.known(C::EscalationNeeded)),
    reads: &[C::EscalationNeeded],
};
static ESCALATED_RIGHTLY: Count = Count {
    name: "escalated_rightly",
    rows: Now(|r| r.handed_over & r.yes(C::EscalationNeeded)),
    reads: &[C::EscalationNeeded],
};
/// An open contact of the AI may still be handed over, so it is not judged yet.
static PERSON_NEEDED: Count = Count {
    name: "person_needed",
    rows: Now(|r| r.ai_stage_over & r.yes(C::EscalationNeeded)),
    reads: &[C::EscalationNeeded],
};
static CLOSED_BY_AI_JUDGED: Count = Count {
    name: "closed_by_ai_judged",
    rows: Now(|r| r.ai & r.closed & r.known(C::EscalationNeeded)),
    reads: &[C::EscalationNeeded],
};
static ESCALATION_MISSED: Count = Count {
    name: "escalation_missed",
    rows: Now(|r| r.ai & r.closed & r.yes(C::EscalationNeeded)),
    reads: &[C::EscalationNeeded],
};

const WITH_REASON: &[Input] = &[Input::One(C::EscalationReason)];
const WITH_JUDGEMENT: &[Input] = &[Input::One(C::EscalationNeeded)];

/// Four contacts handed over, one without a reason; four that the AI closed, one of them never judged; one that it still
/// has.
const JUDGED: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai_to_human", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "escalation_reason": "low_confidence", "escalation_needed": true},
  {"id": "2", "handling": "ai_to_human", "opened_at": "2026-01-05T09:10:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "escalation_reason": "customer_request", "escalation_needed": true},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T09:20:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "unresolved", "escalation_reason": "low_confidence", "escalation_needed": false},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T09:30:00Z", "escalation_needed": true},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "escalation_needed": true},
  {"id": "6", "handling": "ai", "opened_at": "2026-01-05T09:10:00Z", "closed_at": "2026-01-05T09:15:00Z", "outcome": "abandoned", "escalation_needed": true},
  {"id": "7", "handling": "ai", "opened_at": "2026-01-05T09:20:00Z", "closed_at": "2026-01-05T09:25:00Z", "outcome": "resolved", "escalation_needed": false},
  {"id": "8", "handling": "ai", "opened_at": "2026-01-05T09:30:00Z", "closed_at": "2026-01-05T09:35:00Z", "outcome": "resolved"},
  {"id": "9", "handling": "ai", "opened_at": "2026-01-05T09:40:00Z", "escalation_needed": true}]}"#;

/// Why the AI hands over.
pub static ESCALATION_REASONS: Kpi = Kpi {
    id: "escalation_reasons",
    name: "Escalation reasons",
    also_called: &["handoff reasons", "transfer reasons"],
    family: Family::Escalation,
    means: "Why contacts were handed to people, most frequent reason first. It says what to mend: articles for low confidence, permissions for policy, tone for sentiment.",
    misleads: "Shares are of the handovers with a reason on record, so a reason that is seldom written down looks rare; and one label may stand for many causes.",
    words: "contacts handed over, by reason, each ÷ those with a reason",
    tex: r"\frac{\lvert X_{\text{reason}=k}\rvert}{\lvert X_{\text{reason known}}\rvert}",
    unit: Unit::Distribution,
    better: Better::Neither,
    populations: &[AiToHuman],
    needs: &[],
    inputs: WITH_REASON,
    formula: Formula::Breakdown(&REASONS),
    ripening: None,
    doubts: &[],
    sources: &["[C] reasons show where the AI cannot cope yet", "[R] weekly log of escalations by reason"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: JUDGED,
        options: "{}",
        working: "Handed over are 1 to 4; 4 has no reason on record. Of three, two for low confidence, one at the customer's request.",
        expect: &[(
            AiToHuman,
            r#"[{"key": "low_confidence", "count": 2, "share": 0.6666666666666666}, {"key": "customer_request", "count": 1, "share": 0.3333333333333333}]"#,
        )],
    },
    laws: &[Law::SharesSumToOne],
};

/// What the AI hands over because it does not know.
pub static LOW_CONFIDENCE_ESCALATION_RATE: Kpi = Kpi {
    id: "low_confidence_escalation_rate",
    name: "Low-confidence escalation rate",
    also_called: &["knowledge-gap escalations"],
    family: Family::Escalation,
    means: "Of the contacts with which the AI has done its part, the share it handed over because it was not sure enough. When it rises, knowledge is missing, and resolution will fall next.",
    misleads: "It moves with the confidence threshold: a stricter one raises it with no change in what the AI knows. A handover without a recorded reason counts as another reason.",
    words: "contacts handed over for low confidence ÷ contacts whose AI stage is over",
    tex: r"\frac{\lvert X_{\text{low confidence}}\rvert}{\lvert X \cup A_{\text{closed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: WITH_REASON,
    formula: Formula::Share { part: &FOR_LOW_CONFIDENCE, whole: &AI_STAGE_OVER },
    ripening: None,
    doubts: &[],
    sources: &["[N] leading indicator: a rise points to gaps in the knowledge base"],
    views: &["leading", "operations"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: JUDGED,
        options: "{}",
        working: "The AI is done with 1 to 8; it handed over 1 and 3 for low confidence: 2 / 8.",
        expect: &[(AiFronted, "0.25")],
    },
    laws: &[Law::WithinZeroAndOne, Law::AtMost("escalation_rate")],
};

/// Whether what was handed over had to be.
pub static ESCALATION_PRECISION: Kpi = Kpi {
    id: "escalation_precision",
    name: "Escalation precision",
    also_called: &["handoff precision", "justified escalations"],
    family: Family::Escalation,
    means: "Of the handovers that somebody judged, the share that did need a person. The rest is work the AI should have kept.",
    misleads: "An AI that hands over only hopeless cases has perfect precision and leaves many customers stuck: read it with recall. If only disputed handovers are judged, it speaks of those and not of all.",
    words: "handovers that needed a person ÷ handovers judged",
    tex: r"\frac{\lvert X_{\text{needed}}\rvert}{\lvert X_{\text{judged}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiToHuman],
    needs: &[],
    inputs: WITH_JUDGEMENT,
    formula: Formula::Share { part: &ESCALATED_RIGHTLY, whole: &ESCALATION_JUDGED },
    ripening: None,
    doubts: &[],
    sources: &["[M] escalation precision: people should get complex contacts, not triage work; a gate of a pilot"],
    views: &["operations", "integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: JUDGED,
        options: "{}",
        working: "All four handovers were judged; 1, 2 and 4 needed a person: 3 / 4.",
        expect: &[(AiToHuman, "0.75")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether what had to be handed over was.
pub static ESCALATION_RECALL: Kpi = Kpi {
    id: "escalation_recall",
    name: "Escalation recall",
    also_called: &["handoff recall", "escalation sensitivity"],
    family: Family::Escalation,
    means: "Of the contacts that needed a person, the share the AI did hand over. The rest are customers who were kept from the help they needed.",
    misleads: "It is only as good as the sample that is judged. If QA looks at handovers alone, nothing can be missed and it is always 1.",
    words: "handovers that needed a person ÷ contacts that needed one and whose AI stage is over",
    tex: r"\frac{\lvert X_{\text{needed}}\rvert}{\lvert (X \cup A_{\text{closed}})_{\text{needed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: WITH_JUDGEMENT,
    formula: Formula::Share { part: &ESCALATED_RIGHTLY, whole: &PERSON_NEEDED },
    ripening: None,
    doubts: &[],
    sources: &[
        "SPEC 5.2: the other side of [M]'s escalation precision",
        "[H] few escalations may mean trapped customers",
    ],
    views: &["operations", "integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: JUDGED,
        options: "{}",
        working: "A person was needed in 1, 2, 4 (handed over), 5 and 6 (closed by the AI); 9 is still open and may yet be handed over: 3 / 5.",
        expect: &[(AiFronted, "0.6")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// What the AI should not have ended itself.
pub static MISSED_ESCALATION_RATE: Kpi = Kpi {
    id: "missed_escalation_rate",
    name: "Missed escalation rate",
    also_called: &["false containment", "under-escalation"],
    family: Family::Escalation,
    means: "Of the contacts that the AI ended alone and somebody judged, the share that needed a person. It is the danger inside a high containment rate.",
    misleads: "Judged contacts are seldom a random sample: QA that picks complaints finds far more than there are.",
    words: "contacts closed by AI alone that needed a person ÷ contacts closed by AI alone and judged",
    tex: r"\frac{\lvert A_{\text{closed, needed}}\rvert}{\lvert A_{\text{closed, judged}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[Ai],
    needs: &[],
    inputs: WITH_JUDGEMENT,
    formula: Formula::Share { part: &ESCALATION_MISSED, whole: &CLOSED_BY_AI_JUDGED },
    ripening: None,
    doubts: &[Flag::OpenBacklog],
    sources: &["[N] a gap in CSAT can mean too wide a scope for the AI", "[R] very few escalations are suspicious"],
    views: &["integrity", "operations"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: JUDGED,
        options: "{}",
        working: "The AI closed 5 to 8; 8 was not judged; 5 and 6 needed a person, 7 did not: 2 / 3.",
        expect: &[(Ai, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};
