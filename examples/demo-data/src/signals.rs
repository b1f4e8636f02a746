//! What the conversations gave away: customers about to leave, to buy, to switch, and what they wish for.

use crate::accounts::Contract;
use crate::calendar::{AS_OF, DAY, MINUTE, Moment, stamp};
use crate::contact::Contact;
use crate::csv::{Table, cell};
use crate::desk::HalfYear;
use crate::dice::Dice;

const RIVALS: &[(&str, i64)] = &[("Nordhelp", 520), ("Deskwise", 300), ("QuickReply", 180)];
const WISHES: &[(&str, i64)] = &[
    ("bulk_edit", 240),
    ("scim_provisioning", 190),
    ("dark_mode", 170),
    ("audit_export", 130),
    ("slack_sync", 110),
    ("einvoice_import", 90),
    ("offline_app", 70),
];

/// One signal, before it is written.
struct Signal<'a> {
    contact: &'a Contact,
    company: usize,
    kind: &'static str,
    value: i64,
    label: Option<&'static str>,
    result: Option<&'static str>,
}

/// The table, in the order in which the conversations took place.
pub fn table(half_year: &HalfYear, contracts: &[Contract]) -> Table {
    const HEADER: &[&str] =
        &["interaction_id", "account_id", "kind", "detected_at", "routed_at", "value", "label", "result"];
    let mut table = Table::with(HEADER);
    let mut has_warned = vec![false; contracts.len()];
    for (contact, nth) in half_year.contacts.iter().zip(0..) {
        let Some(customer) = contact.customer.filter(|_| contact.in_scope) else { continue };
        let company = half_year.book.customers[customer].company;
        let mut dice = Dice::of("signal", nth);
        let arr = half_year.book.companies[company].revenue;
        let Some(signal) = listen(contact, company, &contracts[company], has_warned[company], arr, &mut dice) else {
            continue;
        };
        has_warned[company] |= signal.kind == "churn";
        table.rows.extend(write(half_year, &signal, &mut dice));
    }
    table
}

/// What one contact gives away, if anything.
fn listen<'a>(
    contact: &'a Contact,
    company: usize,
    fate: &Contract,
    has_warned: bool,
    arr: i64,
    dice: &mut Dice,
) -> Option<Signal<'a>> {
    let signal = |kind, value, label, result| Some(Signal { contact, company, kind, value, label, result });
    // A company at risk hints at it in some of its contacts; others sound like it now and then.
    let hints = if fate.at_risk { 62 } else { 2 };
    if !has_warned && dice.chance(if contact.is_about("cancel_subscription") { hints * 6 } else { hints }) {
        let result = if fate.churned { "lost" } else { "saved" };
        return signal("churn", arr, None, Some(result).filter(|_| dice.chance(780)));
    }
    if contact.is_about("feature_request") {
        return signal("feature_request", arr, Some(dice.pick(WISHES)), None).filter(|_| dice.chance(640));
    }
    if contact.topic.is_some_and(crate::topics::Topic::is_commercial) && dice.chance(170) {
        let result = dice.pick(&[(Some("won"), 330), (Some("lost"), 270), (None, 400)]);
        return signal("upsell", arr * dice.between(4, 28) / 100, None, result);
    }
    let talks_of_rivals = contact.is_about("cancel_subscription") || contact.is_about("crm_integration");
    let label = Some(dice.pick(RIVALS));
    signal("competitor", arr, label, None).filter(|_| talks_of_rivals && dice.chance(90))
}

/// The row, unless nobody had noticed yet when the data was taken.
fn write(half_year: &HalfYear, signal: &Signal, dice: &mut Dice) -> Option<Vec<String>> {
    let heard = signal.contact.closed.unwrap_or(signal.contact.opened);
    let detected: Moment = heard + dice.between(1, 12) * MINUTE;
    let delay = if dice.chance(800) { dice.skewed(3, 240) * MINUTE } else { dice.between(DAY, 6 * DAY) };
    let routed = Some(detected + delay).filter(|at| *at <= AS_OF && !dice.chance(55));
    (detected <= AS_OF).then(|| {
        vec![
            signal.contact.id(),
            half_year.book.companies[signal.company].id.clone(),
            signal.kind.into(),
            stamp(detected),
            cell(routed.map(stamp)),
            signal.value.to_string(),
            cell(signal.label),
            cell(signal.result.filter(|_| routed.is_some())),
        ]
    })
}
