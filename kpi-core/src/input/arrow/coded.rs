//! Arrays that keep each value once: dictionaries, and runs of the same value.

use super::layout;
use crate::input::data::{Bits, Cells, Data};
use crate::input::text::Text;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, Int64Type, RunEndIndexType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;
use std::borrow::Cow;

type Codes<'a> = Cow<'a, [u32]>;

/// Nothing if the array is neither.
pub(super) fn cells(array: &dyn Array) -> Option<Cells<'_>> {
    let (codes, own, words) = match array.data_type() {
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary_opt()?;
            let own = dictionary.keys().nulls().map(layout::known);
            (codes_of_keys(dictionary.keys())?, own, dictionary.values())
        }
        DataType::RunEndEncoded(..) => (codes_of_runs(array)?.into(), None, array.as_any_ree_opt()?.values()),
        _ => return None,
    };
    let words = layout::cells(words.as_ref());
    let known = match &words.known {
        None => own,
        Some(of_words) => {
            let rows = codes.iter().enumerate();
            let known = rows.map(|(row, code)| own.as_ref().is_none_or(|k| k.get(row)) && of_words.get(*code as usize));
            Some(Bits::pack(&known.collect::<Vec<_>>()))
        }
    };
    Some(Cells { data: spread(words.data, codes), known })
}

/// Keys that do not fit lead nowhere, as do those under a null.
fn codes_of_keys(keys: &dyn Array) -> Option<Codes<'_>> {
    fn copied<T: ArrowPrimitiveType>(keys: &dyn Array) -> Option<Codes<'_>> {
        let keys = keys.as_primitive_opt::<T>()?.values();
        Some(keys.iter().map(|k| u32::try_from(k.as_usize()).unwrap_or(u32::MAX)).collect())
    }
    match keys.data_type() {
        DataType::UInt32 => Some(Cow::Borrowed(keys.as_primitive_opt::<UInt32Type>()?.values())),
        DataType::Int8 => copied::<Int8Type>(keys),
        DataType::Int16 => copied::<Int16Type>(keys),
        DataType::Int32 => copied::<Int32Type>(keys),
        DataType::Int64 => copied::<Int64Type>(keys),
        DataType::UInt8 => copied::<UInt8Type>(keys),
        DataType::UInt16 => copied::<UInt16Type>(keys),
        DataType::UInt64 => copied::<UInt64Type>(keys),
        _ => None,
    }
}

fn codes_of_runs(array: &dyn Array) -> Option<Vec<u32>> {
    fn codes<R: RunEndIndexType>(array: &dyn Array) -> Option<Vec<u32>> {
        let ends = array.as_run_opt::<R>()?.run_ends();
        let (first, ends) = (ends.offset(), ends.values());
        let mut run = ends.partition_point(|end| end.as_usize() <= first);
        let mut code = |row: usize| {
            while ends.get(run).is_some_and(|end| end.as_usize() <= first + row) {
                run += 1;
            }
            u32::try_from(run).unwrap_or(u32::MAX)
        };
        Some((0..array.len()).map(&mut code).collect())
    }
    codes::<Int16Type>(array).or_else(|| codes::<Int32Type>(array)).or_else(|| codes::<Int64Type>(array))
}

/// Each row's value. Texts stay where they are; all else takes no more room than its code.
fn spread<'a>(words: Data<'a>, codes: Codes<'a>) -> Data<'a> {
    fn pick<T: Copy + Default>(words: &[T], codes: &[u32]) -> Cow<'static, [T]> {
        codes.iter().map(|code| words.get(*code as usize).copied().unwrap_or_default()).collect()
    }
    match words {
        Data::Nothing => Data::Nothing,
        Data::Text(words) => Data::Text(Text::Coded { codes, words: Box::new(words) }),
        Data::Other(words) => Data::Other(Text::Coded { codes, words: Box::new(words) }),
        Data::Flags(words) => {
            Data::Flags(Bits::pack(&codes.iter().map(|c| words.get(*c as usize)).collect::<Vec<_>>()))
        }
        Data::Instants { values, nanos_per_unit, naive } => {
            Data::Instants { values: pick(&values, &codes), nanos_per_unit, naive }
        }
        Data::Days(words) => Data::Days(pick(&words, &codes)),
        Data::I8(words) => Data::I8(pick(&words, &codes)),
        Data::I16(words) => Data::I16(pick(&words, &codes)),
        Data::I32(words) => Data::I32(pick(&words, &codes)),
        Data::I64(words) => Data::I64(pick(&words, &codes)),
        Data::U8(words) => Data::U8(pick(&words, &codes)),
        Data::U16(words) => Data::U16(pick(&words, &codes)),
        Data::U32(words) => Data::U32(pick(&words, &codes)),
        Data::U64(words) => Data::U64(pick(&words, &codes)),
        Data::F32(words) => Data::F32(pick(&words, &codes)),
        Data::F64(words) => Data::F64(pick(&words, &codes)),
        Data::Scaled { units, scale } => Data::Scaled { units: pick(&units, &codes), scale },
        Data::Wide { units, scale } => Data::Wide { units: pick(&units, &codes), scale },
        Data::Decimals(words) => Data::Decimals(pick(&words, &codes)),
    }
}
