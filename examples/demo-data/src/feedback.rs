//! What customers and quality assurance say about a contact.

use crate::assistants::Assistant;
use crate::calendar::{AS_OF, DAY, day_of};
use crate::contact::{Contact, Handling, Outcome};
use crate::dice::Dice;
use crate::story;

/// Survey, tone, follow-up and audit.
pub fn gather(contact: &mut Contact, is_enterprise: bool, dice: &mut Dice) {
    survey(contact, is_enterprise, dice);
    tone(contact, dice);
    follow_up(contact, dice);
    audit(contact, is_enterprise, dice);
}

/// Sent to most; people who were served by people answer twice as often.
fn survey(contact: &mut Contact, is_enterprise: bool, dice: &mut Dice) {
    let Some(outcome) = contact.outcome else { return };
    let served_by_ai = contact.handling == Handling::Ai;
    let reach = match (contact.channel, served_by_ai) {
        ("voice", _) => 350,
        (_, true) => 840,
        (_, false) => 930,
    };
    let sent = dice.chance(if outcome == Outcome::Abandoned { reach / 2 } else { reach });
    contact.survey.sent = Some(sent);
    let answers = if served_by_ai { 165 } else { 330 };
    if !sent || !dice.chance(answers) {
        return;
    }
    let pleased = match (contact.handling, outcome, contact.truth.solved) {
        (Handling::Ai, Outcome::Resolved, true) => 915 - if is_enterprise { 90 } else { 0 },
        (Handling::Ai, Outcome::Resolved, false) => 480,
        (_, Outcome::Resolved, _) => 928,
        _ => 380,
    };
    let pleased = pleased - 150 * story::incident(day_of(contact.opened)) / 1000;
    let is_pleased = dice.chance(pleased);
    contact.survey.csat =
        Some(if is_pleased { dice.pick(&[(5, 610), (4, 390)]) } else { dice.pick(&[(3, 430), (2, 230), (1, 340)]) });
    if dice.chance(600) {
        contact.survey.ces = Some(if is_pleased { dice.bell(4, 8).min(7) } else { dice.bell(1, 5) });
    }
    if dice.chance(420) {
        contact.survey.nps = Some(if is_pleased { dice.bell(7, 11).min(10) } else { dice.bell(0, 8) });
    }
}

/// Measured on a part of the conversations.
fn tone(contact: &mut Contact, dice: &mut Dice) {
    if contact.closed.is_none() || !dice.chance(240) {
        return;
    }
    let start = dice.bell(-70, 60) - 20 * story::incident(day_of(contact.opened)) / 1000;
    let shift = if contact.truth.solved { dice.bell(-10, 70) } else { dice.bell(-65, 30) };
    contact.tone = Some([start, (start + shift).clamp(-100, 100)]);
}

/// About one in twelve of what the AI calls resolved is asked again after two days.
fn follow_up(contact: &mut Contact, dice: &mut Dice) {
    let asked = contact.closed.is_some_and(|closed| closed + 2 * DAY <= AS_OF);
    if asked && contact.handling == Handling::Ai && contact.is_resolved() && dice.chance(82) {
        contact.confirmed = Some(dice.chance(if contact.truth.solved { 965 } else { 90 }));
    }
}

/// A sample of what the AI met first.
fn audit(contact: &mut Contact, is_enterprise: bool, dice: &mut Dice) {
    let Some(assistant) = contact.assistant.filter(|_| contact.closed.is_some() && contact.is_ai_fronted()) else {
        return;
    };
    let sampled = dice.chance(62);
    if sampled {
        let accuracy = accuracy(assistant, contact, is_enterprise);
        let answers = dice.between(1, 5);
        let correct = dice.count(answers, accuracy);
        contact.audit.answers = Some([answers, correct, dice.count(answers - correct, 240)]);
        contact.audit.checks = Some([dice.chance(972), dice.chance(990), dice.chance(951)]);
        contact.audit.summary = contact.escalation.as_ref().map(|_| dice.chance(assistant.summary));
    }
    if sampled || dice.chance(25) {
        let model = if story::is_new_model(contact.opened) { 20 } else { 0 };
        contact.audit.intent = Some(dice.chance(930 + model));
    }
    if sampled || dice.chance(if contact.escalation.is_some() { 160 } else { 30 }) {
        contact.audit.needed = Some(contact.truth.within_reach == dice.chance(45));
    }
}

/// Answers that are right, in permille.
fn accuracy(assistant: &Assistant, contact: &Contact, is_enterprise: bool) -> i64 {
    let model = if story::is_new_model(contact.opened) { 22 } else { -16 };
    let segment = if is_enterprise { -55 } else { 14 };
    let trouble = 60 * story::incident(day_of(contact.opened)) / 1000;
    (assistant.accuracy + model + segment - trouble).min(985)
}
