//! The same desk as a real export brings it: mostly fine, and every rule of bad input broken at least once.

use crate::csv::Table;

/// Every so many rows of the clean table one is taken.
const STEP: usize = 65;

/// What is done to a row.
enum Edit {
    /// Another text in the cell.
    Set(&'static str, &'static str),
    /// Two cells change places.
    Swap(&'static str, &'static str),
    /// The second cell takes the first one's text.
    Copy(&'static str, &'static str),
}

use Edit::{Copy, Set, Swap};

/// Which row is fit: these columns are filled.
type Filled = &'static [&'static str];

/// Handling of a fit row, the columns it needs, and what is done to it.
const DAMAGE: &[(&str, Filled, &[Edit])] = &[
    // The form was filled in by hand, or by another system.
    ("ai", &[], &[Set("id", "")]),
    ("human", &["closed_at"], &[Set("handling", "")]),
    ("ai", &[], &[Set("opened_at", "")]),
    ("ai", &[], &[Set("handling", "robot")]),
    ("human", &["outcome"], &[Set("outcome", "solved")]),
    ("ai", &["input_tokens"], &[Set("input_tokens", "about 2000")]),
    ("human", &["human_handle_seconds"], &[Set("human_handle_seconds", "7 min")]),
    ("ai", &[], &[Set("survey_sent", "maybe")]),
    ("ai", &["closed_at"], &[Set("closed_at", "yesterday")]),
    ("ai", &["cost_api"], &[Set("cost_api", "NaN")]),
    ("ai", &["confidence"], &[Set("confidence", "inf")]),
    ("human", &[], &[Set("cost_human", "NaN")]),
    ("ai", &["outcome"], &[Set("csat", "6")]),
    ("human", &["outcome"], &[Set("nps", "-1")]),
    ("ai", &["confidence"], &[Set("confidence", "87")]),
    ("ai", &["cost_infrastructure"], &[Set("cost_infrastructure", "-0.02")]),
    ("ai", &["customer_messages"], &[Set("customer_messages", "2.5")]),
    // Clocks and time zones.
    ("ai", &["closed_at"], &[Set("opened_at", "2026-01-02T08:12:33")]),
    ("human", &["closed_at"], &[Set("closed_at", "2026-06-29T16:40:00")]),
    (
        "human",
        &[],
        &[
            Set("opened_at", "2026-07-03T07:30:00Z"),
            Set("first_response_at", ""),
            Set("closed_at", ""),
            Set("reopened_at", ""),
            Set("outcome", ""),
        ],
    ),
    ("human", &["closed_at"], &[Set("closed_at", "2026-07-02T09:00:00Z"), Set("reopened_at", "")]),
    ("ai", &["first_response_at", "closed_at"], &[Swap("opened_at", "first_response_at")]),
    ("ai", &["closed_at"], &[Swap("opened_at", "closed_at"), Set("first_response_at", ""), Set("reopened_at", "")]),
    ("human", &["closed_at"], &[Swap("opened_at", "closed_at"), Set("first_response_at", ""), Set("reopened_at", "")]),
    ("ai", &["closed_at"], &[Copy("closed_at", "reopened_at"), Set("closed_at", ""), Set("outcome", "")]),
    ("ai", &["closed_at"], &[Copy("opened_at", "reopened_at")]),
    // Half-closed records.
    ("ai", &["closed_at"], &[Set("closed_at", ""), Set("reopened_at", "")]),
    ("human", &["closed_at"], &[Set("outcome", "")]),
    // Handovers that were none, or in the wrong order.
    ("ai", &["closed_at"], &[Copy("closed_at", "escalated_at")]),
    ("ai", &["first_response_at"], &[Copy("first_response_at", "escalated_at")]),
    ("human", &[], &[Set("escalation_reason", "customer_request")]),
    ("ai_to_human", &["escalated_at", "closed_at"], &[Set("escalated_at", "2025-12-30T10:00:00Z")]),
    ("ai_to_human", &["first_response_at", "closed_at"], &[Copy("first_response_at", "closed_at")]),
    ("ai_to_human", &["human_first_response_at", "closed_at"], &[Swap("human_first_response_at", "escalated_at")]),
    // Parts larger than their whole.
    ("ai", &["customer_messages"], &[Set("unanswered_messages", "99")]),
    ("ai", &["customer_messages"], &[Set("fallback_messages", "40")]),
    ("ai", &["closed_at"], &[Set("qa_responses", "3"), Set("qa_correct", "4"), Set("qa_hallucinated", "0")]),
    ("ai", &["closed_at"], &[Set("qa_responses", "2"), Set("qa_correct", "0"), Set("qa_hallucinated", "3")]),
    ("ai", &["api_calls"], &[Set("api_calls_cached", "300")]),
    ("ai", &["api_calls"], &[Set("api_calls_retried", "120")]),
    ("ai", &["input_tokens"], &[Set("cached_input_tokens", "999999")]),
    (
        "ai",
        &["api_calls"],
        &[Set("api_calls_retried", "1"), Set("retries_timeout", "1"), Set("retries_validation", "1")],
    ),
    (
        "human",
        &["closed_at"],
        &[
            Set("drafts_offered", "2"),
            Set("drafts_accepted", "2"),
            Set("drafts_edited", "1"),
            Set("drafts_rejected", "0"),
        ],
    ),
    // Money of another country, and money of none.
    ("ai", &["cost_api"], &[Set("currency", "EUR")]),
    ("human", &[], &[Set("currency", "EUR")]),
    ("ai", &["cost_api"], &[Set("currency", "US$")]),
    // Odd but right: nothing here breaks a rule.
    ("ai", &["customer_messages"], &[Set("customer_messages", "12.0")]),
    ("ai", &["cost_api"], &[Set("cost_api", "1.25e-2")]),
    ("human", &["closed_at"], &[Set("opened_at", "2026-01-02T09:30:00+01:00")]),
];

