//! A report for a terminal.

mod layout;
mod sections;
mod tables;

use super::numbers::Numbers;
use crate::report::Report;
use layout::Canvas;

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

/// The report as text: what a support leader asks first comes first.
pub fn text(report: &Report, style: &TextStyle) -> String {
    let mut canvas = Canvas::new(style.width.max(60), style.colour);
    let numbers = Numbers::plain(&report.currency);
    sections::title(&mut canvas, report);
    if let Some(total) = report.total() {
        sections::questions(&mut canvas, total, numbers);
        sections::outcomes(&mut canvas, total, numbers);
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
