//! Step 2: every rule on every row. Problems are collected, never stopped at the first.

mod currency;
mod findings;
mod ids;
mod rules;
mod span;

pub use findings::Findings;
pub use ids::{Ids, rows_sharing, shared_ids};
pub use rules::{RULES, Rule, explain, is_ruled};
pub use span::Span;

use crate::calendar::Zones;
use crate::error::{Error, Problem, Result};
use crate::input::block::{Block, ROWS, rare_bits_of, rows_in};
use crate::input::{Batch, Column, Limits, Table, Tables};
use crate::options::Options;
use crate::units::Instant;
use currency::Currencies;
pub use currency::OwnCurrency;

/// The instants that happened, as opposed to those that are planned: none may lie after `as_of`.
const EVENTS: [Column; 11] = [
    Column::OpenedAt,
    Column::FirstResponseAt,
    Column::ClosedAt,
    Column::ReopenedAt,
    Column::EscalatedAt,
    Column::HumanFirstResponseAt,
    Column::DetectedAt,
    Column::RoutedAt,
    Column::FlaggedAt,
    Column::DeployedAt,
    Column::RecurredAt,
];

/// What must be known of all rows of a table before a single row can be judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The moment the data was taken, if it is given.
    pub as_of: Option<Instant>,
    /// The currency of every row.
    pub currency: OwnCurrency,
    /// Rows that share their id with another row, in order.
    pub duplicates: Vec<u64>,
}

/// Checks the rows of one table, block by block, in any order.
#[derive(Debug)]
pub struct Checker<'k> {
    table: Table,
    known: &'k Known,
    zones: Zones,
    /// The columns in which anything stands in the batch at hand, and the required ones that it lacks.
    here: Vec<Column>,
    lacking: Vec<Column>,
    events: Vec<Column>,
    rules: Vec<&'static Rule>,
    currencies: Currencies,
    /// What is wrong.
    pub findings: Findings,
    /// The events of the sound rows.
    pub span: Span,
    /// How many rows break a rule.
    pub broken_rows: u64,
}

impl<'k> Checker<'k> {
    /// A checker of one table's rows.
    pub fn new(table: Table, known: &'k Known, zones: Zones) -> Self {
        Self {
            table,
            known,
            zones,
            here: Vec::new(),
            lacking: Vec::new(),
            events: Vec::new(),
            rules: Vec::new(),
            currencies: Currencies::default(),
            findings: Findings::default(),
            span: Span::default(),
            broken_rows: 0,
        }
    }

    /// The currencies that rows are in, as far as they are currencies.
    pub fn currencies_seen(&self) -> impl Iterator<Item = &str> {
        self.currencies.seen()
    }

    /// Looks at which columns a batch has; to be called before its rows are checked.
    pub fn begin(&mut self, block: &mut Block, batch: &Batch<'_>) {
        self.here.clear();
        self.lacking.clear();
        for column in self.table.columns() {
            if batch.get(column).is_some() || batch.problems().iter().any(|p| p.column == column) {
                self.here.push(column);
                continue;
            }
            block.forget(column);
            if column.required() {
                self.lacking.push(column);
            }
        }
        self.events = EVENTS.into_iter().filter(|c| self.here.contains(c)).collect();
        self.rules = RULES.iter().filter(|r| r.broken.is_some() && self.here.contains(&r.column)).collect();
    }

    /// Decodes the rows of a batch from `start` on into the block, and gives those of them that break a rule.
    /// `first_row` is the place of the batch's first row in its table.
    pub fn check(&mut self, block: &mut Block, batch: &Batch<'_>, start: usize, first_row: u64) -> u64 {
        block.load(batch, start, &self.here, self.zones);
        let mut found = Found { checker: self, block, batch, start, first_row, broken: 0 };
        found.unreadable();
        found.columns();
        found.relations();
        found.duplicates();
        found.currency();
        found.after();
        let broken = found.broken;
        self.broken_rows += u64::from(broken.count_ones());
        let Self { span, events, .. } = self;
        span.widen_by_events(block, events, block.all() & !broken);
        broken
    }
}

/// What is found in one block.
struct Found<'c, 'k, 'b> {
    checker: &'c mut Checker<'k>,
    block: &'c mut Block,
    batch: &'c Batch<'b>,
    start: usize,
    first_row: u64,
    broken: u64,
}

