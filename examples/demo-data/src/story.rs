//! What happened at this desk in the half year: growth, holidays, the incident, the drift in June.

use crate::calendar::{JUNE, NEW_MODEL_DAY, day_of, is_workday, weekday};

/// Contacts on an ordinary workday in the middle of the half year, before anyone comes back.
const WORKDAY_CONTACTS: i64 = 125;

/// Monday 18 May.
const INCIDENT_DAY: i64 = 137;
/// How bad each day of the incident week was.
const INCIDENT: [i64; 7] = [350, 1000, 1000, 800, 450, 150, 100];

/// How bad the incident is on a day, in permille; 0 outside that week.
pub fn incident(day: i64) -> i64 {
    usize::try_from(day - INCIDENT_DAY).ok().and_then(|nth| INCIDENT.get(nth)).copied().unwrap_or(0)
}

/// How far the June drift has come on a day, in permille.
pub fn drift(day: i64) -> i64 {
    ((day - JUNE + 4) * 1000 / 30).clamp(0, 1000)
}

/// The model that serves on a day.
pub const fn model(day: i64) -> &'static str {
    if day < NEW_MODEL_DAY { "m1" } else { "m2" }
}

/// Whether the second model is live.
pub const fn is_new_model(at: i64) -> bool {
    day_of(at) >= NEW_MODEL_DAY
}

/// How many new contacts a day would bring, before chance.
pub fn expected_contacts(day: i64) -> i64 {
    let growth = 830 + day * 340 / 181;
    let rhythm = match weekday(day) {
        0 => 1120,
        1 => 1060,
        2 | 3 => 1000,
        4 => 880,
        5 => 290,
        _ => 240,
    };
    let rhythm = if is_workday(day) { rhythm } else { rhythm.min(260) };
    WORKDAY_CONTACTS * growth * rhythm * holiday_season(day) / 1_000_000_000
}

/// How many contacts the outage brings on top.
pub fn outage_contacts(day: i64) -> i64 {
    expected_contacts(day) * incident(day) * 9 / 10_000
}

/// Quiet weeks: after New Year, around Easter, and the bridge days of May.
const fn holiday_season(day: i64) -> i64 {
    match day {
        0..=3 => 450,
        4..=8 => 720,
        88..=100 => 740,
        134..=136 | 121..=122 => 600,
        _ => 1000,
    }
}
