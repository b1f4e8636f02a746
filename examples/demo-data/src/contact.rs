//! One contact as the desk records it.

use crate::assistants::Assistant;
use crate::calendar::Moment;
use crate::topics::Topic;

/// Who worked on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Only AI.
    Ai,
    /// Only people.
    Human,
    /// AI first, then people.
    AiToHuman,
}

impl Handling {
    /// The word in the data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::Human => "human",
            Self::AiToHuman => "ai_to_human",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Declared solved.
    Resolved,
    /// Closed without a solution.
    Unresolved,
    /// The customer left.
    Abandoned,
}

impl Outcome {
    /// The word in the data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Unresolved => "unresolved",
            Self::Abandoned => "abandoned",
        }
    }
}

/// The handover to a person.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// When the AI handed over.
    pub at: Moment,
    /// Why.
    pub reason: &'static str,
    /// Whether the person got the full context.
    pub context: Option<bool>,
    /// When the person first replied.
    pub first_reply: Option<Moment>,
}

/// What the customer answered.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Whether one went out; nothing while the contact is open.
    pub sent: Option<bool>,
    /// Satisfaction, 1 to 5.
    pub csat: Option<i64>,
    /// Ease, 1 to 7.
    pub ces: Option<i64>,
    /// Recommendation, 0 to 10.
    pub nps: Option<i64>,
}

/// What quality assurance found in the AI's part.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// Answers checked, right ones, made-up ones.
    pub answers: Option<[i64; 3]>,
    /// Policy, data handling, brand voice.
    pub checks: Option<[bool; 3]>,
    /// Quality of the handover summary.
    pub summary: Option<bool>,
    /// Whether the intent was recognised.
    pub intent: Option<bool>,
    /// Whether the contact needed a person.
    pub needed: Option<bool>,
}

/// What the AI used.
#[derive(Debug, Clone)]
pub struct Usage {
    /// Model calls, those with cached context, those tried again.
    pub calls: [i64; 3],
    /// Tried again because of a timeout, a rate limit, the model, an invalid answer.
    pub retries: [i64; 4],
    /// Tokens in, out, and in from the cache.
    pub tokens: [i64; 3],
    /// Cost of model calls, retries, hosting and retrieval, in millionths of a dollar.
    pub costs: [i64; 4],
}

/// What no export shows, and what its figures are a shadow of.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    /// The customer's problem was solved.
    pub solved: bool,
    /// The AI could have solved it without a person.
    pub within_reach: bool,
    /// The customer came back with it, however late.
    pub came_back: bool,
}

/// One contact. What has not happened by the time the data was taken is empty.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Its number, in order of arrival.
    pub number: usize,
    /// Who worked on it.
    pub handling: Handling,
    /// False for spam, tests and campaigns.
    pub in_scope: bool,
    /// When it arrived.
    pub opened: Moment,
    /// First reply by anyone.
    pub first_response: Option<Moment>,
    /// First declared done.
    pub closed: Option<Moment>,
    /// The customer came back on the same record.
    pub reopened: Option<Moment>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What the follow-up found.
    pub confirmed: Option<bool>,
    /// Place of the customer in the book; nobody signed in: empty.
    pub customer: Option<usize>,
    /// What it is about.
    pub topic: Option<&'static Topic>,
    /// Number of the session that it shares with others.
    pub session: Option<u64>,
    /// Where it came in.
    pub channel: &'static str,
    /// The AI agent.
    pub assistant: Option<&'static Assistant>,
    /// The person.
    pub person: Option<&'static str>,
    /// Language of the conversation.
    pub language: &'static str,
    /// Urgency as the desk sees it.
    pub priority: &'static str,
    /// The handover.
    pub escalation: Option<Escalation>,
    /// Active seconds of the AI.
    pub ai_seconds: Option<i64>,
    /// Active seconds of people.
    pub human_seconds: Option<i64>,
    /// The partner's fee, in cents, where a partner's person worked on it.
    pub partner_fee: Option<i64>,
    /// Confidence in hundredths.
    pub confidence: Option<i64>,
    /// Messages of the customer, unanswered ones, ones not understood.
    pub messages: Option<[i64; 3]>,
    /// Survey.
    pub survey: Survey,
    /// Tone at start and end, in hundredths.
    pub tone: Option<[i64; 2]>,
    /// Quality assurance.
    pub audit: Audit,
    /// Drafts offered, accepted, edited, rejected.
    pub drafts: Option<[i64; 4]>,
    /// Words spoken, words wrong, pause in milliseconds.
    pub voice: Option<[i64; 3]>,
    /// Calls, tokens and cost.
    pub usage: Option<Usage>,
    /// Bought, renewed or upgraded.
    pub converted: Option<bool>,
    /// What that brought, in cents.
    pub revenue: Option<i64>,
    /// What no export shows.
    pub truth: Truth,
}

impl Contact {
    /// Its id in the data.
    pub fn id(&self) -> String {
        format!("c-{:05}", self.number)
    }

    /// Whether it was declared solved.
    pub fn is_resolved(&self) -> bool {
        self.outcome == Some(Outcome::Resolved)
    }

    /// Whether the AI met the customer first.
    pub fn is_ai_fronted(&self) -> bool {
        self.handling != Handling::Human
    }

    /// Whether it is about this.
    pub fn is_about(&self, name: &str) -> bool {
        self.topic.is_some_and(|topic| topic.name == name)
    }
}
