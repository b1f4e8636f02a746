//! Text, in every layout that Arrow has for it.

use super::{ROWS, broken, cycled, given, groups, quoted, same};
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, LargeStringArray, PrimitiveArray, RunArray, StringArray, StringViewArray,
};
use std::sync::Arc;

/// Short ones, one of exactly twelve bytes, one longer, some beyond ASCII, an empty one, and none.
const TEXTS: [Option<&str>; 7] = [
    Some("refund"),
    Some("twelve bytes"),
    Some("a topic that is far too long to stand inline"),
    Some("Grüße 🦀"),
    Some(""),
    None,
    Some("\"quoted\"\n"),
];

fn json() -> Vec<String> {
    TEXTS.iter().map(|t| t.map_or("null".into(), quoted)).collect()
}

#[test]
fn plain_texts_of_every_layout() {
    let texts = cycled(&TEXTS);
    let report = same(given("issue", StringArray::from(texts.clone()), &json()));
    assert_eq!(groups(&report).len(), TEXTS.len());
    same(given("issue", LargeStringArray::from(texts.clone()), &json()));
    same(given("issue", StringViewArray::from(texts), &json()));
}

/// Keys point anywhere under a null, two words are the same, one is null, and one is never used.
fn dictionary<K: ArrowDictionaryKeyType>(words: ArrayRef, key: impl Fn(usize) -> K::Native) {
    let keys: PrimitiveArray<K> = (0..ROWS).map(|n| (n % 6 != 4).then(|| key(n % 6))).collect();
    let json = ["\"a\"", "\"b\"", "null", "\"a\"", "null", "\"a word too long to stand inline\""];
    same(given("issue", DictionaryArray::new(keys, words), &json));
}

#[test]
fn dictionaries_with_every_key_and_every_text() {
    let words = [Some("a"), Some("b"), None, Some("a"), Some("unused"), Some("a word too long to stand inline")];
    let layouts: [ArrayRef; 3] = [
        Arc::new(StringArray::from(words.to_vec())),
        Arc::new(LargeStringArray::from(words.to_vec())),
        Arc::new(StringViewArray::from(words.to_vec())),
    ];
    for words in layouts {
        dictionary::<Int8Type>(words.clone(), |n| i8::try_from(n).unwrap());
        dictionary::<Int16Type>(words.clone(), |n| i16::try_from(n).unwrap());
        dictionary::<Int32Type>(words.clone(), |n| i32::try_from(n).unwrap());
        dictionary::<Int64Type>(words.clone(), |n| i64::try_from(n).unwrap());
        dictionary::<UInt8Type>(words.clone(), |n| u8::try_from(n).unwrap());
        dictionary::<UInt16Type>(words.clone(), |n| u16::try_from(n).unwrap());
        dictionary::<UInt32Type>(words.clone(), |n| u32::try_from(n).unwrap());
        dictionary::<UInt64Type>(words.clone(), |n| n as u64);
    }
}

#[test]
fn a_dictionary_without_words_is_empty() {
    let keys: PrimitiveArray<Int32Type> = (0..ROWS).map(|_| None).collect();
    let words: ArrayRef = Arc::new(StringArray::from(Vec::<Option<&str>>::new()));
    same(given("issue", DictionaryArray::new(keys, words), &["null"]));
}

#[test]
fn choices_and_ids_come_in_any_layout() {
    let words = ["ai", "robot", "human", "ai_to_human"];
    let json: Vec<String> = words.iter().map(|w| quoted(w)).collect();
    let coded: DictionaryArray<Int8Type> = cycled(&words).into_iter().collect();
    let report = same(given("handling", coded, &json));
    assert_eq!(broken(&report), [("unknown_value".into(), 50, "robot".into())]);
    let ids: Vec<String> = (0..ROWS).map(|n| format!("{}", n / 2 * 3)).collect();
    let json: Vec<String> = ids.iter().map(|i| quoted(i)).collect();
    let report = same(given("id", StringViewArray::from_iter_values(&ids), &json));
    assert_eq!(broken(&report), [("duplicate_id".into(), 200, "0".into())]);
    let currencies: DictionaryArray<UInt8Type> = cycled(&["EUR", "USD", "eur"]).into_iter().collect();
    let report = same(given("currency", currencies, &["\"EUR\"", "\"USD\"", "\"eur\""]));
    assert_eq!(broken(&report).len(), 2);
}

#[test]
fn runs_of_the_same_text() {
    let ends: PrimitiveArray<Int32Type> = [3, 64, 65, 130, 200].into_iter().collect();
    let words = StringArray::from(vec![Some("a"), None, Some("b"), Some("a"), Some("c")]);
    let json: Vec<&str> = (0..ROWS)
        .map(|n| match n {
            0..3 | 65..130 => "\"a\"",
            64 => "\"b\"",
            130.. => "\"c\"",
            _ => "null",
        })
        .collect();
    same(given("issue", RunArray::<Int32Type>::try_new(&ends, &words).unwrap(), &json));
    let ends: PrimitiveArray<Int16Type> = [200].into_iter().collect();
    let word = PrimitiveArray::<Int64Type>::from(vec![4]);
    same(given("csat", RunArray::<Int16Type>::try_new(&ends, &word).unwrap(), &["4"]));
}

#[test]
fn dictionaries_of_other_values_than_text() {
    let keys = |words: usize| (0..ROWS).map(move |n| (n % 7 != 3).then(|| i32::try_from(n % words).unwrap()));
    let json = |words: &[&str]| -> Vec<String> {
        (0..ROWS).map(|n| if n % 7 == 3 { "null".into() } else { words[n % words.len()].to_owned() }).collect()
    };
    let coded = |words: ArrayRef| DictionaryArray::new(keys(words.len()).collect::<PrimitiveArray<Int32Type>>(), words);
    let numbers = Arc::new(PrimitiveArray::<Int16Type>::from(vec![Some(5), None, Some(1), Some(9)]));
    let report = same(given("csat", coded(numbers), &json(&["5", "null", "1", "9"])));
    assert_eq!(broken(&report)[0].0, "out_of_range");
    let flags = Arc::new(arrow_array::BooleanArray::from(vec![true, false]));
    same(given("confirmed", coded(flags), &json(&["true", "false"])));
    let money = arrow_array::Decimal128Array::from(vec![150, -2]).with_precision_and_scale(10, 2).unwrap();
    same(given("revenue", coded(Arc::new(money)), &json(&["1.5", "-0.02"])));
    let wide = arrow_array::Decimal256Array::from_iter_values([arrow_buffer::i256::from(7)]);
    same(given("revenue", coded(Arc::new(wide.with_precision_and_scale(10, 1).unwrap())), &json(&["0.7"])));
    let floats = arrow_array::Float64Array::from(vec![0.5, f64::MAX]);
    same(given("confidence", coded(Arc::new(floats)), &json(&["0.5", "1.7976931348623157e+308"])));
    let times = arrow_array::TimestampSecondArray::from(vec![0, super::MONDAY]).with_timezone("UTC");
    same(given("closed_at", coded(Arc::new(times)), &json(&["\"1970-01-01T00:00:00Z\"", "\"2026-01-05T08:00:00Z\""])));
}
