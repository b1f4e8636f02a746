//! Curves as tables with what they say.

use super::sealed::{Pieces, Tell};
use crate::compare::{Curves, LoadCurve, Part, RecontactCurve, ThresholdCurve, Trend};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, quiet, say};

impl Tell for Curves {
    fn title(&self) -> String {
        "Curves over contacts".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset("");
        let parts =
            [recontact(&self.recontact, numbers), load(&self.load, numbers), threshold(&self.threshold, numbers)];
        parts.into_iter().flatten().collect()
    }
}

fn part(part: &Part, numbers: Numbers<'_>) -> Cell {
    Cell::rate(part.rate(), part.interval, numbers)
}

/// The hours that are told; a page draws the rest.
const TOLD: [u64; 4] = [24, 48, 72, 168];

fn recontact(curve: &RecontactCurve, numbers: Numbers<'_>) -> Vec<Piece> {
    let mut table = Table::new(
        "Resolved contacts whose customer has come back, by hours since closing (Kaplan and Meier)",
        &[
            Column::Name("Whose contacts"),
            Column::Number("Hours"),
            Column::Number("Came back"),
            Column::Number("Still watched"),
            Column::Number("Old ones alone"),
        ],
    );
    for returns in &curve.curves {
        for point in returns.points.iter().filter(|point| TOLD.contains(&point.hours)) {
            let mature = returns.mature.iter().find(|mature| mature.hours == point.hours);
            table.row([
                Cell::of(returns.population.in_words()),
                Cell::count(point.hours),
                Cell::rate(Some(point.back), point.interval, numbers),
                Cell::count(point.at_risk),
                mature.map_or_else(|| Cell::of("–"), |m| part(&m.part, numbers).part(None)),
            ]);
        }
    }
    let left_out: u64 = curve.curves.iter().map(|returns| returns.left_out).sum();
    let test = curve.p_value.map_or_else(String::new, |p| {
        format!(" Whether AI's and people's differ over {} hours: {}.", curve.hours, numbers::chance(p))
    });
    let note = format!(
        "Contacts that are too new for a rate are in the curve for as long as they were watched. {} of unknown customers are left out.{test}",
        numbers::count(left_out)
    );
    [Piece::Heading("Who came back when".into()), quiet(note)].into_iter().chain(table.piece()).collect()
}

fn trend(name: &str, down: &str, up: &str, trend: Option<Trend>) -> String {
    match trend {
        Some(trend) => {
            let course = if trend.z < 0.0 { down } else { up };
            format!("{name} {course} with load ({})", numbers::chance(trend.p_value))
        }
        None => format!("{name} cannot be tested"),
    }
}

fn load(curve: &LoadCurve, numbers: Numbers<'_>) -> Vec<Piece> {
    let mut table = Table::new(
        "By how many other contacts the AI had in progress",
        &[
            Column::Name("Others in progress"),
            Column::Number("Contacts"),
            Column::Number("Resolved"),
            Column::Number("Right answers"),
            Column::Number("First reply, half within"),
        ],
    );
    for bin in &curve.bins {
        let name = if bin.from == bin.to { bin.from.to_string() } else { format!("{} to {}", bin.from, bin.to) };
        let wait = bin.first_response.map_or_else(
            || Cell::of("–"),
            |found| Cell::of(numbers::duration(found.median, found.interval.map(|i| i.high - i.low))),
        );
        table.row([
            Cell::of(name),
            Cell::count(bin.contacts),
            part(&bin.resolved, numbers),
            part(&bin.accurate, numbers).part(None),
            wait,
        ]);
    }
    let tests = [
        trend("resolution", "falls", "rises", curve.resolved),
        trend("accuracy", "falls", "rises", curve.accurate),
        trend("the first reply", "comes sooner", "comes later", curve.first_response),
    ];
    let head = Piece::Heading("Does it hold when it is busy?".into());
    match table.piece() {
        Some(table) => vec![head, say(format!("{}.", crate::render::words::capital(&tests.join("; ")))), table],
        None => vec![head, say("AI met no contact.")],
    }
}

/// Thresholds that are all told.
const MOST_THRESHOLDS: usize = 11;

fn threshold(curve: &ThresholdCurve, numbers: Numbers<'_>) -> Vec<Piece> {
    let mut table = Table::new(
        "What each threshold of its confidence would let the AI serve",
        &[
            Column::Name("Threshold"),
            Column::Number("Served"),
            Column::Number("Resolved"),
            Column::Number("Verified"),
            Column::Number("Forgone"),
        ],
    );
    // Every twentieth is finer than anybody reads.
    let every = if curve.points.len() > MOST_THRESHOLDS { 2 } else { 1 };
    for point in curve.points.iter().step_by(every) {
        table.row([
            Cell::of(point.threshold.normalize().to_string()),
            part(&point.served, numbers),
            part(&point.resolved, numbers).part(None),
            part(&point.verified, numbers),
            part(&point.forgone, numbers).part(None),
        ]);
    }
    let head = Piece::Heading("Where to let the AI answer".into());
    let note = quiet(format!(
        "Forgone: of what would go to people, the part that was verified all the same. {} contacts without a confidence are left out.",
        numbers::count(curve.left_out)
    ));
    match table.piece() {
        Some(table) => vec![head, note, table],
        None => vec![head, say("No contact that AI met has a confidence.")],
    }
}
