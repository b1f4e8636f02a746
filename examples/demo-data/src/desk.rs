//! The desk at work: contacts arrive, are served, and some of their customers come back.

use std::collections::BTreeMap;

use crate::assistants::{ARIA, Case, first_in_line};
use crate::calendar::{AS_OF, DAY, DAYS, FIRST_MOMENT, HOUR, MINUTE, Moment, berlin, day_of, is_open, is_workday};
use crate::contact::{Audit, Contact, Handling, Outcome, Survey, Truth};
use crate::customers::Book;
use crate::dice::Dice;
use crate::topics::{OUTAGE, TOPICS, Topic};
use crate::{feedback, stages, story, usage};

/// Contacts by hour of a workday, on Berlin's clock.
const WORKDAY_HOURS: [i64; 24] =
    [6, 4, 3, 3, 5, 10, 22, 52, 95, 118, 112, 98, 78, 86, 102, 98, 84, 62, 40, 30, 26, 22, 16, 10];
/// The same for days on which the desk is closed.
const QUIET_HOURS: [i64; 24] =
    [10, 7, 6, 5, 6, 8, 14, 24, 38, 50, 54, 52, 48, 46, 48, 46, 44, 42, 44, 42, 38, 32, 24, 16];

/// What is known of a contact when it arrives.
#[derive(Debug, Clone, Copy)]
struct Arrival {
    customer: Option<usize>,
    topic: Option<&'static Topic>,
    channel: &'static str,
    session: Option<u64>,
    attempt: u8,
    in_scope: bool,
}

/// The half year: who wrote, and every contact in order of arrival.
#[derive(Debug)]
pub struct HalfYear {
    /// The companies and their people.
    pub book: Book,
    /// The contacts.
    pub contacts: Vec<Contact>,
}

/// The desk with what is still to come.
struct Desk {
    book: Book,
    /// By moment, then by order of planning, so that no two share a place.
    agenda: BTreeMap<(Moment, u64), Arrival>,
    planned: u64,
    sessions: u64,
}

impl HalfYear {
    /// Lives through it; always the same way.
    pub fn live() -> Self {
        let mut desk = Desk { book: Book::open(), agenda: BTreeMap::new(), planned: 0, sessions: 0 };
        for day in 0..DAYS {
            desk.plan_day(day);
        }
        let mut contacts = Vec::new();
        while let Some(((at, plan), arrival)) = desk.agenda.pop_first() {
            let mut dice = Dice::of("contact", plan);
            let mut contact = desk.take(at, arrival, &mut dice);
            contact.number = contacts.len() + 1;
            if contact.in_scope {
                desk.look_ahead(&mut contact, arrival.attempt, &mut dice);
            }
            contacts.push(contact);
        }
        Self { book: desk.book, contacts }
    }
}

impl Desk {
    fn plan(&mut self, at: Moment, arrival: Arrival) {
        if at < AS_OF {
            self.agenda.insert((at, self.planned), arrival);
            self.planned += 1;
        }
    }

    /// A day's contacts that nobody has written about before.
    fn plan_day(&mut self, day: i64) {
        let mut dice = Dice::of("day", day.unsigned_abs());
        let expected = story::expected_contacts(day);
        let outages = story::outage_contacts(day);
        let count = dice.bell(expected * 88 / 100, expected * 112 / 100 + 1);
        for nth in 0..count + outages {
            let at = moment_on(day, &mut dice);
            let topic = if nth < count { draw_topic(day, &mut dice) } else { named(OUTAGE) };
            let arrival = self.draw_arrival(at, topic, &mut dice);
            self.plan(at, arrival);
        }
    }

    fn draw_arrival(&self, at: Moment, topic: Option<&'static Topic>, dice: &mut Dice) -> Arrival {
        let channel = if is_open(at) {
            dice.pick(&[("chat", 430), ("email", 280), ("web", 180), ("voice", 110)])
        } else {
            dice.pick(&[("chat", 500), ("email", 250), ("web", 225), ("voice", 25)])
        };
        let in_scope = !dice.chance(20);
        let is_anonymous = matches!(channel, "chat" | "web") && dice.chance(34) || !in_scope && dice.chance(800);
        let customer = if is_anonymous { None } else { Some(self.book.draw(dice)) };
        let topic = topic.filter(|_| in_scope && !dice.chance(14));
        Arrival { customer, topic, channel, session: None, attempt: 0, in_scope }
    }

    /// Serves a contact from its arrival to what is known of it today.
    fn take(&self, at: Moment, arrival: Arrival, dice: &mut Dice) -> Contact {
        let segment = arrival.customer.map(|customer| self.book.company_of(customer).segment);
        let mut contact = self.receive(at, arrival, dice);
        if !arrival.in_scope {
            discard(&mut contact, dice);
            return contact;
        }
        if contact.handling == Handling::Ai {
            let assistant = first_in_line(contact.topic, contact.channel, dice);
            contact.assistant = Some(assistant);
            let case = Case { topic: contact.topic, segment, opened: at, attempt: arrival.attempt };
            let verdict = assistant.work_on(&case, dice);
            contact.truth.within_reach = verdict.within_reach;
            contact.truth.solved = verdict.within_reach && verdict.ending.is_ok();
            stages::serve(&mut contact, &verdict, dice);
            if let Some(escalation) = &mut contact.escalation {
                // One handover in twelve is not looked at.
                escalation.context = Some(dice.chance(assistant.context)).filter(|_| !dice.chance(80));
                contact.handling = Handling::AiToHuman;
            }
        }
        if contact.handling != Handling::Ai {
            stages::attend(&mut contact, dice);
        }
        stages::park(&mut contact, dice);
        stages::cut(&mut contact);
        feedback::gather(&mut contact, segment == Some("enterprise"), dice);
        usage::measure(&mut contact, dice);
        contact
    }

