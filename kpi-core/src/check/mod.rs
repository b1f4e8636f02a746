//! Step 2: every rule on every row. Problems are collected, never stopped at the first.

mod duplicates;
mod findings;
mod rules;

pub use rules::{RULES, Rule, explain};

use crate::calendar::Zones;
use crate::error::{Code, Error, Problem, Result};
use crate::input::block::{Block, ROWS, rows_in};
use crate::input::{Batch, Column, Limits, Table, Tables};
use crate::options::{OnInvalid, Options};
use crate::units::{Instant, is_currency};
use findings::Findings;
use std::collections::BTreeSet;

/// What the rules found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// For each table (in the order of [`Table::ALL`]), for each block of 64 rows of its batches: the broken rows.
    broken: [Vec<u64>; 5],
    /// Every broken rule, by table and name.
    pub problems: Vec<Problem>,
    /// The report's currency.
    pub currency: String,
    /// The moment the data was taken; nothing if there is no usable row at all.
    pub as_of: Option<Instant>,
    /// First and last event of the usable rows.
    pub span: Option<(Instant, Instant)>,
}

impl Checked {
    /// The broken rows of one block of a table; blocks are counted over its batches, each batch beginning a new one.
    pub fn broken(&self, table: Table, block: usize) -> u64 {
        self.broken[place(table)].get(block).copied().unwrap_or(0)
    }

    /// How many rows of a table break a rule.
    pub fn broken_rows(&self, table: Table) -> u64 {
        self.broken[place(table)].iter().map(|w| u64::from(w.count_ones())).sum()
    }
}

fn place(table: Table) -> usize {
    Table::ALL.iter().position(|t| *t == table).unwrap_or(0)
}

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

