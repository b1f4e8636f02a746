//! Chance that falls the same way on every machine: a `SplitMix64` and integer arithmetic only.

/// The seed of the whole bundle. Another number is another half year.
const SEED: u64 = 0x5EED_2026_0701_0042;

/// A source of chance with its own sequence.
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// The dice for the `number`th thing of one purpose, so that a change in one place leaves the others as they were.
    pub fn of(purpose: &str, number: u64) -> Self {
        let mut dice = Self { state: SEED };
        for byte in purpose.bytes() {
            dice.state = dice.draw() ^ u64::from(byte);
        }
        dice.state = dice.draw() ^ number;
        dice.state = dice.draw();
        dice
    }

    /// The next 64 bits.
    pub const fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from 0 up to, not including, `bound`; 0 when there is none.
    pub fn below(&mut self, bound: i64) -> i64 {
        let bound = u64::try_from(bound).unwrap_or(0);
        i64::try_from((u128::from(self.draw()) * u128::from(bound)) >> 64).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True in `permille` of a thousand cases.
    pub fn chance(&mut self, permille: i64) -> bool {
        self.below(1000) < permille
    }

    /// A number from `low` to `high` that is mostly near the middle: the mean of three even draws.
    pub fn bell(&mut self, low: i64, high: i64) -> i64 {
        (self.between(low, high) + self.between(low, high) + self.between(low, high)).div_euclid(3)
    }

    /// A number from `low` to `high` with a long tail: mostly small, a quarter of the way on average.
    pub fn skewed(&mut self, low: i64, high: i64) -> i64 {
        low + (high - low) * self.between(0, 1000) * self.between(0, 1000) / 1_000_000
    }

    /// How many of `n` come true when each does in `permille` of a thousand cases.
    pub fn count(&mut self, n: i64, permille: i64) -> i64 {
        (0..n).map(|_| i64::from(self.chance(permille))).sum()
    }

    /// The place of one weight, drawn in proportion.
    pub fn place(&mut self, weights: impl Iterator<Item = i64> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        for (place, weight) in weights.enumerate() {
            left -= weight;
            if left < 0 {
                return place;
            }
        }
        0
    }

    /// One of a few choices, drawn by weight.
    ///
    /// # Panics
    /// When there is no choice.
    pub fn pick<T: Copy>(&mut self, choices: &[(T, i64)]) -> T {
        choices[self.place(choices.iter().map(|(_, weight)| *weight))].0
    }
}
