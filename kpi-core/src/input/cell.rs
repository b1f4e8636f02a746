//! What the text of one cell says: read by the kind of its column, never guessed.

use super::lane::{Lane, Values};
use super::show::float_text;
use super::text::{Amount, NoAmount};
use crate::calendar::local_day;
use crate::units::{Day, Instant, InstantProblem};
use chrono_tz::Tz;
use std::borrow::Cow;

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

/// The rule that a cell breaks, and what stands there.
pub(super) type Unreadable = (&'static str, String);

/// How a reader takes texts: the style of its numbers and flags, and the zones of its times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    pub style: Style,
    pub naive: Option<Tz>,
    pub report: Tz,
}

impl Reader {
    /// Reads a cell to the end of its column; one that cannot be read adds nothing.
    ///
    /// # Errors
    /// When the column's kind has no such value.
    #[inline]
    pub fn read(self, lane: &mut Lane, found: Found<'_>) -> Result<(), Unreadable> {
        let broken = |rule| (rule, shown(found));
        let csv = self.style == Style::Csv;
        match (&mut lane.values, found) {
            (Values::Text { .. }, Found::Text(text)) => {
                lane.push_text(text);
                return Ok(());
            }
            (Values::Flags(flags), Found::Flag(flag)) => flags.push(flag),
            (Values::Flags(flags), Found::Text(text)) if csv => {
                flags.push(flag(text).ok_or_else(|| broken("wrong_type"))?);
            }
            (Values::Instants(at), Found::Text(text)) => {
                at.push(Instant::parse(text, self.naive).map_err(|p| broken(time_rule(p)))?.nanos());
            }
            (Values::Days(days), Found::Text(text)) => {
                days.push(day(text, self.naive, self.report).map_err(|p| broken(time_rule(p)))?);
            }
            (Values::Whole(values), Found::Number(text)) => values.push(whole(text).map_err(|p| broken(rule_of(p)))?),
            (Values::Whole(values), Found::Text(text)) if csv => {
                values.push(whole(text).map_err(|p| broken(rule_of(p)))?);
            }
            (Values::Decimals(values), Found::Number(text)) => {
                values.push(number(text).map_err(|p| broken(rule_of(p)))?.to_decimal());
            }
            (Values::Decimals(values), Found::Text(text)) => {
                let read = if csv { number(text) } else { amount(text) };
                values.push(read.map_err(|p| broken(rule_of(p)))?.to_decimal());
            }
            _ => return Err(broken("wrong_type")),
        }
        lane.known.push(true);
        Ok(())
    }
}

#[cold]
fn shown(found: Found<'_>) -> String {
    match found {
        Found::Text(t) | Found::Number(t) => t.to_owned(),
        Found::Other(t) => compact(t).into_owned(),
        Found::Flag(f) => f.to_string(),
    }
}

/// What stands in a cell as the text of a dimension.
pub(super) fn dimension(found: Found<'_>) -> Cow<'_, str> {
    match found {
        Found::Text(t) => t.into(),
        Found::Number(t) => canonical(t),
        Found::Other(t) => compact(t),
        Found::Flag(f) => (if f { "true" } else { "false" }).into(),
    }
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
