//! Rows that arrive as text, cell by cell, become columns. A cell that cannot be read stays empty and is reported by
//! the rules of step 2; nothing is mended.

use super::cell::{Found, Reader, Style, dimension};
use super::columns::{Column, Kind, Table};
use super::data::{Batch, CellProblem};
use super::lane::Lane;
use super::tables::Limits;
use crate::error::{Code, Error, Result};
use crate::options::Options;
use std::collections::{BTreeSet, HashMap};

/// Rows after which a reader looks whether it was asked to stop.
const LOOKED_UP_EVERY: usize = 1024;

/// Where a reader puts a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A column of the specification.
    Known(Column),
    /// A dimension, by its number.
    Dimension(usize),
}

/// Builds one batch from cells.
pub(super) struct RowWriter<'o> {
    table: Table,
    reader: Reader,
    limits: &'o Limits,
    rows: usize,
    lanes: Vec<Option<Lane>>,
    dimensions: Vec<(String, Lane)>,
    places: HashMap<String, Option<Place>>,
    problems: Vec<CellProblem>,
}

impl<'o> RowWriter<'o> {
    /// A writer for one table that keeps the dimensions named and ignores other unknown columns.
    pub fn new(table: Table, style: Style, options: &Options, limits: &'o Limits) -> Self {
        let dimensions = wanted_dimensions(table, options);
        let mut places: HashMap<_, _> = table.columns().map(|c| (c.name().to_owned(), Some(Place::Known(c)))).collect();
        let mut lanes = Vec::new();
        for name in &dimensions {
            if !places.contains_key(name) {
                places.insert(name.clone(), Some(Place::Dimension(lanes.len())));
                lanes.push((name.clone(), Lane::new(Kind::Text)));
            }
        }
        Self {
            table,
            reader: Reader { style, naive: options.naive_zone(), report: options.zone() },
            limits,
            rows: 0,
            lanes: std::iter::repeat_with(|| None).take(Column::COUNT).collect(),
            dimensions: lanes,
            places,
            problems: Vec::new(),
        }
    }

    /// Where a column of this name goes; nothing if it is not wanted.
    pub fn place(&self, name: &str) -> Option<Place> {
        self.places.get(name).copied().flatten()
    }

    /// Puts a cell of the row that is being written in its place.
    ///
    /// # Errors
    /// When a text is longer than allowed, or the row has the column twice.
    #[inline]
    pub fn put(&mut self, place: Place, found: Found<'_>) -> Result<()> {
        if let Found::Text(text) | Found::Number(text) | Found::Other(text) = found {
            self.check_text(text)?;
        }
        let row = self.rows;
        match place {
            Place::Dimension(at) => {
                if let Some((name, lane)) = self.dimensions.get_mut(at) {
                    once(lane, row, self.table, name)?;
                    lane.fill_to(row);
                    lane.push_text(&dimension(found));
                }
            }
            Place::Known(column) => {
                let Some(slot) = self.lanes.get_mut(column.index()) else { return Ok(()) };
                let lane = slot.get_or_insert_with(|| Lane::new(column.kind()));
                once(lane, row, self.table, column.name())?;
                lane.fill_to(row);
                if let Err((rule, value)) = self.reader.read(lane, found) {
                    self.problems.push(CellProblem { row, column, rule, value });
                }
            }
        }
        Ok(())
    }

    fn check_text(&self, text: &str) -> Result<()> {
        if text.len() <= self.limits.text_bytes { Ok(()) } else { Err(self.too_long(text)) }
    }

    #[cold]
    fn too_long(&self, text: &str) -> Error {
        let (table, row, most) = (self.table.name(), self.rows, self.limits.text_bytes);
        Error::new(
            Code::LimitExceeded,
            format!(
                "A text in row {row} of {table} has {} bytes, and the limit is {most}. Raise `Limits::text_bytes` if the input is to be trusted.",
                text.len()
            ),
        )
    }

    /// A text of the row that is being written whose escapes spell no text, such as half of a surrogate pair.
    pub fn broken_escape(&self, text: &str) -> Error {
        let (table, row) = (self.table.name(), self.rows);
        let text: String = text.chars().take(60).collect();
        Error::new(Code::MalformedInput, format!("Row {row} of {table} has a text with a broken escape: {text}."))
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When the table has more rows than allowed, or somebody asked to stop.
    pub fn end_row(&mut self) -> Result<()> {
        self.rows += 1;
        if self.rows.is_multiple_of(LOOKED_UP_EVERY) {
            self.limits.watch.check()?;
        }
        self.limits.check_rows(self.table, self.rows)
    }

    /// The rows so far as a batch.
    pub fn finish(self) -> Batch<'static> {
        let rows = self.rows;
        let mut batch = Batch::new(self.table, rows);
        for (column, lane) in Column::ALL.iter().zip(self.lanes) {
            if let Some(lane) = lane {
                batch.set(*column, lane.finish(rows));
            }
        }
        for (name, lane) in self.dimensions {
            batch.set_dimension(name, lane.finish(rows));
        }
        for problem in self.problems {
            batch.add_problem(problem);
        }
        batch
    }
}

/// The columns that are read from a table under these options; any other is passed over. Callers that convert rows of
/// their own need not convert those.
pub fn columns_read(table: Table, options: &Options) -> BTreeSet<String> {
    table.columns().map(|c| c.name().to_owned()).chain(wanted_dimensions(table, options)).collect()
}

/// The dimensions a table keeps: those that options name; a cost also keeps those of a contact it may be pinned to.
pub(super) fn wanted_dimensions(table: Table, options: &Options) -> BTreeSet<String> {
    if table != Table::Costs {
        return options.dimensions().map(str::to_owned).collect();
    }
    let named = options.by.iter().cloned();
    named.chain(Column::PINNABLE.iter().map(|c| c.name().to_owned())).collect()
}

#[inline]
fn once(lane: &Lane, row: usize, table: Table, name: &str) -> Result<()> {
    if lane.rows() <= row { Ok(()) } else { Err(twice(row, table, name)) }
}

#[cold]
fn twice(row: usize, table: Table, name: &str) -> Error {
    let table = table.name();
    Error::new(Code::MalformedInput, format!("Row {row} of {table} has the column `{name}` twice."))
}
