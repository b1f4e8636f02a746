//! Every calculator by its name, with JSON in and JSON out: what a page in a browser stands on, without rows and reports.
//!
//! ```
//! let answer = kpi_core::calculate_json("roi", r#"{"monthly_volume": 50000, "resolution_rate": 0.67}"#)?;
//! assert!(answer.contains("supportkpi.roi/1"));
//! # Ok::<(), kpi_core::Error>(())
//! ```

use super::contract::verify_json;
use super::pnl::pnl;
use super::problems::refused;
use super::roi::{chance, roi, roi_inputs_json, scenarios, tornado};
use super::{labour, pricing, variance};
use crate::compare::from_json;
use crate::error::Result;
use serde::Deserialize;

/// The names of all calculators.
pub const CALCULATORS: &[&str] =
    &["roi_inputs", "roi", "tornado", "chance", "scenarios", "labour", "pricing", "variance", "pnl", "verify"];

/// What a calculator makes of what it is asked for, both as JSON.
///
/// `roi_inputs` is asked for nothing, which is `{}`; `verify` for `{"statements": ["…"]}`, each as the text that was received.
///
/// # Errors
/// When there is no such calculator, it is not asked for in this way, or inputs make no sense.
pub fn calculate_json(calculator: &str, ask: &str) -> Result<String> {
    Ok(match calculator {
        "roi_inputs" => from_json::<Nothing>(ask).map(|_| roi_inputs_json())?,
        "roi" => roi(&from_json(ask)?)?.to_json(),
        "tornado" => tornado(&from_json(ask)?)?.to_json(),
        "chance" => chance(&from_json(ask)?)?.to_json(),
        "scenarios" => scenarios(&from_json(ask)?)?.to_json(),
        "labour" => labour(&from_json(ask)?)?.to_json(),
        "pricing" => pricing(&from_json(ask)?)?.to_json(),
        "variance" => variance(&from_json(ask)?)?.to_json(),
        "pnl" => pnl(&from_json(ask)?)?.to_json(),
        "verify" => verify_json(ask)?.to_json(),
        _ => {
            let names = CALCULATORS.join(", ");
            return Err(refused(format!("There is no calculator \"{calculator}\"; there are {names}.")));
        }
    })
}

/// What a calculator is asked for that needs nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}
