//! The sections of the text report that are about everything.

use super::layout::{Canvas, Ink, left, right};
use crate::render::numbers::{self, Numbers};
use crate::render::{outcomes as bar, overview, page, targets as aims, words};
use crate::report::{GroupReport, Report, Value, View};

/// How wide the columns of a figure are after its name.
#[derive(Clone, Copy)]
struct Columns {
    name: usize,
    value: usize,
    interval: usize,
    observations: usize,
}

impl Columns {
    /// As wide as what stands in them.
    fn of(asked: &[page::Answered<'_>], numbers: Numbers<'_>, width: usize) -> Self {
        let values = || {
            let figures = asked.iter().flat_map(|q| &q.figures);
            figures.flat_map(|f| std::iter::once(f.value).chain(f.beside.iter().map(|(_, v)| *v)))
        };
        let widest = |text: &dyn Fn(&Value) -> Option<String>, least: usize| {
            2 + values().filter_map(text).map(|t| t.chars().count()).fold(least, usize::max)
        };
        let value = widest(&|v| numbers.value(v), 5);
        let interval = widest(&|v| numbers.interval(v), 13);
        let observations = widest(&|v| Some(numbers::count(v.n)), 1);
        Self { name: width.saturating_sub(value + interval + observations), value, interval, observations }
    }
}

pub(super) fn title(canvas: &mut Canvas, report: &Report) {
    let taken = report.as_of.map_or("no usable data".to_owned(), |at| format!("data of {}", words::moment(at)));
    let half = canvas.width / 2;
    canvas.row(&[left("SUPPORT REPORT", canvas.width - half - 4).ink(Ink::Strong), right(taken, half + 4)]);
    canvas.wrapped(0, 0, Ink::Faint, &words::rows(&report.counts));
}

pub(super) fn questions(canvas: &mut Canvas, total: &GroupReport, numbers: Numbers<'_>) {
    let Some(view) = View::named("executive") else { return };
    let asked = page::questions(view, total, numbers);
    let columns = Columns::of(&asked, numbers, canvas.width);
    for (at, question) in asked.iter().enumerate() {
        canvas.heading(&format!("{}  {}", at + 1, question.title));
        if question.figures.is_empty() {
            canvas.wrapped(0, 0, Ink::Faint, "The report has none of the figures that answer this.");
            continue;
        }
        if !question.answer.is_empty() {
            canvas.wrapped(0, 0, Ink::Plain, &question.answer);
            canvas.blank();
        }
        column_heads(canvas, &question.figures, columns);
        for figure in &question.figures {
            row(canvas, figure.label, figure.value, numbers, columns, Ink::Strong);
            for (label, value) in &figure.beside {
                row(canvas, &format!("  {label}"), value, numbers, columns, Ink::Plain);
            }
            doubts_of(canvas, figure.value);
        }
    }
}

fn column_heads(canvas: &mut Canvas, figures: &[page::Shown<'_>], columns: Columns) {
    let mut level = figures.iter().flat_map(|f| std::iter::once(f.value).chain(f.beside.iter().map(|(_, v)| *v)));
    let Some(level) = level.find_map(|v| v.confidence_level) else { return };
    let interval = format!("{} % interval", level * 100.0);
    canvas.row(&[
        left("", columns.name),
        right("value", columns.value).ink(Ink::Faint),
        right(interval, columns.interval).ink(Ink::Faint),
        right("n", columns.observations).ink(Ink::Faint),
    ]);
}

fn row(canvas: &mut Canvas, label: &str, value: &Value, numbers: Numbers<'_>, columns: Columns, ink: Ink) {
    let Some(number) = numbers.value(value) else {
        let why = numbers.value_or_why(value);
        canvas.wrapped(
            label.len() - label.trim_start().len(),
            4,
            Ink::Faint,
            &format!("{}: {why}", label.trim_start()),
        );
        return;
    };
    canvas.row(&[
        left(label, columns.name).ink(ink),
        right(number, columns.value).ink(ink),
        right(numbers.interval(value).unwrap_or_default(), columns.interval).ink(Ink::Faint),
        right(numbers::count(value.n), columns.observations).ink(Ink::Faint),
    ]);
}

fn doubts_of(canvas: &mut Canvas, value: &Value) {
    for flag in value.flags.iter() {
        canvas.wrapped(2, 2, Ink::Doubt, &format!("! {}", flag.says()));
    }
}

pub(super) fn outcomes(canvas: &mut Canvas, total: &GroupReport, numbers: Numbers<'_>) {
    canvas.heading("What became of every contact");
    let Some(parts) = bar::parts(total) else {
        canvas.wrapped(0, 0, Ink::Faint, "There are no contacts.");
        return;
    };
    canvas.row(&[left(filled(&parts, canvas.width), canvas.width)]);
    canvas.blank();
    for part in parts.iter().filter(|p| p.contacts > 0) {
        canvas.row(&[
            left(format!("{0}{0} {1}", part.class.fill, part.class.label), 17),
            left(part.class.says, canvas.width - 17 - 18),
            right(numbers::count(part.contacts), 9),
            right(numbers.share(part.share, None), 9),
        ]);
    }
    canvas.blank();
    canvas.wrapped(0, 0, Ink::Faint, &bar::sentence(total, numbers));
}

pub(super) fn targets(canvas: &mut Canvas, report: &Report, numbers: Numbers<'_>) {
    let told = aims::told(report, numbers);
    if told.is_empty() {
        return;
    }
    canvas.heading("Targets");
    let (now, goal, standing) = (12, 12, 33);
    let name = canvas.width.saturating_sub(now + goal + standing + 2);
    for target in &told {
        let ink = if target.urgent { Ink::Doubt } else { Ink::Plain };
        canvas.row(&[
            left(target.figure.clone(), name),
            right(target.now.clone(), now),
            right(format!("goal {}", target.goal), goal),
            left(format!("  {} {}", target.mark, target.standing), standing + 2).ink(ink),
        ]);
        if let Some(drift) = &target.drift {
            canvas.wrapped(2, 2, Ink::Doubt, &format!("! {drift}"));
        }
        let about = std::iter::once(target.population.to_owned()).chain(target.interval.clone());
        canvas.wrapped(2, 0, Ink::Faint, &about.chain(target.notes.iter().cloned()).collect::<Vec<_>>().join("; "));
    }
}

/// The bar in characters: each segment ends at the nearest cell, so that all of them fill the line.
fn filled(parts: &[bar::Part], width: usize) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the width of a terminal")]
    let cell = |share: f64| (share * width as f64).round() as usize;
    let segment =
        |p: &bar::Part| std::iter::repeat_n(p.class.fill, cell(p.from + p.share).saturating_sub(cell(p.from)));
    parts.iter().flat_map(segment).collect()
}

pub(super) fn doubts(canvas: &mut Canvas, total: &GroupReport) {
    let doubts = overview::doubts(total);
    if doubts.is_empty() {
        return;
    }
    canvas.heading("Doubts");
    for (flag, values) in doubts {
        canvas.wrapped(0, 2, Ink::Doubt, &format!("! {}", words::capital(flag.says())));
        let name = |v: &&Value| format!("{} ({})", words::name(v.id), v.population.in_words());
        let mut names: Vec<String> = values.iter().take(4).map(name).collect();
        if values.len() > 4 {
            names.push(format!("{} more", values.len() - 4));
        }
        canvas.wrapped(2, 0, Ink::Faint, &names.join("; "));
    }
}

pub(super) fn quality(canvas: &mut Canvas, report: &Report, numbers: Numbers<'_>) {
    canvas.heading("Data");
    if report.invalid.is_empty() {
        canvas.wrapped(0, 0, Ink::Plain, "No row breaks a rule.");
    }
    for problem in &report.invalid {
        let rule = words::plain_key(problem.rule);
        canvas.row(&[
            left(format!("{}: {rule}", problem.table), canvas.width - 12),
            right(numbers::count(problem.count), 12),
        ]);
        for example in problem.examples.iter().take(3) {
            canvas.wrapped(2, 2, Ink::Faint, &words::example(example));
        }
    }
    if let Some(sentence) = words::ledger(&report.ledger, numbers) {
        canvas.wrapped(0, 2, Ink::Plain, &sentence);
    }
    canvas.wrapped(0, 2, Ink::Faint, &format!("Catalogue {}, {}", crate::kpis::CATALOGUE_VERSION, report.fingerprint));
}
