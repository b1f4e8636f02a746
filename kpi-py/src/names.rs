//! The columns of a table by the names that the caller has for them.

use super::error::exception;
use super::texts::Form;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use kpi_core::error::Code;
use kpi_core::input::{Table, columns_read};
use kpi_core::{Error, Options};
use pyo3::prelude::*;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where one of our columns is read from: the caller's name for it, and the caller's words for ours, if they differ.
pub type From = (String, Option<BTreeMap<String, String>>);
/// Of each table, where our columns are read from that the caller calls otherwise.
pub type Renamed = BTreeMap<String, BTreeMap<String, From>>;

/// The columns of a table that are read, by the caller's names.
pub struct Names {
    table: Table,
    read: BTreeMap<String, Column>,
    renamed: bool,
}

struct Column {
    ours: String,
    /// Whether the caller said that it is there.
    promised: bool,
    words: Option<BTreeMap<String, String>>,
}

impl Names {
    /// The names of a table under these options.
    ///
    /// # Errors
    /// When something is renamed to a column that does not exist, or one column is read as two.
    pub fn of(py: Python<'_>, table: Table, options: &Options, renamed: &Renamed) -> PyResult<Self> {
        let known = columns_read(table, options);
        let plain = |ours: String| (ours.clone(), Column { ours, promised: false, words: None });
        let mut read: BTreeMap<String, Column> = known.iter().cloned().map(plain).collect();
        let own = renamed.get(table.name());
        for (ours, (theirs, _)) in own.into_iter().flatten() {
            if !known.contains(ours) {
                return Err(refused(py, &unknown(py, table, (ours, theirs), &known)?));
            }
            if !own.is_some_and(|own| own.values().any(|(theirs, _)| theirs == ours)) {
                read.remove(ours);
            }
        }
        for (ours, (theirs, words)) in own.into_iter().flatten() {
            let column = Column { ours: ours.clone(), promised: true, words: words.clone() };
            if let Some(other) = read.insert(theirs.clone(), column).filter(|other| other.promised) {
                let text = format!(
                    "columns: `{theirs}` of {} cannot be both `{}` and `{ours}`; name a column of its own for each.",
                    table.name(),
                    other.ours
                );
                return Err(refused(py, &text));
            }
        }
        Ok(Self { table, read, renamed: own.is_some_and(|own| !own.is_empty()) })
    }

    /// The caller's names of everything that is read.
    pub fn wanted(&self) -> BTreeSet<String> {
        self.read.keys().cloned().collect()
    }

    /// The caller's names of some of our columns.
    pub fn theirs(&self, ours: &BTreeSet<String>) -> BTreeSet<String> {
        self.read.iter().filter(|(_, column)| ours.contains(&column.ours)).map(|(theirs, _)| theirs.clone()).collect()
    }

    /// What we call a column, and what the caller's words in it mean; nothing if it is not read.
    pub fn ours(&self, theirs: &str) -> Option<(&str, Option<&BTreeMap<String, String>>)> {
        self.read.get(theirs).map(|column| (column.ours.as_str(), column.words.as_ref()))
    }

    /// # Errors
    /// When a column is not there that the caller named.
    pub fn check_there(&self, py: Python<'_>, there: impl Fn(&str) -> bool) -> PyResult<()> {
        let missing = self.read.iter().find(|(theirs, column)| column.promised && !there(theirs));
        let Some((theirs, column)) = missing else { return Ok(()) };
        let (table, ours) = (self.table.name(), &column.ours);
        let text = format!("columns: {table} has no column `{theirs}`, which `{ours}` is to be read from.");
        Err(refused(py, &text))
    }

