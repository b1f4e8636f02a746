//! How values read. No language's habits: a point before decimals, a comma between thousands, units after the number.
//!
//! A number has no more digits than its interval can bear: the last one stands for at most a fifth of the width.

use super::words;
use crate::evidence::Interval;
use crate::kpis::{Law, Reading, Share, Size, Unit, find};
use crate::report::Value;
use crate::units::ExactSum;
use rust_decimal::Decimal;

const NO_BREAK: &str = "\u{a0}";
const NARROW_NO_BREAK: &str = "\u{202f}";

/// How numbers are written in one rendering.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'r> {
    currency: &'r str,
    before_percent: &'static str,
}

/// What a number is, beside the number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Kind {
    unit: Unit,
    /// A difference, which has a sign even when it is positive.
    signed: bool,
}

impl Kind {
    fn of(value: &Value) -> Self {
        let below_nought = |law: &Law| match law {
            Law::WithinMinusOneAndOne => true,
            Law::Within(low, _) => *low < 0,
            _ => false,
        };
        // The names of figures say what a difference is; its laws do not always.
        let named = ["_lift", "_delta", "_skew"].iter().any(|end| value.id.ends_with(end));
        let signed = named || find(value.id).is_some_and(|kpi| kpi.laws.iter().any(below_nought));
        Self { unit: value.unit, signed: signed || value.p_value.is_some() || value.unit == Unit::Points }
    }
}

impl<'r> Numbers<'r> {
    /// For a terminal.
    pub(super) const fn plain(currency: &'r str) -> Self {
        Self { currency, before_percent: NO_BREAK }
    }

    /// For a typeset page.
    pub(super) const fn typeset(currency: &'r str) -> Self {
        Self { currency, before_percent: NARROW_NO_BREAK }
    }

    /// The value, or the sentence that says why there is none.
    pub(super) fn value_or_why(self, value: &Value) -> String {
        match &value.value {
            Ok(reading) => self.reading(value, reading),
            Err(reason) => words::undefined(reason),
        }
    }

    /// The value, if there is one.
    pub(super) fn value(self, value: &Value) -> Option<String> {
        value.value.as_ref().ok().map(|reading| self.reading(value, reading))
    }

    fn reading(self, value: &Value, reading: &Reading) -> String {
        match reading {
            Reading::Number(x) => self.number(*x, Kind::of(value), value.interval.map(|i| i.high - i.low)),
            Reading::Count(n) => count(*n),
            Reading::Money(sum) => self.money(sum),
            Reading::Shares(shares) => self.shares(shares),
        }
    }

    /// Both ends of the interval: `70.5 to 71.9 %`.
    pub(super) fn interval(self, value: &Value) -> Option<String> {
        let interval = value.interval?;
        let kind = Kind::of(value);
        let width = Some(interval.high - interval.low);
        let (low, high) = (self.number(interval.low, kind, width), self.number(interval.high, kind, width));
        let unit = match kind.unit {
            Unit::Ratio | Unit::Tokens | Unit::PerHour | Unit::Fte => high.rfind(['\u{a0}', '\u{202f}']),
            _ => None,
        };
        let low = unit.and_then(|at| low.strip_suffix(&high[at..])).unwrap_or(&low);
        Some(format!("{low} to {high}"))
    }

    /// What is to be reached, as the figure itself would be written.
    pub(super) fn goal(self, id: &str, x: f64) -> String {
        let unit = find(id).map_or(Unit::Score, |kpi| kpi.unit);
        // A goal of whole per cent has no more digits than that.
        let whole = unit == Unit::Ratio && (x * 100.0 - (x * 100.0).round()).abs() < 1e-9;
        self.number(x, Kind { unit, signed: x < 0.0 }, whole.then_some(0.05))
    }

    /// How far one value lies above another: `+10.0 points`, `−4 min 10 s`.
    pub(super) fn difference(self, unit: Unit, x: f64, interval: Option<Interval>) -> String {
        self.apart(unit, x, interval.map(|i| i.high - i.low))
    }

    /// Both ends of where a difference may lie.
    pub(super) fn difference_interval(self, unit: Unit, interval: Interval) -> String {
        let width = Some(interval.high - interval.low);
        let (low, high) = (self.apart(unit, interval.low, width), self.apart(unit, interval.high, width));
        let low = match unit {
            Unit::Ratio => low.strip_suffix("\u{a0}points").unwrap_or(&low),
            _ => &low,
        };
        format!("{low} to {high}")
    }

    fn apart(self, unit: Unit, x: f64, width: Option<f64>) -> String {
        let text = self.number(x, Kind { unit, signed: true }, width);
        if text.starts_with('+') { text } else { signed(text, x) }
    }

