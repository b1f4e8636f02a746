//! Why a contact costs more than was expected: the difference, shared out to what moved (SPEC 7.3).

use super::problems::{Problems, decimal, plain, quotient, refused, text};
use crate::error::{Error, Result};
use ethnum::I256;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What drives the cost of a contact. Cost of a contact = `ai_cost_per_item` + `escalation_rate` × `review_minutes` ×
/// `labour_rate` ÷ 60 + `fixed_cost` ÷ `volume`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drivers {
    /// Contacts.
    pub volume: Decimal,
    /// The part of them that people have to look at.
    pub escalation_rate: Decimal,
    /// Minutes that people spend on one of these.
    pub review_minutes: Decimal,
    /// What an hour of people costs.
    pub labour_rate: Decimal,
    /// What the AI costs for each contact.
    pub ai_cost_per_item: Decimal,
    /// What it costs whatever happens, over the same time as the contacts.
    pub fixed_cost: Decimal,
}

/// What was expected, and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VarianceAsk {
    /// ISO 4217; default USD.
    #[serde(default = "dollars")]
    pub currency: String,
    /// What was expected.
    pub forecast: Drivers,
    /// What came.
    pub actual: Drivers,
}

fn dollars() -> String {
    "USD".into()
}

/// The names of the drivers, in the order in which they are shown.
pub const DRIVERS: [&str; 6] =
    ["volume", "escalation_rate", "review_minutes", "labour_rate", "ai_cost_per_item", "fixed_cost"];

/// A driver's part of the difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub driver: &'static str,
    /// What was expected of it.
    pub forecast: Decimal,
    /// What came.
    pub actual: Decimal,
    /// How much dearer it makes a contact, to 6 places; below nought it makes it cheaper.
    pub amount: Decimal,
}

/// How far off a forecast is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Within a tenth.
    Good,
    /// Over a tenth.
    FarOff,
    /// Over a fifth: the forecast is to be made anew, or the agent to be mended.
    Failing,
}

impl Standing {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::FarOff => "far_off",
            Self::Failing => "failing",
        }
    }
}

/// The difference between what a contact was to cost and what it costs, shared out to what moved.
///
/// Shares are those of Shapley: the mean of what a driver adds over every order in which drivers could have moved. They say what
/// goes with what in the formula, not why it moved: dearer minutes may be the price of fewer of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variance {
    /// Of money.
    pub currency: String,
    /// What a contact was to cost, to 6 places.
    pub forecast: Decimal,
    /// What it costs, to 6 places.
    pub actual: Decimal,
    /// The second less the first.
    pub difference: Decimal,
    /// The same as a part of the first, to 6 places; nothing where nothing was to be spent.
    pub relative: Option<Decimal>,
    /// How far off that is.
    pub standing: Option<Standing>,
    /// The parts, in the order of [`DRIVERS`]; they sum to the difference exactly.
    pub parts: Vec<Part>,
}

/// Shares out the difference.
///
/// # Errors
/// When a driver makes no sense; all that do not are named at once.
pub fn variance(ask: &VarianceAsk) -> Result<Variance> {
    ask.validate()?;
    let exact = Exact::of(ask).ok_or_else(too_long)?;
    let [forecast, actual] = [exact.unit(0), exact.unit(1)].map(|cost| cost.and_then(|c| exact.rounded(c)));
    let (forecast, actual) = forecast.zip(actual).ok_or_else(too_long)?;
    let amounts = exact.parts().and_then(|parts| exact.shared(&parts, actual - forecast)).ok_or_else(too_long)?;
    let money = |millionths: i128| Decimal::from_i128_with_scale(millionths, 6);
    let difference = money(actual - forecast);
    let relative = quotient(difference, money(forecast));
    let sides = ask.forecast.in_order().into_iter().zip(ask.actual.in_order());
    let parts = DRIVERS.into_iter().zip(sides).zip(amounts);
    let parts =
        parts.map(|((driver, (forecast, actual)), amount)| Part { driver, forecast, actual, amount: money(amount) });
    Ok(Variance {
        currency: ask.currency.clone(),
        forecast: money(forecast),
        actual: money(actual),
        difference,
        relative,
        standing: relative.map(standing),
        parts: parts.collect(),
    })
}

fn too_long() -> Error {
    refused("The drivers have more digits than can be shared out exactly; round them first.")
}

fn standing(relative: Decimal) -> Standing {
    match relative.abs() {
        off if off > decimal(2, 1) => Standing::Failing,
        off if off > decimal(1, 1) => Standing::FarOff,
        _ => Standing::Good,
    }
}

