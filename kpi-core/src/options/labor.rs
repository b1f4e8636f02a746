//! What human work costs by the second, from what a year of it costs.

use super::Labor;
use crate::units::{Amount, ExactSum, Overflow};
use ethnum::I256;
use rust_decimal::Decimal;

/// The price of human work as a fraction, so that nothing is rounded before a contact's cost is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaborRate {
    /// What a year of one person costs.
    year: ExactSum,
    /// Seconds of that year spent on contacts.
    seconds: ExactSum,
}

/// No year of work costs more, or has more seconds; within it, the products below fit 256 bits.
const MOST: i64 = 10_000_000_000_000;

impl LaborRate {
    /// From the labour model: salary with benefits and management, hiring spread over the tenure that attrition
    /// implies, tools and quality assurance; over the hours that are spent on contacts. Exact, but for digits past
    /// the 28th place.
    ///
    /// Nothing when the year costs more than anybody pays, or has no second that is spent on contacts.
    pub fn new(labor: &Labor) -> Option<Self> {
        let (year, seconds) = (loaded_year(labor).ok()?, productive_seconds(labor).ok()?);
        let (one, most) = (ExactSum::from(1_i64), ExactSum::from(MOST));
        (year <= most && seconds >= one && seconds <= most).then_some(Self { year, seconds })
    }

    /// What one person costs in a year.
    pub fn loaded_year(&self) -> ExactSum {
        self.year
    }

    /// What so many seconds of work cost, rounded half-even to 6 places.
    ///
    /// The year and the productive seconds share a scale, so it cancels out of the fraction. Work of more seconds
    /// than the universe is old may cost more than an amount holds; it then stops at the largest one.
    pub fn cost_of(&self, seconds: Amount) -> Amount {
        let seconds = seconds.trimmed();
        let millionths = self.year.wide().checked_mul(I256::from(1_000_000));
        let numerator = millionths.and_then(|m| m.checked_mul(I256::from(seconds.units)));
        let scale = 10_i128.checked_pow(u32::from(seconds.scale)).map(I256::from);
        let denominator = scale.and_then(|s| self.seconds.wide().checked_mul(s));
        let cost = numerator.zip(denominator).map(|(n, d)| crate::units::exact::div_half_even(n, d));
        Amount { units: cost.and_then(|c| i128::try_from(c).ok()).unwrap_or(i128::MAX), scale: 6 }
    }
}

impl Labor {
    /// What makes no sense about it, each a sentence without its full stop.
    pub(crate) fn problems(&self) -> Vec<String> {
        let parts = [
            ("salary", self.salary),
            ("benefits_rate", self.benefits_rate),
            ("recruitment_per_hire", self.recruitment_per_hire),
            ("training_per_hire", self.training_per_hire),
            ("annual_attrition", self.annual_attrition),
            ("management_rate", self.management_rate),
            ("tooling_per_year", self.tooling_per_year),
            ("qa_per_year", self.qa_per_year),
        ];
        let negative = parts.iter().filter(|(_, value)| value.is_sign_negative() && !value.is_zero());
        let mut wrong: Vec<String> = negative.map(|(name, _)| format!("`labor.{name}` is negative")).collect();
        if self.paid_hours_per_year <= Decimal::ZERO {
            wrong.push("`labor.paid_hours_per_year` must be above 0".into());
        }
        if self.utilisation <= Decimal::ZERO || self.utilisation > Decimal::ONE {
            wrong.push("`labor.utilisation` must be above 0 and at most 1".into());
        }
        if wrong.is_empty() && LaborRate::new(self).is_none() {
            wrong.push(
                "`labor` describes a year that costs over 10,000,000,000,000 or has no second of work in it; give the amounts and hours of one person".into(),
            );
        }
        wrong
    }
}

fn loaded_year(labor: &Labor) -> Result<ExactSum, Overflow> {
    let one = ExactSum::from(1_i64);
    let [salary, benefits, management] =
        [labor.salary, labor.benefits_rate, labor.management_rate].map(ExactSum::from_decimal);
    let pay = salary.mul(&(one + benefits))?.mul(&(one + management))?;
    let hire = ExactSum::from(labor.recruitment_per_hire) + ExactSum::from(labor.training_per_hire);
    let hiring = hire.mul(&labor.annual_attrition.into())?;
    Ok(pay + hiring + labor.tooling_per_year.into() + labor.qa_per_year.into())
}

fn productive_seconds(labor: &Labor) -> Result<ExactSum, Overflow> {
    ExactSum::from(labor.paid_hours_per_year).mul(&labor.utilisation.into())?.mul_int(3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(salary: Decimal, hours: Decimal) -> Labor {
        Labor {
            salary,
            benefits_rate: Decimal::new(25, 2),
            recruitment_per_hire: Decimal::from(4000),
            training_per_hire: Decimal::from(2500),
            annual_attrition: Decimal::new(3, 1),
            management_rate: Decimal::new(1, 1),
            tooling_per_year: Decimal::from(1980),
            qa_per_year: Decimal::from(600),
            paid_hours_per_year: hours,
            utilisation: Decimal::new(75, 2),
        }
    }

    #[test]
    fn a_loaded_year_by_hand() {
        // 41,600 · 1.25 · 1.1 = 57,200; 6,500 · 0.3 = 1,950; with 1,980 and 600 that is 61,730.
        let rate = LaborRate::new(&model(Decimal::from(41_600), Decimal::from(2080)));
        assert_eq!(rate.map(|r| r.loaded_year()), Some(ExactSum::from(61_730_i64)));
        // 61,730 over 2,080 · 0.75 = 1,560 hours is 10.991809 for a thousand seconds.
        let cost = rate.map(|r| r.cost_of(Amount::whole(1000)));
        assert_eq!(cost, Some(Amount { units: 10_991_809, scale: 6 }));
    }

    #[test]
    fn absurd_years_are_refused_and_absurd_work_does_not_wrap() {
        let hours = Decimal::from(2080);
        assert_eq!(LaborRate::new(&model(Decimal::MAX, hours)), None);
        assert_eq!(LaborRate::new(&model(Decimal::from(MOST), hours)), None);
        assert_eq!(LaborRate::new(&model(Decimal::ONE, Decimal::MAX)), None);
        assert_eq!(LaborRate::new(&model(Decimal::ONE, Decimal::new(1, 28))), None);
        let dearest = LaborRate::new(&model(Decimal::from(7_000_000_000_000_i64), Decimal::new(1, 3)));
        let most = Amount::from_decimal(Decimal::MAX);
        assert_eq!(dearest.map(|r| r.cost_of(most).units), Some(i128::MAX));
        let finest = Amount { units: most.units, scale: 28 };
        assert!(dearest.is_some_and(|r| r.cost_of(finest).units < i128::MAX));
    }
}
