//! Volume and resolution: how much came in, who ended it, and whether it held.

use super::cut::Cut;
use super::evaluate::share;
use super::figure::{Figure, Flag, Reading};
use super::kpi::Population::{Ai, AiFronted, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Need, Tier, Timing, Unit};
use super::shared::{AI_STAGE_OVER, CLAIMED_BY_AI, CLOSED, OPEN, RESOLVED, ROWS, SETTLING};
use crate::facts::rows::HOUR;
use crate::input::Column as C;
use crate::tally::measures::RETURNS;
use crate::tally::{Count, Feature, Measure};
use crate::units::ExactSum;

const EVERY_HANDLING: &[super::kpi::Population] = &[All, Ai, Human, AiToHuman];
const TWO_DAYS: i64 = 48 * HOUR;
const THREE_DAYS: i64 = 72 * HOUR;

static AI_FRONTED: Count = Count { name: "ai_fronted", rows: |r| r.ai_fronted, reads: &[] };
static CLOSED_BY_AI: Count = Count { name: "closed_by_ai", rows: |r| r.ai & r.closed, reads: &[] };
/// A contact that was handed over has reached people, whether or not they are done with it.
static AT_AN_END_FOR_AI_OR_PEOPLE: Count =
    Count { name: "closed_or_handed_over", rows: |r| (r.ai & r.closed) | r.handed_over | r.human, reads: &[] };
static CONTAINED: Count = Count { name: "contained", rows: |r| r.ai & r.closed & !r.abandoned, reads: &[] };
static ABANDONED_WITH_AI: Count = Count { name: "abandoned_with_ai", rows: |r| r.ai & r.abandoned, reads: &[] };
static HANDED_OVER: Count = Count { name: "handed_over", rows: |r| r.handed_over, reads: &[] };
static VERIFIED_SETTLED: Count = Count { name: "verified_settled", rows: |r| r.verified & r.settled, reads: RETURNS };
static SETTLED: Count = Count { name: "settled", rows: |r| r.settled, reads: RETURNS };
static CLAIMED_NOT_VERIFIED: Count =
    Count { name: "claimed_not_verified", rows: |r| r.ai & r.resolved & r.settled & !r.verified, reads: RETURNS };
static RESOLVED_MATURE_48H: Count =
    Count { name: "resolved_mature_48h", rows: |r| r.resolved & r.mature(TWO_DAYS), reads: RETURNS };
static BACK_48H: Count = Count {
    name: "resolved_back_48h",
    rows: |r| r.resolved & r.mature(TWO_DAYS) & r.back_within(TWO_DAYS),
    reads: RETURNS,
};
static RESOLVED_MATURING_48H: Count =
    Count { name: "resolved_maturing_48h", rows: |r| r.resolved & r.maturing(TWO_DAYS), reads: RETURNS };
static RESOLVED_MATURE_72H: Count =
    Count { name: "resolved_mature_72h", rows: |r| r.resolved & r.mature(THREE_DAYS), reads: RETURNS };
static BACK_72H: Count = Count {
    name: "resolved_back_72h",
    rows: |r| r.resolved & r.mature(THREE_DAYS) & r.back_within(THREE_DAYS),
    reads: RETURNS,
};
static RESOLVED_MATURING_72H: Count =
    Count { name: "resolved_maturing_72h", rows: |r| r.resolved & r.maturing(THREE_DAYS), reads: RETURNS };
static CLOSED_MATURE_48H: Count = Count { name: "closed_mature_48h", rows: |r| r.mature(TWO_DAYS), reads: RETURNS };
static CLOSED_BACK_48H: Count =
    Count { name: "closed_back_48h", rows: |r| r.mature(TWO_DAYS) & r.back_within(TWO_DAYS), reads: RETURNS };
static CLOSED_MATURING_48H: Count =
    Count { name: "closed_maturing_48h", rows: |r| r.maturing(TWO_DAYS), reads: RETURNS };
static AFTER_HOURS: Count = Count { name: "after_hours", rows: |r| r.after_hours(), reads: &[] };

const VERIFIABLE: &[Input] = &[Input::AnyOf(&[C::CustomerId, C::Confirmed])];
const WITH_CUSTOMER: &[Input] = &[Input::One(C::CustomerId)];

/// Two AI contacts (one resolved, one the customer left), one handed over, one by people, one of AI still open.
const FIVE: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved"},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:02:00Z", "outcome": "abandoned"},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved"},
  {"id": "4", "handling": "human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "unresolved"},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-05T14:00:00Z"}]}"#;

