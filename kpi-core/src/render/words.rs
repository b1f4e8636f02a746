//! What is not a number, in words.

use super::numbers::{self, Numbers};
use crate::calendar::Every;
use crate::error::Example;
use crate::kpis::{Flag, Population, Undefined, find};
use crate::money::ledger::LedgerSummary;
use crate::report::{GroupKey, Period};
use crate::tally::RowCounts;
use crate::units::{ExactSum, Instant};
use chrono::{DateTime, Datelike, Utc};

/// Why there is no value.
pub(super) fn undefined(reason: &Undefined) -> String {
    match reason {
        Undefined::NeedsOption("every") => "known by period only, with the option every".to_owned(),
        Undefined::NeedsOption(path) => format!("needs the option {path}"),
        Undefined::MissingInput(columns) => {
            let names: Vec<String> = columns.iter().map(|c| c.full_name()).collect();
            match names.split_last() {
                Some((only, [])) => format!("needs the column {only}"),
                Some((last, [one])) => format!("needs the columns {one} and {last}"),
                Some((_, [first, second, more @ ..])) => {
                    format!("needs the columns {first}, {second} and {} more", more.len() + 1)
                }
                None => "needs a column that is empty".to_owned(),
            }
        }
        Undefined::NoData => "no data".to_owned(),
        Undefined::Immature => "not known yet: too little time has passed".to_owned(),
        Undefined::NoDenominator => "nothing to divide by".to_owned(),
    }
}

/// The same where there is room for one word or two.
pub(super) const fn undefined_in_short(reason: &Undefined) -> &'static str {
    match reason {
        Undefined::NeedsOption(_) => "option?",
        Undefined::MissingInput(_) => "column?",
        Undefined::NoData => "no data",
        Undefined::Immature => "too new",
        Undefined::NoDenominator => "none",
    }
}

/// What the short words stand for.
pub(super) const SHORT_WORDS: [(&str, &str); 5] = [
    ("option?", "an option is not given"),
    ("column?", "a column is empty"),
    ("no data", "no such contacts"),
    ("too new", "not known yet: too little time has passed"),
    ("none", "nothing to divide by"),
];

/// The name of a figure.
pub(super) fn name(id: &str) -> String {
    find(id).map_or_else(|| capital(&plain_key(id)), |kpi| kpi.name.to_owned())
}

/// A name with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A stable key, such as `low_confidence`, as words.
pub(super) fn plain_key(key: &str) -> String {
    key.replace('_', " ")
}

/// A doubt in two words.
pub(super) fn doubt(flag: Flag) -> String {
    plain_key(flag.name())
}

/// Where a value stands among benchmarks.
pub(super) fn band(band: &str) -> String {
    match band {
        "top_quartile" => "in the top quarter of the benchmark".to_owned(),
        other => plain_key(other),
    }
}

/// What a group is called: the values of its dimensions.
pub(super) fn group(key: &GroupKey) -> String {
    let value = |(name, value): &(String, Option<String>)| match value {
        Some(value) => value.clone(),
        None => format!("(no {name})"),
    };
    key.by.iter().map(value).collect::<Vec<_>>().join(" · ")
}

/// What the dimensions are called.
pub(super) fn dimensions(key: &GroupKey) -> String {
    key.by.iter().map(|(name, _)| plain_key(name)).collect::<Vec<_>>().join(" and ")
}

/// Whose contacts, as the beginning of a line.
pub(super) fn population(population: Population) -> String {
    capital(population.in_words())
}

fn utc(at: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(at.nanos())
}

/// A moment: `30 June 2026, 22:00 UTC`.
pub(super) fn moment(at: Instant) -> String {
    utc(at).format("%-d %B %Y, %H:%M UTC").to_string()
}

/// A day as standards write it, for machines to read: `2026-06-30T22:00:00Z`.
pub(super) fn machine_moment(at: Instant) -> String {
    at.to_string()
}

/// The local date a period begins on.
///
/// A period begins at midnight somewhere; a moment well inside it has the same date, week, month or year in UTC.
fn begins(period: &Period) -> chrono::NaiveDate {
    let inside = match period.every {
        Every::Day => Instant::from_nanos(period.start.nanos().saturating_add(27 * 1_800_000_000_000)),
        _ => Instant::from_nanos(period.start.nanos() / 2 + period.end.nanos() / 2),
    };
    let date = utc(inside).date_naive();
    let month = match period.every {
        Every::Day => return date,
        Every::Week => return date.week(chrono::Weekday::Mon).first_day(),
        Every::Month => date.month(),
        Every::Quarter => date.month0() / 3 * 3 + 1,
        Every::Year => 1,
    };
    chrono::NaiveDate::from_ymd_opt(date.year(), month, 1).unwrap_or(date)
}

/// A period: `January 2026`, `week of 5 January 2026`.
pub(super) fn period(period: &Period) -> String {
    let date = begins(period);
    match period.every {
        Every::Day => date.format("%-d %B %Y").to_string(),
        Every::Week => date.format("week of %-d %B %Y").to_string(),
        Every::Month => date.format("%B %Y").to_string(),
        Every::Quarter => format!("Q{} {}", date.month0() / 3 + 1, date.year()),
        Every::Year => date.year().to_string(),
    }
}

