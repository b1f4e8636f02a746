//! From a tally to a report: finest groups are merged into every coarser one, then each figure is computed.

use super::bands::Bands;
use super::clustered;
use super::fingerprint::fingerprint;
use super::levels::{Level, Levels, Plan as LevelPlan, null_last};
use super::targets::Aims;
use super::value::{GroupKey, GroupReport, Report, Value};
use crate::calendar::Timeline;
use crate::check::is_ruled;
use crate::error::{Code, Error, Result};
use crate::evidence::{Ranks, z_for};
use crate::input::{Batch, InMemory, Kind, Limits, Source, Table, Tables, Watch};
use crate::kpis::{
    Answers, Asked, CATALOGUE, CATALOGUE_VERSION, Figure, Flags, GroupView, Kpi, Places, Questions, Quotient,
    Undefined, Whole,
};
use crate::options::Options;
use crate::tally::ledger::{self, Carriers, LedgerSummary, Stretch};
use crate::tally::progress::Peaks;
use crate::tally::ranks::ByRank;
use crate::tally::{Group, Measure, Plan, Tally, count};
use crate::threads::share_out;
use crate::units::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// The report of an input.
///
/// # Errors
/// When rows break rules (unless they are quarantined), limits are passed, an option makes no sense or a KPI is unknown.
pub fn report(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Report> {
    report_from(&InMemory::new(&tables.interactions), tables, options, limits)
}

/// The report of contacts that are read piece by piece, from a file for instance; `beside` has the other tables.
///
/// # Errors
/// As [`report`], and when the contacts cannot be read.
pub fn report_from(contacts: &dyn Source, beside: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Report> {
    let mut report = take(contacts, beside, options, limits)?.report_within(limits)?;
    if options.cluster.is_some() {
        clustered::cluster(&mut report, contacts, options, limits)?;
        let aims = Aims::of(options)?;
        report.targets = report.total().map_or_else(Vec::new, |total| aims.standings(total, report.as_of));
    }
    Ok(report)
}

/// The mergeable state of one part of a whole. Parts hold whole customers and whole sessions.
///
/// # Errors
/// As [`report`], and when `as_of` or `currency` is not given: their defaults can only be known from the whole.
pub fn tally(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Tally> {
    refuse_in_a_tally(options)?;
    for (name, given) in [("as_of", options.as_of.is_some()), ("currency", options.currency.is_some())] {
        if !given {
            let text = format!(
                "A part of a whole needs `{name}`, the same for every part: its default can only be known from all rows."
            );
            return Err(Error::new(Code::PartNeedsOption, text));
        }
    }
    take(&InMemory::new(&tables.interactions), tables, options, limits)
}

/// A customer's contacts may lie in several groups, and a tally does not keep whose they were.
fn refuse_in_a_tally(options: &Options) -> Result<()> {
    if options.cluster.is_none() {
        return Ok(());
    }
    let text = "`cluster` needs all contacts at once, since a tally does not keep whose they were. Leave it out of what is merged, or make the report of the whole.";
    Err(Error::new(Code::InvalidOption, text))
}

pub(super) fn take(contacts: &dyn Source, beside: &Tables<'_>, options: &Options, limits: &Limits) -> Result<Tally> {
    options.validate()?;
    let kpis = wanted(options)?;
    count(contacts, beside, options, limits, &plan_of(&kpis, &[], options))
}

/// The columns of the interactions that must be handed over: those that the figures and groups asked for are computed
/// from, that the costs among `beside` are pinned to, and that rules look at. Of the columns that
/// [`crate::input::columns_read`] names, any other may be left out if all its cells are text: it changes nothing.
pub fn columns_needed(beside: &Tables<'_>, options: &Options) -> BTreeSet<String> {
    // A figure that does not exist is refused when the report is made.
    let plan = plan_of(&wanted(options).unwrap_or_default(), &[], options);
    let ruled = Table::Interactions.columns().filter(|c| c.kind() != Kind::Text || is_ruled(*c));
    let columns = plan.columns.into_iter().chain(ruled).map(|column| column.name().to_owned());
    let pins = beside.table(Table::Costs).iter().flat_map(Batch::dimension_names).map(str::to_owned);
    columns.chain(options.dimensions().map(str::to_owned)).chain(pins).collect()
}

/// What figures are computed from, and what else is to be measured.
pub(super) fn plan_of(kpis: &[&Kpi], more: &[Measure], options: &Options) -> Plan {
    let measures: Vec<Measure> = kpis.iter().flat_map(|k| k.measures()).chain(more.iter().copied()).collect();
    let mut plan = Plan::new(measures, kpis.iter().flat_map(|k| k.asked_columns()));
    plan.read_also(options);
    plan
}

/// The figures asked for, in catalogue order.
pub(crate) fn wanted(options: &Options) -> Result<Vec<&'static Kpi>> {
    let Some(ids) = &options.kpis else { return Ok(CATALOGUE.to_vec()) };
    if let Some(unknown) = ids.iter().find(|id| crate::kpis::find(id).is_none()) {
        let text = format!("The catalogue has no KPI \"{unknown}\".{}", did_you_mean(unknown));
        return Err(Error::new(Code::UnknownKpi, text));
    }
    Ok(CATALOGUE.iter().copied().filter(|k| ids.iter().any(|id| id == k.id)).collect())
}

/// What somebody may have meant who wrote an id that does not exist.
pub(super) fn did_you_mean(id: &str) -> String {
    nearest(id).map_or(String::new(), |id| format!(" Did you mean \"{id}\"?"))
}

fn nearest(id: &str) -> Option<&'static str> {
    let words: BTreeSet<&str> = id.split('_').collect();
    let shared = |kpi: &Kpi| kpi.id.split('_').filter(|w| words.contains(w)).count();
    let best = CATALOGUE.iter().max_by_key(|k| shared(k))?;
    (shared(best) > 0).then_some(best.id)
}

impl Tally {
    /// The state as bytes, to be stored or sent; the same for the same rows in any order.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.encode(CATALOGUE_VERSION)
    }

    /// The state back from [`Tally::to_bytes`].
    ///
    /// # Errors
    /// When the bytes are no tally, were changed, or come from a newer version or another catalogue.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Self::decode(bytes, CATALOGUE_VERSION, |options| {
            refuse_in_a_tally(options)?;
            Ok(plan_of(&wanted(options)?, &[], options))
        })
    }

    /// The report of everything that was tallied.
    ///
    /// # Errors
    /// When it would have more than 10,000 periods.
    pub fn report(&self) -> Result<Report> {
        self.report_within(&alone())
    }

    /// The same, with the help of several threads, and watched.
    fn report_within(&self, limits: &Limits) -> Result<Report> {
        self.evaluated(limits, |ready| {
            let groups = ready.groups(ready.levels.plans());
            let total = groups.iter().find(|group| group.key.is_total());
            let targets = total.map_or_else(Vec::new, |total| ready.aims.standings(total, self.options.as_of));
            Report {
                as_of: self.options.as_of,
                currency: self.options.currency.clone().unwrap_or_default(),
                counts: self.counts,
                invalid: self.problems.clone(),
                ledger: ready.summary.clone(),
                grain: self.options.every,
                fingerprint: fingerprint(self),
                targets,
                groups,
            }
        })
    }

    /// Settles what is the same for every group, and hands it over.
    ///
    /// # Errors
    /// When the options make no sense, or somebody asked to stop.
    pub(super) fn evaluated<R>(&self, limits: &Limits, look: impl FnOnce(&Ready<'_>) -> R) -> Result<R> {
        let (threads, watch) = (limits.threads, &limits.watch);
        let kpis = wanted(&self.options)?;
        let timeline = self.timeline()?;
        let stretches = self.stretches(timeline.as_ref());
        let combinations: Vec<&Vec<Option<String>>> =
            self.groups.keys().map(|(c, _)| c).collect::<BTreeSet<_>>().into_iter().collect();
        let combinations = null_last(combinations);
        let (shares, summary) = ledger::allocate(&self.costs, &stretches, &self.carriers(&combinations));
        let levels = Levels { tally: self, timeline: timeline.as_ref(), combinations: &combinations, shares: &shares };
        let layers: Vec<String> =
            self.costs.iter().map(|c| c.layer.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        let times = ByRank::of(self, threads);
        let whole = Whole {
            options: &self.options,
            places: &Places::of(&self.plan),
            z: z_for(self.options.confidence_level),
            times: &times,
            ranks: Ranks::at(self.options.confidence_level),
            revenue: &self.revenue,
            present: &self.present,
            ledger_layers: &layers,
        };
        let questions = Questions::new(&kpis, &whole);
        let aims = Aims::of(&self.options)?;
        let bands = Bands::of(&self.options, &aims, &questions)?;
        let peaks = levels.peaks(threads);
        let ready = Ready { tally: self, levels, peaks, questions, whole, aims, bands, summary, threads, watch };
        let found = look(&ready);
        watch.check()?;
        Ok(found)
    }

    fn timeline(&self) -> Result<Option<Timeline>> {
        let (Some(every), Some((first, last))) = (self.options.every, self.opened) else { return Ok(None) };
        let before = self.options.as_of.map_or(last, |at| at.nanos().saturating_sub(1).max(last));
        let timeline =
            Timeline::spanning(every, self.options.zone(), Instant::from_nanos(first), Instant::from_nanos(before));
        Ok(Some(timeline?))
    }

    /// Covered time, cut into periods where there are any.
    fn stretches(&self, timeline: Option<&Timeline>) -> Vec<Stretch> {
        let Some((from, _)) = self.opened else { return Vec::new() };
        let to = self.options.as_of.map_or(from, Instant::nanos);
        if let Some(sides) = &self.plan.sides {
            return sides.pieces(from, to).map(|(period, from, to)| Stretch { period, from, to }).collect();
        }
        let Some(timeline) = timeline else { return vec![Stretch { period: 0, from, to }] };
        let stretch = |position: usize| {
            let (start, end) = timeline.bounds(position)?;
            let period = timeline.first_index() + i64::try_from(position).ok()?;
            Some(Stretch { period, from: start.nanos().max(from), to: end.nanos().min(to) })
        };
        (0..timeline.count()).filter_map(stretch).collect()
    }

    fn carriers(&self, combinations: &[&Vec<Option<String>>]) -> Carriers {
        let number: BTreeMap<_, usize> = combinations.iter().enumerate().map(|(n, c)| (*c, n)).collect();
        let counts = |group: &Group| {
            (0..self.pins.len())
                .map(|pins| std::array::from_fn(|h| group.cells[h].carriers.get(pins).copied().unwrap_or(0)))
                .collect()
        };
        let entry = |((combination, period), group): (&(Vec<Option<String>>, i64), &Group)| {
            ((*period, number.get(combination).copied().unwrap_or(0)), counts(group))
        };
        self.groups.iter().map(entry).collect()
    }
}

/// One thread, and nobody who watches.
pub(super) fn alone() -> Limits {
    Limits { threads: 1, ..Limits::default() }
}

/// Everything that is the same for every group of a report.
pub(super) struct Ready<'r> {
    tally: &'r Tally,
    pub levels: Levels<'r>,
    peaks: Vec<Peaks>,
    questions: Questions,
    whole: Whole<'r>,
    aims: Aims<'r>,
    bands: Bands,
    summary: LedgerSummary,
    threads: usize,
    watch: &'r Watch,
}

