//! What can be counted about contacts: named measures that KPIs are built from. Several KPIs may share one.

use crate::facts::{Fates, Rows};
use crate::input::Column;
use crate::input::block::ROWS;
use crate::input::numbers::Numbers;
use std::collections::BTreeMap;

/// The contacts that a count is about.
#[derive(Debug, Clone, Copy)]
pub enum Counted {
    /// A contact's own row says so.
    Now(fn(&Rows<'_>) -> u64),
    /// Its fate says so, which is known when all rows are in. What a fate knows of the row itself is quicker counted
    /// this way too, since contacts of one fate are counted together.
    Later(fn(&Fates) -> u64),
}

/// How many contacts are such.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// The contacts counted.
    pub rows: Counted,
    /// The columns this looks at beside those of every report.
    pub reads: &'static [Column],
}

/// The values of contacts, for a mean and its interval.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// The contacts that have a value.
    pub rows: fn(&Rows<'_>) -> u64,
    /// The value.
    pub value: for<'r> fn(&Rows<'r>) -> Numbers<'r>,
    /// The columns this looks at.
    pub reads: &'static [Column],
}

/// Things counted within contacts: so many parts of such a whole.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// The contacts that know both sides.
    pub rows: fn(&Rows<'_>) -> u64,
    /// The part.
    pub part: for<'r> fn(&Rows<'r>) -> Numbers<'r>,
    /// The whole.
    pub whole: for<'r> fn(&Rows<'r>) -> Numbers<'r>,
    /// The columns this looks at.
    pub reads: &'static [Column],
}

/// An exact sum, and over how many contacts.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// The contacts that have a value.
    pub rows: fn(&Rows<'_>) -> u64,
    /// The value.
    pub value: for<'r> fn(&Rows<'r>) -> Numbers<'r>,
    /// The columns this looks at.
    pub reads: &'static [Column],
}

/// How long things took, for quantiles.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// The contacts that have a value.
    pub rows: fn(&Rows<'_>) -> u64,
    /// The values of those contacts as numbers that sort like them.
    pub values: fn(&Rows<'_>, u64) -> [i64; ROWS],
    /// What the number is.
    pub scale: TimeScale,
    /// The columns this looks at.
    pub reads: &'static [Column],
}

/// What the numbers of [`Times`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeScale {
    /// Nanoseconds.
    Nanos,
    /// The bits of a double that is not negative, in milliseconds.
    MillisecondBits,
}

impl TimeScale {
    /// In seconds.
    pub fn seconds(self, value: i64) -> f64 {
        match self {
            Self::Nanos => value as f64 / 1e9,
            Self::MillisecondBits => f64::from_bits(value.unsigned_abs()) / 1e3,
        }
    }
}

/// How often each text stands in a column.
#[derive(Debug, Clone, Copy)]
pub struct Breakdown {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// The column.
    pub column: Column,
}

/// Contacts sorted into bins, with a sum and a count of hits in each.
#[derive(Debug, Clone, Copy)]
pub struct Binned {
    /// A stable name; part of a stored tally.
    pub name: &'static str,
    /// How many bins.
    pub bins: usize,
    /// The contacts that have a value.
    pub rows: fn(&Rows<'_>) -> u64,
    /// The contacts that count as hits.
    pub hits: fn(&Rows<'_>) -> u64,
    /// The value; the bin is where it lies in [0, 1].
    pub value: for<'r> fn(&Rows<'r>) -> Numbers<'r>,
    /// The columns this looks at.
    pub reads: &'static [Column],
}

/// What needs more than one contact at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Sessions, and whether they held.
    Sessions,
    /// How many contacts the AI had in progress at once.
    Concurrency,
    /// The people who were active.
    HumanAgents,
    /// When each issue was first seen.
    Topics,
    /// The accounts table, and which accounts the AI served.
    Accounts,
    /// The signals table.
    Signals,
    /// The fixes table.
    Fixes,
    /// The costs table, shared over contacts.
    Ledger,
}

