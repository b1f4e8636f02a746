//! supportkpi for Python: converts tables and options, calls the core without holding the interpreter, maps errors.

mod error;
mod frames;
mod json;
mod options;
mod parquet;
mod rows;
mod tables;

use pyo3::prelude::*;

/// The native half of `supportkpi`; the package's Python files are its public face.
#[pymodule]
mod _supportkpi {
    use super::error::boundary;
    use super::{options, tables};
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    /// The report of tables (by name: rows in any form that `supportkpi.report` takes) and options, as canonical JSON.
    #[pyfunction]
    #[pyo3(signature = (tables, options, threads=None))]
    fn report(
        py: Python<'_>,
        tables: &Bound<'_, PyDict>,
        options: &Bound<'_, PyDict>,
        threads: Option<i64>,
    ) -> PyResult<String> {
        boundary(py, || {
            let options = options::read(options)?;
            let threads = options::threads(threads)?;
            let given = tables::read(tables, &options)?;
            py.detach(|| tables::report(given, &options, threads)).map_err(|failure| failure.exception(py))
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
