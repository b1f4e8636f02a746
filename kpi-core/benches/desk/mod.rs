//! A made-up desk for benchmarks: as many contacts as asked for, always the same, in the layouts that data frames have.

use kpi_core::input::data::{Batch, Bits, Cells, Data};
use kpi_core::input::text::Text;
use kpi_core::input::{Column as C, Table};
use kpi_core::{Options, Tables};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;
/// Monday, 30 December 2024, in microseconds.
const BEGIN: i64 = 1_735_516_800 * SECOND;
const WEEKS: i64 = 26;

/// A linear congruential generator: good enough to deal out contacts, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, n: i64) -> i64 {
        i64::try_from(self.next()).unwrap_or(0) % n
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// Mostly short, sometimes long.
    fn wait(&mut self, typical: i64) -> i64 {
        (typical * (1 + self.below(100)) * (1 + self.below(40)) / 800).max(1) * SECOND / 10
    }
}

/// The columns as they fill up.
#[derive(Default)]
struct Lists {
    ids: Vec<String>,
    customers: Vec<String>,
    handlings: Vec<&'static str>,
    outcomes: Vec<&'static str>,
    issues: Vec<String>,
    agents: Vec<Option<&'static str>>,
    reasons: Vec<Option<&'static str>>,
    instants: [Vec<Option<i64>>; 5],
    flags: [Vec<Option<bool>>; 4],
    small: [Vec<Option<i8>>; 3],
    counts: [Vec<Option<i32>>; 8],
    floats: [Vec<Option<f32>>; 3],
    money: [Vec<Option<i128>>; 4],
}

/// So many contacts, in the order in which they opened, in batches of so many rows.
pub fn contacts(count: usize, batch: usize) -> Tables<'static> {
    let (mut dice, mut lists) = (Dice(7), Lists::default());
    let mut tables = Tables::default();
    let step = WEEKS * 7 * 24 * HOUR / i64::try_from(count).unwrap_or(1).max(1);
    for number in 0..count {
        let opened = BEGIN + i64::try_from(number).unwrap_or(0) * step + dice.below(step.max(1));
        deal(&mut dice, &mut lists, number, count, opened);
        if lists.ids.len() == batch || number + 1 == count {
            let full = std::mem::take(&mut lists);
            tables.interactions.push(full.batch(full.ids.len()));
        }
    }
    tables
}

fn deal(dice: &mut Dice, lists: &mut Lists, number: usize, count: usize, opened: i64) {
    const WHO: [&str; 3] = ["ai", "ai_to_human", "human"];
    const AREAS: [&str; 10] =
        ["billing", "delivery", "returns", "login", "account", "device", "network", "orders", "privacy", "plans"];
    const AGENTS: [&str; 5] = ["aria", "billing-bot", "concierge", "returns-bot", "tech-triage"];
    const REASONS: [&str; 5] = ["customer_request", "low_confidence", "policy", "sentiment", "complexity"];
    let who = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2][usize::try_from(dice.below(10)).unwrap_or(0)];
    let (ai, handed_over) = (who != 2, who == 1);
    let pick = |dice: &mut Dice, list: &[&'static str]| {
        list[usize::try_from(dice.below(i64::try_from(list.len()).unwrap_or(1))).unwrap_or(0)]
    };
    lists.ids.push(format!("c-{number:08}"));
    lists.customers.push(format!("u-{:07}", dice.below((i64::try_from(count).unwrap_or(0) / 4).max(1))));
    lists.handlings.push(WHO[who]);
    lists.outcomes.push(if dice.chance(80) { "resolved" } else { "unresolved" });
    lists.issues.push(format!("{}.topic_{}", pick(dice, &AREAS), dice.below(20)));
    lists.agents.push(ai.then(|| pick(dice, &AGENTS)));
    lists.reasons.push(handed_over.then(|| pick(dice, &REASONS)));
    let escalated = opened + dice.wait(150);
    let reply = escalated + dice.wait(600);
    let closed = if who == 0 { opened + dice.wait(300) } else { reply + dice.wait(4_000) };
    let first = if ai { opened + dice.wait(2) } else { reply };
    let instants = [
        Some(opened),
        Some(first.min(closed)),
        Some(closed),
        handed_over.then_some(escalated),
        (handed_over && dice.chance(97)).then_some(reply),
    ];
    let flags = [dice.chance(25), dice.chance(15), dice.chance(80), dice.chance(3)];
    let sometimes = |dice: &mut Dice, percent, value: i64| dice.chance(percent).then_some(value);
    let small = [(20, 1 + dice.below(5)), (10, 1 + dice.below(7)), (8, dice.below(11))];
    let calls = if ai { 1 + dice.below(9) } else { 0 };
    let tokens = if ai { 100 + dice.below(6_000) } else { 0 };
    let checked = if ai { sometimes(dice, 5, 1) } else { None };
    let right = dice.below(2);
    let counts = [
        Some(calls),
        Some(calls / 3),
        Some(calls / 9),
        Some(tokens),
        Some(tokens / 6),
        checked,
        checked.map(|_| right),
        checked.map(|_| (1 - right) / 2),
    ];
    let fraction = |dice: &mut Dice| dice.below(16_777_216) as f32 / 16_777_216.0;
    let floats = [ai.then(|| fraction(dice)), Some(fraction(dice) - 0.6), Some(fraction(dice) - 0.4)];
    let work = 15 + dice.below(3_600);
    let money = [
        Some(tokens * 4),
        Some(800 + calls * 137),
        Some(if who == 0 { 0 } else { work * 8_347 }),
        sometimes(dice, 8, 5_000_000 + work * 50_000),
    ];
    push(&mut lists.instants, instants);
    push(&mut lists.flags, flags.map(|known| known.then(|| dice.chance(80))));
    push(&mut lists.small, small.map(|(percent, n)| sometimes(dice, percent, n).and_then(|n| i8::try_from(n).ok())));
    push(&mut lists.counts, counts.map(|n| n.and_then(|n| i32::try_from(n).ok())));
    push(&mut lists.floats, floats);
    push(&mut lists.money, money.map(|units| units.map(i128::from)));
}

