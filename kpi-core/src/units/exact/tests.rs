//! Laws of exact sums, and values worked out with Python's decimal and fractions.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap_or_default()
}

fn exact(text: &str) -> ExactSum {
    ExactSum::from_decimal(dec(text))
}

fn text(sum: Option<ExactSum>) -> Option<String> {
    sum.map(|sum| sum.to_text())
}

#[test]
fn text_is_plain() {
    let plain = [
        "0",
        "-0.5",
        "1630",
        "135.5",
        "0.0000000000000000000000000001",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
    ];
    for value in plain {
        assert_eq!(exact(value).to_text(), value);
    }
    assert_eq!(exact("-0.00").to_text(), "0");
    assert_eq!(exact("100.2500").to_string(), "100.25");
    assert_eq!(ExactSum::from_scaled(-1234, 3).to_text(), "-1.234");
    assert_eq!(serde_json::to_string(&exact("-2.50")).unwrap_or_default(), r#""-2.5""#);
}

#[test]
fn digits_past_the_last_place_round_half_even() {
    assert!(ExactSum::from_scaled(5, 29).is_zero());
    assert_eq!(ExactSum::from_scaled(15, 29), ExactSum::from_scaled(2, 28));
    assert_eq!(ExactSum::from_scaled(-16, 29), ExactSum::from_scaled(-2, 28));
    assert!(ExactSum::from_scaled(i128::MAX, 28 + 39).is_zero());
    assert!(ExactSum::from_scaled(i128::MIN, u32::MAX).is_zero());
}

#[test]
fn sums_far_apart_keep_every_digit() {
    let mut sum = exact("79228162514264337593543950335");
    sum.add_decimal(dec("0.0000000000000000000000000001"));
    sum.add_int(-5);
    assert_eq!(sum.to_text(), "79228162514264337593543950330.0000000000000000000000000001");
    assert_eq!(sum.to_decimal(), None);
    assert_eq!((sum - sum).to_decimal(), Some(Decimal::ZERO));
    assert_eq!(exact("12.340").to_decimal(), Some(dec("12.34")));
}

#[test]
fn money_quotients_round_half_even_to_six_places() {
    assert_eq!(text(exact("10").div_count(3)).as_deref(), Some("3.333333"));
    assert_eq!(text(exact("-20").div_count(3)).as_deref(), Some("-6.666667"));
    assert_eq!(text(exact("0.000001").div_count(2)).as_deref(), Some("0"));
    assert_eq!(text(exact("0.000003").div_count(2)).as_deref(), Some("0.000002"));
    assert_eq!(text(exact("-0.000005").div_count(2)).as_deref(), Some("-0.000002"));
    assert_eq!(exact("1").div_count(0), None);
    assert_eq!(text(exact("1").div(&exact("-8000000"))).as_deref(), Some("0"));
    assert_eq!(text(exact("3").div(&exact("-8000000"))).as_deref(), Some("0"));
    assert_eq!(text(exact("5").div(&exact("-8000000"))).as_deref(), Some("-0.000001"));
    assert_eq!(text(exact("22.5").div(&exact("1.5"))).as_deref(), Some("15"));
    assert_eq!(exact("1").div(&ExactSum::ZERO), None);
    let largest = exact("79228162514264337593543950335");
    assert_eq!(largest.div(&exact("0.0000000000000000000000000001")), None);
}

#[test]
fn quotients_keep_every_digit_there_is() {
    assert_eq!(text(exact("1350").quotient(60)).as_deref(), Some("22.5"));
    assert_eq!(text(exact("12.34563").quotient(60)).as_deref(), Some("0.2057605"));
    assert_eq!(text(exact("101").quotient(60)).as_deref(), Some("1.683333"));
    assert_eq!(text(exact("100").quotient(60)).as_deref(), Some("1.666667"));
    assert_eq!(exact("1").quotient(0), None);
}

#[test]
fn rounding_to_places() {
    assert_eq!(exact("2.5").round_to(0), exact("2"));
    assert_eq!(exact("3.5").round_to(0), exact("4"));
    assert_eq!(exact("-2.5000000000000000000000001").round_to(0), exact("-3"));
    assert_eq!(exact("0.1234565").round_to(6), exact("0.123456"));
    assert_eq!(exact("0.1234565").round_to(99), exact("0.1234565"));
}

#[test]
fn products_are_checked() {
    assert_eq!(exact("-1.25").mul_int(-4), Ok(exact("5")));
    assert_eq!(exact("1.25").mul_count(4), Ok(exact("5")));
    assert_eq!(exact("-1.25").mul(&exact("0.4")), Ok(exact("-0.5")));
    assert_eq!(exact("0.00000000000001").mul(&exact("0.000000000000015")), Ok(exact("0.0000000000000000000000000002")));
    assert_eq!(exact("79228162514264337593543950335").mul(&exact("1")), Err(Overflow));
    let huge = exact("79228162514264337593543950335").mul_count(u64::MAX);
    assert_eq!(huge.and_then(|huge| huge.mul_count(u64::MAX)), Err(Overflow));
}

#[test]
fn moments_of_numbers_that_floats_lose() {
    let mut moments = Moments::default();
    // statistics.variance([Fraction(10**9) + Fraction(k, 10**6) for k in (1, 2, 3)]) is 10⁻¹².
    for k in 1..=3 {
        moments.add_scaled(1_000_000_000_000_000 + k, 6);
    }
    assert_eq!(moments.variance(), Some(1e-12));
    assert_eq!(moments.mean(), Some(1_000_000_000.000_002));
    assert_eq!(Moments::default().mean(), None);
}

#[test]
fn squares_that_do_not_fit_give_no_variance() {
    let huge = dec("79228162514264337593543950335");
    let (mut moments, mut clusters) = (Moments::default(), Clusters::default());
    for value in [huge, -huge, Decimal::ONE] {
        moments.add_decimal(value);
        clusters.add(Decimal::ONE, value);
    }
    assert_eq!(moments.variance(), None);
    assert_eq!(moments.mean(), Some(1.0 / 3.0));
    assert_eq!(clusters.residual_variance(3), None);
    assert_eq!(clusters.ratio(), Some(1.0 / 3.0));
}

#[test]
fn rows_of_nearly_one_ratio_keep_their_digits() {
    let mut clusters = Clusters::default();
    for (x, y) in [("3000000.000001", "1000000"), ("6000000", "2000000.0000003"), ("9000000", "3000000")] {
        clusters.add(dec(x), dec(y));
    }
    // float(Fraction) of 3/2 * sum((y - p*x)**2) / sum(x)**2, p = sum(y)/sum(x)
    let expected = 9.467_878_372_198_242e-28;
    let actual = clusters.residual_variance(3).unwrap_or_default();
    assert!((actual - expected).abs() <= 1e-15 * expected, "{actual:e}");
    assert_eq!(clusters.residual_variance(1), None);
    let mut equal = Clusters::default();
    for (x, y) in [(3, 1), (6, 2), (9, 3)] {
        equal.add_ints(x, y);
    }
    assert_eq!(equal.residual_variance(3), Some(0.0));
}

#[test]
fn rows_without_x_are_told_apart() {
    let mut clusters = Clusters::default();
    for (x, y) in [(4, 1), (0, 0), (0, 7)] {
        clusters.add_ints(x, y);
    }
    assert_eq!((clusters.rows(), clusters.rows_with_x()), (3, 1));
    assert_eq!(clusters.sum_y(), ExactSum::from(8_i64));
}

#[test]
fn states_of_another_length_are_refused() {
    assert_eq!(Moments::from_bytes(&[0; Moments::BYTES - 1]), None);
    assert_eq!(Moments::from_bytes(&[0; Moments::BYTES + 1]), None);
    assert_eq!(Clusters::from_bytes(&[0; 3]), None);
    assert_eq!(Clusters::from_bytes(&[0; Clusters::BYTES]), Some(Clusters::default()));
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), any::<u32>(), 0..=28_u32)
        .prop_map(|(high, low, scale)| Decimal::from_i128_with_scale((i128::from(high) << 31) + i128::from(low), scale))
}

