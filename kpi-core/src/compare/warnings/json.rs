//! Early warnings as JSON.

use super::{Warning, Warnings};
use serde_json::{Map, Value, json};

impl Warnings {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let warnings: Vec<Value> = self.warnings.iter().map(Warning::to_json).collect();
        json!({
            "schema": "supportkpi.warnings/1",
            "as_of": self.as_of,
            "currency": self.currency,
            "every": self.every,
            "confidence_level": self.confidence_level,
            "looked_at": self.looked_at,
            "warnings": warnings,
        })
        .to_string()
    }
}

fn by_json(by: &[(String, Option<String>)]) -> Map<String, Value> {
    by.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
}

impl Warning {
    fn to_json(&self) -> Value {
        let also: Vec<&str> = self.also.iter().map(|population| population.name()).collect();
        json!({
            "by": by_json(&self.by),
            "id": self.id,
            "population": self.population.name(),
            "unit": self.now.unit.name(),
            "also": also,
            "leading": self.leading,
            "course": self.course.name(),
            "sureness": self.sureness.name(),
            "since": self.since.start,
            "periods": self.periods,
            "held_against": {"start": self.held_against.start, "end": self.held_against.end},
            "now": self.now.in_brief(),
            "before": self.before.in_brief(),
            "difference": self.difference,
            "low": self.interval.map(|interval| interval.low),
            "high": self.interval.map(|interval| interval.high),
            "method": self.interval.map(|_| self.method),
            "p_value": self.p_value,
            "adjusted_p_value": self.adjusted_p_value,
            "q_value": self.q_value,
            "milestones": self.milestones,
            "most_of_it": self.most_of_it.as_ref().map(|part| json!({"by": by_json(&part.by), "excess": part.excess})),
            "next": {"figures": self.next.figures, "advice": self.next.advice},
        })
    }
}
