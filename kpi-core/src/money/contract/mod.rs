//! Paid by outcome: what is owed for a period, as a function of contract, contacts and the statement before (SPEC 7.7).

mod promises;
mod statement;
mod terms;

pub use statement::{Kept, LineKind, PeriodState, Statement, StatementLine, Verified, verify, verify_json};
pub use terms::{Basis, Contract, Credit, Due, Guarantee};

use super::problems::refused;
use crate::calendar::Periods;
use crate::compare::stories;
use crate::error::Result;
use crate::facts::Story;
use crate::facts::rows::HOUR;
use crate::input::{Handling, Limits, Outcome, Tables};
use crate::options::Options;
use crate::report::report;
use crate::units::Instant;
use promises::Judge;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use statement::sha256;
use std::collections::{BTreeMap, BTreeSet};

/// What is applied to a period's fees, in order.
const ORDER: [&str; 5] = ["fee", "cap", "minimum", "guarantees", "credits"];
/// Ten years of days.
const MOST_PERIODS: u32 = 3_660;

/// What is to be settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleAsk {
    /// What was agreed on.
    pub contract: Contract,
    /// The last period that is billed, counted from 1.
    pub through: u32,
    /// The statement before, if there is one.
    #[serde(default)]
    pub previous: Option<Statement>,
}

impl SettleAsk {
    /// The options by which contacts are looked at: the contract's own, with those that it leaves open.
    #[must_use]
    pub fn options(&self, options: &Options) -> Options {
        let contract = &self.contract;
        let kpis: BTreeSet<String> = contract.guarantees.iter().map(|guarantee| guarantee.kpi.clone()).collect();
        Options {
            recontact_hours: contract.verify_hours,
            time_zone: contract.time_zone.clone(),
            every: Some(contract.every),
            by: Vec::new(),
            currency: Some(contract.currency.clone()),
            kpis: Some(kpis.into_iter().collect()),
            targets: Vec::new(),
            ..options.clone()
        }
    }
}

/// Says what is owed for all periods up to one: that period, and whatever has come out about earlier ones since.
///
/// A resolution belongs to the period in which it was closed. It is paid once it holds (`verify_hours`), held until then, and taken back
/// if the customer returns within `clawback_hours`. Each period is calculated anew from what is known now, and a statement bills the
/// difference to what was billed before; so it does not matter in how many statements a contract is settled, and settling again
/// what has not changed bills nothing.
///
/// # Errors
/// As [`report`]; when the contract makes no sense, the period is not over, or the statement before is not of this contract or was
/// changed.
pub fn settle(tables: &Tables<'_>, options: &Options, ask: &SettleAsk, limits: &Limits) -> Result<Statement> {
    let SettleAsk { contract, through, previous } = ask;
    let (through, previous) = (*through, previous.as_ref());
    contract.validate()?;
    let contract_hash = sha256(&[&serde_json::to_string(&contract.clone().tidy()).unwrap_or_default()]);
    let asked = ask.options(options);
    let told = stories(tables, &asked, limits)?;
    let as_of = Instant::from_nanos(told.as_of);
    check(contract, &contract_hash, through, as_of, previous)?;
    let figures = if contract.guarantees.is_empty() { None } else { Some(report(tables, &asked, limits)?) };
    let judge = Judge { contract, figures: figures.as_ref(), as_of };
    let periods = sorted_into_periods(contract, through, &told.stories, as_of);
    let judged = |period| judge.judged(contract.priced(period)).tidy();
    let periods: Vec<PeriodState> = periods.into_iter().map(judged).collect();
    let lines = lines(contract, &periods, previous);
    let total: Decimal = lines.iter().map(|line| line.amount).sum();
    let mut statement = Statement {
        schema: "supportkpi.statement/1".into(),
        contract: contract.id.clone(),
        contract_hash,
        number: previous.map_or(1, |previous| previous.number.saturating_add(1)),
        previous_hash: previous.map(|previous| previous.hash.clone()),
        as_of,
        through,
        currency: contract.currency.clone(),
        order: ORDER.map(str::to_owned).to_vec(),
        lines,
        fallback: judge.fallen_back(&periods),
        periods,
        balance: (previous.map_or(Decimal::ZERO, |previous| previous.balance) + total).normalize(),
        total: total.normalize(),
        hash: String::new(),
    };
    statement.seal();
    Ok(statement)
}

