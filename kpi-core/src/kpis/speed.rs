//! Speed: how long customers wait, and how long the work takes. Waits in the desk's own time are in [`super::promises`].

use super::figure::Flag;
use super::kpi::Population::{Ai, AiFronted, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Population, Tier, Timing, Unit};
use super::shared::HANDLE_SECONDS;
use crate::input::Column as C;
use crate::tally::{TimeScale, Times};

static FIRST_RESPONSE: Times = Times {
    name: "first_response",
    rows: |r| r.known(C::FirstResponseAt),
    values: |r, _| r.between(C::OpenedAt, C::FirstResponseAt),
    scale: TimeScale::Nanos,
    reads: &[C::FirstResponseAt],
};
static ESCALATION_RESPONSE: Times = Times {
    name: "escalation_response",
    rows: |r| r.handed_over & r.known(C::EscalatedAt) & r.known(C::HumanFirstResponseAt),
    values: |r, _| r.between(C::EscalatedAt, C::HumanFirstResponseAt),
    scale: TimeScale::Nanos,
    reads: &[C::EscalatedAt, C::HumanFirstResponseAt],
};
static RESOLUTION: Times = Times {
    name: "resolution_time",
    rows: |r| r.resolved,
    values: |r, _| r.between(C::OpenedAt, C::ClosedAt),
    scale: TimeScale::Nanos,
    reads: &[],
};
static VOICE_LATENCY: Times = Times {
    name: "voice_latency",
    rows: |r| r.known(C::VoiceLatencyMs),
    values: |r, _| r.bits_of_doubles(C::VoiceLatencyMs),
    scale: TimeScale::MillisecondBits,
    reads: &[C::VoiceLatencyMs],
};

const WITH_REPLY: &[Input] = &[Input::One(C::FirstResponseAt)];
const WITH_HANDOVER_AND_REPLY: &[Input] = &[Input::One(C::EscalatedAt), Input::One(C::HumanFirstResponseAt)];
const EVERY_HANDLING: &[Population] = &[All, Ai, Human, AiToHuman];

/// Two contacts of AI by voice, two handed over, two by people, one of those without a solution.
const SEVERAL: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "first_response_at": "2026-01-05T09:00:05Z", "closed_at": "2026-01-05T09:02:00Z", "outcome": "resolved", "ai_handle_seconds": 40, "voice_latency_ms": 800},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "first_response_at": "2026-01-05T10:00:08Z", "closed_at": "2026-01-05T10:04:00Z", "outcome": "resolved", "ai_handle_seconds": 60, "voice_latency_ms": 1200.5},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "first_response_at": "2026-01-05T11:00:10Z", "escalated_at": "2026-01-05T11:05:00Z", "human_first_response_at": "2026-01-05T11:20:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "ai_handle_seconds": 90, "human_handle_seconds": 600},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T14:00:00Z", "first_response_at": "2026-01-05T14:00:04Z", "escalated_at": "2026-01-05T14:03:00Z", "human_first_response_at": "2026-01-05T14:08:00Z", "closed_at": "2026-01-05T14:30:00Z", "outcome": "resolved", "ai_handle_seconds": 30, "human_handle_seconds": 400},
  {"id": "5", "handling": "human", "opened_at": "2026-01-05T12:00:00Z", "first_response_at": "2026-01-05T12:30:00Z", "closed_at": "2026-01-05T14:00:00Z", "outcome": "resolved", "human_handle_seconds": 900},
  {"id": "6", "handling": "human", "opened_at": "2026-01-05T13:00:00Z", "first_response_at": "2026-01-05T15:00:00Z", "closed_at": "2026-01-05T16:00:00Z", "outcome": "unresolved", "human_handle_seconds": 300}]}"#;

