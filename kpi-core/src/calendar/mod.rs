//! Calendars: periods in a time zone, and the hours in which a desk is open.

pub mod business;
pub mod periods;

use chrono_tz::Tz;

pub use business::{BusinessHours, OpenHours};
pub use periods::{Every, Periods, Timeline, TooManyPeriods, local_day};

/// The zones that reading times depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Zones {
    /// Of times that have none.
    pub naive: Option<Tz>,
    /// In which an instant becomes a day.
    pub report: Tz,
}
