//! Rows that share an id with another row.

use crate::input::{Batch, Column, Table};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The rows that share an id, in order.
pub(super) struct Duplicates {
    rows: Vec<usize>,
    next: usize,
}

impl Duplicates {
    /// The rows among the next `rows` from `first` on, as a mask; must be asked for in order.
    pub fn take_block(&mut self, first: usize, rows: usize) -> u64 {
        let mut mask = 0;
        while let Some(row) = self.rows.get(self.next).filter(|r| **r < first + rows) {
            mask |= 1 << (row - first);
            self.next += 1;
        }
        mask
    }
}

/// Finds them by sorting hashes, and comparing texts only where hashes agree.
pub(super) fn duplicate_rows(table: Table, batches: &[Batch<'_>]) -> Duplicates {
    let Some(column) = table.id_column() else { return Duplicates { rows: Vec::new(), next: 0 } };
    let mut hashes = Vec::with_capacity(batches.iter().map(Batch::rows).sum());
    let mut first_row = 0;
    for batch in batches {
        for row in 0..batch.rows() {
            if let Some(id) = id_of(batch, column, row) {
                let mut hash = FxHasher::default();
                hash.write(id);
                hashes.push((hash.finish(), first_row + row));
            }
        }
        first_row += batch.rows();
    }
    hashes.sort_unstable();
    let mut rows = Vec::new();
    for run in hashes.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let mut same: Vec<(Option<&[u8]>, usize)> =
            run.iter().map(|(_, row)| (locate(batches, column, *row), *row)).collect();
        same.sort_unstable();
        for ids in same.chunk_by(|a, b| a.0 == b.0).filter(|ids| ids.len() > 1) {
            rows.extend(ids.iter().map(|(_, row)| *row));
        }
    }
    rows.sort_unstable();
    Duplicates { rows, next: 0 }
}

fn locate<'b>(batches: &'b [Batch<'_>], column: Column, mut row: usize) -> Option<&'b [u8]> {
    for batch in batches {
        if row < batch.rows() {
            return id_of(batch, column, row);
        }
        row -= batch.rows();
    }
    None
}

fn id_of<'b>(batch: &'b Batch<'_>, column: Column, row: usize) -> Option<&'b [u8]> {
    let cells = batch.get(column)?;
    if cells.known.as_ref().is_some_and(|bits| !bits.get(row)) {
        return None;
    }
    match &cells.data {
        crate::input::Data::Text(text) => text.get(row),
        _ => None,
    }
}
