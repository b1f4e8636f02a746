//! What a return is calculated from: one list, from which the type, the form, the checks, the tornado and the draws come.

use super::super::labour::labour;
use super::super::problems::{Problems, decimal, plain, text};
use super::model::Figure;
use crate::error::Result;
use crate::options::Labor;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What an input is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputUnit {
    /// Contacts a month.
    Contacts,
    /// A part of a whole: 0.5 is one half.
    Ratio,
    /// Whole months.
    Months,
    /// Minutes of work.
    Minutes,
    /// In the currency that is asked for.
    Money,
}

impl InputUnit {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Ratio => "ratio",
            Self::Months => "months",
            Self::Minutes => "minutes",
            Self::Money => "money",
        }
    }
}

/// One input: all that a form needs to ask for it.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name, the same in every language.
    pub id: &'static str,
    /// Inputs that stand together in a form.
    pub group: &'static str,
    /// What it is measured in.
    pub unit: InputUnit,
    /// What it is when it is not given; nothing where another input takes its place.
    pub default: Option<Decimal>,
    /// The least that makes sense.
    pub low: Decimal,
    /// The most that makes sense.
    pub high: Decimal,
    /// What it means.
    pub sentence: &'static str,
    get: fn(&RoiAsk) -> Option<Decimal>,
    set: fn(&mut RoiAsk, Decimal),
    draw: fn(&mut Values<f64>, f64),
}

impl Input {
    /// What is asked for.
    pub fn of(&self, ask: &RoiAsk) -> Option<Decimal> {
        (self.get)(ask)
    }

    /// Gives it another value.
    pub fn put(&self, ask: &mut RoiAsk, value: Decimal) {
        (self.set)(ask, value);
    }

    /// Gives it another value where floats are drawn.
    pub(super) fn put_drawn(&self, values: &mut Values<f64>, value: f64) {
        (self.draw)(values, value);
    }

    /// Whether it is a cost that first calculations leave out, and that a month has whether or not anybody writes in.
    pub fn is_hidden_cost(&self) -> bool {
        matches!(self.group, "ai_by_month" | "once")
    }

    /// One with this name.
    pub fn find(id: &str) -> Option<&'static Self> {
        INPUTS.iter().find(|input| input.id == id)
    }

    fn to_json(self) -> Value {
        json!({
            "id": self.id,
            "group": self.group,
            "unit": self.unit.name(),
            "default": self.default.map(plain),
            "low": text(self.low),
            "high": text(self.high),
            "sentence": self.sentence,
        })
    }
}