impl Found<'_, '_, '_> {
    fn report(&mut self, rule: &'static str, column: Column, rows: u64) {
        self.broken |= rows;
        for row in rows_in(rows) {
            self.found(rule, column, row, None);
        }
    }

    fn found(&mut self, rule: &'static str, column: Column, row: usize, value: Option<&str>) {
        let (batch, at, zones) = (self.batch, self.start + row, self.checker.zones);
        let row = self.first_row + at as u64;
        self.checker.findings.add(batch.table(), rule, row, column, || {
            let show = |c: Column| batch.get(c).and_then(|cells| cells.show_as(c.kind(), zones, at));
            let unreadable = || batch.unreadable(at, column).map(|p| p.value.clone());
            let value = value.map(str::to_owned).or_else(|| show(column)).or_else(unreadable);
            (batch.table().id_column().and_then(show), value)
        });
    }

    fn unreadable(&mut self) {
        let (batch, start) = (self.batch, self.start);
        let problems = batch.problems();
        let from = problems.partition_point(|p| p.row < start);
        for problem in problems.iter().skip(from).take_while(|p| p.row < start + ROWS) {
            let row = problem.row - start;
            self.block.mark_unreadable(problem.column, row);
            self.broken |= 1 << row;
            self.found(problem.rule, problem.column, row, Some(&problem.value));
        }
    }

    fn columns(&mut self) {
        let all = self.block.all();
        for at in 0..self.checker.lacking.len() {
            self.report("missing_required", self.checker.lacking[at], all);
        }
        for at in 0..self.checker.here.len() {
            let column = self.checker.here[at];
            let lane = self.block.lane(column);
            let missing = all & !lane.present;
            if lane.is_sound() && !(column.required() && missing != 0) {
                continue;
            }
            let lane = *lane;
            if column.required() {
                self.report("missing_required", column, missing);
            }
            self.report("wrong_type", column, lane.wrong_type);
            self.report("not_finite", column, lane.not_finite);
            self.report("naive_timestamp", column, lane.naive);
            self.report("unknown_value", column, lane.unknown_value);
            self.report("out_of_range", column, lane.out_of_range);
        }
    }

    fn relations(&mut self) {
        for at in 0..self.checker.rules.len() {
            let rule = self.checker.rules[at];
            if let Some(broken) = rule.broken {
                let rows = broken(self.block);
                self.report(rule.name, rule.column, rows);
            }
        }
    }

    fn duplicates(&mut self) {
        let Some(column) = self.checker.table.id_column() else { return };
        let first = self.first_row + self.start as u64;
        let duplicates = &self.checker.known.duplicates;
        let from = duplicates.partition_point(|row| *row < first);
        let own = duplicates.iter().skip(from).map(|row| row - first).take_while(|row| *row < ROWS as u64);
        let rows = own.fold(0, |mask, row| mask | 1 << row) & self.block.all();
        self.report("duplicate_id", column, rows);
    }

    fn currency(&mut self) {
        let rows = self.block.known(Column::Currency);
        if rows == 0 || self.checker.table != Table::Interactions {
            return;
        }
        let own = &self.checker.known.currency;
        let (unknown, wrong) = self.checker.currencies.judge(self.batch, self.start, rows, own);
        self.report("unknown_value", Column::Currency, unknown);
        self.report("currency_mismatch", Column::Currency, wrong);
    }

    fn after(&mut self) {
        let Some(as_of) = self.checker.known.as_of.map(Instant::nanos) else { return };
        for at in 0..self.checker.events.len() {
            let column = self.checker.events[at];
            let (values, known) = (self.block.whole(column), self.block.known(column));
            if known != 0 {
                let late = rare_bits_of(|row| values[row] > as_of) & known;
                let rule = if column == Column::OpenedAt { "opened_after_as_of" } else { "after_as_of" };
                self.report(rule, column, late);
            }
        }
    }
}

/// What the rules found in the tables beside the interactions.
#[derive(Debug)]
pub struct SideTables {
    /// For each table, for each block of 64 rows of its batches: the broken rows.
    broken: [Vec<u64>; 5],
    /// What is wrong.
    pub findings: Findings,
    /// The events of the sound rows.
    pub span: Span,
}

impl SideTables {
    /// Checks every rule on every row of the costs, accounts, signals and fixes.
    ///
    /// # Errors
    /// When a table has more rows than allowed.
    pub fn check(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Self> {
        let mut sides = Self { broken: Default::default(), findings: Findings::default(), span: Span::default() };
        for table in Table::ALL.into_iter().filter(|t| *t != Table::Interactions) {
            limits.check_rows(table, tables.rows(table))?;
            let batches = tables.table(table);
            let known = Known { as_of: options.as_of, duplicates: shared_ids(table, batches), ..Known::default() };
            let mut checker = Checker::new(table, &known, options.zones());
            let (mut block, mut first_row) = (Block::default(), 0);
            for batch in batches {
                checker.begin(&mut block, batch);
                for start in (0..batch.rows()).step_by(ROWS) {
                    let broken = checker.check(&mut block, batch, start, first_row);
                    sides.broken[place(table)].push(broken);
                }
                first_row += batch.rows() as u64;
            }
            sides.findings.merge(checker.findings);
            sides.span.merge(checker.span);
        }
        Ok(sides)
    }

    /// The broken rows of one block of a table; blocks are counted over its batches, each batch beginning a new one.
    pub fn broken(&self, table: Table, block: usize) -> u64 {
        self.broken[place(table)].get(block).copied().unwrap_or(0)
    }
}

fn place(table: Table) -> usize {
    Table::ALL.iter().position(|t| *t == table).unwrap_or(0)
}

/// One error that lists every broken rule with its count, its first rows, and how to mend them.
pub fn error_of(problems: Vec<Problem>) -> Error {
    rules::error_of(problems)
}