/// How long half of the customers wait at most for a reply.
pub static FIRST_RESPONSE_P50: Kpi = Kpi {
    id: "first_response_p50",
    name: "First response time, median",
    also_called: &["FRT", "time to first reply"],
    family: Family::Speed,
    means: "The wait that half of the customers did not pass before the first reply by anyone. AI and people are never mixed: seconds and hours have no common middle.",
    misleads: "An AI greeting stops the clock at once, so for contacts that AI takes first it says little. Contacts without any reply yet are not in it.",
    words: "median of first reply − opening, over contacts with a reply",
    tex: r"Q_{0.5}\left(\text{first response}_i - \text{opened}_i\right)",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiFronted, Human],
    needs: &[],
    inputs: WITH_REPLY,
    formula: Formula::Quantile(&FIRST_RESPONSE, 500),
    ripening: None,
    doubts: &[],
    sources: &["[N] quantiles for AI and people apart", "[H] near zero for AI, so a service-level signal at most"],
    views: &["operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("AI: under 30 seconds [N]"),
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "Where AI took part, 4, 5, 8 and 10 s: the 2nd of 4 is 5. People: 1,800 and 7,200 s: the 1st of 2.",
        expect: &[(AiFronted, "5.0"), (Human, "1800.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("first_response_p90")],
};

/// How long nine in ten customers wait at most for a reply.
pub static FIRST_RESPONSE_P90: Kpi = Kpi {
    id: "first_response_p90",
    name: "First response time, 90th percentile",
    also_called: &["FRT P90", "slow first replies"],
    family: Family::Speed,
    means: "The wait that nine in ten customers did not pass before the first reply. It shows the queue at its worst hours, which a median hides.",
    misleads: "Contacts without any reply yet are not in it, so a queue that nobody answers does not show until it is answered. It needs some dozens of contacts to say anything.",
    words: "90th percentile of first reply − opening, over contacts with a reply",
    tex: r"Q_{0.9}\left(\text{first response}_i - \text{opened}_i\right)",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiFronted, Human],
    needs: &[],
    inputs: WITH_REPLY,
    formula: Formula::Quantile(&FIRST_RESPONSE, 900),
    ripening: None,
    doubts: &[],
    sources: &["[N] P50 and P90 for AI and people apart", "[M] service levels held around the clock"],
    views: &["operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("AI: under 30 seconds [N]"),
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "Where AI took part, 4, 5, 8 and 10 s: 0.9 · 4 = 3.6, so the 4th. People: 1,800 and 7,200 s: the 2nd.",
        expect: &[(AiFronted, "10.0"), (Human, "7200.0")],
    },
    laws: &[Law::NotNegative],
};

/// How long half of the customers wait at most for a person.
pub static ESCALATION_RESPONSE_P50: Kpi = Kpi {
    id: "escalation_response_p50",
    name: "Escalation response time, median",
    also_called: &["handoff wait", "time to human"],
    family: Family::Speed,
    means: "The wait that half of the handed-over customers did not pass between the handover and the first words of a person.",
    misleads: "Handovers that no person has answered yet are not in it. A person's automatic note counts as a reply if the helpdesk records it as one.",
    words: "median of first human reply − handover, over handovers that know both",
    tex: r"Q_{0.5}\left(\text{human response}_i - \text{escalated}_i\right), i \in X",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiToHuman],
    needs: &[],
    inputs: WITH_HANDOVER_AND_REPLY,
    formula: Formula::Quantile(&ESCALATION_RESPONSE, 500),
    ripening: None,
    doubts: &[],
    sources: &["[N] from the escalation to the first human response"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "Contact 3 waited 15 minutes, contact 4 five: of 300 and 900 s the 1st.",
        expect: &[(AiToHuman, "300.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("escalation_response_p90")],
};

/// How long nine in ten customers wait at most for a person.
pub static ESCALATION_RESPONSE_P90: Kpi = Kpi {
    id: "escalation_response_p90",
    name: "Escalation response time, 90th percentile",
    also_called: &["handoff wait P90", "time to human P90"],
    family: Family::Speed,
    means: "The wait that nine in ten handed-over customers did not pass before a person spoke. It is the wait that customers notice most, as they have already told their story once.",
    misleads: "Handovers that no person has answered yet are not in it, so in an overload it rises late. It counts nights and weekends; the business variant does not.",
    words: "90th percentile of first human reply − handover, over handovers that know both",
    tex: r"Q_{0.9}\left(\text{human response}_i - \text{escalated}_i\right), i \in X",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiToHuman],
    needs: &[],
    inputs: WITH_HANDOVER_AND_REPLY,
    formula: Formula::Quantile(&ESCALATION_RESPONSE, 900),
    ripening: None,
    doubts: &[],
    sources: &["[N] target of the support leads, watched at busy times"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("under 15 minutes [N]"),
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "Contact 3 waited 15 minutes, contact 4 five: 0.9 · 2 = 1.8, so the 2nd of 300 and 900 s.",
        expect: &[(AiToHuman, "900.0")],
    },
    laws: &[Law::NotNegative],
};

/// How long half of what is solved took at most.
pub static RESOLUTION_TIME_P50: Kpi = Kpi {
    id: "resolution_time_p50",
    name: "Resolution time, median",
    also_called: &["time to resolution", "TTR"],
    family: Family::Speed,
    means: "The time from opening to first closing that half of the resolved contacts did not pass.",
    misleads: "Only what is solved counts, so hard contacts that are still open make it look better than it is. Over all contacts the middle may lie between AI and people, where nobody is.",
    words: "median of closing − opening, over resolved contacts",
    tex: r"Q_{0.5}\left(\text{closed}_i - \text{opened}_i\right), i \in \text{resolved}",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: &[],
    formula: Formula::Quantile(&RESOLUTION, 500),
    ripening: None,
    doubts: &[Flag::OpenBacklog, Flag::Blended],
    sources: &["[N] times have two humps, so quantiles and not means", "[R] latency to outcome"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "Resolved took 120 and 240 (AI), 3,600 and 1,800 (handed over), 7,200 s (people). All: the 3rd of 5; AI and handed over: the 1st of 2.",
        expect: &[(All, "1800.0"), (Ai, "120.0"), (Human, "7200.0"), (AiToHuman, "1800.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("resolution_time_p90")],
};

/// How long nine in ten of what is solved took at most.
pub static RESOLUTION_TIME_P90: Kpi = Kpi {
    id: "resolution_time_p90",
    name: "Resolution time, 90th percentile",
    also_called: &["time to resolution P90", "TTR P90"],
    family: Family::Speed,
    means: "The time from opening to first closing that nine in ten resolved contacts did not pass.",
    misleads: "Only what is solved counts: closing old contacts in a backlog makes it jump, leaving them open makes it fall.",
    words: "90th percentile of closing − opening, over resolved contacts",
    tex: r"Q_{0.9}\left(\text{closed}_i - \text{opened}_i\right), i \in \text{resolved}",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: &[],
    formula: Formula::Quantile(&RESOLUTION, 900),
    ripening: None,
    doubts: &[Flag::OpenBacklog, Flag::Blended],
    sources: &["[N] quantiles by population", "[R] the tail and not the average"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "120, 240, 1,800, 3,600 and 7,200 s: 0.9 · 5 = 4.5, so the 5th. AI: the 2nd of 120 and 240; handed over: the 2nd of 1,800 and 3,600.",
        expect: &[(All, "7200.0"), (Ai, "240.0"), (Human, "7200.0"), (AiToHuman, "3600.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("resolution_time_p95")],
};

/// How long nineteen in twenty of what is solved took at most.
pub static RESOLUTION_TIME_P95: Kpi = Kpi {
    id: "resolution_time_p95",
    name: "Resolution time, 95th percentile",
    also_called: &["latency to outcome", "TTR P95"],
    family: Family::Speed,
    means: "The time from opening to first closing that nineteen in twenty resolved contacts did not pass. For AI it shows the contacts over which customers lose patience and ask for a person.",
    misleads: "Only what is solved counts, and on channels where customers answer the next day it measures them and not the AI. It takes many contacts for its interval to be narrow.",
    words: "95th percentile of closing − opening, over resolved contacts",
    tex: r"Q_{0.95}\left(\text{closed}_i - \text{opened}_i\right), i \in \text{resolved}",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: &[],
    formula: Formula::Quantile(&RESOLUTION, 950),
    ripening: None,
    doubts: &[Flag::OpenBacklog, Flag::Blended],
    sources: &["[R] latency to outcome, from reception to delivery"],
    views: &["runrate_12", "operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("AI: under 120 seconds for routine support [R]"),
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "120, 240, 1,800, 3,600 and 7,200 s: 0.95 · 5 = 4.75, so the 5th. Of the two of AI and the two handed over, the 2nd.",
        expect: &[(All, "7200.0"), (Ai, "240.0"), (Human, "7200.0"), (AiToHuman, "3600.0")],
    },
    laws: &[Law::NotNegative],
};

/// How much work a contact is.
pub static HANDLE_TIME_MEAN: Kpi = Kpi {
    id: "handle_time_mean",
    name: "Average handle time",
    also_called: &["AHT", "touch time"],
    family: Family::Speed,
    means: "How many seconds of active work a contact takes: the AI's on its own contacts, people's on theirs and on those handed to them. AI and people have no common mean.",
    misleads: "It rises for people when AI succeeds, because the short contacts are gone; compared with the time before AI it looks like failure. Waiting is not in it.",
    words: "Σ active seconds ÷ contacts that know them: the AI's for AI, people's otherwise",
    tex: r"\frac{1}{n} \sum_i \text{active seconds}_i",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[Ai, Human, AiToHuman],
    needs: &[],
    inputs: &[Input::For(&[Ai], C::AiHandleSeconds), Input::For(&[Human, AiToHuman], C::HumanHandleSeconds)],
    formula: Formula::Mean(&HANDLE_SECONDS),
    ripening: None,
    doubts: &[],
    sources: &[
        "[N] measured apart for AI and people",
        "[H] goes up when AI takes the short contacts",
        "[C] made for a world of people",
    ],
    views: &["executive", "operations", "tiers", "ninety_day_review"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "AI: (40 + 60) / 2; people: (900 + 300) / 2; handed over, people's part: (600 + 400) / 2.",
        expect: &[(Ai, "50.0"), (Human, "600.0"), (AiToHuman, "500.0")],
    },
    laws: &[Law::NotNegative],
};

/// How long the AI is silent before it speaks.
pub static VOICE_LATENCY_P95: Kpi = Kpi {
    id: "voice_latency_p95",
    name: "Voice latency, 95th percentile",
    also_called: &["voice response delay"],
    family: Family::Speed,
    means: "The pause before the AI speaks that nineteen in twenty calls did not pass. Callers take a long pause for a lost line and start to talk into it.",
    misleads: "One number stands for a whole call; if the source gives the mean pause of a call, single long ones vanish in it.",
    words: "95th percentile of voice latency in milliseconds ÷ 1,000, over calls that know it",
    tex: r"Q_{0.95}\left(\text{voice latency}_i\right) / 1000",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::VoiceLatencyMs)],
    formula: Formula::Quantile(&VOICE_LATENCY, 950),
    ripening: None,
    doubts: &[],
    sources: &["[H] latency, a figure of voice AI"],
    views: &["operations", "integrity"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: Some("one to two seconds at most [H]"),
    example: Example {
        tables: SEVERAL,
        options: "{}",
        working: "800 and 1,200.5 ms: 0.95 · 2 = 1.9, so the 2nd.",
        expect: &[(AiFronted, "1.2005")],
    },
    laws: &[Law::NotNegative],
};
