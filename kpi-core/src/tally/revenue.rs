//! The accounts, signals and fixes tables: what revenue figures and the feedback loop rest on.

use super::digest::{Digest, Source};
use super::measures::{Feature, Plan};
use crate::calendar::local_day;
use crate::check::SideTables;
use crate::error::{Code, Error, Result};
use crate::facts::each_block;
use crate::input::block::{Block, rows_in};
use crate::input::{Batch, Column, Data, Table, Tables};
use crate::options::Options;
use crate::units::{Day, ExactSum};
use std::collections::{BTreeMap, BTreeSet};

/// What the accounts table says of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFacts {
    /// Recurring revenue at the start.
    pub starting: Option<ExactSum>,
    /// Of that, what is still there.
    pub retained: Option<ExactSum>,
    /// What came on top.
    pub expansion: Option<ExactSum>,
    /// Judged at risk.
    pub at_risk: bool,
    /// When its contract renews.
    pub renews: Option<Day>,
}

/// Signals of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignalFacts {
    /// How many.
    pub count: u64,
    /// Ended well: saved, or won.
    pub good: u64,
    /// Ended badly: lost.
    pub bad: u64,
    /// Routed on the day of detection.
    pub same_day: u64,
    /// Value of all of them.
    pub value: ExactSum,
    /// How many of them have a value.
    pub valued: u64,
    /// Value of those that ended well.
    pub good_value: ExactSum,
    /// How many of those have a value.
    pub good_valued: u64,
    /// How many of all name a feature or a rival.
    pub labelled: u64,
}

/// What is kept of one fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixFacts {
    /// Nanoseconds from flag to deployment.
    pub took: Option<i64>,
    /// It came back.
    pub recurred: bool,
}

/// State of the revenue and feedback figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revenue {
    /// Accounts by id.
    pub accounts: BTreeMap<String, AccountFacts>,
    /// Accounts for which the AI alone solved at least one contact, verified.
    pub served: BTreeSet<String>,
    /// Churn, upsell, competitor, feature request.
    pub signals: [SignalFacts; 4],
    /// Accounts with a churn signal.
    pub churn_accounts: BTreeSet<String>,
    /// For each wish, the accounts behind it.
    pub wishes: BTreeMap<String, BTreeSet<String>>,
    /// Fixes by the id of the failure.
    pub fixes: BTreeMap<String, FixFacts>,
}

impl Revenue {
    /// Reads the three small tables, as far as the plan wants them.
    pub(super) fn read(
        &mut self,
        tables: &Tables<'_>,
        sides: &SideTables,
        options: &Options,
        plan: &Plan,
        present: &mut BTreeSet<Column>,
        digest: &mut Digest,
    ) {
        let wanted = [
            (Table::Costs, true),
            (Table::Accounts, plan.wants(Feature::Accounts) || plan.wants(Feature::Signals)),
            (Table::Signals, plan.wants(Feature::Signals)),
            (Table::Fixes, plan.wants(Feature::Fixes)),
        ];
        for (table, _) in wanted.into_iter().filter(|(_, wanted)| *wanted) {
            let columns: Vec<Column> = table.columns().collect();
            let mut block = Block::default();
            for (number, batch, start) in each_block(tables, table) {
                block.load(batch, start, &columns, options.zones());
                let sound = block.all() & !sides.broken(table, number);
                present.extend(columns.iter().filter(|c| block.known(**c) & sound != 0));
                // Every part of a whole has the same costs; the fingerprint takes them from the entries, once.
                if table != Table::Costs {
                    block.hash_texts(batch, start, &columns, sound);
                    digest.add(&Source { block: &block, batch, start, zones: options.zones() }, sound, &columns, &[]);
                }
                let reader = Reader { block: &block, batch, start, options };
                for row in rows_in(sound) {
                    match table {
                        Table::Accounts => reader.account(row, &mut self.accounts),
                        Table::Signals => reader.signal(row, self),
                        Table::Fixes => reader.fix(row, &mut self.fixes),
                        Table::Costs | Table::Interactions => {}
                    }
                }
            }
        }
    }

    /// Adds another part. Accounts and fixes given to both parts must agree; signals are added up.
    pub(super) fn merge(&mut self, other: &Self) -> Result<()> {
        merge_by_id(&mut self.accounts, &other.accounts, "accounts", "account_id")?;
        merge_by_id(&mut self.fixes, &other.fixes, "fixes", "failure_id")?;
        self.served.extend(other.served.iter().cloned());
        self.churn_accounts.extend(other.churn_accounts.iter().cloned());
        for (wish, accounts) in &other.wishes {
            self.wishes.entry(wish.clone()).or_default().extend(accounts.iter().cloned());
        }
        for (mine, theirs) in self.signals.iter_mut().zip(&other.signals) {
            mine.count += theirs.count;
            mine.good += theirs.good;
            mine.bad += theirs.bad;
            mine.same_day += theirs.same_day;
            mine.value.merge(&theirs.value);
            mine.valued += theirs.valued;
            mine.good_value.merge(&theirs.good_value);
            mine.good_valued += theirs.good_valued;
            mine.labelled += theirs.labelled;
        }
        Ok(())
    }
}

