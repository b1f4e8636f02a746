//! A report in pieces: views, what became of contacts, targets, doubts, data.

use super::sealed::Tell;
use crate::kpis::CATALOGUE_VERSION;
use crate::options::Baseline;
use crate::render::numbers::{self, Numbers};
use crate::render::page::{self, Answered};
use crate::render::pieces::{Cell, Column, Piece, Table, quiet, say};
use crate::render::{Dossier, outcomes as bar, overview, targets as aims, words};
use crate::report::{GroupReport, Report, Value, View};
use rust_decimal::prelude::ToPrimitive;

/// A view of a group: each question with its answer in words and in numbers.
pub(in crate::render) fn view_pieces(
    view: &View,
    group: &GroupReport,
    baseline: Option<&Baseline>,
    numbers: Numbers<'_>,
) -> Vec<Piece> {
    // Only the review looks back at what was before.
    let baseline = baseline.filter(|_| view.name == "ninety_day_review");
    page::questions(view, group, numbers).iter().flat_map(|q| question(q, baseline, numbers)).collect()
}

fn question(question: &Answered<'_>, baseline: Option<&Baseline>, numbers: Numbers<'_>) -> Vec<Piece> {
    let mut pieces = vec![Piece::Heading(question.title.to_owned())];
    if !question.answer.is_empty() {
        pieces.push(say(question.answer.clone()));
    }
    let mut columns = vec![Column::Name("Figure"), Column::Number("Value"), Column::Number("n")];
    if baseline.is_some() {
        columns.extend([Column::Number("Before"), Column::Number("Change")]);
    }
    columns.push(Column::Words("Note"));
    let mut table = Table::new(question.title, &columns);
    for shown in &question.figures {
        let mut row = |name: String, value: &Value| {
            let mut cells = vec![
                Cell::of(name).small(value.population.in_words()).link(format!("kpi-{}", value.id)),
                Cell::value(value, numbers),
                if value.value.is_ok() { Cell::count(value.n) } else { Cell::default() },
            ];
            if let Some(baseline) = baseline {
                cells.extend(before_and_change(value, baseline, numbers));
            }
            cells.push(note(value));
            table.row(cells);
        };
        row(shown.name(), shown.value);
        for (label, value) in &shown.beside {
            row(format!("– {label}"), value);
        }
    }
    match table.piece() {
        Some(table) => pieces.push(table),
        None => pieces.push(say("The report has none of the figures that answer this.")),
    }
    pieces
}

/// What was before the AI, and the change: what was before is one number, so the whole interval is that of now.
fn before_and_change(value: &Value, baseline: &Baseline, numbers: Numbers<'_>) -> [Cell; 2] {
    let own = match value.id {
        "cost_per_contact" => baseline.cost_per_contact.or_else(|| baseline.kpis.get(value.id).copied()),
        id => baseline.kpis.get(id).copied(),
    };
    let Some(before) = own.and_then(|before| before.to_f64()) else { return [Cell::of("–"), Cell::of("–")] };
    let change = value.number().map_or_else(
        || Cell::of("–"),
        |now| {
            let range =
                value.interval.map(|i| crate::evidence::Interval { low: i.low - before, high: i.high - before });
            Cell::of(numbers.difference(value.unit, now - before, range))
                .small(range.map_or_else(String::new, |i| numbers.difference_interval(value.unit, i)))
        },
    );
    [Cell::of(numbers.goal(value.id, before)), change]
}

/// Where a value stands among benchmarks, and its doubts.
fn note(value: &Value) -> Cell {
    let band = value.band.map(words::band);
    let doubts = value.flags.iter().map(words::doubt);
    let notes: Vec<String> = band.into_iter().chain(doubts).collect();
    Cell::of(words::capital(&notes.join("; "))).doubt(!value.flags.is_empty())
}

/// Everything that a dossier holds, by section.
pub(in crate::render) fn dossier_pieces(dossier: &Dossier<'_>, numbers: Numbers<'_>) -> Vec<(String, Vec<Piece>)> {
    let report = dossier.report;
    let mut sections = vec![("Data taken".to_owned(), taken(report))];
    if let (Some(total), Some(view)) = (report.total(), View::named("executive")) {
        sections.push((view.title.clone(), view_pieces(view, total, None, numbers)));
        sections.push(("What became of every contact".to_owned(), outcomes(total, numbers)));
    }
    sections.extend(dossier.asked().into_iter().map(|(_, title, pieces)| (title, pieces)));
    let targets = targets(report, numbers);
    if !targets.is_empty() {
        sections.push(("Targets".to_owned(), targets));
    }
    if let Some(total) = report.total() {
        sections.push(("Doubts".to_owned(), doubts(total)));
    }
    sections.push(("Data".to_owned(), data(report, numbers)));
    sections
}

