//! The careful reader of JSON: it says what is wrong and where, and takes whatever the quick one is not sure of.

use super::super::cell::{Found, Style};
use super::super::columns::Table;
use super::super::data::Batch;
use super::super::tables::{Limits, Tables};
use super::super::writer::{Place, RowWriter};
use super::not_finite;
use crate::error::{Code, Error, Result};
use crate::options::Options;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

/// All tables from one object.
///
/// # Errors
/// When the text is not JSON of that shape, or larger than the limits.
pub fn tables(text: &str, options: &Options, limits: &Limits) -> Result<Tables<'static>> {
    check_nesting(text, limits)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut tables = Tables::default();
    let reading = Reading::new(options, limits);
    let read = TablesSeed { tables: &mut tables, reading: &reading }.deserialize(&mut reader);
    read.and_then(|()| reader.end()).map_err(|e| reading.error(|| format!("The tables cannot be read: {e}.")))?;
    Ok(tables)
}

/// The rows of one table from a list.
///
/// # Errors
/// As [`tables`].
pub fn list(table: Table, text: &str, options: &Options, limits: &Limits) -> Result<Batch<'static>> {
    check_nesting(text, limits)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let reading = Reading::new(options, limits);
    let read = RowsSeed { table, reading: &reading }.deserialize(&mut reader);
    read.and_then(|batch| reader.end().map(|()| batch))
        .map_err(|e| reading.error(|| format!("The rows of {} cannot be read: {e}.", table.name())))
}

/// The rows of one table from lines.
///
/// # Errors
/// As [`tables`], and the message names the line.
pub fn lines(table: Table, text: &str, options: &Options, limits: &Limits) -> Result<Batch<'static>> {
    check_nesting(text, limits)?;
    let reading = Reading::new(options, limits);
    let mut writer = reading.writer(table);
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut reader = serde_json::Deserializer::from_str(line);
        let read = RowSeed(&mut writer, &reading).deserialize(&mut reader).and_then(|()| reader.end());
        read.map_err(|e| {
            // The parser has seen one line only, and calls it the first.
            let found = e.to_string().replace(" at line 1 column ", " at column ");
            reading.error(|| format!("Line {} of {} is not one JSON object: {found}.", number + 1, table.name()))
        })?;
    }
    Ok(writer.finish())
}

/// What a reader is asked for, and the error with which it gave up by itself: the parser's own only says where.
struct Reading<'o> {
    options: &'o Options,
    limits: &'o Limits,
    refused: RefCell<Option<Error>>,
}

impl<'o> Reading<'o> {
    fn new(options: &'o Options, limits: &'o Limits) -> Self {
        Self { options, limits, refused: RefCell::new(None) }
    }

    fn writer(&self, table: Table) -> RowWriter<'o> {
        RowWriter::new(table, Style::Json, self.options, self.limits)
    }

    fn refuse<E: serde::de::Error>(&self, error: Error) -> E {
        let stop = E::custom(&error);
        self.refused.replace(Some(error));
        stop
    }

    fn error(&self, malformed: impl FnOnce() -> String) -> Error {
        self.refused.take().unwrap_or_else(|| Error::new(Code::MalformedInput, malformed()))
    }
}

/// Cheap guard before parsing: how deep brackets nest outside of texts.
fn check_nesting(text: &str, limits: &Limits) -> Result<()> {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if deepest <= limits.nesting {
        return Ok(());
    }
    let most = limits.nesting;
    Err(Error::new(
        Code::LimitExceeded,
        format!(
            "The JSON nests {deepest} deep, and the limit is {most}. Raise `Limits::nesting` if the input is to be trusted."
        ),
    ))
}

struct TablesSeed<'r, 'o> {
    tables: &'r mut Tables<'static>,
    reading: &'r Reading<'o>,
}

impl<'de> DeserializeSeed<'de> for TablesSeed<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TablesSeed<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the tables interactions, costs, accounts, signals and fixes")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            let Some(table) = Table::ALL.into_iter().find(|t| t.name() == name) else {
                return Err(M::Error::custom(format!(
                    "there is no table \"{name}\"; the tables are interactions, costs, accounts, signals and fixes"
                )));
            };
            if !self.tables.table(table).is_empty() {
                return Err(M::Error::custom(format!("the table {name} is given twice")));
            }
            let seed = RowsSeed { table, reading: self.reading };
            if let Some(batch) = map.next_value_seed(OrNull(seed))? {
                self.tables.push(batch);
            }
        }
        Ok(())
    }
}

/// A table may be null, which is the same as absent.
struct OrNull<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for OrNull<S> {
    type Value = Option<S::Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for OrNull<S> {
    type Value = Option<S::Value>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows or null")
    }
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

struct RowsSeed<'r, 'o> {
    table: Table,
    reading: &'r Reading<'o>,
}

impl<'de> DeserializeSeed<'de> for RowsSeed<'_, '_> {
    type Value = Batch<'static>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowsSeed<'_, '_> {
    type Value = Batch<'static>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
        let mut writer = self.reading.writer(self.table);
        while rows.next_element_seed(RowSeed(&mut writer, self.reading))?.is_some() {}
        Ok(writer.finish())
    }
}

struct RowSeed<'w, 'o>(&'w mut RowWriter<'o>, &'w Reading<'o>);

impl<'de> DeserializeSeed<'de> for RowSeed<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row, as an object with columns for keys")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut row: M) -> Result<(), M::Error> {
        while let Some(place) = row.next_key_seed(PlaceSeed(self.0))? {
            let raw: &RawValue = row.next_value()?;
            let Some(place) = place else { continue };
            let text = raw.get();
            let put = match text.as_bytes().first() {
                Some(b'n') => Ok(()),
                Some(b't') => self.0.put(place, Found::Flag(true)),
                Some(b'f') => self.0.put(place, Found::Flag(false)),
                Some(b'"') => {
                    let plain = text.get(1..text.len() - 1).filter(|t| !t.contains('\\'));
                    match plain {
                        Some(plain) => self.0.put(place, Found::Text(plain)),
                        None => match serde_json::from_str::<String>(text) {
                            Ok(unescaped) => self.0.put(place, Found::Text(&unescaped)),
                            Err(_) => Err(self.0.broken_escape(text)),
                        },
                    }
                }
                Some(b'[' | b'{') => self.0.put(place, not_finite(text).map_or(Found::Other(text), Found::Number)),
                _ => self.0.put(place, Found::Number(text)),
            };
            put.map_err(|e| self.1.refuse(e))?;
        }
        self.0.end_row().map_err(|e| self.1.refuse(e))
    }
}

/// A key of a row becomes the place of its column at once, without a copy of its text.
struct PlaceSeed<'w, 'o>(&'w RowWriter<'o>);

impl<'de> DeserializeSeed<'de> for PlaceSeed<'_, '_> {
    type Value = Option<Place>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for PlaceSeed<'_, '_> {
    type Value = Option<Place>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a column")
    }
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.place(name))
    }
}
