//! Accounts: how much recurring revenue stays, with and without the AI, and whether trouble was seen before renewal.

use crate::calendar::local_day;
use crate::input::Column as C;
use crate::kpis::cut::Cut;
use crate::kpis::figure::{Figure, Flag};
use crate::kpis::kpi::Population::All;
use crate::kpis::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Tier, Timing, Unit};
use crate::tally::revenue::AccountFacts;
use crate::tally::{Feature, Measure};
use crate::units::{Day, ExactSum};

const ACCOUNTS: &[Measure] = &[Measure::Feature(Feature::Accounts)];
/// Reading the signals reads the accounts too.
const ACCOUNTS_AND_SIGNALS: &[Measure] = &[Measure::Feature(Feature::Signals)];

const AMOUNTS: &[Input] = &[Input::One(C::StartingArr), Input::One(C::RetainedArr), Input::One(C::ExpansionArr)];
/// Who was served is known from contacts that name their account and could be verified.
const AMOUNTS_AND_SERVED: &[Input] = &[
    Input::AnyOf(&[C::Confirmed, C::CustomerId]),
    Input::One(C::AccountId),
    Input::One(C::StartingArr),
    Input::One(C::RetainedArr),
    Input::One(C::ExpansionArr),
];

/// Days over which a renewal comes near.
const YEAR: i64 = 365;

/// Account a was helped by the AI, and it held; account b talked to people; c did not write; d has an unknown amount.
const FOUR_ACCOUNTS: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "customer_id": "k", "account_id": "a", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved"},
  {"id": "2", "handling": "human", "customer_id": "m", "account_id": "b", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T11:00:00Z", "outcome": "resolved"}],
 "accounts": [
  {"account_id": "a", "starting_arr": 10000, "retained_arr": 10000, "expansion_arr": 2500},
  {"account_id": "b", "starting_arr": 20000, "retained_arr": 15000, "expansion_arr": 0},
  {"account_id": "c", "starting_arr": 10000, "retained_arr": 7000, "expansion_arr": 500},
  {"account_id": "d", "starting_arr": 5000, "retained_arr": 5000}]}"#;
/// Three accounts at risk (no date, 73 and 146 days from renewal) and a safe one; two of the three gave a sign.
const AT_RISK: &str = r#"{"accounts": [
  {"account_id": "a", "at_risk": true},
  {"account_id": "b", "at_risk": true, "renewal_date": "2026-04-15"},
  {"account_id": "c", "at_risk": true, "renewal_date": "2026-06-27"},
  {"account_id": "d", "at_risk": false, "renewal_date": "2026-03-01"}],
 "signals": [
  {"kind": "churn", "account_id": "a", "detected_at": "2026-01-10T09:00:00Z"},
  {"kind": "churn", "account_id": "b", "detected_at": "2026-01-10T10:00:00Z"},
  {"kind": "churn", "account_id": "b", "detected_at": "2026-01-11T10:00:00Z"},
  {"kind": "upsell", "account_id": "c", "detected_at": "2026-01-10T11:00:00Z"}]}"#;
const FEBRUARY: &str = r#"{"as_of": "2026-02-01T00:00:00Z"}"#;

/// (retained + expansion) / starting over the accounts chosen, as far as all three amounts are known.
fn retention(cut: &Cut<'_>, chosen: impl Fn(&String) -> bool) -> Option<Figure> {
    let (mut kept, mut starting, mut n) = (ExactSum::ZERO, ExactSum::ZERO, 0);
    for (_, account) in cut.whole.revenue.accounts.iter().filter(|(id, _)| chosen(id)) {
        let AccountFacts { starting: Some(start), retained: Some(retained), expansion: Some(expansion), .. } = account
        else {
            continue;
        };
        kept += *retained + *expansion;
        starting += *start;
        n += 1;
    }
    if starting.is_zero() {
        return None;
    }
    Some(Figure::number(kept.to_f64() / starting.to_f64(), n).over(kept, starting))
}

fn served(cut: &Cut<'_>) -> Option<Figure> {
    retention(cut, |id| cut.whole.revenue.served.contains(id))
}

