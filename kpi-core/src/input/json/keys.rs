//! The keys of rows: most rows have those of the row before, in the same order.

use super::super::writer::{Place, RowWriter};
use rustc_hash::FxHashMap;

/// Past so many, keys are no columns but data, and not worth remembering.
const MOST: usize = 1_000;

/// A key that was met, and where its cells go.
struct Key<'t> {
    /// As it is written, quotes included.
    whole: &'t str,
    place: Option<Place>,
    /// The key that followed it last time.
    next: usize,
}

/// All keys that were met, and which is expected next.
pub(super) struct Keys<'t> {
    met: Vec<Key<'t>>,
    by_text: FxHashMap<&'t str, usize>,
    last: usize,
}

impl<'t> Keys<'t> {
    pub fn new() -> Self {
        // The first stands for the start of a row, and follows nothing.
        Self { met: vec![Key { whole: "", place: None, next: 0 }], by_text: FxHashMap::default(), last: 0 }
    }

    /// Begins a row.
    #[inline]
    pub fn start_row(&mut self) {
        self.last = 0;
    }

    /// The key that is expected next, as it is written.
    #[inline]
    pub fn expected(&self) -> Option<&'t str> {
        let next = self.met.get(self.last)?.next;
        self.met.get(next).filter(|_| next > 0).map(|key| key.whole)
    }

    /// Where the cells of the expected key go, which has been met again.
    #[inline]
    pub fn as_expected(&mut self) -> Option<Place> {
        self.last = self.met.get(self.last)?.next;
        self.met.get(self.last)?.place
    }

    /// Where the cells of some other key go, given as it is written and as what it says.
    pub fn other(&mut self, whole: &'t str, name: &str, writer: &RowWriter<'_>) -> Option<Place> {
        let at = match self.by_text.get(whole) {
            Some(at) => *at,
            None if self.met.len() > MOST => return writer.place(name),
            None => {
                self.met.push(Key { whole, place: writer.place(name), next: 0 });
                self.by_text.insert(whole, self.met.len() - 1);
                self.met.len() - 1
            }
        };
        if let Some(last) = self.met.get_mut(self.last) {
            last.next = at;
        }
        self.last = at;
        self.met.get(at)?.place
    }
}
