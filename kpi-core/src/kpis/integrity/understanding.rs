//! Understanding: whether the AI gets what customers want, in text and in speech, and when they want something new.

use crate::input::Column as C;
use crate::kpis::cut::Cut;
use crate::kpis::evaluate::share;
use crate::kpis::figure::Figure;
use crate::kpis::kpi::Population::{AiFronted, All};
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Need, Tier, Timing, Unit};
use crate::tally::Counted::Now;
use crate::tally::{Count, Feature, Measure, Parts};

static INTENT_LABELLED: Count =
    Count { name: "intent_labelled", rows: Now(|r| r.known(C::IntentCorrect)), reads: &[C::IntentCorrect] };
static INTENT_RECOGNISED: Count =
    Count { name: "intent_recognised", rows: Now(|r| r.yes(C::IntentCorrect)), reads: &[C::IntentCorrect] };
static UNANSWERED: Parts = Parts {
    name: "unanswered_of_messages",
    rows: |r| r.known(C::UnansweredMessages) & r.known(C::CustomerMessages),
    part: |r| r.numbers(C::UnansweredMessages),
    whole: |r| r.numbers(C::CustomerMessages),
    reads: &[C::UnansweredMessages, C::CustomerMessages],
};
static FALLBACKS: Parts = Parts {
    name: "fallbacks_of_messages",
    rows: |r| r.known(C::FallbackMessages) & r.known(C::CustomerMessages),
    part: |r| r.numbers(C::FallbackMessages),
    whole: |r| r.numbers(C::CustomerMessages),
    reads: &[C::FallbackMessages, C::CustomerMessages],
};
static WORD_ERRORS: Parts = Parts {
    name: "errors_of_words",
    rows: |r| r.known(C::AsrErrors) & r.known(C::AsrWords),
    part: |r| r.numbers(C::AsrErrors),
    whole: |r| r.numbers(C::AsrWords),
    reads: &[C::AsrErrors, C::AsrWords],
};
static WITH_ISSUE: Count = Count { name: "with_issue", rows: Now(|r| r.known(C::Issue)), reads: &[C::Issue] };

