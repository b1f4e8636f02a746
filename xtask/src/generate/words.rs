//! The catalogue's answers in words for people.

use super::code;
use kpi_core::kpis::{Better, Formula, Input, Kpi, Law, Population, Tier, Timing, Unit};

pub fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
        Better::Neither => "neither way is better: it describes",
    }
}

pub fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::Leading => "leading: it moves before results do",
        Timing::Lagging => "lagging: it tells what has happened",
    }
}

pub fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Activity => "activity",
        Tier::Resolution => "resolution",
        Tier::Revenue => "revenue",
    }
}

pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "ratio (0.5 is 50 %)",
        Unit::Count => "count",
        Unit::Seconds => "seconds",
        Unit::Minutes => "minutes",
        Unit::Money => "money, in the currency of the report",
        Unit::Score => "score",
        Unit::Points => "points",
        Unit::Tokens => "tokens",
        Unit::PerHour => "per hour",
        Unit::Fte => "full-time equivalents",
        Unit::Distribution => "distribution: entries with their share of the whole",
    }
}

/// Each population with what it is.
pub fn populations(populations: &[Population]) -> String {
    let each = populations.iter().map(|p| format!("{} ({})", code(p.name()), p.in_words()));
    each.collect::<Vec<_>>().join(", ")
}

/// The columns without which it is undefined.
pub fn inputs(kpi: &Kpi) -> String {
    let names =
        |columns: &[kpi_core::input::Column]| -> Vec<String> { columns.iter().map(|c| code(&c.full_name())).collect() };
    let one = |input: &Input| match input {
        Input::One(column) => code(&column.full_name()),
        Input::AnyOf(columns) => format!("any of {}", names(columns).join(", ")),
        Input::For(populations, column) => {
            let of: Vec<String> = populations.iter().map(|p| code(p.name())).collect();
            format!("{} (for {})", code(&column.full_name()), of.join(", "))
        }
        Input::ForResponseTargets(column) => {
            format!("{} (where `sla` has a target for the first response)", code(&column.full_name()))
        }
    };
    list(kpi.inputs.iter().map(one), "; ", "only those that every contact has")
}

/// The shape of the computation, which says what its interval is.
pub fn formula(formula: &Formula) -> &'static str {
    match formula {
        Formula::Rows(_) => "a count of contacts",
        Formula::Share { .. } => "a part of contacts out of a whole of contacts",
        Formula::Proportion(_) => "things counted within contacts, as a proportion",
        Formula::RatioOf(_) => "things counted within contacts, as a ratio",
        Formula::Product { .. } => "one part of contacts times another",
        Formula::Mean(_) => "a mean over contacts",
        Formula::Quantile(..) => "a quantile over contacts",
        Formula::Breakdown(_) => "how contacts spread over a text",
        Formula::Histogram(_) => "how contacts spread over bins",
        Formula::Other { .. } => "a computation of its own",
    }
}

/// What always holds; `link` turns the id of another figure into a link.
pub fn law(law: &Law, link: &dyn Fn(&str) -> String) -> String {
    match law {
        Law::WithinZeroAndOne => "It lies from 0 to 1.".into(),
        Law::WithinMinusOneAndOne => "It lies from −1 to 1.".into(),
        Law::NotNegative => "It is never negative.".into(),
        Law::Within(low, high) => format!("It lies from {low} to {high}."),
        Law::SharesSumToOne => "Its shares sum to 1.".into(),
        Law::PopulationsAddUp => "AI, people and AI-to-people add up to all.".into(),
        Law::CompletesToOne(others) => {
            let others: Vec<String> = others.iter().map(|id| link(id)).collect();
            format!("Together with {} it makes 1.", others.join(" and "))
        }
        Law::AtMost(other) => format!("It is never above {}.", link(other)),
        Law::Unbounded => "It may be any number.".into(),
    }
}

/// Entries in a row, or what to say when there are none.
pub fn list(entries: impl Iterator<Item = String>, between: &str, none: &str) -> String {
    let entries: Vec<String> = entries.collect();
    if entries.is_empty() { none.to_owned() } else { entries.join(between) }
}
