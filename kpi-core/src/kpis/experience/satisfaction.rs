//! Satisfaction: how good the answers were, who gave them, and who did not.

use super::{EVERYBODY_ASKED, SURVEYED};
use crate::input::Column as C;
use crate::kpis::cut::Cut;
use crate::kpis::evaluate::{difference, gap, share};
use crate::kpis::figure::{Figure, Flag};
use crate::kpis::kpi::Population::{Ai, AiToHuman, All, Human, People};
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::kpis::shared::{CLOSED, CSAT_ANSWERS};
use crate::tally::Counted::Now;
use crate::tally::{Count, Measure, Spread};

static SATISFIED: Count = Count { name: "csat_satisfied", rows: Now(|r| r.at_least(C::Csat, 4)), reads: &[C::Csat] };
static CSAT_SCORES: Spread =
    Spread { name: "csat", rows: |r| r.known(C::Csat), value: |r| r.numbers(C::Csat), reads: &[C::Csat] };
static SURVEYS_SENT: Count =
    Count { name: "surveys_sent", rows: Now(|r| r.yes(C::SurveySent)), reads: &[C::SurveySent] };
static SENT_AND_ANSWERED: Count = Count {
    name: "csat_sent_and_answered",
    rows: Now(|r| r.yes(C::SurveySent) & r.known(C::Csat)),
    reads: &[C::SurveySent, C::Csat],
};
static CLOSED_AND_ANSWERED: Count =
    Count { name: "csat_closed_and_answered", rows: Now(|r| r.closed & r.known(C::Csat)), reads: &[C::Csat] };

const ASKED: &[Input] = &[Input::One(C::Csat)];

