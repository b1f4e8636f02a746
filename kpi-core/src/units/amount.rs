//! One decimal of the input: read from text or a float without a detour, small enough for a column of them.

use ethnum::I256;

/// A decimal as an integer and how many of its digits stand behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// The digits.
    pub units: i128,
    /// How many of them stand behind the point; at most 28.
    pub scale: u8,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAmount {
    /// It is not a number.
    NotANumber,
    /// It is NaN or infinite.
    NotFinite,
    /// It has more than 28 places, or more digits than a decimal holds.
    OutOfRange,
}

/// The largest scale an amount may have.
pub const MAX_SCALE: u8 = 28;
/// What a decimal's 96 bits of digits can hold.
const LARGEST: u128 = (1 << 96) - 1;

impl Amount {
    /// From the decimal of the public interface.
    pub fn from_decimal(value: rust_decimal::Decimal) -> Self {
        Self { units: value.mantissa(), scale: u8::try_from(value.scale()).unwrap_or(MAX_SCALE) }
    }

    /// `units` with `scale` digits behind the point (or, if negative, zeros before it), brought within what is kept
    /// exactly.
    ///
    /// # Errors
    /// When that would lose digits.
    pub fn scaled(units: i128, scale: i8) -> Result<Self, NoAmount> {
        settle(units, i32::from(scale))
    }

    /// The same of a wider integer.
    ///
    /// # Errors
    /// When that would lose digits.
    pub fn scaled_wide(mut units: I256, scale: i8) -> Result<Self, NoAmount> {
        const TEN: I256 = I256::new(10);
        let mut places = i32::from(scale);
        loop {
            if let Ok(units) = i128::try_from(units) {
                return settle(units, places);
            }
            if units % TEN != I256::ZERO {
                return Err(NoAmount::OutOfRange);
            }
            units /= TEN;
            places -= 1;
        }
    }

    /// To the decimal of the public interface.
    pub fn to_decimal(self) -> rust_decimal::Decimal {
        rust_decimal::Decimal::try_from_i128_with_scale(self.units, u32::from(self.scale)).unwrap_or_default()
    }

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self { units: value as i128, scale: 0 }
    }

    /// The amount as a double, for ranges and quantiles; exact decimals stay in [`Amount`].
    pub fn to_f64(self) -> f64 {
        if self.scale == 0 || self.units == 0 {
            return self.units as f64;
        }
        if self.units.unsigned_abs() < 1 << 53 && self.scale <= 22 {
            // Both are exact doubles, so their quotient is the double nearest to the decimal.
            return self.units as f64 / 10_f64.powi(i32::from(self.scale));
        }
        scaled_to_text(self.units, u32::from(self.scale)).parse().unwrap_or(0.0)
    }

    /// How the amount compares with a whole number.
    pub fn cmp_whole(self, whole: i64) -> std::cmp::Ordering {
        match i128::from(whole).checked_mul(10_i128.pow(u32::from(self.scale))) {
            Some(bound) => self.units.cmp(&bound),
            None if whole > 0 => std::cmp::Ordering::Less,
            None => std::cmp::Ordering::Greater,
        }
    }

    /// Reads a decimal written as `-12.50`, `3`, `1e-4`.
    ///
    /// # Errors
    /// When the text is not a number, not finite, or has more digits than are kept exactly.
    pub fn parse(text: &[u8]) -> Result<Self, NoAmount> {
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let mut amount = match parse_short(digits) {
            Some(amount) => amount,
            None => parse_digits(digits).map_err(|e| special(digits).unwrap_or(e))?,
        };
        if negative {
            amount.units = -amount.units;
        }
        Ok(amount)
    }

    /// The shortest decimal that reads back as this double; beyond 28 places it is rounded half-even there.
    ///
    /// # Errors
    /// When it is not finite or larger than a decimal holds.
    pub fn from_f64(x: f64) -> Result<Self, NoAmount> {
        const SIX: f64 = 1e6;
        if !x.is_finite() {
            return Err(NoAmount::NotFinite);
        }
        // A decimal of at most 15 digits that reads back as x is the shortest one, so most values need no formatting.
        let scaled = x * SIX;
        if scaled.abs() < 9e14 {
            let units = scaled.round();
            #[expect(clippy::float_cmp, reason = "only the very same double will do")]
            if units / SIX == x {
                #[expect(clippy::cast_possible_truncation, reason = "below 9e14 and whole")]
                return Ok(trim(units as i128, 6));
            }
        }
        from_shortest(&format!("{x:e}"))
    }

    /// The shortest decimal that reads back as this single.
    ///
    /// # Errors
    /// When it is not finite or larger than a decimal holds.
    pub fn from_f32(x: f32) -> Result<Self, NoAmount> {
        if !x.is_finite() {
            return Err(NoAmount::NotFinite);
        }
        from_shortest(&format!("{x:e}"))
    }

    /// The same amount with as few places as it needs.
    #[must_use]
    pub fn trimmed(self) -> Self {
        trim(self.units, self.scale)
    }
}

