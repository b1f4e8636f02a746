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
    use super::error::{boundary, exception};
    use super::{options, tables};
    use kpi_core::verbs::Asked;
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    /// The answer of a verb to tables (by name: rows in any form that `supportkpi.report` takes), what it is asked for, and
    /// options, as canonical JSON.
    #[pyfunction]
    #[pyo3(signature = (verb, tables, ask, options, threads=None))]
    fn answer(
        py: Python<'_>,
        verb: &str,
        tables: &Bound<'_, PyDict>,
        ask: &Bound<'_, PyDict>,
        options: &Bound<'_, PyDict>,
        threads: Option<i64>,
    ) -> PyResult<String> {
        boundary(py, || {
            let asked = Asked::read(verb, &options::json(ask)?).map_err(|error| exception(py, &error))?;
            let options = options::read(options)?;
            let threads = options::threads(threads)?;
            let given = tables::read(tables, &asked.options_for_reading(&options))?;
            py.detach(|| tables::answer(given, &asked, &options, threads)).map_err(|failure| failure.exception(py))
        })
    }

    /// What a calculator makes of what it is asked for, as canonical JSON.
    #[pyfunction]
    fn calculate(py: Python<'_>, calculator: &str, ask: &Bound<'_, PyDict>) -> PyResult<String> {
        boundary(py, || {
            let ask = options::json(ask)?;
            py.detach(|| kpi_core::calculate_json(calculator, &ask)).map_err(|error| exception(py, &error))
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
