//! Rows that share an id with another row. Most exports come in the order of their ids, and then one look at each id is
//! enough; where they do not, ids are compared by their hashes, and by their texts only where hashes agree.

use crate::error::Result;
use crate::input::block::{ROWS, first, rows_in};
use crate::input::source::{Source, read_all};
use crate::input::text::Found;
use crate::input::{Batch, Column, Data, InMemory, Table, hash};
use crate::threads::in_parallel;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The ids that a clerk has met, as far as they tell that none comes twice.
#[derive(Debug, Default)]
pub struct Ids {
    stretches: Vec<(Vec<u8>, Vec<u8>)>,
    disorder: bool,
}

impl Ids {
    /// Looks at the ids of some rows: whether each comes after the one before it.
    pub fn look(&mut self, batch: &Batch<'_>, rows: Range<usize>) {
        if self.disorder {
            return;
        }
        let Some(cells) = batch.get(Column::Id) else { return };
        let Data::Text(text) = &cells.data else { return };
        let (mut ends, mut in_order) = (None::<(usize, usize)>, true);
        // The last id as a number that sorts like its text; nothing if it is longer than such a number.
        let mut last = (None, None::<usize>);
        for start in rows.clone().step_by(ROWS) {
            let known = cells.known_word(start) & first(rows.end - start);
            text.each(start, known, |row, found| {
                let row = start + row;
                let number = match found {
                    Found::Short(halves, len) => Some((halves.map(u128::swap_bytes), len)),
                    Found::Long(_) => None,
                };
                in_order &= match (last, number) {
                    ((_, None), _) => true,
                    ((Some(before), _), Some(number)) => before < number,
                    ((_, Some(before)), _) => text.get(before) < text.get(row),
                };
                last = (number, Some(row));
                ends = Some(ends.map_or((row, row), |(from, _)| (from, row)));
            });
        }
        self.disorder = !in_order;
        if let Some((from, to)) = ends {
            let id = |row| text.get(row).unwrap_or_default().to_vec();
            self.stretches.push((id(from), id(to)));
        }
    }

    /// Whether what the clerks have seen is enough to say that no id comes twice.
    pub fn are_unique(clerks: impl IntoIterator<Item = Self>) -> bool {
        let (mut stretches, mut disorder) = (Vec::new(), false);
        for ids in clerks {
            disorder |= ids.disorder;
            stretches.extend(ids.stretches);
        }
        stretches.sort_unstable();
        !disorder && stretches.is_sorted_by(|a, b| a.1 < b.0)
    }
}

/// The rows of a table that share an id with another row, in order.
pub fn shared_ids(table: Table, batches: &[Batch<'_>]) -> Vec<u64> {
    let Some(column) = table.id_column() else { return Vec::new() };
    // Reading from memory does not fail.
    rows_sharing(&InMemory::new(batches), column, 1).unwrap_or_default()
}

/// The rows of a source that share an id with another row, in order.
///
/// # Errors
/// When the source cannot be read.
pub fn rows_sharing(source: &dyn Source, column: Column, threads: usize) -> Result<Vec<u64>> {
    let suspects = suspects(source, column, threads)?;
    if suspects.is_empty() {
        return Ok(Vec::new());
    }
    let mut by_id = [BTreeMap::<Vec<u8>, Vec<u64>>::new()];
    read_all(source, &mut by_id, |by_id, batch, rows, first_row| {
        for row in rows {
            let Some(id) = id_of(batch, column, row) else { continue };
            if suspects.binary_search(&hash::text(id)).is_ok() {
                by_id.entry(id.to_vec()).or_default().push(first_row + row as u64);
            }
        }
        Ok(())
    })?;
    let [by_id] = by_id;
    let mut shared: Vec<u64> = by_id.into_values().filter(|rows| rows.len() > 1).flatten().collect();
    shared.sort_unstable();
    Ok(shared)
}

/// Hashes by their first bits, so that each list is short enough to sort in a processor's cache.
const LISTS: usize = 256;

/// The hashes that several ids have, in order.
fn suspects(source: &dyn Source, column: Column, threads: usize) -> Result<Vec<u64>> {
    let mut clerks: Vec<Vec<Vec<u64>>> = vec![vec![Vec::new(); LISTS]; threads];
    read_all(source, &mut clerks, |lists, batch, rows, _| {
        let Some(cells) = batch.get(column) else { return Ok(()) };
        let Data::Text(text) = &cells.data else { return Ok(()) };
        let mut hashes = [0; ROWS];
        for start in rows.clone().step_by(ROWS) {
            let known = cells.known_word(start) & first(rows.end - start);
            text.hashes(start, known, &mut hashes);
            for row in rows_in(known) {
                let hash = hashes[row].cast_unsigned();
                if let Some(list) = lists.get_mut(usize::try_from(hash >> 56).unwrap_or(0)) {
                    list.push(hash);
                }
            }
        }
        Ok(())
    })?;
    let next = AtomicUsize::new(0);
    let clerks = &clerks;
    let found = in_parallel(&mut vec![Vec::new(); threads], &|all: &mut Vec<u64>| {
        let mut twice = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= LISTS {
                return twice;
            }
            all.clear();
            clerks.iter().filter_map(|lists| lists.get(number)).for_each(|list| all.extend_from_slice(list));
            all.sort_unstable();
            twice.extend(all.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).filter_map(|same| same.first()));
        }
    });
    let mut suspects: Vec<u64> = found.into_iter().flatten().collect();
    suspects.sort_unstable();
    Ok(suspects)
}

fn id_of<'b>(batch: &'b Batch<'_>, column: Column, row: usize) -> Option<&'b [u8]> {
    let cells = batch.get(column)?;
    match &cells.data {
        Data::Text(text) if cells.is_known(row) => text.get(row),
        _ => None,
    }
}
