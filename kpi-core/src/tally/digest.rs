//! An order-independent digest of rows: each row is hashed by itself, and the hashes are added up. It says whether two
//! parties look at the same rows; it is no defence against somebody who forges them.
//!
//! A row's hash is the sum over its values of value times the column's key, in 128 bits, mixed once at the end. What is
//! not known is nought; whether it is known, flags and words are bits, and sixty-four of those are one more value.

use crate::calendar::Zones;
use crate::facts::rows::Dimension;
use crate::input::block::{Block, ROWS, rows_in};
use crate::input::hash::{self, fold};
use crate::input::numbers::Numbers;
use crate::input::text::Amount;
use crate::input::{Batch, Column, Kind};
use std::borrow::Cow;

/// The sums of two independent hashes of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Digest {
    pub lanes: [u128; 2],
}

/// What a dimension's empty text is told apart from nothing by.
const THERE: u64 = 0x5851_F42D_4C95_7F2D;
const MIXERS: [u64; 4] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0xD6E8_FEB8_6659_FD93, 0xA076_1D64_78BD_642F];

/// The key of a column or of a group of flags.
const fn key(number: u64) -> u64 {
    fold((number + 1) ^ MIXERS[0], MIXERS[3]) | 1
}

/// The rows that are added: a block with its texts hashed, where it was decoded from, and in which zones.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub block: &'s Block,
    pub batch: &'s Batch<'s>,
    pub start: usize,
    pub zones: Zones,
}

type Hashes = [u128; ROWS];

impl Digest {
    pub fn merge(&mut self, other: &Self) {
        for (a, b) in self.lanes.iter_mut().zip(other.lanes) {
            *a = a.wrapping_add(b);
        }
    }

    /// Adds the rows of a block: the columns that are decoded, and dimensions that are none of them by name.
    pub(super) fn add(&mut self, source: &Source<'_>, used: u64, columns: &[Column], by: &[String]) {
        let block = source.block;
        let (mut hashes, mut bits): (Hashes, Vec<u64>) = ([0; ROWS], Vec::with_capacity(2 * columns.len()));
        for &column in columns {
            match column.kind() {
                Kind::Flag => bits.extend([block.yes(column), block.no(column)]),
                Kind::Choice(words) => bits.extend((0..words.len()).map(|word| block.is_word(column, word))),
                _ => {
                    bits.push(block.known(column));
                    add_column(&mut hashes, block, column);
                }
            }
        }
        add_bits(&mut hashes, &bits);
        for name in by.iter().filter(|name| Column::named(source.batch.table(), name).is_none()) {
            add_dimension(&mut hashes, source, used, name);
        }
        for row in rows_in(used) {
            let [low, high] = halves(hashes[row]);
            let two = [fold(low ^ MIXERS[0], high ^ MIXERS[1]), fold(high ^ MIXERS[2], low ^ MIXERS[3])];
            for (lane, hash) in self.lanes.iter_mut().zip(two) {
                *lane = lane.wrapping_add(u128::from(hash));
            }
        }
    }

    /// Anything but 32 bytes reads as nothing.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let lane = |at: usize| bytes.get(at..at + 16).and_then(|b| b.try_into().ok()).map_or(0, u128::from_le_bytes);
        Self { lanes: [lane(0), lane(16)] }
    }

    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(self.lanes.iter().flat_map(|l| l.to_le_bytes())) {
            *to = from;
        }
        bytes
    }
}

fn key_of(column: Column) -> u64 {
    key(column.index() as u64)
}

fn halves(wide: u128) -> [u64; 2] {
    [wide, wide >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0))
}

/// A column in which fewer rows than this have a value is gone through value by value.
const FEW: u32 = 16;

fn add_column(hashes: &mut Hashes, block: &Block, column: Column) {
    let known = block.known(column);
    if known == 0 {
        return;
    }
    let (values, key) = (canonical_of(block, column), u128::from(key_of(column)));
    if known.count_ones() < FEW {
        for row in rows_in(known) {
            hashes[row] = hashes[row].wrapping_add(u128::from(values[row].cast_unsigned()) * key);
        }
        return;
    }
    for (hash, value) in hashes.iter_mut().zip(values.iter()) {
        *hash = hash.wrapping_add(u128::from(value.cast_unsigned()) * key);
    }
}

/// Places at which decimals are hashed, so that 1.5 and 1.50 are one.
const PLACES: u8 = 12;

