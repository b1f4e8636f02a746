//! The outcome bar as a picture and as a table.

use super::markup::{Markup, put, tenth};
use crate::render::numbers::{self, Numbers};
use crate::render::outcomes::{self as bar, Part};
use crate::report::GroupReport;

/// The least share of the bar that its number fits in, and its name.
const ROOM_FOR_NUMBER: f64 = 0.07;
const ROOM_FOR_NAME: f64 = 0.13;

pub(super) fn section(page: &mut Markup, total: &GroupReport, numbers: Numbers<'_>) {
    put!(
        page,
        "<section id=\"outcomes\" aria-labelledby=\"outcomes-title\">\n"
        "<h2 id=\"outcomes-title\">What became of every contact</h2>\n"
    );
    match bar::parts(total) {
        Some(parts) => {
            picture(page, &parts, numbers);
            legend(page, &parts, numbers);
            put!(page, "<p class=\"quiet\">" {bar::sentence(total, numbers)} "</p>\n");
        }
        None => page.raw("<p class=\"quiet\">There are no contacts.</p>\n"),
    }
    put!(page, "</section>\n");
}

fn picture(page: &mut Markup, parts: &[Part], numbers: Numbers<'_>) {
    put!(
        page,
        "<svg class=\"bar\" role=\"img\" aria-labelledby=\"bar-title\" width=\"100%\" height=\"64\">\n"
        "<title id=\"bar-title\">Contacts by outcome; the table below has the same numbers.</title>\n"
    );
    patterns(page);
    for part in parts.iter().filter(|p| p.contacts > 0) {
        let (x, width) = (tenth(part.from * 1000.0) / 10.0, tenth(part.share * 1000.0) / 10.0);
        put!(
            page,
            "<g class=\"" {part.class.name} "\"><title>" {part.class.label} ": " {numbers::count(part.contacts)}
            "</title>"
        );
        put!(page, "<rect class=\"ground\" x=\"" {x} "%\" width=\"" {width} "%\" height=\"64\"/>");
        put!(
            page,
            "<rect x=\"" {x} "%\" width=\"" {width} "%\" height=\"64\" fill=\"" {pattern(part.class.name)}
            "\"/>"
        );
        let middle = tenth(part.from * 1000.0 + part.share * 500.0) / 10.0;
        if part.share >= ROOM_FOR_NAME {
            put!(page, "<text class=\"name\" x=\"" {middle} "%\" y=\"26\">" {part.class.label} "</text>");
        }
        if part.share >= ROOM_FOR_NUMBER {
            put!(
                page,
                "<text class=\"share\" x=\"" {middle} "%\" y=\"46\">" {numbers.share(part.share, Some(0.1))}
                "</text>"
            );
        }
        put!(page, "</g>\n");
    }
    put!(page, "</svg>\n");
}

fn legend(page: &mut Markup, parts: &[Part], numbers: Numbers<'_>) {
    put!(
        page,
        "<div class=\"scroll\"><table class=\"legend\">\n"
        "<caption class=\"hidden\">Contacts by outcome</caption>\n"
        "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"says\">What it means</th>"
        "<th scope=\"col\" class=\"num\">Contacts</th><th scope=\"col\" class=\"num\">Share</th></tr></thead>\n"
        "<tbody>\n"
    );
    for part in parts {
        put!(
            page,
            "<tr><th scope=\"row\"><svg class=\"swatch " {part.class.name}
            "\" width=\"18\" height=\"14\" aria-hidden=\"true\">"
            "<rect class=\"ground\" width=\"18\" height=\"14\"/><rect width=\"18\" height=\"14\" fill=\""
            {pattern(part.class.name)} "\"/></svg>" {part.class.label} "</th>"
        );
        put!(
            page,
            "<td class=\"says\">" {crate::render::words::capital(part.class.says)} "</td><td class=\"num\">"
            {numbers::count(part.contacts)} "</td><td class=\"num\">" {numbers.share(part.share, None)} "</td>"
            "</tr>\n"
        );
    }
    put!(page, "</tbody>\n</table></div>\n");
}

/// One pattern a class, so that the bar is read without its colours: size, turn and path.
const PATTERNS: [(&str, u8, i8, &str); 6] = [
    ("pending", 7, 45, "M0 0V7"),
    ("unverifiable", 7, 0, "M2 2h.1M5.5 5.5h.1"),
    ("disproved", 8, 0, "M0 0L8 8M8 0L0 8"),
    ("unresolved", 7, -45, "M0 0V7"),
    ("abandoned", 7, 0, "M0 3H7"),
    ("escalated", 10, 0, "M5 0V10"),
];

fn patterns(page: &mut Markup) {
    put!(page, "<defs>\n");
    for (name, size, turn, path) in PATTERNS {
        put!(
            page,
            "<pattern id=\"p-" {name} "\" width=\"" {size} "\" height=\"" {size}
            "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(" {turn} ")\">"
            "<path class=\"mark\" d=\"" {path} "\"/></pattern>\n"
        );
    }
    put!(page, "</defs>\n");
}

/// What fills a class; some have a plain ground.
fn pattern(name: &str) -> String {
    let has_one = PATTERNS.iter().any(|(class, ..)| *class == name);
    if has_one { format!("url(#p-{name})") } else { "none".to_owned() }
}
