//! Reading tables from JSON: one object with a list of rows for each table, a list of rows, or JSON lines.
//!
//! There are two readers. The quick one scans plain rows and gives up at the first thing that it does not expect, be it
//! an error or a limit; it does not say why. The careful one, made of `serde_json`, then reads the same text from its
//! start, and takes it or says what is wrong where. So what is accepted and every message depend on the careful one.

#[cfg(test)]
mod agree;
mod careful;
mod keys;
mod quick;
mod scan;

use super::columns::Table;
use super::data::Batch;
use super::tables::{Limits, Tables};
use crate::error::Result;
use crate::options::Options;

/// Reads all tables from `{"interactions": [{…}, …], "costs": […], …}`.
///
/// # Errors
/// When the text is not JSON of that shape, or larger than the limits. What single cells hold is checked later, rule
/// by rule.
pub fn tables_from_json(text: &str, options: &Options, limits: &Limits) -> Result<Tables<'static>> {
    if let Some(tables) = quick::tables(text, options, limits) {
        return Ok(tables);
    }
    limits.watch.check()?;
    careful::tables(text, options, limits)
}

/// Reads the rows of one table from a JSON list of objects.
///
/// # Errors
/// As [`tables_from_json`].
pub fn rows_from_json(table: Table, text: &str, options: &Options, limits: &Limits) -> Result<Batch<'static>> {
    if let Some(rows) = quick::list(table, text, options, limits) {
        return Ok(rows);
    }
    limits.watch.check()?;
    careful::list(table, text, options, limits)
}

/// Reads the rows of one table from JSON lines: one object a line; empty lines are passed over.
///
/// # Errors
/// As [`tables_from_json`], and the message names the line.
pub fn rows_from_json_lines(table: Table, text: &str, options: &Options, limits: &Limits) -> Result<Batch<'static>> {
    quick::lines(table, text, options, limits).map_or_else(|| careful::lines(table, text, options, limits), Ok)
}

/// A float that JSON has no number for, as the bindings write it: `{"float":"NaN"}`, `inf` or `-inf`. It is a number all
/// the same, so that the rules say `not_finite` where a number is meant and `wrong_type` where a text is.
fn not_finite(text: &str) -> Option<&str> {
    let float = text.strip_prefix(r#"{"float":""#)?.strip_suffix(r#""}"#)?;
    matches!(float, "NaN" | "inf" | "-inf").then_some(float)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_float_that_json_cannot_write_is_a_number_that_is_not_finite() {
        let rows = r#"[{"id": {"float":"NaN"}, "csat": {"float":"inf"}, "cost_api": {"float":"-inf"}, "confidence": {"float":"0.5"}}]"#;
        let batch = rows_from_json(Table::Interactions, rows, &Options::default(), &Limits::default()).unwrap();
        let found: Vec<_> = batch.problems().iter().map(|p| (p.column.name(), p.rule, p.value.as_str())).collect();
        assert_eq!(
            found,
            [
                ("id", "wrong_type", "NaN"),
                ("csat", "not_finite", "inf"),
                ("cost_api", "not_finite", "-inf"),
                ("confidence", "wrong_type", r#"{"float":"0.5"}"#),
            ]
        );
    }
}
