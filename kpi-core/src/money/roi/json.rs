//! A return as JSON: decimals as text, rates by floats as numbers.

use super::super::problems::{Step, plain, text};
use super::{Known, Month, NotKnown, Roi};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A figure, or null; why is in `undefined`.
pub(super) fn known(figure: Known) -> Value {
    json!(figure.ok().map(plain))
}

impl Month {
    pub(super) fn to_json(self) -> Value {
        json!({
            "month": self.month,
            "volume": text(self.volume),
            "attempts": text(self.attempts),
            "resolved": text(self.resolved),
            "billed": text(self.billed),
            "failed": text(self.failed),
            "cost_avoidance": text(self.cost_avoidance),
            "revenue": text(self.revenue),
            "usage": text(self.usage),
            "fees": text(self.fees),
            "review": text(self.review),
            "fixed": text(self.fixed),
            "implementation": text(self.implementation),
            "net": text(self.net),
            "cumulative": text(self.cumulative),
        })
    }
}

impl Roi {
    /// The figures that are absent, and why.
    fn undefined(&self) -> serde_json::Map<String, Value> {
        let mut absent = serde_json::Map::new();
        let mut note = |id: &str, why: Option<NotKnown>| {
            if let Some(why) = why {
                absent.insert(id.to_owned(), json!(why.name()));
            }
        };
        note("payback_month", self.payback_month.err());
        for (month, found) in &self.roi_at {
            note(&format!("roi_at_{month}"), found.err());
        }
        note("roi", self.roi.err());
        note("irr_monthly", self.irr_monthly.err());
        note("irr_yearly", self.irr_yearly.err());
        note("break_even_resolution_rate", self.break_even_resolution_rate.err());
        note("cost_per_contact_after", self.cost_per_contact_after.err());
        note("cost_reduction", self.cost_reduction.err());
        note("cost_per_resolution", self.cost_per_resolution.err());
        absent
    }

    /// The figures without the months that lead to them.
    pub(super) fn figures(&self) -> serde_json::Map<String, Value> {
        let mut figures = serde_json::Map::new();
        let mut put = |id: &str, value: Value| {
            figures.insert(id.to_owned(), value);
        };
        put("net", text(self.total.net));
        put("cost_avoidance", text(self.total.cost_avoidance));
        put("new_revenue", text(self.total.revenue));
        put("spent", text(self.spent()));
        put("payback_month", json!(self.payback_month.ok()));
        for (month, found) in self.roi_at {
            put(&format!("roi_at_{month}"), known(found));
        }
        put("roi", known(self.roi));
        put("npv", text(self.npv));
        put("irr_monthly", json!(self.irr_monthly.ok()));
        put("irr_yearly", json!(self.irr_yearly.ok()));
        put("break_even_resolution_rate", known(self.break_even_resolution_rate));
        put("cost_per_contact_before", text(self.cost_per_contact_before));
        put("cost_per_contact_after", known(self.cost_per_contact_after));
        put("cost_reduction", known(self.cost_reduction));
        put("cost_per_resolution", known(self.cost_per_resolution));
        put("savings_per_year", text(self.savings_per_year));
        put("fte", text(self.fte));
        put("undefined", Value::Object(self.undefined()));
        figures
    }

    /// All that is spent, setting up included.
    pub fn spent(&self) -> Decimal {
        self.total.cost()
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let months: Vec<Value> = self.months.iter().map(|month| month.to_json()).collect();
        let explain: Vec<Value> = self.explain().iter().map(Step::to_json).collect();
        let promised = self.promised.map(|promise| {
            json!({
                "resolution_rate": text(promise.resolution_rate),
                "net": text(promise.net),
                "npv": text(promise.npv),
                "beyond": text(promise.beyond),
            })
        });
        json!({
            "schema": "supportkpi.roi/1",
            "currency": self.ask.currency,
            "figures": self.figures(),
            "left_at_zero": self.left_at_zero,
            "promised": promised,
            "months": months,
            "explain": explain,
        })
        .to_string()
    }
}
