//! Rows that arrive as text, cell by cell, become columns. A cell that cannot be read stays empty and is reported by
//! the rules of step 2; nothing is mended.

use super::columns::{Column, Kind, Table};
use super::data::{Batch, Bits, CellProblem, Cells, Data};
use super::show::float_text;
use super::tables::Limits;
use super::text::{Amount, NoAmount, Text};
use crate::calendar::local_day;
use crate::error::{Code, Error, Result};
use crate::options::Options;
use crate::units::{Day, Instant, InstantProblem};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// What a reader found in a cell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'t> {
    /// Text in quotes, or a CSV cell.
    Text(&'t str),
    /// A JSON number, as written.
    Number(&'t str),
    /// true or false.
    Flag(bool),
    /// Anything else, as written.
    Other(&'t str),
}

/// Whether numbers and flags may be written as text, as they are in CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Json,
    Csv,
}

enum Values {
    Text { offsets: Vec<i64>, bytes: Vec<u8> },
    Flags(Vec<bool>),
    Whole(Vec<i64>),
    Instants(Vec<i64>),
    Days(Vec<i32>),
    Decimals(Vec<Decimal>),
}

struct Lane {
    values: Values,
    known: Vec<bool>,
}

impl Lane {
    fn new(kind: Kind, rows: usize) -> Self {
        let values = match kind {
            Kind::Text | Kind::Choice(_) | Kind::Currency => Values::Text { offsets: vec![0], bytes: Vec::new() },
            Kind::Flag => Values::Flags(Vec::new()),
            Kind::Whole(..) => Values::Whole(Vec::new()),
            Kind::Instant => Values::Instants(Vec::new()),
            Kind::Date => Values::Days(Vec::new()),
            Kind::Number(..) | Kind::Cost | Kind::Money => Values::Decimals(Vec::new()),
        };
        let mut lane = Self { values, known: Vec::new() };
        lane.fill_to(rows);
        lane
    }

    fn fill_to(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.known.len());
        self.known.resize(self.known.len() + missing, false);
        match &mut self.values {
            Values::Text { offsets, bytes } => {
                let end = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
                offsets.resize(offsets.len() + missing, end);
            }
            Values::Flags(v) => v.resize(v.len() + missing, false),
            Values::Whole(v) | Values::Instants(v) => v.resize(v.len() + missing, 0),
            Values::Days(v) => v.resize(v.len() + missing, 0),
            Values::Decimals(v) => v.resize(v.len() + missing, Decimal::ZERO),
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Values::Text { offsets, bytes } = &mut self.values {
            bytes.extend_from_slice(text.as_bytes());
            offsets.push(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
            self.known.push(true);
        }
    }

    fn finish(self) -> Cells<'static> {
        if !self.known.contains(&true) {
            return Cells { data: Data::Nothing, known: None };
        }
        let data = match self.values {
            Values::Text { offsets, bytes } => Data::Text(Text::Long { offsets: offsets.into(), bytes: bytes.into() }),
            Values::Flags(v) => Data::Flags(Bits::pack(&v)),
            Values::Whole(v) => Data::I64(v.into()),
            Values::Instants(v) => Data::Instants { values: v.into(), nanos_per_unit: 1, naive: false },
            Values::Days(v) => Data::Days(v.into()),
            Values::Decimals(v) => Data::Decimals(v.into()),
        };
        Cells { data, known: Some(Bits::pack(&self.known)) }
    }
}

/// Where a reader puts a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A column of the specification.
    Known(Column),
    /// A dimension, by its number.
    Dimension(usize),
}

/// Builds one batch from cells.
pub(super) struct RowWriter<'o> {
    table: Table,
    style: Style,
    naive: Option<Tz>,
    report: Tz,
    limits: &'o Limits,
    rows: usize,
    lanes: Vec<Option<Lane>>,
    dimensions: Vec<(String, Lane)>,
    places: HashMap<String, Option<Place>>,
    problems: Vec<CellProblem>,
}

impl<'o> RowWriter<'o> {
    /// A writer for one table that keeps the dimensions named and ignores other unknown columns.
    pub fn new(table: Table, style: Style, options: &Options, limits: &'o Limits) -> Self {
        let dimensions = wanted_dimensions(table, options);
        let mut places: HashMap<_, _> = table.columns().map(|c| (c.name().to_owned(), Some(Place::Known(c)))).collect();
        let mut lanes = Vec::new();
        for name in &dimensions {
            if !places.contains_key(name) {
                places.insert(name.clone(), Some(Place::Dimension(lanes.len())));
                lanes.push((name.clone(), Lane::new(Kind::Text, 0)));
            }
        }
        Self {
            table,
            style,
            naive: options.naive_zone(),
            report: options.zone(),
            limits,
            rows: 0,
            lanes: std::iter::repeat_with(|| None).take(Column::COUNT).collect(),
            dimensions: lanes,
            places,
            problems: Vec::new(),
        }
    }

