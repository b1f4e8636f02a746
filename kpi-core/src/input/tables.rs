//! The five tables together, and how large an input may be.

use super::columns::Table;
use super::data::Batch;
use super::rows::{Account, Cost, Fix, Interaction, Signal};
use super::watch::Watch;
use crate::error::{Code, Error, Result};

/// What an input may be at most, and what it may take. The defaults suit a server that reads what strangers send; raise
/// what you need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Rows of one table.
    pub rows: usize,
    /// Bytes of one text.
    pub text_bytes: usize,
    /// Years between the first and the last instant.
    pub span_years: i64,
    /// How deep JSON may nest.
    pub nesting: usize,
    /// Threads that may work on one report. No figure depends on how many they are.
    pub threads: usize,
    /// Rows that one thread counts before another is worth its start.
    pub rows_a_thread: u64,
    /// Who watches, and may stop it.
    pub watch: Watch,
}

impl Default for Limits {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let watch = Watch::NOBODY;
        Self {
            rows: 100_000_000,
            text_bytes: 65_536,
            span_years: 200,
            nesting: 32,
            threads,
            rows_a_thread: 50_000,
            watch,
        }
    }
}

impl Limits {
    /// # Errors
    /// When a table has more rows than allowed.
    pub fn check_rows(&self, table: Table, rows: usize) -> Result<()> {
        if rows <= self.rows {
            return Ok(());
        }
        let (name, most) = (table.name(), self.rows);
        Err(Error::new(
            Code::LimitExceeded,
            format!(
                "{name} has {rows} rows, and the limit is {most}. Raise `Limits::rows` if the input is to be trusted."
            ),
        ))
    }
}

/// The input of a report: batches of the five tables. Only `interactions` is needed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables<'a> {
    /// One row a contact.
    pub interactions: Vec<Batch<'a>>,
    /// What no single contact carries.
    pub costs: Vec<Batch<'a>>,
    /// Customer companies.
    pub accounts: Vec<Batch<'a>>,
    /// What conversations gave away.
    pub signals: Vec<Batch<'a>>,
    /// Failures and their repair.
    pub fixes: Vec<Batch<'a>>,
}

impl<'a> Tables<'a> {
    /// Tables that hold these contacts and nothing else.
    pub fn of(interactions: &[Interaction]) -> Self {
        Self { interactions: vec![Interaction::batch(interactions)], ..Self::default() }
    }

    /// Adds costs.
    #[must_use]
    pub fn with_costs(mut self, rows: &[Cost]) -> Self {
        self.costs.push(Cost::batch(rows));
        self
    }

    /// Adds accounts.
    #[must_use]
    pub fn with_accounts(mut self, rows: &[Account]) -> Self {
        self.accounts.push(Account::batch(rows));
        self
    }

    /// Adds signals.
    #[must_use]
    pub fn with_signals(mut self, rows: &[Signal]) -> Self {
        self.signals.push(Signal::batch(rows));
        self
    }

    /// Adds fixes.
    #[must_use]
    pub fn with_fixes(mut self, rows: &[Fix]) -> Self {
        self.fixes.push(Fix::batch(rows));
        self
    }

    /// The batches of one table.
    pub fn table(&self, table: Table) -> &[Batch<'a>] {
        match table {
            Table::Interactions => &self.interactions,
            Table::Costs => &self.costs,
            Table::Accounts => &self.accounts,
            Table::Signals => &self.signals,
            Table::Fixes => &self.fixes,
        }
    }

    /// Adds a batch to the table it says it belongs to.
    pub fn push(&mut self, batch: Batch<'a>) {
        match batch.table() {
            Table::Interactions => self.interactions.push(batch),
            Table::Costs => self.costs.push(batch),
            Table::Accounts => self.accounts.push(batch),
            Table::Signals => self.signals.push(batch),
            Table::Fixes => self.fixes.push(batch),
        }
    }

    /// How many rows one table has.
    pub fn rows(&self, table: Table) -> usize {
        self.table(table).iter().map(Batch::rows).sum()
    }
}
