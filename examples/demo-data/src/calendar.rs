//! Berlin's half year: days, opening hours, holidays, and how moments are written.

/// Seconds since 1970 in UTC.
pub type Moment = i64;

/// One minute.
pub const MINUTE: i64 = 60;
/// One hour.
pub const HOUR: i64 = 3600;
/// One day of 24 hours.
pub const DAY: i64 = 86_400;

/// Days of the half year.
pub const DAYS: i64 = 181;
/// 2026-01-01T00:00:00Z.
pub const FIRST_MOMENT: Moment = 1_767_225_600;
/// When the data was taken: midnight after 30 June in Berlin. Nothing later is known.
pub const AS_OF: Moment = berlin(DAYS, 0);

/// The day on which the second model went live: 1 April.
pub const NEW_MODEL_DAY: i64 = 90;
/// The first day of June, when the early warnings start to rise.
pub const JUNE: i64 = 151;

/// 1 January, Good Friday, Easter Monday, Labour Day, Ascension, Whit Monday, as days of the half year.
pub const HOLIDAYS: [i64; 6] = [0, 92, 95, 120, 133, 144];

/// 29 March, 01:00 UTC: clocks go forward.
const SUMMER_TIME: Moment = FIRST_MOMENT + 87 * DAY + HOUR;

const OPENS: i64 = 8 * HOUR;
const CLOSES: i64 = 18 * HOUR;

/// The moment of a second on the wall clock of a day of the half year (0 is 1 January).
pub const fn berlin(day: i64, second: i64) -> Moment {
    let standard = FIRST_MOMENT + day * DAY + second - HOUR;
    if standard >= SUMMER_TIME { standard - HOUR } else { standard }
}

/// The day of the half year and the second of that day on Berlin's wall clock.
pub const fn wall_clock(at: Moment) -> (i64, i64) {
    let offset = if at >= SUMMER_TIME { 2 * HOUR } else { HOUR };
    let local = at + offset - FIRST_MOMENT;
    (local.div_euclid(DAY), local.rem_euclid(DAY))
}

/// The day of the half year.
pub const fn day_of(at: Moment) -> i64 {
    wall_clock(at).0
}

/// 0 is Monday; 1 January 2026 was a Thursday.
pub const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// Whether people work on that day.
pub fn is_workday(day: i64) -> bool {
    weekday(day) < 5 && !HOLIDAYS.contains(&day)
}

/// Whether people are at their desks.
pub fn is_open(at: Moment) -> bool {
    let (day, second) = wall_clock(at);
    is_workday(day) && (OPENS..CLOSES).contains(&second)
}

/// The moment at which the desk has been open for `seconds` since `from`.
pub fn after_open_time(from: Moment, seconds: i64) -> Moment {
    let (mut at, mut left) = (from, seconds);
    loop {
        let (day, second) = wall_clock(at);
        let start = second.max(OPENS);
        if is_workday(day) && start < CLOSES {
            if start + left < CLOSES {
                return berlin(day, start + left);
            }
            left -= CLOSES - start;
        }
        at = berlin(day + 1, OPENS);
    }
}

/// Date and time as `2026-01-05T08:12:33Z`.
pub fn stamp(at: Moment) -> String {
    let (year, month, day) = date(at.div_euclid(DAY));
    let second = at.rem_euclid(DAY);
    let (hour, minute, second) = (second / HOUR, second / MINUTE % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of the month of a day since 1970, by the proleptic Gregorian calendar.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_year_ends_at_midnight_in_berlin() {
        assert_eq!(stamp(AS_OF), "2026-06-30T22:00:00Z");
        assert_eq!(stamp(berlin(0, 9 * HOUR)), "2026-01-01T08:00:00Z");
        assert_eq!(stamp(berlin(NEW_MODEL_DAY, 0)), "2026-03-31T22:00:00Z");
    }

    #[test]
    fn the_wall_clock_reads_back_on_both_sides_of_the_change() {
        for day in [0, 86, 87, 88, 180] {
            assert_eq!(wall_clock(berlin(day, 12 * HOUR)), (day, 12 * HOUR));
        }
    }

    #[test]
    fn open_time_skips_nights_weekends_and_holidays() {
        // Thursday before Easter, 17:30, and one hour of work: Tuesday 08:30.
        assert_eq!(after_open_time(berlin(91, 17 * HOUR + 1800), HOUR), berlin(96, 8 * HOUR + 1800));
        assert!(!is_open(berlin(92, 10 * HOUR)));
    }
}
