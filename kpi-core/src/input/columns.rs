//! Names, kinds and ranges of every column of the five tables: the one list that reading, checking and the
//! documentation share.

/// One of the five tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// What the AI and the team cost beyond single contacts.
    Costs,
    /// One row a customer company.
    Accounts,
    /// What conversations gave away: churn, upsell, rivals, wishes.
    Signals,
    /// Failures that were flagged, and when they were mended.
    Fixes,
    /// One row a contact.
    Interactions,
}

impl Table {
    /// Every table, interactions first.
    pub const ALL: [Self; 5] = [Self::Interactions, Self::Costs, Self::Accounts, Self::Signals, Self::Fixes];

    /// The table's name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interactions => "interactions",
            Self::Costs => "costs",
            Self::Accounts => "accounts",
            Self::Signals => "signals",
            Self::Fixes => "fixes",
        }
    }

    /// The columns, in the order in which problems are listed.
    pub fn columns(self) -> impl Iterator<Item = Column> {
        Column::ALL.iter().copied().filter(move |c| c.table() == self)
    }

    /// The column whose value names the row in an error message.
    pub const fn id_column(self) -> Option<Column> {
        match self {
            Self::Interactions => Some(Column::Id),
            Self::Accounts => Some(Column::AccountsAccountId),
            Self::Fixes => Some(Column::FailureId),
            Self::Costs | Self::Signals => None,
        }
    }
}

/// What may stand in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// An ISO 4217 code.
    Currency,
    /// true or false.
    Flag,
    /// A day; an instant counts as its day in the zone of the report.
    Date,
    /// A moment in time.
    Instant,
    /// A whole number within a range.
    Whole(i64, i64),
    /// A number within a range; read as the shortest decimal that gives it back.
    Number(i64, i64),
    /// Money that is never negative.
    Cost,
    /// Money of either sign.
    Money,
}

impl Kind {
    /// In words, for messages and documentation.
    pub fn in_words(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Currency => "an ISO 4217 code such as USD".into(),
            Self::Flag => "true or false".into(),
            Self::Date => "a date such as 2026-01-05".into(),
            Self::Instant => "a time such as 2026-01-05T08:00:00Z".into(),
            Self::Whole(low, i64::MAX) => format!("a whole number of at least {low}"),
            Self::Whole(low, high) => format!("a whole number from {low} to {high}"),
            Self::Number(low, i64::MAX) => format!("a number of at least {low}"),
            Self::Number(low, high) => format!("a number from {low} to {high}"),
            Self::Cost => "an amount of money that is not negative".into(),
            Self::Money => "an amount of money".into(),
        }
    }
}

/// The words of `handling`.
pub const HANDLING: &[&str] = &["ai", "human", "ai_to_human"];
/// The words of `outcome`.
pub const OUTCOME: &[&str] = &["resolved", "unresolved", "abandoned"];
/// The words of a cost's `scope`.
pub const SCOPE: &[&str] = &["ai", "human"];
/// The words of a signal's `kind`.
pub const SIGNAL_KIND: &[&str] = &["churn", "upsell", "competitor", "feature_request"];
/// The words of a signal's `result`.
pub const SIGNAL_RESULT: &[&str] = &["saved", "lost", "won"];

const COUNT: Kind = Kind::Whole(0, i64::MAX);
const SECONDS: Kind = Kind::Number(0, i64::MAX);
const TONE: Kind = Kind::Number(-1, 1);

macro_rules! columns {
    ($($table:ident { $($variant:ident $name:literal $kind:expr, $required:literal, $about:literal;)* })*) => {
        /// A column of one of the five tables.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Column { $($(#[doc = $about] $variant,)*)* }

        impl Column {
            /// Every column of every table, in the order of the specification.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];

            /// The column's name in every language.
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)*)* }
            }

            /// The table it belongs to.
            pub const fn table(self) -> Table {
                match self { $($(Self::$variant => Table::$table,)*)* }
            }

            /// What may stand in it.
            pub const fn kind(self) -> Kind {
                match self { $($(Self::$variant => $kind,)*)* }
            }

            /// Whether every row must have it.
            pub const fn required(self) -> bool {
                match self { $($(Self::$variant => $required,)*)* }
            }

            /// What it says, in one line.
            pub const fn about(self) -> &'static str {
                match self { $($(Self::$variant => $about,)*)* }
            }
        }
    };
}

