//! The rules of SPEC 2.6: a name that never changes, what it says, and how to mend it.

use crate::error::{Code, Error, Problem};
use crate::input::Column::{self as C};
use crate::input::block::{Block, mask_of, rare_bits_of};
use std::fmt::Write;

/// A rule about one column beside others.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The stable name.
    pub name: &'static str,
    /// The column that a message names.
    pub column: C,
    /// The rule in words.
    pub says: &'static str,
    /// How to mend a row that breaks it.
    pub mend: &'static str,
    /// The rows of a block that break it; nothing for rules that need more than a row.
    pub broken: Option<fn(&Block) -> u64>,
}

const fn rule(
    name: &'static str,
    column: C,
    says: &'static str,
    mend: &'static str,
    broken: fn(&Block) -> u64,
) -> Rule {
    Rule { name, column, says, mend, broken: Some(broken) }
}

const fn general(name: &'static str, says: &'static str, mend: &'static str) -> Rule {
    Rule { name, column: C::Id, says, mend, broken: None }
}

fn before(b: &Block, early: C, late: C) -> u64 {
    above(b, early, late)
}

fn above(b: &Block, part: C, whole: C) -> u64 {
    let both = b.known(part) & b.known(whole);
    let (parts, wholes) = (b.whole(part), b.whole(whole));
    if both == 0 { 0 } else { rare_bits_of(|r| parts[r] > wholes[r]) & both }
}

fn together_above(b: &Block, parts: &[C], whole: C) -> u64 {
    let any = parts.iter().fold(0, |any, part| any | b.known(*part));
    let wholes = b.whole(whole);
    // What is not known is nought, so it adds nothing.
    mask_of(any & b.known(whole), |r| {
        parts.iter().map(|p| i128::from(b.whole(*p)[r])).sum::<i128>() > i128::from(wholes[r])
    })
}

fn not_handed_over(b: &Block, column: C) -> u64 {
    b.lane(column).present & (b.is_word(C::Handling, 0) | b.is_word(C::Handling, 1))
}

fn without(b: &Block, column: C, needs: C) -> u64 {
    b.lane(column).present & !b.lane(needs).present
}

fn result_of_other_kind(b: &Block) -> u64 {
    let [churn, upsell] = [0, 1].map(|word| b.is_word(C::SignalKind, word));
    let [saved, lost, won] = [0, 1, 2].map(|word| b.is_word(C::Result, word));
    let other = b.known(C::SignalKind) & !churn & !upsell;
    (churn & won) | (upsell & saved) | (other & (saved | lost | won))
}

const PART_SAYS: &str = "a part is larger than its whole";
const PART_MEND: &str = "count both over the same contact, or leave the part empty";

