//! Contacts one by one, with what happened to each. A figure never needs them; what compares definitions with one
//! another, or draws a curve over contacts, does.

use super::drawers::{Aside, Contact};
use super::fates::bit;
use super::returns::first_returns;
use super::rows::Rows;
use crate::input::block::{ROWS, rows_in};
use crate::input::text::Amount;
use crate::input::{Column, Handling, Outcome};

/// A used contact and what happened to it. Instants are nanoseconds since 1970.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its place in the interactions table, counted from 0.
    pub row: u64,
    /// Its id.
    pub id: String,
    /// Its values of the dimensions in the option `by`.
    pub by: Vec<Option<String>>,
    /// Who worked on it.
    pub handling: Handling,
    /// How it ended; nothing while it is open.
    pub outcome: Option<Outcome>,
    /// When it arrived.
    pub opened: i64,
    /// The first reply by anyone.
    pub first_response: Option<i64>,
    /// When the AI handed over.
    pub escalated: Option<i64>,
    /// Whether it is recorded why.
    pub has_escalation_reason: bool,
    /// The first reply by a person after that.
    pub human_first_response: Option<i64>,
    /// When it was first declared done.
    pub closed: Option<i64>,
    /// When the customer first came back on the same record.
    pub reopened: Option<i64>,
    /// Somebody checked whether it is solved.
    pub confirmed: Option<bool>,
    /// The customer, as the hash of their id.
    pub customer: Option<u64>,
    /// The number of its issue among those of this input; 0 is none. The same label has the same number, and that is all
    /// that it says.
    pub issue: u32,
    /// The session, as the hash of its id; nothing where the contact is its own.
    pub session: Option<u64>,
    /// The AI's confidence in what it served.
    pub confidence: Option<Amount>,
    /// Whether the intent was recognised.
    pub intent_correct: Option<bool>,
    /// Whether it needed a person, as QA judges.
    pub escalation_needed: Option<bool>,
    /// Satisfaction, 1 to 5.
    pub csat: Option<i64>,
    /// AI answers checked.
    pub qa_responses: Option<i64>,
    /// Of those, right ones.
    pub qa_correct: Option<i64>,
    /// Of those, ones that made something up.
    pub qa_hallucinated: Option<i64>,
    /// The policy check.
    pub qa_policy_ok: Option<bool>,
    /// The data-handling check.
    pub qa_data_ok: Option<bool>,
    /// The brand-voice check.
    pub qa_brand_ok: Option<bool>,
    /// Active work time of people.
    pub human_handle_seconds: Option<Amount>,
    /// Nanoseconds from closing until the same customer's first contact in another session about the same matter opened
    /// (SPEC 3.4, but however late). Reopening is not in it.
    pub back_after: Option<i64>,
    /// Nanoseconds from closing until the next contact of its own session opened, whoever worked on it.
    pub went_on_after: Option<i64>,
    /// Nanoseconds from closing until a person came to its session through another contact; nought if one was there before.
    pub person_after: Option<i64>,
}

impl Story {
    /// Whether AI took part.
    pub fn is_ai_fronted(&self) -> bool {
        self.handling != Handling::Human
    }

    /// Closed at least `window` nanoseconds before `as_of`, so that a return within it would have been seen.
    pub fn is_ripe(&self, window: i64, as_of: i64) -> bool {
        self.closed.is_some_and(|closed| closed <= as_of.saturating_sub(window))
    }

    /// The same, and the customer is known (SPEC 3.4).
    pub fn is_mature(&self, window: i64, as_of: i64) -> bool {
        self.customer.is_some() && self.is_ripe(window, as_of)
    }

    /// Nanoseconds from closing to the customer's return on the same record.
    pub fn reopened_after(&self) -> Option<i64> {
        Some(self.reopened?.saturating_sub(self.closed?))
    }

    /// Nanoseconds from closing to the first return of either sort: reopened, or another contact.
    pub fn returned_after(&self) -> Option<i64> {
        self.reopened_after().into_iter().chain(self.back_after).min()
    }

    /// Whether the customer came back within a window, mature or not.
    pub fn is_back_within(&self, window: i64) -> bool {
        self.returned_after().is_some_and(|after| after <= window)
    }

    /// Whether enough time has passed and somebody would know (SPEC 3.5).
    pub fn is_settled(&self, window: i64, as_of: i64) -> bool {
        self.is_ripe(window, as_of) && (self.customer.is_some() || self.confirmed.is_some())
    }

    /// Resolved by AI alone and shown to hold, by answer or by silence (SPEC 3.5).
    pub fn is_verified(&self, window: i64, as_of: i64) -> bool {
        let claimed = self.handling == Handling::Ai && self.outcome == Some(Outcome::Resolved);
        claimed && self.confirmed.unwrap_or_else(|| self.is_mature(window, as_of) && !self.is_back_within(window))
    }
}

/// Every column that a story tells of.
pub const TOLD: &[Column] = &[
    Column::FirstResponseAt,
    Column::ReopenedAt,
    Column::Confirmed,
    Column::CustomerId,
    Column::Issue,
    Column::SessionId,
    Column::EscalatedAt,
    Column::EscalationReason,
    Column::EscalationNeeded,
    Column::HumanFirstResponseAt,
    Column::HumanHandleSeconds,
    Column::Csat,
    Column::Confidence,
    Column::IntentCorrect,
    Column::QaResponses,
    Column::QaCorrect,
    Column::QaHallucinated,
    Column::QaPolicyOk,
    Column::QaDataOk,
    Column::QaBrandOk,
];

