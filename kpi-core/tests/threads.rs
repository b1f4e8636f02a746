//! Many rows, for which drawers, threads and batches are what they are in earnest.

#[path = "../benches/desk/mod.rs"]
mod desk;

use kpi_core::{Limits, report};

#[test]
fn any_number_of_threads_and_any_batches_give_the_same_bytes() {
    const ROWS: usize = 150_000;
    let by_threads = |threads: usize, batch: usize| {
        let limits = Limits { threads, rows_a_thread: 1, ..Limits::default() };
        report(&desk::contacts(ROWS, batch), &desk::by_agent_and_week(), &limits).unwrap().to_json()
    };
    let alone = by_threads(1, ROWS);
    assert!(alone.contains(&format!("\"rows_used\":{ROWS}")), "every row counts");
    for (threads, batch) in [(2, ROWS), (7, ROWS), (1, 65_536), (2, 65_536), (7, 65_536), (7, 7), (2, 1)] {
        assert_eq!(by_threads(threads, batch), alone, "{threads} threads, batches of {batch}");
    }
}
