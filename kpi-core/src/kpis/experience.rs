//! Experience: what customers said about their contacts, and how the contacts sounded.

mod loyalty;
mod satisfaction;
mod tone;

pub use loyalty::{CES_MEAN, LOW_EFFORT_SHARE, NPS};
pub use satisfaction::{CSAT, CSAT_DELTA, CSAT_MEAN, CSAT_RESPONSE_RATE, CSAT_RESPONSE_SKEW};
pub use tone::{NEGATIVE_TURN_RATE, SENTIMENT_SHIFT};

use super::kpi::Population::{self, Ai, AiToHuman, All, Human, People};

/// A survey is answered about whoever closed the contact, so people's half of it is shown too.
const EVERYBODY_ASKED: &[Population] = &[All, Ai, Human, AiToHuman, People];

/// Seven closed contacts: three of AI (two answers), two of people alone that were asked and one that was not, one
/// handed over. Every survey that is answered is answered in full.
const SURVEYED: &str = r#"{"interactions": [
  {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved", "survey_sent": true, "csat": 5, "ces": 7, "nps": 10},
  {"id": "2", "handling": "ai", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:02:00Z", "outcome": "unresolved", "survey_sent": true, "csat": 2, "ces": 3, "nps": 7},
  {"id": "3", "handling": "ai", "opened_at": "2026-01-05T11:00:00Z", "closed_at": "2026-01-05T11:01:00Z", "outcome": "resolved", "survey_sent": true},
  {"id": "4", "handling": "human", "opened_at": "2026-01-05T12:00:00Z", "closed_at": "2026-01-05T13:00:00Z", "outcome": "resolved", "survey_sent": true, "csat": 4, "ces": 6, "nps": 9},
  {"id": "5", "handling": "human", "opened_at": "2026-01-05T13:00:00Z", "closed_at": "2026-01-05T14:00:00Z", "outcome": "resolved", "survey_sent": true, "csat": 5, "ces": 5, "nps": 8},
  {"id": "6", "handling": "ai_to_human", "opened_at": "2026-01-05T14:00:00Z", "closed_at": "2026-01-05T16:00:00Z", "outcome": "unresolved", "survey_sent": true, "csat": 1, "ces": 2, "nps": 6},
  {"id": "7", "handling": "human", "opened_at": "2026-01-05T15:00:00Z", "closed_at": "2026-01-05T16:00:00Z", "outcome": "resolved", "survey_sent": false}]}"#;

#[cfg(test)]
mod tests {
    use crate::report::report_json;
    use serde_json::{Value, json};

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    /// Seven closed contacts of AI and three of people, of which so many answered.
    fn ten_closed(csat: (usize, usize), nps: (usize, usize)) -> String {
        let row = |n: usize| {
            let (handling, place) = if n < 7 { ("ai", n) } else { ("human", n - 7) };
            let among = |(ai, people): (usize, usize)| place < if n < 7 { ai } else { people };
            json!({
                "id": n.to_string(), "handling": handling, "outcome": "resolved",
                "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z",
                "csat": among(csat).then_some(5), "nps": among(nps).then_some(9),
            })
        };
        json!({"interactions": (0..10).map(row).collect::<Vec<_>>()}).to_string()
    }

    fn doubts_response(report: &Value, id: &str, population: &str) -> bool {
        let values = report["groups"][0]["values"].as_array().into_iter().flatten();
        let mut named = values.filter(|v| v["id"] == id && v["population"] == population);
        named.any(|v| v["flags"].as_array().is_some_and(|flags| flags.contains(&json!("response_bias"))))
    }

    #[test]
    fn exactly_ten_points_are_no_bias_and_each_survey_has_its_own_answers() -> Outcome {
        // AI has 7/10 of the contacts, 4/5 of the one survey's answers and 1/2 of the other's.
        let report = report_json(&ten_closed((4, 1), (1, 1)), r#"{"kpis": ["csat", "csat_delta", "nps"]}"#)?;
        let report: Value = serde_json::from_str(&report)?;
        assert!(!doubts_response(&report, "csat", "all"));
        assert!(!doubts_response(&report, "csat_delta", "all"));
        assert!(doubts_response(&report, "nps", "all"));
        Ok(())
    }

    #[test]
    fn within_one_population_nobody_is_heard_too_much() -> Outcome {
        let report = report_json(&ten_closed((1, 3), (0, 0)), r#"{"kpis": ["csat"]}"#)?;
        let report: Value = serde_json::from_str(&report)?;
        assert!(doubts_response(&report, "csat", "all"));
        assert!(!doubts_response(&report, "csat", "ai") && !doubts_response(&report, "csat", "people"));
        Ok(())
    }

    #[test]
    fn presence_of_survey_sent_is_noticed_though_no_figure_needs_it() -> Outcome {
        let asked = r#"{"interactions": [
          {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "csat": 5},
          {"id": "2", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved", "survey_sent": true}]}"#;
        let report = report_json(asked, r#"{"kpis": ["csat_response_rate"]}"#)?;
        let report: Value = serde_json::from_str(&report)?;
        let all = &report["groups"][0]["values"][0];
        assert_eq!((&all["numerator"], &all["denominator"]), (&json!("0"), &json!("1")));
        Ok(())
    }
}
