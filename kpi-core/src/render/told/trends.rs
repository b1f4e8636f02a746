//! What changed from period to period, in words: only what is beyond chance, with how many figures were looked at.

use super::sealed::{Pieces, Tell};
use crate::kpis::{Course, find};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Table, arrow, quiet, say, whose};
use crate::render::words;
use crate::report::{LatestChange, Trends};

/// Rows that are told, at most.
const MOST: usize = 40;

impl Tell for Trends {
    fn title(&self) -> String {
        "What changed".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let all = self.latest();
        let looked_at = numbers::count(all.len() as u64);
        let beyond: Vec<&LatestChange<'_>> =
            all.iter().filter(|c| c.adjusted_p_value < 1.0 - self.confidence_level).collect();
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

fn cells(changed: &LatestChange<'_>, numbers: Numbers<'_>) -> [Cell; 4] {
    let LatestChange { series, point, change, adjusted_p_value } = changed;
    let course = find(series.id).map_or(Course::Neither, |kpi| kpi.better.course(change.difference));
    let range = change.interval.map_or_else(String::new, |i| numbers.difference_interval(series.unit, i));
    let difference = numbers.difference(series.unit, change.difference, change.interval);
    [
        Cell::of(words::name(series.id)).small(whose(series.population, &series.by)),
        Cell::value(&point.value, numbers),
        Cell::of(format!("{} {difference}", arrow(change.difference))).small(range),
        Cell::of(format!("{} {}", judged(course), numbers::chance(*adjusted_p_value)).trim().to_owned())
            .small(format!("n = {}", numbers::count(point.value.n)))
            .doubt(course == Course::Worse),
    ]
}

/// Where a figure has no good way, nothing.
const fn judged(course: Course) -> &'static str {
    match course {
        Course::Neither => "",
        course => course.name(),
    }
}
