//! Money, exact sums, instants: the units everything else is measured in.

pub mod amount;
mod currency;
mod day;
pub mod exact;
pub mod instant;

pub use amount::{Amount, NoAmount};
pub use currency::is_currency;
pub use exact::{Clusters, ExactSum, Moments, Overflow, RunningClusters, RunningMoments, RunningSum};

pub use day::Day;
pub use instant::{Instant, InstantProblem, resolve_naive_nanos};
