//! Everything that a rendering may show of one input: the report, and what else was asked of it.

use crate::compare::{Bias, Curves, Profiles, Warnings};
use crate::options::{Baseline, Milestone};
use crate::report::{Report, Trends};

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

impl<'r> From<&'r Report> for Dossier<'r> {
    fn from(report: &'r Report) -> Self {
        Self::of(report)
    }
}
