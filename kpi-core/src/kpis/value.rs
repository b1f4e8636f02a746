//! Value: what the AI earns and saves, against a world in which people do the work.

use super::cost_layers::ANY_COST;
use super::figure::{Figure, Flag};
use super::kpi::Population::{Ai, AiFronted, AiToHuman, All, Human};
use super::kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Need, Tier, Timing, Unit};
use super::savings::{self, ASKED, AVOIDED, CONVERTED, REVENUE};
use crate::input::Column as C;
use crate::tally::Measure;

/// Two contacts that AI calls solved (one of them disproved), two handed over (one of them solved), one of people, and
/// one of AI still open. Covered are 73 days, a fifth of a year.
const EARNED: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T00:00:00Z", "closed_at": "2026-01-05T00:05:00Z", "outcome": "resolved", "cost_api": "0.50", "revenue": "30.00", "converted": true},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved", "confirmed": false, "cost_api": "0.50", "converted": false},
  {"id": "3", "handling": "ai_to_human", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T12:00:00Z", "outcome": "resolved", "cost_api": "0.50", "cost_human": "6.00", "revenue": "10.00", "converted": true, "human_agent_id": "mia"},
  {"id": "4", "handling": "ai_to_human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "unresolved", "cost_human": "4.50", "revenue": "5.00", "converted": false, "human_agent_id": "leo"},
  {"id": "5", "handling": "human", "opened_at": "2026-01-05T13:00:00Z", "closed_at": "2026-01-05T14:00:00Z", "outcome": "resolved", "cost_human": "9.00", "revenue": "100.00", "converted": false, "human_agent_id": "mia"},
  {"id": "6", "handling": "ai", "opened_at": "2026-01-05T14:00:00Z", "cost_api": "0.25"}]}"#;
/// A contact cost 12.00 before, and a resolution 16.00; 3.20 was expected. A year of one person: 36,000 and a quarter
/// more is 45,000; (3,000 + 2,000) · 0.3 is 1,500; with 600 and 400 that is 47,500.
const BEFORE: &str = r#"{"as_of": "2026-03-19T00:00:00Z", "baseline": {"cost_per_contact": "12.00", "cost_per_resolution": "16.00"},
  "forecast": {"cost_per_resolution": "3.20"}, "labor": {"salary": 36000, "benefits_rate": 0.25, "recruitment_per_hire": 3000, "training_per_hire": 2000,
  "annual_attrition": 0.3, "tooling_per_year": 600, "qa_per_year": 400, "paid_hours_per_year": 2000, "utilisation": 0.8}}"#;