/// Anything a KPI is computed from.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each variant is the measure of that name")]
pub enum Measure {
    Count(&'static Count),
    Spread(&'static Spread),
    Parts(&'static Parts),
    Total(&'static Total),
    Times(&'static Times),
    Breakdown(&'static Breakdown),
    Binned(&'static Binned),
    Feature(Feature),
}

/// The columns that facts about returns are worked out from. [`Column::ReopenedAt`] serves nothing else, so a measure
/// that reads it asks for those facts.
pub const RETURNS: &[Column] =
    &[Column::CustomerId, Column::Confirmed, Column::ReopenedAt, Column::Issue, Column::SessionId];

/// The columns of every report: what became of its contacts stands in each.
pub const ALWAYS: [Column; 9] = [
    Column::Handling,
    Column::OpenedAt,
    Column::ClosedAt,
    Column::Outcome,
    Column::Confirmed,
    Column::CustomerId,
    Column::ReopenedAt,
    Column::Issue,
    Column::SessionId,
];

/// The measures of the KPIs asked for, each once, by name.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Counts, in the order of their places in a cell.
    pub counts: Vec<&'static Count>,
    /// Spreads.
    pub spreads: Vec<&'static Spread>,
    /// Parts of wholes.
    pub parts: Vec<&'static Parts>,
    /// Totals.
    pub totals: Vec<&'static Total>,
    /// Times.
    pub times: Vec<&'static Times>,
    /// Breakdowns.
    pub breakdowns: Vec<&'static Breakdown>,
    /// Bins.
    pub binned: Vec<&'static Binned>,
    /// Features.
    pub features: std::collections::BTreeSet<Feature>,
    /// Columns of the interactions to decode.
    pub columns: Vec<Column>,
    /// Every column whose presence may be asked about, of any table: what makes figures undefined, and what measures read.
    pub presence: Vec<Column>,
    /// The sides that contacts are sorted into instead of by dimensions, if one is held against another.
    pub sides: Option<super::sides::Sides>,
    /// Whether each contact without a value of the last dimension is a group of its own.
    pub apart: bool,
    places: BTreeMap<&'static str, usize>,
}

impl Plan {
    /// Collects measures; `presence` are columns whose being empty everywhere makes a figure undefined.
    pub fn new(measures: impl IntoIterator<Item = Measure>, presence: impl IntoIterator<Item = Column>) -> Self {
        let mut plan = Self::default();
        let mut columns: std::collections::BTreeSet<Column> = ALWAYS.into_iter().collect();
        for measure in measures {
            columns.extend(plan.add(measure));
        }
        let mut presence: std::collections::BTreeSet<Column> = presence.into_iter().collect();
        columns.extend(presence.iter().filter(|c| c.table() == crate::input::Table::Interactions));
        presence.extend(&columns);
        plan.columns = columns.into_iter().collect();
        plan.presence = presence.into_iter().collect();
        plan
    }

    fn add(&mut self, measure: Measure) -> Vec<Column> {
        macro_rules! place {
            ($list:ident, $measure:ident) => {{
                if !self.places.contains_key($measure.name) {
                    self.places.insert($measure.name, self.$list.len());
                    self.$list.push($measure);
                }
                $measure.reads.to_vec()
            }};
        }
        match measure {
            Measure::Count(m) => place!(counts, m),
            Measure::Spread(m) => place!(spreads, m),
            Measure::Parts(m) => place!(parts, m),
            Measure::Total(m) => place!(totals, m),
            Measure::Times(m) => place!(times, m),
            Measure::Binned(m) => place!(binned, m),
            Measure::Breakdown(m) => {
                if !self.places.contains_key(m.name) {
                    self.places.insert(m.name, self.breakdowns.len());
                    self.breakdowns.push(m);
                }
                vec![m.column]
            }
            Measure::Feature(feature) => {
                self.features.insert(feature);
                feature.reads().to_vec()
            }
        }
    }

    /// Reads also what grouping, service levels and pins compare.
    pub fn read_also(&mut self, options: &crate::options::Options) {
        let named = options.dimensions().filter_map(|name| Column::named(crate::input::Table::Interactions, name));
        let more: Vec<Column> = named.filter(|c| !self.columns.contains(c)).collect();
        self.columns.extend(more);
        self.columns.sort_unstable();
    }

    /// Where a measure stands among its kind.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Whether a feature is wanted.
    pub fn wants(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

impl Feature {
    /// The columns of the interactions it looks at.
    pub const fn reads(self) -> &'static [Column] {
        match self {
            Self::Sessions | Self::Accounts => &[
                Column::CustomerId,
                Column::Confirmed,
                Column::ReopenedAt,
                Column::Issue,
                Column::SessionId,
                Column::AccountId,
            ],
            Self::Concurrency => &[Column::EscalatedAt],
            Self::HumanAgents => &[Column::HumanAgentId],
            Self::Topics => &[Column::Issue],
            Self::Signals | Self::Fixes | Self::Ledger => &[],
        }
    }
}