fn merge_by_id<T: Clone + PartialEq>(
    mine: &mut BTreeMap<String, T>,
    theirs: &BTreeMap<String, T>,
    table: &str,
    column: &str,
) -> Result<()> {
    for (id, facts) in theirs {
        match mine.get(id) {
            Some(own) if own != facts => {
                let text = format!(
                    "Two parts say different things of {column} \"{id}\" in {table}. Give each row of {table} to one part only."
                );
                return Err(Error::new(Code::InvalidRows, text));
            }
            Some(_) => {}
            None => drop(mine.insert(id.clone(), facts.clone())),
        }
    }
    Ok(())
}

struct Reader<'r, 'b> {
    block: &'r Block,
    batch: &'r Batch<'b>,
    start: usize,
    options: &'r Options,
}

impl Reader<'_, '_> {
    fn knows(&self, column: Column, row: usize) -> bool {
        self.block.known(column) >> row & 1 == 1
    }

    fn text(&self, column: Column, row: usize) -> Option<String> {
        let Data::Text(text) = &self.batch.get(column)?.data else { return None };
        let bytes = self.knows(column, row).then(|| text.get(self.start + row))??;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    fn sum(&self, column: Column, row: usize) -> Option<ExactSum> {
        let amount = self.block.amount(column, row);
        self.knows(column, row).then(|| ExactSum::from_scaled(amount.units, u32::from(amount.scale)))
    }

    fn instant(&self, column: Column, row: usize) -> Option<i64> {
        self.knows(column, row).then(|| self.block.whole(column)[row])
    }

    fn account(&self, row: usize, accounts: &mut BTreeMap<String, AccountFacts>) {
        let Some(id) = self.text(Column::AccountsAccountId, row) else { return };
        let renews = self.instant(Column::RenewalDate, row).and_then(|d| i32::try_from(d).ok()).map(Day);
        let facts = AccountFacts {
            starting: self.sum(Column::StartingArr, row),
            retained: self.sum(Column::RetainedArr, row),
            expansion: self.sum(Column::ExpansionArr, row),
            at_risk: self.block.yes(Column::AtRisk) >> row & 1 == 1,
            renews,
        };
        accounts.insert(id, facts);
    }

    fn signal(&self, row: usize, revenue: &mut Revenue) {
        let Some(kind) = (0..4).find(|k| self.block.is_word(Column::SignalKind, *k) >> row & 1 == 1) else { return };
        let account = self.text(Column::SignalsAccountId, row);
        let value = self.sum(Column::SignalValue, row);
        let result = |word| self.block.is_word(Column::Result, word) >> row & 1 == 1;
        let Some(facts) = revenue.signals.get_mut(kind) else { return };
        facts.count += 1;
        facts.valued += u64::from(value.is_some());
        facts.value.merge(&value.unwrap_or_default());
        if result(0) || result(2) {
            facts.good += 1;
            facts.good_valued += u64::from(value.is_some());
            facts.good_value.merge(&value.unwrap_or_default());
        }
        facts.bad += u64::from(result(1));
        let zone = self.options.zone();
        let day = |column| self.instant(column, row).map(|at| local_day(crate::units::Instant::from_nanos(at), zone));
        let routed = day(Column::RoutedAt);
        facts.same_day += u64::from(routed.is_some() && routed == day(Column::DetectedAt));
        facts.labelled += u64::from(self.knows(Column::Label, row));
        match kind {
            0 => revenue.churn_accounts.extend(account),
            3 => {
                if let Some(label) = self.text(Column::Label, row) {
                    revenue.wishes.entry(label).or_default().extend(account);
                }
            }
            _ => {}
        }
    }

    fn fix(&self, row: usize, fixes: &mut BTreeMap<String, FixFacts>) {
        let Some(id) = self.text(Column::FailureId, row) else { return };
        let flagged = self.block.whole(Column::FlaggedAt)[row];
        let took = self.instant(Column::DeployedAt, row).map(|at| at.saturating_sub(flagged));
        fixes.insert(id, FixFacts { took, recurred: self.knows(Column::RecurredAt, row) });
    }
}
