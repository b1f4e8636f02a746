//! How vendors ask for money, as data: a plan is a sum of charges with a least amount.

use super::super::problems::{Problems, decimal, plain};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What is paid for by use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Contacts that the AI answers.
    Conversation,
    /// Contacts that the vendor counts as resolved.
    Resolution,
    /// Contacts that are resolved and hold.
    VerifiedResolution,
    /// Replies that are drafted for people.
    Draft,
    /// Signals found in contacts: churn, upsell, a rival's name.
    Signal,
    /// Tokens that models read.
    InputToken,
    /// Tokens that models write.
    OutputToken,
}

/// How much of everything a contact brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Usage {
    /// The part of contacts that the AI answers.
    pub ai_share: Decimal,
    /// The part of those that the vendor counts as resolved.
    pub claimed_resolution_rate: Decimal,
    /// The part of those that are resolved and hold.
    pub verified_resolution_rate: Decimal,
    /// Drafts by contact.
    pub drafts_per_contact: Decimal,
    /// Signals by contact.
    pub signals_per_contact: Decimal,
    /// Tokens that models read, by contact that the AI answers.
    pub input_tokens_per_conversation: Decimal,
    /// Tokens that models write, by contact that the AI answers.
    pub output_tokens_per_conversation: Decimal,
    /// People with a seat.
    pub seats: Decimal,
    /// Contacts a month that one seat is enough for; with it seats follow from contacts, in whole ones.
    pub contacts_per_seat: Option<Decimal>,
    /// The part of the month in which the plan runs; fees, seats, what a seat is enough for, included units, ends of tiers and
    /// least amounts are that part of a month's. Contacts are those of that part.
    pub part_of_month: Decimal,
}

impl Default for Usage {
    fn default() -> Self {
        Self {
            ai_share: Decimal::ONE,
            claimed_resolution_rate: decimal(6, 1),
            verified_resolution_rate: decimal(55, 2),
            drafts_per_contact: Decimal::ZERO,
            signals_per_contact: Decimal::ZERO,
            input_tokens_per_conversation: Decimal::ZERO,
            output_tokens_per_conversation: Decimal::ZERO,
            seats: Decimal::ZERO,
            contacts_per_seat: None,
            part_of_month: Decimal::ONE,
        }
    }
}

impl Usage {
    /// Units by contact.
    pub(super) fn units(&self, of: Of) -> Decimal {
        match of {
            Of::Conversation => self.ai_share,
            Of::Resolution => self.ai_share * self.claimed_resolution_rate,
            Of::VerifiedResolution => self.ai_share * self.verified_resolution_rate,
            Of::Draft => self.drafts_per_contact,
            Of::Signal => self.signals_per_contact,
            Of::InputToken => self.ai_share * self.input_tokens_per_conversation,
            Of::OutputToken => self.ai_share * self.output_tokens_per_conversation,
        }
    }

    /// Contacts of the part of the month that one seat is enough for.
    pub(super) fn contacts_in_part(&self) -> Option<Decimal> {
        self.contacts_per_seat.map(|each| each * self.part_of_month)
    }

    pub(super) fn check(&self, wrong: &mut Problems) {
        let (nought, one) = (Decimal::ZERO, Decimal::ONE);
        for (name, value, low, high) in [
            ("ai_share", self.ai_share, nought, one),
            ("claimed_resolution_rate", self.claimed_resolution_rate, nought, one),
            ("verified_resolution_rate", self.verified_resolution_rate, nought, one),
            ("drafts_per_contact", self.drafts_per_contact, nought, decimal(1000, 0)),
            ("signals_per_contact", self.signals_per_contact, nought, decimal(1000, 0)),
            ("input_tokens_per_conversation", self.input_tokens_per_conversation, nought, decimal(1_000_000_000, 0)),
            ("output_tokens_per_conversation", self.output_tokens_per_conversation, nought, decimal(1_000_000_000, 0)),
            ("seats", self.seats, nought, decimal(1_000_000, 0)),
            ("contacts_per_seat", self.contacts_per_seat.unwrap_or(one), one, decimal(1_000_000_000, 0)),
            ("part_of_month", self.part_of_month, decimal(1, 3), one),
        ] {
            wrong.within(&format!("usage.{name}"), value, low, high);
        }
        wrong.unless(self.verified_resolution_rate <= self.claimed_resolution_rate, || {
            format!(
                "`usage.verified_resolution_rate` is {}, above a `claimed_resolution_rate` of {}; what holds is a part of what is claimed",
                plain(self.verified_resolution_rate),
                plain(self.claimed_resolution_rate)
            )
        });
    }
}

/// How prices of tiers apply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tiering {
    /// Each unit at the price of the tier that it lies in.
    #[default]
    Marginal,
    /// All units at the price of the tier that the last one lies in: the sum falls where a tier begins.
    WholeVolume,
}

/// A stretch of units at one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The last unit in it, counted without included ones; nothing for the last tier.
    #[serde(default)]
    pub up_to: Option<Decimal>,
    /// The price of `per` units.
    pub price: Decimal,
}

/// Something that a seat can have on top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddOn {
    /// What it is called.
    pub name: String,
    /// For each seat, by the month.
    pub price: Decimal,
}

const fn one() -> Decimal {
    Decimal::ONE
}

