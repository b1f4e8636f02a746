//! What model calls use: tokens, cached context, retries. Measures only; their figures stand in [`super::cost`].

use super::cut::Cut;
use super::evaluate::distribution;
use super::figure::Figure;
use super::kpi::Input;
use crate::facts::Rows;
use crate::input::Column::{self as C};
use crate::input::numbers::Numbers;
use crate::tally::{Measure, Parts, Spread, Total};
use crate::units::ExactSum;

/// One kind of token would do.
pub(super) const ANY_TOKENS: &[Input] = &[Input::AnyOf(TOKEN_COLUMNS)];
/// Without both sides there is no share.
pub(super) const CALLS_AND_CACHED: &[Input] = &[Input::One(C::ApiCalls), Input::One(C::ApiCallsCached)];
/// Without both sides there is no share.
pub(super) const CALLS_AND_RETRIED: &[Input] = &[Input::One(C::ApiCalls), Input::One(C::ApiCallsRetried)];
/// One reason would do.
pub(super) const ANY_RETRIES: &[Input] =
    &[Input::AnyOf(&[C::RetriesTimeout, C::RetriesRateLimit, C::RetriesModelError, C::RetriesValidation])];

/// Cached tokens are among the input tokens.
const TOKEN_COLUMNS: &[C] = &[C::InputTokens, C::OutputTokens];

fn with_tokens(r: &Rows<'_>) -> u64 {
    r.known(C::InputTokens) | r.known(C::OutputTokens)
}

/// Tokens in and out; the side that is not known adds nothing.
fn tokens<'r>(r: &Rows<'r>) -> Numbers<'r> {
    r.numbers(C::InputTokens).plus(&r.numbers(C::OutputTokens))
}

/// Tokens of contacts that used any.
pub(super) static TOKENS: Spread = Spread { name: "tokens", rows: with_tokens, value: tokens, reads: TOKEN_COLUMNS };
/// Tokens of closed contacts, for each one that is resolved.
pub(super) static TOKENS_AND_OUTCOMES: Parts = Parts {
    name: "tokens_and_outcomes",
    rows: |r| with_tokens(r) & r.closed,
    part: tokens,
    whole: |r| Numbers::ones(r.resolved),
    reads: TOKEN_COLUMNS,
};
/// Calls that used cached context, out of calls.
pub(super) static CACHED_CALLS: Parts = Parts {
    name: "cached_calls",
    rows: |r| r.known(C::ApiCalls) & r.known(C::ApiCallsCached),
    part: |r| r.numbers(C::ApiCallsCached),
    whole: |r| r.numbers(C::ApiCalls),
    reads: &[C::ApiCalls, C::ApiCallsCached],
};
/// Calls that were tried again, out of calls.
pub(super) static RETRIED_CALLS: Parts = Parts {
    name: "retried_calls",
    rows: |r| r.known(C::ApiCalls) & r.known(C::ApiCallsRetried),
    part: |r| r.numbers(C::ApiCallsRetried),
    whole: |r| r.numbers(C::ApiCalls),
    reads: &[C::ApiCalls, C::ApiCallsRetried],
};

macro_rules! retries {
    ($($name:ident $column:ident $key:literal;)*) => {
        $(static $name: Total = Total {
            name: concat!("retries_", $key),
            rows: |r| r.known(C::$column),
            value: |r| r.numbers(C::$column),
            reads: &[C::$column],
        };)*
        const REASONS: [(&str, &Total); 4] = [$(($key, &$name)),*];
        /// Retries by their reason.
        pub(super) const RETRIES: [Measure; 4] = [$(Measure::Total(&$name)),*];
    };
}

retries! {
    TIMEOUT RetriesTimeout "timeout";
    RATE_LIMIT RetriesRateLimit "rate_limit";
    MODEL_ERROR RetriesModelError "model_error";
    VALIDATION RetriesValidation "validation";
}

/// Retries by reason, most first. Every reason is there, even one that never came up.
pub(super) fn retry_reasons(cut: &Cut<'_>) -> Option<Figure> {
    let mut found = REASONS.map(|(key, total)| (key, cut.total(total).amount));
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let all: ExactSum = found.iter().map(|(_, amount)| *amount).sum();
    distribution(found.map(|(key, amount)| (key.into(), as_count(&amount))).into(), as_count(&all))
}

/// Sums of whole numbers are whole; past the largest count they stay there.
fn as_count(sum: &ExactSum) -> u64 {
    sum.as_count().unwrap_or(u64::MAX)
}
