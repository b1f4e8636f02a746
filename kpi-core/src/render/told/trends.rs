//! What changed from period to period, in words: only what is beyond chance, with how many figures were looked at.

use super::sealed::{Pieces, Tell};
use crate::evidence::holm;
use crate::kpis::{Better, find};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Table, combination, quiet, say};
use crate::render::words;
use crate::report::{Against, Change, Point, Series, Trends};

/// Rows that are told, at most.
const MOST: usize = 40;

struct Changed<'t> {
    series: &'t Series,
    point: &'t Point,
    change: &'t Change,
    adjusted: f64,
}

impl Tell for Trends {
    fn title(&self) -> String {
        "What changed".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let all = self.latest();
        let looked_at = numbers::count(all.len() as u64);
        let beyond: Vec<&Changed<'_>> = all.iter().filter(|c| c.adjusted < 1.0 - self.confidence_level).collect();
        let Some(first) = beyond.first() else {
            return [say(format!(
                "Nothing in the last complete period differs from the one before beyond chance; {looked_at} figures and groups were looked at."
            ))]
            .into_iter()
            .collect();
        };
        let last = words::period(&first.point.period);
        let mut table = Table::new(
            format!("{} against the period before", words::capital(&last)),
            &[Column::Name("Figure"), Column::Number("Now"), Column::Number("Change"), Column::Words("Chance")],
        );
        for changed in beyond.iter().take(MOST) {
            table.row(cells(changed, numbers));
        }
        let unequal = if beyond.iter().all(|changed| changed.change.equal_lengths) {
            ""
        } else {
            " The two periods are not equally long, which rates and means do not mind."
        };
        let head = quiet(format!(
            "Only what chance is a poor explanation for, after {looked_at} looks. A period that is not over yet is compared with nothing.{unequal}"
        ));
        [head].into_iter().chain(table.piece()).collect()
    }
}

impl Trends {
    /// Each figure's last complete period against the one before, where a test is sound; surest first.
    fn latest(&self) -> Vec<Changed<'_>> {
        let changed = |series: &'_ Series| -> Option<(usize, usize)> {
            let at = series.points.iter().rposition(|point| point.complete)?;
            let change = series
                .points
                .get(at)?
                .changes
                .iter()
                .position(|c| c.against == Against::PreviousPeriod && c.p_value.is_some())?;
            Some((at, change))
        };
        let mut all: Vec<Changed<'_>> = Vec::new();
        for series in &self.series {
            let Some((at, place)) = changed(series) else { continue };
            let Some(point) = series.points.get(at) else { continue };
            if let Some(change) = point.changes.get(place) {
                all.push(Changed { series, point, change, adjusted: 1.0 });
            }
        }
        let p_values: Vec<f64> = all.iter().filter_map(|changed| changed.change.p_value).collect();
        for (changed, adjusted) in all.iter_mut().zip(holm(&p_values)) {
            changed.adjusted = adjusted;
        }
        all.sort_by(|a, b| a.adjusted.total_cmp(&b.adjusted));
        all
    }
}

fn cells(changed: &Changed<'_>, numbers: Numbers<'_>) -> [Cell; 4] {
    let Changed { series, point, change, adjusted } = changed;
    let better = find(series.id).map_or(Better::Neither, |kpi| kpi.better);
    let (mark, course) = match (better, change.difference > 0.0) {
        (Better::Neither, true) => ("▲", ""),
        (Better::Neither, false) => ("▼", ""),
        (Better::Higher, true) => ("▲", "better"),
        (Better::Lower, false) => ("▼", "better"),
        (Better::Lower, true) => ("▲", "worse"),
        (Better::Higher, false) => ("▼", "worse"),
    };
    let place = [series.population.in_words().to_owned(), combination(&series.by)];
    let place: Vec<String> = place.into_iter().filter(|p| !p.is_empty()).collect();
    let range = change.interval.map_or_else(String::new, |i| numbers.difference_interval(series.unit, i));
    [
        Cell::of(words::name(series.id)).small(place.join(" · ")),
        Cell::value(&point.value, numbers),
        Cell::of(format!("{mark} {}", numbers.difference(series.unit, change.difference, change.interval)))
            .small(range),
        Cell::of(format!("{course} {}", numbers::chance(*adjusted)).trim().to_owned())
            .small(format!("n = {}", numbers::count(point.value.n)))
            .doubt(course == "worse"),
    ]
}