impl<'r> Ready<'r> {
    /// The figures of some levels, in their order.
    pub fn groups(&self, plans: Vec<LevelPlan<'r>>) -> Vec<GroupReport> {
        let group = |plan| (!self.watch.is_stopped()).then(|| self.group(self.levels.level(plan, &self.peaks)));
        share_out(plans, self.threads, group).into_iter().flatten().collect()
    }

    fn group(&self, level: Level<'_>) -> GroupReport {
        let total = level.key.is_total();
        let confidence = self.tally.options.confidence_level;
        let mut values = Vec::with_capacity(self.questions.count());
        self.ask(&level, |answers| {
            values.extend(self.questions.of(total).map(|asked| value_of(asked, answers.answer(asked), confidence)));
        });
        self.bands.judge(total, &mut values);
        GroupReport { key: level.key, outcomes: level.merged.outcomes, values }
    }

    /// What the figures of some levels are quotients of.
    pub fn quotients(&self, plans: Vec<LevelPlan<'r>>) -> Vec<(GroupKey, Vec<Quotient>)> {
        let quotients = |plan| {
            let level = self.levels.level(plan, &self.peaks);
            let mut found = Vec::new();
            self.ask(&level, |answers| {
                let all = self.questions.of(level.key.is_total());
                found.extend(all.filter_map(|asked| answers.quotient(asked)));
            });
            (level.key, found)
        };
        let one = |plan| (!self.watch.is_stopped()).then(|| quotients(plan));
        share_out(plans, self.threads, one).into_iter().flatten().collect()
    }

