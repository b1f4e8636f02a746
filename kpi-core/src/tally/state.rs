//! Everything that is kept of an input, and how two parts of one whole become one.

use super::cell::Cell;
use super::costs::{CostEntry, Pins};
use super::digest::Digest;
use super::measures::Plan;
use super::progress::Progress;
use super::revenue::Revenue;
use crate::error::{Code, Error, Problem, Result};
use crate::input::{Column, Table};
use crate::options::Options;
use std::collections::{BTreeMap, BTreeSet};

/// The classes of SPEC 3.6b, in the order in which they are matched and shown.
pub const OUTCOMES: [&str; 9] =
    ["open", "escalated", "human", "abandoned", "unresolved", "pending", "verified", "disproved", "unverifiable"];

/// A value of each dimension of `by`.
pub type Combination = Vec<Option<String>>;

/// One combination of dimensions in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Contacts by outcome class, in the order of [`OUTCOMES`].
    pub outcomes: [u64; 9],
    /// AI, people, AI to people.
    pub cells: [Cell; 3],
}

impl Group {
    /// An empty group.
    pub fn new(plan: &Plan, sketch: bool, pins: usize) -> Self {
        Self { outcomes: [0; 9], cells: std::array::from_fn(|_| Cell::new(plan, sketch, pins)) }
    }

    /// Adds another group of the same plan.
    pub fn merge(&mut self, other: &Self) {
        self.merge_but_exact_times(other);
        for (mine, theirs) in self.cells.iter_mut().zip(&other.cells) {
            mine.times.iter_mut().zip(&theirs.times).filter(|(a, _)| !a.is_sketch()).for_each(|(a, b)| a.merge(b));
        }
    }

    /// The same, but without copying all times; a report finds them by rank where they are.
    pub fn merge_but_exact_times(&mut self, other: &Self) {
        for (a, b) in self.outcomes.iter_mut().zip(other.outcomes) {
            *a += b;
        }
        self.cells.iter_mut().zip(&other.cells).for_each(|(a, b)| a.merge_but_exact_times(b));
    }
}

/// Where rows went; `rows_in = rows_used + rows_quarantined + rows_out_of_scope`, always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct RowCounts {
    /// Rows of the interactions table.
    pub rows_in: u64,
    /// Rows that figures rest on.
    pub rows_used: u64,
    /// Rows left out because they break a rule.
    pub rows_quarantined: u64,
    /// Rows no customer asked for.
    pub rows_out_of_scope: u64,
}

/// When an issue was first seen, and how many contacts of that first period each combination had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The period.
    pub first_period: i64,
    /// Contacts about it in that period.
    pub contacts: BTreeMap<Combination, u64>,
}

/// The state of a report before any formula: exact, mergeable, in no order.
#[derive(Debug, Clone)]
pub struct Tally {
    /// The options, with `as_of` and `currency` as they were found.
    pub options: Options,
    pub(crate) plan: Plan,
    pub(crate) groups: BTreeMap<(Combination, i64), Group>,
    pub(crate) in_progress: BTreeMap<Combination, Progress>,
    pub(crate) topics: BTreeMap<String, Topic>,
    pub(crate) revenue: Revenue,
    pub(crate) costs: Vec<CostEntry>,
    pub(crate) pins: Vec<Pins>,
    pub(crate) counts: RowCounts,
    pub(crate) problems: Vec<Problem>,
    /// Opening of the first and the last used contact, in nanoseconds.
    pub(crate) opened: Option<(i64, i64)>,
    pub(crate) present: BTreeSet<Column>,
    pub(crate) digest: Digest,
}

impl Tally {
    /// No rows yet.
    pub(crate) fn empty(options: Options, plan: Plan) -> Self {
        Self {
            options,
            plan,
            groups: BTreeMap::new(),
            in_progress: BTreeMap::new(),
            topics: BTreeMap::new(),
            revenue: Revenue::default(),
            costs: Vec::new(),
            pins: Vec::new(),
            counts: RowCounts::default(),
            problems: Vec::new(),
            opened: None,
            present: BTreeSet::new(),
            digest: Digest::default(),
        }
    }

    /// Adds another part of the same whole. Parts must hold whole customers and whole sessions.
    ///
    /// # Errors
    /// When the two were made with different options or costs; the error names the option.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        self.same_options(other)?;
        for (key, group) in &other.groups {
            match self.groups.get_mut(key) {
                Some(mine) => mine.merge(group),
                None => drop(self.groups.insert(key.clone(), group.clone())),
            }
        }
        for (combination, theirs) in &other.in_progress {
            self.in_progress.entry(combination.clone()).or_default().merge(theirs);
        }
        for (issue, topic) in &other.topics {
            match self.topics.get_mut(issue) {
                Some(mine) => mine.merge(topic),
                None => drop(self.topics.insert(issue.clone(), topic.clone())),
            }
        }
        self.revenue.merge(&other.revenue)?;
        self.counts.rows_in += other.counts.rows_in;
        self.counts.rows_used += other.counts.rows_used;
        self.counts.rows_quarantined += other.counts.rows_quarantined;
        self.counts.rows_out_of_scope += other.counts.rows_out_of_scope;
        merge_problems(&mut self.problems, &other.problems);
        self.opened = match (self.opened, other.opened) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (mine, theirs) => mine.or(theirs),
        };
        self.present.extend(&other.present);
        self.digest.merge(&other.digest);
        Ok(())
    }

    fn same_options(&self, other: &Self) -> Result<()> {
        let (mine, theirs) = (as_object(&self.options), as_object(&other.options));
        for (name, value) in &mine {
            if theirs.get(name) != Some(value) {
                let other = theirs.get(name).cloned().unwrap_or_default();
                return Err(Error::new(
                    Code::OptionsDiffer,
                    format!(
                        "The parts were made with different options: `{name}` is {value} in one and {other} in the other. Make every part of a whole with the same options."
                    ),
                ));
            }
        }
        if self.costs == other.costs && self.pins == other.pins {
            return Ok(());
        }
        let text = "The parts were made with different `costs`. Give every part of a whole the same costs table; it is counted once.";
        Err(Error::new(Code::OptionsDiffer, text))
    }
}

impl Topic {
    /// Adds those of another part.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.first_period < self.first_period {
            self.clone_from(other);
        } else if other.first_period == self.first_period {
            for (combination, n) in &other.contacts {
                *self.contacts.entry(combination.clone()).or_default() += n;
            }
        }
    }
}

fn as_object(options: &Options) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(options) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    }
}

fn merge_problems(mine: &mut Vec<Problem>, theirs: &[Problem]) {
    for problem in theirs {
        match mine.binary_search_by(|p| (p.table, p.rule).cmp(&(problem.table, problem.rule))) {
            // Every part has the whole costs table, and has found all that is wrong with it.
            Ok(_) if problem.table == Table::Costs.name() => {}
            Ok(at) => {
                if let Some(own) = mine.get_mut(at) {
                    own.count += problem.count;
                    own.examples.extend(problem.examples.iter().cloned());
                    own.examples.sort();
                    own.examples.truncate(5);
                }
            }
            Err(at) => mine.insert(at, problem.clone()),
        }
    }
}
