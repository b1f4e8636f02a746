//! Signals: what conversations gave away, whether somebody acted on it, and what came of it.

use crate::input::Column as C;
use crate::kpis::cut::Cut;
use crate::kpis::evaluate::share;
use crate::kpis::figure::{Figure, Reading, Share, Size};
use crate::kpis::kpi::Population::All;
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::revenue::SignalFacts;
use crate::tally::{Feature, Measure};
use crate::units::ExactSum;

const SIGNALS: &[Measure] = &[Measure::Feature(Feature::Signals)];
const KIND: &[Input] = &[Input::One(C::SignalKind)];
const KIND_AND_VALUE: &[Input] = &[Input::One(C::SignalKind), Input::One(C::SignalValue)];

/// Three chances to sell (won, lost, open), four warnings (two saved, one lost, one open), two mentions of a rival (one
/// routed the same day), and four wishes for two features.
const THIRTEEN_SIGNALS: &str = r#"{"accounts": [
  {"account_id": "a", "starting_arr": 10000},
  {"account_id": "b", "starting_arr": 20000},
  {"account_id": "c", "starting_arr": 10000}],
 "signals": [
  {"kind": "upsell", "account_id": "a", "detected_at": "2026-01-10T09:00:00Z", "value": 1200, "result": "won"},
  {"kind": "upsell", "account_id": "b", "detected_at": "2026-01-10T09:00:00Z", "value": 800, "result": "lost"},
  {"kind": "upsell", "account_id": "c", "detected_at": "2026-01-10T09:00:00Z"},
  {"kind": "churn", "account_id": "a", "detected_at": "2026-01-10T09:00:00Z", "value": 10000, "result": "saved"},
  {"kind": "churn", "account_id": "b", "detected_at": "2026-01-10T09:00:00Z", "value": 20000, "result": "lost"},
  {"kind": "churn", "account_id": "c", "detected_at": "2026-01-10T09:00:00Z", "result": "saved"},
  {"kind": "churn", "account_id": "c", "detected_at": "2026-01-10T09:00:00Z", "value": 5000},
  {"kind": "competitor", "account_id": "a", "detected_at": "2026-01-10T22:00:00Z", "routed_at": "2026-01-10T23:00:00Z", "label": "rival"},
  {"kind": "competitor", "account_id": "b", "detected_at": "2026-01-10T22:00:00Z", "routed_at": "2026-01-11T01:00:00Z", "label": "rival"},
  {"kind": "feature_request", "account_id": "a", "detected_at": "2026-01-10T09:00:00Z", "label": "single sign-on"},
  {"kind": "feature_request", "account_id": "a", "detected_at": "2026-01-12T09:00:00Z", "label": "single sign-on"},
  {"kind": "feature_request", "account_id": "b", "detected_at": "2026-01-10T09:00:00Z", "label": "single sign-on"},
  {"kind": "feature_request", "account_id": "c", "detected_at": "2026-01-10T09:00:00Z", "label": "dark mode"}]}"#;
const FEBRUARY: &str = r#"{"as_of": "2026-02-01T00:00:00Z"}"#;

fn churn<'c>(cut: &Cut<'c>) -> &'c SignalFacts {
    &cut.whole.revenue.signals[0]
}

fn upsell<'c>(cut: &Cut<'c>) -> &'c SignalFacts {
    &cut.whole.revenue.signals[1]
}

fn competitor<'c>(cut: &Cut<'c>) -> &'c SignalFacts {
    &cut.whole.revenue.signals[2]
}

fn feature_request<'c>(cut: &Cut<'c>) -> &'c SignalFacts {
    &cut.whole.revenue.signals[3]
}

/// Of those that ended, the ones that ended well.
fn went_well(signals: &SignalFacts, cut: &Cut<'_>) -> Option<Figure> {
    share(signals.good, signals.good + signals.bad, cut.z())
}

