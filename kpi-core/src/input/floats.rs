//! Floats as the shortest decimals that read back as them, in whole numbers: most take a few multiplications, and only
//! odd ones are written out digit by digit.

use super::block::{ROWS, bits_of, rows_in};
use super::numbers::{FINEST, at_scale};
use super::text::{Amount, NoAmount};

/// The scale of nearly every block of floats.
const USUAL: u8 = 12;
/// Adding this to a double of less than 2⁵¹ and taking it away again rounds it to a whole number.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// 10^p for the places that are tried, and the units of [`USUAL`] in one step of that size.
const PLACES: [(f64, i64); 7] =
    [(1e6, 1_000_000), (1e7, 100_000), (1e8, 10_000), (1e9, 1_000), (1e10, 100), (1e11, 10), (1e12, 1)];

/// The digits of each row of the mask at the scale that is returned; nothing if no such scale fits all of them.
pub(super) fn singles(values: &[f32], rows: u64, out: &mut [i64; ROWS]) -> Option<u8> {
    let mut plain = [0_u8; ROWS];
    for ((x, units), plain) in values.iter().zip(out.iter_mut()).zip(&mut plain) {
        (*units, *plain) = usual(*x);
    }
    convert(values, rows, rows & !bits_of(|row| plain[row] != 0), out, single, Amount::from_f32)
}

/// The same of doubles.
pub(super) fn doubles(values: &[f64], rows: u64, out: &mut [i64; ROWS]) -> Option<u8> {
    convert(values, rows, rows, out, double, Amount::from_f64)
}

/// Converts the rows of `left`; the other rows of the mask are converted.
fn convert<T: Copy>(
    values: &[T],
    rows: u64,
    left: u64,
    out: &mut [i64; ROWS],
    quick: fn(T) -> Option<i64>,
    exact: fn(T) -> Result<Amount, NoAmount>,
) -> Option<u8> {
    let mut odd = 0_u64;
    for row in rows_in(left) {
        match values.get(row).and_then(|x| quick(*x)) {
            Some(units) => out[row] = units,
            None => odd |= 1 << row,
        }
    }
    if odd == 0 {
        return Some(USUAL);
    }
    let mut amounts = [Amount::default(); ROWS];
    for row in rows_in(odd) {
        amounts[row] = exact(*values.get(row)?).ok()?;
    }
    let scale = if rows_in(odd).all(|row| at_scale(amounts[row], USUAL).is_some()) { USUAL } else { FINEST };
    for row in rows_in(rows) {
        let usual = Amount { units: i128::from(out[row]), scale: USUAL };
        out[row] = at_scale(if odd >> row & 1 == 1 { amounts[row] } else { usual }, scale)?;
    }
    Some(scale)
}

/// A single below 1 of seven to nine places, as most are: the three are tried without a branch, since which of them it is
/// is chance. The digits, and whether they are right; see [`single`], which has all cases.
#[inline]
fn usual(x: f32) -> (i64, u8) {
    const MANTISSA: u32 = (1 << 23) - 1;
    let size = x.abs();
    let half_gap = f64::from(f32::from_bits(size.to_bits() & !MANTISSA)) / 16_777_216.0;
    let wide = f64::from(x);
    let at = |power: f64| {
        let exact = wide * power;
        let nearest = (exact + ROUNDER) - ROUNDER;
        (nearest, (exact - nearest).abs(), half_gap * power)
    };
    let (seven, eight, nine) = (at(1e7), at(1e8), at(1e9));
    let hit = |(_, distance, gap): (f64, f64, f64)| (distance < gap) & (distance < 0.5);
    let miss = |(_, distance, gap): (f64, f64, f64)| distance > gap;
    let in_range = (size < 1.0) & (size > 0.000_976_562_5) & (size.to_bits() & MANTISSA != 0);
    let (at_seven, at_eight) = (hit(seven), miss(seven) & hit(eight));
    let at_nine = miss(seven) & miss(eight) & hit(nine);
    let digits = if at_seven {
        seven.0 * 1e5
    } else if at_eight {
        eight.0 * 1e4
    } else {
        nine.0 * 1e3
    };
    #[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^51 where it is right")]
    (digits as i64, u8::from(in_range & (at_seven | at_eight | at_nine)))
}

