//! The quick reader of JSON: plain rows, without a detour. Nothing means that the careful reader has to look.

use super::super::cell::{Found, Style};
use super::super::columns::Table;
use super::super::data::Batch;
use super::super::tables::{Limits, Tables};
use super::super::writer::{Place, RowWriter};
use super::keys::Keys;
use super::not_finite;
use super::scan::Scanner;
use crate::options::Options;

/// All tables from one object.
pub fn tables(text: &str, options: &Options, limits: &Limits) -> Option<Tables<'static>> {
    let mut scanner = Scanner::new(text, true);
    let mut tables = Tables::default();
    scanner.mark(b'{')?;
    while !scanner.eat(b'}') {
        let name = scanner.quoted()?.plain()?;
        let table = Table::ALL.into_iter().find(|table| table.name() == name)?;
        if !tables.table(table).is_empty() {
            return None;
        }
        scanner.mark(b':')?;
        if scanner.word("null").is_none() {
            let mut rows = Rows::new(table, options, limits, 3)?;
            rows.list(&mut scanner)?;
            tables.push(rows.writer.finish());
        }
        scanner.space();
        comma(&mut scanner, b'}')?;
    }
    ended(&mut scanner)?;
    Some(tables)
}

/// The rows of one table from a list.
pub fn list(table: Table, text: &str, options: &Options, limits: &Limits) -> Option<Batch<'static>> {
    let mut scanner = Scanner::new(text, true);
    let mut rows = Rows::new(table, options, limits, 2)?;
    scanner.space();
    rows.list(&mut scanner)?;
    ended(&mut scanner)?;
    Some(rows.writer.finish())
}

/// The rows of one table from lines.
pub fn lines(table: Table, text: &str, options: &Options, limits: &Limits) -> Option<Batch<'static>> {
    let mut scanner = Scanner::new(text, false);
    let mut rows = Rows::new(table, options, limits, 1)?;
    loop {
        scanner.space();
        match scanner.peek() {
            None => return Some(rows.writer.finish()),
            Some(b'\n') => {}
            Some(_) => rows.row(&mut scanner)?,
        }
        scanner.space();
        if !scanner.eat(b'\n') && scanner.peek().is_some() {
            return None;
        }
    }
}

/// Takes what stands between two parts, or leaves the bracket that ends them.
#[inline]
fn comma(scanner: &mut Scanner<'_>, end: u8) -> Option<()> {
    if scanner.peek()? == end {
        return Some(());
    }
    scanner.mark(b',')?;
    // Behind a comma there must be another part.
    (scanner.peek()? != end).then_some(())
}

fn ended(scanner: &mut Scanner<'_>) -> Option<()> {
    scanner.space();
    scanner.peek().is_none().then_some(())
}

/// The rows of one table while they are read.
struct Rows<'t, 'o> {
    writer: RowWriter<'o>,
    keys: Keys<'t>,
    /// How deep a cell may nest.
    deep: usize,
}

impl<'t, 'o> Rows<'t, 'o> {
    /// Rows that themselves stand so deep in the text.
    fn new(table: Table, options: &Options, limits: &'o Limits, depth: usize) -> Option<Self> {
        let writer = RowWriter::new(table, Style::Json, options, limits);
        Some(Self { writer, keys: Keys::new(), deep: limits.nesting.checked_sub(depth)? })
    }

    fn list(&mut self, scanner: &mut Scanner<'t>) -> Option<()> {
        scanner.mark(b'[')?;
        while !scanner.eat(b']') {
            self.row(scanner)?;
            scanner.space();
            comma(scanner, b']')?;
        }
        Some(())
    }

    fn row(&mut self, scanner: &mut Scanner<'t>) -> Option<()> {
        self.keys.start_row();
        scanner.mark(b'{')?;
        while !scanner.eat(b'}') {
            let place = self.key(scanner)?;
            scanner.mark(b':')?;
            self.cell(scanner, place)?;
            scanner.space();
            comma(scanner, b'}')?;
        }
        self.writer.end_row().ok()
    }

    /// Takes a key; whether it is one comes before where its cells go.
    #[inline]
    #[expect(clippy::option_option, reason = "a key that nobody wants is a key all the same")]
    fn key(&mut self, scanner: &mut Scanner<'t>) -> Option<Option<Place>> {
        if self.keys.expected().is_some_and(|key| scanner.word(key).is_some()) {
            return Some(self.keys.as_expected());
        }
        let key = scanner.quoted()?;
        Some(match key.plain() {
            Some(name) => self.keys.other(key.whole, name, &self.writer),
            None => self.keys.other(key.whole, &key.unescaped()?, &self.writer),
        })
    }

    #[inline]
    fn cell(&mut self, scanner: &mut Scanner<'t>, place: Option<Place>) -> Option<()> {
        let found = match scanner.peek()? {
            b'"' => {
                let text = scanner.quoted()?;
                match (text.plain(), place) {
                    (Some(plain), _) => Found::Text(plain),
                    (None, None) => return Some(()),
                    (None, Some(place)) => return self.writer.put(place, Found::Text(&text.unescaped()?)).ok(),
                }
            }
            b'n' => return scanner.word("null"),
            b't' => scanner.word("true").map(|()| Found::Flag(true))?,
            b'f' => scanner.word("false").map(|()| Found::Flag(false))?,
            b'[' | b'{' => {
                let text = scanner.nested(self.deep)?;
                not_finite(text).map_or(Found::Other(text), Found::Number)
            }
            _ => Found::Number(scanner.number()?),
        };
        place.map_or(Some(()), |place| self.writer.put(place, found).ok())
    }
}
