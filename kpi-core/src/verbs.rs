//! Step 9: every question by its name, with JSON in and JSON out: what the bindings stand on.
//!
//! ```
//! let tables = r#"{"interactions": [{"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "language": "en"}]}"#;
//! let bias = kpi_core::answer_json("bias", tables, r#"{"dimension": "language"}"#, "{}")?;
//! assert!(bias.contains("supportkpi.bias/1"));
//! # Ok::<(), kpi_core::Error>(())
//! ```

mod found;

pub use found::{Answer, calculated};

use crate::compare::{
    BiasAsk, CompareAsk, CorrectedAsk, CurvesAsk, DriftAsk, GatesAsk, ProfilesAsk, WarningsAsk, bias, compare,
    corrected, curves, drift, from_json, gates, profiles, warnings,
};
use crate::error::{Code, Error, Result};
use crate::input::{Limits, Tables, tables_from_json};
use crate::money::{
    CandidatesAsk, RoiPlanAsk, SettleAsk, candidates, options_for_books, options_for_candidates, pnl_books, roi_plan,
    settle, variance_drivers,
};
use crate::options::Options;
use crate::report::{report, trends};

/// A verb that answers from tables, with what it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// The report.
    Report,
    /// What changed.
    Trends,
    /// Whether everybody is served alike.
    Bias(BiasAsk),
    /// One side against the other.
    Compare(CompareAsk),
    /// Whether the AI's confidence moved.
    Drift(DriftAsk),
    /// Whether a pilot holds.
    Gates(GatesAsk),
    /// A rate without its judge's mistakes.
    Corrected(CorrectedAsk),
    /// What has just moved.
    Warnings(WarningsAsk),
    /// Curves over single contacts.
    Curves(CurvesAsk),
    /// The same contacts under several definitions of "resolved".
    Profiles(ProfilesAsk),
    /// Which issues of people the AI should take next.
    Candidates(CandidatesAsk),
    /// What is owed for a period.
    Settle(Box<SettleAsk>),
    /// A plan with inputs from contacts: what `roi` is asked for.
    RoiPlan(Box<RoiPlanAsk>),
    /// Each AI agent's revenue and costs: what `pnl` is asked for.
    PnlBooks,
    /// What a contact was to cost and what it costs: what `variance` is asked for.
    VarianceDrivers,
}

/// The names of all verbs that answer from tables.
pub const VERBS: &[&str] = &[
    "report",
    "trends",
    "bias",
    "compare",
    "drift",
    "gates",
    "corrected",
    "curves",
    "profiles",
    "warnings",
    "candidates",
    "settle",
    "roi_plan",
    "pnl_books",
    "variance_drivers",
];

impl Asked {
    /// Reads what a verb is asked for; those that are asked for nothing take `{}`.
    ///
    /// # Errors
    /// When there is no such verb, or it is not asked for in this way.
    pub fn read(verb: &str, ask: &str) -> Result<Self> {
        Ok(match verb {
            "report" => from_json::<Nothing>(ask).map(|_| Self::Report)?,
            "trends" => from_json::<Nothing>(ask).map(|_| Self::Trends)?,
            "bias" => Self::Bias(from_json(ask)?),
            "compare" => Self::Compare(from_json(ask)?),
            "drift" => Self::Drift(from_json(ask)?),
            "gates" => Self::Gates(from_json(ask)?),
            "corrected" => Self::Corrected(from_json(ask)?),
            "curves" => Self::Curves(from_json(ask)?),
            "profiles" => Self::Profiles(from_json(ask)?),
            "warnings" => Self::Warnings(from_json(ask)?),
            "candidates" => Self::Candidates(from_json(ask)?),
            "settle" => Self::Settle(from_json(ask)?),
            "roi_plan" => Self::RoiPlan(from_json(ask)?),
            "pnl_books" => from_json::<Nothing>(ask).map(|_| Self::PnlBooks)?,
            "variance_drivers" => from_json::<Nothing>(ask).map(|_| Self::VarianceDrivers)?,
            _ => {
                let text = format!("There is no verb \"{verb}\"; there are {}.", VERBS.join(", "));
                return Err(Error::new(Code::InvalidOption, text));
            }
        })
    }

    /// The options by which rows are to be read, so that every column is kept that the answer needs.
    #[must_use]
    pub fn options_for_reading(&self, options: &Options) -> Options {
        match self {
            Self::Report
            | Self::Trends
            | Self::Corrected(_)
            | Self::Curves(_)
            | Self::Profiles(_)
            | Self::Warnings(_)
            | Self::RoiPlan(_)
            | Self::VarianceDrivers => options.clone(),
            Self::Bias(ask) => ask.options_for_reading(options),
            Self::Compare(ask) => ask.options_for_reading(options),
            Self::Drift(ask) => ask.options_for_reading(options),
            Self::Gates(ask) => ask.options_for_reading(options),
            Self::Candidates(_) => options_for_candidates(options),
            Self::Settle(ask) => ask.options(options),
            Self::PnlBooks => options_for_books(options),
        }
    }

    /// The answer as canonical JSON.
    ///
    /// # Errors
    /// Those of the verb.
    pub fn answer(&self, tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<String> {
        Ok(match self {
            Self::Report => report(tables, options, limits)?.to_json(),
            Self::Trends => trends(tables, options, limits)?.to_json(),
            Self::Bias(ask) => bias(tables, options, ask, limits)?.to_json(),
            Self::Compare(ask) => compare(tables, options, ask, limits)?.to_json(),
            Self::Drift(ask) => drift(tables, options, ask, limits)?.to_json(),
            Self::Gates(ask) => gates(tables, options, ask, limits)?.to_json(),
            Self::Corrected(ask) => corrected(tables, options, ask, limits)?.to_json(),
            Self::Curves(ask) => curves(tables, options, ask, limits)?.to_json(),
            Self::Profiles(ask) => profiles(tables, options, ask, limits)?.to_json(),
            Self::Warnings(ask) => warnings(tables, options, ask, limits)?.to_json(),
            Self::Candidates(ask) => candidates(tables, options, ask, limits)?.to_json(),
            Self::Settle(ask) => settle(tables, options, ask, limits)?.to_json(),
            Self::RoiPlan(ask) => roi_plan(tables, options, ask, limits)?.to_json(),
            Self::PnlBooks => pnl_books(tables, options, limits)?.to_json(),
            Self::VarianceDrivers => variance_drivers(tables, options, limits)?.to_json(),
        })
    }
}

/// What a verb is asked for that takes no more than tables and options.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The answer of a verb to tables, what it is asked for, and options, all as JSON.
///
/// # Errors
/// When one of them cannot be read, rows break rules (unless they are quarantined), limits are passed, or the verb refuses.
pub fn answer_json(verb: &str, tables: &str, ask: &str, options: &str) -> Result<String> {
    let (asked, options, limits) = (Asked::read(verb, ask)?, Options::from_json(options)?, Limits::default());
    let tables = tables_from_json(tables, &asked.options_for_reading(&options), &limits)?;
    asked.answer(&tables, &options, &limits)
}