    /// A part of contacts with its evidence: `73.4 %`.
    pub(super) fn part(self, rate: f64, interval: Option<Interval>) -> String {
        self.share(rate, interval.map(|i| i.high - i.low))
    }

    /// Both ends of where a part may lie.
    pub(super) fn part_interval(self, interval: Interval) -> String {
        let width = Some(interval.high - interval.low);
        let (low, high) = (self.share(interval.low, width), self.share(interval.high, width));
        let percent = format!("{}%", self.before_percent);
        format!("{} to {high}", low.strip_suffix(&percent).unwrap_or(&low))
    }

    /// A mark of an axis whose marks are `step` apart.
    pub(super) fn mark(self, unit: Unit, x: f64, step: f64) -> String {
        self.number(x, Kind { unit, signed: false }, Some(step * 5.0))
    }

    fn number(self, x: f64, kind: Kind, width: Option<f64>) -> String {
        match kind.unit {
            Unit::Ratio if kind.signed => signed(points(x * 100.0, width.map(|w| w * 100.0)), x),
            Unit::Ratio => self.share(x, width),
            Unit::Points => signed(grouped(&fixed(x, decimals(width, 0, 1))), x),
            Unit::Score => {
                let digits = grouped(&fixed(x, decimals(width, 2, 2).max(1)));
                if kind.signed { signed(digits, x) } else { digits }
            }
            Unit::Seconds => duration(x, width),
            Unit::Minutes => duration(x * 60.0, width.map(|w| w * 60.0)),
            Unit::Money => self.amount(&fixed(x, self.money_places(x)), x < 0.0),
            Unit::Tokens => plain(x, width, "tokens"),
            Unit::PerHour => plain(x, width, "per hour"),
            Unit::Fte => plain(x, width, "FTE"),
            Unit::Count | Unit::Distribution => grouped(&fixed(x, decimals(width, 0, 1))),
        }
    }

    /// A share of a whole: `73.4 %`.
    pub(super) fn share(self, x: f64, width: Option<f64>) -> String {
        let (percent, gap) = (x * 100.0, self.before_percent);
        if x == 0.0 {
            return format!("0{gap}%");
        }
        let places = decimals(width.map(|w| w * 100.0), 1, 2);
        let digits = fixed(percent, places);
        // What rounds to nothing or to everything is neither.
        if is_nought(&digits) && x > 0.0 {
            return format!("< {}{gap}%", fixed(last_place(places), places));
        }
        match digits.parse() {
            Ok(100.0) if x < 1.0 => format!("> {}{gap}%", fixed(100.0 - last_place(places), places)),
            Ok(100.0) => format!("100{gap}%"),
            _ => format!("{}{gap}%", grouped(&digits)),
        }
    }

    /// An amount, rounded from its exact digits: `$1.23`, `CHF 1.23`.
    pub(super) fn money(self, sum: &ExactSum) -> String {
        let places = self.money_places(sum.to_f64());
        let rounded = sum.round_to(u32::try_from(places).unwrap_or(0));
        if rounded.is_zero() && !sum.is_zero() {
            let negative = sum.signum() < 0;
            let least = self.amount(&fixed(last_place(places), places), negative);
            return format!("{} {least}", if negative { ">" } else { "<" });
        }
        let text = rounded.to_text();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits = if places == 0 { whole.to_owned() } else { format!("{whole}.{part:0<places$}") };
        self.amount(&digits, sum.signum() < 0)
    }

    /// An amount of a plan, as [`Numbers::money`] writes it.
    pub(super) fn sum(self, amount: Decimal) -> String {
        self.money(&ExactSum::from(amount))
    }

    /// An amount of which every digit counts: `$1,234.50`.
    pub(super) fn owed(self, amount: Decimal) -> String {
        let amount = amount.normalize();
        let text = amount.abs().to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        self.amount(&format!("{whole}.{part:0<2}"), amount.is_sign_negative() && !amount.is_zero())
    }

    /// Large amounts need no cents, and the cents of small ones are what counts.
    fn money_places(self, x: f64) -> usize {
        let cents = iso_currency::Currency::from_code(self.currency)
            .and_then(iso_currency::Currency::exponent)
            .unwrap_or(2)
            .min(2);
        match x.abs() {
            a if a >= 1000.0 => 0,
            a if a >= 10.0 || a == 0.0 => usize::from(cents),
            a if a >= 0.1 => 2,
            a if a >= 0.01 => 3,
            _ => 4,
        }
    }

    fn amount(self, digits: &str, negative: bool) -> String {
        let (minus, digits) = (if negative { "\u{2212}" } else { "" }, grouped(digits.trim_start_matches('-')));
        match self.currency {
            "USD" => format!("{minus}${digits}"),
            "EUR" => format!("{minus}€{digits}"),
            "GBP" => format!("{minus}£{digits}"),
            "" => format!("{minus}{digits}"),
            code => format!("{minus}{code}\u{a0}{digits}"),
        }
    }

