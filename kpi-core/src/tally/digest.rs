//! An order-independent digest of rows: each row is hashed by itself, and the hashes are added up. It says whether two
//! parties look at the same rows; it is no defence against somebody who forges them.

use crate::calendar::Zones;
use crate::facts::rows::Dimension;
use crate::input::block::{Block, ROWS, rows_in};
use crate::input::{Batch, Column, Data, Kind};

/// The sum of row hashes in two independent lanes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Digest {
    pub lanes: [u128; 2],
}

const SEEDS: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F];

fn mix(hash: u64, word: u64) -> u64 {
    let x = (hash ^ word).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    (x ^ x >> 32).wrapping_mul(0xC4CE_B9FE_1A85_EC53).rotate_left(27)
}

fn mix_bytes(mut hash: u64, bytes: &[u8]) -> u64 {
    hash = mix(hash, bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        hash = mix(hash, u64::from_le_bytes(word));
    }
    hash
}

/// The rows that are added: a block, where it was decoded from, and in which zones.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub block: &'s Block,
    pub batch: &'s Batch<'s>,
    pub start: usize,
    pub zones: Zones,
}

impl Digest {
    pub fn merge(&mut self, other: &Self) {
        for (a, b) in self.lanes.iter_mut().zip(other.lanes) {
            *a = a.wrapping_add(b);
        }
    }

    /// Adds the rows of a block: the columns that are decoded, and dimensions by name.
    pub(super) fn add(&mut self, source: &Source<'_>, used: u64, columns: &[Column], by: &[String]) {
        let Source { block, batch, start, zones } = *source;
        let mut hashes = [[0_u64; 2]; ROWS];
        for row in rows_in(used) {
            hashes[row] = SEEDS;
        }
        for &column in columns {
            let mark = column.index() as u64 + 1;
            for row in rows_in(block.known(column) & used) {
                for hash in &mut hashes[row] {
                    *hash = mix_value(mix(*hash, mark), block, batch, column, start, row);
                }
            }
        }
        for name in by {
            let dimension = Dimension::of(batch, name, start, zones);
            for row in rows_in(used) {
                dimension.with_bytes(row, |text| {
                    for hash in &mut hashes[row] {
                        *hash = mix_bytes(mix_bytes(*hash, name.as_bytes()), text);
                    }
                });
            }
        }
        for row in rows_in(used) {
            for (lane, hash) in self.lanes.iter_mut().zip(hashes[row]) {
                *lane = lane.wrapping_add(u128::from(mix(hash, hash >> 29)) | u128::from(mix(hash, 0x5851_F42D)) << 64);
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

fn mix_value(hash: u64, block: &Block, batch: &Batch<'_>, column: Column, start: usize, row: usize) -> u64 {
    match column.kind() {
        Kind::Text | Kind::Currency | Kind::Choice(_) => match batch.get(column).map(|c| &c.data) {
            Some(Data::Text(text)) => mix_bytes(hash, text.get(start + row).unwrap_or_default()),
            _ => hash,
        },
        Kind::Flag => mix(hash, block.yes(column) >> row & 1),
        Kind::Whole(..) | Kind::Instant | Kind::Date => mix(hash, block.whole(column)[row].cast_unsigned()),
        Kind::Number(..) | Kind::Cost | Kind::Money => {
            let amount = block.amounts(column)[row].trimmed();
            let [low, high] =
                [0, 64].map(|shift| u64::try_from(amount.units.cast_unsigned() >> shift & u128::from(u64::MAX)));
            mix(mix(mix(hash, low.unwrap_or(0)), high.unwrap_or(0)), u64::from(amount.scale))
        }
    }
}
