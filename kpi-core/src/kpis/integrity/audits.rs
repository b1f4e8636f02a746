//! Audits of answers: how many were right, how many were made up, and how much was looked at.

use super::AUDITED as FIVE_MET;
use crate::input::Column as C;
use crate::kpis::figure::Flag;
use crate::kpis::kpi::Population::AiFronted;
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::kpis::shared::{AUDITED, CLOSED, QA_COLUMNS};
use crate::tally::Parts;

static CORRECT_ANSWERS: Parts = Parts {
    name: "qa_correct_of_responses",
    rows: |r| r.known(C::QaCorrect) & r.known(C::QaResponses),
    part: |r| r.numbers(C::QaCorrect),
    whole: |r| r.numbers(C::QaResponses),
    reads: &[C::QaCorrect, C::QaResponses],
};
static MADE_UP_ANSWERS: Parts = Parts {
    name: "qa_hallucinated_of_responses",
    rows: |r| r.known(C::QaHallucinated) & r.known(C::QaResponses),
    part: |r| r.numbers(C::QaHallucinated),
    whole: |r| r.numbers(C::QaResponses),
    reads: &[C::QaHallucinated, C::QaResponses],
};

/// How much of what the AI says is right.
pub static ANSWER_ACCURACY: Kpi = Kpi {
    id: "answer_accuracy",
    name: "Answer accuracy",
    also_called: &["response accuracy", "QA accuracy"],
    family: Family::Integrity,
    means: "Of the AI's answers that somebody checked, the share that was factually right and complete. Trust in everything else the AI does rests on it.",
    misleads: "It is as good as the sample: checking only the contacts that look bad, or only those that look good, tells nothing of the rest. Answers judged by another model carry that model's mistakes.",
    words: "answers found right ÷ answers checked",
    tex: r"\frac{\sum \text{qa\_correct}}{\sum \text{qa\_responses}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::QaResponses), Input::One(C::QaCorrect)],
    formula: Formula::Proportion(&CORRECT_ANSWERS),
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &[
        "[H] right and complete ÷ sampled, scored against a trusted source",
        "[C] wrong answers spoil every figure after them",
        "[R] accurate in a lab is not yet worth anything",
    ],
    views: &["integrity", "operations", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Resolution,
    benchmark: Some("floor under 80 %, benchmark 87–92 %, top above 92 % [H]"),
    example: Example {
        tables: FIVE_MET,
        options: "{}",
        working: "Contact 1: 4 of 4; contact 2: 4 of 6. Contact 6 is a person's. (4 + 4) / (4 + 6).",
        expect: &[(AiFronted, "0.8")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How much of what the AI says is made up.
pub static HALLUCINATION_RATE: Kpi = Kpi {
    id: "hallucination_rate",
    name: "Hallucination rate",
    also_called: &["fabrication rate"],
    family: Family::Integrity,
    means: "Of the AI's answers that somebody checked, the share that stated something made up as a fact. One such answer can cost more trust than many right ones earn.",
    misleads: "It is rare, so a small sample often shows none: look at the upper end of the interval. An answer may be wrong without being made up; accuracy counts those too.",
    words: "answers that made something up ÷ answers checked",
    tex: r"\frac{\sum \text{qa\_hallucinated}}{\sum \text{qa\_responses}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::QaResponses), Input::One(C::QaHallucinated)],
    formula: Formula::Proportion(&MADE_UP_ANSWERS),
    ripening: None,
    doubts: &[Flag::LowCoverage],
    sources: &["[H] made up and stated as fact ÷ sampled", "[C] a small share already does harm"],
    views: &["integrity", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Resolution,
    benchmark: Some("floor above 5 %, benchmark about 2 %, top under 1 % [H]"),
    example: Example {
        tables: FIVE_MET,
        options: "{}",
        working: "Contact 1: 0 of 4; contact 2: 1 of 6. (0 + 1) / (4 + 6).",
        expect: &[(AiFronted, "0.1")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How much anybody looked at.
pub static QA_COVERAGE: Kpi = Kpi {
    id: "qa_coverage",
    name: "QA coverage",
    also_called: &["audit coverage", "QA sampling rate"],
    family: Family::Integrity,
    means: "Of the closed contacts that the AI met, the share that somebody audited in any way. Every other audit figure speaks for that share only.",
    misleads: "A large share picked by hand says less than a small one drawn at random.",
    words: "closed contacts that the AI met, with any QA column filled ÷ closed contacts that the AI met",
    tex: r"\frac{\lvert F_{\text{closed}} \cap \checkmark\text{any QA}\rvert}{\lvert F_{\text{closed}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::AnyOf(QA_COLUMNS)],
    formula: Formula::Share { part: &AUDITED, whole: &CLOSED },
    ripening: None,
    doubts: &[Flag::LowCoverage, Flag::OpenBacklog],
    sources: &["[M] auditing every conversation has become possible", "[H] a weekly sample of 50 to 100 conversations"],
    views: &["integrity"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: Some("sampling by hand usually stays under 5 %, automatic QA reaches 100 % [M]"),
    example: Example {
        tables: FIVE_MET,
        options: "{}",
        working: "The AI met 1 to 5, all closed; nobody audited 5: 4 / 5.",
        expect: &[(AiFronted, "0.8")],
    },
    laws: &[Law::WithinZeroAndOne],
};