/// Four AI contacts called resolved: one confirmed, one silent, one whose customer came back after a day, one too young
/// to tell; and one by people.
const RETURNING: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "customer_id": "a", "confirmed": true, "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved"},
  {"id": "2", "handling": "ai", "customer_id": "b", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved"},
  {"id": "3", "handling": "ai", "customer_id": "c", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T11:05:00Z", "reopened_at": "2026-01-06T11:05:00Z", "outcome": "resolved"},
  {"id": "4", "handling": "ai", "customer_id": "d", "opened_at": "2026-01-31T12:00:00Z", "closed_at": "2026-01-31T12:05:00Z", "outcome": "resolved"},
  {"id": "5", "handling": "human", "customer_id": "e", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "resolved"}]}"#;
const FEBRUARY: &str = r#"{"as_of": "2026-02-01T00:00:00Z"}"#;

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

/// What the AI solved, shown and not only said.
pub static VERIFIED_RESOLUTION_RATE: Kpi = Kpi {
    id: "verified_resolution_rate",
    name: "Verified resolution rate",
    also_called: &["true resolution rate", "verified automation rate"],
    family: Family::Volume,
    means: "Of all contacts whose truth is settled, the share that the AI solved alone and that held: somebody confirmed it, or the customer had time to come back and did not.",
    misleads: "Silence is weak evidence: a customer who left for a rival is silent too. Where few answers are asked for, read it with the recontact rate.",
    words: "contacts the AI resolved, verified ÷ settled contacts, whoever handled them",
    tex: r"\frac{\lvert A_{\text{verified}}\rvert}{\lvert\text{settled}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: VERIFIABLE,
    formula: Formula::Share { part: &VERIFIED_SETTLED, whole: &SETTLED },
    ripening: Some(&SETTLING),
    doubts: &[Flag::Immature, Flag::OpenBacklog],
    sources: &["[H] verified AI-resolved ÷ total inbound"],
    views: &["executive", "customer", "tiers", "heart"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("floor under 40 %, benchmark 55–70 %, top 75 % and more [H]"),
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "Settled are 1, 2, 3 and 5 (4 closed 12 hours before the data was taken). 1 is confirmed, 2 stayed silent, 3 came back, 5 is a person's: 2 / 4.",
        expect: &[(All, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Of what the AI met, what it solved, shown.
pub static VERIFIED_CONTAINMENT_RATE: Kpi = Kpi {
    id: "verified_containment_rate",
    name: "Verified containment rate",
    also_called: &["verified AI resolution rate"],
    family: Family::Volume,
    means: "Of the settled contacts that the AI met, the share it solved alone and that held.",
    misleads: "It leaves out what never reached the AI; a narrow scope makes it look good.",
    words: "contacts the AI resolved, verified ÷ settled contacts that the AI met",
    tex: r"\frac{\lvert A_{\text{verified}}\rvert}{\lvert F_{\text{settled}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: VERIFIABLE,
    formula: Formula::Share { part: &VERIFIED_SETTLED, whole: &SETTLED },
    ripening: Some(&SETTLING),
    doubts: &[Flag::Immature, Flag::OpenBacklog],
    sources: &["[H] containment times the share actually resolved"],
    views: &["executive", "operations"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "The AI met 1, 2, 3 and 4; settled are 1, 2 and 3; 1 and 2 held: 2 / 3.",
        expect: &[(AiFronted, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How much of the claim did not hold.
pub static RESOLUTION_GAP: Kpi = Kpi {
    id: "resolution_gap",
    name: "Resolution gap",
    also_called: &["overclaim"],
    family: Family::Volume,
    means: "How much higher the AI's claim is than the truth: the share of settled contacts that it called solved and that did not hold.",
    misleads: "An AI that claims little has a small gap; read it beside the verified rate.",
    words: "(resolved by AI − verified) ÷ settled contacts that the AI met, both over settled contacts",
    tex: r"\frac{\lvert A_{\text{resolved}}\rvert - \lvert A_{\text{verified}}\rvert}{\lvert F_{\text{settled}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: VERIFIABLE,
    formula: Formula::Share { part: &CLAIMED_NOT_VERIFIED, whole: &SETTLED },
    ripening: Some(&SETTLING),
    doubts: &[Flag::Immature],
    sources: &["[H] 85 % claimed with 30 % coming back"],
    views: &["executive", "integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "Settled and met by the AI are 1, 2 and 3, all called solved; 3 did not hold: 1 / 3.",
        expect: &[(AiFronted, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Who came back within two days.
pub static RECONTACT_RATE_48H: Kpi = Kpi {
    id: "recontact_rate_48h",
    name: "Recontact rate, 48 hours",
    also_called: &["repeat contact rate"],
    family: Family::Volume,
    means: "Of the resolved contacts whose two days are over, the share whose customer came back about the same thing.",
    misleads: "Contacts without a customer cannot be followed and are in neither side.",
    words: "recontacted within 48 h ÷ resolved and mature for 48 h",
    tex: r"\frac{\lvert\text{recontacted}_{48}\rvert}{\lvert\text{resolved} \cap \text{mature}_{48}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: WITH_CUSTOMER,
    formula: Formula::Share { part: &BACK_48H, whole: &RESOLVED_MATURE_48H },
    ripening: Some(&RESOLVED_MATURING_48H),
    doubts: &[Flag::Immature, Flag::Blended],
    sources: &["[N] re-contact within 48 hours on any channel about the same issue"],
    views: &["customer", "operations"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("below 10 % on AI-handled contacts [N]"),
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "Mature are 1, 2, 3 (AI) and 5 (people); the customer of 3 came back after 24 h. All: 1 / 4; AI: 1 / 3; people: 0 / 1.",
        expect: &[(All, "0.25"), (Ai, "0.3333333333333333"), (Human, "0.0")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Who came back within three days.
pub static RECONTACT_RATE_72H: Kpi = Kpi {
    id: "recontact_rate_72h",
    name: "Recontact rate, 72 hours",
    also_called: &["repeat contact rate", "bounce-back rate"],
    family: Family::Volume,
    means: "Of the resolved contacts whose three days are over, the share whose customer came back about the same thing.",
    misleads: "Contacts without a customer cannot be followed and are in neither side.",
    words: "recontacted within 72 h ÷ resolved and mature for 72 h",
    tex: r"\frac{\lvert\text{recontacted}_{72}\rvert}{\lvert\text{resolved} \cap \text{mature}_{72}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: WITH_CUSTOMER,
    formula: Formula::Share { part: &BACK_72H, whole: &RESOLVED_MATURE_72H },
    ripening: Some(&RESOLVED_MATURING_72H),
    doubts: &[Flag::Immature, Flag::Blended],
    sources: &["[H] repeat contacts in 72 h ÷ AI-resolved"],
    views: &["customer", "executive", "heart"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("AI: floor above 30 %, benchmark under 15 %, top under 8 % [H]"),
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "Mature are 1, 2, 3 (AI) and 5 (people); the customer of 3 came back after 24 h. All: 1 / 4; AI: 1 / 3; people: 0 / 1.",
        expect: &[(All, "0.25"), (Ai, "0.3333333333333333"), (Human, "0.0")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// What a deflection rate has to stand beside.
pub static DEFLECTED_RECONTACT_RATE_48H: Kpi = Kpi {
    id: "deflected_recontact_rate_48h",
    name: "Recontact rate of deflected contacts, 48 hours",
    also_called: &["deflection quality"],
    family: Family::Volume,
    means: "Of the contacts that ended with the AI, however they ended, the share whose customer came back within two days. It is the other side of every deflection rate.",
    misleads: "Customers who turn to a channel that is not in the data do not show.",
    words: "recontacted within 48 h ÷ contacts closed by AI alone and mature for 48 h",
    tex: r"\frac{\lvert A_{\text{closed}} \cap \text{recontacted}_{48}\rvert}{\lvert A_{\text{closed}} \cap \text{mature}_{48}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[Ai],
    needs: &[],
    inputs: WITH_CUSTOMER,
    formula: Formula::Share { part: &CLOSED_BACK_48H, whole: &CLOSED_MATURE_48H },
    ripening: Some(&CLOSED_MATURING_48H),
    doubts: &[Flag::Immature],
    sources: &["[N] the practical test of a deflection"],
    views: &["executive", "customer"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("below 10 % [N]"),
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "The AI closed 1, 2 and 3 long enough ago; the customer of 3 came back after 24 h: 1 / 3.",
        expect: &[(Ai, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne],
};

fn sessions_held(cut: &Cut<'_>) -> Option<Figure> {
    let sessions = cut.sessions();
    share(sessions.held, sessions.mature, cut.z())
}

/// Solved in one go, whoever took part.
pub static FIRST_CONTACT_RESOLUTION: Kpi = Kpi {
    id: "first_contact_resolution",
    name: "First contact resolution",
    also_called: &["FCR", "one-session resolution"],
    family: Family::Volume,
    means: "The share of sessions in which the customer's matter was solved and after which they did not come back. A handover within the session does not spoil it; having to return does.",
    misleads: "Without session ids each contact is a session, and a handover exported as a second ticket looks like a return.",
    words: "sessions resolved without return ÷ closed sessions whose last contact is mature",
    tex: r"\frac{\lvert\text{sessions resolved, no return}\rvert}{\lvert\text{mature closed sessions}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: EVERY_HANDLING,
    needs: &[],
    inputs: WITH_CUSTOMER,
    formula: Formula::Other { uses: &[Measure::Feature(Feature::Sessions)], by: sessions_held },
    ripening: None,
    doubts: &[Flag::Immature, Flag::Blended],
    sources: &["[N] one engagement session, whoever took part", "[H] end to end across AI and people"],
    views: &["executive", "customer", "ninety_day_review"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("floor under 60 %, benchmark 70–80 %, top 85 % and more [H]; 70 % and more overall [N]"),
    example: Example {
        tables: RETURNING,
        options: FEBRUARY,
        working: "Each contact is a session; mature are 1, 2, 3 (AI) and 5 (people), and 3 came back. All: 3 / 4; AI: 2 / 3; people: 1 / 1.",
        expect: &[(All, "0.75"), (Ai, "0.6666666666666666"), (Human, "1.0")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Demand when nobody is at the desk.
pub static AFTER_HOURS_SHARE: Kpi = Kpi {
    id: "after_hours_share",
    name: "After-hours share",
    also_called: &["out-of-hours volume"],
    family: Family::Volume,
    means: "The share of contacts that arrived when the desk was shut. It is the demand that only AI can meet at once.",
    misleads: "It depends on the opening hours given, not on when people really worked.",
    words: "contacts opened outside business time ÷ contacts",
    tex: r"\frac{\lvert\text{opened outside business time}\rvert}{\lvert\text{rows}\rvert}",
    unit: Unit::Ratio,
    better: Better::Neither,
    populations: &[All, Ai],
    needs: &[Need::BusinessHours],
    inputs: &[],
    formula: Formula::Share { part: &AFTER_HOURS, whole: &ROWS },
    ripening: None,
    doubts: &[],
    sources: &["[M] coverage around the clock"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: r#"{"business_hours": {"weekly": {"mon": [["09:00", "12:00"]]}}}"#,
        working: "It is a Monday; contacts 4 (at 12:00, when the desk shuts) and 5 came too late. All: 2 / 5; AI: 5 of 1, 2 and 5.",
        expect: &[(All, "0.4"), (Ai, "0.3333333333333333")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How much the AI does at once.
pub static PEAK_CONCURRENCY: Kpi = Kpi {
    id: "peak_concurrency",
    name: "Peak concurrency",
    also_called: &["maximum parallel conversations"],
    family: Family::Volume,
    means: "The most contacts that the AI had in hand in one second. People handle one or a few; this is what makes AI scale.",
    misleads: "A contact that waits for the customer is in hand too, so asynchronous channels look busier than they are.",
    words: "the largest number of AI-fronted contacts between opening and handover, else closing, else the moment the data was taken",
    tex: r"\max_t \lvert\{ i \in F : \text{opened}_i \le t < \text{over}_i \}\rvert",
    unit: Unit::Count,
    better: Better::Neither,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[],
    formula: Formula::Other {
        uses: &[Measure::Feature(Feature::Concurrency)],
        by: |cut| Some(Figure::new(Reading::Count(cut.group.peak), cut.rows())),
    },
    ripening: None,
    doubts: &[],
    sources: &["[M] throughput capacity measures concurrency"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: r#"{"as_of": "2026-01-05T15:00:00Z"}"#,
        working: "The AI's contacts 1, 2, 3 and 5 do not overlap: contact 3 counts until 12:00, contact 5 from 14:00. At most 1 at a time.",
        expect: &[(AiFronted, "1")],
    },
    laws: &[Law::NotNegative],
};

fn closed_per_hour(cut: &Cut<'_>) -> Option<Figure> {
    let covered = ExactSum::from(cut.group.covered);
    let hours = covered.quotient(HOUR).filter(|_| cut.group.covered > 0)?;
    let closed = cut.count(&CLOSED);
    let value = closed as f64 / (cut.group.covered as f64 / HOUR as f64);
    Some(Figure::number(value, closed).over(closed.to_string(), hours.to_text()))
}

/// How fast contacts are worked off.
pub static THROUGHPUT_PER_HOUR: Kpi = Kpi {
    id: "throughput_per_hour",
    name: "Throughput per hour",
    also_called: &["closed per hour"],
    family: Family::Volume,
    means: "How many contacts were closed per hour of covered time, day and night.",
    misleads: "Covered time runs around the clock, so a desk that works eight hours looks a third as fast as it is.",
    words: "closed contacts ÷ covered hours",
    tex: r"\frac{\lvert\text{closed}\rvert}{\text{covered hours}}",
    unit: Unit::PerHour,
    better: Better::Higher,
    populations: &[Ai, Human, AiToHuman],
    needs: &[],
    inputs: &[],
    formula: Formula::Other { uses: &[Measure::Count(&CLOSED)], by: closed_per_hour },
    ripening: None,
    doubts: &[],
    sources: &["[M] throughput"],
    views: &["operations"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: FIVE,
        options: r#"{"as_of": "2026-01-05T19:00:00Z"}"#,
        working: "Covered are the ten hours from 09:00 to 19:00. AI closed 2, people 1, both together 1.",
        expect: &[(Ai, "0.2"), (Human, "0.1"), (AiToHuman, "0.1")],
    },
    laws: &[Law::NotNegative],
};