    /// Where a column of this name goes; nothing if it is not wanted.
    pub fn place(&self, name: &str) -> Option<Place> {
        self.places.get(name).copied().flatten()
    }

    /// Puts a cell of the row that is being written in its place.
    ///
    /// # Errors
    /// When a text is longer than allowed, or the row has the column twice.
    pub fn put(&mut self, place: Place, found: Found<'_>) -> Result<()> {
        if let Found::Text(text) | Found::Number(text) | Found::Other(text) = found {
            self.check_text(text)?;
        }
        let row = self.rows;
        match place {
            Place::Dimension(at) => {
                if let Some((name, lane)) = self.dimensions.get_mut(at) {
                    once(lane, row, self.table, name)?;
                    lane.fill_to(row);
                    match found {
                        Found::Text(t) => lane.push_text(t),
                        Found::Number(t) => lane.push_text(&canonical(t)),
                        Found::Other(t) => lane.push_text(&compact(t)),
                        Found::Flag(f) => lane.push_text(if f { "true" } else { "false" }),
                    }
                }
            }
            Place::Known(column) => {
                let Some(slot) = self.lanes.get_mut(column.index()) else { return Ok(()) };
                let lane = slot.get_or_insert_with(|| Lane::new(column.kind(), row));
                once(lane, row, self.table, column.name())?;
                lane.fill_to(row);
                if let Err((rule, value)) = read(lane, found, self.style, self.naive, self.report) {
                    self.problems.push(CellProblem { row, column, rule, value });
                }
            }
        }
        Ok(())
    }

    fn check_text(&self, text: &str) -> Result<()> {
        if text.len() <= self.limits.text_bytes {
            return Ok(());
        }
        let (table, row, most) = (self.table.name(), self.rows, self.limits.text_bytes);
        Err(Error::new(
            Code::LimitExceeded,
            format!(
                "A text in row {row} of {table} has {} bytes, and the limit is {most}. Raise `Limits::text_bytes` if the input is to be trusted.",
                text.len()
            ),
        ))
    }

    /// A text of the row that is being written whose escapes spell no text, such as half of a surrogate pair.
    pub fn broken_escape(&self, text: &str) -> Error {
        let (table, row) = (self.table.name(), self.rows);
        let text: String = text.chars().take(60).collect();
        Error::new(Code::MalformedInput, format!("Row {row} of {table} has a text with a broken escape: {text}."))
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When the table has more rows than allowed.
    pub fn end_row(&mut self) -> Result<()> {
        self.rows += 1;
        self.limits.check_rows(self.table, self.rows)
    }

    /// The rows so far as a batch.
    pub fn finish(self) -> Batch<'static> {
        let rows = self.rows;
        let mut batch = Batch::new(self.table, rows);
        for (column, lane) in Column::ALL.iter().zip(self.lanes) {
            if let Some(mut lane) = lane {
                lane.fill_to(rows);
                batch.set(*column, lane.finish());
            }
        }
        for (name, mut lane) in self.dimensions {
            lane.fill_to(rows);
            batch.set_dimension(name, lane.finish());
        }
        for problem in self.problems {
            batch.add_problem(problem);
        }
        batch
    }
}

/// The columns that are read from a table under these options; any other is passed over. Callers that convert rows of
/// their own need not convert those.
pub fn columns_read(table: Table, options: &Options) -> BTreeSet<String> {
    table.columns().map(|c| c.name().to_owned()).chain(wanted_dimensions(table, options)).collect()
}

/// The dimensions a table keeps: those that options name; a cost also keeps those of a contact it may be pinned to.
pub(super) fn wanted_dimensions(table: Table, options: &Options) -> BTreeSet<String> {
    if table != Table::Costs {
        return options.dimensions().map(str::to_owned).collect();
    }
    let named = options.by.iter().cloned();
    named.chain(Column::PINNABLE.iter().map(|c| c.name().to_owned())).collect()
}

fn once(lane: &Lane, row: usize, table: Table, name: &str) -> Result<()> {
    if lane.known.len() <= row {
        return Ok(());
    }
    let table = table.name();
    Err(Error::new(Code::MalformedInput, format!("Row {row} of {table} has the column `{name}` twice.")))
}

