//! A report for a terminal.

mod layout;
mod pieces;
mod sections;
mod tables;

use super::Dossier;
use super::numbers::Numbers;
use super::told::{Tell, view_pieces};
use crate::report::View;
use layout::{Canvas, Ink};

/// How a text report looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextStyle {
    /// Whether to use colours of the terminal. Nothing is said by colour alone.
    pub colour: bool,
    /// Columns; no line is longer. Fewer than 60 are taken as 60.
    pub width: usize,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self { colour: false, width: 80 }
    }
}

/// A report and what else was asked of the same input, as text: what a support leader asks first comes first.
pub fn text<'r>(dossier: impl Into<Dossier<'r>>, style: &TextStyle) -> String {
    let dossier = dossier.into();
    let report = dossier.report;
    let mut canvas = style.canvas();
    let numbers = Numbers::plain(&report.currency);
    sections::title(&mut canvas, report);
    if let Some(total) = report.total() {
        sections::questions(&mut canvas, total, numbers);
        sections::outcomes(&mut canvas, total, numbers);
    }
    for (_, title, found) in dossier.asked() {
        canvas.heading(&title);
        pieces::write(&mut canvas, &found);
    }
    sections::targets(&mut canvas, report, numbers);
    tables::groups(&mut canvas, report, numbers);
    tables::periods(&mut canvas, report, numbers);
    if let Some(total) = report.total() {
        sections::doubts(&mut canvas, total);
    }
    sections::quality(&mut canvas, report, numbers);
    canvas.finish()
}

/// One view of a report's total, as text.
pub fn text_view<'r>(dossier: impl Into<Dossier<'r>>, view: &View, style: &TextStyle) -> String {
    let dossier = dossier.into();
    let mut canvas = style.canvas();
    canvas.heading(&view.title);
    canvas.wrapped(0, 0, Ink::Faint, &view.about);
    if let Some(total) = dossier.report.total() {
        let numbers = Numbers::plain(&dossier.report.currency);
        pieces::write(&mut canvas, &view_pieces(view, total, dossier.baseline, numbers));
    }
    canvas.finish()
}

/// What a verb found, as text.
pub fn text_of(found: &impl Tell, style: &TextStyle) -> String {
    let mut canvas = style.canvas();
    canvas.heading(&found.title());
    pieces::write(&mut canvas, &found.pieces().0);
    canvas.finish()
}

impl TextStyle {
    fn canvas(&self) -> Canvas {
        Canvas::new(self.width.max(60), self.colour)
    }
}
