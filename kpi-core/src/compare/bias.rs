//! Does the AI serve everybody alike? Rates by the values of a dimension, each against everybody else, and against the best.

use crate::error::{Code, Error, Result};
use crate::evidence::{Interval, holm, newcombe, two_proportion_p_value, z_for};
use crate::input::{Limits, Tables};
use crate::kpis::{Better, Population, find};
use crate::options::Options;
use crate::report::{Report, refuse_cluster, report};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The figures that are looked at: what is solved, who is satisfied, who is handed over.
const FIGURES: [(&str, Population); 3] =
    [("resolution_rate", Population::Ai), ("csat", Population::Ai), ("escalation_rate", Population::AiFronted)];

/// Under this part of the best one's, a rate of good outcomes counts as adverse: the four-fifths rule.
const FOUR_FIFTHS: f64 = 0.8;

/// Which segments are held against one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BiasAsk {
    /// What they are told apart by, such as `language`.
    pub dimension: String,
    /// Contacts that a segment must have to be judged; default 30.
    #[serde(default = "some")]
    pub smallest: u64,
}

const fn some() -> u64 {
    30
}

impl BiasAsk {
    /// Segments by a dimension, each of at least 30 contacts.
    pub fn by(dimension: impl Into<String>) -> Self {
        Self { dimension: dimension.into(), smallest: some() }
    }

    /// The options by which rows are to be read from JSON or CSV, so that the dimension is kept.
    #[must_use]
    pub fn options_for_reading(&self, options: &Options) -> Options {
        Options { by: vec![self.dimension.clone()], ..options.clone() }
    }
}

/// One value of the dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// The value; nothing for contacts without one.
    pub value: Option<String>,
    /// Its rate.
    pub rate: f64,
    /// How many contacts that is of.
    pub n: u64,
    /// Its rate less that of all other segments together.
    pub gap: Option<f64>,
    /// Where the true gap may lie.
    pub interval: Option<Interval>,
    /// How likely such a gap is by chance, if only this one were looked at.
    pub p_value: Option<f64>,
    /// The same for all that were looked at, in all figures (Holm): below 0.05, at least one of such findings is wrong in
    /// at most one of twenty looks.
    pub adjusted_p_value: Option<f64>,
    /// Its rate of good outcomes over that of the best segment.
    pub ratio_to_best: Option<f64>,
}

impl Segment {
    /// Whether it has less than four fifths of the best one's good outcomes.
    pub fn is_below_four_fifths(&self) -> bool {
        self.ratio_to_best.is_some_and(|ratio| ratio < FOUR_FIFTHS)
    }
}

/// A value of the dimension of which too little is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The value; nothing for contacts without one.
    pub value: Option<String>,
    /// How many contacts there are.
    pub n: u64,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct BiasOfFigure {
    /// The KPI.
    pub id: &'static str,
    /// Whose contacts.
    pub population: Population,
    /// Which way is good.
    pub better: Better,
    /// From the best segment to the worst, as a difference of rates; nothing with fewer than two.
    pub spread: Option<f64>,
    /// Best first.
    pub segments: Vec<Segment>,
    /// Too small to be judged: a small segment is declared biased by chance alone.
    pub left_out: Vec<LeftOut>,
}

/// Whether everybody is served alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Bias {
    /// What segments are told apart by.
    pub dimension: String,
    /// Contacts that a segment must have to be judged.
    pub smallest: u64,
    /// Of every interval.
    pub confidence_level: f64,
    /// One for each figure.
    pub figures: Vec<BiasOfFigure>,
}

/// Compares the values of a dimension. Each is held against all others together, since the best one is best by chance too.
///
/// # Errors
/// As [`report`], and when `smallest` is 0.
pub fn bias(tables: &Tables<'_>, options: &Options, ask: &BiasAsk, limits: &Limits) -> Result<Bias> {
    let BiasAsk { dimension, smallest } = ask;
    refuse_cluster(options, "fairness")?;
    if *smallest == 0 {
        let text = "`smallest` is 0; a segment needs at least 1 contact to have a rate, and some 30 to say anything.";
        return Err(Error::new(Code::InvalidOption, text));
    }
    let kpis = FIGURES.map(|(id, _)| id.to_owned()).to_vec();
    let asked = Options { by: vec![dimension.clone()], every: None, kpis: Some(kpis), ..options.clone() };
    let report = report(tables, &asked, limits)?;
    let mut figures: Vec<BiasOfFigure> = FIGURES
        .iter()
        .filter_map(|(id, population)| figure(&report, id, *population, *smallest, z_for(options.confidence_level)))
        .collect();
    adjust(&mut figures);
    Ok(Bias { dimension: dimension.clone(), smallest: *smallest, confidence_level: options.confidence_level, figures })
}