/// What the AI's work brought in.
pub static INCREMENTAL_REVENUE: Kpi = Kpi {
    id: "incremental_revenue",
    name: "Incremental revenue",
    also_called: &["revenue influence", "attributed revenue"],
    family: Family::Cost,
    means: "Revenue attributed to contacts that the AI met and that were solved: renewals kept, upgrades sold. It is new money, and is kept apart from money not spent.",
    misleads: "Attribution is the desk's own: a customer who would have bought anyway counts in full.",
    words: "revenue of resolved contacts that the AI met",
    tex: r"\sum_{F_{\text{resolved}}} \text{revenue}",
    unit: Unit::Money,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: &[Input::One(C::Revenue)],
    formula: Formula::Other {
        uses: &[Measure::Total(&REVENUE)],
        by: |cut| {
            let revenue = cut.total(&REVENUE);
            Some(Figure::money(revenue.amount, revenue.known))
        },
    },
    ripening: None,
    doubts: &[Flag::Unverified],
    sources: &["[M] revenue capture apart from cost avoidance", "[C] revenue influence", "[R]"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "Contacts 1 and 3 are resolved and know their revenue: 30.00 + 10.00. 2 knows none, 4 is not resolved, 5 never met the AI.",
        expect: &[(AiFronted, r#""40""#)],
    },
    laws: &[Law::Unbounded],
};

/// What people were not paid for.
pub static COST_AVOIDANCE: Kpi = Kpi {
    id: "cost_avoidance",
    name: "Cost avoidance",
    also_called: &["avoided labour cost", "gross savings"],
    family: Family::Cost,
    means: "What the contacts that AI solved alone would have cost if people had handled them as before. Contacts shown not to hold are taken out.",
    misleads: "It is gross: the AI's own bill is not in it. It becomes money only when the hours freed are used or not paid; and what nobody has verified counts until it is disproved.",
    words: "baseline cost per contact × contacts resolved by AI alone and not disproved",
    tex: r"c_{\text{before}} \cdot \lvert A_{\text{resolved}} \setminus A_{\text{disproved}}\rvert",
    unit: Unit::Money,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[Need::BaselineCostPerContact],
    inputs: &[],
    formula: Formula::Other { uses: &[Measure::Count(&AVOIDED)], by: savings::avoided },
    ripening: None,
    doubts: &[Flag::Immature, Flag::Unverified],
    sources: &["[M] baseline cost avoidance apart from incremental revenue"],
    views: &["finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "AI calls 1 and 2 solved, and 2 was disproved: 12.00 × 1.",
        expect: &[(AiFronted, r#""12""#)],
    },
    laws: &[Law::NotNegative],
};

/// What is left of the savings after every bill.
pub static NET_SAVINGS: Kpi = Kpi {
    id: "net_savings",
    name: "Net savings",
    also_called: &["cost savings against the baseline"],
    family: Family::Cost,
    means: "What people would have cost for everything that was delivered, less everything spent on contacts that the AI met: its layers, the people behind it, the failures, and what is still open.",
    misleads: "Contacts handed over count as delivered, because people would have been paid for them anyway; the AI's part in them shows only as cost. A baseline taken in a bad month makes any AI look good.",
    words: "baseline cost per contact × delivered contacts − every cost of contacts that the AI met",
    tex: r"c_{\text{before}} \cdot \lvert (A_{\text{resolved}} \setminus A_{\text{disproved}}) \cup X_{\text{closed}}\rvert - \sum_F \text{cost}",
    unit: Unit::Money,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[Need::BaselineCostPerContact],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &savings::SAVINGS, by: savings::net_savings },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::Immature, Flag::Unverified],
    sources: &["[N] savings net of AI operating costs", "[M] $2M a year at 50,000 contacts a month", "[R]"],
    views: &["executive", "finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "Delivered are 1, 3 and 4 (2 was disproved): 3 × 12.00 = 36.00. Spent are 0.50 + 0.50 + 6.50 + 4.50, and 0.25 on the open 6: 12.25.",
        expect: &[(AiFronted, r#""23.75""#)],
    },
    laws: &[Law::Unbounded],
};

/// What the AI adds to the result.
pub static MARGIN_CONTRIBUTION: Kpi = Kpi {
    id: "margin_contribution",
    name: "Margin contribution",
    also_called: &["AI margin contribution", "AI workforce margin"],
    family: Family::Cost,
    means: "What the AI adds to the result: the revenue of its work and what it saves, after every bill. It is the figure for the board.",
    misleads: "Without a baseline it is revenue less cost, which a cost centre rarely gets above nought; without revenue it is savings alone. Both are flagged; months with different flags do not compare.",
    words: "incremental revenue + net savings; without a baseline, incremental revenue − every cost",
    tex: r"\sum_{F_{\text{resolved}}} \text{revenue} + \text{net savings}",
    unit: Unit::Money,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &savings::MARGIN, by: |cut| Some(savings::margin(cut)) },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::NoBaseline, Flag::NoRevenue, Flag::Immature, Flag::Unverified],
    sources: &["[R] AI margin contribution", "[M] P&L expansion, not tool adoption"],
    views: &["runrate_12", "finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("positive from month 3 or 4; look into it if it is not by month 6 [R]"),
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "Revenue of 1 and 3 is 40.00; 3 × 12.00 less 12.25 is 23.75.",
        expect: &[(AiFronted, r#""63.75""#)],
    },
    laws: &[Law::Unbounded],
};

/// The price of a resolution, then and now.
pub static COST_RATIO_TO_BASELINE: Kpi = Kpi {
    id: "cost_ratio_to_baseline",
    name: "Cost ratio to baseline",
    also_called: &["cost per outcome as a share of the baseline"],
    family: Family::Cost,
    means: "What a resolution costs now as a share of what it cost before the AI: 0.3 is 30 cents on the dollar, above 1 the AI loses money.",
    misleads: "AI meets the easy contacts, the baseline met them all. Against the old cost of a contact, which is below that of a resolution, it looks worse than it is; it is flagged then.",
    words: "cost per resolution ÷ the same before the AI, else the old cost per contact",
    tex: r"\frac{\text{cost per resolution}}{\text{cost per resolution}_{\text{before}}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[Need::BaselineCostPerResolution],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &savings::COMPARISON, by: savings::ratio_to_before },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::PerContactBaseline, Flag::Unverified, Flag::OpenBacklog],
    sources: &["[R] $6 against $20"],
    views: &["runrate_12", "finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("30–60 %; at 80 %, ask why [R]"),
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "Closed and met by the AI, 1 to 4 cost 12.00 for three resolved: 4.00 of 16.00.",
        expect: &[(AiFronted, "0.25")],
    },
    laws: &[Law::Unbounded],
};

/// How far the price of a resolution fell.
pub static COST_REDUCTION: Kpi = Kpi {
    id: "cost_reduction",
    name: "Cost reduction",
    also_called: &["savings rate", "unit cost reduction"],
    family: Family::Cost,
    means: "By which share the cost of a resolution has fallen since before the AI; below nought it has risen.",
    misleads: "It says nothing of volume: half the cost for twice the contacts saves nothing. Against the old cost of a contact it looks smaller than it is, and is flagged.",
    words: "1 − cost ratio to baseline",
    tex: r"1 - \frac{\text{cost per resolution}}{\text{cost per resolution}_{\text{before}}}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[Need::BaselineCostPerResolution],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &savings::COMPARISON, by: savings::reduction },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::PerContactBaseline, Flag::Unverified, Flag::OpenBacklog],
    sources: &["[R] $20 to $6 is 70 %", "[N] cost per contact down 30–40 %"],
    views: &["finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("40–70 %; 20 % is too little [R]"),
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "A resolution costs 4.00 after 16.00: 12.00 of 16.00 less.",
        expect: &[(AiFronted, "0.75")],
    },
    laws: &[Law::Unbounded],
};

/// How far reality is from the plan.
pub static COST_VARIANCE: Kpi = Kpi {
    id: "cost_variance",
    name: "Cost variance",
    also_called: &["cost variance to forecast", "forecast error"],
    family: Family::Cost,
    means: "By which share a resolution costs more than was forecast; below nought it costs less. It asks which of volume, escalations, review time or prices moved.",
    misleads: "Two errors that cancel show none. A forecast that is rewritten to fit is always met.",
    words: "(cost per resolution − forecast) ÷ forecast",
    tex: r"\frac{\text{cost per resolution} - \text{forecast}}{\text{forecast}}",
    unit: Unit::Ratio,
    better: Better::Lower,
    populations: &[AiFronted],
    needs: &[Need::ForecastCostPerResolution],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &savings::COMPARISON, by: savings::variance },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::Unverified, Flag::OpenBacklog],
    sources: &["[R] cost variance vs. forecast"],
    views: &["runrate_12", "finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("within 10 %; over 20 % fails [R]"),
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "A resolution costs 4.00 and was to cost 3.20: 0.80 / 3.20.",
        expect: &[(AiFronted, "0.25")],
    },
    laws: &[Law::Unbounded],
};

/// Savings in people's years.
pub static FTE_EQUIVALENT: Kpi = Kpi {
    id: "fte_equivalent",
    name: "FTE equivalent",
    also_called: &["headcount equivalent saved", "FTEs saved"],
    family: Family::Cost,
    means: "How many full-time people a year of such savings would pay, each with benefits, hiring, management, tools and quality assurance.",
    misleads: "It is money in the shape of people: nobody has left for it. A short time covered is stretched to a year, season and all.",
    words: "net savings × 365 days ÷ covered days ÷ loaded cost of one person's year",
    tex: r"\frac{\text{net savings}}{\text{loaded year}} \cdot \frac{365}{\text{covered days}}",
    unit: Unit::Fte,
    better: Better::Higher,
    populations: &[AiFronted],
    needs: &[Need::BaselineCostPerContact, Need::Labor],
    inputs: ANY_COST,
    formula: Formula::Other { uses: &savings::SAVINGS, by: savings::people_paid_for },
    ripening: None,
    doubts: &[Flag::MissingCostLayer, Flag::Immature, Flag::Unverified],
    sources: &["[R] $150k at $65k is 2.3 FTE"],
    views: &["runrate_12", "finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: Some("1–3 for each deployment; more may be over-automation [R]"),
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "23.75 in 73 days is 118.75 a year, of 47,500.",
        expect: &[(AiFronted, "0.0025")],
    },
    laws: &[Law::Unbounded],
};

/// Contacts that end in a sale.
pub static CONVERSION_RATE: Kpi = Kpi {
    id: "conversion_rate",
    name: "Conversion rate",
    also_called: &["sales conversion"],
    family: Family::Cost,
    means: "The share of contacts after which the customer bought, renewed or upgraded, where that is known.",
    misleads: "Most contacts are not about buying. If only buyers are recorded, everybody converts.",
    words: "converted ÷ contacts of which it is known",
    tex: r"\frac{\lvert\text{converted}\rvert}{\lvert\text{known}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All, Ai, Human, AiToHuman, AiFronted],
    needs: &[],
    inputs: &[Input::One(C::Converted)],
    formula: Formula::Share { part: &CONVERTED, whole: &ASKED },
    ripening: None,
    doubts: &[Flag::Blended],
    sources: &["[C] higher conversion of AI-assisted contacts"],
    views: &["finance", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "Known of 1 to 5; the customers of 1 and 3 bought. All: 2 / 5; AI: 1 of 1 and 2; people: 0 of 5; handed over: 1 of 3 and 4; met by the AI: 2 / 4.",
        expect: &[(All, "0.4"), (Ai, "0.5"), (Human, "0.0"), (AiToHuman, "0.5"), (AiFronted, "0.5")],
    },
    laws: &[Law::WithinZeroAndOne],
};

/// Whether contacts with AI end in a sale more often.
pub static CONVERSION_LIFT: Kpi = Kpi {
    id: "conversion_lift",
    name: "Conversion lift",
    also_called: &["AI conversion uplift"],
    family: Family::Cost,
    means: "How many more of the contacts that the AI met end in a sale than of those that only people had.",
    misleads: "Who gets the AI is no lottery: other channels, hours and questions. It is a difference, not an effect; only a test with random groups shows one.",
    words: "conversion rate of contacts that the AI met − that of people's",
    tex: r"\frac{\lvert F_{\text{converted}}\rvert}{\lvert F_{\text{known}}\rvert} - \frac{\lvert H_{\text{converted}}\rvert}{\lvert H_{\text{known}}\rvert}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[],
    inputs: &[Input::One(C::Converted)],
    formula: Formula::Other { uses: &[Measure::Count(&CONVERTED), Measure::Count(&ASKED)], by: savings::lift },
    ripening: None,
    doubts: &[Flag::NotCausal],
    sources: &["[C] whether AI-assisted contacts correlate with conversion"],
    views: &["finance"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: EARNED,
        options: BEFORE,
        working: "Met by the AI: 2 of 4 bought; people's: 0 of 1. 0.5 − 0.",
        expect: &[(All, "0.5")],
    },
    laws: &[Law::WithinMinusOneAndOne],
};

/// How much more the same team gets done.
pub static PRODUCTIVITY_RATIO: Kpi = Kpi {
    id: "productivity_ratio",
    name: "Productivity ratio",
    also_called: &["agent productivity ratio", "capacity gained"],
    family: Family::Cost,
    means: "How many contacts are closed for each active person and week, with the AI's among them, against what one person closed before: 2 is twice the work with the same team.",
    misleads: "Whoever worked on one contact counts as active all the time, and whoever is not named never does. Covered weeks run on through holidays.",
    words: "closed contacts ÷ (people active × covered weeks × baseline closed by one person in a week)",
    tex: r"\frac{\lvert\text{closed}\rvert}{\lvert\text{people}\rvert \cdot \text{weeks} \cdot b}",
    unit: Unit::Ratio,
    better: Better::Higher,
    populations: &[All],
    needs: &[Need::BaselineClosedPerAgent],
    inputs: &[Input::One(C::HumanAgentId)],
    formula: Formula::Other { uses: &savings::PRODUCTIVITY, by: savings::productivity },
    ripening: None,
    doubts: &[Flag::OpenBacklog],
    sources: &["[H] agent productivity ratio"],
    views: &["operations", "tiers"],
    timing: Timing::Lagging,
    tier: Tier::Revenue,
    benchmark: None,
    example: Example {
        tables: EARNED,
        options: r#"{"as_of": "2026-01-19T00:00:00Z", "baseline": {"closed_per_agent_per_week": 1}}"#,
        working: "1 to 5 are closed; Mia and Leo were active over two weeks: 5 / (2 × 2 × 1).",
        expect: &[(All, "1.25")],
    },
    laws: &[Law::NotNegative],
};
