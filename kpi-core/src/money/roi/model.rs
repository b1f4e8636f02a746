//! Month by month: one loop, for decimals that are shown and for floats that are drawn by the thousand.

use super::super::problems::{decimal, rounded};
use super::inputs::Values;
use crate::units::Amount;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::ops::{Add, Div, Mul, Sub};

/// A number that the months can be calculated in.
pub trait Figure:
    Copy + PartialOrd + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    const ZERO: Self;
    const ONE: Self;
    /// More contacts a month than any desk has; within it no amount overflows.
    const MOST_CONTACTS: Self;
    fn of(value: Decimal) -> Self;
    fn whole(count: u32) -> Self;
    /// The nearest whole number of months.
    fn count(self) -> u32;
    /// Half-even to 6 places, as contacts and money of a month are kept.
    fn rounded(self) -> Self;
    /// To 9 places, for rates and for contacts that go on growing.
    fn finer(self) -> Self;
}

impl Figure for Decimal {
    const ZERO: Self = Self::ZERO;
    const ONE: Self = Self::ONE;
    const MOST_CONTACTS: Self = decimal(10_000_000_000, 0);

    fn of(value: Decimal) -> Self {
        value
    }

    fn whole(count: u32) -> Self {
        Self::from(count)
    }

    fn count(self) -> u32 {
        self.to_u32().unwrap_or(0)
    }

    fn rounded(self) -> Self {
        rounded(self, 6)
    }

    fn finer(self) -> Self {
        rounded(self, 9)
    }
}

/// Only +, −, × and ÷, which every platform rounds alike.
impl Figure for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;
    const MOST_CONTACTS: Self = 1e10;

    fn of(value: Decimal) -> Self {
        Amount::from_decimal(value).to_f64()
    }

    fn whole(count: u32) -> Self {
        count.into()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months are few, and never negative")]
    fn count(self) -> u32 {
        (self + 0.5) as u32
    }

    fn rounded(self) -> Self {
        self
    }

    fn finer(self) -> Self {
        self
    }
}

/// The inputs as the months need them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan<N> {
    pub months: u32,
    pub ramp_months: u32,
    pub ramp_start: N,
    pub volume: N,
    pub growth: N,
    pub ai_share: N,
    pub resolution_rate: N,
    pub claimed_rate: N,
    pub human_cost: N,
    pub review_cost: N,
    pub usage_cost: N,
    pub fee_per_attempt: N,
    pub fee_per_resolution: N,
    pub fixed: N,
    pub once: N,
    pub revenue_each: N,
    pub revenue_fixed: N,
}

impl<N: Figure> Plan<N> {
    /// Of inputs that are checked.
    pub fn of(v: &Values<N>) -> Self {
        Self {
            months: v.horizon_months.count(),
            ramp_months: v.ramp_months.count(),
            ramp_start: v.ramp_start,
            volume: v.monthly_volume,
            growth: N::ONE + v.monthly_growth,
            ai_share: v.ai_share,
            resolution_rate: v.resolution_rate,
            claimed_rate: v.claimed_resolution_rate,
            human_cost: v.human_cost_per_contact,
            review_cost: (v.failed_review_minutes * v.human_cost_per_contact / v.human_minutes_per_contact).rounded(),
            usage_cost: (v.api_cost_per_attempt * (N::ONE + v.retry_rate)).rounded(),
            fee_per_attempt: v.fee_per_attempt,
            fee_per_resolution: v.fee_per_resolution,
            fixed: fixed(v).iter().fold(N::ZERO, |sum, amount| sum + *amount).rounded(),
            once: (v.implementation + v.staff_training).rounded(),
            revenue_each: (v.revenue_per_resolution * v.revenue_margin).rounded(),
            revenue_fixed: (v.revenue_per_month * v.revenue_margin).rounded(),
        }
    }

    /// The part of the full rate that a month reaches.
    pub fn ramp(&self, month: u32) -> N {
        if month >= self.ramp_months {
            return N::ONE;
        }
        let climbed = N::whole(month - 1) / N::whole(self.ramp_months - 1);
        (self.ramp_start + (N::ONE - self.ramp_start) * climbed).finer()
    }

    /// Every month, the first one being 0, in which things are set up. Nothing when the volume grows past any desk's.
    pub fn run(&self, mut each: impl FnMut(&Month<N>)) -> Option<()> {
        let setting_up = Month { implementation: self.once, net: N::ZERO - self.once, ..Month::zero(0) };
        let mut cumulative = setting_up.net;
        each(&Month { cumulative, ..setting_up });
        let mut volume = self.volume;
        for number in 1..=self.months {
            if volume > N::MOST_CONTACTS {
                return None;
            }
            let month = self.month(number, volume, cumulative);
            cumulative = month.cumulative;
            each(&month);
            if self.growth != N::ONE {
                volume = (volume * self.growth).finer();
            }
        }
        Some(())
    }