fn figure(report: &Report, id: &'static str, population: Population, smallest: u64, z: f64) -> Option<BiasOfFigure> {
    let better = find(id)?.better;
    let (mut counted, mut left_out) = (Vec::new(), Vec::new());
    for group in report.combinations() {
        let (value, found) = (group.key.by.first()?.1.clone(), group.value(id, population)?);
        let count = |q: &Option<crate::kpis::Quantity>| q.as_ref().and_then(crate::kpis::Quantity::as_count);
        match (count(&found.numerator), count(&found.denominator)) {
            (Some(hits), Some(n)) if n >= smallest => counted.push((value, hits, n)),
            _ => left_out.push(LeftOut { value, n: found.n }),
        }
    }
    let all = counted.iter().fold((0, 0), |(hits, n), (_, x, m)| (hits + x, n + m));
    let mut segments: Vec<Segment> =
        counted.iter().map(|(value, hits, n)| segment(value.clone(), (*hits, *n), all, z)).collect();
    let good = |rate: f64| if better == Better::Lower { 1.0 - rate } else { rate };
    segments.sort_by(|a, b| good(b.rate).total_cmp(&good(a.rate)));
    let best = segments.first().map(|segment| good(segment.rate));
    for segment in &mut segments {
        segment.ratio_to_best = best.filter(|best| *best > 0.0).map(|best| good(segment.rate) / best);
    }
    let worst = segments.last().map(|segment| good(segment.rate)).filter(|_| segments.len() > 1);
    let spread = best.zip(worst).map(|(best, worst)| best - worst);
    Some(BiasOfFigure { id, population, better, spread, segments, left_out })
}

/// A segment beside all others.
fn segment(value: Option<String>, (hits, n): (u64, u64), (all_hits, all_n): (u64, u64), z: f64) -> Segment {
    let (other_hits, other_n) = (all_hits - hits, all_n - n);
    let rate = hits as f64 / n as f64;
    Segment {
        value,
        rate,
        n,
        gap: (other_n > 0).then(|| rate - other_hits as f64 / other_n as f64),
        interval: newcombe(hits, n, other_hits, other_n, z),
        p_value: two_proportion_p_value(hits, n, other_hits, other_n),
        adjusted_p_value: None,
        ratio_to_best: None,
    }
}

fn adjust(figures: &mut [BiasOfFigure]) {
    let mut tested: Vec<&mut Segment> =
        figures.iter_mut().flat_map(|f| &mut f.segments).filter(|s| s.p_value.is_some()).collect();
    let found: Vec<f64> = tested.iter().filter_map(|segment| segment.p_value).collect();
    for (segment, adjusted) in tested.iter_mut().zip(holm(&found)) {
        segment.adjusted_p_value = Some(adjusted);
    }
}

impl Bias {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let figures: Vec<_> = self.figures.iter().map(figure_json).collect();
        json!({
            "schema": "supportkpi.bias/1",
            "dimension": self.dimension,
            "smallest": self.smallest,
            "confidence_level": self.confidence_level,
            "figures": figures,
        })
        .to_string()
    }
}

fn figure_json(figure: &BiasOfFigure) -> serde_json::Value {
    let segments: Vec<_> = figure.segments.iter().map(segment_json).collect();
    let left_out: Vec<_> = figure.left_out.iter().map(|s| json!({"value": s.value, "n": s.n})).collect();
    json!({
        "id": figure.id,
        "population": figure.population.name(),
        "better": figure.better.name(),
        "spread": figure.spread,
        "segments": segments,
        "left_out": left_out,
    })
}

fn segment_json(segment: &Segment) -> serde_json::Value {
    json!({
        "value": segment.value,
        "rate": segment.rate,
        "n": segment.n,
        "gap": segment.gap,
        "low": segment.interval.map(|interval| interval.low),
        "high": segment.interval.map(|interval| interval.high),
        "p_value": segment.p_value,
        "adjusted_p_value": segment.adjusted_p_value,
        "ratio_to_best": segment.ratio_to_best,
        "below_four_fifths": segment.is_below_four_fifths(),
    })
}