fn trim(mut units: i128, mut scale: u8) -> Amount {
    while scale > 0 && units % 10 == 0 {
        units /= 10;
        scale -= 1;
    }
    Amount { units, scale }
}

fn special(text: &[u8]) -> Option<NoAmount> {
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_slice(), b"nan" | b"inf" | b"infinity").then_some(NoAmount::NotFinite)
}

/// What nearly every amount is: at most 19 digits, which fit a machine word, and at most one point.
fn parse_short(text: &[u8]) -> Option<Amount> {
    if text.len() > 20 {
        return None;
    }
    let (mut units, mut scale, mut point) = (0_u64, 0, false);
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        if let Some((eight, behind)) =
            rest.split_first_chunk().and_then(|(eight, behind)| Some((eight_digits(*eight)?, behind)))
        {
            units = units.wrapping_mul(100_000_000).wrapping_add(eight);
            scale += u8::from(point) * 8;
            rest = behind;
            continue;
        }
        match byte {
            b'0'..=b'9' => {
                units = units.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                scale += u8::from(point);
            }
            b'.' if !point => point = true,
            _ => return None,
        }
        rest = tail;
    }
    if !(1..20).contains(&(text.len() - usize::from(point))) {
        return None;
    }
    while scale > 0 && units % 10 == 0 {
        units /= 10;
        scale -= 1;
    }
    Some(Amount { units: units.into(), scale })
}

/// The number that eight characters spell, if each is a digit: added up in pairs, then pairs of pairs, then all.
fn eight_digits(text: [u8; 8]) -> Option<u64> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (text, zeros) = (u64::from_le_bytes(text), ONES * u64::from(b'0'));
    // A digit's high half is 3, and stays 3 when six is added.
    let high = |bytes: u64| bytes & (ONES * 0xF0);
    if high(text) != zeros || high(text.wrapping_add(ONES * 6)) != zeros {
        return None;
    }
    let ones = text - zeros;
    let pairs = (ones * 10 + (ones >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF)
}

/// Digits with at most one point, then perhaps an exponent; zeros at either end may be any number.
fn parse_digits(text: &[u8]) -> Result<Amount, NoAmount> {
    let (mut units, mut places, mut seen, mut point) = (Some(0_i128), 0_i32, false, false);
    // Zeros are held back until a digit follows them, so that those at the end take no room.
    let mut zeros = 0_u32;
    let mut exponent = 0;
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'0'..=b'9' => {
                seen = true;
                places += i32::from(point);
                zeros += 1;
                if *byte != b'0' {
                    units = units.and_then(|u| append(u, zeros, byte - b'0'));
                    zeros = 0;
                }
            }
            b'.' if !point => point = true,
            b'e' | b'E' if seen => {
                exponent = parse_exponent(tail)?;
                rest = &[];
            }
            _ => return Err(NoAmount::NotANumber),
        }
    }
    if !seen {
        return Err(NoAmount::NotANumber);
    }
    let zeros = i32::try_from(zeros).unwrap_or(i32::MAX);
    settle(units.ok_or(NoAmount::OutOfRange)?, places.saturating_sub(zeros).saturating_sub(exponent))
}

