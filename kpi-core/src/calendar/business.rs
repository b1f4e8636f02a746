//! Business time: when the desk is open, and how much of a wait fell into its hours.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::units::Day;
use crate::units::instant::{Instant, NANOS_PER_SECOND, SECONDS_PER_DAY, offset_at, read_clock};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Weekly opening hours and holidays, as they stand in the options.
///
/// ```json
/// {"time_zone": "Europe/Berlin", "weekly": {"mon": [["09:00", "12:30"], ["13:30", "17:00"]]},
///  "holidays": ["2026-12-25"]}
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessHours {
    /// Where the clock hangs, such as `Europe/Berlin`; the report's zone when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// For each of `mon` to `sun`, when the desk opens and when it closes. A day that is not named is closed.
    pub weekly: BTreeMap<String, Vec<(String, String)>>,
    /// Local dates on which the desk stays closed all day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
}

impl BusinessHours {
    /// Everything that is wrong with the hours, one sentence each; empty when they can be used.
    pub fn validate(&self) -> Vec<String> {
        self.schedule(Tz::UTC).err().unwrap_or_default()
    }

    fn schedule(&self, report_zone: Tz) -> Result<Schedule, Vec<String>> {
        let mut wrong = Vec::new();
        let zone = self.time_zone.as_ref().map_or(Ok(report_zone), |name| name.parse().map_err(|_| name));
        if let Err(name) = zone {
            wrong.push(format!("`time_zone` is \"{name}\", not an IANA time zone such as \"Europe/Berlin\""));
        }
        let mut weekly: [Vec<Shift>; 7] = Default::default();
        for (name, texts) in &self.weekly {
            let shifts = read_shifts(name, texts, &mut wrong);
            match weekly.iter_mut().zip(WEEKDAYS).find(|(_, weekday)| weekday == name) {
                Some((day, _)) => *day = shifts,
                None => wrong.push(format!("`weekly` has \"{name}\"; its days are {}", WEEKDAYS.join(", "))),
            }
        }
        let mut holidays = BTreeSet::new();
        for (i, text) in self.holidays.iter().enumerate() {
            match Day::parse(text) {
                Some(Day(days)) => _ = holidays.insert(i64::from(days)),
                None => wrong.push(format!("`holidays[{i}]` is \"{text}\", not a date such as \"2026-12-25\"")),
            }
        }
        match zone {
            Ok(zone) if wrong.is_empty() => Ok(Schedule { zone, weekly, holidays }),
            _ => Err(wrong),
        }
    }
}

/// From when to when a desk is open on one day, in seconds after midnight of the wall clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shift {
    opens: i64,
    closes: i64,
}

/// The shifts of a day in order, with what is wrong with them added to the rest.
fn read_shifts(day: &str, texts: &[(String, String)], wrong: &mut Vec<String>) -> Vec<Shift> {
    let second_of_day = |text: &str| Some(read_clock(text.as_bytes().try_into().ok()?)? * 60);
    let mut shifts = Vec::with_capacity(texts.len());
    for (i, (from, to)) in texts.iter().enumerate() {
        let opens = second_of_day(from);
        let closes = if to == "24:00" { Some(SECONDS_PER_DAY) } else { second_of_day(to) };
        if opens.is_none() {
            wrong.push(format!("`weekly.{day}[{i}]` opens at \"{from}\", not a time from \"00:00\" to \"23:59\""));
        }
        if closes.is_none() {
            wrong.push(format!("`weekly.{day}[{i}]` closes at \"{to}\", not a time from \"00:01\" to \"24:00\""));
        }
        let (Some(opens), Some(closes)) = (opens, closes) else { continue };
        if opens < closes {
            shifts.push((Shift { opens, closes }, i));
        } else {
            wrong.push(format!("`weekly.{day}[{i}]` closes at {to}, not after {from}; split a night at \"24:00\""));
        }
    }
    shifts.sort_unstable();
    let mut longest = (0, 0);
    for &(shift, i) in &shifts {
        if shift.opens < longest.0 {
            wrong.push(format!("`weekly.{day}[{i}]` overlaps `weekly.{day}[{}]`", longest.1));
        }
        longest = longest.max((shift.closes, i));
    }
    shifts.into_iter().map(|(shift, _)| shift).collect()
}

