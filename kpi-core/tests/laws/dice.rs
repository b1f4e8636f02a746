//! Choices that follow from a seed.

/// A stream of choices (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ x >> 31
    }

    /// From 0 to `n` − 1; 0 when there is no choice.
    pub fn below(&mut self, n: i64) -> i64 {
        self.roll().checked_rem(n.unsigned_abs()).map_or(0, u64::cast_signed)
    }

    /// The same for positions.
    pub fn place(&mut self, n: usize) -> usize {
        usize::try_from(self.below(i64::try_from(n).unwrap())).unwrap()
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.place(of.len())]
    }

    pub fn maybe<T>(&mut self, percent: i64, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| value(self))
    }

    pub fn flag(&mut self, percent: i64) -> Option<bool> {
        self.maybe(percent, |d| d.chance(60))
    }

    pub fn word(&mut self, percent: i64, of: &[&str]) -> Option<String> {
        self.maybe(percent, |d| d.pick(of).to_owned())
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.place(last + 1));
        }
    }
}
