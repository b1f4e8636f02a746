//! A value as a dot on a thin line, with its interval as a thicker piece of it.

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
        "<svg class=\"range\" viewBox=\"0 0 160 12\" aria-hidden=\"true\" focusable=\"false\"><path class=\"track\" d=\"M4 6H156\"/>"
    );
    if scale.low < 0.0 {
        put!(page, "<path class=\"nought\" d=\"M" {scale.x(0.0)} " 1V11\"/>");
    }
    put!(page, "<path class=\"reach\" d=\"M" {low} " 6H" {high} "M" {low} " 3V9M" {high} " 3V9\"/>");
    put!(page, "<circle class=\"dot\" cx=\"" {scale.x(number)} "\" cy=\"6\" r=\"3.5\"/></svg>");
}
