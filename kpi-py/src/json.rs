//! Python's values as JSON text.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyInt, PyString, PyType, PyTzInfo};

/// Where a value stands decides how JSON writes what it has no word for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A cell of a table: a decimal is a number there, with all its digits, and so is NaN.
    Cell,
    /// An option: the core reads decimals from text there, digit by digit.
    Option,
}

/// Writes text, a number, a bool, a time, a date or None, and says whether the value was one of these.
///
/// # Errors
/// When a text is not Unicode, or an object fails to describe itself.
pub fn write_scalar(out: &mut Vec<u8>, value: &Bound<'_, PyAny>, place: Place) -> PyResult<bool> {
    if value.is_none() {
        out.extend_from_slice(b"null");
    } else if let Ok(text) = value.cast::<PyString>() {
        write_text(out, text.to_str()?);
    } else if let Ok(flag) = value.cast::<PyBool>() {
        out.extend_from_slice(if flag.is_true() { b"true" } else { b"false" });
    } else if let Ok(float) = value.cast::<PyFloat>() {
        write_float(out, float.value(), place);
    } else if value.is_instance_of::<PyInt>() {
        // An enumeration's member prints its name; its value is a plain int.
        let int = value.py().get_type::<PyInt>().call_method1("__repr__", (value,))?;
        out.extend_from_slice(int.cast::<PyString>()?.to_str()?.as_bytes());
    } else if value.is_instance_of::<PyDateTime>() {
        write_time(out, value)?;
    } else if value.is_instance_of::<PyDate>() {
        write_text(out, &value.call_method0("isoformat")?.extract::<String>()?);
    } else if value.is_instance(decimal_class(value.py())?)? {
        write_decimal(out, value, place)?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// Writes a text in quotes.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    // Text can always be written, and so can bytes to memory.
    let _ = serde_json::to_writer(out, text);
}

fn write_float(out: &mut Vec<u8>, float: f64, place: Place) {
    if float.is_finite() {
        let _ = serde_json::to_writer(out, &float);
    } else {
        write_not_finite(
            out,
            if float.is_nan() {
                "NaN"
            } else if float > 0.0 {
                "inf"
            } else {
                "-inf"
            },
            place,
        );
    }
}

fn write_not_finite(out: &mut Vec<u8>, name: &str, place: Place) {
    match place {
        Place::Cell => out.extend_from_slice(format!(r#"{{"float":"{name}"}}"#).as_bytes()),
        Place::Option => write_text(out, name),
    }
}

/// A time with an offset is written in UTC, since Python knows offsets to the second and RFC 3339 to the minute; one
/// without stays without. pandas' missing time is a missing cell.
fn write_time(out: &mut Vec<u8>, time: &Bound<'_, PyAny>) -> PyResult<()> {
    let mut text: String = time.call_method0("isoformat")?.extract()?;
    if text == "NaT" {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    if !text.ends_with("+00:00") && !time.call_method0("utcoffset")?.is_none() {
        // The first and last hours of Python's calendar may have no reading in UTC; the core refuses them anyway.
        if let Ok(utc) = time.call_method1("astimezone", (PyTzInfo::utc(time.py())?,)) {
            text = utc.call_method0("isoformat")?.extract()?;
        }
    }
    write_text(out, &text);
    Ok(())
}

fn write_decimal(out: &mut Vec<u8>, decimal: &Bound<'_, PyAny>, place: Place) -> PyResult<()> {
    let text: String = decimal.str()?.extract()?;
    if !decimal.call_method0("is_finite")?.is_truthy()? {
        let name = match text.as_str() {
            "Infinity" => "inf",
            "-Infinity" => "-inf",
            _ => "NaN",
        };
        write_not_finite(out, name, place);
    } else if place == Place::Cell {
        out.extend_from_slice(text.as_bytes());
    } else {
        write_text(out, &text);
    }
    Ok(())
}

fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

/// The name of a value's class, for messages.
pub fn class_of(value: &Bound<'_, PyAny>) -> String {
    value.get_type().fully_qualified_name().map_or_else(|_| "?".into(), |name| name.to_string())
}
