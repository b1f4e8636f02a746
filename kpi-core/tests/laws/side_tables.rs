//! Random costs, accounts, signals and fixes.

use crate::dice::Dice;
use crate::setting::{DAY, HOUR, SECOND, Setting};
use kpi_core::units::Day;
use kpi_core::{Account, Cost, Fix, Instant, Signal};
use rust_decimal::Decimal;

pub fn decimal(dice: &mut Dice) -> Decimal {
    let scale = dice.pick(&[0, 0, 2, 2, 6]);
    Decimal::new(dice.below(10_i64.pow(scale) * 500), scale)
}

pub fn cost(setting: &Setting, seed: u64) -> Cost {
    let mut dice = Dice::new(seed);
    let start = setting.from + (dice.below(setting.hours + 100) - 50) * HOUR;
    let broken = setting.broken && dice.chance(10);
    let end = if broken { start } else { start + dice.pick(&[1, 7 * SECOND, 5 * HOUR, DAY, 31 * DAY]) };
    let layers = [
        "api",
        "platform",
        "licences",
        "implementation",
        "human_review",
        "human_labour",
        "quality_assurance",
        "coffee",
    ];
    let amount = if dice.chance(10) { -decimal(&mut dice) } else { decimal(&mut dice) };
    let mut cost = Cost::default()
        .layer(dice.pick(&layers))
        .scope(dice.pick(&["ai", "human"]))
        .amount(amount)
        .start(Instant::from_nanos(start))
        .end(Instant::from_nanos(end));
    if dice.chance(30) {
        cost = cost.dimension("channel", dice.pick(&["chat", "email", "fax"]));
    }
    if dice.chance(20) {
        cost = cost.dimension("tier", dice.pick(&["gold", "silver"]));
    }
    cost
}

pub fn account(setting: &Setting, number: usize, seed: u64) -> Account {
    let mut dice = Dice::new(seed);
    let today = i32::try_from(setting.as_of / DAY).unwrap();
    Account {
        account_id: Some(format!("a{number}")),
        segment: dice.word(60, &["small", "large"]),
        starting_arr: dice.maybe(85, decimal),
        retained_arr: dice.maybe(85, decimal),
        expansion_arr: dice.maybe(85, decimal),
        churned: dice.flag(60),
        at_risk: dice.flag(80),
        renewal_date: dice.maybe(70, |d| Day(today + d.pick(&[-400, -1, 0, 1, 40, 364, 365, 366, 900]))),
        ..Account::default()
    }
}

pub fn signal(setting: &Setting, seed: u64) -> Signal {
    let mut dice = Dice::new(seed);
    let detected = (setting.from + dice.below(setting.hours) * HOUR).min(setting.as_of);
    let routed = detected + dice.pick(&[0, SECOND, HOUR, 5 * HOUR, 30 * HOUR]);
    let kind = dice.pick(&["churn", "upsell", "competitor", "feature_request"]);
    let results: &[&str] = match kind {
        "churn" => &["saved", "lost"],
        "upsell" => &["won", "lost"],
        _ if setting.broken && dice.chance(5) => &["won"],
        _ => &[],
    };
    Signal {
        interaction_id: dice.word(50, &["i1", "i2"]),
        account_id: dice.word(85, &["a0", "a1", "a2", "a3", "nobody"]),
        kind: Some(kind.into()),
        detected_at: Some(Instant::from_nanos(detected)),
        routed_at: Some(Instant::from_nanos(routed)).filter(|_| routed <= setting.as_of && dice.chance(70)),
        value: dice.maybe(70, decimal),
        label: dice.word(80, &["sso", "dark mode", "api"]),
        result: if results.is_empty() { None } else { dice.word(70, results) },
        ..Signal::default()
    }
}

pub fn fix(setting: &Setting, number: usize, seed: u64) -> Fix {
    let mut dice = Dice::new(seed);
    let flagged = (setting.from + dice.below(setting.hours) * HOUR).min(setting.as_of);
    let within = |at: i64| Some(Instant::from_nanos(at)).filter(|at| at.nanos() <= setting.as_of);
    let deployed = flagged + dice.pick(&[0, 1, HOUR, 25 * HOUR, 9 * DAY]);
    let deployed_at = within(deployed).filter(|_| dice.chance(75));
    let recurred = deployed + dice.pick(&[0, HOUR, 3 * DAY]);
    Fix {
        failure_id: Some(format!("f{number}")),
        issue: dice.word(60, &["login", "invoice"]),
        flagged_at: Some(Instant::from_nanos(flagged)),
        recurred_at: deployed_at.and_then(|_| within(recurred)).filter(|_| dice.chance(40)),
        deployed_at,
        ..Fix::default()
    }
}
