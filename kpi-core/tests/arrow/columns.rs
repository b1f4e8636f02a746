//! Flags, types that no column has, dimensions, and batches as a whole.

use super::{ROWS, broken, cycled, given, groups, same, same_with, table_both_ways};
use arrow_array::builder::{BinaryBuilder, Int64Builder, ListBuilder, MapBuilder, StringBuilder};
use arrow_array::types::Int64Type;
use arrow_array::{
    ArrayRef, BooleanArray, Decimal128Array, DurationSecondArray, Float32Array, Float64Array, Int32Array, Int64Array,
    ListArray, NullArray, RecordBatch, StringArray, StructArray, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema};
use kpi_core::input::{Table, batch_from_arrow};
use kpi_core::{Code, Options};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

#[test]
fn flags_at_any_bit() {
    let flags = [Some(true), Some(false), None, Some(true), Some(true)];
    let json = ["true", "false", "null", "true", "true"];
    let report = same(given("in_scope", BooleanArray::from(cycled(&flags)), &json));
    assert_eq!(report["counts"]["rows_out_of_scope"], 40);
    same(given("confirmed", BooleanArray::from(cycled(&flags)), &json));
    for (array, json) in [("true", "\"true\""), ("1", "\"1\"")] {
        let report = same(given("confirmed", StringArray::from(vec![array; ROWS]), &[json]));
        assert_eq!(broken(&report), [("wrong_type".into(), 200, array.into())]);
    }
    let report = same(given("confirmed", Int32Array::from(vec![1; ROWS]), &["1"]));
    assert_eq!(broken(&report), [("wrong_type".into(), 200, "1".into())]);
}

#[test]
fn a_column_without_a_type_is_empty() {
    for name in ["issue", "csat", "closed_at", "confirmed", "revenue"] {
        same(given(name, NullArray::new(ROWS), &["null"]));
    }
    let report = same(given("handling", NullArray::new(ROWS), &["null"]));
    assert_eq!(broken(&report), [("missing_required".into(), 200, String::new())]);
}

#[test]
fn types_that_no_column_has_are_wrong_in_every_cell_that_is_not_empty() {
    let lists = || ListArray::from_iter_primitive::<Int64Type, _, _>(cycled(&[Some(vec![Some(1), None]), None]));
    let json = ["[1, null]", "null"];
    for name in ["csat", "issue", "closed_at", "confirmed", "revenue", "handling", "currency"] {
        let report = same(given(name, lists(), &json));
        assert!(broken(&report).contains(&("wrong_type".into(), 100, "[1,null]".into())), "{name}");
    }
    let inner: ArrayRef = Arc::new(StringArray::from(vec!["x\"y"; ROWS]));
    let number: ArrayRef = Arc::new(Float64Array::from(vec![2.0; ROWS]));
    let field = |name: &str, array: &ArrayRef| Arc::new(Field::new(name, array.data_type().clone(), true));
    let both = StructArray::from(vec![(field("a", &inner), inner.clone()), (field("b", &number), number.clone())]);
    same(given("csat", both, &["{\"a\": \"x\\\"y\", \"b\": 2.0}"]));
    let mut bytes = BinaryBuilder::new();
    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    let mut texts = ListBuilder::new(StringBuilder::new());
    for _ in 0..ROWS {
        bytes.append_value("ai");
        maps.keys().append_value("k");
        maps.values().append_value(1);
        maps.append(true).unwrap();
        texts.append_value([Some("2026"), None]);
    }
    same(given("csat", bytes.finish(), &["\"ai\""]));
    same(given("csat", maps.finish(), &["{\"k\": 1}"]));
    same(given("closed_at", texts.finish(), &["[\"2026\", null]"]));
    let report = super::arrow_only(&given("csat", DurationSecondArray::from(vec![60; ROWS]), &["null"]));
    assert_eq!(broken(&report), [("wrong_type".into(), 200, "(Duration(s))".into())]);
}

#[test]
fn dimensions_keep_their_type_and_print_as_json() {
    let ints = given("tier", Int64Array::from(cycled(&[Some(10), Some(2), None])), &["10", "2", "null"]);
    assert_eq!(groups(&same(ints)), [json!("10"), json!("2"), Value::Null]);
    let floats = [Some(1.0), Some(0.1), Some(1e300), Some(1e-7), Some(-0.0), None];
    let json = ["1.0", "0.10", "1e+300", "0.0000001", "-0.0", "null"];
    let report = same(given("tier", Float64Array::from(cycled(&floats)), &json));
    assert_eq!(
        groups(&report),
        [json!("-0.0"), json!("0.1"), json!("1.0"), json!("1e+300"), json!("1e-7"), Value::Null]
    );
    same(given("tier", Float32Array::from(cycled(&[0.1, 16_777_216.0])), &["0.1", "16777216.0"]));
    same(given("tier", UInt64Array::from(cycled(&[u64::MAX])), &["18446744073709551615"]));
    same(given("tier", BooleanArray::from(cycled(&[true, false])), &["true", "false"]));
    let money = Decimal128Array::from(cycled(&[150_i128, -2])).with_precision_and_scale(10, 2).unwrap();
    same(given("tier", money, &["1.50", "-0.02"]));
    same(given("tier", StringArray::from(cycled(&["true", "10"])), &["\"true\"", "\"10\""]));
    let lists = ListArray::from_iter_primitive::<Int64Type, _, _>(cycled(&[Some(vec![Some(1), Some(2)]), None]));
    same(given("tier", lists, &["[1, 2]", "null"]));
    let dates = arrow_array::Date32Array::from(vec![20_458; ROWS]);
    same(given("tier", dates, &["\"2026-01-05\""]));
}

