//! `demo`: half a year of a made-up support desk, read, checked and reported.

use crate::house::House;
use crate::{Done, refuse, run};
use kpi_core::error::Problem;
use kpi_core::input::{Table, rows_from_csv};
use kpi_core::options::OnInvalid;
use kpi_core::{Limits, Options, Report, Tables, report};
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

/// Shows a report. The renderers plug in here: `render::text` in place of `summary`, and `render::html` written to
/// `report.html` beside `report.json`.
fn present(house: &House, report: &Report) -> Done {
    println!("{}", summary(report));
    let folder = house.target.join("demo");
    let wrong = |e: std::io::Error| format!("{} cannot be written: {e}.", folder.display());
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    let file = folder.join("report.json");
    std::fs::write(&file, report.to_json() + "\n").map_err(wrong)?;
    println!("The whole report is in {}.\n", house.short(&file));
    Ok(())
}

/// The total, one value a line.
fn summary(report: &Report) -> String {
    let mut text = String::new();
    let canonical = report.to_json_value();
    let values = canonical["groups"][0]["values"].as_array().map_or(&[][..], Vec::as_slice);
    for value in values {
        let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let shown = match &value["value"] {
            serde_json::Value::Null => format!("undefined: {}", value["undefined"]["reason"].as_str().unwrap_or("")),
            serde_json::Value::Array(shares) => format!("{} entries", shares.len()),
            serde_json::Value::Number(x) if x.is_f64() => format!("{:.4}", x.as_f64().unwrap_or_default()),
            other => other.to_string().trim_matches('"').to_owned(),
        };
        let between = match (value["low"].as_f64(), value["high"].as_f64()) {
            (Some(low), Some(high)) => format!("{low:.4} to {high:.4}"),
            _ => String::new(),
        };
        let flags: Vec<&str> = value["flags"].as_array().into_iter().flatten().filter_map(|f| f.as_str()).collect();
        let line =
            format!("{:<34} {:<12} {shown:>14}  {between:<18} {}", word("id"), word("population"), flags.join(" "));
        text += line.trim_end();
        text.push('\n');
    }
    text
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
