//! The figures over time: small charts, and the same as a table.

use super::chart::{self, Timeline};
use super::groups::cell;
use super::markup::{Markup, put};
use crate::options::Milestone;
use crate::render::numbers::Numbers;
use crate::render::overview::{self, Chart, Line};
use crate::render::words;
use crate::report::{GroupReport, Period, Report};

pub(super) fn section(page: &mut Markup, report: &Report, milestones: &[Milestone], numbers: Numbers<'_>) {
    let charts = overview::charts(report);
    if charts.is_empty() {
        return;
    }
    let periods: Vec<(Period, &GroupReport)> = report.periods().collect();
    let spanned = |m: &&Milestone| periods.iter().any(|(period, _)| (period.start..period.end).contains(&m.at));
    let marks: Vec<&Milestone> = milestones.iter().filter(spanned).collect();
    put!(page, "<section id=\"time\" aria-labelledby=\"time-title\">\n<h2 id=\"time-title\">Over time</h2>\n");
    put!(
        page,
        "<p class=\"quiet\">The band is the interval of each value. Contacts belong to the period in which they arrived, so the latest periods are still filling.</p>\n"
        "<div class=\"charts\">\n"
    );
    for (number, chart) in charts.iter().enumerate() {
        put!(
            page,
            "<figure>\n"
            "<figcaption><h3>" {chart.title} "</h3><p>" {chart.reads} {beside(chart, report, numbers)} "</p>"
            "</figcaption>\n"
        );
        chart::draw(page, chart, number, &Timeline { periods: &periods, milestones: &marks }, numbers);
        put!(page, "</figure>\n");
    }
    put!(page, "</div>\n");
    if !marks.is_empty() {
        let told = |(at, m): (usize, &&Milestone)| format!("{}: {}, {}", at + 1, m.label, words::day(m.at));
        let told: Vec<String> = marks.iter().enumerate().map(told).collect();
        put!(page, "<p class=\"quiet\">Marked on the charts: " {told.join("; ")} ".</p>\n");
    }
    table(page, &charts, &periods, numbers);
    put!(page, "</section>\n");
}

/// What stands beside a chart in words, from the total.
fn beside(chart: &Chart, report: &Report, numbers: Numbers<'_>) -> String {
    let known = |line: &Line| {
        let value = report.total()?.value(line.place.0, line.place.1)?;
        Some(format!("{}: {}", words::capital(line.label), numbers.value_or_why(value)))
    };
    let parts: Vec<String> = chart.beside.iter().filter_map(known).collect();
    if parts.is_empty() { String::new() } else { format!(" {}.", parts.join("; ")) }
}

fn table(page: &mut Markup, charts: &[&'static Chart], periods: &[(Period, &GroupReport)], numbers: Numbers<'_>) {
    put!(
        page,
        "<details class=\"wide\">\n"
        "<summary>The same as a table</summary>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figures over time\">"
        "<table class=\"groups\">\n"
        "<caption class=\"hidden\">Figures over time, each with its interval</caption>\n"
        "<thead>\n"
        "<tr><td></td>"
    );
    let shown = |chart: &&'static Chart| -> Vec<&'static Line> {
        let known = |l: &&Line| periods.iter().any(|(_, g)| g.value(l.place.0, l.place.1).is_some());
        chart.lines.iter().chain(chart.beside).filter(known).collect()
    };
    for chart in charts {
        put!(page, "<th scope=\"colgroup\" colspan=\"" {shown(chart).len()} "\">" {chart.title} "</th>");
    }
    put!(page, "</tr>\n<tr><th scope=\"col\">Period</th>");
    let lines: Vec<&Line> = charts.iter().flat_map(shown).collect();
    for line in &lines {
        put!(page, "<th scope=\"col\" class=\"num\">" {words::capital(line.label)} "</th>");
    }
    put!(page, "</tr>\n</thead>\n<tbody>\n");
    for (period, group) in periods {
        put!(page, "<tr><th scope=\"row\">" {words::capital(&words::period(period))} "</th>");
        for line in &lines {
            cell(page, group.value(line.place.0, line.place.1), numbers);
        }
        put!(page, "</tr>\n");
    }
    put!(page, "</tbody>\n</table></div>\n</details>\n");
}
