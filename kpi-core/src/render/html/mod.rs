//! A report as one standalone HTML file: nothing is loaded, nothing runs, and it prints.
//!
//! The executive page comes first, then what was asked beside the report, then a page for each view; every figure stands in
//! full once, by family, with how it is computed, and views lead there.

mod chart;
mod families;
mod fragment;
mod glance;
mod groups;
mod markup;
mod outcomes;
mod pieces;
mod quality;
mod range;
mod spark;
mod targets;
mod time;
mod views;

use super::numbers::Numbers;
use super::told::Tell;
use super::{Dossier, overview, words};
use crate::kpis::{CATALOGUE_VERSION, Family};
use crate::report::Report;
use markup::{Markup, put};

pub use fragment::{fragment, fragment_of};

/// A report, and what else was asked of the same input, as one HTML page that needs no other file, no network and no script.
pub fn html<'r>(dossier: impl Into<Dossier<'r>>, title: &str) -> String {
    let dossier = dossier.into();
    let mut page = Markup::new();
    head(&mut page, title);
    put!(page, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
    header(&mut page, dossier.report, title);
    contents(&mut page, &dossier);
    put!(page, "<main id=\"main\">\n");
    body(&mut page, &dossier);
    put!(page, "</main>\n");
    footer(&mut page, dossier.report);
    put!(page, "</body>\n</html>\n");
    page.finish()
}

/// What a verb found, as one HTML page like that of a report; nothing for a title takes the verb's own.
pub fn html_of(found: &impl Tell, title: Option<&str>) -> String {
    let own = found.title();
    let title = title.unwrap_or(&own);
    let mut page = Markup::new();
    head(&mut page, title);
    put!(page, "<body>\n<header class=\"top\">\n<h1>" {title} "</h1>\n</header>\n<main>\n<section aria-label=\"" {&own} "\">\n");
    pieces::write_under(&mut page, &found.pieces().0, 2);
    put!(page, "</section>\n</main>\n<footer>\n<p>Catalogue " {CATALOGUE_VERSION} "</p>\n</footer>\n</body>\n</html>\n");
    page.finish()
}

fn head(page: &mut Markup, title: &str) {
    page.raw(concat!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"color-scheme\" content=\"light dark\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    ));
    put!(page, "<title>" {title} "</title>\n<style>\n");
    page.raw(include_str!("style.css"));
    put!(page, "</style>\n</head>\n");
}

fn header(page: &mut Markup, report: &Report, title: &str) {
    put!(
        page,
        "<header class=\"top\">\n"
        "<p class=\"eyebrow\">Support report</p>\n"
        "<h1>" {title} "</h1>\n"
        "<p class=\"meta\">"
    );
    if let Some(at) = report.as_of {
        put!(page, "Data of <time datetime=\"" {words::machine_moment(at)} "\">" {words::moment(at)} "</time>. ");
    }
    put!(page, {words::rows(&report.counts)} ".</p>\n</header>\n");
}

fn contents(page: &mut Markup, dossier: &Dossier<'_>) {
    let report = dossier.report;
    put!(page, "<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n");
    let link = |page: &mut Markup, target: &str, text: &str| {
        put!(page, "<li><a href=\"#" {target} "\">" {text} "</a></li>\n");
    };
    if report.total().is_some() {
        link(page, "glance", "At a glance");
        link(page, "outcomes", "Outcomes");
    }
    for (anchor, title, _) in dossier.asked() {
        link(page, anchor, &title);
    }
    if !report.targets.is_empty() {
        link(page, "targets", "Targets");
    }
    if let Some(group) = report.combinations().next() {
        link(page, "groups", &format!("By {}", words::dimensions(&group.key)));
    }
    if !overview::charts(report).is_empty() {
        link(page, "time", "Over time");
    }
    if let Some(total) = report.total() {
        put!(page, "</ul>\n<p id=\"views\">Views</p>\n<ul aria-labelledby=\"views\">\n");
        for view in views::present(total) {
            link(page, &format!("view-{}", view.name), &view.title);
        }
        put!(page, "</ul>\n<p id=\"all\">Every figure</p>\n<ul aria-labelledby=\"all\">\n");
        for family in families::present(report) {
            link(page, family.name(), family.title());
        }
        link(page, "doubts", "Doubts");
    }
    link(page, "data", "Data");
    put!(page, "</ul>\n</nav>\n");
}

fn body(page: &mut Markup, dossier: &Dossier<'_>) {
    let report = dossier.report;
    let numbers = Numbers::typeset(&report.currency);
    if let Some(total) = report.total() {
        glance::section(page, report, total, numbers);
        outcomes::section(page, total, numbers);
    }
    for (anchor, title, found) in dossier.asked() {
        pieces::section(page, anchor, &title, &found);
    }
    targets::section(page, report, numbers);
    groups::section(page, report, numbers);
    time::section(page, report, dossier.milestones, numbers);
    if let Some(total) = report.total() {
        views::sections(page, dossier, total, numbers);
        for family in families::present(report) {
            families::section(page, total, family, numbers);
        }
        quality::doubts(page, total);
    }
    quality::data(page, report, numbers);
}

fn footer(page: &mut Markup, report: &Report) {
    put!(
        page,
        "<footer>\n"
        "<h2>Where this comes from</h2>\n"
        "<dl class=\"provenance\">\n"
        "<div><dt>Catalogue</dt><dd>" {CATALOGUE_VERSION} "</dd></div>\n"
    );
    if let Some(at) = report.as_of {
        put!(
            page,
            "<div><dt>Data taken</dt><dd><time datetime=\"" {words::machine_moment(at)} "\">"
            {words::moment(at)} "</time></dd></div>\n"
        );
    }
    if !report.currency.is_empty() {
        put!(page, "<div><dt>Currency</dt><dd>" {&report.currency} "</dd></div>\n");
    }
    put!(page, "<div><dt>Fingerprint</dt><dd><code>" {&report.fingerprint} "</code></dd></div>\n</dl>\n");
    put!(
        page,
        "<p>Two reports with the same fingerprint show the same figures of the same contacts.</p>\n"
        "</footer>\n"
    );
}

/// An anchor for a family's section.
fn anchor(family: Family) -> &'static str {
    family.name()
}
