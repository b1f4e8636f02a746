//! `test`: every check of the repository, as a list of named steps.

mod count;
mod steps;

use crate::house::House;
use crate::{Done, refuse, run};
use count::{Count, count};
use std::fmt::Write as _;
use std::io::Write;
use std::time::{Duration, Instant};
use steps::{Check, STEPS, Step};

pub const HELP: &str = "
cargo xtask test [--list] [NAME…]

Runs every check, or the named ones; stops at nothing.

Shows a table at the end, and as the last line `N passed, N failed`: each test that a step ran, and one for
each step that is no set of tests. A step that cannot run here is skipped, and the table says why. What each
step wrote is kept in Cargo's target folder under `xtask/test`.

  --list   names the steps and what they check
";

/// How long one step may take.
const LIMIT: Duration = Duration::from_secs(20 * 60);
/// How much of a failed step's output is shown.
const SHOWN: usize = 60;

/// What became of a step.
enum Result {
    Ran(Count),
    Skipped(String),
}

pub fn run(house: &House, words: &[String]) -> Done {
    if words.iter().any(|word| word == "--list") {
        for step in STEPS {
            println!("{:<16} {}", step.name, step.about);
        }
        return Ok(());
    }
    if let Some(word) = words.iter().find(|word| !STEPS.iter().any(|s| s.name == *word)) {
        return Err(refuse("test", word));
    }
    let chosen: Vec<&Step> = STEPS.iter().filter(|s| words.is_empty() || words.iter().any(|w| w == s.name)).collect();
    let mut results = Vec::new();
    for (number, step) in chosen.iter().enumerate() {
        print!("[{}/{}] {} … ", number + 1, chosen.len(), step.name);
        let _ = std::io::stdout().flush();
        let begun = Instant::now();
        let result = check(house, step);
        let seconds = begun.elapsed().as_secs_f64();
        match &result {
            Result::Skipped(reason) => println!("skipped: {reason}"),
            Result::Ran(Count { failed: 0, .. }) => println!("ok, {seconds:.1} s"),
            Result::Ran(_) => println!("FAILED, {seconds:.1} s (again: cargo xtask test {})", step.name),
        }
        results.push((step.name, result, seconds));
    }
    finish(&results)
}

fn check(house: &House, step: &Step) -> Result {
    if let Some(reason) = (step.idle)(house) {
        return Result::Skipped(reason);
    }
    let (ok, output) = match step.check {
        Check::Here(look) => match look(house) {
            Ok(()) => (true, String::new()),
            Err(problem) => (false, problem),
        },
        Check::Programs(commands) => programs(house, step, commands(house)),
    };
    if !ok {
        println!("\n{}", run::tail(&run::telling(&output), SHOWN));
    }
    Result::Ran(count(&output, ok))
}

fn programs(house: &House, step: &Step, commands: Vec<std::process::Command>) -> (bool, String) {
    let (mut ok, mut output) = (true, String::new());
    for mut command in commands {
        let log = house.target.join("xtask/test").join(format!("{}.log", step.name));
        match run::logged(&mut command, &log, LIMIT) {
            Ok(finished) => {
                ok &= finished.ok;
                output += &finished.output;
            }
            Err(problem) => {
                ok = false;
                output += &problem;
            }
        }
        if !ok {
            let _ = write!(output, "\n`{}` failed.", run::shown(&command));
            break;
        }
    }
    (ok, output)
}

/// The table, and the line that says it all.
fn finish(results: &[(&str, Result, f64)]) -> Done {
    let (mut passed, mut failed) = (0, 0);
    println!("\n{:<16} {:>7} {:>7} {:>8}", "step", "passed", "failed", "seconds");
    for (name, result, seconds) in results {
        match result {
            Result::Skipped(reason) => println!("{name:<16} skipped: {reason}"),
            Result::Ran(count) => {
                passed += count.passed;
                failed += count.failed;
                println!("{name:<16} {:>7} {:>7} {seconds:>8.1}", count.passed, count.failed);
            }
        }
    }
    println!("\n{passed} passed, {failed} failed");
    // The table has said it; an error would put another line below it.
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}
