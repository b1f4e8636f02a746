//! The five tables as Rust rows: `Interaction::new("c-1", Handling::Ai, opened).closed_at(done).csat(5)`.

use super::columns::{Column, Table};
use super::data::Batch;
use super::fields::{Field, ROWS, add};
use super::lane::Lane;
use super::text::Amount;
use crate::options::DimensionValue;
use crate::units::{Day, Instant};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who worked on a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// Only AI.
    Ai,
    /// Only people.
    Human,
    /// AI first, then people.
    AiToHuman,
}

/// How a contact ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Solved, as far as the desk can tell.
    Resolved,
    /// Closed without a solution.
    Unresolved,
    /// The customer left.
    Abandoned,
}

/// A number that is read exactly: an integer, a [`Decimal`], or a float as its shortest decimal.
pub trait IntoDecimal {
    /// The exact decimal; a float that is not finite becomes nothing.
    fn into_decimal(self) -> Option<Decimal>;
}

impl IntoDecimal for Decimal {
    fn into_decimal(self) -> Option<Decimal> {
        Some(self)
    }
}

impl IntoDecimal for i64 {
    fn into_decimal(self) -> Option<Decimal> {
        Some(Decimal::from(self))
    }
}

impl IntoDecimal for i32 {
    fn into_decimal(self) -> Option<Decimal> {
        Some(Decimal::from(self))
    }
}

impl IntoDecimal for f64 {
    fn into_decimal(self) -> Option<Decimal> {
        Amount::from_f64(self).ok().map(Amount::to_decimal)
    }
}

