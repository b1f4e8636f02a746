//! What the readers of JSON, JSON lines and CSV take, what they refuse, and where they say it is.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::input::{Batch, Column, Table, rows_from_csv, rows_from_json, rows_from_json_lines, tables_from_json};
use kpi_core::{Code, Error, Limits, Options, report};
use serde_json::{Value, json};

fn options(json: &Value) -> Options {
    Options::from_json(&json.to_string()).unwrap()
}

/// One contact with one more column, read from JSON.
fn contact(cell: &str) -> Batch<'static> {
    let text = format!(r#"[{{"id": "c-1", "handling": "ai", "opened_at": "2026-01-05T08:00:00Z", {cell}}}]"#);
    rows_from_json(Table::Interactions, &text, &Options::default(), &Limits::default()).unwrap()
}

/// What stands in a column of one contact, or the rule it breaks and what it says stands there.
fn cell(column: Column, json: &str) -> Result<Option<String>, (&'static str, String)> {
    let batch = contact(&format!("\"{}\": {json}", column.name()));
    let cells = batch.get(column);
    match batch.problems().first() {
        Some(problem) => {
            assert_eq!((problem.row, problem.column), (0, column));
            Err((problem.rule, problem.value.clone()))
        }
        None => Ok(cells.and_then(|c| c.show(0))),
    }
}

fn reads(column: Column, json: &str, text: &str) {
    assert_eq!(cell(column, json), Ok(Some(text.to_owned())), "{json}");
}

fn breaks(column: Column, json: &str, rule: &'static str) {
    assert_eq!(cell(column, json).unwrap_err().0, rule, "{json}");
}

fn refused(text: &str) -> Error {
    tables_from_json(text, &Options::default(), &Limits::default()).unwrap_err()
}

