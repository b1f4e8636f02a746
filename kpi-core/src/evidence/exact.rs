//! Two proportions of which too few happened for a normal curve.

/// How likely a split at least as unlikely as `x1` of `n1` against `x2` of `n2` is when chance alone deals out what happened
/// (Fisher's exact test, two-sided); nothing where nothing or everything happened, or a side is empty.
pub fn fisher_p_value(x1: u64, n1: u64, x2: u64, n2: u64) -> Option<f64> {
    let (happened, all) = (x1.checked_add(x2)?, n1.checked_add(n2)?);
    if x1 > n1 || x2 > n2 || n1 == 0 || n2 == 0 || happened == 0 || happened == all {
        return None;
    }
    let (low, high) = (happened.saturating_sub(n2), happened.min(n1));
    let mode = (u128::from(n1) + 1) * (u128::from(happened) + 1) / (u128::from(all) + 2);
    let mode = u64::try_from(mode).unwrap_or(high).clamp(low, high);
    // How much likelier one more on this side is than k.
    let step = |k: u64| {
        let odds = (n1 - k) as f64 * (happened - k) as f64;
        odds / ((k + 1) as f64 * (n2 + k + 1 - happened) as f64)
    };
    let from_mode = |k: u64| -> f64 {
        if k >= mode { (mode..k).map(step).product() } else { (k..mode).map(step).product::<f64>().recip() }
    };
    // Equal ones may differ in their last digits.
    let line = from_mode(x1) * (1.0 + 1e-7);
    let (mut sum, mut tail) = (0.0, 0.0);
    let mut add = |weight: f64| {
        sum += weight;
        if weight <= line {
            tail += weight;
        }
    };
    add(1.0);
    let mut weight = 1.0;
    for k in mode..high {
        weight *= step(k);
        add(weight);
    }
    weight = 1.0;
    for k in (low..mode).rev() {
        weight /= step(k);
        add(weight);
    }
    Some((tail / sum).min(1.0))
}

/// Whether a normal curve may stand in: five or more are expected, and expected not, on either side (Cochran 1954).
pub fn enough_expected(x1: u64, n1: u64, x2: u64, n2: u64) -> bool {
    let (happened, all) = (u128::from(x1) + u128::from(x2), u128::from(n1) + u128::from(n2));
    let rarer = happened.min(all.saturating_sub(happened));
    rarer * u128::from(n1.min(n2)) >= 5 * all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_things_are_tested_as_by_scipy() {
        // scipy.stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]])[1]
        for (x1, n1, x2, n2, theirs) in SCIPY {
            let own = fisher_p_value(x1, n1, x2, n2).unwrap_or(f64::NAN);
            assert!((own / theirs - 1.0).abs() < 1e-9, "{x1}/{n1} {x2}/{n2}: {own} {theirs}");
        }
        assert_eq!(fisher_p_value(0, 10, 0, 20), None);
        assert_eq!(fisher_p_value(10, 10, 20, 20), None);
        assert_eq!(fisher_p_value(0, 0, 1, 2), None);
    }

    #[test]
    fn five_must_be_expected_of_either_kind_on_either_side() {
        assert!(enough_expected(12, 60, 96, 480));
        assert!(!enough_expected(3, 30, 2, 240));
        assert!(!enough_expected(29, 30, 239, 240));
    }

    const SCIPY: [(u64, u64, u64, u64, f64); 6] = [
        (3, 30, 2, 240, 0.010_690_769_706_887_258),
        (0, 30, 9, 240, 0.603_631_368_929_736_8),
        (5, 40, 4, 320, 0.001_200_897_258_918_998_5),
        (29, 30, 239, 240, 0.210_243_700_950_020_62),
        (1, 60, 0, 480, 0.111_111_111_111_111_1),
        (72, 180, 96, 480, 3.957_868_636_646_541_3e-7),
    ];
}
