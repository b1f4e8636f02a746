//! Columns of numbers, whatever their layout, as integers of a block: full rows in straight loops, odd ones one by one.

use super::block::{Lane, ROWS, mask_of, rare_bits_of, rows_in};
use super::data::Data;
use super::floats;
use super::numbers::{FINEST, Numbers, TENS};
use super::text::{Amount, NoAmount};

/// Sets the rows outside of the mask to nought.
pub(super) fn clear(values: &mut [i64; ROWS], known: u64) {
    for row in rows_in(!known) {
        values[row] = 0;
    }
}

/// The values of a block's rows, and whatever stands in the rows that have none.
fn block_of<T>(values: &[T], start: usize) -> &[T] {
    let rows = values.get(start..).unwrap_or_default();
    rows.get(..ROWS).unwrap_or(rows)
}

/// Integers of any width as 64 bits; the rows that do not fit.
fn widen<T: Copy + TryInto<i64>>(values: &[T], start: usize, out: &mut [i64; ROWS]) -> u64 {
    let mut unfit = 0;
    for (row, (to, from)) in out.iter_mut().zip(block_of(values, start)).enumerate() {
        match (*from).try_into() {
            Ok(value) => *to = value,
            Err(_) => unfit |= 1 << row,
        }
    }
    unfit
}

/// Integers of a column into a block, if the column is of integers; the rows that do not fit.
fn integers(data: &Data<'_>, start: usize, out: &mut [i64; ROWS]) -> Option<u64> {
    Some(match data {
        Data::I8(v) => widen(v, start, out),
        Data::I16(v) => widen(v, start, out),
        Data::I32(v) => widen(v, start, out),
        Data::I64(v) => widen(v, start, out),
        Data::U8(v) => widen(v, start, out),
        Data::U16(v) => widen(v, start, out),
        Data::U32(v) => widen(v, start, out),
        Data::U64(v) => widen(v, start, out),
        _ => return None,
    })
}

/// Whole numbers within a range.
pub(super) fn whole(
    lane: &mut Lane,
    out: &mut [i64; ROWS],
    data: &Data<'_>,
    start: usize,
    present: u64,
    (low, high): (i64, i64),
) {
    match data {
        Data::Text(_) | Data::Flags(_) | Data::Instants { .. } | Data::Days(_) | Data::Other(_) => {
            lane.wrong_type = present;
        }
        data => match integers(data, start, out) {
            Some(unfit) => lane.out_of_range = unfit & present,
            None => fractions(lane, out, data, start, present),
        },
    }
    let readable = present & !(lane.wrong_type | lane.not_finite | lane.out_of_range);
    if readable != 0 {
        lane.out_of_range |= rare_bits_of(|row| (out[row] < low) | (out[row] > high)) & readable;
    }
    lane.known = readable & !lane.out_of_range;
}

fn fractions(lane: &mut Lane, out: &mut [i64; ROWS], data: &Data<'_>, start: usize, present: u64) {
    for row in rows_in(present) {
        let bit = 1 << row;
        match whole_at(data, start + row).map(Amount::trimmed) {
            Ok(Amount { units, scale: 0 }) => match i64::try_from(units) {
                Ok(value) => out[row] = value,
                Err(_) => lane.out_of_range |= bit,
            },
            Ok(_) | Err(NoAmount::NotANumber) => lane.wrong_type |= bit,
            Err(NoAmount::NotFinite) => lane.not_finite |= bit,
            Err(NoAmount::OutOfRange) => lane.out_of_range |= bit,
        }
    }
}

/// A row's number as one that should be whole: a tiny float is not rounded to 0, however close it comes.
pub(super) fn whole_at(data: &Data<'_>, row: usize) -> Result<Amount, NoAmount> {
    let fraction = match data {
        Data::F64(v) => v.get(row).is_some_and(|x| x.fract().abs() > 0.0),
        Data::F32(v) => v.get(row).is_some_and(|x| x.fract().abs() > 0.0),
        _ => false,
    };
    if fraction { Err(NoAmount::NotANumber) } else { amount_at(data, row) }
}

/// How a block's decimals came out: integers of one scale, or as they are.
pub(super) struct Decoded {
    pub scale: u8,
    pub mixed: Option<Box<[Amount; ROWS]>>,
}

