//! Step 5: the catalogue. One file a family, one block a KPI; this file is the list that fixes the order.

mod cut;
mod evaluate;
mod figure;
mod json;
mod kpi;
pub(crate) mod shared;

pub mod cost;
pub mod escalation;
pub mod experience;
pub mod integrity;
pub mod revenue;
pub mod speed;
pub mod value;
pub mod volume;

#[cfg(test)]
mod tests;

pub use cut::{Cut, GroupView, Whole};
pub use evaluate::{Undefined, evaluate};
pub use figure::{Figure, Flag, Reading, Share, Size};
pub use json::catalogue_json;
pub use kpi::{Better, Example, Family, Formula, Input, Kpi, Law, Need, Population, Tier, Timing, Unit};

/// The version of the catalogue; it changes with every figure that is added, removed or computed differently.
pub const CATALOGUE_VERSION: &str = "1.0.0";

macro_rules! catalogue {
    ($($family:ident { $($kpi:ident $example:ident,)* })*) => {
        /// Every figure, in the order of the specification.
        pub static CATALOGUE: &[&Kpi] = &[$($(&$family::$kpi,)*)*];

        #[cfg(test)]
        mod examples {
            $($(
                #[test]
                fn $example() {
                    super::tests::example_holds(&super::$family::$kpi, stringify!($example));
                }
            )*)*
        }
    };
}

catalogue! {
    volume {
        INTERACTIONS interactions,
        OPEN_INTERACTIONS open_interactions,
        AI_INVOLVEMENT_RATE ai_involvement_rate,
        DEFLECTION_RATE deflection_rate,
        CONTAINMENT_RATE containment_rate,
        ABANDONMENT_RATE abandonment_rate,
        ESCALATION_RATE escalation_rate,
        AUTONOMOUS_RESOLUTION_RATE autonomous_resolution_rate,
        RESOLUTION_RATE resolution_rate,
        VERIFIED_RESOLUTION_RATE verified_resolution_rate,
        VERIFIED_CONTAINMENT_RATE verified_containment_rate,
        RESOLUTION_GAP resolution_gap,
        RECONTACT_RATE_48H recontact_rate_48h,
        RECONTACT_RATE_72H recontact_rate_72h,
        DEFLECTED_RECONTACT_RATE_48H deflected_recontact_rate_48h,
        FIRST_CONTACT_RESOLUTION first_contact_resolution,
        AFTER_HOURS_SHARE after_hours_share,
        PEAK_CONCURRENCY peak_concurrency,
        THROUGHPUT_PER_HOUR throughput_per_hour,
    }
}

/// The figure with this id.
pub fn find(id: &str) -> Option<&'static Kpi> {
    CATALOGUE.iter().copied().find(|kpi| kpi.id == id)
}
