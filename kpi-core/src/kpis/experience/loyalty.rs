//! Effort and recommendation: what makes customers stay.

use super::{EVERYBODY_ASKED, SURVEYED};
use crate::input::Column as C;
use crate::input::numbers::Numbers;
use crate::kpis::cut::Cut;
use crate::kpis::figure::{Figure, Flag};
use crate::kpis::kpi::Population::{Ai, AiToHuman, All, Human, People};
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::kpis::shared::CES_ANSWERS;
use crate::tally::Counted::Now;
use crate::tally::{Count, Measure, Spread};

static CES: Spread = Spread { name: "ces", rows: |r| r.known(C::Ces), value: |r| r.numbers(C::Ces), reads: &[C::Ces] };
static LOW_EFFORT: Count = Count { name: "ces_low_effort", rows: Now(|r| r.at_least(C::Ces, 5)), reads: &[C::Ces] };
/// A promoter is worth 100, a detractor −100, so that the score is a mean and has a mean's interval.
static NPS_POINTS: Spread = Spread {
    name: "nps_points",
    rows: |r| r.known(C::Nps),
    value: |r| {
        Numbers::whole_of(r.wholes(C::Nps).map(|answer| match answer {
            9.. => 100,
            7..=8 => 0,
            _ => -100,
        }))
    },
    reads: &[C::Nps],
};

const ASKED_FOR_EFFORT: &[Input] = &[Input::One(C::Ces)];

/// The mean effort answer.
pub static CES_MEAN: Kpi = Kpi {
    id: "ces_mean",
    name: "Mean effort score",
    also_called: &["CES", "customer effort score"],
    family: Family::Experience,
    means: "The mean answer to how easy it was, from 1 (very hard) to 7 (very easy). AI is there to take effort away, so it is a direct test of its purpose.",
    misleads: "Desks use scales of other lengths and directions; one on which 1 is easy turns it upside down. Customers who gave up are not asked.",
    words: "sum of the answers ÷ answers",
    tex: r"\frac{\sum \text{ces}}{\lvert\text{ces answered}\rvert}",
    unit: Unit::Score,
    better: Better::Higher,
    populations: EVERYBODY_ASKED,
    needs: &[],
    inputs: ASKED_FOR_EFFORT,
    formula: Formula::Mean(&CES),
    ripening: None,
    doubts: &[Flag::Blended, Flag::ResponseBias],
    sources: &["[H] effort foretells who stays", "[C] effort suits AI, whose purpose is to reduce it"],
    views: &["customer", "heart"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "All: (7 + 3 + 6 + 5 + 2) / 5 = 4.6. AI: 10 / 2. People alone: 11 / 2. Handed over: 2. Closed by people: 13 / 3.",
        expect: &[(All, "4.6"), (Ai, "5.0"), (Human, "5.5"), (AiToHuman, "2.0"), (People, "4.333333333333333")],
    },
    laws: &[Law::Within(1, 7)],
};

/// The share that found it easy.
pub static LOW_EFFORT_SHARE: Kpi = Kpi {
    id: "low_effort_share",
    name: "Low-effort share",
    also_called: &["CES top-three-box", "easy share"],
    family: Family::Experience,
    means: "Of the customers who answered the effort survey, the share who found it somewhat easy or better (5 to 7).",
    misleads: "A 5 and a 7 count alike; read it beside the mean.",
    words: "answers of 5, 6 and 7 ÷ answers",
    tex: r"\frac{\lvert\text{ces} \ge 5\rvert}{\lvert\text{ces answered}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: EVERYBODY_ASKED,
    needs: &[],
    inputs: ASKED_FOR_EFFORT,
    formula: Formula::Share { part: &LOW_EFFORT, whole: &CES_ANSWERS },
    ripening: None,
    doubts: &[Flag::Blended, Flag::ResponseBias],
    sources: &[
        "[C] what takes little effort has succeeded, however simple the bot",
        "[H] rephrasing three times ruins it",
    ],
    views: &["customer", "heart"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "Answers are 7 and 3 (AI), 6 and 5 (people alone), 2 (handed over). 5 and more: all 3 of 5; AI 1 of 2; people alone 2 of 2; handed over 0 of 1; closed by people 2 of 3.",
        expect: &[(All, "0.6"), (Ai, "0.5"), (Human, "1.0"), (AiToHuman, "0.0"), (People, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

fn promoters_less_detractors(cut: &Cut<'_>) -> Option<Figure> {
    let points = cut.spread(&NPS_POINTS);
    let net = points.sum().div_count(100)?;
    let figure = Figure::number(points.mean()?, points.n()).over(net, points.n());
    Some(figure.within(crate::evidence::mean_interval(&points, cut.z()), "normal"))
}

/// Who would recommend, less who would not.
pub static NPS: Kpi = Kpi {
    id: "nps",
    name: "NPS",
    also_called: &["net promoter score"],
    family: Family::Experience,
    means: "Customers who would recommend the company (9 and 10) less those who would not (0 to 6), in points of a hundred answers.",
    misleads: "It is about the whole company and moves slowly, so one contact explains little of it. It is noisy too: at a hundred answers the interval is some thirty points wide.",
    words: "100 × (promoters − detractors) ÷ answers",
    tex: r"100 \cdot \frac{\lvert\text{nps} \ge 9\rvert - \lvert\text{nps} \le 6\rvert}{\lvert\text{nps answered}\rvert}",
    unit: Unit::Points,
    better: Better::Higher,
    populations: EVERYBODY_ASKED,
    needs: &[],
    inputs: &[Input::One(C::Nps)],
    formula: Formula::Other { uses: &[Measure::Spread(&NPS_POINTS)], by: promoters_less_detractors },
    ripening: None,
    doubts: &[Flag::Blended, Flag::ResponseBias],
    sources: &["[C] slow and broad, but worth following beside the milestones of the AI"],
    views: &["customer"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SURVEYED,
        options: "{}",
        working: "Answers are 10 and 7 (AI), 9 and 8 (people alone), 6 (handed over). All: (2 − 1) / 5; AI: 1 / 2; people alone: 1 / 2; handed over: −1 / 1; closed by people: (1 − 1) / 3; times 100.",
        expect: &[(All, "20.0"), (Ai, "50.0"), (Human, "50.0"), (AiToHuman, "-100.0"), (People, "0.0")],
    },
    laws: &[Law::Within(-100, 100)],
};