/// A single from 2⁻¹⁰ to 8, or nought: 24 bits times a power of ten up to the twelfth are exact in a double.
///
/// Each power is tried in turn, beginning where a decimal's step is wider than the gap between singles, so that at most
/// one decimal lies in the gap around x. If none with so many places does, those with one more all have just that many,
/// and the nearest is the one that is written.
#[inline]
fn single(x: f32) -> Option<i64> {
    const MANTISSA: u32 = (1 << 23) - 1;
    let size = x.abs();
    if size == 0.0 {
        return Some(0);
    }
    if !(0.000_976_562_5..8.0).contains(&size) {
        return None;
    }
    let bits = size.to_bits();
    // Half the gap to the next single; below a power of two the gap is half as wide.
    let half_gap = f64::from(f32::from_bits(bits & !MANTISSA)) / 16_777_216.0;
    let surely = if bits & MANTISSA == 0 { half_gap / 2.0 } else { half_gap };
    let wide = f64::from(x);
    for (power, step) in PLACES.iter().skip(usize::from(size < 1.0)) {
        let exact = wide * power;
        let nearest = (exact + ROUNDER) - ROUNDER;
        let distance = (exact - nearest).abs();
        if distance > half_gap * power {
            continue;
        }
        // A tie, of two decimals or at the edge of the gap, is for others to break.
        #[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^51")]
        return (distance < surely * power && distance < 0.5).then_some(nearest as i64 * step);
    }
    None
}

/// A double of at most six places and fifteen digits: no shorter decimal reads back as it.
#[inline]
fn double(x: f64) -> Option<i64> {
    let nearest = (x * 1e6 + ROUNDER) - ROUNDER;
    #[expect(clippy::float_cmp, reason = "only the very same double will do")]
    if x.abs() < 9e6 && nearest / 1e6 == x {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and below 9e12")]
        return Some(nearest as i64 * 1_000_000);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(scale: Option<u8>, units: i64, exact: Result<Amount, NoAmount>) -> bool {
        match (scale, exact) {
            (Some(scale), Ok(amount)) => Amount { units: i128::from(units), scale }.trimmed() == amount.trimmed(),
            (None, _) => true,
            (Some(_), Err(_)) => false,
        }
    }

    fn single_agrees(x: f32) -> bool {
        let mut out = [0; ROWS];
        let scale = singles(&[x], 1, &mut out);
        same(scale, out[0], Amount::from_f32(x))
    }

    fn double_agrees(x: f64) -> bool {
        let mut out = [0; ROWS];
        let scale = doubles(&[x], 1, &mut out);
        same(scale, out[0], Amount::from_f64(x))
    }

    #[test]
    fn round_numbers_powers_of_two_and_the_edges_are_written_alike() {
        for k in 0..=10_000_u16 {
            let x = f32::from(k) / 10_000.0;
            assert!(single_agrees(x) && single_agrees(-x) && single_agrees(x * 8.0), "{x}");
            assert!(double_agrees(f64::from(k) / 1e4) && double_agrees(f64::from(x)), "{x}");
        }
        for power in -40..30 {
            let x = 2_f32.powi(power);
            for near in [x, x.next_up(), x.next_down()] {
                assert!(single_agrees(near) && double_agrees(f64::from(near)), "{near}");
            }
        }
        for odd in [f32::NAN, f32::INFINITY, f32::MAX, f32::MIN_POSITIVE, -0.0] {
            assert!(single_agrees(odd) && double_agrees(f64::from(odd)), "{odd}");
        }
    }

    #[test]
    fn every_thousandth_single_from_nought_to_eight_is_written_alike() {
        for bits in (0..8_f32.to_bits()).step_by(997) {
            let x = f32::from_bits(bits);
            assert!(single_agrees(x), "{x}");
        }
    }

    proptest! {
        #[test]
        fn any_float_is_written_alike(bits: u32, wide: u64, x in -1.0..1.0_f64) {
            prop_assert!(single_agrees(f32::from_bits(bits)));
            prop_assert!(double_agrees(f64::from_bits(wide)) && double_agrees(x));
        }
    }
}
