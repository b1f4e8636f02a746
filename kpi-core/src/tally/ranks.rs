//! Values by rank, of any group and population, without merging or sorting samples: each finest cell's values are put
//! into buckets once, all cells of a measure into the same ones, so that a coarser group only adds up how many values
//! lie in each bucket, and looks into the one bucket in which the rank lies.

use super::measures::TimeScale;
use super::sample::{MILLI, Run, Sample};
use super::state::Tally;
use crate::threads::in_parallel;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Something that has values by rank.
pub trait Ranked {
    /// How many values.
    fn len(&self) -> u64;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of some ranks (counted from 1), in seconds.
    fn at_ranks(&self, ranks: &[u64], scale: TimeScale) -> Vec<Option<f64>>;
}

impl Ranked for Sample {
    fn len(&self) -> u64 {
        Self::len(self)
    }

    fn at_ranks(&self, ranks: &[u64], scale: TimeScale) -> Vec<Option<f64>> {
        Self::at_ranks(self, ranks, scale)
    }
}

/// One cell's values in the order of their buckets, and how many lie in each bucket and those before it.
#[derive(Debug, Clone)]
struct Laid {
    values: Values,
    ends: Vec<u32>,
}

#[derive(Debug, Clone)]
enum Values {
    Millis(Vec<u32>),
    Fine(Vec<i64>),
}

/// Which values share a bucket: those with the same leading bits, that is about the same relative size.
#[derive(Debug, Clone, Copy)]
struct Buckets {
    /// Bits behind the leading one.
    bits: u32,
    /// The bucket of the smallest value; buckets are counted from it.
    first: u32,
    count: usize,
}

impl Buckets {
    fn of(self, value: u64) -> usize {
        Self::absolute(value, self.bits).saturating_sub(self.first) as usize
    }

    fn absolute(value: u64, bits: u32) -> u32 {
        let size = (value | 1).ilog2();
        let Some(dropped) = size.checked_sub(bits) else { return u32::try_from(value).unwrap_or(0) };
        let behind = value >> dropped & ((1 << bits) - 1);
        ((dropped + 1) << bits) + u32::try_from(behind).unwrap_or(0)
    }
}

/// The values of one measure in all cells: group times three, plus handling.
#[derive(Debug, Clone, Default)]
struct Measured {
    cells: Vec<Option<Laid>>,
}

/// The exact times of a tally, laid out by rank.
#[derive(Debug, Clone, Default)]
pub struct ByRank {
    measures: Vec<Measured>,
}

impl ByRank {
    /// Lays out all exact times of a tally.
    pub fn of(tally: &Tally, threads: usize) -> Self {
        let measures = (0..tally.plan.times.len()).map(|place| {
            let samples: Vec<&Sample> =
                tally.groups.values().flat_map(|g| g.cells.iter().filter_map(|c| c.times.get(place))).collect();
            Measured::of(&samples, threads)
        });
        Self { measures: measures.collect() }
    }

    /// The values of one measure in some cells together.
    pub fn observed(&self, place: usize, cells: impl Iterator<Item = usize>) -> Observed<'_> {
        let measured = self.measures.get(place);
        let laid = cells.filter_map(|cell| measured?.cells.get(cell)?.as_ref());
        Observed { laid: laid.collect() }
    }
}

impl Measured {
    fn of(samples: &[&Sample], threads: usize) -> Self {
        let all = || {
            samples.iter().flat_map(|sample| match sample {
                Sample::Exact(runs) => runs.as_slice(),
                Sample::Sketch(_) => &[],
            })
        };
        let count: usize = all().map(Run::len).sum();
        let cells = samples.iter().filter(|s| !s.is_empty()).count();
        if count == 0 || cells == 0 {
            return Self { cells: vec![None; samples.len()] };
        }
        let fine = all().any(|run| matches!(run, Run::Fine(_)));
        let (mut least, mut most) = (u64::MAX, 0);
        for run in all() {
            let (low, high) = ends_of(run, fine);
            (least, most) = (least.min(low), most.max(high));
        }
        let bits = ((count / cells).ilog2() / 2).saturating_sub(1).clamp(1, 6);
        let first = Buckets::absolute(least, bits);
        let count = (Buckets::absolute(most, bits) - first + 1) as usize;
        let buckets = Buckets { bits, first, count };
        let next = AtomicUsize::new(0);
        let mut found: Vec<Vec<(usize, Laid)>> = vec![Vec::new(); threads.max(1)];
        in_parallel(&mut found, &|found: &mut Vec<(usize, Laid)>| {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                match samples.get(at) {
                    Some(Sample::Exact(runs)) if !runs.is_empty() => found.push((at, Laid::of(runs, buckets, fine))),
                    Some(_) => {}
                    None => return,
                }
            }
        });
        let mut cells = vec![None; samples.len()];
        for (at, laid) in found.into_iter().flatten() {
            cells[at] = Some(laid);
        }
        Self { cells }
    }
}

/// The smallest and the largest value of a run.
fn ends_of(run: &Run, fine: bool) -> (u64, u64) {
    let millis = if fine { MILLI.unsigned_abs() } else { 1 };
    match run {
        Run::Millis(values) => {
            let ends = values.iter().min().zip(values.iter().max());
            ends.map_or((u64::MAX, 0), |(a, b)| (u64::from(*a) * millis, u64::from(*b) * millis))
        }
        Run::Fine(values) => {
            let ends =
                values.iter().map(|v| v.cast_unsigned()).min().zip(values.iter().map(|v| v.cast_unsigned()).max());
            ends.unwrap_or((u64::MAX, 0))
        }
    }
}

