//! The executive page: four questions, six figures, each beside its evidence (SPEC 6.5).
//!
//! What may stand on it is written down here once, for every rendering. A claim that needs evidence is not shown unless
//! the evidence is in the report too: no deflection without recontact, no satisfaction without the response rate.

use super::numbers::Numbers;
use crate::kpis::Population::{self, Ai, AiFronted, AiToHuman, All, Human, People};
use crate::report::{GroupReport, Value};

/// A figure of a population.
pub(super) type Place = (&'static str, Population);

/// A figure that the page shows, and what must stand beside it.
struct Claim {
    label: &'static str,
    place: Place,
    /// Without one of these in the report the claim is left out.
    evidence: &'static [(&'static str, Place)],
    /// Shown beside it where they are known.
    context: &'static [(&'static str, Place)],
}

/// A sentence, left out unless every figure in it has a value.
struct Sentence {
    text: &'static str,
    figures: &'static [Place],
}

struct Ask {
    title: &'static str,
    sentences: &'static [Sentence],
    claims: &'static [Claim],
}

const RESOLVED: Ask = Ask {
    title: "Are customers getting resolved?",
    sentences: &[
        Sentence {
            text: "{} of customers' matters were solved in one session and stayed solved.",
            figures: &[("first_contact_resolution", All)],
        },
        Sentence {
            text: "{} of the contacts called resolved came back within three days.",
            figures: &[("recontact_rate_72h", All)],
        },
    ],
    claims: &[Claim {
        label: "Solved in one session, and held",
        place: ("first_contact_resolution", All),
        evidence: &[],
        context: &[
            ("only AI", ("first_contact_resolution", Ai)),
            ("only people", ("first_contact_resolution", Human)),
            ("AI, then people", ("first_contact_resolution", AiToHuman)),
            ("called resolved", ("resolution_rate", All)),
            ("came back within 72 h", ("recontact_rate_72h", All)),
        ],
    }],
};

const AI: Ask = Ask {
    title: "Is the AI working?",
    sentences: &[
        Sentence {
            text: "Of the contacts it meets, the AI claims to resolve {}; {} is verified.",
            figures: &[("autonomous_resolution_rate", AiFronted), ("verified_containment_rate", AiFronted)],
        },
        Sentence {
            text: "{} of all contacts ended without a person, and {} of those came back within two days.",
            figures: &[("deflection_rate", All), ("deflected_recontact_rate_48h", Ai)],
        },
    ],
    claims: &[
        Claim {
            label: "Resolved by AI, verified",
            place: ("verified_containment_rate", AiFronted),
            evidence: &[],
            context: &[
                ("claimed by the AI", ("autonomous_resolution_rate", AiFronted)),
                ("claimed, did not hold", ("resolution_gap", AiFronted)),
                ("handed over", ("escalation_rate", AiFronted)),
            ],
        },
        Claim {
            label: "Ended without people (deflection)",
            place: ("deflection_rate", All),
            evidence: &[("came back within 48 h", ("deflected_recontact_rate_48h", Ai))],
            context: &[("customer gave up", ("abandonment_rate", AiFronted))],
        },
    ],
};

const PEOPLE: Ask = Ask {
    title: "Are people effective?",
    sentences: &[
        Sentence {
            text: "What AI hands over is solved in one session in {} of cases.",
            figures: &[("first_contact_resolution", AiToHuman)],
        },
        Sentence {
            text: "After people, {} are satisfied ({} answered); after the AI, {} ({} answered).",
            figures: &[("csat", People), ("csat_response_rate", People), ("csat", Ai), ("csat_response_rate", Ai)],
        },
    ],
    claims: &[
        Claim {
            label: "Handover solved in one session",
            place: ("first_contact_resolution", AiToHuman),
            evidence: &[],
            context: &[
                ("only people", ("first_contact_resolution", Human)),
                ("handle time", ("handle_time_mean", AiToHuman)),
                ("first reply, 9 in 10 within", ("escalation_response_p90", AiToHuman)),
                ("the same in opening hours", ("escalation_response_p90_business", AiToHuman)),
                ("with full context", ("context_transfer_rate", AiToHuman)),
            ],
        },
        Claim {
            label: "CSAT, closed by people",
            place: ("csat", People),
            evidence: &[("surveys answered", ("csat_response_rate", People))],
            context: &[
                ("CSAT, only AI", ("csat", Ai)),
                ("surveys answered, AI", ("csat_response_rate", Ai)),
                ("AI less people", ("csat_delta", All)),
            ],
        },
    ],
};

