//! What later money is worth: discounting, and the rate at which a plan is worth nothing.

use super::super::problems::rounded;
use super::NotKnown;
use crate::units::exact::div_half_even;
use ethnum::I256;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What an amount a month later is worth now: 1 over the twelfth root of 1 + the yearly rate, to 26 digits.
pub(super) fn monthly_factor(yearly: Decimal) -> Decimal {
    if yearly.is_zero() {
        return Decimal::ONE;
    }
    let year = Decimal::ONE + yearly;
    // Fifteen digits from a float; one step of Newton doubles them.
    let near = libm::pow(year.to_f64().unwrap_or(1.0), 1.0 / 12.0);
    #[expect(clippy::cast_possible_truncation, reason = "a root of 1 to 2 has 16 digits there")]
    let near = Decimal::new((near * 1e15) as i64, 15);
    let square = near * near;
    let fourth = square * square;
    let eleventh = fourth * fourth * square * near;
    let root = near - (eleventh * near - year) / (Decimal::from(12) * eleventh);
    Decimal::ONE / root
}

/// What a series of amounts of 6 places is worth now, the first one being due now; to 6 places.
///
/// Sums are whole numbers of 10⁻¹² and the factor one of 10⁻¹⁸, so that nothing is lost that is shown.
pub(super) fn present_value(flows: impl DoubleEndedIterator<Item = Decimal>, factor: Decimal) -> Decimal {
    const ONE: i128 = 1_000_000_000_000_000_000;
    let factor = scaled(factor, 18);
    let worth = flows.rev().fold(0, |later: i128, flow| {
        // Both products fit: the first is less than what is split, the second less than 10³⁶.
        let discounted = later / ONE * factor + later % ONE * factor / ONE;
        scaled(flow, 12) + discounted
    });
    let millionths = div_half_even(I256::new(worth), I256::new(1_000_000));
    let worth = i128::try_from(millionths).ok().and_then(|found| Decimal::try_from_i128_with_scale(found, 6).ok());
    // Inputs within their ranges are worth far less.
    worth.unwrap_or(Decimal::MAX)
}

/// A number as a whole number of steps of so many places.
fn scaled(value: Decimal, places: u32) -> i128 {
    let value = rounded(value, places);
    value.mantissa() * 10_i128.pow(places - value.scale())
}

/// The monthly rate at which a series is worth nothing.
///
/// By floats, and only +, −, × and ÷ of them, so the same on every platform. A series whose sum changes its sign more than
/// once may have several such rates, of which none means anything.
pub(super) fn internal_rate(flows: &[f64]) -> Result<f64, NotKnown> {
    let zeros = flows.iter().take_while(|flow| **flow == 0.0).count();
    let flows = flows.get(zeros..).unwrap_or_default();
    match turns(flows.iter().copied()) {
        0 => return Err(NotKnown::NoSignChange),
        1 => {}
        _ => {
            let mut sum = 0.0;
            let sums = flows.iter().map(|flow| {
                sum += flow;
                sum
            });
            // Norstrøm: sums that turn once have one positive rate.
            if turns(sums) != 1 {
                return Err(NotKnown::SeveralRates);
            }
        }
    }
    root(flows).map(|factor| 1.0 / factor - 1.0).ok_or(NotKnown::OutOfReach)
}

/// How often a series changes its sign; zeros have none.
fn turns(series: impl Iterator<Item = f64>) -> usize {
    let (mut count, mut before) = (0, 0.0_f64);
    for now in series.filter(|x| *x != 0.0).map(f64::signum) {
        count += usize::from(before * now < 0.0);
        before = now;
    }
    count
}

/// The factor at which Σ flow·factorᵗ is 0: Newton's steps, kept between two ends of different sign.
fn root(flows: &[f64]) -> Option<f64> {
    let at = |factor: f64| {
        flows.iter().rev().fold((0.0, 0.0), |(value, slope), flow| (value * factor + flow, slope * factor + value))
    };
    let first = flows.first()?.signum();
    let mut low = 0.0;
    // Up to a loss of 999 in 1,000 every month.
    let mut high = 1.0;
    while at(high).0 * first > 0.0 {
        low = high;
        high *= 2.0;
        if high > 1024.0 {
            return None;
        }
    }
    let mut factor = 0.5 * (low + high);
    for _ in 0..200 {
        let (value, slope) = at(factor);
        if value == 0.0 {
            break;
        }
        if value * first > 0.0 {
            low = factor;
        } else {
            high = factor;
        }
        let step = factor - value / slope;
        let next = if step > low && step < high { step } else { 0.5 * (low + high) };
        let moved = next - factor;
        factor = next;
        // Each step of Newton doubles the digits that are right, so after one of this size they all are.
        if moved < factor * 1e-12 && -moved < factor * 1e-12 {
            break;
        }
    }
    // A rate of over a million by the month is no rate.
    (factor > 1e-6).then_some(factor)
}
