//! Where one plan stops being cheaper than another.

use super::lines::{HAIR, between, breaks, plan_line, tidy};
use super::plans::{Plan, Usage};
use rust_decimal::Decimal;

/// Where two plans change places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The plan that is cheaper with fewer contacts.
    pub below: String,
    /// The plan that is cheaper with more.
    pub above: String,
    /// Contacts, to 6 places.
    pub contacts: Decimal,
    /// What the first one costs there, to 6 places.
    pub cost_below: Decimal,
    /// What the second one costs there, to 6 places. Both are the same, but where a price jumps: there one overtakes the other
    /// without ever costing the same.
    pub cost_above: Decimal,
    /// Whether a price jumps there.
    pub jump: bool,
}

/// Every place between two numbers of contacts where two plans change places.
pub(super) fn crossings(a: &Plan, b: &Plan, usage: &Usage, from: Decimal, to: Decimal) -> Vec<Crossing> {
    let mut places = breaks(a, usage, from, to);
    places.extend(breaks(b, usage, from, to));
    tidy(&mut places, from, to);
    let mut found = Vec::new();
    // Which one was cheaper last: −1 for a.
    let mut cheaper = 0;
    for ends in places.windows(2) {
        let [low, high] = ends else { continue };
        let middle = between(*low, *high);
        let (of_a, of_b) = (plan_line(a, usage, middle), plan_line(b, usage, middle));
        let apart = |contacts: Decimal| sign(of_a.at(contacts) - of_b.at(contacts));
        let (first, last) = (apart(*low), apart(*high));
        let mut note = |contacts: Decimal, now: i32| {
            found.push(crossing(if now < 0 { (b, a) } else { (a, b) }, usage, contacts));
        };
        // The first one to differ says who is cheaper from here on.
        let begins = if first == 0 { last } else { first };
        if begins * cheaper < 0 {
            note(*low, begins);
        }
        if first * last < 0 {
            let meet = (of_b.base - of_a.base).checked_div(of_a.slope - of_b.slope).unwrap_or(middle);
            note(meet, last);
        }
        if last != 0 || first != 0 {
            cheaper = if last == 0 { first } else { last };
        }
    }
    found
}

fn sign(apart: Decimal) -> i32 {
    if apart.abs() < HAIR {
        0
    } else if apart.is_sign_negative() {
        -1
    } else {
        1
    }
}

fn crossing((below, above): (&Plan, &Plan), usage: &Usage, contacts: Decimal) -> Crossing {
    let cost = |plan: &Plan| plan_line(plan, usage, contacts).at(contacts).round_dp(6);
    let (cost_below, cost_above) = (cost(below), cost(above));
    Crossing {
        below: below.name.clone(),
        above: above.name.clone(),
        contacts: contacts.round_dp(6),
        cost_below,
        cost_above,
        jump: cost_below != cost_above,
    }
}
