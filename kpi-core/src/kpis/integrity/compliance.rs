//! Audits of conduct: policy, data, brand voice, and the summary that people are handed.

use super::AUDITED;
use crate::input::Column as C;
use crate::kpis::figure::Flag;
use crate::kpis::kpi::Population::{AiFronted, AiToHuman};
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::Count;
use crate::tally::Counted::Now;

static POLICY_CHECKED: Count =
    Count { name: "policy_checked", rows: Now(|r| r.known(C::QaPolicyOk)), reads: &[C::QaPolicyOk] };
static POLICY_OK: Count = Count { name: "policy_ok", rows: Now(|r| r.yes(C::QaPolicyOk)), reads: &[C::QaPolicyOk] };
static DATA_CHECKED: Count = Count { name: "data_checked", rows: Now(|r| r.known(C::QaDataOk)), reads: &[C::QaDataOk] };
static DATA_OK: Count = Count { name: "data_ok", rows: Now(|r| r.yes(C::QaDataOk)), reads: &[C::QaDataOk] };
static BRAND_CHECKED: Count =
    Count { name: "brand_checked", rows: Now(|r| r.known(C::QaBrandOk)), reads: &[C::QaBrandOk] };
static BRAND_OK: Count = Count { name: "brand_ok", rows: Now(|r| r.yes(C::QaBrandOk)), reads: &[C::QaBrandOk] };
static SUMMARY_CHECKED: Count =
    Count { name: "summary_checked", rows: Now(|r| r.known(C::QaSummaryOk)), reads: &[C::QaSummaryOk] };
static SUMMARY_OK: Count = Count { name: "summary_ok", rows: Now(|r| r.yes(C::QaSummaryOk)), reads: &[C::QaSummaryOk] };

/// The checks of conduct. A summary is work for people, and right or wrong answers are no breach of a rule.
const CONDUCT: &[C] = &[C::QaPolicyOk, C::QaDataOk, C::QaBrandOk];
static CONDUCT_CHECKED: Count = Count {
    name: "conduct_checked",
    rows: Now(|r| CONDUCT.iter().fold(0, |any, check| any | r.known(*check))),
    reads: CONDUCT,
};
static CONDUCT_CLEAN: Count = Count {
    name: "conduct_clean",
    rows: Now(|r| {
        let checked = CONDUCT.iter().fold(0, |any, check| any | r.known(*check));
        CONDUCT.iter().fold(checked, |clean, check| clean & !r.no(*check))
    }),
    reads: CONDUCT,
};