/// A column's values as numbers that do not depend on how they are written.
fn canonical_of(block: &Block, column: Column) -> Cow<'_, [i64; ROWS]> {
    if !matches!(column.kind(), Kind::Number(..) | Kind::Cost | Kind::Money) {
        return Cow::Borrowed(block.whole(column));
    }
    match block.numbers(column) {
        Numbers::Plain { units, scale } if scale == PLACES => units,
        Numbers::Plain { units, scale } if scale < PLACES => {
            let step = 10_i64.pow(u32::from(PLACES - scale));
            Cow::Owned(units.map(|unit| unit.wrapping_mul(step)))
        }
        numbers => {
            let mut values = [0; ROWS];
            rows_in(block.known(column)).for_each(|row| values[row] = canonical(numbers.amount(row)));
            Cow::Owned(values)
        }
    }
}

/// One number for a decimal, whatever scale it is written at.
fn canonical(amount: Amount) -> i64 {
    let amount = amount.trimmed();
    let [low, high] = match PLACES.checked_sub(amount.scale) {
        Some(more) => halves(amount.units.wrapping_mul(10_i128.pow(u32::from(more))).cast_unsigned()),
        None => halves(amount.units.cast_unsigned()),
    };
    if amount.scale <= PLACES {
        low.cast_signed()
    } else {
        fold(low ^ u64::from(amount.scale), high ^ MIXERS[2]).cast_signed()
    }
}

/// The groups of flags have keys behind those of all columns.
fn add_bits(hashes: &mut Hashes, bits: &[u64]) {
    for (group, masks) in bits.chunks(ROWS).enumerate() {
        let mut words = [0_u64; ROWS];
        for (at, eight) in masks.chunks(8).enumerate() {
            for (word, byte) in words.iter_mut().zip(bytes_of_rows(eight)) {
                *word |= u64::from(byte) << (8 * at);
            }
        }
        let key = key(512 + group as u64);
        for (hash, word) in hashes.iter_mut().zip(words) {
            *hash = hash.wrapping_add(u128::from(word) * u128::from(key));
        }
    }
}

/// Up to eight masks of rows as one byte for each row, the first mask in the lowest bit.
pub(super) fn bytes_of_rows(masks: &[u64]) -> [u8; ROWS] {
    let mut bytes = [0; ROWS];
    for (at, eight) in bytes.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        let mut square = 0_u64;
        for (line, mask) in masks.iter().take(8).enumerate() {
            square |= (mask >> (8 * at) & 0xFF) << (8 * line);
        }
        *eight = turned(square).to_le_bytes();
    }
    bytes
}

/// Eight bytes of eight bits with rows and columns exchanged, by swapping ever larger corners.
const fn turned(mut square: u64) -> u64 {
    let mut swap = (square ^ square >> 7) & 0x00AA_00AA_00AA_00AA;
    square ^= swap ^ swap << 7;
    swap = (square ^ square >> 14) & 0x0000_CCCC_0000_CCCC;
    square ^= swap ^ swap << 14;
    swap = (square ^ square >> 28) & 0x0000_0000_F0F0_F0F0;
    square ^ swap ^ swap << 28
}

fn add_dimension(hashes: &mut Hashes, source: &Source<'_>, used: u64, name: &str) {
    let key = fold(hash::text(name.as_bytes()) ^ MIXERS[1], MIXERS[2]) | 1;
    let dimension = Dimension::of(source.batch, name, source.start, source.zones);
    for row in rows_in(used) {
        if let Some(value) = dimension.with_bytes(row, hash::text) {
            hashes[row] = hashes[row].wrapping_add(u128::from(value.wrapping_add(THERE)) * u128::from(key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_gets_its_own_bits() {
        let masks: Vec<u64> = (0..8).map(|n| 0x9E37_79B9_7F4A_7C15_u64.rotate_left(7 * n)).collect();
        for (row, byte) in bytes_of_rows(&masks).into_iter().enumerate() {
            for (at, mask) in masks.iter().enumerate() {
                assert_eq!(u64::from(byte) >> at & 1, mask >> row & 1, "row {row}, mask {at}");
            }
        }
        assert_eq!(bytes_of_rows(&masks[..1])[0], u8::from(masks[0] & 1 == 1));
    }

    #[test]
    fn a_decimal_is_one_number_at_any_scale() {
        for (units, scale) in [(15, 1), (-7, 0), (123_456_789_012_345, 14), (1, 28), (i128::from(i64::MAX) * 9, 2)] {
            let amount = Amount { units, scale };
            let longer = Amount { units: units * 10, scale: scale + 1 };
            if scale < 28 {
                assert_eq!(canonical(amount), canonical(longer), "{units} at {scale}");
            }
        }
        assert_ne!(canonical(Amount { units: 1, scale: 13 }), canonical(Amount { units: 1, scale: 14 }));
    }
}