impl Drivers {
    /// The same without zeros at the end.
    pub(super) fn tidy(self) -> Self {
        Self {
            volume: self.volume.normalize(),
            escalation_rate: self.escalation_rate.normalize(),
            review_minutes: self.review_minutes.normalize(),
            labour_rate: self.labour_rate.normalize(),
            ai_cost_per_item: self.ai_cost_per_item.normalize(),
            fixed_cost: self.fixed_cost.normalize(),
        }
    }

    const fn in_order(&self) -> [Decimal; 6] {
        [
            self.volume,
            self.escalation_rate,
            self.review_minutes,
            self.labour_rate,
            self.ai_cost_per_item,
            self.fixed_cost,
        ]
    }
}

/// Ends of the drivers, and the places behind the point that they may have: within them, everything below fits 256 bits.
const ENDS: [(Decimal, Decimal, u32); 6] = [
    (decimal(1, 0), decimal(1_000_000_000_000, 0), 0),
    (Decimal::ZERO, Decimal::ONE, 9),
    (Decimal::ZERO, decimal(10_000, 0), 6),
    (Decimal::ZERO, decimal(1_000_000, 0), 6),
    (Decimal::ZERO, decimal(1_000_000, 0), 9),
    (Decimal::ZERO, decimal(1_000_000_000_000, 0), 6),
];

impl VarianceAsk {
    /// As JSON, to be changed by hand and asked for.
    pub fn to_json(&self) -> String {
        json!(self).to_string()
    }

    /// Checks every driver and names all that is wrong at once.
    ///
    /// # Errors
    /// When a driver lies outside its range, or has too many digits.
    pub fn validate(&self) -> Result<()> {
        let mut wrong = Problems::default();
        wrong.currency("currency", &self.currency);
        for (side, drivers) in [("forecast", &self.forecast), ("actual", &self.actual)] {
            for ((name, value), (low, high, places)) in DRIVERS.into_iter().zip(drivers.in_order()).zip(ENDS) {
                let name = format!("{side}.{name}");
                wrong.within(&name, value, low, high);
                wrong.unless(value.normalize().scale() <= places, || {
                    format!("`{name}` is {}; it may have {places} places behind the point", plain(value))
                });
            }
        }
        wrong.finish()
    }
}

/// The drivers as whole numbers: all fractions below are over one denominator.
struct Exact {
    /// Before and after: volume, and then the steps of each driver.
    volume: [I256; 2],
    escalation: [I256; 2],
    minutes: [I256; 2],
    rate: [I256; 2],
    ai: [I256; 2],
    fixed: [I256; 2],
    /// What all fractions are over: 360 · both volumes · 10²¹.
    denominator: I256,
}

/// 60 minutes, and the six of Shapley's weights.
const WEIGHT: i128 = 360;
/// Places of escalations, minutes and rate together.
const PLACES: u32 = 21;

impl Exact {
    fn of(ask: &VarianceAsk) -> Option<Self> {
        let steps = |pick: fn(&Drivers) -> Decimal, places: u32| {
            let step = |drivers: &Drivers| {
                let value = pick(drivers).normalize();
                let up = 10_i128.checked_pow(places.checked_sub(value.scale())?)?;
                I256::new(value.mantissa()).checked_mul(I256::new(up))
            };
            Some([step(&ask.forecast)?, step(&ask.actual)?])
        };
        let volume = steps(|d| d.volume, 0)?;
        let [before, after] = volume;
        let scale = I256::new(WEIGHT).checked_mul(I256::new(10_i128.checked_pow(PLACES)?))?;
        Some(Self {
            denominator: before.checked_mul(after)?.checked_mul(scale)?,
            volume,
            escalation: steps(|d| d.escalation_rate, 9)?,
            minutes: steps(|d| d.review_minutes, 6)?,
            rate: steps(|d| d.labour_rate, 6)?,
            ai: steps(|d| d.ai_cost_per_item, 9)?,
            fixed: steps(|d| d.fixed_cost, 6)?,
        })
    }

    fn both(&self) -> Option<I256> {
        let [before, after] = self.volume;
        before.checked_mul(after)
    }

    /// What the AI costs, of so many steps.
    fn of_ai(&self, steps: I256) -> Option<I256> {
        let up = I256::new(WEIGHT).checked_mul(I256::new(10_i128.pow(PLACES - 9)))?;
        steps.checked_mul(up)?.checked_mul(self.both()?)
    }

    /// What minutes of people cost, six of them: the product of three drivers' steps, where that is the sum of six.
    fn of_people(&self, sixfold: I256) -> Option<I256> {
        // 360 over 60 minutes and over six.
        sixfold.checked_mul(self.both()?)
    }

