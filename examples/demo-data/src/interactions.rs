//! The interactions table: which column says what of a contact.

use crate::calendar::{day_of, stamp};
use crate::contact::{Contact, Usage};
use crate::csv::{Table, cell, decimal};
use crate::customers::Book;
use crate::desk::HalfYear;
use crate::story;

type Reading = fn(&Contact, &Book) -> String;

/// Every column with the way it is read.
const COLUMNS: &[(&str, Reading)] = &[
    ("id", |c, _| c.id()),
    ("handling", |c, _| c.handling.word().to_owned()),
    ("in_scope", |c, _| if c.in_scope { String::new() } else { "false".to_owned() }),
    ("opened_at", |c, _| stamp(c.opened)),
    ("first_response_at", |c, _| cell(c.first_response.map(stamp))),
    ("closed_at", |c, _| cell(c.closed.map(stamp))),
    ("reopened_at", |c, _| cell(c.reopened.map(stamp))),
    ("outcome", |c, _| cell(c.outcome.map(crate::contact::Outcome::word))),
    ("confirmed", |c, _| cell(c.confirmed)),
    ("customer_id", |c, book| cell(c.customer.map(|who| book.customers[who].id.as_str()))),
    ("account_id", |c, book| cell(c.customer.map(|who| book.company_of(who).id.as_str()))),
    ("issue", |c, _| cell(c.topic.map(|topic| topic.name))),
    ("session_id", |c, _| cell(c.session.map(|session| format!("s-{session}")))),
    ("channel", |c, _| c.channel.to_owned()),
    ("agent_id", |c, _| cell(c.assistant.map(|assistant| assistant.name))),
    ("human_agent_id", |c, _| cell(c.person)),
    ("model_version", |c, _| cell(c.assistant.map(|_| story::model(day_of(c.opened))))),
    ("segment", |c, book| cell(c.customer.map(|who| book.company_of(who).segment))),
    ("language", |c, _| c.language.to_owned()),
    ("priority", |c, _| c.priority.to_owned()),
    ("escalated_at", |c, _| cell(c.escalation.as_ref().map(|e| stamp(e.at)))),
    ("escalation_reason", |c, _| cell(c.escalation.as_ref().map(|e| e.reason))),
    ("escalation_needed", |c, _| cell(c.audit.needed)),
    ("context_transferred", |c, _| cell(c.escalation.as_ref().and_then(|e| e.context))),
    ("human_first_response_at", |c, _| cell(c.escalation.as_ref().and_then(|e| e.first_reply).map(stamp))),
    ("ai_handle_seconds", |c, _| cell(c.ai_seconds)),
    ("human_handle_seconds", |c, _| cell(c.human_seconds)),
    ("csat", |c, _| cell(c.survey.csat)),
    ("ces", |c, _| cell(c.survey.ces)),
    ("nps", |c, _| cell(c.survey.nps)),
    ("survey_sent", |c, _| cell(c.survey.sent)),
    ("sentiment_start", |c, _| cell(c.tone.map(|tone| decimal(tone[0], 2)))),
    ("sentiment_end", |c, _| cell(c.tone.map(|tone| decimal(tone[1], 2)))),
    ("confidence", |c, _| cell(c.confidence.map(|confidence| decimal(confidence, 2)))),
    ("intent_correct", |c, _| cell(c.audit.intent)),
    ("customer_messages", |c, _| part(c.messages, 0)),
    ("unanswered_messages", |c, _| part(c.messages, 1)),
    ("fallback_messages", |c, _| part(c.messages, 2)),
    ("qa_responses", |c, _| part(c.audit.answers, 0)),
    ("qa_correct", |c, _| part(c.audit.answers, 1)),
    ("qa_hallucinated", |c, _| part(c.audit.answers, 2)),
    ("qa_policy_ok", |c, _| part(c.audit.checks, 0)),
    ("qa_data_ok", |c, _| part(c.audit.checks, 1)),
    ("qa_brand_ok", |c, _| part(c.audit.checks, 2)),
    ("qa_summary_ok", |c, _| cell(c.audit.summary)),
    ("drafts_offered", |c, _| part(c.drafts, 0)),
    ("drafts_accepted", |c, _| part(c.drafts, 1)),
    ("drafts_edited", |c, _| part(c.drafts, 2)),
    ("drafts_rejected", |c, _| part(c.drafts, 3)),
    ("asr_words", |c, _| part(c.voice, 0)),
    ("asr_errors", |c, _| part(c.voice, 1)),
    ("voice_latency_ms", |c, _| part(c.voice, 2)),
    ("api_calls", |c, _| used(c, |u| u.calls[0])),
    ("api_calls_cached", |c, _| used(c, |u| u.calls[1])),
    ("api_calls_retried", |c, _| used(c, |u| u.calls[2])),
    ("retries_timeout", |c, _| retries(c, 0)),
    ("retries_rate_limit", |c, _| retries(c, 1)),
    ("retries_model_error", |c, _| retries(c, 2)),
    ("retries_validation", |c, _| retries(c, 3)),
    ("input_tokens", |c, _| used(c, |u| u.tokens[0])),
    ("output_tokens", |c, _| used(c, |u| u.tokens[1])),
    ("cached_input_tokens", |c, _| used(c, |u| u.tokens[2])),
    ("cost_api", |c, _| cost(c, 0)),
    ("cost_retries", |c, _| cost(c, 1)),
    ("cost_infrastructure", |c, _| cost(c, 2)),
    ("cost_vector_db", |c, _| cost(c, 3)),
    ("cost_human", |c, _| cell(c.partner_fee.map(|cents| decimal(cents, 2)))),
    ("revenue", |c, _| cell(c.revenue.map(|cents| decimal(cents, 2)))),
    ("converted", |c, _| cell(c.converted)),
];

fn part<T: Copy + ToString, const N: usize>(parts: Option<[T; N]>, nth: usize) -> String {
    cell(parts.map(|parts| parts[nth]))
}

fn used(contact: &Contact, read: fn(&Usage) -> i64) -> String {
    cell(contact.usage.as_ref().map(read))
}

/// Reasons are written only where something was tried again.
fn retries(contact: &Contact, nth: usize) -> String {
    let retried = contact.usage.as_ref().filter(|usage| usage.calls[2] > 0);
    cell(retried.map(|usage| usage.retries[nth]))
}

fn cost(contact: &Contact, nth: usize) -> String {
    let cost = contact.usage.as_ref().map(|usage| usage.costs[nth]).filter(|cost| nth != 1 || *cost > 0);
    cell(cost.map(|millionths| decimal(millionths, 6)))
}

/// The table of a half year.
pub fn table(half_year: &HalfYear) -> Table {
    let header: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut table = Table::with(&header);
    for contact in &half_year.contacts {
        table.rows.push(COLUMNS.iter().map(|(_, read)| read(contact, &half_year.book)).collect());
    }
    table
}
