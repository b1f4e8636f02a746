//! Parquet files: opened once, then read row group by row group, only the columns that are asked for.

use super::names::Names;
use super::work::Ears;
use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use ::parquet::basic::Compression;
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field};
use kpi_core::error::Code;
use kpi_core::input::source::Look;
use kpi_core::input::{Source, Table, batch_from_arrow};
use kpi_core::{Error, Options};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::SystemTime;

/// Rows of one record batch: few enough to stay in the processor's cache until they are counted.
const BATCH_ROWS: usize = 1 << 13;

/// A Parquet file whose head is read. Any number of threads may read its row groups at the same time.
pub struct File {
    table: Table,
    path: PathBuf,
    written: Written,
    head: ArrowReaderMetadata,
    columns: ProjectionMask,
    names: Names,
}

/// Whether a file is still the one that was opened.
#[derive(PartialEq)]
struct Written {
    bytes: u64,
    at: Option<SystemTime>,
}

impl File {
    /// Reads the head of a file; of its columns, those will be read that are wanted.
    ///
    /// # Errors
    /// When there is no such file, or it is not Parquet as this library reads it. The message names the table.
    pub fn open(py: Python<'_>, table: Table, path: PathBuf, names: Names) -> PyResult<Self> {
        let (file, written) = open(table, &path)?;
        let head = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| {
            let (table, path) = (table.name(), path.display());
            PyValueError::new_err(format!(
                "{table}: {path} is no Parquet file that can be read ({error}); write it as Parquet, or read it with \
                 the library of its format and give the data frame"
            ))
        })?;
        names.check_there(py, |theirs| head.schema().field_with_name(theirs).is_ok())?;
        let columns = columns(&head, |name| names.ours(name).is_some());
        let found = Self { table, path, written, head, columns, names };
        found.check_compression()?;
        Ok(found)
    }

    /// Reads no texts but those of the columns that are needed.
    pub fn pass_over_texts(&mut self, needed: &BTreeSet<String>) {
        let needed = self.names.theirs(needed);
        let schema = self.head.schema();
        let is_text = |name: &str| {
            let kind = schema.field_with_name(name).map(Field::data_type);
            matches!(kind, Ok(DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View))
        };
        let needed = columns(&self.head, |name| needed.contains(name) || !is_text(name));
        self.columns.intersect(&needed);
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        usize::try_from(self.head.metadata().file_metadata().num_rows()).unwrap_or_default()
    }

    /// How many row groups there are.
    pub fn groups(&self) -> usize {
        self.head.metadata().num_row_groups()
    }

    /// The record batches of one row group, decoded one by one as they are asked for.
    ///
    /// # Errors
    /// When the file is gone or was written anew since it was opened, or is damaged.
    pub fn group(&self, group: usize) -> PyResult<impl Iterator<Item = PyResult<RecordBatch>>> {
        // A handle of its own: those that are cloned share the place where the next byte is read.
        let (file, written) = open(self.table, &self.path)?;
        if written != self.written {
            return Err(self.unreadable(group, "it was written anew meanwhile"));
        }
        let batches = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.head.clone())
            .with_projection(self.columns.clone())
            .with_row_groups(vec![group])
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(|error| self.unreadable(group, error))?;
        let renamed = |batch: Result<RecordBatch, _>| batch.and_then(|batch| self.names.renamed(&batch));
        Ok(batches.map(move |batch| renamed(batch).map_err(|error| self.unreadable(group, error))))
    }

    /// The record batches of all row groups, in the file's order, unless Ctrl-C comes first.
    ///
    /// # Errors
    /// As [`File::group`].
    pub fn batches(&self) -> PyResult<Vec<RecordBatch>> {
        let (mut all, mut ears) = (Vec::new(), Ears::new());
        for group in 0..self.groups() {
            for batch in self.group(group)? {
                ears.listen()?;
                all.push(batch?);
            }
        }
        Ok(all)
    }

    fn check_compression(&self) -> PyResult<()> {
        for column in self.head.metadata().row_groups().iter().flat_map(|group| group.columns().iter().enumerate()) {
            let (leaf, column) = column;
            let known = matches!(
                column.compression(),
                Compression::UNCOMPRESSED
                    | Compression::SNAPPY
                    | Compression::ZSTD(_)
                    | Compression::LZ4
                    | Compression::LZ4_RAW
            );
            if self.columns.leaf_included(leaf) && !known {
                let (table, path, how) = (self.table.name(), self.path.display(), column.compression());
                return Err(PyValueError::new_err(format!(
                    "{table}: {path} is compressed with {how}; write it with zstd, snappy or lz4, or without compression"
                )));
            }
        }
        Ok(())
    }

    fn unreadable(&self, group: usize, why: impl std::fmt::Display) -> PyErr {
        let (table, path) = (self.table.name(), self.path.display());
        PyValueError::new_err(format!(
            "{table}: row group {group} of {path} cannot be read ({why}); write the file again, and call once it is whole"
        ))
    }
}

