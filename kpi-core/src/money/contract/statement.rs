//! What is owed for a period, line by line, in a chain that shows any change.

use super::super::problems::{decimal, refused};
use crate::compare::from_json;
use crate::error::Result;
use crate::units::Instant;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Resolutions that hold, of a period that is billed for the first time.
    Resolutions,
    /// Resolutions of an earlier period that hold by now.
    Released,
    /// Resolutions that were paid and do not hold after all.
    ClawedBack,
    /// Resolutions that are too young to know; nothing is due for them yet.
    Held,
    /// What is over the most.
    Cap,
    /// What is lacking to the least.
    Minimum,
    /// A promise that was broken, or more than kept.
    Guarantee,
    /// An amount that was agreed on.
    Credit,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementLine {
    /// What it is about.
    pub kind: LineKind,
    /// The period, counted from 1.
    pub period: u32,
    /// What it is called.
    pub label: String,
    /// The contacts that it counts, sorted.
    pub ids: Vec<String>,
    /// What is due; below nought for the client.
    pub amount: Decimal,
    /// SHA-256 over the hash before and the line.
    pub hash: String,
}

/// How a promise stands in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// It is too early to say.
    Pending,
    /// The figure is absent, or of too few observations.
    NotJudged,
    /// It is kept.
    Kept,
    /// It is more than kept.
    Exceeded,
    /// It is broken.
    Broken,
    /// Chance may explain either.
    Inconclusive,
}

/// Where a period stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodState {
    /// Counted from 1.
    pub period: u32,
    /// Its first moment.
    pub start: Instant,
    /// The first moment after it.
    pub end: Instant,
    /// Resolutions that hold, sorted.
    pub paid: Vec<String>,
    /// Those that are too young to know.
    pub held: Vec<String>,
    /// Those that held and were recontacted later.
    pub clawed_back: Vec<String>,
    /// Those that never held, or of which nobody would know.
    pub refused: Vec<String>,
    /// Fees of what is paid, held and clawed back together.
    pub earned: Decimal,
    /// Fees of what is paid.
    pub fee: Decimal,
    /// What the held ones would bring on top.
    pub held_amount: Decimal,
    /// What the clawed-back ones would have brought on top of that.
    pub clawed_back_amount: Decimal,
    /// What the cap takes off.
    pub cap: Decimal,
    /// What the least amount adds.
    pub minimum: Decimal,
    /// Penalties and bonuses by promise.
    pub guarantees: BTreeMap<String, Decimal>,
    /// How promises stand.
    pub kept: BTreeMap<String, Kept>,
    /// What was agreed on.
    pub credits: Decimal,
}

impl PeriodState {
    fn amounts(&self) -> impl Iterator<Item = Decimal> + Clone {
        let own =
            [self.earned, self.fee, self.held_amount, self.clawed_back_amount, self.cap, self.minimum, self.credits];
        own.into_iter().chain(self.guarantees.values().copied())
    }

    /// The same without zeros at the end of amounts, as decimals are written.
    pub(super) fn tidy(mut self) -> Self {
        let own = [
            &mut self.earned,
            &mut self.fee,
            &mut self.held_amount,
            &mut self.clawed_back_amount,
            &mut self.cap,
            &mut self.minimum,
            &mut self.credits,
        ];
        for amount in own.into_iter().chain(self.guarantees.values_mut()) {
            *amount = amount.normalize();
        }
        self
    }

    /// All that is due for the period.
    pub fn due(&self) -> Decimal {
        self.fee + self.cap + self.minimum + self.guarantees.values().sum::<Decimal>() + self.credits
    }
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// `supportkpi.statement/1`.
    pub schema: String,
    /// The contract.
    pub contract: String,
    /// SHA-256 over the contract.
    pub contract_hash: String,
    /// Which statement of it, counted from 1.
    pub number: u32,
    /// The hash of the one before.
    pub previous_hash: Option<String>,
    /// The moment the data was taken.
    pub as_of: Instant,
    /// The last period that is billed, counted from 1.
    pub through: u32,
    /// Of all amounts.
    pub currency: String,
    /// What is applied to a period's fees, in order.
    pub order: Vec<String>,
    /// What is due, line by line.
    pub lines: Vec<StatementLine>,
    /// Where each period stands.
    pub periods: Vec<PeriodState>,
    /// Promises that were broken so often that contacts go to people again.
    pub fallback: Vec<String>,
    /// The sum of the lines.
    pub total: Decimal,
    /// The sum of this and all earlier totals.
    pub balance: Decimal,
    /// SHA-256 over the last line's hash and everything else.
    pub hash: String,
}

/// What a check of statements found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What does not fit, in the order of statements; nothing when all of it does.
    pub problems: Vec<String>,
}

