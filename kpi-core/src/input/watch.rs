//! How far a long computation is, and a way to stop it, for somebody on another thread.

use super::data::Batch;
use super::source::{Look, Source};
use crate::error::{Code, Error, Result};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Lets another thread see how far a computation is, and stop it: keep a clone, and give one to
/// [`Limits`](super::Limits). The default is that nobody watches.
#[derive(Debug, Clone, Default)]
pub struct Watch(Option<Arc<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    stopped: AtomicBool,
    rows: AtomicU64,
    expected: AtomicU64,
}

impl Watch {
    /// Nobody watches.
    pub const NOBODY: Self = Self(None);

    /// Somebody watches.
    pub fn new() -> Self {
        Self(Some(Arc::default()))
    }

    /// Asks the computation to stop; it ends with [`Code::Interrupted`] as soon as it has looked.
    pub fn stop(&self) {
        if let Some(seen) = &self.0 {
            seen.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Rows that were looked at, and how many of them are known to be ahead in all. Rows are looked at more than once where
    /// opening hours, comparisons or ids that are there twice ask for it, so both may grow.
    pub fn rows(&self) -> (u64, u64) {
        let read = |rows: &AtomicU64| rows.load(Ordering::Relaxed);
        self.0.as_ref().map_or((0, 0), |seen| (read(&seen.rows), read(&seen.expected)))
    }

    /// Whether the computation was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.as_ref().is_some_and(|seen| seen.stopped.load(Ordering::Relaxed))
    }

    /// # Errors
    /// When the computation was asked to stop.
    pub fn check(&self) -> Result<()> {
        if !self.is_stopped() {
            return Ok(());
        }
        Err(Error::new(Code::Interrupted, "The computation was stopped before its end, as it was asked to."))
    }

    fn add(&self, expected: u64, rows: u64) {
        if let Some(seen) = &self.0 {
            seen.expected.fetch_add(expected, Ordering::Relaxed);
            seen.rows.fetch_add(rows, Ordering::Relaxed);
        }
    }
}

/// Two watches are the same when they see the same computation.
impl PartialEq for Watch {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().map(Arc::as_ptr) == other.0.as_ref().map(Arc::as_ptr)
    }
}

impl Eq for Watch {}

/// A source whose rows are counted as they are looked at, and that ends when it is asked to.
pub struct Watched<'s> {
    source: &'s dyn Source,
    watch: &'s Watch,
}

impl<'s> Watched<'s> {
    /// The same rows, watched.
    pub fn new(source: &'s dyn Source, watch: &'s Watch) -> Self {
        Self { source, watch }
    }
}

impl Source for Watched<'_> {
    fn pieces(&self) -> usize {
        self.source.pieces()
    }

    fn rows(&self) -> u64 {
        self.source.rows()
    }

    fn read(&self, piece: usize, look: &mut Look<'_>) -> Result<()> {
        // Each reading of all pieces has one first piece.
        self.watch.add(if piece == 0 { self.rows() } else { 0 }, 0);
        self.source.read(piece, &mut |batch: &Batch<'_>, rows: Range<usize>, first_row: u64| {
            self.watch.check()?;
            let seen = rows.len() as u64;
            look(batch, rows, first_row)?;
            self.watch.add(0, seen);
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::input::{Handling, Interaction, Limits, Tables};
    use crate::{Instant, Options, report};

    fn desk() -> Vec<Interaction> {
        // Ids that ascend need no second look.
        (100..200).map(|n| Interaction::new(n.to_string(), Handling::Ai, Instant::from_nanos(0))).collect()
    }

    #[test]
    fn every_row_that_is_looked_at_is_counted() {
        let (contacts, watch) = (desk(), Watch::new());
        let limits = Limits { watch: watch.clone(), ..Limits::default() };
        report(&Tables::of(&contacts), &Options::default(), &limits).unwrap();
        assert_eq!(watch.rows(), (100, 100));
        assert_eq!(Watch::NOBODY.rows(), (0, 0));
    }

    #[test]
    fn what_is_asked_to_stop_says_that_it_was() {
        let (contacts, watch) = (desk(), Watch::new());
        let limits = Limits { watch: watch.clone(), ..Limits::default() };
        watch.stop();
        let error = report(&Tables::of(&contacts), &Options::default(), &limits).unwrap_err();
        assert_eq!((error.code(), watch.rows().0), (Code::Interrupted, 0));
    }

    #[test]
    fn watches_are_the_same_when_they_see_the_same() {
        let watch = Watch::new();
        assert_eq!(watch, watch.clone());
        assert_ne!(watch, Watch::new());
        assert_eq!(Watch::default(), Watch::NOBODY);
    }
}
