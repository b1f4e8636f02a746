//! The executive page.

use super::markup::{Markup, put};
use super::range::{self, Scale};
use super::spark;
use crate::kpis::find;
use crate::render::numbers::{self, Numbers};
use crate::render::page::{self, Answered, Shown};
use crate::render::words;
use crate::report::{GroupReport, Report, Value, View};

pub(super) fn section(page: &mut Markup, report: &Report, total: &GroupReport, numbers: Numbers<'_>) {
    put!(
        page,
        "<section id=\"glance\" aria-labelledby=\"glance-title\">\n"
        "<h2 id=\"glance-title\">At a glance</h2>\n"
        "<div class=\"questions\">\n"
    );
    if let Some(view) = View::named("executive") {
        for (at, asked) in page::questions(view, total, numbers).iter().enumerate() {
            question(page, at + 1, asked, report, numbers);
        }
    }
    put!(page, "</div>\n</section>\n");
}

fn question(page: &mut Markup, number: usize, question: &Answered<'_>, report: &Report, numbers: Numbers<'_>) {
    put!(
        page,
        "<article class=\"question\">\n"
        "<h3><span class=\"number\" aria-hidden=\"true\">" {number} "</span>" {question.title} "</h3>\n"
    );
    if !question.answer.is_empty() {
        put!(page, "<p class=\"answer\">" {&question.answer} "</p>\n");
    }
    if question.figures.is_empty() {
        put!(page, "<p class=\"quiet\">The report has none of the figures that answer this.</p>\n");
    }
    for shown in &question.figures {
        card(page, shown, report, numbers);
    }
    put!(page, "</article>\n");
}

fn card(page: &mut Markup, shown: &Shown<'_>, report: &Report, numbers: Numbers<'_>) {
    let value = shown.value;
    let scale = Scale::over(std::iter::once(value));
    put!(page, "<div class=\"card\">\n<h4>" {shown.name()} "</h4>\n");
    if let Some(number) = numbers.value(value) {
        put!(page, "<div class=\"figure\"><p class=\"value\">" {number} "</p>");
        spark::draw(page, value, report);
        put!(page, "</div>\n<div class=\"evidence\">");
        range::draw(page, value, scale);
        put!(page, "<p>" {rests_on(value, numbers)} "</p></div>\n");
    } else {
        put!(page, "<p class=\"why\">" {words::capital(&numbers.value_or_why(value))} "</p>\n");
    }
    if let Some(band) = value.band {
        put!(
            page,
            "<p class=\"band\"><span aria-hidden=\"true\">" {band_mark(band)} "</span> "
            {words::capital(&words::band(band))} "</p>\n"
        );
    }
    beside(page, &shown.beside, numbers);
    doubts(page, value);
    explanation(page, value.id);
    put!(page, "</div>\n");
}

/// A ladder of five steps, so that a band is seen without its colour or its words.
const fn band_mark(band: &str) -> &'static str {
    match band.as_bytes() {
        b"below_floor" => "▁",
        b"below_benchmark" => "▂",
        b"at_benchmark" => "▄",
        b"above_benchmark" => "▆",
        _ => "█",
    }
}

/// What a value rests on: `95 %: 70.5 to 71.9 % · 12,345 observations`.
fn rests_on(value: &Value, numbers: Numbers<'_>) -> String {
    let interval = numbers
        .interval(value)
        .zip(value.confidence_level)
        .map(|(interval, level)| format!("{} interval {interval}", numbers.share(level, Some(1.0))));
    let observations = format!("n\u{a0}=\u{a0}{}", numbers::count(value.n));
    interval.into_iter().chain([observations]).collect::<Vec<_>>().join(" · ")
}

fn beside(page: &mut Markup, beside: &[(&str, &Value)], numbers: Numbers<'_>) {
    if beside.is_empty() {
        return;
    }
    put!(page, "<dl class=\"beside\">\n");
    for (label, value) in beside {
        put!(page, "<div><dt>" {words::capital(label)} "</dt>");
        if value.value.is_ok() {
            put!(
                page,
                "<dd><b>" {numbers.value_or_why(value)} "</b></dd><dd>"
                {numbers.interval(value).unwrap_or_default()} "</dd>"
            );
            put!(page, "<dd>n\u{a0}=\u{a0}" {numbers::count(value.n)} "</dd></div>\n");
        } else {
            put!(page, "<dd class=\"why\">" {numbers.value_or_why(value)} "</dd></div>\n");
        }
    }
    put!(page, "</dl>\n");
}

fn doubts(page: &mut Markup, value: &Value) {
    if value.flags.is_empty() {
        return;
    }
    put!(page, "<ul class=\"doubts\">\n");
    for flag in value.flags.iter() {
        put!(page, "<li>" {words::capital(flag.says())} ".</li>\n");
    }
    put!(page, "</ul>\n");
}

/// How a figure is computed, from the catalogue.
pub(super) fn explanation(page: &mut Markup, id: &str) {
    let Some(kpi) = find(id) else { return };
    put!(
        page,
        "<details>\n"
        "<summary>How is this computed?<span class=\"hidden\"> " {kpi.name} "</span></summary>\n"
        "<p>" {kpi.means} "</p>\n"
        "<dl>\n"
    );
    put!(page, "<div><dt>Formula</dt><dd>" {words::capital(kpi.words)} "</dd></div>\n");
    put!(page, "<div><dt>Misleads</dt><dd>" {kpi.misleads} "</dd></div>\n");
    if let Some(benchmark) = kpi.benchmark {
        put!(page, "<div><dt>Benchmark</dt><dd>" {benchmark} "</dd></div>\n");
    }
    put!(page, "<div><dt>Sources</dt><dd>" {kpi.sources.join("; ")} "</dd></div>\n");
    put!(page, "<div><dt>Id</dt><dd><code>" {kpi.id} "</code></dd></div>\n</dl>\n</details>\n");
}
