//! What may stand in a single cell.

/// Kinds of columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Anything.
    Text,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// true or false.
    Flag,
    /// A moment with its offset.
    Instant,
    /// A whole number between two others.
    Whole(f64, f64),
    /// A number between two others.
    Number(f64, f64),
    /// Three capital letters.
    Currency,
}

/// Parts that are never above their whole.
pub const PARTS: &[(&str, &str)] = &[
    ("unanswered_messages", "customer_messages"),
    ("fallback_messages", "customer_messages"),
    ("qa_correct", "qa_responses"),
    ("qa_hallucinated", "qa_responses"),
    ("api_calls_cached", "api_calls"),
    ("api_calls_retried", "api_calls"),
    ("cached_input_tokens", "input_tokens"),
];

/// The kind of an interactions column.
pub fn kind_of(column: &str) -> Kind {
    const COUNT: Kind = Kind::Whole(0.0, f64::MAX);
    const POSITIVE: Kind = Kind::Number(0.0, f64::MAX);
    match column {
        "handling" => Kind::Choice(&["ai", "human", "ai_to_human"]),
        "outcome" => Kind::Choice(&["resolved", "unresolved", "abandoned"]),
        "in_scope"
        | "confirmed"
        | "escalation_needed"
        | "context_transferred"
        | "survey_sent"
        | "intent_correct"
        | "qa_policy_ok"
        | "qa_data_ok"
        | "qa_brand_ok"
        | "qa_summary_ok"
        | "converted" => Kind::Flag,
        "csat" => Kind::Whole(1.0, 5.0),
        "ces" => Kind::Whole(1.0, 7.0),
        "nps" => Kind::Whole(0.0, 10.0),
        "confidence" => Kind::Number(0.0, 1.0),
        "sentiment_start" | "sentiment_end" => Kind::Number(-1.0, 1.0),
        "currency" => Kind::Currency,
        "revenue" => Kind::Number(f64::MIN, f64::MAX),
        "asr_words" | "asr_errors" | "voice_latency_ms" | "ai_handle_seconds" | "human_handle_seconds" => POSITIVE,
        name if name.starts_with("cost_") => POSITIVE,
        name if name.ends_with("_at") => Kind::Instant,
        name if ["_messages", "_tokens"].iter().any(|end| name.ends_with(end)) => COUNT,
        "qa_responses" | "qa_correct" | "qa_hallucinated" => COUNT,
        name if ["drafts_", "api_calls", "retries_"].iter().any(|start| name.starts_with(start)) => COUNT,
        _ => Kind::Text,
    }
}

/// The rule that a filled cell breaks by itself.
pub fn check_cell(kind: Kind, text: &str) -> Option<&'static str> {
    match kind {
        Kind::Text => None,
        Kind::Choice(words) => (!words.contains(&text)).then_some("unknown_value"),
        Kind::Flag => (!matches!(text, "true" | "false")).then_some("wrong_type"),
        Kind::Currency => (text.len() != 3 || !text.bytes().all(|b| b.is_ascii_uppercase())).then_some("wrong_type"),
        Kind::Instant => instant(text).err(),
        Kind::Whole(low, high) => check_number(text, low, high)
            .or((text.parse().is_ok_and(|x: f64| x.fract() != 0.0)).then_some("wrong_type")),
        Kind::Number(low, high) => check_number(text, low, high),
    }
}

fn check_number(text: &str, low: f64, high: f64) -> Option<&'static str> {
    match text.parse::<f64>() {
        Err(_) => Some("wrong_type"),
        Ok(x) if !x.is_finite() => Some("not_finite"),
        Ok(x) => (x < low || x > high).then_some("out_of_range"),
    }
}

/// A finite number.
pub fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// Seconds since 1970, or the rule that the text breaks.
pub fn instant(text: &str) -> Result<i64, &'static str> {
    let digits = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let fields = [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19)].map(|(from, to)| digits(from, to));
    let [Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)] = fields else {
        return Err("wrong_type");
    };
    let offset = match text.get(19..) {
        Some("Z") => 0,
        Some("") | None => return Err("naive_timestamp"),
        Some(_) => {
            let minutes = digits(20, 22).ok_or("wrong_type")? * 60 + digits(23, 25).ok_or("wrong_type")?;
            if text.as_bytes()[19] == b'-' { -minutes * 60 } else { minutes * 60 }
        }
    };
    // Days since 1970, counting years from March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Ok(days * 86_400 + hour * 3600 + minute * 60 + second - offset)
}
