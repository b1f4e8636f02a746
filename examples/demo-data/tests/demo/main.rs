//! The bundle keeps the rules, breaks them where it should, and tells its stories.

mod bundle;
mod checker;
mod stories;