macro_rules! setter {
    ($field:ident String) => {
        /// Sets the column of the same name.
        #[must_use]
        pub fn $field(mut self, value: impl Into<String>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    ($field:ident Decimal) => {
        /// Sets the column of the same name.
        #[must_use]
        pub fn $field(mut self, value: impl IntoDecimal) -> Self {
            self.$field = value.into_decimal();
            self
        }
    };
    ($field:ident $type:ident) => {
        /// Sets the column of the same name.
        #[must_use]
        pub fn $field(mut self, value: impl Into<$type>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
}

/// Dimensions that are not text become their JSON text; null is the same as absent.
fn dimension_texts<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let found = BTreeMap::<String, Option<DimensionValue>>::deserialize(deserializer)?;
    Ok(found.into_iter().filter_map(|(name, value)| Some((name, value?.0))).collect())
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident of $table:ident { $($field:ident $column:ident $type:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $(
                #[doc = concat!("See [`Column::", stringify!($column), "`].")]
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
            /// Columns of your own: dimensions to group by, or to pin a cost to.
            #[serde(flatten, deserialize_with = "dimension_texts")]
            pub dimensions: BTreeMap<String, String>,
        }

        impl $name {
            $(setter!($field $type);)*

            /// Sets a column of your own.
            #[must_use]
            pub fn dimension(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.dimensions.insert(name.into(), value.into());
                self
            }

            /// Rows as one batch of columns.
            pub fn batch(rows: &[Self]) -> Batch<'static> {
                let mut batch = Batch::new(Table::$table, rows.len());
                $(let mut $field = Lane::of(<$type as Field>::empty());)*
                for (at, some) in rows.chunks(ROWS).enumerate() {
                    $(add(&mut $field, at * ROWS, some.iter().map(|r| r.$field.as_ref()));)*
                }
                $(batch.set(Column::$column, $field.finish(rows.len()));)*
                let names: std::collections::BTreeSet<&String> = rows.iter().flat_map(|r| r.dimensions.keys()).collect();
                for name in names {
                    let mut lane = Lane::of(String::empty());
                    for (at, some) in rows.chunks(ROWS).enumerate() {
                        add(&mut lane, at * ROWS, some.iter().map(|r| r.dimensions.get(name)));
                    }
                    batch.set_dimension(name.clone(), lane.finish(rows.len()));
                }
                batch
            }
        }
    };
}

row! {
    /// One contact: a ticket, a chat or a call.
    Interaction of Interactions {
        id Id String, handling Handling Handling, in_scope InScope bool, opened_at OpenedAt Instant,
        first_response_at FirstResponseAt Instant, closed_at ClosedAt Instant, reopened_at ReopenedAt Instant,
        outcome Outcome Outcome, confirmed Confirmed bool, customer_id CustomerId String, account_id AccountId String,
        issue Issue String, session_id SessionId String, channel Channel String, agent_id AgentId String,
        human_agent_id HumanAgentId String, model_version ModelVersion String, segment Segment String,
        language Language String, priority Priority String, escalated_at EscalatedAt Instant,
        escalation_reason EscalationReason String, escalation_needed EscalationNeeded bool,
        context_transferred ContextTransferred bool, resolved_in_session ResolvedInSession bool,
        human_first_response_at HumanFirstResponseAt Instant, ai_handle_seconds AiHandleSeconds Decimal,
        human_handle_seconds HumanHandleSeconds Decimal, csat Csat i64, ces Ces i64, nps Nps i64,
        survey_sent SurveySent bool, sentiment_start SentimentStart Decimal, sentiment_end SentimentEnd Decimal,
        confidence Confidence Decimal, intent_correct IntentCorrect bool, customer_messages CustomerMessages i64,
        unanswered_messages UnansweredMessages i64, fallback_messages FallbackMessages i64,
        qa_responses QaResponses i64, qa_correct QaCorrect i64, qa_hallucinated QaHallucinated i64,
        qa_policy_ok QaPolicyOk bool, qa_data_ok QaDataOk bool, qa_brand_ok QaBrandOk bool,
        qa_summary_ok QaSummaryOk bool, drafts_offered DraftsOffered i64, drafts_accepted DraftsAccepted i64,
        drafts_edited DraftsEdited i64, drafts_rejected DraftsRejected i64, asr_words AsrWords Decimal,
        asr_errors AsrErrors Decimal, voice_latency_ms VoiceLatencyMs Decimal, api_calls ApiCalls i64,
        api_calls_cached ApiCallsCached i64, api_calls_retried ApiCallsRetried i64,
        retries_timeout RetriesTimeout i64, retries_rate_limit RetriesRateLimit i64,
        retries_model_error RetriesModelError i64, retries_validation RetriesValidation i64,
        input_tokens InputTokens i64, output_tokens OutputTokens i64, cached_input_tokens CachedInputTokens i64,
        cost_api CostApi Decimal, cost_retries CostRetries Decimal, cost_infrastructure CostInfrastructure Decimal,
        cost_observability CostObservability Decimal, cost_vector_db CostVectorDb Decimal,
        cost_platform CostPlatform Decimal, cost_human CostHuman Decimal, revenue Revenue Decimal,
        converted Converted bool, currency Currency String,
    }
}

row! {
    /// An amount that no single contact carries, and the time it is for.
    Cost of Costs {
        layer Layer String, scope Scope String, amount Amount Decimal, start Start Instant, end End Instant,
    }
}

row! {
    /// A customer company and its recurring revenue.
    Account of Accounts {
        account_id AccountsAccountId String, segment AccountsSegment String, starting_arr StartingArr Decimal,
        retained_arr RetainedArr Decimal, expansion_arr ExpansionArr Decimal, churned Churned bool,
        at_risk AtRisk bool, renewal_date RenewalDate Day,
    }
}

row! {
    /// Something a conversation gave away.
    Signal of Signals {
        interaction_id SignalsInteractionId String, account_id SignalsAccountId String, kind SignalKind String,
        detected_at DetectedAt Instant, routed_at RoutedAt Instant, value SignalValue Decimal, label Label String,
        result Result String,
    }
}

row! {
    /// A failure that was flagged, and its repair.
    Fix of Fixes {
        failure_id FailureId String, interaction_id FixesInteractionId String, issue FixesIssue String,
        flagged_at FlaggedAt Instant, deployed_at DeployedAt Instant, model_version FixesModelVersion String,
        recurred_at RecurredAt Instant,
    }
}

impl Interaction {
    /// A contact with the three columns that every row must have.
    pub fn new(id: impl Into<String>, handling: Handling, opened_at: Instant) -> Self {
        Self::default().id(id).handling(handling).opened_at(opened_at)
    }

    /// Ends it: sets `closed_at` and `outcome` together, since neither may stand alone.
    #[must_use]
    pub fn closed(self, at: Instant, outcome: Outcome) -> Self {
        self.closed_at(at).outcome(outcome)
    }
}
