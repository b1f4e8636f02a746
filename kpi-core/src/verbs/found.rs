//! What a verb found, still able to be told to people: as data, as text, as Markdown, as a page.

use super::Asked;
use crate::compare::{
    Bias, Comparison, CorrectedRate, Curves, Drift, Gates, Profiles, Warnings, bias, compare, corrected, curves, drift,
    from_json, gates, profiles, warnings,
};
use crate::error::{Code, Error, Result};
use crate::input::{Limits, Tables};
use crate::money::contract::{Verified, verify_json};
use crate::money::roi::{Chance, Scenarios, Tornado};
use crate::money::{
    Candidates, FromReport, Labour, Pnl, PnlAsk, Pricing, Roi, Statement, Variance, VarianceAsk, candidates, chance,
    labour, pnl, pnl_books, pricing, roi, roi_plan, scenarios, settle, tornado, variance, variance_drivers,
};
use crate::options::Options;
use crate::render::{self, TextStyle};
use crate::report::{Report, Trends, report, trends};
use std::fmt::Debug;

/// What a verb found: data for programs, words and tables for people.
///
/// ```
/// use kpi_core::verbs::Asked;
/// use kpi_core::{Handling, Instant, Interaction, Limits, Options, Tables};
///
/// let contacts = [Interaction::new("1", Handling::Ai, Instant::from_nanos(0))];
/// let found = Asked::Report.find(&Tables::of(&contacts), &Options::default(), &Limits::default())?;
/// assert!(found.to_json().starts_with(r#"{"schema":"supportkpi.report/1""#));
/// assert!(found.to_markdown().starts_with("# Support report"));
/// assert!(found.to_fragment().starts_with(r#"<div class="supportkpi">"#));
/// # Ok::<(), kpi_core::Error>(())
/// ```
pub trait Answer: Debug + Send + Sync {
    /// Canonical JSON.
    fn to_json(&self) -> String;
    /// For a terminal.
    fn to_text(&self, style: &TextStyle) -> String;
    /// For issues, wikis and chats.
    fn to_markdown(&self) -> String;
    /// One standalone HTML page; nothing for a title takes the usual one.
    fn to_page(&self, title: Option<&str>) -> String;
    /// HTML to stand in a page of somebody else, such as a notebook.
    fn to_fragment(&self) -> String;
}

impl Answer for Report {
    fn to_json(&self) -> String {
        self.to_json()
    }
    fn to_text(&self, style: &TextStyle) -> String {
        render::text(self, style)
    }
    fn to_markdown(&self) -> String {
        render::markdown(self)
    }
    fn to_page(&self, title: Option<&str>) -> String {
        render::html(self, title.unwrap_or("Support report"))
    }
    fn to_fragment(&self) -> String {
        render::fragment(self)
    }
}

macro_rules! told {
    ($($verb:ident)*) => {$(
        impl Answer for $verb {
            fn to_json(&self) -> String {
                self.to_json()
            }
            fn to_text(&self, style: &TextStyle) -> String {
                render::text_of(self, style)
            }
            fn to_markdown(&self) -> String {
                render::markdown_of(self)
            }
            fn to_page(&self, title: Option<&str>) -> String {
                render::html_of(self, title)
            }
            fn to_fragment(&self) -> String {
                render::fragment_of(self)
            }
        }
    )*};
}

told! { Trends Bias Comparison Drift Gates CorrectedRate Curves Profiles Warnings }
told! { Roi Tornado Chance Scenarios Labour Pricing Variance VarianceAsk Pnl PnlAsk FromReport Candidates Statement Verified }

/// What [`calculate_json`](crate::calculate_json) gives as JSON, still able to be told to people; `roi_inputs` is a list for
/// forms, and only JSON.
///
/// # Errors
/// As there.
pub fn calculated(calculator: &str, ask: &str) -> Result<Box<dyn Answer>> {
    Ok(match calculator {
        "roi" => Box::new(roi(&from_json(ask)?)?),
        "tornado" => Box::new(tornado(&from_json(ask)?)?),
        "chance" => Box::new(chance(&from_json(ask)?)?),
        "scenarios" => Box::new(scenarios(&from_json(ask)?)?),
        "labour" => Box::new(labour(&from_json(ask)?)?),
        "pricing" => Box::new(pricing(&from_json(ask)?)?),
        "variance" => Box::new(variance(&from_json(ask)?)?),
        "pnl" => Box::new(pnl(&from_json(ask)?)?),
        "verify" => Box::new(verify_json(ask)?),
        _ => {
            let text = format!("There is no calculator \"{calculator}\" whose answer can be told.");
            return Err(Error::new(Code::InvalidOption, text));
        }
    })
}

impl Asked {
    /// What [`Asked::answer`] gives as JSON, still able to be told to people.
    ///
    /// # Errors
    /// Those of the verb.
    pub fn find(&self, tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Box<dyn Answer>> {
        Ok(match self {
            Self::Report => Box::new(report(tables, options, limits)?),
            Self::Trends => Box::new(trends(tables, options, limits)?),
            Self::Bias(ask) => Box::new(bias(tables, options, ask, limits)?),
            Self::Compare(ask) => Box::new(compare(tables, options, ask, limits)?),
            Self::Drift(ask) => Box::new(drift(tables, options, ask, limits)?),
            Self::Gates(ask) => Box::new(gates(tables, options, ask, limits)?),
            Self::Corrected(ask) => Box::new(corrected(tables, options, ask, limits)?),
            Self::Curves(ask) => Box::new(curves(tables, options, ask, limits)?),
            Self::Profiles(ask) => Box::new(profiles(tables, options, ask, limits)?),
            Self::Warnings(ask) => Box::new(warnings(tables, options, ask, limits)?),
            Self::Candidates(ask) => Box::new(candidates(tables, options, ask, limits)?),
            Self::Settle(ask) => Box::new(settle(tables, options, ask, limits)?),
            Self::RoiPlan(ask) => Box::new(roi_plan(tables, options, ask, limits)?),
            Self::PnlBooks => Box::new(pnl_books(tables, options, limits)?),
            Self::VarianceDrivers => Box::new(variance_drivers(tables, options, limits)?),
        })
    }
}
