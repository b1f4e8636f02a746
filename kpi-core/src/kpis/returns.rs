//! Volume and resolution, second part: whether it held. Who came back, what is verified, what was solved in one go.

use super::cut::Cut;
use super::evaluate::share;
use super::figure::{Figure, Flag};
use super::kpi::Population::{Ai, AiFronted, All, Human};
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use super::shared::SETTLING;
use super::volume::EVERY_HANDLING;
use crate::facts::rows::HOUR;
use crate::input::Column as C;
use crate::tally::Counted::Later;
use crate::tally::measures::RETURNS;
use crate::tally::{Count, Feature, Measure};

const TWO_DAYS: i64 = 48 * HOUR;
const THREE_DAYS: i64 = 72 * HOUR;

static VERIFIED_SETTLED: Count =
    Count { name: "verified_settled", rows: Later(|r| r.verified & r.settled), reads: RETURNS };
static SETTLED: Count = Count { name: "settled", rows: Later(|r| r.settled), reads: RETURNS };
static CLAIMED_NOT_VERIFIED: Count = Count {
    name: "claimed_not_verified",
    rows: Later(|r| r.ai & r.resolved & r.settled & !r.verified),
    reads: RETURNS,
};
static RESOLVED_MATURE_48H: Count =
    Count { name: "resolved_mature_48h", rows: Later(|r| r.resolved & r.mature(TWO_DAYS)), reads: RETURNS };
static BACK_48H: Count = Count {
    name: "resolved_back_48h",
    rows: Later(|r| r.resolved & r.mature(TWO_DAYS) & r.back_within(TWO_DAYS)),
    reads: RETURNS,
};
static RESOLVED_MATURING_48H: Count =
    Count { name: "resolved_maturing_48h", rows: Later(|r| r.resolved & r.maturing(TWO_DAYS)), reads: RETURNS };
static RESOLVED_MATURE_72H: Count =
    Count { name: "resolved_mature_72h", rows: Later(|r| r.resolved & r.mature(THREE_DAYS)), reads: RETURNS };
static BACK_72H: Count = Count {
    name: "resolved_back_72h",
    rows: Later(|r| r.resolved & r.mature(THREE_DAYS) & r.back_within(THREE_DAYS)),
    reads: RETURNS,
};
static RESOLVED_MATURING_72H: Count =
    Count { name: "resolved_maturing_72h", rows: Later(|r| r.resolved & r.maturing(THREE_DAYS)), reads: RETURNS };
static CLOSED_MATURE_48H: Count =
    Count { name: "closed_mature_48h", rows: Later(|r| r.mature(TWO_DAYS)), reads: RETURNS };
static CLOSED_BACK_48H: Count =
    Count { name: "closed_back_48h", rows: Later(|r| r.mature(TWO_DAYS) & r.back_within(TWO_DAYS)), reads: RETURNS };
static CLOSED_MATURING_48H: Count =
    Count { name: "closed_maturing_48h", rows: Later(|r| r.maturing(TWO_DAYS)), reads: RETURNS };

const VERIFIABLE: &[Input] = &[Input::AnyOf(&[C::CustomerId, C::Confirmed])];
const WITH_CUSTOMER: &[Input] = &[Input::One(C::CustomerId)];

/// Four AI contacts called resolved: one confirmed, one silent, one whose customer came back after a day, one too young
/// to tell; and one by people.
const RETURNING: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "customer_id": "a", "confirmed": true, "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved"},
  {"id": "2", "handling": "ai", "customer_id": "b", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved"},
  {"id": "3", "handling": "ai", "customer_id": "c", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T11:05:00Z", "reopened_at": "2026-01-06T11:05:00Z", "outcome": "resolved"},
  {"id": "4", "handling": "ai", "customer_id": "d", "opened_at": "2026-01-31T12:00:00Z", "closed_at": "2026-01-31T12:05:00Z", "outcome": "resolved"},
  {"id": "5", "handling": "human", "customer_id": "e", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "resolved"}]}"#;
const FEBRUARY: &str = r#"{"as_of": "2026-02-01T00:00:00Z"}"#;

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
