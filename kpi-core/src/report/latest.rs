//! Of all that trends hold, what a reader asks first: how the last period that is over differs from the one before.

use super::trends::{Against, Change, Point, Series, Trends};
use crate::evidence::holm;

/// How a figure's last complete period differs from the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatestChange<'t> {
    /// Which figure of which group.
    pub series: &'t Series,
    /// The last complete period.
    pub point: &'t Point,
    /// Against the one before.
    pub change: &'t Change,
    /// How likely such a change is by chance, adjusted for all that there are (Holm).
    pub adjusted_p_value: f64,
}

impl Trends {
    /// Each figure's last complete period against the one before, where a test is sound; surest first, equal ones in the order
    /// of the series.
    pub fn latest(&self) -> Vec<LatestChange<'_>> {
        let tested: Vec<(&Series, &Point, &Change, f64)> = self.series.iter().filter_map(last).collect();
        let p_values: Vec<f64> = tested.iter().map(|(.., p)| *p).collect();
        let all = tested.into_iter().zip(holm(&p_values));
        let mut all: Vec<LatestChange<'_>> = all
            .map(|((series, point, change, _), adjusted_p_value)| LatestChange {
                series,
                point,
                change,
                adjusted_p_value,
            })
            .collect();
        all.sort_by(|a, b| a.adjusted_p_value.total_cmp(&b.adjusted_p_value));
        all
    }
}

fn last(series: &Series) -> Option<(&Series, &Point, &Change, f64)> {
    let point = series.points.iter().rfind(|point| point.complete)?;
    let change = point.changes.iter().find(|change| change.against == Against::PreviousPeriod)?;
    Some((series, point, change, change.p_value?))
}
