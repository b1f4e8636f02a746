//! The table of groups.

use super::markup::{Markup, put};
use crate::kpis::Flag;
use crate::render::numbers::{self, Numbers};
use crate::render::overview::{self, Column};
use crate::render::words;
use crate::report::{GroupReport, Report, Value};

/// Groups that are listed: those with the most contacts.
const MOST_GROUPS: usize = 500;

pub(super) fn section(page: &mut Markup, report: &Report, numbers: Numbers<'_>) {
    let groups: Vec<&GroupReport> = report.combinations().collect();
    let Some(first) = groups.first() else { return };
    let dimensions = words::dimensions(&first.key);
    let kept = overview::largest(&groups, MOST_GROUPS);
    let columns = overview::columns(&kept);
    put!(
        page,
        "<section id=\"groups\" aria-labelledby=\"groups-title\">\n"
        "<h2 id=\"groups-title\">By " {&dimensions} "</h2>\n"
    );
    put!(
        page,
        "<p class=\"quiet\">Under each value stands its interval. Rates about the AI are of the contacts it met.</p>\n"
    );
    put!(
        page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figures by " {&dimensions} "\">"
        "<table class=\"groups\">\n"
    );
    put!(page, "<caption class=\"hidden\">Key figures of each group, each with its interval</caption>\n");
    heads(page, &columns, &dimensions);
    put!(page, "<tbody>\n");
    for group in &kept {
        put!(page, "<tr><th scope=\"row\">" {words::group(&group.key)} "</th>");
        for column in &columns {
            cell(page, group.value(column.place.0, column.place.1), numbers);
        }
        put!(page, "</tr>\n");
    }
    put!(page, "</tbody>\n</table></div>\n");
    if kept.len() < groups.len() {
        put!(
            page,
            "<p class=\"quiet\">Those with the most contacts; "
            {numbers::count((groups.len() - kept.len()) as u64)} " smaller ones are not listed.</p>\n"
        );
    }
    put!(page, "</section>\n");
}

fn heads(page: &mut Markup, columns: &[&Column], dimensions: &str) {
    put!(page, "<thead>\n<tr><td></td>");
    for about in ["All", "The AI", "People"] {
        let span = columns.iter().filter(|c| c.about == about).count();
        if span > 0 {
            put!(page, "<th scope=\"colgroup\" colspan=\"" {span} "\">" {about} "</th>");
        }
    }
    put!(page, "</tr>\n<tr><th scope=\"col\">" {words::capital(dimensions)} "</th>");
    for column in columns {
        let heading = column.heading.join(" ");
        put!(page, "<th scope=\"col\" class=\"num\">" {words::capital(heading.trim())} "</th>");
    }
    put!(page, "</tr>\n</thead>\n");
}

/// A value with its interval below, and said when few stand behind it.
pub(super) fn cell(page: &mut Markup, value: Option<&Value>, numbers: Numbers<'_>) {
    let Some(value) = value else { return page.raw("<td></td>") };
    let Some(number) = numbers.value(value) else {
        put!(page, "<td class=\"why\">" {numbers.value_or_why(value)} "</td>");
        return;
    };
    put!(page, "<td class=\"num\">" {number});
    if let Some(interval) = numbers.interval(value) {
        put!(page, "<small>" {interval} "</small>");
    }
    if value.has(Flag::SmallSample) {
        put!(page, "<small class=\"doubt\">only " {numbers::count(value.n)} "</small>");
    }
    put!(page, "</td>");
}
