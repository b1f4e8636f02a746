//! The five tables, in whichever form Python gives each of them.

use super::error::Failure;
use super::frames::{self, Stream};
use super::json::class_of;
use super::names::{Names, Renamed};
use super::parquet::{Contacts, File};
use super::rows;
use super::texts::{Form, Text};
use super::work::Ears;
use arrow_array::RecordBatch;
use kpi_core::input::Table;
use kpi_core::report::{columns_needed, report_from};
use kpi_core::verbs::{Answer, Asked};
use kpi_core::{Limits, Options, Tables};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use std::path::PathBuf;

/// A table before any of its rows are read that need no interpreter.
pub enum Given {
    /// Rows as text.
    Text(Text),
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
    let path = if given.hasattr("__fspath__")? {
        Some(given.extract::<PathBuf>()?)
    } else {
        let text = given.cast::<PyString>().ok().map(|text| text.to_str()).transpose()?;
        text.filter(|text| Form::of_path(text.as_ref()).is_some()).map(PathBuf::from)
    };
    if let Some(path) = path {
        // What is called by no name that we know may still be Parquet.
        return match Form::of_path(&path) {
            Some(Form::Parquet) | None => Ok(Given::File(File::open(py, table, path, names)?)),
            Some(form) => {
                let text = names.rename(py, Text::read(table, &path)?, form)?;
                Ok(Given::Text(Text::of_file(form, text)))
            }
        };
    }
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(Given::Text(Text::of(names.rename(
            py,
            text.to_str()?.to_owned(),
            Form::of_text(text.to_str()?),
        )?)));
    }
    if frames::is_frame(given)? {
        return Ok(Given::Stream(frames::stream(table, given, names)?));
    }
    let text = rows::json(table, given, &names)?.ok_or_else(|| {
        let (table, class) = (table.name(), class_of(given));
        PyTypeError::new_err(format!(
            "{table} is a {class}; give a list of dicts, one a row, a data frame (anything that has \
             `__arrow_c_stream__`), the path of a Parquet, CSV or JSON file, or the text of a CSV or JSON one"
        ))
    })?;
    Ok(Given::Text(Text::of(text)))
}

/// A table whose rows are all in memory, for the core to borrow from.
enum Rows {
    Text(Text),
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
                Rows::Text(text) => tables.push(text.rows(*table, reading, limits)?),
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
