//! What a clerk counts, cell by cell: one long list for each sort of measure, in which the measures of a cell stand side
//! by side.

use super::measures::{Binned, Count, Counted, Parts, Plan, Spread, TimeScale, Total};
use super::sample::{Run, sketched};
use crate::facts::Rows;
use crate::input::block::{ROWS, rows_in};
use crate::input::numbers::{Numbers, TENS};
use crate::units::exact::SMALL;
use crate::units::{RunningClusters, RunningMoments, RunningSum};
use std::collections::BTreeMap;

/// The cells that a block's rows belong to: each cell's number and rows, and for each row the place of its cell here.
#[derive(Debug)]
pub struct CellsOfBlock {
    /// Number of the cell and its rows.
    pub cells: Vec<(u32, u64)>,
    /// The place in `cells` of each row's cell.
    pub of_rows: [u8; ROWS],
}

/// A total and how many contacts are in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunningTotal {
    /// The sum so far.
    pub sum: RunningSum,
    /// Contacts that had a value.
    pub known: u64,
}

/// One bin.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunningBin {
    /// Contacts in it.
    pub rows: u64,
    /// Of those, hits.
    pub hits: u64,
    /// The sum of their values.
    pub sum: RunningSum,
}

/// Observed times of one cell.
#[derive(Debug, Clone)]
pub enum RunningTimes {
    /// Every value.
    Exact(Run),
    /// Buckets of a sketch.
    Sketch(BTreeMap<u32, u64>),
}

