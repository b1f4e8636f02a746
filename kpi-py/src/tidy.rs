//! A report as a tidy table: one row a value, for data frames.

use arrow_array::{
    ArrayRef, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow_schema::ArrowError;
use kpi_core::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Digits after the point that money is shown with.
const MONEY_SCALE: i8 = 6;

#[derive(Deserialize)]
struct Report<'j> {
    #[serde(borrow)]
    groups: Vec<Group<'j>>,
}

#[derive(Deserialize)]
struct Group<'j> {
    by: Map<String, Value>,
    period: Option<Period>,
    #[serde(borrow)]
    values: Vec<Figure<'j>>,
}

#[derive(Deserialize)]
struct Period {
    every: String,
    start: String,
    end: String,
}

/// Numbers are kept as they were written, and read once it is known as what.
#[derive(Deserialize)]
struct Figure<'j> {
    id: &'j str,
    population: &'j str,
    unit: &'j str,
    #[serde(borrow)]
    value: Option<&'j RawValue>,
    undefined: Option<Undefined>,
    numerator: Option<String>,
    denominator: Option<String>,
    n: i64,
    low: Option<&'j RawValue>,
    high: Option<&'j RawValue>,
    confidence_level: Option<&'j RawValue>,
    method: Option<&'j str>,
    p_value: Option<&'j RawValue>,
    band: Option<String>,
    flags: Vec<&'j str>,
}

#[derive(Deserialize)]
struct Undefined {
    reason: String,
}

/// The values of a report, given as canonical JSON, in its order.
///
/// # Errors
/// When the text is no report.
pub fn table(report: &str) -> Result<RecordBatch, ArrowError> {
    let report: Report<'_> =
        serde_json::from_str(report).map_err(|error| ArrowError::ParseError(format!("this is no report: {error}")))?;
    let rows: Vec<Row<'_>> =
        report.groups.iter().flat_map(|group| group.values.iter().map(move |figure| Row { group, figure })).collect();
    let names = report.groups.iter().map(|group| &group.by).max_by_key(|by| by.len());
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    for name in names.into_iter().flat_map(Map::keys) {
        let cells = rows.iter().map(|row| row.group.by.get(name).and_then(Value::as_str));
        columns.push((name.clone(), Arc::new(cells.collect::<StringArray>())));
    }
    let own = own_columns(&rows)?;
    for (name, _) in &mut columns {
        if own.iter().any(|(taken, _)| taken == name) {
            *name = format!("by_{name}");
        }
    }
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().chain(own).map(|(name, cells)| (name, cells, true)))
}

/// A value and the group that it is of.
struct Row<'r> {
    group: &'r Group<'r>,
    figure: &'r Figure<'r>,
}

fn own_columns(rows: &[Row<'_>]) -> Result<Vec<(String, ArrayRef)>, ArrowError> {
    let column = |name: &str, cells: ArrayRef| (name.to_owned(), cells);
    let numbers = |name: &str, of: for<'r> fn(&'r Figure<'r>) -> Option<f64>| {
        column(name, Arc::new(rows.iter().map(|row| of(row.figure)).collect::<Float64Array>()))
    };
    let texts = |name: &str, of: for<'r> fn(&'r Figure<'r>) -> Option<&'r str>| {
        column(name, Arc::new(rows.iter().map(|row| of(row.figure)).collect::<StringArray>()))
    };
    let times = |name: &str, of: fn(&Period) -> &str| {
        let at = |row: &Row<'_>| row.group.period.as_ref().and_then(|period| micros(of(period)));
        column(name, Arc::new(rows.iter().map(at).collect::<TimestampMicrosecondArray>().with_timezone("UTC")))
    };
    let every = rows.iter().map(|row| row.group.period.as_ref().map(|period| period.every.as_str()));
    let money: Decimal128Array = rows.iter().map(|row| money(row.figure)).collect();
    let money = money.with_precision_and_scale(38, MONEY_SCALE)?;
    let flags = rows.iter().map(|row| Some(row.figure.flags.join(" "))).collect::<StringArray>();
    Ok(vec![
        column("every", Arc::new(every.collect::<StringArray>())),
        times("period_start", |period| &period.start),
        times("period_end", |period| &period.end),
        texts("id", |f| Some(f.id)),
        texts("population", |f| Some(f.population)),
        texts("unit", |f| Some(f.unit)),
        numbers("value", |f| number(f.value)),
        column("money", Arc::new(money)),
        texts("undefined", |f| f.undefined.as_ref().map(|undefined| undefined.reason.as_str())),
        numbers("numerator", |f| f.numerator.as_ref().and_then(|text| text.parse().ok())),
        numbers("denominator", |f| f.denominator.as_ref().and_then(|text| text.parse().ok())),
        column("n", Arc::new(rows.iter().map(|row| Some(row.figure.n)).collect::<Int64Array>())),
        numbers("low", |f| number(f.low)),
        numbers("high", |f| number(f.high)),
        numbers("confidence_level", |f| number(f.confidence_level)),
        texts("method", |f| f.method),
        numbers("p_value", |f| number(f.p_value)),
        texts("band", |f| f.band.as_deref()),
        column("flags", Arc::new(flags)),
    ])
}

/// A number as it was written; money stands in quotes, and a distribution is none.
fn number(written: Option<&RawValue>) -> Option<f64> {
    written?.get().trim_matches('"').parse().ok()
}

/// Money in millionths.
fn money(figure: &Figure<'_>) -> Option<i128> {
    let text = figure.value?.get().strip_prefix('"')?.strip_suffix('"')?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<6}").parse().ok()
}

fn micros(at: &str) -> Option<i64> {
    Instant::parse(at, None).ok().map(|at| at.nanos().div_euclid(1000))
}
