//! Returns on investment, and how sure they are, in words.

use super::sealed::{Pieces, Tell};
use crate::money::roi::{Bar, Chance, Drawn, INPUTS, Known, Month, NotKnown, Roi, Scenarios, Tornado};
use crate::money::{FromReport, Labour, Step};
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Piece, Table, doubt, quiet, say};
use crate::render::words;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Why a figure is absent, to be read behind its name.
fn why(reason: NotKnown) -> String {
    words::plain_key(reason.name())
}

fn known(figure: Known, shown: impl Fn(Decimal) -> String) -> Cell {
    figure.map_or_else(|reason| Cell::of("–").small(why(reason)), |value| Cell::of(shown(value)))
}

fn share(numbers: Numbers<'_>, part: Decimal) -> String {
    numbers.share(part.to_f64().unwrap_or_default(), None)
}

/// `monthly_volume` as a person says it.
fn input(id: &str) -> Cell {
    let sentence = INPUTS.iter().find(|input| input.id == id).map_or("", |input| input.sentence);
    Cell::of(words::capital(&words::plain_key(id))).small(sentence)
}

/// Every step of a calculation.
pub(super) fn steps(steps: &[Step]) -> Option<Piece> {
    let columns = [Column::Name("Step"), Column::Number("Value"), Column::Words("How")];
    let mut table = Table::new("How it comes about, line by line", &columns);
    for step in steps {
        let how = Cell::of(step.formula).small(step.numbers.clone());
        table.row([Cell::of(step.label.clone()), Cell::of(step.value.clone()), how]);
    }
    table.piece()
}

impl Tell for Roi {
    fn title(&self) -> String {
        "Is it worth it?".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.ask.currency);
        let horizon = self.ask.horizon_months.normalize();
        let left = format!(
            "Over {horizon} months it leaves {}, which is worth {} now.",
            numbers.sum(self.total.net),
            numbers.sum(self.npv)
        );
        let mut pieces = vec![match self.payback_month {
            Ok(0) => say(format!("Nothing is spent before it begins. {left}")),
            Ok(month) => say(format!("It has paid for itself from month {month} on. {left}")),
            Err(_) => doubt(format!("It does not pay for itself within {horizon} months. {left}")),
        }];
        if let Some(promised) = self.promised {
            pieces.push(doubt(format!(
                "What the vendor counts as resolved would have promised {} more: {} of answered contacts instead of {}.",
                numbers.sum(promised.beyond),
                share(numbers, promised.resolution_rate),
                share(numbers, self.ask.resolution_rate)
            )));
        }
        pieces.extend(self.all_together(numbers).piece());
        if !self.left_at_zero.is_empty() {
            let names: Vec<String> = self.left_at_zero.iter().map(|id| words::plain_key(id)).collect();
            pieces.push(doubt(format!(
                "Costs that stand at nothing: {}. Few desks have none of them.",
                names.join(", ")
            )));
        }
        pieces.extend(self.by_month(numbers).piece());
        pieces.push(quiet(
            "What people would have cost becomes cash only when fewer of them are paid, or when growth needs none; until then it is time.",
        ));
        pieces.extend(steps(&self.explain()));
        pieces.into_iter().collect()
    }
}

impl Roi {
    fn all_together(&self, numbers: Numbers<'_>) -> Table {
        let mut table = Table::new("All months together", &[Column::Name("Figure"), Column::Number("Value")]);
        let mut row = |name: &str, cell: Cell| table.row([Cell::of(name), cell]);
        row("Cost avoidance", Cell::of(numbers.sum(self.total.cost_avoidance)));
        row("New revenue", Cell::of(numbers.sum(self.total.revenue)));
        row("Spent, setting up included", Cell::of(numbers.sum(self.spent())));
        row("Return on what is spent", known(self.roi, |x| share(numbers, x)));
        for (month, found) in self.roi_at {
            row(&format!("… after {month} months"), known(found, |x| share(numbers, x)));
        }
        let yearly = self
            .irr_yearly
            .map_or_else(|reason| Cell::of("–").small(why(reason)), |x| Cell::of(numbers.share(x, None)));
        row("Internal rate of return, a year", yearly);
        row("Saved in a year", Cell::of(numbers.sum(self.savings_per_year)));
        row("People that pays for", Cell::of(self.fte.round_dp(1).normalize().to_string()));
        row("A contact before", Cell::of(numbers.sum(self.cost_per_contact_before)));
        row("A contact with the AI", known(self.cost_per_contact_after, |x| numbers.sum(x)));
        row("A resolution that holds", known(self.cost_per_resolution, |x| numbers.sum(x)));
        row("Breaks even at a resolution rate of", known(self.break_even_resolution_rate, |x| share(numbers, x)));
        table
    }

