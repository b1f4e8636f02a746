//! Figures computed elsewhere (statsmodels 0.15, `SciPy` 1.17; mpmath with 40 digits and more where those two
//! cancel), the call beside each, and laws.

use proptest::prelude::*;

use super::*;
use crate::units::exact::{Clusters, Moments};

/// scipy.stats.norm.ppf(0.975)
const Z95: f64 = 1.959_963_984_540_054;

#[track_caller]
fn close(actual: f64, expected: f64) {
    let off = (actual - expected).abs();
    assert!(off <= 1e-12 * expected.abs(), "{actual:e} is not {expected:e}, off by {off:e}");
}

#[track_caller]
fn spans(actual: Option<Interval>, low: f64, high: f64) {
    let Some(actual) = actual else { unreachable!("no interval where {low} to {high} is expected") };
    close(actual.low, low);
    close(actual.high, high);
}

fn moments(values: &[i64], scale: u32) -> Moments {
    let mut moments = Moments::default();
    for units in values {
        moments.add_scaled(i128::from(*units), scale);
    }
    moments
}

fn clusters(rows: &[(u64, u64)]) -> Clusters {
    let mut clusters = Clusters::default();
    for (x, y) in rows {
        clusters.add_ints(*x, *y);
    }
    clusters
}

#[test]
fn normal_distribution() {
    // mpmath.findroot(lambda t: log(ncdf(t)) - log(p), scipy.stats.norm.ppf(p))
    close(normal_quantile(1e-300), -37.047_096_299_361_2);
    close(normal_quantile(1e-10), -6.361_340_902_404_056);
    close(normal_quantile(0.001), -3.090_232_306_167_813_5);
    close(normal_quantile(0.2499), -0.674_804_470_110_61);
    close(normal_quantile(0.3), -0.524_400_512_708_040_8);
    close(normal_quantile(0.499_999_9), -2.506_628_274_703_106_5e-7);
    close(normal_quantile(0.9), 1.281_551_565_544_600_6);
    close(normal_quantile(0.999_999_5), 4.891_638_475_714_779);
    assert!(normal_quantile(0.5).abs() < 1e-30);
    // mpmath.ncdf(x)
    close(normal_cdf(-8.0), 6.220_960_574_271_784e-16);
    close(normal_cdf(-0.3), 0.382_088_577_811_047_4);
    close(normal_cdf(1.0), 0.841_344_746_068_542_9);
    close(normal_sf(5.0), 2.866_515_718_791_939e-7);
    // scipy.stats.norm.ppf(1 - (1 - level) / 2)
    close(z_for(0.95), Z95);
    close(z_for(0.99), 2.575_829_303_548_900_4);
    close(z_for(0.9), 1.644_853_626_951_472_2);
}

#[test]
fn quantile_has_edges_and_no_nan() {
    assert!(normal_quantile(0.0).is_infinite() && normal_quantile(1.0).is_infinite());
    assert!([0.0, 1.0, 1.5, -0.5, f64::NAN].into_iter().all(|level| z_for(level).is_infinite()));
    assert_eq!(wilson(1, 2, z_for(1.0)), None);
    assert_eq!(wilson(1, 2, f64::NAN), None);
    assert_eq!(wilson(0, 2, -1.0), None);
    assert_eq!(mean_interval(&moments(&[5, 5], 0), z_for(1.0)), None);
}

#[test]
fn wilson_limits() {
    // statsmodels.stats.proportion.proportion_confint(k, n, alpha, method="wilson")
    let at95 = |k, n| wilson(k, n, z_for(0.95));
    spans(at95(0, 1), 0.0, 0.793_450_685_622_762_7);
    spans(at95(1, 1), 0.206_549_314_377_237_4, 1.0);
    spans(at95(0, 10), 0.0, 0.277_532_799_862_889_26);
    spans(at95(10, 10), 0.722_467_200_137_110_6, 1.0);
    spans(at95(7, 11), 0.353_801_174_507_847_9, 0.848_335_289_046_324_3);
    spans(at95(15, 148), 0.062_386_399_530_736_28, 0.160_487_241_723_303_1);
    spans(at95(81, 263), 0.255_288_519_878_274_2, 0.366_209_576_982_800_04);
    spans(wilson(1, 2, z_for(0.9)), 0.120_866_319_422_273_6, 0.879_133_680_577_726_3);
    spans(wilson(5_000_000, 10_000_000, z_for(0.99)), 0.499_592_725_761_960_1, 0.500_407_274_238_039_9);
    spans(wilson(500, 1000, z_for(0.999)), 0.448_251_604_452_461_4, 0.551_748_395_547_538_6);
    spans(at95(0, 10_000_000), 0.0, 3.841_457_345_014_107_3e-7);
    spans(wilson_real(2.5, 7.25, Z95), 0.113_728_808_445_903_66, 0.683_412_393_953_728_9);
    // The same formula in mpmath, 50 digits.
    spans(at95(3, 10_000_000), 1.020_270_779_624_651_2e-7, 8.821_184_260_515_048e-7);
    spans(at95(9_999_999, 10_000_000), 0.999_999_433_506_798, 0.999_999_982_347_544_3);
    spans(wilson_real(0.001, 3.5, Z95), 7.433_781_383_207_302e-8, 0.523_527_866_711_201_2);
}

