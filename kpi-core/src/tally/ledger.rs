//! Ledger allocation (SPEC 7.2): what no single contact carries is spread over time, then over the contacts that
//! closed in that time, and rounded so that the parts sum to the entry exactly.

use super::costs::CostEntry;
use super::population::Population;
use crate::units::ExactSum;
use ethnum::I256;
use std::collections::BTreeMap;

/// One layer's part of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPart {
    /// What it was spent on.
    pub layer: String,
    /// Whether it is the AI's cost.
    pub of_ai: bool,
    /// What contacts of AI, of people and of both carry.
    pub carried: [ExactSum; 3],
    /// What nobody carries.
    pub by_nobody: ExactSum,
}

/// The costs table's part of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupLedger(Vec<LayerPart>);

impl LayerPart {
    /// What a population carries. What nobody carries belongs to whom the cost is for, and to everybody.
    pub fn of(&self, population: Population) -> ExactSum {
        let own: ExactSum = population.handlings().iter().filter_map(|h| self.carried.get(*h)).copied().sum();
        let nobody = match population {
            Population::All => true,
            Population::AiFronted => self.of_ai,
            Population::People => !self.of_ai,
            _ => false,
        };
        if nobody { own + self.by_nobody } else { own }
    }
}

impl GroupLedger {
    /// The layers, by name.
    pub fn layers(&self) -> &[LayerPart] {
        &self.0
    }

    /// What a population carries of one scope.
    pub fn total(&self, population: Population, of_ai: bool) -> ExactSum {
        self.0.iter().filter(|l| l.of_ai == of_ai).map(|l| l.of(population)).sum()
    }

    fn part(&mut self, layer: &str, of_ai: bool) -> &mut LayerPart {
        let key = (layer, of_ai);
        let at = match self.0.binary_search_by(|l| (l.layer.as_str(), l.of_ai).cmp(&key)) {
            Ok(at) => at,
            Err(at) => {
                let part = LayerPart {
                    layer: layer.to_owned(),
                    of_ai,
                    carried: [ExactSum::ZERO; 3],
                    by_nobody: ExactSum::ZERO,
                };
                self.0.insert(at, part);
                at
            }
        };
        &mut self.0[at]
    }
}

/// Where the money of the costs table went; `total` = `allocated` + `outside` + `carried_by_nobody`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerSummary {
    /// All entries.
    pub total: ExactSum,
    /// Carried by contacts.
    pub allocated: ExactSum,
    /// Outside covered time.
    pub outside: ExactSum,
    /// Inside covered time, but with nobody to carry it.
    pub carried_by_nobody: ExactSum,
}

/// A stretch of covered time in which costs are shared: a period, or all of covered time.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// The period's number; 0 without periods.
    pub period: i64,
    /// From when it is covered, in nanoseconds.
    pub from: i64,
    /// Until when.
    pub to: i64,
}

/// Who could carry costs: for each combination (by its number) in each period, closed contacts of AI, people and both,
/// for each set of pins.
pub type Carriers = BTreeMap<(i64, usize), Vec<[u64; 3]>>;

/// Whose part is whose: a combination in a period, or (no combination) what nobody carries in it.
pub type Shares = BTreeMap<(i64, Option<usize>), GroupLedger>;

#[derive(Clone, Copy)]
enum Place {
    Carried { combination: usize, handling: usize },
    Nobody,
    Outside,
}

struct CellShare {
    place: Place,
    period: i64,
    /// Whole millionths.
    micros: I256,
    /// What is left of a millionth, out of `sharers`.
    rest: I256,
    sharers: I256,
}

/// Shares every entry out over its cells.
pub fn allocate(entries: &[CostEntry], stretches: &[Stretch], carriers: &Carriers) -> (Shares, LedgerSummary) {
    let mut shares = Shares::new();
    let mut summary = LedgerSummary::default();
    for entry in entries {
        let mut cells = cells_of(entry, stretches, carriers);
        let amounts = round_to_sum(entry, &mut cells);
        summary.total += entry.amount;
        for (cell, amount) in cells.iter().zip(amounts) {
            match cell.place {
                Place::Outside => summary.outside += amount,
                Place::Nobody => {
                    summary.carried_by_nobody += amount;
                    shares.entry((cell.period, None)).or_default().part(&entry.layer, entry.of_ai).by_nobody += amount;
                }
                Place::Carried { combination, handling } => {
                    summary.allocated += amount;
                    let group = shares.entry((cell.period, Some(combination))).or_default();
                    group.part(&entry.layer, entry.of_ai).carried[handling] += amount;
                }
            }
        }
    }
    (shares, summary)
}

