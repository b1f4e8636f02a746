//! A random contact: valid, or broken in one way where the setting lets rows be broken.

use crate::dice::Dice;
use crate::setting::{HOUR, SECOND, Setting, Topic};
use crate::side_tables::decimal;
use kpi_core::{Handling, Instant, Interaction, Outcome};
use rust_decimal::Decimal;

/// Waits on and beside every window that figures know.
const WAITS: [i64; 14] = [
    0,
    1,
    SECOND - 1,
    90 * SECOND,
    HOUR,
    HOUR + 1,
    5 * HOUR,
    24 * HOUR,
    48 * HOUR - 1,
    48 * HOUR,
    72 * HOUR,
    72 * HOUR + 1,
    100 * HOUR,
    300 * HOUR,
];

pub fn contact(setting: &Setting, number: usize, seed: u64) -> Interaction {
    let mut dice = Dice::new(seed);
    let mut row = Interaction { id: Some(format!("i{number}")), ..Interaction::default() };
    row.handling = Some(dice.pick(&[Handling::Ai, Handling::Ai, Handling::Ai, Handling::Human, Handling::AiToHuman]));
    row.in_scope = dice.maybe(30, |d| d.chance(80));
    dates(&mut row, setting, &mut dice);
    names(&mut row, setting, &mut dice);
    escalation(&mut row, setting, &mut dice);
    surveys(&mut row, setting, &mut dice);
    quality(&mut row, setting, &mut dice);
    usage(&mut row, setting, &mut dice);
    money(&mut row, setting, &mut dice);
    if setting.broken && dice.chance(6) {
        break_one_rule(&mut row, setting, &mut dice);
    }
    row
}

fn dates(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    let within = |at: i64| Some(Instant::from_nanos(at)).filter(|_| at <= setting.as_of);
    let opened = setting.from + dice.below(setting.hours) * HOUR + dice.pick(&[0, 0, 0, 1, SECOND / 2, HOUR - 1]);
    let opened = opened.min(setting.as_of);
    row.opened_at = within(opened);
    row.first_response_at = dice.maybe(70, |d| opened + d.pick(&WAITS)).and_then(within);
    let closed = opened + dice.pick(&WAITS);
    if let Some(at) = within(closed).filter(|_| dice.chance(85)) {
        row.closed_at = Some(at);
        row.outcome = Some(dice.pick(&[Outcome::Resolved, Outcome::Resolved, Outcome::Unresolved, Outcome::Abandoned]));
        if setting.has(Topic::Reopened) {
            row.reopened_at = dice.maybe(15, |d| closed + d.pick(&WAITS)).and_then(within);
        }
    }
}

fn names(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    if setting.has(Topic::Customers) {
        row.customer_id = dice.word(85, &["c0", "c1", "c2", "c3", "c4"]);
    }
    if setting.has(Topic::Sessions) {
        row.session_id = dice.word(30, &["s0", "s1", "s2"]);
    }
    if setting.has(Topic::Issues) {
        row.issue = dice.word(80, &["login", "invoice", "refund", "other"]);
    }
    if setting.has(Topic::Confirmed) {
        row.confirmed = dice.flag(25);
    }
    if setting.has(Topic::Accounts) {
        row.account_id = dice.word(80, &["a0", "a1", "a2", "a3"]);
    }
    if setting.has(Topic::Agents) {
        row.agent_id = dice.word(80, &["bot", "bot 2"]);
        row.human_agent_id = dice.word(70, &["ann", "ben", "eve"]);
    }
    row.channel = dice.word(90, &["chat", "email"]);
    row.segment = dice.word(80, &["small", "large"]);
    row.priority = dice.word(60, &["high", "low"]);
    row.language = dice.word(50, &["en", "de"]);
    row.model_version = dice.word(50, &["v1", "v2"]);
    if let Some(tier) = dice.word(80, &["gold", "silver"]) {
        row.dimensions.insert("tier".into(), tier);
    }
}

fn escalation(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    row.escalation_needed = dice.flag(50).filter(|_| setting.has(Topic::Escalation));
    if row.handling != Some(Handling::AiToHuman) {
        return;
    }
    let opened = row.opened_at.unwrap().nanos();
    let latest = row.closed_at.map_or(setting.as_of, Instant::nanos);
    let escalated = (opened + dice.pick(&WAITS)).min(latest);
    row.escalated_at = dice.maybe(80, |_| Instant::from_nanos(escalated));
    let answered = escalated + dice.pick(&WAITS);
    row.human_first_response_at =
        dice.maybe(75, |_| Instant::from_nanos(answered)).filter(|_| answered <= setting.as_of);
    if setting.has(Topic::Escalation) {
        row.escalation_reason = dice.word(80, &["low_confidence", "customer_request", "policy", "a hunch"]);
        row.context_transferred = dice.flag(70);
        row.resolved_in_session = dice.flag(40);
        row.qa_summary_ok = dice.flag(40);
    }
}

