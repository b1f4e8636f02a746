//! What a random input is asked for: options, the time its rows lie in, and the columns it has at all.

use crate::dice::Dice;
use kpi_core::{Instant, Options};
use serde_json::{Value, json};

pub const SECOND: i64 = 1_000_000_000;
pub const HOUR: i64 = 3_600 * SECOND;
pub const DAY: i64 = 24 * HOUR;

/// Columns that a desk has or has not.
#[derive(Debug, Clone, Copy)]
pub enum Topic {
    Customers,
    Sessions,
    Issues,
    Confirmed,
    Reopened,
    Accounts,
    Agents,
    Escalation,
    Surveys,
    Sentiment,
    Confidence,
    Messages,
    Quality,
    Drafts,
    Voice,
    Calls,
    Tokens,
    AiCost,
    HumanTime,
    HumanCost,
    Revenue,
    SurveySent,
}

/// The frame in which rows are drawn.
#[derive(Debug, Clone)]
pub struct Setting {
    pub options: Options,
    /// First instant at which a contact may open, in nanoseconds.
    pub from: i64,
    /// Hours in which contacts open.
    pub hours: i64,
    pub as_of: i64,
    /// Rows may break rules.
    pub broken: bool,
    topics: i64,
}

impl Setting {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let starts = ["2026-01-05T00:00:00Z", "2026-03-25T06:00:00Z", "2026-10-20T13:30:00Z", "2025-12-29T00:00:00Z"];
        let from = Instant::parse(dice.pick(&starts), None).unwrap();
        let hours = dice.pick(&[30, 200, 900]);
        let as_of = from.nanos() + (hours + dice.pick(&[0, 5, 60, 100, 500])) * HOUR;
        let broken = dice.chance(60);
        let topics = (0..64).fold(0, |set, bit| set | i64::from(dice.chance(90)) << bit);
        let options = options(&mut dice, as_of, hours, broken);
        Self {
            options: Options::from_json(&options.to_string()).unwrap(),
            from: from.nanos(),
            hours,
            as_of,
            broken,
            topics,
        }
    }

    /// Whether the desk has these columns at all.
    pub fn has(&self, topic: Topic) -> bool {
        self.topics >> (topic as u8) & 1 == 1
    }
}

fn options(dice: &mut Dice, as_of: i64, hours: i64, broken: bool) -> Value {
    let by: &[&[&str]] = &[&[], &[], &["channel"], &["tier"], &["segment", "tier"], &["agent_id"]];
    let every: &[Option<&str>] = if hours > 500 {
        &[None, None, Some("week"), Some("month"), Some("quarter"), Some("year")]
    } else {
        &[None, None, Some("day"), Some("week"), Some("month")]
    };
    let zones = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"];
    let mut options = json!({
        "as_of": Instant::from_nanos(as_of),
        "currency": "USD",
        "time_zone": dice.pick(&zones),
        "by": dice.pick(by),
        "every": dice.pick(every),
        "recontact_hours": dice.pick(&[72, 72, 48, 24, 1, 200]),
        "confidence_level": dice.pick(&[0.95, 0.9, 0.5]),
        "low_confidence_threshold": dice.pick(&["0.5", "0", "0.75"]),
        "quantiles": dice.pick(&["exact", "exact", "sketch"]),
        "on_invalid": if broken { "quarantine" } else { "error" },
    });
    let mut give = |name: &str, percent: i64, value: Value| {
        if dice.chance(percent) {
            options[name] = value;
        }
    };
    give("baseline", 70, json!({"cost_per_contact": "6.05", "closed_per_agent_per_week": 1.5, "csat": "0.8"}));
    give("forecast", 70, json!({"cost_per_resolution": "2.5"}));
    give("labor", 60, labor());
    give("business_hours", 70, business_hours());
    let with_hours = options.get("business_hours").is_some();
    if let Some(baseline) = options.get_mut("baseline").filter(|_| dice.chance(50)) {
        baseline["cost_per_resolution"] = json!("8.1");
    }
    if dice.chance(70) {
        let clock = if with_hours { dice.pick(&["business", "calendar"]) } else { "calendar" };
        options["sla"] = json!([
            {"when": {"priority": "high"}, "first_response_seconds": 900, "resolution_seconds": 7200, "clock": clock},
            {"when": {"tier": "gold"}, "first_response_seconds": 3600},
            {"resolution_seconds": 86_400, "clock": clock}]);
    }
    options
}

fn labor() -> Value {
    json!({"salary": "41600", "benefits_rate": 0.25, "recruitment_per_hire": 4000, "training_per_hire": 2500,
        "annual_attrition": 0.3, "management_rate": 0.1, "tooling_per_year": 1980, "qa_per_year": 600,
        "paid_hours_per_year": 2080, "utilisation": 0.75})
}

fn business_hours() -> Value {
    json!({"weekly": {"mon": [["09:00", "12:30"], ["13:30", "17:00"]], "tue": [["00:00", "24:00"]],
        "thu": [["08:00", "20:00"]], "sun": [["22:00", "24:00"]]}, "holidays": ["2026-04-06"]})
}