/// What the accounts behind each wish pay, most first. An account counts once for a wish, and one that is not in the
/// accounts table adds nothing.
fn by_revenue(cut: &Cut<'_>) -> Option<Figure> {
    let revenue = cut.whole.revenue;
    let pays = |account: &String| revenue.accounts.get(account).and_then(|a| a.starting).unwrap_or_default();
    let mut wishes: Vec<(&String, ExactSum)> =
        revenue.wishes.iter().map(|(wish, accounts)| (wish, accounts.iter().map(pays).sum())).collect();
    let total: ExactSum = wishes.iter().map(|(_, amount)| *amount).sum();
    if total.is_zero() {
        return None;
    }
    wishes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let entry = |(wish, amount): (&String, ExactSum)| Share {
        key: wish.clone().into(),
        size: Size::Amount(amount),
        share: amount.to_f64() / total.to_f64(),
    };
    let shares = wishes.into_iter().map(entry).collect();
    let mut figure = Figure::new(Reading::Shares(shares), feature_request(cut).labelled);
    figure.denominator = Some(total.into());
    Some(figure)
}

/// Chances to sell.
pub static UPSELL_SIGNALS: Kpi = Kpi {
    id: "upsell_signals",
    name: "Upsell signals",
    also_called: &["expansion signals surfaced"],
    family: Family::Revenue,
    means: "How many chances to sell more the conversations gave away: limits reached, seats asked for, features of a higher plan.",
    misleads: "A detector that fires often finds many. Whether they were worth a call is said by the win rate.",
    words: "signals of kind upsell",
    tex: r"\lvert\text{upsell}\rvert",
    unit: Unit::Count,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: KIND,
    formula: Formula::Other {
        uses: SIGNALS,
        by: |cut| Some(Figure::new(Reading::Count(upsell(cut).count), upsell(cut).count)),
    },
    ripening: None,
    doubts: &[],
    sources: &["[H] expansion and upsell signals surfaced"],
    views: &["finance", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "One of account a, one of b, one of c.",
        expect: &[(All, "3")],
    },
    laws: &[Law::NotNegative],
};

/// What they may be worth.
pub static UPSELL_VALUE: Kpi = Kpi {
    id: "upsell_value",
    name: "Upsell value",
    also_called: &["expansion pipeline from support"],
    family: Family::Revenue,
    means: "The recurring revenue behind the chances to sell more, whatever came of them.",
    misleads: "It is what might be sold and not what was. Signals without a value add nothing, so it grows with diligence too.",
    words: "sum of the value of upsell signals",
    tex: r"\sum_{\text{upsell}} \text{value}",
    unit: Unit::Money,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: KIND_AND_VALUE,
    formula: Formula::Other { uses: SIGNALS, by: |cut| Some(Figure::money(upsell(cut).value, upsell(cut).valued)) },
    ripening: None,
    doubts: &[],
    sources: &["[H] dollar value of the upsell opportunities surfaced"],
    views: &["finance", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "1,200 + 800; the third has no value yet.",
        expect: &[(All, "\"2000\"")],
    },
    laws: &[Law::Unbounded],
};