    /// The same record batch with our names, and our words.
    ///
    /// # Errors
    /// When a column with words cannot be read as text.
    pub fn renamed(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        if !self.renamed {
            return Ok(batch.clone());
        }
        let schema = batch.schema();
        let (mut fields, mut columns) = (Vec::new(), Vec::new());
        for (field, cells) in schema.fields().iter().zip(batch.columns()) {
            let Some((ours, words)) = self.ours(field.name()) else { continue };
            let cells = words.map_or_else(|| Ok(Arc::clone(cells)), |words| in_our_words(cells, words))?;
            fields.push(Field::new(ours, cells.data_type().clone(), true).with_metadata(field.metadata().clone()));
            columns.push(cells);
        }
        let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &rows)
    }

    /// The text of rows with our names, and our words; text that cannot be read is left for the core to refuse.
    ///
    /// # Errors
    /// As [`Names::check_there`].
    pub fn rename(&self, py: Python<'_>, text: String, form: Form) -> PyResult<String> {
        if !self.renamed {
            return Ok(text);
        }
        match form {
            Form::Csv => self.rename_csv(py, text),
            Form::JsonLines => {
                let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
                self.rename_json(py, format!("[{}]", lines.join(",")))
            }
            _ => self.rename_json(py, text),
        }
    }

    fn rename_json(&self, py: Python<'_>, text: String) -> PyResult<String> {
        let Ok(rows) = serde_json::from_str::<Vec<BTreeMap<String, Box<RawValue>>>>(&text) else { return Ok(text) };
        self.check_there(py, |theirs| rows.is_empty() || rows.iter().any(|row| row.contains_key(theirs)))?;
        let renamed = rows.into_iter().map(|row| {
            let cells = row.into_iter().filter_map(|(theirs, cell)| {
                let (ours, words) = self.ours(&theirs)?;
                let word = serde_json::from_str::<String>(cell.get()).unwrap_or_else(|_| cell.get().to_owned());
                let word = words.and_then(|words| words.get(&word)).map(serde_json::value::to_raw_value);
                Some((ours.to_owned(), word.and_then(Result::ok).unwrap_or(cell)))
            });
            cells.collect::<BTreeMap<String, Box<RawValue>>>()
        });
        Ok(serde_json::to_string(&renamed.collect::<Vec<_>>()).unwrap_or(text))
    }

    fn rename_csv(&self, py: Python<'_>, text: String) -> PyResult<String> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let Ok(header) = reader.headers().cloned() else { return Ok(text) };
        self.check_there(py, |theirs| header.iter().any(|name| name.trim() == theirs))?;
        let columns: Vec<_> = header.iter().map(|name| self.ours(name.trim())).collect();
        let mut out = csv::Writer::from_writer(Vec::new());
        // A column that is not read may be called as one of ours is; it must not take its place.
        let names = columns.iter().enumerate().map(|(at, column)| match column {
            Some((ours, _)) => (*ours).to_owned(),
            None => format!("not read {at}"),
        });
        let mut written = out.write_record(names).is_ok();
        for record in reader.into_records() {
            let Ok(record) = record else { return Ok(text) };
            let cells = record
                .iter()
                .zip(&columns)
                .map(|(cell, column)| column.and_then(|(_, words)| words?.get(cell)).map_or(cell, String::as_str));
            written &= out.write_record(cells).is_ok();
        }
        let bytes = out.into_inner().ok().filter(|_| written).and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(bytes.unwrap_or(text))
    }
}

/// Words that nobody translated stay, so that the rules name them.
fn in_our_words(cells: &ArrayRef, words: &BTreeMap<String, String>) -> Result<ArrayRef, ArrowError> {
    let text = cast(cells, &DataType::Utf8)?;
    let Some(text) = text.as_any().downcast_ref::<StringArray>() else { return Ok(Arc::clone(cells)) };
    let ours = |word| words.get(word).map_or(word, String::as_str);
    Ok(Arc::new(text.iter().map(|word| word.map(ours)).collect::<StringArray>()))
}

/// Our column does not exist: it may be misspelt, stand second instead of first, or be a dimension that nobody asked for.
fn unknown(py: Python<'_>, table: Table, (ours, theirs): (&str, &str), known: &BTreeSet<String>) -> PyResult<String> {
    let table = table.name();
    if known.contains(theirs) {
        return Ok(format!(
            "columns: {table} have no column `{ours}`, but `{theirs}`; our name stands first: \
             columns={{\"{theirs}\": \"{ours}\"}}."
        ));
    }
    let near = py.import("difflib")?.call_method1("get_close_matches", (ours, known.iter().collect::<Vec<_>>(), 1))?;
    let hint = near.extract::<Vec<String>>()?.first().map(|near| format!(" Did you mean `{near}`?"));
    Ok(format!(
        "columns: {table} have no column `{ours}` that anything reads.{} A dimension is read when an option such as `by` \
         names it.",
        hint.unwrap_or_default()
    ))
}

fn refused(py: Python<'_>, text: &str) -> PyErr {
    exception(py, &Error::new(Code::InvalidOption, text))
}
