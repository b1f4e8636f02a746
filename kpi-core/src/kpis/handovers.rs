//! Handovers: how those contacts went that the AI gave to people. Part of the escalation family.

use super::cut::Cut;
use super::figure::{Figure, Flag};
use super::kpi::Population::AiToHuman;
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use super::shared::HANDLE_SECONDS;
use crate::evidence::{self, Interval};
use crate::input::Column as C;
use crate::tally::Counted::{Later, Now};
use crate::tally::measures::RETURNS;
use crate::tally::{Count, Measure};

/// What QA or the helpdesk says about the session, and what returns are worked out from where it says nothing.
const SESSION: &[C] = &[C::ResolvedInSession, C::CustomerId, C::Confirmed, C::ReopenedAt, C::Issue, C::SessionId];

static CONTEXT_KNOWN: Count = Count {
    name: "handover_context_known",
    rows: Now(|r| r.handed_over & r.known(C::ContextTransferred)),
    reads: &[C::ContextTransferred],
};
static CONTEXT_TRANSFERRED: Count = Count {
    name: "handover_context_transferred",
    rows: Now(|r| r.handed_over & r.yes(C::ContextTransferred)),
    reads: &[C::ContextTransferred],
};
static SOLVED_KNOWN: Count = Count {
    name: "handover_solved_known",
    rows: Later(|r| r.handed_over & (r.session_answered() | r.mature(r.window()))),
    reads: SESSION,
};
static SOLVED: Count =
    Count { name: "handover_solved", rows: Later(|r| r.handed_over & r.solved_in_session()), reads: SESSION };
static SOLVED_RIPENING: Count = Count {
    name: "handover_solved_ripening",
    rows: Later(|r| r.handed_over & !r.session_answered() & r.maturing(r.window())),
    reads: SESSION,
};
static HANDOVER_MATURE: Count =
    Count { name: "handover_mature", rows: Later(|r| r.handed_over & r.mature(r.window())), reads: RETURNS };
static HANDED_OVER_AGAIN: Count = Count {
    name: "handover_again",
    rows: Later(|r| r.handed_over & r.mature(r.window()) & r.handed_over_again()),
    reads: RETURNS,
};
static HANDOVER_MATURING: Count =
    Count { name: "handover_maturing", rows: Later(|r| r.handed_over & r.maturing(r.window())), reads: RETURNS };

const ANSWER_OR_CUSTOMER: Input = Input::AnyOf(&[C::CustomerId, C::ResolvedInSession]);

/// Five handovers: one quiet; one whose customer was handed over again the next day; that second one, without context;
/// one whose session failed, by a customer nobody knows; one too young to tell.
const HANDOVERS: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai_to_human", "customer_id": "a", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "context_transferred": true, "human_handle_seconds": 120},
  {"id": "2", "handling": "ai_to_human", "customer_id": "b", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "context_transferred": true, "human_handle_seconds": 300},
  {"id": "3", "handling": "ai_to_human", "customer_id": "b", "opened_at": "2026-01-06T09:00:00Z", "closed_at": "2026-01-06T10:00:00Z", "outcome": "resolved", "context_transferred": false, "human_handle_seconds": 180},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-07T09:00:00Z", "closed_at": "2026-01-07T10:00:00Z", "outcome": "resolved", "resolved_in_session": false, "human_handle_seconds": 0},
  {"id": "5", "handling": "ai_to_human", "customer_id": "d", "opened_at": "2026-01-31T11:00:00Z", "closed_at": "2026-01-31T12:00:00Z", "outcome": "resolved", "context_transferred": true}]}"#;
const FEBRUARY: &str = r#"{"as_of": "2026-02-01T00:00:00Z"}"#;

