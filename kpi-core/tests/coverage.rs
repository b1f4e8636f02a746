//! Intervals hold what they promise: at 95 %, the truth lies in 93 to 97 of 100 of them. Draws are the same everywhere, and
//! few enough to be quick: of 4,000 intervals that cover in 95 %, fewer than 94 % do once in four hundred times.

use kpi_core::evidence::{
    Interval, Judge, Ranks, delta_ratio, kaplan_meier, mean_interval, newcombe, rogan_gladen, wilson,
    wilson_design_effect, z_for,
};
use kpi_core::units::{Clusters, Moments};

const TRIALS: u32 = 4_000;

/// A sequence that looks drawn by lot and is the same everywhere.
struct Lot(u64);

impl Lot {
    fn share(&mut self) -> f64 {
        // Knuth's linear congruences; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64) / ((1_u64 << 53) as f64)
    }

    fn yes(&mut self, share: f64) -> bool {
        self.share() < share
    }

    fn count(&mut self, n: u64, share: f64) -> u64 {
        (0..n).map(|_| u64::from(self.yes(share))).sum()
    }

    /// Up to so many whole numbers from nought.
    fn below(&mut self, n: u64) -> u64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
        let drawn = (self.share() * n as f64) as u64;
        drawn
    }
}

/// Fails unless 93 to 97 of 100 of the intervals hold the truth.
fn covers(name: &str, truth: f64, mut interval: impl FnMut(&mut Lot) -> Option<Interval>) {
    let mut lot = Lot(20_260_105);
    let held = (0..TRIALS).filter(|_| interval(&mut lot).is_some_and(|i| i.low <= truth && truth <= i.high)).count();
    let share = held as f64 / f64::from(TRIALS);
    assert!((0.93..=0.97).contains(&share), "{name}: {share}");
}

#[test]
fn proportions() {
    let z = z_for(0.95);
    for (n, p) in [(40, 0.5), (100, 0.2), (200, 0.9), (1000, 0.03)] {
        covers(&format!("Wilson, {n} at {p}"), p, |lot| wilson(lot.count(n, p), n, z));
    }
}

#[test]
fn differences_of_proportions() {
    let z = z_for(0.95);
    for (n, p, m, q) in [(80, 0.6, 60, 0.5), (200, 0.15, 300, 0.1), (50, 0.9, 500, 0.8)] {
        covers(&format!("Newcombe, {n} at {p} and {m} at {q}"), p - q, |lot| {
            newcombe(lot.count(n, p), n, lot.count(m, q), m, z)
        });
    }
}

#[test]
fn means() {
    let z = z_for(0.95);
    covers("mean of 80 from 0 to 99", 49.5, |lot| {
        let mut moments = Moments::default();
        (0..80).for_each(|_| moments.add_scaled(i128::from(lot.below(100)), 0));
        mean_interval(&moments, z)
    });
}

#[test]
fn medians() {
    // Of the numbers 0 to 999, half are at most 499.
    let ranks = Ranks::at(0.95);
    covers("median of 61", 499.0, |lot| {
        let mut values: Vec<u64> = (0..61).map(|_| lot.below(1000)).collect();
        values.sort_unstable();
        let (low, high) = ranks.around(61, 500)?;
        let at = |rank: u64| values[usize::try_from(rank - 1).unwrap()] as f64;
        Some(Interval { low: at(low), high: at(high) })
    });
}

/// Answers of one conversation are alike: all right with one chance, mostly wrong with another.
fn conversations(lot: &mut Lot, rows: u32) -> Clusters {
    let mut clusters = Clusters::default();
    for _ in 0..rows {
        let all = 1 + lot.below(6);
        let share = if lot.yes(0.7) { 0.95 } else { 0.4 };
        clusters.add_ints(all, lot.count(all, share));
    }
    clusters
}

#[test]
fn answers_within_conversations() {
    let (z, truth) = (z_for(0.95), 0.7 * 0.95 + 0.3 * 0.4);
    covers("design effect", truth, |lot| wilson_design_effect(&conversations(lot, 120), z));
    covers("delta", truth, |lot| delta_ratio(&conversations(lot, 120), z));
    // As if answers were strangers to one another, the interval is too short.
    let mut lot = Lot(5);
    let held = (0..TRIALS).filter(|_| {
        let clusters = conversations(&mut lot, 120);
        let (right, all) = (clusters.sum_y().to_f64(), clusters.sum_x().to_f64());
        kpi_core::evidence::wilson_real(right, all, z).is_some_and(|i| i.low <= truth && truth <= i.high)
    });
    assert!((held.count() as f64) < 0.93 * f64::from(TRIALS));
}

#[test]
fn returns_of_contacts_that_were_not_all_watched_equally_long() {
    let z = z_for(0.95);
    // Each hour one of forty comes back; contacts are watched for 1 to 60 hours. Without a return by the 24th: (39/40)²⁴.
    let truth = (0..24).fold(1.0, |without, _| without * 39.0 / 40.0);
    covers("Kaplan and Meier at 24 hours", truth, |lot| {
        let watched: Vec<(i64, bool)> = (0..150)
            .map(|_| {
                let until = 1 + lot.below(60);
                let back = (1..=until).find(|_| lot.yes(1.0 / 40.0));
                (i64::try_from(back.unwrap_or(until)).unwrap(), back.is_some())
            })
            .collect();
        kaplan_meier(&watched).iter().rfind(|step| step.at <= 24)?.interval(z)
    });
}

#[test]
fn rates_without_their_judges_mistakes() {
    let z = z_for(0.95);
    let (truth, sensitivity, specificity) = (0.6, 0.9, 0.8);
    let seen = truth * sensitivity + (1.0 - truth) * (1.0 - specificity);
    covers("Lang and Reiczigel", truth, |lot| {
        let (found, true_positives, true_negatives) =
            (lot.count(300, seen), lot.count(100, sensitivity), lot.count(100, specificity));
        let judge = Judge {
            true_positives,
            false_negatives: 100 - true_positives,
            true_negatives,
            false_positives: 100 - true_negatives,
        };
        rogan_gladen(found as f64 / 300.0, 300.0, &judge, z)?.interval
    });
}
