//! What is told of contacts one by one agrees with what is counted of them together.

use crate::cases;
use crate::dice::Dice;
use crate::setting::HOUR;
use crate::world::{World, large_worlds, value, worlds};
use kpi_core::compare::{ProfilesAsk, Told, stories};
use kpi_core::facts::Story;
use kpi_core::kpis::{Population, Quantity};
use kpi_core::{Handling, Limits, Outcome, profiles};
use proptest::prelude::*;

pub fn told(world: &World) -> Told {
    stories(&world.tables(1000), &world.options, &Limits::default()).unwrap()
}

fn in_population(population: Population, story: &Story) -> bool {
    let handling = match story.handling {
        Handling::Ai => 0,
        Handling::Human => 1,
        Handling::AiToHuman => 2,
    };
    population.handlings().contains(&handling)
}

/// The place in `report::OUTCOMES` of SPEC 3.6b, first match.
fn class(story: &Story, told: &Told) -> usize {
    match (story.outcome, story.handling) {
        (None, _) => 0,
        (_, Handling::AiToHuman) => 1,
        (_, Handling::Human) => 2,
        (Some(Outcome::Abandoned), _) => 3,
        (Some(Outcome::Unresolved), _) => 4,
        _ if story.confirmed == Some(true) => 6,
        _ if story.confirmed == Some(false) || story.is_back_within(told.window) => 7,
        _ if story.customer.is_none() => 8,
        _ if !story.is_ripe(told.window, told.as_of) => 5,
        _ => 6,
    }
}

/// Numerator and denominator of a figure of everything, by the stories.
type Fraction = (&'static str, &'static [Population], fn(&Story, &Told) -> Option<bool>);

const EVERYBODY: &[Population] = &[Population::All, Population::Ai, Population::Human, Population::AiToHuman];

fn back(story: &Story, told: &Told, hours: i64) -> Option<bool> {
    story.is_mature(hours * HOUR, told.as_of).then(|| story.is_back_within(hours * HOUR))
}

fn solved(story: &Story) -> bool {
    story.outcome == Some(Outcome::Resolved)
}

fn verified(story: &Story, told: &Told) -> Option<bool> {
    story.is_settled(told.window, told.as_of).then(|| story.is_verified(told.window, told.as_of))
}

const FRACTIONS: [Fraction; 6] = [
    ("recontact_rate_48h", EVERYBODY, |s, t| back(s, t, 48).filter(|_| solved(s))),
    ("recontact_rate_72h", EVERYBODY, |s, t| back(s, t, 72).filter(|_| solved(s))),
    ("deflected_recontact_rate_48h", &[Population::Ai], |s, t| back(s, t, 48)),
    ("verified_resolution_rate", &[Population::All], verified),
    ("verified_containment_rate", &[Population::AiFronted], verified),
    ("resolution_rate", EVERYBODY, |s, _| s.outcome.map(|_| solved(s))),
];

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn stories_add_up_to_the_report(world in prop_oneof![3 => worlds(), 1 => large_worlds()]) {
        let (told, report) = (told(&world), world.report());
        let total = report.total().unwrap();
        prop_assert_eq!(told.stories.len() as u64, report.counts.rows_used);
        prop_assert_eq!(told.counts, report.counts);
        let mut outcomes = [0; 9];
        told.stories.iter().for_each(|story| outcomes[class(story, &told)] += 1);
        prop_assert_eq!(outcomes, total.outcomes);
        for (id, populations, answer) in FRACTIONS {
            for population in populations {
                let own = told.stories.iter().filter(|s| in_population(*population, s));
                let answers: Vec<bool> = own.filter_map(|s| answer(s, &told)).collect();
                let yes = answers.iter().filter(|yes| **yes).count() as u64;
                let found = value(total, id, *population).unwrap();
                if found.value.is_ok() {
                    let counts = [&found.numerator, &found.denominator].map(|q| q.as_ref().and_then(Quantity::as_count));
                    prop_assert_eq!(counts, [Some(yes), Some(answers.len() as u64)], "{} of {:?}", id, population);
                } else {
                    let none = matches!(found.value, Err(kpi_core::kpis::Undefined::MissingInput(_))) || answers.is_empty();
                    prop_assert!(none, "{id} of {population:?} has {} answers", answers.len());
                }
            }
        }
    }

    /// In another order, the same is told of each contact; only numbers of issues are given as they come up.
    #[test]
    fn stories_do_not_depend_on_the_order_of_rows(world in worlds(), seed in any::<u64>()) {
        let by_id = |world: &World| {
            let mut stories = told(world).stories;
            for story in &mut stories {
                (story.row, story.issue) = (0, u32::from(story.issue > 0));
            }
            stories.sort_by(|a, b| a.id.cmp(&b.id));
            stories
        };
        prop_assert_eq!(by_id(&world), by_id(&world.shuffled(&mut Dice::new(seed))));
    }

    /// A customer with many contacts is looked through in another way in the report than one with few; stories know one way.
    #[test]
    fn a_customer_with_many_contacts_is_told_of_like_any_other(world in large_worlds()) {
        let mut world = world;
        for row in &mut world.interactions {
            row.customer_id = Some("the one".to_owned());
        }
        let (told, report) = (told(&world), world.report());
        let outcomes = told.stories.iter().fold([0; 9], |mut counts, story| {
            counts[class(story, &told)] += 1;
            counts
        });
        prop_assert_eq!(outcomes, report.total().unwrap().outcomes);
    }

    /// What goes on in a session, by looking at every pair.
    #[test]
    fn sessions_go_on_as_every_pair_of_contacts_says(world in worlds()) {
        let told = told(&world);
        for story in &told.stories {
            let same = |s: &&Story| s.row != story.row && s.session.is_some() && (s.customer, s.session) == (story.customer, story.session);
            let Some(closed) = story.closed else {
                prop_assert_eq!((story.back_after, story.went_on_after, story.person_after), (None, None, None));
                continue;
            };
            let later = told.stories.iter().filter(same).filter(|s| s.opened > closed).map(|s| s.opened - closed).min();
            let people = told.stories.iter().filter(same).filter(|s| s.handling != Handling::Ai);
            prop_assert_eq!(story.went_on_after, later);
            prop_assert_eq!(story.person_after, people.map(|s| (s.opened - closed).max(0)).min());
        }
    }

    /// The strict definition is what the report calls verified, and every contact has exactly one ruling of each.
    #[test]
    fn the_strict_profile_is_the_reports_verified_containment(world in worlds()) {
        let ask = ProfilesAsk::default();
        let found = profiles(&world.tables(1000), &world.options, &ask, &Limits::default()).unwrap();
        let report = world.report();
        for one in &found.profiles {
            prop_assert_eq!(one.by_ruling.iter().sum::<u64>(), found.contacts);
            prop_assert_eq!(one.by_rule.iter().sum::<u64>(), found.contacts);
            prop_assert!(one.rate.counted <= one.rate.n);
        }
        let total = report.total().unwrap();
        if let Some(value) = value(total, "verified_containment_rate", Population::AiFronted).filter(|v| v.value.is_ok()) {
            let strict = &found.profiles[0].rate;
            prop_assert_eq!((strict.value.clone().ok(), strict.n), (value.number(), value.n));
        }
        for found in &found.disagreements {
            prop_assert!(found.own.counts() != found.other.counts());
        }
    }
}
