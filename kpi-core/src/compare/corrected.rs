//! A rate that a model judged, with the model's own mistakes taken out.

use crate::error::{Code, Error, Result};
use crate::evidence::{Corrected, Judge, rogan_gladen, wilson_effective_n, z_for};
use crate::input::{Limits, Tables};
use crate::kpis::{Formula, Population, Undefined, Unit, find};
use crate::options::Options;
use crate::report::{Value, report};
use crate::units::Instant;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Which figure was judged by a model, and how that judge did where people looked too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedAsk {
    /// The figure: a proportion. Its hits are what the judge said yes to.
    pub kpi: String,
    /// Whose contacts; default: the figure's first population.
    #[serde(default)]
    pub population: Option<String>,
    /// People say yes, and so does the judge.
    pub true_positives: u64,
    /// People say yes, the judge says no.
    pub false_negatives: u64,
    /// People say no, and so does the judge.
    pub true_negatives: u64,
    /// People say no, the judge says yes.
    pub false_positives: u64,
}

/// Why a rate cannot be corrected.
#[derive(Debug, Clone, PartialEq)]
pub enum NotCorrected {
    /// There is no rate; the figure says why.
    Undefined(Undefined),
    /// People labelled nothing that is a yes, or nothing that is a no, so one half of the judge is not known.
    NotLabelled,
    /// Sensitivity and specificity together are not above 1: what this judge says has nothing to do with what is true.
    NoBetterThanChance,
}

impl NotCorrected {
    /// The name in every language.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Undefined(reason) => reason.name(),
            Self::NotLabelled => "judge_not_labelled",
            Self::NoBetterThanChance => "judge_no_better_than_chance",
        }
    }
}

/// A rate as the judge found it, and as it probably is.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectedRate {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// Of both intervals.
    pub confidence_level: f64,
    /// The rate as the judge found it.
    pub observed: Value,
    /// How the judge did.
    pub judge: Judge,
    /// The rate without the judge's mistakes, or why there is none.
    pub corrected: std::result::Result<Corrected, NotCorrected>,
}

/// Corrects a rate of the whole input for the mistakes of the model that judged it.
///
/// # Errors
/// As [`crate::report()`], and when the figure is no proportion or has no such population.
pub fn corrected(tables: &Tables<'_>, options: &Options, ask: &CorrectedAsk, limits: &Limits) -> Result<CorrectedRate> {
    let population = judged(ask)?;
    let asked = Options {
        kpis: Some(vec![ask.kpi.clone()]),
        by: Vec::new(),
        every: None,
        targets: Vec::new(),
        ..options.clone()
    };
    let report = report(tables, &asked, limits)?;
    let Some(observed) = report.value(&ask.kpi, population, &[], None) else {
        return Err(Error::new(Code::InvalidOption, format!("`{}` has no such population.", ask.kpi)));
    };
    let judge = Judge {
        true_positives: ask.true_positives,
        false_negatives: ask.false_negatives,
        true_negatives: ask.true_negatives,
        false_positives: ask.false_positives,
    };
    Ok(CorrectedRate {
        as_of: report.as_of,
        confidence_level: options.confidence_level,
        observed: observed.clone(),
        judge,
        corrected: correct(observed, &judge, z_for(options.confidence_level)),
    })
}

fn judged(ask: &CorrectedAsk) -> Result<Population> {
    let Some(kpi) = find(&ask.kpi) else {
        return Err(Error::new(Code::UnknownKpi, format!("The catalogue has no KPI \"{}\".", ask.kpi)));
    };
    let proportion = matches!(kpi.formula, Formula::Share { .. } | Formula::Proportion(_)) && kpi.unit == Unit::Ratio;
    if !proportion {
        let text =
            format!("`{}` is no proportion of yes and no, so there is nothing in it that a judge gets wrong.", kpi.id);
        return Err(Error::new(Code::InvalidOption, text));
    }
    let named = |population: &&Population| ask.population.as_ref().is_none_or(|name| population.name() == name);
    kpi.populations.iter().find(named).copied().ok_or_else(|| {
        let known: Vec<&str> = kpi.populations.iter().map(|population| population.name()).collect();
        Error::new(Code::InvalidOption, format!("`{}` is only there of {}.", kpi.id, known.join(", ")))
    })
}

fn correct(observed: &Value, judge: &Judge, z: f64) -> std::result::Result<Corrected, NotCorrected> {
    let rate = match &observed.value {
        Err(reason) => return Err(NotCorrected::Undefined(reason.clone())),
        Ok(_) => observed.number().ok_or(NotCorrected::Undefined(Undefined::NoData))?,
    };
    if judge.positives() == 0 || judge.negatives() == 0 {
        return Err(NotCorrected::NotLabelled);
    }
    // Answers of one conversation are worth fewer than they are.
    let worth = observed.interval.and_then(|interval| wilson_effective_n(rate, interval, z));
    let n = worth.unwrap_or(observed.n as f64);
    rogan_gladen(rate, n, judge, z).ok_or(NotCorrected::NoBetterThanChance)
}

impl CorrectedRate {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let found = self.corrected.as_ref().ok();
        let interval = found.and_then(|found| found.interval);
        json!({
            "schema": "supportkpi.corrected/1",
            "as_of": self.as_of,
            "id": self.observed.id,
            "population": self.observed.population.name(),
            "observed": self.observed.in_brief(),
            "sensitivity": self.judge.sensitivity(),
            "specificity": self.judge.specificity(),
            "value": found.map(|found| found.rate),
            "undefined": self.corrected.as_ref().err().map(NotCorrected::name),
            "unclamped": found.map(|found| found.unclamped),
            "clamped": found.map(Corrected::is_clamped),
            "low": interval.map(|interval| interval.low),
            "high": interval.map(|interval| interval.high),
            "confidence_level": interval.map(|_| self.confidence_level),
            "method": interval.map(|_| "lang_reiczigel"),
        })
        .to_string()
    }
}
