//! What a formula sees: one group's tally, cut down to one population, and the options.

use super::kpi::Population;
use super::places::Places;
use crate::evidence::Ranks;
use crate::input::Column;
use crate::options::{Baseline, Options, Quantiles};
use crate::tally::cell::{Bin, Cell, Sessions, Sum};
use crate::tally::ledger::GroupLedger;
use crate::tally::ranks::{ByRank, Ranked};
use crate::tally::{Binned, Breakdown, Count, Parts, Revenue, Sample, Spread, Times, Total};
use crate::units::{Clusters, ExactSum, Moments};
use std::collections::{BTreeMap, BTreeSet};

/// A group, merged from its cells.
#[derive(Debug, Clone)]
pub struct GroupView<'g> {
    /// AI, people, AI to people.
    pub cells: &'g [Cell; 3],
    /// The finest groups it is merged from, by their place in the tally.
    pub finest: &'g [usize],
    /// Whether it is of one period.
    pub has_period: bool,
    /// Nanoseconds of covered time.
    pub covered: i64,
    /// Its part of the costs table.
    pub ledger: &'g GroupLedger,
    /// The most contacts the AI had in progress at once.
    pub peak: u64,
    /// Contacts whose issue appeared in this period; nothing in the data's first period and without periods.
    pub new_topics: Option<u64>,
}

/// What is the same for all groups of a report.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'w> {
    /// The options.
    pub options: &'w Options,
    /// Where the measures stand.
    pub places: &'w Places<'w>,
    /// The normal quantile of the confidence level.
    pub z: f64,
    /// Exact times by rank.
    pub times: &'w ByRank,
    /// The ranks of quantiles and of their limits at that level.
    pub ranks: Ranks,
    /// Revenue state; only the grand total uses it.
    pub revenue: &'w Revenue,
    /// Columns that some usable row has.
    pub present: &'w BTreeSet<Column>,
    /// Layers of the costs table.
    pub ledger_layers: &'w [String],
}

/// One group and one population.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'c> {
    /// The group.
    pub group: &'c GroupView<'c>,
    /// The report.
    pub whole: &'c Whole<'c>,
    /// The population.
    pub population: Population,
}

impl<'c> Cut<'c> {
    /// The same group, another population.
    #[must_use]
    pub fn of(&self, population: Population) -> Self {
        Self { population, ..*self }
    }

    /// The options.
    pub fn options(&self) -> &'c Options {
        self.whole.options
    }

    /// The normal quantile of the confidence level.
    pub fn z(&self) -> f64 {
        self.whole.z
    }

    /// What was true before the AI, if given.
    pub fn baseline(&self) -> Option<&'c Baseline> {
        self.options().baseline.as_ref()
    }

    fn cells(&self) -> impl Iterator<Item = &'c Cell> + use<'c> {
        let cells = self.group.cells;
        self.population.handlings().iter().filter_map(move |h| cells.get(*h))
    }

    /// Contacts of the population.
    pub fn rows(&self) -> u64 {
        self.cells().map(|c| c.rows).sum()
    }

    /// A count.
    pub fn count(&self, count: &Count) -> u64 {
        let Some(at) = self.whole.places.place(count.name) else { return 0 };
        self.cells().filter_map(|c| c.counts.get(at)).sum()
    }

    /// A spread.
    pub fn spread(&self, spread: &Spread) -> Moments {
        let Some(at) = self.whole.places.place(spread.name) else { return Moments::default() };
        merged(self.cells().filter_map(|c| c.spreads.get(at)).copied(), Moments::merge)
    }

    /// Parts of wholes.
    pub fn parts(&self, parts: &Parts) -> Clusters {
        let Some(at) = self.whole.places.place(parts.name) else { return Clusters::default() };
        merged(self.cells().filter_map(|c| c.parts.get(at)).copied(), Clusters::merge)
    }

    /// A total.
    pub fn total(&self, total: &Total) -> Sum {
        let mut all = Sum::default();
        if let Some(at) = self.whole.places.place(total.name) {
            for sum in self.cells().filter_map(|c| c.totals.get(at)) {
                all.amount.merge(&sum.amount);
                all.known += sum.known;
            }
        }
        all
    }

    /// Observed times.
    pub fn times(&self, times: &Times) -> Option<Box<dyn Ranked + 'c>> {
        let at = self.whole.places.place(times.name)?;
        if self.options().quantiles == Quantiles::Exact {
            let finest = self.group.finest.iter();
            let cells = finest.flat_map(|group| self.population.handlings().iter().map(move |h| group * 3 + h));
            return Some(Box::new(self.whole.times.observed(at, cells)));
        }
        let mut all = Sample::new(true);
        self.cells().filter_map(|c| c.times.get(at)).for_each(|sample| all.merge(sample));
        Some(Box::new(all))
    }

    /// How often each text stands in a column.
    pub fn breakdown(&self, breakdown: &Breakdown) -> BTreeMap<&'c str, u64> {
        let mut all = BTreeMap::new();
        let Some(at) = self.whole.places.place(breakdown.name) else { return all };
        for (key, n) in self.cells().filter_map(|c| c.breakdowns.get(at)).flatten() {
            *all.entry(key.as_str()).or_default() += n;
        }
        all
    }

    /// Bins.
    pub fn bins(&self, binned: &Binned) -> Vec<Bin> {
        let mut all = vec![Bin::default(); binned.bins];
        let Some(at) = self.whole.places.place(binned.name) else { return all };
        for bins in self.cells().filter_map(|c| c.binned.get(at)) {
            for (mine, theirs) in all.iter_mut().zip(bins) {
                mine.rows += theirs.rows;
                mine.hits += theirs.hits;
                mine.sum.merge(&theirs.sum);
            }
        }
        all
    }

    /// Sessions that the population worked on.
    pub fn sessions(&self) -> Sessions {
        self.cells().fold(Sessions::default(), |all, cell| Sessions {
            all: all.all + cell.sessions.all,
            mature: all.mature + cell.sessions.mature,
            held: all.held + cell.sessions.held,
            maturing: all.maturing + cell.sessions.maturing,
        })
    }

    /// How many people were active.
    pub fn human_agents(&self) -> u64 {
        let agents: BTreeSet<&String> = self.cells().flat_map(|c| &c.human_agents).collect();
        agents.len() as u64
    }

    /// The population's part of the costs table, of the AI's or of the people's scope.
    pub fn allocated(&self, of_ai: bool) -> ExactSum {
        self.group.ledger.total(self.population, of_ai)
    }
}

/// Everything merged into the first, which for most populations is all there is.
fn merged<T: Default>(mut all: impl Iterator<Item = T>, merge: fn(&mut T, &T)) -> T {
    let mut first = all.next().unwrap_or_default();
    all.for_each(|other| merge(&mut first, &other));
    first
}
