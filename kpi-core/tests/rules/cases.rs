//! For each rule, in the order of the specification, rows that break it and nothing else.

/// Rows that break one rule, and what is found in the first of them.
pub(crate) struct Case {
    pub rule: &'static str,
    pub table: &'static str,
    /// They stand behind a sound row, so that the first is row 1.
    pub rows: &'static str,
    pub options: &'static str,
    pub count: u64,
    pub id: Option<&'static str>,
    pub column: &'static str,
    pub value: Option<&'static str>,
    /// What the column takes, for rules about a single value.
    pub wanted: &'static str,
    pub hint: &'static str,
}

const fn of(
    rule: &'static str,
    table: &'static str,
    rows: &'static str,
    column: &'static str,
    value: &'static str,
) -> Case {
    Case { rule, table, rows, options: "{}", count: 1, id: None, column, value: Some(value), wanted: "", hint: "" }
}

/// A contact with the id c-1.
macro_rules! contact {
    ($rule:literal, $more:literal, $column:literal, $value:literal, $hint:literal) => {
        Case {
            id: Some("c-1"),
            hint: $hint,
            ..of(
                $rule,
                "interactions",
                concat!(r#"{"id": "c-1", "opened_at": "2026-01-05T08:00:00Z", "#, $more, "}"),
                $column,
                $value,
            )
        }
    };
}

const ZONES: &str = "check the time zones of both columns";
const PART: &str = "count both over the same contact, or leave the part empty";

pub(crate) const CASES: &[Case] = &[
    Case {
        id: Some("c-1"),
        value: None,
        wanted: "one of ai, human, ai_to_human",
        hint: "fill it in, or leave the row out of the export",
        ..of(
            "missing_required",
            "interactions",
            r#"{"id": "c-1", "opened_at": "2026-01-05T08:00:00Z"}"#,
            "handling",
            "",
        )
    },
    Case {
        wanted: "a whole number from 1 to 5",
        ..contact!(
            "wrong_type",
            r#""handling": "ai", "csat": "five""#,
            "csat",
            "five",
            "convert the column before handing it over"
        )
    },
    Case {
        wanted: "an amount of money",
        ..contact!(
            "not_finite",
            r#""handling": "ai", "revenue": "NaN""#,
            "revenue",
            "NaN",
            "leave the cell empty if the value is not known"
        )
    },
    contact!(
        "naive_timestamp",
        r#""handling": "ai", "first_response_at": "2026-01-05T08:00:05""#,
        "first_response_at",
        "2026-01-05T08:00:05",
        "add an offset such as Z or +01:00, or say which zone it is in with `naive_timezone`"
    ),
    Case {
        wanted: "one of ai, human, ai_to_human",
        ..contact!("unknown_value", r#""handling": "robot""#, "handling", "robot", "map it to one of them")
    },
    Case {
        wanted: "a number from 0 to 1",
        ..contact!(
            "out_of_range",
            r#""handling": "ai", "confidence": 97.0"#,
            "confidence",
            "97",
            "check the unit or scale of the export"
        )
    },
    Case {
        id: Some("twice"),
        count: 2,
        hint: "keep one row a contact, or make the ids unique",
        ..of("duplicate_id", "accounts", r#"{"account_id": "twice"}, {"account_id": "twice"}"#, "account_id", "twice")
    },
    Case {
        options: r#"{"as_of": "2026-01-05T08:00:00Z"}"#,
        id: Some("late"),
        hint: "check `as_of` and the time zone of the export",
        ..of(
            "opened_after_as_of",
            "interactions",
            r#"{"id": "late", "handling": "ai", "opened_at": "2026-01-05T08:00:00.001Z"}"#,
            "opened_at",
            "2026-01-05T08:00:00.001Z",
        )
    },
    Case {
        options: r#"{"as_of": "2026-01-05T08:00:00Z"}"#,
        ..contact!(
            "after_as_of",
            r#""handling": "ai", "first_response_at": "2026-01-05T10:00:00+01:00""#,
            "first_response_at",
            "2026-01-05T09:00:00Z",
            "check `as_of` and the time zone of the export"
        )
    },
    Case {
        options: r#"{"currency": "EUR"}"#,
        ..contact!(
            "currency_mismatch",
            r#""handling": "ai", "currency": "USD""#,
            "currency",
            "USD",
            "convert the money first, or report each currency by itself with `currency`"
        )
    },
    Case {
        hint: ZONES,
        ..contact!(
            "first_response_before_opened",
            r#""handling": "ai", "first_response_at": "2026-01-05T07:00:00Z""#,
            "first_response_at",
            "2026-01-05T07:00:00Z",
            ""
        )
    },
    Case {
        hint: ZONES,
        ..contact!(
            "closed_before_opened",
            r#""handling": "ai", "closed_at": "2026-01-05T07:59:59.999999999Z", "outcome": "resolved""#,
            "closed_at",
            "2026-01-05T07:59:59.999999999Z",
            ""
        )
    },
    contact!(
        "reopened_without_closed",
        r#""handling": "ai", "reopened_at": "2026-01-06T08:00:00Z""#,
        "reopened_at",
        "2026-01-06T08:00:00Z",
        "fill in `closed_at`, the first time it was declared done"
    ),
    contact!(
        "reopened_before_closed",
        r#""handling": "ai", "closed_at": "2026-01-07T08:00:00Z", "outcome": "resolved", "reopened_at": "2026-01-06T08:00:00Z""#,
        "reopened_at",
        "2026-01-06T08:00:00Z",
        "use the first closing and the first reopening after it"
    ),
    contact!(
        "outcome_without_closed",
        r#""handling": "ai", "outcome": "resolved""#,
        "outcome",
        "resolved",
        "fill in `closed_at`, or leave the outcome empty while it is open"
    ),
    contact!(
        "closed_without_outcome",
        r#""handling": "ai", "closed_at": "2026-01-05T09:00:00Z""#,
        "closed_at",
        "2026-01-05T09:00:00Z",
        "say how it ended: resolved, unresolved or abandoned"
    ),
    contact!(
        "escalated_at_not_ai_to_human",
        r#""handling": "ai", "escalated_at": "2026-01-05T09:00:00Z""#,
        "escalated_at",
        "2026-01-05T09:00:00Z",
        "set handling to ai_to_human, or leave `escalated_at` empty"
    ),
    contact!(
        "escalation_reason_not_ai_to_human",
        r#""handling": "human", "escalation_reason": "policy""#,
        "escalation_reason",
        "policy",
        "set handling to ai_to_human, or leave the reason empty"
    ),
    Case {
        hint: ZONES,
        ..contact!(
            "escalated_before_opened",
            r#""handling": "ai_to_human", "escalated_at": "2026-01-05T07:00:00Z""#,
            "escalated_at",
            "2026-01-05T07:00:00Z",
            ""
        )
    },
    contact!(
        "escalated_after_closed",
        r#""handling": "ai_to_human", "closed_at": "2026-01-05T09:00:00Z", "outcome": "resolved", "escalated_at": "2026-01-05T10:00:00Z""#,
        "escalated_at",
        "2026-01-05T10:00:00Z",
        "use the first escalation, which comes before the closing"
    ),
    contact!(
        "human_first_response_before_escalated",
        r#""handling": "ai_to_human", "escalated_at": "2026-01-05T09:00:00Z", "human_first_response_at": "2026-01-05T08:30:00Z""#,
        "human_first_response_at",
        "2026-01-05T08:30:00Z",
        "use the first human reply after the escalation"
    ),
    Case {
        hint: PART,
        ..contact!(
            "unanswered_messages_above_customer_messages",
            r#""handling": "ai", "customer_messages": 2, "unanswered_messages": 3"#,
            "unanswered_messages",
            "3",
            ""
        )
    },
    Case {
        hint: PART,
        ..contact!(
            "fallback_messages_above_customer_messages",
            r#""handling": "ai", "customer_messages": 0, "fallback_messages": 1"#,
            "fallback_messages",
            "1",
            ""
        )
    },
    Case {
        hint: PART,
        ..contact!(
            "qa_correct_above_qa_responses",
            r#""handling": "ai", "qa_responses": 4, "qa_correct": 5"#,
            "qa_correct",
            "5",
            ""
        )
    },
    Case {
        hint: PART,
        ..contact!(
            "qa_hallucinated_above_qa_responses",
            r#""handling": "ai", "qa_responses": 4, "qa_hallucinated": 5.0"#,
            "qa_hallucinated",
            "5",
            ""
        )
    },
    Case {
        hint: PART,
        ..contact!(
            "api_calls_cached_above_api_calls",
            r#""handling": "ai", "api_calls": 1, "api_calls_cached": 2"#,
            "api_calls_cached",
            "2",
            ""
        )
    },
    Case {
        hint: PART,
        ..contact!(
            "api_calls_retried_above_api_calls",
            r#""handling": "ai", "api_calls": 1, "api_calls_retried": 2"#,
            "api_calls_retried",
            "2",
            ""
        )
    },
    contact!(
        "cached_input_tokens_above_input_tokens",
        r#""handling": "ai", "input_tokens": 100, "cached_input_tokens": 900"#,
        "cached_input_tokens",
        "900",
        "`input_tokens` includes the cached ones; add them if your provider counts them apart"
    ),
    contact!(
        "retries_exceeded",
        r#""handling": "ai", "api_calls_retried": 3, "retries_timeout": 2, "retries_rate_limit": 2"#,
        "api_calls_retried",
        "3",
        "give each retried call one reason"
    ),
    contact!(
        "drafts_exceeded",
        r#""handling": "human", "drafts_offered": 2, "drafts_accepted": 1, "drafts_edited": 1, "drafts_rejected": 1"#,
        "drafts_offered",
        "2",
        "give each draft one fate"
    ),
    Case {
        hint: "a cost is for a stretch of time; the end is not included",
        ..of(
            "end_not_after_start",
            "costs",
            r#"{"layer": "api", "scope": "ai", "amount": 1, "start": "2026-01-05T00:00:00Z", "end": "2026-01-05T00:00:00Z"}"#,
            "end",
            "2026-01-05T00:00:00Z",
        )
    },
    Case {
        hint: ZONES,
        ..of(
            "routed_before_detected",
            "signals",
            r#"{"kind": "churn", "detected_at": "2026-01-05T08:00:00Z", "routed_at": "2026-01-05T07:00:00Z"}"#,
            "routed_at",
            "2026-01-05T07:00:00Z",
        )
    },
    Case {
        hint: "churn is saved or lost, upsell is won or lost, the others have none",
        ..of(
            "result_not_of_kind",
            "signals",
            r#"{"kind": "churn", "detected_at": "2026-01-05T08:00:00Z", "result": "won"}"#,
            "result",
            "won",
        )
    },
    Case {
        id: Some("f-1"),
        hint: ZONES,
        ..of(
            "deployed_before_flagged",
            "fixes",
            r#"{"failure_id": "f-1", "flagged_at": "2026-01-05T08:00:00Z", "deployed_at": "2026-01-04T08:00:00Z"}"#,
            "deployed_at",
            "2026-01-04T08:00:00Z",
        )
    },
    Case {
        id: Some("f-1"),
        hint: "fill in `deployed_at`, or leave `recurred_at` empty",
        ..of(
            "recurred_without_deployed",
            "fixes",
            r#"{"failure_id": "f-1", "flagged_at": "2026-01-05T08:00:00Z", "recurred_at": "2026-01-06T08:00:00Z"}"#,
            "recurred_at",
            "2026-01-06T08:00:00Z",
        )
    },
    Case {
        id: Some("f-1"),
        hint: "use the first time it came back after the fix",
        ..of(
            "recurred_before_deployed",
            "fixes",
            r#"{"failure_id": "f-1", "flagged_at": "2026-01-05T08:00:00Z", "deployed_at": "2026-01-07T08:00:00Z",
                "recurred_at": "2026-01-06T08:00:00Z"}"#,
            "recurred_at",
            "2026-01-06T08:00:00Z",
        )
    },
];
