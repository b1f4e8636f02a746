//! Errors of the core as the exception that Python's side defines.

use kpi_core::error::guarded;
use pyo3::prelude::*;

/// What may go wrong while the interpreter is not held: in the core, or where data comes in.
pub enum Failure {
    Core(kpi_core::Error),
    Python(PyErr),
}

impl Failure {
    /// The exception that Python gets to see.
    pub fn exception(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Core(error) => exception(py, &error),
            Self::Python(error) => error,
        }
    }
}

impl From<kpi_core::Error> for Failure {
    fn from(error: kpi_core::Error) -> Self {
        Self::Core(error)
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

/// The exception `supportkpi.SupportKpiError` with this error's code, message and problems.
pub fn exception(py: Python<'_>, error: &kpi_core::Error) -> PyErr {
    let class = py.import("supportkpi._error").and_then(|module| module.getattr("SupportKpiError"));
    match class.and_then(|class| class.call_method1("_from_json", (error.to_json(),))) {
        Ok(exception) => PyErr::from_value(exception),
        Err(failure) => failure,
    }
}

/// Runs everything that happens between two lines of Python, so that no panic reaches them.
///
/// # Errors
/// What the work raises, or an exception with the code `internal` if it panics.
pub fn boundary<T>(py: Python<'_>, work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    guarded(|| Ok(work())).map_err(|error| exception(py, &error))?
}
