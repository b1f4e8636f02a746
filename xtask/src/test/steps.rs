//! The list of checks. A new part of the repository adds its entries here.

use crate::house::House;
use crate::{generate, order, setup};
use std::process::Command;

/// One check.
pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    /// Why it cannot run here, if so: a part or a tool that is not there.
    pub idle: fn(&House) -> Option<String>,
    pub check: Check,
}

/// How a check looks.
pub enum Check {
    /// It runs programs, each only if the one before it was content.
    Programs(fn(&House) -> Vec<Command>),
    /// It looks for itself.
    Here(fn(&House) -> Result<(), String>),
}

const fn always(_: &House) -> Option<String> {
    None
}

fn needs(house: &House, path: &str) -> Option<String> {
    (!house.has(path)).then(|| format!("no {path} here"))
}

fn needs_venv(house: &House, tool: &str) -> Option<String> {
    house.venv_tool(tool).is_none().then(|| format!("no {tool}: `cargo xtask setup` installs it"))
}

/// What a failed test says is what matters; the way there would push it out of what is shown.
fn without_backtraces(mut command: Command) -> Command {
    command.env("RUST_BACKTRACE", "0");
    command
}

/// Builds a package and runs its tests.
fn npm_test(house: &House, folder: &str) -> Vec<Command> {
    vec![house.command("npm", "run build --silent", folder), house.command("npm", "test --silent", folder)]
}

/// Builds the Python package into the environment of the checks, and runs everything that looks at it.
fn python_test(house: &House) -> Vec<Command> {
    let tool =
        |name: &str, words: &str, folder: &str| house.command(house.venv_tool(name).unwrap_or_default(), words, folder);
    let mut build = tool("maturin", "develop --quiet", "kpi-py");
    // A folder of its own, since it and cargo would otherwise compile pyo3 anew for each other in turn.
    build.env("VIRTUAL_ENV", house.venv()).env("CARGO_TARGET_DIR", house.target.join("maturin"));
    let mut strict = tool("pyright", "", "kpi-py");
    strict.arg("--pythonpath").arg(house.python());
    let mut checks = vec![build, strict];
    for folder in ["kpi-py", "benches"] {
        for (name, words) in [("ruff", "check ."), ("ruff", "format --check ."), ("mypy", ""), ("pytest", "--quiet")] {
            checks.push(tool(name, words, folder));
        }
    }
    checks
}

fn needs_npm(house: &House, folder: &str) -> Option<String> {
    needs(house, &format!("{folder}/package.json")).or_else(|| {
        let installed = house.has(&format!("{folder}/node_modules"));
        (!installed).then(|| "no npm packages: `cargo xtask setup` installs them".into())
    })
}

const NO_CARGO_DENY: &str = "no cargo-deny: `cargo xtask setup` installs it";

