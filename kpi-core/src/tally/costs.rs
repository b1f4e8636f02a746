//! The costs table as entries, and the sets of dimension values they are pinned to.

use crate::calendar::Zones;
use crate::check::SideTables;
use crate::facts::{Rows, each_block};
use crate::input::block::{Block, rows_in};
use crate::input::{Batch, Column, Data, Table, Tables};
use crate::options::Options;
use crate::units::ExactSum;

/// Dimension values that a contact must have to carry a cost; none means every contact does.
pub type Pins = Vec<(String, String)>;

/// One cost that no single contact carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostEntry {
    /// What it was spent on.
    pub layer: String,
    /// Whether it is the AI's (or the people's).
    pub of_ai: bool,
    /// How much.
    pub amount: ExactSum,
    /// From when, in nanoseconds.
    pub start: i64,
    /// Until when, not included.
    pub end: i64,
    /// Which set of pins, by number; see [`read`].
    pub pins: usize,
}

/// Reads the sound rows of the costs table, and the distinct sets of pins. Entries come in an order of their own, so
/// that the order of rows does not matter.
pub fn read(tables: &Tables<'_>, sides: &SideTables, options: &Options) -> (Vec<CostEntry>, Vec<Pins>) {
    const COLUMNS: [Column; 5] = [Column::Layer, Column::Scope, Column::Amount, Column::Start, Column::End];
    let mut block = Block::default();
    let mut found: Vec<(Pins, CostEntry)> = Vec::new();
    for (number, batch, start) in each_block(tables, Table::Costs) {
        block.load(batch, start, &COLUMNS, options.zones());
        for row in rows_in(block.all() & !sides.broken(Table::Costs, number)) {
            let Some(Data::Text(layers)) = batch.get(Column::Layer).map(|c| &c.data) else { continue };
            let layer = String::from_utf8_lossy(layers.get(start + row).unwrap_or_default()).into_owned();
            let mut amount = ExactSum::default();
            let read = block.amount(Column::Amount, row);
            amount.add_scaled(read.units, u32::from(read.scale));
            let entry = CostEntry {
                layer,
                of_ai: block.is_word(Column::Scope, 0) >> row & 1 == 1,
                amount,
                start: block.whole(Column::Start)[row],
                end: block.whole(Column::End)[row],
                pins: 0,
            };
            found.push((pins_of(batch, start + row, options.zones()), entry));
        }
    }
    let mut pins: Vec<Pins> = found.iter().map(|(p, _)| p.clone()).collect();
    pins.sort_unstable();
    pins.dedup();
    let mut entries: Vec<CostEntry> =
        found.into_iter().map(|(p, entry)| CostEntry { pins: pins.binary_search(&p).unwrap_or(0), ..entry }).collect();
    entries.sort_by(|a, b| {
        let key = |e: &CostEntry| (e.layer.clone(), e.of_ai, e.start, e.end, e.pins);
        key(a).cmp(&key(b)).then_with(|| a.amount.cmp(&b.amount))
    });
    (entries, pins)
}

fn pins_of(batch: &Batch<'_>, row: usize, zones: Zones) -> Pins {
    let mut pins: Pins = batch
        .dimension_names()
        .filter_map(|name| batch.dimension_text(name, row, zones).map(|value| (name.to_owned(), value)))
        .collect();
    pins.sort_unstable();
    pins
}

/// The contacts that have every pinned value.
pub(super) fn carriers(pins: &Pins, rows: &Rows<'_>) -> u64 {
    pins.iter().fold(rows.closed, |carrying, (name, value)| {
        let dimension = rows.dimension(name);
        rows.among(carrying, |row| dimension.is(row, Some(value)))
    })
}
