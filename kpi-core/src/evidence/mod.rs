//! How sure a figure is: intervals and tests, from sums alone.
//!
//! Every logarithm and exponential comes from one portable library, and nothing is fused, so the digits are the
//! same on every machine and in the browser.

pub mod binomial;
pub mod holm;
pub mod intervals;
pub mod normal;
#[cfg(test)]
mod tests;

pub use binomial::{Ranks, binomial_cdf, order_statistic_ranks, quantile_rank};
pub use holm::holm;
pub use intervals::{
    Interval, delta_ratio, mean_interval, mover_difference, mover_product, newcombe, normal_p_value,
    two_proportion_p_value, wilson, wilson_design_effect, wilson_effective_n, wilson_real, z_test_of_rates,
};
pub use normal::{normal_cdf, normal_quantile, normal_sf, z_for};
