//! Sixty-four consecutive rows, decoded: what checks, facts and tallies compute on. A mask has one bit a row.

use super::codes::Codes;
use super::columns::{Column, Kind};
use super::data::{Batch, Cells, Data};
use super::decode;
use super::numbers::Numbers;
use super::text::Amount;
use super::times::{DAYS, Times};
use crate::calendar::{Zones, local_day};
use crate::units::Instant;
use std::borrow::Cow;

/// Rows a block holds.
pub const ROWS: usize = 64;

/// A mask of the first `n` rows.
pub const fn first(n: usize) -> u64 {
    if n >= ROWS { u64::MAX } else { (1 << n) - 1 }
}

/// The rows whose bits are set, lowest first.
#[inline]
pub fn rows_in(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let row = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        (row < ROWS).then_some(row)
    })
}

/// The mask of the rows for which `holds`.
#[inline]
pub fn mask_of(rows: u64, mut holds: impl FnMut(usize) -> bool) -> u64 {
    rows_in(rows).filter(|r| holds(*r)).fold(0, |mask, r| mask | 1 << r)
}

/// The mask of all rows for which `holds`, asked of every row: eight answers become eight bits by one multiplication.
#[inline]
pub fn bits_of(holds: impl Fn(usize) -> bool) -> u64 {
    let mut answers = [0_u8; ROWS];
    for (row, answer) in answers.iter_mut().enumerate() {
        *answer = u8::from(holds(row));
    }
    let mut mask = 0;
    for (at, eight) in answers.as_chunks::<8>().0.iter().enumerate() {
        mask |= u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56 << (8 * at);
    }
    mask
}

/// The same where hardly ever a row holds: whether any does is asked first, which takes no more than a look at each.
#[inline]
pub fn rare_bits_of(holds: impl Fn(usize) -> bool) -> u64 {
    let mut any = false;
    for row in 0..ROWS {
        any |= holds(row);
    }
    if any { bits_of(holds) } else { 0 }
}

/// Does something for each row of the mask; quicker where all are.
#[inline]
pub fn for_each_row(mask: u64, mut act: impl FnMut(usize)) {
    if mask == u64::MAX {
        for row in 0..ROWS {
            act(row);
        }
    } else {
        rows_in(mask).for_each(act);
    }
}

/// One column of a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lane {
    /// Rows in which anything stands, readable or not.
    pub present: u64,
    /// Rows that have a value that can be read and lies in range.
    pub known: u64,
    /// Rows where the flag is true; for words, see [`Block::is_word`].
    pub yes: u64,
    /// Rows whose value is of another type.
    pub wrong_type: u64,
    /// Rows whose value is NaN or infinite.
    pub not_finite: u64,
    /// Rows whose value lies outside the column's range.
    pub out_of_range: u64,
    /// Rows whose word is none of the column's.
    pub unknown_value: u64,
    /// Rows whose time has no zone, while none was given.
    pub naive: u64,
    /// Of integers that stand for decimals: how many of their digits stand behind the point.
    scale: u8,
}

impl Lane {
    /// Whether nothing is wrong with any row.
    pub const fn is_sound(&self) -> bool {
        self.wrong_type | self.not_finite | self.out_of_range | self.unknown_value | self.naive == 0
    }
}

/// The most words a column of words can have.
const WORDS: usize = 4;

/// Sixty-four rows of one table.
#[derive(Debug, Clone)]
pub struct Block {
    rows: usize,
    lanes: Vec<Lane>,
    words: Vec<[u64; WORDS]>,
    /// Whole numbers, instants, days, the digits of decimals, the hashes of texts. Nought in rows that are not known.
    values: Vec<[i64; ROWS]>,
    /// Of columns of decimals that are no integers of one scale.
    mixed: Vec<Option<Box<[Amount; ROWS]>>>,
}

impl Default for Block {
    fn default() -> Self {
        Self {
            rows: 0,
            lanes: vec![Lane::default(); Column::COUNT],
            words: vec![[0; WORDS]; Column::COUNT],
            values: vec![[0; ROWS]; Column::COUNT],
            mixed: vec![None; Column::COUNT],
        }
    }
}

impl Block {
    /// Decodes some columns of the rows from `start` on.
    pub fn load(&mut self, batch: &Batch<'_>, start: usize, columns: &[Column], zones: Zones) {
        self.rows = batch.rows().saturating_sub(start).min(ROWS);
        let all = first(self.rows);
        for &column in columns {
            self.forget(column);
            if let Some(cells) = batch.get(column) {
                self.decode(column, cells, start, all, zones);
            }
        }
    }

    /// Puts the number of each text ([`super::hash::text`]) where whole numbers stand, for rows of the mask. Columns of
    /// anything else are left as they are, also where their values were written as text.
    pub fn hash_texts(&mut self, batch: &Batch<'_>, start: usize, columns: &[Column], rows: u64) {
        for &column in columns.iter().filter(|c| matches!(c.kind(), Kind::Text | Kind::Currency)) {
            if let Some(Data::Text(text)) = batch.get(column).map(|cells| &cells.data) {
                text.hashes(start, self.known(column) & rows, &mut self.values[column.index()]);
            }
        }
    }

