//! Draws by lot that are the same on every machine.

/// Numbers from 0 up to 1, without end.
pub struct Lot(pub u64);

impl Iterator for Lot {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        // Knuth's linear congruences; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

impl Lot {
    /// How many of so many draws are below a chance.
    #[allow(dead_code, reason = "not every test counts hits")]
    pub fn hits(&mut self, draws: usize, chance: f64) -> usize {
        self.take(draws).filter(|drawn| *drawn < chance).count()
    }
}
