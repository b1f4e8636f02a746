//! Periods: which day, week, month, quarter or year a moment belongs to, in the report's time zone.

use chrono::{DateTime, MappedLocalTime, Offset, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error};
use crate::units::Day;
use crate::units::instant::{
    Instant, NANOS_PER_SECOND, SECONDS_PER_DAY, civil_from_days, days_from_civil, gap_around, offset_at,
};

/// The most periods that one report may have.
pub const MOST_PERIODS: i64 = 10_000;

// No period this far from 1970, of any length, holds a moment that an `Instant` can name.
const FARTHEST_INDEX: i64 = 200_000;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// A local date.
    Day,
    /// An ISO week, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Every {
    /// The name as it stands in options and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period that a date is in; days count from 1970-01-01, a Thursday.
    const fn index_of_date(self, days: i64) -> i64 {
        let (year, month, _) = civil_from_days(days);
        let months = (year - 1970) * 12 + month - 1;
        match self {
            Self::Day => days,
            Self::Week => (days + 3).div_euclid(7),
            Self::Month => months,
            Self::Quarter => months.div_euclid(3),
            Self::Year => year - 1970,
        }
    }

    /// The first date of a period.
    const fn first_date(self, index: i64) -> i64 {
        let months = match self {
            Self::Day => return index,
            Self::Week => return index * 7 - 3,
            Self::Month => index,
            Self::Quarter => index * 3,
            Self::Year => index * 12,
        };
        days_from_civil(1970 + months.div_euclid(12), months.rem_euclid(12) + 1, 1)
    }
}

/// Half-open periods of one length, numbered so that neighbours differ by one and 0 holds 1970-01-01.
///
/// A period begins when the clocks of its zone first reach midnight of its first date, or jump over it. So a date
/// whose midnight is skipped begins at its first moment, and one whose midnight comes twice at the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    every: Every,
    tz: Tz,
}

impl Periods {
    /// Periods of this length in this time zone.
    pub const fn new(every: Every, tz: Tz) -> Self {
        Self { every, tz }
    }

    /// How long a period is.
    pub const fn every(self) -> Every {
        self.every
    }

    /// The zone whose calendar they follow.
    pub const fn zone(self) -> Tz {
        self.tz
    }

    /// The number of the period that holds this moment.
    pub fn index_of(self, at: Instant) -> i64 {
        let index = self.every.index_of_date(local_days(at, self.tz));
        // Clocks put back across midnight show the old date again, but its period is over.
        if at.floor_second() >= self.first_second(index + 1) { index + 1 } else { index }
    }

    /// The first moment of a period, no earlier than [`Instant::MIN`] and no later than [`Instant::MAX`].
    pub fn start(self, index: i64) -> Instant {
        Instant::from_nanos(self.first_second(index).saturating_mul(NANOS_PER_SECOND))
    }

    /// The first moment after a period: the start of the next.
    pub fn end(self, index: i64) -> Instant {
        self.start(index.saturating_add(1))
    }

    fn first_second(self, index: i64) -> i64 {
        let date = self.every.first_date(index.clamp(-FARTHEST_INDEX, FARTHEST_INDEX));
        first_second_of(date, self.tz)
    }
}

/// The date that calendars in this zone show: what "the same day" compares.
pub fn local_day(at: Instant, tz: Tz) -> Day {
    // An instant's date is within 106,753 days of 1970, so the fallback is never taken.
    Day(i32::try_from(local_days(at, tz)).unwrap_or(i32::MAX))
}

fn local_days(at: Instant, tz: Tz) -> i64 {
    let second = at.floor_second();
    (second + offset_at(second, tz)).div_euclid(SECONDS_PER_DAY)
}