fn surveys(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    if setting.has(Topic::Surveys) {
        row.csat = dice.maybe(40, |d| 1 + d.below(5));
        row.ces = dice.maybe(40, |d| 1 + d.below(7));
        row.nps = dice.maybe(40, |d| d.below(11));
    }
    if setting.has(Topic::SurveySent) {
        row.survey_sent = dice.flag(60);
    }
    if setting.has(Topic::Sentiment) {
        row.sentiment_start = dice.maybe(60, |d| Decimal::new(d.below(201) - 100, 2));
        row.sentiment_end = dice.maybe(60, |d| Decimal::new(d.below(21) - 10, 1));
    }
}

/// A whole, and parts that are together not above it; any of them may be unknown.
fn split<const N: usize>(dice: &mut Dice, most: i64) -> (Option<i64>, [Option<i64>; N]) {
    let whole = dice.below(most + 1);
    let mut left = whole;
    let parts = std::array::from_fn(|_| {
        let part = dice.below(left + 1);
        left -= part;
        Some(part).filter(|_| dice.chance(85))
    });
    (Some(whole).filter(|_| dice.chance(85)), parts)
}

fn quality(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    if setting.has(Topic::Confidence) {
        row.confidence = dice.maybe(60, |d| Decimal::new(d.below(1001), 3));
        row.intent_correct = dice.flag(40);
    }
    if setting.has(Topic::Messages) {
        let (all, [unanswered, fallback]) = split(dice, 9);
        (row.customer_messages, row.unanswered_messages, row.fallback_messages) = (all, unanswered, fallback);
    }
    if setting.has(Topic::Quality) && dice.chance(50) {
        let (all, [correct, hallucinated]) = split(dice, 20);
        (row.qa_responses, row.qa_correct, row.qa_hallucinated) = (all, correct, hallucinated);
        row.qa_policy_ok = dice.flag(70);
        row.qa_data_ok = dice.flag(70);
        row.qa_brand_ok = dice.flag(70);
    }
    if setting.has(Topic::Drafts) && dice.chance(50) {
        let (all, [accepted, edited, rejected]) = split(dice, 6);
        row.drafts_offered = all;
        (row.drafts_accepted, row.drafts_edited, row.drafts_rejected) = (accepted, edited, rejected);
    }
}

fn usage(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    if setting.has(Topic::Voice) && dice.chance(50) {
        row.asr_words = dice.maybe(85, |d| Decimal::new(d.below(400), 0));
        row.asr_errors = dice.maybe(85, |d| Decimal::new(d.below(1000), 1));
        row.voice_latency_ms = dice.maybe(85, |d| Decimal::new(d.below(40_000), 1));
    }
    if setting.has(Topic::Calls) {
        let (all, [cached, _]) = split(dice, 12);
        let (retried, reasons) = split(dice, all.unwrap_or(12));
        (row.api_calls, row.api_calls_cached, row.api_calls_retried) = (all, cached, retried);
        [row.retries_timeout, row.retries_rate_limit, row.retries_model_error, row.retries_validation] = reasons;
    }
    if setting.has(Topic::Tokens) {
        let (input, [cached]) = split(dice, 40_000);
        (row.input_tokens, row.cached_input_tokens) = (input, cached);
        row.output_tokens = dice.maybe(85, |d| d.below(9_000));
    }
    if setting.has(Topic::HumanTime) {
        row.ai_handle_seconds = dice.maybe(70, decimal);
        row.human_handle_seconds = dice.maybe(70, decimal);
    }
}

fn money(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    if setting.has(Topic::AiCost) {
        row.cost_api = dice.maybe(80, decimal);
        row.cost_retries = dice.maybe(30, decimal);
        row.cost_infrastructure = dice.maybe(30, decimal);
        row.cost_observability = dice.maybe(30, decimal);
        row.cost_vector_db = dice.maybe(30, decimal);
        row.cost_platform = dice.maybe(30, decimal);
    }
    if setting.has(Topic::HumanCost) {
        row.cost_human = dice.maybe(40, decimal);
    }
    if setting.has(Topic::Revenue) {
        row.revenue = dice.maybe(40, |d| if d.chance(20) { -decimal(d) } else { decimal(d) });
        row.converted = dice.flag(50);
    }
    row.currency = dice.word(30, &["USD"]);
}

fn break_one_rule(row: &mut Interaction, setting: &Setting, dice: &mut Dice) {
    match dice.below(6) {
        0 => row.csat = Some(9),
        1 => row.closed_at = Some(Instant::from_nanos(setting.from - HOUR)),
        2 => row.currency = Some("EUR".into()),
        3 => row.opened_at = None,
        4 => row.cost_api = Some(Decimal::NEGATIVE_ONE),
        _ => row.first_response_at = Some(Instant::from_nanos(setting.as_of + 1)),
    }
}
