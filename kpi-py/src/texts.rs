//! Rows as text: CSV, a JSON list, or JSON lines; from a file or from memory.

use kpi_core::input::{Batch, Table, rows_from_csv, rows_from_json, rows_from_json_lines};
use kpi_core::{Limits, Options, Result};
use pyo3::exceptions::{PyFileNotFoundError, PyOSError, PyValueError};
use pyo3::prelude::*;
use std::io::ErrorKind;
use std::path::Path;

/// How rows are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Parquet,
    Csv,
    Json,
    JsonLines,
}

impl Form {
    /// What a file holds by its name; nothing for a name that says nothing.
    pub fn of_path(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?.to_ascii_lowercase();
        // A text that ends alike has several lines, or blanks before its end.
        if path.to_str().is_some_and(|text| text.contains(['\n', '{', '['])) {
            return None;
        }
        Some(match end.as_str() {
            "parquet" => Self::Parquet,
            "csv" => Self::Csv,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines,
            _ => return None,
        })
    }

    /// What a text holds by how it begins. What is neither is left for the reader of JSON to refuse.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.chars().next() {
            // One line in braces may as well be a list that lost its brackets; the reader of JSON says so.
            Some('{') if text.trim_end().contains('\n') => Self::JsonLines,
            Some('{' | '[') | None => Self::Json,
            Some(_) if text.contains('\n') => Self::Csv,
            Some(_) => Self::Json,
        }
    }
}

/// Rows as text.
pub struct Text {
    form: Form,
    text: String,
}

impl Text {
    /// A text, whose beginning says what it is.
    pub fn of(text: String) -> Self {
        Self { form: Form::of_text(&text), text }
    }

    /// A file's text, whose name says it. One that is called JSON may hold lines, and one that is called lines a list.
    pub fn of_file(form: Form, text: String) -> Self {
        let begins = Form::of_text(&text);
        let form = if form == Form::Json || text.trim_start().starts_with('[') { begins } else { form };
        Self { form, text }
    }

    /// What a file holds.
    ///
    /// # Errors
    /// When it is not there, may not be read, or is not UTF-8.
    pub fn read(table: Table, path: &Path) -> PyResult<String> {
        std::fs::read_to_string(path).map_err(|error| {
            let text = format!("{}: {} cannot be read: {error}", table.name(), path.display());
            match error.kind() {
                ErrorKind::NotFound => PyFileNotFoundError::new_err(text),
                ErrorKind::InvalidData => PyValueError::new_err(format!("{text}; write it in UTF-8")),
                _ => PyOSError::new_err(text),
            }
        })
    }

    /// Its rows.
    ///
    /// # Errors
    /// When it is not what it seems, or the limits are passed.
    pub fn rows(&self, table: Table, options: &Options, limits: &Limits) -> Result<Batch<'static>> {
        match self.form {
            Form::Csv => rows_from_csv(table, &self.text, options, limits),
            Form::JsonLines => rows_from_json_lines(table, &self.text, options, limits),
            Form::Json | Form::Parquet => rows_from_json(table, &self.text, options, limits),
        }
    }
}