    /// The largest three entries of a distribution.
    fn shares(self, shares: &[Share]) -> String {
        let entry = |s: &Share| format!("{} {}", s.key, self.share(s.share, None));
        let mut text = shares.iter().filter(|s| s.share > 0.0).take(3).map(entry).collect::<Vec<_>>().join(", ");
        let more = shares.iter().filter(|s| s.share > 0.0).count().saturating_sub(3);
        if more > 0 {
            text = format!("{text} and {more} more");
        }
        if text.is_empty() { "none".to_owned() } else { text }
    }

    /// The size of an entry of a distribution.
    pub(super) fn size(self, size: &Size) -> String {
        match size {
            Size::Count(n) => count(*n),
            Size::Amount(sum) => self.money(sum),
        }
    }
}

/// How likely something is by chance: `p = 0.03`, `p < 0.001`.
pub(super) fn chance(p: f64) -> String {
    if p < 0.001 {
        return "p\u{a0}<\u{a0}0.001".to_owned();
    }
    format!("p\u{a0}=\u{a0}{}", fixed(p, if p < 0.1 { 3 } else { 2 }))
}

/// A count: `12,345`.
pub(super) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

fn points(points: f64, width: Option<f64>) -> String {
    format!("{}\u{a0}points", grouped(&fixed(points, decimals(width, 1, 2))))
}

fn plain(x: f64, width: Option<f64>, unit: &str) -> String {
    let usual = usize::from(x.abs() < 100.0);
    let places = decimals(width, usual, 2);
    let digits = fixed(x, places);
    if x > 0.0 && is_nought(&digits) {
        return format!("< {}\u{a0}{unit}", fixed(last_place(places), places));
    }
    format!("{}\u{a0}{unit}", grouped(&digits))
}

/// A length of time: `0.8 s`, `4 min 10 s`, `2 h 05 min`, `3 d 04 h`. The wider the interval, the coarser.
pub(super) fn duration(seconds: f64, width: Option<f64>) -> String {
    let (minus, s) = (if seconds < 0.0 { "\u{2212}" } else { "" }, seconds.abs());
    let bearable = width.map_or(0.0, |w| w / 5.0);
    let short = s < 9.95 && bearable < 10.0;
    let text = if s == 0.0 {
        "0\u{a0}s".to_owned()
    } else if short && s < 0.05 {
        "< 0.1\u{a0}s".to_owned()
    } else if short {
        format!("{s:.1}\u{a0}s")
    } else if s < 3599.5 && bearable < 60.0 {
        split(s, 1.0, 60, ("min", "s"))
    } else if s < 172_770.0 && bearable < 3600.0 {
        split(s, 60.0, 60, ("h", "min"))
    } else {
        split(s, 3600.0, 24, ("d", "h"))
    };
    format!("{minus}{text}")
}

/// Rounded to `step` seconds, then in two units.
fn split(seconds: f64, step: f64, per_large: u64, (large, small): (&str, &str)) -> String {
    // Longer than any data is: the cast cannot wrap.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is not negative, and saturates")]
    let steps = (seconds / step).round() as u64;
    let (whole, rest) = (steps / per_large, steps % per_large);
    match (whole, rest) {
        (0, rest) => format!("{rest}\u{a0}{small}"),
        (whole, 0) => format!("{}\u{a0}{large}", count(whole)),
        (whole, rest) => format!("{}\u{a0}{large}\u{a0}{rest:02}\u{a0}{small}", count(whole)),
    }
}

/// How many decimals an interval of this width can bear, and without one the usual number.
fn decimals(width: Option<f64>, usual: usize, most: usize) -> usize {
    let Some(width) = width.filter(|w| *w > 0.0) else { return usual };
    (0..most).find(|places| last_place(*places) <= width / 5.0).unwrap_or(most)
}

fn last_place(places: usize) -> f64 {
    (0..places).fold(1.0, |place, _| place / 10.0)
}

/// A fixed number of decimals, and never a minus before nought.
fn fixed(x: f64, places: usize) -> String {
    let text = format!("{x:.places$}");
    if is_nought(&text) { text.trim_start_matches('-').to_owned() } else { text }
}

fn is_nought(digits: &str) -> bool {
    !digits.contains(|c: char| c.is_ascii_digit() && c != '0')
}

/// Digits with a comma between thousands and a true minus.
fn grouped(digits: &str) -> String {
    let (minus, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("\u{2212}", rest));
    let (whole, part) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut out = String::from(minus);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + part
}

fn signed(digits: String, x: f64) -> String {
    if x > 0.0 && !is_nought(&digits) { format!("+{digits}") } else { digits }
}

#[cfg(test)]
#[path = "numbers_tests.rs"]
mod tests;
