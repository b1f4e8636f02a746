//! When all rows are in: drawers are worked through customer by customer, and contacts of one fate are counted together.

use super::cell::Sessions;
use crate::facts::Fates;
use crate::facts::drawers::{Filed, Numbering, Sorted};
use crate::facts::fates::bit;
use crate::facts::returns::{Windows, note_returns};
use crate::facts::sessions::each_session;
use crate::input::Watch;
use crate::input::block::{ROWS, rows_in};
use crate::threads::in_parallel;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// What became of the contacts, cell by cell.
#[derive(Debug, Default)]
pub struct Closing {
    /// How many contacts of a cell met a fate, by cell · 2¹⁶ + word.
    pub fates: FxHashMap<u64, u64>,
    /// Named sessions, by cell.
    pub sessions: FxHashMap<u32, Sessions>,
    /// Accounts for which the AI alone solved something that held.
    pub served: BTreeSet<u32>,
}

/// What one clerk filed, and what its numbers mean to all.
pub struct Filings<F> {
    /// The sheets of each drawer.
    pub drawers: Vec<Vec<Vec<F>>>,
    /// The clerk's numbers.
    pub numbering: Numbering,
}

/// Closes the drawers of all clerks, each on whichever thread is free. Whoever is asked to stop leaves the rest as it is.
pub fn close<F: Filed>(
    clerks: Vec<Filings<F>>,
    shift: u32,
    windows: &Windows,
    kept_ids: &[Vec<u8>],
    threads: usize,
    watch: &Watch,
) -> Closing {
    let (mut numberings, mut drawers) = (Vec::new(), Vec::new());
    for (number, clerk) in clerks.into_iter().enumerate() {
        numberings.push(clerk.numbering);
        for (drawer, sheets) in clerk.drawers.into_iter().enumerate() {
            if number == 0 {
                drawers.push(Vec::new());
            }
            if let Some(own) = drawers.get_mut(drawer) {
                own.push(sheets);
            }
        }
    }
    let waiting = Mutex::new(drawers);
    let next = || waiting.lock().map_or_else(|poisoned| poisoned.into_inner().pop(), |mut drawers| drawers.pop());
    let mut closers: Vec<Closer<'_, F>> = (0..threads.max(1)).map(|_| Closer::new(windows, kept_ids)).collect();
    in_parallel(&mut closers, &|closer: &mut Closer<'_, F>| {
        while let Some(drawer) = next().filter(|_| !watch.is_stopped()) {
            let sheets: Vec<(&[Vec<F>], &Numbering)> = drawer.iter().map(Vec::as_slice).zip(&numberings).collect();
            closer.close(&sheets, shift);
        }
    });
    let mut all = Closing::default();
    for closer in closers {
        closer.found.into_iter().for_each(|(fate, n)| *all.fates.entry(fate).or_default() += n);
        all.served.extend(closer.closing.served);
        for (cell, sessions) in closer.closing.sessions {
            all.sessions.entry(cell).or_default().merge(&sessions);
        }
    }
    all
}

/// One who closes drawers.
struct Closer<'c, F> {
    windows: &'c Windows,
    kept_ids: &'c [Vec<u8>],
    sorted: Sorted<F>,
    closing: Closing,
    found: FateCounts,
}

impl<'c, F: Filed> Closer<'c, F> {
    fn new(windows: &'c Windows, kept_ids: &'c [Vec<u8>]) -> Self {
        let (closing, found) = (Closing::default(), FateCounts::default());
        Self { windows, kept_ids, sorted: Sorted::default(), closing, found }
    }

