//! Step 1: the five tables.
//!
//! Rows in Rust, JSON, CSV and Arrow record batches all become the same columnar [`Batch`]es. Everything after this
//! step reads batches only.

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod block;
mod cell;
pub mod codes;
pub mod columns;
pub mod csv;
pub mod data;
mod decode;
mod fields;
mod floats;
pub mod hash;
pub mod json;
mod lane;
pub mod numbers;
pub mod rows;
mod show;
pub mod source;
pub mod tables;
pub mod text;
mod times;
pub mod watch;
mod writer;

#[cfg(feature = "arrow")]
pub use arrow::batch_from_arrow;
pub use columns::{Column, Kind, Table};
pub use csv::rows_from_csv;
pub use data::{Batch, Bits, CellProblem, Cells, Data};
pub use json::{rows_from_json, rows_from_json_lines, tables_from_json};
pub use rows::{Account, Cost, Fix, Handling, Interaction, Outcome, Signal};
pub use source::{InMemory, Source};
pub use tables::{Limits, Tables};
pub use watch::Watch;
pub use writer::columns_read;
