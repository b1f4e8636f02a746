//! Volume and resolution, first part: how much came in, who ended it, and what is called solved.

use super::figure::Flag;
use super::kpi::Population::{Ai, AiFronted, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Kpi, Law, Tier, Timing, Unit};
use super::shared::{AI_STAGE_OVER, CLAIMED_BY_AI, CLOSED, OPEN, RESOLVED, ROWS};
use crate::tally::Count;
use crate::tally::Counted::Later;

pub(super) const EVERY_HANDLING: &[super::kpi::Population] = &[All, Ai, Human, AiToHuman];

static AI_FRONTED: Count = Count { name: "ai_fronted", rows: Later(|r| r.ai_fronted), reads: &[] };
static CLOSED_BY_AI: Count = Count { name: "closed_by_ai", rows: Later(|r| r.ai & r.closed), reads: &[] };
/// A contact that was handed over has reached people, whether or not they are done with it.
static AT_AN_END_FOR_AI_OR_PEOPLE: Count =
    Count { name: "closed_or_handed_over", rows: Later(|r| (r.ai & r.closed) | r.handed_over | r.human), reads: &[] };
static CONTAINED: Count = Count { name: "contained", rows: Later(|r| r.ai & r.closed & !r.abandoned), reads: &[] };
static ABANDONED_WITH_AI: Count = Count { name: "abandoned_with_ai", rows: Later(|r| r.ai & r.abandoned), reads: &[] };
static HANDED_OVER: Count = Count { name: "handed_over", rows: Later(|r| r.handed_over), reads: &[] };

/// Two AI contacts (one resolved, one the customer left), one handed over, one by people, one of AI still open.
pub(super) const FIVE: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved"},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:02:00Z", "outcome": "abandoned"},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved"},
  {"id": "4", "handling": "human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "unresolved"},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-05T14:00:00Z"}]}"#;

/// Contacts.
pub static INTERACTIONS: Kpi = Kpi {
    id: "interactions",
    name: "Interactions",
    also_called: &["contacts", "ticket volume", "conversations"],
    family: Family::Volume,
    means: "How many contacts customers made. It counts what AI handled too, so it shows the demand and not only what became a ticket.",
    misleads: "A desk whose AI answers before a ticket exists looks quieter than it is if only tickets are exported.",
    words: "rows in scope",
    tex: r"\lvert\text{rows}\rvert",
    unit: Unit::Count,
    better: Better::Neither,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: &[],
    formula: Formula::Rows(&ROWS),
    ripening: None,
    doubts: &[],
    sources: &["[N] volume: AI-handled contacts belong in the demand"],
    views: &["operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "Five rows: three of AI alone, one of people, one handed over.",
        expect: &[(All, "5"), (Ai, "3"), (Human, "1"), (AiToHuman, "1")],
    },
    laws: &[Law::NotNegative, Law::PopulationsAddUp],
};

/// Contacts without an outcome.
pub static OPEN_INTERACTIONS: Kpi = Kpi {
    id: "open_interactions",
    name: "Open interactions",
    also_called: &["backlog", "open tickets"],
    family: Family::Volume,
    means: "How many contacts are not done yet. Figures over finished contacts say nothing about them.",
    misleads: "A backlog that grows makes every rate over closed contacts look better than what customers live through.",
    words: "rows that are not closed",
    tex: r"\lvert\text{open}\rvert",
    unit: Unit::Count,
    better: Better::Lower,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: &[],
    formula: Formula::Rows(&OPEN),
    ripening: None,
    doubts: &[],
    sources: &["SPEC 5.1"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "Only contact 5 has no outcome, and the AI has it.",
        expect: &[(All, "1"), (Ai, "1"), (Human, "0"), (AiToHuman, "0")],
    },
    laws: &[Law::NotNegative, Law::PopulationsAddUp],
};

