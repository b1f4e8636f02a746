//! The README's example in Rust prints what the other languages print.

use kpi_core::input::{Table, rows_from_csv};
use kpi_core::render::{TextStyle, text};
use kpi_core::{Limits, Options, Tables, report};
use std::process::Command;

#[test]
fn the_example_of_the_front_page() {
    let run = ["run", "--quiet", "--package", "kpi-core", "--example", "readme"];
    let output = Command::new(env!("CARGO")).args(run).output().unwrap();
    let expected = include_str!("../../examples/readme/expected.json");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{}", String::from_utf8_lossy(&output.stderr));
}

const README: &str = include_str!("../../README.md");

/// The file of a language stands in the README as it is run, so what people copy is what the tests ran.
#[test]
fn the_front_page_shows_the_examples_that_are_run() {
    let examples = [
        include_str!("../examples/readme.rs"),
        include_str!("../../examples/readme/python.py"),
        include_str!("../../examples/readme/node.mjs"),
        include_str!("../../examples/readme/browser.html"),
    ];
    for example in examples {
        assert!(README.contains(example.trim_end()), "README.md differs from\n{example}");
    }
}

#[test]
fn the_front_page_shows_what_the_demo_prints() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/");
    let read = |file: &str| std::fs::read_to_string(format!("{folder}{file}")).unwrap();
    let options = Options::from_json(&read("options.json")).unwrap();
    let mut tables = Tables::default();
    for table in Table::ALL {
        let text = read(&format!("{}.csv", table.name()));
        tables.push(rows_from_csv(table, &text, &options, &Limits::default()).unwrap());
    }
    let report = report(&tables, &options, &Limits::default()).unwrap();
    let printed = text(&report, &TextStyle::default());
    let shown = README.split_once("```text\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    assert!(
        printed.starts_with(shown.trim_end()),
        "README.md does not show what `cargo xtask demo` prints:\n{printed}"
    );
}
