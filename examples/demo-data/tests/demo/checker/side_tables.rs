//! The rules of the four smaller tables.

use std::collections::BTreeSet;

use super::cells::{Kind, check_cell, instant};
use super::{AS_OF, Problems, Sheet};

/// Notes a broken rule.
fn note(problems: &mut Problems, is_broken: bool, rule: &str, row: usize) {
    if is_broken {
        problems.entry(rule.to_owned()).or_default().push(row);
    }
}

/// Whether both are known and the first is earlier.
fn is_before(sheet: &Sheet, row: usize, early: &str, late: &str) -> bool {
    let at = |column: &str| instant(sheet.text(row, column)).ok();
    matches!((at(early), at(late)), (Some(early), Some(late)) if early < late)
}

/// Cells of one kind: filled when they must be, readable, and not after the data was taken when they are events.
fn cells(problems: &mut Problems, sheet: &Sheet, columns: &[&str], kind: Kind, required: bool) {
    for row in 0..sheet.rows.len() {
        for text in columns.iter().map(|column| sheet.text(row, column)) {
            note(problems, required && text.is_empty(), "missing_required", row);
            if let Some(rule) = check_cell(kind, text).filter(|_| !text.is_empty()) {
                note(problems, true, rule, row);
            }
        }
    }
}

fn events(problems: &mut Problems, sheet: &Sheet, columns: &[&str]) {
    cells(problems, sheet, columns, Kind::Instant, false);
    for row in 0..sheet.rows.len() {
        for column in columns {
            let is_late = instant(sheet.text(row, column)) > instant(AS_OF) && !sheet.text(row, column).is_empty();
            note(problems, is_late, "after_as_of", row);
        }
    }
}

const MONEY: Kind = Kind::Number(0.0, f64::MAX);

/// The ledger.
pub fn costs(sheet: &Sheet) -> Problems {
    let mut problems = Problems::new();
    cells(&mut problems, sheet, &["layer"], Kind::Text, true);
    cells(&mut problems, sheet, &["scope"], Kind::Choice(&["ai", "human"]), true);
    cells(&mut problems, sheet, &["amount"], MONEY, true);
    cells(&mut problems, sheet, &["start", "end"], Kind::Instant, true);
    for row in 0..sheet.rows.len() {
        note(&mut problems, !is_before(sheet, row, "start", "end"), "end_not_after_start", row);
    }
    problems
}

/// The companies.
pub fn accounts(sheet: &Sheet) -> Problems {
    let mut problems = Problems::new();
    cells(&mut problems, sheet, &["account_id"], Kind::Text, true);
    cells(&mut problems, sheet, &["starting_arr", "retained_arr", "expansion_arr"], MONEY, true);
    cells(&mut problems, sheet, &["churned", "at_risk"], Kind::Flag, true);
    cells(&mut problems, sheet, &["renewal_date"], Kind::Instant, false);
    for row in sheet.repeated("account_id") {
        note(&mut problems, true, "duplicate_id", row);
    }
    problems
}

/// The signals; what they point to must exist.
pub fn signals(sheet: &Sheet, contacts: &Sheet, accounts: &Sheet) -> Problems {
    const KINDS: &[&str] = &["churn", "upsell", "competitor", "feature_request"];
    let mut problems = Problems::new();
    cells(&mut problems, sheet, &["kind"], Kind::Choice(KINDS), true);
    cells(&mut problems, sheet, &["value"], MONEY, true);
    events(&mut problems, sheet, &["detected_at", "routed_at"]);
    let ids: BTreeSet<&str> = contacts.column("id").collect();
    let companies: BTreeSet<&str> = accounts.column("account_id").collect();
    for row in 0..sheet.rows.len() {
        let result_fits = match (sheet.text(row, "kind"), sheet.text(row, "result")) {
            (_, "") => true,
            ("churn", result) => matches!(result, "saved" | "lost"),
            ("upsell", result) => matches!(result, "won" | "lost"),
            _ => false,
        };
        note(&mut problems, !result_fits, "result_not_of_kind", row);
        note(&mut problems, is_before(sheet, row, "routed_at", "detected_at"), "routed_before_detected", row);
        note(&mut problems, !ids.contains(sheet.text(row, "interaction_id")), "no_such_interaction", row);
        note(&mut problems, !companies.contains(sheet.text(row, "account_id")), "no_such_account", row);
    }
    for kind in KINDS {
        note(&mut problems, !sheet.column("kind").any(|text| text == *kind), "kind_without_signal", 0);
    }
    problems
}

/// The fixes; what they point to must exist.
pub fn fixes(sheet: &Sheet, contacts: &Sheet) -> Problems {
    let mut problems = Problems::new();
    cells(&mut problems, sheet, &["failure_id", "flagged_at"], Kind::Text, true);
    events(&mut problems, sheet, &["flagged_at", "deployed_at", "recurred_at"]);
    let ids: BTreeSet<&str> = contacts.column("id").collect();
    for row in 0..sheet.rows.len() {
        let recurred_alone = sheet.text(row, "deployed_at").is_empty() && !sheet.text(row, "recurred_at").is_empty();
        note(&mut problems, recurred_alone, "recurred_without_deployed", row);
        note(&mut problems, is_before(sheet, row, "deployed_at", "flagged_at"), "deployed_before_flagged", row);
        note(&mut problems, is_before(sheet, row, "recurred_at", "deployed_at"), "recurred_before_deployed", row);
        note(&mut problems, !ids.contains(sheet.text(row, "interaction_id")), "no_such_interaction", row);
    }
    for row in sheet.repeated("failure_id") {
        note(&mut problems, true, "duplicate_id", row);
    }
    problems
}