/// Opening hours whose texts have been read.
struct Schedule {
    zone: Tz,
    weekly: [Vec<Shift>; 7],
    holidays: BTreeSet<i64>,
}

impl Schedule {
    /// The shifts of a local date; days count from 1970-01-01, a Thursday.
    fn shifts_on(&self, date: i64) -> &[Shift] {
        let weekday = usize::try_from((date + 3).rem_euclid(7)).unwrap_or_default();
        let shifts = self.weekly.get(weekday).filter(|_| !self.holidays.contains(&date));
        shifts.map_or(&[], Vec::as_slice)
    }
}

/// A stretch of time, in Unix seconds, in which the clocks of a zone are not touched.
#[derive(Clone, Copy)]
struct Stretch {
    from: i64,
    to: i64,
    offset: i64,
}

/// Cuts a span of time where the clocks of the zone change.
///
/// The time zone library tells the offset at a moment but not when it changes. So the offset is compared every six
/// hours, and a difference is narrowed down to its second. A change could only hide if it were undone within the same
/// six hours; in all zones and years of the tz database, two changes are at least six days apart.
fn stretches(zone: Tz, from: i64, to: i64) -> Vec<Stretch> {
    const STEP: i64 = 6 * 3600;
    let mut found = Vec::new();
    let mut open = Stretch { from, to, offset: offset_at(from, zone) };
    let mut at = from;
    while at < to {
        let next = (at + STEP).min(to);
        let offset = offset_at(next, zone);
        if offset != open.offset {
            let (mut before, mut change) = (at, next);
            while change - before > 1 {
                let middle = before + (change - before) / 2;
                if offset_at(middle, zone) == open.offset { before = middle } else { change = middle }
            }
            found.push(Stretch { to: change, ..open });
            open = Stretch { from: change, to, offset };
        }
        at = next;
    }
    found.push(open);
    found
}

/// A time without a break in which the desk was open, in nanoseconds of UTC, and all open time before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opening {
    from: i64,
    to: i64,
    // A u64 holds the longest span there is, and an i64 does not.
    before: u64,
}

/// The open times of a span, laid out so that each question is one binary search.
///
/// A moment is open when the wall clock shows a time in opening hours: from the opening time up to, not including, the
/// closing time. An hour that the clocks repeat therefore counts twice, and one that they skip does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenHours {
    openings: Vec<Opening>,
}

impl OpenHours {
    /// The open times from `min` to `max`, both included. Outside of them nothing is known, and so nothing is open.
    ///
    /// # Errors
    /// Everything that [`BusinessHours::validate`] finds.
    pub fn spanning(hours: &BusinessHours, report_zone: Tz, min: Instant, max: Instant) -> Result<Self, Vec<String>> {
        let schedule = hours.schedule(report_zone)?;
        let mut open = Self { openings: Vec::new() };
        for stretch in stretches(schedule.zone, min.floor_second(), max.floor_second() + 1) {
            open.add(&schedule, stretch);
        }
        Ok(open)
    }

    /// Whether the desk is open at this moment, in nanoseconds as [`Instant::nanos`] counts them.
    pub fn is_open(&self, nanos: i64) -> bool {
        self.latest_opening(nanos).is_some_and(|opening| nanos < opening.to)
    }

    /// The open time from one moment to another in nanoseconds; negative when `to` comes first.
    pub fn open_nanos_between(&self, from: i64, to: i64) -> i64 {
        let nanos = i128::from(self.open_nanos_before(to)) - i128::from(self.open_nanos_before(from));
        i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
    }

    fn open_nanos_before(&self, nanos: i64) -> u64 {
        self.latest_opening(nanos).map_or(0, |opening| opening.before + nanos.min(opening.to).abs_diff(opening.from))
    }

