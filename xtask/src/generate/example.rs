//! A worked example as small tables: rows that people can add up themselves.

use super::{cell_text, code};
use kpi_core::kpis::Kpi;
use serde_json::Value;
use std::fmt::Write as _;

/// Rows, options, how one gets there, and what comes out.
pub fn page(kpi: &Kpi) -> String {
    let mut text = String::from("### Worked example\n\n");
    match serde_json::from_str(kpi.example.tables) {
        Ok(Value::Object(tables)) => {
            for (name, rows) in &tables {
                let _ = write!(text, "{}:\n\n{}\n", code(name), rows_of(rows));
            }
        }
        // The example's own test refuses what is not JSON; here it is shown as it stands.
        _ => {
            let _ = write!(text, "```json\n{}\n```\n\n", kpi.example.tables);
        }
    }
    match kpi.example.options {
        "" | "{}" => {}
        options => {
            let _ = write!(text, "Options: {}\n\n", code(options));
        }
    }
    text += kpi.example.working;
    text += "\n\n";
    for (population, value) in kpi.example.expect {
        let _ = writeln!(text, "- {}: {}", code(population.name()), code(value));
    }
    text
}

/// Columns in the order in which rows name them first.
fn rows_of(rows: &Value) -> String {
    let rows: Vec<_> = rows.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    let mut columns: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(|row| row.keys()) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    if columns.is_empty() {
        return "no rows\n".into();
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(columns.iter().map(|name| (*name).clone()).collect());
    text += &line(columns.iter().map(|_| "---".into()).collect());
    for row in rows {
        text += &line(columns.iter().map(|name| cell(row.get(*name))).collect());
    }
    text
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => cell_text(text),
        Some(other) => cell_text(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::rows_of;
    use serde_json::json;

    #[test]
    fn rows_become_a_table_with_every_column_once() {
        let rows = json!([{"id": "1", "csat": 5}, {"id": "2", "issue": "a|b", "csat": null}]);
        let wanted = "| id | csat | issue |\n| --- | --- | --- |\n| 1 | 5 |  |\n| 2 |  | a\\|b |\n";
        assert_eq!(rows_of(&rows), wanted);
        assert_eq!(rows_of(&json!([])), "no rows\n");
    }
}
