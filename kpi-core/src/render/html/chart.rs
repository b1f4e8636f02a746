//! Lines over time with the interval as a band behind them.

use super::markup::{Markup, put, tenth};
use crate::kpis::Unit;
use crate::options::Milestone;
use crate::render::numbers::{self, Numbers};
use crate::render::overview::{Chart, Line, Tone};
use crate::render::words;
use crate::report::{GroupReport, Period, Value};

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 50.0;
const RIGHT: f64 = 92.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 30.0;
/// Dates under the axis, at most.
const DATES: usize = 6;
/// Points are drawn while they do not touch one another.
const POINTS: usize = 40;

/// A picture's axes.
struct Frame {
    count: usize,
    low: f64,
    high: f64,
    step: f64,
}

/// One line: for each period its value, where there is one.
struct Course<'r> {
    tone: Tone,
    label: &'static str,
    values: Vec<Option<&'r Value>>,
}

impl<'r> Course<'r> {
    fn of(line: &Line, periods: &[(Period, &'r GroupReport)]) -> Self {
        let known = |group: &'r GroupReport| group.value(line.place.0, line.place.1).filter(|v| v.number().is_some());
        Self { tone: line.tone, label: line.label, values: periods.iter().map(|(_, group)| known(group)).collect() }
    }

    fn known(&self) -> impl Iterator<Item = (usize, &'r Value, f64)> {
        self.values.iter().enumerate().filter_map(|(at, v)| v.and_then(|v| Some((at, v, v.number()?))))
    }

    /// Stretches without a gap.
    fn stretches(&self) -> Vec<Vec<(usize, &'r Value, f64)>> {
        let mut out: Vec<Vec<(usize, &Value, f64)>> = Vec::new();
        for point in self.known() {
            match out.last_mut() {
                Some(stretch) if stretch.last().is_some_and(|(at, ..)| at + 1 == point.0) => stretch.push(point),
                _ => out.push(vec![point]),
            }
        }
        out
    }
}

impl Frame {
    fn around(courses: &[Course<'_>], count: usize, unit: Unit) -> Option<Self> {
        let ends = |(_, v, x): (usize, &Value, f64)| v.interval.map_or([x, x], |i| [i.low, i.high]);
        let all = || courses.iter().flat_map(Course::known).flat_map(ends);
        let (mut low, mut high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        if !low.is_finite() || !high.is_finite() {
            return None;
        }
        // An axis that nearly reaches nought should reach it.
        if low > 0.0 && low < high * 0.5 {
            low = 0.0;
        }
        if high <= low {
            (low, high) = if unit == Unit::Ratio { (0.0, 1.0) } else { (low.min(0.0), low.max(0.0) + 1.0) };
        }
        let step = even_step((high - low) / 4.0);
        Some(Self { count, low: (low / step).floor() * step, high: (high / step).ceil() * step, step })
    }

    fn x(&self, at: usize) -> f64 {
        let gaps = self.count.saturating_sub(1).max(1) as f64;
        let first = if self.count == 1 { 0.5 } else { 0.0 };
        tenth(LEFT + (at as f64 / gaps + first) * (WIDTH - LEFT - RIGHT))
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        tenth(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP))
    }
}

/// The next of 1, 2, 5, 10 … that is not smaller.
fn even_step(least: f64) -> f64 {
    let mut power = 1.0;
    while power > least && power > 1e-12 {
        power /= 10.0;
    }
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|m| m * power).find(|step| *step >= least).unwrap_or(power * 10.0)
}

/// What lies along a chart.
pub(super) struct Timeline<'t> {
    /// Its periods, in order.
    pub(super) periods: &'t [(Period, &'t GroupReport)],
    /// What happened when, within them.
    pub(super) milestones: &'t [&'t Milestone],
}

pub(super) fn draw(page: &mut Markup, chart: &Chart, number: usize, timeline: &Timeline<'_>, numbers: Numbers<'_>) {
    let periods = timeline.periods;
    let courses: Vec<Course<'_>> =
        chart.lines.iter().map(|line| Course::of(line, periods)).filter(|c| c.known().next().is_some()).collect();
    let Some(unit) = courses.iter().find_map(|c| c.known().next().map(|(_, v, _)| v.unit)) else { return };
    let Some(frame) = Frame::around(&courses, periods.len(), unit) else { return };
    put!(
        page,
        "<svg class=\"chart\" viewBox=\"0 0 460 230\" role=\"img\" aria-labelledby=\"chart-" {number} "\">\n"
        "<title id=\"chart-" {number} "\">" {chart.title}
        " over time; the table below has the numbers.</title>\n"
    );
    axes(page, &frame, unit, periods, numbers);
    milestones(page, &frame, timeline);
    for course in &courses {
        band(page, &frame, course);
    }
    for course in &courses {
        line(page, &frame, course);
        if periods.len() <= POINTS {
            points(page, &frame, course, periods, numbers);
        }
    }
    names(page, &frame, &courses);
    put!(page, "</svg>\n");
}

