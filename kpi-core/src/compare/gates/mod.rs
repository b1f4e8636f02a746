//! Does a pilot hold what it was meant to hold? Each gate passes or fails by its whole interval, after a check that the groups
//! are what they were meant to be, and as sure as this look must be among several (SPEC 7.8).

mod ask;
mod gate;

pub use ask::{GateAsk, GatesAsk, Looks, Rule};
pub use gate::{Gate, More, NotJudged, Verdict};

use super::sides::{Side, SideFound, count_sides, nobody};
use crate::error::Result;
use crate::evidence::{boundaries, chi_square_of_sizes, normal_sf, obrien_fleming_spent};
use crate::input::{Limits, Tables};
use crate::options::Options;
use crate::report::{GroupReport, Value};
use crate::units::Instant;
use ask::Asked;
use gate::{Seen, judged};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

/// Below it the groups do not have the sizes they were meant to have: so rare that it is hardly ever raised in vain.
const MISMATCH: f64 = 0.001;

/// Whether the groups have the sizes they were meant to have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleRatio {
    /// The share of the contacts of both that were meant to be treated.
    pub intended_share: Decimal,
    /// The share that was.
    pub share: f64,
    /// χ² with one degree of freedom.
    pub chi_square: f64,
    /// How likely sizes so far off would be by chance.
    pub p_value: f64,
}

impl SampleRatio {
    /// Whether something else than chance sorts contacts into the groups; then no comparison of them means anything.
    pub fn is_mismatch(&self) -> bool {
        self.p_value < MISMATCH
    }
}

/// How sure this look must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The part of the planned information at each look up to this one.
    pub information: Vec<f64>,
    /// The error that all looks share, both ways together.
    pub alpha: f64,
    /// How much of it is spent with this look.
    pub spent: f64,
    /// The standard errors that each look up to this one asks for.
    pub boundaries: Vec<f64>,
    /// Those of this look.
    pub boundary: f64,
    /// Of the intervals that go with them.
    pub confidence_level: f64,
}

impl Look {
    fn at(alpha: f64, information: Vec<f64>) -> Self {
        let boundaries = boundaries(alpha, &information);
        let boundary = boundaries.last().copied().unwrap_or(f64::INFINITY);
        let spent = obrien_fleming_spent(alpha, information.last().copied().unwrap_or(0.0));
        Self { information, alpha, spent, boundaries, boundary, confidence_level: 1.0 - 2.0 * normal_sf(boundary) }
    }
}

/// What a pilot comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Gates {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// The contacts of the pilot.
    pub treated: SideFound,
    /// The contacts it is held against.
    pub control: Option<SideFound>,
    /// Whether the groups have the sizes they were meant to have; nothing where nobody said what those are.
    pub sample_ratio: Option<SampleRatio>,
    /// How sure this look must be.
    pub look: Look,
    /// In the order in which they were asked for.
    pub gates: Vec<Gate>,
}