const WORTH: Ask = Ask {
    title: "What is it worth?",
    sentences: &[
        Sentence {
            text: "A resolution that AI took part in costs {}, people's work included.",
            figures: &[("cost_per_resolution", AiFronted)],
        },
        Sentence { text: "Net savings against the cost before AI: {}.", figures: &[("net_savings", AiFronted)] },
    ],
    claims: &[Claim {
        label: "Cost per resolution, all counted",
        place: ("cost_per_resolution", AiFronted),
        evidence: &[],
        context: &[
            ("AI's own cost per resolution", ("ai_cost_per_resolution", AiFronted)),
            ("people's own cost per resolution", ("human_cost_per_resolution", Human)),
            ("less than before AI", ("cost_reduction", AiFronted)),
            ("net savings", ("net_savings", AiFronted)),
        ],
    }],
};

/// A figure and what stands beside it.
pub(super) struct Shown<'r> {
    /// What it is called here.
    pub(super) label: &'static str,
    /// The figure.
    pub(super) value: &'r Value,
    /// Its evidence, then its context.
    pub(super) beside: Vec<(&'static str, &'r Value)>,
}

/// A question with its answer.
pub(super) struct Question<'r> {
    /// The question.
    pub(super) title: &'static str,
    /// In words; empty when nothing is known.
    pub(super) answer: String,
    /// In numbers; empty when the report has none of them.
    pub(super) figures: Vec<Shown<'r>>,
}

/// The four questions, answered from a group's figures.
pub(super) fn questions<'r>(group: &'r GroupReport, numbers: Numbers<'_>) -> Vec<Question<'r>> {
    [RESOLVED, AI, PEOPLE, WORTH].iter().map(|ask| answer(ask, group, numbers)).collect()
}

fn answer<'r>(ask: &Ask, group: &'r GroupReport, numbers: Numbers<'_>) -> Question<'r> {
    let sentences = ask.sentences.iter().filter_map(|s| fill(s, group, numbers));
    let figures = ask.claims.iter().filter_map(|claim| {
        let value = group.value(claim.place.0, claim.place.1)?;
        let find = |list: &'static [(&'static str, Place)]| {
            list.iter().filter_map(|(label, (id, population))| Some((*label, group.value(id, *population)?)))
        };
        let mut beside: Vec<_> = find(claim.evidence).collect();
        if beside.len() < claim.evidence.len() {
            return None;
        }
        // What is not known is said of evidence; of context it would be noise.
        beside.extend(find(claim.context).filter(|(_, v)| v.value.is_ok()));
        Some(Shown { label: claim.label, value, beside })
    });
    Question { title: ask.title, answer: sentences.collect::<Vec<_>>().join(" "), figures: figures.collect() }
}

fn fill(sentence: &Sentence, group: &GroupReport, numbers: Numbers<'_>) -> Option<String> {
    let mut text = sentence.text.to_owned();
    for (id, population) in sentence.figures {
        text = text.replacen("{}", &numbers.value(group.value(id, *population)?)?, 1);
    }
    Some(text)
}

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
    let missing: Vec<&str> = match id {
        "deflection_rate" | "csat" => evidence_of(id).iter().copied().filter(|e| !has(e)).collect(),
        _ => Vec::new(),
    };
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
