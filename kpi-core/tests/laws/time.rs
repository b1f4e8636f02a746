//! Time: a longer window shows no fewer returns, and a calendar moved by whole weeks changes nothing but dates.

use crate::cases;
use crate::setting::DAY;
use crate::world::{World, value, worlds};
use kpi_core::calendar::Every;
use kpi_core::kpis::Population;
use kpi_core::report::{Report, Value};
use kpi_core::units::Day;
use kpi_core::{Instant, Options};
use proptest::prelude::*;

const VERIFIED: usize = 6;
const DISPROVED: usize = 7;
const UNVERIFIABLE: usize = 8;

/// Long after everything: every window is over.
fn much_later(mut world: World) -> World {
    world.options.as_of = world.options.as_of.map(|at| Instant::from_nanos(at.nanos() + 100 * 365 * DAY / 10));
    world.options.every = None;
    world
}

fn later(at: &mut Option<Instant>, by: i64) {
    *at = at.map(|at| Instant::from_nanos(at.nanos() + by));
}

/// Every instant and date later by so many weeks.
fn moved(world: &World, weeks: i64) -> World {
    let by = weeks * 7 * DAY;
    let days = i32::try_from(weeks * 7).unwrap();
    let mut moved = world.clone();
    later(&mut moved.options.as_of, by);
    for row in &mut moved.interactions {
        let (human, escalated) = (&mut row.human_first_response_at, &mut row.escalated_at);
        let own = [&mut row.opened_at, &mut row.first_response_at, &mut row.closed_at, &mut row.reopened_at];
        own.into_iter().chain([human, escalated]).for_each(|at| later(at, by));
    }
    moved.costs.iter_mut().flat_map(|c| [&mut c.start, &mut c.end]).for_each(|at| later(at, by));
    moved.signals.iter_mut().flat_map(|s| [&mut s.detected_at, &mut s.routed_at]).for_each(|at| later(at, by));
    for row in &mut moved.fixes {
        for at in [&mut row.flagged_at, &mut row.deployed_at, &mut row.recurred_at] {
            later(at, by);
        }
    }
    moved.accounts.iter_mut().for_each(|a| a.renewal_date = a.renewal_date.map(|day| Day(day.0 + days)));
    moved
}

/// A calendar in which every week is like every other.
fn even_calendar(options: &mut Options) {
    options.time_zone = "UTC".into();
    options.every = options.every.map(|every| if every == Every::Day { every } else { Every::Week });
    if let Some(hours) = &mut options.business_hours {
        hours.time_zone = None;
        hours.holidays.clear();
    }
}

/// Rates that can only rise, and rates that can only fall, when the window of returns grows.
const RISING: [&str; 1] = ["repeat_escalation_rate"];
const FALLING: [&str; 4] = [
    "first_contact_resolution",
    "verified_resolution_rate",
    "verified_containment_rate",
    "escalation_session_resolution_rate",
];

fn never_rises(before: &Report, after: &Report, ids: &[&str]) -> Result<(), TestCaseError> {
    for (before, after) in before.groups.iter().zip(&after.groups) {
        for id in ids {
            for population in Population::ALL {
                let of = |group| value(group, id, population).and_then(Value::number);
                if let (Some(before), Some(after)) = (of(before), of(after)) {
                    prop_assert!(after <= before, "{id} of {population:?}: {before}, then {after}");
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_longer_window_shows_no_fewer_returns(world in worlds(), hours in 1_u32..200, more in 0_u32..200) {
        let mut world = much_later(world);
        world.options.recontact_hours = hours;
        let short = world.report();
        world.options.recontact_hours = hours + more;
        let long = world.report();
        for (short, long) in short.groups.iter().zip(&long.groups) {
            prop_assert_eq!(&short.key, &long.key);
            prop_assert!(short.outcomes[DISPROVED] <= long.outcomes[DISPROVED]);
            prop_assert!(short.outcomes[VERIFIED] >= long.outcomes[VERIFIED]);
            // A contact without a customer can still be reopened, and is then disproved too.
            let classes = [VERIFIED, DISPROVED, UNVERIFIABLE];
            let claimed = |outcomes: [u64; 9]| classes.iter().map(|class| outcomes[*class]).sum::<u64>();
            prop_assert_eq!(claimed(short.outcomes), claimed(long.outcomes));
            prop_assert!(short.outcomes[UNVERIFIABLE] >= long.outcomes[UNVERIFIABLE]);
        }
        never_rises(&short, &long, &FALLING)?;
        never_rises(&long, &short, &RISING)?;
        for group in &short.groups {
            for population in Population::ALL {
                let of = |id| value(group, id, population).and_then(Value::number);
                let (two, three) = (of("recontact_rate_48h"), of("recontact_rate_72h"));
                prop_assert!(two.zip(three).is_none_or(|(two, three)| two <= three));
            }
        }
    }

    #[test]
    fn weeks_later_only_dates_differ(mut world in worlds(), weeks in 1_i64..150) {
        even_calendar(&mut world.options);
        let (before, after) = (world.report(), moved(&world, weeks).report());
        prop_assert_eq!(before.groups.len(), after.groups.len());
        for (before, after) in before.groups.iter().zip(&after.groups) {
            prop_assert_eq!(&before.key.by, &after.key.by);
            let starts = [before, after].map(|g| g.key.period.map(|p| (p.start.nanos(), p.end.nanos())));
            let by = weeks * 7 * DAY;
            prop_assert_eq!(starts[0].map(|(start, end)| (start + by, end + by)), starts[1]);
            prop_assert_eq!(before.outcomes, after.outcomes);
            prop_assert_eq!(&before.values, &after.values);
        }
        prop_assert_eq!(&before.ledger, &after.ledger);
        prop_assert_eq!(before.counts, after.counts);
    }
}
