//! Keyword arguments as the options of the core, and as what its verbs are asked for.

use super::error::exception;
use super::json::{Place, class_of, write_scalar, write_text};
use kpi_core::Options;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PySequence, PySet};
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

/// Far deeper than any option nests.
const DEEPEST: usize = 16;

/// Reads options; one that is None is as good as not given.
///
/// # Errors
/// When an option has a type that JSON has no form for, does not exist, or has a value that makes no sense.
pub fn read(given: &Bound<'_, PyDict>) -> PyResult<Options> {
    Options::from_json(&json(given)?).map_err(|error| exception(given.py(), &error))
}

/// Keyword arguments as JSON, without those that are None.
///
/// # Errors
/// When one has a type that JSON has no form for.
pub fn json(given: &Bound<'_, PyDict>) -> PyResult<String> {
    let present = PyDict::new(given.py());
    for (name, value) in given.iter().filter(|(_, value)| !value.is_none()) {
        present.set_item(name, value)?;
    }
    let mut out = Vec::new();
    write(&mut out, &present, "", 0)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// How many threads may work at once: as many as asked for, or as the machine has cores. No figure depends on it, which is
/// why it is no option of the core.
///
/// # Errors
/// When none is asked for.
pub fn threads(asked: Option<i64>) -> PyResult<NonZeroUsize> {
    let Some(asked) = asked else { return Ok(available_parallelism().unwrap_or(NonZeroUsize::MIN)) };
    usize::try_from(asked).ok().and_then(NonZeroUsize::new).ok_or_else(|| {
        PyValueError::new_err(format!("threads is {asked}; give 1 or more, or None for as many as there are cores"))
    })
}

fn write(out: &mut Vec<u8>, value: &Bound<'_, PyAny>, path: &str, depth: usize) -> PyResult<()> {
    if depth > DEEPEST {
        return Err(PyTypeError::new_err(format!("{path} nests deeper than any option does")));
    }
    if write_scalar(out, value, Place::Option)? {
        return Ok(());
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        out.push(b'{');
        for (i, item) in mapping.items()?.iter().enumerate() {
            let (key, value) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            let key = key
                .extract::<String>()
                .map_err(|_| PyTypeError::new_err(format!("{path} has the key {key:?}, which is no text")))?;
            comma(out, i);
            write_text(out, &key);
            out.push(b':');
            write(out, &value, &if path.is_empty() { key } else { format!("{path}.{key}") }, depth + 1)?;
        }
        out.push(b'}');
    } else if value.cast::<PySequence>().is_ok() || value.is_instance_of::<PySet>() {
        out.push(b'[');
        for (i, entry) in value.try_iter()?.enumerate() {
            comma(out, i);
            write(out, &entry?, &format!("{path}[{i}]"), depth + 1)?;
        }
        out.push(b']');
    } else {
        return Err(PyTypeError::new_err(format!("{path}: an option cannot be a {}", class_of(value))));
    }
    Ok(())
}

fn comma(out: &mut Vec<u8>, place: usize) {
    if place > 0 {
        out.push(b',');
    }
}
