//! The costs that no single contact carries, booked by the month of Berlin.

use crate::calendar::{berlin, stamp};
use crate::csv::Table;

/// First days of the months from January to July.
const MONTHS: [i64; 7] = [0, 31, 59, 90, 120, 151, 181];

/// Layer, scope, dollars a month, agent that it is for.
const MONTHLY: &[(&str, &str, &str, &str)] = &[
    ("platform", "ai", "620", ""),
    ("platform", "ai", "190", "billing-bot"),
    ("observability", "ai", "130", ""),
    ("oversight", "ai", "430", ""),
    ("licences", "human", "1610", ""),
    ("management", "human", "2350", ""),
    ("training", "human", "320", ""),
    ("tooling", "human", "585.50", ""),
    ("quality_assurance", "human", "460", ""),
];

/// Layer, scope, dollars, agent, and the month of what was bought once.
const ONCE: &[(&str, &str, &str, &str, usize)] =
    &[("implementation", "ai", "2600", "", 0), ("training_data", "ai", "420", "aria", 2)];

/// The table.
pub fn table() -> Table {
    let mut table = Table::with(&["layer", "scope", "amount", "start", "end", "agent_id"]);
    for month in 0..6 {
        let once = ONCE
            .iter()
            .filter(|entry| entry.4 == month)
            .map(|&(layer, scope, amount, agent, _)| (layer, scope, amount, agent));
        for (layer, scope, amount, agent) in MONTHLY.iter().copied().chain(once) {
            let (start, end) = (stamp(berlin(MONTHS[month], 0)), stamp(berlin(MONTHS[month + 1], 0)));
            table.rows.push(vec![layer.into(), scope.into(), amount.into(), start, end, agent.into()]);
        }
    }
    table
}
