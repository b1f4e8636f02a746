//! The rules of bad input, written a second time and independently of the generator.

pub mod cells;
pub mod side_tables;

use std::collections::BTreeMap;

use cells::{Kind, check_cell, instant, kind_of, number};

/// When the data was taken, as in `options.json`.
pub const AS_OF: &str = "2026-06-30T22:00:00Z";

/// Broken rules with the rows that break them.
pub type Problems = BTreeMap<String, Vec<usize>>;

/// A table as it stands in a file.
pub struct Sheet {
    /// Names of columns.
    pub header: Vec<String>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads CSV with quoted cells.
    pub fn read(text: &str) -> Self {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                _ => cell.push(c),
            }
        }
        let header = rows.remove(0);
        assert!(rows.iter().all(|row| row.len() == header.len()), "rows of different length");
        Self { header, rows }
    }

    /// The text of a cell; empty when there is no such column.
    pub fn text(&self, row: usize, column: &str) -> &str {
        self.header.iter().position(|name| name == column).map_or("", |column| self.rows[row][column].as_str())
    }

    /// All texts of a column.
    pub fn column<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        (0..self.rows.len()).map(move |row| self.text(row, name))
    }

    /// Rows whose text in a column is also that of another.
    pub fn repeated(&self, column: &str) -> Vec<usize> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for text in self.column(column).filter(|text| !text.is_empty()) {
            *seen.entry(text).or_default() += 1;
        }
        (0..self.rows.len()).filter(|&row| seen.get(self.text(row, column)).is_some_and(|n| *n > 1)).collect()
    }
}

/// One row with its readings.
struct Row<'a> {
    sheet: &'a Sheet,
    row: usize,
}

impl Row<'_> {
    fn text(&self, column: &str) -> &str {
        self.sheet.text(self.row, column)
    }

    fn at(&self, column: &str) -> Option<i64> {
        instant(self.text(column)).ok()
    }

    fn number(&self, column: &str) -> Option<f64> {
        number(self.text(column))
    }

    /// Whether both are known and the first is earlier.
    fn is_before(&self, early: &str, late: &str) -> bool {
        matches!((self.at(early), self.at(late)), (Some(early), Some(late)) if early < late)
    }

    /// Whether the parts that are known add up to more than the whole.
    fn exceed(&self, parts: &[&str], whole: &str) -> bool {
        let sum: f64 = parts.iter().filter_map(|part| self.number(part)).sum();
        self.number(whole).is_some_and(|whole| sum > whole)
    }
}

/// Every rule of section 2.6 that the rows of an interactions table break.
pub fn broken_rules(sheet: &Sheet) -> Problems {
    let mut problems = Problems::new();
    for row in 0..sheet.rows.len() {
        for rule in cell_rules(sheet, row).into_iter().chain(row_rules(&Row { sheet, row })) {
            problems.entry(rule).or_default().push(row);
        }
    }
    let repeated = sheet.repeated("id");
    if !repeated.is_empty() {
        problems.insert("duplicate_id".into(), repeated);
    }
    problems
}

/// Rules that one cell can break.
fn cell_rules(sheet: &Sheet, row: usize) -> Vec<String> {
    let mut broken = Vec::new();
    for required in ["id", "handling", "opened_at"] {
        if sheet.text(row, required).is_empty() {
            broken.push("missing_required".into());
        }
    }
    let as_of = instant(AS_OF).unwrap_or(0);
    for (name, text) in sheet.header.iter().zip(&sheet.rows[row]).filter(|(_, text)| !text.is_empty()) {
        let kind = kind_of(name);
        broken.extend(check_cell(kind, text).map(Into::into));
        if kind == Kind::Instant && instant(text).is_ok_and(|at| at > as_of) {
            broken.push(if name == "opened_at" { "opened_after_as_of" } else { "after_as_of" }.into());
        }
    }
    if !matches!(sheet.text(row, "currency"), "" | "USD" | "US$") {
        broken.push("currency_mismatch".into());
    }
    broken
}

/// Rules between the cells of one row.
fn row_rules(row: &Row) -> Vec<String> {
    let handed_over = row.text("handling") == "ai_to_human";
    let has = |column: &str| !row.text(column).is_empty();
    let order = [
        ("first_response_before_opened", row.is_before("first_response_at", "opened_at")),
        ("closed_before_opened", row.is_before("closed_at", "opened_at")),
        ("reopened_without_closed", has("reopened_at") && !has("closed_at")),
        ("reopened_before_closed", row.is_before("reopened_at", "closed_at")),
        ("outcome_without_closed", has("outcome") && !has("closed_at")),
        ("closed_without_outcome", has("closed_at") && !has("outcome")),
        ("escalated_at_not_ai_to_human", has("escalated_at") && !handed_over),
        ("escalation_reason_not_ai_to_human", has("escalation_reason") && !handed_over),
        ("escalated_before_opened", row.is_before("escalated_at", "opened_at")),
        ("escalated_after_closed", row.is_before("closed_at", "escalated_at")),
        ("human_first_response_before_escalated", row.is_before("human_first_response_at", "escalated_at")),
        (
            "retries_exceeded",
            row.exceed(
                &["retries_timeout", "retries_rate_limit", "retries_model_error", "retries_validation"],
                "api_calls_retried",
            ),
        ),
        ("drafts_exceeded", row.exceed(&["drafts_accepted", "drafts_edited", "drafts_rejected"], "drafts_offered")),
    ];
    let mut broken: Vec<String> =
        order.iter().filter(|(_, is_broken)| *is_broken).map(|(rule, _)| (*rule).into()).collect();
    for (part, whole) in cells::PARTS {
        if row.exceed(&[part], whole) {
            broken.push(format!("{part}_above_{whole}"));
        }
    }
    broken
}
