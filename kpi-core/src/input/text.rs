//! Text columns in the layouts that Arrow and this library's own readers use.

use super::block::{ROWS, for_each_row, rows_in};
use super::hash;
pub use crate::units::amount::{Amount, MAX_SCALE, NoAmount, scaled_to_text};
use std::borrow::Cow;

/// The texts of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text<'a> {
    /// One run of bytes, cut by 32-bit offsets.
    Short {
        /// Where each row's text starts; one more entry than rows.
        offsets: Cow<'a, [i32]>,
        /// All texts, one after the other.
        bytes: Cow<'a, [u8]>,
    },
    /// One run of bytes, cut by 64-bit offsets.
    Long {
        /// Where each row's text starts; one more entry than rows.
        offsets: Cow<'a, [i64]>,
        /// All texts, one after the other.
        bytes: Cow<'a, [u8]>,
    },
    /// Arrow's string views: short texts inline, long ones in buffers.
    Views {
        /// Length, then text or prefix, buffer and offset.
        views: Cow<'a, [u128]>,
        /// The buffers that long texts stand in.
        buffers: Vec<Cow<'a, [u8]>>,
    },
    /// Codes into a list of distinct texts.
    Coded {
        /// Each row's place in `words`.
        codes: Cow<'a, [u32]>,
        /// The distinct texts.
        words: Box<Self>,
    },
}

