//! Long work: on a thread of its own, while the caller's thread listens for Ctrl-C and tells how far the work is.

use super::error::Failure;
use kpi_core::error::defect;
use kpi_core::input::Watch;
use pyo3::prelude::*;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long nobody listens at most.
const LISTEN_EVERY: Duration = Duration::from_millis(50);
/// How long work that was asked to stop is waited for. Most of it stops much sooner; what does not is left to end by
/// itself, since whoever pressed Ctrl-C wants to go on.
const PATIENCE: Duration = Duration::from_millis(100);

/// Rings once, when the work is done.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

/// Rings when it goes, also where the work panics.
struct Ringer(Arc<Bell>);

impl Drop for Ringer {
    fn drop(&mut self) {
        *self.0.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.heard.notify_all();
    }
}

impl Bell {
    /// Waits a while, and says whether the bell rang.
    fn rings_within(&self, a_while: Duration) -> bool {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.heard.wait_timeout_while(rung, a_while, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Runs work that needs no interpreter. Ctrl-C, or whatever else a signal or `progress` raises, stops it by its watch.
///
/// # Errors
/// What a signal's handler or `progress` raised.
pub fn watched<T: Send + 'static>(
    py: Python<'_>,
    watch: &Watch,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    let bell = Arc::new(Bell::default());
    let ringer = Ringer(Arc::clone(&bell));
    let worker = thread::Builder::new().spawn(move || {
        let _rings_last = ringer;
        work()
    })?;
    let tell = || {
        let (rows, expected) = watch.rows();
        progress.map_or(Ok(()), |progress| progress.call1((rows, expected)).map(drop))
    };
    while !py.detach(|| bell.rings_within(LISTEN_EVERY)) {
        if let Err(raised) = py.check_signals().and_then(|()| tell()) {
            watch.stop();
            py.detach(|| bell.rings_within(PATIENCE));
            return Err(raised);
        }
    }
    let done = py.detach(|| worker.join()).unwrap_or_else(|panic| Err(defect(&*panic).into()));
    tell()?;
    done.map_err(|failure| failure.exception(py))
}

/// Listens for Ctrl-C between two steps that this thread does by itself.
pub struct Ears {
    listened: Instant,
}

impl Ears {
    /// Has just listened.
    pub fn new() -> Self {
        Self { listened: Instant::now() }
    }

    /// Listens, if it is time to.
    ///
    /// # Errors
    /// What a signal's handler raised.
    pub fn listen(&mut self) -> PyResult<()> {
        if self.listened.elapsed() < LISTEN_EVERY {
            return Ok(());
        }
        self.listened = Instant::now();
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime only")]
        Python::attach(|py| py.check_signals())
    }
}
