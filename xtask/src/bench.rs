//! `bench`: how fast it is.

use crate::house::House;
use crate::{Done, run};

pub const HELP: &str = "
cargo xtask bench [WORD…]

Runs the benchmarks of kpi-core; further words go to the benchmark runner.
";

pub fn run(house: &House, words: &[String]) -> Done {
    if !house.has("kpi-core/benches") {
        println!("kpi-core has no benchmarks yet; they belong in kpi-core/benches.");
        return Ok(());
    }
    let mut bench = house.cargo("bench --package kpi-core --locked");
    if !words.is_empty() {
        bench.arg("--").args(words);
    }
    run::aloud(&mut bench)
}
