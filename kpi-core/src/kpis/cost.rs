//! Cost: what an outcome costs with everything in it, and what drives the bill.

use super::cost_layers::{self as layers, ANY_AI_COST, ANY_COST, ANY_HUMAN_COST, joined};
use super::cut::Cut;
use super::evaluate::ratio_of;
use super::figure::{Figure, Flag};
use super::kpi::Population::{Ai, AiFronted, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Kpi, Law, Tier, Timing, Unit};
use super::shared::{CLAIMED_BY_AI, CLOSED, RESOLVED};
use super::usage::{self, CACHED_CALLS, RETRIED_CALLS, TOKENS, TOKENS_AND_OUTCOMES};
use crate::tally::Measure;

pub(super) use super::cost_layers::misses_a_layer;

const PER_AI_RESOLUTION: [Measure; 8] = joined(layers::AI_OF_CLOSED, [Measure::Count(&CLAIMED_BY_AI)]);
const PER_HUMAN_RESOLUTION: [Measure; 3] = joined(layers::HUMAN_OF_CLOSED, [Measure::Count(&RESOLVED)]);
const PER_CONTACT: [Measure; 9] = joined(layers::ALL_OF_CLOSED, [Measure::Count(&CLOSED)]);
/// What the cost of a resolution, and its comparisons, are computed from.
pub(super) const PER_RESOLUTION: [Measure; 9] = joined(layers::ALL_OF_CLOSED, [Measure::Count(&RESOLVED)]);

/// One contact solved by AI, one its customer left, one handed over, two by people (one of them with an AI draft), one
/// of AI still open; with licences for the AI and managers for the people, 9.00 each over the day.
const SPENT: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T00:00:00Z", "closed_at": "2026-01-05T00:05:00Z", "outcome": "resolved", "cost_api": "0.50", "cost_platform": "0.50"},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:02:00Z", "outcome": "abandoned", "cost_api": "0.30"},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "cost_api": "0.40", "cost_human": "6.00"},
  {"id": "4", "handling": "human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "resolved", "cost_api": "0.10", "cost_human": "8.00"},
  {"id": "5", "handling": "human", "opened_at": "2026-01-05T13:00:00Z", "closed_at": "2026-01-05T14:00:00Z", "outcome": "unresolved", "cost_human": "4.00"},
  {"id": "6", "handling": "ai", "opened_at": "2026-01-05T14:00:00Z", "cost_api": "0.30"}],
 "costs": [
  {"layer": "licences", "scope": "ai", "amount": "9.00", "start": "2026-01-05T00:00:00Z", "end": "2026-01-06T00:00:00Z"},
  {"layer": "management", "scope": "human", "amount": "9.00", "start": "2026-01-05T00:00:00Z", "end": "2026-01-06T00:00:00Z"}]}"#;
const MIDNIGHT: &str = r#"{"as_of": "2026-01-06T00:00:00Z"}"#;

/// Three finished contacts that used 6,000 tokens and 16 calls to solve two of them, and an open one.
const CALLS: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "input_tokens": 1800, "cached_input_tokens": 900, "output_tokens": 200, "api_calls": 6, "api_calls_cached": 3, "api_calls_retried": 1, "retries_timeout": 1},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:02:00Z", "outcome": "abandoned", "input_tokens": 900, "output_tokens": 100, "api_calls": 4, "api_calls_cached": 0, "api_calls_retried": 3, "retries_rate_limit": 2, "retries_model_error": 1},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "input_tokens": 2500, "cached_input_tokens": 2000, "output_tokens": 500, "api_calls": 6, "api_calls_cached": 5, "api_calls_retried": 0},
  {"id": "4", "handling": "ai", "opened_at": "2026-01-05T12:00:00Z", "input_tokens": 400}]}"#;

