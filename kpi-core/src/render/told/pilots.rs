//! What a pilot comes to, in words.

use super::compared::side;
use super::sealed::{Pieces, Tell};
use crate::compare::{Gate, Gates, NotJudged, Rule as GateRule, Verdict};
use crate::kpis::Unit;
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Cell, Column, Table, doubt, quiet, say};
use crate::render::words;
use rust_decimal::prelude::ToPrimitive;

impl Tell for Gates {
    fn title(&self) -> String {
        "Pilot gates".into()
    }

    fn pieces(&self) -> Pieces {
        let verdict = match self.verdict() {
            Verdict::Pass => "The pilot passes: every gate holds.",
            Verdict::Fail => "The pilot fails: a gate does not hold.",
            Verdict::Inconclusive => "It is not known yet: the data allows that a gate holds and that it does not.",
            Verdict::NotJudged => "Nothing is judged: the groups are not what they were meant to be.",
        };
        let failed = matches!(self.verdict(), Verdict::Fail | Verdict::NotJudged);
        let mut pieces = vec![if failed { doubt(verdict) } else { say(verdict) }];
        let control = self.control.as_ref().map_or_else(String::new, |c| format!(" {}.", words::capital(&side(c))));
        pieces.push(quiet(format!("{}.{control}", words::capital(&side(&self.treated)))));
        if let Some(ratio) = &self.sample_ratio {
            let numbers = Numbers::typeset("");
            let text = format!(
                "{} of both are treated, and {} were meant to be ({}).",
                numbers.share(ratio.share, None),
                numbers.share(ratio.intended_share.to_f64().unwrap_or_default(), Some(0.05)),
                numbers::chance(ratio.p_value)
            );
            pieces.push(if ratio.is_mismatch() { doubt(text) } else { quiet(text) });
        }
        pieces.push(quiet(format!(
            "Look {}: it asks for {:.2} standard errors, and spends {:.4} of the error of {} that all looks share.",
            self.look.information.len(),
            self.look.boundary,
            self.look.spent,
            self.look.alpha
        )));
        let mut table = Table::new(
            "Each gate by its whole interval, as sure as this look must be",
            &[
                Column::Name("Gate"),
                Column::Number("Treated"),
                Column::Number("Control"),
                Column::Number("Judged by"),
                Column::Words("Verdict"),
            ],
        );
        for gate in &self.gates {
            table.row(cells(gate));
        }
        pieces.extend(table.piece());
        pieces.into_iter().collect()
    }
}

fn cells(gate: &Gate) -> [Cell; 5] {
    let numbers = Numbers::typeset("");
    let line = gate.line.to_f64().map_or_else(|| gate.line.to_string(), |x| numbers.goal(gate.id, x));
    let asks = match gate.rule {
        GateRule::AtLeast => format!("at least {line}"),
        GateRule::AtMost => format!("at most {line}"),
        GateRule::NotWorseThanControlBy => format!("not worse than control by {line}"),
    };
    let unit = gate.treated.unit;
    let judged_by = match (gate.difference, gate.interval) {
        (Some(difference), Some(i)) => {
            Cell::of(numbers.difference(unit, difference, Some(i))).small(numbers.difference_interval(unit, i))
        }
        (None, Some(i)) if unit == Unit::Ratio => Cell::of(numbers.part_interval(i)),
        (None, Some(_)) => Cell::of(numbers.interval(&gate.treated).unwrap_or_default()),
        (_, None) => Cell::of("–"),
    };
    let verdict = match (gate.verdict, gate.not_judged) {
        (Verdict::Pass, _) => "✓ passes".to_owned(),
        (Verdict::Fail, _) => "✗ fails".to_owned(),
        (Verdict::NotJudged, Some(NotJudged::SampleRatio)) => "– not judged: the groups are off".to_owned(),
        (Verdict::NotJudged, Some(NotJudged::NoInterval)) => "– not judged: it has no interval".to_owned(),
        (Verdict::NotJudged, _) => "– not judged: it has no value".to_owned(),
        (Verdict::Inconclusive, _) if gate.on_the_line => "? not known: it lies on the line itself".to_owned(),
        (Verdict::Inconclusive, _) => match gate.more {
            Some(more) => format!("? not known: some {} more contacts would tell", numbers::count(more.treated)),
            None => "? not known".to_owned(),
        },
    };
    let n = |n: u64| format!("n = {}", numbers::count(n));
    [
        Cell::of(words::name(gate.id)).small(format!("{}: {asks}", gate.population.in_words())),
        Cell::value(&gate.treated, numbers).small(n(gate.treated.n)),
        gate.control.as_ref().map_or_else(|| Cell::of("–"), |c| Cell::value(c, numbers).small(n(c.n))),
        judged_by,
        Cell::of(verdict).doubt(gate.verdict == Verdict::Fail),
    ]
}
