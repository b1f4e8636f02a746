//! Curves over single contacts: who came back when, whether it holds when it is busy, and where to set the AI's threshold
//! (SPEC 6.6).

mod json;
mod load;
mod recontact;
mod threshold;

pub use load::{LoadBin, LoadCurve, Seconds, Trend};
pub use recontact::{Mature, RecontactCurve, RecontactPoint, Returns};
pub use threshold::{ThresholdCurve, ThresholdPoint};

use super::told::stories;
use crate::error::{Code, Error, Result};
use crate::evidence::z_for;
use crate::input::{Limits, Tables};
use crate::options::Options;
use crate::units::Instant;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How far curves reach, and where they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CurvesAsk {
    /// Hours after closing that the recontact curve shows; default 168, a week.
    pub hours: Option<u32>,
    /// Thresholds of the AI's confidence, ascending from 0 to 1; default: every twentieth.
    pub thresholds: Option<Vec<Decimal>>,
}

impl CurvesAsk {
    const HOURS: u32 = 168;
    const LONGEST: u32 = 8_784;

    fn hours(&self) -> Result<u32> {
        let hours = self.hours.unwrap_or(Self::HOURS);
        if (1..=Self::LONGEST).contains(&hours) {
            return Ok(hours);
        }
        let text = format!("`hours` is {hours}; give 1 to {}, a year.", Self::LONGEST);
        Err(Error::new(Code::InvalidOption, text))
    }

    fn thresholds(&self) -> Result<Vec<Decimal>> {
        let Some(asked) = &self.thresholds else { return Ok((0..=20).map(|n| Decimal::new(n * 5, 2)).collect()) };
        let ascending = asked.iter().zip(asked.iter().skip(1)).all(|(a, b)| a < b);
        let within = asked.iter().all(|t| (Decimal::ZERO..=Decimal::ONE).contains(t));
        if ascending && within && !asked.is_empty() {
            return Ok(asked.clone());
        }
        let text = "`thresholds` must ascend from 0 to 1, such as [0.5, 0.7, 0.9].";
        Err(Error::new(Code::InvalidOption, text))
    }
}

/// The three curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// Of every interval.
    pub confidence_level: f64,
    /// Who came back when.
    pub recontact: RecontactCurve,
    /// Whether it holds when it is busy.
    pub load: LoadCurve,
    /// What each threshold would let the AI serve.
    pub threshold: ThresholdCurve,
}

/// Draws the curves of an input.
///
/// ```
/// use kpi_core::compare::{CurvesAsk, curves};
/// use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables};
///
/// let at = |text: &str| Instant::parse(text, None).unwrap();
/// let solved = |id: &str, opened: &str| {
///     Interaction::new(id, Handling::Ai, at(opened)).customer_id(id).closed(at(opened), Outcome::Resolved)
/// };
/// let contacts = [
///     solved("ann", "2026-01-05T09:00:00Z").reopened_at(at("2026-01-06T09:00:00Z")),
///     solved("ben", "2026-01-05T09:00:00Z"),
///     // Watched for twelve hours only, and so in no rate of three days. The curve uses what is known of it.
///     solved("cem", "2026-01-09T12:00:00Z"),
/// ];
/// let options = Options { as_of: Some(at("2026-01-10T00:00:00Z")), ..Options::default() };
/// let found = curves(&Tables::of(&contacts), &options, &CurvesAsk::default(), &Limits::default())?;
/// let ai = &found.recontact.curves[0];
/// assert_eq!(ai.points.iter().find(|p| p.hours == 24).map(|p| p.back), Some(0.5));
/// # Ok::<(), kpi_core::Error>(())
/// ```
///
/// # Errors
/// As [`crate::report()`]; when hours or thresholds make no sense.
pub fn curves(tables: &Tables<'_>, options: &Options, ask: &CurvesAsk, limits: &Limits) -> Result<Curves> {
    let (hours, thresholds) = (ask.hours()?, ask.thresholds()?);
    let told = stories(tables, options, limits)?;
    let z = z_for(options.confidence_level);
    Ok(Curves {
        as_of: Some(Instant::from_nanos(told.as_of)),
        confidence_level: options.confidence_level,
        recontact: recontact::curve(&told, hours, z),
        load: load::curve(&told, z),
        threshold: threshold::curve(&told, &thresholds, z),
    })
}