impl Laid {
    fn of(runs: &[Run], buckets: Buckets, fine: bool) -> Self {
        if fine {
            let all = runs.iter().flat_map(|run| -> Box<dyn Iterator<Item = i64> + '_> {
                match run {
                    Run::Millis(values) => Box::new(values.iter().map(|v| i64::from(*v) * MILLI)),
                    Run::Fine(values) => Box::new(values.iter().copied()),
                }
            });
            let all: Vec<i64> = all.collect();
            let (values, ends) = spread(&[&all], buckets, i64::cast_unsigned);
            return Self { values: Values::Fine(values), ends };
        }
        let all: Vec<&[u32]> = runs
            .iter()
            .map(|run| match run {
                Run::Millis(values) => values.as_slice(),
                Run::Fine(_) => &[],
            })
            .collect();
        let (values, ends) = spread(&all, buckets, u64::from);
        Self { values: Values::Millis(values), ends }
    }

    fn len(&self) -> usize {
        match &self.values {
            Values::Millis(values) => values.len(),
            Values::Fine(values) => values.len(),
        }
    }

    /// Adds the values of a bucket to a list.
    fn look_into(&self, bucket: usize, into: &mut Vec<i64>) {
        let from = bucket.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0) as usize;
        let to = self.ends.get(bucket).copied().unwrap_or(0) as usize;
        match &self.values {
            Values::Millis(v) => into.extend(v.get(from..to).unwrap_or_default().iter().map(|v| i64::from(*v) * MILLI)),
            Values::Fine(v) => into.extend_from_slice(v.get(from..to).unwrap_or_default()),
        }
    }
}

/// Values in the order of their buckets, and where each bucket ends.
fn spread<T: Copy + Default>(runs: &[&[T]], buckets: Buckets, number: impl Fn(T) -> u64) -> (Vec<T>, Vec<u32>) {
    let mut next = vec![0_u32; buckets.count + 1];
    for value in runs.iter().flat_map(|run| run.iter()) {
        next[buckets.of(number(*value)) + 1] += 1;
    }
    let mut before = 0;
    for start in &mut next {
        before += *start;
        *start = before;
    }
    let mut values = vec![T::default(); before as usize];
    for value in runs.iter().flat_map(|run| run.iter()) {
        let place = &mut next[buckets.of(number(*value))];
        values[*place as usize] = *value;
        *place += 1;
    }
    next.pop();
    (values, next)
}

/// The values of one measure in some cells.
#[derive(Debug, Clone)]
pub struct Observed<'o> {
    laid: Vec<&'o Laid>,
}

impl Ranked for Observed<'_> {
    fn len(&self) -> u64 {
        self.laid.iter().map(|laid| laid.len() as u64).sum()
    }

    fn at_ranks(&self, ranks: &[u64], scale: TimeScale) -> Vec<Option<f64>> {
        let Some(first) = self.laid.first() else { return vec![None; ranks.len()] };
        let mut ends = vec![0_u64; first.ends.len()];
        for laid in &self.laid {
            for (end, own) in ends.iter_mut().zip(&laid.ends) {
                *end += u64::from(*own);
            }
        }
        let (mut opened, mut inside) = (usize::MAX, Vec::new());
        let mut at = |rank: u64| {
            let bucket = ends.partition_point(|end| *end < rank);
            if bucket != opened {
                inside.clear();
                self.laid.iter().for_each(|laid| laid.look_into(bucket, &mut inside));
                opened = bucket;
            }
            let before = bucket.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            let place = usize::try_from(rank.checked_sub(before)?.checked_sub(1)?).ok()?;
            let found = (place < inside.len()).then(|| *inside.select_nth_unstable(place).1)?;
            Some(scale.seconds(found))
        };
        ranks.iter().map(|rank| at(*rank)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(values: &[i64]) -> Sample {
        let mut run = Run::new(TimeScale::Nanos);
        for value in values {
            run.push(*value);
        }
        Sample::Exact(if values.is_empty() { Vec::new() } else { vec![run] })
    }

    proptest! {
        #[test]
        fn ranks_are_those_of_the_sorted_values(
            cells in proptest::collection::vec(proptest::collection::vec(0_i64..1_000_000_000_000, 0..50), 1..8),
            exponent in 0_u32..7, threads in 1_usize..3,
        ) {
            let cells: Vec<Vec<i64>> =
                cells.iter().map(|own| own.iter().map(|v| v / 10_i64.pow(exponent) * 10_i64.pow(exponent)).collect()).collect();
            let samples: Vec<Sample> = cells.iter().map(|own| sample(own)).collect();
            let measured = Measured::of(&samples.iter().collect::<Vec<_>>(), threads);
            let ranks = ByRank { measures: vec![measured] };
            let observed = ranks.observed(0, (0..cells.len()).step_by(2));
            let mut sorted: Vec<i64> = cells.iter().step_by(2).flatten().copied().collect();
            sorted.sort_unstable();
            prop_assert_eq!(observed.len(), sorted.len() as u64);
            let wanted: Vec<u64> = (0..=sorted.len() as u64 + 1).rev().collect();
            let found = observed.at_ranks(&wanted, TimeScale::Nanos);
            for (rank, found) in wanted.iter().zip(found) {
                let expected = rank.checked_sub(1).and_then(|at| sorted.get(usize::try_from(at).ok()?)).copied();
                prop_assert_eq!(found, expected.map(|v| TimeScale::Nanos.seconds(v)), "rank {}", rank);
            }
        }
    }
}