/// Whether they were real.
pub static UPSELL_WIN_RATE: Kpi = Kpi {
    id: "upsell_win_rate",
    name: "Upsell win rate",
    also_called: &["expansion win rate"],
    family: Family::Revenue,
    means: "Of the upsell signals that were decided, the share that was won.",
    misleads: "What is still open is in neither side, and losses are often never written down.",
    words: "won ÷ (won + lost)",
    tex: r"\frac{\lvert\text{won}\rvert}{\lvert\text{won}\rvert + \lvert\text{lost}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: KIND,
    formula: Formula::Other { uses: SIGNALS, by: |cut| went_well(upsell(cut), cut) },
    ripening: None,
    doubts: &[],
    sources: &["[H] outcomes of what was routed to sales", "[C] revenue influence: upsell uptake"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "One won, one lost, one still open: 1 / 2.",
        expect: &[(All, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether a warning helped.
pub static CHURN_SAVE_RATE: Kpi = Kpi {
    id: "churn_save_rate",
    name: "Churn save rate",
    also_called: &["save rate"],
    family: Family::Revenue,
    means: "Of the churn signals that were decided, the share after which the account stayed.",
    misleads: "Some accounts that were flagged would have stayed anyway. What is still open is in neither side.",
    words: "saved ÷ (saved + lost)",
    tex: r"\frac{\lvert\text{saved}\rvert}{\lvert\text{saved}\rvert + \lvert\text{lost}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: KIND,
    formula: Formula::Other { uses: SIGNALS, by: |cut| went_well(churn(cut), cut) },
    ripening: None,
    doubts: &[],
    sources: &["[H] save rate of flagged accounts"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "Two saved, one lost, one still open: 2 / 3.",
        expect: &[(All, "0.6666666666666666")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// What that was worth.
pub static CHURN_ARR_SAVED: Kpi = Kpi {
    id: "churn_arr_saved",
    name: "Recurring revenue saved",
    also_called: &["churn ARR saved"],
    family: Family::Revenue,
    means: "The recurring revenue behind the churn signals after which the account stayed.",
    misleads: "An account that is flagged and saved twice counts twice, and one that would have stayed anyway counts too.",
    words: "sum of the value of churn signals that were saved",
    tex: r"\sum_{\text{churn, saved}} \text{value}",
    unit: Unit::Money,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: KIND_AND_VALUE,
    formula: Formula::Other {
        uses: SIGNALS,
        by: |cut| Some(Figure::money(churn(cut).good_value, churn(cut).good_valued)),
    },
    ripening: None,
    doubts: &[],
    sources: &["[H] churn caught before renewal, in dollars"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "a was saved with 10,000; c was saved without a value; b was lost.",
        expect: &[(All, "\"10000\"")],
    },
    laws: &[Law::Unbounded],
};

/// Whether sales heard in time.
pub static COMPETITOR_SAME_DAY_RATE: Kpi = Kpi {
    id: "competitor_same_day_rate",
    name: "Competitor mentions routed the same day",
    also_called: &["competitor-mention catch rate"],
    family: Family::Revenue,
    means: "The share of mentions of a rival that reached the person who can act on the day they were noticed.",
    misleads: "A mention at eleven at night has an hour. It says nothing of mentions that nobody noticed.",
    words: "competitor signals routed on the day of detection, in the report's zone ÷ competitor signals",
    tex: r"\frac{\lvert\text{competitor}, \text{day}(\text{routed}) = \text{day}(\text{detected})\rvert}{\lvert\text{competitor}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: KIND,
    formula: Formula::Other {
        uses: SIGNALS,
        by: |cut| share(competitor(cut).same_day, competitor(cut).count, cut.z()),
    },
    ripening: None,
    doubts: &[],
    sources: &["[H] how often a rival's name reaches sales the same day"],
    views: &["operations", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "Both were noticed at 22:00; one was routed at 23:00, the other at 01:00 of the next day.",
        expect: &[(All, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// What to build.
pub static FEATURE_REQUEST_VALUE: Kpi = Kpi {
    id: "feature_request_value",
    name: "Feature requests by revenue behind them",
    also_called: &["feature-request value"],
    family: Family::Revenue,
    means: "Which features are asked for, ranked by the recurring revenue of the accounts that ask.",
    misleads: "An account that asks for two features stands behind both, so the amounts do not add up to the revenue of all who ask. One large account can lead the list.",
    words: "for each label, the starting recurring revenue of the distinct accounts that asked for it",
    tex: r"\sum_{a \in \text{accounts}(\text{label})} \text{starting}_a",
    unit: Unit::Distribution,
    better: Better::Neither,
    populations: &[All],
    needs: &[],
    inputs: &[
        Input::One(C::StartingArr),
        Input::One(C::SignalsAccountId),
        Input::One(C::SignalKind),
        Input::One(C::Label),
    ],
    formula: Formula::Other { uses: SIGNALS, by: by_revenue },
    ripening: None,
    doubts: &[],
    sources: &["[H] requests ranked by the ARR behind them"],
    views: &["finance", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: THIRTEEN_SIGNALS,
        options: FEBRUARY,
        working: "Single sign-on: a (who asked twice and counts once) and b, 10,000 + 20,000. Dark mode: c, 10,000. Together 40,000.",
        expect: &[(
            All,
            r#"[{"key": "single sign-on", "amount": "30000", "share": 0.75}, {"key": "dark mode", "amount": "10000", "share": 0.25}]"#,
        )],
    },
    laws: &[Law::SharesSumToOne],
};