columns! {
    Interactions {
        Id "id" Kind::Text, true, "Names the contact; unique within the input.";
        Handling "handling" Kind::Choice(HANDLING), true, "Who worked on it: only AI, only people, or AI first and then people.";
        InScope "in_scope" Kind::Flag, false, "False for what no customer asked for: campaigns, spam, tests.";
        OpenedAt "opened_at" Kind::Instant, true, "When the customer's contact arrived.";
        FirstResponseAt "first_response_at" Kind::Instant, false, "First reply by anyone.";
        ClosedAt "closed_at" Kind::Instant, false, "The first time it was declared done.";
        ReopenedAt "reopened_at" Kind::Instant, false, "The first time the customer came back on the same record.";
        Outcome "outcome" Kind::Choice(OUTCOME), false, "How it ended; empty while it is open.";
        Confirmed "confirmed" Kind::Flag, false, "Somebody checked: solved, not solved, or (empty) nobody asked.";
        CustomerId "customer_id" Kind::Text, false, "Who asked.";
        AccountId "account_id" Kind::Text, false, "The company the customer belongs to.";
        Issue "issue" Kind::Text, false, "Topic or intent, as one stable label.";
        SessionId "session_id" Kind::Text, false, "Engagement session; empty: the contact is its own session.";
        Channel "channel" Kind::Text, false, "Where it came in.";
        AgentId "agent_id" Kind::Text, false, "The AI agent.";
        HumanAgentId "human_agent_id" Kind::Text, false, "The person who worked on it.";
        ModelVersion "model_version" Kind::Text, false, "Which model served it.";
        Segment "segment" Kind::Text, false, "Customer segment.";
        Language "language" Kind::Text, false, "Language of the conversation.";
        Priority "priority" Kind::Text, false, "Priority given by the desk.";
        EscalatedAt "escalated_at" Kind::Instant, false, "When the AI handed over.";
        EscalationReason "escalation_reason" Kind::Text, false, "Why the AI handed over.";
        EscalationNeeded "escalation_needed" Kind::Flag, false, "QA's judgement: did this contact need a person?";
        ContextTransferred "context_transferred" Kind::Flag, false, "The person received the full context.";
        ResolvedInSession "resolved_in_session" Kind::Flag, false, "The escalated session solved it.";
        HumanFirstResponseAt "human_first_response_at" Kind::Instant, false, "First human reply after the escalation.";
        AiHandleSeconds "ai_handle_seconds" SECONDS, false, "Active work time of the AI.";
        HumanHandleSeconds "human_handle_seconds" SECONDS, false, "Active work time of people.";
        Csat "csat" Kind::Whole(1, 5), false, "Satisfaction answer.";
        Ces "ces" Kind::Whole(1, 7), false, "Effort answer; 7 is very easy.";
        Nps "nps" Kind::Whole(0, 10), false, "Recommendation answer.";
        SurveySent "survey_sent" Kind::Flag, false, "A survey went out.";
        SentimentStart "sentiment_start" TONE, false, "Tone at the start.";
        SentimentEnd "sentiment_end" TONE, false, "Tone at the end.";
        Confidence "confidence" Kind::Number(0, 1), false, "The AI's confidence in what it served.";
        IntentCorrect "intent_correct" Kind::Flag, false, "The intent was recognised, in the labelled sample.";
        CustomerMessages "customer_messages" COUNT, false, "Messages the customer sent.";
        UnansweredMessages "unanswered_messages" COUNT, false, "Of those, the ones the AI could not answer with confidence.";
        FallbackMessages "fallback_messages" COUNT, false, "Of those, the ones met with \"I do not understand\".";
        QaResponses "qa_responses" COUNT, false, "AI answers checked.";
        QaCorrect "qa_correct" COUNT, false, "Of those, right ones.";
        QaHallucinated "qa_hallucinated" COUNT, false, "Of those, ones that made something up.";
        QaPolicyOk "qa_policy_ok" Kind::Flag, false, "Policy check.";
        QaDataOk "qa_data_ok" Kind::Flag, false, "Data-handling check.";
        QaBrandOk "qa_brand_ok" Kind::Flag, false, "Brand-voice check.";
        QaSummaryOk "qa_summary_ok" Kind::Flag, false, "Quality check of the handoff summary.";
        DraftsOffered "drafts_offered" COUNT, false, "AI drafts offered to people.";
        DraftsAccepted "drafts_accepted" COUNT, false, "Of those, sent as they were.";
        DraftsEdited "drafts_edited" COUNT, false, "Of those, edited first.";
        DraftsRejected "drafts_rejected" COUNT, false, "Of those, thrown away.";
        AsrWords "asr_words" SECONDS, false, "Words spoken, in the transcribed sample.";
        AsrErrors "asr_errors" SECONDS, false, "Words transcribed wrongly.";
        VoiceLatencyMs "voice_latency_ms" SECONDS, false, "Pause before the AI speaks.";
        ApiCalls "api_calls" COUNT, false, "Model calls.";
        ApiCallsCached "api_calls_cached" COUNT, false, "Of those, ones that used cached context.";
        ApiCallsRetried "api_calls_retried" COUNT, false, "Of those, ones that failed and were tried again.";
        RetriesTimeout "retries_timeout" COUNT, false, "Retried because of a timeout.";
        RetriesRateLimit "retries_rate_limit" COUNT, false, "Retried because of a rate limit.";
        RetriesModelError "retries_model_error" COUNT, false, "Retried because the model failed.";
        RetriesValidation "retries_validation" COUNT, false, "Retried because the answer was not valid.";
        InputTokens "input_tokens" COUNT, false, "Tokens in, cached ones included.";
        OutputTokens "output_tokens" COUNT, false, "Tokens out.";
        CachedInputTokens "cached_input_tokens" COUNT, false, "Of the tokens in, cached ones.";
        CostApi "cost_api" Kind::Cost, false, "Model calls.";
        CostRetries "cost_retries" Kind::Cost, false, "Calls made again.";
        CostInfrastructure "cost_infrastructure" Kind::Cost, false, "Hosting.";
        CostObservability "cost_observability" Kind::Cost, false, "Logging and monitoring.";
        CostVectorDb "cost_vector_db" Kind::Cost, false, "Retrieval store.";
        CostPlatform "cost_platform" Kind::Cost, false, "Vendor fees.";
        CostHuman "cost_human" Kind::Cost, false, "Labour on this contact.";
        Revenue "revenue" Kind::Money, false, "Revenue attributable to the completed work.";
        Converted "converted" Kind::Flag, false, "Bought, renewed or upgraded.";
        Currency "currency" Kind::Currency, false, "Currency of the row's money.";
    }
    Costs {
        Layer "layer" Kind::Text, true, "What the money was spent on.";
        Scope "scope" Kind::Choice(SCOPE), true, "Whose cost it is: the AI's or the people's.";
        Amount "amount" Kind::Money, true, "How much.";
        Start "start" Kind::Instant, true, "From when.";
        End "end" Kind::Instant, true, "Until when, not included.";
    }
    Accounts {
        AccountsAccountId "account_id" Kind::Text, true, "Names the account; unique.";
        AccountsSegment "segment" Kind::Text, false, "Customer segment.";
        StartingArr "starting_arr" Kind::Money, false, "Recurring revenue at the start.";
        RetainedArr "retained_arr" Kind::Money, false, "Of that, what is still there.";
        ExpansionArr "expansion_arr" Kind::Money, false, "What came on top.";
        Churned "churned" Kind::Flag, false, "It left.";
        AtRisk "at_risk" Kind::Flag, false, "It did churn or shrink, or was judged likely to.";
        RenewalDate "renewal_date" Kind::Date, false, "When the contract renews.";
    }
    Signals {
        SignalsInteractionId "interaction_id" Kind::Text, false, "The contact that gave it away.";
        SignalsAccountId "account_id" Kind::Text, false, "The account it is about.";
        SignalKind "kind" Kind::Choice(SIGNAL_KIND), true, "What it is a sign of.";
        DetectedAt "detected_at" Kind::Instant, true, "When it was noticed.";
        RoutedAt "routed_at" Kind::Instant, false, "When it reached the person who can act.";
        SignalValue "value" Kind::Money, false, "Recurring revenue behind it.";
        Label "label" Kind::Text, false, "The feature's or rival's name.";
        Result "result" Kind::Choice(SIGNAL_RESULT), false, "How it ended; empty while open.";
    }
    Fixes {
        FailureId "failure_id" Kind::Text, true, "Names the failure; unique.";
        FixesInteractionId "interaction_id" Kind::Text, false, "The contact that showed it.";
        FixesIssue "issue" Kind::Text, false, "Topic.";
        FlaggedAt "flagged_at" Kind::Instant, true, "When it was flagged.";
        DeployedAt "deployed_at" Kind::Instant, false, "When the fix went live; empty: not yet.";
        FixesModelVersion "model_version" Kind::Text, false, "The model that failed.";
        RecurredAt "recurred_at" Kind::Instant, false, "When it came back; empty: it has not.";
    }
}

impl Column {
    /// The dimensions of a contact that a cost may be pinned to by a column of the same name.
    pub const PINNABLE: [Self; 11] = [
        Self::CustomerId,
        Self::AccountId,
        Self::Issue,
        Self::SessionId,
        Self::Channel,
        Self::AgentId,
        Self::HumanAgentId,
        Self::ModelVersion,
        Self::Segment,
        Self::Language,
        Self::Priority,
    ];

    /// How many columns there are in all.
    pub const COUNT: usize = Self::ALL.len();

    /// Where the column stands in [`Column::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The column of a table by its name.
    pub fn named(table: Table, name: &str) -> Option<Self> {
        table.columns().find(|c| c.name() == name)
    }

    /// The name as it stands in `undefined`: alone for interactions, with its table for the others.
    pub fn full_name(self) -> String {
        match self.table() {
            Table::Interactions => self.name().to_owned(),
            table => format!("{}.{}", table.name(), self.name()),
        }
    }
}
