//! What has just moved, since when, how far beyond chance, and what to look at next.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::calendar::Every;
use kpi_core::compare::{Sureness, Warnings, WarningsAsk};
use kpi_core::kpis::{Course, Population};
use kpi_core::options::Milestone;
use kpi_core::render::{TextStyle, text_of};
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables, warnings};
use lot::Lot;

const DAY: i64 = 86_400_000_000_000;
/// Monday, 5 January 2026.
const MONDAY: i64 = 20_458 * DAY;

fn contact(id: usize, week: usize, handed_over: bool, language: &str) -> Interaction {
    let opened = Instant::from_nanos(MONDAY + i64::try_from(week * 7 + id % 7).unwrap() * DAY);
    let handling = if handed_over { Handling::AiToHuman } else { Handling::Ai };
    Interaction {
        escalated_at: handed_over.then_some(opened),
        language: Some(language.to_owned()),
        ..Interaction::new(id.to_string(), handling, opened).closed(opened, Outcome::Resolved)
    }
}

/// Sixty contacts a week for twelve weeks, of which so many in each week are handed over: the first of the week.
fn desk(handed_over: impl Fn(usize) -> usize) -> Vec<Interaction> {
    let week = |week: usize| (0..60).map(move |n| (week, n));
    let rows = (0..12).flat_map(week).enumerate();
    // Those that are handed over lie in the first half of a week, and the first half speaks German.
    rows.map(|(id, (week, n))| contact(id, week, n < handed_over(week), if n < 30 { "de" } else { "en" })).collect()
}

fn options() -> Options {
    Options {
        as_of: Some(Instant::from_nanos(MONDAY + 12 * 7 * DAY)),
        every: Some(Every::Week),
        kpis: Some(vec!["escalation_rate".into()]),
        ..Options::default()
    }
}

fn found(rows: &[Interaction], options: &Options) -> Warnings {
    warnings(&Tables::of(rows), options, &WarningsAsk::default(), &Limits::default()).unwrap()
}

/// Twelve of sixty are handed over each week, and twenty-four in the last three.
fn jump(week: usize) -> usize {
    if week < 9 { 12 } else { 24 }
}

#[test]
fn a_jump_is_found_with_its_week_and_its_evidence() {
    let found = found(&desk(jump), &options());
    let [warning] = found.warnings.as_slice() else { panic!("{:?}", found.warnings) };
    assert_eq!((warning.id, warning.population), ("escalation_rate", Population::AiFronted));
    assert_eq!((warning.course, warning.sureness, warning.leading), (Course::Worse, Sureness::Sure, true));
    assert_eq!(warning.since.start, Instant::from_nanos(MONDAY + 9 * 7 * DAY), "three weeks ago");
    assert_eq!(warning.held_against.start, Instant::from_nanos(MONDAY + 7 * DAY), "the eight weeks before them");
    assert_eq!((warning.now.counts(), warning.before.counts()), (Some((72, 180)), Some((96, 480))));
    // Four stretches were tried; statsmodels.stats.proportion.proportions_ztest([72, 96], [180, 480])[1]
    let by_statsmodels = 4.0 * 1.495_015_872_295_041_3e-07;
    assert!((warning.p_value / by_statsmodels - 1.0).abs() < 1e-9, "{}", warning.p_value);
    assert_eq!(found.looked_at, 1);
    assert!(warning.next.figures.contains(&"escalation_reasons"));
}

#[test]
fn what_gets_better_is_news_too() {
    let found = found(&desk(|week| if week < 10 { 24 } else { 6 }), &options());
    assert_eq!(found.warnings[0].course, Course::Better);
    assert_eq!(found.warnings[0].since.start, Instant::from_nanos(MONDAY + 10 * 7 * DAY));
}

#[test]
fn a_desk_on_which_nothing_moved_has_no_warning() {
    let found = found(&desk(|week| 12 + week % 3), &options());
    assert_eq!(found.warnings, []);
    assert_eq!(found.looked_at, 1, "it was looked at");
}

#[test]
fn a_period_that_is_not_over_is_not_looked_at() {
    let rows = desk(|week| if week < 11 { 12 } else { 60 });
    let as_of = Instant::from_nanos(MONDAY + 12 * 7 * DAY - 1);
    assert_eq!(found(&rows, &Options { as_of: Some(as_of), ..options() }).warnings, []);
    assert_eq!(found(&rows, &options()).warnings.len(), 1);
}

#[test]
fn few_observations_are_not_looked_at() {
    let ask = WarningsAsk { smallest: Some(500), ..WarningsAsk::default() };
    let found = warnings(&Tables::of(&desk(jump)), &options(), &ask, &Limits::default()).unwrap();
    assert_eq!((found.looked_at, found.warnings.len()), (0, 0));
}

