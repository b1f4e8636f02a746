//! Each agent as a small business: what it brings, what it costs, and whether it is to go (SPEC 7.4).

mod ask;

pub use ask::{
    AgentBooks, AgentFigure, PeriodBooks, PnlAsk, ProductivityTarget, RetirementRule, three_periods_of_loss,
};

use super::problems::{plain, quotient, text};
use crate::error::Result;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What an agent brought and cost, in one period or in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    /// The period; nothing for all.
    pub period: Option<String>,
    /// New revenue.
    pub revenue: Decimal,
    /// What people would have cost; nothing where any part of it is not known.
    pub avoided_cost: Option<Decimal>,
    /// What it cost, layer by layer.
    pub costs: BTreeMap<String, Decimal>,
    /// All of that.
    pub cost: Decimal,
    /// Revenue and avoided cost less all costs; nothing where avoided cost is not known.
    pub margin: Option<Decimal>,
    /// How many contacts it resolved for good.
    pub outcomes: Decimal,
    /// All costs over outcomes.
    pub cost_per_outcome: Option<Decimal>,
    /// All costs over what people would have cost.
    pub cost_ratio: Option<Decimal>,
    /// Outcomes over those that are expected.
    pub productivity: Option<Decimal>,
}

/// Whether a rule says that an agent is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firing {
    /// It does.
    Fired,
    /// It does not.
    Holds,
    /// There are fewer periods than it asks for, and all of them are beyond the line.
    TooFewPeriods,
    /// The figure is not known in a period that would decide.
    Unknown,
}

impl Firing {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fired => "fired",
            Self::Holds => "holds",
            Self::TooFewPeriods => "too_few_periods",
            Self::Unknown => "unknown",
        }
    }
}

/// What a rule says of an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFound {
    /// The rule.
    pub rule: String,
    /// Whether the agent is to go.
    pub firing: Firing,
    /// How many periods in a row, the latest included, are beyond the line.
    pub in_a_row: usize,
    /// The first of them.
    pub since: Option<String>,
}

/// One agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentPnl {
    /// Its name.
    pub agent: String,
    /// Period by period.
    pub periods: Vec<Books>,
    /// All periods together.
    pub total: Books,
    /// What each rule says.
    pub rules: Vec<RuleFound>,
}

impl AgentPnl {
    /// Whether any rule says that it is to go.
    pub fn is_to_go(&self) -> bool {
        self.rules.iter().any(|rule| rule.firing == Firing::Fired)
    }
}

/// Profit and loss of agents. Avoided cost is money only where fewer people are paid for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pnl {
    /// Of all amounts.
    pub currency: String,
    /// The agents, in the order in which they were given.
    pub agents: Vec<AgentPnl>,
    /// All of them together.
    pub total: Books,
}

/// Works out what each agent brings and costs, and whether it is to go.
///
/// # Errors
/// When something makes no sense; all that does not is named at once.
pub fn pnl(ask: &PnlAsk) -> Result<Pnl> {
    ask.validate()?;
    let agents: Vec<AgentPnl> = ask.agents.iter().map(|agent| ask.agent(agent)).collect();
    // Targets are of one agent; of all together there is none.
    let total = Books::sum(agents.iter().map(|agent| &agent.total), None);
    Ok(Pnl { currency: ask.currency.clone(), agents, total })
}

impl PnlAsk {
    fn agent(&self, agent: &AgentBooks) -> AgentPnl {
        let ours = |target: &&ProductivityTarget| target.agent.as_ref().is_none_or(|name| *name == agent.agent);
        let target = self.targets.iter().find(ours).map(|target| target.outcomes_per_period);
        let periods: Vec<Books> = agent.periods.iter().map(|period| Books::of(period, target)).collect();
        let expected = target.map(|target| target * Decimal::from(periods.len()));
        let total = Books::sum(&periods, expected);
        let rules = self.rules.iter().map(|rule| rule.judged(&periods)).collect();
        AgentPnl { agent: agent.agent.clone(), periods, total, rules }
    }
}

