//! One fixed piece of work, whose instructions are counted: `cargo xtask bench instructions`.

#![allow(clippy::unwrap_used, reason = "what fails must not look cheap")]

#[path = "desk/mod.rs"]
mod desk;

use kpi_core::{Limits, Options, Tables, report};

fn main() {
    let rows = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(20_000);
    let (tables, options) = (desk::contacts(rows, 65_536), desk::by_agent_and_week());
    println!("{rows} rows, {} bytes", work(&tables, &options));
}

/// Only what happens in here is counted.
#[inline(never)]
fn work(tables: &Tables<'_>, options: &Options) -> usize {
    let limits = Limits { threads: 1, ..Limits::default() };
    report(tables, options, &limits).unwrap().to_json().len()
}
