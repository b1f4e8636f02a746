//! Step 8: a report for people: text for a terminal, one standalone HTML file.
//!
//! Nothing is computed here. Both read a [`Report`](crate::Report) and round for display only.
//!
//! Two rules hold in every rendering: a deflection rate never stands without its recontact rate, and one satisfaction
//! of AI and people together never stands without the two. `page` writes them down once.
//!
//! ```
//! use kpi_core::render::{TextStyle, html, text};
//! use kpi_core::{Handling, Instant, Interaction, Limits, Options, Tables, report};
//!
//! let contact = Interaction::new("1", Handling::Ai, Instant::from_nanos(0));
//! let report = report(&Tables::of(&[contact]), &Options::default(), &Limits::default())?;
//! assert!(text(&report, &TextStyle::default()).contains("Open          not done yet"));
//! assert!(html(&report, "The first contact").starts_with("<!DOCTYPE html>"));
//! # Ok::<(), kpi_core::Error>(())
//! ```

mod html;
mod numbers;
mod outcomes;
mod overview;
mod page;
mod targets;
mod text;
mod words;

pub use html::html;
pub use text::{TextStyle, text};
