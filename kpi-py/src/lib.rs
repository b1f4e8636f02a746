//! supportkpi for Python: converts tables and options, calls the core without holding the interpreter, maps errors.

mod error;
mod found;
mod frames;
mod json;
mod names;
mod options;
mod parquet;
mod rows;
mod tables;
mod texts;
mod tidy;
mod work;

use pyo3::prelude::*;

/// The native half of `supportkpi`; the package's Python files are its public face.
#[pymodule]
mod _supportkpi {
    use super::error::{boundary, exception};
    #[pymodule_export]
    use super::found::Found;
    use super::names::Renamed;
    use super::{options, tables, tidy, work};
    use kpi_core::Limits;
    use kpi_core::input::Watch;
    use kpi_core::kpis::Flag;
    use kpi_core::verbs::Asked;
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::types::{PyCapsule, PyDict};
    use pyo3_arrow::PyTable;

    /// The answer of a verb to tables (by name: rows in any form that `supportkpi.report` takes), what it is asked for, and
    /// options, to be told, and as canonical JSON. Columns are renamed by table: ours to theirs, and their words to ours. `progress` is called now and then with
    /// the rows that were looked at and those that are expected.
    #[pyfunction]
    #[pyo3(signature = (verb, tables, ask, options, threads=None, columns=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "they are keyword arguments of Python")]
    fn find(
        py: Python<'_>,
        verb: &str,
        tables: &Bound<'_, PyDict>,
        ask: &Bound<'_, PyDict>,
        options: &Bound<'_, PyDict>,
        threads: Option<i64>,
        columns: Option<Renamed>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(Found, String)> {
        boundary(py, || {
            let asked = Asked::read(verb, &options::json(ask)?).map_err(|error| exception(py, &error))?;
            let options = options::read(options)?;
            let threads = options::threads(threads)?.get();
            let watch = Watch::new();
            let limits = Limits { threads, watch: watch.clone(), ..Limits::default() };
            let reading = asked.options_for_reading(&options);
            let given = tables::read(tables, &reading, &columns.unwrap_or_default())?;
            let held = py.detach(|| tables::hold(given, &asked, &limits)).map_err(|failure| failure.exception(py))?;
            let (answer, json) = work::watched(py, &watch, progress, move || {
                let answer = held.answer(&asked, &options, &limits)?;
                let json = answer.to_json();
                Ok((answer, json))
            })?;
            Ok((Found::new(answer), json))
        })
    }

    /// What `find` finds, as canonical JSON.
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
        boundary(py, || find(py, verb, tables, ask, options, threads, None, None).map(|(_, json)| json))
    }

    /// A report, given as canonical JSON, as a capsule with a stream of Arrow's C interface: one row a value.
    #[pyfunction]
    #[pyo3(signature = (report, requested_schema=None))]
    fn tidy_stream<'py>(
        py: Python<'py>,
        report: &str,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        boundary(py, || {
            let table = tidy::table(report).map_err(|error| PyValueError::new_err(error.to_string()))?;
            let schema = table.schema();
            let table = Bound::new(py, PyTable::try_new(vec![table], schema)?)?;
            table.call_method1("__arrow_c_stream__", (requested_schema,))
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

    /// The same, able to be told to people, beside its canonical JSON.
    #[pyfunction]
    fn calculated(py: Python<'_>, calculator: &str, ask: &Bound<'_, PyDict>) -> PyResult<(Found, String)> {
        boundary(py, || {
            let ask = options::json(ask)?;
            let found =
                py.detach(|| kpi_core::verbs::calculated(calculator, &ask)).map_err(|error| exception(py, &error))?;
            let text = found.to_json();
            Ok((Found::new(found), text))
        })
    }

    /// Every doubt that a figure may have, and what it says.
    #[pyfunction]
    fn flags() -> Vec<(&'static str, &'static str)> {
        Flag::ALL.iter().map(|flag| (flag.name(), flag.says())).collect()
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
