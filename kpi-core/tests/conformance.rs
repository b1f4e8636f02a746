//! Every case of `conformance/cases` gives the report it says, and every one of `conformance/verbs` and `conformance/money` the
//! figures that another library or another program computed, whatever the order of their rows.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../conformance").join(name)
}

fn cases(folder: PathBuf) -> Vec<(String, Value)> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).unwrap();
        (file.file_stem().unwrap().to_string_lossy().into_owned(), serde_json::from_str(&text).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// Decimal text with what does not count dropped: `3.0` is `3`.
fn decimal(text: &str) -> String {
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    if text == "-0" { "0".into() } else { text.into() }
}

/// Numbers agree to a relative 1e-9, decimal texts exactly, everything else literally.
fn differences(path: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(want), Value::Object(have)) => {
            for (key, want) in want {
                let path = format!("{path}.{key}");
                differences(&path, want, have.get(key).unwrap_or(&Value::Null), out);
            }
        }
        (Value::Array(want), Value::Array(have)) if want.len() == have.len() => {
            for (i, (want, have)) in want.iter().zip(have).enumerate() {
                differences(&format!("{path}[{i}]"), want, have, out);
            }
        }
        (Value::Number(want), Value::Number(have)) => {
            let (want, have) = (want.as_f64().unwrap(), have.as_f64().unwrap());
            if (want - have).abs() > 1e-9 * want.abs().max(have.abs()) {
                out.push(format!("{path}: wanted {want}, found {have}"));
            }
        }
        (Value::String(want), Value::String(have)) if decimal(want) == decimal(have) => {}
        (want, have) if want == have => {}
        (want, have) => out.push(format!("{path}: wanted {want}, found {have}")),
    }
}

fn value_key(v: &Value) -> String {
    format!("{}/{}", v["id"].as_str().unwrap(), v["population"].as_str().unwrap())
}

fn compare(case: &str, expected: &Value, found: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let (want, have) = (expected["groups"].as_array().unwrap(), found["groups"].as_array().unwrap());
    let key = |g: &Value| json!([g["by"], g["period"]]).to_string();
    let (wanted, had): (Vec<_>, Vec<_>) = (want.iter().map(key).collect(), have.iter().map(key).collect());
    if wanted != had {
        return vec![format!("{case}: groups differ\n  wanted {wanted:?}\n  found {had:?}")];
    }
    let mut without_groups = expected.clone();
    without_groups.as_object_mut().unwrap().remove("groups");
    differences(case, &without_groups, found, &mut out);
    for (want, have) in want.iter().zip(have) {
        let place = format!("{case} {}", key(want));
        differences(&format!("{place} outcomes"), &want["outcomes"], &have["outcomes"], &mut out);
        let (want, have) = (want["values"].as_array().unwrap(), have["values"].as_array().unwrap());
        let ids = |v: &[Value]| v.iter().map(value_key).collect::<Vec<_>>();
        if ids(want) != ids(have) {
            let lacking: Vec<_> = ids(want).into_iter().filter(|id| !ids(have).contains(id)).collect();
            let too_many: Vec<_> = ids(have).into_iter().filter(|id| !ids(want).contains(id)).collect();
            out.push(format!("{place}: values differ; lacking {lacking:?}, too many {too_many:?}"));
            continue;
        }
        for (want, have) in want.iter().zip(have) {
            let mut want = want.clone();
            if want["unit"] == "count" {
                want.as_object_mut().unwrap().remove("n");
            }
            differences(&format!("{place} {}", value_key(&want)), &want, have, &mut out);
        }
    }
    out
}

/// Rows of every table the other way round.
fn reversed(tables: &Value) -> Value {
    let mut tables = tables.clone();
    for rows in tables.as_object_mut().into_iter().flat_map(|tables| tables.values_mut()) {
        rows.as_array_mut().unwrap().reverse();
    }
    tables
}

fn check(name: &str, case: &Value) -> Result<(), Failed> {
    let run = |tables: &Value| kpi_core::report_json(&tables.to_string(), &case["options"].to_string());
    let text = run(&case["tables"]).map_err(|e| e.to_string())?;
    let found: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let mut differences = compare(name, &case["expect"], &found);
    let mut back: Value = serde_json::from_str(&run(&reversed(&case["tables"])).map_err(|e| e.to_string())?).unwrap();
    back["invalid"] = found["invalid"].clone();
    if back != found {
        differences.push("the order of rows changes the report".into());
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// What stands at a place: steps by key, by position, or to the first element that has these entries.
fn at<'v>(found: &'v Value, place: &Value) -> Option<&'v Value> {
    place.as_array()?.iter().try_fold(found, |found, step| match step {
        Value::String(key) => found.get(key),
        Value::Number(position) => found.get(usize::try_from(position.as_u64()?).ok()?),
        _ => found.as_array()?.iter().find(|element| {
            let mut wanted = step.as_object().into_iter().flatten();
            wanted.all(|(key, value)| element.get(key) == Some(value))
        }),
    })
}

/// Figures of a verb or calculator agree with those of a library to a relative 1e-7: some of its own come from a search or a
/// simulation.
fn check_verb(name: &str, case: &Value) -> Result<(), Failed> {
    let (verb, ask) = (case["verb"].as_str().unwrap(), case["ask"].to_string());
    let run = |tables: &Value| {
        if tables.is_null() {
            return kpi_core::calculate_json(verb, &ask);
        }
        kpi_core::answer_json(verb, &tables.to_string(), &ask, &case["options"].to_string())
    };
    let text = run(&case["tables"]).map_err(|e| e.to_string())?;
    let found: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let mut wrong = Vec::new();
    for expected in case["expect"].as_array().unwrap() {
        let (want, have) = (&expected["is"], at(&found, &expected["at"]).unwrap_or(&Value::Null));
        let agrees = match (want.as_f64(), have.as_f64()) {
            (Some(want), Some(have)) => (want - have).abs() <= 1e-7 * want.abs().max(have.abs()),
            _ => want == have,
        };
        if !agrees {
            wrong.push(format!("{name} {}: {} gives {want}, found {have}", expected["at"], expected["call"]));
        }
    }
    if run(&reversed(&case["tables"])).map_err(|e| e.to_string())? != text {
        wrong.push("the order of rows changes the answer".into());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// One test a case, under the name of its file.
fn main() {
    // Other cases, such as random ones of the reference, can be given by their folder.
    let reports = std::env::var_os("CASES").map_or_else(|| folder("cases"), PathBuf::from);
    let report = |(name, case): (String, Value)| Trial::test(name.clone(), move || check(&name, &case));
    let verb = |(name, case): (String, Value)| Trial::test(name.clone(), move || check_verb(&name, &case));
    let others = cases(folder("verbs")).into_iter().chain(cases(folder("money")));
    let trials = cases(reports).into_iter().map(report).chain(others.map(verb));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
