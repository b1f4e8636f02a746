//! Text columns in the layouts that Arrow and this library's own readers use.

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

fn view<'v>(views: &'v [u128], buffers: &'v [Cow<'_, [u8]>], row: usize) -> Option<&'v [u8]> {
    let view = views.get(row)?;
    let part = |shift: u32| usize::try_from(view >> shift & 0xFFFF_FFFF).unwrap_or(usize::MAX);
    let len = part(0);
    if len <= 12 {
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
