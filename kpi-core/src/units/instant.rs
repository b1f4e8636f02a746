//! A moment: one exact number on one clock, and the ways people write it.

use std::fmt;

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{GapInfo, Tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// Nanoseconds in a second.
pub(crate) const NANOS_PER_SECOND: i64 = 1_000_000_000;
/// Seconds in a day of the calendar; only a local day can be longer or shorter.
pub(crate) const SECONDS_PER_DAY: i64 = 86_400;

/// A moment in UTC: nanoseconds since 1970-01-01T00:00:00Z, from 1677-09-21 to 2262-04-11.
///
/// It prints as canonical RFC 3339, so that the same moment is the same text everywhere, and is that text in serde.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Why a text is not an [`Instant`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InstantProblem {
    /// A date, or a date and time, that could be anywhere on earth: it has no offset and no zone was given for it.
    #[error("the time has no offset such as Z or +02:00, and no naive_timezone is given")]
    Naive,
    /// Not a time at all, or one that cannot be kept to the last digit.
    #[error("not a time such as 2026-01-05T08:00:00Z")]
    Malformed,
    /// A time that nanoseconds in 64 bits do not reach.
    #[error("the time is outside 1677-09-21 to 2262-04-11")]
    OutOfRange,
}

impl Instant {
    /// The earliest moment, in 1677.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest moment, in 2262.
    pub const MAX: Self = Self(i64::MAX);

    /// The moment `nanos` nanoseconds after the start of 1970 in UTC.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Nanoseconds since the start of 1970 in UTC.
    pub const fn nanos(self) -> i64 {
        self.0
    }

    /// The moment that a count of some other unit means, such as milliseconds with 1,000,000 nanoseconds each.
    /// None when it is outside 1677 to 2262.
    pub fn from_unit(value: i64, nanos_per_unit: i64) -> Option<Self> {
        value.checked_mul(nanos_per_unit).map(Self)
    }

    /// The Unix second that this moment lies in.
    pub const fn floor_second(self) -> i64 {
        self.0.div_euclid(NANOS_PER_SECOND)
    }

    /// Reads `2026-01-05T08:00:00Z` and its relatives; `naive` is the zone of times that name no offset.
    ///
    /// A date of ten characters, then optionally `T`, `t` or a space and `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`,
    /// then optionally `Z`, `z` or `±hh:mm`. A date alone is its midnight, and naive. Spaces around it are not trimmed.
    ///
    /// A fraction may have any number of digits, but those past the ninth must be zeros: what cannot be kept exactly
    /// is refused rather than cut. A second of `60` is refused too: Unix time has no place for it, and moving it to
    /// the next second could move a contact to the next day.
    ///
    /// # Errors
    /// Says whether the text is no time, lacks its offset, or is out of range.
    pub fn parse(text: &str, naive: Option<Tz>) -> Result<Self, InstantProblem> {
        let written = Written::read(text.as_bytes()).ok_or(InstantProblem::Malformed)?;
        let found = match (written.offset, naive) {
            (Some(offset), _) => from_parts(written.wall_second - offset, written.nanos),
            (None, Some(tz)) => {
                from_parts(written.wall_second, written.nanos).and_then(|wall| resolve_naive_nanos(wall.0, tz))
            }
            (None, None) => return Err(InstantProblem::Naive),
        };
        found.ok_or(InstantProblem::OutOfRange)
    }
}

/// The moment at which a clock in `tz` shows `wall_nanos`, its reading counted as if it were in UTC (as a naive Arrow
/// timestamp counts it). None outside 1677 to 2262.
///
/// A reading that occurs twice is the earlier one. One that is skipped is taken with the offset in force before the
/// change, so that 02:30 on a spring night means half an hour after the clocks went from 02:00 to 03:00.
pub fn resolve_naive_nanos(wall_nanos: i64, tz: Tz) -> Option<Instant> {
    let wall = DateTime::from_timestamp_nanos(wall_nanos).naive_utc();
    let offset = match tz.offset_from_local_datetime(&wall) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => offset,
        MappedLocalTime::None => gap_around(&wall, tz)?.1,
    };
    let ahead = i64::from(offset.fix().local_minus_utc()) * NANOS_PER_SECOND;
    wall_nanos.checked_sub(ahead).map(Instant)
}

