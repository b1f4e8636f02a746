//! What may have happened to a contact: the words that the rules of a profile are written in.

use crate::facts::Story;
use crate::input::{Column, Handling, Outcome};

/// What a rule may ask of a contact.
pub(super) struct Happening {
    /// The name in rules.
    pub name: &'static str,
    /// The same for people, as the reason of a verdict.
    pub words: &'static str,
    /// What it is seen in; without any of these columns it is never seen.
    pub seen_in: &'static [Column],
    /// Whether a profile that asks for it has nothing to say without those columns.
    pub vital: bool,
    /// Whether it may be limited to a time after the contact was closed.
    pub timed: Timed,
    /// Whether it happened, within so many nanoseconds of closing.
    pub holds: fn(&Story, &Moment) -> bool,
}

/// Whether `within_hours` goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timed {
    /// It has no meaning there.
    Never,
    /// Without it: however late.
    MayBe,
    /// It has no meaning without.
    MustBe,
}

/// When a contact is looked at, in nanoseconds.
pub(super) struct Moment {
    /// The moment the data was taken.
    pub as_of: i64,
    /// How long after closing counts.
    pub within: i64,
}

/// Something that a contact says by itself.
const fn plain(
    name: &'static str,
    words: &'static str,
    seen_in: &'static [Column],
    holds: fn(&Story, &Moment) -> bool,
) -> Happening {
    Happening { name, words, seen_in, vital: false, timed: Timed::Never, holds }
}

const CHECKS: &[Column] = &[Column::IntentCorrect, Column::QaResponses, Column::QaPolicyOk];
const BACK_ON_RECORD: &[Column] = &[Column::ReopenedAt, Column::SessionId];

/// Everything that rules can ask for.
pub(super) const HAPPENINGS: &[Happening] = &[
    plain("ai_took_no_part", "no AI took part", &[], |s, _| s.handling == Handling::Human),
    plain("handed_over", "the AI handed over to a person", &[], |s, _| s.handling == Handling::AiToHuman),
    Happening {
        timed: Timed::MayBe,
        ..plain("person_on_it", "a person was on it, or came to its conversation", &[], |s, m| {
            s.handling != Handling::Ai || s.person_after.is_some_and(|after| after <= m.within)
        })
    },
    plain("still_open", "it is still open", &[], |s, _| s.closed.is_none()),
    plain("never_answered", "nobody answered", &[Column::FirstResponseAt], |s, _| s.first_response.is_none()),
    plain("gave_up", "the customer gave up", &[], |s, _| s.outcome == Some(Outcome::Abandoned)),
    plain("left_unresolved", "it was closed as unresolved", &[], |s, _| s.outcome == Some(Outcome::Unresolved)),
    plain("not_called_resolved", "nobody called it resolved", &[], |s, _| s.outcome != Some(Outcome::Resolved)),
    plain("said_solved", "the customer said it is solved", &[Column::Confirmed], |s, _| s.confirmed == Some(true)),
    plain("said_unsolved", "the customer said it is not solved", &[Column::Confirmed], |s, _| {
        s.confirmed == Some(false)
    }),
    Happening {
        timed: Timed::MayBe,
        ..plain("same_conversation_came_back", "the same conversation came back", BACK_ON_RECORD, |s, m| {
            s.reopened_after().into_iter().chain(s.went_on_after).any(|after| after <= m.within)
        })
    },
    Happening {
        timed: Timed::MayBe,
        ..plain(
            "customer_came_back",
            "the customer came back, there or by another contact",
            &[Column::CustomerId, Column::ReopenedAt],
            |s, m| s.is_back_within(m.within),
        )
    },
    Happening {
        timed: Timed::MustBe,
        ..plain("time_not_over", "the customer still has time to come back", &[], |s, m| !s.is_ripe(m.within, m.as_of))
    },
    Happening {
        vital: true,
        ..plain(
            "nobody_would_know",
            "nobody would know if they came back",
            &[Column::CustomerId, Column::Confirmed],
            |s, _| s.customer.is_none() && s.confirmed.is_none(),
        )
    },
    Happening {
        vital: true,
        ..plain("not_checked", "it was not checked for relevance, accuracy and safety", CHECKS, |s, _| !is_checked(s))
    },
    plain("found_irrelevant", "the check found it beside the point", &[Column::IntentCorrect], |s, _| {
        s.intent_correct == Some(false)
    }),
    plain(
        "found_wrong",
        "the check found something wrong or made up",
        &[Column::QaCorrect, Column::QaHallucinated],
        |s, _| {
            let wrong = s.qa_responses.zip(s.qa_correct).is_some_and(|(all, right)| right < all);
            wrong || s.qa_hallucinated.is_some_and(|n| n > 0)
        },
    ),
    plain("found_unsafe", "the check found it unsafe", &[Column::QaPolicyOk, Column::QaDataOk], |s, _| {
        s.qa_policy_ok == Some(false) || s.qa_data_ok == Some(false)
    }),
];

/// Relevance, accuracy and safety are all known.
fn is_checked(story: &Story) -> bool {
    let accuracy = story.qa_responses.is_some_and(|n| n > 0) && story.qa_correct.is_some();
    story.intent_correct.is_some() && accuracy && story.qa_policy_ok.is_some()
}

/// The happening of a name.
pub(super) fn happening(name: &str) -> Option<&'static Happening> {
    HAPPENINGS.iter().find(|h| h.name == name)
}
