//! Assistance: what people do with the drafts that AI writes for them.

use crate::input::Column as C;
use crate::kpis::kpi::Population::People;
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::Parts;

static ACCEPTED: Parts = Parts {
    name: "drafts_accepted_of_offered",
    rows: |r| r.known(C::DraftsAccepted) & r.known(C::DraftsOffered),
    part: |r| r.numbers(C::DraftsAccepted),
    whole: |r| r.numbers(C::DraftsOffered),
    reads: &[C::DraftsAccepted, C::DraftsOffered],
};
static EDITED: Parts = Parts {
    name: "drafts_edited_of_offered",
    rows: |r| r.known(C::DraftsEdited) & r.known(C::DraftsOffered),
    part: |r| r.numbers(C::DraftsEdited),
    whole: |r| r.numbers(C::DraftsOffered),
    reads: &[C::DraftsEdited, C::DraftsOffered],
};
static REJECTED: Parts = Parts {
    name: "drafts_rejected_of_offered",
    rows: |r| r.known(C::DraftsRejected) & r.known(C::DraftsOffered),
    part: |r| r.numbers(C::DraftsRejected),
    whole: |r| r.numbers(C::DraftsOffered),
    reads: &[C::DraftsRejected, C::DraftsOffered],
};

/// Eight drafts offered: five to people alone, three after a handover. And a contact whose offers nobody counted.
const DRAFTED: &str = r#"{"interactions": [
  {"id": "1", "handling": "human", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "drafts_offered": 5, "drafts_accepted": 3, "drafts_edited": 1, "drafts_rejected": 1},
  {"id": "2", "handling": "ai_to_human", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T11:00:00Z", "outcome": "resolved", "drafts_offered": 3, "drafts_accepted": 1, "drafts_edited": 2, "drafts_rejected": 0},
  {"id": "3", "handling": "human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "drafts_accepted": 2, "drafts_edited": 2, "drafts_rejected": 2}]}"#;

/// Drafts sent as they were.
pub static DRAFT_ACCEPTANCE_RATE: Kpi = Kpi {
    id: "draft_acceptance_rate",
    name: "Draft acceptance rate",
    also_called: &["suggestion acceptance", "copilot acceptance"],
    family: Family::Integrity,
    means: "Of the drafts that AI offered to people, the share that they sent as they were. In teams whose AI mainly helps people, most of its value shows here.",
    misleads: "Under pressure people send drafts unread, and then a high rate is a risk and no praise. Read it beside the accuracy of what was sent.",
    words: "drafts sent unchanged ÷ drafts offered",
    tex: r"\frac{\sum \text{drafts\_accepted}}{\sum \text{drafts\_offered}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[People],
    needs: &[],
    inputs: &[Input::One(C::DraftsOffered), Input::One(C::DraftsAccepted)],
    formula: Formula::Proportion(&ACCEPTED),
    ripening: None,
    doubts: &[],
    sources: &["[H] the assistant's quality is measured beside what AI resolves alone"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: DRAFTED,
        options: "{}",
        working: "Contact 1: 3 of 5; contact 2: 1 of 3; of contact 3 the whole is not known: 4 / 8.",
        expect: &[(People, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Drafts that needed work.
pub static DRAFT_EDIT_RATE: Kpi = Kpi {
    id: "draft_edit_rate",
    name: "Draft edit rate",
    also_called: &["suggestion edit rate"],
    family: Family::Integrity,
    means: "Of the drafts that AI offered to people, the share that they changed before sending.",
    misleads: "A greeting added and a draft rewritten both count as one edit.",
    words: "drafts edited ÷ drafts offered",
    tex: r"\frac{\sum \text{drafts\_edited}}{\sum \text{drafts\_offered}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[People],
    needs: &[],
    inputs: &[Input::One(C::DraftsOffered), Input::One(C::DraftsEdited)],
    formula: Formula::Proportion(&EDITED),
    ripening: None,
    doubts: &[],
    sources: &["[N] heavy editing, when it rises, shows quality falling"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: DRAFTED,
        options: "{}",
        working: "Contact 1: 1 of 5; contact 2: 2 of 3; of contact 3 the whole is not known: 3 / 8.",
        expect: &[(People, "0.375")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Drafts thrown away.
pub static DRAFT_REJECTION_RATE: Kpi = Kpi {
    id: "draft_rejection_rate",
    name: "Draft rejection rate",
    also_called: &["suggestion rejection rate"],
    family: Family::Integrity,
    means: "Of the drafts that AI offered to people, the share that they threw away. When it rises, quality is falling, and CSAT will follow.",
    misleads: "Drafts that nobody looked at are neither accepted, edited nor rejected, so a low rate may be indifference: see whether the three rates come near 1 together.",
    words: "drafts rejected ÷ drafts offered",
    tex: r"\frac{\sum \text{drafts\_rejected}}{\sum \text{drafts\_offered}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[People],
    needs: &[],
    inputs: &[Input::One(C::DraftsOffered), Input::One(C::DraftsRejected)],
    formula: Formula::Proportion(&REJECTED),
    ripening: None,
    doubts: &[],
    sources: &["[N] draft rejection, a leading indicator"],
    views: &["leading", "operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: DRAFTED,
        options: "{}",
        working: "Contact 1: 1 of 5; contact 2: 0 of 3; of contact 3 the whole is not known: 1 / 8.",
        expect: &[(People, "0.125")],
    },
    laws: &[Law::WithinZeroAndOne],
};
