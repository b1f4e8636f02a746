//! The feedback loop: failures of the AI that were flagged, and what was done about them.

use crate::calendar::{AS_OF, DAY, HOUR, Moment, day_of, stamp};
use crate::contact::Contact;
use crate::csv::{Table, cell};
use crate::desk::HalfYear;
use crate::dice::Dice;
use crate::story;

/// The table, in the order in which the contacts arrived.
pub fn table(half_year: &HalfYear) -> Table {
    const HEADER: &[&str] =
        &["failure_id", "interaction_id", "issue", "flagged_at", "deployed_at", "model_version", "recurred_at"];
    let mut table = Table::with(HEADER);
    for (contact, nth) in half_year.contacts.iter().zip(0..) {
        let mut dice = Dice::of("fix", nth);
        let Some(flagged) = flagged(contact, &mut dice) else { continue };
        let quick = if story::is_new_model(contact.opened) { 16 } else { 24 };
        let known = |at: Moment| Some(at).filter(|at| *at <= AS_OF);
        let deployed = known(flagged + dice.between(DAY, quick * DAY)).filter(|_| dice.chance(830));
        let recurred = deployed.and_then(|at| known(at + dice.between(2 * DAY, 40 * DAY))).filter(|_| dice.chance(150));
        table.rows.push(vec![
            format!("f-{:03}", table.rows.len() + 1),
            contact.id(),
            cell(contact.topic.map(|topic| topic.name)),
            stamp(flagged),
            cell(deployed.map(stamp)),
            story::model(day_of(contact.opened)).into(),
            cell(recurred.map(stamp)),
        ]);
    }
    table
}

/// When a failure was flagged: after an audit that found something wrong, or a customer who said so.
fn flagged(contact: &Contact, dice: &mut Dice) -> Option<Moment> {
    let is_wrong = contact.audit.answers.is_some_and(|[answers, correct, _]| correct < answers);
    let is_denied = contact.confirmed == Some(false);
    let chance = if is_denied { 600 } else { 320 * i64::from(is_wrong) };
    let at = contact.closed? + dice.between(50 * HOUR, 120 * HOUR);
    Some(at).filter(|at| *at <= AS_OF && dice.chance(chance))
}