/// The north star: what one outcome costs, whoever worked on it.
pub static COST_PER_RESOLUTION: Kpi = Kpi {
    id: "cost_per_resolution",
    name: "Cost per resolution",
    also_called: &["cost per outcome", "cost per resolved work item", "CPR"],
    family: Family::Cost,
    means: "What one solved contact that the AI met has cost in full: every AI layer, the people it was handed to, and the share of licences, oversight and management. Contacts that failed are paid for by those that succeeded. Everything else on this page explains it.",
    misleads: "A layer without data makes it look cheaper than it is, and resolved is the desk's own word: read it beside the verified rate.",
    words: "(AI layers + human cost of closed contacts that the AI met, with their part of the costs table) ÷ those resolved",
    tex: r"\frac{\sum_{F_{\text{closed}}} (\text{AI layers} + \text{human cost})}{\lvert F_{\text{resolved}}\rvert}",
    unit: Unit::Money,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: ANY_COST,
    formula: Formula::Other {
        uses: &PER_RESOLUTION,
        by: |cut| Figure::money_per(layers::cost_of_closed(cut), cut.count(&RESOLVED)),
    },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::Unverified, Flag::OpenBacklog],
    sources: &["[R] cost per resolved work item, the north star", "[M] cost per resolution", "[H] fully loaded"],
    views: &["executive", "runrate_12", "finance", "tiers", "ninety_day_review"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("30–60 % of the baseline; at 80 %, ask why [R]; a few dollars against 15–25 by people [H]"),
    example: Example {
        tables: SPENT,
        options: MIDNIGHT,
        working: "Closed and met by the AI: 1 (1.00), 2 (0.30) and 3 (6.40) are 7.70. They carry the licences, 9.00, and 3 a third of the managers, 3.00. 19.70 over the two resolved, 1 and 3.",
        expect: &[(AiFronted, r#""9.85""#)],
    },
    laws: &[Law::Unbounded],
};

/// What the machine costs for each contact it ends alone.
pub static AI_COST_PER_RESOLUTION: Kpi = Kpi {
    id: "ai_cost_per_resolution",
    name: "AI cost per AI resolution",
    also_called: &["cost per AI resolution", "AI unit cost"],
    family: Family::Cost,
    means: "What the AI alone has cost for each contact that it solved alone. Its failures and handovers are in the bill, so it can be held against a vendor's price per resolution.",
    misleads: "It leaves out the people behind it: an AI that hands most things over can be cheap here and dear in full.",
    words: "AI layers of closed contacts that the AI met, with their part of the costs table ÷ contacts resolved by AI alone",
    tex: r"\frac{\sum_{F_{\text{closed}}} \text{AI layers}}{\lvert A_{\text{resolved}}\rvert}",
    unit: Unit::Money,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: ANY_AI_COST,
    formula: Formula::Other {
        uses: &PER_AI_RESOLUTION,
        by: |cut| Figure::money_per(layers::ai_cost(cut), cut.count(&CLAIMED_BY_AI)),
    },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::Unverified, Flag::OpenBacklog],
    sources: &["[H] cost per AI resolution", "[M] sub-dollar resolution costs"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("floor above $5, benchmark $1–2.50, top under $0.60 [H]"),
    example: Example {
        tables: SPENT,
        options: MIDNIGHT,
        working: "AI layers of 1, 2 and 3 are 1.00, 0.30 and 0.40; with the licences, 9.00, that is 10.70 for the one contact that AI solved alone.",
        expect: &[(AiFronted, r#""10.7""#)],
    },
    laws: &[Law::Unbounded],
};

/// What the desk without AI costs now.
pub static HUMAN_COST_PER_RESOLUTION: Kpi = Kpi {
    id: "human_cost_per_resolution",
    name: "Human cost per resolution",
    also_called: &["cost per human resolution", "cost per ticket, people"],
    family: Family::Cost,
    means: "What people's work has cost for each contact that they solved without the AI: labour on the contact and the contact's share of management, training, tools and quality assurance.",
    misleads: "AI takes the easy contacts, so what is left costs people more than before. It is no baseline: that has to be measured before the AI comes.",
    words: "human cost of contacts closed by people alone, with their part of the costs table ÷ those resolved",
    tex: r"\frac{\sum_{H_{\text{closed}}} \text{human cost}}{\lvert H_{\text{resolved}}\rvert}",
    unit: Unit::Money,
    better: Better::Lower,
    populations: &[Human],
    needs: &[],
    inputs: ANY_HUMAN_COST,
    formula: Formula::Other {
        uses: &PER_HUMAN_RESOLUTION,
        by: |cut| Figure::money_per(layers::human_cost(cut), cut.count(&RESOLVED)),
    },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::OpenBacklog],
    sources: &["[M] recruitment, benefits, training, attrition", "[N] fully loaded, not only the agent", "[H]"],
    views: &["finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("about $15–25 [H]"),
    example: Example {
        tables: SPENT,
        options: MIDNIGHT,
        working: "Labour on 4 and 5 is 12.00, and they carry two thirds of the managers, 6.00: 18.00 for the one resolved.",
        expect: &[(Human, r#""18""#)],
    },
    laws: &[Law::Unbounded],
};

/// What a contact costs, solved or not.
pub static COST_PER_CONTACT: Kpi = Kpi {
    id: "cost_per_contact",
    name: "Cost per contact",
    also_called: &["cost per interaction", "cost per ticket"],
    family: Family::Cost,
    means: "What a finished contact has cost with everything in it, AI and people, solved or not.",
    misleads: "It falls whenever easy contacts are added, even ones that nobody would have made before. Over all contacts it blends three populations.",
    words: "every cost of closed contacts, with their part of the costs table ÷ closed contacts",
    tex: r"\frac{\sum_{\text{closed}} (\text{AI layers} + \text{human cost})}{\lvert\text{closed}\rvert}",
    unit: Unit::Money,
    better: Better::Lower,
    populations: &[All, Ai, Human, AiToHuman],
    needs: &[],
    inputs: ANY_COST,
    formula: Formula::Other {
        uses: &PER_CONTACT,
        by: |cut| Figure::money_per(layers::cost_of_closed(cut), cut.count(&CLOSED)),
    },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::Blended, Flag::OpenBacklog],
    sources: &["[C] cost per interaction, hidden costs included", "[N] blended and AI only"],
    views: &["executive", "finance", "ninety_day_review"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("30–40 % lower within 12 months [N]"),
    example: Example {
        tables: SPENT,
        options: MIDNIGHT,
        working: "Own costs of 1 to 5 are 1.00, 0.30, 6.40, 8.10 and 4.00; 1, 2 and 3 carry 3.00 of the licences each, 3, 4 and 5 as much of the managers. All: 37.80 / 5; AI: 7.30 / 2; people: 18.10 / 2; handed over: 12.40 / 1.",
        expect: &[(All, r#""7.56""#), (Ai, r#""3.65""#), (Human, r#""9.05""#), (AiToHuman, r#""12.4""#)],
    },
    laws: &[Law::Unbounded],
};

/// Where the money goes.
pub static COST_LAYERS: Kpi = Kpi {
    id: "cost_layers",
    name: "Cost layers",
    also_called: &["cost breakdown", "AI cost stack"],
    family: Family::Cost,
    means: "How everything spent on contacts that the AI met is spread over layers, from model calls to the people they were handed to, dearest first. Open contacts are in it: their money is spent.",
    misleads: "A layer that nobody records is not in the list, and the others look larger for it. A refund in the costs table has a negative share.",
    words: "cost of each layer ÷ cost of all layers, over every contact that the AI met",
    tex: r"\frac{\sum_F \text{layer}}{\sum_F \text{all layers}}",
    unit: Unit::Distribution,
    better: Better::Neither,
    populations: &[AiFronted],
    needs: &[],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &layers::ALL_OF_ALL, by: layers::distribution },
    ripening: None,
    doubts: &[Flag::MissingCostLayer],
    sources: &[
        "[R] API, retries, review, infrastructure, observability, vector store",
        "[C] licences, training data, oversight",
    ],
    views: &["finance"],
    timing: Timing::Lagging,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: SPENT,
        options: MIDNIGHT,
        working: "Met by the AI: 1, 2, 3 and the open 6. Model calls 0.50 + 0.30 + 0.40 + 0.30 = 1.50, platform 0.50, labour 6.00, all licences 9.00, a third of the managers 3.00: 20.00 in all.",
        expect: &[(
            AiFronted,
            r#"[{"key": "licences", "amount": "9", "share": 0.45}, {"key": "human_labour", "amount": "6", "share": 0.3}, {"key": "management", "amount": "3", "share": 0.15}, {"key": "api", "amount": "1.5", "share": 0.075}, {"key": "platform", "amount": "0.5", "share": 0.025}]"#,
        )],
    },
    laws: &[Law::SharesSumToOne],
};

/// It rests on the outcomes, though contacts without one have used tokens too.
fn tokens_per_outcome(cut: &Cut<'_>) -> Option<Figure> {
    let found = cut.parts(&TOKENS_AND_OUTCOMES);
    ratio_of(&found, found.rows_with_x(), cut.z())
}

/// What an outcome takes in tokens.
pub static TOKENS_PER_OUTCOME: Kpi = Kpi {
    id: "tokens_per_outcome",
    name: "Tokens per outcome",
    also_called: &["token efficiency"],
    family: Family::Cost,
    means: "How many tokens, in and out, it takes to solve one contact that the AI met. Contacts that failed have used tokens too, and theirs count.",
    misleads: "Cached tokens are cheaper and count in full, and dear models use few: it follows the bill only as long as model and caching stay the same.",
    words: "input and output tokens of closed contacts ÷ those of them that are resolved",
    tex: r"\frac{\sum_{F_{\text{closed}}} (\text{input} + \text{output tokens})}{\lvert F_{\text{resolved}}\rvert}",
    unit: Unit::Tokens,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: usage::ANY_TOKENS,
    formula: Formula::Other { uses: &[Measure::Parts(&TOKENS_AND_OUTCOMES)], by: tokens_per_outcome },
    ripening: None,
    doubts: &[Flag::Unverified, Flag::OpenBacklog],
    sources: &["[R] token efficiency"],
    views: &["runrate_12", "operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: Some("under 3,000; over 5,000 fails [R]"),
    example: Example {
        tables: CALLS,
        options: "{}",
        working: "Closed are 1 (2,000), 2 (1,000) and 3 (3,000); 1 and 3 are resolved: 6,000 / 2. Cached tokens are already among those in.",
        expect: &[(AiFronted, "3000.0")],
    },
    laws: &[Law::NotNegative],
};

/// What a contact takes in tokens.
pub static TOKENS_PER_INTERACTION: Kpi = Kpi {
    id: "tokens_per_interaction",
    name: "Tokens per interaction",
    also_called: &["tokens per conversation"],
    family: Family::Cost,
    means: "The mean number of tokens, in and out, of a contact that the AI met, solved or not, open or not.",
    misleads: "A mean hides the few endless conversations that make most of the bill.",
    words: "input and output tokens ÷ contacts with tokens",
    tex: r"\frac{\sum_F (\text{input} + \text{output tokens})}{\lvert F_{\text{with tokens}}\rvert}",
    unit: Unit::Tokens,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: usage::ANY_TOKENS,
    formula: Formula::Mean(&TOKENS),
    ripening: None,
    doubts: &[],
    sources: &["[R] tokens per work item"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: CALLS,
        options: "{}",
        working: "2,000, 1,000, 3,000 and, still open, 400: 6,400 / 4.",
        expect: &[(AiFronted, "1600.0")],
    },
    laws: &[Law::NotNegative],
};

/// Model calls that did not pay for their context again.
pub static CACHE_HIT_RATE: Kpi = Kpi {
    id: "cache_hit_rate",
    name: "Cache hit rate",
    also_called: &["prompt cache rate"],
    family: Family::Cost,
    means: "The share of model calls that used cached context. A hit saves most of what the prompt would have cost.",
    misleads: "A call counts as a hit however little of its prompt was cached.",
    words: "calls that used cached context ÷ calls, over contacts that know both",
    tex: r"\frac{\sum_F \text{cached calls}}{\sum_F \text{calls}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: usage::CALLS_AND_CACHED,
    formula: Formula::Proportion(&CACHED_CALLS),
    ripening: None,
    doubts: &[],
    sources: &["[R] cache hit rate: a hit costs 80–90 % less"],
    views: &["runrate_12", "operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: Some("40 % and more; under 20 % fails [R]"),
    example: Example {
        tables: CALLS,
        options: "{}",
        working: "3, 0 and 5 hits of 6, 4 and 6 calls: 8 / 16.",
        expect: &[(AiFronted, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Model calls that had to be made again.
pub static RETRY_RATE: Kpi = Kpi {
    id: "retry_rate",
    name: "Retry rate",
    also_called: &["API retry rate"],
    family: Family::Cost,
    means: "The share of model calls that failed and were tried again. Each one is paid for twice and makes the customer wait.",
    misleads: "A client library that tries again by itself and does not log it shows a rate of nought.",
    words: "calls tried again ÷ calls, over contacts that know both",
    tex: r"\frac{\sum_F \text{retried calls}}{\sum_F \text{calls}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[],
    inputs: usage::CALLS_AND_RETRIED,
    formula: Formula::Proportion(&RETRIED_CALLS),
    ripening: None,
    doubts: &[],
    sources: &["[R] retry rate"],
    views: &["runrate_12", "operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: Some("under 5 %; 10 % and more fails [R]"),
    example: Example {
        tables: CALLS,
        options: "{}",
        working: "1, 3 and 0 of 6, 4 and 6 calls were tried again: 4 / 16.",
        expect: &[(AiFronted, "0.25")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Why calls had to be made again.
pub static RETRY_REASONS: Kpi = Kpi {
    id: "retry_reasons",
    name: "Retry reasons",
    also_called: &["failure types of calls"],
    family: Family::Cost,
    means: "Why model calls were tried again: a timeout, a rate limit, a failure of the model, or an answer that did not pass its check. Each has its own cure: time, quota, another model, a better prompt.",
    misleads: "Retries without a recorded reason are not in it, so it may count fewer than the retry rate does.",
    words: "retries of each reason ÷ retries with a reason",
    tex: r"\frac{\sum_F \text{retries of a reason}}{\sum_F \text{retries of any reason}}",
    unit: Unit::Distribution,
    better: Better::Neither,
    populations: &[AiFronted],
    needs: &[],
    inputs: usage::ANY_RETRIES,
    formula: Formula::Other { uses: &usage::RETRIES, by: usage::retry_reasons },
    ripening: None,
    doubts: &[],
    sources: &["[R] timeout, rate limit, model error, validation failure"],
    views: &["operations"],
    timing: Timing::Leading,
    tier: Tier::Activity,
    benchmark: None,
    example: Example {
        tables: CALLS,
        options: "{}",
        working: "Contact 1 had one timeout; 2 met the rate limit twice and the model failed it once: 2, 1, 1 and 0 of 4.",
        expect: &[(
            AiFronted,
            r#"[{"key": "rate_limit", "count": 2, "share": 0.5}, {"key": "model_error", "count": 1, "share": 0.25}, {"key": "timeout", "count": 1, "share": 0.25}, {"key": "validation", "count": 0, "share": 0.0}]"#,
        )],
    },
    laws: &[Law::SharesSumToOne],
};