fn not_served(cut: &Cut<'_>) -> Option<Figure> {
    retention(cut, |id| !cut.whole.revenue.served.contains(id))
}

fn lift(cut: &Cut<'_>) -> Option<Figure> {
    let (with, without) = (served(cut)?, not_served(cut)?);
    Some(Figure::number(with.as_number()? - without.as_number()?, with.n + without.n))
}

/// How near the renewal is, in 365ths: 1 today or without a date, nothing from a year on.
fn weight(account: &AccountFacts, today: Day) -> i64 {
    let days = account.renews.map_or(0, |renews| i64::from(renews.0) - i64::from(today.0));
    (YEAR - days).clamp(0, YEAR)
}

fn flagged(cut: &Cut<'_>) -> Option<Figure> {
    let revenue = cut.whole.revenue;
    let today = local_day(cut.options().as_of?, cut.options().zone());
    let (mut seen, mut all, mut n) = (0, 0, 0);
    for (id, account) in revenue.accounts.iter().filter(|(_, account)| account.at_risk) {
        let weight = weight(account, today);
        all += weight;
        seen += if revenue.churn_accounts.contains(id) { weight } else { 0 };
        n += 1;
    }
    if all == 0 {
        return None;
    }
    let years = |days: i64| ExactSum::from(days).quotient(YEAR);
    Some(Figure::number(seen as f64 / all as f64, n).over(years(seen)?, years(all)?))
}

