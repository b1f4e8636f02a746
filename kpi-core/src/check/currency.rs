//! Rows' currencies: whether they are some, and whether they are the report's.

use crate::input::block::rows_in;
use crate::input::{Batch, Column, Data};
use crate::units::is_currency;

/// The currency that rows must be in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OwnCurrency {
    /// Any, as long as all rows have it.
    #[default]
    Any,
    /// This one.
    Is(String),
    /// None can be right: rows name several, and nobody said which is meant.
    Undecided,
}

impl OwnCurrency {
    fn allows(&self, code: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Is(own) => own.as_bytes() == code,
            Self::Undecided => false,
        }
    }
}

/// The texts that stood in the column so far, and whether each is a currency. They are few, so the last is tried first.
#[derive(Debug, Default)]
pub(super) struct Currencies {
    known: Vec<(Vec<u8>, bool)>,
    last: usize,
}

impl Currencies {
    /// The currencies among them.
    pub fn seen(&self) -> impl Iterator<Item = &str> {
        self.known.iter().filter(|(_, is)| *is).filter_map(|(code, _)| std::str::from_utf8(code).ok())
    }

    /// Of some rows of a block: those whose text is no currency, and those whose currency is not the one it must be.
    pub fn judge(&mut self, batch: &Batch<'_>, start: usize, rows: u64, own: &OwnCurrency) -> (u64, u64) {
        let Some(Data::Text(text)) = batch.get(Column::Currency).map(|c| &c.data) else { return (0, 0) };
        let (mut unknown, mut wrong) = (0, 0);
        for row in rows_in(rows) {
            let code = text.get(start + row).unwrap_or_default();
            if !self.is_currency(code) {
                unknown |= 1 << row;
            } else if !own.allows(code) {
                wrong |= 1 << row;
            }
        }
        (unknown, wrong)
    }

    fn is_currency(&mut self, code: &[u8]) -> bool {
        if let Some((_, is)) = self.known.get(self.last).filter(|(known, _)| known == code) {
            return *is;
        }
        if let Some(at) = self.known.iter().position(|(known, _)| known == code) {
            self.last = at;
            return self.known[at].1;
        }
        let is = std::str::from_utf8(code).is_ok_and(is_currency);
        // What is no currency may be anything, so it is not kept for long.
        if is || self.known.len() < 32 {
            self.last = self.known.len();
            self.known.push((code.to_vec(), is));
        }
        is
    }
}