    /// What is fixed, over the volume that is not `other`.
    fn of_fixed(steps: I256, other: I256) -> Option<I256> {
        let up = I256::new(WEIGHT / 2).checked_mul(I256::new(10_i128.pow(PLACES - 6)))?;
        steps.checked_mul(up)?.checked_mul(other)
    }

    /// The cost of a contact, before or after.
    fn unit(&self, at: usize) -> Option<I256> {
        let pick = |pair: [I256; 2]| pair.get(at).copied();
        let other = self.volume.get(1 - at).copied()?;
        let product = pick(self.escalation)?.checked_mul(pick(self.minutes)?)?.checked_mul(pick(self.rate)?)?;
        let people = self.of_people(product.checked_mul(I256::new(6))?)?;
        let fixed = Self::of_fixed(pick(self.fixed)?, other)?.checked_mul(I256::new(2))?;
        self.of_ai(pick(self.ai)?)?.checked_add(people)?.checked_add(fixed)
    }

    /// What each driver adds, in the order of [`DRIVERS`].
    ///
    /// The cost is a sum of three terms that share no driver, so each driver's Shapley value is that within its own term.
    fn parts(&self) -> Option<[I256; 6]> {
        let [before, after] = self.volume;
        let moved = |[from, to]: [I256; 2]| to.checked_sub(from);
        // Of a product of three: a third of the change at both before and at both after, a sixth at each mixture.
        let of_three = |own: [I256; 2], [y0, y1]: [I256; 2], [z0, z1]: [I256; 2]| {
            let (two, ends) = (I256::new(2), y0.checked_mul(z0)?.checked_add(y1.checked_mul(z1)?)?);
            let mixed = y0.checked_mul(z1)?.checked_add(y1.checked_mul(z0)?)?;
            self.of_people(moved(own)?.checked_mul(ends.checked_mul(two)?.checked_add(mixed)?)?)
        };
        // Of a quotient: half of the change at the other's before, half at its after. 1/after − 1/before is (before − after)
        // over both.
        let [fixed_before, fixed_after] = self.fixed;
        let volume = Self::of_fixed(fixed_before.checked_add(fixed_after)?, before.checked_sub(after)?)?;
        let fixed = Self::of_fixed(moved(self.fixed)?, before.checked_add(after)?)?;
        Some([
            volume,
            of_three(self.escalation, self.minutes, self.rate)?,
            of_three(self.minutes, self.escalation, self.rate)?,
            of_three(self.rate, self.escalation, self.minutes)?,
            self.of_ai(moved(self.ai)?)?,
            fixed,
        ])
    }

    /// A fraction as millionths, half-even.
    fn rounded(&self, numerator: I256) -> Option<i128> {
        let quotient = crate::units::exact::div_half_even(numerator, self.millionth()?);
        i128::try_from(quotient).ok()
    }

    /// What a fraction is divided by to give millionths.
    fn millionth(&self) -> Option<I256> {
        self.denominator.checked_div(I256::new(1_000_000))
    }

    /// Millionths of each part that sum to a whole: each rounded down, and the rest given to the largest remainders; equal ones
    /// in the order of drivers. What did not move has no part.
    fn shared(&self, parts: &[I256; 6], whole: i128) -> Option<[i128; 6]> {
        let step = self.millionth()?;
        let mut down = [0_i128; 6];
        let mut rests: Vec<(I256, usize)> = Vec::with_capacity(6);
        for (at, part) in parts.iter().enumerate() {
            *down.get_mut(at)? = i128::try_from(part.div_euclid(step)).ok()?;
            if *part != I256::ZERO {
                rests.push((part.rem_euclid(step), at));
            }
        }
        rests.sort_by_key(|(rest, at)| (std::cmp::Reverse(*rest), *at));
        let left = whole - down.iter().sum::<i128>();
        // Both costs are rounded, so their difference may be a millionth more or less than the parts leave room for.
        if left < 0 {
            rests.reverse();
        }
        for (_, at) in rests.iter().cycle().take(left.unsigned_abs().try_into().ok()?) {
            *down.get_mut(*at)? += left.signum();
        }
        Some(down)
    }
}

impl Variance {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let parts: Vec<Value> = self
            .parts
            .iter()
            .map(|part| {
                json!({
                    "driver": part.driver,
                    "forecast": text(part.forecast),
                    "actual": text(part.actual),
                    "amount": text(part.amount),
                })
            })
            .collect();
        json!({
            "schema": "supportkpi.variance/1",
            "currency": self.currency,
            "forecast": text(self.forecast),
            "actual": text(self.actual),
            "difference": text(self.difference),
            "relative": self.relative.map(plain),
            "standing": self.standing.map(Standing::name),
            "parts": parts,
        })
        .to_string()
    }
}
