//! Honest KPIs for support done by AI, by people, and by AI that hands over to people.

pub mod calendar;
pub mod check;
pub mod error;
pub mod evidence;
pub mod facts;
pub mod input;
pub mod kpis;
pub mod money;
pub mod options;
pub mod report;
pub mod tally;
pub mod units;

pub use error::{Code, Error, Result};
pub use input::{Account, Cost, Fix, Handling, Interaction, Limits, Outcome, Signal, Tables};
pub use kpis::catalogue_json;
pub use options::Options;
pub use report::{Report, report, report_json, tally};
pub use units::Instant;