#[test]
fn wilson_needs_rows() {
    assert_eq!(wilson(0, 0, Z95), None);
    assert_eq!(wilson(2, 1, Z95), None);
    assert_eq!(wilson_real(f64::NAN, 1.0, Z95), None);
    assert_eq!(wilson_design_effect(&Clusters::default(), Z95), None);
}

#[test]
fn newcombe_and_its_test() {
    let z = z_for(0.95);
    // statsmodels.stats.proportion.confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
    spans(newcombe(56, 70, 48, 80, z), 0.052_431_472_402_364_98, 0.333_872_654_036_906_14);
    spans(newcombe(9, 10, 3, 10, z), 0.170_522_723_934_502_9, 0.809_017_973_535_488);
    spans(newcombe(0, 10, 0, 20, z), -0.161_125_158_052_819_4, 0.277_532_799_862_889_26);
    spans(newcombe(10, 10, 0, 20, z), 0.679_086_037_141_914_5, 1.0);
    spans(newcombe(1, 1, 0, 1, z), -0.122_108_720_681_941_78, 1.0);
    spans(newcombe(4, 6, 7, 11, z), -0.393_231_299_193_420_2, 0.398_817_735_434_315_53);
    assert_eq!(newcombe(0, 0, 1, 2, z), None);
    // statsmodels.stats.proportion.proportions_ztest([x1, x2], [n1, n2])[1]
    let p_value = |x1, n1, x2, n2| two_proportion_p_value(x1, n1, x2, n2).unwrap_or(f64::NAN);
    close(p_value(56, 70, 48, 80), 0.008_045_081_368_196_56);
    close(p_value(9, 10, 3, 10), 0.006_169_899_320_544_151);
    close(p_value(10, 10, 0, 20), 4.320_463_057_827_506e-8);
    close(p_value(1, 1, 0, 1), 0.157_299_207_050_285_16);
    close(p_value(4, 6, 7, 11), 0.900_568_996_852_725_5);
    close(p_value(5_000_100, 10_000_000, 5_000_000, 10_000_000), 0.964_329_408_268_7);
    assert_eq!(two_proportion_p_value(0, 10, 0, 20), None);
    assert_eq!(two_proportion_p_value(10, 10, 20, 20), None);
    assert_eq!(two_proportion_p_value(0, 0, 1, 2), None);
}

#[test]
fn binomial_distribution() {
    // mpmath.betainc(n - k, k + 1, 0, 1 - p, regularized=True)
    close(binomial_cdf(0, 1, 0.5), 0.5);
    close(binomial_cdf(1, 9, 0.5), 0.019_531_25);
    close(binomial_cdf(7, 9, 0.5), 0.980_468_75);
    close(binomial_cdf(49, 100, 0.5), 0.460_205_381_306_410_6);
    close(binomial_cdf(80, 100, 0.9), 0.001_978_560_865_771_231);
    close(binomial_cdf(99, 100, 0.9), 0.999_973_438_601_112_4);
    close(binomial_cdf(900, 1000, 0.9), 0.515_417_709_565_920_3);
    close(binomial_cdf(499, 1000, 0.5), 0.487_387_490_910_819_6);
    close(binomial_cdf(3, 100_000, 0.001), 6.095_953_223_878_923e-39);
    // The sum of exp(loggamma(n + 1) - …) downwards from k in mpmath, 50 digits, p the float that it is.
    close(binomial_cdf(4_996_900, 10_000_000, 0.5), 0.024_980_603_516_295_134);
    close(binomial_cdf(8_999_000, 10_000_000, 0.9), 0.146_044_476_114_446_6);
    close(binomial_cdf(9_000_500, 10_000_000, 0.9), 0.701_067_033_825_095_3);
    close(binomial_cdf(9_498_649, 10_000_000, 0.95), 0.025_062_591_691_822_7);
    close(binomial_cdf(499_968_999, 1_000_000_000, 0.5), 0.024_960_296_201_367_154);
    close(binomial_cdf(10, 10, 0.5), 1.0);
    close(binomial_cdf(0, 0, 0.5), 1.0);
}

