//! Promises: speed as the desk measures it, against its service levels and in its opening hours. Part of the speed
//! family.

use super::figure::Flag;
use super::kpi::Population::{Ai, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Need, Tier, Timing, Unit};
use crate::input::Column as C;
use crate::tally::Counted::Now;
use crate::tally::{Count, TimeScale, Times};

static SERVICE_LEVEL_KNOWN: Count =
    Count { name: "service_level_known", rows: Now(|r| r.service_level().0), reads: &[C::FirstResponseAt] };
static SERVICE_LEVEL_MET: Count =
    Count { name: "service_level_met", rows: Now(|r| r.service_level().1), reads: &[C::FirstResponseAt] };
static FIRST_RESPONSE_OPEN: Times = Times {
    name: "first_response_business",
    rows: |r| r.human & r.known(C::FirstResponseAt),
    values: |r, rows| r.open_between(C::OpenedAt, C::FirstResponseAt, rows),
    scale: TimeScale::Nanos,
    reads: &[C::FirstResponseAt],
};
static ESCALATION_RESPONSE_OPEN: Times = Times {
    name: "escalation_response_business",
    rows: |r| r.handed_over & r.known(C::EscalatedAt) & r.known(C::HumanFirstResponseAt),
    values: |r, rows| r.open_between(C::EscalatedAt, C::HumanFirstResponseAt, rows),
    scale: TimeScale::Nanos,
    reads: &[C::EscalatedAt, C::HumanFirstResponseAt],
};

const WITH_REPLY: &[Input] = &[Input::One(C::FirstResponseAt)];
const WITH_HANDOVER_AND_REPLY: &[Input] = &[Input::One(C::EscalatedAt), Input::One(C::HumanFirstResponseAt)];

/// A Monday and a Tuesday: three contacts of people (one over night, one before the desk opens, one still open), three
/// handed over (over night, by day, and in the evening), two of AI (one the customer left).
const TWO_DAYS: &str = r#"{"interactions": [
  {"id": "1", "handling": "human", "opened_at": "2026-01-05T16:00:00Z", "first_response_at": "2026-01-06T10:00:00Z", "closed_at": "2026-01-06T12:00:00Z", "outcome": "resolved"},
  {"id": "2", "handling": "human", "opened_at": "2026-01-05T08:00:00Z", "first_response_at": "2026-01-05T09:30:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved"},
  {"id": "3", "handling": "human", "opened_at": "2026-01-06T10:00:00Z", "first_response_at": "2026-01-06T10:20:00Z"},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T16:30:00Z", "first_response_at": "2026-01-05T16:30:05Z", "escalated_at": "2026-01-05T16:50:00Z", "human_first_response_at": "2026-01-06T09:20:00Z", "closed_at": "2026-01-06T10:00:00Z", "outcome": "resolved"},
  {"id": "5", "handling": "ai_to_human", "opened_at": "2026-01-06T11:00:00Z", "first_response_at": "2026-01-06T11:00:05Z", "escalated_at": "2026-01-06T11:05:00Z", "human_first_response_at": "2026-01-06T11:10:00Z", "closed_at": "2026-01-06T12:00:00Z", "outcome": "resolved"},
  {"id": "6", "handling": "ai_to_human", "opened_at": "2026-01-05T20:00:00Z", "first_response_at": "2026-01-05T20:00:05Z", "escalated_at": "2026-01-05T20:05:00Z", "human_first_response_at": "2026-01-06T09:00:00Z", "closed_at": "2026-01-06T10:30:00Z", "outcome": "unresolved"},
  {"id": "7", "handling": "ai", "opened_at": "2026-01-06T09:00:00Z", "first_response_at": "2026-01-06T09:00:02Z", "closed_at": "2026-01-06T09:05:00Z", "outcome": "resolved"},
  {"id": "8", "handling": "ai", "opened_at": "2026-01-06T09:10:00Z", "first_response_at": "2026-01-06T09:10:02Z", "closed_at": "2026-01-06T09:12:00Z", "outcome": "abandoned"}]}"#;
