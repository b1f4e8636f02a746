//! Data frames and queries: whatever hands out Arrow record batches through `__arrow_c_stream__`.

use super::json::class_of;
use super::names::Names;
use arrow_array::{RecordBatch, RecordBatchReader};
use kpi_core::input::Table;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyCapsule, PyDict, PyList, PySlice};
use pyo3_arrow::PyRecordBatchReader;
use std::collections::BTreeSet;

/// The record batches of one table, in turn; their memory stays where the library that made them has it.
pub struct Stream {
    table: Table,
    reader: Box<dyn RecordBatchReader + Send>,
    /// The places of the columns that are read.
    columns: Vec<usize>,
    names: Names,
}

impl Iterator for Stream {
    type Item = PyResult<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?.and_then(|batch| self.names.renamed(&batch.project(&self.columns)?));
        Some(batch.map_err(|error| {
            PyRuntimeError::new_err(format!("{}: its Arrow stream broke off: {error}", self.table.name()))
        }))
    }
}

/// Whether this is a data frame or query, and no rows.
///
/// # Errors
/// What the object raises when it is asked.
pub fn is_frame(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(given.hasattr("__arrow_c_stream__")? || (given.hasattr("collect_schema")? && given.hasattr("collect")?))
}

/// The stream of a data frame or query, cut down to the columns that are read.
///
/// # Errors
/// What the data frame's own library raises, or when the stream has no columns with names, or not those that it should.
pub fn stream(table: Table, given: &Bound<'_, PyAny>, names: Names) -> PyResult<Stream> {
    let wanted = &names.wanted();
    let frame = narrowed(given, wanted)?;
    let no_table = |why: String| {
        let (table, class) = (table.name(), class_of(given));
        PyTypeError::new_err(format!("{table}: a {class} is no table with named columns; give a data frame ({why})"))
    };
    let capsule = frame.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast_into::<PyCapsule>().map_err(|error| no_table(error.to_string()))?;
    let reader = PyRecordBatchReader::from_arrow_pycapsule(&capsule)
        .and_then(PyRecordBatchReader::into_reader)
        .map_err(|error| no_table(error.value(given.py()).to_string()))?;
    let schema = reader.schema();
    names.check_there(given.py(), |theirs| schema.field_with_name(theirs).is_ok())?;
    let fields = schema.fields().iter().enumerate();
    let columns = fields.filter(|(_, field)| wanted.contains(field.name())).map(|(place, _)| place).collect();
    Ok(Stream { table, reader, columns, names })
}

/// The same rows without the columns that nobody reads, so that the frame's library need not read, compute or convert
/// them. A frame that has none that is read stays as it is: its rows still count.
fn narrowed<'py>(frame: &Bound<'py, PyAny>, wanted: &BTreeSet<String>) -> PyResult<Bound<'py, PyAny>> {
    let module = frame.get_type().module()?;
    match module.to_str()?.split('.').next() {
        Some("polars") if frame.hasattr("collect_schema")? => polars(frame, wanted),
        Some("pandas") if frame.hasattr("loc")? && frame.hasattr("columns")? => pandas(frame, wanted),
        Some("duckdb" | "_duckdb") if frame.hasattr("project")? => duckdb(frame, wanted),
        _ => Ok(frame.clone()),
    }
}

/// A lazy frame is told before it reads, so that it reads less. A column of the type Null, which Polars hands out in a
/// way that Arrow's Rust refuses, becomes one of bools that are all missing.
fn polars<'py>(frame: &Bound<'py, PyAny>, wanted: &BTreeSet<String>) -> PyResult<Bound<'py, PyAny>> {
    let schema = frame.call_method0("collect_schema")?;
    let (mut read, empty, mut all) = (Vec::new(), PyDict::new(frame.py()), 0_usize);
    for column in schema.call_method0("items")?.try_iter()? {
        let (name, kind) = column?.extract::<(String, Bound<'py, PyAny>)>()?;
        all += 1;
        if wanted.contains(&name) {
            if kind.str()? == "Null" {
                empty.set_item(&name, frame.py().get_type::<PyBool>())?;
            }
            read.push(name);
        }
    }
    let mut frame = frame.clone();
    if !read.is_empty() && read.len() < all {
        frame = frame.call_method1("select", (read,))?;
    }
    if !empty.is_empty() {
        frame = frame.call_method1("cast", (empty,))?;
    }
    if frame.hasattr("collect")? { frame.call_method0("collect") } else { Ok(frame) }
}

/// A name may stand there twice, or be no text.
fn pandas<'py>(frame: &Bound<'py, PyAny>, wanted: &BTreeSet<String>) -> PyResult<Bound<'py, PyAny>> {
    let mut read = Vec::new();
    for name in frame.getattr("columns")?.try_iter()? {
        read.push(name?.extract::<String>().is_ok_and(|name| wanted.contains(&name)));
    }
    if read.iter().all(|read| *read) || !read.contains(&true) {
        return Ok(frame.clone());
    }
    let all = frame.py().get_type::<PySlice>().call1((frame.py().None(),))?;
    frame.getattr("loc")?.get_item((all, PyList::new(frame.py(), read)?))
}

/// A name that stands there twice is left for the core to refuse.
fn duckdb<'py>(relation: &Bound<'py, PyAny>, wanted: &BTreeSet<String>) -> PyResult<Bound<'py, PyAny>> {
    let names: Vec<String> = relation.getattr("columns")?.extract()?;
    let read: Vec<_> = names.iter().filter(|name| wanted.contains(*name)).collect();
    let once = read.iter().collect::<BTreeSet<_>>().len() == read.len();
    if !once || read.is_empty() || read.len() == names.len() {
        return Ok(relation.clone());
    }
    let quoted: Vec<_> = read.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\""))).collect();
    relation.call_method1("project", (quoted.join(", "),))
}
