//! From a tally to a value: the reasons why a figure may be undefined, in their order, then the formula.

use super::asked::{Asked, Questions};
use super::cut::{Cut, GroupView, Whole};
use super::doubts;
use super::figure::{Figure, Flags, Reading, Share, Size};
use super::kpi::{Formula, Kpi, Population, Unit};
use super::quantity::Quantity;
use crate::evidence::{self, Interval, Ranks};
use crate::input::Column;
use crate::tally::TimeScale;
use crate::tally::cell::Bin;
use crate::tally::ranks::Ranked;
use crate::units::Clusters;
use std::borrow::Cow;
use std::sync::Arc;

/// Why there is no value (SPEC 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undefined {
    /// An option is not given.
    NeedsOption(&'static str),
    /// Columns that it needs are empty on every usable row.
    MissingInput(Arc<[Column]>),
    /// No row of the population in the group.
    NoData,
    /// Contacts will count, but none does yet.
    Immature,
    /// Nothing to divide by.
    NoDenominator,
}

impl Undefined {
    /// The name in every language.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NeedsOption(_) => "needs_option",
            Self::MissingInput(_) => "missing_input",
            Self::NoData => "no_data",
            Self::Immature => "immature",
            Self::NoDenominator => "no_denominator",
        }
    }
}

/// One group, with what its figures share worked out.
#[derive(Debug)]
pub struct Answers<'g> {
    group: &'g GroupView<'g>,
    whole: &'g Whole<'g>,
    /// Doubts about the contacts of each population.
    doubts: [Flags; Population::ALL.len()],
    quantiles: Vec<Option<Figure>>,
}

impl<'g> Answers<'g> {
    /// Works out what the figures of a group share.
    pub fn new(group: &'g GroupView<'g>, whole: &'g Whole<'g>, questions: &Questions) -> Self {
        let cut = |population| Cut { group, whole, population };
        let mut quantiles = vec![None; questions.quantiles];
        for sampled in &questions.sampled {
            let Some(sample) = cut(sampled.population).times(sampled.times) else { continue };
            let found = quantiles_of(sample.as_ref(), &sampled.wanted, sampled.times.scale, whole.ranks);
            for ((_, place), figure) in sampled.wanted.iter().zip(found) {
                if let Some(slot) = quantiles.get_mut(*place) {
                    *slot = figure;
                }
            }
        }
        Self { group, whole, doubts: Population::ALL.map(|of| doubts::of_the_group(&cut(of))), quantiles }
    }

    /// The value of a figure, or why there is none.
    ///
    /// # Errors
    /// With the first reason that applies.
    pub fn answer(&self, asked: &Asked) -> Result<Figure, Undefined> {
        if let Some(reason) = asked.ruled_out(self.group) {
            return Err(reason.clone());
        }
        let kpi = asked.kpi;
        let cut = Cut { group: self.group, whole: self.whole, population: asked.population };
        if is_empty(asked, &cut) {
            return Err(Undefined::NoData);
        }
        let found = match asked.quantile {
            Some(place) => self.quantiles.get(place).cloned().flatten(),
            None => compute(kpi, &cut),
        };
        let mut figure = found.ok_or_else(|| match kpi.ripening {
            Some(count) if cut.count(count) > 0 && !has_ripened(kpi, &cut) => Undefined::Immature,
            None if asked.of_sessions && cut.sessions().maturing > 0 => Undefined::Immature,
            _ => Undefined::NoDenominator,
        })?;
        let of_group = self.doubts.get(asked.population as usize).copied().unwrap_or_default();
        let of_figure = doubts::of_the_figure(kpi, &cut, &figure);
        figure.flags = figure.flags.or(asked.doubts).or(of_group.and(asked.doubted)).or(of_figure);
        Ok(figure)
    }
}

/// What a figure is a quotient of, where it is one.
#[derive(Debug, Clone)]
pub struct Quotient {
    /// Which figure.
    pub id: &'static str,
    /// Whose.
    pub population: Population,
    /// What is divided.
    pub of: Quantity,
    /// By what.
    pub by: Quantity,
}

impl Answers<'_> {
    /// What a figure divides by what; nothing where it is no quotient, or has neither. What is divided by nought has no
    /// value, and is part of the sums of more contacts all the same.
    pub fn quotient(&self, asked: &Asked) -> Option<Quotient> {
        let kpi = asked.kpi;
        let (of, by) = if let Some(parts) = kpi.formula.parts() {
            let found = Cut { group: self.group, whole: self.whole, population: asked.population }.parts(parts);
            (found.sum_y().into(), found.sum_x().into())
        } else {
            let figure = self.answer(asked).ok()?;
            figure.numerator.zip(figure.denominator)?
        };
        Some(Quotient { id: kpi.id, population: asked.population, of, by })
    }
}

/// Whether some contact has ripened after all, so that what is lacking is something else.
fn has_ripened(kpi: &Kpi, cut: &Cut<'_>) -> bool {
    matches!(kpi.formula, Formula::Product { second: (_, whole), .. } if cut.count(whole) > 0)
}

/// Whether there is nobody to speak of. Sessions have populations of their own: one of an AI contact and a person's
/// contact is of both.
fn is_empty(asked: &Asked, cut: &Cut<'_>) -> bool {
    if asked.kpi.unit == Unit::Count || asked.kpi.in_total_only() {
        return false;
    }
    if asked.of_sessions { cut.sessions().all == 0 } else { cut.rows() == 0 }
}

