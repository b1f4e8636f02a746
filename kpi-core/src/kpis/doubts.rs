//! Which doubts hang over a figure. Most hold for every figure of a report or of a group alike, and are looked for once.

use super::cut::{Cut, Whole};
use super::figure::{Figure, Flag, Flags};
use super::kpi::{Formula, Kpi, Population, Unit};
use super::shared;
use crate::input::Column;
use crate::options::Quantiles;
use crate::tally::Count;

/// Below so many observations a figure says little.
const SMALL: u64 = 30;

/// The doubts of a block that hold in every group of a report.
pub(super) fn of_the_report(kpi: &Kpi, population: Population, whole: &Whole<'_>) -> Flags {
    let baseline = whole.options.baseline.as_ref();
    let holds = |flag: &Flag| match flag {
        Flag::MissingCostLayer => super::cost::misses_a_layer(kpi, population, whole),
        Flag::Blended => population == Population::All,
        Flag::NotCausal => true,
        Flag::NoBaseline => baseline.is_none_or(|b| b.cost_per_contact.is_none()),
        Flag::NoRevenue => !whole.present.contains(&Column::Revenue),
        Flag::PerContactBaseline => baseline.is_none_or(|b| !b.kpis.contains_key("cost_per_resolution")),
        _ => false,
    };
    let found: Flags = kpi.doubts.iter().copied().filter(holds).collect();
    let sketched = whole.options.quantiles == Quantiles::Sketch && matches!(kpi.formula, Formula::Quantile(..));
    if sketched { found.with(Flag::Approximate) } else { found }
}

/// The doubts that hold of the contacts of one group and population, whatever the figure.
pub(super) fn of_the_group(cut: &Cut<'_>) -> Flags {
    let over = |part: u64, whole: u64, percent: u64| whole > 0 && part * 100 > whole * percent;
    let (fronted, ai) = (cut.of(Population::AiFronted), cut.of(Population::Ai));
    let found = [
        (Flag::Immature, over(cut.count(&shared::MATURING), cut.count(&shared::CLOSED), 20)),
        (Flag::LowCoverage, fronted.count(&shared::AUDITED) * 100 < fronted.count(&shared::CLOSED) * 5),
        (Flag::Unverified, ai.count(&shared::VERIFIED) * 2 < ai.count(&shared::CLAIMED_BY_AI)),
        (Flag::OpenBacklog, over(cut.count(&shared::OPEN), cut.rows(), 10)),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).collect()
}

/// The doubts that depend on the figure itself.
pub(super) fn of_the_figure(kpi: &Kpi, cut: &Cut<'_>, figure: &Figure) -> Flags {
    let counts = kpi.unit == Unit::Count || kpi.unit == Unit::Distribution;
    let sum_of_money = kpi.unit == Unit::Money && figure.denominator.is_none();
    let small = figure.n < SMALL && !counts && !sum_of_money;
    // Within one population everybody is asked alike; only where they are mixed does it matter who answers.
    let mixed = cut.population == Population::All && kpi.doubts.contains(&Flag::ResponseBias);
    let found = if small { Flags::NONE.with(Flag::SmallSample) } else { Flags::NONE };
    if mixed && is_answered_unevenly(kpi, cut) { found.with(Flag::ResponseBias) } else { found }
}

fn is_answered_unevenly(kpi: &Kpi, cut: &Cut<'_>) -> bool {
    let parts = |count: &Count| (cut.of(Population::Ai).count(count), cut.of(Population::All).count(count));
    differ_by_over_a_tenth(parts(shared::answers_to(kpi.inputs)), parts(&shared::CLOSED))
}

/// Whether two shares, each a part and its whole, lie more than ten points apart; in whole numbers, so that exactly ten
/// points are not more.
fn differ_by_over_a_tenth((part, whole): (u64, u64), (other_part, other_whole): (u64, u64)) -> bool {
    let [part, whole, other_part, other_whole] = [part, whole, other_part, other_whole].map(u128::from);
    let gap = (part * other_whole).abs_diff(other_part * whole);
    gap * 10 > whole * other_whole && whole * other_whole > 0
}
