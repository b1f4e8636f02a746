//! A random input: five tables and options.

use crate::contact::contact;
use crate::dice::Dice;
use crate::setting::Setting;
use crate::side_tables::{account, cost, fix, signal};
use kpi_core::input::Batch;
use kpi_core::kpis::{CATALOGUE, Population, Quantity, Reading, Undefined};
use kpi_core::report::{GroupReport, Value};
use kpi_core::{Account, Cost, Fix, Interaction, Limits, Options, Report, Signal, Tables, report};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Rows and options.
#[derive(Debug, Clone)]
pub struct World {
    pub options: Options,
    pub interactions: Vec<Interaction>,
    pub costs: Vec<Cost>,
    pub accounts: Vec<Account>,
    pub signals: Vec<Signal>,
    pub fixes: Vec<Fix>,
}

/// Worlds of up to 40 contacts.
pub fn worlds() -> impl Strategy<Value = World> {
    worlds_of(40)
}

/// Worlds of more contacts than the engine looks at in one go.
pub fn large_worlds() -> impl Strategy<Value = World> {
    worlds_of(110)
}

/// A row follows from its own seed, so a failing world shrinks by losing rows.
fn worlds_of(contacts: usize) -> impl Strategy<Value = World> {
    let seeds = |most: usize| vec(any::<u64>(), 0..=most);
    (any::<u64>(), seeds(contacts), seeds(4), seeds(5), seeds(12), seeds(6)).prop_map(
        |(setting, interactions, costs, accounts, signals, fixes)| {
            let setting = Setting::new(setting);
            let numbered = |seeds: Vec<u64>| seeds.into_iter().enumerate();
            World {
                interactions: numbered(interactions).map(|(n, seed)| contact(&setting, n, seed)).collect(),
                costs: costs.into_iter().map(|seed| cost(&setting, seed)).collect(),
                accounts: numbered(accounts).map(|(n, seed)| account(&setting, n, seed)).collect(),
                signals: signals.into_iter().map(|seed| signal(&setting, seed)).collect(),
                fixes: numbered(fixes).map(|(n, seed)| fix(&setting, n, seed)).collect(),
                options: setting.options,
            }
        },
    )
}

impl World {
    /// The tables in batches of so many rows.
    pub fn tables(&self, rows: usize) -> Tables<'static> {
        fn cut<R>(rows: &[R], size: usize, batch: fn(&[R]) -> Batch<'static>) -> Vec<Batch<'static>> {
            rows.chunks(size).map(batch).collect()
        }
        Tables {
            interactions: cut(&self.interactions, rows, Interaction::batch),
            costs: cut(&self.costs, rows, Cost::batch),
            accounts: cut(&self.accounts, rows, Account::batch),
            signals: cut(&self.signals, rows, Signal::batch),
            fixes: cut(&self.fixes, rows, Fix::batch),
        }
    }

    pub fn report(&self) -> Report {
        self.report_in_batches_of(1000)
    }

    pub fn report_in_batches_of(&self, rows: usize) -> Report {
        report(&self.tables(rows), &self.options, &Limits::default()).unwrap()
    }

    /// Counted by as many threads as there are, or batches if those are fewer.
    pub fn report_by_threads(&self, threads: usize, rows: usize) -> Report {
        let limits = Limits { threads, rows_a_thread: 1, ..Limits::default() };
        report(&self.tables(rows), &self.options, &limits).unwrap()
    }

    /// The same rows in another order.
    pub fn shuffled(&self, dice: &mut Dice) -> Self {
        let mut other = self.clone();
        dice.shuffle(&mut other.interactions);
        dice.shuffle(&mut other.costs);
        dice.shuffle(&mut other.accounts);
        dice.shuffle(&mut other.signals);
        dice.shuffle(&mut other.fixes);
        other
    }

    /// The same options, and no row.
    pub fn emptied(&self) -> Self {
        Self {
            options: self.options.clone(),
            interactions: Vec::new(),
            costs: Vec::new(),
            accounts: Vec::new(),
            signals: Vec::new(),
            fixes: Vec::new(),
        }
    }
}

/// A report but for the examples of broken rows, which alone may depend on where rows stand.
pub fn without_examples(mut report: Report) -> Report {
    report.invalid.iter_mut().for_each(|problem| problem.examples.clear());
    report
}

/// Two reports have the same bytes: the same fields, floats to the last bit. Writing JSON is most of the work of a
/// small report, so it is written where it is short; it is a function of these fields.
pub fn same_bytes(one: &Report, other: &Report) -> Result<(), TestCaseError> {
    let of = |report: &Report| report.groups.iter().map(|g| g.values.iter().map(bits).collect()).collect();
    let (ours, theirs): (Vec<Vec<_>>, Vec<Vec<_>>) = (of(one), of(other));
    for (group, (ours, theirs)) in one.groups.iter().zip(ours.iter().zip(&theirs)) {
        for (value, (ours, theirs)) in group.values.iter().zip(ours.iter().zip(theirs)) {
            prop_assert_eq!(ours, theirs, "{} of {:?} in {:?}", value.id, value.population, group.key);
        }
    }
    prop_assert_eq!(one, other);
    if one.groups.len() == 1 {
        prop_assert_eq!(one.to_json(), other.to_json());
    }
    Ok(())
}

/// Every float of a value. Equal floats are not enough: 0 equals −0, and is written otherwise.
fn bits(value: &Value) -> Vec<u64> {
    let reading = match &value.value {
        Ok(Reading::Number(x)) => vec![*x],
        Ok(Reading::Shares(shares)) => shares.iter().map(|s| s.share).collect(),
        _ => Vec::new(),
    };
    let limits = value.interval.into_iter().flat_map(|i| [i.low, i.high]);
    reading.into_iter().chain(limits).chain(value.p_value).map(f64::to_bits).collect()
}

/// A value of a group; nothing if the figure is not in it.
pub fn value<'g>(group: &'g GroupReport, id: &str, population: Population) -> Option<&'g Value> {
    group.values.iter().find(|v| v.id == id && v.population == population)
}

/// What a figure divides, for sums over groups or populations: nought where there is nobody, nothing where it cannot
/// be known.
pub fn divided(value: &Value) -> Option<(f64, f64)> {
    let number = |side: &Option<Quantity>| side.as_ref().map(Quantity::to_f64);
    match &value.value {
        Ok(_) => number(&value.numerator).zip(number(&value.denominator)),
        Err(Undefined::NeedsOption(_) | Undefined::MissingInput(_)) => None,
        Err(Undefined::NoData | Undefined::Immature | Undefined::NoDenominator) => Some((0.0, 0.0)),
    }
}

/// Laws over worlds in which a figure is never known would say nothing about it.
#[test]
fn worlds_reach_every_figure() {
    let mut runner = TestRunner::deterministic();
    let worlds = worlds();
    let mut known = std::collections::BTreeMap::new();
    for _ in 0..200 {
        let report = worlds.new_tree(&mut runner).unwrap().current().report();
        for v in report.groups.iter().flat_map(|g| &g.values).filter(|v| v.value.is_ok()) {
            *known.entry((v.id, v.population)).or_insert(0) += 1;
        }
    }
    for kpi in CATALOGUE {
        for population in kpi.populations {
            let times = known.get(&(kpi.id, *population)).copied().unwrap_or(0);
            assert!(times >= 20, "{} of {} was known {times} times", kpi.id, population.name());
        }
    }
}