fn cells_of(entry: &CostEntry, stretches: &[Stretch], carriers: &Carriers) -> Vec<CellShare> {
    let length = I256::from(entry.end).wrapping_sub(I256::from(entry.start));
    let mut outside = length;
    let mut cells = Vec::new();
    let mut share = |place, period, nanos: I256, n: u64, sharers: u64| {
        // amount · time · n / (length · sharers), in millionths of a unit: an exact sum counts 10⁻²⁸.
        let numerator = entry.amount.wide().wrapping_mul(nanos).wrapping_mul(I256::from(n));
        let denominator = length.wrapping_mul(I256::from(sharers)).wrapping_mul(I256::from(10_i128.pow(22)));
        let micros = numerator.wrapping_div_euclid(denominator);
        let rest = numerator.wrapping_sub(micros.wrapping_mul(denominator));
        cells.push(CellShare { place, period, micros, rest, sharers: I256::from(sharers) });
    };
    for stretch in stretches {
        let (from, to) = (entry.start.max(stretch.from), entry.end.min(stretch.to));
        if from >= to {
            continue;
        }
        let nanos = I256::from(to).wrapping_sub(I256::from(from));
        outside = outside.wrapping_sub(nanos);
        let own = || carriers.range((stretch.period, 0)..=(stretch.period, usize::MAX));
        let can_carry = |handling: usize| if entry.of_ai { handling != 1 } else { handling != 0 };
        let count = |counts: &[[u64; 3]], h: usize| counts.get(entry.pins).map_or(0, |c| c[h]);
        let sharers: u64 = own().map(|(_, c)| (0..3).filter(|h| can_carry(*h)).map(|h| count(c, h)).sum::<u64>()).sum();
        if sharers == 0 {
            share(Place::Nobody, stretch.period, nanos, 1, 1);
            continue;
        }
        for ((_, combination), counts) in own() {
            for handling in (0..3).filter(|h| can_carry(*h)) {
                let n = count(counts, handling);
                if n > 0 {
                    share(Place::Carried { combination: *combination, handling }, stretch.period, nanos, n, sharers);
                }
            }
        }
    }
    if outside > I256::ZERO {
        share(Place::Outside, i64::MAX, outside, 1, 1);
    }
    cells
}

/// Largest remainder: the millionths that rounding down lost go to the cells that lost most, the first ones on a tie.
/// What is finer than a millionth stays with the last cell served, so that the parts sum to the entry exactly.
fn round_to_sum(entry: &CostEntry, cells: &mut [CellShare]) -> Vec<ExactSum> {
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&cells[*a], &cells[*b]);
        b.rest.wrapping_mul(a.sharers).cmp(&a.rest.wrapping_mul(b.sharers))
    });
    let mut amounts: Vec<ExactSum> = cells.iter().map(|c| micros(c.micros)).collect();
    let one = ExactSum::from_scaled(1, 6);
    let mut left = entry.amount - amounts.iter().copied().sum();
    for at in order {
        if left.is_zero() {
            break;
        }
        let step = left.min(one);
        amounts[at] += step;
        left -= step;
    }
    amounts
}

fn micros(count: I256) -> ExactSum {
    ExactSum::from_scaled(count.as_i128(), 6)
}

/// Adds up groups: coarser levels are sums of cells.
pub fn merge<'l>(parts: impl IntoIterator<Item = &'l GroupLedger>) -> GroupLedger {
    let mut all = GroupLedger::default();
    for part in parts.into_iter().flat_map(|p| &p.0) {
        let mine = all.part(&part.layer, part.of_ai);
        mine.by_nobody += part.by_nobody;
        mine.carried.iter_mut().zip(part.carried).for_each(|(a, b)| *a += b);
    }
    all
}