macro_rules! inputs {
    ($($group:literal { $($id:ident $unit:ident $default:expr, $low:expr, $high:expr, $sentence:literal;)* })*) => {
        /// What a return is calculated from. Each input has a default, so that a form can begin with any of them; those of
        /// cost that stand at 0 are named in the result.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct RoiAsk {
            /// ISO 4217; every amount is in it.
            pub currency: String,
            /// The labour model, in place of `human_cost_per_contact` and `fte_cost_per_year`.
            pub labor: Option<Labor>,
            /// The part of answered contacts that the vendor counts as resolved, and so bills; default: `resolution_rate`.
            pub claimed_resolution_rate: Option<Decimal>,
            $($(#[doc = $sentence] pub $id: Decimal,)*)*
        }

        impl Default for RoiAsk {
            fn default() -> Self {
                Self {
                    currency: "USD".into(),
                    labor: None,
                    claimed_resolution_rate: None,
                    $($($id: $default,)*)*
                }
            }
        }

        /// The inputs as numbers to calculate with.
        #[derive(Debug, Clone, Copy)]
        pub struct Values<N> {
            pub claimed_resolution_rate: N,
            $($(pub $id: N,)*)*
        }

        impl<N: Figure> Values<N> {
            /// Of inputs that are checked, without a labour model.
            pub fn of(ask: &RoiAsk) -> Self {
                Self {
                    claimed_resolution_rate: N::of(ask.claimed_resolution_rate.unwrap_or(ask.resolution_rate)),
                    $($($id: N::of(ask.$id),)*)*
                }
            }
        }

        /// Every input, in the order of a form.
        pub const INPUTS: &[Input] = &[
            $($(Input {
                id: stringify!($id),
                group: $group,
                unit: InputUnit::$unit,
                default: Some($default),
                low: $low,
                high: $high,
                sentence: $sentence,
                get: |ask| Some(ask.$id),
                set: |ask, value| ask.$id = value,
                draw: |values, value| values.$id = value,
            },)*)*
            Input {
                id: "claimed_resolution_rate",
                group: "resolution",
                unit: InputUnit::Ratio,
                default: None,
                low: NOUGHT,
                high: ONE,
                sentence: "The part of answered contacts that the vendor counts as resolved, and so bills; without it, what is resolved and holds.",
                get: |ask| ask.claimed_resolution_rate,
                set: |ask, value| ask.claimed_resolution_rate = Some(value),
                draw: |values, value| values.claimed_resolution_rate = value,
            },
        ];
    };
}

const NOUGHT: Decimal = Decimal::ZERO;
const ONE: Decimal = Decimal::ONE;
/// No single contact or resolution costs more.
const MOST_EACH: Decimal = decimal(1_000_000, 0);
/// No month of anything costs more.
const MOST_A_MONTH: Decimal = decimal(1_000_000_000_000, 0);
const HALF: Decimal = decimal(5, 1);

inputs! {
    "volume" {
        monthly_volume Contacts decimal(10_000, 0), NOUGHT, decimal(1_000_000_000, 0), "Contacts in the first month.";
        monthly_growth Ratio NOUGHT, Decimal::from_parts(5, 0, 0, true, 1), HALF, "By what part contacts grow from month to month.";
        ai_share Ratio ONE, NOUGHT, ONE, "The part of contacts that the AI answers first.";
        horizon_months Months decimal(36, 0), ONE, decimal(120, 0), "How many months are looked at.";
    }
    "resolution" {
        resolution_rate Ratio decimal(55, 2), NOUGHT, ONE, "The part of answered contacts that is resolved without a person and holds, once the AI is settled in.";
        ramp_start Ratio HALF, NOUGHT, ONE, "The part of that rate which is reached in the first month.";
        ramp_months Months decimal(6, 0), ONE, decimal(120, 0), "The month in which the rate is reached in full; it climbs evenly until then.";
        failed_review_minutes Minutes decimal(3, 0), NOUGHT, decimal(480, 0), "Minutes that a person spends on what the AI tried and failed, beyond those of a contact that came to a person at once.";
    }
    "people" {
        human_cost_per_contact Money decimal(6, 0), NOUGHT, MOST_EACH, "What a contact costs when people handle it, everything in it.";
        human_minutes_per_contact Minutes decimal(10, 0), decimal(1, 1), decimal(10_000, 0), "Minutes of work in such a contact.";
        fte_cost_per_year Money decimal(65_000, 0), ONE, decimal(10_000_000, 0), "A year of one person, everything in it.";
    }
    "ai_by_contact" {
        api_cost_per_attempt Money decimal(5, 2), NOUGHT, MOST_EACH, "What the models cost for each contact that the AI answers.";
        retry_rate Ratio decimal(5, 2), NOUGHT, decimal(10, 0), "The part of those calls that is made again.";
        fee_per_attempt Money NOUGHT, NOUGHT, MOST_EACH, "What the vendor takes for each contact that the AI answers, resolved or not.";
        fee_per_resolution Money HALF, NOUGHT, MOST_EACH, "What the vendor takes for each resolution that it counts.";
    }
    "ai_by_month" {
        platform_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "The vendor's fee a month.";
        licences_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "Licences and seats a month that are there for the AI.";
        infrastructure_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "Servers and networks a month.";
        observability_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "Logs, traces and dashboards a month.";
        vector_db_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "The index of what the AI knows, a month.";
        training_data_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "Keeping articles and examples fit for the AI, a month.";
        oversight_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "People who run, watch and correct the AI, a month.";
        quality_assurance_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "Audits of what the AI said, a month.";
        management_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "Security, legal and vendor management, a month.";
    }
    "once" {
        implementation Money NOUGHT, NOUGHT, MOST_A_MONTH, "Setting it up, before the first month.";
        staff_training Money NOUGHT, NOUGHT, MOST_A_MONTH, "Teaching people to work beside it, before the first month.";
    }
    "revenue" {
        revenue_per_resolution Money NOUGHT, NOUGHT, MOST_EACH, "New revenue that a resolution brings and that would not have come otherwise.";
        revenue_per_month Money NOUGHT, NOUGHT, MOST_A_MONTH, "New revenue a month from signals that conversations gave away.";
        revenue_margin Ratio ONE, NOUGHT, ONE, "The part of new revenue that is left after what it costs to deliver.";
    }
    "finance" {
        discount_rate_per_year Ratio decimal(1, 1), NOUGHT, ONE, "What money costs a year; later amounts are worth less by it.";
    }
}

impl RoiAsk {
    /// Checks every input and names all that is wrong at once.
    ///
    /// # Errors
    /// When an input lies outside its range, or two contradict each other.
    pub fn validate(&self) -> Result<()> {
        let mut wrong = Problems::default();
        wrong.currency("currency", &self.currency);
        for input in INPUTS {
            let Some(value) = input.of(self) else { continue };
            wrong.within(input.id, value, input.low, input.high);
            wrong.unless(input.unit != InputUnit::Months || value.is_integer(), || {
                format!("`{}` is {}; it must be a whole number of months", input.id, plain(value))
            });
        }
        if let Some(claimed) = self.claimed_resolution_rate.filter(|claimed| *claimed < self.resolution_rate) {
            wrong.add(format!(
                "`claimed_resolution_rate` is {}, below a `resolution_rate` of {}; what holds is a part of what is claimed",
                plain(claimed),
                plain(self.resolution_rate)
            ));
        }
        if let Some(problem) = self.labor.as_ref().and_then(|model| labour(model).err()) {
            wrong.add(problem.to_string().trim_end_matches('.'));
        }
        wrong.finish()
    }

    /// The same with what the labour model gives in the inputs that it stands for.
    pub(super) fn settled(&self) -> Result<Self> {
        self.validate()?;
        let mut ask = self.clone();
        if let Some(model) = ask.labor.take() {
            let person = labour(&model)?;
            ask.human_cost_per_contact = (person.per_minute * self.human_minutes_per_contact).round_dp(6);
            ask.fte_cost_per_year = person.loaded_year.round_to(6).to_decimal().unwrap_or(Decimal::MAX);
            ask.validate()?;
        }
        Ok(ask)
    }
}

/// Every input as JSON, so that a form can be made of it.
pub fn roi_inputs_json() -> String {
    let inputs: Vec<Value> = INPUTS.iter().map(|input| input.to_json()).collect();
    json!({"schema": "supportkpi.roi_inputs/1", "inputs": inputs}).to_string()
}