    /// The same for one column, along with the numbers of its texts in a list of distinct ones; nought for rows without.
    pub fn code_texts(
        &mut self,
        batch: &Batch<'_>,
        start: usize,
        column: Column,
        rows: u64,
        codes: &mut Codes,
        out: &mut [u32; ROWS],
    ) {
        if let Some(Data::Text(text)) = batch.get(column).map(|cells| &cells.data) {
            let known = self.known(column) & rows;
            codes.of_rows(text, start, known, out);
            let hashes = &mut self.values[column.index()];
            for_each_row(known, |row| hashes[row] = codes.hash(out[row]).cast_signed());
        }
    }

    /// Empties a column.
    pub fn forget(&mut self, column: Column) {
        let at = column.index();
        if self.lanes[at].known != 0 {
            self.values[at] = [0; ROWS];
        }
        self.lanes[at] = Lane::default();
        self.words[at] = [0; WORDS];
        self.mixed[at] = None;
    }

    /// Notes a cell that could not be read: something stands there, though no value is known.
    pub fn mark_unreadable(&mut self, column: Column, row: usize) {
        self.lanes[column.index()].present |= 1 << row;
    }

    /// How many rows the block has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The mask of all its rows.
    pub fn all(&self) -> u64 {
        first(self.rows)
    }

    /// A column's masks.
    #[inline]
    pub fn lane(&self, column: Column) -> &Lane {
        &self.lanes[column.index()]
    }

    /// Rows that have a value.
    #[inline]
    pub fn known(&self, column: Column) -> u64 {
        self.lanes[column.index()].known
    }

    /// Rows where a flag is true.
    pub fn yes(&self, column: Column) -> u64 {
        let lane = &self.lanes[column.index()];
        lane.yes & lane.known
    }

    /// Rows where a flag is false (and not absent).
    pub fn no(&self, column: Column) -> u64 {
        let lane = &self.lanes[column.index()];
        lane.known & !lane.yes
    }

    /// Rows that hold the column's word of this place in its list.
    pub fn is_word(&self, column: Column, word: usize) -> u64 {
        self.words[column.index()].get(word).copied().unwrap_or(0)
    }

    /// Whole numbers, instants in nanoseconds, or the hashes of texts; nought in rows that are not known.
    #[inline]
    pub fn whole(&self, column: Column) -> &[i64; ROWS] {
        &self.values[column.index()]
    }

    /// The numbers of a column of any kind of numbers.
    pub fn numbers(&self, column: Column) -> Numbers<'_> {
        let at = column.index();
        match &self.mixed[at] {
            Some(amounts) => Numbers::Mixed(Cow::Borrowed(amounts)),
            None => Numbers::Plain { units: Cow::Borrowed(&self.values[at]), scale: self.lanes[at].scale },
        }
    }

    /// One row's decimal; nought where it is not known.
    pub fn amount(&self, column: Column, row: usize) -> Amount {
        self.numbers(column).amount(row)
    }

    /// Known rows whose whole number is at least `low`.
    pub fn at_least(&self, column: Column, low: i64) -> u64 {
        let (values, known) = (self.whole(column), self.known(column));
        if known == 0 { 0 } else { bits_of(|row| values[row] >= low) & known }
    }

    fn decode(&mut self, column: Column, cells: &Cells<'_>, start: usize, all: u64, zones: Zones) {
        let present = cells.known_word(start) & all;
        let at = column.index();
        let (lane, values) = (&mut self.lanes[at], &mut self.values[at]);
        lane.present = present;
        if present == 0 {
            return;
        }
        match (column.kind(), &cells.data) {
            (_, Data::Nothing) => {}
            (Kind::Text | Kind::Currency, Data::Text(_)) => lane.known = present,
            (Kind::Choice(words), Data::Text(text)) => {
                let masks = text.matches::<WORDS>(start, present, words);
                lane.known = masks.iter().fold(0, |any, mask| any | mask);
                lane.unknown_value = present & !lane.known;
                self.words[at] = masks;
            }
            (Kind::Flag, Data::Flags(bits)) => {
                lane.known = present;
                lane.yes = bits.word(start) & present;
            }
            (Kind::Date, Data::Days(days)) => {
                for row in rows_in(present) {
                    values[row] = days.get(start + row).copied().map_or(0, i64::from);
                }
                lane.out_of_range = mask_of(present, |row| !DAYS.contains(&values[row]));
                lane.known = present & !lane.out_of_range;
            }
            (Kind::Instant | Kind::Date, data @ (Data::Instants { .. } | Data::Days(_))) => {
                if let Some(times) = Times::of(data, zones) {
                    times.decode(lane, values, start, present);
                } else {
                    lane.naive = present;
                }
                if column.kind() == Kind::Date {
                    for row in rows_in(lane.known) {
                        values[row] = i64::from(local_day(Instant::from_nanos(values[row]), zones.report).0);
                    }
                }
            }
            (Kind::Whole(low, high), data) => decode::whole(lane, values, data, start, present, (low, high)),
            (Kind::Number(..) | Kind::Cost | Kind::Money, data) => {
                let (low, high) = match column.kind() {
                    Kind::Number(low, high) => (Some(low), Some(high).filter(|high| *high < i64::MAX)),
                    Kind::Cost => (Some(0), None),
                    _ => (None, None),
                };
                let amounts = decode::amounts(lane, values, data, start, present, (low, high));
                lane.scale = amounts.scale;
                self.mixed[at] = amounts.mixed;
            }
            _ => lane.wrong_type = present,
        }
        decode::clear(values, self.lanes[at].known);
    }
}