    fn ask(&self, level: &Level<'_>, look: impl FnOnce(&Answers<'_>)) {
        let merged_ledger = ledger::merge(level.ledgers.iter().copied());
        let view = GroupView {
            cells: &level.merged.cells,
            finest: &level.finest,
            has_period: level.key.period.is_some(),
            covered: level.covered,
            ledger: &merged_ledger,
            peak: level.peak,
            new_topics: level.new_topics,
        };
        look(&Answers::new(&view, &self.whole, &self.questions));
    }
}

fn value_of(asked: &Asked, answer: Result<Figure, Undefined>, confidence_level: f64) -> Value {
    let mut value = Value {
        id: asked.kpi.id,
        population: asked.population,
        unit: asked.kpi.unit,
        value: Err(Undefined::NoData),
        numerator: None,
        denominator: None,
        n: 0,
        interval: None,
        confidence_level: None,
        method: None,
        p_value: None,
        band: None,
        flags: Flags::NONE,
    };
    match answer {
        Err(reason) => value.value = Err(reason),
        Ok(figure) => {
            value.confidence_level = figure.interval.map(|_| confidence_level);
            value.value = Ok(figure.value);
            value.numerator = figure.numerator;
            value.denominator = figure.denominator;
            value.n = figure.n;
            value.interval = figure.interval;
            value.method = figure.method;
            value.p_value = figure.p_value;
            value.flags = figure.flags;
        }
    }
    value
}