impl Text<'_> {
    /// The text of one row as UTF-8 bytes.
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Short { offsets, bytes } => {
                let (from, to) = (*offsets.get(row)?, *offsets.get(row + 1)?);
                bytes.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
            }
            Self::Long { offsets, bytes } => {
                let (from, to) = (*offsets.get(row)?, *offsets.get(row + 1)?);
                bytes.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
            }
            Self::Views { views, buffers } => view(views, buffers, row),
            Self::Coded { codes, words } => words.get(*codes.get(row)? as usize),
        }
    }

    /// The number of each text of a block ([`hash::text`]), of the rows of the mask.
    pub(crate) fn hashes(&self, start: usize, rows: u64, out: &mut [i64; ROWS]) {
        self.each(start, rows, |row, found| {
            out[row] = match found {
                Found::Short(halves, len) => hash::short(halves, len),
                Found::Long(bytes) => hash::text(bytes),
            }
            .cast_signed();
        });
    }

    /// For each of a few words of at most 15 bytes, the rows of the mask that hold it.
    pub(super) fn matches<const WORDS: usize>(&self, start: usize, rows: u64, words: &[&str]) -> [u64; WORDS] {
        // The length stands where no byte of a word does, so one comparison is enough.
        let key = |bytes: u128, len: usize| bytes | (len as u128) << 120;
        let mut wanted = [u128::MAX; WORDS];
        for (place, word) in wanted.iter_mut().zip(words) {
            *place = key(hash::padded(word.as_bytes()), word.len());
        }
        let wanted = wanted.get(..words.len()).unwrap_or(&wanted);
        let mut masks = [0; WORDS];
        self.each(start, rows, |row, found| {
            if let Found::Short([bytes, _], len) = found {
                let found = key(bytes, len);
                for (mask, word) in masks.iter_mut().zip(wanted) {
                    *mask |= u64::from(*word == found) << row;
                }
            }
        });
        masks
    }

    /// Looks at the texts of a block's rows; one that cannot be found is as good as none.
    pub(crate) fn each(&self, start: usize, rows: u64, mut look: impl FnMut(usize, Found<'_>)) {
        match self {
            Self::Short { offsets, bytes } => {
                let ends = offsets.get(start..).unwrap_or_default();
                let ends = ends.get(..=ROWS).unwrap_or(ends);
                for_each_row(rows, |row| {
                    if let (Some(from), Some(to)) = (ends.get(row), ends.get(row + 1)) {
                        look(row, found(bytes, usize::try_from(*from), usize::try_from(*to)));
                    }
                });
            }
            Self::Long { offsets, bytes } => {
                let ends = offsets.get(start..).unwrap_or_default();
                let ends = ends.get(..=ROWS).unwrap_or(ends);
                for_each_row(rows, |row| {
                    if let (Some(from), Some(to)) = (ends.get(row), ends.get(row + 1)) {
                        look(row, found(bytes, usize::try_from(*from), usize::try_from(*to)));
                    }
                });
            }
            Self::Views { views, buffers } => {
                for row in rows_in(rows) {
                    let Some(view) = views.get(start + row) else { continue };
                    let len = usize::try_from(view & 0xFFFF_FFFF).unwrap_or(usize::MAX);
                    if len <= INLINE {
                        look(row, Found::Short([view >> 32 & LOWEST[len], 0], len));
                    } else if let Some(text) = self::view(views, buffers, start + row) {
                        look(row, found(text, Ok::<_, ()>(0), Ok(text.len())));
                    }
                }
            }
            Self::Coded { codes, words } => {
                for row in rows_in(rows) {
                    if let Some(text) = codes.get(start + row).and_then(|code| words.get(*code as usize)) {
                        look(row, found(text, Ok::<_, ()>(0), Ok(text.len())));
                    }
                }
            }
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Short { offsets, .. } => offsets.len().saturating_sub(1),
            Self::Long { offsets, .. } => offsets.len().saturating_sub(1),
            Self::Views { views, .. } => views.len(),
            Self::Coded { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A column that owns its texts.
    pub fn collect<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Text<'static> {
        let (mut offsets, mut bytes) = (vec![0_i64], Vec::new());
        for text in texts {
            bytes.extend_from_slice(text.as_ref().as_bytes());
            offsets.push(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        }
        Text::Long { offsets: offsets.into(), bytes: bytes.into() }
    }
}

/// The longest text that stands in its view.
const INLINE: usize = 12;

/// For each length up to 16, the bits of that many lowest bytes.
const LOWEST: [u128; 17] = {
    let mut masks = [0; 17];
    let mut len = 1;
    while len <= 16 {
        masks[len] = u128::MAX >> (128 - 8 * len);
        len += 1;
    }
    masks
};

/// A text as [`Text::each`] finds it.
pub(crate) enum Found<'t> {
    /// At most 32 bytes, with zeros behind them, and how many.
    Short([u128; 2], usize),
    Long(&'t [u8]),
}

/// The longest text that is found as numbers.
const SHORT: usize = 32;

/// Reads past the end of a short text, where that is still within the column, and cuts it off again: quicker than
/// copying as many bytes as there are.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call for each text, and the way back through memory, is half of what it costs"
)]
fn found<E>(bytes: &[u8], from: Result<usize, E>, to: Result<usize, E>) -> Found<'_> {
    let (Ok(from), Ok(to)) = (from, to) else { return Found::Long(&[]) };
    let len = to.wrapping_sub(from);
    if len > SHORT {
        return Found::Long(bytes.get(from..to).unwrap_or_default());
    }
    let half = |at: usize, len: usize| match bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        Some(sixteen) => u128::from_le_bytes(*sixteen) & LOWEST[len],
        None => hash::padded(bytes.get(at..at + len).unwrap_or_default()),
    };
    if len <= 16 {
        Found::Short([half(from, len), 0], len)
    } else {
        Found::Short([half(from, 16), half(from + 16, len - 16)], len)
    }
}

fn view<'v>(views: &'v [u128], buffers: &'v [Cow<'_, [u8]>], row: usize) -> Option<&'v [u8]> {
    let view = views.get(row)?;
    let part = |shift: u32| usize::try_from(view >> shift & 0xFFFF_FFFF).unwrap_or(usize::MAX);
    let len = part(0);
    if len <= INLINE {
        // The inline text stands behind the length in the view's own memory, lowest byte first.
        let at = row * 16 + 4;
        return bytes_of(views).get(at..at + len);
    }
    let from = part(96);
    buffers.get(part(64))?.get(from..from + len)
}

fn bytes_of(views: &[u128]) -> &[u8] {
    bytemuck::cast_slice(views)
}
