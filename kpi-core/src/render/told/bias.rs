//! Whether everybody is served alike, in words.

use super::sealed::{Pieces, Tell};
use crate::compare::{Bias, BiasOfFigure, Segment};
use crate::kpis::Unit;
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, quiet, say};
use crate::render::words;

impl Tell for Bias {
    fn title(&self) -> String {
        format!("Fairness by {}", words::plain_key(&self.dimension))
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset("");
        let head = quiet(format!(
            "Each {} against all others together. Chance is adjusted for every segment and figure that was looked at (Holm). Under four fifths of the best one's good outcomes is called so.",
            words::plain_key(&self.dimension)
        ));
        std::iter::once(head).chain(self.figures.iter().flat_map(|figure| self.one(figure, numbers))).collect()
    }
}

impl Bias {
    fn one(&self, figure: &BiasOfFigure, numbers: Numbers<'_>) -> Vec<Piece> {
        let mut table = Table::new(
            format!("{} ({})", words::name(figure.id), figure.population.in_words()),
            &[
                Column::Name("Segment"),
                Column::Number("Rate"),
                Column::Number("Against others"),
                Column::Number("n"),
                Column::Words("Finding"),
            ],
        );
        for segment in &figure.segments {
            table.row(cells(segment, 1.0 - self.confidence_level, numbers));
        }
        let name = format!("{} ({})", words::name(figure.id), figure.population.in_words());
        let mut pieces: Vec<Piece> = Vec::new();
        match table.piece() {
            Some(table) => pieces.push(table),
            None => pieces.push(say(format!("{name}: no segment has {} contacts to be judged by.", self.smallest))),
        }
        if !figure.left_out.is_empty() && !figure.segments.is_empty() {
            let value = |out: &crate::compare::LeftOut| {
                format!("{} (n = {})", out.value.as_deref().unwrap_or("none"), numbers::count(out.n))
            };
            let named: Vec<String> = figure.left_out.iter().take(8).map(value).collect();
            let more = figure.left_out.len().saturating_sub(8);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            pieces.push(quiet(format!("Too small to be judged: {}{more}.", named.join(", "))));
        }
        pieces
    }
}

fn cells(segment: &Segment, alpha: f64, numbers: Numbers<'_>) -> [Cell; 5] {
    let gap = segment.gap.map_or_else(|| "–".to_owned(), |gap| numbers.difference(Unit::Ratio, gap, segment.interval));
    let range = segment.interval.map_or_else(String::new, |i| numbers.difference_interval(Unit::Ratio, i));
    let distinct = segment.adjusted_p_value.is_some_and(|p| p < alpha);
    let mut findings = Vec::new();
    if segment.is_below_four_fifths() {
        findings.push("under four fifths of the best".to_owned());
    }
    findings.push(match segment.adjusted_p_value {
        Some(p) if distinct => format!("beyond chance, {}", numbers::chance(p)),
        Some(p) => format!("chance may explain it, {}", numbers::chance(p)),
        None => "not tested".to_owned(),
    });
    [
        Cell::of(segment.value.clone().unwrap_or_else(|| "none".into())),
        Cell::rate(Some(segment.rate), None, numbers),
        Cell::of(gap).small(range),
        Cell::count(segment.n),
        Cell::of(words::capital(&findings.join("; "))).doubt(segment.is_below_four_fifths() && distinct),
    ]
}
