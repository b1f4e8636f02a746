//! Honest KPIs for support done by AI, by people, and by AI that hands over to people.
//!
//! Deflection, blended satisfaction and average handle time lie about a desk where a machine answers first. This crate
//! computes figures that do not: each names its population, stands beside its evidence, and says why it is absent
//! instead of pretending to be zero.
//!
//! ```text
//!  rows · JSON · CSV · Arrow
//!        │  input      five tables become one columnar view
//!        ▼  check      every rule on every row, all problems at once
//!        ▼  facts      who came back, which session, is it old enough to tell
//!        ▼  tally      exact, mergeable state: add up parts in any order, get the same bits
//!        ▼  kpis       the catalogue: one block a figure, a formula sees only a tally
//!        ▼  report     groups, periods, values with interval, n and doubts; canonical JSON
//! ```
//!
//! # A first report
//!
//! ```
//! use kpi_core::kpis::Population;
//! use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables, report};
//!
//! let at = |text: &str| Instant::parse(text, None).unwrap();
//! let opened = at("2026-01-05T09:00:00Z");
//! let solved = at("2026-01-05T09:05:00Z");
//! let contacts = [
//!     Interaction::new("c-1", Handling::Ai, opened).customer_id("ann").closed(solved, Outcome::Resolved).csat(5),
//!     // The AI called this one resolved too, but the customer came back the next day.
//!     Interaction::new("c-2", Handling::Ai, opened)
//!         .customer_id("ben")
//!         .closed(solved, Outcome::Resolved)
//!         .reopened_at(at("2026-01-06T08:00:00Z")),
//!     Interaction::new("c-3", Handling::AiToHuman, opened).customer_id("cem").closed(solved, Outcome::Resolved),
//! ];
//! let options = Options { as_of: Some(at("2026-02-01T00:00:00Z")), ..Options::default() };
//! let report = report(&Tables::of(&contacts), &options, &Limits::default())?;
//!
//! let figure = |id, population| report.value(id, population, &[], None).and_then(|v| v.number());
//! assert_eq!(figure("autonomous_resolution_rate", Population::AiFronted), Some(2.0 / 3.0)); // what the AI claims
//! assert_eq!(figure("verified_resolution_rate", Population::All), Some(1.0 / 3.0)); // what held
//! # Ok::<(), kpi_core::Error>(())
//! ```
//!
//! # Parts of a whole
//!
//! [`tally()`] keeps one part (whole customers, whole sessions) as state that merges, travels as bytes and gives the
//! same report as all rows at once, bit for bit.
//!
//! # What it does not do
//!
//! It reads no files, no clock and no network, keeps nothing between calls, and has no `unsafe`. It does not guess:
//! rows that break a rule are an error or in quarantine, and a customer who still has time to come back counts as
//! neither success nor failure.

pub mod calendar;
pub mod check;
pub mod compare;
pub mod error;
pub mod evidence;
pub mod facts;
pub mod input;
pub mod kpis;
pub mod money;
pub mod options;
pub mod render;
pub mod report;
pub mod tally;
mod threads;
pub mod units;
pub mod verbs;

pub use compare::{bias, compare, corrected, curves, drift, gates, profiles, warnings};
pub use error::{Code, Error, Result};
pub use input::{Account, Cost, Fix, Handling, Interaction, Limits, Outcome, Signal, Tables};
pub use kpis::catalogue_json;
pub use money::calculate_json;
pub use options::Options;
pub use report::{Report, report, report_json, tally, trends};
pub use units::Instant;
pub use verbs::answer_json;
