//! The options that the demo reports are made with.

/// As `options.json`. The labour model leaves management, tooling and quality assurance at nought, since they stand
/// in the ledger and must not be counted twice.
pub const JSON: &str = r#"{
  "as_of": "2026-06-30T22:00:00Z",
  "time_zone": "Europe/Berlin",
  "currency": "USD",
  "by": ["agent_id"],
  "every": "month",
  "baseline": {
    "cost_per_contact": "9.20",
    "closed_per_agent_per_week": 31,
    "cost_per_resolution": "10.40",
    "csat": 0.84,
    "first_contact_resolution": 0.71,
    "first_response_p50": 4500
  },
  "forecast": {
    "cost_per_resolution": "2.95"
  },
  "labor": {
    "salary": "46000",
    "benefits_rate": "0.22",
    "recruitment_per_hire": "4000",
    "training_per_hire": "3500",
    "annual_attrition": "0.28",
    "management_rate": "0",
    "tooling_per_year": "0",
    "qa_per_year": "0",
    "paid_hours_per_year": "1780",
    "utilisation": "0.74"
  },
  "business_hours": {
    "time_zone": "Europe/Berlin",
    "weekly": {
      "mon": [["08:00", "18:00"]],
      "tue": [["08:00", "18:00"]],
      "wed": [["08:00", "18:00"]],
      "thu": [["08:00", "18:00"]],
      "fri": [["08:00", "18:00"]]
    },
    "holidays": ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"]
  },
  "sla": [
    {"when": {"priority": "urgent"}, "first_response_seconds": 900, "resolution_seconds": 28800, "clock": "calendar"},
    {"when": {"segment": "enterprise"}, "first_response_seconds": 3600, "resolution_seconds": 36000, "clock": "business"},
    {"when": {}, "first_response_seconds": 14400, "resolution_seconds": 72000, "clock": "business"}
  ]
}
"#;