/// Whether the AI keeps to policy.
pub static POLICY_COMPLIANCE_RATE: Kpi = Kpi {
    id: "policy_compliance_rate",
    name: "Policy compliance rate",
    also_called: &["policy adherence"],
    family: Family::Integrity,
    means: "Of the contacts that were checked for it, the share in which the AI kept to the company's policies.",
    misleads: "A check that nothing ever fails is no check: see that somebody reviews the reviewers.",
    words: "contacts that passed the policy check ÷ contacts that had one",
    tex: r"\frac{\lvert\text{policy ok}\rvert}{\lvert\checkmark\text{policy}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::QaPolicyOk)],
    formula: Formula::Share { part: &POLICY_OK, whole: &POLICY_CHECKED },
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &["[M] policy compliance, as part of automated QA"],
    views: &["integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: AUDITED,
        options: "{}",
        working: "Checked and met by the AI are 1 and 2; 1 passed: 1 / 2.",
        expect: &[(AiFronted, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether the AI handles data as it must.
pub static DATA_HANDLING_RATE: Kpi = Kpi {
    id: "data_handling_rate",
    name: "Data-handling rate",
    also_called: &["privacy compliance", "data-protection compliance"],
    family: Family::Integrity,
    means: "Of the contacts that were checked for it, the share in which the AI asked for, showed and kept personal data as it must.",
    misleads: "A single breach can matter more than the rate; read the cases, not only the share.",
    words: "contacts that passed the data check ÷ contacts that had one",
    tex: r"\frac{\lvert\text{data ok}\rvert}{\lvert\checkmark\text{data}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::QaDataOk)],
    formula: Formula::Share { part: &DATA_OK, whole: &DATA_CHECKED },
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &["[M] data handling checked without pause against the industry's standards"],
    views: &["integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: AUDITED,
        options: "{}",
        working: "Checked are 1, 2 and 4; 4 failed: 2 / 3.",
        expect: &[(AiFronted, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether the AI sounds like the company.
pub static BRAND_CONSISTENCY_RATE: Kpi = Kpi {
    id: "brand_consistency_rate",
    name: "Brand consistency rate",
    also_called: &["brand-voice alignment", "tone-of-voice score"],
    family: Family::Integrity,
    means: "Of the contacts that were checked for it, the share in which the AI spoke as the company wants to be heard.",
    misleads: "It is a matter of taste: two reviewers agree on it less than on facts.",
    words: "contacts that passed the brand check ÷ contacts that had one",
    tex: r"\frac{\lvert\text{brand ok}\rvert}{\lvert\checkmark\text{brand}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::QaBrandOk)],
    formula: Formula::Share { part: &BRAND_OK, whole: &BRAND_CHECKED },
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &["[M] one brand at every touchpoint", "[H] brand voice, of generative AI"],
    views: &["integrity"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: AUDITED,
        options: "{}",
        working: "Checked are 1, 2 and 3; 2 failed: 2 / 3.",
        expect: &[(AiFronted, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether nothing at all was wrong.
pub static CLEAN_AUDIT_RATE: Kpi = Kpi {
    id: "clean_audit_rate",
    name: "Clean audit rate",
    also_called: &["QA pass rate", "compliance score"],
    family: Family::Integrity,
    means: "Of the contacts with any check of policy, data or brand, the share in which every check that was made was passed.",
    misleads: "Fewer checks a contact make it easier to be clean. Compare it only where the same checks are made.",
    words: "contacts whose recorded checks of policy, data and brand were all passed ÷ contacts with any of them",
    tex: r"\frac{\lvert\text{no check failed}\rvert}{\lvert\checkmark\text{policy} \cup \checkmark\text{data} \cup \checkmark\text{brand}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::AnyOf(CONDUCT)],
    formula: Formula::Share { part: &CONDUCT_CLEAN, whole: &CONDUCT_CHECKED },
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &["[M] QA and compliance scores, as evidence that holds up"],
    views: &["integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: AUDITED,
        options: "{}",
        working: "Checked are 1, 2, 3 and 4; 2 failed two checks and 4 its only one; 3 passed its only one: 2 / 4.",
        expect: &[(AiFronted, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether people are told the right thing at a handover.
pub static SUMMARY_ACCURACY: Kpi = Kpi {
    id: "summary_accuracy",
    name: "Summary accuracy",
    also_called: &["handoff summary quality"],
    family: Family::Integrity,
    means: "Of the handovers whose summary was checked, the share in which it told the person what had happened. A wrong one makes the customer say everything again.",
    misleads: "It does not say whether anybody read the summary; the time to resolve an escalation does.",
    words: "handovers whose summary passed ÷ handovers whose summary was checked",
    tex: r"\frac{\lvert X \cap \text{summary ok}\rvert}{\lvert X \cap \checkmark\text{summary}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiToHuman],
    needs: &[],
    inputs: &[Input::One(C::QaSummaryOk)],
    formula: Formula::Share { part: &SUMMARY_OK, whole: &SUMMARY_CHECKED },
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &["[H] summary accuracy when AI condenses a conversation for a person"],
    views: &["integrity"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: None,
    example: Example {
        tables: AUDITED,
        options: "{}",
        working: "Checked are the summaries of 3 and 4; 3 passed: 1 / 2.",
        expect: &[(AiToHuman, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};
