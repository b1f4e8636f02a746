//! What is asked for, settled once for a report: which figures of which populations, and all that no group changes.

use super::cut::{GroupView, Whole};
use super::doubts;
use super::evaluate::Undefined;
use super::figure::Flags;
use super::kpi::{Formula, Input, Kpi, Need, Population};
use crate::input::{Column, Table};
use crate::options::Options;
use crate::tally::{Feature, Times};

/// One figure of one population.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The figure.
    pub kpi: &'static Kpi,
    /// Whose contacts.
    pub population: Population,
    /// Whether it divides sessions.
    pub(super) of_sessions: bool,
    /// Doubts that hold in every group.
    pub(super) doubts: Flags,
    /// Doubts to be looked for.
    pub(super) doubted: Flags,
    /// Among the quantiles of a group, if it is one.
    pub(super) quantile: Option<usize>,
    needs_period: bool,
    missing: Option<Undefined>,
    lacks_option: Option<Undefined>,
}

/// Quantiles of the same times of the same contacts.
#[derive(Debug, Clone)]
pub(super) struct Sampled {
    pub times: &'static Times,
    pub population: Population,
    /// In thousandths, and its place among the quantiles of a group.
    pub wanted: Vec<(u32, usize)>,
}

/// Everything that is asked of every group.
#[derive(Debug, Clone)]
pub struct Questions {
    asked: Vec<Asked>,
    pub(super) sampled: Vec<Sampled>,
    pub(super) quantiles: usize,
}

impl Questions {
    /// What these figures ask of a report.
    pub fn new(kpis: &[&'static Kpi], whole: &Whole<'_>) -> Self {
        let mut all = Self { asked: Vec::new(), sampled: Vec::new(), quantiles: 0 };
        for kpi in kpis {
            for population in kpi.populations {
                let asked = all.asked(kpi, *population, whole);
                all.asked.push(asked);
            }
        }
        all
    }

    /// How many figures, each population's counted by itself.
    pub fn count(&self) -> usize {
        self.asked.len()
    }

    /// What is asked of a group: of the grand total everything, of others what is not about the whole.
    pub fn of(&self, total: bool) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(move |asked| total || !asked.kpi.in_total_only())
    }

    fn asked(&mut self, kpi: &'static Kpi, population: Population, whole: &Whole<'_>) -> Asked {
        let lacking = kpi.needs.iter().find(|need| **need != Need::Every && !given(**need, whole.options));
        let lacks_option = lacking.map(|need| Undefined::NeedsOption(need.path()));
        let missing = missing_inputs(kpi, population, whole);
        let missing = (!missing.is_empty()).then(|| Undefined::MissingInput(missing.into()));
        let quantile = match kpi.formula {
            Formula::Quantile(times, thousandths) if lacks_option.is_none() && missing.is_none() => {
                Some(self.quantile(times, population, thousandths))
            }
            _ => None,
        };
        Asked {
            kpi,
            population,
            of_sessions: kpi.wants(Feature::Sessions),
            doubts: doubts::of_the_report(kpi, population, whole),
            doubted: kpi.doubts.iter().copied().collect(),
            quantile,
            // Of several reasons the first one counts.
            needs_period: kpi.needs.iter().take_while(|need| Some(*need) != lacking).any(|need| *need == Need::Every),
            missing,
            lacks_option,
        }
    }

    fn quantile(&mut self, times: &'static Times, population: Population, thousandths: u32) -> usize {
        let place = self.quantiles;
        self.quantiles += 1;
        let same = |s: &&mut Sampled| s.times.name == times.name && s.population == population;
        match self.sampled.iter_mut().find(same) {
            Some(sampled) => sampled.wanted.push((thousandths, place)),
            None => self.sampled.push(Sampled { times, population, wanted: vec![(thousandths, place)] }),
        }
        place
    }
}

impl Asked {
    /// Why no group, or no group like this one, has a value.
    pub(super) fn ruled_out(&self, group: &GroupView<'_>) -> Option<&Undefined> {
        static NO_PERIOD: Undefined = Undefined::NeedsOption(Need::Every.path());
        let no_period = (self.needs_period && !group.has_period).then_some(&NO_PERIOD);
        no_period.or(self.lacks_option.as_ref()).or(self.missing.as_ref())
    }
}

/// Whether an option is given. Periods are a matter of the group.
fn given(need: Need, options: &Options) -> bool {
    let baseline = options.baseline.as_ref();
    match need {
        Need::BusinessHours => options.business_hours.is_some(),
        Need::Sla => options.sla.is_some(),
        Need::Every => true,
        Need::BaselineCostPerContact => baseline.is_some_and(|b| b.cost_per_contact.is_some()),
        Need::BaselineCostPerResolution => {
            baseline.is_some_and(|b| b.cost_per_contact.is_some() || b.kpis.contains_key("cost_per_resolution"))
        }
        Need::BaselineClosedPerAgent => baseline.is_some_and(|b| b.closed_per_agent_per_week.is_some()),
        Need::ForecastCostPerResolution => options.forecast.as_ref().is_some_and(|f| f.cost_per_resolution.is_some()),
        Need::Labor => options.labor.is_some(),
    }
}

fn missing_inputs(kpi: &Kpi, population: Population, whole: &Whole<'_>) -> Vec<Column> {
    let absent = |column: &Column| !whole.present.contains(column);
    let mut missing = Vec::new();
    for input in kpi.inputs {
        match input {
            Input::One(column) if absent(column) => missing.push(*column),
            Input::For(populations, column) if populations.contains(&population) && absent(column) => {
                missing.push(*column);
            }
            Input::ForResponseTargets(column) if absent(column) && has_response_target(whole.options) => {
                missing.push(*column);
            }
            Input::AnyOf(columns) if columns.iter().all(absent) => {
                // The costs table would do as well; what is named is what a contact lacks.
                missing.extend(columns.iter().filter(|c| c.table() == Table::Interactions));
            }
            _ => {}
        }
    }
    missing.sort_unstable();
    missing
}

fn has_response_target(options: &Options) -> bool {
    options.sla.iter().flatten().any(|target| target.first_response_seconds.is_some())
}
