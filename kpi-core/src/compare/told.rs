//! Contacts one by one, as comparisons need them.

use crate::error::Result;
use crate::facts::Story;
use crate::facts::rows::HOUR;
use crate::facts::stories::TOLD;
use crate::input::{Column, InMemory, Limits, Tables};
use crate::options::Options;
use crate::tally::{self, Plan, RowCounts};
use crate::units::Instant;
use std::collections::BTreeSet;

/// Every used contact of an input, and what all of them share.
#[derive(Debug, Clone)]
pub struct Told {
    /// In the order of the rows.
    pub stories: Vec<Story>,
    /// Where rows went; there is one story for each used one.
    pub counts: RowCounts,
    /// The moment the data was taken, in nanoseconds.
    pub as_of: i64,
    /// The recontact window of the options, in nanoseconds.
    pub window: i64,
    /// Which of [`TOLD`] some used contact has.
    pub present: BTreeSet<Column>,
}

/// What happened to each used contact: the same rules, quarantine, scope and moment as in a report.
///
/// # Errors
/// As [`crate::report()`].
pub fn stories(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Told> {
    options.validate()?;
    let mut plan = Plan::new([], TOLD.iter().copied());
    plan.read_also(options);
    let (tally, stories) = tally::stories(&InMemory::new(&tables.interactions), tables, options, limits, &plan)?;
    let as_of = tally.options.as_of.map_or(0, Instant::nanos);
    let present = TOLD.iter().copied().filter(|column| tally.present.contains(column)).collect();
    let (counts, window) = (tally.counts, i64::from(options.recontact_hours) * HOUR);
    Ok(Told { stories, counts, as_of, window, present })
}
