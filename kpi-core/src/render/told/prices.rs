//! Ways to pay, why it costs more than expected, who pays for itself, and what to automate, in words.

use super::sealed::{Pieces, Tell};
use crate::money::candidates::{Candidate, Candidates, Record, Saving, Seen};
use crate::money::pnl::{AgentPnl, Books, Firing, Pnl, PnlAsk};
use crate::money::pricing::{Crossing, MonthlyCost, Pricing};
use crate::money::{Standing, Variance, VarianceAsk};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, doubt, quiet, say};
use crate::render::words;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

fn contacts(count: Decimal) -> String {
    numbers::count(count.round().to_u64().unwrap_or_default())
}

fn or_dash(amount: Option<Decimal>, numbers: Numbers<'_>) -> Cell {
    Cell::of(amount.map_or_else(|| "–".to_owned(), |amount| numbers.sum(amount)))
}

impl Tell for Pricing {
    fn title(&self) -> String {
        "Ways to pay".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let mut pieces = vec![quiet("By the month. Only what is charged is in it: people, and what fails, are not.")];
        let columns = [
            Column::Name("Plan"),
            Column::Number("Cost"),
            Column::Number("A contact"),
            Column::Number("A resolution that holds"),
        ];
        for at in &self.at {
            let mut table =
                Table::new(format!("{} contacts: {} is the cheapest", contacts(at.contacts), at.cheapest), &columns);
            for MonthlyCost { name, cost, to_minimum, per_contact, per_verified_resolution, .. } in &at.plans {
                let least = if to_minimum.is_zero() {
                    String::new()
                } else {
                    format!("{} of it to the least amount", numbers.sum(*to_minimum))
                };
                table.row([
                    Cell::of(name.clone()),
                    Cell::of(numbers.sum(*cost)).small(least),
                    or_dash(*per_contact, numbers),
                    or_dash(*per_verified_resolution, numbers),
                ]);
            }
            pieces.extend(table.piece());
        }
        let crossing = |one: &Crossing| {
            let how = if one.jump {
                format!(
                    "there {} falls from {} to {}",
                    one.above,
                    numbers.sum(one.cost_above),
                    numbers.sum(one.cost_below)
                )
            } else {
                format!("there both cost {}", numbers.sum(one.cost_above))
            };
            format!("From {} contacts on {} is cheaper than {}; {how}.", contacts(one.contacts), one.above, one.below)
        };
        if self.crossings.is_empty() {
            pieces.push(say("No two plans change places."));
        } else {
            pieces.push(Piece::List(self.crossings.iter().map(crossing).collect()));
        }
        pieces.into_iter().collect()
    }
}

impl Tell for Variance {
    fn title(&self) -> String {
        "Why a contact costs more or less than expected".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let relative = self
            .relative
            .and_then(|part| part.to_f64())
            .map_or_else(String::new, |part| format!(" ({})", numbers.share(part.abs(), None)));
        let more = if self.difference.is_sign_negative() { "less" } else { "more" };
        let text = format!(
            "A contact was to cost {} and costs {}: {} {more}{relative}.",
            numbers.sum(self.forecast),
            numbers.sum(self.actual),
            numbers.sum(self.difference.abs())
        );
        let head =
            if matches!(self.standing, Some(Standing::FarOff | Standing::Failing)) { doubt(text) } else { say(text) };
        let columns = [
            Column::Name("What moved"),
            Column::Number("Expected"),
            Column::Number("Came"),
            Column::Number("Makes a contact dearer by"),
        ];
        let mut table = Table::new("The parts sum to the difference, whatever moved first", &columns);
        for part in &self.parts {
            table.row([
                Cell::of(words::capital(&words::plain_key(part.driver))),
                Cell::of(part.forecast.normalize().to_string()),
                Cell::of(part.actual.normalize().to_string()),
                Cell::of(numbers.sum(part.amount)),
            ]);
        }
        let rest = quiet("They say where, not why: dearer minutes may be the price of fewer of them.");
        std::iter::once(head).chain(table.piece()).chain([rest]).collect()
    }
}

impl Tell for VarianceAsk {
    fn title(&self) -> String {
        "What drives the cost of a contact".into()
    }

    fn pieces(&self) -> Pieces {
        let both = |name: &'static str, forecast: Decimal, actual: Decimal| {
            [
                Cell::of(words::capital(&words::plain_key(name))),
                Cell::of(forecast.normalize().to_string()),
                Cell::of(actual.normalize().to_string()),
            ]
        };
        let mut table = Table::new(
            "As forecast, and as contacts tell",
            &[Column::Name("Driver"), Column::Number("Forecast"), Column::Number("Actual")],
        );
        let (f, a) = (&self.forecast, &self.actual);
        table.row(both("volume", f.volume, a.volume));
        table.row(both("escalation_rate", f.escalation_rate, a.escalation_rate));
        table.row(both("review_minutes", f.review_minutes, a.review_minutes));
        table.row(both("labour_rate", f.labour_rate, a.labour_rate));
        table.row(both("ai_cost_per_item", f.ai_cost_per_item, a.ai_cost_per_item));
        table.row(both("fixed_cost", f.fixed_cost, a.fixed_cost));
        table.piece().into_iter().collect()
    }
}

