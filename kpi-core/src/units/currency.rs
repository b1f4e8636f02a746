//! ISO 4217.

/// Whether a text is an active ISO 4217 code.
pub fn is_currency(code: &str) -> bool {
    iso_currency::Currency::from_code(code).is_some()
}
