//! What stands in a page of somebody else, such as a notebook: it takes over that page's letters and colours, light or
//! dark, and changes nothing outside itself.

use super::families;
use super::markup::{Markup, put};
use super::pieces::write_under;
use crate::kpis::{Family, find};
use crate::render::numbers::Numbers;
use crate::render::page;
use crate::render::pieces::{Cell, Column, Piece, Table};
use crate::render::told::Tell;
use crate::render::{View, words};
use crate::report::{GroupReport, Report, Value};
use std::collections::BTreeSet;

/// Values that are shown at once; of more, those that a support leader asks for first, and the others folded.
const MOST_AT_ONCE: usize = 24;

/// A report's total, as HTML to stand in a page of somebody else: each figure with interval, n, band, doubts, or why
/// there is none.
pub fn fragment(report: &Report) -> String {
    let numbers = Numbers::typeset(&report.currency);
    framed("Support report", |out| {
        let at = report.as_of.map_or_else(|| "no usable data".to_owned(), words::moment);
        put!(out, "<p class=\"quiet\">" {at} ". " {words::rows(&report.counts)} ".</p>\n");
        let Some(total) = report.total() else { return };
        let all: Vec<&Value> = total.values.iter().collect();
        if all.len() <= MOST_AT_ONCE {
            put_table(out, "Figures of all contacts", &all, numbers);
            return;
        }
        put_table(out, "What a support leader asks for first", &first_asked(total), numbers);
        put!(out, "<details><summary>Every figure (" {all.len()} " values)</summary>\n");
        for family in families::present(report) {
            let own: Vec<&Value> = all.iter().copied().filter(|value| family_of(value) == Some(family)).collect();
            put_table(out, family.title(), &own, numbers);
        }
        put!(out, "</details>\n");
    })
}

/// What a verb found, as HTML to stand in a page of somebody else.
pub fn fragment_of(found: &impl Tell) -> String {
    framed(&found.title(), |out| write_under(out, &found.pieces().0, 4))
}

fn framed(title: &str, fill: impl FnOnce(&mut Markup)) -> String {
    let mut out = Markup::new();
    put!(out, "<div class=\"supportkpi\">\n<style>\n");
    out.raw(include_str!("fragment.css"));
    put!(out, "</style>\n<h3>" {title} "</h3>\n");
    fill(&mut out);
    put!(out, "</div>\n");
    out.finish()
}

fn family_of(value: &Value) -> Option<Family> {
    find(value.id).map(|kpi| kpi.family)
}

/// The figures of the executive view, in the report's order, each with what must stand beside it.
fn first_asked(total: &GroupReport) -> Vec<&Value> {
    let Some(view) = View::named("executive") else { return Vec::new() };
    let numbers = Numbers::plain("");
    let questions = page::questions(view, total, numbers);
    let shown = questions.iter().flat_map(|question| &question.figures);
    let names: BTreeSet<(&str, &str)> = shown
        .flat_map(|shown| std::iter::once(shown.value).chain(shown.beside.iter().map(|(_, value)| *value)))
        .map(|value| (value.id, value.population.name()))
        .collect();
    total.values.iter().filter(|value| names.contains(&(value.id, value.population.name()))).collect()
}

fn put_table(out: &mut Markup, caption: &str, values: &[&Value], numbers: Numbers<'_>) {
    let columns = [
        Column::Name("Figure"),
        Column::Number("Value"),
        Column::Number("n"),
        Column::Words("Benchmark"),
        Column::Words("Doubts"),
    ];
    let mut table = Table::new(caption, &columns);
    for listed in page::listed(values) {
        let name = words::name(listed.id);
        if let Some(why) = &listed.withheld {
            table.row([
                Cell::of(&name),
                Cell::of("–"),
                Cell::default(),
                Cell::default(),
                Cell::of(words::capital(why)),
            ]);
        }
        for value in listed.values {
            table.row(row(&name, value, numbers));
        }
    }
    write_under(out, &table.piece().into_iter().collect::<Vec<Piece>>(), 4);
}

fn row(name: &str, value: &Value, numbers: Numbers<'_>) -> [Cell; 5] {
    let figure = Cell::of(name).small(value.population.in_words());
    let band = Cell::of(value.band.map(|band| words::capital(&words::band(band))).unwrap_or_default());
    if value.value.is_err() {
        let why = words::capital(&numbers.value_or_why(value));
        return [figure, Cell::of("–"), Cell::default(), band, Cell::of(why)];
    }
    let doubts: Vec<String> = value.flags.iter().map(words::doubt).collect();
    let doubts = Cell::of(words::capital(&doubts.join(", "))).doubt(!value.flags.is_empty());
    [figure, Cell::value(value, numbers), Cell::count(value.n), band, doubts]
}