    /// The months that are asked about most, and the last.
    fn by_month(&self, numbers: Numbers<'_>) -> Table {
        let columns = ["Month", "Resolved", "Brings", "Spent", "Left", "So far"];
        let [month, rest @ ..] = columns;
        let heads: Vec<Column> = std::iter::once(Column::Name(month)).chain(rest.map(Column::Number)).collect();
        let mut table = Table::new("Month by month", &heads);
        let last = self.months.len().saturating_sub(1);
        let shown = |month: &&Month| {
            let number = month.month as usize;
            number <= 3 || number.is_multiple_of(6) || number == last || self.payback_month == Ok(month.month)
        };
        for month in self.months.iter().filter(shown) {
            let spent = month.usage + month.fees + month.review + month.fixed + month.implementation;
            let name = if month.month == 0 { "setting up".to_owned() } else { month.month.to_string() };
            table.row([
                Cell::of(name),
                Cell::of(numbers::count(month.resolved.round().to_u64().unwrap_or_default())),
                Cell::of(numbers.sum(month.cost_avoidance + month.revenue)),
                Cell::of(numbers.sum(spent)),
                Cell::of(numbers.sum(month.net)).doubt(month.net.is_sign_negative()),
                Cell::of(numbers.sum(month.cumulative)),
            ]);
        }
        table
    }
}

impl Tell for Tornado {
    fn title(&self) -> String {
        "Which input matters most?".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let money = self.watched.name() != "roi";
        let shown = |value: Decimal| if money { numbers.sum(value) } else { share(numbers, value) };
        let watched = words::plain_key(self.watched.name());
        let mut pieces = vec![quiet(format!(
            "Each input is moved alone. Inputs that move together do more than each of them. Watched: {watched}."
        ))];
        if let Ok(planned) = self.planned {
            pieces.push(say(format!("As planned it is {}.", shown(planned))));
        }
        let widest = self.bars.first().map_or(Decimal::ZERO, |bar| bar.width);
        let columns = [
            Column::Name("Input"),
            Column::Number("At its low end"),
            Column::Number("At its high end"),
            Column::Number("Apart"),
        ];
        let mut table = Table::new("The widest first", &columns);
        for bar in &self.bars {
            let end = |figure: Known, at: Decimal| known(figure, shown).small(format!("at {}", at.normalize()));
            let part = bar.width.checked_div(widest).and_then(|part| part.to_f64());
            let Bar { id, ends, at_low, at_high, width } = bar;
            let name = Cell::of(words::capital(&words::plain_key(id)));
            table.row([name, end(*at_low, ends.low), end(*at_high, ends.high), Cell::of(shown(*width)).part(part)]);
        }
        pieces.extend(table.piece());
        let still: Vec<String> =
            self.not_moved.iter().filter(|one| one.why == "at_zero").map(|one| words::plain_key(one.id)).collect();
        if !still.is_empty() {
            pieces.push(quiet(format!(
                "Not moved, since a part of nothing is nothing: {}. Give them a range.",
                still.join(", ")
            )));
        }
        pieces.into_iter().collect()
    }
}

