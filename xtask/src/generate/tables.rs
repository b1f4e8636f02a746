//! The reference of the input: tables, columns, and the rules that rows must keep.

use super::{code, table};
use kpi_core::check::{RULES, Rule};
use kpi_core::input::{Column, Table};
use std::fmt::Write as _;

pub fn page() -> String {
    let mut text = String::from(
        "# Tables\n\nFive tables, of which only `interactions` is needed. Each other table and each column that is not \
         required unlocks figures; one that is absent is the same as one whose cells are all empty. A column that is \
         not listed here is read only if it is named in `by`, or elsewhere in the options as a dimension.\n",
    );
    for one in Table::ALL {
        let _ = write!(text, "\n## {}\n\n{}\n\n", code(one.name()), about(one));
        let row = |c: Column| {
            let required = if c.required() { "yes" } else { "" };
            [code(c.name()), c.kind().in_words(), required.to_owned(), c.about().to_owned()]
        };
        text += &table(["column", "holds", "required", "meaning"], one.columns().map(row));
    }
    text + &rules()
}

const fn about(table: Table) -> &'static str {
    match table {
        Table::Interactions => "One row a contact: a ticket, a chat or a call.",
        Table::Costs => {
            "What no single contact carries: an amount for a stretch of time. Columns named like a dimension of a \
             contact (`agent_id`, `channel`, …) pin it to the contacts that have that value."
        }
        Table::Accounts => "One row a customer company, for figures about revenue.",
        Table::Signals => "What conversations gave away.",
        Table::Fixes => "Failures that were flagged, and when they were mended.",
    }
}

fn rules() -> String {
    let mut text = String::from(
        "\n## Rules\n\nEvery rule is checked on every row. With `on_invalid = \"error\"`, the default, there is one error \
         that lists every broken rule with its count and the first rows that break it. With `\"quarantine\"`, such rows \
         are left out of every figure, and the report lists them in the same way. Nothing is dropped or mended silently.\n\
         \n### Of single cells and of the whole input\n\n",
    );
    let row = |r: &Rule| [code(r.name), r.says.to_owned(), r.mend.to_owned()];
    text += &table(
        ["rule", "a row breaks it when", "how to mend it"],
        RULES.iter().filter(|r| r.broken.is_none()).map(row),
    );
    for one in Table::ALL {
        let own: Vec<&Rule> = RULES.iter().filter(|r| r.broken.is_some() && r.column.table() == one).collect();
        if !own.is_empty() {
            let _ = write!(text, "\n### Of columns of {} beside each other\n\n", code(one.name()));
            let row = |r: &Rule| [code(r.name), code(r.column.name()), r.says.to_owned(), r.mend.to_owned()];
            text += &table(["rule", "reported at", "a row breaks it when", "how to mend it"], own.into_iter().map(row));
        }
    }
    text
}
