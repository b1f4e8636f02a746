//! Input that nobody should have sent: it is reported or counted, and nothing panics.

use kpi_core::input::Watch;
use kpi_core::units::Day;
use kpi_core::{Account, Cost, Fix, Handling, Instant, Interaction, Limits, Options, Outcome, Signal, Tables, report};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Any time at all is in the span.
const TRUSTING: Limits = Limits {
    rows: usize::MAX,
    text_bytes: usize::MAX,
    span_years: i64::MAX,
    nesting: usize::MAX,
    threads: 2,
    rows_a_thread: 1,
    watch: Watch::NOBODY,
};

fn moments() -> [Instant; 6] {
    [
        Instant::MIN,
        Instant::from_nanos(i64::MIN + 1),
        Instant::from_nanos(-1),
        Instant::from_nanos(0),
        Instant::from_nanos(i64::MAX - 1),
        Instant::MAX,
    ]
}

/// Every pair of moments as a contact, closed and come back, with every number at an end of its range.
fn contacts() -> Vec<Interaction> {
    let mut rows = Vec::new();
    for (n, opened) in moments().into_iter().enumerate() {
        for (m, closed) in moments().into_iter().enumerate().skip(n) {
            let handling = [Handling::Ai, Handling::Human, Handling::AiToHuman][(n + m) % 3];
            let mut row = Interaction::new(format!("c-{n}-{m}"), handling, opened)
                .closed(closed, Outcome::Resolved)
                .first_response_at(closed)
                .reopened_at(Instant::MAX)
                .customer_id("k")
                .session_id(format!("s-{}", n % 2))
                .issue("")
                .ai_handle_seconds(Decimal::MAX)
                .human_handle_seconds(Decimal::MAX)
                .voice_latency_ms(Decimal::MAX)
                .revenue(if n % 2 == 0 { Decimal::MAX } else { Decimal::MIN })
                .cost_api(Decimal::MAX)
                .asr_words(Decimal::MAX)
                .asr_errors(Decimal::MAX)
                .dimension("tier", "");
            if handling == Handling::AiToHuman {
                row = row.escalated_at(opened).human_first_response_at(closed).escalation_reason("");
            }
            for count in [
                &mut row.customer_messages,
                &mut row.unanswered_messages,
                &mut row.fallback_messages,
                &mut row.qa_responses,
                &mut row.qa_correct,
                &mut row.drafts_offered,
                &mut row.drafts_accepted,
                &mut row.api_calls,
                &mut row.api_calls_cached,
                &mut row.api_calls_retried,
                &mut row.retries_timeout,
                &mut row.input_tokens,
                &mut row.output_tokens,
                &mut row.cached_input_tokens,
            ] {
                *count = Some(i64::MAX);
            }
            rows.push(row);
        }
    }
    rows
}

