//! What was to be reached, and how far the desk is.

use super::markup::{Markup, put};
use crate::render::numbers::Numbers;
use crate::render::{targets, words};
use crate::report::Report;

pub(super) fn section(page: &mut Markup, report: &Report, numbers: Numbers<'_>) {
    let told = targets::told(report, numbers);
    if told.is_empty() {
        return;
    }
    put!(
        page,
        "<section id=\"targets\" aria-labelledby=\"targets-title\">\n<h2 id=\"targets-title\">Targets</h2>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Targets\">"
        "<table class=\"targets\">\n"
        "<caption>Whether a goal is reached beyond chance is judged by the whole interval.</caption>\n"
        "<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" class=\"num\">Now</th>"
        "<th scope=\"col\" class=\"num\">Goal</th><th scope=\"col\">Standing</th></tr></thead>\n<tbody>\n"
    );
    for target in &told {
        put!(
            page,
            "<tr><th scope=\"row\">" {&target.figure} "<small>" {words::capital(target.population)} "</small></th>"
            "<td class=\"num\">" {&target.now}
        );
        if let Some(interval) = &target.interval {
            put!(page, "<small>" {interval} "</small>");
        }
        put!(page, "</td><td class=\"num\">" {&target.goal} "</td><td");
        if target.urgent {
            put!(page, " class=\"doubt\"");
        }
        put!(page, "><b aria-hidden=\"true\">" {target.mark} "</b> " {words::capital(target.standing)});
        if let Some(drift) = &target.drift {
            put!(page, "<small class=\"doubt\">" {drift} "</small>");
        }
        if !target.notes.is_empty() {
            put!(page, "<small>" {target.notes.join(" · ")} "</small>");
        }
        put!(page, "</td></tr>\n");
    }
    put!(page, "</tbody>\n</table></div>\n</section>\n");
}