/// The reading at which the gap around `wall` begins, and the offset before it.
pub(crate) fn gap_around(wall: &NaiveDateTime, tz: Tz) -> Option<(NaiveDateTime, <Tz as TimeZone>::Offset)> {
    GapInfo::new(wall, &tz)?.begin
}

/// How far the clocks of `tz` are ahead of UTC in this Unix second, in seconds.
pub(crate) fn offset_at(second: i64, tz: Tz) -> i64 {
    // Every second of an `Instant` is within chrono's range.
    DateTime::from_timestamp(second, 0)
        .map_or(0, |at| tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc().into())
}

/// The days since 1970-01-01 of a date of the Gregorian calendar.
// After Howard Hinnant: counting the year from March puts the leap day last, where no month starts after it.
pub(crate) const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a count of days since 1970-01-01: [`days_from_civil`] backwards.
pub(crate) const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + if month <= 2 { 1 } else { 0 }, month, day)
}

fn from_parts(second: i64, nanos: i64) -> Option<Instant> {
    // In 128 bits, since the first second that has an instant starts before the first instant.
    let nanos = i128::from(second) * i128::from(NANOS_PER_SECOND) + i128::from(nanos);
    i64::try_from(nanos).ok().map(Instant)
}

/// What a text says, before anybody asks where it was said.
struct Written {
    wall_second: i64,
    nanos: i64,
    offset: Option<i64>,
}

impl Written {
    fn read(text: &[u8]) -> Option<Self> {
        let (date, rest) = text.split_first_chunk::<10>()?;
        let midnight = read_date(*date)? * SECONDS_PER_DAY;
        let [separator, rest @ ..] = rest else {
            return Some(Self { wall_second: midnight, nanos: 0, offset: None });
        };
        if !matches!(separator, b'T' | b't' | b' ') {
            return None;
        }
        let (clock, rest) = rest.split_first_chunk::<5>()?;
        let minute = read_clock(*clock)?;
        let (second, nanos, rest) = match rest {
            [b':', tens, ones, rest @ ..] => {
                let second = digits([*tens, *ones]).filter(|second| *second < 60)?;
                let (nanos, rest) = read_fraction(rest)?;
                (second, nanos, rest)
            }
            _ => (0, 0, rest),
        };
        Some(Self { wall_second: midnight + minute * 60 + second, nanos, offset: read_offset(rest)? })
    }
}

/// The number that these characters spell, if each is a digit.
fn digits<const N: usize>(text: [u8; N]) -> Option<i64> {
    text.iter().try_fold(0, |value, byte| match byte.wrapping_sub(b'0') {
        digit @ 0..=9 => Some(value * 10 + i64::from(digit)),
        _ => None,
    })
}

pub(super) fn read_date(text: [u8; 10]) -> Option<i64> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let (year, month, day) = (digits([y1, y2, y3, y4])?, digits([m1, m2])?, digits([d1, d2])?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then(|| days_from_civil(year, month, day))
}