const OFFICE_HOURS: &str = r#"{"as_of": "2026-01-06T13:00:00Z",
  "business_hours": {"time_zone": "UTC", "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}}}"#;
const ONE_HOUR_AND_FOUR: &str = r#"{"as_of": "2026-01-06T13:00:00Z",
  "business_hours": {"time_zone": "UTC", "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}},
  "sla": [{"first_response_seconds": 3600, "resolution_seconds": 14400, "clock": "business"}]}"#;

/// Whether promises are kept.
pub static SLA_ADHERENCE: Kpi = Kpi {
    id: "sla_adherence",
    name: "Service-level adherence",
    also_called: &["SLA compliance", "SLA attainment"],
    family: Family::Speed,
    means: "Of the contacts that a service level applies to and whose answer is known, the share that met every target of it.",
    misleads: "A reply at once meets a response target and may solve nothing: AI lifts it without helping anybody. Over all contacts, many easy ones of AI cover for people's queue.",
    words: "contacts that met every target of the first policy that matches them ÷ contacts that a policy applies to and whose answer is known",
    tex: r"\frac{\lvert\text{every target met}\rvert}{\lvert\text{policy applies, answer known}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All, Ai, Human, AiToHuman],
    needs: &[Need::Sla],
    inputs: &[Input::ForResponseTargets(C::FirstResponseAt)],
    formula: Formula::Share { part: &SERVICE_LEVEL_MET, whole: &SERVICE_LEVEL_KNOWN },
    ripening: None,
    doubts: &[Flag::Blended],
    sources: &["[M] service levels as a condition of pay", "[R] once the SLA holds, accuracy comes before latency"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TWO_DAYS,
        options: ONE_HOUR_AND_FOUR,
        working: "1 was answered after two open hours: missed. 2 met both (half an hour, three hours). 3 may still be solved in time: not known. 4 and 5 met both; 6 was closed unsolved: missed. 7 met both, and 8, which the customer left, is judged on the reply alone: met. All: 5 / 7; AI: 2 / 2; people: 1 / 2; handed over: 2 / 3.",
        expect: &[(All, "0.7142857142857143"), (Ai, "1.0"), (Human, "0.5"), (AiToHuman, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How long half of the customers wait at most, while the desk is open.
pub static FIRST_RESPONSE_P50_BUSINESS: Kpi = Kpi {
    id: "first_response_p50_business",
    name: "First response time in business hours, median",
    also_called: &["business FRT", "working-time first reply"],
    family: Family::Speed,
    means: "The open time that half of the people's contacts did not pass before the first reply. Nights, weekends and holidays do not count, so it is what the desk can be held to.",
    misleads: "The customer lives in calendar time: a reply on Monday to a question of Friday evening may count as minutes here. Read it beside the calendar figure.",
    words: "median of open time from opening to first reply, over contacts with a reply",
    tex: r"Q_{0.5}\left(\text{open time}(\text{opened}_i, \text{first response}_i)\right)",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[Human],
    needs: &[Need::BusinessHours],
    inputs: WITH_REPLY,
    formula: Formula::Quantile(&FIRST_RESPONSE_OPEN, 500),
    ripening: None,
    doubts: &[],
    sources: &["[N] P50 of people's contacts; here in the desk's own time"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TWO_DAYS,
        options: OFFICE_HOURS,
        working: "1 waited 16–17 and 9–10 o'clock, 7,200 s; 2 from 9 to 9:30, 1,800 s; 3 1,200 s. The 2nd of 3.",
        expect: &[(Human, "1800.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("first_response_p90_business"), Law::AtMost("first_response_p50")],
};

/// How long nine in ten customers wait at most, while the desk is open.
pub static FIRST_RESPONSE_P90_BUSINESS: Kpi = Kpi {
    id: "first_response_p90_business",
    name: "First response time in business hours, 90th percentile",
    also_called: &["business FRT P90"],
    family: Family::Speed,
    means: "The open time that nine in ten of the people's contacts did not pass before the first reply. It shows queues that staffing could shorten, since nights are not in it.",
    misleads: "Wrong opening hours or a forgotten holiday move it by whole days. Contacts without any reply yet are not in it.",
    words: "90th percentile of open time from opening to first reply, over contacts with a reply",
    tex: r"Q_{0.9}\left(\text{open time}(\text{opened}_i, \text{first response}_i)\right)",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[Human],
    needs: &[Need::BusinessHours],
    inputs: WITH_REPLY,
    formula: Formula::Quantile(&FIRST_RESPONSE_OPEN, 900),
    ripening: None,
    doubts: &[],
    sources: &["[N] P90 of people's contacts; here in the desk's own time"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TWO_DAYS,
        options: OFFICE_HOURS,
        working: "7,200, 1,800 and 1,200 s of open time: 0.9 · 3 = 2.7, so the 3rd.",
        expect: &[(Human, "7200.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("first_response_p90")],
};

/// How long half of the handed-over customers wait at most, while the desk is open.
pub static ESCALATION_RESPONSE_P50_BUSINESS: Kpi = Kpi {
    id: "escalation_response_p50_business",
    name: "Escalation response time in business hours, median",
    also_called: &["business handoff wait"],
    family: Family::Speed,
    means: "The open time that half of the handed-over customers did not pass before a person spoke. It tells a slow queue from a closed desk.",
    misleads: "AI hands over at night too; who then waits until morning counts as no wait at all. A low figure here beside a high one in calendar time asks for people at night, or for the AI to say when somebody comes.",
    words: "median of open time from handover to first human reply, over handovers that know both",
    tex: r"Q_{0.5}\left(\text{open time}(\text{escalated}_i, \text{human response}_i)\right), i \in X",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiToHuman],
    needs: &[Need::BusinessHours],
    inputs: WITH_HANDOVER_AND_REPLY,
    formula: Formula::Quantile(&ESCALATION_RESPONSE_OPEN, 500),
    ripening: None,
    doubts: &[],
    sources: &["[N] from the escalation to the first human response; here in the desk's own time"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TWO_DAYS,
        options: OFFICE_HOURS,
        working: "4 waited ten minutes of Monday and twenty of Tuesday, 1,800 s; 5 300 s; 6 was answered as the desk opened, 0 s. The 2nd of 3.",
        expect: &[(AiToHuman, "300.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("escalation_response_p90_business"), Law::AtMost("escalation_response_p50")],
};

/// How long nine in ten handed-over customers wait at most, while the desk is open.
pub static ESCALATION_RESPONSE_P90_BUSINESS: Kpi = Kpi {
    id: "escalation_response_p90_business",
    name: "Escalation response time in business hours, 90th percentile",
    also_called: &["business handoff wait P90"],
    family: Family::Speed,
    means: "The open time that nine in ten handed-over customers did not pass before a person spoke. When it rises, the queue behind the AI has too few people.",
    misleads: "Handovers that no person has answered yet are not in it, so in an overload it rises late.",
    words: "90th percentile of open time from handover to first human reply, over handovers that know both",
    tex: r"Q_{0.9}\left(\text{open time}(\text{escalated}_i, \text{human response}_i)\right), i \in X",
    unit: Unit::Seconds,
    better: Better::Lower,
    populations: &[AiToHuman],
    needs: &[Need::BusinessHours],
    inputs: WITH_HANDOVER_AND_REPLY,
    formula: Formula::Quantile(&ESCALATION_RESPONSE_OPEN, 900),
    ripening: None,
    doubts: &[],
    sources: &["[N] target of the support leads; here in the desk's own time"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TWO_DAYS,
        options: OFFICE_HOURS,
        working: "1,800, 300 and 0 s of open time: 0.9 · 3 = 2.7, so the 3rd.",
        expect: &[(AiToHuman, "1800.0")],
    },
    laws: &[Law::NotNegative, Law::AtMost("escalation_response_p90")],
};
