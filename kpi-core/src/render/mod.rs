//! Step 8: a report for people: text for a terminal, one standalone HTML file.
//!
//! Nothing is computed here. Both read a [`Report`](crate::Report) and round for display only.
//!
//! Two rules hold in every rendering: a deflection rate never stands without its recontact rate, and one satisfaction
//! of AI and people together never stands without the two. `page` writes them down once.

mod html;
mod numbers;
mod outcomes;
mod overview;
mod page;
mod text;
mod words;

pub use html::html;
pub use text::{TextStyle, text};
