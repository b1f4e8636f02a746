//! What a verb is asked for, as JSON.

use crate::error::{Code, Error, Result};
use serde::de::DeserializeOwned;

/// Reads what a verb is asked for.
///
/// # Errors
/// When the text is not JSON, or names or gives something that the verb does not know.
pub fn from_json<A: DeserializeOwned>(text: &str) -> Result<A> {
    serde_json::from_str(text).map_err(|e| {
        let code = if e.is_syntax() || e.is_eof() { Code::MalformedInput } else { Code::InvalidOption };
        Error::new(code, format!("What is asked for cannot be read: {e}."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::DriftAsk;

    #[test]
    fn what_is_no_ask_is_an_error_that_says_where() {
        let code = |text: &str| from_json::<DriftAsk>(text).map_err(|error| error.code());
        assert_eq!(code("{"), Err(Code::MalformedInput));
        assert_eq!(code(r#"{"a": {}, "b": {}, "c": {}}"#), Err(Code::InvalidOption));
        assert!(code(r#"{"a": {}, "b": {"when": {"channel": 7}}}"#).is_ok());
    }
}