#[test]
fn ranks_of_a_quantile_interval() {
    // np.argmax(scipy.stats.binom.cdf(np.arange(n + 1), n, p) > a / 2) and, for the upper one,
    // np.argmax(scipy.stats.binom.sf(np.arange(n + 1) - 1, n, p) <= a / 2)
    let known = [
        (6, 500, 0.95, Some((1, 6))),
        (9, 500, 0.95, Some((2, 8))),
        (18, 500, 0.95, Some((5, 14))),
        (27, 500, 0.95, Some((8, 20))),
        (100, 500, 0.95, Some((40, 61))),
        (100, 900, 0.95, Some((84, 96))),
        (37, 900, 0.95, Some((29, 37))),
        (1000, 950, 0.95, Some((936, 964))),
        (1000, 990, 0.99, Some((981, 998))),
        (100_000, 900, 0.95, Some((89_814, 90_187))),
        (10_000_000, 500, 0.95, Some((4_996_901, 5_003_100))),
        (10_000_000, 900, 0.95, Some((8_998_140, 9_001_860))),
        (10_000_000, 950, 0.99, Some((9_498_224, 9_501_775))),
        // The lower rank would be 44, the upper one 51.
        (50, 950, 0.95, None),
        (5, 500, 0.95, None),
        (0, 500, 0.95, None),
        (1, 500, 0.95, None),
        (100, 0, 0.95, None),
        (100, 1000, 0.95, None),
        (100, 500, 1.0, None),
        // P(B ≤ 0) = P(B ≥ 2) = 0.25 = α/2: on the limit counts.
        (2, 500, 0.5, Some((1, 2))),
        // P(B ≤ 2) = P(B ≥ 8) = 56/1024.
        (10, 500, 1.0 - 112.0 / 1024.0, Some((3, 8))),
    ];
    for (n, p, level, ranks) in known {
        assert_eq!(order_statistic_ranks(n, p, level), ranks, "n = {n}, p = {p}, level {level}");
    }
}

#[test]
fn rank_of_a_quantile_is_not_led_by_floats() {
    let known = [(10, 900, 9), (10, 500, 5), (11, 500, 6), (1, 1, 1), (1000, 990, 990), (3, 0, 1), (7, 1000, 7)];
    for (n, p, rank) in known {
        assert_eq!(quantile_rank(n, p), rank);
    }
    // 0.07 * 100 is 7.000000000000001.
    assert_eq!(quantile_rank(100, 70), 7);
    assert_eq!(quantile_rank(u64::MAX, 1000), u64::MAX);
}

#[test]
fn means() {
    // statsmodels.stats.weightstats.DescrStatsW(values).zconfint_mean()
    spans(mean_interval(&moments(&[1, 2, 3, 4, 10], 0), Z95), 0.901_024_838_477_192_2, 7.098_975_161_522_808);
    spans(mean_interval(&moments(&[1001, 1002, 1003], 1), Z95), 100.086_841_426_592_39, 100.313_158_573_407_62);
    let nps = moments(&[-100, 0, 100, 100, 100, 0], 0);
    spans(mean_interval(&nps, Z95), -31.998_799_484_668_46, 98.665_466_151_335_12);
    spans(mean_interval(&moments(&[5, 5], 0), Z95), 5.0, 5.0);
    assert_eq!(mean_interval(&moments(&[5], 0), Z95), None);
    assert_eq!(mean_interval(&moments(&[], 0), Z95), None);
}