fn axes(page: &mut Markup, frame: &Frame, unit: Unit, periods: &[(Period, &GroupReport)], numbers: Numbers<'_>) {
    let mut mark = frame.low;
    while mark <= frame.high + frame.step / 2.0 {
        let y = frame.y(mark);
        put!(
            page,
            "<path class=\"grid\" d=\"M50 " {y} "H368\"/><text class=\"mark\" x=\"44\" y=\"" {tenth(y + 4.0)}
            "\">" {numbers.mark(unit, mark, frame.step)} "</text>\n"
        );
        mark += frame.step;
    }
    let every = periods.len().div_ceil(DATES).max(1);
    for (at, (period, _)) in periods.iter().enumerate().step_by(every) {
        put!(
            page,
            "<text class=\"date\" x=\"" {frame.x(at)} "\" y=\"222\">" {words::period_in_short(period)}
            "</text>\n"
        );
    }
}

/// A number at the top of a line for each; what it is stands below the charts.
fn milestones(page: &mut Markup, frame: &Frame, timeline: &Timeline<'_>) {
    for (number, milestone) in timeline.milestones.iter().enumerate() {
        let of = |(period, _): &(Period, &GroupReport)| (period.start..period.end).contains(&milestone.at);
        let Some(at) = timeline.periods.iter().position(of) else { continue };
        // A value stands for its whole period, so what happens in one is marked before its point.
        let x = tenth((frame.x(at) - (frame.x(1) - frame.x(0)) / 2.0).max(LEFT));
        put!(
            page,
            "<path class=\"milestone\" d=\"M" {x} " 22V200\"/><text class=\"milestone\" x=\"" {x} "\" y=\"18\">" {number + 1}
            "</text>\n"
        );
    }
}

fn band(page: &mut Markup, frame: &Frame, course: &Course<'_>) {
    for stretch in course.stretches() {
        let ends: Vec<_> = stretch.iter().filter_map(|(at, v, _)| Some((frame.x(*at), v.interval?))).collect();
        if ends.len() < 2 || ends.len() < stretch.len() {
            continue;
        }
        put!(page, "<path class=\"band " {course.tone.name()} "\" d=\"");
        for (n, (x, interval)) in ends.iter().enumerate() {
            put!(page, {if n == 0 { "M" } else { "L" }} {x} " " {frame.y(interval.high)});
        }
        for (x, interval) in ends.iter().rev() {
            put!(page, "L" {x} " " {frame.y(interval.low)});
        }
        put!(page, "Z\"/>\n");
    }
}

fn line(page: &mut Markup, frame: &Frame, course: &Course<'_>) {
    for stretch in course.stretches().iter().filter(|s| s.len() > 1) {
        put!(page, "<path class=\"course " {course.tone.name()} "\" d=\"");
        for (n, (at, _, x)) in stretch.iter().enumerate() {
            put!(page, {if n == 0 { "M" } else { "L" }} {frame.x(*at)} " " {frame.y(*x)});
        }
        put!(page, "\"/>\n");
    }
}

/// A shape of its own for each line, with the numbers for those who point at it.
fn points(
    page: &mut Markup,
    frame: &Frame,
    course: &Course<'_>,
    periods: &[(Period, &GroupReport)],
    numbers: Numbers<'_>,
) {
    for (period, value, number) in course.known() {
        let (x, y) = (frame.x(period), frame.y(number));
        let tone = course.tone.name();
        let d = match course.tone {
            Tone::People => format!("M{} {}h6v6h-6z", tenth(x - 3.0), tenth(y - 3.0)),
            Tone::Claim => format!("M{x} {}l4 4l-4 4l-4 -4z", tenth(y - 4.0)),
            Tone::All | Tone::Ai => format!("M{} {y}a3.2 3.2 0 1 1 6.4 0a3.2 3.2 0 1 1 -6.4 0z", tenth(x - 3.2)),
        };
        put!(page, "<path class=\"point " {tone} "\" d=\"" {d} "\">");
        put!(
            page,
            "<title>" {course.label} ", " {periods.get(period).map_or(String::new(), |(p, _)| words::period(p))}
            ": " {numbers.value_or_why(value)}
        );
        if let Some(interval) = numbers.interval(value) {
            put!(page, " (" {interval} ")");
        }
        put!(page, ", n = " {numbers::count(value.n)} "</title>");
        page.raw("</path>\n");
    }
}

/// The name of each line at its end, moved apart where they would touch.
fn names(page: &mut Markup, frame: &Frame, courses: &[Course<'_>]) {
    const APART: f64 = 15.0;
    let end = |course: &Course<'_>| {
        course.known().last().map(|(period, _, x)| (frame.y(x), frame.x(period), course.tone.name(), course.label))
    };
    let mut ends: Vec<_> = courses.iter().filter_map(end).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::NEG_INFINITY;
    for (y, x, tone, label) in ends {
        let y = y.max(last + APART);
        last = y;
        put!(
            page,
            "<text class=\"line-name " {tone} "\" x=\"" {tenth(x + 9.0)} "\" y=\"" {tenth(y + 4.0)} "\">"
            {label} "</text>\n"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_even_steps() {
        for (least, step) in [(0.013, 0.02), (0.02, 0.02), (0.3, 0.5), (3.0, 5.0), (6.0, 10.0), (1200.0, 2000.0)] {
            assert!((even_step(least) - step).abs() < 1e-12, "{least}");
        }
    }
}