/// Every rule, in the order of the specification.
pub static RULES: &[Rule] = &[
    general(
        "missing_required",
        "a column that every row must have is empty",
        "fill it in, or leave the row out of the export",
    ),
    general("wrong_type", "the value is of another type than the column", "convert the column before handing it over"),
    general("not_finite", "the number is NaN or infinite", "leave the cell empty if the value is not known"),
    general(
        "naive_timestamp",
        "the time has no zone",
        "add an offset such as Z or +01:00, or say which zone it is in with `naive_timezone`",
    ),
    general("unknown_value", "the word is none of those the column knows", "map it to one of them"),
    general("out_of_range", "the value lies outside the column's range", "check the unit or scale of the export"),
    general("duplicate_id", "several rows share an id", "keep one row a contact, or make the ids unique"),
    general(
        "opened_after_as_of",
        "it opened after the data was taken",
        "check `as_of` and the time zone of the export",
    ),
    general("after_as_of", "it happened after the data was taken", "check `as_of` and the time zone of the export"),
    general(
        "currency_mismatch",
        "the currency is not the report's",
        "convert the money first, or report each currency by itself with `currency`",
    ),
    rule(
        "first_response_before_opened",
        C::FirstResponseAt,
        "the first response is earlier than the opening",
        "check the time zones of both columns",
        |b| before(b, C::OpenedAt, C::FirstResponseAt),
    ),
    rule(
        "closed_before_opened",
        C::ClosedAt,
        "it closed before it opened",
        "check the time zones of both columns",
        |b| before(b, C::OpenedAt, C::ClosedAt),
    ),
    rule(
        "reopened_without_closed",
        C::ReopenedAt,
        "it was reopened but never closed",
        "fill in `closed_at`, the first time it was declared done",
        |b| without(b, C::ReopenedAt, C::ClosedAt),
    ),
    rule(
        "reopened_before_closed",
        C::ReopenedAt,
        "it was reopened before it closed",
        "use the first closing and the first reopening after it",
        |b| before(b, C::ClosedAt, C::ReopenedAt),
    ),
    rule(
        "outcome_without_closed",
        C::Outcome,
        "it has an outcome but was never closed",
        "fill in `closed_at`, or leave the outcome empty while it is open",
        |b| without(b, C::Outcome, C::ClosedAt),
    ),
    rule(
        "closed_without_outcome",
        C::ClosedAt,
        "it was closed but has no outcome",
        "say how it ended: resolved, unresolved or abandoned",
        |b| without(b, C::ClosedAt, C::Outcome),
    ),
    rule(
        "escalated_at_not_ai_to_human",
        C::EscalatedAt,
        "it was escalated, but handling is not ai_to_human",
        "set handling to ai_to_human, or leave `escalated_at` empty",
        |b| not_handed_over(b, C::EscalatedAt),
    ),
    rule(
        "escalation_reason_not_ai_to_human",
        C::EscalationReason,
        "it has an escalation reason, but handling is not ai_to_human",
        "set handling to ai_to_human, or leave the reason empty",
        |b| not_handed_over(b, C::EscalationReason),
    ),
    rule(
        "escalated_before_opened",
        C::EscalatedAt,
        "it was escalated before it opened",
        "check the time zones of both columns",
        |b| before(b, C::OpenedAt, C::EscalatedAt),
    ),
    rule(
        "escalated_after_closed",
        C::EscalatedAt,
        "it was escalated after it closed",
        "use the first escalation, which comes before the closing",
        |b| before(b, C::EscalatedAt, C::ClosedAt),
    ),
    rule(
        "human_first_response_before_escalated",
        C::HumanFirstResponseAt,
        "a person answered before the escalation",
        "use the first human reply after the escalation",
        |b| before(b, C::EscalatedAt, C::HumanFirstResponseAt),
    ),
    rule("unanswered_messages_above_customer_messages", C::UnansweredMessages, PART_SAYS, PART_MEND, |b| {
        above(b, C::UnansweredMessages, C::CustomerMessages)
    }),
    rule("fallback_messages_above_customer_messages", C::FallbackMessages, PART_SAYS, PART_MEND, |b| {
        above(b, C::FallbackMessages, C::CustomerMessages)
    }),
    rule("qa_correct_above_qa_responses", C::QaCorrect, PART_SAYS, PART_MEND, |b| {
        above(b, C::QaCorrect, C::QaResponses)
    }),
    rule("qa_hallucinated_above_qa_responses", C::QaHallucinated, PART_SAYS, PART_MEND, |b| {
        above(b, C::QaHallucinated, C::QaResponses)
    }),
    rule("api_calls_cached_above_api_calls", C::ApiCallsCached, PART_SAYS, PART_MEND, |b| {
        above(b, C::ApiCallsCached, C::ApiCalls)
    }),
    rule("api_calls_retried_above_api_calls", C::ApiCallsRetried, PART_SAYS, PART_MEND, |b| {
        above(b, C::ApiCallsRetried, C::ApiCalls)
    }),
    rule(
        "cached_input_tokens_above_input_tokens",
        C::CachedInputTokens,
        PART_SAYS,
        "`input_tokens` includes the cached ones; add them if your provider counts them apart",
        |b| above(b, C::CachedInputTokens, C::InputTokens),
    ),
    rule(
        "retries_exceeded",
        C::ApiCallsRetried,
        "the retries by reason are together more than the retried calls",
        "give each retried call one reason",
        |b| {
            together_above(
                b,
                &[C::RetriesTimeout, C::RetriesRateLimit, C::RetriesModelError, C::RetriesValidation],
                C::ApiCallsRetried,
            )
        },
    ),
    rule(
        "drafts_exceeded",
        C::DraftsOffered,
        "the drafts accepted, edited and rejected are together more than those offered",
        "give each draft one fate",
        |b| together_above(b, &[C::DraftsAccepted, C::DraftsEdited, C::DraftsRejected], C::DraftsOffered),
    ),
    rule(
        "end_not_after_start",
        C::End,
        "the time ends before or when it starts",
        "a cost is for a stretch of time; the end is not included",
        |b| {
            let (start, end) = (b.whole(C::Start), b.whole(C::End));
            mask_of(b.known(C::Start) & b.known(C::End), |r| end[r] <= start[r])
        },
    ),
    rule(
        "routed_before_detected",
        C::RoutedAt,
        "it was routed before it was detected",
        "check the time zones of both columns",
        |b| before(b, C::DetectedAt, C::RoutedAt),
    ),
    rule(
        "result_not_of_kind",
        C::Result,
        "the result is none that this kind of signal can have",
        "churn is saved or lost, upsell is won or lost, the others have none",
        result_of_other_kind,
    ),
    rule(
        "deployed_before_flagged",
        C::DeployedAt,
        "the fix went live before the failure was flagged",
        "check the time zones of both columns",
        |b| before(b, C::FlaggedAt, C::DeployedAt),
    ),
    rule(
        "recurred_without_deployed",
        C::RecurredAt,
        "it came back but was never fixed",
        "fill in `deployed_at`, or leave `recurred_at` empty",
        |b| without(b, C::RecurredAt, C::DeployedAt),
    ),
    rule(
        "recurred_before_deployed",
        C::RecurredAt,
        "it came back before the fix went live",
        "use the first time it came back after the fix",
        |b| before(b, C::DeployedAt, C::RecurredAt),
    ),
];

