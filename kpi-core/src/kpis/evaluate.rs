//! From a tally to a value: the reasons why a figure may be undefined, in their order, then the formula.

use super::cut::Cut;
use super::figure::{Figure, Flag, Reading, Share, Size};
use super::kpi::{Formula, Input, Kpi, Need, Unit};
use crate::evidence;
use crate::input::{Column, Table};
use crate::options::Quantiles;
use crate::tally::Feature;
use crate::tally::cell::Bin;
use crate::tally::ranks::Ranked;
use crate::units::{Clusters, ExactSum};

/// Why there is no value (SPEC 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undefined {
    /// An option is not given.
    NeedsOption(&'static str),
    /// Columns that it needs are empty on every usable row.
    MissingInput(Vec<Column>),
    /// No row of the population in the group.
    NoData,
    /// Contacts will count, but none does yet.
    Immature,
    /// Nothing to divide by.
    NoDenominator,
}

/// The value of a KPI for a cut, or why there is none.
///
/// # Errors
/// With the first reason that applies.
pub fn evaluate(kpi: &Kpi, cut: &Cut<'_>) -> Result<Figure, Undefined> {
    if let Some(need) = kpi.needs.iter().find(|need| !given(**need, cut)) {
        return Err(Undefined::NeedsOption(need.path()));
    }
    let missing = missing_inputs(kpi, cut);
    if !missing.is_empty() {
        return Err(Undefined::MissingInput(missing));
    }
    if is_empty(kpi, cut) {
        return Err(Undefined::NoData);
    }
    let mut figure = compute(kpi, cut).ok_or_else(|| match kpi.ripening {
        Some(count) if cut.count(count) > 0 && !has_ripened(kpi, cut) => Undefined::Immature,
        None if of_sessions(kpi) && cut.sessions().maturing > 0 => Undefined::Immature,
        _ => Undefined::NoDenominator,
    })?;
    let counts = kpi.unit == Unit::Count || kpi.unit == Unit::Distribution;
    let sum_of_money = kpi.unit == Unit::Money && figure.denominator.is_none();
    let n = figure.n;
    let small = std::iter::once(&Flag::SmallSample);
    figure.flags.extend(small.chain(kpi.doubts).filter(|flag| cut.doubts(kpi, **flag, counts || sum_of_money, n)));
    if matches!(kpi.formula, Formula::Quantile(..)) && cut.options().quantiles == Quantiles::Sketch {
        figure.flags.push(Flag::Approximate);
    }
    figure.flags.sort_unstable();
    figure.flags.dedup();
    Ok(figure)
}

/// Whether some contact has ripened after all, so that what is lacking is something else.
fn has_ripened(kpi: &Kpi, cut: &Cut<'_>) -> bool {
    matches!(kpi.formula, Formula::Product { second: (_, whole), .. } if cut.count(whole) > 0)
}

fn given(need: Need, cut: &Cut<'_>) -> bool {
    let options = cut.options();
    let baseline = options.baseline.as_ref();
    match need {
        Need::BusinessHours => options.business_hours.is_some(),
        Need::Sla => options.sla.is_some(),
        Need::Every => cut.group.has_period,
        Need::BaselineCostPerContact => baseline.is_some_and(|b| b.cost_per_contact.is_some()),
        Need::BaselineCostPerResolution => {
            baseline.is_some_and(|b| b.cost_per_contact.is_some() || b.kpis.contains_key("cost_per_resolution"))
        }
        Need::BaselineClosedPerAgent => baseline.is_some_and(|b| b.closed_per_agent_per_week.is_some()),
        Need::ForecastCostPerResolution => options.forecast.as_ref().is_some_and(|f| f.cost_per_resolution.is_some()),
        Need::Labor => options.labor.is_some(),
    }
}

fn missing_inputs(kpi: &Kpi, cut: &Cut<'_>) -> Vec<Column> {
    let absent = |column: &Column| !cut.whole.present.contains(column);
    let mut missing = Vec::new();
    for input in kpi.inputs {
        match input {
            Input::One(column) if absent(column) => missing.push(*column),
            Input::For(populations, column) if populations.contains(&cut.population) && absent(column) => {
                missing.push(*column);
            }
            Input::ForResponseTargets(column) if absent(column) && has_response_target(cut) => missing.push(*column),
            Input::AnyOf(columns) if columns.iter().all(absent) => {
                // The costs table would do as well; what is named is what a contact lacks.
                missing.extend(columns.iter().filter(|c| c.table() == Table::Interactions));
            }
            _ => {}
        }
    }
    missing.sort_unstable();
    missing
}

fn has_response_target(cut: &Cut<'_>) -> bool {
    cut.options().sla.iter().flatten().any(|target| target.first_response_seconds.is_some())
}

fn of_sessions(kpi: &Kpi) -> bool {
    kpi.wants(Feature::Sessions)
}

/// Whether there is nobody to speak of. Sessions have populations of their own: one of an AI contact and a person's
/// contact is of both.
fn is_empty(kpi: &Kpi, cut: &Cut<'_>) -> bool {
    if kpi.unit == Unit::Count || kpi.in_total_only() {
        return false;
    }
    if of_sessions(kpi) { cut.sessions().all == 0 } else { cut.rows() == 0 }
}

