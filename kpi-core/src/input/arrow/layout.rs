//! One Arrow array as cells.

use super::coded;
use super::nested;
use crate::input::data::{Bits, Cells, Data};
use crate::input::text::Text;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, ByteArrayType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type,
    Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, LargeUtf8Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type, Utf8Type,
};
use arrow_array::{Array, GenericByteArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{DataType, TimeUnit};
use ethnum::I256;
use std::borrow::Cow;

const MILLIS_PER_DAY: i64 = 86_400_000;
const NANOS_PER_MILLI: i64 = 1_000_000;

/// The cells of an array of any type.
pub(super) fn cells(array: &dyn Array) -> Cells<'_> {
    if let Some(cells) = coded::cells(array) {
        return cells;
    }
    let data = data(array).unwrap_or_else(|| Data::Other(nested::texts(array)));
    Cells { data, known: array.nulls().map(known) }
}

/// A set bit is a row that has a value.
pub(super) fn known(nulls: &NullBuffer) -> Bits<'_> {
    bits(nulls.inner())
}

fn bits(buffer: &BooleanBuffer) -> Bits<'_> {
    Bits::new(buffer.values(), buffer.offset())
}

/// Nothing if no column takes values of the array's type.
fn data(array: &dyn Array) -> Option<Data<'_>> {
    Some(match array.data_type() {
        DataType::Null => Data::Nothing,
        DataType::Boolean => Data::Flags(bits(array.as_boolean_opt()?.values())),
        DataType::Int8 => Data::I8(values::<Int8Type>(array)?.into()),
        DataType::Int16 => Data::I16(values::<Int16Type>(array)?.into()),
        DataType::Int32 => Data::I32(values::<Int32Type>(array)?.into()),
        DataType::Int64 => Data::I64(values::<Int64Type>(array)?.into()),
        DataType::UInt8 => Data::U8(values::<UInt8Type>(array)?.into()),
        DataType::UInt16 => Data::U16(values::<UInt16Type>(array)?.into()),
        DataType::UInt32 => Data::U32(values::<UInt32Type>(array)?.into()),
        DataType::UInt64 => Data::U64(values::<UInt64Type>(array)?.into()),
        DataType::Float16 => Data::F32(values::<Float16Type>(array)?.iter().map(|x| x.to_f32()).collect()),
        DataType::Float32 => Data::F32(values::<Float32Type>(array)?.into()),
        DataType::Float64 => Data::F64(values::<Float64Type>(array)?.into()),
        DataType::Decimal32(_, scale) => {
            Data::Scaled { units: widened(values::<Decimal32Type>(array)?), scale: *scale }
        }
        DataType::Decimal64(_, scale) => {
            Data::Scaled { units: widened(values::<Decimal64Type>(array)?), scale: *scale }
        }
        DataType::Decimal128(_, scale) => {
            Data::Scaled { units: values::<Decimal128Type>(array)?.into(), scale: *scale }
        }
        DataType::Decimal256(_, scale) => {
            let units = values::<Decimal256Type>(array)?.iter().map(|u| I256::from_le_bytes(u.to_le_bytes()));
            Data::Wide { units: units.collect(), scale: *scale }
        }
        DataType::Timestamp(unit, zone) => timestamps(array, *unit, zone.is_none())?,
        DataType::Date32 => Data::Days(values::<Date32Type>(array)?.into()),
        DataType::Date64 => dates(array)?,
        DataType::Utf8 => {
            let (offsets, bytes) = text::<Utf8Type>(array)?;
            Data::Text(Text::Short { offsets: offsets.into(), bytes: bytes.into() })
        }
        DataType::LargeUtf8 => {
            let (offsets, bytes) = text::<LargeUtf8Type>(array)?;
            Data::Text(Text::Long { offsets: offsets.into(), bytes: bytes.into() })
        }
        DataType::Utf8View => {
            let views = array.as_string_view_opt()?;
            let buffers = views.data_buffers().iter().map(|b| Cow::Borrowed(b.as_slice())).collect();
            Data::Text(Text::Views { views: Cow::Borrowed(views.views()), buffers })
        }
        _ => return None,
    })
}

fn values<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<&[T::Native]> {
    array.as_primitive_opt::<T>().map(|a| a.values().as_ref())
}

fn widened<T: Copy + Into<i128>>(units: &[T]) -> Cow<'static, [i128]> {
    units.iter().map(|u| (*u).into()).collect()
}

fn text<T: ByteArrayType>(array: &dyn Array) -> Option<(&[T::Offset], &[u8])> {
    let texts: &GenericByteArray<T> = array.as_bytes_opt::<T>()?;
    Some((texts.value_offsets(), texts.value_data()))
}

fn timestamps(array: &dyn Array, unit: TimeUnit, naive: bool) -> Option<Data<'_>> {
    let (values, nanos_per_unit) = match unit {
        TimeUnit::Second => (values::<TimestampSecondType>(array)?, 1_000_000_000),
        TimeUnit::Millisecond => (values::<TimestampMillisecondType>(array)?, NANOS_PER_MILLI),
        TimeUnit::Microsecond => (values::<TimestampMicrosecondType>(array)?, 1_000),
        TimeUnit::Nanosecond => (values::<TimestampNanosecondType>(array)?, 1),
    };
    Some(Data::Instants { values: values.into(), nanos_per_unit, naive })
}

/// Milliseconds that are meant to be whole days. Some writers put times there, and those are not cut to their day.
fn dates(array: &dyn Array) -> Option<Data<'_>> {
    let millis = values::<Date64Type>(array)?;
    let day = |row: usize, at: i64| match at.rem_euclid(MILLIS_PER_DAY) {
        _ if array.is_null(row) => Some(0),
        0 => i32::try_from(at.div_euclid(MILLIS_PER_DAY)).ok(),
        _ => None,
    };
    let days: Option<Vec<i32>> = millis.iter().enumerate().map(|(row, at)| day(row, *at)).collect();
    Some(match days {
        Some(days) => Data::Days(days.into()),
        None => Data::Instants { values: millis.into(), nanos_per_unit: NANOS_PER_MILLI, naive: true },
    })
}
