//! A page for each view: its questions, each with its figures.

use super::markup::{Markup, put};
use super::pieces;
use crate::render::Dossier;
use crate::render::numbers::Numbers;
use crate::render::told::view_pieces;
use crate::report::{GroupReport, View};

/// Views beside the executive one, of which the report has a figure.
pub(super) fn present(total: &GroupReport) -> impl Iterator<Item = &'static View> + '_ {
    let has = |view: &&View| {
        let figures = view.questions.iter().flat_map(|question| &question.figures);
        let mut values = figures.flat_map(|f| f.populations.iter().filter_map(|p| total.value(&f.kpi, *p)));
        view.name != "executive" && values.any(|value| value.value.is_ok())
    };
    View::all().iter().filter(has)
}

pub(super) fn sections(page: &mut Markup, dossier: &Dossier<'_>, total: &GroupReport, numbers: Numbers<'_>) {
    for view in present(total) {
        put!(
            page,
            "<section class=\"view\" id=\"view-" {&view.name} "\" aria-labelledby=\"view-" {&view.name} "-title\">\n"
            "<h2 id=\"view-" {&view.name} "-title\">" {&view.title} "</h2>\n<p class=\"quiet\">" {&view.about} "</p>\n"
        );
        pieces::write(page, &view_pieces(view, total, dossier.baseline, numbers));
        put!(page, "</section>\n");
    }
}
