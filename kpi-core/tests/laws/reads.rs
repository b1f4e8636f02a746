//! What a measure looks at is declared: a figure asked for alone is what it is among all.

use crate::cases;
use crate::world::worlds;
use kpi_core::kpis::CATALOGUE;
use proptest::prelude::*;

/// Figures tried on one world; with a first one at random, 256 worlds meet each of some 110 figures dozens of times.
const TRIED: usize = 12;

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_figure_asked_for_alone_is_what_it_is_among_all(mut world in worlds(), first: usize) {
        let all = world.report();
        let step = CATALOGUE.len().div_ceil(TRIED).max(1);
        let from = first % CATALOGUE.len();
        for kpi in CATALOGUE.iter().cycle().skip(from).step_by(step).take(TRIED.min(CATALOGUE.len())) {
            world.options.kpis = Some(vec![kpi.id.to_owned()]);
            let alone = world.report();
            prop_assert_eq!(all.groups.len(), alone.groups.len());
            for (among, alone) in all.groups.iter().zip(&alone.groups) {
                prop_assert_eq!(&among.key, &alone.key);
                prop_assert_eq!(among.outcomes, alone.outcomes, "with {} alone", kpi.id);
                let among: Vec<_> = among.values.iter().filter(|v| v.id == kpi.id).collect();
                prop_assert_eq!(among, alone.values.iter().collect::<Vec<_>>());
            }
        }
    }
}
