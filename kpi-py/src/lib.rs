//! supportkpi for Python: converts rows and options, calls the core without holding the interpreter, maps errors.

mod error;
mod json;
mod options;
mod rows;

use pyo3::prelude::*;

/// The native half of `supportkpi`; the package's Python files are its public face.
#[pymodule]
mod _supportkpi {
    use super::error::{boundary, exception};
    use super::{options, rows};
    use kpi_core::{Limits, Tables};
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    /// The report of tables (by name: rows, or the JSON text of rows) and options, as canonical JSON.
    #[pyfunction]
    fn report(py: Python<'_>, tables: &Bound<'_, PyDict>, options: &Bound<'_, PyDict>) -> PyResult<String> {
        boundary(py, || {
            let options = options::read(options)?;
            let texts = rows::read(tables, &options)?;
            let computed = py.detach(|| {
                let limits = Limits::default();
                let mut tables = Tables::default();
                for (table, text) in &texts {
                    tables.push(kpi_core::input::rows_from_json(*table, text, &options, &limits)?);
                }
                Ok(kpi_core::report(&tables, &options, &limits)?.to_json())
            });
            computed.map_err(|error| exception(py, &error))
        })
    }

    /// Every figure of the catalogue, as canonical JSON.
    #[pyfunction]
    fn catalogue(py: Python<'_>) -> PyResult<String> {
        boundary(py, || Ok(kpi_core::catalogue_json()))
    }

    /// Panics, so that the tests can see what Python gets to see of it.
    #[pyfunction]
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn panic_on_purpose(py: Python<'_>) -> PyResult<()> {
        boundary(py, || panic!("on purpose"))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
