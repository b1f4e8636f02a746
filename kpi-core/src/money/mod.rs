//! Step 7: money.

pub mod ledger;
