//! The README's example in Rust: the AI closed two of three contacts as resolved. How many did it really resolve?
use kpi_core::kpis::Population;
use kpi_core::report::{Value, report};
use kpi_core::{Instant, Interaction, Limits, Options, Tables};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let interactions: Vec<Interaction> = serde_json::from_str(
        r#"[
  {"id": "1", "handling": "ai", "customer_id": "ada", "opened_at": "2026-01-05T09:00:00Z",
   "closed_at": "2026-01-05T09:04:00Z", "outcome": "resolved", "confirmed": true},
  {"id": "2", "handling": "ai", "customer_id": "bo", "opened_at": "2026-01-05T10:00:00Z",
   "closed_at": "2026-01-05T10:03:00Z", "outcome": "resolved"},
  {"id": "3", "handling": "human", "customer_id": "bo", "opened_at": "2026-01-06T08:00:00Z",
   "closed_at": "2026-01-06T08:30:00Z", "outcome": "resolved"}]"#,
    )?;
    let options = Options { as_of: Some(Instant::parse("2026-01-12T00:00:00Z", None)?), ..Options::default() };
    let report = report(&Tables::of(&interactions), &options, &Limits::default())?;
    let rate = report.value("verified_resolution_rate", Population::All, &[], None).and_then(Value::number);
    println!("{}", serde_json::json!(rate)); // 0.3333333333333333: Bo came back the next day
    Ok(())
}
