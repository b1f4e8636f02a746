//! Step 3: what a row means beside its neighbours: its population, whether the customer came back, which session it
//! belongs to, whether enough time has passed to know.

pub mod customers;
pub mod rows;
pub mod service;

pub use customers::{Contacts, Session};
pub use rows::{Rows, Settings};

use crate::input::block::ROWS;
use crate::input::{Batch, Table, Tables};

/// How many blocks of 64 rows the batches of a table have; each batch begins a new one.
pub fn blocks(tables: &Tables<'_>, table: Table) -> usize {
    tables.table(table).iter().map(|b| b.rows().div_ceil(ROWS)).sum()
}

/// Each block of a table: its number, its batch, and the row of the batch at which it starts.
pub fn each_block<'t, 'b>(
    tables: &'t Tables<'b>,
    table: Table,
) -> impl Iterator<Item = (usize, &'t Batch<'b>, usize)> + use<'t, 'b> {
    let starts = |b: &'t Batch<'b>| (0..b.rows()).step_by(ROWS).map(move |start| (b, start));
    tables.table(table).iter().flat_map(starts).enumerate().map(|(n, (batch, start))| (n, batch, start))
}