/// Checks every rule on every row of every table.
///
/// # Errors
/// With `on_invalid = "error"`, when any row breaks any rule; always, when the input passes the limits.
pub fn check(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Checked> {
    let mut findings = Findings::default();
    let mut broken: [Vec<u64>; 5] = Default::default();
    let (own, currency) = currencies(&tables.interactions, options);
    let mut span = Span::default();
    for (table, broken) in Table::ALL.into_iter().zip(&mut broken) {
        limits.check_rows(table, tables.rows(table))?;
        let batches = tables.table(table);
        let mut duplicates = duplicates::duplicate_rows(table, batches);
        let columns: Vec<Column> = table.columns().collect();
        let mut block = Block::default();
        let mut first_row = 0;
        for batch in batches {
            for start in (0..batch.rows()).step_by(ROWS) {
                block.load(batch, start, &columns, options.zones());
                let zones = options.zones();
                let mut scope = BlockCheck {
                    batch,
                    block: &mut block,
                    start,
                    first_row,
                    zones,
                    findings: &mut findings,
                    broken: 0,
                };
                scope.unreadable();
                scope.columns(&columns);
                scope.relations(table);
                scope.duplicates(table, &mut duplicates);
                scope.currency(table, own.as_deref());
                scope.after(options.as_of);
                let found = scope.broken;
                span.widen(&block, &columns, block.all() & !found);
                broken.push(found);
            }
            first_row += batch.rows();
        }
    }
    span.check(limits)?;
    let problems = findings.finish();
    if options.on_invalid == OnInvalid::Error && !problems.is_empty() {
        return Err(rules::error_of(problems));
    }
    Ok(Checked { broken, problems, currency, as_of: options.as_of.or_else(|| span.latest()), span: span.ends() })
}

/// What a row's currency must be (nothing: no currency can be right), and the report's.
fn currencies(batches: &[Batch<'_>], options: &Options) -> (Option<String>, String) {
    if let Some(asked) = &options.currency {
        return (Some(asked.clone()), asked.clone());
    }
    let mut seen = BTreeSet::new();
    for batch in batches {
        let Some(cells) = batch.get(Column::Currency) else { continue };
        for row in 0..batch.rows() {
            if let Some(code) = cells.show(row).filter(|c| is_currency(c)) {
                seen.insert(code);
            }
        }
    }
    match (seen.len(), seen.pop_first()) {
        (1, Some(one)) => (Some(one.clone()), one),
        _ => (None, "USD".into()),
    }
}

#[derive(Default)]
struct Span {
    latest: Option<i64>,
    earliest: Option<i64>,
}

impl Span {
    fn widen(&mut self, block: &Block, columns: &[Column], sound: u64) {
        for column in columns.iter().filter(|c| EVENTS.contains(c)) {
            let values = block.whole(*column);
            for row in rows_in(block.known(*column) & sound) {
                let at = values[row];
                self.latest = Some(self.latest.map_or(at, |l| l.max(at)));
                self.earliest = Some(self.earliest.map_or(at, |e| e.min(at)));
            }
        }
    }

    fn latest(&self) -> Option<Instant> {
        self.latest.map(Instant::from_nanos)
    }

    fn ends(&self) -> Option<(Instant, Instant)> {
        self.earliest.map(Instant::from_nanos).zip(self.latest())
    }

    fn check(&self, limits: &Limits) -> Result<()> {
        const YEAR: i64 = 365 * 86_400 * 1_000_000_000;
        let (Some(from), Some(to)) = (self.earliest, self.latest) else { return Ok(()) };
        if to.saturating_sub(from) / YEAR < limits.span_years {
            return Ok(());
        }
        let (from, to, most) = (Instant::from_nanos(from), Instant::from_nanos(to), limits.span_years);
        Err(Error::new(
            Code::LimitExceeded,
            format!(
                "The events run from {from} to {to}, and the limit is {most} years. Look for a date with a wrong year, or raise `Limits::span_years`."
            ),
        ))
    }
}

struct BlockCheck<'c, 'b> {
    batch: &'c Batch<'b>,
    block: &'c mut Block,
    start: usize,
    first_row: usize,
    zones: Zones,
    findings: &'c mut Findings,
    broken: u64,
}

impl BlockCheck<'_, '_> {
    fn report(&mut self, rule: &'static str, column: Column, rows: u64) {
        if rows == 0 {
            return;
        }
        self.broken |= rows;
        for row in rows_in(rows) {
            self.found(rule, column, row, None);
        }
    }

    fn found(&mut self, rule: &'static str, column: Column, row: usize, value: Option<&str>) {
        let (batch, at, zones) = (self.batch, self.start + row, self.zones);
        let row = (self.first_row + at) as u64;
        self.findings.add(batch.table(), rule, row, column, || {
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

    fn columns(&mut self, columns: &[Column]) {
        let all = self.block.all();
        for &column in columns {
            let lane = *self.block.lane(column);
            if column.required() {
                self.report("missing_required", column, all & !lane.present);
            }
            self.report("wrong_type", column, lane.wrong_type);
            self.report("not_finite", column, lane.not_finite);
            self.report("naive_timestamp", column, lane.naive);
            self.report("unknown_value", column, lane.unknown_value);
            self.report("out_of_range", column, lane.out_of_range);
        }
        if self.block.known(Column::Currency) != 0 && columns.contains(&Column::Currency) {
            let unknown = crate::input::block::mask_of(self.block.known(Column::Currency), |row| {
                let code = self.batch.get(Column::Currency).and_then(|c| c.show(self.start + row));
                !code.is_some_and(|c| is_currency(&c))
            });
            self.report("unknown_value", Column::Currency, unknown);
        }
    }

    fn relations(&mut self, table: Table) {
        for rule in RULES.iter().filter(|r| r.column.table() == table) {
            if let Some(broken) = rule.broken {
                let rows = broken(self.block);
                self.report(rule.name, rule.column, rows);
            }
        }
    }

    fn duplicates(&mut self, table: Table, duplicates: &mut duplicates::Duplicates) {
        if let Some(column) = table.id_column() {
            let rows = duplicates.take_block(self.first_row + self.start, self.block.rows());
            self.report("duplicate_id", column, rows);
        }
    }

    fn currency(&mut self, table: Table, own: Option<&str>) {
        if table != Table::Interactions || self.block.known(Column::Currency) == 0 {
            return;
        }
        let wrong = crate::input::block::mask_of(self.block.known(Column::Currency), |row| {
            let code = self.batch.get(Column::Currency).and_then(|c| c.show(self.start + row));
            code.is_some_and(|c| is_currency(&c) && own != Some(c.as_str()))
        });
        self.report("currency_mismatch", Column::Currency, wrong);
    }

    fn after(&mut self, as_of: Option<Instant>) {
        let Some(as_of) = as_of.map(Instant::nanos) else { return };
        for column in EVENTS {
            if column.table() == self.batch.table() {
                let values = *self.block.whole(column);
                let late = crate::input::block::mask_of(self.block.known(column), |row| values[row] > as_of);
                let rule = if column == Column::OpenedAt { "opened_after_as_of" } else { "after_as_of" };
                self.report(rule, column, late);
            }
        }
    }
}
