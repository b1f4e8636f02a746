//! Pieces on a page.

use super::markup::{Markup, put, tenth};
use crate::render::pieces::{Cell, Column, Piece, Table, Weight};

/// A section of pieces under a heading; pieces that say "as follows" stand in their order.
pub(super) fn section(page: &mut Markup, id: &'static str, title: &str, pieces: &[Piece]) {
    put!(page, "<section id=\"" {id} "\" aria-labelledby=\"" {id} "-title\">\n<h2 id=\"" {id} "-title\">" {title} "</h2>\n");
    write(page, pieces);
    put!(page, "</section>\n");
}

pub(super) fn write(page: &mut Markup, pieces: &[Piece]) {
    write_under(page, pieces, 3);
}

/// The same where headings are of another level.
pub(super) fn write_under(page: &mut Markup, pieces: &[Piece], level: u8) {
    let mut heading = "";
    for piece in pieces {
        match piece {
            Piece::Heading(text) => {
                heading = text;
                put!(page, "<h" {level} " class=\"told\">" {text} "</h" {level} ">\n");
            }
            Piece::Say(Weight::Plain, text) => {
                put!(page, "<p class=\"said\">" {text} "</p>\n");
            }
            Piece::Say(Weight::Quiet, text) => {
                put!(page, "<p class=\"quiet\">" {text} "</p>\n");
            }
            Piece::Say(Weight::Doubt, text) => {
                put!(page, "<p class=\"said doubtful\">" {text} "</p>\n");
            }
            Piece::List(points) => {
                put!(page, "<ul class=\"points\">\n");
                for point in points {
                    put!(page, "<li>" {point} "</li>\n");
                }
                put!(page, "</ul>\n");
            }
            Piece::Table(own) => table(page, own, heading),
        }
    }
}

/// What the heading above it says already is not said again.
fn table(page: &mut Markup, table: &Table, heading: &str) {
    put!(
        page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" {&table.caption} "\"><table class=\"told\">\n"
    );
    page.raw(if table.caption == heading { "<caption class=\"hidden\">" } else { "<caption>" });
    put!(page, {&table.caption} "</caption>\n");
    put!(page, "<thead><tr>");
    for column in &table.columns {
        match column {
            Column::Number(head) => {
                put!(page, "<th scope=\"col\" class=\"num\">" {head} "</th>");
            }
            Column::Name(head) | Column::Words(head) => {
                put!(page, "<th scope=\"col\">" {head} "</th>");
            }
        }
    }
    put!(page, "</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        put!(page, "<tr>");
        for (column, own) in table.columns.iter().zip(row) {
            cell(page, *column, own);
        }
        put!(page, "</tr>\n");
    }
    put!(page, "</tbody>\n</table></div>\n");
}

fn cell(page: &mut Markup, column: Column, cell: &Cell) {
    let end = match column {
        Column::Name(_) if !cell.text.is_empty() => {
            put!(page, "<th scope=\"row\">");
            "</th>"
        }
        Column::Number(_) => {
            put!(page, "<td class=\"num\">");
            "</td>"
        }
        _ if cell.doubt => {
            put!(page, "<td class=\"doubt\">");
            "</td>"
        }
        _ => {
            put!(page, "<td>");
            "</td>"
        }
    };
    match &cell.link {
        Some(anchor) => {
            put!(page, "<a href=\"#" {anchor} "\">" {&cell.text} "</a>");
        }
        None => {
            put!(page, { &cell.text });
        }
    }
    if let Some(part) = cell.part {
        put!(page, "<i class=\"part\" style=\"--part:" {tenth((part * 100.0).clamp(0.0, 100.0))} "%\"></i>");
    }
    if !cell.small.is_empty() {
        put!(page, "<small>" {&cell.small} "</small>");
    }
    page.raw(end);
}
