//! Canonical JSON: keys in a fixed order, numbers as the shortest text that reads back, money as decimal text.

use super::value::{GroupReport, Report, Value};
use crate::kpis::{CATALOGUE_VERSION, Reading, Size, Undefined};
use crate::tally::OUTCOMES;
use serde_json::{Map, Value as Json, json};

/// The shortest text of a number as canonical JSON has it: `0.75`, `1.0`, `1e-7`.
pub fn number_text(x: f64) -> String {
    json!(x).to_string()
}

impl Report {
    /// As canonical JSON, the same bytes on every platform and in every language.
    pub fn to_json(&self) -> String {
        self.to_json_value().to_string()
    }

    /// As a JSON value with keys in canonical order.
    pub fn to_json_value(&self) -> Json {
        json!({
            "schema": "supportkpi.report/1",
            "catalogue": CATALOGUE_VERSION,
            "as_of": self.as_of,
            "currency": self.currency,
            "counts": self.counts,
            "invalid": self.invalid,
            "ledger": {
                "total": self.ledger.total,
                "allocated": self.ledger.allocated,
                "outside": self.ledger.outside,
                "carried_by_nobody": self.ledger.carried_by_nobody,
                "grain": self.grain,
            },
            "fingerprint": self.fingerprint,
            "groups": self.groups.iter().map(GroupReport::to_json_value).collect::<Vec<_>>(),
        })
    }
}

impl GroupReport {
    fn to_json_value(&self) -> Json {
        let by: Map<String, Json> = self.key.by.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let outcomes: Map<String, Json> =
            OUTCOMES.iter().zip(self.outcomes).map(|(name, n)| ((*name).to_owned(), json!(n))).collect();
        json!({
            "by": by,
            "period": self.key.period.map(|p| json!({"every": p.every, "start": p.start, "end": p.end})),
            "outcomes": outcomes,
            "values": self.values.iter().map(Value::to_json_value).collect::<Vec<_>>(),
        })
    }
}

impl Value {
    fn to_json_value(&self) -> Json {
        json!({
            "id": self.id,
            "population": self.population.name(),
            "unit": self.unit.name(),
            "value": self.value.as_ref().map_or(Json::Null, reading),
            "undefined": self.value.as_ref().err().map(undefined),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "n": self.n,
            "low": self.interval.map(|i| i.low),
            "high": self.interval.map(|i| i.high),
            "confidence_level": self.confidence_level,
            "method": self.method,
            "p_value": self.p_value,
            "band": self.band,
            "flags": self.flags.iter().map(|f| f.name()).collect::<Vec<_>>(),
        })
    }
}

fn reading(value: &Reading) -> Json {
    match value {
        Reading::Number(x) => json!(x),
        Reading::Count(n) => json!(n),
        Reading::Money(sum) => json!(sum),
        Reading::Shares(shares) => shares
            .iter()
            .map(|s| match s.size {
                Size::Count(n) => json!({"key": s.key, "count": n, "share": s.share}),
                Size::Amount(sum) => json!({"key": s.key, "amount": sum, "share": s.share}),
            })
            .collect(),
    }
}

pub(super) fn undefined(reason: &Undefined) -> Json {
    match reason {
        Undefined::NeedsOption(path) => json!({"reason": "needs_option", "option": path}),
        Undefined::MissingInput(columns) => {
            json!({"reason": "missing_input", "columns": columns.iter().map(|c| c.full_name()).collect::<Vec<_>>()})
        }
        Undefined::NoData => json!({"reason": "no_data"}),
        Undefined::Immature => json!({"reason": "immature"}),
        Undefined::NoDenominator => json!({"reason": "no_denominator"}),
    }
}
