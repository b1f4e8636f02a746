//! Not worse by a margin: how often the test errs, from every outcome there can be.

use kpi_core::evidence::{newcombe, z_for};

/// How likely each number of hits is among `n`.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; chances.len() + 1];
        for (hits, chance) in chances.iter().enumerate() {
            next[hits] += chance * (1.0 - p);
            next[hits + 1] += chance * p;
        }
        chances = next;
    }
    chances
}

#[test]
fn what_is_worse_by_exactly_the_margin_passes_in_about_one_of_twenty_cases() {
    let z = z_for(0.9);
    for (n, m) in [(60, 60), (40, 160), (160, 40)] {
        for control in [0.3, 0.5, 0.7, 0.9] {
            let (treated, control) = (binomial(n, control - 0.1), binomial(m, control));
            let mut errs = 0.0;
            for (x, p) in (0..).zip(&treated) {
                for (y, q) in (0..).zip(&control) {
                    errs += if newcombe(x, n, y, m, z).is_some_and(|i| i.low > -0.1) { p * q } else { 0.0 };
                }
            }
            assert!((0.04..0.065).contains(&errs), "{errs} of {n} and {m}");
        }
    }
}
