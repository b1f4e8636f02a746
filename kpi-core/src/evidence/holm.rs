//! Many tests at once.

/// P-values adjusted for how many were looked at (Holm 1979), in the order given: whoever calls those below α findings
/// calls anything wrongly in at most a share α of such looks, however the tests hang together.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least: f64 = 0.0;
    for (before, at) in order.into_iter().enumerate() {
        least = least.max(p_values[at] * (p_values.len() - before) as f64).min(1.0);
        adjusted[at] = least;
    }
    adjusted
}

/// P-values adjusted the other way (Benjamini and Hochberg 1995), in the order given: of all that lie below α and are called
/// findings, a share of at most α is expected to be none.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*b].total_cmp(&p_values[*a]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least: f64 = 1.0;
    for (after, at) in order.into_iter().enumerate() {
        least = least.min(p_values[at] * p_values.len() as f64 / (p_values.len() - after) as f64);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn adjusted_values_are_those_of_statsmodels() {
        // statsmodels.stats.multitest.multipletests([0.01, 0.04, 0.03, 0.005], method="holm")[1]
        let found = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (found, theirs) in found.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((found - theirs).abs() < 1e-12);
        }
        // The same with method="fdr_bh".
        let found = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]);
        for (found, theirs) in found.iter().zip([0.02, 0.04, 0.04, 0.02]) {
            assert!((found - theirs).abs() < 1e-12);
        }
        assert_eq!(benjamini_hochberg(&[]), Vec::<f64>::new());
        assert_eq!(holm(&[]), Vec::<f64>::new());
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
    }

    proptest! {
        #[test]
        fn adjusting_never_makes_a_finding_surer_and_keeps_the_order(p_values in prop::collection::vec(0.0..=1.0_f64, 1..20)) {
            let adjusted = holm(&p_values);
            for (at, (p, a)) in p_values.iter().zip(&adjusted).enumerate() {
                prop_assert!(a >= p && *a <= 1.0);
                for (other, q) in p_values.iter().enumerate() {
                    prop_assert!(p > q || adjusted[at] <= adjusted[other]);
                }
            }
        }
    }
}