/// Every check, the quick ones first.
pub const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        about: "every Rust file is formatted",
        idle: always,
        check: Check::Programs(|house| {
            vec![house.cargo("fmt --all --check"), house.cargo("fmt --manifest-path fuzz/Cargo.toml --check")]
        }),
    },
    Step {
        name: "order",
        about: "a module of kpi-core imports only earlier ones",
        idle: always,
        check: Check::Here(order::check),
    },
    Step { name: "gen", about: "no generated file is stale", idle: always, check: Check::Here(generate::check) },
    Step {
        name: "clippy",
        about: "no lint of the workspace, its tests and its benches; with no feature more than the default",
        idle: always,
        check: Check::Programs(|house| {
            vec![house.cargo("clippy --workspace --all-targets --locked --quiet -- -D warnings")]
        }),
    },
    Step {
        name: "clippy-features",
        about: "the same with every feature",
        idle: always,
        check: Check::Programs(|house| {
            vec![house.cargo("clippy --workspace --all-targets --all-features --locked --quiet -- -D warnings")]
        }),
    },
    Step {
        name: "tests",
        about: "unit and integration tests of the workspace, with every feature",
        idle: always,
        check: Check::Programs(|house| {
            let words = "test --workspace --all-features --lib --bins --tests --examples --locked --no-fail-fast";
            vec![without_backtraces(house.cargo(words))]
        }),
    },
    Step {
        name: "doctests",
        about: "every example in the documentation runs",
        idle: always,
        check: Check::Programs(|house| {
            vec![without_backtraces(house.cargo("test --workspace --all-features --doc --locked --no-fail-fast"))]
        }),
    },
    Step {
        name: "doc",
        about: "the documentation builds without a warning",
        idle: always,
        check: Check::Programs(|house| {
            let mut doc = house.cargo("doc --workspace --all-features --no-deps --locked --quiet");
            doc.env("RUSTDOCFLAGS", "-D warnings");
            vec![doc]
        }),
    },
    Step {
        name: "fuzz-targets",
        about: "the fuzz targets compile; `cargo xtask fuzz` runs them",
        idle: |house| needs(house, "fuzz/Cargo.toml"),
        check: Check::Programs(|house| vec![house.cargo("check --manifest-path fuzz/Cargo.toml --locked --quiet")]),
    },
    Step {
        name: "wasm32",
        about: "kpi-core builds for WebAssembly with its default features",
        idle: |_| (!setup::wasm_is_installed()).then(|| "no wasm32 target: `cargo xtask setup` installs it".into()),
        check: Check::Programs(|house| {
            vec![house.cargo("build -p kpi-core --lib --target wasm32-unknown-unknown --locked --quiet")]
        }),
    },
    Step {
        name: "package",
        about: "kpi-core can be published: it builds from what its package holds",
        idle: always,
        check: Check::Programs(|house| vec![house.cargo("package -p kpi-core --allow-dirty --locked --quiet")]),
    },
    Step {
        name: "licences",
        about: "every dependency has an allowed licence and comes from crates.io",
        idle: |house| house.tool("cargo-deny").is_none().then(|| NO_CARGO_DENY.into()),
        check: Check::Programs(|house| {
            let deny = house.tool("cargo-deny").unwrap_or_else(|| "cargo-deny".into());
            vec![house.command(deny, "--all-features --locked check licenses bans sources", ".")]
        }),
    },
    Step {
        name: "reference",
        about: "the independent reference in Python agrees with every conformance case",
        idle: |house| needs(house, "conformance/reference/__main__.py"),
        check: Check::Programs(|house| {
            let cases = house.files("conformance/cases", ".json").unwrap_or_default();
            let mut reference = house.command(house.python(), "-m reference", "conformance");
            reference.args(cases);
            vec![reference]
        }),
    },
    Step {
        name: "ruff",
        about: "Python is formatted and without a lint",
        idle: |house| needs(house, "conformance/ruff.toml").or_else(|| needs_venv(house, "ruff")),
        check: Check::Programs(|house| {
            let ruff = || house.venv_tool("ruff").unwrap_or_default();
            let folders = "conformance";
            vec![
                house.command(ruff(), &format!("check {folders}"), "."),
                house.command(ruff(), &format!("format --check {folders}"), "."),
            ]
        }),
    },
    Step {
        name: "mypy",
        about: "the types of the reference hold",
        idle: |house| needs(house, "conformance/reference/__main__.py").or_else(|| needs_venv(house, "mypy")),
        check: Check::Programs(|house| {
            let mypy = house.venv_tool("mypy").unwrap_or_default();
            vec![house.command(mypy, "--strict reference", "conformance")]
        }),
    },
    Step {
        name: "kpi-py",
        about: "the binding for Python: built, linted, typed and tested, also against queries by hand",
        idle: |house| needs(house, "kpi-py/pyproject.toml").or_else(|| needs_venv(house, "maturin")),
        check: Check::Programs(python_test),
    },
    Step {
        name: "kpi-node",
        about: "the binding for Node: built, typed and tested",
        idle: |house| needs_npm(house, "kpi-node"),
        check: Check::Programs(|house| npm_test(house, "kpi-node")),
    },
    Step {
        name: "kpi-wasm",
        about: "the binding for browsers: built, typed and tested in Node and Chromium",
        idle: |house| needs_npm(house, "kpi-wasm"),
        check: Check::Programs(|house| npm_test(house, "kpi-wasm")),
    },
];

#[cfg(test)]
mod tests {
    use super::STEPS;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = STEPS.iter().map(|s| s.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }
}