/// The first of several periods, after "since the".
pub(super) fn since(first: &Period) -> String {
    match first.every {
        Every::Day | Every::Week => period(first),
        Every::Month | Every::Quarter | Every::Year => format!("beginning of {}", period(first)),
    }
}

/// A day: `9 March 2026`.
pub(super) fn day(at: Instant) -> String {
    utc(at).format("%-d %B %Y").to_string()
}

/// The same where there is little room: `Jan 26`, `5 Jan`.
pub(super) fn period_in_short(period: &Period) -> String {
    let date = begins(period);
    match period.every {
        Every::Day | Every::Week => date.format("%-d %b").to_string(),
        Every::Month => date.format("%b %y").to_string(),
        Every::Quarter => format!("Q{} {}", date.month0() / 3 + 1, date.format("%y")),
        Every::Year => date.year().to_string(),
    }
}

/// Where the rows went: `19,012 contacts; 388 rows out of scope`.
pub(super) fn rows(counts: &RowCounts) -> String {
    let (n, row) = (numbers::count, |n: u64| if n == 1 { "row" } else { "rows" });
    let contacts = if counts.rows_used == 1 { "contact" } else { "contacts" };
    format!(
        "{} {contacts} used, out of {} {} read: {} in quarantine, {} out of scope",
        n(counts.rows_used),
        n(counts.rows_in),
        row(counts.rows_in),
        n(counts.rows_quarantined),
        n(counts.rows_out_of_scope),
    )
}

/// A cell that breaks a rule: `row 3 (c-4): closed_at is 2026-01-01`.
pub(super) fn example(example: &Example) -> String {
    let id = example.id.as_ref().map_or(String::new(), |id| format!(" ({id})"));
    let value = example.value.as_deref().map_or("is empty".to_owned(), |v| format!("is {v}"));
    format!("row {}{id}: {} {value}", numbers::count(example.row), example.column)
}

/// Where the money of the costs table went; nothing when there is none.
pub(super) fn ledger(ledger: &LedgerSummary, numbers: Numbers<'_>) -> Option<String> {
    let part = |sum: &ExactSum, says: &str| (!sum.is_zero()).then(|| format!("{} {says}", numbers.money(sum)));
    let parts = [
        part(&ledger.allocated, "carried by contacts"),
        part(&ledger.outside, "outside the time covered"),
        part(&ledger.carried_by_nobody, "with nobody to carry them"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Costs table, {}: {}.", numbers.money(&ledger.total), parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Column;

    #[test]
    fn every_reason_is_a_sentence() {
        let columns = |n: usize| vec![Column::Csat, Column::Ces, Column::Nps, Column::Confirmed][..n].to_vec();
        for (reason, sentence) in [
            (Undefined::NeedsOption("business_hours"), "needs the option business_hours"),
            (Undefined::NeedsOption("every"), "known by period only, with the option every"),
            (Undefined::MissingInput(columns(1).into()), "needs the column csat"),
            (Undefined::MissingInput(columns(2).into()), "needs the columns csat and ces"),
            (Undefined::MissingInput(columns(4).into()), "needs the columns csat, ces and 2 more"),
            (Undefined::NoData, "no data"),
            (Undefined::Immature, "not known yet: too little time has passed"),
            (Undefined::NoDenominator, "nothing to divide by"),
        ] {
            assert_eq!(undefined(&reason), sentence);
            assert!(SHORT_WORDS.iter().any(|(short, _)| *short == undefined_in_short(&reason)));
        }
    }

    #[test]
    fn a_period_is_named_by_its_local_date() {
        let text = |start: &str, end: &str, every| {
            let at = |t| Instant::parse(t, None).expect("an instant");
            let found = Period { start: at(start), end: at(end), every };
            (period(&found), period_in_short(&found))
        };
        for (start, end, every, long, short) in [
            ("2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z", Every::Month, "January 2026", "Jan 26"),
            ("2026-01-01T10:00:00Z", "2026-02-01T10:00:00Z", Every::Month, "January 2026", "Jan 26"),
            ("2026-01-04T23:00:00Z", "2026-01-11T23:00:00Z", Every::Week, "week of 5 January 2026", "5 Jan"),
            ("2026-01-05T10:00:00Z", "2026-01-06T10:00:00Z", Every::Day, "5 January 2026", "5 Jan"),
            ("2026-01-04T11:00:00Z", "2026-01-05T11:00:00Z", Every::Day, "5 January 2026", "5 Jan"),
            ("2026-06-30T22:00:00Z", "2026-09-30T22:00:00Z", Every::Quarter, "Q3 2026", "Q3 26"),
            ("2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z", Every::Year, "2026", "2026"),
        ] {
            assert_eq!(text(start, end, every), (long.to_owned(), short.to_owned()));
        }
    }
}
