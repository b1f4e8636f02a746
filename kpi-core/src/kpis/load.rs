//! Volume and resolution, third part: when the load comes, how much is in hand at once, how fast it is worked off.

use super::cut::Cut;
use super::figure::{Figure, Reading};
use super::kpi::Population::{Ai, AiFronted, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Kpi, Law, Need, Tier, Timing, Unit};
use super::shared::{CLOSED, ROWS};
use super::volume::FIVE;
use crate::facts::rows::HOUR;
use crate::tally::Counted::Now;
use crate::tally::{Count, Feature, Measure};
use crate::units::ExactSum;

static AFTER_HOURS: Count = Count { name: "after_hours", rows: Now(|r| r.after_hours() & r.all), reads: &[] };

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
    Some(Figure::number(value, closed).over(closed, hours))
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
