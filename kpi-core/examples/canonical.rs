//! Writes what Rust answers to every conformance case, for the other languages to be compared with, byte by byte:
//! `canonical CONFORMANCE OUT` reads the cases in the folders `cases`, `verbs` and `money`, and writes `OUT/<case>.json`, or
//! `OUT/<case>.error.json`, and `OUT/catalogue.json`.
use std::path::{Path, PathBuf};
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(conformance), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: canonical CONFORMANCE OUT".into());
    };
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    fs::write(out.join("catalogue.json"), kpi_core::catalogue_json())?;
    for folder in ["cases", "verbs", "money"] {
        for file in fs::read_dir(conformance.join(folder))? {
            let file = file?.path();
            if file.extension().is_some_and(|extension| extension == "json") {
                answer(&file, &out)?;
            }
        }
    }
    Ok(())
}

fn answer(file: &Path, out: &Path) -> Result<(), Box<dyn error::Error>> {
    let case: serde_json::Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let ask = case.get("ask").map_or_else(|| "{}".into(), ToString::to_string);
    let verb = case["verb"].as_str().unwrap_or("report");
    let found = match case.get("tables") {
        Some(tables) => kpi_core::answer_json(verb, &tables.to_string(), &ask, &case["options"].to_string()),
        None => kpi_core::calculate_json(verb, &ask),
    };
    match found {
        Ok(answer) => fs::write(out.join(format!("{name}.json")), answer)?,
        Err(error) => fs::write(out.join(format!("{name}.error.json")), error.to_json())?,
    }
    Ok(())
}
