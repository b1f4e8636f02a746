//! Sixty-four consecutive rows, decoded: what checks, facts and tallies compute on. A mask has one bit a row.

use super::columns::{Column, Kind};
use super::data::{Batch, Cells, Data};
use super::text::{Amount, NoAmount, Text};
use super::times::{DAYS, Times};
use crate::calendar::{Zones, local_day};
use crate::units::Instant;

/// Rows a block holds.
pub const ROWS: usize = 64;

/// A mask of the first `n` rows.
pub const fn first(n: usize) -> u64 {
    if n >= ROWS { u64::MAX } else { (1 << n) - 1 }
}

/// The rows whose bits are set, lowest first.
pub fn rows_in(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let row = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        (row < ROWS).then_some(row)
    })
}

/// The mask of the rows for which `holds`.
pub fn mask_of(rows: u64, mut holds: impl FnMut(usize) -> bool) -> u64 {
    rows_in(rows).filter(|r| holds(*r)).fold(0, |mask, r| mask | 1 << r)
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
}

/// The most words a column of words can have.
const WORDS: usize = 4;

/// Sixty-four rows of one table.
#[derive(Debug, Clone)]
pub struct Block {
    rows: usize,
    lanes: Vec<Lane>,
    words: Vec<[u64; WORDS]>,
    whole: Vec<[i64; ROWS]>,
    amounts: Vec<[Amount; ROWS]>,
}

/// Where a column's numbers stand: whole numbers and instants in one list, amounts in another.
fn slots() -> &'static ([usize; Column::COUNT], usize, usize) {
    static SLOTS: std::sync::OnceLock<([usize; Column::COUNT], usize, usize)> = std::sync::OnceLock::new();
    SLOTS.get_or_init(|| {
        let (mut slots, mut whole, mut amounts) = ([0; Column::COUNT], 0, 0);
        for (slot, column) in slots.iter_mut().zip(Column::ALL) {
            match column.kind() {
                Kind::Whole(..) | Kind::Instant | Kind::Date => {
                    *slot = whole;
                    whole += 1;
                }
                Kind::Number(..) | Kind::Cost | Kind::Money => {
                    *slot = amounts;
                    amounts += 1;
                }
                _ => {}
            }
        }
        (slots, whole, amounts)
    })
}

impl Default for Block {
    fn default() -> Self {
        let (_, whole, amounts) = slots();
        Self {
            rows: 0,
            lanes: vec![Lane::default(); Column::COUNT],
            words: vec![[0; WORDS]; Column::COUNT],
            whole: vec![[0; ROWS]; *whole],
            amounts: vec![[Amount::default(); ROWS]; *amounts],
        }
    }
}

