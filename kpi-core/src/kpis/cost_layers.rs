//! What contacts cost, layer by layer: the six layers of AI, people's work, and the parts of the costs table. Every
//! figure of cost and of savings adds up the same measures, so that they agree to the last digit.

use super::cut::{Cut, Whole};
use super::figure::{Figure, Reading, Share, Size};
use super::kpi::{Input, Kpi, Population};
use crate::input::Column::{self as C};
use crate::tally::{Feature, Measure, Total};
use crate::units::ExactSum;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A layer of cost that contacts carry themselves. Quotients count closed contacts, sums count every contact; so both
/// kinds are kept apart.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its name in the costs table and in distributions.
    key: &'static str,
    /// The column it stands in.
    column: C,
    /// On closed contacts.
    closed: Total,
    /// On open ones.
    open: Total,
}

macro_rules! layer {
    ($name:ident $column:ident $key:literal |$r:ident| $known:expr, $value:expr, $reads:expr) => {
        static $name: Layer = Layer {
            key: $key,
            column: C::$column,
            closed: Total {
                name: concat!("closed_cost_", $key),
                rows: |$r| $known & $r.closed,
                value: |$r| $value,
                reads: $reads,
            },
            open: Total {
                name: concat!("open_cost_", $key),
                rows: |$r| $known & !$r.closed,
                value: |$r| $value,
                reads: $reads,
            },
        };
    };
    ($name:ident $column:ident $key:literal) => {
        layer!($name $column $key |r| r.known(C::$column), r.numbers(C::$column), &[C::$column]);
    };
}

layer!(API CostApi "api");
layer!(RETRIES CostRetries "retries");
layer!(INFRASTRUCTURE CostInfrastructure "infrastructure");
layer!(OBSERVABILITY CostObservability "observability");
layer!(VECTOR_DB CostVectorDb "vector_db");
layer!(PLATFORM CostPlatform "platform");
// Given, or derived from the labour model.
layer!(HUMAN_LABOUR CostHuman "human_labour" |r| r.knows_human_cost(), r.human_costs(),
    &[C::CostHuman, C::HumanHandleSeconds]);

static AI_LAYERS: [&Layer; 6] = [&API, &RETRIES, &INFRASTRUCTURE, &OBSERVABILITY, &VECTOR_DB, &PLATFORM];
static LAYERS: [&Layer; 7] = [&API, &RETRIES, &INFRASTRUCTURE, &OBSERVABILITY, &VECTOR_DB, &PLATFORM, &HUMAN_LABOUR];

/// AI layers of closed contacts, and the costs table.
pub(super) const AI_OF_CLOSED: [Measure; 7] = [
    Measure::Total(&API.closed),
    Measure::Total(&RETRIES.closed),
    Measure::Total(&INFRASTRUCTURE.closed),
    Measure::Total(&OBSERVABILITY.closed),
    Measure::Total(&VECTOR_DB.closed),
    Measure::Total(&PLATFORM.closed),
    Measure::Feature(Feature::Ledger),
];
/// People's work on closed contacts, and the costs table.
pub(super) const HUMAN_OF_CLOSED: [Measure; 2] =
    [Measure::Total(&HUMAN_LABOUR.closed), Measure::Feature(Feature::Ledger)];
/// Every layer of closed contacts, and the costs table.
pub(super) const ALL_OF_CLOSED: [Measure; 8] = joined(AI_OF_CLOSED, [Measure::Total(&HUMAN_LABOUR.closed)]);
/// Every layer of every contact, and the costs table.
pub(super) const ALL_OF_ALL: [Measure; 15] = joined(
    ALL_OF_CLOSED,
    [
        Measure::Total(&API.open),
        Measure::Total(&RETRIES.open),
        Measure::Total(&INFRASTRUCTURE.open),
        Measure::Total(&OBSERVABILITY.open),
        Measure::Total(&VECTOR_DB.open),
        Measure::Total(&PLATFORM.open),
        Measure::Total(&HUMAN_LABOUR.open),
    ],
);

/// Two lists of measures as one.
pub(super) const fn joined<const A: usize, const B: usize, const BOTH: usize>(
    first: [Measure; A],
    second: [Measure; B],
) -> [Measure; BOTH] {
    assert!(A + B == BOTH, "a list of measures has another length than its parts");
    let mut all = [Measure::Feature(Feature::Ledger); BOTH];
    let mut at = 0;
    while at < BOTH {
        all[at] = if at < A { first[at] } else { second[at - A] };
        at += 1;
    }
    all
}

