//! The figures of several sides of one input, for whatever holds one against another.

use super::build::{plan_of, wanted};
use super::value::GroupReport;
use crate::error::Result;
use crate::input::{InMemory, Limits, Tables};
use crate::options::Options;
use crate::tally::{Measure, Sides, Tally, count};
use crate::units::Instant;

/// An input counted by sides: each contact is on one of them or on none, and all of them together say who came back.
pub(crate) struct Beside {
    /// What was counted; a group for each side and piece of time.
    pub tally: Tally,
    sides: Sides,
    limits: Limits,
}

impl Beside {
    /// Counts contacts by side for the figures of `options.kpis`, and what else is to be measured. Dimensions and periods
    /// of the options are not grouped by.
    ///
    /// # Errors
    /// As a report, and when a contact is on two sides.
    pub fn count(
        tables: &Tables<'_>,
        options: &Options,
        sides: Sides,
        more: &[Measure],
        limits: &Limits,
    ) -> Result<Self> {
        super::refuse_cluster(options, "comparisons")?;
        let options = Options { by: vec!["side".into()], every: None, targets: Vec::new(), ..options.clone() };
        options.validate()?;
        let mut plan = plan_of(&wanted(&options)?, more, &options);
        plan.sides = Some(sides.clone());
        let tally = count(&InMemory::new(&tables.interactions), tables, &options, limits, &plan)?;
        Ok(Self { tally, sides, limits: limits.clone() })
    }

    /// How many contacts a side has.
    pub fn contacts(&self, side: usize) -> u64 {
        let own = self.tally.groups.iter().filter(|((combination, _), _)| Sides::named(combination) == Some(side));
        own.map(|(_, group)| group.outcomes.iter().sum::<u64>()).sum()
    }

    /// Nanoseconds in which contacts of a side could be opened and known: its own bounds, from the first contact of the
    /// input to the moment the data was taken.
    pub fn covered(&self, side: usize) -> i64 {
        let (Some((first, _)), Some((from, until))) = (self.tally.opened, self.sides.bounds(side)) else { return 0 };
        let last = self.tally.options.as_of.map_or(first, Instant::nanos);
        until.nanos().min(last).saturating_sub(from.nanos().max(first)).max(0)
    }

    /// The figures of each side that has a contact, with intervals at a confidence level.
    ///
    /// # Errors
    /// When the options make no sense.
    pub fn figures(&mut self, confidence_level: f64) -> Result<Vec<Option<GroupReport>>> {
        self.tally.options.confidence_level = confidence_level;
        let mut sides: Vec<Option<GroupReport>> = self.sides.members().iter().map(|_| None).collect();
        let found = self.tally.evaluated(&self.limits, |ready| {
            let plans = ready.levels.plans().into_iter().filter(|plan| plan.combination.is_some()).collect();
            ready.groups(plans)
        })?;
        for group in found {
            let combination: Vec<Option<String>> = group.key.by.iter().map(|(_, value)| value.clone()).collect();
            if let Some(place) = Sides::named(&combination).and_then(|side| sides.get_mut(side)) {
                *place = Some(group);
            }
        }
        Ok(sides)
    }
}
