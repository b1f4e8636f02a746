//! Who is held against whom: two sides of one input, told apart by dimensions and by when contacts were opened.

use crate::error::{Code, Error, Result};
use crate::input::{Batch, Column, Data, Limits, Table, Tables};
use crate::options::{DimensionValue, Milestone, Options};
use crate::report::Beside;
use crate::tally::{Measure, Membership, Sides};
use crate::units::Instant;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// The values that a dimension may have on a side; nothing among them asks for contacts without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OneOf(pub Vec<Option<DimensionValue>>);

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let value = |value| match value {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(DimensionValue(text)),
            other => Some(DimensionValue(other.to_string())),
        };
        Ok(Self(match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Array(several) => several.into_iter().map(value).collect(),
            one => vec![value(one)],
        }))
    }
}

/// One side. Without `when` and times it is everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Side {
    /// What it is called; default: `a` and `b`, `treated` and `control`.
    pub label: Option<String>,
    /// Dimensions and the value, or one of the values, that contacts have; null asks for contacts without one.
    pub when: BTreeMap<String, OneOf>,
    /// Contacts opened from this instant on.
    pub from: Option<Instant>,
    /// Contacts opened before this instant.
    pub until: Option<Instant>,
}

impl Side {
    /// In words, for messages.
    fn in_words(&self) -> String {
        let mut words: Vec<String> =
            self.when.iter().map(|(name, values)| format!("`{name}` is {}", json!(values))).collect();
        words.extend(self.from.map(|from| format!("opened from {from} on")));
        words.extend(self.until.map(|until| format!("opened before {until}")));
        if words.is_empty() { "everybody".into() } else { words.join(", ") }
    }

    fn membership(&self) -> Membership {
        let texts = |values: &OneOf| values.0.iter().map(|value| value.as_ref().map(|v| v.0.clone())).collect();
        let when = self.when.iter().map(|(name, values)| (name.clone(), texts(values))).collect();
        Membership { when, from: self.from, until: self.until }
    }

    /// What makes no sense about it by itself, and with these tables.
    fn problems(&self, name: &str, tables: &Tables<'_>) -> Vec<String> {
        let mut found = Vec::new();
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until <= from
        {
            found.push(format!(
                "`{name}` ends ({until}) where it begins ({from}) or before; let `until` lie after `from`"
            ));
        }
        for (dimension, values) in &self.when {
            if values.0.is_empty() {
                found.push(format!(
                    "`{name}.when.{dimension}` is an empty list; name a value, or null for contacts without one"
                ));
            }
            let ruled = Column::named(Table::Interactions, dimension).is_some();
            if !ruled && !tables.interactions.iter().any(|batch| has(batch, dimension)) {
                found.push(format!(
                    "`{name}.when` asks for \"{dimension}\", which no contact has; a column of your own must also be named in `by` where rows are read from JSON or CSV"
                ));
            }
        }
        found
    }
}

/// Whether some row of a batch has a value in this column.
fn has(batch: &Batch<'_>, dimension: &str) -> bool {
    let Some(cells) = batch.dimension(dimension) else { return false };
    !matches!(cells.data, Data::Nothing) && (0..batch.rows()).any(|row| cells.is_known(row))
}

/// What was found of a side.
#[derive(Debug, Clone, PartialEq)]
pub struct SideFound {
    /// What it is called.
    pub label: String,
    /// Who is on it.
    pub side: Side,
    /// How many contacts.
    pub contacts: u64,
    /// Days in which its contacts could be opened and known: within its own times, from the first contact of the whole
    /// input to the moment the data was taken.
    pub days: f64,
    /// The same in nanoseconds.
    pub(super) covered: i64,
}

impl SideFound {
    pub(super) fn to_json(&self) -> serde_json::Value {
        json!({
            "label": self.label,
            "when": self.side.when,
            "from": self.side.from,
            "until": self.side.until,
            "contacts": self.contacts,
            "days": self.days,
        })
    }
}

/// Never seen: [`count_sides`] refuses a side without a contact.
pub(super) fn nobody() -> Error {
    Error::new(Code::InvalidOption, "A side has no contact.")
}

/// Nanoseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000_000;

/// Counts an input by sides, each given with the name that messages and labels call it by.
///
/// # Errors
/// As a report; when a side makes no sense or has no contact; when a contact is on two sides.
pub(super) fn count_sides(
    tables: &Tables<'_>,
    options: &Options,
    sides: &[(&str, &Side)],
    more: &[Measure],
    limits: &Limits,
) -> Result<(Beside, Vec<SideFound>)> {
    let wrong: Vec<String> = sides.iter().flat_map(|(name, side)| side.problems(name, tables)).collect();
    if !wrong.is_empty() {
        return Err(Error::new(Code::InvalidOption, format!("{}.", wrong.join("; "))));
    }
    let members = sides.iter().map(|(_, side)| side.membership()).collect();
    let beside = Beside::count(tables, options, Sides::new(members), more, limits)?;
    let mut found = Vec::new();
    for (place, (name, side)) in sides.iter().enumerate() {
        let (contacts, covered) = (beside.contacts(place), beside.covered(place));
        if contacts == 0 {
            let text = format!(
                "Side `{name}` has no contact: {}. Look at how its values are written, and at the times that the data spans.",
                side.in_words()
            );
            return Err(Error::new(Code::InvalidOption, text));
        }
        let label = side.label.clone().unwrap_or_else(|| (*name).to_owned());
        let days = covered as f64 / DAY as f64;
        found.push(SideFound { label, side: (*side).clone(), contacts, days, covered });
    }
    Ok((beside, found))
}

/// The dimensions that sides are told apart by; where rows are read from JSON or CSV, columns of the user's own are only
/// kept when `by` names them.
pub(super) fn reading<'s>(options: &Options, sides: impl IntoIterator<Item = &'s Side>) -> Options {
    let mut options = options.clone();
    for name in sides.into_iter().flat_map(|side| side.when.keys()) {
        if !options.by.contains(name) {
            options.by.push(name.clone());
        }
    }
    options
}

/// Before and after a milestone: as many whole days on either side, at most as many as are asked for, and as few as the
/// data reaches to on the shorter side.
///
/// # Errors
/// As a report; when the milestone is unknown; when the data does not reach a day to either side of it.
pub(super) fn around(
    label: &str,
    days: u32,
    tables: &Tables<'_>,
    options: &Options,
    limits: &Limits,
) -> Result<(Milestone, u32, [Side; 2])> {
    let refuse = |text: String| Err(Error::new(Code::InvalidOption, text));
    let Some(milestone) = options.milestones.iter().find(|m| m.label == label) else {
        let known: Vec<String> = options.milestones.iter().map(|m| format!("\"{}\"", m.label)).collect();
        let known = if known.is_empty() { "none is given".into() } else { known.join(", ") };
        return refuse(format!("The option `milestones` has none that is called \"{label}\": {known}."));
    };
    // Where the data begins and ends is known only after a look at it.
    let look = Options { kpis: Some(Vec::new()), ..options.clone() };
    let all = Beside::count(tables, &look, Sides::new(vec![Membership::default()]), &[], limits)?;
    let at = milestone.at.nanos();
    let first = all.tally.opened.map_or(at, |(first, _)| first);
    let last = all.tally.options.as_of.map_or(at, Instant::nanos);
    let reach = at.saturating_sub(first).min(last.saturating_sub(at)).div_euclid(DAY);
    let within = u32::try_from(reach.max(0)).unwrap_or(u32::MAX).min(days);
    if within == 0 {
        let text = "The data does not reach a whole day to both sides of";
        return refuse(format!("{text} \"{label}\" ({}), or `days` is 0.", milestone.at));
    }
    let length = i64::from(within).saturating_mul(DAY);
    let side = |name: &str, from: i64, until: i64| Side {
        label: Some(format!("{name} {label}")),
        from: Some(Instant::from_nanos(from)),
        until: Some(Instant::from_nanos(until)),
        ..Side::default()
    };
    let after = side("after", at, at.saturating_add(length));
    Ok((milestone.clone(), within, [after, side("before", at.saturating_sub(length), at)]))
}