#[test]
fn design_effects() {
    // v = sm.WLS(y / x, ones, weights=x).fit(cov_type="HC1").cov_params(); deff = max(1, v / (p * (1 - p) / sum(x)));
    // proportion_confint(p * sum(x) / deff, sum(x) / deff, method="wilson")
    let alike = [(3, 0), (5, 5), (3, 0), (5, 5), (3, 1), (5, 5), (8, 8), (1, 0)];
    spans(wilson_design_effect(&clusters(&alike), Z95), 0.401_131_086_550_070_35, 0.913_915_832_038_066_7);
    let with_an_empty_row = [(4, 0), (7, 2), (0, 0)];
    spans(wilson_design_effect(&clusters(&with_an_empty_row), Z95), 0.044_001_539_067_660_88, 0.517_586_966_083_452_1);
    // The audited answers and the retried calls of two published cases.
    let answers = [(3, 3), (0, 0), (5, 4), (3, 3), (0, 0), (5, 4), (3, 3), (0, 0), (5, 4), (3, 3), (0, 0), (5, 4)];
    spans(wilson_design_effect(&clusters(&answers), Z95), 0.719_316_945_183_497_8, 0.950_298_656_125_199_1);
    let retried = clusters(&[(4, 2), (3, 3), (0, 0)]);
    spans(wilson_design_effect(&retried, Z95), 0.252_614_518_551_822_5, 0.948_694_938_077_596_9);
    let spread_evenly = [(3, 3), (5, 4), (3, 3), (5, 4)];
    spans(wilson_design_effect(&clusters(&spread_evenly), Z95), 0.639_771_727_342_413, 0.965_022_512_256_759_5);
    // One row, none, all: no effect is seen, and it is Wilson's interval.
    assert_eq!(wilson_design_effect(&clusters(&[(11, 7)]), Z95), wilson(7, 11, Z95));
    assert_eq!(wilson_design_effect(&clusters(&[(4, 0), (6, 0)]), Z95), wilson(0, 10, Z95));
    assert_eq!(wilson_design_effect(&clusters(&[(4, 4), (6, 6)]), Z95), wilson(10, 10, Z95));
    assert_eq!(wilson_design_effect(&clusters(&[(4, 5), (6, 6)]), Z95), None);
}

#[test]
fn ratios_of_counts() {
    // sm.WLS(y / x, ones, weights=x).fit(cov_type="HC1").conf_int()
    spans(delta_ratio(&clusters(&[(4, 0), (7, 2)]), Z95), -0.077_350_609_525_957_51, 0.440_986_973_162_321_16);
    // Ten times as much on both sides: 120 and 15.5 words, 9 and 20 errors.
    spans(delta_ratio(&clusters(&[(1200, 90), (155, 200)]), Z95), -0.268_596_406_590_628_33, 0.696_640_687_033_432_7);
    spans(
        delta_ratio(&clusters(&[(100, 10), (200, 20), (300, 35)]), Z95),
        0.095_858_773_168_691_61,
        0.120_807_893_497_975_09,
    );
    let nearly_equal = [(1_000_003, 333_334), (999_983, 333_328), (2_000_029, 666_676)];
    spans(delta_ratio(&clusters(&nearly_equal), Z95), 0.333_332_941_723_399_56, 0.333_333_558_277_225_55);
    // Outcomes and tokens: 815 ± 1.96·√(3/2·(335² + 400² + 735²)/2²), the abandoned contact among the rows.
    spans(
        delta_ratio(&clusters(&[(1, 1150), (0, 400), (1, 80)]), Z95),
        -266.837_537_284_297_47,
        1_896.837_537_284_297_5,
    );
    assert_eq!(delta_ratio(&clusters(&[(4, 2)]), Z95), None);
    assert_eq!(delta_ratio(&clusters(&[(0, 2), (0, 3)]), Z95), None);
}

#[test]
fn products() {
    let product = |(x1, n1): (u64, u64), (x2, n2): (u64, u64)| {
        mover_product(x1 as f64 / n1 as f64, wilson(x1, n1, Z95)?, x2 as f64 / n2 as f64, wilson(x2, n2, Z95)?)
    };
    // The formula over proportion_confint's in mpmath, 50 digits.
    spans(product((3, 5), (4, 6)), 0.115_130_145_000_476_2, 0.653_514_783_242_708_1);
    spans(product((4, 5), (2, 4)), 0.096_534_124_248_592_75, 0.701_896_663_660_251_4);
    spans(product((4, 5), (3, 6)), 0.115_980_895_482_709_92, 0.672_724_896_433_791);
    spans(product((90, 100), (45, 60)), 0.553_842_792_828_912, 0.765_438_339_438_680_1);
    spans(product((1, 1), (1, 1)), 0.107_472_489_310_010_51, 1.0);
    spans(product((1, 10_000_000), (5, 9)), 8.449_845_368_569_185e-9, 3.278_368_802_556_401_6e-7);
    assert_eq!(product((0, 3), (1, 2)), None);
}

