//! What a plan costs as a function of contacts: straight lines, piece by piece.

use super::plans::{Charge, Plan, Tier, Tiering, Usage};
use rust_decimal::Decimal;

/// A difference below it is none: quotients are kept to 28 digits, so contacts at which a tier ends may lie a hair behind it.
pub(super) const HAIR: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// So much for each contact, and so much anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub slope: Decimal,
    pub base: Decimal,
}

impl Line {
    pub const fn flat(base: Decimal) -> Self {
        Self { slope: Decimal::ZERO, base }
    }

    pub fn at(self, contacts: Decimal) -> Decimal {
        self.slope * contacts + self.base
    }

    pub fn and(self, other: Self) -> Self {
        Self { slope: self.slope + other.slope, base: self.base + other.base }
    }
}

/// A price by unit with all that depends on the usage worked out.
struct Metered<'c> {
    /// Units by contact.
    units: Decimal,
    included: Decimal,
    per: Decimal,
    price: Option<Decimal>,
    tiers: &'c [Tier],
    tiering: Tiering,
    part: Decimal,
}

impl Metered<'_> {
    /// The line that the cost lies on at so many contacts; where two lines meet, the one before.
    fn line(&self, contacts: Decimal) -> Line {
        let units = contacts * self.units;
        if units <= self.included + HAIR {
            return Line::flat(Decimal::ZERO);
        }
        let (mut begin, mut before) = (Decimal::ZERO, Decimal::ZERO);
        let mut price = self.price.unwrap_or(Decimal::ZERO);
        for tier in self.tiers {
            price = tier.price / self.per;
            let Some(end) = tier.up_to.map(|end| end * self.part) else { break };
            if units - self.included <= end + HAIR {
                break;
            }
            before += (end - begin) * price;
            begin = end;
        }
        if self.tiers.is_empty() {
            price /= self.per;
        }
        let slope = self.units * price;
        match self.tiering {
            Tiering::Marginal => Line { slope, base: before - (self.included + begin) * price },
            Tiering::WholeVolume => Line { slope, base: -self.included * price },
        }
    }

    /// Contacts at which another line begins.
    fn breaks(&self) -> impl Iterator<Item = Decimal> {
        let ends = self.tiers.iter().filter_map(|tier| tier.up_to).map(|end| end * self.part);
        std::iter::once(Decimal::ZERO).chain(ends).filter_map(|end| (self.included + end).checked_div(self.units))
    }
}

/// Seats at so many contacts; whole ones where they follow from contacts.
pub(super) fn seats(usage: &Usage, contacts: Decimal) -> Decimal {
    usage.contacts_in_part().map_or(usage.seats, |each| (contacts / each).ceil())
}

fn metered<'c>(charge: &'c Charge, usage: &Usage) -> Option<Metered<'c>> {
    let Charge::Use { of, price, tiers, tiering, included, per } = charge else { return None };
    Some(Metered {
        units: usage.units(*of),
        included: *included * usage.part_of_month,
        per: *per,
        price: *price,
        tiers,
        tiering: *tiering,
        part: usage.part_of_month,
    })
}

/// What one charge costs at so many contacts, as the line that it lies on.
pub(super) fn charge_line(charge: &Charge, usage: &Usage, contacts: Decimal) -> Line {
    let part = usage.part_of_month;
    match charge {
        Charge::Fixed { amount } => Line::flat(*amount * part),
        Charge::Seat { price, add_ons } => {
            let each = add_ons.iter().fold(*price, |sum, add_on| sum + add_on.price);
            Line::flat(each * seats(usage, contacts) * part)
        }
        Charge::Use { .. } => {
            metered(charge, usage).map_or(Line::flat(Decimal::ZERO), |metered| metered.line(contacts))
        }
    }
}

/// What a plan costs at so many contacts, before its least amount.
fn summed(plan: &Plan, usage: &Usage, contacts: Decimal) -> Line {
    let lines = plan.charges.iter().map(|charge| charge_line(charge, usage, contacts));
    lines.fold(Line::flat(Decimal::ZERO), Line::and)
}

/// What a plan costs at so many contacts, as the line that it lies on.
pub(super) fn plan_line(plan: &Plan, usage: &Usage, contacts: Decimal) -> Line {
    let (line, least) = (summed(plan, usage, contacts), plan.minimum * usage.part_of_month);
    if line.at(contacts) < least { Line::flat(least) } else { line }
}

/// Where between two numbers of contacts another line begins, with both ends, ascending.
pub(super) fn breaks(plan: &Plan, usage: &Usage, from: Decimal, to: Decimal) -> Vec<Decimal> {
    let mut places = vec![from, to];
    for charge in &plan.charges {
        if let Some(metered) = metered(charge, usage) {
            places.extend(metered.breaks());
        }
        if let (Charge::Seat { .. }, Some(each)) = (charge, usage.contacts_in_part()) {
            let mut place = (from / each).floor() * each;
            while place < to {
                places.push(place);
                place += each;
            }
        }
    }
    tidy(&mut places, from, to);
    let least = plan.minimum * usage.part_of_month;
    let met: Vec<Decimal> = places
        .windows(2)
        .filter_map(|ends| {
            let [low, high] = ends else { return None };
            let line = summed(plan, usage, between(*low, *high));
            (least - line.base).checked_div(line.slope).filter(|place| (*low..*high).contains(place))
        })
        .collect();
    places.extend(met);
    tidy(&mut places, from, to);
    places
}

pub(super) fn tidy(places: &mut Vec<Decimal>, from: Decimal, to: Decimal) {
    places.retain(|place| (from..=to).contains(place));
    places.sort_unstable();
    places.dedup();
}

pub(super) fn between(low: Decimal, high: Decimal) -> Decimal {
    low + (high - low) / Decimal::TWO
}
