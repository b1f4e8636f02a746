//! Whatever stands in options and tables, there is a report or an error, and never a panic. Options come first, then a
//! zero byte, then tables; without a zero byte everything is tables.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let (options, tables) = text.split_once('\0').unwrap_or(("{}", text));
    let Ok(report) = kpi_core::report_json(tables, options) else { return };
    let report: Value = serde_json::from_str(&report).expect("a report is JSON");
    let count = |name: &str| report["counts"][name].as_u64().expect("counts are whole numbers");
    assert_eq!(
        count("rows_in"),
        count("rows_used") + count("rows_quarantined") + count("rows_out_of_scope"),
        "every row is somewhere"
    );
});
