//! An answer that can still be told to people.

use super::error::boundary;
use kpi_core::render::TextStyle;
use kpi_core::verbs::Answer;
use pyo3::prelude::*;

/// What a verb found, where it was computed: told in words only when somebody asks.
#[pyclass(frozen, module = "supportkpi._supportkpi")]
pub struct Found {
    answer: Box<dyn Answer>,
}

impl Found {
    /// An answer of the core.
    pub fn new(answer: Box<dyn Answer>) -> Self {
        Self { answer }
    }
}

#[pymethods]
impl Found {
    /// For a terminal.
    #[pyo3(signature = (width=80, colour=false))]
    fn to_text(&self, py: Python<'_>, width: usize, colour: bool) -> PyResult<String> {
        boundary(py, || Ok(py.detach(|| self.answer.to_text(&TextStyle { colour, width }))))
    }

    /// For issues, wikis and chats.
    fn to_markdown(&self, py: Python<'_>) -> PyResult<String> {
        boundary(py, || Ok(py.detach(|| self.answer.to_markdown())))
    }

    /// One standalone HTML page.
    #[pyo3(signature = (title=None))]
    fn to_html(&self, py: Python<'_>, title: Option<&str>) -> PyResult<String> {
        boundary(py, || Ok(py.detach(|| self.answer.to_page(title))))
    }

    /// HTML for a notebook.
    fn to_fragment(&self, py: Python<'_>) -> PyResult<String> {
        boundary(py, || Ok(py.detach(|| self.answer.to_fragment())))
    }
}
