//! `bench`: how fast it is, step by step, in instructions, and beside what one would write by hand.

use crate::house::{House, on_path};
use crate::{Done, refuse, run};
use std::process::Command;
use std::time::Duration;

pub const HELP: &str = "
cargo xtask bench [WHAT [WORD…]]

Measures. Nothing is measured that a check depends on: figures are for reading, on a machine that does nothing else.

  stages        each step of kpi-core, from rows to text; words go to the benchmark runner (`--help` lists them)
  money         the calculators, as a page in a browser calls them; words as above
  instructions  instructions of one fixed piece of work, counted by valgrind, beside those on record;
                `--write` puts them on record
  peers         the Python package beside hand-written Polars and DuckDB; words go to benches/run.py
                (`--quick` for a first look, `--write docs/benchmarks.md` for the page)

Without a word, all four.
";

/// Where instructions are on record.
const RECORD: &str = "kpi-core/benches/instructions.txt";
/// What counts as a step back.
const NOTABLE_PERCENT: f64 = 5.0;
/// Rows of the fixed piece of work; counted twice, so that only what grows with them is left.
const ROWS: [u64; 2] = [50_000, 100_000];
/// What runs the piece of work; only what happens within it is counted, not how its rows are made up.
const VALGRIND: [&str; 4] =
    ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=workload::work*"];

pub fn run(house: &House, words: &[String]) -> Done {
    let Some((what, rest)) = words.split_first() else {
        divan(house, "stages", &[])?;
        divan(house, "money", &[])?;
        instructions(house, &[])?;
        return peers(house, &["--write".into(), "docs/benchmarks.md".into()]);
    };
    match what.as_str() {
        "stages" | "money" => divan(house, what, rest),
        "instructions" => instructions(house, rest),
        "peers" => peers(house, rest),
        _ => Err(refuse("bench", what)),
    }
}

fn divan(house: &House, bench: &str, words: &[String]) -> Done {
    let mut bench = house.cargo(&format!("bench --package kpi-core --bench {bench} --locked"));
    run::aloud(bench.arg("--").args(words))
}

fn instructions(house: &House, words: &[String]) -> Done {
    let write = match words {
        [] => false,
        [word] if word == "--write" => true,
        [word, ..] => return Err(refuse("bench", word)),
    };
    if on_path("valgrind").is_none() {
        return Err("Instructions are counted by valgrind: `apt-get install valgrind`.".into());
    }
    let [few, many] = [counted(house, ROWS[0])?, counted(house, ROWS[1])?];
    let a_row = many.saturating_sub(few) as f64 / (ROWS[1] - ROWS[0]) as f64;
    let a_report = few as f64 - a_row * ROWS[0] as f64;
    let found = format!("{a_row:.0} instructions a row\n{:.1} million instructions a report\n", a_report / 1e6);
    if write {
        std::fs::write(house.root.join(RECORD), &found).map_err(|e| format!("{RECORD} cannot be written: {e}."))?;
        println!("{found}On record in {RECORD}.");
        return Ok(());
    }
    let record = house.read(RECORD)?;
    print!("now:\n{found}on record:\n{record}");
    for (now, before) in numbers(&found).zip(numbers(&record)) {
        let percent = (now / before - 1.0) * 100.0;
        if percent > NOTABLE_PERCENT {
            return Err(format!(
                "{now} instead of {before}: {percent:.1} % more. If that is worth it, put it on record with --write."
            ));
        }
    }
    Ok(())
}

fn numbers(text: &str) -> impl Iterator<Item = f64> {
    text.lines().filter_map(|line| line.split(' ').next()?.parse().ok())
}

/// Instructions of the fixed piece of work over so many rows.
fn counted(house: &House, rows: u64) -> Result<u64, String> {
    let log = house.target.join(format!("xtask/bench/callgrind-{rows}.txt"));
    let runner = format!("target.'cfg(all())'.runner = {VALGRIND:?}");
    let mut bench = house.cargo("bench --package kpi-core --bench workload --locked");
    bench.args(["--config", &runner, "--", &rows.to_string()]);
    let done = run::logged(&mut bench, &log, Duration::from_secs(1_800))?;
    let count = done.output.lines().rev().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    count.filter(|_| done.ok).ok_or_else(|| format!("It could not be counted:\n{}", run::tail(&done.output, 20)))
}

/// The Python package, built for speed as its wheel is, and installed where the peers are.
fn peers(house: &House, words: &[String]) -> Done {
    let (Some(python), Some(maturin)) = (house.venv_tool("python"), house.venv_tool("maturin")) else {
        return Err("There is no Python environment: `cargo xtask setup` makes it.".into());
    };
    let mut build = house.command(maturin, "develop --release --locked --quiet", "kpi-py");
    build.env("VIRTUAL_ENV", house.venv()).env("CARGO_TARGET_DIR", house.target.join("maturin"));
    run::aloud(&mut build)?;
    let mut measure: Command = house.command(python, "benches/run.py", ".");
    run::aloud(measure.arg("--data").arg(house.target.join("bench")).args(words))
}