/// Whether it matters to a rule what stands in a column of texts, or if anything does.
pub fn is_ruled(column: C) -> bool {
    RULES.iter().any(|rule| rule.column == column)
}

/// What a rule says and how to mend a row that breaks it.
pub fn explain(name: &str) -> Option<(&'static str, &'static str)> {
    RULES.iter().find(|r| r.name == name).map(|r| (r.says, r.mend))
}

/// One error that lists every broken rule with its count, its first rows, and how to mend them.
pub(super) fn error_of(problems: Vec<Problem>) -> Error {
    let total: u64 = problems.iter().map(|p| p.count).sum();
    let mut text = format!(
        "{total} {} {} of the input tables; nothing was computed. Mend them, or ask for `on_invalid: \"quarantine\"` to leave such rows out.",
        if total == 1 { "cell breaks" } else { "cells break" },
        if problems.len() == 1 { "a rule".to_owned() } else { format!("{} rules", problems.len()) },
    );
    for problem in &problems {
        let (says, mend) = explain(problem.rule).unwrap_or_default();
        let Problem { table, rule, count, examples } = problem;
        let _ = write!(text, "\n  {table}: {rule} ({count}): {says}; {mend}.");
        for e in examples {
            let id = e.id.as_ref().map_or(String::new(), |id| format!(" (id {})", shorten(id)));
            let value = e.value.as_ref().map_or_else(|| "empty".to_owned(), |v| format!("\"{}\"", shorten(v)));
            let _ = write!(text, "\n    row {}{id}: {} is {value}{}", e.row, e.column, wanted(rule, table, &e.column));
        }
    }
    Error::with_problems(Code::InvalidRows, text, problems)
}

fn shorten(value: &str) -> String {
    const LONGEST: usize = 60;
    if value.chars().count() <= LONGEST {
        value.to_owned()
    } else {
        value.chars().take(LONGEST).chain(['…']).collect()
    }
}

/// For rules about a single value: what the column takes.
fn wanted(rule: &str, table: &str, column: &str) -> String {
    if !["missing_required", "wrong_type", "not_finite", "unknown_value", "out_of_range"].contains(&rule) {
        return String::new();
    }
    let column = C::ALL.iter().find(|c| c.table().name() == table && c.name() == column);
    column.map_or(String::new(), |c| format!("; wanted is {}", c.kind().in_words()))
}
