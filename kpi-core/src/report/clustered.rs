//! Intervals that know that contacts of one customer are alike, or of whatever else the option `cluster` names.
//!
//! What a figure divides is added up by cluster, and the spread is that of clusters and not of contacts: what
//! [`wilson_design_effect`] does for answers within conversations, one storey up. A contact without a cluster is one by
//! itself. Contacts are counted a second time for it, by cluster; without the option nothing is done.

use super::build::{Ready, plan_of, wanted};
use super::value::{GroupKey, GroupReport, Period, Report, Value};
use crate::error::{Code, Error, Result};
use crate::evidence::{
    Interval, delta_ratio, mover_difference, wilson_design_effect, wilson_effective_n, z_for, z_test_of_rates,
};
use crate::input::{Limits, Source, Tables};
use crate::kpis::{Population, Quotient, Unit, gap};
use crate::options::Options;
use crate::tally::{Tally, count};
use crate::units::Clusters;
use std::collections::{BTreeMap, BTreeSet};

/// Groups that are looked at together.
const AT_ONCE: usize = 1024;

/// Differences, each with the two proportions that it is one of.
const DIFFERENCES: [(&str, &str, [Population; 2]); 2] = [
    ("csat_delta", "csat", [Population::Ai, Population::People]),
    ("conversion_lift", "conversion_rate", [Population::AiFronted, Population::Human]),
];

/// A group of the report: its dimensions' values, and its period.
type Key = (Vec<Option<String>>, Option<Period>);

/// What the figures of a group divide, by cluster.
type Sums = BTreeMap<(&'static str, &'static str), Sum>;

/// What one figure divides, by cluster.
#[derive(Default)]
struct Sum {
    clusters: Clusters,
    /// Whether some cluster's part has more digits than are kept.
    lost: bool,
}

/// Refuses the option where it would be passed over.
///
/// # Errors
/// When it is given.
pub(crate) fn refuse_cluster(options: &Options, what: &str) -> Result<()> {
    if options.cluster.is_none() {
        return Ok(());
    }
    let text = format!(
        "`cluster` is for the intervals of a report; leave it out for {what}, which take each contact for itself."
    );
    Err(Error::new(Code::InvalidOption, text))
}

/// Makes the intervals of a report anew, if its options name a cluster.
///
/// # Errors
/// When the cluster is also a dimension or no contact has one, and as the report.
pub(super) fn cluster(report: &mut Report, contacts: &dyn Source, options: &Options, limits: &Limits) -> Result<()> {
    let Some(name) = &options.cluster else { return Ok(()) };
    if options.by.contains(name) {
        let text = format!("`cluster` and `by` both name \"{name}\"; a group that is one cluster has no spread.");
        return Err(Error::new(Code::InvalidOption, text));
    }
    let figures = figures(report);
    let look = |by: &[String]| {
        let finer = Options {
            as_of: report.as_of,
            by: by.iter().chain([name]).cloned().collect(),
            kpis: Some(figures.iter().map(|id| (*id).to_owned()).collect()),
            targets: Vec::new(),
            benchmarks: Vec::new(),
            ..options.clone()
        };
        by_cluster(contacts, &finer, limits)
    };
    // A customer may have contacts in several groups, so those of everybody are not the groups' put together.
    let mut sums = look(&[])?;
    if !options.by.is_empty() {
        sums.append(&mut look(&options.by)?);
    }
    let z = z_for(options.confidence_level);
    for group in &mut report.groups {
        if let Some(own) = sums.get(&key_of(&group.key, group.key.by.len())) {
            widen_all(group, own, z);
        }
    }
    Ok(())
}

/// The figures with an interval that can be told by clusters, and what differences are made of.
fn figures(report: &Report) -> BTreeSet<&'static str> {
    let values = || report.groups.iter().flat_map(|group| &group.values);
    let own = values().filter(|value| value.method.is_some_and(is_of_sums)).map(|value| value.id);
    let halves = DIFFERENCES.iter().filter(|(id, ..)| values().any(|v| v.id == *id && v.method == Some("newcombe")));
    own.chain(halves.map(|(_, half, _)| *half)).collect()
}

fn is_of_sums(method: &str) -> bool {
    matches!(method, "wilson" | "wilson_design_effect" | "normal" | "delta")
}

/// What figures divide in each group, by the values of the last dimension.
fn by_cluster(contacts: &dyn Source, options: &Options, limits: &Limits) -> Result<BTreeMap<Key, Sums>> {
    let mut plan = plan_of(&wanted(options)?, &[], options);
    plan.apart = true;
    let tally = count(contacts, &Tables::default(), options, limits, &plan)?;
    refuse_no_cluster(&tally)?;
    let others = options.by.len().saturating_sub(1);
    tally.evaluated(limits, |ready: &Ready<'_>| {
        let mut sums: BTreeMap<Key, Sums> = BTreeMap::new();
        let of_one = |plan: &super::levels::Plan<'_>| plan.combination.is_some();
        let plans: Vec<_> = ready.levels.plans().into_iter().filter(of_one).collect();
        for some in plans.chunks(AT_ONCE) {
            for (key, quotients) in ready.quotients(some.to_vec()) {
                let own = sums.entry(key_of(&key, others)).or_default();
                for found in quotients {
                    own.entry((found.id, found.population.name())).or_default().add(&found);
                }
            }
        }
        sums
    })
}