/// Hits and the number they are of.
fn hits_of(most: u64) -> impl Strategy<Value = (u64, u64)> {
    (1..=most).prop_flat_map(|n| (0..=n, Just(n)))
}

proptest! {
    #[test]
    fn intervals_hold_their_point((hits, n) in hits_of(20_000_000), level in 0.5..0.9999_f64) {
        let z = z_for(level);
        let held = wilson(hits, n, z).is_some_and(|within| {
            let p = hits as f64 / n as f64;
            0.0 <= within.low && within.low <= p && p <= within.high && within.high <= 1.0
        });
        prop_assert!(held);
        let difference = newcombe(hits, n, n - hits, n, z);
        let gap = hits as f64 / n as f64 - (n - hits) as f64 / n as f64;
        prop_assert!(difference.is_some_and(|within| within.low <= gap && gap <= within.high));
    }

    #[test]
    fn the_width_of_an_interval_gives_its_sample_back((hits, n) in hits_of(1_000_000)) {
        let worth = wilson(hits, n, Z95).and_then(|found| wilson_effective_n(hits as f64 / n as f64, found, Z95));
        prop_assert!(worth.is_some_and(|worth| (worth / n as f64 - 1.0).abs() < 1e-6), "{worth:?} of {n}");
    }

    #[test]
    fn tests_of_whole_samples_and_of_what_they_are_worth_agree((x, n) in hits_of(10_000), (y, m) in hits_of(10_000)) {
        let whole = two_proportion_p_value(x, n, y, m);
        let real = z_test_of_rates((x as f64 / n as f64, n as f64), (y as f64 / m as f64, m as f64));
        match (whole, real) {
            (Some(whole), Some(real)) => prop_assert!((whole - real).abs() < 1e-9, "{whole} {real}"),
            (whole, real) => prop_assert_eq!(whole, real),
        }
    }

    #[test]
    fn wilson_mirrors((hits, n) in hits_of(1_000_000)) {
        let (one, other) = (wilson(hits, n, Z95), wilson(n - hits, n, Z95));
        let mirrored = one.zip(other).is_some_and(|(one, other)| (one.low - (1.0 - other.high)).abs() < 1e-15);
        prop_assert!(mirrored);
    }

    #[test]
    fn counted_within_rows_is_never_narrower(rows in prop::collection::vec(hits_of(50), 1..40)) {
        let (y, x) = rows.iter().fold((0, 0), |(y, x), row| (y + row.0, x + row.1));
        let rows: Vec<_> = rows.into_iter().map(|(y, x)| (x, y)).collect();
        match (wilson_design_effect(&clusters(&rows), Z95), wilson(y, x, Z95)) {
            (Some(clustered), Some(plain)) => {
                prop_assert!(clustered.high - clustered.low >= (plain.high - plain.low) * (1.0 - 1e-12));
            }
            (clustered, plain) => prop_assert_eq!(clustered, plain),
        }
    }

    #[test]
    fn ranks_keep_their_promise(n in 1..3000_u64, p_milli in 1..1000_u32, level in 0.5..0.999_f64) {
        let (p, tail) = (f64::from(p_milli) / 1000.0, (1.0 - level) / 2.0);
        let at_most = |k: u64| binomial_cdf(k, n, p);
        let at_least = |k: u64| binomial_cdf(n - k, n, 1.0 - p);
        match order_statistic_ranks(n, p_milli, level) {
            Some((lower, upper)) => {
                prop_assert!(1 <= lower && lower < upper && upper <= n);
                prop_assert!(at_most(lower - 1) <= tail * (1.0 + 1e-9) && at_most(lower) > tail);
                prop_assert!(at_least(upper) <= tail * (1.0 + 1e-9) && at_least(upper - 1) > tail);
                let rank = quantile_rank(n, p_milli);
                prop_assert!(lower <= rank && rank <= upper);
            }
            None => prop_assert!(at_most(0) > tail || at_least(n) > tail),
        }
    }

    #[test]
    fn no_input_gives_nan(x in any::<f64>(), n in any::<f64>(), z in any::<f64>(), p in any::<f64>()) {
        let ends = wilson_real(x, n, z).map_or(0.0, |within| within.low + within.high);
        prop_assert!(ends.is_finite());
        prop_assert!(!z_for(p).is_nan());
        prop_assert!(!binomial_cdf(3, 10, p.abs().min(1.0)).is_nan() || p.is_nan());
    }
}
