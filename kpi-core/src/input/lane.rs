//! One column while it is being written, row by row.

use super::columns::Kind;
use super::data::{Bits, Cells, Data};
use super::text::Text;
use rust_decimal::Decimal;

/// One bit a row, lowest first.
#[derive(Debug, Default)]
pub(super) struct Mask {
    words: Vec<u64>,
    rows: usize,
}

impl Mask {
    /// How many rows there are so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row.
    #[inline]
    pub fn push(&mut self, bit: bool) {
        let at = self.rows % 64;
        self.rows += 1;
        match self.words.last_mut() {
            Some(word) if at > 0 => *word |= u64::from(bit) << at,
            _ => self.words.push(u64::from(bit)),
        }
    }

    /// Adds at most 64 rows, the first one lowest; bits behind them are not set.
    #[inline]
    pub fn extend(&mut self, bits: u64, rows: usize) {
        if self.rows.is_multiple_of(64) && rows > 0 {
            self.words.push(bits);
            self.rows += rows;
        } else {
            (0..rows).for_each(|at| self.push(bits >> at & 1 == 1));
        }
    }

    /// Adds rows whose bits are not set.
    pub fn skip(&mut self, rows: usize) {
        self.rows += rows;
        self.words.resize(self.rows.div_ceil(64), 0);
    }

    /// Whether no bit is set.
    fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    fn finish(self) -> Bits<'static> {
        let mut bytes: Vec<u8> = self.words.iter().flat_map(|word| word.to_le_bytes()).collect();
        bytes.truncate(self.rows.div_ceil(8));
        Bits::new(bytes, 0)
    }
}

/// The values of a column; what stands in an empty row means nothing.
pub(super) enum Values {
    Text { offsets: Vec<i64>, bytes: Vec<u8> },
    Words { codes: Vec<u32>, words: &'static [&'static str] },
    Flags(Mask),
    Whole(Vec<i64>),
    Instants(Vec<i64>),
    Days(Vec<i32>),
    Decimals(Vec<Decimal>),
}

/// A column that is being written: its values, and which rows have one.
pub(super) struct Lane {
    pub values: Values,
    pub known: Mask,
}

impl Lane {
    /// A column of this kind.
    pub fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text | Kind::Choice(_) | Kind::Currency => Values::Text { offsets: vec![0], bytes: Vec::new() },
            Kind::Flag => Values::Flags(Mask::default()),
            Kind::Whole(..) => Values::Whole(Vec::new()),
            Kind::Instant => Values::Instants(Vec::new()),
            Kind::Date => Values::Days(Vec::new()),
            Kind::Number(..) | Kind::Cost | Kind::Money => Values::Decimals(Vec::new()),
        };
        Self::of(values)
    }

    /// A column of values that has no row so far.
    pub fn of(values: Values) -> Self {
        Self { values, known: Mask::default() }
    }

    /// How many rows have been written, empty ones included.
    #[inline]
    pub fn rows(&self) -> usize {
        self.known.rows()
    }

    /// Adds empty rows until there are so many.
    #[inline]
    pub fn fill_to(&mut self, rows: usize) {
        if self.rows() < rows {
            self.skip(rows - self.rows());
        }
    }

    fn skip(&mut self, missing: usize) {
        self.known.skip(missing);
        match &mut self.values {
            Values::Text { offsets, bytes } => {
                let end = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
                offsets.resize(offsets.len() + missing, end);
            }
            Values::Words { codes, .. } => codes.resize(codes.len() + missing, 0),
            Values::Flags(v) => v.skip(missing),
            Values::Whole(v) | Values::Instants(v) => v.resize(v.len() + missing, 0),
            Values::Days(v) => v.resize(v.len() + missing, 0),
            Values::Decimals(v) => v.resize(v.len() + missing, Decimal::ZERO),
        }
    }

    /// Adds a row with a text, if that is what the column holds.
    #[inline]
    pub fn push_text(&mut self, text: &str) {
        if let Values::Text { offsets, bytes } = &mut self.values {
            bytes.extend_from_slice(text.as_bytes());
            offsets.push(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
            self.known.push(true);
        }
    }

    /// The column of a batch that has so many rows.
    pub fn finish(mut self, rows: usize) -> Cells<'static> {
        if self.known.is_empty() {
            return Cells { data: Data::Nothing, known: None };
        }
        self.fill_to(rows);
        let data = match self.values {
            Values::Text { offsets, bytes } => Data::Text(Text::Long { offsets: offsets.into(), bytes: bytes.into() }),
            Values::Words { codes, words } => {
                Data::Text(Text::Coded { codes: codes.into(), words: Box::new(Text::collect(words)) })
            }
            Values::Flags(v) => Data::Flags(v.finish()),
            Values::Whole(v) => Data::I64(v.into()),
            Values::Instants(v) => Data::Instants { values: v.into(), nanos_per_unit: 1, naive: false },
            Values::Days(v) => Data::Days(v.into()),
            Values::Decimals(v) => Data::Decimals(v.into()),
        };
        Cells { data, known: Some(self.known.finish()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_mask_is_packed_as_booleans_are(flags in prop::collection::vec(any::<bool>(), 0..200), gap in 0..150_usize) {
            let (mut mask, mut all) = (Mask::default(), flags.clone());
            for flag in &flags {
                mask.push(*flag);
            }
            mask.skip(gap);
            all.resize(flags.len() + gap, false);
            for flag in &flags {
                mask.push(*flag);
            }
            all.extend(&flags);
            mask.extend(u64::MAX >> 27, 37);
            all.resize(all.len() + 37, true);
            prop_assert_eq!((mask.rows(), mask.is_empty()), (all.len(), !all.contains(&true)));
            prop_assert_eq!(mask.finish(), Bits::pack(&all));
        }
    }
}
