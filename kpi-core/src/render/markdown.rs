//! Markdown: a report, and what verbs found, for issues, wikis and chats.

use super::numbers::Numbers;
use super::pieces::{Cell, Column, Piece, Table, Weight};
use super::told::{Tell, dossier_pieces};
use super::{Dossier, View};
use std::fmt::Write;

/// What a verb found, as Markdown.
pub fn markdown_of(found: &impl Tell) -> String {
    let mut out = format!("## {}\n", escaped(&found.title()));
    write(&mut out, &found.pieces().0);
    out
}

/// A report and what else was asked of the same input, as Markdown.
pub fn markdown<'r>(dossier: impl Into<Dossier<'r>>) -> String {
    let dossier = dossier.into();
    let mut out = String::from("# Support report\n");
    for (title, pieces) in dossier_pieces(&dossier, Numbers::plain(&dossier.report.currency)) {
        let _ = write!(out, "\n## {}\n", escaped(&title));
        write(&mut out, &pieces);
    }
    out
}

/// One view of a report's total, as Markdown.
pub fn markdown_view<'r>(dossier: impl Into<Dossier<'r>>, view: &View) -> String {
    let dossier = dossier.into();
    let mut out = format!("## {}\n", escaped(&view.title));
    if !view.about.is_empty() {
        let _ = write!(out, "\n{}\n", escaped(&view.about));
    }
    if let Some(total) = dossier.report.total() {
        let numbers = Numbers::plain(&dossier.report.currency);
        write(&mut out, &super::told::view_pieces(view, total, dossier.baseline, numbers));
    }
    out
}

fn write(out: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        // Writing into a string cannot fail.
        let _ = match piece {
            Piece::Heading(text) => write!(out, "\n### {}\n", escaped(text)),
            Piece::Say(Weight::Doubt, text) => write!(out, "\n**{}**\n", escaped(text)),
            Piece::Say(_, text) => write!(out, "\n{}\n", escaped(text)),
            Piece::List(points) => {
                out.push('\n');
                points.iter().try_for_each(|point| writeln!(out, "- {}", escaped(point)))
            }
            Piece::Table(own) => table(out, own),
        };
    }
}

fn table(out: &mut String, table: &Table) -> std::fmt::Result {
    write!(out, "\n{}:\n\n|", escaped(&table.caption))?;
    for column in &table.columns {
        write!(out, " {} |", escaped(column.head()))?;
    }
    out.push_str("\n|");
    for column in &table.columns {
        out.push_str(if matches!(column, Column::Number(_)) { " ---: |" } else { " --- |" });
    }
    out.push('\n');
    for row in &table.rows {
        out.push('|');
        for cell in row {
            write!(out, " {} |", in_cell(cell))?;
        }
        out.push('\n');
    }
    Ok(())
}

fn in_cell(cell: &Cell) -> String {
    let text =
        if cell.doubt && !cell.text.is_empty() { format!("**{}**", escaped(&cell.text)) } else { escaped(&cell.text) };
    if cell.small.is_empty() { text } else { format!("{text} ({})", escaped(&cell.small)) }
}

/// Text that says what it says: nothing in it is markup, and it stays on its line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            // Able to end the line, to write on a terminal, or to reorder what stands around it.
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                out.push('\u{fffd}');
            }
            '\u{a0}' | '\u{202f}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("a|b <i>*c*`\n[x](y) 73.4\u{202f}%"), "a\\|b \\<i\\>\\*c\\*\\`\u{fffd}\\[x\\](y) 73.4 %");
    }
}
