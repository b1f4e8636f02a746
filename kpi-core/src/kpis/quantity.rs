//! What figures divide: counts mostly, sums else.

use crate::units::ExactSum;
use serde::{Serialize, Serializer};
use std::fmt;

/// What was divided, or by what: a number of contacts or things, or an exact sum of money or time.
///
/// It prints as plain decimal text, and is that text in JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Quantity(Form);

/// A sum that is a count is kept as one, so that equal quantities have one form.
#[derive(Clone, PartialEq, Eq)]
enum Form {
    Count(u64),
    Sum(Box<ExactSum>),
}

impl Quantity {
    /// The number, if it is whole and not negative.
    pub fn as_count(&self) -> Option<u64> {
        if let Form::Count(n) = self.0 { Some(n) } else { None }
    }

    /// The same as an exact sum.
    pub fn to_sum(&self) -> ExactSum {
        match &self.0 {
            Form::Count(n) => ExactSum::from(*n),
            Form::Sum(sum) => **sum,
        }
    }

    /// The nearest float.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Form::Count(n) => *n as f64,
            Form::Sum(sum) => sum.to_f64(),
        }
    }

    /// Plain decimal text without exponent or trailing zeros: `0`, `-0.5`, `1630`.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write_text(&mut text);
        text
    }

    /// Writes [`Self::to_text`] behind what is there.
    pub fn write_text(&self, text: &mut String) {
        match &self.0 {
            Form::Count(n) => text.push_str(itoa::Buffer::new().format(*n)),
            Form::Sum(sum) => sum.write_text(text),
        }
    }
}

impl From<u64> for Quantity {
    fn from(count: u64) -> Self {
        Self(Form::Count(count))
    }
}

impl From<ExactSum> for Quantity {
    fn from(sum: ExactSum) -> Self {
        Self(sum.as_count().map_or_else(|| Form::Sum(Box::new(sum)), Form::Count))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_sum_is_the_count_it_is() {
        let whole = Quantity::from(ExactSum::from(7_u64));
        assert_eq!((whole.as_count(), &whole), (Some(7), &Quantity::from(7)));
        for (units, scale, text) in
            [(25, 1, "2.5"), (-3, 0, "-3"), (70, 1, "7"), (1, 28, "0.0000000000000000000000000001")]
        {
            let (sum, quantity) =
                (ExactSum::from_scaled(units, scale), Quantity::from(ExactSum::from_scaled(units, scale)));
            assert_eq!((quantity.to_text(), quantity.to_sum()), (text.to_owned(), sum));
            assert_eq!(quantity.to_f64().to_bits(), sum.to_f64().to_bits());
        }
    }
}
