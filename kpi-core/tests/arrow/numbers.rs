//! Numbers: integers, floats and decimals of every width.

use super::{ROWS, broken, cycled, given, groups, same};
use arrow_array::PrimitiveArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_buffer::i256;

fn array<T: ArrowPrimitiveType>(values: &[Option<T::Native>]) -> PrimitiveArray<T> {
    cycled(values).into_iter().collect()
}

fn decimals<T: DecimalType>(values: &[Option<T::Native>], precision: u8, scale: i8) -> PrimitiveArray<T> {
    array::<T>(values).with_precision_and_scale(precision, scale).unwrap()
}

fn five_nine_none<T: ArrowPrimitiveType>(five: T::Native, nine: T::Native) {
    let report = same(given("csat", array::<T>(&[Some(five), None, Some(nine)]), &["5", "null", "9"]));
    assert_eq!(broken(&report), [("out_of_range".into(), 66, "9".into())]);
    assert_eq!(groups(&report), ["5".into(), serde_json::Value::Null]);
}

#[test]
fn counts_of_every_width() {
    five_nine_none::<Int8Type>(5, 9);
    five_nine_none::<Int16Type>(5, 9);
    five_nine_none::<Int32Type>(5, 9);
    five_nine_none::<Int64Type>(5, 9);
    five_nine_none::<UInt8Type>(5, 9);
    five_nine_none::<UInt16Type>(5, 9);
    five_nine_none::<UInt32Type>(5, 9);
    five_nine_none::<UInt64Type>(5, 9);
    five_nine_none::<Float32Type>(5.0, 9.0);
    five_nine_none::<Float64Type>(5.0, 9.0);
    let half = |x: u16| <Float16Type as ArrowPrimitiveType>::Native::from_bits(x);
    five_nine_none::<Float16Type>(half(0x4500), half(0x4880));
}

#[test]
fn the_largest_counts_there_are() {
    let report = same(given(
        "input_tokens",
        array::<UInt64Type>(&[Some(u64::MAX), Some(0), Some(9_223_372_036_854_775_807)]),
        &["18446744073709551615", "0", "9223372036854775807"],
    ));
    assert_eq!(broken(&report), [("out_of_range".into(), 67, "18446744073709551615".into())]);
    same(given("input_tokens", array::<Int64Type>(&[Some(i64::MIN), Some(-1)]), &["-9223372036854775808", "-1"]));
}

#[test]
fn a_float_is_a_count_if_it_is_whole_and_in_range() {
    let report = same(given(
        "qa_responses",
        array::<Float64Type>(&[Some(3.0), Some(2.5), Some(1e300), Some(-0.0), Some(1e-300), Some(1e18), None]),
        &["3.0", "2.5", "1e+300", "-0.0", "1e-300", "1e18", "null"],
    ));
    let found = broken(&report);
    assert_eq!(found[0], ("out_of_range".into(), 29, "1e+300".into()));
    assert_eq!(found[1], ("wrong_type".into(), 57, "2.5".into()));
    let (not, inf) = (f64::NAN, f64::INFINITY);
    let column = given("csat", array::<Float64Type>(&[Some(not), Some(inf), Some(5.0)]), &["null", "null", "5"]);
    let report = super::arrow_only(&column);
    assert_eq!(broken(&report), [("not_finite".into(), 134, "NaN".into())]);
}

#[test]
fn floats_are_read_as_their_shortest_decimal() {
    let json =
        ["0.1", "1e+300", "\"NaN\"", "\"inf\"", "\"-inf\"", "null", "-0.0", "1e-300", "2.7755575615628914e-17", "3e2"];
    let values =
        [0.1, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1e-300, 2.775_557_561_562_891_4e-17, 300.0];
    let values: Vec<_> = values.iter().enumerate().map(|(n, x)| (n != 5).then_some(*x)).collect();
    let report = same(given("revenue", array::<Float64Type>(&values), &json));
    assert_eq!(broken(&report)[0], ("not_finite".into(), 60, "NaN".into()));
    assert_eq!(broken(&report)[1], ("out_of_range".into(), 20, "1e+300".into()));
    assert_eq!(
        groups(&report),
        ["0", "0.0000000000000000277555756156", "0.1", "300"]
            .map(Into::into)
            .into_iter()
            .chain([serde_json::Value::Null])
            .collect::<Vec<_>>()
    );
    let singles = [Some(0.1_f32), Some(16_777_216.0), Some(f32::MAX), Some(f32::MIN_POSITIVE)];
    same(given("revenue", array::<Float32Type>(&singles), &["0.1", "16777216", "3.4028235e+38", "1.1754944e-38"]));
    same(given("confidence", array::<Float32Type>(&[Some(0.3), Some(1.5)]), &["0.3", "1.5"]));
}

