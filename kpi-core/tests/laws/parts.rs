//! Parts of a whole, tallied apart and merged in any way, give the report of the whole.

use crate::cases;
use crate::dice::Dice;
use crate::world::{World, same_bytes, without_examples, worlds};
use kpi_core::input::tables_from_json;
use kpi_core::tally::Tally;
use kpi_core::{Code, Limits, Options, tally};
use proptest::prelude::*;

fn tally_of(world: &World) -> Tally {
    tally(&world.tables(1000), &world.options, &Limits::default()).unwrap()
}

/// Up to eight parts with whole customers and whole sessions, the same costs, and each other row in one of them.
fn parts(world: &World, dice: &mut Dice) -> Vec<World> {
    let count = 1 + dice.place(8);
    let mut parts: Vec<World> = (0..count).map(|_| World { costs: world.costs.clone(), ..world.emptied() }).collect();
    let mut places = std::collections::HashMap::new();
    for row in &world.interactions {
        let together = match (&row.customer_id, &row.session_id) {
            (Some(customer), _) => format!("customer {customer}"),
            (None, Some(session)) => format!("session {session}"),
            (None, None) => format!("row {:?}", row.id),
        };
        let place = *places.entry(together).or_insert_with(|| dice.place(count));
        parts[place].interactions.push(row.clone());
    }
    for row in &world.accounts {
        parts[dice.place(count)].accounts.push(row.clone());
    }
    for row in &world.signals {
        parts[dice.place(count)].signals.push(row.clone());
    }
    for row in &world.fixes {
        parts[dice.place(count)].fixes.push(row.clone());
    }
    parts
}

/// A tally as it comes out of another process, or as it is.
fn sent(tally: Tally, dice: &mut Dice) -> Tally {
    if dice.chance(50) { Tally::from_bytes(&tally.to_bytes()).unwrap() } else { tally }
}

/// Two at a time, whichever come to hand, until one is left: any order, any brackets.
fn merge_somehow(mut tallies: Vec<Tally>, dice: &mut Dice) -> Tally {
    while tallies.len() > 1 {
        let other = tallies.swap_remove(dice.place(tallies.len()));
        let into = dice.place(tallies.len());
        tallies[into].merge(&other).unwrap();
    }
    tallies.pop().unwrap()
}

/// The same amounts for the same time, but carried by others.
#[test]
fn parts_whose_costs_are_pinned_differently_are_not_of_one_whole() {
    let costs = r#"{"costs": [{"layer": "api", "scope": "ai", "amount": 1, "start": "2026-01-01T00:00:00Z",
        "end": "2026-01-02T00:00:00Z", "channel": "chat"}]}"#;
    let options = Options::from_json(r#"{"as_of": "2026-02-01T00:00:00Z", "currency": "USD"}"#).unwrap();
    let limits = Limits::default();
    let read = |text: &str| tables_from_json(text, &options, &limits).unwrap();
    let mut chat = tally(&read(costs), &options, &limits).unwrap();
    let email = tally(&read(&costs.replace("chat", "email")), &options, &limits).unwrap();
    assert_eq!(chat.merge(&email).unwrap_err().code(), Code::OptionsDiffer);
    assert_ne!(chat.report().unwrap().fingerprint, email.report().unwrap().fingerprint);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn parts_merged_in_any_way_give_the_report_of_the_whole(world in worlds(), choices: u64) {
        let mut dice = Dice::new(choices);
        let tallies: Vec<Tally> = parts(&world, &mut dice).iter().map(|part| sent(tally_of(part), &mut dice)).collect();
        let merged = merge_somehow(tallies, &mut dice);
        let whole = world.report();
        let sound = whole.invalid.is_empty();
        same_bytes(&without_examples(merged.report().unwrap()), &without_examples(whole))?;
        prop_assert!(!sound || merged.to_bytes() == tally_of(&world).to_bytes());
    }

    #[test]
    fn a_tally_of_no_rows_changes_nothing_on_either_side(world in worlds()) {
        let nothing = tally_of(&World { costs: world.costs.clone(), ..world.emptied() });
        let whole = tally_of(&world);
        let (mut before, mut after) = (nothing.clone(), whole.clone());
        before.merge(&whole).unwrap();
        after.merge(&nothing).unwrap();
        prop_assert_eq!(before.to_bytes(), whole.to_bytes());
        prop_assert_eq!(after.to_bytes(), whole.to_bytes());
    }
}