#[test]
fn a_dimension_that_nobody_asks_for_is_not_read() {
    let tier = given("tier", Int64Array::from(vec![1; ROWS]), &["1"]);
    let batch = super::batch_of(&[tier]);
    let read = |options: Value| {
        let options = Options::from_json(&options.to_string()).unwrap();
        batch_from_arrow(Table::Interactions, &batch, &options).unwrap().dimension("tier").is_some()
    };
    assert!(!read(json!({})));
    assert!(read(json!({"by": ["tier"]})));
    assert!(read(json!({"sla": [{"when": {"tier": 1}, "resolution_seconds": 60}]})));
}

#[test]
fn costs_may_be_pinned_to_columns_of_contacts() {
    let json = r#"{"costs": [{"layer": "licences", "scope": "ai", "amount": 12.5, "start": "2026-01-05T00:00:00Z",
        "end": "2026-01-06T00:00:00Z", "agent_id": "a1", "tier": 3, "note": "not read"}]}"#;
    let day = |s: i64| Arc::new(arrow_array::TimestampSecondArray::from(vec![s]).with_timezone("UTC")) as ArrayRef;
    let text = |t: &str| Arc::new(StringArray::from(vec![t])) as ArrayRef;
    let batch = RecordBatch::try_from_iter([
        ("layer", text("licences")),
        ("scope", text("ai")),
        ("amount", Arc::new(Float64Array::from(vec![12.5])) as _),
        ("start", day(20_458 * 86_400)),
        ("end", day(20_459 * 86_400)),
        ("agent_id", text("a1")),
        ("tier", Arc::new(Int64Array::from(vec![3])) as _),
        ("note", text("not read")),
    ])
    .unwrap();
    let (arrow, expected) = table_both_ways(Table::Costs, &batch, json);
    assert_eq!(arrow, expected);
    let options = Options::from_json(r#"{"by": ["tier"]}"#).unwrap();
    let read = batch_from_arrow(Table::Costs, &batch, &options).unwrap();
    assert_eq!(read.dimension_names().collect::<Vec<_>>(), ["agent_id", "tier"]);
}

#[test]
fn all_columns_at_once() {
    let columns = || {
        [
            given("csat", Int32Array::from(cycled(&[Some(5), None, Some(3)])), &["5", "null", "3"]),
            given("revenue", Float64Array::from(cycled(&[0.1, 19.99])), &["0.1", "19.99"]),
            given("customer_id", StringArray::from(cycled(&["k1", "k2", "k3"])), &["\"k1\"", "\"k2\"", "\"k3\""]),
            given("outcome", StringArray::from(vec!["resolved"; ROWS]), &["\"resolved\""]),
            given("closed_at", StringArray::from(vec!["2026-01-05T12:00:00Z"; ROWS]), &["\"2026-01-05T12:00:00Z\""]),
        ]
    };
    for options in
        [json!({}), json!({"by": ["csat", "customer_id"], "every": "day"}), json!({"as_of": "2026-02-01T00:00:00Z"})]
    {
        same_with(&columns(), &options);
    }
}

#[test]
fn a_column_that_stands_there_twice_is_an_error() {
    let field = || Field::new("csat", DataType::Int64, true);
    let array = || Arc::new(Int64Array::from(vec![5])) as ArrayRef;
    let schema = Schema::new(vec![field(), field()]);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![array(), array()]).unwrap();
    let error = batch_from_arrow(Table::Interactions, &batch, &Options::default()).unwrap_err();
    assert_eq!(error.code(), Code::MalformedInput);
    assert_eq!(error.to_string(), "The record batch of interactions has the column `csat` twice. Keep one of them.");
    // In a column that nobody reads it does no harm.
    assert!(batch_from_arrow(Table::Fixes, &batch, &Options::default()).is_ok());
}

#[test]
fn metadata_changes_nothing_and_no_rows_are_no_problem() {
    let metadata = HashMap::from([("pandas".to_owned(), "{}".to_owned())]);
    let field = Field::new("id", DataType::Utf8, true).with_metadata(metadata.clone());
    let schema = Schema::new_with_metadata(vec![field], metadata);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(StringArray::from(Vec::<&str>::new()))]).unwrap();
    let (arrow, expected) = table_both_ways(Table::Interactions, &batch, "{}");
    assert_eq!(arrow, expected);
    let empty = RecordBatch::new_empty(Arc::new(Schema::empty()));
    let (arrow, expected) = table_both_ways(Table::Interactions, &empty, "{\"interactions\": []}");
    assert_eq!(arrow, expected);
}