fn check(
    contract: &Contract,
    contract_hash: &str,
    through: u32,
    as_of: Instant,
    previous: Option<&Statement>,
) -> Result<()> {
    if through == 0 || through > MOST_PERIODS {
        return Err(refused(format!("`through` is {through}; it must be 1 to {MOST_PERIODS}.")));
    }
    let end = contract.bounds(through).1;
    if as_of < end {
        return Err(refused(format!(
            "Period {through} ends at {end} and the data was taken at {as_of}; a period is settled when it is over."
        )));
    }
    let Some(previous) = previous else { return Ok(()) };
    if previous.contract_hash != contract_hash {
        return Err(refused("The statement before is of another contract, or of another version of it."));
    }
    let text = previous.to_json();
    if let Some(problem) = verify(&[&text]).problems.first() {
        return Err(refused(format!("The statement before was changed. {problem}")));
    }
    if previous.through > through || previous.as_of > as_of {
        return Err(refused(format!(
            "The statement before goes to period {} with data of {}, which is later than what is asked for.",
            previous.through, previous.as_of
        )));
    }
    Ok(())
}

impl Contract {
    /// The ends of a period, counted from 1. The first one begins with the contract.
    fn bounds(&self, period: u32) -> (Instant, Instant) {
        let periods = Periods::new(self.every, self.time_zone.parse().unwrap_or(chrono_tz::UTC));
        let index = periods.index_of(self.start) + i64::from(period) - 1;
        (periods.start(index).max(self.start), periods.end(index))
    }

    /// What the resolutions of a period come to.
    fn priced(&self, mut period: PeriodState) -> PeriodState {
        let (paid, held, back) = (period.paid.len(), period.held.len(), period.clawed_back.len());
        let with_held = self.fee_of(paid + held);
        period.fee = self.fee_of(paid);
        period.earned = self.fee_of(paid + held + back);
        period.held_amount = with_held - period.fee;
        period.clawed_back_amount = period.earned - with_held;
        period.cap = self.cap.map_or(Decimal::ZERO, |cap| (cap - period.fee).min(Decimal::ZERO));
        period.minimum = (self.minimum - period.fee - period.cap).max(Decimal::ZERO);
        let own = self.credits.iter().filter(|credit| credit.period == period.period);
        period.credits = own.map(|credit| credit.amount.round_dp(self.places)).sum();
        period
    }

    /// Where a resolution belongs.
    fn class_of(&self, story: &Story, as_of: i64) -> Class {
        let (window, long) = (i64::from(self.verify_hours) * HOUR, i64::from(self.clawback_hours) * HOUR);
        if story.is_verified(window, as_of) {
            return if story.is_back_within(long) { Class::ClawedBack } else { Class::Paid };
        }
        let disproved = story.confirmed == Some(false) || story.is_back_within(window);
        // Without a customer nobody would see a return; waiting tells nothing.
        let unverifiable = story.customer.is_none() && story.confirmed.is_none();
        if disproved || unverifiable || story.is_ripe(window, as_of) { Class::Refused } else { Class::Held }
    }
}

enum Class {
    Paid,
    Held,
    ClawedBack,
    Refused,
}

