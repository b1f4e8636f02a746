//! What tables by group and lines over time show, and which doubts hang over the figures.

use super::page::Place;
use crate::kpis::Flag;
use crate::kpis::Population::{Ai, AiFronted, All, Human, People};
use crate::report::{GroupReport, Report, Value};
use std::collections::BTreeMap;

/// A column of the table of groups.
pub(super) struct Column {
    /// The figure.
    pub(super) place: Place,
    /// Its heading in two short lines.
    pub(super) heading: [&'static str; 2],
    /// Whom it speaks of.
    pub(super) about: &'static str,
}

const fn column(place: Place, heading: [&'static str; 2], about: &'static str) -> Column {
    Column { place, heading, about }
}

const COLUMNS: [Column; 11] = [
    column(("interactions", All), ["", "contacts"], "All"),
    column(("autonomous_resolution_rate", AiFronted), ["", "claimed"], "The AI"),
    column(("verified_containment_rate", AiFronted), ["", "verified"], "The AI"),
    column(("recontact_rate_72h", Ai), ["back in", "72 h"], "The AI"),
    column(("escalation_rate", AiFronted), ["handed", "over"], "The AI"),
    column(("csat", Ai), ["", "CSAT"], "The AI"),
    column(("csat_response_rate", Ai), ["survey", "answers"], "The AI"),
    column(("ai_cost_per_resolution", AiFronted), ["cost per", "solved"], "The AI"),
    column(("first_contact_resolution", Human), ["one", "session"], "People"),
    column(("csat", People), ["", "CSAT"], "People"),
    column(("csat_response_rate", People), ["survey", "answers"], "People"),
];

/// The columns that say something about at least one group.
pub(super) fn columns(groups: &[&GroupReport]) -> Vec<&'static Column> {
    let known = |c: &&Column| groups.iter().any(|g| g.value(c.place.0, c.place.1).is_some_and(|v| v.value.is_ok()));
    let mut found: Vec<_> = COLUMNS.iter().filter(known).collect();
    // Satisfaction stands beside its response rate or not at all.
    let answers =
        |about: &str, found: &[&Column]| found.iter().any(|c| c.place.0 == "csat_response_rate" && c.about == about);
    let kept: Vec<bool> = found.iter().map(|c| c.place.0 != "csat" || answers(c.about, &found)).collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(false));
    found
}

/// At most so many groups, those with the most contacts, in the order of the report.
pub(super) fn largest<'r>(groups: &[&'r GroupReport], most: usize) -> Vec<&'r GroupReport> {
    let mut order: Vec<(usize, &GroupReport)> = groups.iter().copied().enumerate().collect();
    order.sort_by_key(|(at, group)| (std::cmp::Reverse(group.contacts()), *at));
    order.truncate(most);
    order.sort_by_key(|(at, _)| *at);
    order.into_iter().map(|(_, group)| group).collect()
}

/// Whom a line speaks of; its colour, dashes and marks follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Everybody.
    All,
    /// The AI.
    Ai,
    /// What the AI claims.
    Claim,
    /// People.
    People,
}

impl Tone {
    /// The name that style sheets use.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Ai => "ai",
            Self::Claim => "claim",
            Self::People => "people",
        }
    }
}

/// One line of a chart.
pub(super) struct Line {
    /// Whom it speaks of.
    pub(super) tone: Tone,
    /// What it is called in the chart.
    pub(super) label: &'static str,
    /// The figure.
    pub(super) place: Place,
}

/// Lines that belong together.
pub(super) struct Chart {
    /// What they show.
    pub(super) title: &'static str,
    /// Which way is good, in words.
    pub(super) reads: &'static str,
    /// The lines.
    pub(super) lines: &'static [Line],
    /// What stands beside them in numbers.
    pub(super) beside: &'static [Line],
}

const fn line(tone: Tone, label: &'static str, place: Place) -> Line {
    Line { tone, label, place }
}

const CHARTS: [Chart; 6] = [
    Chart {
        title: "Resolved by AI",
        reads: "Of the contacts AI met: claimed of all it finished, verified of those that are settled.",
        lines: &[
            line(Tone::Ai, "verified", ("verified_containment_rate", AiFronted)),
            line(Tone::Claim, "claimed", ("autonomous_resolution_rate", AiFronted)),
        ],
        beside: &[],
    },
    Chart {
        title: "Came back within 72 hours",
        reads: "Of the contacts called resolved. Lower is better.",
        lines: &[
            line(Tone::Ai, "AI", ("recontact_rate_72h", Ai)),
            line(Tone::People, "people", ("recontact_rate_72h", Human)),
        ],
        beside: &[],
    },
    Chart {
        title: "Handed over to people",
        reads: "Of the contacts AI met. Lower is cheaper, and better only while satisfaction holds.",
        lines: &[line(Tone::Ai, "escalation", ("escalation_rate", AiFronted))],
        beside: &[],
    },
    Chart {
        title: "Satisfied customers (CSAT)",
        reads: "Of those who answered, AI and people apart. Higher is better.",
        lines: &[line(Tone::Ai, "AI", ("csat", Ai)), line(Tone::People, "people", ("csat", People))],
        beside: &[
            line(Tone::Ai, "AI survey answers", ("csat_response_rate", Ai)),
            line(Tone::People, "people's survey answers", ("csat_response_rate", People)),
        ],
    },
    Chart {
        title: "AI cost per resolution",
        reads: "What the AI itself costs, for each contact it resolved alone. Lower is better.",
        lines: &[line(Tone::Ai, "AI cost", ("ai_cost_per_resolution", AiFronted))],
        beside: &[],
    },
    Chart {
        title: "Contacts",
        reads: "How many came in.",
        lines: &[line(Tone::All, "all", ("interactions", All)), line(Tone::Ai, "only AI", ("interactions", Ai))],
        beside: &[],
    },
];

/// The charts for which some period has a value. A satisfaction without its response rate is none.
pub(super) fn charts(report: &Report) -> Vec<&'static Chart> {
    let known = |line: &Line| {
        report.periods().any(|(_, g)| g.value(line.place.0, line.place.1).is_some_and(|v| v.value.is_ok()))
    };
    let honest = |chart: &&Chart| {
        let about_csat = chart.lines.iter().any(|l| l.place.0 == "csat");
        !about_csat || chart.beside.iter().any(known)
    };
    CHARTS.iter().filter(|c| c.lines.iter().any(known)).filter(honest).collect()
}

/// The doubts of a group, each with the figures it hangs over.
pub(super) fn doubts(group: &GroupReport) -> BTreeMap<Flag, Vec<&Value>> {
    let mut found: BTreeMap<Flag, Vec<&Value>> = BTreeMap::new();
    for value in &group.values {
        for flag in value.flags.iter() {
            found.entry(flag).or_default().push(value);
        }
    }
    found
}
