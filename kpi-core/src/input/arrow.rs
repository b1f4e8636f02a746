//! Arrow record batches as tables: borrowed where their memory is laid out as ours, copied where it is not.
//!
//! | Arrow | becomes |
//! | --- | --- |
//! | integers, Float32, Float64, Decimal128, Boolean, Timestamp, Date32, Utf8, `LargeUtf8`, `Utf8View` | borrowed |
//! | Dictionary | words borrowed as by themselves; `UInt32` keys borrowed, others copied |
//! | Float16, Decimal32, Decimal64, Decimal256, Date64, run ends | copied |
//! | text where a time is meant | read as in JSON |
//! | lists, structs and all else | shown as text: of the wrong type in every column of the specification |
//!
//! What Arrow keeps in memory has a size already, so [`Limits::text_bytes`](super::Limits) does not apply to it. The
//! schema's metadata is not read.

mod coded;
mod layout;
mod nested;

use super::cell::{day, time_rule};
use super::columns::{Column, Kind, Table};
use super::data::{Batch, Bits, CellProblem, Cells, Data};
use super::tables::Tables;
use super::text::Text;
use super::writer::wanted_dimensions;
use crate::calendar::Zones;
use crate::error::{Code, Error, Result};
use crate::options::Options;
use crate::units::Instant;
use arrow_array::RecordBatch;
use std::collections::BTreeSet;

/// The rows of one table as a batch that borrows from a record batch. Columns are found by name; one that the
/// specification does not know is kept if the options ask for it.
///
/// # Errors
/// When the record batch has a column twice. What single cells hold is checked later, rule by rule.
pub fn batch_from_arrow<'a>(table: Table, batch: &'a RecordBatch, options: &Options) -> Result<Batch<'a>> {
    let wanted = wanted_dimensions(table, options);
    let mut found = Batch::new(table, batch.num_rows());
    let (mut seen, mut problems) = (BTreeSet::new(), Vec::new());
    for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let name = field.name();
        let column = Column::named(table, name);
        if column.is_none() && !wanted.contains(name) {
            continue;
        }
        if !seen.insert(name) {
            let text = format!("The record batch of {} has the column `{name}` twice. Keep one of them.", table.name());
            return Err(Error::new(Code::MalformedInput, text));
        }
        let cells = layout::cells(array.as_ref());
        match column {
            Some(column) => found.set(column, read_times(column, cells, options.zones(), &mut problems)),
            None => found.set_dimension(name, cells),
        }
    }
    problems.sort_by_key(|p: &CellProblem| p.row);
    for problem in problems {
        found.add_problem(problem);
    }
    Ok(found)
}

impl<'a> Tables<'a> {
    /// Adds record batches to one table; however they are cut, the report is the same.
    ///
    /// # Errors
    /// As [`batch_from_arrow`].
    pub fn push_arrow(
        &mut self,
        table: Table,
        batches: impl IntoIterator<Item = &'a RecordBatch>,
        options: &Options,
    ) -> Result<()> {
        for batch in batches {
            self.push(batch_from_arrow(table, batch, options)?);
        }
        Ok(())
    }
}

/// Times and dates that are given as text; other columns stay as they are.
fn read_times<'a>(column: Column, cells: Cells<'a>, zones: Zones, problems: &mut Vec<CellProblem>) -> Cells<'a> {
    let Data::Text(texts) = &cells.data else { return cells };
    let mut reader = TextReader { column, texts, known: cells.known.as_ref(), read: Vec::new(), problems };
    let data = match column.kind() {
        Kind::Instant => Data::Instants {
            values: reader.read(|text| Instant::parse(text, zones.naive).map(Instant::nanos)).into(),
            nanos_per_unit: 1,
            naive: false,
        },
        Kind::Date => Data::Days(reader.read(|text| day(text, zones.naive, zones.report)).into()),
        _ => return cells,
    };
    Cells { data, known: Some(Bits::pack(&reader.read)) }
}

struct TextReader<'t> {
    column: Column,
    texts: &'t Text<'t>,
    known: Option<&'t Bits<'t>>,
    read: Vec<bool>,
    problems: &'t mut Vec<CellProblem>,
}

impl TextReader<'_> {
    fn read<T: Copy + Default>(
        &mut self,
        parse: impl Fn(&str) -> std::result::Result<T, crate::units::InstantProblem>,
    ) -> Vec<T> {
        let mut values = vec![T::default(); self.texts.len()];
        self.read = vec![false; values.len()];
        for (row, (value, read)) in values.iter_mut().zip(&mut self.read).enumerate() {
            if self.known.is_some_and(|known| !known.get(row)) {
                continue;
            }
            let text = String::from_utf8_lossy(self.texts.get(row).unwrap_or_default());
            match parse(&text) {
                Ok(found) => (*value, *read) = (found, true),
                Err(problem) => {
                    let (column, rule) = (self.column, time_rule(problem));
                    self.problems.push(CellProblem { row, column, rule, value: text.into_owned() });
                }
            }
        }
        values
    }
}
