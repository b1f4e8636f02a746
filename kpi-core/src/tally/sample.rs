//! Observed times: all of them, or a sketch of them.

use super::measures::TimeScale;
use std::collections::BTreeMap;

/// Values as they came, in no order. Most times are whole milliseconds below seven weeks, which 32 bits hold; one that
/// is not makes its whole run fine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Milliseconds.
    Millis(Vec<u32>),
    /// What [`TimeScale`] says.
    Fine(Vec<i64>),
}

/// Nanoseconds of a millisecond.
pub const MILLI: i64 = 1_000_000;

impl Run {
    /// No values yet.
    pub fn new(scale: TimeScale) -> Self {
        match scale {
            TimeScale::Nanos => Self::Millis(Vec::new()),
            TimeScale::MillisecondBits => Self::Fine(Vec::new()),
        }
    }

    /// Adds a value.
    #[inline]
    pub fn push(&mut self, value: i64) {
        if let Self::Millis(values) = self {
            if value % MILLI == 0
                && let Ok(millis) = u32::try_from(value / MILLI)
            {
                values.push(millis);
                return;
            }
            *self = Self::Fine(values.iter().map(|millis| i64::from(*millis) * MILLI).collect());
        }
        if let Self::Fine(values) = self {
            values.push(value);
        }
    }

    /// How many values.
    pub fn len(&self) -> usize {
        match self {
            Self::Millis(values) => values.len(),
            Self::Fine(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn values(&self) -> Box<dyn Iterator<Item = i64> + '_> {
        match self {
            Self::Millis(values) => Box::new(values.iter().map(|millis| i64::from(*millis) * MILLI)),
            Self::Fine(values) => Box::new(values.iter().copied()),
        }
    }
}

/// Observed values, all of them or as a sketch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sample {
    /// Every value, in runs as they were counted.
    Exact(Vec<Run>),
    /// How many values lie in each bucket of at most 1/128 relative width.
    Sketch(BTreeMap<u32, u64>),
}

/// Bits of a double that a sketch's bucket drops: it keeps the exponent and seven bits behind it.
const DROPPED: u32 = 52 - 7;

/// The bucket of a sketch that a value falls into.
pub fn sketched(value: i64, scale: TimeScale) -> u32 {
    let double = match scale {
        TimeScale::Nanos => (value.max(0) as f64).to_bits(),
        TimeScale::MillisecondBits => value.unsigned_abs(),
    };
    u32::try_from(double >> DROPPED).unwrap_or(u32::MAX)
}

/// The middle of a sketch's bucket, in seconds.
fn middle(bucket: u32, scale: TimeScale) -> f64 {
    let middle = if bucket == 0 { 0 } else { (u64::from(bucket) << DROPPED) | 1 << (DROPPED - 1) };
    let value = f64::from_bits(middle);
    if scale == TimeScale::Nanos { value / 1e9 } else { value / 1e3 }
}

impl Sample {
    /// An empty sample.
    pub fn new(sketch: bool) -> Self {
        if sketch { Self::Sketch(BTreeMap::new()) } else { Self::Exact(Vec::new()) }
    }

    /// Values from elsewhere.
    pub fn of(values: Vec<i64>) -> Self {
        Self::Exact(if values.is_empty() { Vec::new() } else { vec![Run::Fine(values)] })
    }

    /// Adds another sample of the same kind.
    pub fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::Exact(mine), Self::Exact(theirs)) => mine.extend(theirs.iter().filter(|r| !r.is_empty()).cloned()),
            (Self::Sketch(mine), Self::Sketch(theirs)) => {
                for (bucket, n) in theirs {
                    *mine.entry(*bucket).or_default() += n;
                }
            }
            _ => {}
        }
    }

    /// How many values.
    pub fn len(&self) -> u64 {
        match self {
            Self::Exact(runs) => runs.iter().map(|run| run.len() as u64).sum(),
            Self::Sketch(buckets) => buckets.values().sum(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is a sketch.
    pub const fn is_sketch(&self) -> bool {
        matches!(self, Self::Sketch(_))
    }

    /// All values in order; of a sketch, none.
    pub fn sorted(&self) -> Vec<i64> {
        let Self::Exact(runs) = self else { return Vec::new() };
        let mut values: Vec<i64> = runs.iter().flat_map(Run::values).collect();
        values.sort_unstable();
        values
    }

    /// The values of some ranks (counted from 1), in seconds.
    pub fn at_ranks(&self, ranks: &[u64], scale: TimeScale) -> Vec<Option<f64>> {
        match self {
            Self::Exact(_) => {
                let values = self.sorted();
                let at = |rank: &u64| values.get(usize::try_from(rank.checked_sub(1)?).ok()?).copied();
                ranks.iter().map(|rank| at(rank).map(|value| scale.seconds(value))).collect()
            }
            Self::Sketch(buckets) => sketch_ranks(buckets, ranks, scale),
        }
    }
}

fn sketch_ranks(buckets: &BTreeMap<u32, u64>, ranks: &[u64], scale: TimeScale) -> Vec<Option<f64>> {
    let at = |rank: &u64| {
        let mut seen = 0;
        let (bucket, _) = buckets.iter().find(|(_, n)| {
            seen += **n;
            seen >= *rank
        })?;
        Some(middle(*bucket, scale))
    };
    ranks.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_keeps_every_value_whatever_its_size() {
        let values = [0, 5 * MILLI, 4_294_967_295 * MILLI, 4_294_967_296 * MILLI, 7, -MILLI, i64::MAX];
        for count in 0..=values.len() {
            let mut run = Run::new(TimeScale::Nanos);
            values[..count].iter().for_each(|value| run.push(*value));
            assert_eq!(run.values().collect::<Vec<_>>(), values[..count]);
            assert_eq!(matches!(run, Run::Millis(_)), count <= 3, "{count}");
        }
    }

    #[test]
    fn a_sketch_is_within_its_relative_error() {
        for nanos in [1, 999, 1_000_000, 123_456_789_012, i64::MAX / 2] {
            let seconds = middle(sketched(nanos, TimeScale::Nanos), TimeScale::Nanos);
            assert!((seconds / (nanos as f64 / 1e9) - 1.0).abs() <= 0.004, "{nanos}");
        }
    }
}
