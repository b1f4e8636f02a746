//! The chores of this repository, run as `cargo xtask CHORE`. `cargo xtask help` lists them.

mod bench;
mod demo;
mod fuzz;
mod generate;
mod house;
mod new_kpi;
mod order;
mod run;
mod setup;
mod test;

use house::House;
use std::fmt::Write as _;
use std::process::ExitCode;

/// A chore fails with one text for people.
type Done = Result<(), String>;

/// One chore: what `cargo xtask NAME --help` prints, and what it does with the words after its name.
struct Chore {
    name: &'static str,
    help: &'static str,
    does: fn(&House, &[String]) -> Done,
}

const CHORES: &[Chore] = &[
    Chore { name: "setup", help: setup::HELP, does: setup::run },
    Chore { name: "demo", help: demo::HELP, does: demo::run },
    Chore { name: "test", help: test::HELP, does: test::run },
    Chore { name: "gen", help: generate::HELP, does: generate::run },
    Chore { name: "bench", help: bench::HELP, does: bench::run },
    Chore { name: "fuzz", help: fuzz::HELP, does: fuzz::run },
    Chore { name: "new-kpi", help: new_kpi::HELP, does: new_kpi::run },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = words.split_first().filter(|(name, _)| !["help", "--help", "-h"].contains(&name.as_str()))
    else {
        print!("{}", overview());
        return ExitCode::SUCCESS;
    };
    let Some(chore) = CHORES.iter().find(|c| c.name == name) else {
        eprintln!("There is no chore `{name}`.\n\n{}", overview());
        return ExitCode::FAILURE;
    };
    if rest.iter().any(|word| ["--help", "-h"].contains(&word.as_str())) {
        println!("{}", chore.help.trim());
        return ExitCode::SUCCESS;
    }
    match House::find().and_then(|house| (chore.does)(&house, rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            if !problem.is_empty() {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn overview() -> String {
    let mut text = String::from("cargo xtask CHORE [--help]\n\n");
    for chore in CHORES {
        let first = chore.help.trim().lines().nth(2).unwrap_or_default();
        let _ = writeln!(text, "  {:<8} {first}", chore.name);
    }
    text
}

/// Says which word of a chore is not understood.
fn refuse(chore: &str, word: &str) -> String {
    format!("`{chore}` does not know `{word}`; `cargo xtask {chore} --help` says what it takes.")
}

#[cfg(test)]
mod tests {
    use super::CHORES;

    #[test]
    fn every_chore_begins_its_help_with_its_usage_and_a_line_that_says_what_it_does() {
        for chore in CHORES {
            let lines: Vec<&str> = chore.help.trim().lines().collect();
            assert!(lines[0].starts_with(&format!("cargo xtask {}", chore.name)), "{}", chore.name);
            assert!(lines.len() > 2 && lines[1].is_empty() && lines[2].ends_with('.'), "{}", chore.name);
        }
    }
}
