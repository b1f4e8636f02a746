//! Revenue and feedback: what support keeps and finds, and whether failures are mended. These figures rest on the
//! accounts, signals and fixes tables, one file each, and stand in the grand total only.

mod accounts;
mod fixes;
mod signals;

pub use accounts::{CHURN_FLAG_RATE, NRR, NRR_AI_SERVED, NRR_LIFT, NRR_NOT_AI_SERVED};
pub use fixes::{FIX_RATE, FIX_RECURRENCE_RATE, FIX_TIME_P50};
pub use signals::{
    CHURN_ARR_SAVED, CHURN_SAVE_RATE, COMPETITOR_SAME_DAY_RATE, FEATURE_REQUEST_VALUE, UPSELL_SIGNALS, UPSELL_VALUE,
    UPSELL_WIN_RATE,
};