/// Everything that is counted as rows come by.
#[derive(Debug)]
pub struct Counters<'p> {
    plan: &'p Plan,
    now: Vec<(usize, fn(&Rows<'_>) -> u64)>,
    sketch: bool,
    pins: usize,
    counts: Vec<u64>,
    carriers: Vec<u64>,
    spreads: Vec<RunningMoments>,
    parts: Vec<RunningClusters>,
    totals: Vec<RunningTotal>,
    times: Vec<RunningTimes>,
    bins: Vec<Vec<RunningBin>>,
}

impl<'p> Counters<'p> {
    /// No cells yet.
    pub fn new(plan: &'p Plan, sketch: bool, pins: usize) -> Self {
        let now = |(place, count): (usize, &&Count)| match count.rows {
            Counted::Now(rows) => Some((place, rows)),
            Counted::Later(_) => None,
        };
        Self {
            plan,
            now: plan.counts.iter().enumerate().filter_map(now).collect(),
            sketch,
            pins,
            counts: Vec::new(),
            carriers: Vec::new(),
            spreads: Vec::new(),
            parts: Vec::new(),
            totals: Vec::new(),
            times: Vec::new(),
            bins: vec![Vec::new(); plan.binned.len()],
        }
    }

    /// Makes room for so many cells.
    pub fn grow(&mut self, cells: usize) {
        let plan = self.plan;
        self.counts.resize(cells * self.now.len(), 0);
        self.carriers.resize(cells * self.pins, 0);
        self.spreads.resize(cells * plan.spreads.len(), RunningMoments::default());
        self.parts.resize(cells * plan.parts.len(), RunningClusters::default());
        self.totals.resize(cells * plan.totals.len(), RunningTotal::default());
        while self.times.len() < cells * plan.times.len() {
            let measure = plan.times[self.times.len() % plan.times.len()];
            self.times.push(match self.sketch {
                true => RunningTimes::Sketch(BTreeMap::new()),
                false => RunningTimes::Exact(Run::new(measure.scale)),
            });
        }
        for (bins, measure) in self.bins.iter_mut().zip(&plan.binned) {
            bins.resize(cells * measure.bins, RunningBin::default());
        }
    }

    /// Adds every measure of a block.
    pub fn add(&mut self, rows: &Rows<'_>, cells: &CellsOfBlock, carriers: &[u64]) {
        let counted: Vec<u64> = self.now.iter().map(|(_, count)| count(rows)).collect();
        add_counts(&mut self.counts, &counted, &cells.cells);
        add_counts(&mut self.carriers, carriers, &cells.cells);
        let plan = self.plan;
        for (place, measure) in plan.spreads.iter().enumerate() {
            self.add_spread(place, measure, rows, cells);
        }
        for (place, measure) in plan.parts.iter().enumerate() {
            self.add_parts(place, measure, rows, cells);
        }
        for (place, measure) in plan.totals.iter().enumerate() {
            self.add_total(place, measure, rows, cells);
        }
        for (place, measure) in plan.times.iter().enumerate() {
            let known = (measure.rows)(rows);
            if known != 0 {
                let values = (measure.values)(rows, known);
                let step = plan.times.len();
                for row in rows_in(known) {
                    match &mut self.times[cells.cell(row) * step + place] {
                        RunningTimes::Exact(run) => run.push(values[row]),
                        RunningTimes::Sketch(buckets) => {
                            *buckets.entry(sketched(values[row], measure.scale)).or_default() += 1;
                        }
                    }
                }
            }
        }
        for (place, measure) in plan.binned.iter().enumerate() {
            self.add_bins(place, measure, rows, cells);
        }
    }

    fn add_spread(&mut self, place: usize, measure: &Spread, rows: &Rows<'_>, cells: &CellsOfBlock) {
        let known = (measure.rows)(rows);
        if known == 0 {
            return;
        }
        let step = self.plan.spreads.len();
        match (measure.value)(rows) {
            Numbers::Plain { units, scale } => {
                for row in rows_in(known) {
                    self.spreads[cells.cell(row) * step + place].add(units[row], scale);
                }
            }
            Numbers::Mixed(amounts) => {
                for row in rows_in(known) {
                    let moments = &mut self.spreads[cells.cell(row) * step + place];
                    moments.add_scaled(amounts[row].units, u32::from(amounts[row].scale));
                }
            }
        }
    }

    fn add_parts(&mut self, place: usize, measure: &Parts, rows: &Rows<'_>, cells: &CellsOfBlock) {
        let known = (measure.rows)(rows);
        if known == 0 {
            return;
        }
        let step = self.plan.parts.len();
        let (whole, part) = ((measure.whole)(rows), (measure.part)(rows));
        if let (Numbers::Plain { units: x, scale }, Numbers::Plain { units: y, scale: other }) = (&whole, &part)
            && scale == other
            && *scale <= 12
        {
            let large = x.iter().chain(y.iter()).any(|unit| !(-SMALL + 1..SMALL).contains(unit));
            if !large {
                for row in rows_in(known) {
                    self.parts[cells.cell(row) * step + place].add(x[row], y[row], *scale);
                }
                return;
            }
        }
        for row in rows_in(known) {
            let (x, y) = (whole.amount(row).to_decimal(), part.amount(row).to_decimal());
            self.parts[cells.cell(row) * step + place].add_decimals(x, y);
        }
    }

    fn add_total(&mut self, place: usize, measure: &Total, rows: &Rows<'_>, cells: &CellsOfBlock) {
        let known = (measure.rows)(rows);
        if known == 0 {
            return;
        }
        let step = self.plan.totals.len();
        match (measure.value)(rows) {
            Numbers::Plain { units, scale } => {
                for row in rows_in(known) {
                    let total = &mut self.totals[cells.cell(row) * step + place];
                    total.sum.add(i128::from(units[row]), scale);
                    total.known += 1;
                }
            }
            Numbers::Mixed(amounts) => {
                for row in rows_in(known) {
                    let total = &mut self.totals[cells.cell(row) * step + place];
                    total.sum.add_scaled(amounts[row].units, u32::from(amounts[row].scale));
                    total.known += 1;
                }
            }
        }
    }

    fn add_bins(&mut self, place: usize, measure: &Binned, rows: &Rows<'_>, cells: &CellsOfBlock) {
        let known = (measure.rows)(rows);
        if known == 0 {
            return;
        }
        let hits = (measure.hits)(rows);
        let numbers = (measure.value)(rows);
        for row in rows_in(known) {
            let bin = bin_of(&numbers, row, measure.bins);
            let bin = &mut self.bins[place][cells.cell(row) * measure.bins + bin];
            bin.rows += 1;
            bin.hits += hits >> row & 1;
            match &numbers {
                Numbers::Plain { units, scale } => bin.sum.add(i128::from(units[row]), *scale),
                Numbers::Mixed(amounts) => bin.sum.add_scaled(amounts[row].units, u32::from(amounts[row].scale)),
            }
        }
    }

    /// A cell's counts, each with its place in the plan.
    pub fn counts_of(&self, cell: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let own = cell * self.now.len();
        self.now.iter().enumerate().map(move |(at, (place, _))| (*place, self.counts[own + at]))
    }

    /// A cell's carriers of costs, by pins.
    pub fn carriers_of(&self, cell: usize) -> &[u64] {
        own(&self.carriers, cell, self.pins)
    }

    /// A cell's spreads, in the order of the plan.
    pub fn spreads_of(&self, cell: usize) -> &[RunningMoments] {
        own(&self.spreads, cell, self.plan.spreads.len())
    }

    /// A cell's parts of wholes.
    pub fn parts_of(&self, cell: usize) -> &[RunningClusters] {
        own(&self.parts, cell, self.plan.parts.len())
    }

    /// A cell's totals.
    pub fn totals_of(&self, cell: usize) -> &[RunningTotal] {
        own(&self.totals, cell, self.plan.totals.len())
    }

    /// Takes a cell's times out.
    pub fn take_times(&mut self, cell: usize) -> Vec<RunningTimes> {
        let count = self.plan.times.len();
        let taken = self.times.get_mut(cell * count..(cell + 1) * count).unwrap_or_default();
        taken.iter_mut().map(|times| std::mem::replace(times, RunningTimes::Exact(Run::new(TimeScale::Nanos)))).collect()
    }

    /// A cell's bins of one measure.
    pub fn bins_of(&self, cell: usize, place: usize) -> &[RunningBin] {
        let bins = self.plan.binned.get(place).map_or(0, |measure| measure.bins);
        self.bins.get(place).map_or(&[], |all| own(all, cell, bins))
    }
}

fn own<T>(list: &[T], cell: usize, count: usize) -> &[T] {
    list.get(cell * count..(cell + 1) * count).unwrap_or_default()
}

impl CellsOfBlock {
    #[inline]
    fn cell(&self, row: usize) -> usize {
        self.cells[usize::from(self.of_rows[row])].0 as usize
    }
}

fn add_counts(counts: &mut [u64], counted: &[u64], cells: &[(u32, u64)]) {
    let step = counted.len();
    if step == 0 {
        return;
    }
    for (cell, rows) in cells {
        let from = *cell as usize * step;
        for (count, counted) in counts[from..from + step].iter_mut().zip(counted) {
            *count += u64::from((counted & rows).count_ones());
        }
    }
}

/// The bin of [0, 1] cut into `bins` equal ones, the last one closed, in which a number lies.
fn bin_of(numbers: &Numbers<'_>, row: usize, bins: usize) -> usize {
    if let Numbers::Plain { units, scale } = numbers
        && *scale < 18
    {
        let scaled = units[row].unsigned_abs() * bins as u64 / TENS[usize::from(*scale)].unsigned_abs();
        return usize::try_from(scaled).unwrap_or(0).min(bins - 1);
    }
    let value = numbers.amount(row);
    let scaled = value.units * i128::try_from(bins).unwrap_or(1) / 10_i128.pow(u32::from(value.scale));
    usize::try_from(scaled).unwrap_or(0).min(bins - 1)
}
