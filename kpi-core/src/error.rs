//! One error type. Each error has a stable code, says where it happened and how to mend it.

use serde::Serialize;
use std::any::Any;
use std::panic::{self, AssertUnwindSafe};

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
    /// A defect of this library, caught where it meets another language.
    Internal,
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
            Self::Internal => "internal",
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

    /// Code, message and problems as JSON, for languages that have errors of their own.
    pub fn to_json(&self) -> String {
        serde_json::json!({"code": self.code, "message": self.message, "problems": self.problems}).to_string()
    }
}

/// Runs work where this library meets another language: there a panic, which is always a defect of this library, must
/// become an ordinary error.
///
/// # Errors
/// When the work fails, or panics.
pub fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // What the work owned is gone after a panic, and the library keeps nothing between calls.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(&*panic)))
}

/// The error that a panic becomes; what it carries is usually text.
pub fn defect(panic: &(dyn Any + Send)) -> Error {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let said = said.unwrap_or("no message");
    Error::new(Code::Internal, format!("This is a defect of supportkpi, please report it: {said}."))
}

/// A result with this library's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_error_as_json_has_its_code_its_message_and_its_problems() {
        let problem = Problem {
            table: "interactions",
            rule: "wrong_type",
            count: 1,
            examples: vec![Example { row: 3, id: None, column: "csat".into(), value: Some("good".into()) }],
        };
        let error = Error::with_problems(Code::InvalidRows, "One cell is wrong.", vec![problem]);
        assert_eq!(
            error.to_json(),
            r#"{"code":"invalid_rows","message":"One cell is wrong.","problems":[{"table":"interactions","rule":"wrong_type","count":1,"examples":[{"row":3,"id":null,"column":"csat","value":"good"}]}]}"#
        );
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let number = 7;
        for (work, said) in [
            (guarded::<()>(|| panic!("on purpose")), "on purpose"),
            (guarded(|| panic!("on purpose, {number}")), "on purpose, 7"),
            (guarded(|| panic::panic_any(7)), "no message"),
        ] {
            let error = work.unwrap_err();
            assert_eq!((error.code(), error.to_string().contains(said)), (Code::Internal, true), "{error}");
        }
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
