//! Products of sums, which outgrow 256 bits.

use ethnum::U256;

/// Limbs of 64 bits. A sum of squares (256) times a squared sum (320) needs 576, two of them 577.
const LIMBS: usize = 10;

/// A natural number of 640 bits, the least limb first.
///
/// A spread is a small difference of large products. Taken in floats it drowns in their rounding; taken here,
/// only the result is rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Wide([u64; LIMBS]);

impl Wide {
    pub(super) fn product(self, factor: Self) -> Self {
        let mut limbs = [0; LIMBS];
        for (shift, left) in self.used().iter().enumerate() {
            let mut carry = 0;
            let mut places = limbs.iter_mut().skip(shift);
            for (right, place) in factor.used().iter().zip(&mut places) {
                let term = u128::from(*left) * u128::from(*right) + u128::from(*place) + carry;
                (*place, carry) = (low(term), term >> 64);
            }
            // Nothing stands there yet: the limbs before reached one place less far.
            if let Some(place) = places.next() {
                *place = low(carry);
            }
        }
        Self(limbs)
    }

    /// The limbs up to the last one that counts: most numbers are far from filling them all.
    fn used(&self) -> &[u64] {
        let zeros = self.0.iter().rev().take_while(|limb| **limb == 0).count();
        self.0.get(..LIMBS - zeros).unwrap_or_default()
    }

    pub(super) fn plus(mut self, other: Self) -> Self {
        let mut carry = 0;
        for (place, right) in self.0.iter_mut().zip(other.0) {
            let term = u128::from(*place) + u128::from(right) + carry;
            (*place, carry) = (low(term), term >> 64);
        }
        self
    }

    /// The difference, and zero where it would be negative.
    pub(super) fn minus(mut self, other: Self) -> Self {
        let mut borrow = false;
        for (place, right) in self.0.iter_mut().zip(other.0) {
            let (once, under) = place.overflowing_sub(right);
            let (twice, again) = once.overflowing_sub(u64::from(borrow));
            (*place, borrow) = (twice, under || again);
        }
        if borrow { Self([0; LIMBS]) } else { self }
    }

    /// Within a few units of the last place; all terms are positive, so nothing cancels.
    pub(super) fn to_f64(self) -> f64 {
        const LIMB: f64 = 18_446_744_073_709_551_616.0;
        self.0.into_iter().rev().fold(0.0, |sum, limb| sum * LIMB + limb as f64)
    }
}

impl From<U256> for Wide {
    fn from(value: U256) -> Self {
        let (high, least) = value.into_words();
        let mut limbs = [0; LIMBS];
        for (place, limb) in limbs.iter_mut().zip([low(least), low(least >> 64), low(high), low(high >> 64)]) {
            *place = limb;
        }
        Self(limbs)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low limb is what is asked for")]
fn low(value: u128) -> u64 {
    value as u64
}