/// The Unix second in which the clocks first show this date or a later one.
fn first_second_of(date: i64, tz: Tz) -> i64 {
    let midnight = date * SECONDS_PER_DAY;
    // Chrono's calendar ends some 260,000 years away, where no zone matters.
    let Some(wall) = DateTime::from_timestamp(midnight, 0).map(|at| at.naive_utc()) else { return midnight };
    let (reached, offset) = match tz.offset_from_local_datetime(&wall) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => (wall, offset),
        MappedLocalTime::None => match gap_around(&wall, tz) {
            Some(gap) => gap,
            None => return midnight,
        },
    };
    reached.and_utc().timestamp() - i64::from(offset.fix().local_minus_utc())
}

/// A report asks for more periods than anybody can read: the period is too short, or a time is far off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{first} to {last} is {count} times `{}`, over {MOST_PERIODS}: choose a longer `every`", every.as_str())]
pub struct TooManyPeriods {
    /// The length that was asked for.
    pub every: Every,
    /// How many there would be.
    pub count: i64,
    /// The earliest moment to cover.
    pub first: Instant,
    /// The latest moment to cover.
    pub last: Instant,
}

impl From<TooManyPeriods> for Error {
    fn from(problem: TooManyPeriods) -> Self {
        Self::new(Code::TooManyPeriods, problem.to_string())
    }
}

/// The contiguous periods from one moment to another, laid out so that millions of moments find theirs quickly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    periods: Periods,
    first: i64,
    starts: Vec<i64>,
    last_nanos: i64,
}

impl Timeline {
    /// The periods from the one that holds `min` to the one that holds `max`, both included.
    ///
    /// # Errors
    /// When they are more than [`MOST_PERIODS`].
    pub fn spanning(every: Every, tz: Tz, min: Instant, max: Instant) -> Result<Self, TooManyPeriods> {
        let periods = Periods::new(every, tz);
        let first = periods.index_of(min);
        let last = periods.index_of(max).max(first);
        let count = last - first + 1;
        if count > MOST_PERIODS {
            return Err(TooManyPeriods { every, count, first: min, last: max });
        }
        let starts = (first..=last).map(|index| periods.start(index).nanos()).collect();
        // The last moment rather than the end, which may be one nanosecond past what 64 bits hold.
        let last_nanos = i128::from(periods.first_second(last + 1)) * i128::from(NANOS_PER_SECOND) - 1;
        Ok(Self { periods, first, starts, last_nanos: i64::try_from(last_nanos).unwrap_or(i64::MAX) })
    }

    /// How many periods there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The number of the first period, as [`Periods`] counts.
    pub const fn first_index(&self) -> i64 {
        self.first
    }

    /// Start and end of the period at a position, from 0.
    pub fn bounds(&self, position: usize) -> Option<(Instant, Instant)> {
        let start = *self.starts.get(position)?;
        Some((Instant::from_nanos(start), self.periods.end(self.index_at(position))))
    }

    /// The number of the period that holds this moment, as [`Periods::index_of`] gives it. `hint` is left where the
    /// period was found, for the next moment.
    #[inline]
    pub fn index_of(&self, nanos: i64, hint: &mut usize) -> i64 {
        let Some(position) = self.locate(nanos, *hint) else {
            return self.periods.index_of(Instant::from_nanos(nanos));
        };
        *hint = position;
        self.index_at(position)
    }

    /// The position of the period that holds this moment, if one does. `hint` is where the last one was found:
    /// right for most rows when they come roughly in order of time, and any number will do.
    #[inline]
    pub fn locate(&self, nanos: i64, hint: usize) -> Option<usize> {
        if self.holds(hint, nanos) {
            return Some(hint);
        }
        let position = self.starts.partition_point(|start| *start <= nanos).checked_sub(1)?;
        (nanos <= self.last_nanos).then_some(position)
    }

    fn index_at(&self, position: usize) -> i64 {
        // Positions are below MOST_PERIODS, so the fallback is never taken.
        self.first + i64::try_from(position).unwrap_or_default()
    }