    /// A month, with what all months before it came to.
    fn month(&self, number: u32, volume: N, before: N) -> Month<N> {
        let ramp = self.ramp(number);
        let attempts = (volume * self.ai_share).rounded();
        let resolved = (attempts * (self.resolution_rate * ramp).finer()).rounded();
        let claims = self.claimed_rate != self.resolution_rate;
        let billed = if claims { (attempts * (self.claimed_rate * ramp).finer()).rounded() } else { resolved };
        let failed = attempts - resolved;
        let cost_avoidance = (resolved * self.human_cost).rounded();
        let revenue = (resolved * self.revenue_each).rounded() + self.revenue_fixed;
        let usage = (attempts * self.usage_cost).rounded();
        let fees = (attempts * self.fee_per_attempt + billed * self.fee_per_resolution).rounded();
        let review = (failed * self.review_cost).rounded();
        let net = cost_avoidance + revenue - (usage + fees + review + self.fixed);
        Month {
            month: number,
            volume,
            attempts,
            resolved,
            billed,
            failed,
            cost_avoidance,
            revenue,
            usage,
            fees,
            review,
            fixed: self.fixed,
            implementation: N::ZERO,
            net,
            cumulative: before + net,
        }
    }
}

/// What a month costs whatever happens in it.
pub(super) fn fixed<N: Figure>(v: &Values<N>) -> [N; 9] {
    [
        v.platform_per_month,
        v.licences_per_month,
        v.infrastructure_per_month,
        v.observability_per_month,
        v.vector_db_per_month,
        v.training_data_per_month,
        v.oversight_per_month,
        v.quality_assurance_per_month,
        v.management_per_month,
    ]
}

/// One month. Contacts and money are kept to 6 places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month<N = Decimal> {
    /// Which; 0 is when things are set up.
    pub month: u32,
    /// Contacts.
    pub volume: N,
    /// Those that the AI answers first.
    pub attempts: N,
    /// Those of them that are resolved and hold.
    pub resolved: N,
    /// Those that the vendor counts as resolved.
    pub billed: N,
    /// Those that people have to do after all.
    pub failed: N,
    /// What people would have cost for the resolved ones.
    pub cost_avoidance: N,
    /// New revenue, as far as it is left after what it costs to deliver.
    pub revenue: N,
    /// Models, calls that are made again included.
    pub usage: N,
    /// The vendor's fees by contact and by resolution.
    pub fees: N,
    /// People's time on what the AI tried and failed.
    pub review: N,
    /// What a month costs whatever happens in it.
    pub fixed: N,
    /// Setting it up.
    pub implementation: N,
    /// What comes in and is avoided, less what is spent: the cash flow.
    pub net: N,
    /// The same of all months so far.
    pub cumulative: N,
}

impl<N: Figure> Month<N> {
    pub(super) fn zero(month: u32) -> Self {
        let nought = N::ZERO;
        Self {
            month,
            volume: nought,
            attempts: nought,
            resolved: nought,
            billed: nought,
            failed: nought,
            cost_avoidance: nought,
            revenue: nought,
            usage: nought,
            fees: nought,
            review: nought,
            fixed: nought,
            implementation: nought,
            net: nought,
            cumulative: nought,
        }
    }

    /// What is spent.
    pub(super) fn cost(&self) -> N {
        self.usage + self.fees + self.review + self.fixed + self.implementation
    }

    /// Takes in a later month, of all months so far but what failed: that is what was tried and not resolved.
    pub(super) fn take_in(&mut self, later: &Self, plan: &Plan<N>) {
        self.month = later.month;
        self.volume = self.volume + later.volume;
        self.attempts = self.attempts + later.attempts;
        self.resolved = self.resolved + later.resolved;
        let claims = plan.claimed_rate != plan.resolution_rate;
        self.billed = if claims { self.billed + later.billed } else { self.resolved };
        self.cost_avoidance = self.cost_avoidance + later.cost_avoidance;
        self.revenue = self.revenue + later.revenue;
        self.usage = self.usage + later.usage;
        self.fees = self.fees + later.fees;
        self.review = self.review + later.review;
        self.fixed = plan.fixed * N::whole(later.month);
        self.implementation = plan.once;
        (self.net, self.cumulative) = (later.cumulative, later.cumulative);
    }
}