/// A name that no contact knows is misspelt, and every contact would be taken for itself.
fn refuse_no_cluster(tally: &Tally) -> Result<()> {
    let options = &tally.options;
    let (Some(name), Some(last)) = (&options.cluster, options.by.len().checked_sub(1)) else { return Ok(()) };
    let known = |(values, _): &(Vec<Option<String>>, i64)| values.get(last).is_some_and(Option::is_some);
    if tally.groups.is_empty() || tally.groups.keys().any(known) {
        return Ok(());
    }
    let text = format!(
        "No contact has \"{name}\", which `cluster` names. Give the column that says whose contacts are alike."
    );
    Err(Error::new(Code::InvalidOption, text))
}

/// A group by the values of so many dimensions.
fn key_of(key: &GroupKey, dimensions: usize) -> Key {
    (key.by.iter().take(dimensions).map(|(_, value)| value.clone()).collect(), key.period)
}

impl Sum {
    fn add(&mut self, found: &Quotient) {
        match (found.by.as_count(), found.of.as_count()) {
            (Some(0), Some(0)) => {}
            (Some(by), Some(of)) => self.clusters.add_ints(by, of),
            _ => match (found.by.to_sum().to_decimal(), found.of.to_sum().to_decimal()) {
                (Some(by), Some(of)) => self.clusters.add(by, of),
                _ => self.lost = true,
            },
        }
    }

    /// The clusters, if they are what was divided.
    fn of(&self, of: f64, by: f64) -> Option<&Clusters> {
        let same = |sum: f64, x: f64| (sum - x).abs() <= 1e-9 * x.abs().max(1.0);
        let whole = same(self.clusters.sum_y().to_f64(), of) && same(self.clusters.sum_x().to_f64(), by);
        (whole && !self.lost).then_some(&self.clusters)
    }
}

fn widen_all(group: &mut GroupReport, sums: &Sums, z: f64) {
    for value in &mut group.values {
        if value.method.is_some_and(is_of_sums) {
            widen(value, sums, z);
        } else if value.method == Some("newcombe") {
            widen_difference(value, sums, z);
        }
    }
}

/// The interval of a value by clusters, where that can be told; its method says which.
fn widen(value: &mut Value, sums: &Sums, z: f64) {
    let Some((of, by)) = value.numerator.as_ref().zip(value.denominator.as_ref()) else { return };
    let Some(sum) = sums.get(&(value.id, value.population.name())) else { return };
    let Some(clusters) = sum.of(of.to_f64(), by.to_f64()) else { return };
    let scale = if value.unit == Unit::Points { 100.0 } else { 1.0 };
    let around = || {
        let found = delta_ratio(clusters, z)?;
        Some(Interval { low: found.low * scale, high: found.high * scale })
    };
    match value.method {
        Some("wilson" | "wilson_design_effect") => replace(value, proportion(clusters, z), "wilson_clustered"),
        Some("normal") => replace(value, around(), "normal_clustered"),
        _ => replace(value, around(), "delta_clustered"),
    }
}

/// A single cluster with several contacts says nothing of how others would differ.
fn proportion(clusters: &Clusters, z: f64) -> Option<Interval> {
    let alone = clusters.rows_with_x() < 2 && clusters.sum_x().to_f64() > 1.0;
    if alone { None } else { wilson_design_effect(clusters, z) }
}

/// A difference of two proportions, each with the spread of its clusters.
fn widen_difference(value: &mut Value, sums: &Sums, z: f64) {
    let Some((_, half, sides)) = DIFFERENCES.iter().find(|(id, ..)| *id == value.id) else { return };
    let [Some(one), Some(other)] = sides.map(|population| sums.get(&(*half, population.name()))) else { return };
    let Some((a, b)) = counts(one).zip(counts(other)) else { return };
    if a.1 + b.1 != value.n || gap(a, b) != value.number() {
        return;
    }
    let found = |sum: &Sum| Some((sum.clusters.ratio()?, proportion(&sum.clusters, z)?));
    let Some((a, b)) = found(one).zip(found(other)) else {
        value.p_value = None;
        return replace(value, None, "newcombe_clustered");
    };
    let worth = |(rate, interval): (f64, Interval)| Some((rate, wilson_effective_n(rate, interval, z)?));
    value.p_value = worth(a).zip(worth(b)).and_then(|(a, b)| z_test_of_rates(a, b));
    let within = |i: Interval| Interval { low: i.low.max(-1.0), high: i.high.min(1.0) };
    replace(value, mover_difference(a, b).map(within), "newcombe_clustered");
}

/// How many of how many.
fn counts(sum: &Sum) -> Option<(u64, u64)> {
    Some((sum.clusters.sum_y().as_count()?, sum.clusters.sum_x().as_count()?))
}

fn replace(value: &mut Value, interval: Option<Interval>, method: &'static str) {
    (value.interval, value.method) = (interval, interval.map(|_| method));
    value.confidence_level = value.confidence_level.filter(|_| interval.is_some());
}
