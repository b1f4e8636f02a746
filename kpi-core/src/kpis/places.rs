//! Where measures stand in a cell, found without reading their names.

use crate::tally::Plan;
use rustc_hash::FxHashMap;

/// The places of a plan's measures by where their names lie in memory. A formula asks for a measure by the name in the
/// measure itself, so that is the same piece of memory every time; any other copy of it is looked up as text.
#[derive(Debug, Clone)]
pub struct Places<'p> {
    plan: &'p Plan,
    by_address: FxHashMap<(usize, usize), usize>,
}

impl<'p> Places<'p> {
    /// The places of every measure of a plan.
    pub fn of(plan: &'p Plan) -> Self {
        let counts = plan.counts.iter().map(|m| m.name);
        let values = plan.spreads.iter().map(|m| m.name).chain(plan.parts.iter().map(|m| m.name));
        let sums = plan.totals.iter().map(|m| m.name).chain(plan.times.iter().map(|m| m.name));
        let texts = plan.breakdowns.iter().map(|m| m.name).chain(plan.binned.iter().map(|m| m.name));
        let names = counts.chain(values).chain(sums).chain(texts);
        Self { plan, by_address: names.filter_map(|name| Some((address(name), plan.place(name)?))).collect() }
    }

    /// Where a measure stands among its kind.
    pub fn place(&self, name: &'static str) -> Option<usize> {
        self.by_address.get(&address(name)).copied().or_else(|| self.plan.place(name))
    }
}

fn address(name: &'static str) -> (usize, usize) {
    (name.as_ptr().addr(), name.len())
}