/// Minutes since midnight of `hh:mm`, from 00:00 to 23:59.
pub(crate) fn read_clock(text: [u8; 5]) -> Option<i64> {
    let [h1, h2, b':', m1, m2] = text else { return None };
    let (hour, minute) = (digits([h1, h2])?, digits([m1, m2])?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The nanoseconds of an optional fraction, and what follows it.
fn read_fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some(mut rest) = text.strip_prefix(b".") else { return Some((0, text)) };
    let (mut nanos, mut worth) = (0, NANOS_PER_SECOND);
    while let [byte @ b'0'..=b'9', after @ ..] = rest {
        worth /= 10;
        if worth == 0 && *byte != b'0' {
            return None;
        }
        nanos += i64::from(byte - b'0') * worth;
        rest = after;
    }
    (worth < NANOS_PER_SECOND).then_some((nanos, rest))
}

/// The seconds ahead of UTC: inner None when nothing is written, outer None when it is no offset.
#[expect(clippy::option_option, reason = "no offset and a broken one are different answers")]
fn read_offset(text: &[u8]) -> Option<Option<i64>> {
    match *text {
        [] => Some(None),
        [b'Z' | b'z'] => Some(Some(0)),
        [b'+', h1, h2, colon, m1, m2] => Some(Some(read_clock([h1, h2, colon, m1, m2])? * 60)),
        [b'-', h1, h2, colon, m1, m2] => Some(Some(read_clock([h1, h2, colon, m1, m2])? * -60)),
        _ => None,
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.floor_second();
        let (year, month, day) = civil_from_days(second.div_euclid(SECONDS_PER_DAY));
        let clock = second.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
        write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match self.0.rem_euclid(NANOS_PER_SECOND) {
            0 => {}
            nanos if nanos % 1_000_000 == 0 => write!(out, ".{:03}", nanos / 1_000_000)?,
            nanos if nanos % 1_000 == 0 => write!(out, ".{:06}", nanos / 1_000)?,
            nanos => write!(out, ".{nanos:09}")?,
        }
        out.write_str("Z")
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Instant;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a time such as \"2026-01-05T08:00:00Z\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Instant, E> {
                Instant::parse(text, None).map_err(|problem| E::custom(format_args!("{text:?}: {problem}")))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use chrono_tz::{America, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text, None).expect(text)
    }

    #[test]
    fn reads_every_accepted_shape() {
        for (text, canonical) in [
            ("2026-02-03T05:00:00Z", "2026-02-03T05:00:00Z"),
            ("2026-02-03t05:00:00z", "2026-02-03T05:00:00Z"),
            ("2026-02-03 05:00:00+00:00", "2026-02-03T05:00:00Z"),
            ("2026-02-03T05:00-00:00", "2026-02-03T05:00:00Z"),
            ("2026-02-03T05:00:00.1+05:45", "2026-02-02T23:15:00.100Z"),
            ("2026-12-31T23:30:00-03:30", "2027-01-01T03:00:00Z"),
            ("2026-02-03T05:00:00.000001Z", "2026-02-03T05:00:00.000001Z"),
            ("2026-02-03T05:00:00.12345678900000Z", "2026-02-03T05:00:00.123456789Z"),
            ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"),
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ] {
            assert_eq!(at(text).to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        let wrong = "2026|2026-1-5|2026-02-29|2026-13-01|2026-00-10|2026-04-31|2026-01-05T|2026-01-05T8:00Z|\
            2026-01-05T24:00:00Z|2026-01-05T08:60:00Z|2016-12-31T23:59:60Z|2026-01-05T08:00:00.Z|2026-01-05T08:00.5Z|\
            2026-01-05T08:00:00.1234567891Z|2026-01-05T08:00:00,5Z|2026-01-05T08:00:00+24:00|2026-01-05T08:00:00+0100|\
            2026-01-05T08:00:00 Z| 2026-01-05|2026-01-05 |2026-01-05X08:00Z|2026-01-05T08:00:00ZZ|２026-01-05|\
            +2026-01-05||2026-01-05Z|2026-01-00|-026-01-05|2026-01-05T08:00:00−01:00";
        for text in wrong.split('|') {
            assert_eq!(Instant::parse(text, Some(Tz::UTC)), Err(InstantProblem::Malformed), "{text}");
        }
    }

    #[test]
    fn knows_naive_and_far_times() {
        for text in "2026-01-05|2026-01-05 08:00|2026-01-05T08:00:00|2026-01-05T08:00:00.25|0001-01-01".split('|') {
            assert_eq!(Instant::parse(text, None), Err(InstantProblem::Naive), "{text}");
        }
        let far = "0000-01-01|9999-12-31T23:59:59Z|1677-09-21T00:12:43.145224191Z|2262-04-11T23:47:16.854775808Z";
        for text in far.split('|') {
            assert_eq!(Instant::parse(text, Some(Tz::UTC)), Err(InstantProblem::OutOfRange), "{text}");
        }
        assert_eq!((at(&Instant::MIN.to_string()), at(&Instant::MAX.to_string())), (Instant::MIN, Instant::MAX));
        assert_eq!(Instant::from_unit(1_767_600_000_000, 1_000_000), Some(at("2026-01-05T08:00:00Z")));
        assert_eq!(Instant::from_unit(i64::MAX, 1_000), None);
        assert_eq!(Instant::from_nanos(-1).floor_second(), -1);
    }

    #[test]
    fn resolves_naive_times_across_clock_changes() {
        for (tz, naive, canonical) in [
            (Europe::Berlin, "2026-01-05", "2026-01-04T23:00:00Z"),
            (Europe::Berlin, "2026-07-05 08:00", "2026-07-05T06:00:00Z"),
            (Europe::Berlin, "2026-07-05 08:00Z", "2026-07-05T08:00:00Z"), // An offset wins.
            (Europe::Berlin, "2026-03-29T02:30:00", "2026-03-29T01:30:00Z"), // Skipped: the offset before.
            (Europe::Berlin, "2026-10-25T02:30:00.5", "2026-10-25T00:30:00.500Z"), // Twice: the earlier.
            (America::Havana, "2026-11-01", "2026-11-01T04:00:00Z"),
            (Pacific::Apia, "2011-12-30 12:00", "2011-12-30T22:00:00Z"), // A date that this zone skipped.
        ] {
            assert_eq!(Instant::parse(naive, Some(tz)), Ok(at(canonical)), "{tz} {naive}");
        }
    }

    #[test]
    fn is_its_canonical_text_in_serde() {
        let half_past: Instant = serde_json::from_str("\"2026-02-03T06:30:00.5+01:00\"").expect("a time");
        assert_eq!(serde_json::to_string(&half_past).expect("text"), "\"2026-02-03T05:30:00.500Z\"");
        for (json, says) in [("\"2026-02-03\"", "offset"), ("\"soon\"", "not a time"), ("17", "a time such as")] {
            let error = serde_json::from_str::<Instant>(json).expect_err(json).to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    const TIMES: &str = "20[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-5][0-9](\\.[0-9]{1,9})?";

    proptest! {
        #[test]
        fn prints_and_parses_back_as_chrono_does(nanos in any::<i64>(), keeps in 0_u32..4) {
            let nanos = nanos - nanos % 1_000_i64.pow(keeps);
            let text = Instant::from_nanos(nanos).to_string();
            let theirs = DateTime::parse_from_rfc3339(&text).expect("RFC 3339").timestamp_nanos_opt();
            prop_assert_eq!((theirs, at(&text).nanos()), (Some(nanos), nanos));
        }

        #[test]
        fn agrees_with_chrono_on_any_offset(nanos in any::<i32>(), second in any::<i32>(), minutes in -1_439..1_440) {
            let offset = chrono::FixedOffset::east_opt(minutes * 60).expect("an offset");
            let nanos = i64::from(second) * NANOS_PER_SECOND + i64::from(nanos);
            let text = DateTime::from_timestamp_nanos(nanos).with_timezone(&offset).to_rfc3339();
            prop_assert_eq!(at(&text).nanos(), nanos);
        }

        #[test]
        fn accepts_and_refuses_as_chrono_does(time in TIMES, offset in "Z|[+-][0-2][0-9]:[0-6]0") {
            let text = time + &offset;
            let theirs = DateTime::parse_from_rfc3339(&text).ok().and_then(|at| at.timestamp_nanos_opt());
            prop_assert_eq!(Instant::parse(&text, None).ok().map(Instant::nanos), theirs);
        }

        #[test]
        fn survives_any_text(text in "\\PC{0,40}") {
            let _ = Instant::parse(&text, Some(Europe::Berlin));
        }
    }
}
