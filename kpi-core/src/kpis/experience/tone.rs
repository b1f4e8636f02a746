//! Tone: how the contact sounded, of every customer and not only of those who answer surveys.

use crate::input::Column as C;
use crate::input::text::Amount;
use crate::kpis::figure::Flag;
use crate::kpis::kpi::Population::{self, Ai, AiToHuman, All, Human};
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::Counted::Now;
use crate::tally::{Count, Spread};

const BOTH_ENDS: &[C] = &[C::SentimentStart, C::SentimentEnd];

static TONE_KNOWN: Count = Count {
    name: "tone_known",
    rows: Now(|r| r.known(C::SentimentStart) & r.known(C::SentimentEnd)),
    reads: BOTH_ENDS,
};
static TURNED_NEGATIVE: Count = Count {
    name: "turned_negative",
    rows: Now(|r| {
        let nought = Amount::whole(0);
        r.known(C::SentimentStart) & !r.below(C::SentimentStart, nought) & r.below(C::SentimentEnd, nought)
    }),
    reads: BOTH_ENDS,
};
static TONE_SHIFT: Spread = Spread {
    name: "tone_shift",
    rows: |r| r.known(C::SentimentStart) & r.known(C::SentimentEnd),
    value: |r| r.numbers(C::SentimentEnd).minus(&r.numbers(C::SentimentStart)),
    reads: BOTH_ENDS,
};

const HANDLINGS: &[Population] = &[All, Ai, Human, AiToHuman];
const WITH_BOTH_ENDS: &[Input] = &[Input::One(C::SentimentStart), Input::One(C::SentimentEnd)];

/// Two contacts of AI (one that soured, one that was sour from the start), one of people, one handed over that soured, and one of AI
/// whose start nobody measured.
const TONES: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "sentiment_start": 0, "sentiment_end": -0.2},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved", "sentiment_start": -0.5, "sentiment_end": -0.1},
  {"id": "3", "handling": "human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "sentiment_start": 0.1, "sentiment_end": 0.5},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T14:00:00Z", "outcome": "unresolved", "sentiment_start": 0.4, "sentiment_end": -0.4},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-05T14:00:00Z", "closed_at": "2026-01-05T14:05:00Z", "outcome": "resolved", "sentiment_end": 0.9}]}"#;

/// How far the tone moved.
pub static SENTIMENT_SHIFT: Kpi = Kpi {
    id: "sentiment_shift",
    name: "Sentiment shift",
    also_called: &["sentiment change", "tone shift"],
    family: Family::Experience,
    means: "How much better or worse customers sounded at the end than at the start, on a scale from −1 to 1. It covers those who answer no survey.",
    misleads: "Who starts angry can hardly sound worse at the end, so a shift upwards may be no more than a return to the mean. And the tone is read by a model, which has mistakes of its own, in some languages more than in others.",
    words: "mean of (tone at the end − tone at the start), over contacts that know both",
    tex: r"\frac{\sum (\text{end} - \text{start})}{\lvert\checkmark\text{start} \cap \checkmark\text{end}\rvert}",
    unit: Unit::Score,
    better: Better::Higher,
    populations: HANDLINGS,
    needs: &[],
    inputs: WITH_BOTH_ENDS,
    formula: Formula::Mean(&TONE_SHIFT),
    ripening: None,
    doubts: &[Flag::Blended],
    sources: &["[H] tone is read as the conversation goes", "[C] analysing sentiment has become usual"],
    views: &["customer"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TONES,
        options: "{}",
        working: "Shifts: −0.2 and 0.4 (AI), 0.4 (people), −0.8 (handed over); the start of 5 is not known. All: −0.2 / 4; AI: 0.2 / 2.",
        expect: &[(All, "-0.05"), (Ai, "0.1"), (Human, "0.4"), (AiToHuman, "-0.8")],
    },
    laws: &[Law::Within(-2, 2)],
};

/// How often a contact soured.
pub static NEGATIVE_TURN_RATE: Kpi = Kpi {
    id: "negative_turn_rate",
    name: "Negative turn rate",
    also_called: &["souring rate"],
    family: Family::Experience,
    means: "Of the contacts whose tone is known at both ends, the share that began neutral or better and ended negative: the ones that went wrong while they were handled.",
    misleads: "Contacts that began negative are in the whole and can never turn, so a wave of angry contacts lowers it.",
    words: "contacts that began at 0 or above and ended below 0 ÷ contacts whose start and end are known",
    tex: r"\frac{\lvert\text{start} \ge 0 \cap \text{end} < 0\rvert}{\lvert\checkmark\text{start} \cap \checkmark\text{end}\rvert}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: HANDLINGS,
    needs: &[],
    inputs: WITH_BOTH_ENDS,
    formula: Formula::Share { part: &TURNED_NEGATIVE, whole: &TONE_KNOWN },
    ripening: None,
    doubts: &[Flag::Blended],
    sources: &["[H] a chat that starts neutral and turns negative shows that the AI misses the point"],
    views: &["customer", "operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: TONES,
        options: "{}",
        working: "Known at both ends are 1 to 4; 1 and 4 soured, 2 was negative from the start. All: 2 / 4; AI: 1 / 2; people: 0 / 1; handed over: 1 / 1.",
        expect: &[(All, "0.5"), (Ai, "0.5"), (Human, "0.0"), (AiToHuman, "1.0")],
    },
    laws: &[Law::WithinZeroAndOne],
};