    #[inline]
    fn holds(&self, position: usize, nanos: i64) -> bool {
        let Some(start) = self.starts.get(position) else { return false };
        let before_next = match self.starts.get(position + 1) {
            Some(next) => nanos < *next,
            None => nanos <= self.last_nanos,
        };
        *start <= nanos && before_next
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use chrono_tz::{America, Asia, Australia, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    const LENGTHS: [Every; 5] = [Every::Day, Every::Week, Every::Month, Every::Quarter, Every::Year];

    fn at(text: &str) -> Instant {
        Instant::parse(text, None).expect("a time")
    }

    fn period(every: Every, tz: Tz, text: &str) -> (String, String) {
        let periods = Periods::new(every, tz);
        let index = periods.index_of(at(text));
        (periods.start(index).to_string(), periods.end(index).to_string())
    }

    fn pair(start: &str, end: &str) -> (String, String) {
        (start.into(), end.into())
    }

    #[test]
    fn periods_follow_the_local_calendar() {
        let late = "2026-12-31T23:30:00Z";
        let (berlin, new_york) = (Europe::Berlin, America::New_York);
        assert_eq!(period(Every::Year, Tz::UTC, late), pair("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"));
        assert_eq!(period(Every::Year, berlin, late), pair("2026-12-31T23:00:00Z", "2027-12-31T23:00:00Z"));
        assert_eq!(period(Every::Quarter, new_york, late), pair("2026-10-01T04:00:00Z", "2027-01-01T05:00:00Z"));
        assert_eq!(
            period(Every::Month, berlin, "2026-03-05T00:00:00Z"),
            pair("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z")
        );
        assert_eq!(
            period(Every::Week, Tz::UTC, "2026-01-11T23:59:59Z"),
            pair("2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z")
        );
        assert_eq!(
            period(Every::Week, Tz::UTC, "1969-12-30T00:00:00Z"),
            pair("1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z")
        );
    }

    #[test]
    fn daylight_saving_days_are_as_long_as_they_are() {
        for (tz, text, hours) in [
            (Europe::Berlin, "2026-03-29T12:00:00Z", 23.0),
            (Europe::Berlin, "2026-10-25T12:00:00Z", 25.0),
            (America::New_York, "2026-03-08T12:00:00Z", 23.0),
            (Australia::Lord_Howe, "2026-04-04T16:00:00Z", 24.5),
            (Asia::Kathmandu, "2026-04-04T16:00:00Z", 24.0),
        ] {
            let periods = Periods::new(Every::Day, tz);
            let day = periods.index_of(at(text));
            let nanos = periods.end(day).nanos() - periods.start(day).nanos();
            assert!((nanos as f64 / 3.6e12 - hours).abs() < 1e-9, "{tz} {text}");
        }
    }

    #[test]
    fn a_midnight_that_does_not_exist_is_the_first_moment_of_its_date() {
        let sao_paulo = period(Every::Day, America::Sao_Paulo, "2018-11-04T12:00:00Z");
        assert_eq!(sao_paulo, pair("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"));
        let beirut = period(Every::Day, Asia::Beirut, "2026-03-29T12:00:00Z");
        assert_eq!(beirut, pair("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"));
        // Toronto's clocks went from 23:30 to 00:30 in 1919: the date began half an hour after midnight.
        let toronto = period(Every::Day, America::Toronto, "1919-03-31T12:00:00Z");
        assert_eq!(toronto.0, "1919-03-31T04:30:00Z");
    }

    #[test]
    fn a_midnight_that_comes_twice_is_the_earlier() {
        let havana = period(Every::Day, America::Havana, "2026-11-01T05:30:00Z");
        assert_eq!(havana, pair("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"));
        // St John's put its clocks from 00:01 back to 23:01: the date shown is the old one, the period the new one.
        let twice = at("2006-10-29T03:00:00Z");
        let periods = Periods::new(Every::Day, America::St_Johns);
        assert_eq!(periods.start(periods.index_of(twice)), at("2006-10-29T02:30:00Z"));
        assert_eq!(i64::from(local_day(twice, America::St_Johns).0), periods.index_of(twice) - 1);
    }

    #[test]
    fn a_date_that_a_zone_skipped_is_empty() {
        let periods = Periods::new(Every::Day, Pacific::Apia);
        let before = periods.index_of(at("2011-12-30T09:59:59Z"));
        assert_eq!(periods.index_of(at("2011-12-30T10:00:00Z")), before + 2);
        assert_eq!(periods.start(before + 1), periods.end(before + 1));
    }

    #[test]
    fn a_timeline_refuses_too_many_periods() {
        let (min, max) = (at("1970-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
        let refused = Timeline::spanning(Every::Day, Tz::UTC, min, max).expect_err("20,455 days");
        assert_eq!((refused.count, refused.every), (20_455, Every::Day));
        assert!(refused.to_string().starts_with("1970-01-01T00:00:00Z to 2026-01-01T00:00:00Z is 20455 times `day`"));
        let most = Periods::new(Every::Day, Tz::UTC).end(MOST_PERIODS - 1).nanos();
        let fits =
            |nanos| Timeline::spanning(Every::Day, Tz::UTC, min, Instant::from_nanos(nanos)).map(|line| line.count());
        assert_eq!(fits(most - 1), Ok(10_000));
        assert!(fits(most).is_err());
    }

    #[test]
    fn the_ends_of_time_are_in_a_period() {
        for every in [Every::Month, Every::Quarter, Every::Year] {
            for tz in [Tz::UTC, Pacific::Apia, Pacific::Kiritimati] {
                let line = Timeline::spanning(every, tz, Instant::MIN, Instant::MAX).expect("few periods");
                assert_eq!(line.locate(i64::MIN, usize::MAX - 1), Some(0));
                assert_eq!(line.locate(i64::MAX, 0), Some(line.count() - 1));
                assert_eq!(line.bounds(line.count() - 1).map(|(_, end)| end), Some(Instant::MAX));
                assert_eq!(line.bounds(usize::MAX), None);
            }
        }
        let far = Periods::new(Every::Year, Tz::UTC);
        assert_eq!((far.start(i64::MIN), far.end(i64::MAX)), (Instant::MIN, Instant::MAX));
    }

    proptest! {
        #[test]
        fn every_moment_is_inside_its_period(
            nanos in any::<i64>(), length in 0_usize..5, zone in 0_usize..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let periods = Periods::new(LENGTHS[length], chrono_tz::TZ_VARIANTS[zone]);
            let index = periods.index_of(Instant::from_nanos(nanos));
            prop_assert!(periods.start(index).nanos() <= nanos && nanos < periods.end(index).nanos());
        }

        #[test]
        fn a_timeline_agrees_with_its_periods(
            seconds in proptest::collection::vec(1_700_000_000_i64..1_900_000_000, 2..40),
            length in 0_usize..5, zone in 0_usize..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let (every, tz) = (LENGTHS[length], chrono_tz::TZ_VARIANTS[zone]);
            let moments: Vec<_> = seconds.iter().map(|second| Instant::from_nanos(second * NANOS_PER_SECOND)).collect();
            let (min, max) = (*moments.iter().min().expect("two"), *moments.iter().max().expect("two"));
            let line = Timeline::spanning(every, tz, min, max).expect("few periods");
            let mut hint = 0;
            for moment in moments {
                prop_assert_eq!(line.index_of(moment.nanos(), &mut hint), Periods::new(every, tz).index_of(moment));
                let (start, end) = line.bounds(hint).expect("in span");
                prop_assert!(start <= moment && moment < end);
            }
            let (first, last) = (line.bounds(0).expect("one").0, line.bounds(line.count() - 1).expect("one").1);
            prop_assert_eq!((line.locate(first.nanos() - 1, hint), line.locate(last.nanos(), hint)), (None, None));
            prop_assert_eq!(line.index_of(first.nanos() - 1, &mut hint), line.first_index() - 1);
        }
    }
}