#[test]
fn where_most_of_it_happened_and_what_was_released_before_it_are_named() {
    let at = |week: i64| Instant::from_nanos(MONDAY + week * 7 * DAY);
    let milestone = |week: i64, label: &str| Milestone { at: at(week), label: label.into() };
    let milestones = vec![milestone(2, "new office"), milestone(9, "model v2")];
    let options = Options { by: vec!["language".into()], milestones, ..options() };
    let found = found(&desk(jump), &options);
    let total = found.warnings.iter().find(|w| w.by.is_empty()).unwrap();
    let part = total.most_of_it.as_ref().unwrap();
    assert_eq!(part.by, [("language".to_owned(), Some("de".to_owned()))]);
    // 72 of 90 now; 96 of 240 before would be 36 of 90.
    assert!((part.excess - 36.0).abs() < 1e-9);
    assert_eq!(total.milestones.iter().map(|m| m.label.as_str()).collect::<Vec<_>>(), ["model v2"]);
    let german = found.warnings.iter().find(|w| w.by == part.by).unwrap();
    assert!(german.p_value < total.p_value, "the part in which it happened is surer, and comes first");
    assert_eq!(found.warnings[0].by, part.by);
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let options = Options { by: vec!["language".into()], kpis: None, ..options() };
    let mut back = desk(jump);
    back.reverse();
    assert_eq!(found(&desk(jump), &options).to_json(), found(&back, &options).to_json());
}

#[test]
fn what_makes_no_sense_is_refused_with_how_to_mend_it() {
    let refused = |options: &Options, ask: &WarningsAsk| {
        warnings(&Tables::of(&desk(jump)), options, ask, &Limits::default()).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&Options { every: None, ..options() }, &WarningsAsk::default()),
        "Warnings go by periods: give `every` as day, week, month, quarter or year."
    );
    let ask = WarningsAsk { periods: Some(0), ..WarningsAsk::default() };
    assert_eq!(refused(&options(), &ask), "`periods` is 0; give 1 to 120 periods.");
}

/// Escalation rises among German contacts and falls among English ones.
#[test]
fn what_moved_the_other_way_is_told_as_its_own_warning() {
    let week = |week: usize| (0..120).map(move |n| (week, n));
    let share = |week: usize, german: bool| match (week < 9, german) {
        (true, false) => 36,
        (false, true) => 54,
        _ => 6,
    };
    let rows: Vec<Interaction> = (0..12)
        .flat_map(week)
        .enumerate()
        .map(|(id, (week, n))| {
            let german = n < 60;
            contact(id, week, n % 60 < share(week, german), if german { "de" } else { "en" })
        })
        .collect();
    let found = found(&rows, &Options { by: vec!["language".into()], ..options() });
    let told = text_of(&found, &TextStyle::default());
    assert!(told.contains("▼ Escalation rate (AI took part · language en): better, sure"), "{told}");
    assert!(told.contains("It moved in these as well: language de."), "{told}");
}

/// The AI resolves less, people more.
#[test]
fn populations_that_part_are_not_folded_into_one_warning() {
    let mut rows = Vec::new();
    for week in 0..12_i64 {
        for (handling, before, now) in [(Handling::Ai, 54, 12), (Handling::Human, 24, 54)] {
            for n in 0..60 {
                let opened = Instant::from_nanos(MONDAY + (week * 7 + n % 7) * DAY);
                let resolved = n < if week < 9 { before } else { now };
                let outcome = if resolved { Outcome::Resolved } else { Outcome::Unresolved };
                rows.push(Interaction::new(rows.len().to_string(), handling, opened).closed(opened, outcome));
            }
        }
    }
    let found = found(&rows, &Options { kpis: Some(vec!["resolution_rate".into()]), ..options() });
    let of = |population| found.warnings.iter().find(|w| w.population == population).map(|w| w.course);
    assert_eq!((of(Population::Ai), of(Population::Human)), (Some(Course::Worse), Some(Course::Better)));
}

/// Desks on which nothing moves: at most one of twenty should be warned, though three figures of three groups are tried over
/// four stretches each. Of 200 such desks, more than 16 would be seen once in forty times if the rate were 5 %.
#[test]
fn of_desks_on_which_nothing_moves_few_are_warned() {
    let kpis = ["escalation_rate", "autonomous_resolution_rate", "abandonment_rate"].map(str::to_owned).to_vec();
    let options = Options { by: vec!["language".into()], kpis: Some(kpis), ..options() };
    let mut lot = Lot(7);
    let warned = (0..200).filter(|_| {
        let rows: Vec<Interaction> = (0..720)
            .map(|id| {
                let handed_over = lot.hits(1, 0.2) == 1;
                let mut row = contact(id, id / 60, handed_over, if lot.hits(1, 0.5) == 1 { "de" } else { "en" });
                if lot.hits(1, 0.1) == 1 {
                    row.outcome = Some(Outcome::Abandoned);
                }
                row
            })
            .collect();
        !found(&rows, &options).warnings.is_empty()
    });
    let warned = warned.count();
    assert!(warned <= 16, "{warned} of 200 desks");
}
