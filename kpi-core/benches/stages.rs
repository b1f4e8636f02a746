//! How long each step takes, from rows to text: `cargo bench -p kpi-core --bench stages`.

#![allow(clippy::unwrap_used, reason = "what fails must not look fast")]

#[path = "desk/mod.rs"]
mod desk;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use kpi_core::input::{Table, rows_from_json_lines};
use kpi_core::tally::Tally;
use kpi_core::{Interaction, Limits, Options, Tables, tally};
use std::fmt::Write;

const ROWS: usize = 100_000;

fn main() {
    divan::main();
}

fn limits() -> Limits {
    Limits { threads: 1, ..Limits::default() }
}

/// So many contacts as lines of JSON.
fn lines(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let (who, day, hour) = (["ai", "human", "ai_to_human"][n % 3], 1 + n / 24 % 28, n % 24);
        let (customer, score, tokens) = (n % (count / 4 + 1), 1 + n % 5, n * 37 % 9_000);
        let _ = writeln!(
            text,
            r#"{{"id":"c-{n:08}","customer_id":"u-{customer:07}","handling":"{who}","outcome":"resolved","issue":"billing.refund","agent_id":"aria","opened_at":"2026-01-{day:02}T{hour:02}:00:00Z","closed_at":"2026-01-{day:02}T{hour:02}:47:12.5Z","csat":{score},"confirmed":true,"input_tokens":{tokens},"cost_api":"0.{tokens:06}","cost_human":1.25,"confidence":0.875}}"#
        );
    }
    text
}

#[divan::bench]
fn reads_lines_of_json(bencher: Bencher<'_, '_>) {
    let (text, options) = (lines(ROWS), Options::default());
    bencher.counter(BytesCount::of_str(&text)).counter(ItemsCount::new(ROWS)).bench_local(|| {
        rows_from_json_lines(Table::Interactions, black_box(&text), &options, &limits()).unwrap().rows()
    });
}

#[divan::bench]
fn reads_rows_in_rust(bencher: Bencher<'_, '_>) {
    let rows: Vec<Interaction> = (0..ROWS)
        .map(|n| Interaction {
            id: Some(format!("c-{n:08}")),
            customer_id: Some(format!("u-{:07}", n / 4)),
            issue: Some("billing.refund".to_owned()),
            csat: Some(5),
            ..Interaction::default()
        })
        .collect();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| Tables::of(black_box(&rows)).interactions.len());
}

/// Checks every rule, files contacts by customer, and finds out who came back; counts next to nothing.
#[divan::bench]
fn checks_and_files(bencher: Bencher<'_, '_>) {
    let (tables, mut options) = (desk::contacts(ROWS, 65_536), desk::by_agent_and_week());
    options.kpis = Some(vec!["interactions".to_owned()]);
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| tally(black_box(&tables), &options, &limits()).unwrap());
}

/// The same, and counts all that the catalogue asks for.
#[divan::bench]
fn counts_the_catalogue(bencher: Bencher<'_, '_>) {
    let (tables, options) = (desk::contacts(ROWS, 65_536), desk::by_agent_and_week());
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| tally(black_box(&tables), &options, &limits()).unwrap());
}

fn counted() -> Tally {
    tally(&desk::contacts(ROWS, 65_536), &desk::by_agent_and_week(), &limits()).unwrap()
}

#[divan::bench]
fn evaluates_groups(bencher: Bencher<'_, '_>) {
    let tally = counted();
    let groups = tally.report().unwrap().groups.len();
    bencher.counter(ItemsCount::new(groups)).bench_local(|| tally.report().unwrap());
}

#[divan::bench]
fn writes_json(bencher: Bencher<'_, '_>) {
    let report = counted().report().unwrap();
    bencher.counter(BytesCount::new(report.to_json().len())).bench_local(|| report.to_json());
}

#[divan::bench]
fn keeps_a_tally_as_bytes(bencher: Bencher<'_, '_>) {
    let tally = counted();
    bencher.counter(BytesCount::new(tally.to_bytes().len())).bench_local(|| tally.to_bytes());
}

#[divan::bench]
fn reads_a_tally_from_bytes(bencher: Bencher<'_, '_>) {
    let bytes = counted().to_bytes();
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| Tally::from_bytes(black_box(&bytes)).unwrap());
}
