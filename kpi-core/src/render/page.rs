//! What a view shows of a group: questions, answers in words, figures beside their evidence (SPEC 6.5).
//!
//! What may stand in a rendering is written down here once. A claim that needs evidence is not shown unless the evidence is
//! in the report too: no deflection without recontact, no satisfaction without the response rate.

use super::numbers::Numbers;
use super::words;
use crate::kpis::Population::{self, Ai, All, People};
use crate::report::{Cite, GroupReport, Question, Sentence, Value, View, ViewFigure};

/// A figure of a population.
pub(super) type Place = (&'static str, Population);

/// A figure and what stands beside it.
pub(super) struct Shown<'r> {
    /// What it is called here.
    pub(super) label: &'r str,
    /// The figure.
    pub(super) value: &'r Value,
    /// Its evidence, then its context.
    pub(super) beside: Vec<(&'r str, &'r Value)>,
}

/// A question with its answer.
pub(super) struct Answered<'r> {
    /// The question.
    pub(super) title: &'r str,
    /// In words; empty when nothing is known.
    pub(super) answer: String,
    /// In numbers; empty when the report has none of them.
    pub(super) figures: Vec<Shown<'r>>,
}

/// The questions of a view, answered from a group's figures.
pub(super) fn questions<'r>(view: &'r View, group: &'r GroupReport, numbers: Numbers<'_>) -> Vec<Answered<'r>> {
    view.questions.iter().map(|question| answer(question, group, numbers)).collect()
}

fn answer<'r>(question: &'r Question, group: &'r GroupReport, numbers: Numbers<'_>) -> Answered<'r> {
    let sentences = question.sentences.iter().filter_map(|s| fill(s, group, numbers));
    let figures = question.figures.iter().flat_map(|figure| shown(figure, group));
    Answered { title: &question.title, answer: sentences.collect::<Vec<_>>().join(" "), figures: figures.collect() }
}

fn shown<'r>(figure: &'r ViewFigure, group: &'r GroupReport) -> Vec<Shown<'r>> {
    let find = |cites: &'r [Cite]| {
        cites.iter().filter_map(|cite| Some((cite.label.as_str(), group.value(&cite.kpi, cite.population)?)))
    };
    let mut beside: Vec<_> = find(&figure.evidence).collect();
    if beside.len() < figure.evidence.len() || !is_allowed(figure, group) {
        return Vec::new();
    }
    // What is not known is said of evidence; of context it would be noise.
    beside.extend(find(&figure.beside).filter(|(_, v)| v.value.is_ok()));
    let values = figure.populations.iter().filter_map(|population| group.value(&figure.kpi, *population));
    let shown = |value: &'r Value| Shown { label: &figure.label, value, beside: beside.clone() };
    values.map(shown).collect()
}

/// Whether what a figure needs beside it is in the report at all, and a blend of AI and people stands beside the two.
fn is_allowed(figure: &ViewFigure, group: &GroupReport) -> bool {
    let has = |id: &str| group.values.iter().any(|value| value.id == id);
    let blend_alone = figure.kpi == "csat"
        && figure.populations.contains(&All)
        && !(figure.populations.contains(&Ai) && figure.populations.contains(&People));
    !blend_alone
        && (!NEEDS_EVIDENCE.contains(&figure.kpi.as_str()) || evidence_of(&figure.kpi).iter().all(|id| has(id)))
}

fn fill(sentence: &Sentence, group: &GroupReport, numbers: Numbers<'_>) -> Option<String> {
    let mut text = sentence.text.clone();
    for cite in &sentence.figures {
        text = text.replacen("{}", &numbers.value(group.value(&cite.kpi, cite.population)?)?, 1);
    }
    Some(text)
}

impl Shown<'_> {
    /// What it is called where its name must say all.
    pub(super) fn name(&self) -> String {
        if self.label.is_empty() { words::name(self.value.id) } else { self.label.to_owned() }
    }
}

/// Figures that are not shown at all without their evidence.
const NEEDS_EVIDENCE: [&str; 2] = ["deflection_rate", "csat"];

/// What must stand right under a figure wherever it is listed, and nowhere else.
const EVIDENCE: &[(&str, &[&str])] = &[
    ("deflection_rate", &["deflected_recontact_rate_48h"]),
    ("autonomous_resolution_rate", &["verified_containment_rate", "resolution_gap"]),
    ("resolution_rate", &["recontact_rate_72h", "recontact_rate_48h"]),
    ("csat", &["csat_response_rate"]),
];

fn evidence_of(id: &str) -> &'static [&'static str] {
    EVIDENCE.iter().find(|(claim, _)| *claim == id).map_or(&[], |(_, evidence)| evidence)
}

/// A figure over all its populations.
pub(super) struct Listed<'r> {
    /// The figure.
    pub(super) id: &'static str,
    /// Whether it stands here as the evidence of the one above.
    pub(super) is_evidence: bool,
    /// By population; empty when it must not be shown.
    pub(super) values: Vec<&'r Value>,
    /// Why it is not shown, though it is in the report.
    pub(super) withheld: Option<String>,
}

/// Figures in the order of the report, each claim followed by its evidence.
pub(super) fn listed<'r>(values: &[&'r Value]) -> Vec<Listed<'r>> {
    let mut ids: Vec<&'static str> = values.iter().map(|v| v.id).collect();
    ids.dedup();
    let is_pulled = |id: &&str| ids.iter().any(|claim| evidence_of(claim).contains(id));
    let mut out = Vec::new();
    for id in ids.iter().filter(|id| !is_pulled(id)) {
        out.push(list(id, values, false));
        let evidence = evidence_of(id).iter().filter(|e| ids.contains(e));
        out.extend(evidence.map(|e| list(e, values, true)));
    }
    out
}

fn list<'r>(id: &'static str, values: &[&'r Value], is_evidence: bool) -> Listed<'r> {
    let mut own: Vec<&Value> = values.iter().copied().filter(|v| v.id == id).collect();
    let has = |evidence: &str| values.iter().any(|v| v.id == evidence);
    let needed = if NEEDS_EVIDENCE.contains(&id) { evidence_of(id) } else { &[] };
    let missing: Vec<&str> = needed.iter().copied().filter(|e| !has(e)).collect();
    let withheld = (!missing.is_empty()).then(|| {
        own.clear();
        format!("not shown without its evidence: ask for {} too", missing.join(" and "))
    });
    // One satisfaction of AI and people together is shown only beside the two.
    if id == "csat" && !(own.iter().any(|v| v.population == Ai) && own.iter().any(|v| v.population == People)) {
        own.retain(|v| v.population != All);
    }
    Listed { id, is_evidence, values: own, withheld }
}
