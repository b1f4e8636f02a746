//! Measures that figures of several families rest on.

use super::kpi::Input;
use crate::input::Column::{self as C};
use crate::tally::Counted::{Later, Now};
use crate::tally::measures::RETURNS;
use crate::tally::{Count, Spread};

/// Every contact.
pub static ROWS: Count = Count { name: "rows", rows: Later(|r| r.all), reads: &[] };
/// Contacts without an outcome.
pub static OPEN: Count = Count { name: "open", rows: Later(|r| r.all & !r.closed), reads: &[] };
/// Contacts with an outcome.
pub static CLOSED: Count = Count { name: "closed", rows: Later(|r| r.closed), reads: &[] };
/// Contacts closed as solved.
pub static RESOLVED: Count = Count { name: "resolved", rows: Later(|r| r.resolved), reads: &[] };
/// Contacts with which the AI has done its part.
pub static AI_STAGE_OVER: Count = Count { name: "ai_stage_over", rows: Later(|r| r.ai_stage_over), reads: &[] };
/// Contacts that the AI alone closed as solved.
pub static CLAIMED_BY_AI: Count = Count { name: "claimed_by_ai", rows: Later(|r| r.ai & r.resolved), reads: &[] };
/// Of those, the ones shown to hold, settled or not.
pub static VERIFIED: Count = Count { name: "verified", rows: Later(|r| r.verified), reads: RETURNS };
/// Closed contacts whose return would still be seen, and whose window is not over.
pub static MATURING: Count = Count { name: "maturing", rows: Later(|r| r.maturing(r.window())), reads: RETURNS };
/// Closed contacts that will settle.
pub static SETTLING: Count = Count { name: "settling", rows: Later(|r| r.settling), reads: RETURNS };
/// Answers to the satisfaction survey.
pub static CSAT_ANSWERS: Count = Count { name: "csat_answers", rows: Now(|r| r.known(C::Csat)), reads: &[C::Csat] };
/// Answers to the effort survey.
pub static CES_ANSWERS: Count = Count { name: "ces_answers", rows: Now(|r| r.known(C::Ces)), reads: &[C::Ces] };
/// Answers to the recommendation survey.
pub static NPS_ANSWERS: Count = Count { name: "nps_answers", rows: Now(|r| r.known(C::Nps)), reads: &[C::Nps] };

/// The answers that a figure with these inputs rests on. Each survey has its own: one that only people's customers get
/// says nothing about who answered another.
pub fn answers_to(inputs: &[Input]) -> &'static Count {
    let asks = |column: C| inputs.contains(&Input::One(column));
    if asks(C::Ces) {
        &CES_ANSWERS
    } else if asks(C::Nps) {
        &NPS_ANSWERS
    } else {
        &CSAT_ANSWERS
    }
}

/// The columns that show that somebody audited a contact.
pub const QA_COLUMNS: &[C] =
    &[C::QaResponses, C::QaCorrect, C::QaHallucinated, C::QaPolicyOk, C::QaDataOk, C::QaBrandOk, C::QaSummaryOk];

/// Closed AI-fronted contacts that somebody audited.
pub static AUDITED: Count = Count {
    name: "audited",
    rows: Now(|r| QA_COLUMNS.iter().fold(0, |mask, column| mask | r.known(*column)) & r.closed & r.ai_fronted),
    reads: QA_COLUMNS,
};

/// Active work on a contact in seconds: the AI's where it was alone, people's otherwise.
pub static HANDLE_SECONDS: Spread = Spread {
    name: "handle_seconds",
    rows: |r| (r.ai & r.known(C::AiHandleSeconds)) | (!r.ai & r.known(C::HumanHandleSeconds)),
    value: |r| r.numbers(C::AiHandleSeconds).where_else(r.ai, &r.numbers(C::HumanHandleSeconds)),
    reads: &[C::AiHandleSeconds, C::HumanHandleSeconds],
};
