//! The tables of the text report: by group and over time.

use super::layout::{Canvas, Ink, left, right};
use crate::kpis::Flag;
use crate::render::numbers::Numbers;
use crate::render::overview::{self, Column, Line};
use crate::render::words;
use crate::report::{GroupReport, Period, Report, Value};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Groups that are listed: those with the most contacts.
const MOST_GROUPS: usize = 15;
/// Columns for their names, at least.
const LEAST_NAME: usize = 13;
/// Columns of a number over time.
const CELL: usize = 9;
/// Periods of the small curve; the numbers beside it are those of the latest that fit.
const SPARK: usize = 16;
const LABEL: usize = 26;

/// Legends that a table turned out to need.
#[derive(Default)]
struct Notes {
    short: BTreeSet<&'static str>,
    small: bool,
}

impl Notes {
    fn cell(&mut self, value: Option<&Value>, numbers: Numbers<'_>) -> String {
        let Some(value) = value else { return String::new() };
        match &value.value {
            Ok(_) if value.has(Flag::SmallSample) => {
                self.small = true;
                format!("~{}", numbers.value_or_why(value))
            }
            Ok(_) => numbers.value_or_why(value),
            Err(reason) => {
                let short = words::undefined_in_short(reason);
                self.short.insert(short);
                short.to_owned()
            }
        }
    }

    fn write(&self, canvas: &mut Canvas) {
        let small = self.small.then(|| "~ fewer than 30 observations".to_owned());
        let used = words::SHORT_WORDS.iter().filter(|(short, _)| self.short.contains(short));
        let notes: Vec<String> =
            small.into_iter().chain(used.map(|(short, long)| format!("{short}: {long}"))).collect();
        if !notes.is_empty() {
            canvas.wrapped(0, 0, Ink::Faint, &format!("{}.", notes.join("; ")));
        }
    }
}

/// A column with what stands in it.
struct Filled {
    heading: [&'static str; 2],
    cells: Vec<String>,
    width: usize,
}

impl Filled {
    fn of(column: &Column, groups: &[&GroupReport], numbers: Numbers<'_>, notes: &mut Notes) -> Self {
        let (id, population) = column.place;
        let cells: Vec<String> = groups.iter().map(|g| notes.cell(g.value(id, population), numbers)).collect();
        let widths = column.heading.iter().copied().chain(cells.iter().map(String::as_str)).map(|t| t.chars().count());
        let width = 1 + widths.fold(0, usize::max);
        Self { heading: column.heading, cells, width }
    }
}

pub(super) fn groups(canvas: &mut Canvas, report: &Report, numbers: Numbers<'_>) {
    let all: Vec<&GroupReport> = report.combinations().collect();
    let Some(first) = all.first() else { return };
    canvas.heading(&format!("By {}", words::dimensions(&first.key)));
    let groups = overview::largest(&all, MOST_GROUPS);
    let found = overview::columns(&groups);
    let about = if found.iter().any(|c| c.about == "The AI") { "The AI" } else { "People" };
    let columns: Vec<&Column> = found.into_iter().filter(|c| c.about == "All" || c.about == about).collect();
    let mut notes = Notes::default();
    let mut filled: Vec<Filled> = columns.iter().map(|c| Filled::of(c, &groups, numbers, &mut notes)).collect();
    // As many as leave room for the names.
    while filled.iter().map(|c| c.width).sum::<usize>() + LEAST_NAME > canvas.width {
        filled.pop();
    }
    let name = canvas.width - filled.iter().map(|c| c.width).sum::<usize>();
    for (half, corner) in [(0, ""), (1, about_in_words(about))] {
        let heads = filled.iter().map(|c| right(c.heading[half], c.width).ink(Ink::Faint));
        canvas.row(&std::iter::once(left(corner, name).ink(Ink::Faint)).chain(heads).collect::<Vec<_>>());
    }
    for (at, group) in groups.iter().enumerate() {
        let cells = filled.iter().map(|c| right(c.cells.get(at).map_or("", String::as_str), c.width));
        let mut label = words::group(&group.key);
        if label.width() >= name {
            // Cut names could not be told apart.
            canvas.row(&[left(std::mem::take(&mut label), canvas.width)]);
        }
        canvas.row(&std::iter::once(left(label, name)).chain(cells).collect::<Vec<_>>());
    }
    notes.write(canvas);
    if groups.len() < all.len() {
        let left_out = all.len() - groups.len();
        canvas.wrapped(
            0,
            0,
            Ink::Faint,
            &format!("Those with the most contacts; {left_out} smaller ones are not listed."),
        );
    }
}

fn about_in_words(about: &str) -> &'static str {
    if about == "People" { "of people" } else { "of the AI" }
}

pub(super) fn periods(canvas: &mut Canvas, report: &Report, numbers: Numbers<'_>) {
    let periods: Vec<(Period, &GroupReport)> = report.periods().collect();
    let (Some((first, _)), charts) = (periods.first(), overview::charts(report)) else { return };
    if charts.is_empty() {
        return;
    }
    canvas.heading(&format!("By {}", first.every.as_str()));
    let spark = SPARK.min(periods.len());
    let fit = (canvas.width - LABEL - spark - 1) / CELL;
    let recent = &periods[periods.len().saturating_sub(fit)..];
    let name = canvas.width - spark - 1 - recent.len() * CELL;
    let heads = recent.iter().map(|(period, _)| right(words::period_in_short(period), CELL).ink(Ink::Faint));
    canvas.row(&std::iter::once(left("", name + spark + 1)).chain(heads).collect::<Vec<_>>());
    let mut notes = Notes::default();
    for chart in charts {
        canvas.row(&[left(chart.title, canvas.width).ink(Ink::Strong)]);
        for line in chart.lines.iter().chain(chart.beside) {
            let drawn = sparkline(&periods[periods.len() - spark..], line);
            let cells = recent
                .iter()
                .map(|(_, group)| right(notes.cell(group.value(line.place.0, line.place.1), numbers), CELL));
            let head = [left(format!("  {}", line.label), name), left(drawn, spark + 1)];
            canvas.row(&head.into_iter().chain(cells).collect::<Vec<_>>());
        }
    }
    notes.write(canvas);
    let from = words::period_in_short(&periods[periods.len() - spark].0);
    let note = format!(
        "Each small curve begins in {from} and runs from its own lowest to its own highest value; a dot is a period without one."
    );
    canvas.wrapped(0, 0, Ink::Faint, &note);
}

fn sparkline(periods: &[(Period, &GroupReport)], line: &Line) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let numbers: Vec<Option<f64>> =
        periods.iter().map(|(_, g)| g.value(line.place.0, line.place.1).and_then(Value::number)).collect();
    let known = || numbers.iter().copied().flatten();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let step = |x: f64| {
        let height = if high > low { (x - low) / (high - low) } else { 0.5 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 7")]
        STEPS.get((height * 7.0).round() as usize).copied().unwrap_or('█')
    };
    numbers.iter().map(|x| x.map_or('·', step)).collect()
}
