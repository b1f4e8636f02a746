//! Pieces for a terminal.

use super::layout::{Canvas, Ink, left, right};
use crate::render::pieces::{Cell, Column, Piece, Table, Weight};
use unicode_width::UnicodeWidthStr;

pub(super) fn write(canvas: &mut Canvas, pieces: &[Piece]) {
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Heading(text) => {
                if at > 0 {
                    canvas.blank();
                }
                canvas.wrapped(0, 2, Ink::Strong, text);
            }
            Piece::Say(Weight::Plain, text) => canvas.wrapped(0, 0, Ink::Plain, text),
            Piece::Say(Weight::Quiet, text) => canvas.wrapped(0, 0, Ink::Faint, text),
            Piece::Say(Weight::Doubt, text) => canvas.wrapped(0, 2, Ink::Doubt, &format!("! {text}")),
            Piece::List(points) => {
                for point in points {
                    canvas.wrapped(2, 2, Ink::Faint, &format!("· {point}"));
                }
            }
            Piece::Table(own) => table(canvas, own),
        }
    }
}

/// Names and numbers stand in columns; words, and what is small, below them.
fn table(canvas: &mut Canvas, table: &Table) {
    canvas.blank();
    canvas.wrapped(0, 0, Ink::Faint, &table.caption);
    let widths = widths(table, canvas.width);
    let heads: Vec<Cell> = table.columns.iter().map(|column| Cell::of(column.head())).collect();
    row(canvas, table, &heads, &widths, Ink::Faint);
    for cells in &table.rows {
        row(canvas, table, cells, &widths, Ink::Plain);
        below(canvas, table, cells);
    }
}

/// Numbers are as wide as they must be, and the name has what is left.
fn widths(table: &Table, width: usize) -> Vec<usize> {
    let widest = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.width());
        cells.chain(table.columns.get(at).map(|column| column.head().width())).max().unwrap_or(0)
    };
    let mut found: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| if matches!(column, Column::Number(_)) { widest(at).min(16) + 2 } else { 0 })
        .collect();
    let numbers: usize = found.iter().sum();
    if let Some(at) = table.columns.iter().position(|column| matches!(column, Column::Name(_))) {
        found[at] = width.saturating_sub(numbers).min(widest(at).max(12) + 2).max(8);
    }
    found
}

fn row(canvas: &mut Canvas, table: &Table, cells: &[Cell], widths: &[usize], ink: Ink) {
    let own = table.columns.iter().zip(cells).zip(widths);
    let laid = own.filter_map(|((column, cell), width)| match column {
        Column::Name(_) => Some(left(cell.text.clone(), *width).ink(ink)),
        Column::Number(_) => Some(right(cell.text.clone(), *width).ink(ink)),
        Column::Words(_) => None,
    });
    let laid: Vec<_> = laid.collect();
    canvas.row(&laid);
}

/// What is small about the numbers, then the words.
fn below(canvas: &mut Canvas, table: &Table, cells: &[Cell]) {
    let named = |(column, cell): (&Column, &Cell)| {
        let small = cell.small.as_str();
        match column {
            _ if small.is_empty() => None,
            Column::Number(head) => Some(format!("{} {small}", head.to_lowercase())),
            Column::Name(_) | Column::Words(_) => Some(small.to_owned()),
        }
    };
    let small: Vec<String> = table.columns.iter().zip(cells).filter_map(named).collect();
    if !small.is_empty() {
        canvas.wrapped(2, 2, Ink::Faint, &small.join("; "));
    }
    for (column, cell) in table.columns.iter().zip(cells) {
        if matches!(column, Column::Words(_)) && !cell.text.is_empty() {
            let (mark, ink) = if cell.doubt { ("! ", Ink::Doubt) } else { ("", Ink::Plain) };
            canvas.wrapped(2, 2, ink, &format!("{mark}{}", cell.text));
        }
    }
}
