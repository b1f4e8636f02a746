//! One input under several definitions of "resolved": what each counts, where they overlap, and which rule makes the difference
//! where they do not (SPEC 6.7).

mod ask;
mod definition;
mod found;
mod happenings;
mod json;

pub use ask::{ProfileAsk, ProfilesAsk};
pub use definition::{Decision, Profile, Rule, Ruling, Within};
pub use found::{Blind, Disagreement, Overlap, ProfileFound, ProfileGroup, ProfileRate, Profiles};

use super::told::stories;
use crate::error::Result;
use crate::evidence::z_for;
use crate::facts::rows::HOUR;
use crate::input::{Limits, Tables};
use crate::options::Options;
use crate::units::Instant;
use definition::Judge;
use found::Desk;

/// Holds definitions of "resolved" beside one another, contact by contact.
///
/// ```
/// use kpi_core::compare::{ProfilesAsk, profiles};
/// use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables};
///
/// let at = |text: &str| Instant::parse(text, None).unwrap();
/// let (opened, left) = (at("2026-01-05T09:00:00Z"), at("2026-01-05T09:05:00Z"));
/// // The AI answered, and the customer went away without a word.
/// let silent = Interaction {
///     first_response_at: Some(opened),
///     customer_id: Some("ann".into()),
///     ..Interaction::new("c-1", Handling::Ai, opened).closed(left, Outcome::Abandoned)
/// };
/// let options = Options { as_of: Some(at("2026-02-01T00:00:00Z")), ..Options::default() };
/// let found = profiles(&Tables::of(&[silent]), &options, &ProfilesAsk::default(), &Limits::default())?;
///
/// let counted = |name: &str| found.profiles.iter().find(|p| p.profile.name == name).map(|p| p.counted());
/// assert_eq!((counted("intercom_fin"), counted("strict")), (Some(1), Some(0)));
/// let why = &found.disagreements[0];
/// assert_eq!(found.reason(why), "nobody called it resolved");
/// # Ok::<(), kpi_core::Error>(())
/// ```
///
/// # Errors
/// As [`crate::report()`]; when a profile is unknown or makes no sense.
pub fn profiles(tables: &Tables<'_>, options: &Options, ask: &ProfilesAsk, limits: &Limits) -> Result<Profiles> {
    let profiles = ask.chosen()?;
    let told = stories(tables, options, limits)?;
    let judges: Vec<Judge> = profiles.iter().map(|p| p.judge(told.window, told.as_of)).collect();
    let decisions: Vec<Vec<Decision>> =
        told.stories.iter().map(|story| judges.iter().map(|judge| judge.decide(story)).collect()).collect();
    let desk = Desk { told: &told, profiles: &profiles, decisions: &decisions, z: z_for(options.confidence_level) };
    let held_against = profiles.iter().position(|p| p.name == "strict").unwrap_or(0);
    Ok(Profiles {
        as_of: Some(Instant::from_nanos(told.as_of)),
        confidence_level: options.confidence_level,
        recontact_hours: u64::try_from(told.window / HOUR).unwrap_or(0),
        contacts: told.stories.len() as u64,
        ai_fronted: told.stories.iter().filter(|story| story.is_ai_fronted()).count() as u64,
        profiles: desk.found(held_against),
        held_against,
        overlaps: desk.overlaps(),
        disagreements: desk.disagreements(held_against, ask.examples()),
        groups: desk.groups(&options.by),
        every_contact: if ask.every_contact { desk.every_contact() } else { Vec::new() },
    })
}