fn compute(kpi: &Kpi, cut: &Cut<'_>) -> Option<Figure> {
    match kpi.formula {
        Formula::Rows(count) => Some(Figure::new(Reading::Count(cut.count(count)), cut.rows())),
        Formula::Share { part, whole } => share(cut.count(part), cut.count(whole), cut.z()),
        Formula::Proportion(parts) => {
            let found = cut.parts(parts);
            let value = found.ratio()?;
            let things = found.sum_x();
            let figure = Figure::number(value, things.as_count().unwrap_or(0)).over(found.sum_y(), things);
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
            let figure = Figure::number(found.mean()?, found.n()).over(found.sum(), found.n());
            Some(figure.within(evidence::mean_interval(&found, cut.z()), "normal"))
        }
        Formula::Quantile(times, thousandths) => {
            quantile(cut.times(times)?.as_ref(), thousandths, times.scale, cut.whole.ranks)
        }
        Formula::Breakdown(breakdown) => {
            let found = cut.breakdown(breakdown);
            let n: u64 = found.values().sum();
            let mut counts: Vec<(&str, u64)> = found.into_iter().collect();
            counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            distribution(counts.into_iter().map(|(key, count)| (key.to_owned().into(), count)).collect(), n)
        }
        Formula::Histogram(binned) => {
            let bins = cut.bins(binned);
            let n = bins.iter().map(|b| b.rows).sum();
            let keyed = |(at, bin): (usize, &Bin)| (bin_name(at, bins.len()), bin.rows);
            distribution(bins.iter().enumerate().map(keyed).collect(), n)
        }
        Formula::Other { by, .. } => by(cut),
    }
}

/// The bounds of one of the equal bins of [0, 1].
fn bin_name(at: usize, bins: usize) -> Cow<'static, str> {
    const TENTHS: [&str; 10] =
        ["0.0-0.1", "0.1-0.2", "0.2-0.3", "0.3-0.4", "0.4-0.5", "0.5-0.6", "0.6-0.7", "0.7-0.8", "0.8-0.9", "0.9-1.0"];
    if let (Some(name), 10) = (TENTHS.get(at), bins) {
        return Cow::Borrowed(name);
    }
    let tenth = |at: usize| format!("{}.{}", at / bins, at * 10 / bins % 10);
    Cow::Owned(format!("{}-{}", tenth(at), tenth(at + 1)))
}

/// A proportion of contacts with its Wilson interval.
pub(super) fn share(part: u64, whole: u64, z: f64) -> Option<Figure> {
    if whole == 0 {
        return None;
    }
    let figure = Figure::number(part as f64 / whole as f64, whole).over(part, whole);
    Some(figure.within(evidence::wilson(part, whole, z), "wilson"))
}

/// How far one proportion of contacts lies above another, with Newcombe's interval and the pooled test.
pub(super) fn difference((x1, n1): (u64, u64), (x2, n2): (u64, u64), z: f64) -> Option<Figure> {
    let mut figure = Figure::number(gap((x1, n1), (x2, n2))?, n1 + n2);
    figure.p_value = evidence::two_proportion_p_value(x1, n1, x2, n2);
    Some(figure.within(evidence::newcombe(x1, n1, x2, n2, z), "newcombe"))
}

/// x₁/n₁ − x₂/n₂ over the common denominator, so that equal shares differ by nothing at all.
pub fn gap((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> Option<f64> {
    let [x1, n1, x2, n2] = [x1, n1, x2, n2].map(i128::from);
    (n1 > 0 && n2 > 0).then(|| (x1 * n2 - x2 * n1) as f64 / (n1 * n2) as f64)
}

/// A ratio of counts with its interval by the delta method.
pub(super) fn ratio_of(found: &Clusters, n: u64, z: f64) -> Option<Figure> {
    let figure = Figure::number(found.ratio()?, n).over(found.sum_y(), found.sum_x());
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
pub(super) fn distribution(counts: Vec<(Cow<'static, str>, u64)>, n: u64) -> Option<Figure> {
    if n == 0 {
        return None;
    }
    let entry = |(key, count)| Share { key, size: Size::Count(count), share: count as f64 / n as f64 };
    let mut figure = Figure::new(Reading::Shares(counts.into_iter().map(entry).collect()), n);
    figure.denominator = Some(n.into());
    Some(figure)
}

/// Type-1 quantiles, in thousandths, each with the order-statistics interval. All ranks are asked for at once.
fn quantiles_of(
    sample: &dyn Ranked,
    wanted: &[(u32, usize)],
    scale: TimeScale,
    at_level: Ranks,
) -> Vec<Option<Figure>> {
    let n = sample.len();
    if n == 0 {
        return vec![None; wanted.len()];
    }
    let limits: Vec<_> = wanted.iter().map(|(thousandths, _)| at_level.around(n, *thousandths)).collect();
    let ranks = wanted.iter().zip(&limits).flat_map(|((thousandths, _), limits)| {
        let (low, high) = limits.unzip();
        [Some(evidence::quantile_rank(n, *thousandths)), low, high].into_iter().flatten()
    });
    let ranks: Vec<u64> = ranks.collect();
    let mut found = sample.at_ranks(&ranks, scale).into_iter();
    let figure = |limits: &Option<(u64, u64)>| {
        let value = found.next()?;
        let interval = limits.and_then(|_| {
            let (low, high) = (found.next()?, found.next()?);
            Some(Interval { low: low?, high: high? })
        });
        Some(Figure::number(value?, n).within(interval, "order_statistics"))
    };
    limits.iter().map(figure).collect()
}

/// One such quantile.
pub(super) fn quantile(sample: &dyn Ranked, thousandths: u32, scale: TimeScale, at_level: Ranks) -> Option<Figure> {
    quantiles_of(sample, &[(thousandths, 0)], scale, at_level).pop()?
}