/// Every resolution by the AI alone, in the period in which it was closed; ids in order.
fn sorted_into_periods(contract: &Contract, through: u32, stories: &[Story], as_of: Instant) -> Vec<PeriodState> {
    let empty = |period: u32| {
        let (start, end) = contract.bounds(period);
        PeriodState {
            period,
            start,
            end,
            paid: Vec::new(),
            held: Vec::new(),
            clawed_back: Vec::new(),
            refused: Vec::new(),
            earned: Decimal::ZERO,
            fee: Decimal::ZERO,
            held_amount: Decimal::ZERO,
            clawed_back_amount: Decimal::ZERO,
            cap: Decimal::ZERO,
            minimum: Decimal::ZERO,
            guarantees: BTreeMap::new(),
            kept: BTreeMap::new(),
            credits: Decimal::ZERO,
        }
    };
    let mut periods: Vec<PeriodState> = (1..=through).map(empty).collect();
    for story in stories {
        let claimed = story.handling == Handling::Ai && story.outcome == Some(Outcome::Resolved);
        let Some(closed) = story.closed.filter(|_| claimed).map(Instant::from_nanos) else { continue };
        let at = periods.partition_point(|period| period.end <= closed);
        let Some(period) = periods.get_mut(at).filter(|period| period.start <= closed) else { continue };
        let list = match contract.class_of(story, as_of.nanos()) {
            Class::Paid => &mut period.paid,
            Class::Held => &mut period.held,
            Class::ClawedBack => &mut period.clawed_back,
            Class::Refused => &mut period.refused,
        };
        list.push(story.id.clone());
    }
    for period in &mut periods {
        for list in [&mut period.paid, &mut period.held, &mut period.clawed_back, &mut period.refused] {
            list.sort_unstable();
        }
    }
    periods
}

/// What is due for each period beyond what was billed before.
fn lines(contract: &Contract, periods: &[PeriodState], previous: Option<&Statement>) -> Vec<StatementLine> {
    let billed = |period: u32| previous.and_then(|p| p.periods.iter().find(|before| before.period == period));
    let mut lines = Vec::new();
    for period in periods {
        let mut add = |kind, label: &str, ids: Vec<String>, amount: Decimal| {
            if !amount.is_zero() || !ids.is_empty() {
                let (label, amount) = (label.to_owned(), amount.normalize());
                lines.push(StatementLine { kind, period: period.period, label, ids, amount, hash: String::new() });
            }
        };
        let before = billed(period.period);
        match before {
            None => add(LineKind::Resolutions, "resolutions that hold", period.paid.clone(), period.fee),
            Some(before) => {
                let (released, back) = (beyond(&period.paid, &before.paid), beyond(&before.paid, &period.paid));
                let with_released = contract.fee_of(before.paid.len() + released.len());
                add(LineKind::Released, "resolutions that hold by now", released, with_released - before.fee);
                add(
                    LineKind::ClawedBack,
                    "resolutions that were paid and do not hold",
                    back,
                    period.fee - with_released,
                );
            }
        }
        if before.is_none_or(|before| before.held != period.held) {
            add(LineKind::Held, "resolutions that are too young to know", period.held.clone(), Decimal::ZERO);
        }
        let was = |pick: fn(&PeriodState) -> Decimal| before.map_or(Decimal::ZERO, pick);
        add(LineKind::Cap, "over the most", Vec::new(), period.cap - was(|p| p.cap));
        add(LineKind::Minimum, "lacking to the least", Vec::new(), period.minimum - was(|p| p.minimum));
        for (name, amount) in &period.guarantees {
            let earlier = before.and_then(|before| before.guarantees.get(name)).copied().unwrap_or_default();
            add(LineKind::Guarantee, name, Vec::new(), *amount - earlier);
        }
        if before.is_none() {
            for credit in contract.credits.iter().filter(|credit| credit.period == period.period) {
                add(LineKind::Credit, &credit.label, Vec::new(), credit.amount.round_dp(contract.places));
            }
        }
    }
    lines
}

/// Those of a sorted list that are not in another.
fn beyond(list: &[String], other: &[String]) -> Vec<String> {
    let other: BTreeSet<&String> = other.iter().collect();
    list.iter().filter(|id| !other.contains(id)).cloned().collect()
}
