//! What human work costs by the second, from what a year of it costs.

use crate::input::text::Amount;
use crate::options::Labor;
use crate::units::ExactSum;
use ethnum::I256;
use rust_decimal::Decimal;

/// The price of human work as a fraction, so that nothing is rounded before a contact's cost is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaborRate {
    /// A year of one person, in millionths of 10⁻⁶… as an exact sum.
    year: ExactSum,
    /// Seconds of that year spent on contacts.
    seconds: ExactSum,
}

impl LaborRate {
    /// From the labour model: salary with benefits and management, hiring spread over the tenure that attrition
    /// implies, tools and quality assurance; over the hours that are spent on contacts.
    pub fn new(labor: &Labor) -> Self {
        let one = Decimal::ONE;
        let pay = labor.salary * (one + labor.benefits_rate) * (one + labor.management_rate);
        let hiring = (labor.recruitment_per_hire + labor.training_per_hire) * labor.annual_attrition;
        let year = pay + hiring + labor.tooling_per_year + labor.qa_per_year;
        let seconds = labor.paid_hours_per_year * labor.utilisation * Decimal::from(3600);
        Self { year: ExactSum::from_decimal(year), seconds: ExactSum::from_decimal(seconds) }
    }

    /// What one person costs in a year.
    pub fn loaded_year(&self) -> ExactSum {
        self.year
    }

    /// What so many seconds of work cost, rounded half-even to 6 places.
    pub fn cost_of(&self, seconds: Amount) -> Amount {
        let micros = self.micros(seconds).unwrap_or(0);
        Amount { units: micros, scale: 6 }
    }

    /// seconds · year / productive seconds, in millionths. The year and the productive seconds share a scale, so it
    /// cancels out of the fraction.
    fn micros(&self, seconds: Amount) -> Option<i128> {
        let seconds = seconds.trimmed();
        let numerator = self.year.wide().checked_mul(I256::from(seconds.units))?.checked_mul(I256::from(1_000_000))?;
        let scale = 10_i128.checked_pow(u32::from(seconds.scale))?;
        let denominator = self.seconds.wide().checked_mul(I256::from(scale))?;
        i128::try_from(crate::units::exact::div_half_even(numerator, denominator)).ok()
    }
}
