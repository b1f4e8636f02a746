//! Times: every unit, with and without a zone, dates, and text.

use super::{ROWS, arrow_and_json, broken, cycled, given, groups, quoted, same, same_with};
use arrow_array::types::{
    ArrowTimestampType, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Date32Array, Date64Array, PrimitiveArray, RecordBatch, StringArray, StringViewArray};
use kpi_core::input::Table;
use kpi_core::units::Instant;
use serde_json::json;
use std::sync::Arc;

const SECONDS: [Option<i64>; 4] = [Some(super::MONDAY), None, Some(super::MONDAY + 86_400), Some(-1)];

fn instants<T: ArrowTimestampType>(per_second: i64, zone: &str) {
    let times: PrimitiveArray<T> = cycled(&SECONDS).into_iter().map(|s| s.map(|s| s * per_second)).collect();
    let text = |s: i64| quoted(&Instant::from_nanos(s * 1_000_000_000).to_string());
    let json: Vec<String> = SECONDS.iter().map(|s| s.map_or("null".into(), text)).collect();
    let report = same(given("opened_at", times.with_timezone(zone), &json));
    assert_eq!(groups(&report).len(), 3);
    assert_eq!(broken(&report), [("missing_required".into(), 50, String::new())]);
}

#[test]
fn instants_of_every_unit_in_any_zone() {
    for zone in ["UTC", "Etc/UTC", "+02:00", "Europe/Berlin", "America/New_York"] {
        instants::<TimestampSecondType>(1, zone);
        instants::<TimestampMillisecondType>(1_000, zone);
        instants::<TimestampMicrosecondType>(1_000_000, zone);
        instants::<TimestampNanosecondType>(1_000_000_000, zone);
    }
}

/// Before, in and after the hour that Berlin skips in March, and the one that it has twice in October.
const WALLS: [&str; 6] = [
    "2026-03-29T01:59:59",
    "2026-03-29T02:30:00",
    "2026-03-29T03:00:00",
    "2026-10-25T01:59:59",
    "2026-10-25T02:30:00",
    "2026-10-25T03:00:00",
];

fn wall_seconds(text: &str) -> i64 {
    Instant::parse(&format!("{text}Z"), None).unwrap().nanos() / 1_000_000_000
}

#[test]
fn naive_times_need_a_zone() {
    let json: Vec<String> = WALLS.iter().map(|w| quoted(w)).collect();
    let walls: Vec<i64> = WALLS.iter().map(|w| wall_seconds(w)).collect();
    let seconds = || given("opened_at", PrimitiveArray::<TimestampSecondType>::from(cycled(&walls)), &json);
    let nanos = || {
        let walls: Vec<i64> = walls.iter().map(|w| w * 1_000_000_000).collect();
        given("opened_at", PrimitiveArray::<TimestampNanosecondType>::from(cycled(&walls)), &json)
    };
    for column in [seconds(), nanos()] {
        let report = same(column);
        assert_eq!(broken(&report), [("naive_timestamp".into(), 200, WALLS[0].into())]);
    }
    for column in [seconds(), nanos()] {
        let report = same_with(&[column], &json!({"by": ["opened_at"], "naive_timezone": "Europe/Berlin"}));
        let resolved = [
            "2026-03-29T00:59:59Z",
            "2026-03-29T01:00:00Z", // 03:00 in summer time, and so the same moment as
            "2026-03-29T01:30:00Z", // 02:30, which is skipped and taken with the offset before.
            "2026-10-24T23:59:59Z",
            "2026-10-25T00:30:00Z", // The earlier of two.
            "2026-10-25T02:00:00Z",
        ];
        assert_eq!(groups(&report), resolved);
    }
    // A time that breaks a rule is shown as it was understood.
    let closed = PrimitiveArray::<TimestampSecondType>::from(vec![wall_seconds("2025-07-01T00:00:00"); ROWS]);
    let column = given("closed_at", closed, &["\"2025-07-01T00:00:00\""]);
    let report = same_with(&[column], &json!({"naive_timezone": "Europe/Berlin"}));
    assert_eq!(broken(&report)[0], ("closed_before_opened".into(), 200, "2025-06-30T22:00:00Z".into()));
}

#[test]
fn times_that_no_instant_reaches() {
    let far = [Some(i64::MAX), Some(i64::MIN), Some(wall_seconds("2026-01-05T08:00:00"))];
    let array = PrimitiveArray::<TimestampSecondType>::from(cycled(&far)).with_timezone("UTC");
    let report = super::arrow_only(&given("opened_at", array, &["null"]));
    assert_eq!(broken(&report), [("out_of_range".into(), 134, "292277026596-12-04T15:30:07Z".into())]);
    let edges = [Some(i64::MAX), Some(i64::MIN), None];
    let array = PrimitiveArray::<TimestampNanosecondType>::from(cycled(&edges)).with_timezone("UTC");
    let json = [quoted(&Instant::MAX.to_string()), quoted(&Instant::MIN.to_string()), "null".into()];
    let (arrow, json) = arrow_and_json(&[given("opened_at", array, &json)], &json!({}));
    assert!(arrow.starts_with("LimitExceeded"), "{arrow}");
    assert_eq!(arrow, json);
}

