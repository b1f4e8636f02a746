//! How every unit reads, as a table.

use super::*;
use crate::evidence::Interval;
use crate::kpis::{Flags, Population, Undefined};

fn value(id: &'static str, unit: Unit, reading: Reading, interval: Option<(f64, f64)>) -> Value {
    Value {
        id,
        population: Population::All,
        unit,
        value: Ok(reading),
        numerator: None,
        denominator: None,
        n: 100,
        interval: interval.map(|(low, high)| Interval { low, high }),
        confidence_level: None,
        method: None,
        p_value: None,
        band: None,
        flags: Flags::NONE,
    }
}

fn reads(id: &'static str, unit: Unit, x: f64, interval: Option<(f64, f64)>) -> String {
    let text = Numbers::plain("USD").value_or_why(&value(id, unit, Reading::Number(x), interval));
    text.replace('\u{a0}', " ")
}

#[test]
fn ratios_have_the_digits_their_interval_can_bear() {
    for (x, interval, text) in [
        (0.734, None, "73.4 %"),
        (0.734, Some((0.72, 0.75)), "73.4 %"),
        (0.734, Some((0.60, 0.85)), "73 %"),
        (0.7341, Some((0.733, 0.735)), "73.41 %"),
        (0.0, Some((0.0, 0.04)), "0 %"),
        (1.0, Some((0.9, 1.0)), "100 %"),
        (0.0004, None, "< 0.1 %"),
        (0.9996, None, "> 99.9 %"),
        (0.001, Some((0.0001, 0.09)), "< 1 %"),
        (1.234, None, "123.4 %"),
        (12.5, None, "1,250.0 %"),
    ] {
        assert_eq!(reads("deflection_rate", Unit::Ratio, x, interval), text, "{x} within {interval:?}");
    }
}

#[test]
fn every_unit_reads_as_people_write_it() {
    for (unit, x, interval, text) in [
        (Unit::Count, 12345.0, None, "12,345"),
        (Unit::Score, 4.2137, None, "4.21"),
        (Unit::Score, 4.2137, Some((3.5, 4.9)), "4.2"),
        (Unit::Points, 12.4, None, "+12"),
        (Unit::Points, -12.4, None, "−12"),
        (Unit::Points, 0.2, None, "0"),
        (Unit::Points, 12.44, Some((11.0, 14.0)), "+12.4"),
        (Unit::Tokens, 2345.6, None, "2,346 tokens"),
        (Unit::PerHour, 2.71, None, "2.7 per hour"),
        (Unit::Fte, 2.31, None, "2.3 FTE"),
        (Unit::Seconds, 0.83, None, "0.8 s"),
        (Unit::Seconds, 0.01, None, "< 0.1 s"),
        (Unit::Seconds, 0.0, None, "0 s"),
        (Unit::Seconds, 42.2, None, "42 s"),
        (Unit::Seconds, 59.7, None, "1 min"),
        (Unit::Seconds, 250.0, None, "4 min 10 s"),
        (Unit::Seconds, 245.0, None, "4 min 05 s"),
        (Unit::Seconds, 245.0, Some((100.0, 500.0)), "4 min"),
        (Unit::Seconds, 3599.7, None, "1 h"),
        (Unit::Seconds, 7500.0, None, "2 h 05 min"),
        (Unit::Seconds, 273_600.0, None, "3 d 04 h"),
        (Unit::Minutes, 7.5, None, "7 min 30 s"),
        (Unit::Seconds, -30.0, None, "−30 s"),
    ] {
        assert_eq!(reads("figure", unit, x, interval), text, "{x} {unit:?} within {interval:?}");
    }
}