/// At least one cost is known. The costs table would do as well as the columns.
pub(super) const ANY_COST: &[Input] = &[Input::AnyOf(&[
    C::CostApi,
    C::CostRetries,
    C::CostInfrastructure,
    C::CostObservability,
    C::CostVectorDb,
    C::CostPlatform,
    C::CostHuman,
    C::Amount,
])];
/// At least one of AI is.
pub(super) const ANY_AI_COST: &[Input] = &[Input::AnyOf(&[
    C::CostApi,
    C::CostRetries,
    C::CostInfrastructure,
    C::CostObservability,
    C::CostVectorDb,
    C::CostPlatform,
    C::Amount,
])];
/// People's is.
pub(super) const ANY_HUMAN_COST: &[Input] = &[Input::AnyOf(&[C::CostHuman, C::Amount])];

/// AI layers of the closed contacts, with what they carry of the costs table.
pub(super) fn ai_cost(cut: &Cut<'_>) -> ExactSum {
    let own: ExactSum = AI_LAYERS.iter().map(|layer| cut.total(&layer.closed).amount).sum();
    own + cut.allocated(true)
}

/// People's work on the closed contacts, with what they carry of the costs table.
pub(super) fn human_cost(cut: &Cut<'_>) -> ExactSum {
    cut.total(&HUMAN_LABOUR.closed).amount + cut.allocated(false)
}

/// Every cost of the closed contacts.
pub(super) fn cost_of_closed(cut: &Cut<'_>) -> ExactSum {
    ai_cost(cut) + human_cost(cut)
}

/// Every cost of every contact. Only closed contacts carry parts of the costs table.
pub(super) fn cost_of_all(cut: &Cut<'_>) -> ExactSum {
    let open: ExactSum = LAYERS.iter().map(|layer| cut.total(&layer.open).amount).sum();
    cost_of_closed(cut) + open
}

/// Every cost of every contact, by layer. A layer of the costs table adds to the contacts' layer of that name.
fn by_layer(cut: &Cut<'_>) -> BTreeMap<Cow<'static, str>, ExactSum> {
    let named = cut.whole.ledger_layers.iter().map(|name| (Cow::Owned(name.clone()), ExactSum::ZERO));
    let mut layers: BTreeMap<Cow<'static, str>, ExactSum> = named.collect();
    for layer in LAYERS {
        let (closed, open) = (cut.total(&layer.closed), cut.total(&layer.open));
        if closed.known + open.known > 0 {
            *layers.entry(Cow::Borrowed(layer.key)).or_default() += closed.amount + open.amount;
        }
    }
    for part in cut.group.ledger.layers() {
        *layers.entry(Cow::Owned(part.layer.clone())).or_default() += part.of(cut.population);
    }
    layers
}

/// The same as a figure, dearest first.
pub(super) fn distribution(cut: &Cut<'_>) -> Option<Figure> {
    let mut found: Vec<_> = by_layer(cut).into_iter().collect();
    let total: ExactSum = found.iter().map(|(_, amount)| *amount).sum();
    if total.is_zero() {
        return None;
    }
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let whole = total.to_f64();
    let entries = found.into_iter().map(|(key, amount)| Share {
        key,
        size: Size::Amount(amount.round_to(6)),
        share: amount.to_f64() / whole,
    });
    let mut figure = Figure::new(Reading::Shares(entries.collect()), cut.rows());
    figure.denominator = Some(total.into());
    Some(figure)
}

/// Whether a layer that belongs to a figure has no cost: its column is empty everywhere, and the costs table does not
/// name it. Contacts of AI alone have no layer of people's work.
pub(super) fn misses_a_layer(kpi: &Kpi, population: Population, whole: &Whole<'_>) -> bool {
    let belongs = |layer: &Layer| kpi.input_columns().any(|column| column == layer.column);
    let unknown = |layer: &Layer| {
        !whole.present.contains(&layer.column) && !whole.ledger_layers.iter().any(|name| name == layer.key)
    };
    let expected = |layer: &Layer| population != Population::Ai || layer.column != C::CostHuman;
    LAYERS.iter().any(|layer| belongs(layer) && expected(layer) && unknown(layer))
}
