//! A day of the calendar, without a time.

use super::instant::{civil_from_days, read_date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A date, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// Reads a date of the years 0000 to 9999, such as `2026-12-25`. None when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let days = read_date(text.as_bytes().try_into().ok()?)?;
        i32::try_from(days).ok().map(Self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(i64::from(self.0));
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("\"{text}\" is no date; write 2026-03-31")))
    }
}
