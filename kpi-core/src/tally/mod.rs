//! Step 4: exact, mergeable state. A formula sees only a tally, never rows, so every figure merges by construction.

mod bytes;
pub mod cell;
mod clerk;
mod closing;
mod codec;

pub mod costs;
mod count;
mod counters;
mod digest;
pub mod ledger;
pub mod measures;
mod population;
pub mod progress;
pub mod ranks;
pub mod revenue;
mod revenue_codec;
pub mod sample;
pub mod sides;
mod sorter;
mod state;
mod sum_up;

pub use cell::{Cell, Sample};
pub use costs::{CostEntry, Pins};
pub use count::{count, stories};
pub use measures::{Binned, Breakdown, Count, Counted, Feature, Measure, Parts, Plan, Spread, TimeScale, Times, Total};
pub use population::Population;
pub use revenue::Revenue;
pub use sides::{Membership, Sides};
pub use state::{Group, OUTCOMES, RowCounts, Tally, Topic};