/// Three contacts of AI and one handed over. Of contact 3 nobody knows how many messages there were, nor how many of its
/// words were misheard.
const UNDERSTOOD: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "intent_correct": true, "customer_messages": 4, "unanswered_messages": 1, "fallback_messages": 0, "asr_words": 100, "asr_errors": 8},
  {"id": "2", "handling": "ai_to_human", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T11:00:00Z", "outcome": "resolved", "intent_correct": false, "customer_messages": 6, "unanswered_messages": 2, "fallback_messages": 1, "asr_words": 60, "asr_errors": 4},
  {"id": "3", "handling": "ai", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T11:05:00Z", "outcome": "resolved", "intent_correct": true, "unanswered_messages": 1, "fallback_messages": 1, "asr_words": 40},
  {"id": "4", "handling": "ai", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T12:05:00Z", "outcome": "resolved"}]}"#;

/// Whether the AI knows what is wanted.
pub static INTENT_RECOGNITION_RATE: Kpi = Kpi {
    id: "intent_recognition_rate",
    name: "Intent recognition rate",
    also_called: &["intent accuracy", "NLU accuracy"],
    family: Family::Integrity,
    means: "Of the contacts in the labelled sample, the share in which the AI recognised what the customer wanted.",
    misleads: "The right intent may still get the wrong answer. And where whole contacts are labelled, one that asks two things is right or wrong as a whole.",
    words: "contacts whose intent was recognised ÷ contacts whose intent was labelled",
    tex: r"\frac{\lvert\text{intent correct}\rvert}{\lvert\checkmark\text{intent}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::IntentCorrect)],
    formula: Formula::Share { part: &INTENT_RECOGNISED, whole: &INTENT_LABELLED },
    ripening: None,
    doubts: &[],
    sources: &["[C] intent recognition, a sign of operational health", "[H] of chatbots"],
    views: &["operations", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: UNDERSTOOD,
        options: "{}",
        working: "Labelled are 1, 2 and 3; 2 was not recognised: 2 / 3.",
        expect: &[(AiFronted, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// What the AI had no answer to.
pub static UNANSWERED_RATE: Kpi = Kpi {
    id: "unanswered_rate",
    name: "Unanswered rate",
    also_called: &["no-answer rate", "unanswered questions"],
    family: Family::Integrity,
    means: "Of the messages that customers sent to the AI, the share that it could not answer with confidence. When it rises, the resolution rate falls soon after.",
    misleads: "An AI that always says something has a rate near nought and a hallucination rate to match.",
    words: "messages the AI could not answer with confidence ÷ messages customers sent",
    tex: r"\frac{\sum \text{unanswered\_messages}}{\sum \text{customer\_messages}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::CustomerMessages), Input::One(C::UnansweredMessages)],
    formula: Formula::Proportion(&UNANSWERED),
    ripening: None,
    doubts: &[],
    sources: &["[N] unanswered rate, a leading indicator"],
    views: &["leading", "operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: Some("below 8 % [N]"),
    example: Example {
        tables: UNDERSTOOD,
        options: "{}",
        working: "Contact 1: 1 of 4; contact 2: 2 of 6; of contact 3 the whole is not known: 3 / 10.",
        expect: &[(AiFronted, "0.3")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How often the AI says that it does not understand.
pub static FALLBACK_RATE: Kpi = Kpi {
    id: "fallback_rate",
    name: "Fallback rate",
    also_called: &["misunderstanding rate", "no-match rate"],
    family: Family::Integrity,
    means: "Of the messages that customers sent to the AI, the share that it met with a plea that it does not understand.",
    misleads: "A bot can be taught to guess instead: fewer fallbacks, more wrong answers.",
    words: "messages met with a fallback ÷ messages customers sent",
    tex: r"\frac{\sum \text{fallback\_messages}}{\sum \text{customer\_messages}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::CustomerMessages), Input::One(C::FallbackMessages)],
    formula: Formula::Proportion(&FALLBACKS),
    ripening: None,
    doubts: &[],
    sources: &["[H] of chatbots: how often the bot has to say that it does not understand"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: UNDERSTOOD,
        options: "{}",
        working: "Contact 1: 0 of 4; contact 2: 1 of 6; of contact 3 the whole is not known: 1 / 10.",
        expect: &[(AiFronted, "0.1")],
    },
    laws: &[Law::WithinZeroAndOne],
};

fn new_among_known(cut: &Cut<'_>) -> Option<Figure> {
    share(cut.group.new_topics?, cut.count(&WITH_ISSUE), cut.z())
}

/// What customers had not asked before.
pub static NEW_TOPIC_RATE: Kpi = Kpi {
    id: "new_topic_rate",
    name: "New topic rate",
    also_called: &["topic emergence rate"],
    family: Family::Integrity,
    means: "Of the period's contacts with an issue, the share about issues that nobody had raised before the period. The AI was not trained on them, so escalations follow.",
    misleads: "New is what this data has not seen: it is undefined in the first period, and high in the few after it. Labels that are renamed look like news.",
    words: "contacts about issues first seen in this period, by anybody ÷ contacts with an issue",
    tex: r"\frac{\lvert\text{issue first seen in the period}\rvert}{\lvert\checkmark\text{issue}\rvert}",
    unit: Unit::Ratio,
    better: Better::Neither,
    populations: &[All],
    needs: &[Need::Every],
    inputs: &[Input::One(C::Issue)],
    formula: Formula::Other {
        uses: &[Measure::Feature(Feature::Topics), Measure::Count(&WITH_ISSUE)],
        by: new_among_known,
    },
    ripening: None,
    doubts: &[],
    sources: &["[N] how quickly categories appear that the AI was not trained on"],
    views: &["leading"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "issue": "login"},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-12T09:00:00Z", "issue": "login"},
  {"id": "3", "handling": "ai", "opened_at": "2026-01-13T09:00:00Z", "issue": "refund"},
  {"id": "4", "handling": "human", "opened_at": "2026-01-14T09:00:00Z", "issue": "refund"},
  {"id": "5", "handling": "ai", "opened_at": "2026-01-15T09:00:00Z"}]}"#,
        options: r#"{"every": "week"}"#,
        working: "In the second week 2, 3 and 4 have an issue; login was seen the week before, refund was not: 2 / 3.",
        expect: &[(All, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// How well the AI hears.
pub static WORD_ERROR_RATE: Kpi = Kpi {
    id: "word_error_rate",
    name: "Word error rate",
    also_called: &["WER", "transcription error rate"],
    family: Family::Integrity,
    means: "Words that the AI heard wrongly, left out or added, for each word that was spoken. What is misheard is answered wrongly.",
    misleads: "Words that were added count too, so it can pass 1. A misheard filler word weighs as much as a misheard account number.",
    words: "words transcribed wrongly ÷ words spoken, over calls that know both",
    tex: r"\frac{\sum \text{asr\_errors}}{\sum \text{asr\_words}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::AsrWords), Input::One(C::AsrErrors)],
    formula: Formula::RatioOf(&WORD_ERRORS),
    ripening: None,
    doubts: &[],
    sources: &["[H] of voice AI: how accurately it transcribes"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: UNDERSTOOD,
        options: "{}",
        working: "Call 1: 8 of 100 words; call 2: 4 of 60; the errors of 3 are not known: 12 / 160.",
        expect: &[(AiFronted, "0.075")],
    },
    laws: &[Law::NotNegative],
};
