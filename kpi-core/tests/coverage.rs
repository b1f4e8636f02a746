//! Intervals hold what they promise: at 95 %, the truth lies in 93 to 97 of 100 of them. Draws are the same everywhere, and
//! few enough to be quick: of 4,000 intervals that cover in 95 %, fewer than 94 % do once in four hundred times.

mod lot;

use kpi_core::evidence::{
    Interval, Ranks, delta_ratio, kaplan_meier, mean_interval, newcombe, wilson, wilson_design_effect, z_for,
};
use kpi_core::units::{Clusters, Moments};
use lot::Lot;

const TRIALS: u32 = 4_000;

/// Up to so many whole numbers from nought.
fn below(lot: &mut Lot, n: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
    let drawn = (lot.next().unwrap_or(0.0) * f64::from(n)) as u32;
    drawn
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
        covers(&format!("Wilson, {n} at {p}"), p, |lot| wilson(lot.hits(n, p) as u64, n as u64, z));
    }
}

#[test]
fn differences_of_proportions() {
    let z = z_for(0.95);
    for (n, p, m, q) in [(80, 0.6, 60, 0.5), (200, 0.15, 300, 0.1), (50, 0.9, 500, 0.8)] {
        covers(&format!("Newcombe, {n} at {p} and {m} at {q}"), p - q, |lot| {
            newcombe(lot.hits(n, p) as u64, n as u64, lot.hits(m, q) as u64, m as u64, z)
        });
    }
}

#[test]
fn means() {
    let z = z_for(0.95);
    covers("mean of 80 from 0 to 99", 49.5, |lot| {
        let mut moments = Moments::default();
        (0..80).for_each(|_| moments.add_scaled(i128::from(below(lot, 100)), 0));
        mean_interval(&moments, z)
    });
}

#[test]
fn medians() {
    // Of the numbers 0 to 999, half are at most 499.
    let ranks = Ranks::at(0.95);
    covers("median of 61", 499.0, |lot| {
        let mut values: Vec<u32> = (0..61).map(|_| below(lot, 1000)).collect();
        values.sort_unstable();
        let (low, high) = ranks.around(61, 500)?;
        let at = |rank: u64| usize::try_from(rank - 1).ok().and_then(|at| values.get(at)).copied().map(f64::from);
        Some(Interval { low: at(low)?, high: at(high)? })
    });
}

/// Answers of one conversation are alike: all right with one chance, mostly wrong with another.
fn conversations(lot: &mut Lot, rows: u32) -> Clusters {
    let mut clusters = Clusters::default();
    for _ in 0..rows {
        let all = 1 + below(lot, 6);
        let share = if lot.hits(1, 0.7) == 1 { 0.95 } else { 0.4 };
        clusters.add_ints(u64::from(all), lot.hits(all as usize, share) as u64);
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
                let until = 1 + below(lot, 60);
                let back = (1..=until).find(|_| lot.hits(1, 1.0 / 40.0) == 1);
                (i64::from(back.unwrap_or(until)), back.is_some())
            })
            .collect();
        kaplan_meier(&watched).iter().rfind(|step| step.at <= 24)?.interval(z)
    });
}
