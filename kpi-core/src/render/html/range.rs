//! A value as a mark on a thin line, with its interval as a thicker piece of it.

use super::markup::{Markup, put, tenth};
use crate::kpis::Unit;
use crate::report::Value;

const WIDTH: f64 = 160.0;
const EDGE: f64 = 4.0;

/// The stretch of numbers that a line stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// One for figures that are compared with one another: from nought to one for shares, else from nought to the
    /// furthest end.
    pub(super) fn over<'v>(values: impl Iterator<Item = &'v Value>) -> Option<Self> {
        let (mut low, mut high, mut share) = (0.0_f64, 0.0_f64, false);
        for value in values.filter(|v| v.interval.is_some()) {
            let interval = value.interval?;
            low = low.min(interval.low);
            high = high.max(interval.high);
            share = value.unit == Unit::Ratio;
        }
        if share && low >= 0.0 && high <= 1.0 {
            high = 1.0;
        }
        (high > low).then_some(Self { low, high })
    }

    fn x(self, value: f64) -> f64 {
        tenth(EDGE + (value - self.low) / (self.high - self.low) * (WIDTH - 2.0 * EDGE))
    }
}

/// Draws it; its numbers stand beside it in words, so it is hidden from those who listen.
pub(super) fn draw(page: &mut Markup, value: &Value, scale: Option<Scale>) {
    let (Some(interval), Some(number), Some(scale)) = (value.interval, value.number(), scale) else { return };
    let (low, high) = (scale.x(interval.low), scale.x(interval.high));
    put!(
        page,
        "<svg class=\"range\" viewBox=\"0 0 160 14\" aria-hidden=\"true\">"
        "<path class=\"track\" d=\"M4 7H156M4 4V10M156 4V10\"/>"
    );
    if scale.low < 0.0 {
        put!(page, "<path class=\"nought\" d=\"M" {scale.x(0.0)} " 1V13\"/>");
    }
    put!(
        page,
        "<rect class=\"reach\" x=\"" {low} "\" y=\"3\" width=\"" {tenth((high - low).max(1.0))}
        "\" height=\"8\" rx=\"1.5\"/>"
    );
    put!(page, "<path class=\"value-mark\" d=\"M" {scale.x(number)} " 0V14\"/></svg>");
}