impl Block {
    /// Decodes some columns of the rows from `start` on.
    pub fn load(&mut self, batch: &Batch<'_>, start: usize, columns: &[Column], zones: Zones) {
        self.rows = batch.rows().saturating_sub(start).min(ROWS);
        let all = first(self.rows);
        for &column in columns {
            self.lanes[column.index()] = Lane::default();
            self.words[column.index()] = [0; WORDS];
            if let Some(cells) = batch.get(column) {
                self.decode(column, cells, start, all, zones);
            }
        }
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
    pub fn lane(&self, column: Column) -> &Lane {
        &self.lanes[column.index()]
    }

    /// Rows that have a value.
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

    /// Whole numbers, or instants in nanoseconds; what stands in an unknown row means nothing.
    pub fn whole(&self, column: Column) -> &[i64; ROWS] {
        &self.whole[slots().0[column.index()]]
    }

    /// Amounts; what stands in an unknown row means nothing.
    pub fn amounts(&self, column: Column) -> &[Amount; ROWS] {
        &self.amounts[slots().0[column.index()]]
    }

    /// Known rows whose whole number is at least `low`.
    pub fn at_least(&self, column: Column, low: i64) -> u64 {
        let values = self.whole(column);
        mask_of(self.known(column), |r| values[r] >= low)
    }

    fn decode(&mut self, column: Column, cells: &Cells<'_>, start: usize, all: u64, zones: Zones) {
        let present = cells.known_word(start) & all;
        let lane = &mut self.lanes[column.index()];
        lane.present = present;
        let slot = slots().0[column.index()];
        match (column.kind(), &cells.data) {
            (_, Data::Nothing) => {}
            (Kind::Text | Kind::Currency, Data::Text(_)) => lane.known = present,
            (Kind::Choice(words), Data::Text(text)) => {
                let masks = &mut self.words[column.index()];
                decode_words(lane, masks, words, text, start, present);
            }
            (Kind::Flag, Data::Flags(bits)) => {
                lane.known = present;
                lane.yes = bits.word(start) & present;
            }
            (Kind::Date, Data::Days(days)) => {
                for row in rows_in(present) {
                    self.whole[slot][row] = days.get(start + row).copied().map_or(0, i64::from);
                }
                lane.out_of_range = mask_of(present, |row| !DAYS.contains(&self.whole[slot][row]));
                lane.known = present & !lane.out_of_range;
            }
            (Kind::Instant | Kind::Date, data @ (Data::Instants { .. } | Data::Days(_))) => {
                if let Some(times) = Times::of(data, zones) {
                    times.decode(lane, &mut self.whole[slot], start, present);
                } else {
                    lane.naive = present;
                }
                if column.kind() == Kind::Date {
                    for row in rows_in(lane.known) {
                        let at = &mut self.whole[slot][row];
                        *at = i64::from(local_day(Instant::from_nanos(*at), zones.report).0);
                    }
                }
            }
            (Kind::Whole(low, high), data) => {
                decode_whole(lane, &mut self.whole[slot], data, start, present, low, high);
            }
            (Kind::Number(low, high), data) => {
                decode_amounts(lane, &mut self.amounts[slot], data, start, present, Some(low), Some(high));
            }
            (Kind::Cost, data) => decode_amounts(lane, &mut self.amounts[slot], data, start, present, Some(0), None),
            (Kind::Money, data) => decode_amounts(lane, &mut self.amounts[slot], data, start, present, None, None),
            _ => lane.wrong_type = present,
        }
    }
}

fn decode_words(
    lane: &mut Lane,
    masks: &mut [u64; WORDS],
    words: &[&str],
    text: &Text<'_>,
    start: usize,
    present: u64,
) {
    for row in rows_in(present) {
        let word = text.get(start + row);
        match words.iter().position(|w| Some(w.as_bytes()) == word) {
            Some(at) => masks[at] |= 1 << row,
            None => lane.unknown_value |= 1 << row,
        }
    }
    lane.known = present & !lane.unknown_value;
}

fn decode_whole(
    lane: &mut Lane,
    out: &mut [i64; ROWS],
    data: &Data<'_>,
    start: usize,
    present: u64,
    low: i64,
    high: i64,
) {
    macro_rules! integers {
        ($values:expr) => {{
            for row in rows_in(present) {
                match $values.get(start + row).map(|v| i64::try_from(*v)) {
                    Some(Ok(value)) => out[row] = value,
                    _ => lane.out_of_range |= 1 << row,
                }
            }
        }};
    }
    let mut fraction = |row: usize, amount: Result<Amount, NoAmount>| match amount.map(Amount::trimmed) {
        Ok(Amount { units, scale: 0 }) => match i64::try_from(units) {
            Ok(value) => out[row] = value,
            Err(_) => lane.out_of_range |= 1 << row,
        },
        Ok(_) | Err(NoAmount::NotANumber) => lane.wrong_type |= 1 << row,
        Err(NoAmount::NotFinite) => lane.not_finite |= 1 << row,
        Err(NoAmount::OutOfRange) => lane.out_of_range |= 1 << row,
    };
    match data {
        Data::I8(v) => integers!(v),
        Data::I16(v) => integers!(v),
        Data::I32(v) => integers!(v),
        Data::I64(v) => integers!(v),
        Data::U8(v) => integers!(v),
        Data::U16(v) => integers!(v),
        Data::U32(v) => integers!(v),
        Data::U64(v) => integers!(v),
        Data::Text(_) | Data::Flags(_) | Data::Instants { .. } | Data::Days(_) | Data::Other(_) => {
            lane.wrong_type = present;
        }
        other => rows_in(present).for_each(|row| fraction(row, whole_at(other, start + row))),
    }
    let readable = present & !(lane.wrong_type | lane.not_finite | lane.out_of_range);
    lane.out_of_range |= mask_of(readable, |row| out[row] < low || out[row] > high);
    lane.known = readable & !lane.out_of_range;
}

/// A row's number as one that should be whole: a tiny float is not rounded to 0, however close it comes.
pub(super) fn whole_at(data: &Data<'_>, row: usize) -> Result<Amount, NoAmount> {
    let fraction = match data {
        Data::F64(v) => v.get(row).is_some_and(|x| x.fract().abs() > 0.0),
        Data::F32(v) => v.get(row).is_some_and(|x| x.fract().abs() > 0.0),
        _ => false,
    };
    if fraction { Err(NoAmount::NotANumber) } else { amount_at(data, row) }
}

fn decode_amounts(
    lane: &mut Lane,
    out: &mut [Amount; ROWS],
    data: &Data<'_>,
    start: usize,
    present: u64,
    low: Option<i64>,
    high: Option<i64>,
) {
    for row in rows_in(present) {
        let bit = 1 << row;
        match amount_at(data, start + row) {
            Ok(amount) => {
                let below = low.is_some_and(|low| amount.cmp_whole(low).is_lt());
                let above = high.filter(|h| *h < i64::MAX).is_some_and(|high| amount.cmp_whole(high).is_gt());
                if below || above {
                    lane.out_of_range |= bit;
                }
                out[row] = amount;
            }
            Err(NoAmount::NotANumber) => lane.wrong_type |= bit,
            Err(NoAmount::NotFinite) => lane.not_finite |= bit,
            Err(NoAmount::OutOfRange) => lane.out_of_range |= bit,
        }
    }
    lane.known = present & !(lane.wrong_type | lane.not_finite | lane.out_of_range);
}

/// A row's number, if it is one that is kept exactly.
pub(super) fn amount_at(data: &Data<'_>, row: usize) -> Result<Amount, NoAmount> {
    fn plain<T: Copy + Into<i128>>(values: &[T], row: usize) -> Result<Amount, NoAmount> {
        values.get(row).map(|v| Amount { units: (*v).into(), scale: 0 }).ok_or(NoAmount::NotANumber)
    }
    match data {
        Data::Decimals(v) => v.get(row).map(|d| Amount::from_decimal(*d)).ok_or(NoAmount::NotANumber),
        Data::Scaled { units, scale } => {
            let units = units.get(row).copied().ok_or(NoAmount::NotANumber)?;
            Amount::scaled(units, *scale)
        }
        Data::Wide { units, scale } => {
            let units = units.get(row).copied().ok_or(NoAmount::NotANumber)?;
            Amount::scaled_wide(units, *scale)
        }
        Data::F64(v) => v.get(row).map_or(Err(NoAmount::NotANumber), |x| Amount::from_f64(*x)),
        Data::F32(v) => v.get(row).map_or(Err(NoAmount::NotANumber), |x| Amount::from_f32(*x)),
        Data::I8(v) => plain(v, row),
        Data::I16(v) => plain(v, row),
        Data::I32(v) => plain(v, row),
        Data::I64(v) => plain(v, row),
        Data::U8(v) => plain(v, row),
        Data::U16(v) => plain(v, row),
        Data::U32(v) => plain(v, row),
        Data::U64(v) => plain(v, row),
        Data::Text(text) => text.get(row).map_or(Err(NoAmount::NotANumber), |t| Amount::parse(t.trim_ascii())),
        Data::Nothing | Data::Flags(_) | Data::Instants { .. } | Data::Days(_) | Data::Other(_) => {
            Err(NoAmount::NotANumber)
        }
    }
}