    /// The record as it is created.
    fn receive(&self, at: Moment, arrival: Arrival, dice: &mut Dice) -> Contact {
        let segment = arrival.customer.map_or("", |customer| self.book.company_of(customer).segment);
        let language = match arrival.customer {
            Some(customer) => self.book.customers[customer].language,
            None => dice.pick(&[("de", 450), ("en", 400), ("fr", 150)]),
        };
        let handling = if dice.chance(straight_to_people(at, &arrival)) { Handling::Human } else { Handling::Ai };
        Contact {
            number: 0,
            handling,
            in_scope: arrival.in_scope,
            opened: at,
            first_response: None,
            closed: None,
            reopened: None,
            outcome: None,
            confirmed: None,
            customer: arrival.customer,
            topic: arrival.topic,
            session: arrival.session,
            channel: arrival.channel,
            assistant: None,
            person: None,
            language,
            priority: priority(segment, arrival.topic, dice),
            escalation: None,
            ai_seconds: None,
            human_seconds: None,
            partner_fee: None,
            confidence: None,
            messages: None,
            survey: Survey::default(),
            tone: None,
            audit: Audit::default(),
            drafts: None,
            voice: None,
            usage: None,
            converted: None,
            revenue: None,
            truth: Truth::default(),
        }
    }

    /// Plans what follows from a contact: its session goes on, or its customer comes back.
    fn look_ahead(&mut self, contact: &mut Contact, attempt: u8, dice: &mut Dice) {
        let (Some(closed), Some(_)) = (contact.closed, contact.customer) else { return };
        let again = Arrival {
            customer: contact.customer,
            topic: contact.topic,
            channel: contact.channel,
            session: None,
            attempt: (attempt + 1).min(3),
            in_scope: true,
        };
        if contact.session.is_none() && dice.chance(if contact.truth.solved { 16 } else { 55 }) {
            self.sessions += 1;
            contact.session = Some(self.sessions);
            let channel = dice.pick(&[(contact.channel, 600), ("chat", 250), ("voice", 150)]);
            let at = closed + dice.between(MINUTE, 25 * MINUTE);
            self.plan(at, Arrival { session: contact.session, channel, attempt, ..again });
        } else if dice.chance(come_back(contact)) {
            contact.truth.came_back = true;
            let at = closed + patience(dice);
            if dice.chance(370) {
                contact.reopened = Some(at).filter(|at| *at <= AS_OF);
            } else {
                let channel = dice.pick(&[(contact.channel, 550), ("chat", 200), ("email", 150), ("voice", 100)]);
                let topic = if dice.chance(950) { contact.topic } else { draw_topic(day_of(at), dice) };
                self.plan(at, Arrival { topic, channel, ..again });
            }
        }
    }
}

/// When on a day a contact arrives.
fn moment_on(day: i64, dice: &mut Dice) -> Moment {
    let hours = if is_workday(day) { WORKDAY_HOURS } else { QUIET_HOURS };
    let hour = i64::try_from(dice.place(hours.into_iter())).unwrap_or(0);
    let at = berlin(day, hour * HOUR + dice.below(HOUR));
    // Berlin's year starts an hour before the data does.
    if at < FIRST_MOMENT { at + HOUR } else { at }
}

fn draw_topic(day: i64, dice: &mut Dice) -> Option<&'static Topic> {
    TOPICS.get(dice.place(TOPICS.iter().map(|topic| topic.weight_on(day))))
}

fn named(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.name == name)
}

/// Chance that no AI takes part, in permille: at night there are only letters that wait for the morning.
fn straight_to_people(at: Moment, arrival: &Arrival) -> i64 {
    if !arrival.in_scope {
        return 0;
    }
    let chance = match (is_open(at), arrival.channel) {
        (true, "voice") => 320,
        (true, "email") => 200,
        (true, _) => 95,
        (false, "email") => 60,
        (false, _) => return 0,
    };
    chance + 130 * i64::from(arrival.attempt)
}

fn priority(segment: &str, topic: Option<&Topic>, dice: &mut Dice) -> &'static str {
    let urgent = if topic.is_some_and(|topic| topic.name == OUTAGE) { 450 } else { 30 };
    let high = if segment == "enterprise" { 260 } else { 120 };
    dice.pick(&[("urgent", urgent), ("high", high), ("normal", 620), ("low", 180)])
}

/// Spam, tests and answers to campaigns are closed on sight.
fn discard(contact: &mut Contact, dice: &mut Dice) {
    contact.assistant = Some(&ARIA);
    contact.closed = Some(contact.opened + dice.between(2, 90)).filter(|at| *at <= AS_OF);
    contact.outcome = contact.closed.map(|_| Outcome::Unresolved);
}

/// Chance that the customer comes back with the same thing, in permille.
fn come_back(contact: &Contact) -> i64 {
    match (contact.handling, contact.outcome, contact.truth.solved) {
        (Handling::Ai, Some(Outcome::Resolved), true) => 48,
        (Handling::Ai, Some(Outcome::Resolved), false) => 850,
        (_, Some(Outcome::Resolved), _) => 66,
        (_, Some(Outcome::Abandoned), true) => 60,
        (_, Some(Outcome::Abandoned), false) => 390,
        _ => 450,
    }
}

/// How long the customer waits before coming back: mostly within three days, sometimes later.
fn patience(dice: &mut Dice) -> i64 {
    let (from, to) = dice.pick(&[
        ((20 * MINUTE, 6 * HOUR), 300),
        ((6 * HOUR, DAY), 270),
        ((DAY, 2 * DAY), 210),
        ((2 * DAY, 3 * DAY), 95),
        ((3 * DAY, 10 * DAY), 125),
    ]);
    dice.between(from, to)
}