/// How much recurring revenue stayed.
pub static NRR: Kpi = Kpi {
    id: "nrr",
    name: "Net revenue retention",
    also_called: &["NRR", "net dollar retention"],
    family: Family::Revenue,
    means: "What last period's recurring revenue has become: what was kept, with what the same accounts added, against what they paid at the start.",
    misleads: "Support is one reason among many for it, and large accounts decide it. Accounts that lack one of the three amounts are left out, so an export without the lost ones looks healthy.",
    words: "(retained + expansion) ÷ starting recurring revenue, over accounts that know all three",
    tex: r"\frac{\sum(\text{retained} + \text{expansion})}{\sum\text{starting}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: AMOUNTS,
    formula: Formula::Other { uses: ACCOUNTS, by: |cut| retention(cut, |_| true) },
    ripening: None,
    doubts: &[],
    sources: &["[H] retained and expanded ARR ÷ starting ARR"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("median of B2B SaaS about 101 %, the strongest public companies above 120 % [H]"),
    example: Example {
        tables: FOUR_ACCOUNTS,
        options: FEBRUARY,
        working: "d does not know its expansion and is left out. Kept and added: 12,500 + 15,000 + 7,500 = 35,000 of 10,000 + 20,000 + 10,000 = 40,000.",
        expect: &[(All, "0.875")],
    },
    laws: &[Law::Unbounded],
};

/// The same, of the accounts that the AI helped.
pub static NRR_AI_SERVED: Kpi = Kpi {
    id: "nrr_ai_served",
    name: "Net revenue retention, accounts the AI served",
    also_called: &["support-attributed NRR"],
    family: Family::Revenue,
    means: "Net revenue retention of the accounts for which the AI alone solved at least one contact, verified.",
    misleads: "Accounts that write in are in use, and accounts in use stay: being served is as much a sign of a healthy account as a cause of one.",
    words: "(retained + expansion) ÷ starting recurring revenue, over accounts with at least one verified AI resolution",
    tex: r"\frac{\sum_{\text{served}}(\text{retained} + \text{expansion})}{\sum_{\text{served}}\text{starting}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: AMOUNTS_AND_SERVED,
    formula: Formula::Other { uses: ACCOUNTS, by: served },
    ripening: None,
    doubts: &[],
    sources: &["[H] accounts that had a good AI resolution against those that had none"],
    views: &["executive", "finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("floor under 95 %, benchmark 100–110 %, top 120 % and more [H]"),
    example: Example {
        tables: FOUR_ACCOUNTS,
        options: FEBRUARY,
        working: "The AI solved contact 1 of account a, and its customer did not come back: (10,000 + 2,500) / 10,000.",
        expect: &[(All, "1.25")],
    },
    laws: &[Law::Unbounded],
};

/// The same, of the others.
pub static NRR_NOT_AI_SERVED: Kpi = Kpi {
    id: "nrr_not_ai_served",
    name: "Net revenue retention, other accounts",
    also_called: &["NRR of the comparison accounts"],
    family: Family::Revenue,
    means: "Net revenue retention of the accounts for which the AI has no verified resolution: what the served accounts are compared with.",
    misleads: "It holds the accounts that never write in beside those the AI failed; the two tell different stories.",
    words: "(retained + expansion) ÷ starting recurring revenue, over accounts without a verified AI resolution",
    tex: r"\frac{\sum_{\text{not served}}(\text{retained} + \text{expansion})}{\sum_{\text{not served}}\text{starting}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: AMOUNTS_AND_SERVED,
    formula: Formula::Other { uses: ACCOUNTS, by: not_served },
    ripening: None,
    doubts: &[],
    sources: &["[H] accounts that had a good AI resolution against those that had none"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: FOUR_ACCOUNTS,
        options: FEBRUARY,
        working: "b was served by people, c by nobody: (15,000 + 7,000 + 500) / (20,000 + 10,000).",
        expect: &[(All, "0.75")],
    },
    laws: &[Law::Unbounded],
};

/// How far apart the two are.
pub static NRR_LIFT: Kpi = Kpi {
    id: "nrr_lift",
    name: "Net revenue retention lift",
    also_called: &["NRR difference, served less not served"],
    family: Family::Revenue,
    means: "How much better accounts that the AI served keep their revenue than the others do.",
    misleads: "The two kinds of accounts differ before anybody serves them, so it is a lead to follow and no effect that the AI had.",
    words: "net revenue retention of accounts the AI served − that of the others",
    tex: r"\text{NRR}_{\text{served}} - \text{NRR}_{\text{not served}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: AMOUNTS_AND_SERVED,
    formula: Formula::Other { uses: ACCOUNTS, by: lift },
    ripening: None,
    doubts: &[Flag::NotCausal],
    sources: &["[H] tying support to retention by comparing accounts", "[C] revenue influence: retention and churn"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example { tables: FOUR_ACCOUNTS, options: FEBRUARY, working: "1.25 − 0.75.", expect: &[(All, "0.5")] },
    laws: &[Law::Unbounded],
};

/// Whether trouble was seen.
pub static CHURN_FLAG_RATE: Kpi = Kpi {
    id: "churn_flag_rate",
    name: "Churn flag rate",
    also_called: &["churn signals caught", "at-risk accounts flagged"],
    family: Family::Revenue,
    means: "The share of the accounts at risk that a conversation was seen to warn of. An account counts for more the nearer its renewal is.",
    misleads: "It knows only the risks that somebody judged or that came true; and a desk that flags every account scores 100 %.",
    words: "weight of at-risk accounts with a churn signal ÷ weight of at-risk accounts; weight = 1 − days to renewal ÷ 365, from 0 to 1, and 1 without a date",
    tex: r"\frac{\sum_{\text{at risk, flagged}} w}{\sum_{\text{at risk}} w}, \quad w = \min\left(1, \max\left(0, 1 - \frac{\text{days to renewal}}{365}\right)\right)",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: &[Input::One(C::AtRisk), Input::One(C::SignalsAccountId), Input::One(C::SignalKind)],
    formula: Formula::Other { uses: ACCOUNTS_AND_SIGNALS, by: flagged },
    ripening: None,
    doubts: &[],
    sources: &["[H] at-risk accounts flagged, weighted by how near renewal is"],
    views: &["finance", "tiers"],
    timing: Timing::Leading,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: AT_RISK,
        options: FEBRUARY,
        working: "Weights: a 1 (no date), b 1 − 73/365 = 0.8, c 1 − 146/365 = 0.6; d is not at risk. a and b were flagged: 1.8 / 2.4.",
        expect: &[(All, "0.75")],
    },
    laws: &[Law::WithinZeroAndOne],
};
