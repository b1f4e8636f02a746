//! The outcome bar: every contact in exactly one class (SPEC 3.6b).

use super::numbers::Numbers;
use crate::kpis::Population;
use crate::report::GroupReport;
use crate::tally::OUTCOMES;

/// One class of the bar.
pub(super) struct Class {
    /// Its stable name.
    pub(super) name: &'static str,
    /// In words.
    pub(super) label: &'static str,
    /// What it means.
    pub(super) says: &'static str,
    /// How a terminal fills it.
    pub(super) fill: char,
}

const fn class(name: &'static str, label: &'static str, says: &'static str, fill: char) -> Class {
    Class { name, label, says, fill }
}

/// The classes as a reader meets them: what held, what may hold, what did not, people, and what is open.
pub(super) const CLASSES: [Class; 9] = [
    class("verified", "Verified", "AI resolved it, and it held", '█'),
    class("pending", "Pending", "AI resolved it, too early to tell", '▓'),
    class("unverifiable", "Unverifiable", "AI resolved it, nobody to follow", '▒'),
    class("disproved", "Disproved", "AI resolved it, and it did not hold", '×'),
    class("unresolved", "Unresolved", "AI ended it without a solution", '/'),
    class("abandoned", "Abandoned", "the customer gave up on the AI", '~'),
    class("escalated", "Escalated", "AI first, then people", '>'),
    class("human", "Human", "only people worked on it", '='),
    class("open", "Open", "not done yet", '.'),
];

/// A class with its contacts.
pub(super) struct Part {
    /// The class.
    pub(super) class: &'static Class,
    /// How many contacts.
    pub(super) contacts: u64,
    /// Of all.
    pub(super) share: f64,
    /// Where its segment begins, as a share of the bar.
    pub(super) from: f64,
}

/// The bar of a group; nothing when it has no contacts.
pub(super) fn parts(group: &GroupReport) -> Option<Vec<Part>> {
    let shares = group.outcome_shares()?;
    let mut from = 0.0;
    let part = |class: &'static Class| {
        let at = OUTCOMES.iter().position(|name| *name == class.name)?;
        let part = Part { class, contacts: group.outcomes[at], share: shares[at], from };
        from += part.share;
        Some(part)
    };
    Some(CLASSES.iter().filter_map(part).collect())
}

/// Why the bar's verified and the rate's are not the same number.
pub(super) fn sentence(group: &GroupReport, numbers: Numbers<'_>) -> String {
    let bar = group.outcome_shares().and_then(|s| Some(s[OUTCOMES.iter().position(|n| *n == "verified")?]));
    let rate = group.value("verified_resolution_rate", Population::All).and_then(|v| numbers.value(v));
    let difference = "The bar counts every contact; the rate only those that are settled, \
                      so not the open, the young and those of unknown customers.";
    match (bar, rate) {
        (Some(bar), Some(rate)) => format!(
            "Verified is {} of the bar, and the verified resolution rate is {rate}. {difference}",
            numbers.share(bar, None)
        ),
        _ => format!("The bar's verified and the verified resolution rate differ by what is not settled. {difference}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_own_class_and_fill() {
        for name in OUTCOMES {
            assert_eq!(CLASSES.iter().filter(|c| c.name == name).count(), 1, "{name}");
        }
        for (at, class) in CLASSES.iter().enumerate() {
            assert!(CLASSES[at + 1..].iter().all(|c| c.fill != class.fill), "{}", class.name);
        }
    }
}
