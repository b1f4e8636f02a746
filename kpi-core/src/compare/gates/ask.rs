//! What a pilot has to show, and how often it is looked at.

use crate::compare::sides::{Side, reading};
use crate::error::{Code, Error, Result};
use crate::kpis::{Better, Kpi, Population, Unit, find};
use crate::options::Options;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A pilot's gates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatesAsk {
    /// What has to hold; the pilot passes when all of it does.
    pub gates: Vec<GateAsk>,
    /// The contacts of the pilot.
    pub treated: Side,
    /// The contacts it is held against.
    #[serde(default)]
    pub control: Option<Side>,
    /// The share of the contacts of both that were meant to be treated.
    #[serde(default)]
    pub intended_share: Option<Decimal>,
    /// How often a pilot may be judged wrongly, over all looks and both ways together.
    #[serde(default = "one_of_twenty")]
    pub alpha: f64,
    /// Which look this is; default: the only one.
    #[serde(default)]
    pub looks: Option<Looks>,
}

const fn one_of_twenty() -> f64 {
    0.05
}

/// One thing that has to hold: exactly one of the three lines is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateAsk {
    /// The figure.
    pub kpi: String,
    /// Whose contacts; default: the figure's first population.
    #[serde(default)]
    pub population: Option<String>,
    /// The figure must not lie below.
    #[serde(default)]
    pub at_least: Option<Decimal>,
    /// The figure must not lie above.
    #[serde(default)]
    pub at_most: Option<Decimal>,
    /// The figure must not be worse than that of the control group by more.
    #[serde(default)]
    pub not_worse_than_control_by: Option<Decimal>,
}

/// Which look at the pilot this is: of so many that are planned, evenly spread; or the part of the planned information that
/// was in at each look so far, this one last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Looks {
    /// How many looks are planned.
    pub planned: Option<u32>,
    /// Which one this is, counted from 1.
    pub now: Option<u32>,
    /// Instead: parts of the planned information, ascending, up to 1.
    pub information: Option<Vec<f64>>,
}

/// What a gate compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A least value.
    AtLeast,
    /// A largest value.
    AtMost,
    /// The control group's, and a margin.
    NotWorseThanControlBy,
}

impl Rule {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::NotWorseThanControlBy => "not_worse_than_control_by",
        }
    }
}

/// A gate that makes sense.
pub(super) struct Asked {
    pub kpi: &'static Kpi,
    pub population: Population,
    pub rule: Rule,
    pub line: Decimal,
}

fn refuse<T>(text: impl Into<String>) -> Result<T> {
    Err(Error::new(Code::InvalidOption, text))
}

impl GatesAsk {
    /// The options by which rows are to be read from JSON or CSV, so that every column that a side asks for is kept.
    #[must_use]
    pub fn options_for_reading(&self, options: &Options) -> Options {
        reading(options, std::iter::once(&self.treated).chain(&self.control))
    }

    /// Its gates, if everything about it makes sense.
    pub(super) fn lines(&self) -> Result<Vec<Asked>> {
        if self.gates.is_empty() {
            return refuse("`gates` is empty; say what the pilot has to show.");
        }
        if !(1e-9..=0.5).contains(&self.alpha) {
            return refuse(format!(
                "`alpha` is {}; it must lie from 0.000000001 to 0.5, for example 0.05.",
                self.alpha
            ));
        }
        match (&self.control, self.intended_share) {
            (None, Some(_)) => {
                return refuse("`intended_share` is a share of treated and `control` together; give both.");
            }
            (_, Some(share)) if share <= Decimal::ZERO || share >= Decimal::ONE => {
                return refuse(format!("`intended_share` is {share}; it must lie between 0 and 1, for example 0.5."));
            }
            _ => {}
        }
        self.gates.iter().enumerate().map(|(at, gate)| gate.line(at, self.control.is_some())).collect()
    }

    /// The part of the planned information at each look up to this one.
    pub(super) fn information(&self) -> Result<Vec<f64>> {
        self.looks.as_ref().map_or_else(|| Ok(vec![1.0]), Looks::information)
    }
}

impl Looks {
    /// Looks closer than this are one look.
    const CLOSEST: f64 = 0.01;
    const MOST: u32 = 50;

    fn information(&self) -> Result<Vec<f64>> {
        match (self.planned, self.now, &self.information) {
            (Some(planned), Some(now), None) => {
                if planned > Self::MOST || now == 0 || now > planned {
                    let most = Self::MOST;
                    return refuse(format!(
                        "`looks` is {now} of {planned}; plan at most {most}, and count them from 1."
                    ));
                }
                Ok((1..=now).map(|look| f64::from(look) / f64::from(planned)).collect())
            }
            (None, None, Some(information)) => {
                // A hair is allowed, since a difference of two hundredths need not be one.
                let apart = |before: f64, share: f64| share - before >= Self::CLOSEST - 1e-9;
                let mut before = 0.0;
                for share in information {
                    if !(apart(before, *share) && *share <= 1.0) {
                        return refuse(format!(
                            "`looks.information` must ascend by at least {} from look to look, from above 0 up to 1.",
                            Self::CLOSEST
                        ));
                    }
                    before = *share;
                }
                if information.is_empty() {
                    return refuse("`looks.information` is empty; this look belongs into it.");
                }
                Ok(information.clone())
            }
            _ => refuse("`looks` needs `planned` and `now`, or `information`."),
        }
    }
}

impl GateAsk {
    fn line(&self, at: usize, has_control: bool) -> Result<Asked> {
        let Some(kpi) = find(&self.kpi) else {
            let text = format!("`gates[{at}]`: the catalogue has no KPI \"{}\".", self.kpi);
            return Err(Error::new(Code::UnknownKpi, text));
        };
        let named = |population: &&Population| self.population.as_ref().is_none_or(|name| population.name() == name);
        let Some(population) = kpi.populations.iter().find(named).copied() else {
            let known: Vec<&str> = kpi.populations.iter().map(|population| population.name()).collect();
            return refuse(format!("`gates[{at}]`: `{}` is only there of {}.", kpi.id, known.join(", ")));
        };
        if kpi.in_total_only() || kpi.unit == Unit::Distribution {
            return refuse(format!("`gates[{at}]`: `{}` is no figure that a side has.", kpi.id));
        }
        let given = [
            (Rule::AtLeast, self.at_least),
            (Rule::AtMost, self.at_most),
            (Rule::NotWorseThanControlBy, self.not_worse_than_control_by),
        ];
        let mut given = given.into_iter().filter_map(|(rule, line)| Some((rule, line?)));
        let (Some((rule, line)), None) = (given.next(), given.next()) else {
            return refuse(format!(
                "`gates[{at}]` needs exactly one of `at_least`, `at_most` and `not_worse_than_control_by`."
            ));
        };
        if rule == Rule::NotWorseThanControlBy {
            if !has_control {
                return refuse(format!("`gates[{at}]` is held against `control`, which is not given."));
            }
            if line <= Decimal::ZERO {
                return refuse(format!(
                    "`gates[{at}]`: the margin is {line}; give how much worse is still good enough."
                ));
            }
            if kpi.better == Better::Neither {
                return refuse(format!(
                    "`gates[{at}]`: `{}` has no good direction; give `at_least` or `at_most`.",
                    kpi.id
                ));
            }
        }
        Ok(Asked { kpi, population, rule, line })
    }
}