/// What is paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Charge {
    /// A fee by the month.
    Fixed {
        /// How much.
        amount: Decimal,
    },
    /// A price for each person.
    Seat {
        /// By the month.
        price: Decimal,
        /// What each seat has on top.
        #[serde(default)]
        add_ons: Vec<AddOn>,
    },
    /// A price for each unit.
    Use {
        /// Of what.
        of: Of,
        /// The price of `per` units; instead of tiers.
        #[serde(default)]
        price: Option<Decimal>,
        /// Prices that change with the number of units, ascending.
        #[serde(default)]
        tiers: Vec<Tier>,
        /// How they apply.
        #[serde(default)]
        tiering: Tiering,
        /// Units a month that cost nothing.
        #[serde(default)]
        included: Decimal,
        /// How many units a price is for, such as 1,000,000 tokens.
        #[serde(default = "one")]
        per: Decimal,
    },
}

/// One way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it is called.
    pub name: String,
    /// Its currency; default: the one of the comparison, and it must be that.
    #[serde(default)]
    pub currency: Option<String>,
    /// All that is paid for.
    pub charges: Vec<Charge>,
    /// What a month costs at least.
    #[serde(default)]
    pub minimum: Decimal,
}

/// No price is higher, and no plan has more charges, so that no sum overflows.
const MOST: Decimal = decimal(100_000_000, 0);
const MOST_CHARGES: usize = 50;
const MOST_UNITS: Decimal = decimal(1_000_000_000_000_000, 0);

impl Plan {
    pub(in crate::money) fn check(&self, place: &str, currency: &str, wrong: &mut Problems) {
        wrong.unless(!self.name.is_empty(), || format!("`{place}.name` is empty"));
        if let Some(own) = self.currency.as_ref().filter(|own| *own != currency) {
            wrong.add(format!(
                "`{place}.currency` is \"{own}\" and the comparison is in \"{currency}\"; amounts of two currencies cannot be compared, so convert one of them first"
            ));
        }
        wrong.within(&format!("{place}.minimum"), self.minimum, Decimal::ZERO, MOST);
        wrong.unless(!self.charges.is_empty(), || format!("`{place}.charges` is empty; a plan charges something"));
        wrong.unless(self.charges.len() <= MOST_CHARGES, || {
            format!("`{place}.charges` has {} charges; {MOST_CHARGES} is the most", self.charges.len())
        });
        for (at, charge) in self.charges.iter().enumerate() {
            charge.check(&format!("{place}.charges[{at}]"), wrong);
        }
    }
}

impl Charge {
    /// The same without zeros at the end of amounts.
    pub(in crate::money) fn tidy(mut self) -> Self {
        let tidy = |amount: &mut Decimal| *amount = amount.normalize();
        match &mut self {
            Self::Fixed { amount } => tidy(amount),
            Self::Seat { price, add_ons } => {
                tidy(price);
                for add_on in add_ons {
                    tidy(&mut add_on.price);
                }
            }
            Self::Use { price, tiers, included, per, .. } => {
                price.iter_mut().chain([included, per]).for_each(tidy);
                for tier in tiers {
                    tier.up_to.iter_mut().chain([&mut tier.price]).for_each(tidy);
                }
            }
        }
        self
    }

    fn check(&self, place: &str, wrong: &mut Problems) {
        match self {
            Self::Fixed { amount } => wrong.within(&format!("{place}.amount"), *amount, Decimal::ZERO, MOST),
            Self::Seat { price, add_ons } => {
                wrong.within(&format!("{place}.price"), *price, Decimal::ZERO, MOST);
                wrong.unless(add_ons.len() <= MOST_CHARGES, || {
                    format!("`{place}.add_ons` has {} of them; {MOST_CHARGES} is the most", add_ons.len())
                });
                for (at, add_on) in add_ons.iter().enumerate() {
                    wrong.within(&format!("{place}.add_ons[{at}].price"), add_on.price, Decimal::ZERO, MOST);
                }
            }
            Self::Use { price, tiers, included, per, .. } => {
                wrong.within(&format!("{place}.included"), *included, Decimal::ZERO, MOST_UNITS);
                wrong.within(&format!("{place}.per"), *per, Decimal::ONE, MOST);
                match (price, tiers.as_slice()) {
                    (Some(price), []) => wrong.within(&format!("{place}.price"), *price, Decimal::ZERO, MOST),
                    (None, [_, ..]) => check_tiers(place, tiers, wrong),
                    _ => wrong.add(format!("`{place}` needs either `price` or `tiers`")),
                }
            }
        }
    }
}

fn check_tiers(place: &str, tiers: &[Tier], wrong: &mut Problems) {
    wrong.unless(tiers.len() <= MOST_CHARGES, || {
        format!("`{place}.tiers` has {} tiers; {MOST_CHARGES} is the most", tiers.len())
    });
    let mut before = Decimal::ZERO;
    for (at, tier) in tiers.iter().enumerate() {
        wrong.within(&format!("{place}.tiers[{at}].price"), tier.price, Decimal::ZERO, MOST);
        let last = at + 1 == tiers.len();
        match tier.up_to {
            None if !last => {
                wrong.add(format!("`{place}.tiers[{at}]` has no `up_to`, so it overlaps the tiers behind it"));
            }
            Some(_) if last => {
                wrong.add(format!(
                    "`{place}.tiers[{at}]` ends, and nothing says what units behind it cost; leave its `up_to` out"
                ));
            }
            Some(up_to) => {
                wrong.unless(up_to > before, || {
                    format!(
                        "`{place}.tiers[{at}].up_to` is {}, not above {}, so the two overlap",
                        plain(up_to),
                        plain(before)
                    )
                });
                wrong.within(&format!("{place}.tiers[{at}].up_to"), up_to, Decimal::ZERO, MOST_UNITS);
                before = up_to;
            }
            None => {}
        }
    }
}