impl Tell for Pnl {
    fn title(&self) -> String {
        "Profit and loss of AI agents".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let columns = [
            Column::Name("Agent"),
            Column::Number("Brings"),
            Column::Number("Costs"),
            Column::Number("Margin"),
            Column::Number("An outcome"),
            Column::Words("Rules"),
        ];
        let mut table = Table::new("All periods together", &columns);
        for agent in &self.agents {
            table.row(cells(&agent.agent, &agent.total, numbers).into_iter().chain([verdict(agent)]));
        }
        table.row(cells("all of them", &self.total, numbers).into_iter().chain([Cell::default()]));
        let mut pieces: Vec<Piece> = table.piece().into_iter().collect();
        for agent in self.agents.iter().filter(|agent| agent.is_to_go()) {
            pieces.push(doubt(format!("{} is to go.", agent.agent)));
        }
        pieces.push(quiet("What people would have cost is money only where fewer of them are paid for it."));
        pieces.into_iter().collect()
    }
}

fn cells(name: &str, books: &Books, numbers: Numbers<'_>) -> [Cell; 5] {
    let brings = books.avoided_cost.map(|avoided| avoided + books.revenue);
    [
        Cell::of(name),
        or_dash(brings, numbers),
        Cell::of(numbers.sum(books.cost)),
        or_dash(books.margin, numbers).doubt(books.margin.is_some_and(|margin| margin.is_sign_negative())),
        or_dash(books.cost_per_outcome, numbers).small(format!("{} outcomes", contacts(books.outcomes))),
    ]
}

fn verdict(agent: &AgentPnl) -> Cell {
    let rule = |rule: &crate::money::pnl::RuleFound| match rule.firing {
        Firing::Fired => format!("{}: fired, since {}", rule.rule, rule.since.as_deref().unwrap_or("the first period")),
        Firing::Holds => format!("{}: not so", rule.rule),
        Firing::TooFewPeriods => format!("{}: so far {} of its periods", rule.rule, rule.in_a_row),
        Firing::Unknown => format!("{}: not known", rule.rule),
    };
    Cell::of(agent.rules.iter().map(rule).collect::<Vec<_>>().join("; ")).doubt(agent.is_to_go())
}

impl Tell for PnlAsk {
    fn title(&self) -> String {
        "Books of AI agents".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let columns = [
            Column::Name("Agent"),
            Column::Words("Period"),
            Column::Number("Revenue"),
            Column::Number("Avoided"),
            Column::Number("Costs"),
            Column::Number("Outcomes"),
        ];
        let mut table = Table::new("Out of contacts", &columns);
        for agent in &self.agents {
            for period in &agent.periods {
                table.row([
                    Cell::of(agent.agent.clone()),
                    Cell::of(period.period.clone()),
                    Cell::of(numbers.sum(period.revenue)),
                    or_dash(period.avoided_cost, numbers),
                    Cell::of(numbers.sum(period.costs.values().sum())),
                    Cell::of(contacts(period.outcomes)),
                ]);
            }
        }
        table.piece().into_iter().collect()
    }
}

impl Tell for Candidates {
    fn title(&self) -> String {
        "What to automate next".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let columns = [
            Column::Name("Issue"),
            Column::Number("Saves a month"),
            Column::Number("If it goes badly"),
            Column::Number("AI resolves"),
            Column::Words("To be sure"),
        ];
        let mut table = Table::new("Issues that people handle now, by expected saving", &columns);
        for candidate in &self.candidates {
            table.row(candidate_cells(candidate, numbers));
        }
        let mut pieces = vec![quiet(
            "What the AI itself would cost is not taken off. People's contacts of an issue may be harder than those that the AI met: whoever routes, routes for a reason.",
        )];
        pieces.extend(table.piece());
        if self.without_issue > 0 {
            pieces.push(quiet(format!(
                "{} contacts of people have no issue, and are not looked at.",
                numbers::count(self.without_issue)
            )));
        }
        pieces.into_iter().collect()
    }
}

fn candidate_cells(candidate: &Candidate, numbers: Numbers<'_>) -> [Cell; 5] {
    let saving = |saving: Option<Saving>| or_dash(saving.map(|saving| saving.net), numbers);
    let cost = candidate
        .human_cost_per_contact
        .map_or_else(|| "cost not known".to_owned(), |cost| format!("at {}", numbers.sum(cost)));
    let rate = |seen: &Seen| {
        let whose = match seen.record {
            Record::Own => format!("n = {}", numbers::count(seen.n)),
            Record::AllIssues => "as of all issues".to_owned(),
            Record::Assumed => "as assumed".to_owned(),
        };
        Cell::of(numbers.share(seen.rate.to_f64().unwrap_or_default(), None)).small(whose)
    };
    let missing: Vec<String> = candidate.missing.iter().map(|what| words::plain_key(what)).collect();
    [
        Cell::of(candidate.issue.clone())
            .small(format!("{} contacts a month, {cost}", contacts(candidate.contacts_per_month))),
        saving(candidate.expected),
        saving(candidate.cautious),
        candidate.containment.as_ref().map_or_else(|| Cell::of("–"), rate),
        Cell::of(if missing.is_empty() {
            "nothing is missing".to_owned()
        } else {
            format!("lacks {}", missing.join(", "))
        }),
    ]
}
