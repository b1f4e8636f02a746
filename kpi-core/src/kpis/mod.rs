//! Step 5: the catalogue. A file or two a family, one block a KPI; this file is the list that fixes the order.

mod asked;
mod cost_layers;
mod cut;
mod doubts;
mod evaluate;
mod figure;
mod flag;
mod json;
mod kpi;
mod places;
mod quantity;
mod savings;
pub(crate) mod shared;
mod usage;

pub mod cost;
pub mod escalation;
pub mod experience;
pub mod handovers;
pub mod integrity;
pub mod load;
pub mod promises;
pub mod returns;
pub mod revenue;
pub mod speed;
pub mod value;
pub mod volume;

#[cfg(test)]
mod tests;

pub use asked::{Asked, Questions};
pub use cut::{Cut, GroupView, Whole};
pub use evaluate::{Answers, Quotient, Undefined, gap};
pub use figure::{Figure, Flag, Flags, Quantity, Reading, Share, Size};
pub use json::catalogue_json;
pub use kpi::{Better, Course, Example, Family, Formula, Input, Kpi, Law, Need, Population, Tier, Timing, Unit};
pub use places::Places;

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
    }
    returns {
        VERIFIED_RESOLUTION_RATE verified_resolution_rate,
        VERIFIED_CONTAINMENT_RATE verified_containment_rate,
        RESOLUTION_GAP resolution_gap,
        RECONTACT_RATE_48H recontact_rate_48h,
        RECONTACT_RATE_72H recontact_rate_72h,
        DEFLECTED_RECONTACT_RATE_48H deflected_recontact_rate_48h,
        FIRST_CONTACT_RESOLUTION first_contact_resolution,
    }
    load {
        AFTER_HOURS_SHARE after_hours_share,
        PEAK_CONCURRENCY peak_concurrency,
        THROUGHPUT_PER_HOUR throughput_per_hour,
    }
    escalation {
        ESCALATION_REASONS escalation_reasons,
        LOW_CONFIDENCE_ESCALATION_RATE low_confidence_escalation_rate,
        ESCALATION_PRECISION escalation_precision,
        ESCALATION_RECALL escalation_recall,
        MISSED_ESCALATION_RATE missed_escalation_rate,
    }
    handovers {
        CONTEXT_TRANSFER_RATE context_transfer_rate,
        ESCALATION_SESSION_RESOLUTION_RATE escalation_session_resolution_rate,
        ESCALATION_QUALITY escalation_quality,
        REPEAT_ESCALATION_RATE repeat_escalation_rate,
        REVIEW_MINUTES_PER_ESCALATION review_minutes_per_escalation,
    }
    speed {
        FIRST_RESPONSE_P50 first_response_p50,
        FIRST_RESPONSE_P90 first_response_p90,
        ESCALATION_RESPONSE_P50 escalation_response_p50,
        ESCALATION_RESPONSE_P90 escalation_response_p90,
        RESOLUTION_TIME_P50 resolution_time_p50,
        RESOLUTION_TIME_P90 resolution_time_p90,
        RESOLUTION_TIME_P95 resolution_time_p95,
        HANDLE_TIME_MEAN handle_time_mean,
        VOICE_LATENCY_P95 voice_latency_p95,
    }
    promises {
        SLA_ADHERENCE sla_adherence,
        FIRST_RESPONSE_P50_BUSINESS first_response_p50_business,
        FIRST_RESPONSE_P90_BUSINESS first_response_p90_business,
        ESCALATION_RESPONSE_P50_BUSINESS escalation_response_p50_business,
        ESCALATION_RESPONSE_P90_BUSINESS escalation_response_p90_business,
    }
    experience {
        CSAT csat,
        CSAT_MEAN csat_mean,
        CES_MEAN ces_mean,
        LOW_EFFORT_SHARE low_effort_share,
        CSAT_RESPONSE_RATE csat_response_rate,
        CSAT_DELTA csat_delta,
        CSAT_RESPONSE_SKEW csat_response_skew,
        NPS nps,
        SENTIMENT_SHIFT sentiment_shift,
        NEGATIVE_TURN_RATE negative_turn_rate,
    }
    integrity {
        ANSWER_ACCURACY answer_accuracy,
        HALLUCINATION_RATE hallucination_rate,
        QA_COVERAGE qa_coverage,
        POLICY_COMPLIANCE_RATE policy_compliance_rate,
        DATA_HANDLING_RATE data_handling_rate,
        BRAND_CONSISTENCY_RATE brand_consistency_rate,
        CLEAN_AUDIT_RATE clean_audit_rate,
        SUMMARY_ACCURACY summary_accuracy,
        INTENT_RECOGNITION_RATE intent_recognition_rate,
        UNANSWERED_RATE unanswered_rate,
        FALLBACK_RATE fallback_rate,
        CONFIDENCE_MEAN confidence_mean,
        CONFIDENCE_HISTOGRAM confidence_histogram,
        LOW_CONFIDENCE_SERVED_RATE low_confidence_served_rate,
        CONFIDENCE_CALIBRATION_ERROR confidence_calibration_error,
        DRAFT_ACCEPTANCE_RATE draft_acceptance_rate,
        DRAFT_EDIT_RATE draft_edit_rate,
        DRAFT_REJECTION_RATE draft_rejection_rate,
        NEW_TOPIC_RATE new_topic_rate,
        WORD_ERROR_RATE word_error_rate,
    }
    cost {
        COST_PER_RESOLUTION cost_per_resolution,
        AI_COST_PER_RESOLUTION ai_cost_per_resolution,
        HUMAN_COST_PER_RESOLUTION human_cost_per_resolution,
        COST_PER_CONTACT cost_per_contact,
        COST_LAYERS cost_layers,
        TOKENS_PER_OUTCOME tokens_per_outcome,
        TOKENS_PER_INTERACTION tokens_per_interaction,
        CACHE_HIT_RATE cache_hit_rate,
        RETRY_RATE retry_rate,
        RETRY_REASONS retry_reasons,
    }
    value {
        INCREMENTAL_REVENUE incremental_revenue,
        COST_AVOIDANCE cost_avoidance,
        NET_SAVINGS net_savings,
        MARGIN_CONTRIBUTION margin_contribution,
        COST_RATIO_TO_BASELINE cost_ratio_to_baseline,
        COST_REDUCTION cost_reduction,
        COST_VARIANCE cost_variance,
        FTE_EQUIVALENT fte_equivalent,
        CONVERSION_RATE conversion_rate,
        CONVERSION_LIFT conversion_lift,
        PRODUCTIVITY_RATIO productivity_ratio,
    }
    revenue {
        NRR nrr,
        NRR_AI_SERVED nrr_ai_served,
        NRR_NOT_AI_SERVED nrr_not_ai_served,
        NRR_LIFT nrr_lift,
        UPSELL_SIGNALS upsell_signals,
        UPSELL_VALUE upsell_value,
        UPSELL_WIN_RATE upsell_win_rate,
        CHURN_FLAG_RATE churn_flag_rate,
        CHURN_SAVE_RATE churn_save_rate,
        CHURN_ARR_SAVED churn_arr_saved,
        COMPETITOR_SAME_DAY_RATE competitor_same_day_rate,
        FEATURE_REQUEST_VALUE feature_request_value,
        FIX_RATE fix_rate,
        FIX_TIME_P50 fix_time_p50,
        FIX_RECURRENCE_RATE fix_recurrence_rate,
    }
}

/// The figure with this id.
pub fn find(id: &str) -> Option<&'static Kpi> {
    CATALOGUE.iter().copied().find(|kpi| kpi.id == id)
}