/// Judges a pilot. The option `confidence_level` has no part in it; `alpha` and the looks say how sure it must be.
///
/// ```
/// use kpi_core::compare::{GatesAsk, Verdict, from_json, gates};
/// use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables};
///
/// let at = Instant::parse("2026-01-05T09:00:00Z", None).unwrap();
/// let contacts: Vec<Interaction> = (0..100)
///     .map(|n| {
///         let outcome = if n < 75 { Outcome::Resolved } else { Outcome::Unresolved };
///         Interaction::new(n.to_string(), Handling::Ai, at).closed(at, outcome)
///     })
///     .collect();
/// // Everybody is treated, and nobody is held against them.
/// let ask: GatesAsk = from_json(
///     r#"{"gates": [{"kpi": "autonomous_resolution_rate", "at_least": 0.7}], "treated": {}}"#,
/// )?;
/// let found = gates(&Tables::of(&contacts), &Options::default(), &ask, &Limits::default())?;
/// assert_eq!(found.verdict(), Verdict::Inconclusive); // 75 of 100 may well be 66 %
/// assert_eq!(found.gates[0].more.map(|more| more.treated), Some(538));
/// # Ok::<(), kpi_core::Error>(())
/// ```
///
/// # Errors
/// As [`super::compare()`], and when gates or looks make no sense.
pub fn gates(tables: &Tables<'_>, options: &Options, ask: &GatesAsk, limits: &Limits) -> Result<Gates> {
    let (lines, look) = (ask.lines()?, Look::at(ask.alpha, ask.information()?));
    let kpis = lines.iter().map(|line| line.kpi.id.to_owned()).collect();
    let asked = Options { kpis: Some(kpis), ..options.clone() };
    let sides: Vec<(&str, &Side)> =
        [Some(("treated", &ask.treated)), ask.control.as_ref().map(|side| ("control", side))]
            .into_iter()
            .flatten()
            .collect();
    let (mut beside, found) = count_sides(tables, &asked, &sides, &[], limits)?;
    let mut found = found.into_iter();
    let Some(treated) = found.next() else { return Err(nobody()) };
    let control = found.next();
    let sample_ratio = sample_ratio(&treated, control.as_ref(), ask.intended_share);
    let groups = beside.figures(look.confidence_level)?;
    let mut gates = Vec::with_capacity(lines.len());
    for line in &lines {
        let value = |side: usize| of_side(&groups, side, line);
        let of_control = control.as_ref().and_then(|side| Some((side, value(1)?)));
        let seen = Seen { treated: (&treated, value(0).ok_or_else(nobody)?), control: of_control };
        let mut gate = judged(line, &seen, look.boundary);
        if sample_ratio.is_some_and(|ratio| ratio.is_mismatch()) {
            (gate.verdict, gate.not_judged) = (Verdict::NotJudged, Some(NotJudged::SampleRatio));
            (gate.more, gate.on_the_line) = (None, false);
        }
        gates.push(gate);
    }
    Ok(Gates { as_of: beside.tally.options.as_of, treated, control, sample_ratio, look, gates })
}

fn of_side(groups: &[Option<GroupReport>], side: usize, line: &Asked) -> Option<Value> {
    groups.get(side)?.as_ref()?.value(line.kpi.id, line.population).cloned()
}

fn sample_ratio(treated: &SideFound, control: Option<&SideFound>, intended: Option<Decimal>) -> Option<SampleRatio> {
    let (control, intended_share) = (control?, intended?);
    let (chi_square, p_value) = chi_square_of_sizes(treated.contacts, control.contacts, intended_share.to_f64()?)?;
    let share = treated.contacts as f64 / (treated.contacts as f64 + control.contacts as f64);
    Some(SampleRatio { intended_share, share, chi_square, p_value })
}

impl Gates {
    /// What it comes to. It passes when every gate does, and fails when one does. That needs no adjustment for how many gates
    /// there are: a pilot that must not pass has a gate that must not, and it passes only if that one does too.
    pub fn verdict(&self) -> Verdict {
        let has = |verdict: Verdict| self.gates.iter().any(|gate| gate.verdict == verdict);
        if self.sample_ratio.is_some_and(|ratio| ratio.is_mismatch()) {
            Verdict::NotJudged
        } else if has(Verdict::Fail) {
            Verdict::Fail
        } else if has(Verdict::Inconclusive) || has(Verdict::NotJudged) {
            Verdict::Inconclusive
        } else {
            Verdict::Pass
        }
    }

    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let gates: Vec<serde_json::Value> = self.gates.iter().map(Gate::to_json).collect();
        json!({
            "schema": "supportkpi.gates/1",
            "as_of": self.as_of,
            "verdict": self.verdict().name(),
            "sample_ratio": self.sample_ratio.map(|ratio| json!({
                "intended_share": ratio.intended_share.normalize().to_string(),
                "share": ratio.share,
                "chi_square": ratio.chi_square,
                "p_value": ratio.p_value,
                "mismatch": ratio.is_mismatch(),
            })),
            "look": {
                "information": self.look.information,
                "alpha": self.look.alpha,
                "spent": self.look.spent,
                "boundaries": self.look.boundaries,
                "confidence_level": self.look.confidence_level,
            },
            "treated": self.treated.to_json(),
            "control": self.control.as_ref().map(SideFound::to_json),
            "gates": gates,
        })
        .to_string()
    }
}