fn compute(kpi: &Kpi, cut: &Cut<'_>) -> Option<Figure> {
    match kpi.formula {
        Formula::Rows(count) => Some(Figure::new(Reading::Count(cut.count(count)), cut.rows())),
        Formula::Share { part, whole } => share(cut.count(part), cut.count(whole), cut.z()),
        Formula::Proportion(parts) => {
            let found = cut.parts(parts);
            let value = found.ratio()?;
            let figure = Figure::number(value, as_count(&found.sum_x()));
            let figure = figure.over(found.sum_y().to_text(), found.sum_x().to_text());
            Some(figure.within(evidence::wilson_design_effect(&found, cut.z()), "wilson_design_effect"))
        }
        Formula::RatioOf(parts) => {
            let found = cut.parts(parts);
            ratio_of(&found, found.rows(), cut.z())
        }
        Formula::Product { first, second } => {
            let half = |(part, whole)| share(cut.count(part), cut.count(whole), cut.z());
            product(&half(first)?, &half(second)?)
        }
        Formula::Mean(spread) => {
            let found = cut.spread(spread);
            let figure = Figure::number(found.mean()?, found.n()).over(found.sum().to_text(), found.n().to_string());
            Some(figure.within(evidence::mean_interval(&found, cut.z()), "normal"))
        }
        Formula::Quantile(times, p_milli) => {
            let sample = cut.times(times)?;
            quantile(sample.as_ref(), p_milli, times.scale, cut.options().confidence_level)
        }
        Formula::Breakdown(breakdown) => {
            let found = cut.breakdown(breakdown);
            let n: u64 = found.values().sum();
            let mut counts: Vec<(String, u64)> = found.into_iter().collect();
            counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            distribution(counts, n)
        }
        Formula::Histogram(binned) => {
            let bins = cut.bins(binned);
            let n = bins.iter().map(|b| b.rows).sum();
            let tenth = |at: usize| format!("{}.{}", at / bins.len(), at * 10 / bins.len() % 10);
            let keyed = |(at, bin): (usize, &Bin)| (format!("{}-{}", tenth(at), tenth(at + 1)), bin.rows);
            distribution(bins.iter().enumerate().map(keyed).collect(), n)
        }
        Formula::Other { by, .. } => by(cut),
    }
}

fn as_count(sum: &ExactSum) -> u64 {
    sum.to_text().parse().unwrap_or(0)
}

/// A proportion of contacts with its Wilson interval.
pub(super) fn share(part: u64, whole: u64, z: f64) -> Option<Figure> {
    if whole == 0 {
        return None;
    }
    let figure = Figure::number(part as f64 / whole as f64, whole).over(part.to_string(), whole.to_string());
    Some(figure.within(evidence::wilson(part, whole, z), "wilson"))
}

/// How far one proportion of contacts lies above another, with Newcombe's interval and the pooled test.
pub(super) fn difference((x1, n1): (u64, u64), (x2, n2): (u64, u64), z: f64) -> Option<Figure> {
    let mut figure = Figure::number(gap((x1, n1), (x2, n2))?, n1 + n2);
    figure.p_value = evidence::two_proportion_p_value(x1, n1, x2, n2);
    Some(figure.within(evidence::newcombe(x1, n1, x2, n2, z), "newcombe"))
}

/// x₁/n₁ − x₂/n₂ over the common denominator, so that equal shares differ by nothing at all.
pub(super) fn gap((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> Option<f64> {
    let [x1, n1, x2, n2] = [x1, n1, x2, n2].map(i128::from);
    (n1 > 0 && n2 > 0).then(|| (x1 * n2 - x2 * n1) as f64 / (n1 * n2) as f64)
}

/// A ratio of counts with its interval by the delta method.
pub(super) fn ratio_of(found: &Clusters, n: u64, z: f64) -> Option<Figure> {
    let figure = Figure::number(found.ratio()?, n).over(found.sum_y().to_text(), found.sum_x().to_text());
    Some(figure.within(evidence::delta_ratio(found, z), "delta"))
}

/// Two proportions multiplied; it rests on as many contacts as the one that is known of fewer.
fn product(first: &Figure, second: &Figure) -> Option<Figure> {
    let (Reading::Number(a), Reading::Number(b)) = (&first.value, &second.value) else { return None };
    let limits = first.interval.zip(second.interval);
    let interval = limits.and_then(|(of_a, of_b)| evidence::mover_product(*a, of_a, *b, of_b));
    Some(Figure::number(a * b, first.n.min(second.n)).within(interval, "mover"))
}

/// Counts with their shares of `n`, in the order given.
pub(super) fn distribution(counts: Vec<(String, u64)>, n: u64) -> Option<Figure> {
    if n == 0 {
        return None;
    }
    let entry = |(key, count)| Share { key, size: Size::Count(count), share: count as f64 / n as f64 };
    let mut figure = Figure::new(Reading::Shares(counts.into_iter().map(entry).collect()), n);
    figure.denominator = Some(n.to_string());
    Some(figure)
}

/// A type-1 quantile with the order-statistics interval.
pub(super) fn quantile(
    sample: &dyn Ranked,
    p_milli: u32,
    scale: crate::tally::TimeScale,
    level: f64,
) -> Option<Figure> {
    let n = sample.len();
    if n == 0 {
        return None;
    }
    let ends = evidence::order_statistic_ranks(n, p_milli, level);
    let (low, high) = ends.unwrap_or((1, 1));
    let found = sample.at_ranks(&[evidence::quantile_rank(n, p_milli), low, high], scale);
    let [value, low, high] = found.as_slice() else { return None };
    let interval = ends.and_then(|_| Some(evidence::Interval { low: (*low)?, high: (*high)? }));
    Some(Figure::number((*value)?, n).within(interval, "order_statistics"))
}
