//! Writes the demo's page: `page FOLDER FILE` reads the tables and `options.json` of a folder such as `examples/data`.
use kpi_core::input::{Table, rows_from_csv};
use kpi_core::render::{Findings, html};
use kpi_core::{Limits, Options, Tables};
use std::path::PathBuf;
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: page FOLDER FILE".into());
    };
    let (options, limits) = (Options::from_json(&fs::read_to_string(folder.join("options.json"))?)?, Limits::default());
    let mut tables = Tables::default();
    for table in Table::ALL {
        let text = fs::read_to_string(folder.join(format!("{}.csv", table.name())))?;
        tables.push(rows_from_csv(table, &text, &options, &limits)?);
    }
    let found = Findings::of(&tables, &options, &["language"], &limits)?;
    fs::write(file, html(found.dossier(), "A made-up support desk, January to June 2026"))?;
    Ok(())
}