fn moments_of(values: &[Decimal]) -> Moments {
    let mut moments = Moments::default();
    for value in values {
        moments.add_decimal(*value);
    }
    moments
}

fn clusters_of(rows: &[(Decimal, Decimal)]) -> Clusters {
    let mut clusters = Clusters::default();
    for (x, y) in rows {
        clusters.add(*x, *y);
    }
    clusters
}

proptest! {
    #[test]
    fn order_and_parting_change_no_bit(
        rows in prop::collection::vec((decimals(), decimals()), 0..20),
        cut in 0..20_usize,
    ) {
        let values: Vec<_> = rows.iter().map(|row| row.0).collect();
        let (left, right) = values.split_at(cut.min(values.len()));
        let mut merged = moments_of(right);
        merged.merge(&moments_of(left));
        prop_assert_eq!(merged.to_bytes(), moments_of(&values).to_bytes());
        let (left, right) = rows.split_at(cut.min(rows.len()));
        let mut merged = clusters_of(right);
        merged.merge(&clusters_of(left));
        prop_assert_eq!(merged.to_bytes(), clusters_of(&rows).to_bytes());
        let total: ExactSum = values.iter().map(|value| ExactSum::from(*value)).sum();
        let backwards: ExactSum = values.iter().rev().map(|value| ExactSum::from(*value)).sum();
        prop_assert_eq!(total, backwards);
        prop_assert_eq!(total, merged.sum_x());
    }

    #[test]
    fn states_come_back(rows in prop::collection::vec((decimals(), decimals()), 0..9)) {
        let clusters = clusters_of(&rows);
        prop_assert_eq!(Clusters::from_bytes(&clusters.to_bytes()), Some(clusters));
        let moments = moments_of(&rows.iter().map(|row| row.1).collect::<Vec<_>>());
        prop_assert_eq!(Moments::from_bytes(&moments.to_bytes()), Some(moments));
        prop_assert_eq!(ExactSum::from_le_bytes(clusters.sum_x().to_le_bytes()), clusters.sum_x());
    }

    #[test]
    fn foreign_states_do_no_harm(bytes in prop::collection::vec(any::<u8>(), Clusters::BYTES)) {
        let clusters = Clusters::from_bytes(&bytes).unwrap_or_default();
        let variance = clusters.residual_variance(clusters.rows()).unwrap_or_default();
        prop_assert!(variance >= 0.0 && variance.is_finite());
        let moments = Moments::from_bytes(bytes.get(..Moments::BYTES).unwrap_or_default()).unwrap_or_default();
        prop_assert!(moments.variance().unwrap_or_default() >= 0.0);
        prop_assert!(moments.sum().to_f64().is_finite());
    }

    #[test]
    fn whole_numbers_have_two_ways_in(x in any::<u64>(), y in any::<u64>()) {
        let mut fast = Clusters::default();
        fast.add_ints(x, y);
        prop_assert_eq!(fast, clusters_of(&[(Decimal::from(x), Decimal::from(y))]));
        prop_assert_eq!(ExactSum::from(x), ExactSum::from(Decimal::from(x)));
    }

    #[test]
    fn one_decimal_is_itself(value in decimals()) {
        let sum = ExactSum::from(value);
        prop_assert_eq!(sum.to_decimal(), Some(value));
        prop_assert_eq!(sum.to_text(), value.normalize().to_string());
        prop_assert_eq!(sum.signum(), ExactSum::ZERO.cmp(&-sum) as i32);
        prop_assert_eq!(sum.round_to(3).to_text(), value.round_dp(3).normalize().to_string());
    }

    #[test]
    fn order_is_that_of_decimals(a in decimals(), b in decimals()) {
        prop_assert_eq!(ExactSum::from(a).cmp(&ExactSum::from(b)), a.cmp(&b));
    }

    #[test]
    fn variance_is_that_of_the_deviations(values in prop::collection::vec(-1_000_000..1_000_000_i64, 2..50)) {
        let mut moments = Moments::default();
        for value in &values {
            moments.add_scaled(i128::from(*value), 3);
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<i64>() as f64 / n;
        let expected = values.iter().map(|v| (*v as f64 - mean).powi(2)).sum::<f64>() / (n - 1.0) / 1e6;
        let actual = moments.variance().unwrap_or(f64::NAN);
        prop_assert!((actual - expected).abs() <= 1e-9 * expected);
    }
    #[test]
    fn the_float_is_the_one_its_text_reads_as(value in decimals(), factor in any::<u64>(), places in 0..30_u32) {
        let sum = exact("0.0000000000000000000000000001").mul_count(factor).unwrap_or_default();
        let wide = ExactSum::from(value).mul_count(factor).unwrap_or_default();
        let rounded = ExactSum::from(value).round_to(places);
        for sum in [ExactSum::from(value), -ExactSum::from(value), sum, wide, rounded, ExactSum::from(factor)] {
            let read: f64 = sum.to_text().parse().unwrap_or(f64::NAN);
            prop_assert_eq!(sum.to_f64().to_bits(), read.to_bits(), "{}", sum);
            prop_assert_eq!(sum.as_count(), sum.to_text().parse().ok(), "{}", sum);
        }
    }

    #[test]
    fn a_float_between_two_rounds_to_the_even_one(odd in (1_u64 << 53)..(1 << 54), below in 0..28_u32) {
        let halfway = ExactSum::from(odd).mul_count(2).unwrap_or_default() + ExactSum::from(1_u64);
        let step = ExactSum::from_scaled(1, below);
        for sum in [halfway, halfway + step, halfway - step, halfway.div_count(64).unwrap_or_default()] {
            let read: f64 = sum.to_text().parse().unwrap_or(f64::NAN);
            prop_assert_eq!(sum.to_f64().to_bits(), read.to_bits(), "{}", sum);
        }
    }

    #[test]
    fn short_quotients_round_as_long_ones(dividend in any::<i128>(), divisor in 2..i128::MAX) {
        let long = |value: i128| I256::new(value).wrapping_mul(ONE);
        prop_assert_eq!(
            div_half_even(I256::new(dividend), I256::new(divisor)),
            div_half_even(long(dividend), long(divisor))
        );
    }
}
