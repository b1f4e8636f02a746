//! What each target says in words, for every rendering.

use super::numbers::Numbers;
use super::words;
use crate::report::{Report, Standing, TargetStanding};
use rust_decimal::prelude::ToPrimitive;

/// One target as it is told.
pub(super) struct Told {
    /// The figure.
    pub(super) figure: String,
    /// Whose contacts.
    pub(super) population: &'static str,
    /// What it is now; the notes say why it is not known.
    pub(super) now: String,
    /// Where the truth may lie.
    pub(super) interval: Option<String>,
    /// What is to be reached.
    pub(super) goal: String,
    /// A mark that stands for how it is, beside the words.
    pub(super) mark: &'static str,
    /// How it is.
    pub(super) standing: &'static str,
    /// How far off, where that is far.
    pub(super) drift: Option<String>,
    /// How sure, whose, until when.
    pub(super) notes: Vec<String>,
    /// Whether somebody should look at it first.
    pub(super) urgent: bool,
}

/// Every target of a report, in its order.
pub(super) fn told(report: &Report, numbers: Numbers<'_>) -> Vec<Told> {
    report.targets.iter().filter_map(|target| tell(report, target, numbers)).collect()
}

fn tell(report: &Report, target: &TargetStanding, numbers: Numbers<'_>) -> Option<Told> {
    let value = report.total()?.value(target.kpi, target.population);
    let (mark, standing) = match target.standing {
        Standing::Met => ("✓", "reached"),
        Standing::Missed => ("✗", "not reached"),
        Standing::Critical => ("!", "critical: act now"),
        Standing::TooGood => ("?", "too good: check the data first"),
        Standing::Unknown => ("–", "not known"),
    };
    let why =
        value.map_or_else(|| Some("not in the report".to_owned()), |v| v.value.as_ref().err().map(words::undefined));
    let mut notes: Vec<String> = why.into_iter().collect();
    let drift = target.drift.filter(|_| target.is_far_off()).map(|drift| {
        let side = if drift > 0.0 { "over" } else { "under" };
        format!("{} {side} the goal", numbers.share(drift.abs(), None))
    });
    if target.standing != Standing::Unknown && target.interval.is_some() {
        notes.push(if target.is_sure() { "beyond chance" } else { "chance may explain it" }.to_owned());
    }
    notes.extend(target.phase.clone());
    notes.extend(target.owner.clone());
    Some(Told {
        figure: words::name(target.kpi),
        population: target.population.in_words(),
        now: value.and_then(|value| numbers.value(value)).unwrap_or_else(|| "–".to_owned()),
        interval: value.and_then(|value| numbers.interval(value)),
        goal: numbers.goal(target.kpi, target.goal.to_f64()?),
        mark,
        standing,
        drift,
        notes,
        urgent: matches!(target.standing, Standing::Critical | Standing::TooGood),
    })
}
