//! How many contacts the AI had in progress at once: when they began and ended, by the second, in stretches of eighteen
//! hours, so that a moment takes two bytes and a stretch fits a processor's cache.

use crate::input::block::rows_in;
use std::collections::BTreeMap;

/// Bits of a second that a moment keeps; those above name the stretch.
const BITS: u32 = 16;
const SECONDS: usize = 1 << BITS;

/// Beginnings and ends within one stretch.
pub type Moments = [Vec<u16>; 2];

/// Beginnings and ends of contacts, by stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress(pub BTreeMap<i64, Moments>);

/// The stretch a second lies in, and its place there.
#[inline]
pub fn place(second: i64) -> (i64, u16) {
    (second >> BITS, u16::try_from(second & ((1 << BITS) - 1)).unwrap_or(0))
}

impl Progress {
    /// Adds a contact from one second up to, not including, another.
    pub fn add(&mut self, start: i64, end: i64) {
        for (which, second) in [start, end].into_iter().enumerate() {
            let (stretch, at) = place(second);
            self.0.entry(stretch).or_default()[which].push(at);
        }
    }

    /// Adds those of another part.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(stretch, theirs)| self.take_in(*stretch, theirs));
    }

    /// Adds those of one stretch.
    pub fn take_in(&mut self, stretch: i64, theirs: &Moments) {
        for (mine, theirs) in self.0.entry(stretch).or_default().iter_mut().zip(theirs) {
            mine.extend_from_slice(theirs);
        }
    }

    /// Beginnings (0) or ends (1) in order.
    pub fn seconds(&self, which: usize) -> Vec<i64> {
        let mut seconds = Vec::new();
        for (stretch, moments) in &self.0 {
            let from = seconds.len();
            seconds.extend(moments[which].iter().map(|at| (stretch << BITS) + i64::from(*at)));
            seconds[from..].sort_unstable();
        }
        seconds
    }

    /// From seconds, as [`Progress::seconds`] gives them.
    pub fn from_seconds(starts: &[i64], ends: &[i64]) -> Self {
        let mut progress = Self::default();
        for (which, seconds) in [starts, ends].into_iter().enumerate() {
            for second in seconds {
                let (stretch, at) = place(*second);
                progress.0.entry(stretch).or_default()[which].push(at);
            }
        }
        progress
    }
}

/// The most contacts at once: over all time, and in each period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peaks {
    /// Over all time.
    pub most: u64,
    /// In each of the periods that were asked for.
    pub in_periods: Vec<u64>,
}

/// The most contacts at once of some parts together; periods are first seconds and first seconds after, in order, each
/// beginning where the one before it ends.
pub fn peaks(parts: &[&Progress], periods: &[(i64, i64)]) -> Peaks {
    let mut stretches: Vec<i64> = parts.iter().flat_map(|p| p.0.keys().copied()).collect();
    stretches.sort_unstable();
    stretches.dedup();
    // All time before the first period is one of its own, which nobody asked for.
    let before = (i64::MIN, periods.first().map_or(i64::MAX, |(from, _)| *from));
    let all: Vec<(i64, i64)> = std::iter::once(before).chain(periods.iter().copied()).collect();
    let mut sweep = Sweep::new(&all);
    let mut busy = Busy::default();
    let mut few: Vec<(u16, i32)> = Vec::new();
    for stretch in stretches {
        let at_second = |at: usize| (stretch << BITS) + i64::try_from(at).unwrap_or(0);
        let here = || parts.iter().filter_map(|p| p.0.get(&stretch));
        if here().flatten().map(Vec::len).sum::<usize>() <= QUIET {
            few.extend(here().flat_map(|[starts, _]| starts).map(|at| (*at, 1)));
            few.extend(here().flat_map(|[_, ends]| ends).map(|at| (*at, -1)));
            few.sort_unstable();
            for same in few.chunk_by(|a, b| a.0 == b.0) {
                let step: i64 = same.iter().map(|(_, step)| i64::from(*step)).sum();
                sweep.step(at_second(usize::from(same[0].0)), step);
            }
            few.clear();
        } else {
            for [starts, ends] in here() {
                busy.add(starts, 1);
                busy.add(ends, -1);
            }
            busy.drain(|at, step| sweep.step(at_second(at), i64::from(step)));
        }
    }
    sweep.finish()
}

/// With at most so many moments in a stretch it is quicker to sort them than to go through all its seconds.
const QUIET: usize = 96;

/// What happens in each second of one stretch.
struct Busy {
    steps: Vec<i32>,
    /// One bit a second in which something happens.
    seconds: Vec<u64>,
}

impl Default for Busy {
    fn default() -> Self {
        Self { steps: vec![0; SECONDS], seconds: vec![0; SECONDS / 64] }
    }
}

