//! Whether promises were kept, period by period.

use super::statement::{Kept, PeriodState};
use super::terms::{Basis, Contract, Due, Guarantee};
use crate::facts::rows::HOUR;
use crate::report::{Report, Value};
use crate::units::{Amount, Instant};
use rust_decimal::Decimal;

/// What promises are judged by.
pub(super) struct Judge<'c> {
    pub contract: &'c Contract,
    pub figures: Option<&'c Report>,
    pub as_of: Instant,
}

impl Judge<'_> {
    /// A period with its promises judged, and what that costs or brings.
    pub fn judged(&self, mut period: PeriodState) -> PeriodState {
        let fees = period.fee + period.cap + period.minimum;
        for guarantee in &self.contract.guarantees {
            let kept = self.kept(guarantee, &period);
            let due = |due: Option<Due>| due.map_or(Decimal::ZERO, |due| self.amount(due, fees));
            let amount = match kept {
                Kept::Broken => -due(guarantee.penalty),
                Kept::Exceeded => due(guarantee.bonus),
                _ => Decimal::ZERO,
            };
            period.guarantees.insert(guarantee.name.clone(), amount);
            period.kept.insert(guarantee.name.clone(), kept);
        }
        period
    }

    fn amount(&self, due: Due, fees: Decimal) -> Decimal {
        let part = due.part_of_fee.map(|part| part * fees);
        due.amount.or(part).unwrap_or_default().round_dp(self.contract.places)
    }

    /// Judged only when everything closed in the period is old enough; then the figure stands, and so does the verdict.
    fn kept(&self, guarantee: &Guarantee, period: &PeriodState) -> Kept {
        let ripe = period.end.nanos().saturating_add(i64::from(self.contract.verify_hours) * HOUR);
        if self.as_of.nanos() < ripe {
            return Kept::Pending;
        }
        let value = guarantee
            .population()
            .and_then(|population| self.figures?.value(&guarantee.kpi, population, &[], Some(period.start)));
        value.map_or(Kept::NotJudged, |value| verdict(guarantee, value))
    }

    /// Promises that were broken so many times in a row, up to the latest period that is judged.
    pub fn fallen_back(&self, periods: &[PeriodState]) -> Vec<String> {
        let broken = |guarantee: &&Guarantee| {
            let Some(often) = guarantee.fallback_after else { return false };
            let judged = periods.iter().rev().filter_map(|period| period.kept.get(&guarantee.name));
            judged.skip_while(|kept| **kept == Kept::Pending).take_while(|kept| **kept == Kept::Broken).count() >= often
        };
        self.contract.guarantees.iter().filter(broken).map(|guarantee| guarantee.name.clone()).collect()
    }
}

fn verdict(guarantee: &Guarantee, value: &Value) -> Kept {
    let Some(point) = value.number().filter(|_| value.n >= guarantee.smallest) else { return Kept::NotJudged };
    let (low, high) = match (guarantee.basis, value.interval) {
        (Basis::Point, _) => (point, point),
        (Basis::Interval, Some(interval)) => (interval.low, interval.high),
        (Basis::Interval, None) => return Kept::NotJudged,
    };
    let number = |line: Decimal| Amount::from_decimal(line).to_f64();
    // Turned round, what must not lie above must not lie below.
    let (line, low, high, sign) = match (guarantee.at_least, guarantee.at_most) {
        (Some(line), _) => (number(line), low, high, 1.0),
        (_, Some(line)) => (-number(line), -high, -low, -1.0),
        _ => return Kept::NotJudged,
    };
    if guarantee.bonus_from.is_some_and(|from| low >= sign * number(from)) {
        Kept::Exceeded
    } else if low >= line {
        Kept::Kept
    } else if high < line {
        Kept::Broken
    } else {
        Kept::Inconclusive
    }
}
