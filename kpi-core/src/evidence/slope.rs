//! Does an outcome go up or down with something else? Tests of a trend over single contacts.

/// Cochran and Armitage's test: whether a yes becomes more or less frequent as `x` grows. The z value is negative where it
/// becomes less frequent. `None` when all `x` are alike, or all answers.
///
/// z = Σ(x − x̄)(y − ȳ) / √(ȳ(1 − ȳ)·Σ(x − x̄)²)
pub fn trend_of_shares(answers: &[(u64, bool)]) -> Option<f64> {
    let n = answers.len() as f64;
    let yes = answers.iter().filter(|(_, yes)| *yes).count() as f64;
    let sum = |of: &dyn Fn(u64, bool) -> u128| answers.iter().map(|(x, yes)| of(*x, *yes)).sum::<u128>();
    let all = sum(&|x, _| u128::from(x));
    let squares = sum(&|x, _| u128::from(x) * u128::from(x));
    let with_yes = sum(&|x, yes| if yes { u128::from(x) } else { 0 });
    let p = yes / n;
    let spread = squares as f64 - all as f64 * all as f64 / n;
    let error = (p * (1.0 - p) * spread).sqrt();
    (error > 0.0).then(|| (with_yes as f64 - p * all as f64) / error)
}

/// The same where each contact has several answers, of which some are yes: contacts are told apart, their answers are not.
/// The variance is that of the contacts' own residuals, so that answers of one contact may be alike.
pub fn trend_of_ratios(answers: &[(u64, u64, u64)]) -> Option<f64> {
    let sum =
        |of: fn(u64, u64, u64) -> u128| answers.iter().map(|(x, yes, all)| of(*x, *yes, *all)).sum::<u128>() as f64;
    let all = sum(|_, _, all| u128::from(all));
    let p = sum(|_, yes, _| u128::from(yes)) / all;
    let mean = sum(|x, _, all| u128::from(x) * u128::from(all)) / all;
    let mut parts: Vec<(f64, f64)> =
        answers.iter().map(|(x, yes, all)| (*x as f64 - mean, *yes as f64 - p * *all as f64)).collect();
    // The order of contacts must not show in the last digits.
    parts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let excess: f64 = parts.iter().map(|(x, rest)| x * rest).sum();
    let error = parts.iter().map(|(x, rest)| x * x * rest * rest).sum::<f64>().sqrt();
    (error > 0.0 && excess.is_finite()).then(|| excess / error)
}

/// Spearman's rank correlation, ties sharing their ranks, and its z value ρ·√(n − 1). `None` when either side is all alike.
pub fn rank_correlation(pairs: &[(u64, i64)]) -> Option<(f64, f64)> {
    let first = double_ranks(pairs.iter().map(|(x, _)| i128::from(*x)).collect());
    let second = double_ranks(pairs.iter().map(|(_, y)| i128::from(*y)).collect());
    let n = pairs.len() as i128;
    // Twice a rank is whole, and so is everything up to the last division.
    let middle = n + 1;
    let (mut both, mut own, mut other) = (0_i128, 0_i128, 0_i128);
    for (a, b) in first.iter().zip(&second) {
        let (a, b) = (a - middle, b - middle);
        both += a * b;
        own += a * a;
        other += b * b;
    }
    if own == 0 || other == 0 {
        return None;
    }
    let rho = both as f64 / (own as f64).sqrt() / (other as f64).sqrt();
    Some((rho, rho * ((n - 1) as f64).sqrt()))
}

/// Twice the rank of each value, ties sharing the middle of theirs.
fn double_ranks(values: Vec<i128>) -> Vec<i128> {
    let mut order: Vec<(i128, usize)> = values.into_iter().zip(0..).collect();
    order.sort_unstable();
    let mut ranks = vec![0; order.len()];
    let mut before = 0_i128;
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let many = same.len() as i128;
        for (_, at) in same {
            if let Some(rank) = ranks.get_mut(*at) {
                *rank = 2 * before + many + 1;
            }
        }
        before += many;
    }
    ranks
}