#[test]
fn a_difference_has_a_sign_and_is_in_points() {
    let mut lift = value("figure", Unit::Ratio, Reading::Number(-0.0423), Some((-0.06, -0.02)));
    lift.p_value = Some(0.01);
    let numbers = Numbers::plain("USD");
    assert_eq!(numbers.value_or_why(&lift), "−4.2\u{a0}points");
    assert_eq!(numbers.interval(&lift).as_deref(), Some("−6.0 to −2.0\u{a0}points"));
    lift.value = Ok(Reading::Number(0.0423));
    assert_eq!(numbers.value_or_why(&lift), "+4.2\u{a0}points");
    assert_eq!(reads("nrr_lift", Unit::Ratio, 0.05, None), "+5.0 points");
    assert_eq!(reads("cost_variance", Unit::Ratio, -0.104, None), "−10.4 %");
    assert_eq!(reads("cost_variance", Unit::Ratio, -0.0001, None), "0.0 %");
}

#[test]
fn money_is_rounded_from_its_exact_digits() {
    for (currency, amount, text) in [
        ("USD", "1.23", "$1.23"),
        ("USD", "1.5", "$1.50"),
        ("USD", "2", "$2.00"),
        ("USD", "0", "$0.00"),
        ("EUR", "1.23", "€1.23"),
        ("GBP", "1.23", "£1.23"),
        ("CHF", "1.23", "CHF\u{a0}1.23"),
        ("JPY", "250.4", "JPY\u{a0}250"),
        ("USD", "1234567.5", "$1,234,568"),
        ("USD", "-1234.5", "−$1,234"),
        ("USD", "0.0342", "$0.034"),
        ("USD", "0.00342", "$0.0034"),
        ("USD", "0.000001", "< $0.0001"),
        ("USD", "-0.000001", "> −$0.0001"),
        ("USD", "2.675", "$2.68"),
        ("", "2.5", "2.50"),
    ] {
        let sum = ExactSum::from_decimal(amount.parse().expect("a decimal"));
        assert_eq!(Numbers::plain(currency).money(&sum), text, "{amount} {currency}");
    }
}

#[test]
fn an_interval_names_its_unit_once() {
    let numbers = Numbers::plain("USD");
    let text = |unit, interval| {
        let value = value("figure", unit, Reading::Number(0.5), Some(interval));
        numbers.interval(&value).expect("an interval").replace('\u{a0}', " ")
    };
    assert_eq!(text(Unit::Ratio, (0.705, 0.7194)), "70.5 to 71.9 %");
    assert_eq!(text(Unit::Seconds, (230.0, 270.0)), "3 min 50 s to 4 min 30 s");
    assert_eq!(text(Unit::Score, (4.1, 4.3)), "4.10 to 4.30");
    assert_eq!(text(Unit::Points, (-3.0, 14.0)), "−3 to +14");
    assert_eq!(text(Unit::PerHour, (2.0, 3.0)), "2.0 to 3.0 per hour");
}

#[test]
fn a_page_has_a_narrow_space_before_the_percent_sign() {
    let page = Numbers::typeset("USD");
    let ratio = value("figure", Unit::Ratio, Reading::Number(0.734), Some((0.72, 0.75)));
    assert_eq!(page.value_or_why(&ratio), "73.4\u{202f}%");
    assert_eq!(page.interval(&ratio).as_deref(), Some("72.0 to 75.0\u{202f}%"));
}

#[test]
fn what_is_undefined_says_why() {
    let mut missing = value("figure", Unit::Ratio, Reading::Count(0), None);
    missing.value = Err(Undefined::NeedsOption("sla"));
    assert_eq!(Numbers::plain("USD").value_or_why(&missing), "needs the option sla");
    assert_eq!(Numbers::plain("USD").value(&missing), None);
}

#[test]
fn a_distribution_reads_by_its_largest_parts() {
    let share = |key: &str, count, share| Share { key: key.to_owned().into(), size: Size::Count(count), share };
    let shares = vec![share("low_confidence", 5, 0.5), share("policy", 3, 0.3), share("a", 1, 0.1), share("b", 1, 0.1)];
    let found = value("figure", Unit::Distribution, Reading::Shares(shares), None);
    let text = Numbers::plain("USD").value_or_why(&found).replace('\u{a0}', " ");
    assert_eq!(text, "low_confidence 50.0 %, policy 30.0 %, a 10.0 % and 1 more");
}