/// Decimals within a range that may be open.
pub(super) fn amounts(
    lane: &mut Lane,
    out: &mut [i64; ROWS],
    data: &Data<'_>,
    start: usize,
    present: u64,
    (low, high): (Option<i64>, Option<i64>),
) -> Decoded {
    if let Some(scale) = quick(data, out, start, present) {
        let at_scale = |bound: i64| bound.checked_mul(TENS[usize::from(scale)]);
        let low = low.map_or(Some(i64::MIN), at_scale);
        let high = high.map_or(Some(i64::MAX), at_scale);
        if let (Some(low), Some(high)) = (low, high) {
            lane.out_of_range = rare_bits_of(|row| (out[row] < low) | (out[row] > high)) & present;
            lane.known = present & !lane.out_of_range;
            return Decoded { scale, mixed: None };
        }
    }
    let mut found = [Amount::default(); ROWS];
    for row in rows_in(present) {
        let bit = 1 << row;
        match amount_at(data, start + row) {
            Ok(amount) => {
                let below = low.is_some_and(|low| amount.cmp_whole(low).is_lt());
                let above = high.is_some_and(|high| amount.cmp_whole(high).is_gt());
                if below || above {
                    lane.out_of_range |= bit;
                }
                found[row] = amount;
            }
            Err(NoAmount::NotANumber) => lane.wrong_type |= bit,
            Err(NoAmount::NotFinite) => lane.not_finite |= bit,
            Err(NoAmount::OutOfRange) => lane.out_of_range |= bit,
        }
    }
    lane.known = present & !(lane.wrong_type | lane.not_finite | lane.out_of_range);
    match Numbers::settled(lane.known, &found) {
        Numbers::Plain { units, scale } => {
            *out = *units;
            Decoded { scale, mixed: None }
        }
        Numbers::Mixed(found) => Decoded { scale: 0, mixed: Some(Box::new(found.into_owned())) },
    }
}

/// Decimals as integers of one scale, where each value gives its integer in a few steps.
fn quick(data: &Data<'_>, out: &mut [i64; ROWS], start: usize, present: u64) -> Option<u8> {
    match data {
        Data::Scaled { units, scale } => {
            let scale = u8::try_from(*scale).ok().filter(|scale| *scale <= FINEST)?;
            let units = block_of(units, start);
            let mut lost = false;
            for (to, from) in out.iter_mut().zip(units) {
                #[expect(clippy::cast_possible_truncation, reason = "what is lost is noticed")]
                let low = *from as i64;
                *to = low;
                lost |= i128::from(low) != *from;
            }
            let wide = |row: usize| units.get(row).is_some_and(|unit| i64::try_from(*unit).is_err());
            (!lost || mask_of(present, wide) == 0).then_some(scale)
        }
        Data::F32(values) => floats::singles(block_of(values, start), present, out),
        Data::F64(values) => floats::doubles(block_of(values, start), present, out),
        Data::Decimals(values) => {
            let values = block_of(values, start);
            let finest = mask_max(present, |row| values.get(row).map_or(0, rust_decimal::Decimal::scale));
            let finest = u8::try_from(finest).ok().filter(|scale| *scale <= FINEST)?;
            let unfit = mask_of(present, |row| {
                let unit = values.get(row).and_then(|value| {
                    let more = usize::from(finest) - usize::try_from(value.scale()).ok()?;
                    i64::try_from(value.mantissa()).ok()?.checked_mul(*TENS.get(more)?)
                });
                out[row] = unit.unwrap_or(0);
                unit.is_none()
            });
            (unfit == 0).then_some(finest)
        }
        data => integers(data, start, out).filter(|unfit| unfit & present == 0).map(|_| 0),
    }
}

fn mask_max(rows: u64, value: impl FnMut(usize) -> u32) -> u32 {
    rows_in(rows).map(value).max().unwrap_or(0)
}

/// A row's number, if it is one that is kept exactly.
pub(super) fn amount_at(data: &Data<'_>, row: usize) -> Result<Amount, NoAmount> {
    fn plain<T: Copy + Into<i128>>(values: &[T], row: usize) -> Result<Amount, NoAmount> {
        values.get(row).map(|v| Amount { units: (*v).into(), scale: 0 }).ok_or(NoAmount::NotANumber)
    }
    match data {
        Data::Decimals(v) => v.get(row).map(|d| Amount::from_decimal(*d)).ok_or(NoAmount::NotANumber),
        Data::Scaled { units, scale } => {
            let units = units.get(row).copied().ok_or(NoAmount::NotANumber)?;
            Amount::scaled(units, *scale)
        }
        Data::Wide { units, scale } => {
            let units = units.get(row).copied().ok_or(NoAmount::NotANumber)?;
            Amount::scaled_wide(units, *scale)
        }
        Data::F64(v) => v.get(row).map_or(Err(NoAmount::NotANumber), |x| Amount::from_f64(*x)),
        Data::F32(v) => v.get(row).map_or(Err(NoAmount::NotANumber), |x| Amount::from_f32(*x)),
        Data::I8(v) => plain(v, row),
        Data::I16(v) => plain(v, row),
        Data::I32(v) => plain(v, row),
        Data::I64(v) => plain(v, row),
        Data::U8(v) => plain(v, row),
        Data::U16(v) => plain(v, row),
        Data::U32(v) => plain(v, row),
        Data::U64(v) => plain(v, row),
        Data::Text(text) => text.get(row).map_or(Err(NoAmount::NotANumber), |t| Amount::parse(t.trim_ascii())),
        Data::Nothing | Data::Flags(_) | Data::Instants { .. } | Data::Days(_) | Data::Other(_) => {
            Err(NoAmount::NotANumber)
        }
    }
}