impl RetirementRule {
    fn judged(&self, periods: &[Books]) -> RuleFound {
        let beyond = |books: &Books| {
            let value = books.figure(self.figure)?;
            Some(self.below.is_some_and(|line| value < line) || self.above.is_some_and(|line| value > line))
        };
        let run = periods.iter().rev().take_while(|books| beyond(books) == Some(true));
        let since = run.clone().last().and_then(|books| books.period.clone());
        let in_a_row = run.count();
        // What stands before the run, and would decide.
        let before = periods.len().checked_sub(in_a_row + 1).and_then(|at| periods.get(at));
        let firing = match before {
            _ if in_a_row >= self.periods => Firing::Fired,
            None => Firing::TooFewPeriods,
            Some(books) if beyond(books).is_none() => Firing::Unknown,
            Some(_) => Firing::Holds,
        };
        RuleFound { rule: self.name.clone(), firing, in_a_row, since }
    }
}

impl Books {
    fn of(period: &PeriodBooks, expected: Option<Decimal>) -> Self {
        let (name, costs) = (Some(period.period.clone()), period.costs.clone());
        Self::made(name, (period.revenue, period.avoided_cost, period.outcomes), costs, expected)
    }

    fn sum<'b>(parts: impl IntoIterator<Item = &'b Self>, expected: Option<Decimal>) -> Self {
        let (mut revenue, mut avoided, mut outcomes) = (Decimal::ZERO, Some(Decimal::ZERO), Decimal::ZERO);
        let mut costs: BTreeMap<String, Decimal> = BTreeMap::new();
        for part in parts {
            revenue += part.revenue;
            outcomes += part.outcomes;
            avoided = avoided.zip(part.avoided_cost).map(|(sum, amount)| sum + amount);
            for (layer, amount) in &part.costs {
                *costs.entry(layer.clone()).or_default() += *amount;
            }
        }
        Self::made(None, (revenue, avoided, outcomes), costs, expected)
    }

    fn made(
        period: Option<String>,
        (revenue, avoided_cost, outcomes): (Decimal, Option<Decimal>, Decimal),
        costs: BTreeMap<String, Decimal>,
        expected: Option<Decimal>,
    ) -> Self {
        let cost: Decimal = costs.values().sum();
        Self {
            period,
            revenue,
            avoided_cost,
            cost,
            margin: avoided_cost.map(|avoided| revenue + avoided - cost),
            cost_per_outcome: quotient(cost, outcomes),
            cost_ratio: avoided_cost.and_then(|avoided| quotient(cost, avoided)),
            productivity: expected.and_then(|expected| quotient(outcomes, expected)),
            outcomes,
            costs,
        }
    }

    /// One of its figures.
    pub const fn figure(&self, figure: AgentFigure) -> Option<Decimal> {
        match figure {
            AgentFigure::Margin => self.margin,
            AgentFigure::Productivity => self.productivity,
            AgentFigure::CostPerOutcome => self.cost_per_outcome,
            AgentFigure::CostRatio => self.cost_ratio,
            AgentFigure::Outcomes => Some(self.outcomes),
        }
    }

    fn to_json(&self) -> Value {
        let costs: serde_json::Map<String, Value> =
            self.costs.iter().map(|(layer, amount)| (layer.clone(), text(*amount))).collect();
        json!({
            "period": self.period,
            "revenue": text(self.revenue),
            "avoided_cost": self.avoided_cost.map(plain),
            "costs": costs,
            "cost": text(self.cost),
            "margin": self.margin.map(plain),
            "outcomes": text(self.outcomes),
            "cost_per_outcome": self.cost_per_outcome.map(plain),
            "cost_ratio": self.cost_ratio.map(plain),
            "productivity": self.productivity.map(plain),
        })
    }
}

impl Pnl {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let agents: Vec<Value> = self.agents.iter().map(AgentPnl::to_json).collect();
        json!({
            "schema": "supportkpi.pnl/1",
            "currency": self.currency,
            "agents": agents,
            "total": self.total.to_json(),
        })
        .to_string()
    }
}

impl AgentPnl {
    fn to_json(&self) -> Value {
        let periods: Vec<Value> = self.periods.iter().map(Books::to_json).collect();
        let rule = |found: &RuleFound| {
            json!({
                "rule": found.rule,
                "firing": found.firing.name(),
                "in_a_row": found.in_a_row,
                "since": found.since,
            })
        };
        let rules: Vec<Value> = self.rules.iter().map(rule).collect();
        json!({
            "agent": self.agent,
            "periods": periods,
            "total": self.total.to_json(),
            "rules": rules,
            "to_go": self.is_to_go(),
        })
    }
}
