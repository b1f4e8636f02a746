//! One desk under several definitions of "resolved", in words.

use super::sealed::{Pieces, Tell};
use crate::compare::{Profiles, Ruling};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, quiet, say};
use crate::render::words;

/// Reasons that are told for each definition.
const MOST_REASONS: usize = 4;

impl Tell for Profiles {
    fn title(&self) -> String {
        match self.profiles.len() {
            6 => "Six definitions of resolved".into(),
            n => format!("Definitions of resolved ({n})"),
        }
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset("");
        let mut pieces = vec![quiet(format!(
            "The same {} contacts, of which AI met {}, counted as each definition counts. What came back: of the counted ones whose customer is known and has had {} hours, those who were back by then.",
            numbers::count(self.contacts),
            numbers::count(self.ai_fronted),
            self.recontact_hours
        ))];
        pieces.extend(self.headline(numbers).map(say));
        pieces.extend(self.table(numbers).piece());
        pieces.extend(self.reasons());
        pieces.extend(self.overlap_table(numbers).piece());
        pieces.into_iter().collect()
    }
}

impl Profiles {
    /// The widest and the strict one in a sentence.
    fn headline(&self, numbers: Numbers<'_>) -> Option<String> {
        let strict = self.profiles.get(self.held_against)?;
        let widest = self.profiles.iter().filter(|p| p.rate.value.is_ok()).max_by_key(|p| p.counted())?;
        if widest.counted() <= strict.counted() || strict.rate.value.is_err() {
            return None;
        }
        Some(format!(
            "{} counts {} contacts as resolved, {} counts {}: {} more, for the reasons below. Of those that {} counts, {} were back within {} hours.",
            widest.profile.title(),
            numbers::count(widest.counted()),
            strict.profile.title(),
            numbers::count(strict.counted()),
            numbers::count(widest.counted() - strict.counted()),
            widest.profile.title(),
            widest
                .came_back
                .value
                .as_ref()
                .map_or_else(|_| "an unknown part".into(), |rate| numbers.part(*rate, widest.came_back.interval)),
            self.recontact_hours,
        ))
    }

    fn table(&self, numbers: Numbers<'_>) -> Table {
        let mut table = Table::new(
            "What each definition counts, and of how many",
            &[
                Column::Name("Definition"),
                Column::Number("Counted"),
                Column::Number("Rate"),
                Column::Number("Of"),
                Column::Number("Came back"),
                Column::Words("It counts"),
            ],
        );
        for found in &self.profiles {
            let rate = match &found.rate.value {
                Ok(rate) => Cell::rate(Some(*rate), found.rate.interval, numbers),
                Err(reason) => Cell::of("–").small(words::undefined(reason)),
            };
            let back = found.came_back.value.as_ref().ok().copied();
            let waiting = found.by_ruling[Ruling::NotYet as usize];
            let waiting = if waiting > 0 { format!("{} not yet", numbers::count(waiting)) } else { String::new() };
            table.row([
                Cell::of(found.profile.title()),
                Cell::count(found.counted()).small(more(found.more, found.less)),
                rate,
                Cell::count(found.rate.n).small(waiting),
                Cell::rate(back, found.came_back.interval, numbers).part(None),
                Cell::of(found.profile.in_words.clone()),
            ]);
        }
        table
    }

    /// For each definition, the rules that made the difference.
    fn reasons(&self) -> Vec<Piece> {
        let strict = self.profiles.get(self.held_against).map_or("", |found| found.profile.title());
        let mut table = Table::new(
            format!("Why they differ from {strict}: the rule of the side that does not count it"),
            &[
                Column::Name("Definition"),
                Column::Words("Reason"),
                Column::Number("Contacts"),
                Column::Words("For example"),
            ],
        );
        for (place, found) in self.profiles.iter().enumerate() {
            // Different rules of one side may meet the same rule of the other.
            let mut reasons: Vec<(bool, &str, u64, Vec<&str>)> = Vec::new();
            for one in self.disagreements.iter().filter(|one| one.profile == place) {
                let (counts, words) = (one.own.counts(), self.reason(one));
                let examples = one.examples.iter().map(String::as_str);
                match reasons.iter_mut().find(|(c, w, ..)| (*c, *w) == (counts, words)) {
                    Some((.., n, ids)) => {
                        *n += one.contacts;
                        ids.extend(examples);
                    }
                    None => reasons.push((counts, words, one.contacts, examples.collect())),
                }
            }
            reasons.sort_by_key(|(.., n, _)| std::cmp::Reverse(*n));
            for (at, (counts, words, n, ids)) in reasons.iter().take(MOST_REASONS).enumerate() {
                let who = if *counts { format!("Counted, though {words}") } else { format!("Not counted: {words}") };
                let name = if at == 0 { found.profile.title() } else { "" };
                let examples: Vec<&str> = ids.iter().take(3).copied().collect();
                table.row([Cell::of(name), Cell::of(who), Cell::count(*n), Cell::of(examples.join(", "))]);
            }
        }
        table.piece().into_iter().collect()
    }

    fn overlap_table(&self, numbers: Numbers<'_>) -> Table {
        let mut table = Table::new(
            "How far two definitions count the same contacts: both, of all that either counts",
            &[
                Column::Name("Pair"),
                Column::Number("Agreement"),
                Column::Number("Both"),
                Column::Number("Only the first"),
                Column::Number("Only the second"),
            ],
        );
        let title = |place: usize| self.profiles.get(place).map_or("", |found| found.profile.title());
        for pair in &self.overlaps {
            table.row([
                Cell::of(format!("{} and {}", title(pair.a), title(pair.b))),
                Cell::rate(pair.agreement(), None, numbers),
                Cell::count(pair.both),
                Cell::count(pair.only_a),
                Cell::count(pair.only_b),
            ]);
        }
        table
    }
}

/// `+120, −4` against the one it is held against.
fn more(more: u64, less: u64) -> String {
    match (more, less) {
        (0, 0) => String::new(),
        (more, 0) => format!("+{}", numbers::count(more)),
        (0, less) => format!("\u{2212}{}", numbers::count(less)),
        (more, less) => format!("+{}, \u{2212}{}", numbers::count(more), numbers::count(less)),
    }
}
