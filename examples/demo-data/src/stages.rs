//! How long things take: the AI's part of a contact, then the people's.

use crate::assistants::Verdict;
use crate::calendar::{AS_OF, DAY, HOUR, MINUTE, Moment, after_open_time, day_of};
use crate::contact::{Contact, Escalation, Handling, Outcome};
use crate::dice::Dice;
use crate::story;

/// The people of the desk, with their share of the work. The last two belong to a partner who bills by the contact.
pub const PEOPLE: &[(&str, i64)] = &[
    ("h-01", 90),
    ("h-02", 85),
    ("h-03", 85),
    ("h-04", 80),
    ("h-05", 80),
    ("h-06", 75),
    ("h-07", 75),
    ("h-08", 70),
    ("h-09", 70),
    ("h-10", 65),
    ("h-11", 60),
    ("h-12", 45),
    ("p-01", 30),
    ("p-02", 20),
];

/// What the partner bills for one contact, in cents.
const PARTNER_FEE: i64 = 875;

/// The AI's part: reply, conversation, and its end or the handover.
pub fn serve(contact: &mut Contact, verdict: &Verdict, dice: &mut Dice) {
    let trouble = story::incident(day_of(contact.opened));
    let reply = match contact.channel {
        "voice" => dice.between(0, 3),
        "chat" => dice.between(1, 14),
        "web" => dice.between(3, 35),
        _ => dice.skewed(20, 600),
    };
    let reply = reply + dice.skewed(0, 240) * trouble / 1000;
    let handle = dice.skewed(25, 420) + 20;
    let talk = match contact.channel {
        "voice" => handle + dice.skewed(20, 300),
        "chat" | "web" => handle + dice.skewed(60, 40 * MINUTE),
        _ => handle + dice.skewed(10 * MINUTE, 20 * HOUR),
    };
    contact.first_response = Some(contact.opened + reply);
    contact.confidence = Some(verdict.confidence);
    contact.ai_seconds = Some(handle);
    match verdict.ending {
        Ok(outcome) => {
            // Whoever falls silent is closed after half an hour in a conversation, after a day in the mail.
            let silence = match (outcome, contact.channel) {
                (Outcome::Abandoned, "email") => DAY,
                (Outcome::Abandoned, "chat" | "web") => 30 * MINUTE,
                _ => 0,
            };
            contact.closed = Some(contact.opened + reply + talk + silence);
            contact.outcome = Some(outcome);
        }
        Err(reason) => {
            let at = contact.opened + reply + talk / 2;
            contact.escalation = Some(Escalation { at, reason, context: None, first_reply: None });
        }
    }
}

/// The people's part, on a contact of their own or one that was handed to them.
pub fn attend(contact: &mut Contact, dice: &mut Dice) {
    let trouble = story::incident(day_of(contact.opened));
    let from = contact.escalation.as_ref().map_or(contact.opened, |escalation| escalation.at);
    let wait = match contact.channel {
        "voice" => dice.skewed(8, 420),
        "chat" => dice.skewed(25, 35 * MINUTE),
        "web" => dice.skewed(2 * MINUTE, 3 * HOUR),
        _ => dice.skewed(10 * MINUTE, 9 * HOUR),
    };
    let wait = if contact.priority == "urgent" { wait / 3 } else { wait };
    let reply = after_open_time(from, wait + wait * 2 * trouble / 1000);
    let was_briefed = contact.escalation.as_ref().is_some_and(|escalation| escalation.context != Some(false));
    let handle = match (&contact.escalation, was_briefed) {
        (Some(_), true) => dice.skewed(90, 800) + 60,
        (Some(_), false) => dice.skewed(200, 1000) + 140,
        (None, _) => dice.skewed(240, 1500) + 150,
    };
    let pause = match contact.channel {
        "voice" => 0,
        "chat" => dice.skewed(0, 40 * MINUTE),
        _ => dice.skewed(0, 26 * HOUR),
    };
    contact.closed = Some(after_open_time(reply, handle + pause));
    contact.human_seconds = Some(handle);
    contact.person = Some(dice.pick(PEOPLE));
    contact.partner_fee = contact.person.filter(|person| person.starts_with('p')).map(|_| PARTNER_FEE);
    let solved = dice.chance(if was_briefed { 905 } else { 865 });
    contact.truth.solved = solved;
    contact.outcome = Some(match (solved, dice.chance(380)) {
        (true, _) => Outcome::Resolved,
        (false, true) => Outcome::Abandoned,
        (false, false) => Outcome::Unresolved,
    });
    match &mut contact.escalation {
        Some(escalation) => escalation.first_reply = Some(reply),
        None => contact.first_response = Some(reply),
    }
}

/// Some of what people have is waiting for somebody else: a developer, a bank, the customer's own IT.
pub fn park(contact: &mut Contact, dice: &mut Dice) {
    let waiting = match day_of(contact.opened) {
        ..=119 => 2,
        120..=150 => 8,
        151..=166 => 24,
        _ => 60,
    };
    if contact.handling != Handling::Ai && dice.chance(waiting) {
        contact.closed = None;
        contact.outcome = None;
    }
}

/// Takes back what had not happened yet when the data was taken.
pub fn cut(contact: &mut Contact) {
    let known = |at: &Moment| *at <= AS_OF;
    contact.first_response = contact.first_response.filter(known);
    if contact.escalation.as_ref().is_some_and(|escalation| escalation.at > AS_OF) {
        contact.escalation = None;
        contact.handling = Handling::Ai;
    }
    if let Some(escalation) = &mut contact.escalation {
        escalation.first_reply = escalation.first_reply.filter(known);
    }
    contact.closed = contact.closed.filter(known);
    if contact.closed.is_none() {
        contact.outcome = None;
        contact.human_seconds = None;
        contact.partner_fee = None;
        contact.truth.solved = false;
    }
    if contact.handling == Handling::Ai {
        contact.person = None;
    }
}