#[test]
fn decimals_of_every_width_and_scale() {
    let json = ["12.5", "-0.03", "null", "0"];
    same(given("revenue", decimals::<Decimal32Type>(&[Some(1250), Some(-3), None, Some(0)], 9, 2), &json));
    same(given("revenue", decimals::<Decimal64Type>(&[Some(1250), Some(-3), None, Some(0)], 18, 2), &json));
    same(given("revenue", decimals::<Decimal128Type>(&[Some(1250), Some(-3), None, Some(0)], 38, 2), &json));
    let wide = |units: i128| Some(i256::from_i128(units));
    same(given("revenue", decimals::<Decimal256Type>(&[wide(1250), wide(-3), None, wide(0)], 76, 2), &json));
    let thousands = ["12000", "-3000", "null", "0"];
    same(given("revenue", decimals::<Decimal128Type>(&[Some(12), Some(-3), None, Some(0)], 38, -3), &thousands));
    same(given("revenue", decimals::<Decimal256Type>(&[wide(12), wide(-3), None, wide(0)], 76, -3), &thousands));
    same(given("csat", decimals::<Decimal128Type>(&[Some(500), Some(450), Some(900)], 38, 2), &["5", "4.5", "9"]));
}

#[test]
fn a_decimal_is_out_of_range_only_if_its_own_digits_are_too_many() {
    // 79,228,162,514 with 18 places has 29 digits, of which 18 are zeros.
    let one = 10_i128.pow(18);
    let report = same(given(
        "revenue",
        decimals::<Decimal128Type>(&[Some(79_228_162_514_000 * one), Some(79_228_162_514_000 * one + 1)], 38, 18),
        &["79228162514000", "79228162514000.000000000000000001"],
    ));
    assert_eq!(broken(&report), [("out_of_range".into(), 100, "79228162514000.000000000000000001".into())]);
    let tiny = ["0.00000000000000000000000000000000000001", "99999999999.999999999999999999999999999"];
    let units = [Some(1), Some(99_999_999_999_999_999_999_999_999_999_999_999_999)];
    same(given("revenue", decimals::<Decimal128Type>(&units[..1], 38, 38), &tiny[..1]));
    same(given("revenue", decimals::<Decimal128Type>(&units[1..], 38, 27), &tiny[1..]));
}

#[test]
fn the_largest_decimal256() {
    let nines = "9".repeat(76);
    let max = i256::from_string(&nines).unwrap();
    let report =
        same(given("revenue", decimals::<Decimal256Type>(&[Some(max), None], 76, 0), &[nines.as_str(), "null"]));
    assert_eq!(broken(&report), [("out_of_range".into(), 100, nines.clone())]);
    same(given("revenue", decimals::<Decimal256Type>(&[Some(max)], 76, 76), &[format!("0.{nines}")]));
    // One, with 76 zeros behind the point: more digits than 128 bits hold, and none of them needed.
    let one = i256::from_string(&format!("1{}", "0".repeat(75))).unwrap();
    let report = same(given("revenue", decimals::<Decimal256Type>(&[Some(one)], 76, 75), &["1"]));
    assert_eq!(groups(&report), ["1"]);
    same(given(
        "csat",
        decimals::<Decimal256Type>(&[Some(max), Some(one)], 76, 75),
        &[format!("9.{}", "9".repeat(75)), format!("1.{}", "0".repeat(75))],
    ));
}

#[test]
fn money_may_be_text_and_counts_may_not() {
    let texts = [Some("12.50"), Some(" 3 "), Some("1e2"), Some("twelve"), Some(""), Some("NaN"), None];
    let json = ["\"12.50\"", "\" 3 \"", "\"1e2\"", "\"twelve\"", "\"\"", "\"NaN\"", "null"];
    let array = || arrow_array::StringArray::from(cycled(&texts));
    let report = same(given("cost_api", array(), &json));
    assert_eq!(broken(&report)[1], ("wrong_type".into(), 57, "twelve".into()));
    let report = same(given("csat", array(), &json));
    assert_eq!(broken(&report)[0].1, (ROWS - ROWS / 7) as u64);
}
