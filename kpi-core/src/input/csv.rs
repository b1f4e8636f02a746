//! Reading a table from CSV text with a header line; an empty cell is an absent value.

use super::cell::{Found, Style};
use super::columns::Table;
use super::data::Batch;
use super::tables::Limits;
use super::writer::RowWriter;
use crate::error::{Code, Error, Result};
use crate::options::Options;

/// Reads the rows of one table from CSV with a header line.
///
/// # Errors
/// When the text is not CSV, a line has more or fewer cells than the header, or the limits are passed.
pub fn rows_from_csv(table: Table, text: &str, options: &Options, limits: &Limits) -> Result<Batch<'static>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let mut writer = RowWriter::new(table, Style::Csv, options, limits);
    let header = reader.headers().map_err(|e| malformed(table, &e))?;
    let places: Vec<_> = header.iter().map(|name| writer.place(name.trim())).collect();
    let twice = |at: usize| places[at].is_some() && places[..at].contains(&places[at]);
    if let Some(name) = (0..places.len()).find(|at| twice(*at)).and_then(|at| header.get(at)) {
        return Err(Error::new(
            Code::MalformedInput,
            format!("The header line of {} has the column `{}` twice.", table.name(), name.trim()),
        ));
    }
    if !header.is_empty() && places.iter().all(Option::is_none) {
        let names: Vec<_> = header.iter().take(5).collect();
        return Err(Error::new(
            Code::MalformedInput,
            format!(
                "No column of the header line belongs to {}; it begins with {}. Rename the columns, or add a header line.",
                table.name(),
                names.join(", ")
            ),
        ));
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| malformed(table, &e))? {
        for (place, cell) in places.iter().zip(&record) {
            if let Some(place) = place.filter(|_| !cell.is_empty()) {
                writer.put(place, Found::Text(cell))?;
            }
        }
        writer.end_row()?;
    }
    Ok(writer.finish())
}

fn malformed(table: Table, error: &csv::Error) -> Error {
    Error::new(Code::MalformedInput, format!("The CSV of {} cannot be read: {error}.", table.name()))
}
