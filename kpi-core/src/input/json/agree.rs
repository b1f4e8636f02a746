//! Holds the quick reader to the careful one: on any text it finds the same, or leaves it to it.

use super::{careful, quick};
use crate::error::Result;
use crate::input::{Limits, Table};
use crate::options::Options;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use std::fmt::Debug;

const KEYS: &[&str] = &[
    "id",
    "handling",
    "opened_at",
    "closed_at",
    "issue",
    "confirmed",
    "csat",
    "api_calls",
    "confidence",
    "revenue",
    "renewal_date",
    "account_id",
    "tier",
    "other",
    "ä b",
    "\\u0063sat",
    "t\\u0069er",
    "\\ud83e\\udd80",
    "",
];

const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[1, \"a\\n\", null]",
    "{\"a\": {\"b\" : [1e2]}}",
    "{\"float\":\"NaN\"}",
    "{\"float\":\"-inf\"}",
    "[[[[1]]]]",
    "[1,]",
    "{\"a\"}",
    "\"ai\"",
    "\"a \\\"b\\\" \\\\ \\u00fc \\ud83e\\udd80\"",
    "\"half \\ud83e\"",
    "\"\\x\"",
    "\"\\u12g4\"",
    "\"über\"",
    "\"a\tb\"",
    "\"12.50\"",
    "\" -3 \"",
    "\"1,5\"",
    "\"NaN\"",
    "\"2026-02-29\"",
    "\"2026-12-25\"",
    "\"2026-01-05T08:00:00\"",
    "\"9999-12-31T00:00:00Z\"",
    "\"a text that is longer than the limits of this test\"",
    "01",
    "-",
    "1.",
    ".5",
    "+1",
    "1e",
    "1e+",
    "-0",
    "9223372036854775808",
    "79228162514264337593543950336",
    "0.1234567890123456789012345678",
    "1e-300",
    "1E+2",
    "nul",
    "truE",
    "",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(VALUES).prop_map(str::to_owned),
        4 => "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?",
        3 => "\"[ -!#-\\[\\]-~ä€🦀]{0,30}\"",
        1 => "\"([a-z\"\\\\u0-9]|\\\\n|\\\\u00e4|\\\\ud83e){0,12}\"",
        3 => "\"20[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|\\+01:00)?\"",
    ]
}

/// A row with spaces here and there; most have each key once.
fn row() -> impl Strategy<Value = String> {
    let space = || prop::sample::select(&["", "", "", " ", "\t", "\r", "\n", "\u{a0}"][..]);
    let keys = prop_oneof![
        9 => prop::sample::subsequence(KEYS, 0..8),
        1 => prop::collection::vec(prop::sample::select(KEYS), 0..8),
    ];
    let plain = prop_oneof![9 => Just(true), 1 => Just(false)];
    let cells = keys.prop_flat_map(move |keys| {
        let values = prop::collection::vec((value(), space(), space()), keys.len());
        (Just(keys), values)
    });
    (cells, plain).prop_map(|((keys, values), plain)| {
        let cells = keys.iter().zip(values).map(|(key, (value, a, b))| {
            if plain { format!("\"{key}\": {value}") } else { format!("{a}\"{key}\"{b}:{a}{value}{b}") }
        });
        format!("{{{}}}", cells.collect::<Vec<_>>().join(","))
    })
}

/// A text in which one character may be missing, or stand where it should not.
fn broken(text: &str, how: Option<(Index, char)>) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    match how {
        Some((at, '-')) if !chars.is_empty() => _ = chars.remove(at.index(chars.len())),
        Some((at, char)) => chars.insert(at.index(chars.len() + 1), char),
        None => {}
    }
    chars.into_iter().collect()
}

/// What the quick reader finds is what the careful one finds, and it leaves nothing to it that is in order.
fn agree<T: Debug + PartialEq>(quick: Option<T>, careful: &Result<T>, text: &str) -> TestCaseResult {
    match quick {
        Some(found) => prop_assert_eq!(Some(&found), careful.as_ref().ok(), "{}", text),
        None => prop_assert!(careful.is_err() || text.contains('\u{a0}'), "given up: {}", text),
    }
    Ok(())
}

fn options() -> Options {
    Options { by: vec!["tier".into()], ..Options::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn on_any_rows(
        rows in prop::collection::vec(row(), 0..7),
        separator in prop::sample::select(&["", "\n", " ", "\r\n", "\n\n"][..]),
        how in prop::option::weighted(0.3, (any::<Index>(), prop::sample::select(&['-', '"', '{', ']', ',', '\\', 'x', '\n', '0'][..]))),
        strict in any::<bool>(),
    ) {
        let limits = if strict { Limits { rows: 5, text_bytes: 40, nesting: 5, ..Limits::default() } } else { Limits::default() };
        let options = options();
        for table in [Table::Interactions, Table::Accounts] {
            let lines = broken(&rows.join(if separator.contains('\n') { separator } else { "\n" }), how);
            agree(quick::lines(table, &lines, &options, &limits), &careful::lines(table, &lines, &options, &limits), &lines)?;
            let list = broken(&format!("[{}]", rows.join(&format!("{separator},{separator}"))), how);
            agree(quick::list(table, &list, &options, &limits), &careful::list(table, &list, &options, &limits), &list)?;
        }
        let list = rows.join(",");
        let tables = [
            format!("{{\"interactions\":{separator}[{list}] , \"costs\": null}}"),
            format!("{{\"costs\": [], \"accounts\" : [{list}]}}{separator}"),
        ];
        for tables in tables.map(|text| broken(&text, how)) {
            agree(quick::tables(&tables, &options, &limits), &careful::tables(&tables, &options, &limits), &tables)?;
        }
    }

    #[test]
    fn on_any_text(text in "(\\{|\\}|\\[|\\]|\"id\"|\"csat\"|\"costs\"|null|:|,|1|\"|\\\\|\n| |é){0,14}") {
        let (options, limits, table) = (options(), Limits::default(), Table::Interactions);
        agree(quick::lines(table, &text, &options, &limits), &careful::lines(table, &text, &options, &limits), &text)?;
        agree(quick::list(table, &text, &options, &limits), &careful::list(table, &text, &options, &limits), &text)?;
        agree(quick::tables(&text, &options, &limits), &careful::tables(&text, &options, &limits), &text)?;
    }
}

#[test]
fn on_more_keys_than_are_remembered() {
    let row = |from: usize| {
        let cells: Vec<_> = (from..from + 700).map(|at| format!("\"k{at}\": {at}")).collect();
        format!("{{\"id\": \"c-{from}\", {}, \"csat\": 5, \"tier\": \"gold\"}}", cells.join(", "))
    };
    let text = [0, 700, 1_400, 2_100].map(row).join("\n");
    let (options, limits, table) = (options(), Limits::default(), Table::Interactions);
    let careful = careful::lines(table, &text, &options, &limits);
    assert_eq!(quick::lines(table, &text, &options, &limits), careful.ok());
}

#[test]
fn what_is_no_key_is_not_expected_either() {
    for text in ["{{:1}", "{:1}", "{\"\":1}", "{\"id\":\"a\"}\n{{:1}", "{\"id\"\"id\":1}", "{\"id\":\"a\",{:1}"] {
        let (options, limits, table) = (options(), Limits::default(), Table::Interactions);
        let careful = careful::lines(table, text, &options, &limits);
        assert_eq!(quick::lines(table, text, &options, &limits), careful.ok(), "{text}");
    }
}
