//! Step 7: money. What people and machines cost, what it is worth, why it differs from what was expected.
//!
//! What calculates needs no rows and no report, so that a page in a browser can do it on every move of a slider; what takes
//! its inputs from a report has files of its own.

mod calculate;
pub mod candidates;
pub mod contract;
mod drivers;
mod from_report;
mod labour;
pub mod pnl;
mod pnl_from_report;
pub mod pricing;
mod problems;
pub mod roi;
mod variance;

pub use crate::tally::ledger;
pub use calculate::{CALCULATORS, calculate_json};
pub use candidates::{Candidates, CandidatesAsk, candidates, candidates_from_report, options_for_candidates};
pub use contract::{Contract, SettleAsk, Statement, settle, verify};
pub use drivers::{variance_drivers, variance_from_report};
pub use from_report::{FromReport, RoiPlanAsk, Taken, roi_from_report, roi_plan};
pub use labour::{Labour, labour};
pub use pnl::{Pnl, PnlAsk, pnl};
pub use pnl_from_report::{options_for_books, pnl_books, pnl_from_report};
pub use pricing::{Pricing, PricingAsk, pricing};
pub use problems::Step;
pub use roi::{Roi, RoiAsk, chance, roi, roi_inputs_json, scenarios, tornado};
pub use variance::{DRIVERS, Drivers, Part, Standing, Variance, VarianceAsk, variance};
