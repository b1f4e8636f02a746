//! One fixed piece of work, for counting instructions: `valgrind --tool=callgrind` on this counts the same every time.

#[path = "desk/mod.rs"]
mod desk;

use kpi_core::{Limits, report};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let number = |at: usize, usual| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(usual);
    let (rows, times) = (number(0, 20_000), number(1, 1));
    let limits = Limits { threads: 1, ..Limits::default() };
    let (tables, options) = (desk::contacts(rows, 65_536), desk::by_agent_and_week());
    for _ in 0..times {
        match report(&tables, &options, &limits) {
            Ok(report) => println!("{rows} rows, {} bytes", report.to_json().len()),
            Err(error) => println!("{error}"),
        }
    }
}
