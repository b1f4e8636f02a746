//! One error type. Each error has a stable code, says where it happened and how to mend it.

use serde::Serialize;

/// What kind of thing went wrong. The text of a code never changes between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// Rows break rules of the input tables, and `on_invalid` is `error`.
    InvalidRows,
    /// An option is unknown, malformed or contradicts another.
    InvalidOption,
    /// A KPI id that the catalogue does not have.
    UnknownKpi,
    /// Text that should be JSON (or CSV) is not.
    MalformedInput,
    /// The input is larger than the limits allow.
    LimitExceeded,
    /// A report with this `every` would have more than 10,000 periods.
    TooManyPeriods,
    /// The bytes are not a tally, or were changed on the way.
    StateCorrupt,
    /// The tally was written by a newer version.
    StateNewer,
    /// Two tallies were made with different options or catalogues.
    OptionsDiffer,
    /// Parts of one whole need an option that a single report can work out by itself.
    PartNeedsOption,
    /// A total does not fit the widest number the ledger keeps.
    Overflow,
    /// The caller asked to stop.
    Interrupted,
}

impl Code {
    /// The stable text of the code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRows => "invalid_rows",
            Self::InvalidOption => "invalid_option",
            Self::UnknownKpi => "unknown_kpi",
            Self::MalformedInput => "malformed_input",
            Self::LimitExceeded => "limit_exceeded",
            Self::TooManyPeriods => "too_many_periods",
            Self::StateCorrupt => "state_corrupt",
            Self::StateNewer => "state_newer",
            Self::OptionsDiffer => "options_differ",
            Self::PartNeedsOption => "part_needs_option",
            Self::Overflow => "overflow",
            Self::Interrupted => "interrupted",
        }
    }
}

/// The one error of this library.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    code: Code,
    message: String,
    problems: Vec<Problem>,
}

/// One rule that the input breaks: how often, and the first rows that break it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The table the rows are in.
    pub table: &'static str,
    /// The stable name of the rule.
    pub rule: &'static str,
    /// How many cells break it.
    pub count: u64,
    /// The first five, by row number.
    pub examples: Vec<Example>,
}

/// One cell that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Example {
    /// Position in the table, counted from 0.
    pub row: u64,
    /// The row's own id, if it has one.
    pub id: Option<String>,
    /// The column the rule names.
    pub column: String,
    /// What stands there, as text.
    pub value: Option<String>,
}

impl Error {
    /// An error with a message that says what to do.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), problems: Vec::new() }
    }

    /// An error about rows; the message must already describe the problems.
    pub fn with_problems(code: Code, message: impl Into<String>, problems: Vec<Problem>) -> Self {
        Self { code, message: message.into(), problems }
    }

    /// The stable code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The rules that rows break, if that is what this error is about.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// A result with this library's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;
