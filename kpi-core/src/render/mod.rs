//! Step 8: a report for people: text for a terminal, Markdown, one standalone HTML file.
//!
//! Nothing is computed here. Both read a [`Report`](crate::Report) and round for display only.
//!
//! Two rules hold in every rendering: a deflection rate never stands without its recontact rate, and one satisfaction
//! of AI and people together never stands without the two. `page` writes them down once. What other verbs found is told in
//! `pieces`, which each rendering lays out.
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

mod dossier;
mod html;
mod markdown;
mod numbers;
mod outcomes;
mod overview;
mod page;
mod pieces;
mod targets;
mod text;
mod told;
mod words;

pub use crate::report::View;
pub use dossier::{Dossier, Findings};
pub use html::{fragment, fragment_of, html, html_of};
pub use markdown::{markdown, markdown_of, markdown_view};
pub use text::{TextStyle, text, text_of, text_view};
pub use told::Tell;
