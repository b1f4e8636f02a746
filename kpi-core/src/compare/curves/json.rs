//! Curves as JSON.

use super::load::{LoadBin, Trend};
use super::recontact::{Mature, RecontactPoint, Returns};
use super::threshold::ThresholdPoint;
use super::{Curves, LoadCurve, RecontactCurve, ThresholdCurve};
use serde_json::{Value, json};

impl Curves {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        json!({
            "schema": "supportkpi.curves/1",
            "as_of": self.as_of,
            "confidence_level": self.confidence_level,
            "recontact": self.recontact.to_json(),
            "load": self.load.to_json(),
            "threshold": self.threshold.to_json(),
        })
        .to_string()
    }
}

impl RecontactCurve {
    fn to_json(&self) -> Value {
        let curves: Vec<Value> = self.curves.iter().map(Returns::to_json).collect();
        json!({"hours": self.hours, "curves": curves, "p_value": self.p_value})
    }
}

impl Returns {
    fn to_json(&self) -> Value {
        let points: Vec<Value> = self.points.iter().copied().map(RecontactPoint::to_json).collect();
        let mature: Vec<Value> =
            self.mature.iter().map(|Mature { hours, part }| json!({"hours": hours, "part": part.to_json()})).collect();
        json!({
            "population": self.population.name(),
            "contacts": self.contacts,
            "returns": self.returns,
            "left_out": self.left_out,
            "points": points,
            "mature": mature,
        })
    }
}

impl RecontactPoint {
    fn to_json(self) -> Value {
        json!({
            "hours": self.hours,
            "back": self.back,
            "low": self.interval.map(|interval| interval.low),
            "high": self.interval.map(|interval| interval.high),
            "at_risk": self.at_risk,
        })
    }
}

impl LoadCurve {
    fn to_json(&self) -> Value {
        let bins: Vec<Value> = self.bins.iter().map(LoadBin::to_json).collect();
        json!({
            "bins": bins,
            "resolved": self.resolved.map(Trend::to_json),
            "accurate": self.accurate.map(Trend::to_json),
            "first_response": self.first_response.map(Trend::to_json),
        })
    }
}

impl LoadBin {
    fn to_json(&self) -> Value {
        json!({
            "from": self.from,
            "to": self.to,
            "contacts": self.contacts,
            "resolved": self.resolved.to_json(),
            "accurate": self.accurate.to_json(),
            "first_response": self.first_response.map(|found| json!({
                "median_seconds": found.median,
                "n": found.n,
                "low": found.interval.map(|interval| interval.low),
                "high": found.interval.map(|interval| interval.high),
            })),
        })
    }
}

impl Trend {
    fn to_json(self) -> Value {
        json!({"z": self.z, "p_value": self.p_value})
    }
}

impl ThresholdCurve {
    fn to_json(&self) -> Value {
        let points: Vec<Value> = self.points.iter().map(ThresholdPoint::to_json).collect();
        json!({"points": points, "left_out": self.left_out})
    }
}

impl ThresholdPoint {
    fn to_json(&self) -> Value {
        json!({
            "threshold": self.threshold.normalize().to_string(),
            "served": self.served.to_json(),
            "resolved": self.resolved.to_json(),
            "verified": self.verified.to_json(),
            "forgone": self.forgone.to_json(),
        })
    }
}
