//! Columns that say when something was: read as instants, whatever their unit, with a zone for those that name none.

use super::block::{Lane, ROWS, mask_of, rows_in};
use super::data::Data;
use crate::calendar::Zones;
use crate::units::instant::{NANOS_PER_SECOND, SECONDS_PER_DAY};
use crate::units::{Instant, resolve_naive_nanos};
use chrono_tz::Tz;

/// The days of the years 0000 to 9999, which are those that have a text.
pub(super) const DAYS: std::ops::RangeInclusive<i64> = -719_528..=2_932_896;

/// Values that say when something was, and the zone of those that name none.
pub(super) struct Times<'t> {
    values: TimeValues<'t>,
    zone: Option<Tz>,
}

#[derive(Clone, Copy)]
enum TimeValues<'t> {
    Units(&'t [i64], i64),
    Midnights(&'t [i32]),
}

impl<'t> Times<'t> {
    /// Nothing if the values are no times, or have no zone while none was given.
    pub fn of(data: &'t Data<'_>, zones: Zones) -> Option<Self> {
        let (values, local) = match data {
            Data::Instants { values, nanos_per_unit, naive } => (TimeValues::Units(values, *nanos_per_unit), *naive),
            Data::Days(days) => (TimeValues::Midnights(days), true),
            _ => return None,
        };
        let zone = if local { Some(zones.naive?) } else { None };
        Some(Self { values, zone })
    }

    /// The instant of a row of the batch, if 64 bits hold it.
    pub fn nanos(&self, row: usize) -> Option<i64> {
        const DAY: i64 = SECONDS_PER_DAY * NANOS_PER_SECOND;
        let nanos = match self.values {
            TimeValues::Units(values, 1) => *values.get(row)?,
            TimeValues::Units(values, nanos_per_unit) => values.get(row)?.checked_mul(nanos_per_unit)?,
            TimeValues::Midnights(days) => i64::from(*days.get(row)?).checked_mul(DAY)?,
        };
        match self.zone {
            Some(zone) => resolve_naive_nanos(nanos, zone).map(Instant::nanos),
            None => Some(nanos),
        }
    }

    /// Decodes the rows of a block; what stands in the others means nothing.
    pub fn decode(&self, lane: &mut Lane, out: &mut [i64; ROWS], start: usize, present: u64) {
        if let (TimeValues::Units(values, nanos_per_unit), None) = (self.values, self.zone)
            && let Some(values) = values.get(start..)
        {
            let most = i64::MAX / nanos_per_unit;
            let values = values.get(..ROWS).unwrap_or(values);
            let mut far = false;
            for (to, from) in out.iter_mut().zip(values) {
                *to = from.wrapping_mul(nanos_per_unit);
                far |= (*from > most) | (*from < -most);
            }
            if far {
                let fits = |row: usize| values.get(row).is_some_and(|at| at.checked_mul(nanos_per_unit).is_some());
                lane.out_of_range = present & !mask_of(present, fits);
            }
        } else {
            for row in rows_in(present) {
                match self.nanos(start + row) {
                    Some(nanos) => out[row] = nanos,
                    None => lane.out_of_range |= 1 << row,
                }
            }
        }
        lane.known = present & !lane.out_of_range;
    }
}
