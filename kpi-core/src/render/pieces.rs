//! What is told, before it is laid out: headings, sentences and tables, the same for a terminal, Markdown and a page.

use super::numbers::{self, Numbers};
use super::words;
use crate::evidence::Interval;
use crate::kpis::Population;
use crate::report::Value;

/// How a sentence stands out. Nothing is said by that alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// As it is.
    Plain,
    /// Behind the rest.
    Quiet,
    /// Somebody should look.
    Doubt,
}

/// One thing that is told.
pub(super) enum Piece {
    /// A heading under that of the section.
    Heading(String),
    /// A sentence or two.
    Say(Weight, String),
    /// Short points.
    List(Vec<String>),
    /// Rows.
    Table(Table),
}

/// How a column is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Names a row.
    Name(&'static str),
    /// Numbers, which end at the right edge.
    Number(&'static str),
    /// Words, which wrap.
    Words(&'static str),
}

impl Column {
    /// What stands above it.
    pub(super) const fn head(self) -> &'static str {
        match self {
            Self::Name(head) | Self::Number(head) | Self::Words(head) => head,
        }
    }
}

/// What stands in a row under a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// What is read first.
    pub(super) text: String,
    /// Beside or below it.
    pub(super) small: String,
    /// Drawn as a bar of so much of the whole, where pictures are.
    pub(super) part: Option<f64>,
    /// Where it leads on a page.
    pub(super) link: Option<String>,
    /// Whether somebody should look.
    pub(super) doubt: bool,
}

impl Cell {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(super) fn small(self, small: impl Into<String>) -> Self {
        Self { small: small.into(), ..self }
    }

    pub(super) fn part(self, part: Option<f64>) -> Self {
        Self { part, ..self }
    }

    pub(super) fn doubt(self, doubt: bool) -> Self {
        Self { doubt, ..self }
    }

    pub(super) fn link(self, anchor: impl Into<String>) -> Self {
        Self { link: Some(anchor.into()), ..self }
    }

    /// A value with its interval, or why there is none.
    pub(super) fn value(value: &Value, numbers: Numbers<'_>) -> Self {
        Self::of(numbers.value_or_why(value)).small(numbers.interval(value).unwrap_or_default())
    }

    /// A part of contacts with its interval.
    pub(super) fn rate(rate: Option<f64>, interval: Option<Interval>, numbers: Numbers<'_>) -> Self {
        let Some(rate) = rate else { return Self::of("–") };
        Self::of(numbers.part(rate, interval))
            .small(interval.map_or_else(String::new, |i| numbers.part_interval(i)))
            .part(Some(rate))
    }

    pub(super) fn count(n: u64) -> Self {
        Self::of(numbers::count(n))
    }
}

/// Rows under columns.
pub(super) struct Table {
    /// What it shows.
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new(caption: impl Into<String>, columns: &[Column]) -> Self {
        Self { caption: caption.into(), columns: columns.to_vec(), rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table, unless nothing stands in it.
    pub(super) fn piece(self) -> Option<Piece> {
        (!self.rows.is_empty()).then_some(Piece::Table(self))
    }
}

pub(super) fn say(text: impl Into<String>) -> Piece {
    Piece::Say(Weight::Plain, text.into())
}

pub(super) fn quiet(text: impl Into<String>) -> Piece {
    Piece::Say(Weight::Quiet, text.into())
}

pub(super) fn doubt(text: impl Into<String>) -> Piece {
    Piece::Say(Weight::Doubt, text.into())
}

/// A combination of dimensions: `agent id a1 · language de`; nothing for everybody.
pub(super) fn combination(by: &[(String, Option<String>)]) -> String {
    let value = |(name, value): &(String, Option<String>)| match value {
        Some(value) => format!("{} {value}", words::plain_key(name)),
        None => format!("no {}", words::plain_key(name)),
    };
    by.iter().map(value).collect::<Vec<_>>().join(" · ")
}

/// Whose contacts, and in which combination: `AI took part · agent id aria`.
pub(super) fn whose(population: Population, by: &[(String, Option<String>)]) -> String {
    let parts = [population.in_words().to_owned(), combination(by)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Which way a difference goes, for those who look before they read.
pub(super) const fn arrow(difference: f64) -> &'static str {
    if difference > 0.0 { "▲" } else { "▼" }
}
