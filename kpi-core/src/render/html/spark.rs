//! How a figure went over the periods of the report, in a line as small as a word.

use super::markup::{Markup, put, tenth};
use crate::render::numbers;
use crate::render::words;
use crate::report::{Report, Value};

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 28.0;
const EDGE: f64 = 3.0;

/// Draws it, if at least three periods that were over have a value. Its title says from what to what it went.
pub(super) fn draw(page: &mut Markup, value: &Value, report: &Report) {
    let over = |end: crate::units::Instant| report.as_of.is_some_and(|as_of| end <= as_of);
    let points: Vec<(String, &Value, f64)> = report
        .periods()
        .filter(|(period, _)| over(period.end))
        .filter_map(|(period, group)| {
            let own = group.value(value.id, value.population)?;
            Some((words::period(&period), own, own.number()?))
        })
        .collect();
    let ([(from, first, _), .., (to, last, end)], true) = (points.as_slice(), points.len() > 2) else { return };
    let (low, high) =
        points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p.2), high.max(p.2)));
    let x = |at: usize| tenth(EDGE + at as f64 / (points.len() - 1) as f64 * (WIDTH - 2.0 * EDGE));
    let share = |y: f64| if high > low { (y - low) / (high - low) } else { 0.5 };
    let y = |value: f64| tenth(HEIGHT - EDGE - share(value) * (HEIGHT - 2.0 * EDGE));
    let numbers = numbers::Numbers::typeset(&report.currency);
    put!(page, "<svg class=\"spark\" viewBox=\"0 0 120 28\" role=\"img\"><title>" {from} ": " {numbers.value_or_why(first)} "; " {to} ": "
        {numbers.value_or_why(last)} "</title><path d=\"");
    for (at, (.., value)) in points.iter().enumerate() {
        put!(page, {if at == 0 { "M" } else { "L" }} {x(at)} " " {y(*value)});
    }
    put!(page, "\"/><circle cx=\"" {x(points.len() - 1)} "\" cy=\"" {y(*end)} "\" r=\"2.6\"/></svg>");
}
