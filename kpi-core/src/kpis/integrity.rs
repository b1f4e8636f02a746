//! AI integrity: whether what the AI says is right, sure of itself for good reason, and understood.

mod audits;
mod compliance;
mod confidence;
mod drafts;
mod understanding;

pub use audits::{ANSWER_ACCURACY, HALLUCINATION_RATE, QA_COVERAGE};
pub use compliance::{
    BRAND_CONSISTENCY_RATE, CLEAN_AUDIT_RATE, DATA_HANDLING_RATE, POLICY_COMPLIANCE_RATE, SUMMARY_ACCURACY,
};
pub use confidence::{CONFIDENCE_CALIBRATION_ERROR, CONFIDENCE_HISTOGRAM, CONFIDENCE_MEAN, LOW_CONFIDENCE_SERVED_RATE};
pub use drafts::{DRAFT_ACCEPTANCE_RATE, DRAFT_EDIT_RATE, DRAFT_REJECTION_RATE};
pub use understanding::{FALLBACK_RATE, INTENT_RECOGNITION_RATE, NEW_TOPIC_RATE, UNANSWERED_RATE, WORD_ERROR_RATE};

/// Five closed contacts that the AI met: two with checked answers, two handed over with a checked summary, one that
/// nobody audited; and one of people, whose audit is none of the AI's.
const AUDITED: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "qa_responses": 4, "qa_correct": 4, "qa_hallucinated": 0, "qa_policy_ok": true, "qa_data_ok": true, "qa_brand_ok": true},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved", "qa_responses": 6, "qa_correct": 4, "qa_hallucinated": 1, "qa_policy_ok": false, "qa_data_ok": true, "qa_brand_ok": false},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "qa_brand_ok": true, "qa_summary_ok": true},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "unresolved", "qa_data_ok": false, "qa_summary_ok": false},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-05T13:00:00Z", "closed_at": "2026-01-05T13:05:00Z", "outcome": "resolved"},
  {"id": "6", "handling": "human", "opened_at": "2026-01-05T14:00:00Z", "closed_at": "2026-01-05T15:00:00Z", "outcome": "resolved", "qa_responses": 9, "qa_correct": 9, "qa_policy_ok": true}]}"#;
