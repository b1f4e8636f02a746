//! A tally as bytes: it comes back whole, and nothing but a whole one comes back.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::input::tables_from_json;
use kpi_core::tally::Tally;
use kpi_core::{Code, Limits, Options, tally};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The richest case: every column, groups and periods.
fn rich_case() -> (String, Value) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../conformance/cases");
    let file =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).find(|f| f.to_string_lossy().contains("/156-"));
    let case: Value = serde_json::from_str(&std::fs::read_to_string(file.unwrap()).unwrap()).unwrap();
    let mut options = case["options"].clone();
    options["as_of"] = case["expect"]["as_of"].clone();
    options["currency"] = case["expect"]["currency"].clone();
    (case["tables"].to_string(), options)
}

fn tally_of(tables: &str, options: &Value) -> Tally {
    let options = Options::from_json(&options.to_string()).unwrap();
    let limits = Limits::default();
    tally(&tables_from_json(tables, &options, &limits).unwrap(), &options, &limits).unwrap()
}

#[test]
fn a_tally_comes_back_from_its_bytes_with_the_same_report() {
    let (tables, mut options) = rich_case();
    for quantiles in ["exact", "sketch"] {
        options["quantiles"] = json!(quantiles);
        let tally = tally_of(&tables, &options);
        let back = Tally::from_bytes(&tally.to_bytes()).unwrap();
        assert_eq!(back.to_bytes(), tally.to_bytes());
        assert_eq!(back.report().unwrap().to_json(), tally.report().unwrap().to_json());
    }
}

#[test]
fn any_changed_byte_is_found() {
    let (tables, options) = rich_case();
    let bytes = tally_of(&tables, &options).to_bytes();
    let step = bytes.len() / 500 + 1;
    for at in (0..60).chain((60..bytes.len()).step_by(step)) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        let error = Tally::from_bytes(&changed).err().unwrap_or_else(|| panic!("byte {at} changed unseen"));
        assert!(matches!(error.code(), Code::StateCorrupt | Code::StateNewer), "byte {at}: {error}");
    }
    for end in (0..bytes.len()).step_by(step) {
        assert_eq!(Tally::from_bytes(&bytes[..end]).err().unwrap().code(), Code::StateCorrupt);
    }
}

/// Somebody who also mends the checksum gets no panic and no memory out of it.
#[test]
fn a_forged_body_is_an_error_and_never_a_panic() {
    let (tables, options) = rich_case();
    let bytes = tally_of(&tables, &options).to_bytes();
    for at in (41..bytes.len()).step_by(bytes.len() / 2000 + 1) {
        let mut forged = bytes.clone();
        forged[at] ^= 0xFF;
        let sum = Sha256::digest(&forged[41..]);
        forged[9..41].copy_from_slice(&sum);
        if let Ok(tally) = Tally::from_bytes(&forged) {
            drop(tally.to_bytes());
        }
    }
}

#[test]
fn foreign_and_newer_bytes_say_what_they_are() {
    assert_eq!(Tally::from_bytes(b"PK\x03\x04").err().unwrap().to_string(), "These bytes are no tally of supportkpi.");
    let mut newer = b"SKPITALY".to_vec();
    newer.push(200);
    let error = Tally::from_bytes(&newer).err().unwrap();
    assert_eq!(error.code(), Code::StateNewer);
    assert!(error.to_string().ends_with("Update supportkpi."));
}

#[test]
fn parts_made_with_different_options_name_the_option() {
    let (tables, options) = rich_case();
    let mut other = options.clone();
    other["recontact_hours"] = json!(24);
    let error = tally_of(&tables, &options).merge(&tally_of(&tables, &other)).err().unwrap();
    assert_eq!(error.code(), Code::OptionsDiffer);
    assert!(error.to_string().contains("`recontact_hours`"), "{error}");
}

#[test]
fn parts_made_with_different_costs_say_so() {
    let (tables, options) = rich_case();
    let mut without: Value = serde_json::from_str(&tables).unwrap();
    without["costs"] = json!([]);
    let error = tally_of(&tables, &options).merge(&tally_of(&without.to_string(), &options)).err().unwrap();
    assert_eq!(error.code(), Code::OptionsDiffer);
    assert!(error.to_string().contains("`costs`"), "{error}");
}

#[test]
fn a_part_needs_what_only_the_whole_could_tell() {
    let (tables, options) = rich_case();
    for name in ["as_of", "currency"] {
        let mut lacking = options.clone();
        lacking.as_object_mut().unwrap().remove(name);
        let options = Options::from_json(&lacking.to_string()).unwrap();
        let limits = Limits::default();
        let error = tally(&tables_from_json(&tables, &options, &limits).unwrap(), &options, &limits).err().unwrap();
        assert_eq!(error.code(), Code::PartNeedsOption);
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
}
