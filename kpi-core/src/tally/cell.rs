//! The smallest group that is kept: one combination of dimensions, one period, one handling. Every coarser figure is
//! a merge of such cells, so a cell holds only what merges exactly: integers, exact decimals, counted values.

use super::measures::Plan;
pub use super::sample::Sample;
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

impl Sum {
    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        self.amount.merge(&other.amount);
        self.known += other.known;
    }
}

impl Bin {
    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.hits += other.hits;
        self.sum.merge(&other.sum);
    }
}

impl Sessions {
    /// Adds others.
    pub fn merge(&mut self, other: &Self) {
        self.all += other.all;
        self.mature += other.mature;
        self.held += other.held;
        self.maturing += other.maturing;
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

    /// Adds another cell of the same plan, but not the exact times in it.
    pub fn merge_but_exact_times(&mut self, other: &Self) {
        self.rows += other.rows;
        add_each(&mut self.counts, &other.counts);
        add_each(&mut self.carriers, &other.carriers);
        self.spreads.iter_mut().zip(&other.spreads).for_each(|(a, b)| a.merge(b));
        self.parts.iter_mut().zip(&other.parts).for_each(|(a, b)| a.merge(b));
        self.times.iter_mut().zip(&other.times).filter(|(a, _)| a.is_sketch()).for_each(|(a, b)| a.merge(b));
        self.totals.iter_mut().zip(&other.totals).for_each(|(a, b)| a.merge(b));
        for (mine, theirs) in self.breakdowns.iter_mut().zip(&other.breakdowns) {
            for (key, n) in theirs {
                match mine.get_mut(key) {
                    Some(count) => *count += n,
                    None => drop(mine.insert(key.clone(), *n)),
                }
            }
        }
        self.binned.iter_mut().flatten().zip(other.binned.iter().flatten()).for_each(|(a, b)| a.merge(b));
        self.sessions.merge(&other.sessions);
        self.human_agents.extend(other.human_agents.iter().cloned());
    }
}

fn add_each(mine: &mut [u64], theirs: &[u64]) {
    for (a, b) in mine.iter_mut().zip(theirs) {
        *a += b;
    }
}