/// Writes down the contacts of a block; what only other contacts tell comes later, with [`note_returns`].
pub fn note_stories(
    stories: &mut Vec<Story>,
    rows: &Rows<'_>,
    first_row: u64,
    issues: &[u32; ROWS],
    by: impl Fn(usize) -> Vec<Option<String>>,
) {
    let holds = |mask: u64, row: usize| mask >> row & 1 == 1;
    let whole = |column: Column, row: usize| holds(rows.known(column), row).then(|| rows.whole(column, row));
    let flag = |column: Column, row: usize| holds(rows.known(column), row).then(|| holds(rows.yes(column), row));
    let number = |column: Column, row: usize| holds(rows.known(column), row).then(|| rows.numbers(column).amount(row));
    for row in rows_in(rows.all) {
        let handling = match (holds(rows.ai, row), holds(rows.human, row)) {
            (true, _) => Handling::Ai,
            (_, true) => Handling::Human,
            _ => Handling::AiToHuman,
        };
        let ends = [
            (rows.resolved, Outcome::Resolved),
            (rows.unresolved, Outcome::Unresolved),
            (rows.abandoned, Outcome::Abandoned),
        ];
        stories.push(Story {
            row: first_row + row as u64,
            id: String::from_utf8_lossy(rows.text(Column::Id, row).unwrap_or_default()).into_owned(),
            by: by(row),
            handling,
            outcome: ends.into_iter().find(|(mask, _)| holds(*mask, row)).map(|(_, outcome)| outcome),
            opened: rows.whole(Column::OpenedAt, row),
            first_response: whole(Column::FirstResponseAt, row),
            escalated: whole(Column::EscalatedAt, row),
            has_escalation_reason: holds(rows.known(Column::EscalationReason), row),
            human_first_response: whole(Column::HumanFirstResponseAt, row),
            closed: whole(Column::ClosedAt, row),
            reopened: whole(Column::ReopenedAt, row),
            confirmed: flag(Column::Confirmed, row),
            customer: whole(Column::CustomerId, row).map(i64::cast_unsigned),
            issue: issues[row],
            session: whole(Column::SessionId, row).map(|hash| hash.cast_unsigned().max(1)),
            confidence: number(Column::Confidence, row),
            intent_correct: flag(Column::IntentCorrect, row),
            escalation_needed: flag(Column::EscalationNeeded, row),
            csat: whole(Column::Csat, row),
            qa_responses: whole(Column::QaResponses, row),
            qa_correct: whole(Column::QaCorrect, row),
            qa_hallucinated: whole(Column::QaHallucinated, row),
            qa_policy_ok: flag(Column::QaPolicyOk, row),
            qa_data_ok: flag(Column::QaDataOk, row),
            qa_brand_ok: flag(Column::QaBrandOk, row),
            human_handle_seconds: number(Column::HumanHandleSeconds, row),
            back_after: None,
            went_on_after: None,
            person_after: None,
        });
    }
}

/// Notes in each contact of a whole input when its customer came back, and how its session went on.
pub fn note_returns(stories: &mut [Story]) {
    for own in places_by(stories, |s| s.customer) {
        note_of_customer(stories, &own);
    }
    for own in places_by(stories, |s| s.session.map(|session| (s.customer, session))) {
        note_of_session(stories, &own);
    }
}

/// The places of the contacts that share a key, of each key that some have, in the order in which they opened.
fn places_by<K: Ord>(stories: &[Story], key: impl Fn(&Story) -> Option<K>) -> Vec<Vec<usize>> {
    let keyed = |(at, story): (usize, &Story)| Some((key(story)?, story.opened, at));
    let mut order: Vec<(K, i64, usize)> = stories.iter().enumerate().filter_map(keyed).collect();
    order.sort_unstable();
    let alike = order.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    alike.map(|same| same.iter().map(|(_, _, at)| *at).collect()).collect()
}

/// `own` are the places of one customer's contacts, in the order in which they opened.
fn note_of_customer(stories: &mut [Story], own: &[usize]) {
    let filed = |story: &Story| {
        let word = if story.closed.is_some() { bit::OUTCOME_LOW } else { 0 };
        let times = (story.opened, story.closed.unwrap_or(0));
        let aside = Aside { session: story.session.unwrap_or(0), ..Aside::default() };
        (Contact::new(story.customer.unwrap_or(0), times, story.issue, 0, word), aside)
    };
    let contacts: Vec<(Contact, Aside)> = own.iter().filter_map(|at| stories.get(*at)).map(filed).collect();
    for (at, after) in own.iter().zip(first_returns(&contacts)) {
        if let Some(story) = stories.get_mut(*at) {
            story.back_after = after;
        }
    }
}

/// `own` are the places of one session's contacts, in the order in which they opened.
fn note_of_session(stories: &mut [Story], own: &[usize]) {
    let opened: Vec<i64> = own.iter().filter_map(|at| stories.get(*at)).map(|s| s.opened).collect();
    let with_people: Vec<(usize, i64)> = own
        .iter()
        .filter_map(|at| Some((*at, stories.get(*at)?)))
        .filter(|(_, s)| s.handling != Handling::Ai)
        .map(|(at, s)| (at, s.opened))
        .collect();
    for at in own {
        let Some(story) = stories.get_mut(*at) else { continue };
        let Some(closed) = story.closed else { continue };
        let next = opened.get(opened.partition_point(|opened| *opened <= closed));
        story.went_on_after = next.map(|opened| opened.saturating_sub(closed));
        let person = with_people.iter().find(|(other, _)| other != at);
        story.person_after = person.map(|(_, opened)| opened.saturating_sub(closed).max(0));
    }
}
