//! Laws that every figure of the catalogue keeps, whatever the rows: random messy tables go through the whole engine.
//! Nothing here names figures by hand unless an identity of SPEC 5 does, so a new block is covered once it is listed.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

mod contact;
mod dice;
mod evidence;
mod identities;
mod order;
mod parts;
mod populations;
mod reads;
mod setting;
mod side_tables;
mod stories;
mod time;
mod world;

use proptest::prelude::ProptestConfig;

/// As many cases for every law; files with failed seeds would only name seeds of a generator that changes.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() }
}