    fn close(&mut self, sheets: &[(&[Vec<F>], &Numbering)], shift: u32) {
        let Self { windows, kept_ids, sorted, closing, found } = self;
        let id = |number: u32| kept_ids.get((number as usize).wrapping_sub(1)).map_or(&[][..], Vec::as_slice);
        let contacts = sorted.sort(sheets, shift);
        let same = |a: &F, b: &F| {
            let (a, b) = (a.contact(), b.contact());
            a.customer == b.customer && a.has_customer() == b.has_customer()
        };
        for own in contacts.chunk_by_mut(same) {
            if own.len() > 1 && own[0].contact().has_customer() {
                note_returns(own, windows);
            }
            for filed in own.iter_mut() {
                let contact = filed.contact_mut();
                if contact.is_closed() {
                    contact.learn(windows.ripe_since(contact.closed));
                }
                found.add(u64::from(contact.cell()) << 16 | u64::from(contact.word()));
            }
            each_session(own, windows, id, |session| {
                let sessions = closing.sessions.entry(session.cell).or_default();
                sessions.all += 1;
                sessions.mature += u64::from(session.known && session.ripe);
                sessions.held += u64::from(session.known && session.ripe && session.held);
                sessions.maturing += u64::from(session.known && !session.ripe);
            });
        }
        note_served(contacts, windows.own, &mut closing.served);
    }
}

/// The accounts of contacts that the AI alone solved, verified.
fn note_served<F: Filed>(contacts: &[F], window: i64, served: &mut BTreeSet<u32>) {
    let claimed = |f: &&F| {
        let contact = f.contact();
        let outcome = contact.word() & (bit::OUTCOME_LOW | bit::OUTCOME_HIGH);
        f.aside().account != 0 && contact.handling() == 0 && outcome == bit::OUTCOME_LOW
    };
    let candidates: Vec<&F> = contacts.iter().filter(claimed).collect();
    for some in candidates.chunks(ROWS) {
        let words: Vec<(usize, u16)> = some.iter().map(|f| (0, f.contact().word())).collect();
        let verified = Fates::of(&words, window).verified;
        served.extend(rows_in(verified).filter_map(|row| some.get(row)).map(|f| f.aside().account));
    }
}

/// Counts of fates: a table with open addressing, since there is one for each contact to add.
#[derive(Debug)]
struct FateCounts {
    /// A fate plus one, and its count; nought is a free place. A power of two of places.
    places: Vec<(u64, u64)>,
    taken: usize,
}

impl Default for FateCounts {
    fn default() -> Self {
        Self { places: vec![(0, 0); 1024], taken: 0 }
    }
}

impl FateCounts {
    #[inline]
    fn add(&mut self, fate: u64) {
        self.add_many(fate, 1);
    }

    #[inline]
    fn add_many(&mut self, fate: u64, n: u64) {
        let last = self.places.len() - 1;
        let mut at = usize::try_from(fate.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20).unwrap_or(0) & last;
        loop {
            let (known, count) = &mut self.places[at];
            if *known == fate + 1 {
                *count += n;
                return;
            }
            if *known == 0 {
                (*known, *count) = (fate + 1, n);
                self.taken += 1;
                if self.taken * 2 > last {
                    self.widen();
                }
                return;
            }
            at = (at + 1) & last;
        }
    }

    fn widen(&mut self) {
        let wider = vec![(0, 0); self.places.len() * 4];
        let places = std::mem::replace(&mut self.places, wider);
        self.taken = 0;
        for (fate, n) in places.into_iter().filter(|(fate, _)| *fate != 0) {
            self.add_many(fate - 1, n);
        }
    }
}

impl IntoIterator for FateCounts {
    type Item = (u64, u64);
    type IntoIter = std::iter::Map<
        std::iter::Filter<std::vec::IntoIter<(u64, u64)>, fn(&(u64, u64)) -> bool>,
        fn((u64, u64)) -> (u64, u64),
    >;

    fn into_iter(self) -> Self::IntoIter {
        let taken: fn(&(u64, u64)) -> bool = |(fate, _)| *fate != 0;
        let plain: fn((u64, u64)) -> (u64, u64) = |(fate, n)| (fate - 1, n);
        self.places.into_iter().filter(taken).map(plain)
    }
}
