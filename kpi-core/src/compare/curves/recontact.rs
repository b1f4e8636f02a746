//! Who came back when: the share of resolved contacts whose customer has come back, by hour since closing. Contacts that were
//! closed yesterday are in it for the day that is known of them.

use crate::compare::part::Part;
use crate::compare::told::Told;
use crate::evidence::{Interval, Step, kaplan_meier, log_rank};
use crate::facts::Story;
use crate::facts::rows::HOUR;
use crate::input::{Handling, Outcome};
use crate::kpis::Population;

/// Hours that always have a point, since reports speak of them.
const MARKS: [i64; 4] = [24, 48, 72, 168];

/// What is known at one hour since closing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecontactPoint {
    /// Hours since closing.
    pub hours: u64,
    /// The share that has come back by then (Kaplan and Meier).
    pub back: f64,
    /// Where the true share may lie.
    pub interval: Option<Interval>,
    /// Contacts that have been watched for so long without a return.
    pub at_risk: u64,
}

/// The same window, of contacts alone that are old enough: what the report's rate is of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mature {
    /// Hours since closing.
    pub hours: u64,
    /// Those that came back, of those that are old enough.
    pub part: Part,
}

/// The curve of one population.
#[derive(Debug, Clone, PartialEq)]
pub struct Returns {
    /// Whose contacts.
    pub population: Population,
    /// Resolved contacts of known customers.
    pub contacts: u64,
    /// Of those, the ones that came back within the hours that are shown.
    pub returns: u64,
    /// Resolved contacts whose customer is not known; nobody would see them come back.
    pub left_out: u64,
    /// Each hour after which more have come back, and the marks of a report.
    pub points: Vec<RecontactPoint>,
    /// What contacts alone say that are old enough for a window.
    pub mature: Vec<Mature>,
}

/// Who came back when.
#[derive(Debug, Clone, PartialEq)]
pub struct RecontactCurve {
    /// Hours that are shown.
    pub hours: u32,
    /// AI alone, people alone, AI and then people.
    pub curves: Vec<Returns>,
    /// How likely AI and people would differ so much by chance, over the hours shown (log-rank test).
    pub p_value: Option<f64>,
}

type Watched = Vec<(i64, bool)>;

pub(super) fn curve(told: &Told, hours: u32, z: f64) -> RecontactCurve {
    let longest = i64::from(hours) * HOUR;
    let populations = [
        (Population::Ai, Handling::Ai),
        (Population::Human, Handling::Human),
        (Population::AiToHuman, Handling::AiToHuman),
    ];
    let watched = populations.map(|(_, handling)| {
        let own = resolved(told, handling).filter(|story| story.customer.is_some());
        own.filter_map(|story| watch(story, told.as_of, longest)).collect::<Watched>()
    });
    let curves = populations
        .iter()
        .zip(&watched)
        .map(|((population, handling), watched)| returns(told, (*population, *handling), watched, hours, z))
        .collect();
    RecontactCurve { hours, curves, p_value: log_rank(&watched[0], &watched[1]) }
}

fn resolved(told: &Told, handling: Handling) -> impl Iterator<Item = &Story> {
    told.stories.iter().filter(move |s| s.handling == handling && s.outcome == Some(Outcome::Resolved))
}

/// How long it was watched, and whether the customer came back at the end of that.
fn watch(story: &Story, as_of: i64, longest: i64) -> Option<(i64, bool)> {
    let until = as_of.saturating_sub(story.closed?).clamp(0, longest);
    Some(match story.returned_after() {
        Some(after) if after <= until => (after, true),
        _ => (until, false),
    })
}

fn returns(
    told: &Told,
    (population, handling): (Population, Handling),
    watched: &Watched,
    hours: u32,
    z: f64,
) -> Returns {
    let steps = kaplan_meier(watched);
    let mut sorted = watched.clone();
    sorted.sort_unstable();
    let mut points: Vec<RecontactPoint> = Vec::new();
    for hour in 1..=i64::from(hours) {
        let until = hour * HOUR;
        let step = steps.partition_point(|step| step.at <= until).checked_sub(1).and_then(|at| steps.get(at));
        let back = step.map_or(0.0, |step| 1.0 - step.without);
        let moved = points.last().map_or(0.0, |point| point.back) < back;
        if moved || MARKS.contains(&hour) {
            let at_risk = (sorted.len() - sorted.partition_point(|(time, _)| *time < until)) as u64;
            points.push(RecontactPoint { hours: hour.unsigned_abs(), back, interval: band(step, z), at_risk });
        }
    }
    let known = || resolved(told, handling).filter(|story| story.customer.is_some());
    let mature = MARKS.iter().filter(|hour| **hour <= i64::from(hours)).map(|hour| {
        let old_enough = known().filter(|story| story.is_mature(hour * HOUR, told.as_of));
        let part = Part::counted(old_enough.map(|story| story.is_back_within(hour * HOUR)), z);
        Mature { hours: hour.unsigned_abs(), part }
    });
    Returns {
        population,
        contacts: watched.len() as u64,
        returns: watched.iter().filter(|(_, back)| *back).count() as u64,
        left_out: resolved(told, handling).filter(|story| story.customer.is_none()).count() as u64,
        points,
        mature: mature.collect(),
    }
}

/// Of the share that has come back, from that of the share that has not.
fn band(step: Option<&Step>, z: f64) -> Option<Interval> {
    let without = step?.interval(z)?;
    Some(Interval { low: 1.0 - without.high, high: 1.0 - without.low })
}