/// How much of the demand meets the AI.
pub static AI_INVOLVEMENT_RATE: Kpi = Kpi {
    id: "ai_involvement_rate",
    name: "AI involvement rate",
    also_called: &["involvement", "AI coverage"],
    family: Family::Volume,
    means: "The share of contacts that AI worked on, alone or before people did.",
    misleads: "It says how far AI reaches, not whether it helps.",
    words: "contacts with AI ÷ all contacts",
    tex: r"\frac{\lvert A \cup X\rvert}{\lvert\text{rows}\rvert}",
    unit: Unit::Ratio,
    better: Better::Neither,
    populations: &[All],
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &AI_FRONTED, whole: &ROWS },
    ripening: None,
    doubts: &[],
    sources: &["Intercom's involvement × resolution = automation, as published in 2026"],
    views: &["operations", "heart"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "Contacts 1, 2, 3 and 5 of five met the AI: 4 / 5.",
        expect: &[(All, "0.8")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// The share of contacts that never reached people.
pub static DEFLECTION_RATE: Kpi = Kpi {
    id: "deflection_rate",
    name: "Deflection rate",
    also_called: &["self-service rate"],
    family: Family::Volume,
    means: "The share of contacts that ended without a person. It is a figure about cost, not about customers: someone who gave up counts as deflected.",
    misleads: "It rewards turning people away. Read it only beside the recontact rate of the same contacts.",
    words: "contacts closed by AI alone ÷ (those, and every contact that reached people)",
    tex: r"\frac{\lvert A_{\text{closed}}\rvert}{\lvert A_{\text{closed}} \cup X \cup H\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &CLOSED_BY_AI, whole: &AT_AN_END_FOR_AI_OR_PEOPLE },
    ripening: None,
    doubts: &[],
    sources: &["[N] deflection is a cost metric", "[H] deflection without verification rewards abandonment", "[C]"],
    views: &["executive", "operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("50–70 % is good once resolution is verified [N]"),
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "Contacts 1 and 2 were closed by AI; 3 and 4 reached people; 5 is open and in neither: 2 / 4.",
        expect: &[(All, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// What the AI ended itself.
pub static CONTAINMENT_RATE: Kpi = Kpi {
    id: "containment_rate",
    name: "Containment rate",
    also_called: &["AI containment"],
    family: Family::Volume,
    means: "Of the contacts with which the AI has done its part, the share that it brought to an end without people and without the customer leaving.",
    misleads: "Ended is not solved: containment without resolution is abandonment with extra steps.",
    words: "contacts closed by AI alone and not abandoned ÷ contacts whose AI stage is over",
    tex: r"\frac{\lvert A_{\text{closed}} \setminus A_{\text{abandoned}}\rvert}{\lvert X \cup A_{\text{closed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &CONTAINED, whole: &AI_STAGE_OVER },
    ripening: None,
    doubts: &[Flag::OpenBacklog],
    sources: &["[C] containment", "[H] containment is narrower than deflection", "[M]"],
    views: &["operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "The AI is done with contacts 1, 2 and 3; it contained only 1: 1 / 3.",
        expect: &[(AiFronted, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne, Law::CompletesToOne(&["abandonment_rate", "escalation_rate"])],
};

/// Customers who left while with the AI.
pub static ABANDONMENT_RATE: Kpi = Kpi {
    id: "abandonment_rate",
    name: "Abandonment rate",
    also_called: &["drop-off rate"],
    family: Family::Volume,
    means: "Of the contacts with which the AI has done its part, the share in which the customer left.",
    misleads: "Desks that close silent conversations as resolved hide it; look at the recontact rate then.",
    words: "contacts abandoned with the AI ÷ contacts whose AI stage is over",
    tex: r"\frac{\lvert A_{\text{abandoned}}\rvert}{\lvert X \cup A_{\text{closed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &ABANDONED_WITH_AI, whole: &AI_STAGE_OVER },
    ripening: None,
    doubts: &[Flag::OpenBacklog],
    sources: &["[H] a customer who gave up is no success"],
    views: &["customer", "operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "The AI is done with contacts 1, 2 and 3; the customer of 2 left: 1 / 3.",
        expect: &[(AiFronted, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne, Law::CompletesToOne(&["containment_rate", "escalation_rate"])],
};

/// What the AI handed over.
pub static ESCALATION_RATE: Kpi = Kpi {
    id: "escalation_rate",
    name: "Escalation rate",
    also_called: &["handoff rate", "transfer rate"],
    family: Family::Volume,
    means: "Of the contacts with which the AI has done its part, the share it handed to people. Each one costs human time.",
    misleads: "A low rate is good only if satisfaction holds; otherwise customers are trapped with the machine.",
    words: "contacts handed to people ÷ contacts whose AI stage is over",
    tex: r"\frac{\lvert X\rvert}{\lvert X \cup A_{\text{closed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &HANDED_OVER, whole: &AI_STAGE_OVER },
    ripening: None,
    doubts: &[],
    sources: &["[R] escalation rate to human", "[H] escalated ÷ AI-initiated", "[C]", "[N]"],
    views: &["operations", "runrate_12", "tiers", "leading"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: Some(
        "floor above 45 %, benchmark 16–30 %, top under 15 % [H]; 20–35 % is realistic, under 10 % is suspicious [R]",
    ),
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "The AI is done with contacts 1, 2 and 3; it handed over 3: 1 / 3.",
        expect: &[(AiFronted, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne, Law::CompletesToOne(&["containment_rate", "abandonment_rate"])],
};

/// What the AI claims to have solved alone.
pub static AUTONOMOUS_RESOLUTION_RATE: Kpi = Kpi {
    id: "autonomous_resolution_rate",
    name: "Autonomous resolution rate",
    also_called: &["autonomous containment", "first-touch resolution", "AI resolution rate"],
    family: Family::Volume,
    means: "Of the contacts with which the AI has done its part, the share that it closed alone as solved. It is a claim: nobody has checked it yet.",
    misleads: "Read it beside the verified rate. Whoever closes a contact also decides what it is called.",
    words: "contacts resolved by AI alone ÷ contacts whose AI stage is over",
    tex: r"\frac{\lvert A_{\text{resolved}}\rvert}{\lvert X \cup A_{\text{closed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &CLAIMED_BY_AI, whole: &AI_STAGE_OVER },
    ripening: None,
    doubts: &[Flag::Unverified, Flag::OpenBacklog],
    sources: &["[M] autonomous containment", "[R] resolution rate, first touch"],
    views: &["runrate_12", "operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("65–80 %; failing under 60 %, suspicious over 85 % [R]"),
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "The AI is done with contacts 1, 2 and 3; it calls 1 resolved: 1 / 3.",
        expect: &[(AiFronted, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne, Law::AtMost("containment_rate")],
};

/// What the desk calls solved.
pub static RESOLUTION_RATE: Kpi = Kpi {
    id: "resolution_rate",
    name: "Resolution rate",
    also_called: &["solve rate"],
    family: Family::Volume,
    means: "Of the contacts that are closed, the share closed as solved.",
    misleads: "For AI it is a claim until it is verified; over all contacts it blends two populations.",
    words: "resolved ÷ closed",
    tex: r"\frac{\lvert\text{resolved}\rvert}{\lvert\text{closed}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: &[],
    formula: Formula::Share { part: &RESOLVED, whole: &CLOSED },
    ripening: None,
    doubts: &[Flag::Unverified, Flag::Blended, Flag::OpenBacklog],
    sources: &["[N] resolution is not deflection"],
    views: &["executive", "operations", "ninety_day_review"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("75 % and more of AI-handled, 80 % and more in all [N]"),
    example: Example {
        tables: FIVE,
        options: "{}",
        working: "Contacts 1 to 4 are closed, 1 and 3 as solved. AI: 1 of 2; people: 0 of 1; handed over: 1 of 1.",
        expect: &[(All, "0.5"), (Ai, "0.5"), (Human, "0.0"), (AiToHuman, "1.0")],
    },
    laws: &[Law::WithinZeroAndOne],
};
