//! The books of agents out of a report.

use super::from_report::amounts;
use super::pnl::{AgentBooks, PeriodBooks, PnlAsk, three_periods_of_loss};
use super::problems::refused;
use crate::error::Result;
use crate::input::{Limits, Tables};
use crate::kpis::{Population, Reading};
use crate::options::Options;
use crate::report::{GroupReport, Report, report};
use crate::tally::OUTCOMES;
use crate::units::ExactSum;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Outcome classes of contacts that the AI resolved and that were not disproved: what `delivered` counts of its own.
const RESOLVED: [&str; 3] = ["pending", "verified", "unverifiable"];

/// The figures that books are made from.
const FIGURES: [&str; 3] = ["incremental_revenue", "net_savings", "cost_layers"];

/// The options of a report that books can be made from; periods are those that are asked for.
#[must_use]
pub fn options_for_books(options: &Options) -> Options {
    let kpis = FIGURES.map(str::to_owned).to_vec();
    Options { by: vec!["agent_id".into()], kpis: Some(kpis), targets: Vec::new(), ..options.clone() }
}

/// The books of each AI agent, period by period where `every` is given: what [`super::pnl()`] is asked for.
///
/// # Errors
/// As [`report`].
pub fn pnl_books(tables: &Tables<'_>, options: &Options, limits: &Limits) -> Result<PnlAsk> {
    pnl_from_report(&report(tables, &options_for_books(options), limits)?)
}

/// The books of each AI agent out of a report `by` `["agent_id"]`, period by period where it has periods.
///
/// Avoided cost is that of `net_savings`: what people would have cost for all that was delivered, contacts handed over included,
/// since what people cost for those is among the costs. It needs `baseline.cost_per_contact`; without it there is no margin.
/// Contacts without an agent are left out.
///
/// # Errors
/// When the report is not by `agent_id` alone.
pub fn pnl_from_report(report: &Report) -> Result<PnlAsk> {
    let periods = report.groups.iter().any(|group| group.key.period.is_some());
    let mut agents: BTreeMap<String, Vec<PeriodBooks>> = BTreeMap::new();
    let mut by_agent = false;
    for group in &report.groups {
        let [(dimension, agent)] = group.key.by.as_slice() else { continue };
        by_agent |= dimension == "agent_id";
        if dimension != "agent_id" || group.key.period.is_some() != periods {
            continue;
        }
        if let Some(agent) = agent {
            agents.entry(agent.clone()).or_default().push(books(group));
        }
    }
    if !by_agent {
        return Err(refused(
            "The report is not by agent; ask for it with `by` [\"agent_id\"] and, for rules, `every`.",
        ));
    }
    let agents = agents.into_iter().map(|(agent, periods)| AgentBooks { agent, periods }).collect();
    Ok(PnlAsk { currency: report.currency.clone(), agents, rules: three_periods_of_loss(), targets: Vec::new() })
}

fn books(group: &GroupReport) -> PeriodBooks {
    let money = |id: &str| match group.value(id, Population::AiFronted)?.value.as_ref().ok()? {
        Reading::Money(sum) => Some(*sum),
        _ => None,
    };
    let layers = amounts(group);
    let costs: ExactSum = layers.values().copied().sum();
    let decimal = |sum: ExactSum| sum.round_to(6).to_decimal();
    let resolved = OUTCOMES.iter().zip(group.outcomes).filter(|(class, _)| RESOLVED.contains(class));
    PeriodBooks {
        period: group.key.period.map_or_else(|| "all".into(), |period| period.start.to_string()),
        revenue: money("incremental_revenue").and_then(decimal).unwrap_or_default(),
        avoided_cost: money("net_savings").map(|net| net + costs).and_then(decimal),
        costs: layers.into_iter().filter_map(|(layer, sum)| Some((layer, decimal(sum)?))).collect(),
        outcomes: resolved.map(|(_, count)| Decimal::from(count)).sum(),
    }
}
