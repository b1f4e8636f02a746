//! `setup`: what the checks need beyond a Rust toolchain.

use crate::house::{House, on_path, system_python};
use crate::{Done, refuse, run};
use std::process::Command;
use std::time::Duration;

pub const HELP: &str = "
cargo xtask setup

Installs what the checks need, and says in one line each what it did.

Tools and the Python environment go to Cargo's target folder, npm packages to `node_modules`.
What is there already is left alone, so a second run is quick. Steps for parts that this checkout
does not have are passed over. `cargo xtask test` works without any of it and names what it skips.
";

/// The version that the checks were tried with.
pub const CARGO_DENY: &str = "0.20.2";
const WASM: &str = "wasm32-unknown-unknown";
/// What the Python environment holds: tools in exact versions, the libraries of data frames in those that are taken.
const REQUIREMENTS: &str = "requirements-dev.txt";

/// One thing to install.
struct Step {
    name: &'static str,
    /// Why there is nothing to do here, if so.
    idle: fn(&House) -> Option<String>,
    does: fn(&House) -> Vec<Command>,
    /// What is left to do then.
    after: Option<fn(&House) -> Done>,
}

/// Everything that is installed, in order. A new part of the repository adds one entry.
const STEPS: &[Step] = &[
    Step {
        name: "wasm32 target",
        idle: |_| wasm_is_installed().then(|| "is there".into()),
        does: |house| vec![house.command("rustup", &format!("target add {WASM}"), ".")],
        after: None,
    },
    Step {
        name: "cargo-deny",
        idle: |house| house.tool("cargo-deny").map(|_| "is there".into()),
        does: |house| {
            // Unoptimised it is built in half the time, and still checks within seconds.
            let words = format!("install cargo-deny --version {CARGO_DENY} --locked --quiet --debug");
            let mut install = house.cargo(&words);
            install.arg("--root").arg(house.tools()).arg("--target-dir").arg(house.tools().join("build"));
            // The repository's own target folder is no place for another project's objects.
            install.env_remove("CARGO_TARGET_DIR");
            vec![install]
        },
        after: Some(|house| std::fs::remove_dir_all(house.tools().join("build")).or(Ok(()))),
    },
    Step {
        name: "Python environment",
        idle: |house| {
            if !house.has(REQUIREMENTS) {
                return Some(format!("no {REQUIREMENTS} here"));
            }
            let same = std::fs::read_to_string(house.venv().join(REQUIREMENTS)).ok() == house.read(REQUIREMENTS).ok();
            same.then(|| "is there".into())
        },
        does: |house| {
            let mut make = Command::new(system_python());
            make.args(["-m", "venv"]).arg(house.venv());
            let python = house.venv().join(if cfg!(windows) { "Scripts/python" } else { "bin/python" });
            let words = "-m pip install --quiet --disable-pip-version-check --requirement";
            vec![make, house.command(python, &format!("{words} {REQUIREMENTS}"), ".")]
        },
        after: Some(|house| {
            let copied = std::fs::copy(house.root.join(REQUIREMENTS), house.venv().join(REQUIREMENTS));
            copied.map(|_| ()).map_err(|e| format!("the environment cannot be marked: {e}"))
        }),
    },
    Step {
        name: "npm packages",
        idle: |house| npm_folders(house).is_empty().then(|| "no package.json here".into()),
        does: |house| npm_folders(house).iter().map(|f| house.command("npm", "ci --no-audit --no-fund", f)).collect(),
        after: None,
    },
    Step {
        name: "Chromium",
        idle: |house| {
            if !house.has("kpi-wasm/package.json") {
                return Some("nothing here runs in a browser yet".into());
            }
            if on_path("chromium").is_some() {
                return Some("is there".into());
            }
            let may = on_path("apt-get").is_some() && is_root();
            (!may).then(|| "not root, or no apt: install Chromium by hand for the browser tests".into())
        },
        does: |house| {
            let mut install = house.command("apt-get", "install -y --no-install-recommends chromium", ".");
            install.env("DEBIAN_FRONTEND", "noninteractive");
            vec![house.command("apt-get", "update", "."), install]
        },
        after: None,
    },
];

/// Folders with npm packages of their own, wherever they are.
const NPM: &[&str] = &["kpi-node", "kpi-wasm", "examples/node", "examples/browser"];

fn npm_folders(house: &House) -> Vec<&'static str> {
    NPM.iter().copied().filter(|folder| house.has(&format!("{folder}/package.json"))).collect()
}

/// Whether the standard library for WebAssembly is installed beside the compiler in use.
pub fn wasm_is_installed() -> bool {
    let found = Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]).output();
    found.is_ok_and(|out| std::path::Path::new(String::from_utf8_lossy(&out.stdout).trim()).is_dir())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

pub fn run(house: &House, words: &[String]) -> Done {
    if let Some(word) = words.first() {
        return Err(refuse("setup", word));
    }
    let mut failed = 0;
    for step in STEPS {
        match install(house, step) {
            Ok(said) => println!("{:<20} {said}", step.name),
            Err(problem) => {
                failed += 1;
                println!("{:<20} FAILED: {problem}", step.name);
            }
        }
    }
    if failed == 0 { Ok(()) } else { Err(format!("{failed} of {} steps failed.", STEPS.len())) }
}

fn install(house: &House, step: &Step) -> Result<String, String> {
    if let Some(reason) = (step.idle)(house) {
        return Ok(reason);
    }
    let log = house.target.join("xtask/setup").join(format!("{}.log", step.name.replace(' ', "-")));
    for mut command in (step.does)(house) {
        let finished = run::logged(&mut command, &log, Duration::from_secs(1200))?;
        if !finished.ok {
            return Err(format!("`{}`\n{}", run::shown(&command), run::tail(&finished.output, 20)));
        }
    }
    step.after.map_or(Ok(()), |after| after(house))?;
    Ok("installed".into())
}