impl Tell for Chance {
    fn title(&self) -> String {
        "How likely does it pay?".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let paid = format!(
            "It pays for itself in {} of {} plans with drawn inputs, and is worth less than nothing in {}.",
            numbers.share(self.pays_back, None),
            numbers::count(self.runs.into()),
            numbers.share(self.loses, None)
        );
        let columns = [
            Column::Name("Figure"),
            Column::Number("P10"),
            Column::Number("P50"),
            Column::Number("P90"),
            Column::Number("Mean"),
        ];
        let mut table = Table::new("One of ten plans lies below P10, half below P50, nine of ten below P90", &columns);
        let money = |x: f64| Decimal::from_f64_retain(x).map_or_else(|| "–".to_owned(), |x| numbers.sum(x));
        for (name, Drawn { p10, p50, p90, mean }) in [("Left after all months", self.net), ("Worth now", self.npv)] {
            table.row(std::iter::once(Cell::of(name)).chain([p10, p50, p90, mean].map(|x| Cell::of(money(x)))));
        }
        let months = self
            .payback_month
            .map(|month| Cell::of(month.map_or_else(|| "not within".to_owned(), |month| format!("month {month}"))));
        table.row(std::iter::once(Cell::of("Paid back")).chain(months).chain([Cell::of("–")]));
        let drawn: Vec<String> = self.drawn.iter().map(|id| words::plain_key(id)).collect();
        let rest = quiet(format!("Drawn apart: {}. Where two move together, the truth is wider.", drawn.join(", ")));
        std::iter::once(say(paid)).chain(table.piece()).chain([rest]).collect()
    }
}

impl Tell for Scenarios {
    fn title(&self) -> String {
        "Plans beside one another".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.plan.ask.currency);
        let columns = [
            Column::Name("Plan"),
            Column::Number("Left"),
            Column::Number("Worth now"),
            Column::Number("Saved in a year"),
            Column::Number("Paid back"),
        ];
        let mut table = Table::new("Each against the plan", &columns);
        let mut row = |name: &str, roi: &Roi, apart: Option<[Decimal; 3]>| {
            let values = [roi.total.net, roi.npv, roi.savings_per_year];
            let cells = values.into_iter().enumerate().map(|(at, value)| {
                let beside = apart.and_then(|apart| apart.get(at).copied());
                let signed = |x: Decimal| format!("{}{}", if x.is_sign_negative() { "" } else { "+" }, numbers.sum(x));
                Cell::of(numbers.sum(value)).small(beside.map_or_else(String::new, signed))
            });
            let paid = roi
                .payback_month
                .map_or_else(|reason| Cell::of("–").small(why(reason)), |month| Cell::of(format!("month {month}")));
            table.row(std::iter::once(Cell::of(name)).chain(cells).chain([paid]).collect::<Vec<_>>());
        };
        row("the plan", &self.plan, None);
        for one in &self.scenarios {
            row(&one.name, &one.roi, Some([one.net, one.npv, one.savings_per_year]));
        }
        table.piece().into_iter().collect()
    }
}

impl Tell for Labour {
    fn title(&self) -> String {
        "What human work costs".into()
    }

    fn pieces(&self) -> Pieces {
        let hour = say("The hour is one spent on contacts: holidays, meetings and waiting are in its price.");
        std::iter::once(hour).chain(steps(&self.explain())).collect()
    }
}

impl Tell for FromReport {
    fn title(&self) -> String {
        "A plan out of contacts".into()
    }

    fn pieces(&self) -> Pieces {
        let columns = [Column::Name("Input"), Column::Number("Value"), Column::Words("From"), Column::Number("n")];
        let mut table = Table::new("What contacts tell", &columns);
        let numbers = Numbers::typeset(&self.plan.currency);
        for taken in &self.taken {
            let interval = taken
                .interval
                .map(|(low, high)| format!("{} to {}", numbers.share(low, None), numbers.share(high, None)));
            table.row([
                input(taken.id),
                Cell::of(taken.value.normalize().to_string()).small(interval.unwrap_or_default()),
                Cell::of(taken.from),
                Cell::count(taken.n),
            ]);
        }
        let missing: Vec<String> = self.not_taken.iter().map(|id| words::plain_key(id)).collect();
        let rest = quiet(format!("Contacts do not tell, so it stays as it was: {}.", missing.join(", ")));
        table.piece().into_iter().chain([rest]).collect()
    }
}