fn taken(report: &Report) -> Vec<Piece> {
    let at = report.as_of.map_or_else(|| "no usable data".to_owned(), words::moment);
    vec![say(format!("{at}. {}.", words::rows(&report.counts)))]
}

fn outcomes(total: &GroupReport, numbers: Numbers<'_>) -> Vec<Piece> {
    let Some(parts) = bar::parts(total) else { return vec![say("There are no contacts.")] };
    let columns =
        [Column::Name("Outcome"), Column::Number("Contacts"), Column::Number("Share"), Column::Words("Meaning")];
    let mut table = Table::new("Every contact is in exactly one of these", &columns);
    for part in parts.iter().filter(|part| part.contacts > 0) {
        table.row([
            Cell::of(part.class.label),
            Cell::count(part.contacts),
            Cell::of(numbers.share(part.share, None)),
            Cell::of(words::capital(part.class.says)),
        ]);
    }
    table.piece().into_iter().chain([quiet(bar::sentence(total, numbers))]).collect()
}

fn targets(report: &Report, numbers: Numbers<'_>) -> Vec<Piece> {
    let columns = [Column::Name("Figure"), Column::Number("Now"), Column::Number("Goal"), Column::Words("Standing")];
    let mut table = Table::new("Whether a goal is reached beyond chance is judged by the whole interval", &columns);
    for target in aims::told(report, numbers) {
        let standing = std::iter::once(format!("{} {}", target.mark, target.standing)).chain(target.drift.clone());
        table.row([
            Cell::of(target.figure).small(target.population),
            Cell::of(target.now).small(target.interval.unwrap_or_default()),
            Cell::of(target.goal),
            Cell::of(standing.collect::<Vec<_>>().join("; ")).small(target.notes.join("; ")).doubt(target.urgent),
        ]);
    }
    table.piece().into_iter().collect()
}

fn doubts(total: &GroupReport) -> Vec<Piece> {
    let point = |(flag, values): (crate::kpis::Flag, Vec<&Value>)| {
        let name = |v: &&Value| format!("{} ({})", words::name(v.id), v.population.in_words());
        let names: Vec<String> = values.iter().map(name).collect();
        format!("{}: {}.", words::capital(flag.says()), names.join(", "))
    };
    let points: Vec<String> = overview::doubts(total).into_iter().map(point).collect();
    if points.is_empty() {
        return vec![say("None of the figures of the total is in doubt.")];
    }
    vec![Piece::List(points)]
}

fn data(report: &Report, numbers: Numbers<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let problem = |problem: &crate::error::Problem| {
        let examples: Vec<String> = problem.examples.iter().take(3).map(words::example).collect();
        format!(
            "{}: {}, {} cells; {}.",
            problem.table,
            words::plain_key(problem.rule),
            numbers::count(problem.count),
            examples.join("; ")
        )
    };
    if report.invalid.is_empty() {
        pieces.push(say("No row breaks a rule."));
    } else {
        pieces.push(say("Rules that rows break; such rows are in no figure."));
        pieces.push(Piece::List(report.invalid.iter().map(problem).collect()));
    }
    pieces.extend(words::ledger(&report.ledger, numbers).map(say));
    pieces.push(quiet(format!("Catalogue {CATALOGUE_VERSION}, {}", report.fingerprint)));
    pieces
}

impl Dossier<'_> {
    /// What was asked beside the report: an anchor, a title and what was found.
    pub(in crate::render) fn asked(&self) -> Vec<(&'static str, String, Vec<Piece>)> {
        fn told(anchor: &'static str, found: &impl Tell) -> (&'static str, String, Vec<Piece>) {
            (anchor, found.title(), found.pieces().0)
        }
        let mut all = Vec::new();
        all.extend(self.warnings.map(|found| told("warnings", found)));
        all.extend(self.trends.map(|found| told("changes", found)));
        all.extend(self.profiles.map(|found| told("profiles", found)));
        let anchors = ["fairness", "fairness-2", "fairness-3", "fairness-4"];
        all.extend(self.biases.iter().zip(anchors).map(|(found, anchor)| told(anchor, found)));
        all.extend(self.curves.map(|found| told("curves", found)));
        all
    }
}
