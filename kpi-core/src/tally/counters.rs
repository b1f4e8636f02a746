//! What a clerk counts, cell by cell: one long list for each sort of measure, in which the measures of a cell stand side
//! by side.

use super::measures::{Binned, Count, Counted, Parts, Plan, Spread, TimeScale, Times, Total};
use super::sample::{Run, sketched};
use crate::facts::Rows;
use crate::input::block::{ROWS, for_each_row, rows_in};
use crate::input::numbers::{Numbers, TENS};
use crate::units::{RunningClusters, RunningMoments, RunningSum};
use std::collections::BTreeMap;

/// The cells that a block's rows belong to: each cell's number and rows, and for each row the place of its cell here.
#[derive(Debug)]
pub struct CellsOfBlock {
    /// Number of the cell and its rows; at most as many as a block has rows.
    pub cells: Vec<(u32, u64)>,
    /// The place in `cells` of each row's cell.
    pub of_rows: [u8; ROWS],
    /// The number of each row's cell.
    pub numbers: [u32; ROWS],
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

/// Which rows of a block a measure counts.
type RowsOf = fn(&Rows<'_>) -> u64;

/// Everything that is counted as rows come by.
#[derive(Debug)]
pub struct Counters<'p> {
    plan: &'p Plan,
    now: Vec<(usize, RowsOf)>,
    sketch: bool,
    pins: usize,
    cells: usize,
    counts: Vec<u64>,
    carriers: Vec<u64>,
    spreads: Vec<Vec<RunningMoments>>,
    parts: Vec<Vec<RunningClusters>>,
    totals: Vec<Vec<RunningTotal>>,
    times: Vec<Vec<RunningTimes>>,
    bins: Vec<Vec<RunningBin>>,
    sums: Sums,
}

/// Sums over the rows of a block, one for each place of a cell; nought whenever a measure begins.
#[derive(Debug)]
struct Sums([[i64; 6]; ROWS]);

impl Sums {
    /// Takes one out.
    fn take(&mut self, place: usize) -> [i64; 6] {
        std::mem::take(&mut self.0[place])
    }
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
            cells: 0,
            counts: Vec::new(),
            carriers: Vec::new(),
            spreads: vec![Vec::new(); plan.spreads.len()],
            parts: vec![Vec::new(); plan.parts.len()],
            totals: vec![Vec::new(); plan.totals.len()],
            times: vec![Vec::new(); plan.times.len()],
            bins: vec![Vec::new(); plan.binned.len()],
            sums: Sums([[0; 6]; ROWS]),
        }
    }

    /// Makes room for so many cells.
    pub fn grow(&mut self, cells: usize) {
        if cells * self.pins == self.carriers.len()
            && cells * self.now.len() == self.counts.len()
            && cells == self.cells
        {
            return;
        }
        self.cells = cells;
        self.counts.resize(cells * self.now.len(), 0);
        self.carriers.resize(cells * self.pins, 0);
        self.spreads.iter_mut().for_each(|all| all.resize(cells, RunningMoments::default()));
        self.parts.iter_mut().for_each(|all| all.resize(cells, RunningClusters::default()));
        self.totals.iter_mut().for_each(|all| all.resize(cells, RunningTotal::default()));
        for (all, measure) in self.times.iter_mut().zip(&self.plan.times) {
            let sketch = self.sketch;
            all.resize_with(cells, || {
                if sketch {
                    RunningTimes::Sketch(BTreeMap::new())
                } else {
                    RunningTimes::Exact(Run::new(measure.scale))
                }
            });
        }
        for (bins, measure) in self.bins.iter_mut().zip(&self.plan.binned) {
            bins.resize(cells * measure.bins, RunningBin::default());
        }
    }

    /// Adds every measure of a block.
    pub fn add(&mut self, rows: &Rows<'_>, cells: &CellsOfBlock, carriers: &[u64]) {
        let counted: Vec<u64> = self.now.iter().map(|(_, count)| count(rows)).collect();
        add_counts(&mut self.counts, &counted, &cells.cells);
        add_counts(&mut self.carriers, carriers, &cells.cells);
        let plan = self.plan;
        for (all, measure) in self.spreads.iter_mut().zip(&plan.spreads) {
            add_spread(all, measure, rows, cells, &mut self.sums);
        }
        for (all, measure) in self.parts.iter_mut().zip(&plan.parts) {
            add_parts(all, measure, rows, cells, &mut self.sums);
        }
        for (all, measure) in self.totals.iter_mut().zip(&plan.totals) {
            add_total(all, measure, rows, cells, &mut self.sums);
        }
        for (all, measure) in self.times.iter_mut().zip(&plan.times) {
            add_times(all, measure, rows, cells);
        }
        for (all, measure) in self.bins.iter_mut().zip(&plan.binned) {
            add_bins(all, measure, rows, cells);
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
    pub fn spreads_of(&self, cell: usize) -> impl Iterator<Item = &RunningMoments> {
        self.spreads.iter().filter_map(move |all| all.get(cell))
    }

    /// A cell's parts of wholes.
    pub fn parts_of(&self, cell: usize) -> impl Iterator<Item = &RunningClusters> {
        self.parts.iter().filter_map(move |all| all.get(cell))
    }

    /// A cell's totals.
    pub fn totals_of(&self, cell: usize) -> impl Iterator<Item = &RunningTotal> {
        self.totals.iter().filter_map(move |all| all.get(cell))
    }

    /// Takes a cell's times out.
    pub fn take_times(&mut self, cell: usize) -> impl Iterator<Item = RunningTimes> {
        let nothing = || RunningTimes::Exact(Run::new(TimeScale::Nanos));
        self.times.iter_mut().filter_map(move |all| Some(std::mem::replace(all.get_mut(cell)?, nothing())))
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
        self.numbers[row] as usize
    }

    /// The place of a row's cell among those of the block.
    #[inline]
    fn place(&self, row: usize) -> usize {
        usize::from(self.of_rows[row]) % ROWS
    }

    /// Each cell with rows of the mask: its place here, its number, and how many those are.
    fn with_rows(&self, mask: u64) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        self.cells.iter().enumerate().filter_map(move |(place, (cell, rows))| {
            let n = u64::from((rows & mask).count_ones());
            (n > 0).then_some((place % ROWS, *cell as usize, n))
        })
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

/// Of integers smaller than this, 64 squares or products add up within 64 bits.
const TINY: i64 = 1 << 28;

fn all_below(units: &[i64; ROWS], bound: i64) -> bool {
    units.iter().fold(true, |all, unit| all & (*unit < bound) & (*unit > -bound))
}

fn add_spread(all: &mut [RunningMoments], measure: &Spread, rows: &Rows<'_>, cells: &CellsOfBlock, sums: &mut Sums) {
    let known = (measure.rows)(rows);
    if known == 0 {
        return;
    }
    match (measure.value)(rows) {
        Numbers::Plain { units, scale } if scale <= 12 && all_below(&units, TINY) => {
            for_each_row(known, |row| {
                let ([sum, squares, ..], unit) = (&mut sums.0[cells.place(row)], units[row]);
                *sum += unit;
                *squares += unit * unit;
            });
            for (place, cell, n) in cells.with_rows(known) {
                let [sum, squares, ..] = sums.take(place);
                all[cell].add_many(n, sum, squares.unsigned_abs(), scale);
            }
        }
        Numbers::Plain { units, scale } => {
            for_each_row(known, |row| all[cells.cell(row)].add(units[row], scale));
        }
        Numbers::Mixed(amounts) => {
            for row in rows_in(known) {
                all[cells.cell(row)].add_scaled(amounts[row].units, u32::from(amounts[row].scale));
            }
        }
    }
}

fn add_parts(all: &mut [RunningClusters], measure: &Parts, rows: &Rows<'_>, cells: &CellsOfBlock, sums: &mut Sums) {
    let known = (measure.rows)(rows);
    if known == 0 {
        return;
    }
    let (whole, part) = ((measure.whole)(rows), (measure.part)(rows));
    if let (Numbers::Plain { units: x, scale }, Numbers::Plain { units: y, scale: other }) = (&whole, &part)
        && scale == other
        && *scale <= 12
        && all_below(x, TINY)
        && all_below(y, TINY)
    {
        for_each_row(known, |row| {
            let (sum, x, y) = (&mut sums.0[cells.place(row)], x[row], y[row]);
            for (sum, term) in sum.iter_mut().zip([i64::from(x > 0), x, y, x * x, x * y, y * y]) {
                *sum += term;
            }
        });
        for (place, cell, n) in cells.with_rows(known) {
            all[cell].add_many(n, sums.take(place), *scale);
        }
        return;
    }
    for row in rows_in(known) {
        let (x, y) = (whole.amount(row).to_decimal(), part.amount(row).to_decimal());
        all[cells.cell(row)].add_decimals(x, y);
    }
}

/// Of integers smaller than this, 64 add up within 64 bits.
const MODEST: i64 = 1 << 56;

fn add_total(all: &mut [RunningTotal], measure: &Total, rows: &Rows<'_>, cells: &CellsOfBlock, sums: &mut Sums) {
    let known = (measure.rows)(rows);
    if known == 0 {
        return;
    }
    let numbers = (measure.value)(rows);
    match &numbers {
        Numbers::Plain { units, scale } if all_below(units, MODEST) => {
            for_each_row(known, |row| sums.0[cells.place(row)][0] += units[row]);
            for (place, cell, n) in cells.with_rows(known) {
                let [sum, ..] = sums.take(place);
                all[cell].sum.add(i128::from(sum), *scale);
                all[cell].known += n;
            }
        }
        numbers => {
            for row in rows_in(known) {
                let (total, value) = (&mut all[cells.cell(row)], numbers.amount(row));
                total.sum.add_scaled(value.units, u32::from(value.scale));
                total.known += 1;
            }
        }
    }
}

fn add_times(all: &mut [RunningTimes], measure: &Times, rows: &Rows<'_>, cells: &CellsOfBlock) {
    let known = (measure.rows)(rows);
    if known == 0 {
        return;
    }
    let values = (measure.values)(rows, known);
    for_each_row(known, |row| match &mut all[cells.cell(row)] {
        RunningTimes::Exact(run) => run.push(values[row]),
        RunningTimes::Sketch(buckets) => {
            *buckets.entry(sketched(values[row], measure.scale)).or_default() += 1;
        }
    });
}

fn add_bins(all: &mut [RunningBin], measure: &Binned, rows: &Rows<'_>, cells: &CellsOfBlock) {
    let known = (measure.rows)(rows);
    if known == 0 {
        return;
    }
    let hits = (measure.hits)(rows);
    let numbers = (measure.value)(rows);
    for row in rows_in(known) {
        let bin = &mut all[cells.cell(row) * measure.bins + bin_of(&numbers, row, measure.bins)];
        bin.rows += 1;
        bin.hits += hits >> row & 1;
        match &numbers {
            Numbers::Plain { units, scale } => bin.sum.add(i128::from(units[row]), *scale),
            Numbers::Mixed(amounts) => bin.sum.add_scaled(amounts[row].units, u32::from(amounts[row].scale)),
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