impl Verified {
    /// Whether nothing was changed.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        serde_json::json!({"schema": "supportkpi.verified/1", "sound": self.is_sound(), "problems": self.problems})
            .to_string()
    }
}

pub(super) fn sha256(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().fold(String::from("sha256:"), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl StatementLine {
    fn hashed(&self, before: &str) -> String {
        let bare = Self { hash: String::new(), ..self.clone() };
        sha256(&[before, &serde_json::to_string(&bare).unwrap_or_default()])
    }
}

impl Statement {
    /// What the chain of lines hangs on.
    fn anchor(&self) -> String {
        let previous = self.previous_hash.as_deref().unwrap_or_default();
        sha256(&[&self.contract_hash, previous, &self.number.to_string()])
    }

    /// Gives every line and the statement its hash.
    pub(super) fn seal(&mut self) {
        let mut before = self.anchor();
        for line in &mut self.lines {
            line.hash = line.hashed(&before);
            before.clone_from(&line.hash);
        }
        self.hash = self.hashed(&before);
    }

    fn hashed(&self, last_line: &str) -> String {
        let bare = Self { hash: String::new(), ..self.clone() };
        sha256(&[last_line, &serde_json::to_string(&bare).unwrap_or_default()])
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a statement back. Whether it was changed is what [`verify`] says.
    ///
    /// # Errors
    /// When the text is no statement.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|e| refused(format!("The statement cannot be read: {e}.")))
    }

    fn problems(&self, text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let mut before = self.anchor();
        for (at, line) in self.lines.iter().enumerate() {
            if line.hashed(&before) != line.hash {
                let (number, period) = (at + 1, line.period);
                problems.push(format!("line {number} (\"{}\" of period {period}) was changed", line.label));
            }
            before.clone_from(&line.hash);
        }
        problems.extend(self.sums());
        if self.hashed(&before) != self.hash {
            problems.push("something outside the lines was changed".into());
        }
        if problems.is_empty() && self.to_json() != text {
            problems.push("it is written otherwise than it was made".into());
        }
        problems
    }
}

/// No amount is larger.
const MOST: Decimal = decimal(1_000_000_000_000_000_000, 0);

impl Statement {
    /// Sums that do not come out.
    fn sums(&self) -> Vec<String> {
        let of_periods = self.periods.iter().flat_map(PeriodState::amounts);
        let all = self.lines.iter().map(|line| line.amount).chain(of_periods).chain([self.total, self.balance]);
        if all.clone().any(|amount| amount.abs() > MOST) {
            return vec!["an amount is larger than any that is owed".into()];
        }
        let mut problems = Vec::new();
        if self.lines.iter().map(|line| line.amount).sum::<Decimal>() != self.total {
            problems.push("the lines do not sum to the total".into());
        }
        if self.periods.iter().map(PeriodState::due).sum::<Decimal>() != self.balance {
            problems.push("the periods do not sum to the balance".into());
        }
        let torn = |p: &&PeriodState| p.fee + p.held_amount + p.clawed_back_amount != p.earned;
        if let Some(period) = self.periods.iter().find(torn) {
            let number = period.period;
            problems.push(format!("what is earned in period {number} is not what is paid, held and clawed back"));
        }
        problems
    }
}

/// Checks statements of one contract, the earliest first: that no line was changed, that all of it adds up, and that each names the
/// one before.
///
/// Whoever can write a statement can write all of its hashes anew. What cannot be forged is the hash that the other party has.
pub fn verify(statements: &[&str]) -> Verified {
    let mut problems = Vec::new();
    let mut before: Option<Statement> = None;
    for (at, text) in statements.iter().enumerate() {
        let number = at + 1;
        let mut note = |problem: String| problems.push(format!("Statement {number}: {problem}."));
        let Ok(statement) = Statement::from_json(text) else {
            note("it cannot be read".into());
            continue;
        };
        statement.problems(text).into_iter().for_each(&mut note);
        if let Some(before) = &before {
            if statement.previous_hash.as_ref() != Some(&before.hash) {
                note("it does not follow the one before".into());
            }
            if before.balance.checked_add(statement.total) != Some(statement.balance) {
                note("its balance is not that of the one before and its total".into());
            }
        }
        before = Some(statement);
    }
    Verified { problems }
}

/// Statements as they were received, the earliest first: a changed byte is a changed statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Received {
    statements: Vec<String>,
}

/// [`verify`] of `{"statements": ["…"]}`, each as the text that was received.
///
/// # Errors
/// When that is not what is asked for.
pub fn verify_json(ask: &str) -> Result<Verified> {
    let Received { statements } = from_json(ask)?;
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    Ok(verify(&statements))
}