fn other_tables(tables: Tables<'static>) -> Tables<'static> {
    let (mut costs, mut signals, mut fixes) = (Vec::new(), Vec::new(), Vec::new());
    for (n, from) in moments().into_iter().enumerate() {
        for (m, to) in moments().into_iter().enumerate().skip(n) {
            costs
                .push(Cost::default().layer("").scope(["ai", "human"][m % 2]).amount(Decimal::MAX).start(from).end(to));
            signals
                .push(Signal::default().kind("upsell").detected_at(from).routed_at(to).value(Decimal::MIN).label(""));
            fixes.push(
                Fix::default()
                    .failure_id(format!("{n}-{m}"))
                    .flagged_at(from)
                    .deployed_at(to)
                    .recurred_at(Instant::MAX),
            );
        }
    }
    let days = [i32::MIN, -719_529, -719_528, 0, 2_932_896, 2_932_897, i32::MAX];
    let accounts: Vec<_> = days
        .iter()
        .map(|d| Account::default().account_id(d.to_string()).renewal_date(Day(*d)).starting_arr(Decimal::MAX))
        .collect();
    tables.with_costs(&costs).with_signals(&signals).with_fixes(&fixes).with_accounts(&accounts)
}

fn options() -> Vec<Options> {
    let week: Value = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .map(|d| (d.to_owned(), json!([["00:00", "24:00"]])))
        .into_iter()
        .collect();
    let labor = json!({"salary": 60_000, "paid_hours_per_year": 1, "utilisation": "0.0003"});
    let all = [
        json!({}),
        json!({"every": "year", "time_zone": "Pacific/Kiritimati", "by": ["tier", "opened_at"]}),
        json!({"every": "quarter", "time_zone": "Pacific/Pago_Pago", "quantiles": "sketch"}),
        json!({"every": "day"}),
        json!({"as_of": Instant::MIN, "every": "year"}),
        json!({"as_of": Instant::MAX, "recontact_hours": 87_600, "labor": labor}),
        json!({"as_of": "2026-01-05T08:00:00Z", "currency": "EUR"}),
        json!({"business_hours": {"weekly": week}, "sla": [
            {"first_response_seconds": 0, "resolution_seconds": "79228162514264337593543950335", "clock": "business"}]}),
        json!({"sla": [{"when": {"tier": ""}, "first_response_seconds": "79228162514264337593543950335"}]}),
    ];
    let with = |mut options: Value| {
        options["on_invalid"] = json!("quarantine");
        Options::from_json(&options.to_string()).unwrap()
    };
    all.into_iter().map(with).collect()
}

#[test]
fn times_and_numbers_at_the_end_of_their_range() {
    let tables = other_tables(Tables::of(&contacts()));
    for options in options() {
        let found = report(&tables, &options, &TRUSTING).map(|r| r.to_json().len());
        let every = options.every;
        assert!(found.is_ok() || every.is_some(), "{options:?}: {found:?}");
    }
}

#[test]
fn one_contact_at_each_end_of_time() {
    for opened in moments() {
        let row = Interaction::new("", Handling::Ai, opened).closed(opened, Outcome::Abandoned);
        for options in options() {
            let found = report(&Tables::of(std::slice::from_ref(&row)), &options, &Limits::default());
            assert!(found.is_ok(), "{opened} {options:?}: {found:?}");
        }
    }
}

#[test]
fn no_rows_at_all() {
    for options in options() {
        assert_eq!(report(&Tables::default(), &options, &Limits::default()).unwrap().counts.rows_in, 0);
        assert!(report(&other_tables(Tables::of(&[])), &options, &TRUSTING).is_ok());
    }
}

#[test]
fn every_cell_of_every_column_may_be_anything() {
    let values = [
        json!(""),
        json!(" "),
        json!("\u{0}"),
        json!("💥"),
        json!(-1),
        json!(0),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e308),
        json!(-1e308),
        json!(5e-324),
        json!(true),
        json!([]),
        json!({}),
        json!([[[]]]),
        Value::Null,
        json!("NaN"),
        json!("-inf"),
        json!("1e2147483648"),
        json!("-1e-2147483648"),
        json!("1677-09-21T00:12:43.145224192Z"),
        json!("2262-04-11T23:47:16.854775807Z"),
        json!("0000-01-01"),
        json!("9999-12-31T23:59:59-23:59"),
        json!("2026-03-29T02:30:00"),
    ];
    for naive in [Value::Null, json!("Europe/Berlin"), json!("Pacific/Apia"), json!("America/New_York")] {
        let options =
            json!({"naive_timezone": naive, "on_invalid": "quarantine", "by": ["tier"], "kpis": ["interactions"]});
        let options = Options::from_json(&options.to_string()).unwrap();
        let mut tables = serde_json::Map::new();
        for table in kpi_core::input::Table::ALL {
            let mut rows = Vec::new();
            for column in table.columns().map(kpi_core::input::Column::name).chain(["tier"]) {
                rows.extend(values.iter().map(|value| json!({ column: value })));
            }
            tables.insert(table.name().to_owned(), rows.into());
        }
        let tables = Value::Object(tables).to_string();
        let tables = kpi_core::input::tables_from_json(&tables, &options, &TRUSTING).unwrap();
        let report = report(&tables, &options, &TRUSTING).unwrap();
        assert_eq!(report.counts.rows_used, 0, "each row lacks a column that it must have");
        drop(report.to_json());
    }
}
