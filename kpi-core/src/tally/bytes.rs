//! Writing and reading bytes: variable-length integers, texts with their length, nothing that can panic.

use crate::error::{Code, Error, Result};
use crate::units::ExactSum;

/// Bytes being written.
#[derive(Default)]
pub(super) struct Writer(pub Vec<u8>);

/// The lowest eight bits.
const fn low_byte(value: u64) -> u8 {
    value.to_le_bytes()[0]
}

impl Writer {
    pub fn count(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(low_byte(value) | 0x80);
            value >>= 7;
        }
        self.0.push(low_byte(value));
    }

    /// Small numbers of either sign take few bytes.
    pub fn signed(&mut self, value: i64) {
        self.count((value << 1 ^ value >> 63).cast_unsigned());
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len() as u64);
        self.raw(text.as_bytes());
    }

    pub fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    pub fn option<T>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub fn list<'i, T: 'i>(&mut self, items: impl ExactSizeIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.count(items.len() as u64);
        items.for_each(|item| write(self, item));
    }

    /// Exact sums are mostly small: their bytes without the run of equal ones at the top.
    /// Numbers in ascending order, as the steps from each to the next.
    pub fn ascending(&mut self, sorted: &[i64]) {
        let mut last = 0;
        self.list(sorted.iter(), |w, value| {
            w.signed(value.wrapping_sub(last));
            last = *value;
        });
    }

    pub fn sum(&mut self, sum: &ExactSum) {
        let bytes = sum.to_le_bytes();
        let fill = if bytes[31] >= 0x80 { 0xFF } else { 0 };
        let used = bytes.iter().rposition(|b| *b != fill).map_or(0, |at| at + 1);
        self.0.push(low_byte(used as u64) | (fill & 0x80));
        self.raw(bytes.get(..used).unwrap_or_default());
    }
}

/// Bytes being read.
pub(super) struct Reader<'b>(pub &'b [u8]);

/// The error of bytes that do not add up.
pub(super) fn corrupt() -> Error {
    let text =
        "These bytes are no whole tally: they were cut short or changed. Read them again from where they were stored.";
    Error::new(Code::StateCorrupt, text)
}

impl<'b> Reader<'b> {
    pub fn raw(&mut self, n: usize) -> Result<&'b [u8]> {
        let (head, tail) = self.0.split_at_checked(n).ok_or_else(corrupt)?;
        self.0 = tail;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8> {
        self.raw(1).map(|b| b.first().copied().unwrap_or(0))
    }

    pub fn count(&mut self) -> Result<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(corrupt())
    }

    pub fn signed(&mut self) -> Result<i64> {
        let value = self.count()?;
        Ok((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    /// A length that the rest of the bytes can hold, so that a changed one asks for no memory.
    pub fn len(&mut self) -> Result<usize> {
        let n = usize::try_from(self.count()?).map_err(|_| corrupt())?;
        if n <= self.0.len() { Ok(n) } else { Err(corrupt()) }
    }

    pub fn text(&mut self) -> Result<String> {
        let n = self.len()?;
        String::from_utf8(self.raw(n)?.to_vec()).map_err(|_| corrupt())
    }

    pub fn flag(&mut self) -> Result<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(corrupt()),
        }
    }

    pub fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    pub fn list<T, C: FromIterator<T>>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<C> {
        let n = self.len()?;
        (0..n).map(|_| read(self)).collect()
    }

    /// A list that must have as many entries as the plan says.
    pub fn exactly<T>(&mut self, n: usize, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        if self.len()? == n { (0..n).map(|_| read(self)).collect() } else { Err(corrupt()) }
    }

    /// As [`Writer::ascending`] wrote them.
    pub fn ascending(&mut self) -> Result<Vec<i64>> {
        let mut last = 0_i64;
        self.list(|r| {
            last = last.wrapping_add(r.signed()?);
            Ok(last)
        })
    }

    pub fn sum(&mut self) -> Result<ExactSum> {
        let head = self.byte()?;
        let used = usize::from(head & 0x7F);
        let mut bytes = [if head >= 0x80 { 0xFF } else { 0 }; 32];
        bytes.get_mut(..used).ok_or_else(corrupt)?.copy_from_slice(self.raw(used)?);
        Ok(ExactSum::from_le_bytes(bytes))
    }
}
