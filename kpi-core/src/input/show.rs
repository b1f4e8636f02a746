//! Cells as text: for messages, and for columns that reports are grouped by.

use super::columns::Kind;
use super::data::{Cells, Data};
use super::decode::{amount_at, whole_at};
use super::times::Times;
use crate::calendar::{Zones, local_day};
use crate::units::amount::{Amount, digits_to_text, scaled_to_text};
use crate::units::instant::{SECONDS_PER_DAY, civil_from_days};
use crate::units::{Day, Instant};
use serde::Serialize;
use std::fmt::Display;

impl Data<'_> {
    /// What stands in a row, as text; numbers and flags as in JSON.
    pub fn show(&self, row: usize) -> Option<String> {
        fn plain<T: Copy + ToString>(values: &[T], row: usize) -> Option<String> {
            values.get(row).map(ToString::to_string)
        }
        match self {
            Self::Nothing => None,
            Self::Text(t) | Self::Other(t) => t.get(row).map(|b| String::from_utf8_lossy(b).into_owned()),
            Self::Flags(bits) => Some(bits.get(row).to_string()),
            Self::Instants { values, nanos_per_unit, naive } => {
                values.get(row).map(|v| match Instant::from_unit(*v, *nanos_per_unit) {
                    Some(at) if *naive => at.to_string().trim_end_matches('Z').to_owned(),
                    Some(at) => at.to_string(),
                    None => far_time(*v, *nanos_per_unit),
                })
            }
            Self::Days(v) => v.get(row).map(|d| Day(*d).to_string()),
            Self::I8(v) => plain(v, row),
            Self::I16(v) => plain(v, row),
            Self::I32(v) => plain(v, row),
            Self::I64(v) => plain(v, row),
            Self::U8(v) => plain(v, row),
            Self::U16(v) => plain(v, row),
            Self::U32(v) => plain(v, row),
            Self::U64(v) => plain(v, row),
            Self::F32(v) => v.get(row).map(|x| if x.is_finite() { float_text(x) } else { x.to_string() }),
            Self::F64(v) => v.get(row).map(|x| if x.is_finite() { float_text(x) } else { x.to_string() }),
            Self::Scaled { units, scale } => units.get(row).map(|u| decimal_text(u, *u < 0, *scale)),
            Self::Wide { units, scale } => units.get(row).map(|u| decimal_text(u, u.is_negative(), *scale)),
            Self::Decimals(v) => v.get(row).map(|d| d.normalize().to_string()),
        }
    }
}

impl Cells<'_> {
    /// What stands in a row as text, or nothing if it is empty.
    pub fn show(&self, row: usize) -> Option<String> {
        if self.is_known(row) { self.data.show(row) } else { None }
    }

    /// What stands in a row as a column of this kind reads it: the same text for the same value, whatever its layout. A
    /// value that such a column cannot read is shown as it is.
    pub fn show_as(&self, kind: Kind, zones: Zones, row: usize) -> Option<String> {
        if !self.is_known(row) {
            return None;
        }
        let read = match kind {
            Kind::Whole(..) if matches!(self.data, Data::Text(_)) => None,
            Kind::Whole(..) => whole_at(&self.data, row).ok().map(amount_text),
            Kind::Number(..) | Kind::Cost | Kind::Money => amount_at(&self.data, row).ok().map(amount_text),
            Kind::Instant => Times::of(&self.data, zones).and_then(|t| t.nanos(row)).map(nanos_text),
            Kind::Date if matches!(self.data, Data::Instants { .. }) => {
                let nanos = Times::of(&self.data, zones).and_then(|t| t.nanos(row));
                nanos.map(|n| local_day(Instant::from_nanos(n), zones.report).to_string())
            }
            _ => None,
        };
        read.or_else(|| self.data.show(row))
    }
}

fn amount_text(amount: Amount) -> String {
    scaled_to_text(amount.units, u32::from(amount.scale))
}

fn nanos_text(nanos: i64) -> String {
    Instant::from_nanos(nanos).to_string()
}

/// The shortest text that reads back as this float, as JSON has it.
pub(super) fn float_text(x: &(impl Serialize + Display)) -> String {
    serde_json::to_string(x).unwrap_or_else(|_| x.to_string())
}

fn decimal_text(units: &impl Display, negative: bool, scale: i8) -> String {
    let text = units.to_string();
    match usize::try_from(scale) {
        Ok(scale) => digits_to_text(text.trim_start_matches('-'), negative, scale),
        Err(_) if text == "0" => text,
        Err(_) => text + &"0".repeat(usize::from(scale.unsigned_abs())),
    }
}

/// A time that no [`Instant`] reaches, to the second.
fn far_time(value: i64, nanos_per_unit: i64) -> String {
    let second = (i128::from(value) * i128::from(nanos_per_unit)).div_euclid(1_000_000_000);
    let Ok(second) = i64::try_from(second) else { return value.to_string() };
    let (year, month, day) = civil_from_days(second.div_euclid(SECONDS_PER_DAY));
    let clock = second.rem_euclid(SECONDS_PER_DAY);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", clock / 3600, clock / 60 % 60, clock % 60)
}