/// Whether the person knew what had been said.
pub static CONTEXT_TRANSFER_RATE: Kpi = Kpi {
    id: "context_transfer_rate",
    name: "Context transfer rate",
    also_called: &["full-context handoffs", "warm handoff rate"],
    family: Family::Escalation,
    means: "Of the handovers where it is known, the share in which the person had the whole story: what the customer said, what the AI tried, and why it stopped.",
    misleads: "A transcript that was attached is not one that was read: customers may still have to repeat themselves. Ask them, or listen in.",
    words: "handovers with full context ÷ handovers where that is known",
    tex: r"\frac{\lvert X_{\text{context}}\rvert}{\lvert X_{\text{context known}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiToHuman],
    needs: &[],
    inputs: &[Input::One(C::ContextTransferred)],
    formula: Formula::Share { part: &CONTEXT_TRANSFERRED, whole: &CONTEXT_KNOWN },
    ripening: None,
    doubts: &[],
    sources: &["[N] first half of escalation quality", "[H] customers should not repeat themselves", "[M]"],
    views: &["operations", "customer"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: HANDOVERS,
        options: FEBRUARY,
        working: "It is known of 1, 2, 3 and 5; only 3 came without context: 3 / 4.",
        expect: &[(AiToHuman, "0.75")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether the handover was the end of it.
pub static ESCALATION_SESSION_RESOLUTION_RATE: Kpi = Kpi {
    id: "escalation_session_resolution_rate",
    name: "Escalated sessions resolved",
    also_called: &["resolved in session after escalation", "FCR on escalated contacts"],
    family: Family::Escalation,
    means: "Of the handovers whose end is known, the share that was solved then and there. Where nobody says so, a handover counts if it was resolved and the customer did not come back.",
    misleads: "Answers given by agents and answers derived from silence are mixed; agents tend to be kinder to their own work.",
    words: "handovers solved in the session ÷ handovers where that is known, by answer or by the time that has passed",
    tex: r"\frac{\lvert X_{\text{solved in session}}\rvert}{\lvert X_{\text{known}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiToHuman],
    needs: &[],
    inputs: &[ANSWER_OR_CUSTOMER],
    formula: Formula::Share { part: &SOLVED, whole: &SOLVED_KNOWN },
    ripening: Some(&SOLVED_RIPENING),
    doubts: &[Flag::Immature],
    sources: &["[N] second half of escalation quality: no further contact needed"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("80 % and more first contact resolution on escalated contacts [N]"),
    example: Example {
        tables: HANDOVERS,
        options: FEBRUARY,
        working: "1 and 3 were resolved and stayed quiet; the customer of 2 came back after 23 h; 4 is said to have failed; 5 is too young: 2 / 4.",
        expect: &[(AiToHuman, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether handing over works.
pub static ESCALATION_QUALITY: Kpi = Kpi {
    id: "escalation_quality",
    name: "Escalation quality",
    also_called: &["handoff quality score"],
    family: Family::Escalation,
    means: "How well handing over works: the share that came with full context times the share that was solved in the session. Many good handovers can be better than a few bad ones, so it stands beside the escalation rate.",
    misleads: "It is a score and no share of contacts: the two halves may be known of different contacts, and whether the same ones did well on both does not show. It leaves out how long the customer waited.",
    words: "context transfer rate × escalated sessions resolved",
    tex: r"\frac{\lvert X_{\text{context}}\rvert}{\lvert X_{\text{context known}}\rvert} \cdot \frac{\lvert X_{\text{solved in session}}\rvert}{\lvert X_{\text{known}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiToHuman],
    needs: &[],
    inputs: &[ANSWER_OR_CUSTOMER, Input::One(C::ContextTransferred)],
    formula: Formula::Product { first: (&CONTEXT_TRANSFERRED, &CONTEXT_KNOWN), second: (&SOLVED, &SOLVED_KNOWN) },
    ripening: Some(&SOLVED_RIPENING),
    doubts: &[Flag::Immature],
    sources: &[
        "[N] composite of context and resolution, a primary figure",
        "[H] pair the escalation rate with quality",
    ],
    views: &["operations", "customer", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: HANDOVERS,
        options: FEBRUARY,
        working: "Context came along in 3 of 4, solved were 2 of 4: 0.75 × 0.5.",
        expect: &[(AiToHuman, "0.375")],
    },
    laws: &[
        Law::WithinZeroAndOne,
        Law::AtMost("context_transfer_rate"),
        Law::AtMost("escalation_session_resolution_rate"),
    ],
};

/// Who had to be handed over twice.
pub static REPEAT_ESCALATION_RATE: Kpi = Kpi {
    id: "repeat_escalation_rate",
    name: "Repeat escalation rate",
    also_called: &["repeat handoffs", "re-escalation rate"],
    family: Family::Escalation,
    means: "Of the handovers whose window is over, the share whose customer came back about the same thing and had to be handed over again. People did not end it the first time.",
    misleads: "A customer who comes back and talks to the AI alone, or on the same record, is a recontact but no repeat here. Handovers without a customer are in neither side.",
    words: "mature handovers followed by another handover of the same customer and issue within the recontact window ÷ mature handovers",
    tex: r"\frac{\lvert X_{\text{mature, again in } X}\rvert}{\lvert X_{\text{mature}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiToHuman],
    needs: &[],
    inputs: &[Input::One(C::CustomerId)],
    formula: Formula::Share { part: &HANDED_OVER_AGAIN, whole: &HANDOVER_MATURE },
    ripening: Some(&HANDOVER_MATURING),
    doubts: &[Flag::Immature],
    sources: &["[M] handovers with context should not come back"],
    views: &["operations", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: HANDOVERS,
        options: FEBRUARY,
        working: "Mature are 1, 2 and 3 (4 has no customer, 5 is too young); the customer of 2 was handed over again as 3: 1 / 3.",
        expect: &[(AiToHuman, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne],
};

fn minutes(cut: &Cut<'_>) -> Option<Figure> {
    let seconds = cut.spread(&HANDLE_SECONDS);
    let figure = Figure::number(seconds.mean()? / 60.0, seconds.n());
    let sum = seconds.sum().quotient(60)?;
    let interval = evidence::mean_interval(&seconds, cut.z());
    let interval = interval.map(|of| Interval { low: of.low / 60.0, high: of.high / 60.0 });
    Some(figure.over(sum, seconds.n()).within(interval, "normal"))
}

/// What a handover costs in human time.
pub static REVIEW_MINUTES_PER_ESCALATION: Kpi = Kpi {
    id: "review_minutes_per_escalation",
    name: "Human minutes per escalation",
    also_called: &["human review time", "review time per escalation"],
    family: Family::Escalation,
    means: "How many minutes people work on a contact that the AI handed over. Times the escalation rate, it is the human work that AI leaves.",
    misleads: "The AI keeps the easy contacts, so this is no measure of how fast people work, and comparing it with handle time before AI is unfair. A few long cases pull the mean up.",
    words: "Σ human handle seconds ÷ 60 ÷ handovers that know them",
    tex: r"\frac{1}{n} \sum_{i \in X} \frac{\text{human seconds}_i}{60}",
    unit: Unit::Minutes,
    better: Better::Lower,
    populations: &[AiToHuman],
    needs: &[],
    inputs: &[Input::One(C::HumanHandleSeconds)],
    formula: Formula::Other { uses: &[Measure::Spread(&HANDLE_SECONDS)], by: minutes },
    ripening: None,
    doubts: &[],
    sources: &["[R] review time: few escalations can still be dear", "[N] kept apart from the time before AI"],
    views: &["runrate_12", "operations", "finance"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("2–5 minutes; failing at 10 [R]"),
    example: Example {
        tables: HANDOVERS,
        options: FEBRUARY,
        working: "120, 300, 180 and 0 seconds are 10 minutes over the four that know them: 10 / 4.",
        expect: &[(AiToHuman, "2.5")],
    },
    laws: &[Law::NotNegative],
};
