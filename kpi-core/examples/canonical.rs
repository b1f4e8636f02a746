//! Writes what Rust answers to every conformance case, for the other languages to be compared with, byte by byte:
//! `canonical CASES OUT` writes `OUT/<case>.json`, or `OUT/<case>.error.json`, and `OUT/catalogue.json`.
use std::path::{Path, PathBuf};
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(cases), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: canonical CASES OUT".into());
    };
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    fs::write(out.join("catalogue.json"), kpi_core::catalogue_json())?;
    for file in fs::read_dir(cases)? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "json") {
            answer(&file, &out)?;
        }
    }
    Ok(())
}

fn answer(file: &Path, out: &Path) -> Result<(), Box<dyn error::Error>> {
    let case: serde_json::Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    match kpi_core::report_json(&case["tables"].to_string(), &case["options"].to_string()) {
        Ok(report) => fs::write(out.join(format!("{name}.json")), report)?,
        Err(error) => fs::write(out.join(format!("{name}.error.json")), error.to_json())?,
    }
    Ok(())
}
