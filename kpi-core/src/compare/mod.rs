//! Step 7: whom it concerns: groups beside one another, on top of a report (SPEC 6.6).

mod ask;
mod bias;
mod corrected;
mod curves;
mod drift;
mod gates;
mod parity;
mod part;
mod profiles;
mod sides;
mod told;
mod versus;
mod versus_json;
mod warnings;

pub use ask::from_json;
pub use bias::{Bias, BiasAsk, BiasOfFigure, LeftOut, Segment, bias};
pub use corrected::{CorrectedAsk, CorrectedRate, NotCorrected, corrected};
pub use curves::{
    Curves, CurvesAsk, LoadBin, LoadCurve, Mature, RecontactCurve, RecontactPoint, Returns, Seconds, ThresholdCurve,
    ThresholdPoint, Trend, curves,
};
pub use drift::{Drift, DriftAsk, DriftBin, DriftClass, Stability, drift};
pub use gates::{Gate, GateAsk, Gates, GatesAsk, Look, Looks, More, NotJudged, Rule, SampleRatio, Verdict, gates};
pub use parity::{Parity, ParityVerdict};
pub use part::Part;
pub use profiles::{
    Blind, Decision, Disagreement, Overlap, Profile, ProfileAsk, ProfileFound, ProfileGroup, ProfileRate, Profiles,
    ProfilesAsk, Rule as ProfileRule, Ruling, Within, profiles,
};
pub use sides::{OneOf, Side, SideFound};
pub use told::{Told, stories};
pub use versus::{Basis, CompareAsk, ComparedFigure, Comparison, Difference, NotCompared, PerDay, compare};
pub use warnings::{MostOfIt, Next, Sureness, Warning, Warnings, WarningsAsk, warnings};
