//! The five tables, in whichever form Python gives each of them.

use super::error::Failure;
use super::frames::{self, Stream};
use super::json::class_of;
use super::parquet::{Contacts, File};
use super::rows;
use arrow_array::RecordBatch;
use kpi_core::input::{Table, columns_read, rows_from_json};
use kpi_core::report::{columns_needed, report_from};
use kpi_core::verbs::Asked;
use kpi_core::{Limits, Options, Tables};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What a text ends in that is the path of a file: JSON never ends so.
const PARQUET: &str = ".parquet";

/// A table before any of its rows are read that need no interpreter.
pub enum Given {
    /// The JSON text of rows.
    Text(String),
    /// Record batches that a data frame or a query hands out.
    Stream(Stream),
    /// A file whose head is read.
    File(File),
}

/// Every table that is given. From each, only the columns are taken that the core reads.
///
/// # Errors
/// When a table is none of what this library takes, cannot be opened, or holds a cell of an unknown type.
pub fn read(tables: &Bound<'_, PyDict>, options: &Options) -> PyResult<Vec<(Table, Given)>> {
    let mut found = Vec::new();
    for table in Table::ALL {
        if let Some(given) = tables.get_item(table.name())?.filter(|given| !given.is_none()) {
            found.push((table, read_one(table, &given, options)?));
        }
    }
    Ok(found)
}

fn read_one(table: Table, given: &Bound<'_, PyAny>, options: &Options) -> PyResult<Given> {
    let wanted = &columns_read(table, options);
    let open = |path: PathBuf| Ok(Given::File(File::open(table, path, wanted)?));
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_str()?;
        let end = text.len().checked_sub(PARQUET.len()).and_then(|from| text.get(from..));
        if end.is_some_and(|end| end.eq_ignore_ascii_case(PARQUET)) {
            return open(text.into());
        }
        return Ok(Given::Text(text.to_owned()));
    }
    if given.hasattr("__fspath__")? {
        return open(given.extract::<PathBuf>()?);
    }
    if let Some(stream) = frames::stream(table, given, wanted)? {
        return Ok(Given::Stream(stream));
    }
    Ok(Given::Text(rows::json(table, given, wanted)?.ok_or_else(|| {
        let (table, class) = (table.name(), class_of(given));
        PyTypeError::new_err(format!(
            "{table} is a {class}; give a list of dicts, one a row, the JSON text of such a list, a data frame \
             (anything that has `__arrow_c_stream__`), or the path of a Parquet file"
        ))
    })?))
}

/// A table whose rows are all in memory, for the core to borrow from.
enum Held {
    Text(String),
    Batches(Vec<RecordBatch>),
}

impl Given {
    fn hold(self, table: Table, limits: &Limits) -> Result<Held, Failure> {
        Ok(match self {
            Self::Text(text) => Held::Text(text),
            Self::Stream(stream) => {
                let (mut batches, mut rows) = (Vec::new(), 0_usize);
                for batch in stream {
                    let batch = batch?;
                    rows = rows.saturating_add(batch.num_rows());
                    limits.check_rows(table, rows)?;
                    batches.push(batch);
                }
                Held::Batches(batches)
            }
            Self::File(file) => {
                limits.check_rows(table, file.rows())?;
                Held::Batches(file.batches()?)
            }
        })
    }
}

/// The answer of a verb to tables, as canonical JSON. Nothing in it needs the interpreter. For a report, a file of
/// interactions is counted as it is read; all else is held in memory.
///
/// # Errors
/// What the core refuses, and what goes wrong where rows come from.
pub fn answer(
    given: Vec<(Table, Given)>,
    asked: &Asked,
    options: &Options,
    threads: NonZeroUsize,
) -> Result<String, Failure> {
    let limits = Limits { threads: threads.get(), ..Limits::default() };
    let reading = &asked.options_for_reading(options);
    let (mut held, mut file) = (Vec::new(), None);
    for (table, given) in given {
        match given {
            Given::File(contacts) if table == Table::Interactions && *asked == Asked::Report => file = Some(contacts),
            given => held.push((table, given.hold(table, &limits)?)),
        }
    }
    let mut tables = Tables::default();
    for (table, rows) in &held {
        match rows {
            Held::Text(text) => tables.push(rows_from_json(*table, text, reading, &limits)?),
            Held::Batches(batches) => tables.push_arrow(*table, batches, reading)?,
        }
    }
    let Some(mut file) = file else { return Ok(asked.answer(&tables, options, &limits)?) };
    file.pass_over_texts(&columns_needed(&tables, options));
    let contacts = Contacts::new(&file, options);
    match report_from(&contacts, &tables, options, &limits) {
        Ok(report) => Ok(report.to_json()),
        Err(error) => Err(contacts.failure().map_or_else(|| error.into(), Failure::Python)),
    }
}
