//! Step 7: money.

pub use crate::tally::ledger;
