//! One side against another, drift, and rates without their judge's mistakes, in words.

use super::sealed::{Pieces, Tell};
use crate::compare::{ComparedFigure, Comparison, CorrectedRate, Drift, NotCorrected, ParityVerdict, SideFound};
use crate::kpis::{Course, Unit};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, doubt, quiet, say};
use crate::render::words;
use rust_decimal::prelude::ToPrimitive;

/// `v2: 1,234 contacts in 28 days`.
pub(super) fn side(side: &SideFound) -> String {
    format!("{}: {} contacts in {} days", side.label, numbers::count(side.contacts), (side.days * 10.0).round() / 10.0)
}

impl Tell for Comparison {
    fn title(&self) -> String {
        format!("{} against {}", self.a.label, self.b.label)
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let mut pieces = vec![quiet(format!("{}. {}.", side(&self.a), words::capital(&side(&self.b))))];
        if !self.equal_lengths {
            pieces.push(quiet("The sides are not equally long, so counts and sums are compared by the day only."));
        }
        let mut table = Table::new(
            format!("{} less {}; chance after {} tests", self.a.label, self.b.label, self.tests),
            &[
                Column::Name("Figure"),
                Column::Number("A"),
                Column::Number("B"),
                Column::Number("Difference"),
                Column::Words("Finding"),
            ],
        );
        for figure in &self.figures {
            table.row(cells(figure, numbers));
        }
        pieces.extend(table.piece());
        if !self.left_out.is_empty() {
            let names: Vec<String> = self.left_out.iter().map(|id| words::name(id)).collect();
            pieces.push(quiet(format!("Of the whole input only, and of no side: {}.", names.join(", "))));
        }
        pieces.into_iter().collect()
    }
}

fn cells(figure: &ComparedFigure, numbers: Numbers<'_>) -> [Cell; 5] {
    let difference = match (&figure.difference, &figure.per_day) {
        (Some(difference), _) => Cell::of(numbers.difference(figure.unit, difference.to_f64(), figure.interval))
            .small(figure.interval.map_or_else(String::new, |i| numbers.difference_interval(figure.unit, i))),
        (None, Some(day)) => Cell::of(numbers.difference(figure.unit, day.difference, None)).small("a day"),
        (None, None) => Cell::of("–"),
    };
    let mut findings = Vec::new();
    let worse = figure.difference.is_some_and(|d| figure.better.course(d.to_f64()) == Course::Worse);
    match (figure.distinguishable, figure.adjusted_p_value) {
        (Some(true), p) => findings.push(format!("beyond chance{}", after(p))),
        (Some(false), p) => findings.push(format!("chance may explain it{}", after(p))),
        (None, _) => findings.push("not tested".to_owned()),
    }
    if let Some(parity) = &figure.parity {
        let margin = parity.margin.to_f64().map_or_else(String::new, |m| numbers.goal(figure.id, m));
        findings.push(match parity.verdict {
            ParityVerdict::NonInferior => format!("as good, within a margin of {margin}"),
            ParityVerdict::Inferior => format!("worse by more than {margin}"),
            ParityVerdict::Inconclusive => format!("not known whether within {margin}"),
        });
    }
    [
        Cell::of(words::name(figure.id)).small(figure.population.in_words()),
        Cell::value(&figure.a, numbers).small(format!("n = {}", numbers::count(figure.a.n))),
        Cell::value(&figure.b, numbers).small(format!("n = {}", numbers::count(figure.b.n))),
        difference,
        Cell::of(words::capital(&findings.join("; "))).doubt(figure.distinguishable == Some(true) && worse),
    ]
}

fn after(p: Option<f64>) -> String {
    p.map_or_else(|| ", by its interval alone".to_owned(), |p| format!(", {}", numbers::chance(p)))
}

impl Tell for Drift {
    fn title(&self) -> String {
        format!("Confidence: {} against {}", self.a.label, self.b.label)
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset("");
        let mut pieces = vec![quiet(format!(
            "{}, of which {} have a confidence. {}, of which {}.",
            side(&self.a),
            numbers::count(self.n_a),
            words::capital(&side(&self.b)),
            numbers::count(self.n_b)
        ))];
        match (&self.stability, &self.shift) {
            (Some(found), Some(shift)) => {
                let beyond = if found.is_beyond_chance() { "beyond" } else { "within" };
                let text = format!(
                    "The distribution is {}: a stability index of {:.3}, {beyond} the {:.3} that chance alone reaches in one of twenty cases. The values differ by {} at most ({}).",
                    words::plain_key(found.class.name()),
                    found.index,
                    found.by_chance,
                    numbers.share(shift.statistic, None),
                    numbers::chance(shift.p_value),
                );
                pieces.push(if found.is_beyond_chance() { doubt(text) } else { say(text) });
            }
            _ => pieces.push(say("One side has no confidence, so there is nothing to compare.")),
        }
        let columns = [Column::Name("Confidence"), Column::Number("A"), Column::Number("B")];
        let mut table = Table::new("Contacts by confidence", &columns);
        for bin in &self.bins {
            let cell =
                |n: u64, share: f64| Cell::of(numbers.share(share, None)).small(numbers::count(n)).part(Some(share));
            table.row([Cell::of(bin.key.clone()), cell(bin.a, bin.share_a), cell(bin.b, bin.share_b)]);
        }
        pieces.extend(table.piece());
        pieces.into_iter().collect()
    }
}

impl Tell for CorrectedRate {
    fn title(&self) -> String {
        format!("{}, without the judge's mistakes", words::name(self.observed.id))
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset("");
        let rate = |rate: Option<f64>| rate.map_or_else(|| "not known".to_owned(), |r| numbers.share(r, None));
        let mut pieces: Vec<Piece> = vec![say(format!(
            "As judged: {}{} (n = {}). The judge says yes to {} of what people say yes to, and no to {} of what they say no to.",
            numbers.value_or_why(&self.observed),
            numbers.interval(&self.observed).map_or_else(String::new, |i| format!(", {i}")),
            numbers::count(self.observed.n),
            rate(self.judge.sensitivity()),
            rate(self.judge.specificity()),
        ))];
        match &self.corrected {
            Ok(found) => {
                let range = found.interval.map_or_else(String::new, |i| {
                    let level = self.confidence_level * 100.0;
                    format!(" ({level} % interval {})", numbers.part_interval(i))
                });
                pieces.push(say(format!("As it probably is: {}{range}.", numbers.part(found.rate, found.interval))));
                if found.is_clamped() {
                    pieces.push(doubt(format!(
                        "The formula gives {}, which no rate can be: the labelled sample is small, or unlike the rest.",
                        numbers.difference(Unit::Score, found.unclamped, None)
                    )));
                }
            }
            Err(NotCorrected::Undefined(reason)) => pieces.push(say(format!("No rate: {}.", words::undefined(reason)))),
            Err(NotCorrected::NotLabelled) => {
                pieces.push(say("People labelled nothing that is a yes, or nothing that is a no."));
            }
            Err(NotCorrected::NoBetterThanChance) => {
                pieces.push(doubt("What this judge says has nothing to do with what is true."));
            }
        }
        pieces.into_iter().collect()
    }
}
