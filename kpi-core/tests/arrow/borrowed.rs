//! What is promised to be borrowed is: the very memory of the arrays.

use arrow_array::types::{Int8Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array,
    Int8Array, Int16Array, Int32Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
    TimestampMillisecondArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use kpi_core::Options;
use kpi_core::input::text::Text;
use kpi_core::input::{Column, Data, Table, batch_from_arrow};
use std::borrow::Cow;
use std::sync::Arc;

/// Borrowed, from the same place, of the same length.
#[expect(clippy::ptr_arg, reason = "whether it is borrowed is the question")]
fn is<T>(found: &Cow<'_, [T]>, memory: &[T]) -> bool
where
    [T]: ToOwned,
{
    matches!(found, Cow::Borrowed(found) if std::ptr::eq(*found, memory))
}

fn with<R>(array: &ArrayRef, column: Column, look: impl FnOnce(&Data<'_>) -> R) -> R {
    let batch = RecordBatch::try_from_iter([(column.name(), array.clone())]).unwrap();
    let read = batch_from_arrow(Table::Interactions, &batch, &Options::default()).unwrap();
    look(&read.get(column).unwrap().data)
}

macro_rules! borrows {
    ($($variant:ident $array:ty, $values:expr;)*) => {
        $({
            let array = <$array>::from($values).slice(1, 2);
            let shared: ArrayRef = Arc::new(array.clone());
            let same = with(&shared, Column::Csat, |data| matches!(data, Data::$variant(v) if is(v, array.values())));
            assert!(same, stringify!($array));
        })*
    };
}

#[test]
fn numbers() {
    borrows! {
        I8 Int8Array, vec![1, 2, 3];
        I16 Int16Array, vec![1, 2, 3];
        I32 Int32Array, vec![1, 2, 3];
        I64 Int64Array, vec![1, 2, 3];
        U8 UInt8Array, vec![1, 2, 3];
        U16 UInt16Array, vec![1, 2, 3];
        U32 UInt32Array, vec![1, 2, 3];
        U64 UInt64Array, vec![1, 2, 3];
        F32 Float32Array, vec![1.0, 2.0, 3.0];
        F64 Float64Array, vec![1.0, 2.0, 3.0];
    }
    let decimals = Decimal128Array::from(vec![1, 2, 3]).with_precision_and_scale(10, -2).unwrap();
    let shared: ArrayRef = Arc::new(decimals.clone());
    assert!(with(&shared, Column::Revenue, |data| {
        matches!(data, Data::Scaled { units, scale: -2 } if is(units, decimals.values()))
    }));
}

#[test]
fn times() {
    let times = TimestampMillisecondArray::from(vec![1, 2, 3]).slice(1, 2);
    for (array, local) in [(times.clone().with_timezone("Asia/Tokyo"), false), (times, true)] {
        let shared: ArrayRef = Arc::new(array.clone());
        assert!(with(&shared, Column::OpenedAt, |data| {
            matches!(data, Data::Instants { values, nanos_per_unit: 1_000_000, naive }
                if is(values, array.values()) && *naive == local)
        }));
    }
    let days = Date32Array::from(vec![1, 2, 3]);
    let shared: ArrayRef = Arc::new(days.clone());
    assert!(with(&shared, Column::OpenedAt, |data| matches!(data, Data::Days(v) if is(v, days.values()))));
}

#[test]
fn texts() {
    let words = vec!["a", "b", "a text too long to stand inline"];
    let short = StringArray::from(words.clone()).slice(1, 2);
    let shared: ArrayRef = Arc::new(short.clone());
    assert!(with(&shared, Column::Issue, |data| {
        matches!(data, Data::Text(Text::Short { offsets, bytes })
            if is(offsets, short.value_offsets()) && is(bytes, short.value_data()))
    }));
    let long = LargeStringArray::from(words.clone()).slice(1, 2);
    let shared: ArrayRef = Arc::new(long.clone());
    assert!(with(&shared, Column::Issue, |data| {
        matches!(data, Data::Text(Text::Long { offsets, bytes })
            if is(offsets, long.value_offsets()) && is(bytes, long.value_data()))
    }));
    let views_of = StringViewArray::from(words.clone()).slice(1, 2);
    let shared: ArrayRef = Arc::new(views_of.clone());
    assert!(with(&shared, Column::Issue, |data| {
        matches!(data, Data::Text(Text::Views { views, buffers })
            if is(views, views_of.views()) && buffers.len() == 1 && is(&buffers[0], views_of.data_buffers()[0].as_slice()))
    }));
}

#[test]
fn words_and_their_codes() {
    let words: ArrayRef = Arc::new(StringArray::from(vec!["a", "b"]));
    let bytes = |t: &Text<'_>| matches!(t, Text::Short { bytes, .. } if bytes.as_ptr() == words.to_data().buffers()[1].as_ptr());
    let coded = DictionaryArray::<UInt32Type>::new(UInt32Array::from(vec![1, 0, 1]), words.clone()).slice(1, 2);
    let shared: ArrayRef = Arc::new(coded.clone());
    assert!(with(&shared, Column::Issue, |data| {
        matches!(data, Data::Text(Text::Coded { codes, words }) if is(codes, coded.keys().values()) && bytes(words))
    }));
    let coded = DictionaryArray::<Int8Type>::new(Int8Array::from(vec![1, 0, 1]), words.clone());
    let shared: ArrayRef = Arc::new(coded);
    assert!(with(&shared, Column::Issue, |data| {
        matches!(data, Data::Text(Text::Coded { codes: Cow::Owned(keys), words }) if *keys == [1, 0, 1] && bytes(words))
    }));
}

#[test]
fn bits() {
    let flags = BooleanArray::from(vec![Some(true), None, Some(false), Some(true), None]).slice(2, 3);
    let batch = RecordBatch::try_from_iter([("confirmed", Arc::new(flags.clone()) as ArrayRef)]).unwrap();
    let read = batch_from_arrow(Table::Interactions, &batch, &Options::default()).unwrap();
    let cells = read.get(Column::Confirmed).unwrap();
    assert!(matches!(&cells.data, Data::Flags(bits) if std::ptr::eq(bits.bytes(), flags.values().values())));
    let known = cells.known.as_ref().unwrap();
    assert!(std::ptr::eq(known.bytes(), flags.nulls().unwrap().validity()));
    assert_eq!([0, 1, 2].map(|row| cells.show(row)), [Some("false".into()), Some("true".into()), None]);
}
