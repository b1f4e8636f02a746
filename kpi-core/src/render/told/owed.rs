//! What is owed under a contract, in words: amounts to the last digit.

use super::sealed::{Pieces, Tell};
use crate::money::contract::{Kept, PeriodState, Statement, StatementLine, Verified};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, doubt, quiet, say};
use crate::render::words;

/// Ids that are named in a line; all of them are in the statement.
const NAMED: usize = 3;

impl Tell for Statement {
    fn title(&self) -> String {
        format!("Statement {} of {}", self.number, self.contract)
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let mut pieces = vec![
            say(format!(
                "{} is due, through period {}; all statements so far come to {}.",
                numbers.owed(self.total),
                self.through,
                numbers.owed(self.balance)
            )),
            quiet(format!(
                "By what was known at {}. Applied in this order: {}.",
                words::moment(self.as_of),
                self.order.join(", ")
            )),
        ];
        let mut lines =
            Table::new("Line by line", &[Column::Name("Line"), Column::Words("Contacts"), Column::Number("Due")]);
        for line in &self.lines {
            lines.row(line_cells(line, numbers));
        }
        lines.row([Cell::of("Due"), Cell::default(), Cell::of(numbers.owed(self.total))]);
        pieces.extend(lines.piece());
        pieces.extend(self.by_period(numbers));
        if !self.fallback.is_empty() {
            pieces.push(doubt(format!(
                "Broken so often that contacts go to people again: {}.",
                self.fallback.join(", ")
            )));
        }
        let before = self
            .previous_hash
            .as_ref()
            .map_or_else(|| "It is the first.".to_owned(), |hash| format!("It follows {hash}."));
        pieces.push(quiet(format!("Its hash is {}. {before}", self.hash)));
        pieces.into_iter().collect()
    }
}

fn line_cells(line: &StatementLine, numbers: Numbers<'_>) -> [Cell; 3] {
    let mut named = line.ids.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if line.ids.len() > NAMED {
        named += ", …";
    }
    let count = if line.ids.is_empty() { String::new() } else { numbers::count(line.ids.len() as u64) };
    [
        Cell::of(words::capital(&line.label)).small(format!("period {}", line.period)),
        Cell::of(count).small(named),
        Cell::of(numbers.owed(line.amount)),
    ]
}

impl Statement {
    fn by_period(&self, numbers: Numbers<'_>) -> Option<Piece> {
        let columns = [
            Column::Name("Period"),
            Column::Number("Paid"),
            Column::Number("Held"),
            Column::Number("Clawed back"),
            Column::Number("Refused"),
            Column::Number("Due"),
            Column::Words("Promises"),
        ];
        let mut table = Table::new("Where each period stands now", &columns);
        for period in &self.periods {
            let list = |ids: &[String]| Cell::count(ids.len() as u64);
            table.row([
                Cell::of(period.period.to_string()).small(format!("from {}", words::moment(period.start))),
                list(&period.paid).small(numbers.owed(period.fee)),
                list(&period.held).small(numbers.owed(period.held_amount)),
                list(&period.clawed_back).small(numbers.owed(period.clawed_back_amount)),
                list(&period.refused),
                Cell::of(numbers.owed(period.due())),
                promises(period, numbers),
            ]);
        }
        table.piece()
    }
}

fn promises(period: &PeriodState, numbers: Numbers<'_>) -> Cell {
    let promise = |(name, kept): (&String, &Kept)| {
        let word = match kept {
            Kept::Pending => "too early to say",
            Kept::NotJudged => "not judged",
            Kept::Kept => "kept",
            Kept::Exceeded => "more than kept",
            Kept::Broken => "broken",
            Kept::Inconclusive => "chance may explain it",
        };
        let amount = period.guarantees.get(name).filter(|amount| !amount.is_zero());
        let amount = amount.map_or_else(String::new, |amount| format!(", {}", numbers.owed(*amount)));
        format!("{name}: {word}{amount}")
    };
    let broken = period.kept.values().any(|kept| *kept == Kept::Broken);
    Cell::of(period.kept.iter().map(promise).collect::<Vec<_>>().join("; ")).doubt(broken)
}

impl Tell for Verified {
    fn title(&self) -> String {
        "Are the statements as they were written?".into()
    }

    fn pieces(&self) -> Pieces {
        if self.is_sound() {
            return std::iter::once(say("Every line is as it was written, and all of it adds up.")).collect();
        }
        let head = doubt("Something was changed, or does not add up.");
        [head, Piece::List(self.problems.clone())].into_iter().collect()
    }
}
