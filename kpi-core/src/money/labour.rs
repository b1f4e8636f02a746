//! What human work costs, by the year, the hour and the minute (SPEC 7.1).

use super::problems::{Problems, Step, plain, refused};
use crate::error::Result;
use crate::options::{Labor, LaborRate};
use crate::units::{Amount, ExactSum};
use rust_decimal::Decimal;
use serde_json::json;

/// What one person costs, and how far a year of that person goes.
///
/// The hour is an hour spent on contacts: holidays, meetings and waiting are in its price. Multiplying it by paid hours counts
/// them twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Labour {
    /// The model.
    pub labor: Labor,
    /// A year of one person, everything in it.
    pub loaded_year: ExactSum,
    /// Hours of that year spent on contacts.
    pub productive_hours: ExactSum,
    /// What an hour spent on contacts costs, to 6 places.
    pub per_hour: Decimal,
    /// What a minute spent on contacts costs, to 6 places.
    pub per_minute: Decimal,
    /// How long somebody stays, in years, if as many leave each year as attrition says; nothing where nobody leaves.
    pub tenure_years: Option<Decimal>,
}

/// Works out what human work costs.
///
/// # Errors
/// When a part of the model makes no sense; all that do not are named at once.
pub fn labour(labor: &Labor) -> Result<Labour> {
    let mut wrong = Problems::default();
    labor.problems().into_iter().for_each(|problem| wrong.add(problem));
    wrong.finish()?;
    let absurd = || refused("`labor` describes a year that nobody pays.");
    let rate = LaborRate::new(labor).ok_or_else(absurd)?;
    let hours = ExactSum::from(labor.paid_hours_per_year).mul(&labor.utilisation.into());
    Ok(Labour {
        labor: labor.clone(),
        loaded_year: rate.loaded_year(),
        productive_hours: hours.map_err(|_| absurd())?,
        per_hour: rate.cost_of(Amount::whole(3600)).to_decimal(),
        per_minute: rate.cost_of(Amount::whole(60)).to_decimal(),
        tenure_years: Decimal::ONE.checked_div(labor.annual_attrition).map(|years| years.round_dp(6)),
    })
}

impl Labour {
    /// How the figures come about, line by line.
    pub fn explain(&self) -> Vec<Step> {
        let l = &self.labor;
        let [salary, benefits, management] = [l.salary, l.benefits_rate, l.management_rate].map(plain);
        let [recruiting, training, attrition] =
            [l.recruitment_per_hire, l.training_per_hire, l.annual_attrition].map(plain);
        let [tools, checks, paid, used] =
            [l.tooling_per_year, l.qa_per_year, l.paid_hours_per_year, l.utilisation].map(plain);
        let (year, hours) = (self.loaded_year.to_text(), self.productive_hours.to_text());
        let step = |id, label: &str, formula, numbers, value: &str| Step {
            id,
            label: label.into(),
            formula,
            numbers,
            value: value.into(),
        };
        vec![
            step(
                "loaded_year",
                "A year of one person, with hiring spread over the time that people stay",
                "salary × (1 + benefits_rate) × (1 + management_rate) + (recruitment_per_hire + training_per_hire) × annual_attrition + tooling_per_year + qa_per_year",
                format!(
                    "{salary} × (1 + {benefits}) × (1 + {management}) + ({recruiting} + {training}) × {attrition} + {tools} + {checks}"
                ),
                &year,
            ),
            step(
                "productive_hours",
                "Hours of that year spent on contacts",
                "paid_hours_per_year × utilisation",
                format!("{paid} × {used}"),
                &hours,
            ),
            step(
                "per_hour",
                "An hour spent on contacts",
                "loaded_year ÷ productive_hours",
                format!("{year} ÷ {hours}"),
                &plain(self.per_hour),
            ),
            step(
                "per_minute",
                "A minute spent on contacts",
                "loaded_year ÷ (productive_hours × 60)",
                format!("{year} ÷ ({hours} × 60)"),
                &plain(self.per_minute),
            ),
        ]
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let explain: Vec<_> = self.explain().iter().map(Step::to_json).collect();
        json!({
            "schema": "supportkpi.labour/1",
            "loaded_year": self.loaded_year.to_text(),
            "productive_hours": self.productive_hours.to_text(),
            "per_hour": plain(self.per_hour),
            "per_minute": plain(self.per_minute),
            "tenure_years": self.tenure_years.map(plain),
            "explain": explain,
        })
        .to_string()
    }
}
