//! Every figure of the total, a section a family, a row a population.

use super::anchor;
use super::glance::explanation;
use super::markup::{Markup, put, tenth};
use super::range::{self, Scale};
use crate::kpis::{Family, Reading, Share, find};
use crate::render::numbers::{self, Numbers};
use crate::render::page::{self, Listed};
use crate::render::words;
use crate::report::{GroupReport, Report, Value};

/// Entries of a distribution that are drawn.
const MOST_SHARES: usize = 12;

/// The families that the report has figures of.
pub(super) fn present(report: &Report) -> Vec<Family> {
    let of = |family: Family| report.total().is_some_and(|t| t.values.iter().any(|v| belongs(v, family)));
    Family::ALL.into_iter().filter(|f| of(*f)).collect()
}

fn belongs(value: &Value, family: Family) -> bool {
    find(value.id).is_some_and(|kpi| kpi.family == family)
}

/// The table is laid out as a list on phones; its roles say that it stays a table.
pub(super) fn section(page: &mut Markup, total: &GroupReport, family: Family, numbers: Numbers<'_>) {
    let values: Vec<&Value> = total.values.iter().filter(|v| belongs(v, family)).collect();
    put!(
        page,
        "<section id=\"" {anchor(family)} "\" aria-labelledby=\"" {anchor(family)} "-title\">\n"
        "<h2 id=\"" {anchor(family)} "-title\">" {family.title()} "</h2>\n"
    );
    put!(
        page,
        "<table class=\"figures\" role=\"table\">\n"
        "<caption class=\"hidden\">" {family.title()} ": every figure by population</caption>\n"
        "<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Whose contacts</th>"
        "<th role=\"columnheader\" scope=\"col\" class=\"num\">Value</th><td role=\"cell\" class=\"drawn\"></td>"
        "<th role=\"columnheader\" scope=\"col\" class=\"within\">Interval</th>"
        "<th role=\"columnheader\" scope=\"col\" class=\"num\">n</th>"
        "<th role=\"columnheader\" scope=\"col\">Doubts</th></tr></thead>\n"
    );
    for listed in page::listed(&values) {
        figure(page, &listed, numbers);
    }
    put!(page, "</table>\n</section>\n");
}

fn figure(page: &mut Markup, listed: &Listed<'_>, numbers: Numbers<'_>) {
    page.raw(if listed.is_evidence {
        "<tbody role=\"rowgroup\" class=\"is-evidence\">\n"
    } else {
        "<tbody role=\"rowgroup\">\n"
    });
    put!(
        page,
        "<tr role=\"row\" class=\"kpi\" id=\"kpi-" {listed.id} "\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"2\">"
        {words::name(listed.id)}
    );
    if listed.is_evidence {
        put!(page, "<small>evidence for the figure above</small>");
    }
    put!(page, "</th><td role=\"cell\" colspan=\"4\">");
    explanation(page, listed.id);
    put!(page, "</td></tr>\n");
    if let Some(why) = &listed.withheld {
        put!(page, "<tr role=\"row\"><td role=\"cell\" class=\"why\" colspan=\"6\">" {words::capital(why)} ".</td></tr>\n");
    }
    let scale = Scale::over(listed.values.iter().copied());
    for value in &listed.values {
        row(page, value, scale, numbers);
    }
    put!(page, "</tbody>\n");
}

fn row(page: &mut Markup, value: &Value, scale: Option<Scale>, numbers: Numbers<'_>) {
    put!(page, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">" {words::population(value.population)} "</th>");
    match &value.value {
        Err(_) => {
            put!(page, "<td role=\"cell\" class=\"why\" colspan=\"5\">" {words::capital(&numbers.value_or_why(value))} "</td>");
        }
        Ok(Reading::Shares(shares)) => {
            put!(page, "<td role=\"cell\" colspan=\"3\">");
            distribution(page, shares, numbers);
            put!(page, "</td><td role=\"cell\" class=\"num n\">" {numbers::count(value.n)} "</td>");
            doubts(page, value);
        }
        Ok(_) => {
            put!(page, "<td role=\"cell\" class=\"num\"><b>" {numbers.value_or_why(value)} "</b></td><td role=\"cell\" class=\"drawn\">");
            range::draw(page, value, scale);
            put!(
                page,
                "</td><td role=\"cell\" class=\"within\">" {numbers.interval(value).unwrap_or_default()} "</td>"
                "<td role=\"cell\" class=\"num n\">" {numbers::count(value.n)} "</td>"
            );
            doubts(page, value);
        }
    }
    put!(page, "</tr>\n");
}

fn doubts(page: &mut Markup, value: &Value) {
    put!(page, "<td role=\"cell\" class=\"doubtful\">");
    for (at, flag) in value.flags.iter().enumerate() {
        page.raw(if at > 0 { ", " } else { "" });
        put!(page, "<a href=\"#doubt-" {flag.name()} "\">" {words::doubt(flag)} "</a>");
    }
    if let Some(band) = value.band {
        page.raw(if value.flags.is_empty() { "" } else { "; " });
        put!(page, { words::band(band) });
    }
    put!(page, "</td>");
}

fn distribution(page: &mut Markup, shares: &[Share], numbers: Numbers<'_>) {
    put!(page, "<ul class=\"shares\">\n");
    for share in shares.iter().take(MOST_SHARES) {
        put!(
            page,
            "<li><span>" {&share.key} "</span>"
            "<svg width=\"100%\" height=\"8\" aria-hidden=\"true\">"
            "<rect class=\"track\" width=\"100%\" height=\"8\"/><rect class=\"reach\" width=\""
            {tenth((share.share * 100.0).clamp(0.0, 100.0))} "%\" height=\"8\"/></svg><span class=\"num\">"
            {numbers.share(share.share, None)} "</span><span class=\"num n\">" {numbers.size(&share.size)}
            "</span></li>\n"
        );
    }
    put!(page, "</ul>\n");
    if shares.len() > MOST_SHARES {
        put!(page, "<p class=\"quiet\">and " {numbers::count((shares.len() - MOST_SHARES) as u64)} " more</p>");
    }
}
