//! Step 3: what a row means: what it says by itself, and (once all rows are in) whether the customer came back, which
//! session it belongs to, whether enough time has passed to know.

pub mod drawers;
pub mod fates;
pub mod returns;
pub mod rows;
pub mod service;
pub mod sessions;
pub mod stories;

pub use fates::Fates;
pub use rows::{Rows, Settings};
pub use stories::Story;

use crate::input::block::ROWS;
use crate::input::{Batch, Table, Tables};

/// Each block of 64 rows of a table: its number, its batch, and the row of the batch at which it starts. Each batch
/// begins a new block.
pub fn each_block<'t, 'b>(
    tables: &'t Tables<'b>,
    table: Table,
) -> impl Iterator<Item = (usize, &'t Batch<'b>, usize)> + use<'t, 'b> {
    let starts = |b: &'t Batch<'b>| (0..b.rows()).step_by(ROWS).map(move |start| (b, start));
    tables.table(table).iter().flat_map(starts).enumerate().map(|(n, (batch, start))| (n, batch, start))
}
