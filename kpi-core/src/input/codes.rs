//! Texts that come up again and again as small numbers: labels, agents, issues.

use super::block::{ROWS, rows_in};
use super::hash;
use super::text::{Found, Text};

/// One text that has a number.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    /// The text itself if it is short, with zeros behind it.
    short: [u128; 2],
    at: usize,
    len: usize,
}

/// The distinct texts of a column in the order in which they first came up, counted from 1; 0 is no text.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    /// Open addressing: codes, at the place that the hash says or the next free one after it. A power of two of places.
    places: Vec<u32>,
}

impl Codes {
    /// How many distinct texts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The text of a code.
    pub fn text(&self, code: u32) -> Option<&[u8]> {
        let entry = self.entries.get((code as usize).checked_sub(1)?)?;
        self.bytes.get(entry.at..entry.at + entry.len)
    }

    /// The hash of a code's text; nought for no text.
    #[inline]
    pub fn hash(&self, code: u32) -> u64 {
        self.entries.get((code as usize).wrapping_sub(1)).map_or(0, |entry| entry.hash)
    }

    /// Each text, in the order of its code.
    pub fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|e| self.bytes.get(e.at..e.at + e.len).unwrap_or_default())
    }

    /// The code of a text, a new one if it has none yet.
    pub fn of(&mut self, text: &[u8]) -> u32 {
        self.code(hash::text(text), if text.len() <= 32 { hash::halves(text) } else { [0; 2] }, text)
    }

    /// The codes of a block's texts, of the rows of the mask.
    pub fn of_rows(&mut self, text: &Text<'_>, start: usize, rows: u64, out: &mut [u32; ROWS]) {
        text.each(start, rows, |row, found| {
            out[row] = match found {
                Found::Short(halves, len) => self.short(halves, len),
                Found::Long(bytes) => self.code(hash::text(bytes), [0; 2], bytes),
            };
        });
    }

    #[inline]
    fn short(&mut self, halves: [u128; 2], len: usize) -> u32 {
        let hash = hash::short(halves, len);
        if let Some(last) = self.places.len().checked_sub(1) {
            // Nearly always the text is known, and stands where its hash says.
            let code = self.places[usize::try_from(hash & last as u64).unwrap_or(0)];
            if let Some(entry) = self.entries.get((code as usize).wrapping_sub(1))
                && (entry.short == halves) & (entry.len == len)
            {
                return code;
            }
        }
        let [first, second] = halves.map(u128::to_le_bytes);
        let mut text = [0; 32];
        let (to_first, to_second) = text.split_at_mut(16);
        to_first.copy_from_slice(&first);
        to_second.copy_from_slice(&second);
        self.code(hash, halves, text.get(..len).unwrap_or_default())
    }

    #[cold]
    fn code(&mut self, hash: u64, short: [u128; 2], text: &[u8]) -> u32 {
        // A few texts, as labels are, get so many places that hardly any has to give way to another.
        let room = if self.entries.len() < 4096 { 16 } else { 2 };
        if self.places.len() < self.entries.len() * room + 16 {
            self.widen();
        }
        let last = self.places.len() - 1;
        let mut place = usize::try_from(hash & last as u64).unwrap_or(0);
        loop {
            let code = self.places[place];
            if code == 0 {
                break;
            }
            if self.is(code, hash, short, text) {
                return code;
            }
            place = (place + 1) & last;
        }
        self.entries.push(Entry { hash, short, at: self.bytes.len(), len: text.len() });
        self.bytes.extend_from_slice(text);
        // Four thousand million distinct texts are more than memory holds; past them, all would be one.
        let code = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.places[place] = code;
        code
    }

    #[inline]
    fn is(&self, code: u32, hash: u64, short: [u128; 2], text: &[u8]) -> bool {
        let Some(entry) = self.entries.get(code as usize - 1) else { return false };
        if entry.hash != hash || entry.len != text.len() {
            return false;
        }
        if text.len() <= 32 { entry.short == short } else { self.text(code) == Some(text) }
    }

    fn widen(&mut self) {
        let places = (self.places.len() * 2).max(256);
        self.places = vec![0; places];
        for (code, entry) in (1_u32..).zip(&self.entries) {
            let mut place = usize::try_from(entry.hash & (places as u64 - 1)).unwrap_or(0);
            while self.places[place] != 0 {
                place = (place + 1) & (places - 1);
            }
            self.places[place] = code;
        }
    }
}

/// The codes of rows that have none are nought.
pub fn cleared(mut codes: [u32; ROWS], known: u64) -> [u32; ROWS] {
    for row in rows_in(!known) {
        codes[row] = 0;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn each_text_has_one_code_and_each_code_its_text() {
        let mut codes = Codes::default();
        let mut known = HashMap::new();
        for n in 0..20_000_u32 {
            let text = match n % 3 {
                0 => format!("{}", n % 700),
                1 => format!("a label that is longer than thirty-two bytes, number {}", n % 900),
                _ => "x".repeat(n as usize % 40),
            };
            let code = codes.of(text.as_bytes());
            assert_eq!(*known.entry(text.clone()).or_insert(code), code, "{text}");
            assert_eq!(codes.text(code), Some(text.as_bytes()));
        }
        assert_eq!(codes.len(), known.len());
        assert_eq!(codes.text(0), None);
    }

    #[test]
    fn a_column_gives_the_codes_of_its_texts() {
        let words = ["", "a", "b", "a", "a text of more than thirty-two bytes", "b"];
        let column = Text::collect(words);
        let (mut codes, mut out) = (Codes::default(), [0; ROWS]);
        codes.of_rows(&column, 0, 0b11_1111, &mut out);
        assert_eq!(out[..6], [1, 2, 3, 2, 4, 3]);
        assert_eq!(codes.of(b"a"), 2);
    }
}