/// The columns whose name is one of those.
fn columns(head: &ArrowReaderMetadata, is_one: impl Fn(&str) -> bool) -> ProjectionMask {
    let names = head.parquet_schema().root_schema().get_fields().iter().enumerate();
    let roots: Vec<_> = names.filter(|(_, field)| is_one(field.name())).map(|(place, _)| place).collect();
    ProjectionMask::roots(head.parquet_schema(), roots)
}

fn open(table: Table, path: &PathBuf) -> PyResult<(std::fs::File, Written)> {
    let opened = std::fs::File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let refused = |error: io::Error| {
        let (table, path) = (table.name(), path.display());
        PyErr::from(io::Error::new(
            error.kind(),
            format!("{table}: cannot open {path} ({error}); give the path of a Parquet file"),
        ))
    };
    let (about, file) = opened.map_err(refused)?;
    if about.is_dir() {
        return Err(refused(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    Ok((file, Written { bytes: about.len(), at: about.modified().ok() }))
}

/// The contacts of a file, for the core to read row group by row group: each thread decodes the one that it counts.
pub struct Contacts<'f> {
    file: &'f File,
    options: &'f Options,
    /// What went wrong with the file, which the core only hears of.
    failure: Mutex<Option<PyErr>>,
}

impl<'f> Contacts<'f> {
    /// The contacts of a file of interactions.
    pub fn new(file: &'f File, options: &'f Options) -> Self {
        Self { file, options, failure: Mutex::new(None) }
    }

    /// What went wrong with the file, if that is why the core gave up.
    pub fn failure(self) -> Option<PyErr> {
        self.failure.into_inner().ok().flatten()
    }

    fn give_up(&self, error: PyErr) -> Error {
        if let Ok(mut failure) = self.failure.lock() {
            failure.get_or_insert(error);
        }
        Error::new(Code::MalformedInput, "the file cannot be read")
    }
}

impl Source for Contacts<'_> {
    fn pieces(&self) -> usize {
        self.file.groups()
    }

    fn rows(&self) -> u64 {
        self.file.rows() as u64
    }

    fn read(&self, piece: usize, look: &mut Look<'_>) -> kpi_core::Result<()> {
        let groups = self.file.head.metadata().row_groups();
        let before = groups.iter().take(piece).map(|group| u64::try_from(group.num_rows()).unwrap_or(0));
        let mut first_row = before.sum();
        for batch in self.file.group(piece).map_err(|error| self.give_up(error))? {
            let batch = batch.map_err(|error| self.give_up(error))?;
            let rows = batch_from_arrow(Table::Interactions, &batch, self.options)?;
            look(&rows, 0..rows.rows(), first_row)?;
            first_row += batch.num_rows() as u64;
        }
        Ok(())
    }
}
