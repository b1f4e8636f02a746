//! Everything that a rendering may show of one input: the report, and what else was asked of it.

use crate::calendar::Every;
use crate::compare::{
    Bias, BiasAsk, Curves, CurvesAsk, Profiles, ProfilesAsk, Warnings, WarningsAsk, bias, curves, profiles, warnings,
};
use crate::error::Result;
use crate::input::{Limits, Tables};
use crate::options::{Baseline, Milestone, Options};
use crate::report::{Report, Trends, report, trends};

/// A report, and what else was asked of the same input; what is missing is not shown.
///
/// ```
/// # use kpi_core::{Handling, Instant, Interaction, Limits, Options, Tables, report};
/// use kpi_core::compare::{ProfilesAsk, profiles};
/// use kpi_core::render::{Dossier, html};
///
/// # let contact = Interaction::new("1", Handling::Ai, Instant::from_nanos(0));
/// # let (contacts, options, limits) = ([contact], Options::default(), Limits::default());
/// let tables = Tables::of(&contacts);
/// let report = report(&tables, &options, &limits)?;
/// let profiles = profiles(&tables, &options, &ProfilesAsk::default(), &limits)?;
/// let dossier = Dossier { profiles: Some(&profiles), ..Dossier::of(&report) };
/// assert!(html(dossier, "A desk").contains("Six definitions"));
/// # Ok::<(), kpi_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Dossier<'r> {
    /// The report.
    pub report: &'r Report,
    /// What changed from period to period.
    pub trends: Option<&'r Trends>,
    /// What has just moved.
    pub warnings: Option<&'r Warnings>,
    /// Whether everybody is served alike, by dimension.
    pub biases: &'r [Bias],
    /// The same contacts under several definitions.
    pub profiles: Option<&'r Profiles>,
    /// Curves over single contacts.
    pub curves: Option<&'r Curves>,
    /// What was before the AI; the ninety-day review is held against it.
    pub baseline: Option<&'r Baseline>,
    /// What happened when; it stands on the charts.
    pub milestones: &'r [Milestone],
}

impl<'r> Dossier<'r> {
    /// Of a report alone.
    pub const fn of(report: &'r Report) -> Self {
        Self {
            report,
            trends: None,
            warnings: None,
            biases: &[],
            profiles: None,
            curves: None,
            baseline: None,
            milestones: &[],
        }
    }
}

/// Everything that a dossier can show of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// What they are of.
    pub options: Options,
    /// The report.
    pub report: Report,
    /// Of everybody, if the options have periods.
    pub trends: Option<Trends>,
    /// By the week, or by the day if the options say so: a month is a long time to find out.
    pub warnings: Warnings,
    /// One for each dimension asked for.
    pub biases: Vec<Bias>,
    /// Under the six definitions that are built in.
    pub profiles: Profiles,
    /// With their usual hours and thresholds.
    pub curves: Curves,
}

impl Findings {
    /// Asks everything of an input; `fairness` names the dimensions by which everybody should be served alike.
    ///
    /// # Errors
    /// As [`report`].
    pub fn of(tables: &Tables<'_>, options: &Options, fairness: &[&str], limits: &Limits) -> Result<Self> {
        let everybody = Options { by: Vec::new(), ..options.clone() };
        let trends = options.every.map(|_| trends(tables, &everybody, limits)).transpose()?;
        let often = if options.every == Some(Every::Day) { Every::Day } else { Every::Week };
        let weekly = Options { every: Some(often), ..options.clone() };
        let biases = fairness.iter().map(|dimension| bias(tables, options, &BiasAsk::by(*dimension), limits));
        Ok(Self {
            options: options.clone(),
            report: report(tables, options, limits)?,
            trends,
            warnings: warnings(tables, &weekly, &WarningsAsk::default(), limits)?,
            biases: biases.collect::<Result<_>>()?,
            profiles: profiles(tables, options, &ProfilesAsk::default(), limits)?,
            curves: curves(tables, options, &CurvesAsk::default(), limits)?,
        })
    }

    /// All of it, to be rendered.
    pub fn dossier(&self) -> Dossier<'_> {
        Dossier {
            trends: self.trends.as_ref(),
            warnings: Some(&self.warnings),
            biases: &self.biases,
            profiles: Some(&self.profiles),
            curves: Some(&self.curves),
            baseline: self.options.baseline.as_ref(),
            milestones: &self.options.milestones,
            ..Dossier::of(&self.report)
        }
    }
}

impl<'r> From<&'r Report> for Dossier<'r> {
    fn from(report: &'r Report) -> Self {
        Self::of(report)
    }
}
