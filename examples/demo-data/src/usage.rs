//! What a contact uses: messages, model calls, tokens, money, voice, drafts.

use crate::calendar::day_of;
use crate::contact::{Contact, Handling, Usage};
use crate::dice::Dice;
use crate::story;

/// Measures one contact.
pub fn measure(contact: &mut Contact, dice: &mut Dice) {
    if contact.is_ai_fronted() && contact.first_response.is_some() {
        let messages = messages(contact, dice);
        contact.messages = Some(messages);
        contact.usage = Some(usage(contact, messages[0], dice));
        contact.voice = (contact.channel == "voice").then(|| voice(contact, dice));
    }
    if contact.handling != Handling::Ai && contact.closed.is_some() {
        contact.drafts = drafts(contact, dice);
    }
    sale(contact, dice);
}

/// Messages of the customer, and those that met silence or a shrug.
fn messages(contact: &Contact, dice: &mut Dice) -> [i64; 3] {
    let sent = if contact.channel == "email" { dice.skewed(1, 6) } else { dice.skewed(1, 14) };
    let trouble = story::incident(day_of(contact.opened));
    let unanswered = if contact.truth.solved { 18 } else { 75 } + 210 * trouble / 1000;
    let shrugs = if contact.truth.solved { 12 } else { 48 };
    [sent, dice.count(sent, unanswered), dice.count(sent, shrugs)]
}

fn usage(contact: &Contact, messages: i64, dice: &mut Dice) -> Usage {
    let trouble = story::incident(day_of(contact.opened));
    let calls = messages + dice.between(1, 3);
    let retried = dice.count(calls, 24 + 260 * trouble / 1000);
    let mut reasons = [0; 4];
    let why: [i64; 4] = if trouble > 0 { [560, 330, 90, 20] } else { [330, 240, 200, 230] };
    for _ in 0..retried {
        // The reason of one in twenty is not known.
        if !dice.chance(50) {
            reasons[dice.place(why.into_iter())] += 1;
        }
    }
    let tokens = tokens(contact, messages, dice);
    let [input, output, cached] = tokens;
    // Millionths of a dollar: 3 a million tokens in, 0.30 from the cache, 15 out.
    let api = (input - cached) * 3 + cached * 3 / 10 + output * 15;
    // Booked to the hundredth of a cent.
    let costs =
        [api, api * retried / calls, 20_000 + 2_000 * messages, 1_500 + 500 * calls].map(|cost| cost / 100 * 100);
    Usage {
        calls: [calls, dice.count(calls - retried, cache_share(contact)), retried],
        retries: reasons,
        tokens,
        costs,
    }
}

/// Tokens in, out, and from the cache; the second model needs a quarter less.
fn tokens(contact: &Contact, messages: i64, dice: &mut Dice) -> [i64; 3] {
    let model = if story::is_new_model(contact.opened) { 76 } else { 100 };
    let input = (dice.bell(900, 1900) + messages * dice.bell(110, 290)) * model / 100;
    let output = (dice.bell(60, 160) + messages * dice.bell(30, 90)) * model / 100;
    [input, output, input * (cache_share(contact) + dice.bell(-150, 150)) / 1000]
}

const fn cache_share(contact: &Contact) -> i64 {
    if story::is_new_model(contact.opened) { 460 } else { 380 }
}

/// Words, wrong words, and the pause before the AI speaks.
fn voice(contact: &Contact, dice: &mut Dice) -> [i64; 3] {
    let words = dice.skewed(60, 900);
    let wrong = match contact.language {
        "en" => 46,
        "de" => 58,
        _ => 83,
    };
    let trouble = story::incident(day_of(contact.opened));
    [words, dice.count(words, wrong), dice.skewed(500, 2400) + dice.skewed(0, 4000) * trouble / 1000]
}

/// What the AI wrote for the person, and what the person made of it.
fn drafts(contact: &Contact, dice: &mut Dice) -> Option<[i64; 4]> {
    if contact.channel == "voice" || !dice.chance(620) {
        return None;
    }
    let offered = dice.between(1, 4);
    let rejected = 120 + 150 * story::drift(day_of(contact.opened)) / 1000;
    let edited = 280;
    let ignored = 60;
    let fates = [1000 - edited - ignored - rejected, edited, rejected, ignored];
    let mut drafts = [offered, 0, 0, 0];
    for _ in 0..offered {
        let fate = dice.place(fates.into_iter());
        if fate < 3 {
            drafts[fate + 1] += 1;
        }
    }
    Some(drafts)
}

/// Some contacts end in a purchase, a renewal or an upgrade.
fn sale(contact: &mut Contact, dice: &mut Dice) {
    if contact.closed.is_none() || !contact.topic.is_some_and(crate::topics::Topic::is_commercial) {
        return;
    }
    let won = contact.truth.solved && dice.chance(if contact.is_ai_fronted() { 150 } else { 185 });
    contact.converted = Some(won);
    contact.revenue = won.then(|| dice.skewed(1900, 78_000));
}
