//! The smallest group that is kept: one combination of dimensions, one period, one handling. Every coarser figure is
//! a merge of such cells, so a cell holds only what merges exactly: integers, exact decimals, counted values.

use super::measures::{Plan, TimeScale};
use crate::input::text::Amount;
use crate::units::{Clusters, ExactSum, Moments};
use std::collections::{BTreeMap, BTreeSet};

/// A sum and how many contacts are in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// Exact.
    pub amount: ExactSum,
    /// Contacts that had a value.
    pub known: u64,
}

/// One bin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bin {
    /// Contacts in it.
    pub rows: u64,
    /// Of those, hits.
    pub hits: u64,
    /// The sum of their values.
    pub sum: ExactSum,
}

/// Sessions by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sessions {
    /// All of them.
    pub all: u64,
    /// Closed, and a return would have been seen by now.
    pub mature: u64,
    /// Of those, resolved and nobody came back.
    pub held: u64,
    /// Closed, and the answer is still to come.
    pub maturing: u64,
}

/// Observed values, all of them or as a sketch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sample {
    /// Every value, in no order.
    Exact(Vec<i64>),
    /// How many values lie in each bucket of at most 1/128 relative width.
    Sketch(BTreeMap<u32, u64>),
}

/// Bits of a double that a sketch's bucket drops: it keeps the exponent and seven bits behind it.
const DROPPED: u32 = 52 - 7;

impl Sample {
    /// An empty sample.
    pub fn new(sketch: bool) -> Self {
        if sketch { Self::Sketch(BTreeMap::new()) } else { Self::Exact(Vec::new()) }
    }

    /// Adds a value that is not negative.
    pub fn add(&mut self, value: i64, scale: TimeScale) {
        match self {
            Self::Exact(values) => values.push(value),
            Self::Sketch(buckets) => {
                let double = match scale {
                    TimeScale::Nanos => (value.max(0) as f64).to_bits(),
                    TimeScale::MillisecondBits => value.unsigned_abs(),
                };
                let bucket = u32::try_from(double >> DROPPED).unwrap_or(u32::MAX);
                *buckets.entry(bucket).or_default() += 1;
            }
        }
    }

    /// Adds another sample of the same kind.
    pub fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::Exact(mine), Self::Exact(theirs)) => mine.extend_from_slice(theirs),
            (Self::Sketch(mine), Self::Sketch(theirs)) => {
                for (bucket, n) in theirs {
                    *mine.entry(*bucket).or_default() += n;
                }
            }
            _ => {}
        }
    }

    /// How many values.
    pub fn len(&self) -> u64 {
        match self {
            Self::Exact(values) => values.len() as u64,
            Self::Sketch(buckets) => buckets.values().sum(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of some ranks (counted from 1), in seconds.
    pub fn at_ranks<const N: usize>(&mut self, ranks: [u64; N], scale: TimeScale) -> [Option<f64>; N] {
        ranks.map(|rank| match self {
            Self::Exact(values) => {
                let at = usize::try_from(rank.checked_sub(1)?).ok().filter(|at| *at < values.len())?;
                Some(scale.seconds(*values.select_nth_unstable(at).1))
            }
            Self::Sketch(buckets) => {
                let mut seen = 0;
                let (bucket, _) = buckets.iter().find(|(_, n)| {
                    seen += **n;
                    seen >= rank
                })?;
                let middle = if *bucket == 0 { 0 } else { (u64::from(*bucket) << DROPPED) | 1 << (DROPPED - 1) };
                let value = f64::from_bits(middle);
                Some(if scale == TimeScale::Nanos { value / 1e9 } else { value / 1e3 })
            }
        })
    }
}

/// What is kept of one group and one handling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Contacts.
    pub rows: u64,
    /// One for each count of the plan.
    pub counts: Vec<u64>,
    /// One for each spread of the plan.
    pub spreads: Vec<Moments>,
    /// One for each pair of the plan.
    pub parts: Vec<Clusters>,
    /// One for each total of the plan.
    pub totals: Vec<Sum>,
    /// One for each time of the plan.
    pub times: Vec<Sample>,
    /// One for each breakdown of the plan.
    pub breakdowns: Vec<BTreeMap<String, u64>>,
    /// One list of bins for each of the plan.
    pub binned: Vec<Vec<Bin>>,
    /// Sessions that this handling worked on.
    pub sessions: Sessions,
    /// People who were active.
    pub human_agents: BTreeSet<String>,
    /// For each set of pins of the costs table: closed contacts that have the pinned values.
    pub carriers: Vec<u64>,
}

impl Cell {
    /// An empty cell.
    pub fn new(plan: &Plan, sketch: bool, pins: usize) -> Self {
        Self {
            rows: 0,
            counts: vec![0; plan.counts.len()],
            spreads: vec![Moments::default(); plan.spreads.len()],
            parts: vec![Clusters::default(); plan.parts.len()],
            totals: vec![Sum::default(); plan.totals.len()],
            times: vec![Sample::new(sketch); plan.times.len()],
            breakdowns: vec![BTreeMap::new(); plan.breakdowns.len()],
            binned: plan.binned.iter().map(|b| vec![Bin::default(); b.bins]).collect(),
            sessions: Sessions::default(),
            human_agents: BTreeSet::new(),
            carriers: vec![0; pins],
        }
    }

    /// Adds another cell of the same plan.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        add_each(&mut self.counts, &other.counts);
        add_each(&mut self.carriers, &other.carriers);
        self.spreads.iter_mut().zip(&other.spreads).for_each(|(a, b)| a.merge(b));
        self.parts.iter_mut().zip(&other.parts).for_each(|(a, b)| a.merge(b));
        self.times.iter_mut().zip(&other.times).for_each(|(a, b)| a.merge(b));
        for (mine, theirs) in self.totals.iter_mut().zip(&other.totals) {
            mine.amount.merge(&theirs.amount);
            mine.known += theirs.known;
        }
        for (mine, theirs) in self.breakdowns.iter_mut().zip(&other.breakdowns) {
            for (key, n) in theirs {
                match mine.get_mut(key) {
                    Some(count) => *count += n,
                    None => drop(mine.insert(key.clone(), *n)),
                }
            }
        }
        for (mine, theirs) in self.binned.iter_mut().flatten().zip(other.binned.iter().flatten()) {
            mine.rows += theirs.rows;
            mine.hits += theirs.hits;
            mine.sum.merge(&theirs.sum);
        }
        self.sessions.all += other.sessions.all;
        self.sessions.mature += other.sessions.mature;
        self.sessions.held += other.sessions.held;
        self.sessions.maturing += other.sessions.maturing;
        self.human_agents.extend(other.human_agents.iter().cloned());
    }
}

fn add_each(mine: &mut [u64], theirs: &[u64]) {
    for (a, b) in mine.iter_mut().zip(theirs) {
        *a += b;
    }
}

/// The bin of [0, 1] cut into `bins` equal ones, the last one closed, in which an amount lies.
pub fn bin_of(value: Amount, bins: usize) -> usize {
    let scaled = value.units * i128::try_from(bins).unwrap_or(1);
    let bin = scaled / 10_i128.pow(u32::from(value.scale));
    usize::try_from(bin).unwrap_or(0).min(bins - 1)
}
