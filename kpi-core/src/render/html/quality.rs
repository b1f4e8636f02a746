//! What to doubt, and what is wrong with the data.

use super::markup::{Markup, put};
use crate::render::numbers::{self, Numbers};
use crate::render::{overview, words};
use crate::report::{GroupReport, Report};

/// Figures named under a doubt.
const MOST_NAMES: usize = 12;

pub(super) fn doubts(page: &mut Markup, total: &GroupReport) {
    put!(page, "<section id=\"doubts\" aria-labelledby=\"doubts-title\">\n<h2 id=\"doubts-title\">Doubts</h2>\n");
    let doubts = overview::doubts(total);
    if doubts.is_empty() {
        put!(page, "<p class=\"quiet\">None of the figures of the total is in doubt.</p>\n");
    } else {
        put!(page, "<dl class=\"doubt-list\">\n");
    }
    for (flag, values) in &doubts {
        put!(
            page,
            "<div id=\"doubt-" {flag.name()} "\"><dt>" {words::capital(&words::doubt(*flag))} "</dt><dd>"
            {words::capital(flag.says())} "."
        );
        let name = |v: &&crate::report::Value| format!("{} ({})", words::name(v.id), v.population.in_words());
        let names: Vec<String> = values.iter().take(MOST_NAMES).map(name).collect();
        put!(page, "<span>" {names.join(", ")});
        if values.len() > MOST_NAMES {
            put!(page, " and " {values.len() - MOST_NAMES} " more");
        }
        put!(page, "</span></dd></div>\n");
    }
    if !doubts.is_empty() {
        put!(page, "</dl>\n");
    }
    put!(page, "</section>\n");
}

pub(super) fn data(page: &mut Markup, report: &Report, numbers: Numbers<'_>) {
    put!(
        page,
        "<section id=\"data\" aria-labelledby=\"data-title\">\n"
        "<h2 id=\"data-title\">Data</h2>\n"
        "<p>" {words::rows(&report.counts)} ".</p>\n"
    );
    if report.invalid.is_empty() {
        put!(page, "<p>No row breaks a rule.</p>\n");
    } else {
        problems(page, report);
    }
    if let Some(sentence) = words::ledger(&report.ledger, numbers) {
        put!(page, "<p>" {sentence} "</p>\n");
    }
    put!(page, "</section>\n");
}

fn problems(page: &mut Markup, report: &Report) {
    put!(
        page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Broken rules\">"
        "<table class=\"problems\">\n"
        "<caption>Rules that rows break. Such rows are in no figure.</caption>\n"
        "<thead><tr><th scope=\"col\">Table</th><th scope=\"col\">Rule</th>"
        "<th scope=\"col\" class=\"num\">Cells</th><th scope=\"col\">First rows</th></tr></thead>\n"
        "<tbody>\n"
    );
    for problem in &report.invalid {
        put!(
            page,
            "<tr><td>" {problem.table} "</td><th scope=\"row\">"
            {words::capital(&words::plain_key(problem.rule))} "</th><td class=\"num\">"
            {numbers::count(problem.count)} "</td><td><ul>"
        );
        for example in &problem.examples {
            put!(page, "<li>" {words::capital(&words::example(example))} "</li>");
        }
        put!(page, "</ul></td></tr>\n");
    }
    put!(page, "</tbody>\n</table></div>\n");
}
