//! Early warnings in words.

use super::sealed::{Pieces, Tell};
use crate::compare::{Sureness, Warning, Warnings};
use crate::kpis::Course;
use crate::render::numbers::{self, Numbers};
use crate::render::pieces::{Piece, Weight, arrow, combination, quiet, say, whose};
use crate::render::words;

impl Tell for Warnings {
    fn title(&self) -> String {
        "Early warnings".into()
    }

    fn pieces(&self) -> Pieces {
        let numbers = Numbers::typeset(&self.currency);
        let tested = format!("{} figures and groups were looked at", numbers::count(self.looked_at as u64));
        if self.warnings.is_empty() {
            return [say(format!("Nothing has moved beyond chance lately; {tested}."))].into_iter().collect();
        }
        let head = quiet(format!(
            "What moved lately beyond chance, surest first; {tested}. What is sure holds against so many looks; of what is likely, a few may be chance."
        ));
        let all = self.by_figure();
        let told = all.iter().flat_map(|(warning, others)| self.one(warning, others, numbers));
        std::iter::once(head).chain(told).collect()
    }
}

impl Warnings {
    /// The figures that moved, each way apart, with the group to tell of it by (everybody where that moved, else the surest) and the
    /// others.
    fn by_figure(&self) -> Vec<(&Warning, Vec<&Warning>)> {
        let mut moves: Vec<(&str, bool)> = Vec::new();
        for warning in &self.warnings {
            let own = (warning.id, warning.went_up());
            if !moves.contains(&own) {
                moves.push(own);
            }
        }
        let told = |(id, up): (&str, bool)| {
            let own = || self.warnings.iter().filter(|warning| warning.id == id && warning.went_up() == up);
            let first = own().find(|warning| warning.by.is_empty()).or_else(|| own().next())?;
            Some((first, own().filter(|other| other.by != first.by).collect()))
        };
        moves.into_iter().filter_map(told).collect()
    }

    fn one(&self, warning: &Warning, others: &[&Warning], numbers: Numbers<'_>) -> [Piece; 3] {
        let course = match (warning.course, warning.went_up()) {
            (Course::Worse, _) => "worse",
            (Course::Better, _) => "better",
            (Course::Neither, true) => "higher",
            (Course::Neither, false) => "lower",
        };
        let sureness = warning.sureness.name();
        let title = format!(
            "{} {} ({}): {course}, {sureness}",
            arrow(warning.difference),
            words::name(warning.id),
            whose(warning.population, &warning.by)
        );
        let weight = if warning.course == Course::Worse { Weight::Doubt } else { Weight::Plain };
        let points = points(warning, others);
        [Piece::Heading(title), Piece::Say(weight, self.evidence(warning, numbers)), Piece::List(points)]
    }

    fn evidence(&self, warning: &Warning, numbers: Numbers<'_>) -> String {
        let unit = warning.now.unit;
        let range = warning.interval.map_or_else(String::new, |interval| {
            let level = numbers.share(self.confidence_level, Some(1.0));
            format!("{level} interval {}; ", numbers.difference_interval(unit, interval))
        });
        let chance = match warning.sureness {
            Sureness::Sure => format!("{} after all looks", numbers::chance(warning.adjusted_p_value)),
            Sureness::Likely => {
                format!("of such findings, {} are expected to be chance", numbers.share(warning.q_value, None))
            }
        };
        format!(
            "{} (n\u{a0}=\u{a0}{}) since the {}; {} (n\u{a0}=\u{a0}{}) before. That is {} ({range}{chance}).",
            numbers.value_or_why(&warning.now),
            numbers::count(warning.now.n),
            words::since(&warning.since),
            numbers.value_or_why(&warning.before),
            numbers::count(warning.before.n),
            numbers.difference(unit, warning.difference, warning.interval),
        )
    }
}

fn points(warning: &Warning, others: &[&Warning]) -> Vec<String> {
    let mut points = Vec::new();
    if let Some(part) = &warning.most_of_it {
        points.push(format!("Most of it: {}.", combination(&part.by)));
    }
    if !others.is_empty() {
        let names: Vec<String> =
            others.iter().map(|other| combination(&other.by)).filter(|name| !name.is_empty()).collect();
        points.push(format!("It moved in these as well: {}.", names.join(", ")));
    }
    if !warning.also.is_empty() {
        let names: Vec<&str> = warning.also.iter().map(|population| population.in_words()).collect();
        points.push(format!("The same way, less surely: {}.", names.join(", ")));
    }
    for milestone in &warning.milestones {
        points.push(format!("\"{}\" came on {}.", milestone.label, words::day(milestone.at)));
    }
    let figures: Vec<String> = warning.next.figures.iter().map(|id| words::name(id)).collect();
    points.push(format!("{} See also {}.", warning.next.advice, figures.join(", ")));
    points
}
