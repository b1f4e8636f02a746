//! Canonical JSON: keys in a fixed order, numbers as the shortest text that reads back, money as decimal text.
//!
//! A report by week and agent has tens of thousands of values, so they are written straight into the text.

mod standing;

use super::value::{GroupReport, Period, Report, Value};
use crate::input::{Column, Table};
use crate::kpis::{CATALOGUE_VERSION, Quantity, Reading, Share, Size, Undefined};
use crate::tally::OUTCOMES;
use crate::units::ExactSum;
use serde::Serialize;
use std::ops::Range;

/// About as long as a value is written out; more than enough for most.
const LENGTH_OF_A_VALUE: usize = 320;

/// The shortest text of a number as canonical JSON has it: `0.75`, `1.0`, `1e-7`.
pub fn number_text(x: f64) -> String {
    let mut text = String::new();
    number(&mut text, x);
    text
}

impl Report {
    /// As canonical JSON, the same bytes on every platform and in every language.
    pub fn to_json(&self) -> String {
        let values: usize = self.groups.iter().map(|group| group.values.len()).sum();
        let mut writer = Writer {
            text: String::with_capacity(values * LENGTH_OF_A_VALUE + 1024),
            seen: Vec::new(),
            methods: Vec::new(),
        };
        self.head(&mut writer.text);
        if !self.targets.is_empty() {
            writer.text.push_str(r#","targets":["#);
            list(&mut writer.text, &self.targets, standing::standing);
            writer.text.push(']');
        }
        writer.text.push_str(r#","groups":["#);
        for (at, group) in self.groups.iter().enumerate() {
            comma(&mut writer.text, at);
            writer.group(group);
        }
        writer.text.push_str("]}");
        writer.text
    }

    fn head(&self, text: &mut String) {
        text.push_str(r#"{"schema":"supportkpi.report/1","catalogue":"#);
        quoted(text, CATALOGUE_VERSION);
        text.push_str(r#","as_of":"#);
        plain(text, &self.as_of);
        text.push_str(r#","currency":"#);
        quoted(text, &self.currency);
        text.push_str(r#","counts":"#);
        plain(text, &self.counts);
        text.push_str(r#","invalid":"#);
        plain(text, &self.invalid);
        text.push_str(r#","ledger":{"total":"#);
        amount(text, &self.ledger.total);
        text.push_str(r#","allocated":"#);
        amount(text, &self.ledger.allocated);
        text.push_str(r#","outside":"#);
        amount(text, &self.ledger.outside);
        text.push_str(r#","carried_by_nobody":"#);
        amount(text, &self.ledger.carried_by_nobody);
        text.push_str(r#","grain":"#);
        plain(text, &self.grain);
        text.push_str(r#"},"fingerprint":"#);
        quoted(text, &self.fingerprint);
    }
}

/// The text, and what of it can be said again: the figures of all groups are the same ones in the same order.
struct Writer<'r> {
    text: String,
    /// By their place in a group.
    seen: Vec<Seen<'r>>,
    methods: Vec<Method>,
}

/// How an interval was made, and how that reads.
struct Method {
    level: Option<u64>,
    name: Option<&'static str>,
    text: String,
}

/// Where a figure of a group before stands in the text.
struct Seen<'r> {
    figure: &'r Value,
    /// Which figure it is.
    head: Range<usize>,
    /// All of it, where there was no value, and why.
    bare: Option<(&'r Undefined, Range<usize>)>,
}

impl<'r> Writer<'r> {
    fn group(&mut self, group: &'r GroupReport) {
        let text = &mut self.text;
        text.push_str(r#"{"by":{"#);
        list(text, &group.key.by, |(name, value), text| {
            quoted(text, name);
            text.push(':');
            or_null(text, value.as_deref(), quoted);
        });
        text.push_str(r#"},"period":"#);
        or_null(text, group.key.period.as_ref(), period);
        text.push_str(r#","outcomes":{"#);
        list(text, OUTCOMES.iter().zip(group.outcomes), |(outcome, n), text| {
            name(text, outcome);
            text.push(':');
            count(text, n);
        });
        text.push_str(r#"},"values":["#);
        for (at, value) in group.values.iter().enumerate() {
            comma(&mut self.text, at);
            self.value(at, value);
        }
        self.text.push_str("]}");
    }

    fn value(&mut self, at: usize, value: &'r Value) {
        let start = self.text.len();
        let before = self.seen.get(at).filter(|seen| is_same_figure(seen.figure, value));
        let reason = value.value.as_ref().err().filter(|_| is_bare(value));
        if let (Some(reason), Some((same, all))) = (reason, before.and_then(|seen| seen.bare.as_ref()))
            && *same == reason
        {
            self.text.extend_from_within(all.clone());
            return;
        }
        match before {
            Some(seen) => self.text.extend_from_within(seen.head.clone()),
            None => head(&mut self.text, value),
        }
        let head = start..self.text.len();
        self.rest(value);
        let bare = reason.map(|reason| (reason, start..self.text.len()));
        match self.seen.get_mut(at) {
            Some(seen) => {
                let bare = bare.or(seen.bare.take().filter(|_| is_same_figure(seen.figure, value)));
                *seen = Seen { figure: value, head, bare };
            }
            None => self.seen.push(Seen { figure: value, head, bare }),
        }
    }

    fn rest(&mut self, value: &Value) {
        let text = &mut self.text;
        match &value.value {
            Ok(found) => {
                reading(text, found);
                text.push_str(r#","undefined":null"#);
            }
            Err(reason) => {
                text.push_str(r#"null,"undefined":"#);
                undefined(text, reason);
            }
        }
        divided(text, value);
        count(text, value.n);
        match value.interval {
            Some(interval) => {
                text.push_str(r#","low":"#);
                number(text, interval.low);
                text.push_str(r#","high":"#);
                number(text, interval.high);
            }
            None => text.push_str(r#","low":null,"high":null"#),
        }
        self.method(value.confidence_level, value.method);
        doubts(&mut self.text, value);
    }

    /// There are few ways to come to an interval, at one confidence level.
    fn method(&mut self, level: Option<f64>, method: Option<&'static str>) {
        let bits = level.map(f64::to_bits);
        let same = |known: &&Method| known.level == bits && known.name == method;
        if let Some(known) = self.methods.iter().find(same) {
            self.text.push_str(&known.text);
            return;
        }
        let mut text = String::from(r#","confidence_level":"#);
        or_null(&mut text, level, number);
        text.push_str(r#","method":"#);
        or_null(&mut text, method, name);
        self.text.push_str(&text);
        self.methods.push(Method { level: bits, name: method, text });
    }
}

/// What was divided by what, up to the number of observations.
fn divided(text: &mut String, value: &Value) {
    match (&value.numerator, &value.denominator) {
        (Some(part), Some(whole)) => {
            text.push_str(r#","numerator":""#);
            part.write_text(text);
            text.push_str(r#"","denominator":""#);
            whole.write_text(text);
            text.push_str(r#"","n":"#);
        }
        (None, None) => text.push_str(r#","numerator":null,"denominator":null,"n":"#),
        (part, whole) => {
            text.push_str(r#","numerator":"#);
            or_null(text, part.as_ref(), quantity);
            text.push_str(r#","denominator":"#);
            or_null(text, whole.as_ref(), quantity);
            text.push_str(r#","n":"#);
        }
    }
}

/// What speaks against it or for it, and the end.
fn doubts(text: &mut String, value: &Value) {
    match (value.p_value, value.band) {
        (None, None) => text.push_str(r#","p_value":null,"band":null,"flags":["#),
        (p_value, band) => {
            text.push_str(r#","p_value":"#);
            or_null(text, p_value, number);
            text.push_str(r#","band":"#);
            or_null(text, band, name);
            text.push_str(r#","flags":["#);
        }
    }
    list(text, value.flags.iter(), |flag, text| name(text, flag.name()));
    text.push_str("]}");
}

fn head(text: &mut String, value: &Value) {
    text.push_str(r#"{"id":"#);
    name(text, value.id);
    text.push_str(r#","population":"#);
    name(text, value.population.name());
    text.push_str(r#","unit":"#);
    name(text, value.unit.name());
    text.push_str(r#","value":"#);
}

/// Whether two values are surely of one figure and population: ids that lie in the same place are the same.
fn is_same_figure(one: &Value, other: &Value) -> bool {
    std::ptr::eq(one.id, other.id) && one.population == other.population && one.unit == other.unit
}

/// Whether a value that there is not has no evidence either, so that the reason is all there is to it.
fn is_bare(value: &Value) -> bool {
    value.numerator.is_none()
        && value.denominator.is_none()
        && value.n == 0
        && value.interval.is_none()
        && value.confidence_level.is_none()
        && value.method.is_none()
        && value.p_value.is_none()
        && value.band.is_none()
        && value.flags.is_empty()
}

fn reading(text: &mut String, value: &Reading) {
    match value {
        Reading::Number(x) => number(text, *x),
        Reading::Count(n) => count(text, *n),
        Reading::Money(sum) => amount(text, sum),
        Reading::Shares(shares) => {
            text.push('[');
            list(text, shares, share);
            text.push(']');
        }
    }
}

fn share(share: &Share, text: &mut String) {
    text.push_str(r#"{"key":"#);
    quoted(text, &share.key);
    match &share.size {
        Size::Count(n) => {
            text.push_str(r#","count":"#);
            count(text, *n);
        }
        Size::Amount(sum) => {
            text.push_str(r#","amount":"#);
            amount(text, sum);
        }
    }
    text.push_str(r#","share":"#);
    number(text, share.share);
    text.push('}');
}

fn undefined(text: &mut String, reason: &Undefined) {
    text.push_str(r#"{"reason":"#);
    name(text, reason.name());
    match reason {
        Undefined::NeedsOption(path) => {
            text.push_str(r#","option":"#);
            quoted(text, path);
        }
        Undefined::MissingInput(columns) => {
            text.push_str(r#","columns":["#);
            list(text, columns.iter().copied(), column);
            text.push(']');
        }
        Undefined::NoData | Undefined::Immature | Undefined::NoDenominator => {}
    }
    text.push('}');
}

/// As [`Column::full_name`] has it.
fn column(column: Column, text: &mut String) {
    text.push('"');
    if column.table() != Table::Interactions {
        text.push_str(column.table().name());
        text.push('.');
    }
    text.push_str(column.name());
    text.push('"');
}

fn period(text: &mut String, period: &Period) {
    text.push_str(r#"{"every":"#);
    plain(text, &period.every);
    text.push_str(r#","start":"#);
    plain(text, &period.start);
    text.push_str(r#","end":"#);
    plain(text, &period.end);
    text.push('}');
}

fn list<T>(text: &mut String, items: impl IntoIterator<Item = T>, each: impl Fn(T, &mut String)) {
    for (at, item) in items.into_iter().enumerate() {
        comma(text, at);
        each(item, text);
    }
}

fn comma(text: &mut String, at: usize) {
    if at > 0 {
        text.push(',');
    }
}

fn or_null<T>(text: &mut String, value: Option<T>, write: impl Fn(&mut String, T)) {
    match value {
        Some(value) => write(text, value),
        None => text.push_str("null"),
    }
}

fn number(text: &mut String, x: f64) {
    if x.is_finite() {
        text.push_str(zmij::Buffer::new().format_finite(x));
    } else {
        text.push_str("null");
    }
}

fn count(text: &mut String, n: u64) {
    text.push_str(itoa::Buffer::new().format(n));
}

fn amount(text: &mut String, sum: &ExactSum) {
    text.push('"');
    sum.write_text(text);
    text.push('"');
}

fn quantity(text: &mut String, quantity: &Quantity) {
    text.push('"');
    quantity.write_text(text);
    text.push('"');
}

/// A name of this library, which has nothing to escape.
fn name(text: &mut String, own: &str) {
    text.push('"');
    text.push_str(own);
    text.push('"');
}

/// A text; most have nothing to escape.
fn quoted(text: &mut String, own: &str) {
    if own.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        plain(text, own);
    } else {
        name(text, own);
    }
}

/// Anything else, of which there is little. None of it fails.
fn plain(text: &mut String, value: &(impl Serialize + ?Sized)) {
    text.push_str(&serde_json::to_string(value).unwrap_or_default());
}

#[cfg(test)]
mod tests;