#[test]
fn json_texts_with_escapes() {
    reads(Column::Issue, r#""a \"b\" \\ \/ \n \t \u00fc \ud83e\udd80""#, "a \"b\" \\ / \n \t ü 🦀");
    reads(Column::Issue, r#""""#, "");
    reads(Column::Issue, "\"plain ü\"", "plain ü");
    assert_eq!(cell(Column::Issue, "null"), Ok(None));
    let error = refused(r#"{"interactions": [{"id": "a"}, {"id": "half \ud83e"}]}"#);
    assert_eq!(error.code(), Code::MalformedInput);
    assert_eq!(error.to_string(), r#"Row 1 of interactions has a text with a broken escape: "half \ud83e"."#);
}

#[test]
fn json_keys_with_escapes_are_the_columns_they_spell() {
    let batch = contact(r#""\u0063sat": 5"#);
    assert_eq!(batch.get(Column::Csat).unwrap().show(0), Some("5".into()));
}

#[test]
fn json_counts() {
    for (json, text) in [("3", "3"), ("3.0", "3"), ("1e2", "100"), ("30E-1", "3"), ("-0", "0"), ("-7.000", "-7")] {
        reads(Column::ApiCalls, json, text);
    }
    reads(Column::ApiCalls, "9223372036854775807", "9223372036854775807");
    for (json, rule) in [
        ("\"3\"", "wrong_type"),
        ("2.5", "wrong_type"),
        ("1e-300", "wrong_type"),
        ("true", "wrong_type"),
        ("[3]", "wrong_type"),
        ("9223372036854775808", "out_of_range"),
        ("18446744073709551615", "out_of_range"),
        ("1e300", "out_of_range"),
        ("1e99999999999", "out_of_range"),
    ] {
        breaks(Column::ApiCalls, json, rule);
    }
}

#[test]
fn json_decimals_are_numbers_or_text() {
    for (json, text) in [
        ("12.50", "12.5"),
        ("\"12.50\"", "12.5"),
        ("\" -3 \"", "-3"),
        ("\"+1e2\"", "100"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("1.0000000000000000000000000000000000000000000000", "1"),
        ("0e99999999999", "0"),
        // A number with an exponent is what a float prints as, and is rounded where a float is.
        ("2.7755575615628914e-17", "0.0000000000000000277555756156"),
        ("1e-300", "0"),
    ] {
        reads(Column::Revenue, json, text);
    }
    for (json, rule) in [
        ("79228162514264337593543950336", "out_of_range"),
        ("0.12345678901234567890123456789", "out_of_range"),
        ("123456789012345678901234567890", "out_of_range"),
        ("\"1e-30\"", "out_of_range"),
        ("1e300", "out_of_range"),
        ("\"NaN\"", "not_finite"),
        ("\"-Infinity\"", "not_finite"),
        ("\"\"", "wrong_type"),
        ("\"1,5\"", "wrong_type"),
        ("\"1e\"", "wrong_type"),
        ("\"1e+\"", "wrong_type"),
        ("\"0x10\"", "wrong_type"),
        ("\".\"", "wrong_type"),
        ("true", "wrong_type"),
        ("{\"amount\": 1}", "wrong_type"),
    ] {
        breaks(Column::Revenue, json, rule);
    }
}

#[test]
fn json_flags_texts_and_times_are_not_guessed() {
    reads(Column::Confirmed, "true", "true");
    reads(Column::Confirmed, "false", "false");
    for json in ["\"true\"", "\"yes\"", "1", "0", "[]"] {
        breaks(Column::Confirmed, json, "wrong_type");
    }
    for json in ["5", "true", "{\"a\": [1, 2]}"] {
        breaks(Column::CustomerId, json, "wrong_type");
    }
    assert_eq!(cell(Column::CustomerId, "{\"a\": [1, 2]}").unwrap_err().1, "{\"a\":[1,2]}");
    reads(Column::ClosedAt, "\"2026-01-05T10:00:00+01:00\"", "2026-01-05T09:00:00Z");
    breaks(Column::ClosedAt, "\"2026-01-05T10:00:00\"", "naive_timestamp");
    breaks(Column::ClosedAt, "\"2026-01-05\"", "naive_timestamp");
    breaks(Column::ClosedAt, "1767607200", "wrong_type");
    breaks(Column::ClosedAt, "\"soon\"", "wrong_type");
    breaks(Column::ClosedAt, "\"9999-12-31T00:00:00Z\"", "out_of_range");
}

#[test]
fn json_dates_are_days_or_the_day_of_an_instant() {
    let day = |json: &str, options: &Options| {
        let text = format!(r#"[{{"account_id": "a", "renewal_date": {json}}}]"#);
        let batch = rows_from_json(Table::Accounts, &text, options, &Limits::default()).unwrap();
        batch.get(Column::RenewalDate).and_then(|c| c.show(0)).ok_or_else(|| batch.problems()[0].rule)
    };
    let utc = Options::default();
    let tokyo = options(&json!({"time_zone": "Asia/Tokyo"}));
    assert_eq!(day("\"2026-12-25\"", &utc), Ok("2026-12-25".into()));
    assert_eq!(day("\"2026-12-25T20:00:00Z\"", &utc), Ok("2026-12-25".into()));
    assert_eq!(day("\"2026-12-25T20:00:00Z\"", &tokyo), Ok("2026-12-26".into()));
    assert_eq!(day("\"2026-02-30\"", &utc), Err("wrong_type"));
    assert_eq!(day("\"2026-12-25T20:00:00\"", &utc), Err("naive_timestamp"));
    assert_eq!(day("20260101", &utc), Err("wrong_type"));
}

#[test]
fn json_dimensions_are_the_text_of_their_json() {
    let options = options(&json!({"by": ["tier"]}));
    for (json, text) in [
        ("\"gold\"", "gold"),
        ("10", "10"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1.50", "1.5"),
        ("1e2", "100.0"),
        ("true", "true"),
        ("[1, \"a\"]", "[1,\"a\"]"),
    ] {
        let rows = format!(r#"[{{"id": "c-1", "tier": {json}, "other": 1}}, {{"id": "c-2", "tier": null}}]"#);
        let batch = rows_from_json(Table::Interactions, &rows, &options, &Limits::default()).unwrap();
        assert_eq!(batch.dimension_names().collect::<Vec<_>>(), ["tier"]);
        assert_eq!([0, 1].map(|row| batch.dimension("tier").unwrap().show(row)), [Some(text.into()), None]);
    }
}

#[test]
fn tables_may_be_null_or_absent_and_no_others_are_known() {
    let read = |text: &str| tables_from_json(text, &Options::default(), &Limits::default()).unwrap();
    for text in ["{}", r#"{"interactions": []}"#, r#"{"interactions": null, "costs": null}"#] {
        assert_eq!(read(text).rows(Table::Interactions), 0, "{text}");
    }
    assert_eq!(read(r#"{"fixes": [{}, {}], "signals": [{}]}"#).rows(Table::Fixes), 2);
    for (text, says) in [
        (
            r#"{"tickets": []}"#,
            "there is no table \"tickets\"; the tables are interactions, costs, accounts, signals and fixes",
        ),
        (r#"{"costs": [], "costs": []}"#, "the table costs is given twice"),
        ("[]", "expected an object with the tables"),
        (r#"{"costs": {}}"#, "expected a list of rows"),
        (r#"{"costs": [1]}"#, "expected a row, as an object with columns for keys"),
        (r#"{"costs": [{"layer": "api"}"#, "at line 1 column 27"),
        ("{\"costs\": [\n  {\"layer\": }\n]}", "expected value at line 2 column 13"),
        (r#"{"costs": []} {}"#, "trailing characters at line 1 column 15"),
        ("", "EOF while parsing"),
    ] {
        let error = refused(text);
        assert_eq!(error.code(), Code::MalformedInput, "{error}");
        assert!(error.to_string().starts_with("The tables cannot be read: "), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn a_column_that_stands_twice_in_a_row_is_an_error() {
    for column in ["csat", "tier"] {
        let rows = format!(r#"[{{"id": "c-1"}}, {{"id": "c-2", "{column}": 5, "{column}": 4}}]"#);
        let options = options(&json!({"by": ["tier"]}));
        let error = rows_from_json(Table::Interactions, &rows, &options, &Limits::default()).unwrap_err();
        assert_eq!(error.code(), Code::MalformedInput);
        assert_eq!(error.to_string(), format!("Row 1 of interactions has the column `{column}` twice."));
    }
}

#[test]
fn limits_name_themselves() {
    let limits = Limits { rows: 2, text_bytes: 40, nesting: 4, ..Limits::default() };
    let read = |text: &str| tables_from_json(text, &Options::default(), &limits);
    let long = "x".repeat(41);
    for (text, says) in [
        (
            r#"{"costs": [{}, {}, {}]}"#.to_owned(),
            "costs has 3 rows, and the limit is 2. Raise `Limits::rows` if the input is to be trusted.",
        ),
        (
            format!(r#"{{"costs": [{{"layer": "api"}}, {{"layer": "{long}"}}]}}"#),
            "A text in row 1 of costs has 41 bytes, and the limit is 40. Raise `Limits::text_bytes` if the input is to be trusted.",
        ),
        (
            format!(r#"{{"costs": [{{"amount": {}}}]}}"#, "1".repeat(41)),
            "A text in row 0 of costs has 41 bytes, and the limit is 40. Raise `Limits::text_bytes` if the input is to be trusted.",
        ),
        (
            r#"{"costs": [{"note": [[1]]}]}"#.to_owned(),
            "The JSON nests 5 deep, and the limit is 4. Raise `Limits::nesting` if the input is to be trusted.",
        ),
    ] {
        let error = read(&text).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (Code::LimitExceeded, says));
    }
    // At the limits, and with brackets that stand in texts, all is well.
    assert!(read(r#"{"costs": [{"note": ["[[[[\"{{{{"]}, {}]}"#).is_ok());
    assert!(read(&format!(r#"{{"costs": [{{"layer": "{}"}}]}}"#, &long[1..])).is_ok());
    // A table that is called like the end of such a message is no limit.
    assert_eq!(read(r#"{"the limit is": []}"#).unwrap_err().code(), Code::MalformedInput);
    let error = rows_from_json_lines(Table::Costs, "{}\n{}\n{}", &Options::default(), &limits).unwrap_err();
    assert_eq!(error.code(), Code::LimitExceeded);
    let error = rows_from_csv(Table::Costs, "layer\na\nb\nc\n", &Options::default(), &limits).unwrap_err();
    assert_eq!(error.code(), Code::LimitExceeded);
    let error = rows_from_csv(Table::Costs, &format!("layer\n{long}\n"), &Options::default(), &limits).unwrap_err();
    assert!(error.to_string().contains("`Limits::text_bytes`"), "{error}");
}

#[test]
fn nesting_that_would_break_the_parser_is_met_before_it() {
    let text = format!("{{\"costs\": [{{\"note\": {}{}}}]}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(refused(&text).code(), Code::LimitExceeded);
    let trusting = Limits { nesting: usize::MAX, ..Limits::default() };
    assert!(tables_from_json(&text, &Options::default(), &trusting).is_ok(), "an unknown column is not parsed");
}

#[test]
fn json_lines_name_the_line() {
    let read = |text: &str| rows_from_json_lines(Table::Fixes, text, &Options::default(), &Limits::default());
    let batch = read("{\"failure_id\": \"a\"}\r\n\n   \n{\"failure_id\": \"b\"}").unwrap();
    assert_eq!(batch.rows(), 2);
    assert_eq!(batch.get(Column::FailureId).unwrap().show(1), Some("b".into()));
    assert_eq!(read("").unwrap().rows(), 0);
    for (text, says) in [
        ("{}\n\n{\"failure_id\": }", "Line 3 of fixes is not one JSON object: expected value at column 16."),
        ("{}\n{} {}", "Line 2 of fixes is not one JSON object: trailing characters at column 4."),
        (
            "[]",
            "Line 1 of fixes is not one JSON object: invalid type: sequence, expected a row, as an object with columns for keys at column 0.",
        ),
        ("{\n}", "Line 1 of fixes is not one JSON object: EOF while parsing an object at column 1."),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (Code::MalformedInput, says));
    }
}

fn csv(text: &str) -> Result<Batch<'static>, Error> {
    rows_from_csv(Table::Interactions, text, &options(&json!({"by": ["tier"]})), &Limits::default())
}

#[test]
fn csv_cells_are_read_by_their_column() {
    let batch = csv("\u{feff}id, csat ,confirmed,cost_api,closed_at,issue,tier,unknown\n\
        c-1,5,true,12.50,2026-01-05T08:00:00Z,\"a, \"\"b\"\"\nand c\",7,x\r\n\
        c-2, 4.0 ,FALSE,1e-300,,,,\n\
        \n\
        c-3,1e0,1,0,,' ',007,\n\
        c-4,,0,,,\"\",gold,\n")
    .unwrap();
    assert_eq!(batch.problems(), []);
    let column = |c: Column| (0..4).map(|row| batch.get(c).unwrap().show(row)).collect::<Vec<_>>();
    let texts = |texts: [&str; 4]| texts.map(|t| (!t.is_empty()).then(|| t.to_owned())).to_vec();
    assert_eq!(batch.rows(), 4);
    assert_eq!(column(Column::Id), texts(["c-1", "c-2", "c-3", "c-4"]));
    assert_eq!(column(Column::Csat), texts(["5", "4", "1", ""]));
    assert_eq!(column(Column::Confirmed), texts(["true", "false", "true", "false"]));
    assert_eq!(column(Column::CostApi), texts(["12.5", "0", "0", ""]));
    assert_eq!(column(Column::ClosedAt), texts(["2026-01-05T08:00:00Z", "", "", ""]));
    assert_eq!(column(Column::Issue), texts(["a, \"b\"\nand c", "", "' '", ""]));
    let tiers: Vec<_> = (0..4).map(|row| batch.dimension("tier").unwrap().show(row)).collect();
    assert_eq!(tiers, texts(["7", "", "007", "gold"]));
}

#[test]
fn csv_cells_that_cannot_be_read_are_listed() {
    let batch =
        csv("id,csat,confirmed,cost_api,closed_at\nc-1,five,yes,1.2.3,tomorrow\nc-2,2.5,2,inf,2026-01-05\n").unwrap();
    let problems: Vec<_> = batch.problems().iter().map(|p| (p.row, p.column, p.rule, p.value.as_str())).collect();
    assert_eq!(
        problems,
        [
            (0, Column::Csat, "wrong_type", "five"),
            (0, Column::Confirmed, "wrong_type", "yes"),
            (0, Column::CostApi, "wrong_type", "1.2.3"),
            (0, Column::ClosedAt, "wrong_type", "tomorrow"),
            (1, Column::Csat, "wrong_type", "2.5"),
            (1, Column::Confirmed, "wrong_type", "2"),
            (1, Column::CostApi, "not_finite", "inf"),
            (1, Column::ClosedAt, "naive_timestamp", "2026-01-05"),
        ]
    );
}

#[test]
fn csv_that_has_no_table_in_it_says_so() {
    for (text, says) in [
        (
            "c-1,ai,2026-01-05\n",
            "No column of the header line belongs to interactions; it begins with c-1, ai, 2026-01-05. Rename the columns, or add a header line.",
        ),
        ("id,csat,id\nc-1,5,c-2\n", "The header line of interactions has the column `id` twice."),
    ] {
        let error = csv(text).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (Code::MalformedInput, says));
    }
    let error = csv("id,csat\nc-1,5\nc-2\n").unwrap_err();
    assert_eq!(error.code(), Code::MalformedInput);
    assert!(error.to_string().contains("line: 3") && error.to_string().contains("1 field"), "{error}");
    assert_eq!(csv("").unwrap().rows(), 0);
    assert_eq!(csv("id,csat\n").unwrap().rows(), 0);
    assert!(csv("id,note,note\nc-1,a,b\n").is_ok(), "columns that nobody reads may be there twice");
}

/// The same contacts as JSON, JSON lines and CSV give the same report.
#[test]
fn every_reader_gives_the_same_report() {
    let rows = [
        json!({"id": "c-1", "handling": "ai", "opened_at": "2026-01-05T08:00:00Z", "csat": 5, "revenue": 0.1, "in_scope": true}),
        json!({"id": "c-2", "handling": "human", "opened_at": "2026-01-05T09:00:00Z", "csat": 3, "revenue": 12.5, "in_scope": false}),
    ];
    let (options, limits) = (options(&json!({"by": ["csat"]})), Limits::default());
    let list = Value::from(rows.to_vec()).to_string();
    let lines = rows.each_ref().map(ToString::to_string).join("\n");
    let csv = "opened_at,in_scope,revenue,csat,handling,id\n2026-01-05T08:00:00Z,1,0.10,5.0,ai,c-1\n\
        2026-01-05 09:00:00+00:00,False,12.5,3,human,c-2\n";
    let batches = [
        rows_from_json(Table::Interactions, &list, &options, &limits),
        rows_from_json_lines(Table::Interactions, &lines, &options, &limits),
        rows_from_csv(Table::Interactions, csv, &options, &limits),
    ];
    let reports = batches.map(|batch| {
        let mut tables = kpi_core::Tables::default();
        tables.push(batch.unwrap());
        report(&tables, &options, &limits).unwrap().to_json()
    });
    assert_eq!(reports[0], reports[1]);
    assert_eq!(reports[0], reports[2]);
}