#[test]
fn a_date_where_an_instant_is_meant_is_a_naive_midnight() {
    let days = [Some(20_458), Some(20_459), None];
    let json = ["\"2026-01-05\"", "\"2026-01-06\"", "null"];
    let date32 = || given("opened_at", Date32Array::from(cycled(&days)), &json);
    let date64 = || {
        let millis = cycled(&days).into_iter().map(|d| d.map(|d| i64::from(d) * 86_400_000));
        given("opened_at", millis.collect::<Date64Array>(), &json)
    };
    for column in [date32(), date64()] {
        let report = same(column);
        assert_eq!(broken(&report)[1], ("naive_timestamp".into(), 134, "2026-01-05".into()));
    }
    for column in [date32(), date64()] {
        let report = same_with(&[column], &json!({"by": ["opened_at"], "naive_timezone": "Asia/Tokyo"}));
        assert_eq!(groups(&report), ["2026-01-04T15:00:00Z", "2026-01-05T15:00:00Z"]);
    }
    // Some writers put times into Date64; those are not cut to their day.
    let times = Date64Array::from(vec![20_458 * 86_400_000 + 3_600_000; ROWS]);
    let column = given("opened_at", times, &["\"2026-01-05T01:00:00\""]);
    let report = same_with(&[column], &json!({"by": ["opened_at"], "naive_timezone": "UTC"}));
    assert_eq!(groups(&report), ["2026-01-05T01:00:00Z"]);
}

#[test]
fn texts_are_read_as_times() {
    let texts = [
        Some("2026-01-05T08:00:00Z"),
        Some("2026-01-05T08:00:00.5+01:00"),
        Some("2026-01-05T08:00:00"),
        Some("yesterday"),
        Some("9999-12-31T00:00:00Z"),
        Some(""),
        None,
    ];
    let json: Vec<String> = texts.iter().map(|t| t.map_or("null".into(), quoted)).collect();
    let report = same(given("opened_at", StringArray::from(cycled(&texts)), &json));
    let rules: Vec<_> = broken(&report).into_iter().map(|(rule, count, _)| (rule, count)).collect();
    let expected = [("missing_required", 28), ("naive_timestamp", 29), ("out_of_range", 28), ("wrong_type", 57)];
    assert_eq!(rules, expected.map(|(rule, count)| (rule.to_owned(), count)));
    let views = || given("opened_at", StringViewArray::from(cycled(&texts)), &json);
    same_with(&[views()], &json!({"by": ["opened_at"], "naive_timezone": "Europe/Berlin"}));
    // Two columns with unreadable cells at once.
    let closed = given("closed_at", StringViewArray::from(cycled(&texts)), &json);
    same_with(&[views(), closed], &json!({}));
}

/// The accounts table has a date; whatever its layout, the rules find the same.
#[test]
fn dates_of_accounts() {
    let json = r#"{"accounts": [{"account_id": "a", "renewal_date": "2026-01-05"}, {"account_id": "b", "renewal_date": null},
        {"account_id": "c", "renewal_date": "2026-01-06"}, {"account_id": "c"}]}"#;
    let ids = Arc::new(StringArray::from(vec!["a", "b", "c", "c"]));
    let days = [Some(20_458), None, Some(20_459), None];
    let utc = |s: i64| PrimitiveArray::<TimestampSecondType>::from(days.map(|d| d.map(|d| d * 86_400 + s)).to_vec());
    let arrays: [arrow_array::ArrayRef; 4] = [
        Arc::new(Date32Array::from(days.map(|d| d.map(|d| i32::try_from(d).unwrap())).to_vec())),
        Arc::new(Date64Array::from(days.map(|d| d.map(|d| d * 86_400_000)).to_vec())),
        Arc::new(utc(3_600).with_timezone("UTC")),
        Arc::new(StringArray::from(vec![Some("2026-01-05"), None, Some("2026-01-06T12:00:00Z"), None])),
    ];
    for array in arrays {
        let batch = RecordBatch::try_from_iter([("account_id", ids.clone() as _), ("renewal_date", array)]).unwrap();
        let (arrow, expected) = super::table_both_ways(Table::Accounts, &batch, json);
        assert_eq!(arrow, expected);
        assert!(arrow.contains("duplicate_id"));
    }
    let far = Arc::new(Date32Array::from(vec![Some(i32::MAX), None, Some(0), None]));
    let batch = RecordBatch::try_from_iter([("account_id", ids as _), ("renewal_date", far as _)]).unwrap();
    let (arrow, _) = super::table_both_ways(Table::Accounts, &batch, json);
    assert!(arrow.contains("out_of_range"), "{arrow}");
}
