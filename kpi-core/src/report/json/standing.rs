//! Targets in canonical JSON.

use super::{count, name, number, or_null, plain, quoted, undefined};
use crate::report::targets::TargetStanding;

/// Where the total stands to a target.
pub(super) fn standing(found: &TargetStanding, text: &mut String) {
    text.push_str(r#"{"kpi":"#);
    name(text, found.kpi);
    text.push_str(r#","population":"#);
    name(text, found.population.name());
    text.push_str(r#","owner":"#);
    plain(text, &found.owner);
    text.push_str(r#","phase":"#);
    plain(text, &found.phase);
    text.push_str(r#","better":"#);
    plain(text, &found.better);
    text.push_str(r#","goal":"#);
    quoted(text, &found.goal.normalize().to_string());
    let (value, reason) = (found.value.as_ref().ok(), found.value.as_ref().err());
    text.push_str(r#","value":"#);
    or_null(text, value.copied(), number);
    text.push_str(r#","undefined":"#);
    or_null(text, reason, undefined);
    text.push_str(r#","n":"#);
    count(text, found.n);
    let (low, high) = found.interval.map(|interval| (interval.low, interval.high)).unzip();
    text.push_str(r#","low":"#);
    or_null(text, low, number);
    text.push_str(r#","high":"#);
    or_null(text, high, number);
    text.push_str(r#","drift":"#);
    or_null(text, found.drift, number);
    text.push_str(r#","standing":"#);
    name(text, found.standing.name());
    text.push_str(r#","far_off":"#);
    plain(text, &found.is_far_off());
    text.push_str(r#","sure":"#);
    plain(text, &found.is_sure());
    text.push('}');
}
