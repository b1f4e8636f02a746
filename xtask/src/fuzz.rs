//! `fuzz`: looks for inputs that break what must never break.

use crate::house::{House, on_path};
use crate::{Done, refuse, run};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

pub const HELP: &str = "
cargo xtask fuzz [--build] [SECONDS]

Runs every fuzz target for SECONDS each (30 if not said) with the nightly toolchain.

A target that finds something writes the input to `fuzz/artifacts`; it belongs in a test once it is mended.

  --build   only builds the targets
";

const INSTALL: &str = "It needs `rustup toolchain install nightly` and `cargo install cargo-fuzz --locked`.";

pub fn run(house: &House, words: &[String]) -> Done {
    let (mut seconds, mut build) = (30_u32, false);
    for word in words {
        match word.parse() {
            Ok(n) => seconds = n,
            Err(_) if word == "--build" => build = true,
            Err(_) => return Err(refuse("fuzz", word)),
        }
    }
    if let Some(missing) = missing(house) {
        return Err(format!("{missing} {INSTALL}"));
    }
    if build {
        return run::aloud(&mut nightly(house, "build"));
    }
    seed(house)?;
    let mut broken = Vec::new();
    for target in targets(house)? {
        println!("{target}: {seconds} s");
        let mut fuzz = nightly(house, "run");
        fuzz.arg(&target).args(["--", "-rss_limit_mb=4096"]).arg(format!("-max_total_time={seconds}"));
        if run::aloud(&mut fuzz).is_err() {
            broken.push(target);
        }
    }
    if broken.is_empty() { Ok(()) } else { Err(format!("Found by {}; see fuzz/artifacts.", broken.join(", "))) }
}

fn missing(house: &House) -> Option<&'static str> {
    let nightly = Command::new("rustup").args(["run", "nightly", "rustc", "--version"]).output();
    if !nightly.is_ok_and(|out| out.status.success()) {
        return Some("There is no nightly toolchain.");
    }
    (house.tool("cargo-fuzz").is_none() && on_path("cargo-fuzz").is_none()).then_some("There is no cargo-fuzz.")
}

/// `cargo fuzz WHAT` with the nightly toolchain, whichever toolchain runs this.
fn nightly(house: &House, what: &str) -> Command {
    let tool: PathBuf = house.tool("cargo-fuzz").unwrap_or_else(|| "cargo-fuzz".into());
    let mut fuzz = house.command("rustup", "run nightly", "fuzz");
    fuzz.arg(tool).args(["fuzz", what]).arg("--target-dir").arg(house.target.join("fuzz"));
    fuzz.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    fuzz
}

/// Gives `report_json` the conformance cases to begin with: options, a zero byte, tables.
fn seed(house: &House) -> Done {
    let folder = house.root.join("fuzz/corpus/report_json");
    let wrong = |e: std::io::Error| format!("{} cannot be written: {e}.", folder.display());
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    for file in house.files("conformance/cases", ".json")? {
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{} cannot be read: {e}.", file.display()))?;
        let case: Value = serde_json::from_str(&text).map_err(|e| format!("{} is no JSON: {e}.", file.display()))?;
        let name = file.file_stem().unwrap_or_default();
        std::fs::write(folder.join(name), format!("{}\0{}", case["options"], case["tables"])).map_err(wrong)?;
    }
    Ok(())
}

fn targets(house: &House) -> Result<Vec<String>, String> {
    let files = house.files("fuzz/fuzz_targets", ".rs")?;
    Ok(files.iter().filter_map(|f| f.file_stem().map(|name| name.to_string_lossy().into_owned())).collect())
}
