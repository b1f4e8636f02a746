//! `demo`: half a year of a made-up support desk, read, checked and reported.

use crate::house::House;
use crate::{Done, refuse, run};
use kpi_core::error::Problem;
use kpi_core::input::{Table, rows_from_csv};
use kpi_core::options::OnInvalid;
use kpi_core::render::{self, TextStyle};
use kpi_core::{Limits, Options, Report, Tables, report};
use std::io::IsTerminal;
use std::time::Instant;

pub const HELP: &str = "
cargo xtask demo

Reports the demo data, and shows what happens to rows that break rules.

Reads `examples/data`, prints the report, writes it to `target/demo`, then reads `messy.csv`, whose rows come
as a real export might have them, and lists what is wrong with them.
";

const DATA: &str = "examples/data";

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
    let found = report(&tables, &options, &Limits::default()).map_err(|e| e.to_string())?;
    let rows = tables.rows(Table::Interactions);
    println!("{rows} contacts read, checked and reported in {} ms.\n", begun.elapsed().as_millis());
    present(house, &found)?;
    messy(house, options)
}

fn read(house: &House, table: Table, file: &str, options: &Options) -> Result<kpi_core::input::Batch<'static>, String> {
    let text = house.read(&format!("{DATA}/{file}.csv"))?;
    rows_from_csv(table, &text, options, &Limits::default()).map_err(|e| e.to_string())
}

/// Shows a report in the terminal, and leaves it as a page and as data.
fn present(house: &House, report: &Report) -> Done {
    let style = TextStyle { colour: std::io::stdout().is_terminal(), ..TextStyle::default() };
    println!("{}", render::text(report, &style));
    let folder = house.target.join("demo");
    let wrong = |e: std::io::Error| format!("{} cannot be written: {e}.", folder.display());
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    let (page, data) = (folder.join("report.html"), folder.join("report.json"));
    std::fs::write(&page, render::html(report, "A support desk, January to June 2026")).map_err(wrong)?;
    std::fs::write(&data, report.to_json() + "\n").map_err(wrong)?;
    println!("The same as a page: {}; as data: {}.\n", house.short(&page), house.short(&data));
    Ok(())
}

/// Rows as a real export has them: first the error they make, then the report without them.
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
