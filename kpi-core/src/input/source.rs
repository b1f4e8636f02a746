//! Where contacts come from: tables in memory, or a file that is read piece by piece, each piece by whichever thread
//! is free.

use super::data::Batch;
use crate::error::Result;
use crate::threads::in_parallel;
use std::ops::Range;

/// Some rows of a batch: their places in it, and the place of the batch's first row among all rows.
pub type Look<'l> = dyn FnMut(&Batch<'_>, Range<usize>, u64) -> Result<()> + 'l;

/// The rows of the interactions, in pieces that can be read at any time, in any order, by any thread, and again.
pub trait Source: Sync {
    /// How many pieces there are.
    fn pieces(&self) -> usize;

    /// How many rows there are in all pieces.
    fn rows(&self) -> u64;

    /// Shows the rows of a piece, batch by batch.
    ///
    /// # Errors
    /// When the rows cannot be read, or the one who looks has seen enough.
    fn read(&self, piece: usize, look: &mut Look<'_>) -> Result<()>;
}

/// Rows that a thread takes at a time, where it can choose: a whole number of blocks.
const PIECE: usize = 1 << 15;

/// Batches in memory as a source.
#[derive(Debug)]
pub struct InMemory<'t, 'b> {
    batches: &'t [Batch<'b>],
    pieces: Vec<(usize, Range<usize>, u64)>,
    rows: u64,
}

impl<'t, 'b> InMemory<'t, 'b> {
    /// All rows of some batches.
    pub fn new(batches: &'t [Batch<'b>]) -> Self {
        let (mut pieces, mut first_row) = (Vec::new(), 0);
        for (number, batch) in batches.iter().enumerate() {
            for from in (0..batch.rows()).step_by(PIECE) {
                pieces.push((number, from..batch.rows().min(from + PIECE), first_row));
            }
            first_row += batch.rows() as u64;
        }
        Self { batches, pieces, rows: first_row }
    }
}

impl Source for InMemory<'_, '_> {
    fn pieces(&self) -> usize {
        self.pieces.len()
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn read(&self, piece: usize, look: &mut Look<'_>) -> Result<()> {
        let Some((batch, rows, first_row)) = self.pieces.get(piece) else { return Ok(()) };
        self.batches.get(*batch).map_or(Ok(()), |batch| look(batch, rows.clone(), *first_row))
    }
}

/// Reads all pieces of a source with as many helpers as there are places in `states`, each with a state of its own.
/// What a helper reads is left to chance, so nothing may depend on it.
///
/// # Errors
/// The first error that a helper comes upon; the others then stop too.
pub fn read_all<S: Send>(
    source: &dyn Source,
    states: &mut [S],
    look: impl Fn(&mut S, &Batch<'_>, Range<usize>, u64) -> Result<()> + Sync,
) -> Result<()> {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let next = AtomicUsize::new(0);
    let work = |state: &mut S| -> Result<()> {
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= source.pieces() {
                return Ok(());
            }
            let read = source.read(piece, &mut |batch, rows, first_row| look(state, batch, rows, first_row));
            if read.is_err() {
                next.store(usize::MAX / 2, Ordering::Relaxed);
                return read;
            }
        }
    };
    in_parallel(states, &work).into_iter().collect()
}
