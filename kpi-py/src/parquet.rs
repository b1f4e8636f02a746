//! Parquet files: opened once, then read row group by row group, only the columns that are asked for.

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use ::parquet::basic::Compression;
use arrow_array::RecordBatch;
use kpi_core::input::Table;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::SystemTime;

/// Rows of one record batch: few enough for its texts to stay in the processor's cache, and whole blocks of the core.
const BATCH_ROWS: usize = 1 << 16;

/// A Parquet file whose head is read. Any number of threads may read its row groups at the same time.
pub struct File {
    table: Table,
    path: PathBuf,
    written: Written,
    head: ArrowReaderMetadata,
    columns: ProjectionMask,
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
    pub fn open(table: Table, path: PathBuf, wanted: &BTreeSet<String>) -> PyResult<Self> {
        let (file, written) = open(table, &path)?;
        let head = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| {
            let (table, path) = (table.name(), path.display());
            PyValueError::new_err(format!(
                "{table}: {path} is no Parquet file that can be read ({error}); write it as Parquet, or read it with \
                 the library of its format and give the data frame"
            ))
        })?;
        let names = head.parquet_schema().root_schema().get_fields().iter().enumerate();
        let roots: Vec<_> = names.filter(|(_, f)| wanted.contains(f.name())).map(|(place, _)| place).collect();
        let columns = ProjectionMask::roots(head.parquet_schema(), roots);
        let found = Self { table, path, written, head, columns };
        found.check_compression()?;
        Ok(found)
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
        Ok(batches.map(move |batch| batch.map_err(|error| self.unreadable(group, error))))
    }

    /// The record batches of all row groups, in the file's order.
    ///
    /// # Errors
    /// As [`File::group`].
    pub fn batches(&self, threads: NonZeroUsize) -> PyResult<Vec<RecordBatch>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let group = next.fetch_add(1, Ordering::Relaxed);
                if group >= self.groups() {
                    return Ok(done);
                }
                match self.group(group).and_then(Iterator::collect::<PyResult<Vec<_>>>) {
                    Ok(batches) => done.push((group, batches)),
                    Err(error) => {
                        next.store(self.groups(), Ordering::Relaxed);
                        return Err(error);
                    }
                }
            }
        };
        let parts: Vec<PyResult<_>> = thread::scope(|scope| {
            let others: Vec<_> = (1..threads.get().min(self.groups())).map(|_| scope.spawn(work)).collect();
            let mine = work();
            let theirs = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            std::iter::once(mine).chain(theirs).collect()
        });
        let mut groups = parts.into_iter().collect::<PyResult<Vec<_>>>()?.concat();
        groups.sort_unstable_by_key(|(group, _)| *group);
        Ok(groups.into_iter().flat_map(|(_, batches)| batches).collect())
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
