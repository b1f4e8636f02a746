//! Step 6: the report: groups, periods, values with their evidence, canonical JSON, the tidy table, the fingerprint.

mod bands;
mod beside;
mod between;
mod build;
mod clustered;
mod fingerprint;
mod json;
mod latest;
mod levels;
mod stretches;
mod targets;
mod tidy;
mod trends;
mod value;
mod views;

pub(crate) use beside::Beside;
pub use between::{Between, between};
pub(crate) use build::wanted;
pub use build::{columns_needed, report, report_from, tally};
pub(crate) use clustered::refuse_cluster;
pub use json::number_text;
pub use latest::LatestChange;
pub(crate) use stretches::{Latest, Split, latest};
pub use targets::{Standing, TargetStanding};
pub use tidy::TidyRow;
pub use trends::{Against, Change, Point, Series, Trends};
pub use value::{GroupKey, GroupReport, Period, Report, Value};
pub use views::{Cite, Question, Sentence, View, ViewFigure, views_json};

use crate::error::Result;
use crate::input::{InMemory, Limits, Tables, tables_from_json};
use crate::options::Options;

/// What changed from period to period.
///
/// # Errors
/// As [`report`], and when no periods are asked for.
pub fn trends(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Trends> {
    refuse_cluster(options, "trends")?;
    build::take(&InMemory::new(&tables.interactions), tables, options, limits)?.trends_within(limits)
}

/// The report of tables and options given as JSON, as canonical JSON: what every binding stands on.
///
/// # Errors
/// When the options or tables cannot be read, rows break rules (unless they are quarantined), or limits are passed.
pub fn report_json(tables: &str, options: &str) -> Result<String> {
    let options = Options::from_json(options)?;
    let limits = Limits::default();
    let tables = tables_from_json(tables, &options, &limits)?;
    Ok(report(&tables, &options, &limits)?.to_json())
}
