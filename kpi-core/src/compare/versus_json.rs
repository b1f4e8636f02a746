//! A comparison as JSON.

use super::parity::Parity;
use super::versus::{Basis, ComparedFigure, Comparison, Difference, NotCompared, PerDay};
use serde_json::{Value, json};

impl Comparison {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let figures: Vec<Value> = self.figures.iter().map(ComparedFigure::to_json).collect();
        json!({
            "schema": "supportkpi.compare/1",
            "as_of": self.as_of,
            "currency": self.currency,
            "confidence_level": self.confidence_level,
            "milestone": self.milestone,
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "equal_lengths": self.equal_lengths,
            "tests": self.tests,
            "figures": figures,
            "left_out": self.left_out,
        })
        .to_string()
    }
}

impl Difference {
    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Number(x) => x,
            Self::Count(n) => n as f64,
            Self::Money(sum) => sum.to_f64(),
        }
    }

    fn to_json(self) -> Value {
        match self {
            Self::Number(x) => json!(x),
            // Rows are counted in 64 bits, and fewer than 2⁶³ of them fit any memory.
            Self::Count(n) => json!(i64::try_from(n).ok()),
            Self::Money(sum) => json!(sum.to_text()),
        }
    }
}

impl ComparedFigure {
    fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "population": self.population.name(),
            "unit": self.unit.name(),
            "better": self.better.name(),
            "a": self.a.in_brief(),
            "b": self.b.in_brief(),
            "difference": self.difference.map(Difference::to_json),
            "not_compared": self.not_compared.map(NotCompared::name),
            "per_day": self.per_day.map(PerDay::to_json),
            "low": self.interval.map(|interval| interval.low),
            "high": self.interval.map(|interval| interval.high),
            "method": self.method,
            "p_value": self.p_value,
            "adjusted_p_value": self.adjusted_p_value,
            "distinguishable": self.distinguishable,
            "basis": self.basis.map(Basis::name),
            "parity": self.parity.map(Parity::to_json),
        })
    }
}

impl PerDay {
    fn to_json(self) -> Value {
        json!({"a": self.a, "b": self.b, "difference": self.difference})
    }
}
