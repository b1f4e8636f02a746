//! Order, batches and grouping change nothing.

use crate::cases;
use crate::dice::Dice;
use crate::world::{large_worlds, same_bytes, without_examples, worlds};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn rows_in_any_order_give_the_same_bytes(mut world in large_worlds(), order: u64) {
        let mut dice = Dice::new(order);
        // What is worked out from the rows must not depend on their order either.
        if dice.chance(30) {
            world.options.as_of = None;
        }
        if dice.chance(30) {
            world.options.currency = None;
        }
        prop_assume!(world.options.every.is_none() || world.options.as_of.is_some());
        let (one, other) = (world.report(), world.shuffled(&mut dice).report());
        same_bytes(&without_examples(one), &without_examples(other))?;
    }

    #[test]
    fn rows_in_batches_of_any_size_give_the_same_bytes(world in large_worlds()) {
        let whole = world.report();
        for size in [1, 7, 64, 65_536] {
            same_bytes(&whole, &world.report_in_batches_of(size))?;
        }
    }

    #[test]
    fn rows_counted_by_any_number_of_threads_give_the_same_bytes(world in large_worlds()) {
        let alone = world.report();
        for (threads, batch) in [(1, 1), (2, 1), (7, 1), (2, 7), (7, 7), (2, 65_536)] {
            same_bytes(&alone, &world.report_by_threads(threads, batch))?;
        }
    }

    /// Costs aside: who carries them depends on the periods they are shared within.
    #[test]
    fn asking_for_groups_does_not_change_the_total(mut world in worlds()) {
        world.costs.clear();
        let grouped = world.report();
        world.options.by.clear();
        world.options.every = None;
        let plain = world.report();
        prop_assert_eq!(&grouped.total().unwrap().values, &plain.total().unwrap().values);
        prop_assert_eq!(grouped.total().unwrap().outcomes, plain.total().unwrap().outcomes);
    }
}
