//! Rows as dicts, as the JSON rows that the core reads.

use super::json::{Place, class_of, write_scalar, write_text};
use kpi_core::input::Table;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyMapping, PyString};
use std::collections::BTreeSet;

/// The rows of one table as JSON; nothing if what is given is no rows at all.
///
/// # Errors
/// When a row is no row, or a cell that is read holds something else than the types this library knows.
pub fn json(table: Table, rows: &Bound<'_, PyAny>, wanted: &BTreeSet<String>) -> PyResult<Option<String>> {
    if rows.is_instance_of::<PyDict>() || rows.is_instance_of::<PyBytes>() {
        return Ok(None);
    }
    let Ok(rows) = rows.try_iter() else { return Ok(None) };
    let mut out = vec![b'['];
    for (number, row) in rows.enumerate() {
        if number > 0 {
            out.push(b',');
        }
        Row { table, number, wanted }.write(&mut out, &row?)?;
    }
    out.push(b']');
    String::from_utf8(out).map(Some).map_err(|e| PyValueError::new_err(e.to_string()))
}

struct Row<'w> {
    table: Table,
    number: usize,
    wanted: &'w BTreeSet<String>,
}

impl Row<'_> {
    fn write(&self, out: &mut Vec<u8>, row: &Bound<'_, PyAny>) -> PyResult<()> {
        out.push(b'{');
        let mut first = true;
        if let Ok(row) = row.cast::<PyDict>() {
            for (column, cell) in row.iter() {
                self.write_cell(out, &column, &cell, &mut first)?;
            }
        } else {
            let row = row.cast::<PyMapping>().map_err(|_| {
                let (table, number, class) = (self.table.name(), self.number, class_of(row));
                PyTypeError::new_err(format!(
                    "{table}, row {number}: a {class} is no row; give a dict with columns for keys"
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
        &self,
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
        if !self.wanted.contains(column) {
            return Ok(());
        }
        if !std::mem::take(first) {
            out.push(b',');
        }
        write_text(out, column);
        out.push(b':');
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
