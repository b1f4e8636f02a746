//! The README's example in Rust prints what the other languages print.

use std::process::Command;

#[test]
fn the_example_of_the_front_page() {
    let run = ["run", "--quiet", "--package", "kpi-core", "--example", "readme"];
    let output = Command::new(env!("CARGO")).args(run).output().unwrap();
    let expected = include_str!("../../examples/readme/expected.json");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{}", String::from_utf8_lossy(&output.stderr));
}