fn push<T, const N: usize>(lists: &mut [Vec<T>; N], values: [T; N]) {
    for (list, value) in lists.iter_mut().zip(values) {
        list.push(value);
    }
}

fn cells<T: Copy + Default>(values: &[Option<T>], data: impl FnOnce(Vec<T>) -> Data<'static>) -> Cells<'static> {
    let known: Vec<bool> = values.iter().map(Option::is_some).collect();
    let known = known.contains(&false).then(|| Bits::pack(&known));
    Cells { data: data(values.iter().map(|v| v.unwrap_or_default()).collect()), known }
}

fn text<S: AsRef<str>>(texts: &[S]) -> Data<'static> {
    let (mut offsets, mut bytes) = (vec![0_i32], Vec::new());
    for text in texts {
        bytes.extend_from_slice(text.as_ref().as_bytes());
        offsets.push(i32::try_from(bytes.len()).unwrap_or(i32::MAX));
    }
    Data::Text(Text::Short { offsets: offsets.into(), bytes: bytes.into() })
}

impl Lists {
    fn batch(&self, rows: usize) -> Batch<'static> {
        let mut batch = Batch::new(Table::Interactions, rows);
        let full = |data| Cells { data, known: None };
        batch.set(C::Id, full(text(&self.ids)));
        batch.set(C::CustomerId, full(text(&self.customers)));
        batch.set(C::Handling, full(text(&self.handlings)));
        batch.set(C::Outcome, full(text(&self.outcomes)));
        batch.set(C::Issue, full(text(&self.issues)));
        for (column, texts) in [(C::AgentId, &self.agents), (C::EscalationReason, &self.reasons)] {
            batch.set(column, cells(texts, |all| text(&all)));
        }
        let instants = [C::OpenedAt, C::FirstResponseAt, C::ClosedAt, C::EscalatedAt, C::HumanFirstResponseAt];
        for (column, values) in instants.into_iter().zip(&self.instants) {
            let instants =
                |values: Vec<i64>| Data::Instants { values: values.into(), nanos_per_unit: 1_000, naive: false };
            batch.set(column, cells(values, instants));
        }
        let flags = [C::Confirmed, C::ContextTransferred, C::ResolvedInSession, C::QaPolicyOk];
        for (column, values) in flags.into_iter().zip(&self.flags) {
            batch.set(column, cells(values, |all| Data::Flags(Bits::pack(&all))));
        }
        for (column, values) in [C::Csat, C::Ces, C::Nps].into_iter().zip(&self.small) {
            batch.set(column, cells(values, |all| Data::I8(all.into())));
        }
        let counts = [
            C::ApiCalls,
            C::ApiCallsCached,
            C::ApiCallsRetried,
            C::InputTokens,
            C::OutputTokens,
            C::QaResponses,
            C::QaCorrect,
            C::QaHallucinated,
        ];
        for (column, values) in counts.into_iter().zip(&self.counts) {
            batch.set(column, cells(values, |all| Data::I32(all.into())));
        }
        for (column, values) in [C::Confidence, C::SentimentStart, C::SentimentEnd].into_iter().zip(&self.floats) {
            batch.set(column, cells(values, |all| Data::F32(all.into())));
        }
        for (column, values) in
            [C::CostApi, C::CostInfrastructure, C::CostHuman, C::Revenue].into_iter().zip(&self.money)
        {
            batch.set(column, cells(values, |all| Data::Scaled { units: all.into(), scale: 6 }));
        }
        batch
    }
}

/// By agent and week.
pub fn by_agent_and_week() -> Options {
    let text = r#"{"by": ["agent_id"], "every": "week", "as_of": "2025-07-07T00:00:00Z", "currency": "USD"}"#;
    Options::from_json(text).unwrap_or_default()
}
