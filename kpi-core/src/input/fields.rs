//! The fields of Rust rows as columns. Rows are wide, so they are gone through once, 64 at a time, and not once for
//! every column.

use super::columns::{HANDLING, OUTCOME};
use super::lane::{Lane, Mask, Values};
use super::rows::{Handling, Outcome};
use crate::units::{Day, Instant};
use rust_decimal::Decimal;

/// How many rows are read at once: one word of a mask.
pub(super) const ROWS: usize = 64;

/// Something that can stand in a field of a row and become a column.
pub(super) trait Field: Sized {
    /// The column before its first row.
    fn empty() -> Values;

    /// Adds rows to the column; what an empty row adds means nothing.
    fn append<'r>(values: &mut Values, rows: impl Iterator<Item = Option<&'r Self>>)
    where
        Self: 'r;
}

/// Adds at most [`ROWS`] rows to a column, of which `before` rows have been seen. A column that is empty in all of them
/// falls behind, and makes up for it with its next value or at its end.
pub(super) fn add<'r, F: Field + 'r>(
    lane: &mut Lane,
    before: usize,
    rows: impl Iterator<Item = Option<&'r F>> + Clone,
) {
    let (mut known, mut count) = (0, 0);
    for row in rows.clone() {
        known |= u64::from(row.is_some()) << count;
        count += 1;
    }
    if known > 0 {
        lane.fill_to(before);
        F::append(&mut lane.values, rows);
        lane.known.extend(known, count);
    }
}

macro_rules! field {
    ($type:ident, $variant:ident, $value:expr) => {
        impl Field for $type {
            fn empty() -> Values {
                Values::$variant(Vec::new())
            }
            fn append<'r>(values: &mut Values, rows: impl Iterator<Item = Option<&'r Self>>) {
                if let Values::$variant(all) = values {
                    all.extend(rows.map(|row| row.map_or_else(Default::default, $value)));
                }
            }
        }
    };
}

field!(i64, Whole, |number| *number);
field!(Instant, Instants, |at| at.nanos());
field!(Day, Days, |day| day.0);
field!(Decimal, Decimals, |number| *number);

impl Field for bool {
    fn empty() -> Values {
        Values::Flags(Mask::default())
    }
    fn append<'r>(values: &mut Values, rows: impl Iterator<Item = Option<&'r Self>>) {
        if let Values::Flags(all) = values {
            rows.for_each(|row| all.push(row == Some(&true)));
        }
    }
}

impl Field for String {
    fn empty() -> Values {
        Values::Text { offsets: vec![0], bytes: Vec::new() }
    }
    fn append<'r>(values: &mut Values, rows: impl Iterator<Item = Option<&'r Self>>) {
        if let Values::Text { offsets, bytes } = values {
            for row in rows {
                bytes.extend_from_slice(row.map(String::as_bytes).unwrap_or_default());
                offsets.push(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
            }
        }
    }
}

macro_rules! words {
    ($type:ident, $words:expr) => {
        impl Field for $type {
            fn empty() -> Values {
                Values::Words { codes: Vec::new(), words: $words }
            }
            fn append<'r>(values: &mut Values, rows: impl Iterator<Item = Option<&'r Self>>) {
                if let Values::Words { codes, .. } = values {
                    codes.extend(rows.map(|row| row.map_or(0, |word| *word as u32)));
                }
            }
        }
    };
}

// Both enums have their words in the order of these lists.
words!(Handling, HANDLING);
words!(Outcome, OUTCOME);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Column, Interaction};

    #[test]
    fn each_word_is_the_one_that_serde_writes() {
        let rows: Vec<_> = [Handling::Ai, Handling::Human, Handling::AiToHuman]
            .into_iter()
            .zip([Outcome::Resolved, Outcome::Unresolved, Outcome::Abandoned])
            .map(|(handling, outcome)| Interaction::default().handling(handling).outcome(outcome))
            .collect();
        let batch = Interaction::batch(&rows);
        for (at, row) in rows.iter().enumerate() {
            let shown = |column| batch.get(column).and_then(|cells| cells.show(at));
            let json = serde_json::json!({"handling": shown(Column::Handling), "outcome": shown(Column::Outcome)});
            assert_eq!(json, serde_json::to_value(row).expect("a row is JSON"));
        }
    }

    #[test]
    fn columns_that_fall_behind_make_up_for_it() {
        let filled = [3, 64, 130, 199];
        let row = |at| {
            let row = Interaction::default().id(format!("c-{at}"));
            if filled.contains(&at) { row.csat(5).issue("late").confirmed(true).dimension("tier", "gold") } else { row }
        };
        let batch = Interaction::batch(&(0..260).map(row).collect::<Vec<_>>());
        for at in 0..260 {
            let shown = |name: &str| batch.dimension(name).and_then(|cells| cells.show(at));
            assert_eq!(shown("id"), Some(format!("c-{at}")));
            for (name, text) in [("csat", "5"), ("issue", "late"), ("confirmed", "true"), ("tier", "gold")] {
                assert_eq!(shown(name), filled.contains(&at).then(|| text.to_owned()), "{name} of row {at}");
            }
        }
    }
}