/// `units` with `places` more digits, of which the last is `digit` and the others are zeros.
fn append(units: i128, places: u32, digit: u8) -> Option<i128> {
    let digit = i128::from(digit);
    if units == 0 { Some(digit) } else { units.checked_mul(10_i128.checked_pow(places)?)?.checked_add(digit) }
}

fn parse_exponent(text: &[u8]) -> Result<i32, NoAmount> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NoAmount::NotANumber);
    }
    // Whatever is larger than this is beyond every decimal.
    let size = digits.iter().fold(0_i32, |n, d| n.saturating_mul(10).saturating_add(i32::from(d - b'0')));
    Ok(if negative { -size } else { size })
}

/// Brings digits and places within the range that is kept exactly.
fn settle(mut units: i128, mut places: i32) -> Result<Amount, NoAmount> {
    if units == 0 {
        return Ok(Amount::default());
    }
    while places > 0 && units % 10 == 0 && (places > i32::from(MAX_SCALE) || units.unsigned_abs() > LARGEST) {
        units /= 10;
        places -= 1;
    }
    while places < 0 {
        units = units.checked_mul(10).ok_or(NoAmount::OutOfRange)?;
        places += 1;
    }
    let scale = u8::try_from(places).ok().filter(|s| *s <= MAX_SCALE).ok_or(NoAmount::OutOfRange)?;
    if units.unsigned_abs() > LARGEST { Err(NoAmount::OutOfRange) } else { Ok(Amount { units, scale }) }
}

/// From `d.dddde-n`, the shortest digits of a float.
fn from_shortest(text: &str) -> Result<Amount, NoAmount> {
    let (mantissa, exponent) = text.split_once('e').ok_or(NoAmount::NotANumber)?;
    let mut exponent: i32 = exponent.parse().map_err(|_| NoAmount::NotANumber)?;
    let negative = mantissa.starts_with('-');
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    exponent -= i32::try_from(digits.len()).unwrap_or(0) - 1;
    let mut units: i128 = digits.parse().map_err(|_| NoAmount::NotANumber)?;
    let mut places = -exponent;
    if places > i32::from(MAX_SCALE) {
        units = round_off(units, u32::try_from(places).unwrap_or(0) - u32::from(MAX_SCALE));
        places = i32::from(MAX_SCALE);
    }
    let mut amount = settle(units, places)?;
    if negative {
        amount.units = -amount.units;
    }
    Ok(amount.trimmed())
}

/// Drops `digits` digits, half to even.
fn round_off(units: i128, digits: u32) -> i128 {
    let Some(step) = 10_i128.checked_pow(digits) else { return 0 };
    let (whole, rest) = (units / step, units % step);
    match (rest * 2).cmp(&step) {
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + (whole & 1),
        std::cmp::Ordering::Less => whole,
    }
}

/// `-1234` at scale 2 is `-12.34`; zeros behind the point are dropped.
pub fn scaled_to_text(units: i128, scale: u32) -> String {
    digits_to_text(&units.unsigned_abs().to_string(), units < 0, scale as usize)
}

/// Digits of which the last `scale` stand behind the point.
pub(crate) fn digits_to_text(digits: &str, negative: bool, scale: usize) -> String {
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, behind) = padded.split_at(padded.len() - scale);
    let behind = behind.trim_end_matches('0');
    let sign = if negative { "-" } else { "" };
    if behind.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{behind}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn short_amounts_are_what_long_ones_are(text in "[0-9]{0,20}\\.?[0-9]{0,20}|[0-9]{0,9}[:/.a0]?[0-9]{0,9}0{0,6}") {
            if let Some(short) = parse_short(text.as_bytes()) {
                prop_assert_eq!(Ok(short), parse_digits(text.as_bytes()), "{}", text);
            }
        }

        #[test]
        fn eight_digits_are_a_number(text in any::<[u8; 8]>(), number in 0_u64..100_000_000) {
            let spelt = std::str::from_utf8(&text).ok().filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(eight_digits(text), spelt.and_then(|t| t.parse().ok()));
            let digits = format!("{number:08}");
            prop_assert_eq!(digits.as_bytes().first_chunk().and_then(|t| eight_digits(*t)), Some(number));
        }
    }
}
