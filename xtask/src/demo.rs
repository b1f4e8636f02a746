//! `demo`: half a year of a made-up support desk, read, checked and reported.

use crate::house::House;
use crate::{Done, refuse, run};
use kpi_core::error::Problem;
use kpi_core::input::{Table, rows_from_csv};
use kpi_core::options::OnInvalid;
use kpi_core::render::{self, Dossier, Findings, TextStyle};
use kpi_core::{Limits, Options, Tables, report};
use std::io::IsTerminal;
use std::time::Instant;

pub const HELP: &str = "
cargo xtask demo

Reports the demo data, and shows what happens to rows that break rules.

Reads `examples/data`, prints the report, and writes it as HTML, Markdown and JSON to Cargo's target folder under `demo`.
Then reads `messy.csv`, whose rows come as a real export might have them, and lists what is wrong with them.
";

const DATA: &str = "examples/data";
const TITLE: &str = "A made-up support desk, January to June 2026";

pub fn run(house: &House, words: &[String]) -> Done {
    if let Some(word) = words.first() {
        return Err(refuse("demo", word));
    }
    if cfg!(debug_assertions) {
        // Chores are built without optimisation so that they start soon; this one computes.
        return run::aloud(&mut house.cargo("run --release --quiet --package xtask -- demo"));
    }
    let options = Options::from_json(&house.read(&format!("{DATA}/options.json"))?).map_err(|e| e.to_string())?;
    let begun = Instant::now();
    let mut tables = Tables::default();
    for table in Table::ALL {
        tables.push(read(house, table, table.name(), &options)?);
    }
    let limits = Limits::default();
    report(&tables, &options, &limits).map_err(|e| e.to_string())?;
    let rows = tables.rows(Table::Interactions);
    println!("{rows} contacts read, checked and reported in {} ms.", begun.elapsed().as_millis());
    let found = Findings::of(&tables, &options, &["language"], &limits).map_err(|e| e.to_string())?;
    println!("Warnings, trends, definitions, fairness and curves with it: {} ms.\n", begun.elapsed().as_millis());
    present(house, &found.dossier())?;
    messy(house, options)
}

fn read(house: &House, table: Table, file: &str, options: &Options) -> Result<kpi_core::input::Batch<'static>, String> {
    let text = house.read(&format!("{DATA}/{file}.csv"))?;
    rows_from_csv(table, &text, options, &Limits::default()).map_err(|e| e.to_string())
}

/// Writes a report as a page, as Markdown and as canonical JSON, and prints it.
fn present(house: &House, dossier: &Dossier<'_>) -> Done {
    let folder = house.target.join("demo");
    let wrong = |e: std::io::Error| format!("{} cannot be written: {e}.", folder.display());
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    std::fs::write(folder.join("report.html"), render::html(*dossier, TITLE)).map_err(wrong)?;
    std::fs::write(folder.join("report.md"), render::markdown(*dossier)).map_err(wrong)?;
    std::fs::write(folder.join("report.json"), dossier.report.to_json() + "\n").map_err(wrong)?;
    let style = TextStyle { colour: std::io::stdout().is_terminal(), ..TextStyle::default() };
    println!("{}", render::text(*dossier, &style));
    println!("The whole report is in report.html, report.md and report.json of {}.\n", house.short(&folder));
    Ok(())
}

/// Rows as a real export has them: what is wrong with them, and how to mend it.
fn messy(house: &House, options: Options) -> Done {
    let options = Options { on_invalid: OnInvalid::Quarantine, by: Vec::new(), every: None, ..options };
    let mut tables = Tables::default();
    tables.push(read(house, Table::Interactions, "messy", &options)?);
    let found = report(&tables, &options, &Limits::default()).map_err(|e| e.to_string())?;
    let counts = &found.counts;
    println!(
        "messy.csv, in quarantine: {} rows = {} used + {} quarantined + {} out of scope.",
        counts.rows_in, counts.rows_used, counts.rows_quarantined, counts.rows_out_of_scope
    );
    for problem in &found.invalid {
        println!("  {}", line_of(problem));
    }
    Ok(())
}

fn line_of(problem: &Problem) -> String {
    let first = problem.examples.first().map_or(String::new(), |e| {
        format!("; first in row {}, {} {}", e.row, e.column, e.value.as_deref().unwrap_or("(empty)"))
    });
    let mend = kpi_core::check::explain(problem.rule).map_or("", |(_, mend)| mend);
    format!("{:<44} {:>3}  {mend}{first}", problem.rule, problem.count)
}