type Unreadable = (&'static str, String);

fn read(lane: &mut Lane, found: Found<'_>, style: Style, naive: Option<Tz>, report: Tz) -> Result<(), Unreadable> {
    let shown = || match found {
        Found::Text(t) | Found::Number(t) => t.to_owned(),
        Found::Other(t) => compact(t).into_owned(),
        Found::Flag(f) => f.to_string(),
    };
    let wrong = || ("wrong_type", shown());
    match (&mut lane.values, found) {
        (Values::Text { .. }, Found::Text(text)) => {
            lane.push_text(text);
            return Ok(());
        }
        (Values::Flags(flags), Found::Flag(flag)) => flags.push(flag),
        (Values::Flags(flags), Found::Text(text)) if style == Style::Csv => flags.push(flag(text).ok_or_else(wrong)?),
        (Values::Instants(at), Found::Text(text)) => {
            at.push(Instant::parse(text, naive).map_err(|problem| (time_rule(problem), shown()))?.nanos());
        }
        (Values::Days(days), Found::Text(text)) => {
            days.push(day(text, naive, report).map_err(|problem| (time_rule(problem), shown()))?);
        }
        (Values::Whole(values), Found::Number(text)) => values.push(whole(text).map_err(|p| (rule_of(p), shown()))?),
        (Values::Whole(values), Found::Text(text)) if style == Style::Csv => {
            values.push(whole(text).map_err(|p| (rule_of(p), shown()))?);
        }
        (Values::Decimals(values), Found::Number(text)) => {
            values.push(number(text).map_err(|p| (rule_of(p), shown()))?.to_decimal());
        }
        (Values::Decimals(values), Found::Text(text)) => {
            let read = if style == Style::Csv { number(text) } else { amount(text) };
            values.push(read.map_err(|p| (rule_of(p), shown()))?.to_decimal());
        }
        _ => return Err(wrong()),
    }
    lane.known.push(true);
    Ok(())
}

/// The rule that a text which is no time breaks.
pub(super) fn time_rule(problem: InstantProblem) -> &'static str {
    match problem {
        InstantProblem::Naive => "naive_timestamp",
        InstantProblem::OutOfRange => "out_of_range",
        InstantProblem::Malformed => "wrong_type",
    }
}

/// A date, or the day on which an instant falls in the zone of the report.
pub(super) fn day(text: &str, naive: Option<Tz>, report: Tz) -> Result<i32, InstantProblem> {
    match Day::parse(text) {
        Some(day) => Ok(day.0),
        None => Ok(local_day(Instant::parse(text, naive)?, report).0),
    }
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn rule_of(problem: NoAmount) -> &'static str {
    match problem {
        NoAmount::NotANumber => "wrong_type",
        NoAmount::NotFinite => "not_finite",
        NoAmount::OutOfRange => "out_of_range",
    }
}

fn amount(text: &str) -> Result<Amount, NoAmount> {
    Amount::parse(text.trim_ascii().as_bytes())
}

/// A number with an exponent is what a float prints as. One that is too fine is rounded where a float is, so that the
/// same float is the same amount whether it comes as text or as a column of floats.
fn number(text: &str) -> Result<Amount, NoAmount> {
    let float = || text.contains(['e', 'E']).then(|| text.trim_ascii().parse().ok()).flatten();
    amount(text).or_else(|problem| float().map_or(Err(problem), Amount::from_f64).map_err(|_| problem))
}

fn whole(text: &str) -> Result<i64, NoAmount> {
    if let Ok(value) = text.parse::<i64>() {
        return Ok(value);
    }
    let fraction = text.trim_ascii().parse::<f64>().is_ok_and(|x| x.fract().abs() > 0.0);
    match amount(text).map(Amount::trimmed) {
        Ok(Amount { units, scale: 0 }) => i64::try_from(units).map_err(|_| NoAmount::OutOfRange),
        Ok(_) => Err(NoAmount::NotANumber),
        Err(NoAmount::OutOfRange) if fraction => Err(NoAmount::NotANumber),
        Err(problem) => Err(problem),
    }
}

/// A list or an object without the spaces between its parts.
fn compact(json: &str) -> Cow<'_, str> {
    serde_json::from_str::<serde_json::Value>(json).map_or(Cow::Borrowed(json), |value| value.to_string().into())
}

/// A JSON number as the text of a dimension: a float in the one way in which it is also printed.
fn canonical(number: &str) -> Cow<'_, str> {
    let float = number.contains(['.', 'e', 'E']).then(|| number.parse::<f64>().ok()).flatten();
    float.filter(|x| x.is_finite()).map_or(Cow::Borrowed(number), |x| float_text(&x).into())
}
