//! Rows as dicts, as the JSON rows that the core reads.

use super::json::{Place, class_of, write_scalar, write_text};
use super::names::Names;
use kpi_core::input::Table;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt, PyMapping, PyString, PyType};
use std::collections::{BTreeMap, BTreeSet};

/// Rows after which to listen for Ctrl-C, since nothing else does while rows are read from a list.
const LISTEN_EVERY: usize = 1024;

/// The rows of one table as JSON; nothing if what is given is no rows at all.
///
/// # Errors
/// When a row is no row, or a cell that is read holds something else than the types this library knows.
pub fn json(table: Table, rows: &Bound<'_, PyAny>, names: &Names) -> PyResult<Option<String>> {
    if rows.is_instance_of::<PyDict>() || rows.is_instance_of::<PyBytes>() {
        return Ok(None);
    }
    let py = rows.py();
    let Ok(rows) = rows.try_iter() else { return Ok(None) };
    let (mut out, mut seen, mut count) = (vec![b'['], BTreeSet::new(), 0);
    for (number, row) in rows.enumerate() {
        if number > 0 {
            out.push(b',');
        }
        if number.is_multiple_of(LISTEN_EVERY) {
            py.check_signals()?;
        }
        Row { table, number, names, seen: &mut seen }.write(&mut out, &row?)?;
        count += 1;
    }
    names.check_there(py, |theirs| count == 0 || seen.contains(theirs))?;
    out.push(b']');
    String::from_utf8(out).map(Some).map_err(|e| PyValueError::new_err(e.to_string()))
}

struct Row<'w> {
    table: Table,
    number: usize,
    names: &'w Names,
    /// Columns that some row has and that the caller calls otherwise.
    seen: &'w mut BTreeSet<String>,
}

impl Row<'_> {
    fn write(&mut self, out: &mut Vec<u8>, row: &Bound<'_, PyAny>) -> PyResult<()> {
        out.push(b'{');
        let mut first = true;
        if let Ok(row) = row.cast::<PyDict>() {
            for (column, cell) in row.iter() {
                self.write_cell(out, &column, &cell, &mut first)?;
            }
        } else if let Some(fields) = fields_of(row)? {
            for name in fields.keys() {
                self.write_cell(out, &name, &row.getattr(name.cast::<PyString>()?)?, &mut first)?;
            }
        } else {
            let row = row.cast::<PyMapping>().map_err(|_| {
                let (table, number, class) = (self.table.name(), self.number, class_of(row));
                PyTypeError::new_err(format!(
                    "{table}, row {number}: a {class} is no row; give a dict with columns for keys, or a dataclass"
                ))
            })?;
            for item in row.items()?.iter() {
                let (column, cell) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                self.write_cell(out, &column, &cell, &mut first)?;
            }
        }
        out.push(b'}');
        Ok(())
    }

    fn write_cell(
        &mut self,
        out: &mut Vec<u8>,
        column: &Bound<'_, PyAny>,
        cell: &Bound<'_, PyAny>,
        first: &mut bool,
    ) -> PyResult<()> {
        let (table, row) = (self.table.name(), self.number);
        let Some(column) = column.cast::<PyString>().ok().and_then(|column| column.to_str().ok()) else {
            return Err(PyTypeError::new_err(format!(
                "{table}, row {row}: the column {column:?} has no text for a name"
            )));
        };
        let Some((ours, words)) = self.names.ours(column) else { return Ok(()) };
        if ours != column && !self.seen.contains(column) {
            self.seen.insert(column.to_owned());
        }
        if !std::mem::take(first) {
            out.push(b',');
        }
        write_text(out, ours);
        out.push(b':');
        if let Some(word) = words.map(|words| translated(cell, words)).transpose()?.flatten() {
            write_text(out, word);
            return Ok(());
        }
        let place = || format!("{table}, row {row}, column {column}");
        match write_scalar(out, cell, Place::Cell) {
            Ok(true) => Ok(()),
            Ok(false) => Err(PyTypeError::new_err(format!(
                "{}: cannot read a {}; give a str, int, float, Decimal, bool, datetime, date or None",
                place(),
                class_of(cell)
            ))),
            Err(error) if error.is_instance_of::<PyValueError>(cell.py()) => {
                Err(PyValueError::new_err(format!("{}: {}", place(), error.value(cell.py()))))
            }
            Err(error) => Err(error),
        }
    }
}

/// The fields of a dataclass; nothing for anything else, the class itself included.
fn fields_of<'py>(row: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyDict>>> {
    if row.is_instance_of::<PyType>() {
        return Ok(None);
    }
    let fields = row.getattr_opt("__dataclass_fields__")?;
    Ok(fields.and_then(|fields| fields.cast_into::<PyDict>().ok()))
}

/// Our word for what stands in a cell; nothing if nobody translated it. Flags are the words `true` and `false`.
fn translated<'w>(cell: &Bound<'_, PyAny>, words: &'w BTreeMap<String, String>) -> PyResult<Option<&'w str>> {
    let word = if let Ok(flag) = cell.cast::<PyBool>() {
        flag.is_true().to_string()
    } else if cell.is_instance_of::<PyString>() || cell.is_instance_of::<PyInt>() {
        cell.extract::<String>().or_else(|_| cell.str()?.extract())?
    } else {
        return Ok(None);
    };
    Ok(words.get(&word).map(String::as_str))
}
