//! What a formula sees: one group's tally, cut down to one population, and the options.

use super::figure::Flag;
use super::kpi::{Kpi, Population};
use super::shared;
use crate::input::Column;
use crate::options::{Baseline, Options, Quantiles};
use crate::tally::cell::{Bin, Cell, Sessions, Sum};
use crate::tally::ledger::GroupLedger;
use crate::tally::ranks::{Ranked, Ranks};
use crate::tally::{Binned, Breakdown, Count, Parts, Plan, Revenue, Sample, Spread, Times, Total};
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
    /// The measures.
    pub plan: &'w Plan,
    /// The normal quantile of the confidence level.
    pub z: f64,
    /// Exact times by rank.
    pub ranks: &'w Ranks,
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
        let Some(at) = self.whole.plan.place(count.name) else { return 0 };
        self.cells().filter_map(|c| c.counts.get(at)).sum()
    }

    /// A spread.
    pub fn spread(&self, spread: &Spread) -> Moments {
        let mut all = Moments::default();
        if let Some(at) = self.whole.plan.place(spread.name) {
            self.cells().filter_map(|c| c.spreads.get(at)).for_each(|m| all.merge(m));
        }
        all
    }

    /// Parts of wholes.
    pub fn parts(&self, parts: &Parts) -> Clusters {
        let mut all = Clusters::default();
        if let Some(at) = self.whole.plan.place(parts.name) {
            self.cells().filter_map(|c| c.parts.get(at)).for_each(|m| all.merge(m));
        }
        all
    }

    /// A total.
    pub fn total(&self, total: &Total) -> Sum {
        let mut all = Sum::default();
        if let Some(at) = self.whole.plan.place(total.name) {
            for sum in self.cells().filter_map(|c| c.totals.get(at)) {
                all.amount.merge(&sum.amount);
                all.known += sum.known;
            }
        }
        all
    }

    /// Observed times.
    pub fn times(&self, times: &Times) -> Option<Box<dyn Ranked + 'c>> {
        let at = self.whole.plan.place(times.name)?;
        if self.options().quantiles == Quantiles::Exact {
            let finest = self.group.finest.iter();
            let cells = finest.flat_map(|group| self.population.handlings().iter().map(move |h| group * 3 + h));
            return Some(Box::new(self.whole.ranks.observed(at, cells)));
        }
        let mut all = Sample::new(true);
        self.cells().filter_map(|c| c.times.get(at)).for_each(|sample| all.merge(sample));
        Some(Box::new(all))
    }

    /// How often each text stands in a column.
    pub fn breakdown(&self, breakdown: &Breakdown) -> BTreeMap<String, u64> {
        let mut all = BTreeMap::new();
        let Some(at) = self.whole.plan.place(breakdown.name) else { return all };
        for (key, n) in self.cells().filter_map(|c| c.breakdowns.get(at)).flatten() {
            *all.entry(key.clone()).or_default() += n;
        }
        all
    }

    /// Bins.
    pub fn bins(&self, binned: &Binned) -> Vec<Bin> {
        let mut all = vec![Bin::default(); binned.bins];
        let Some(at) = self.whole.plan.place(binned.name) else { return all };
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

    /// Whether a doubt about a figure that rests on `n` observations holds.
    pub fn doubts(&self, kpi: &Kpi, flag: Flag, unit_counts: bool, n: u64) -> bool {
        let over = |part: u64, whole: u64, percent: u64| whole > 0 && part * 100 > whole * percent;
        let all = self.of(Population::All);
        match flag {
            Flag::SmallSample => !unit_counts && n < 30,
            Flag::Immature => over(self.count(&shared::MATURING), self.count(&shared::CLOSED), 20),
            // Within one population everybody is asked alike; only where they are mixed does it matter who answers.
            Flag::ResponseBias => {
                let parts = |count: &Count| (self.of(Population::Ai).count(count), all.count(count));
                let (answers, closed) = (parts(shared::answers_to(kpi.inputs)), parts(&shared::CLOSED));
                self.population == Population::All && differ_by_over_a_tenth(answers, closed)
            }
            Flag::LowCoverage => {
                let fronted = self.of(Population::AiFronted);
                let (audited, closed) = (fronted.count(&shared::AUDITED), fronted.count(&shared::CLOSED));
                audited * 100 < closed * 5
            }
            Flag::Unverified => {
                let ai = self.of(Population::Ai);
                ai.count(&shared::VERIFIED) * 2 < ai.count(&shared::CLAIMED_BY_AI)
            }
            Flag::OpenBacklog => over(self.count(&shared::OPEN), self.rows(), 10),
            Flag::MissingCostLayer => super::cost::misses_a_layer(kpi, self),
            Flag::Blended => self.population == Population::All,
            Flag::NotCausal => true,
            Flag::NoBaseline => self.baseline().is_none_or(|b| b.cost_per_contact.is_none()),
            Flag::NoRevenue => !self.whole.present.contains(&Column::Revenue),
            Flag::PerContactBaseline => self.baseline().is_none_or(|b| !b.kpis.contains_key("cost_per_resolution")),
            Flag::TooGood | Flag::Approximate => false,
        }
    }
}

/// Whether two shares, each a part and its whole, lie more than ten points apart; in whole numbers, so that exactly ten
/// points are not more.
fn differ_by_over_a_tenth((part, whole): (u64, u64), (other_part, other_whole): (u64, u64)) -> bool {
    let [part, whole, other_part, other_whole] = [part, whole, other_part, other_whole].map(u128::from);
    let gap = (part * other_whole).abs_diff(other_part * whole);
    gap * 10 > whole * other_whole && whole * other_whole > 0
}