/// Subject lines, for the quotes and line breaks of a real export; no rule reads them.
const SUBJECTS: &[&str] = &[
    "Login",
    "Invoice 4711, second copy",
    "\"Invalid token\" after update",
    "Frage zur Kündigung",
    "Export fails\nsince Monday, see below",
    "",
    "Très lent depuis hier",
];

/// The table.
pub fn table(clean: &Table) -> Table {
    let mut messy = sample(clean);
    let mut is_taken = vec![false; messy.rows.len()];
    for (nth, (handling, filled, edits)) in DAMAGE.iter().enumerate() {
        // Spread over the export, as real damage is.
        let rows = messy.rows.len();
        let mut places = (0..rows).map(|step| (rows * nth / DAMAGE.len() + step) % rows);
        let fit = places.find(|&row| !is_taken[row] && is_fit(&messy, row, handling, filled));
        if let Some(row) = fit {
            is_taken[row] = true;
            for edit in *edits {
                apply(&mut messy, row, edit);
            }
        }
    }
    // The export ran twice over two records, and a third got the id of another.
    let last = messy.rows.len() - 1;
    messy.rows.push(messy.rows[last].clone());
    messy.rows.insert(last - 40, messy.rows[last - 41].clone());
    let id = messy.rows[last - 20][0].clone();
    messy.rows[last - 19][0] = id;
    messy
}

/// Some rows of the clean table, with a currency and a subject.
fn sample(clean: &Table) -> Table {
    let mut messy = Table { header: clean.header.clone(), rows: Vec::new() };
    messy.header.extend(["currency".to_owned(), "subject".to_owned()]);
    for (nth, row) in clean.rows.iter().skip(7).step_by(STEP).enumerate() {
        let mut row = row.clone();
        row.extend(["USD".to_owned(), SUBJECTS[nth % SUBJECTS.len()].to_owned()]);
        messy.rows.push(row);
    }
    messy
}

/// Every third row or so is left as it was, so that fine and broken ones stand mixed.
fn is_fit(table: &Table, row: usize, handling: &str, filled: Filled) -> bool {
    let text = |column: &str| table.column(column).map_or("", |column| table.rows[row][column].as_str());
    !row.is_multiple_of(3)
        && text("handling") == handling
        && text("in_scope").is_empty()
        && text("reopened_at").is_empty()
        && filled.iter().all(|column| !text(column).is_empty())
}

fn apply(table: &mut Table, row: usize, edit: &Edit) {
    let place = |name: &str| table.header.iter().position(|column| column == name).unwrap_or(0);
    match *edit {
        Set(column, text) => {
            let column = place(column);
            text.clone_into(&mut table.rows[row][column]);
        }
        Swap(one, other) => {
            let (one, other) = (place(one), place(other));
            table.rows[row].swap(one, other);
        }
        Copy(from, to) => {
            let (from, to) = (place(from), place(to));
            table.rows[row][to] = table.rows[row][from].clone();
        }
    }
}
