//! Packs supportkpi for browsers into `kpi-wasm/pkg`: compiles, binds, shrinks, and puts JavaScript and types beside it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use wasm_bindgen_cli_support::Bindgen;

/// A module: what JavaScript loads, and what it is compiled with.
struct Module {
    name: &'static str,
    features: &'static [&'static str],
}

/// The whole, and the calculators alone, which are much smaller.
const MODULES: [Module; 2] = [
    Module { name: "supportkpi", features: &[] },
    Module { name: "supportkpi_money", features: &["--no-default-features"] },
];

/// Packs the workspace at `root`. `npm ci` in `kpi-wasm` has put wasm-opt in place.
///
/// # Errors
/// When a tool is missing or fails, or a file cannot be read or written.
pub fn pack(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let crate_dir = root.join("kpi-wasm");
    let pkg = crate_dir.join("pkg");
    if pkg.exists() {
        fs::remove_dir_all(&pkg)?;
    }
    fs::create_dir_all(&pkg)?;
    for module in MODULES {
        bind(&compile(root, module.features)?, module.name, &pkg)?;
        shrink(&crate_dir, &pkg.join(format!("{}_bg.wasm", module.name)))?;
    }
    copy_javascript(root, &pkg)?;
    Ok(pkg)
}

fn compile(root: &Path, features: &[&str]) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let options = ["build", "--package", "kpi-wasm", "--target", "wasm32-unknown-unknown", "--profile", "wasm"];
    run(Command::new(cargo).args(options).args(features).current_dir(root))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |given| root.join(given));
    Ok(target.join("wasm32-unknown-unknown/wasm/kpi_wasm.wasm"))
}

fn bind(wasm: &Path, name: &str, pkg: &Path) -> Result<(), Box<dyn Error>> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        // After a panic the instance cannot be trusted; the next call gets a new one.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(pkg)?;
    Ok(())
}

fn shrink(crate_dir: &Path, wasm: &Path) -> Result<(), Box<dyn Error>> {
    let tool = crate_dir.join("node_modules/binaryen/bin/wasm-opt");
    if !tool.exists() {
        return Err("wasm-opt is missing; run `npm ci` in kpi-wasm".into());
    }
    run(Command::new("node").arg(tool).arg("-Oz").arg(wasm).arg("-o").arg(wasm))
}

/// What is the same for Node and browsers is kept with Node's package.
fn copy_javascript(root: &Path, pkg: &Path) -> Result<(), Box<dyn Error>> {
    let (own, node) = (root.join("kpi-wasm/js"), root.join("kpi-node"));
    for file in ["index.js", "money.js", "money.d.ts", "money-node.js", "module.js", "node.js"] {
        fs::copy(own.join(file), pkg.join(file))?;
    }
    let package = fs::read_to_string(own.join("package.json"))?.replace("0.0.0", env!("CARGO_PKG_VERSION"));
    fs::write(pkg.join("package.json"), package)?;
    fs::copy(root.join("kpi-wasm/README.md"), pkg.join("README.md"))?;
    fs::create_dir_all(pkg.join("lib"))?;
    for file in fs::read_dir(node.join("lib"))? {
        let file = file?;
        fs::copy(file.path(), pkg.join("lib").join(file.file_name()))?;
    }
    let types = fs::read_to_string(node.join("index.d.ts"))? + "\n" + &fs::read_to_string(own.join("init.d.ts"))?;
    fs::write(pkg.join("index.d.ts"), types)?;
    Ok(())
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status().map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed: {status}", command.get_program().display()).into()) }
}
