//! A text as one number: to tell customers apart, to find a label's code, to sum up what rows a report rests on. The
//! number of a text is the same on every platform.

const SEEDS: [u64; 4] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0xD6E8_FEB8_6659_FD93, 0xA076_1D64_78BD_642F];

/// The two halves of a product, folded: every bit of both factors reaches every bit of the result.
pub const fn fold(a: u64, b: u64) -> u64 {
    let product = (a as u128).wrapping_mul(b as u128);
    low(product) ^ low(product >> 64)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
const fn low(wide: u128) -> u64 {
    wide as u64
}

/// A text of at most 32 bytes, as those bytes with zeros behind them, and its length.
#[inline]
pub const fn short([first, second]: [u128; 2], len: usize) -> u64 {
    finish(0, [first, second], len)
}

#[inline]
const fn finish(state: u64, [first, second]: [u128; 2], len: usize) -> u64 {
    let mixed = fold(low(first) ^ SEEDS[0], low(first >> 64) ^ SEEDS[1])
        ^ fold(low(second) ^ SEEDS[2], low(second >> 64) ^ SEEDS[3]);
    fold(mixed ^ state ^ SEEDS[2], SEEDS[3] ^ len as u64)
}

/// Any text.
pub fn text(bytes: &[u8]) -> u64 {
    let (mut state, mut rest) = (0, bytes);
    while rest.len() > 32 {
        let (chunk, tail) = rest.split_at(32);
        state = finish(state, halves(chunk), 32);
        rest = tail;
    }
    finish(state, halves(rest), bytes.len())
}

/// At most 32 bytes as two numbers.
pub fn halves(bytes: &[u8]) -> [u128; 2] {
    [padded(bytes), bytes.get(16..).map_or(0, padded)]
}

/// At most 16 bytes as a number, the first one lowest.
pub fn padded(bytes: &[u8]) -> u128 {
    let eight = |bytes: &[u8]| match bytes.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    u128::from(eight(bytes)) | u128::from(bytes.get(8..).map_or(0, eight)) << 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_have_one_number_by_either_way() {
        let long = "sixteen bytes, or a few more";
        for len in 0..=long.len() {
            assert_eq!(text(&long.as_bytes()[..len]), short(halves(&long.as_bytes()[..len]), len));
        }
    }

    #[test]
    fn texts_that_differ_anywhere_have_other_numbers() {
        let mut seen = std::collections::BTreeSet::new();
        for len in 0..70 {
            let plain = vec![0_u8; len];
            assert!(seen.insert(text(&plain)), "{len} zeros");
            for at in 0..len {
                let mut changed = plain.clone();
                changed[at] = 1;
                assert!(seen.insert(text(&changed)), "byte {at} of {len}");
            }
        }
    }

    #[test]
    fn numbers_of_texts_never_change() {
        assert_eq!([text(b""), text(b"u-000001"), text(b"a text of more than sixteen bytes")], FIXED);
    }

    const FIXED: [u64; 3] = [13_632_006_480_363_342_217, 10_883_288_465_898_518_818, 5_943_441_234_540_147_939];
}
