//! The five tables, in whichever form Python gives each of them.

use super::error::Failure;
use super::frames::{self, Stream};
use super::json::class_of;
use super::names::{Names, Renamed};
use super::parquet::{Contacts, File};
use super::rows;
use super::work::Ears;
use arrow_array::RecordBatch;
use kpi_core::input::{Table, rows_from_json};
use kpi_core::report::{columns_needed, report_from};
use kpi_core::verbs::{Answer, Asked};
use kpi_core::{Limits, Options, Tables};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
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
/// When a table is none of what this library takes, cannot be opened, lacks a column that is renamed, or holds a cell of
/// an unknown type.
pub fn read(tables: &Bound<'_, PyDict>, options: &Options, renamed: &Renamed) -> PyResult<Vec<(Table, Given)>> {
    let mut found = Vec::new();
    for table in Table::ALL {
        if let Some(given) = tables.get_item(table.name())?.filter(|given| !given.is_none()) {
            let names = Names::of(tables.py(), table, options, renamed)?;
            found.push((table, read_one(table, &given, names)?));
        }
    }
    Ok(found)
}

fn read_one(table: Table, given: &Bound<'_, PyAny>, names: Names) -> PyResult<Given> {
    let py = given.py();
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_str()?;
        let end = text.len().checked_sub(PARQUET.len()).and_then(|from| text.get(from..));
        if end.is_some_and(|end| end.eq_ignore_ascii_case(PARQUET)) {
            return Ok(Given::File(File::open(py, table, text.into(), names)?));
        }
        return Ok(Given::Text(names.rename_text(py, text.to_owned())?));
    }
    if given.hasattr("__fspath__")? {
        return Ok(Given::File(File::open(py, table, given.extract::<PathBuf>()?, names)?));
    }
    if frames::is_frame(given)? {
        return Ok(Given::Stream(frames::stream(table, given, names)?));
    }
    Ok(Given::Text(rows::json(table, given, &names)?.ok_or_else(|| {
        let (table, class) = (table.name(), class_of(given));
        PyTypeError::new_err(format!(
            "{table} is a {class}; give a list of dicts, one a row, the JSON text of such a list, a data frame \
             (anything that has `__arrow_c_stream__`), or the path of a Parquet file"
        ))
    })?))
}

/// A table whose rows are all in memory, for the core to borrow from.
enum Rows {
    Text(String),
    Batches(Vec<RecordBatch>),
}

impl Given {
    fn hold(self, table: Table, limits: &Limits) -> Result<Rows, Failure> {
        Ok(match self {
            Self::Text(text) => Rows::Text(text),
            Self::Stream(stream) => {
                let (mut batches, mut rows, mut ears) = (Vec::new(), 0_usize, Ears::new());
                for batch in stream {
                    let batch = batch?;
                    ears.listen()?;
                    rows = rows.saturating_add(batch.num_rows());
                    limits.check_rows(table, rows)?;
                    batches.push(batch);
                }
                Rows::Batches(batches)
            }
            Self::File(file) => {
                limits.check_rows(table, file.rows())?;
                Rows::Batches(file.batches()?)
            }
        })
    }
}

/// Every table as it is when the work begins: in memory, or a file of interactions that is counted as it is read.
pub struct Held {
    rows: Vec<(Table, Rows)>,
    contacts: Option<File>,
}

/// Takes rows from wherever they are, on the thread of the caller, since whoever makes them may belong to it. Nothing in
/// it needs the interpreter. For a report, a file of interactions stays where it is.
///
/// # Errors
/// What goes wrong where rows come from, and when there are too many.
pub fn hold(given: Vec<(Table, Given)>, asked: &Asked, limits: &Limits) -> Result<Held, Failure> {
    let mut held = Held { rows: Vec::new(), contacts: None };
    for (table, given) in given {
        match given {
            Given::File(contacts) if table == Table::Interactions && *asked == Asked::Report => {
                held.contacts = Some(contacts);
            }
            given => held.rows.push((table, given.hold(table, limits)?)),
        }
    }
    Ok(held)
}

impl Held {
    /// What a verb finds. Nothing in it needs the interpreter.
    ///
    /// # Errors
    /// What the core refuses, and when a file cannot be read.
    pub fn answer(self, asked: &Asked, options: &Options, limits: &Limits) -> Result<Box<dyn Answer>, Failure> {
        let reading = &asked.options_for_reading(options);
        let mut tables = Tables::default();
        for (table, rows) in &self.rows {
            match rows {
                Rows::Text(text) => tables.push(rows_from_json(*table, text, reading, limits)?),
                Rows::Batches(batches) => tables.push_arrow(*table, batches, reading)?,
            }
        }
        let Some(mut file) = self.contacts else { return Ok(asked.find(&tables, options, limits)?) };
        file.pass_over_texts(&columns_needed(&tables, options));
        let contacts = Contacts::new(&file, options);
        match report_from(&contacts, &tables, options, limits) {
            Ok(report) => Ok(Box::new(report)),
            Err(error) => Err(contacts.failure().map_or_else(|| error.into(), Failure::Python)),
        }
    }
}