impl Busy {
    fn add(&mut self, moments: &[u16], step: i32) {
        for at in moments {
            self.steps[usize::from(*at)] += step;
            self.seconds[usize::from(*at) / 64] |= 1 << (at % 64);
        }
    }

    /// Second by second, and forgets them.
    fn drain(&mut self, mut look: impl FnMut(usize, i32)) {
        for (number, word) in self.seconds.iter_mut().enumerate() {
            for bit in rows_in(std::mem::take(word)) {
                let at = number * 64 + bit;
                look(at, std::mem::take(&mut self.steps[at]));
            }
        }
    }
}

/// Moves through time, second by second where something happens.
struct Sweep<'p> {
    periods: &'p [(i64, i64)],
    period: usize,
    now: i64,
    peaks: Peaks,
}

impl<'p> Sweep<'p> {
    fn new(periods: &'p [(i64, i64)]) -> Self {
        Self { periods, period: 0, now: 0, peaks: Peaks { most: 0, in_periods: vec![0; periods.len()] } }
    }

    /// Who is in progress when a period begins is in progress in it, unless they end in that very second.
    fn enter_periods_before(&mut self, second: i64) {
        while let Some((_, end)) = self.periods.get(self.period).filter(|(_, end)| *end <= second) {
            self.period += 1;
            if *end < second {
                self.note();
            }
        }
    }

    fn note(&mut self) {
        let now = self.now.unsigned_abs();
        self.peaks.most = self.peaks.most.max(now);
        if let Some(most) = self.peaks.in_periods.get_mut(self.period) {
            *most = (*most).max(now);
        }
    }

    fn step(&mut self, second: i64, step: i64) {
        if step != 0 {
            self.enter_periods_before(second);
            self.now += step;
            self.note();
        }
    }

    fn finish(mut self) -> Peaks {
        self.enter_periods_before(i64::MAX);
        self.peaks.in_periods.remove(0);
        self.peaks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by its definition: at each second, how many have begun and not yet ended.
    fn by_hand(contacts: &[(i64, i64)], from: i64, to: i64) -> u64 {
        let moments = contacts.iter().map(|(start, _)| *start).chain([from]).filter(|at| (from..to).contains(at));
        moments
            .map(|at| contacts.iter().filter(|(start, end)| *start <= at && at < *end).count() as u64)
            .max()
            .unwrap_or(0)
    }

    fn agrees(contacts: &[(i64, i64)], cuts: &[i64]) {
        let (mut one, mut other) = (Progress::default(), Progress::default());
        for (number, (start, end)) in contacts.iter().enumerate() {
            if number % 2 == 0 { one.add(*start, *end) } else { other.add(*start, *end) }
        }
        let periods: Vec<(i64, i64)> = cuts.windows(2).map(|cut| (cut[0], cut[1])).collect();
        let found = peaks(&[&one, &other], &periods);
        assert_eq!(found.most, by_hand(contacts, i64::MIN / 2, i64::MAX));
        for ((from, to), most) in periods.iter().zip(&found.in_periods) {
            assert_eq!(*most, by_hand(contacts, *from, *to), "{from} to {to} of {contacts:?}");
        }
        let mut merged = one.clone();
        merged.merge(&other);
        assert_eq!(peaks(&[&merged], &periods), found);
        let back = Progress::from_seconds(&merged.seconds(0), &merged.seconds(1));
        assert_eq!(peaks(&[&back], &periods), found);
    }

    #[test]
    fn one_that_ends_makes_room_before_another_begins() {
        agrees(&[(0, 10), (10, 20)], &[0, 10, 20, 30]);
        agrees(&[(5, 100_000), (70_000, 70_001)], &[0, 65_536, 131_072]);
    }

    #[test]
    fn a_busy_stretch_is_what_counting_gives() {
        let contacts: Vec<(i64, i64)> = (0..9_000).map(|n| (n * 7 % 60_000, n * 7 % 60_000 + 1 + n % 5_000)).collect();
        let found = {
            let mut progress = Progress::default();
            for (start, end) in &contacts {
                progress.add(*start, *end);
            }
            peaks(&[&progress], &[(0, 30_000), (30_000, 200_000)])
        };
        assert_eq!(found.most, by_hand(&contacts, 0, 200_000));
        assert_eq!(found.in_periods, [by_hand(&contacts, 0, 30_000), by_hand(&contacts, 30_000, 200_000)]);
    }

    proptest! {
        #[test]
        fn peaks_are_what_counting_gives(
            contacts in proptest::collection::vec((-200_000_i64..200_000, 1_i64..150_000), 0..40),
            cuts in proptest::collection::btree_set(-250_000_i64..400_000, 0..6),
        ) {
            let contacts: Vec<_> = contacts.iter().map(|(start, length)| (*start, start + length)).collect();
            agrees(&contacts, &cuts.into_iter().collect::<Vec<_>>());
        }
    }
}
