//! How sure a figure is: intervals and tests, from sums alone.
//!
//! Every logarithm and exponential comes from one portable library, and nothing is fused, so the digits are the
//! same on every machine and in the browser.

pub mod binomial;
pub mod exact;
pub mod holm;
pub mod intervals;
pub mod judge;
pub mod looks;
pub mod normal;
pub mod shift;
pub mod sizes;
pub mod slope;
pub mod survival;
#[cfg(test)]
mod tests;

pub use binomial::{Ranks, binomial_cdf, order_statistic_ranks, quantile_rank};
pub use exact::{enough_expected, fisher_p_value};
pub use holm::{benjamini_hochberg, holm};
pub use intervals::{
    Interval, delta_ratio, mean_interval, mover_difference, mover_product, newcombe, normal_p_value,
    two_proportion_p_value, wilson, wilson_design_effect, wilson_effective_n, wilson_real, z_test_of_rates,
};
pub use judge::{Corrected, Judge, rogan_gladen};
pub use looks::{boundaries, obrien_fleming_spent};
pub use normal::{normal_cdf, normal_quantile, normal_sf, two_sided, z_for};
pub use shift::{Shift, kolmogorov_sf, kolmogorov_smirnov, stability_index, stability_index_by_chance};
pub use sizes::{Needed, chi_square_of_sizes, size_for_mean, size_for_proportion};
pub use slope::{rank_correlation, trend_of_ratios, trend_of_shares};
pub use survival::{Step, kaplan_meier, log_rank};