    /// The last opening that has begun.
    fn latest_opening(&self, nanos: i64) -> Option<&Opening> {
        let begun = self.openings.partition_point(|opening| opening.from <= nanos);
        self.openings.get(begun.checked_sub(1)?)
    }

    fn add(&mut self, schedule: &Schedule, stretch: Stretch) {
        // While nobody touches the clocks, wall time is UTC moved by the offset, and its dates follow one another.
        let Stretch { from, to, offset } = stretch;
        for date in (from + offset).div_euclid(SECONDS_PER_DAY)..=(to + offset).div_euclid(SECONDS_PER_DAY) {
            let midnight = date * SECONDS_PER_DAY - offset;
            for shift in schedule.shifts_on(date) {
                let (opens, closes) = ((midnight + shift.opens).max(from), (midnight + shift.closes).min(to));
                if opens < closes {
                    self.push(opens.saturating_mul(NANOS_PER_SECOND), closes.saturating_mul(NANOS_PER_SECOND));
                }
            }
        }
    }

    fn push(&mut self, from: i64, to: i64) {
        let before = match self.openings.last_mut() {
            Some(last) if last.to == from => return last.to = to,
            Some(last) => last.before + last.to.abs_diff(last.from),
            None => 0,
        };
        self.openings.push(Opening { from, to, before });
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use chrono::{DateTime, Datelike, Offset, TimeZone, Timelike};
    use chrono_tz::{America, Asia, Australia, Europe};
    use proptest::prelude::*;
    use proptest::{collection, sample};

    use super::*;

    const ZONES: &str = "Europe/Berlin America/New_York America/St_Johns America/Sao_Paulo America/Havana Asia/Gaza \
        UTC Africa/Casablanca Asia/Kathmandu Asia/Beirut Australia/Lord_Howe Pacific/Apia Europe/Dublin Asia/Tehran";
    const MINUTE: i64 = 60 * NANOS_PER_SECOND;

    fn at(text: &str) -> i64 {
        Instant::parse(text, Some(Tz::UTC)).expect(text).nanos()
    }

    fn hours(zone: Tz, days: &[&str], shifts: &[(&str, &str)], holidays: &[&str]) -> BusinessHours {
        let shifts: Vec<_> = shifts.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect();
        BusinessHours {
            time_zone: Some(zone.name().into()),
            weekly: days.iter().map(|day| ((*day).into(), shifts.clone())).collect(),
            holidays: holidays.iter().map(|date| (*date).into()).collect(),
        }
    }

    fn spanning(hours: &BusinessHours, from: &str, to: &str) -> OpenHours {
        let (min, max) = (Instant::from_nanos(at(from)), Instant::from_nanos(at(to)));
        OpenHours::spanning(hours, Tz::UTC, min, max).expect("good hours")
    }

    fn open_minutes(hours: &BusinessHours, from: &str, to: &str) -> i64 {
        spanning(hours, from, to).open_nanos_between(at(from), at(to)) / MINUTE
    }

    #[test]
    fn a_berlin_desk_closes_for_lunch_weekends_and_holidays() {
        let desk = hours(Europe::Berlin, &WEEKDAYS[..5], &[("09:00", "12:30"), ("13:30", "17:00")], &["2026-03-31"]);
        for (from, to, minutes) in [
            ("2026-03-27T08:00Z", "2026-03-27T09:00Z", 60),
            ("2026-03-27T07:30Z", "2026-03-27T08:30Z", 30),
            ("2026-03-27T11:24Z", "2026-03-27T12:36Z", 12), // Six minutes on each side of lunch.
            ("2026-03-27T15:54Z", "2026-03-30T07:00Z", 6),  // Over the weekend on which summer time begins.
            ("2026-03-28T16:00Z", "2026-03-30T08:00Z", 60),
            ("2026-03-30T07:00Z", "2026-03-31T07:00Z", 420),
            ("2026-03-31T08:00Z", "2026-04-01T08:00Z", 60), // The holiday does not count.
            ("2026-03-30T07:00Z", "2026-03-30T07:00Z", 0),
        ] {
            assert_eq!(open_minutes(&desk, from, to), minutes, "{from} to {to}");
        }
        let open = spanning(&desk, "2026-03-27", "2026-04-02");
        for text in "2026-03-27T08:00:00Z 2026-03-27T11:29:59.999999999Z 2026-03-30T07:00:00Z".split(' ') {
            assert!(open.is_open(at(text)), "{text}");
        }
        for text in "2026-03-27T07:59:59.999999999Z 2026-03-27T11:30:00Z 2026-03-31T10:00:00Z".split(' ') {
            assert!(!open.is_open(at(text)), "{text}");
        }
        assert_eq!(open.open_nanos_between(at("2026-03-27T08:01Z"), at("2026-03-27T08:00Z")), -MINUTE);
    }

    #[test]
    fn clock_changes_stretch_and_shrink_opening_hours() {
        for (zone, from, to, minutes) in [
            (Europe::Berlin, "2026-03-22", "2026-03-23", 180),
            (Europe::Berlin, "2026-03-29", "2026-03-30", 120),
            (Europe::Berlin, "2026-10-24T12:00Z", "2026-10-25T12:00Z", 240),
            (America::New_York, "2026-03-08", "2026-03-09", 120),
            (America::New_York, "2026-11-01", "2026-11-02", 240),
            (Australia::Lord_Howe, "2026-04-04T12:00Z", "2026-04-05T12:00Z", 210),
            (Australia::Lord_Howe, "2026-10-03T12:00Z", "2026-10-04T12:00Z", 150),
            (Asia::Kathmandu, "2026-03-28T12:00Z", "2026-03-29T12:00Z", 180),
        ] {
            let night = hours(zone, &["sun"], &[("01:00", "04:00")], &[]);
            assert_eq!(open_minutes(&night, from, to), minutes, "{zone} {from}");
        }
        // The clocks went from three back to two: a desk open from two to half past opened twice.
        let twice = hours(Europe::Berlin, &["sun"], &[("02:00", "02:30")], &[]);
        let open = spanning(&twice, "2026-10-25T00:00Z", "2026-10-25T02:00Z");
        for (quarter, is_open) in [true, true, false, false, true, true, false, false].into_iter().enumerate() {
            assert_eq!(open.is_open(at(&format!("2026-10-25T{:02}:{:02}Z", quarter / 4, quarter % 4 * 15))), is_open);
        }
    }

    #[test]
    fn a_shift_may_end_at_midnight_where_the_next_begins() {
        let nights = hours(Tz::UTC, &["mon", "tue"], &[("22:00", "24:00"), ("00:00", "06:00")], &[]);
        assert_eq!(open_minutes(&nights, "2026-01-05T21:00Z", "2026-01-06T07:00Z"), 8 * 60);
        assert_eq!(spanning(&nights, "2026-01-05T12:00Z", "2026-01-06T12:00Z").openings.len(), 1);
        let unzoned = BusinessHours { time_zone: None, ..nights };
        let tokyo = OpenHours::spanning(&unzoned, Asia::Tokyo, Instant::MIN, Instant::MAX).expect("good hours");
        assert!(tokyo.is_open(at("2026-01-05T13:00Z")) && !tokyo.is_open(at("2026-01-05T22:00Z")));
    }

    #[test]
    fn lists_every_problem_at_once() {
        let json = r#"{"time_zone": "Berlin", "holidays": ["2026-02-30"], "weekly": {"Mon": [], "tue": [
            ["9:00", "25:00"], ["24:00", "24:00"], ["17:00", "09:00"], ["08:00", "12:00"], ["11:59", "13:00"],
            ["13:00", "14:00"], ["09:00", "10:00"], ["15:00", "15:60"]]}}"#;
        let problems = serde_json::from_str::<BusinessHours>(json).expect("the right shape").validate();
        let says =
            "Berlin|Mon|[0]` opens|[0]` closes|[1]` opens|[2]` closes|[7]` closes|[6]` overlaps|[4]` overlaps|02-30";
        assert_eq!(problems.len(), says.split('|').count(), "{problems:#?}");
        for (problem, part) in problems.iter().zip(says.split('|')) {
            assert!(problem.contains(part), "{problem} should name {part}");
        }
        for json in [r#"{"weekly": {}, "hours": 1}"#, r#"{"holidays": []}"#, r#"{"weekly": {"mon": [["09:00"]]}}"#] {
            assert!(serde_json::from_str::<BusinessHours>(json).is_err(), "{json}");
        }
    }

    /// The same question, asked of the wall clock itself.
    fn is_open_by_wall_clock(hours: &BusinessHours, zone: Tz, second: i64) -> bool {
        let utc = DateTime::from_timestamp(second, 0).expect("a time").naive_utc();
        let wall = utc + zone.offset_from_utc_datetime(&utc).fix();
        let clock = format!("{:02}:{:02}", wall.hour(), wall.minute());
        let day = WEEKDAYS[wall.weekday().num_days_from_monday() as usize];
        !hours.holidays.contains(&wall.date().to_string())
            && hours.weekly[day].iter().any(|(from, to)| *from <= clock && clock < *to)
    }

    fn any_zone() -> impl Strategy<Value = Tz> {
        sample::select(ZONES.split(' ').map(|name| name.parse::<Tz>().expect(name)).collect::<Vec<_>>())
    }

    fn any_shifts() -> impl Strategy<Value = Vec<(String, String)>> {
        let text = |quarter: &i64| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
        collection::btree_set(0_i64..=96, 0..7).prop_map(move |quarters| {
            let texts: Vec<_> = quarters.iter().map(text).collect();
            texts.chunks_exact(2).map(|shift| (shift[0].clone(), shift[1].clone())).collect()
        })
    }

    proptest! {
        #[test]
        fn open_around_the_clock_is_calendar_time(
            zone in any_zone(), from in any::<i64>(), length in -40_000_000..40_000_000_i64,
        ) {
            let always = hours(zone, &WEEKDAYS, &[("00:00", "24:00")], &[]);
            let (from, to) = (from / 2, from / 2 + length * NANOS_PER_SECOND + 1);
            let (min, max) = (Instant::from_nanos(from.min(to)), Instant::from_nanos(from.max(to)));
            let open = OpenHours::spanning(&always, Tz::UTC, min, max).expect("good hours");
            prop_assert_eq!(open.open_nanos_between(from, to), to - from);
            prop_assert!(open.is_open(from) && open.is_open(to));
        }

        #[test]
        fn agrees_with_stepping_minute_by_minute(
            zone in any_zone(), shifts in collection::vec(any_shifts(), 7), closed in collection::vec(0_i64..14, 0..4),
            start in 10_500_000_i64..36_000_000, length in 1_i64..20_000, cut in 0_i64..20_000,
        ) {
            let moment = |minute: i64| Instant::from_nanos(minute * MINUTE);
            let date = |days: &i64| moment(start + days * 24 * 60).to_string().chars().take(10).collect();
            let desk = BusinessHours {
                time_zone: None,
                weekly: WEEKDAYS.iter().zip(shifts).map(|(day, shifts)| ((*day).into(), shifts)).collect(),
                holidays: closed.iter().map(date).collect(),
            };
            let (end, middle) = (start + length, start + cut % length);
            let open = OpenHours::spanning(&desk, zone, moment(start), moment(end)).expect("good hours");
            let stepped = (start..end).filter(|minute| is_open_by_wall_clock(&desk, zone, minute * 60)).count();
            let between = |from, to| open.open_nanos_between(from * MINUTE, to * MINUTE);
            prop_assert_eq!(between(start, end), i64::try_from(stepped).expect("few") * MINUTE);
            prop_assert_eq!(between(start, middle) + between(middle, end), between(start, end));
            prop_assert_eq!(open.is_open(middle * MINUTE), is_open_by_wall_clock(&desk, zone, middle * 60));
        }
    }
}