/// The share of answers that are good.
pub static CSAT: Kpi = Kpi {
    id: "csat",
    name: "CSAT",
    also_called: &["customer satisfaction", "satisfaction score", "top-two-box"],
    family: Family::Experience,
    means: "Of the customers who answered the satisfaction survey, the share who gave a 4 or a 5. It is dated by the opening of the contact, for AI and people alike.",
    misleads: "Only those who answer are in it, and AI gets the easy contacts. Never compare the blended figure with the one from before AI: compare AI with AI and people with people.",
    words: "answers of 4 and 5 ÷ answers",
    tex: r"\frac{\lvert\text{csat} \ge 4\rvert}{\lvert\text{csat answered}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: EVERYBODY_ASKED,
    needs: &[],
    inputs: ASKED,
    formula: Formula::Share { part: &SATISFIED, whole: &CSAT_ANSWERS },
    ripening: None,
    doubts: &[Flag::Blended, Flag::ResponseBias],
    sources: &[
        "[H] satisfied (4 and 5) ÷ answers, AI apart from people",
        "[N] reported by who resolved it, with a target for each",
        "[C] asked after AI-handled contacts, not blended over channels",
    ],
    views: &["executive", "customer", "heart", "tiers", "ninety_day_review"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("AI: floor under 70 %, benchmark 79–86 %, top above 88 % [H]; AI within 5 points of people [N]"),
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "Answers are 5 and 2 (AI), 4 and 5 (people alone), 1 (handed over). Good ones: all 3 of 5; AI 1 of 2; people alone 2 of 2; handed over 0 of 1; closed by people 2 of 3.",
        expect: &[(All, "0.6"), (Ai, "0.5"), (Human, "1.0"), (AiToHuman, "0.0"), (People, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// The mean answer.
pub static CSAT_MEAN: Kpi = Kpi {
    id: "csat_mean",
    name: "Mean satisfaction",
    also_called: &["average CSAT", "average rating"],
    family: Family::Experience,
    means: "The mean answer to the satisfaction survey, from 1 to 5. It tells a 1 from a 3, which the share of good answers does not.",
    misleads: "Customers answer 1 or 5 more than anything between, and then few of them are near the mean.",
    words: "sum of the answers ÷ answers",
    tex: r"\frac{\sum \text{csat}}{\lvert\text{csat answered}\rvert}",
    unit: Unit::Score,
    better: Better::Higher,
    populations: EVERYBODY_ASKED,
    needs: &[],
    inputs: ASKED,
    formula: Formula::Mean(&CSAT_SCORES),
    ripening: None,
    doubts: &[Flag::Blended, Flag::ResponseBias],
    sources: &["[H] one question, answered from 1 to 5", "[M] CSAT after the contact, fed back into the AI"],
    views: &["customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "All: (5 + 2 + 4 + 5 + 1) / 5 = 3.4. AI: 7 / 2. People alone: 9 / 2. Handed over: 1. Closed by people: 10 / 3.",
        expect: &[(All, "3.4"), (Ai, "3.5"), (Human, "4.5"), (AiToHuman, "1.0"), (People, "3.3333333333333335")],
    },
    laws: &[Law::Within(1, 5)],
};

fn response_rate(cut: &Cut<'_>) -> Option<Figure> {
    let (part, whole) = if cut.whole.present.contains(&C::SurveySent) {
        (&SENT_AND_ANSWERED, &SURVEYS_SENT)
    } else {
        (&CLOSED_AND_ANSWERED, &CLOSED)
    };
    share(cut.count(part), cut.count(whole), cut.z())
}

/// How many of those asked answer.
pub static CSAT_RESPONSE_RATE: Kpi = Kpi {
    id: "csat_response_rate",
    name: "CSAT response rate",
    also_called: &["survey response rate"],
    family: Family::Experience,
    means: "Of the satisfaction surveys that went out, the share that was answered. It says how much of the customers' opinion CSAT rests on, and stands beside it.",
    misleads: "Where nobody recorded which surveys went out, every closed contact counts as asked, and a desk that asks few of them seems to be ignored. As soon as one row says whether a survey was sent, only those sent count.",
    words: "answers to surveys sent ÷ surveys sent (where no row says what was sent: closed contacts with an answer ÷ closed contacts)",
    tex: r"\frac{\lvert\text{sent} \cap \text{csat answered}\rvert}{\lvert\text{sent}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: EVERYBODY_ASKED,
    needs: &[],
    inputs: ASKED,
    formula: Formula::Other {
        uses: &[
            Measure::Count(&SENT_AND_ANSWERED),
            Measure::Count(&SURVEYS_SENT),
            Measure::Count(&CLOSED_AND_ANSWERED),
            Measure::Count(&CLOSED),
        ],
        by: response_rate,
    },
    ripening: None,
    doubts: &[Flag::Blended],
    sources: &["[N] automated contacts may trigger no survey, or one that nobody opens"],
    views: &["customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "Sent: 1 to 6; answered: all of them but 3. All: 5 / 6; AI: 2 / 3; people alone: 2 / 2 (7 was not asked); handed over: 1 / 1; closed by people: 3 / 3.",
        expect: &[
            (All, "0.8333333333333334"),
            (Ai, "0.6666666666666666"),
            (Human, "1.0"),
            (AiToHuman, "1.0"),
            (People, "1.0"),
        ],
    },
    laws: &[Law::WithinZeroAndOne],
};

fn satisfied_among_answers(cut: &Cut<'_>) -> (u64, u64) {
    (cut.count(&SATISFIED), cut.count(&CSAT_ANSWERS))
}

fn ai_less_people(cut: &Cut<'_>) -> Option<Figure> {
    difference(satisfied_among_answers(&cut.of(Ai)), satisfied_among_answers(&cut.of(People)), cut.z())
}

/// AI's satisfaction against people's.
pub static CSAT_DELTA: Kpi = Kpi {
    id: "csat_delta",
    name: "CSAT difference, AI less people",
    also_called: &["CSAT delta", "satisfaction gap"],
    family: Family::Experience,
    means: "How much higher the share of good answers is on contacts that AI closed than on those that people closed. A contact that was handed over counts for the people who closed it. The interval and the p-value say whether chance alone would do.",
    misleads: "People get the contacts that AI could not solve, so a difference is about the mix as much as about who answered. It is no effect of the AI until comparable contacts are compared.",
    words: "CSAT of contacts closed by AI − CSAT of contacts closed by people",
    tex: r"\text{csat}_A - \text{csat}_P",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: ASKED,
    formula: Formula::Other { uses: &[Measure::Count(&SATISFIED), Measure::Count(&CSAT_ANSWERS)], by: ai_less_people },
    ripening: None,
    doubts: &[Flag::ResponseBias],
    sources: &["[R] AI-resolved less human-resolved", "[N] the answer belongs to whoever closed the contact"],
    views: &["customer", "runrate_12"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: Some("AI within 5 points of people [R] [N], 5 to 10 [H]; customers notice from 10 points lower [R]"),
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "AI: 1 good answer of 2; closed by people: 2 of 3. 1/2 − 2/3 = −1/6.",
        expect: &[(All, "-0.16666666666666666")],
    },
    laws: &[Law::WithinMinusOneAndOne],
};

fn answers_less_contacts(cut: &Cut<'_>) -> Option<Figure> {
    let ai = cut.of(Ai);
    let answers = (ai.count(&CSAT_ANSWERS), cut.count(&CSAT_ANSWERS));
    let closed = (ai.count(&CLOSED), cut.count(&CLOSED));
    Some(Figure::number(gap(answers, closed)?, answers.1))
}

/// Whether the survey hears AI's customers as often as people's.
pub static CSAT_RESPONSE_SKEW: Kpi = Kpi {
    id: "csat_response_skew",
    name: "CSAT response skew",
    also_called: &["survey bias", "response bias"],
    family: Family::Experience,
    means: "AI's share of the satisfaction answers less its share of the closed contacts. Below zero the survey hears people's customers more than their number warrants, and the blended CSAT is theirs; above zero, AI's.",
    misleads: "At zero both sides are heard alike, but the silent ones of either side may still think otherwise.",
    words: "AI's share of answers − AI's share of closed contacts",
    tex: r"\frac{\lvert A_{\text{answered}}\rvert}{\lvert\text{answered}\rvert} - \frac{\lvert A_{\text{closed}}\rvert}{\lvert\text{closed}\rvert}",
    unit: Unit::Ratio,
    better: Better::Neither,
    populations: &[All],
    needs: &[],
    inputs: ASKED,
    formula: Formula::Other {
        uses: &[Measure::Count(&CSAT_ANSWERS), Measure::Count(&CLOSED)],
        by: answers_less_contacts,
    },
    ripening: None,
    doubts: &[Flag::ResponseBias],
    sources: &["[N] a sample made up of people's contacts more than its share"],
    views: &["customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "AI has 2 of the 5 answers and 3 of the 7 closed contacts: 2/5 − 3/7 = −1/35.",
        expect: &[(All, "-0.02857142857142857")],
    },
    laws: &[Law::WithinMinusOneAndOne],
};
