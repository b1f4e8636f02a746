//! Broken rules as they are found: how often each, and the first five cells.

use crate::error::{Example, Problem};
use crate::input::{Column, Table};
use std::collections::BTreeMap;

const EXAMPLES: usize = 5;

#[derive(Debug, Default)]
struct Found {
    count: u64,
    examples: Vec<(u64, Column, Example)>,
}

/// What is wrong with the rows that were looked at so far.
#[derive(Debug, Default)]
pub struct Findings(BTreeMap<(&'static str, &'static str), Found>);

impl Findings {
    /// Counts a broken cell, and keeps it if it is among the first five; `show` gives the row's id and the value.
    pub(super) fn add(
        &mut self,
        table: Table,
        rule: &'static str,
        row: u64,
        column: Column,
        show: impl FnOnce() -> (Option<String>, Option<String>),
    ) {
        let found = self.0.entry((table.name(), rule)).or_default();
        found.count += 1;
        let at = found.examples.partition_point(|(r, c, _)| (*r, *c) <= (row, column));
        if at < EXAMPLES {
            let (id, value) = show();
            let example = Example { row, id, column: column.name().to_owned(), value };
            found.examples.insert(at, (row, column, example));
            found.examples.truncate(EXAMPLES);
        }
    }

    /// Takes in what was found among other rows.
    pub fn merge(&mut self, other: Self) {
        for (key, theirs) in other.0 {
            let mine = self.0.entry(key).or_default();
            mine.count += theirs.count;
            mine.examples.extend(theirs.examples);
            mine.examples.sort_by_key(|found| (found.0, found.1));
            mine.examples.truncate(EXAMPLES);
        }
    }

    /// All of them, by table and rule.
    pub fn finish(self) -> Vec<Problem> {
        let problem = |((table, rule), found): ((&'static str, &'static str), Found)| Problem {
            table,
            rule,
            count: found.count,
            examples: found.examples.into_iter().map(|(_, _, e)| e).collect(),
        };
        self.0.into_iter().map(problem).collect()
    }
}
