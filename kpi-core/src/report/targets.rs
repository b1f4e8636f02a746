//! How far a desk is from what it wants to reach.

use super::bands::figure;
use super::value::GroupReport;
use crate::error::{Code, Error, Result};
use crate::evidence::Interval;
use crate::kpis::{Better, Flag, Kpi, Undefined};
use crate::options::{Direction, Goal, Options, Range, Target};
use crate::tally::Population;
use crate::units::Instant;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A figure that is further off than this is highlighted.
const FAR: f64 = 0.10;

/// How a figure stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The goal is reached.
    Met,
    /// It is not.
    Missed,
    /// Beyond the critical line: somebody has to act now.
    Critical,
    /// Beyond the sceptical line: check the data before celebrating.
    TooGood,
    /// There is no value.
    Unknown,
}

impl Standing {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Critical => "critical",
            Self::TooGood => "too_good",
            Self::Unknown => "unknown",
        }
    }
}

/// One target, and where the figure stands.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetStanding {
    /// The figure.
    pub kpi: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// Who has to act.
    pub owner: Option<String>,
    /// The phase that goes on, if there are phases and one does.
    pub phase: Option<String>,
    /// What is to be reached now.
    pub goal: Decimal,
    /// Which way is good.
    pub better: Direction,
    /// The figure, or why there is none.
    pub value: std::result::Result<f64, Undefined>,
    /// Where the truth may lie.
    pub interval: Option<Interval>,
    /// How many observations it rests on.
    pub n: u64,
    /// How far off it is, as a part of the goal; nothing for a goal of nought.
    pub drift: Option<f64>,
    /// How it stands.
    pub standing: Standing,
}

impl TargetStanding {
    /// Whether it is over a tenth of the goal off, in either direction.
    pub fn is_far_off(&self) -> bool {
        self.drift.is_some_and(|drift| drift.abs() > FAR)
    }

    /// Whether the whole interval says the same: chance alone does not explain it.
    pub fn is_sure(&self) -> bool {
        let Some((goal, Interval { low, high })) = self.goal.to_f64().zip(self.interval) else { return false };
        match (self.better, self.standing) {
            (_, Standing::Unknown) => false,
            (Direction::Higher, Standing::Met | Standing::TooGood) => low >= goal,
            (Direction::Lower, Standing::Met | Standing::TooGood) => high <= goal,
            (Direction::Higher, _) => high < goal,
            (Direction::Lower, _) => low > goal,
        }
    }
}

/// One target with the names in it looked up.
#[derive(Debug)]
struct Aim<'o> {
    target: &'o Target,
    kpi: &'static Kpi,
    population: Population,
    better: Direction,
    /// In the end.
    goal: Decimal,
}

/// The targets of the options.
#[derive(Debug)]
pub struct Aims<'o>(Vec<Aim<'o>>);

impl<'o> Aims<'o> {
    /// Looks up what the targets name.
    ///
    /// # Errors
    /// When there is no such figure, population, forecast or baseline, or no direction.
    pub fn of(options: &'o Options) -> Result<Self> {
        options.targets.iter().map(|target| Aim::of(target, options)).collect::<Result<_>>().map(Self)
    }

    /// Beyond what a figure is too good to be believed unseen.
    pub fn too_good(&self, kpi: &Kpi, population: Population) -> impl Iterator<Item = Range> {
        let own = self.0.iter().filter(move |aim| aim.kpi.id == kpi.id && aim.population == population);
        own.filter_map(Aim::sceptical)
    }

    /// Where each figure stands in a group at a moment.
    pub fn standings(&self, group: &GroupReport, moment: Option<Instant>) -> Vec<TargetStanding> {
        self.0.iter().map(|aim| aim.standing(group, moment)).collect()
    }
}

impl<'o> Aim<'o> {
    fn of(target: &'o Target, options: &Options) -> Result<Self> {
        let (kpi, population) = figure(&target.kpi, target.population.as_deref(), "targets")?;
        let population = population.or(kpi.populations.first().copied()).unwrap_or(Population::All);
        let wrong = |text: String| Error::new(Code::InvalidOption, text);
        let better = match (target.better, kpi.better) {
            (Some(own), _) => own,
            (None, Better::Higher) => Direction::Higher,
            (None, Better::Lower) => Direction::Lower,
            (None, Better::Neither) => {
                let text = format!(
                    "A target for {} must say which way is good: give `better` as \"higher\" or \"lower\".",
                    kpi.id
                );
                return Err(wrong(text));
            }
        };
        let missing = |option: &str| {
            wrong(format!("A target for {0} is what `{option}` says of it, and `{option}.{0}` is not given.", kpi.id))
        };
        let goal = match target.goal {
            Goal::Value(goal) => goal,
            Goal::Forecast => forecast_of(options, kpi.id).ok_or_else(|| missing("forecast"))?,
            Goal::Baseline => baseline_of(options, kpi.id).ok_or_else(|| missing("baseline"))?,
        };
        Ok(Self { target, kpi, population, better, goal })
    }

    fn sceptical(&self) -> Option<Range> {
        let line = self.target.sceptical?;
        Some(match self.better {
            Direction::Higher => Range { above: Some(line), ..Range::default() },
            Direction::Lower => Range { below: Some(line), ..Range::default() },
        })
    }

    fn standing(&self, group: &GroupReport, moment: Option<Instant>) -> TargetStanding {
        let phase = moment.and_then(|moment| self.target.phase_at(moment));
        let goal = phase.map_or(self.goal, |phase| phase.goal);
        let mut found = TargetStanding {
            kpi: self.kpi.id,
            population: self.population,
            owner: self.target.owner.clone(),
            phase: phase.map(|phase| phase.name.clone()),
            goal,
            better: self.better,
            value: Err(Undefined::NoData),
            interval: None,
            n: 0,
            drift: None,
            standing: Standing::Unknown,
        };
        let Some(value) = group.value(self.kpi.id, self.population) else { return found };
        (found.interval, found.n) = (value.interval, value.n);
        match (&value.value, value.number()) {
            (Err(reason), _) => found.value = Err(reason.clone()),
            (Ok(_), Some(number)) => {
                let aim = goal.to_f64().filter(|aim| *aim != 0.0);
                found.drift = aim.map(|aim| (number - aim) / aim.abs());
                found.standing = self.judge(number, goal, value.has(Flag::TooGood));
                found.value = Ok(number);
            }
            // A distribution has no single number.
            (Ok(_), None) => {}
        }
        found
    }

    fn judge(&self, number: f64, goal: Decimal, too_good: bool) -> Standing {
        let reaches = |line: Decimal| {
            line.to_f64().is_some_and(|line| match self.better {
                Direction::Higher => number >= line,
                Direction::Lower => number <= line,
            })
        };
        if too_good && reaches(goal) {
            Standing::TooGood
        } else if reaches(goal) {
            Standing::Met
        } else if self.target.critical.is_some_and(|critical| !reaches(critical)) {
            Standing::Critical
        } else {
            Standing::Missed
        }
    }
}

fn forecast_of(options: &Options, kpi: &str) -> Option<Decimal> {
    let forecast = options.forecast.as_ref()?;
    let own = forecast.cost_per_resolution.filter(|_| kpi == "cost_per_resolution");
    own.or_else(|| forecast.drivers.get(kpi).copied())
}

fn baseline_of(options: &Options, kpi: &str) -> Option<Decimal> {
    let baseline = options.baseline.as_ref()?;
    let own = baseline.cost_per_contact.filter(|_| kpi == "cost_per_contact");
    own.or_else(|| baseline.kpis.get(kpi).copied())
}
