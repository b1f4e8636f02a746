//! One pass over the rows: facts become measures, measures are added to the cell of each row's group.

use super::cell::{Cell, Sample, bin_of};
use super::costs::{self, Pins, carriers};
use super::digest::Source;
use super::measures::{Feature, Plan};
use super::state::{Combination, Group, RowCounts, Tally, Topic};
use crate::calendar::Timeline;
use crate::check::Checked;
use crate::error::Result;
use crate::facts::customers::{NEVER, Wanted};
use crate::facts::rows::Dimension;
use crate::facts::{Contacts, Rows, Settings, each_block};
use crate::input::block::{Block, ROWS, rows_in};
use crate::input::{Column, Table, Tables};
use crate::options::{Options, Quantiles};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Counts the sound, in-scope rows of an input.
///
/// # Errors
/// When there are more periods than a report may have.
pub fn count(
    tables: &Tables<'_>,
    checked: &Checked,
    options: &Options,
    settings: &Settings,
    plan: Plan,
) -> Result<Tally> {
    let returns = plan.columns.contains(&Column::ReopenedAt);
    let wanted = Wanted { returns, sessions: plan.wants(Feature::Sessions) };
    let facts = Contacts::of(tables, checked, options, wanted);
    let opened = opened_span(tables, &facts, options);
    let (entries, pins) = costs::read(tables, checked, options);
    let timeline = match (options.every, opened) {
        (Some(every), Some((from, to))) => Some(Timeline::spanning(every, options.zone(), from, to)?),
        _ => None,
    };
    let sketch = options.quantiles == Quantiles::Sketch;
    let found = Options { as_of: checked.as_of, currency: Some(checked.currency.clone()), ..options.clone() };
    let mut tally = Tally {
        costs: entries,
        pins,
        counts: row_counts(tables, checked, &facts),
        opened: opened.map(|(a, b)| (a.nanos(), b.nanos())),
        problems: checked.problems.clone(),
        ..Tally::empty(found, plan)
    };
    let mut sorter = Sorter { sketch, ..Sorter::default() };
    let mut block = Block::default();
    let mut row_groups = vec![0_u32; facts.used.len() * ROWS];
    let mut topics = Topics::default();
    for (number, batch, start) in each_block(tables, Table::Interactions) {
        block.load(batch, start, &tally.plan.columns, options.zones());
        let rows = Rows::new(&block, batch, start, number, &facts, settings);
        if rows.all == 0 {
            continue;
        }
        note_presence(&mut tally, &rows);
        let source = Source { block: &block, batch, start, zones: options.zones() };
        tally.digest.add(&source, rows.all, &tally.plan.columns, &options.by);
        let places = &mut row_groups[number * ROWS..(number + 1) * ROWS];
        sorter.place(&rows, options, timeline.as_ref(), &tally, places);
        sorter.add(&rows, &tally.plan, &tally.pins, places);
        if tally.plan.wants(Feature::Concurrency) {
            sorter.note_progress(&rows, &mut tally.in_progress, places);
        }
        if tally.plan.wants(Feature::Topics) && timeline.is_some() {
            topics.note(&rows, &sorter, places);
        }
        if tally.plan.wants(Feature::Accounts) {
            tally.revenue.note_served(&rows);
        }
    }
    sorter.add_sessions(&facts, settings, &row_groups);
    tally.topics = topics.finish(&sorter);
    tally.groups = sorter.finish();
    tally.revenue.read(tables, checked, options, &tally.plan, &mut tally.present, &mut tally.digest);
    Ok(tally)
}

fn row_counts(tables: &Tables<'_>, checked: &Checked, facts: &Contacts) -> RowCounts {
    RowCounts {
        rows_in: tables.rows(Table::Interactions) as u64,
        rows_used: facts.used.iter().map(|w| u64::from(w.count_ones())).sum(),
        rows_quarantined: checked.broken_rows(Table::Interactions),
        rows_out_of_scope: facts.out_of_scope,
    }
}

fn opened_span(
    tables: &Tables<'_>,
    facts: &Contacts,
    options: &Options,
) -> Option<(crate::units::Instant, crate::units::Instant)> {
    let (mut block, mut span) = (Block::default(), None::<(i64, i64)>);
    for (number, batch, start) in each_block(tables, Table::Interactions) {
        block.load(batch, start, &[Column::OpenedAt], options.zones());
        for row in rows_in(facts.used.get(number).copied().unwrap_or(0)) {
            let at = block.whole(Column::OpenedAt)[row];
            span = Some(span.map_or((at, at), |(a, b)| (a.min(at), b.max(at))));
        }
    }
    span.map(|(a, b)| (crate::units::Instant::from_nanos(a), crate::units::Instant::from_nanos(b)))
}

fn note_presence(tally: &mut Tally, rows: &Rows<'_>) {
    for column in &tally.plan.presence {
        if column.table() == Table::Interactions && rows.known(*column) != 0 {
            tally.present.insert(*column);
        }
    }
    if rows.knows_human_cost() != 0 && tally.plan.presence.contains(&Column::CostHuman) {
        tally.present.insert(Column::CostHuman);
    }
}

/// Sorts rows into groups. Values of dimensions become small numbers, and so do pairs of them.
#[derive(Default)]
struct Sorter {
    values: Vec<FxHashMap<Vec<u8>, u32>>,
    pairs: FxHashMap<(u32, u32), u32>,
    codes: FxHashMap<(u32, i64), u32>,
    keys: Vec<(Combination, i64)>,
    groups: Vec<Group>,
    sketch: bool,
}

impl Sorter {
    fn place(
        &mut self,
        rows: &Rows<'_>,
        options: &Options,
        timeline: Option<&Timeline>,
        tally: &Tally,
        places: &mut [u32],
    ) {
        let dimensions: Vec<Dimension<'_>> = options.by.iter().map(|name| rows.dimension(name)).collect();
        self.values.resize_with(dimensions.len(), FxHashMap::default);
        let mut hint = 0;
        for row in rows_in(rows.all) {
            let period = timeline.map_or(0, |t| t.index_of(rows.whole(Column::OpenedAt, row), &mut hint));
            let combination = self.combination(&dimensions, row);
            let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
            let code = *self.codes.entry((combination, period)).or_insert(next);
            if code == next {
                self.groups.push(Group::new(&tally.plan, self.sketch, tally.pins.len()));
                self.keys.push((dimensions.iter().map(|d| d.text(row)).collect(), period));
            }
            places[row] = code;
        }
    }

    /// The number of a row's combination of values: absent is 0, and each further dimension pairs up with what stands
    /// before it.
    fn combination(&mut self, dimensions: &[Dimension<'_>], row: usize) -> u32 {
        let mut combination = 0;
        for (values, dimension) in self.values.iter_mut().zip(dimensions) {
            let value = dimension.with_bytes(row, |bytes| {
                let next = u32::try_from(values.len() + 1).unwrap_or(u32::MAX);
                match values.get(bytes) {
                    Some(code) => *code,
                    None => *values.entry(bytes.to_vec()).or_insert(next),
                }
            });
            let next = u32::try_from(self.pairs.len() + 1).unwrap_or(u32::MAX);
            combination = *self.pairs.entry((combination, value.unwrap_or(0))).or_insert(next);
        }
        combination
    }

    /// Adds every measure of a block to the cells of its rows, one run of rows of the same cell at a time.
    fn add(&mut self, rows: &Rows<'_>, plan: &Plan, pins: &[Pins], places: &[u32]) {
        let mut cells: Vec<(u32, usize, u64)> = Vec::new();
        for row in rows_in(rows.all) {
            let handling = if rows.ai >> row & 1 == 1 { 0 } else { 1 + usize::from(rows.handed_over >> row & 1 == 1) };
            match cells.iter_mut().find(|(group, h, _)| *group == places[row] && *h == handling) {
                Some((_, _, mask)) => *mask |= 1 << row,
                None => cells.push((places[row], handling, 1 << row)),
            }
        }
        let outcomes = outcome_masks(rows);
        let masks = Masks::of(rows, plan, pins);
        for (group, handling, mask) in cells {
            let Some(group) = self.groups.get_mut(group as usize) else { continue };
            for (count, class) in group.outcomes.iter_mut().zip(outcomes) {
                *count += u64::from((class & mask).count_ones());
            }
            add_cell(&mut group.cells[handling], rows, plan, &masks, mask);
        }
    }

    fn note_progress(&self, rows: &Rows<'_>, in_progress: &mut BTreeMap<Combination, Vec<(i64, i64)>>, places: &[u32]) {
        const SECOND: i64 = 1_000_000_000;
        for row in rows_in(rows.ai_fronted) {
            let knows = |column| rows.known(column) >> row & 1 == 1;
            let until = if knows(Column::EscalatedAt) {
                rows.whole(Column::EscalatedAt, row)
            } else if knows(Column::ClosedAt) {
                rows.whole(Column::ClosedAt, row)
            } else {
                rows.as_of()
            };
            let start = rows.whole(Column::OpenedAt, row).div_euclid(SECOND);
            let end = until.div_euclid(SECOND).max(start + 1);
            if let Some((combination, _)) = self.keys.get(places[row] as usize) {
                match in_progress.get_mut(combination) {
                    Some(spans) => spans.push((start, end)),
                    None => drop(in_progress.insert(combination.clone(), vec![(start, end)])),
                }
            }
        }
    }

    fn add_sessions(&mut self, facts: &Contacts, settings: &Settings, places: &[u32]) {
        for session in &facts.sessions {
            let Some(group) = places.get(session.opened_by).and_then(|g| self.groups.get_mut(*g as usize)) else {
                continue;
            };
            let own = &mut group.cells[session.handled_by].sessions;
            own.all += 1;
            if !session.closed || !session.known_customer {
                continue;
            }
            if session.closed_at <= settings.as_of.saturating_sub(settings.window) {
                let returned = session.returned != NEVER && session.returned <= settings.window;
                own.mature += 1;
                own.held += u64::from(session.resolved && !returned);
            } else {
                own.maturing += 1;
            }
        }
    }

    fn finish(self) -> BTreeMap<(Combination, i64), Group> {
        self.keys.into_iter().zip(self.groups).collect()
    }
}

/// SPEC 3.6b, first match; the masks are disjoint and cover every contact.
fn outcome_masks(rows: &Rows<'_>) -> [u64; 9] {
    let mut left = rows.all;
    let mut take = |mask: u64| {
        let taken = mask & left;
        left &= !taken;
        taken
    };
    let open = take(!rows.closed);
    let escalated = take(rows.handed_over);
    let human = take(rows.human);
    let abandoned = take(rows.abandoned);
    let unresolved = take(rows.unresolved);
    let confirmed = take(rows.yes(Column::Confirmed));
    let disproved = take(rows.disproved);
    let unverifiable = take(!rows.known(Column::CustomerId));
    let pending = take(!rows.ripe(rows.window()));
    let silent = take(u64::MAX);
    [open, escalated, human, abandoned, unresolved, pending, confirmed | silent, disproved, unverifiable]
}

/// The contacts of a block that each measure is about, worked out once for all cells.
struct Masks {
    counts: Vec<u64>,
    carriers: Vec<u64>,
    spreads: Vec<u64>,
    parts: Vec<u64>,
    totals: Vec<u64>,
    times: Vec<u64>,
    binned: Vec<(u64, u64)>,
}

impl Masks {
    fn of(rows: &Rows<'_>, plan: &Plan, pins: &[Pins]) -> Self {
        Self {
            counts: plan.counts.iter().map(|m| (m.rows)(rows)).collect(),
            carriers: pins.iter().map(|p| carriers(p, rows)).collect(),
            spreads: plan.spreads.iter().map(|m| (m.rows)(rows)).collect(),
            parts: plan.parts.iter().map(|m| (m.rows)(rows)).collect(),
            totals: plan.totals.iter().map(|m| (m.rows)(rows)).collect(),
            times: plan.times.iter().map(|m| (m.rows)(rows)).collect(),
            binned: plan.binned.iter().map(|m| ((m.rows)(rows), (m.hits)(rows))).collect(),
        }
    }
}

fn add_cell(cell: &mut Cell, rows: &Rows<'_>, plan: &Plan, masks: &Masks, mask: u64) {
    cell.rows += u64::from(mask.count_ones());
    let counted = cell.counts.iter_mut().zip(&masks.counts).chain(cell.carriers.iter_mut().zip(&masks.carriers));
    for (count, measured) in counted {
        *count += u64::from((measured & mask).count_ones());
    }
    for ((spread, measure), measured) in cell.spreads.iter_mut().zip(&plan.spreads).zip(&masks.spreads) {
        for row in rows_in(measured & mask) {
            let value = (measure.value)(rows, row);
            spread.add_scaled(value.units, u32::from(value.scale));
        }
    }
    for ((parts, measure), measured) in cell.parts.iter_mut().zip(&plan.parts).zip(&masks.parts) {
        for row in rows_in(measured & mask) {
            parts.add((measure.whole)(rows, row).to_decimal(), (measure.part)(rows, row).to_decimal());
        }
    }
    for ((total, measure), measured) in cell.totals.iter_mut().zip(&plan.totals).zip(&masks.totals) {
        for row in rows_in(measured & mask) {
            let value = (measure.value)(rows, row);
            total.amount.add_scaled(value.units, u32::from(value.scale));
            total.known += 1;
        }
    }
    for ((sample, measure), measured) in cell.times.iter_mut().zip(&plan.times).zip(&masks.times) {
        for row in rows_in(measured & mask) {
            Sample::add(sample, (measure.value)(rows, row), measure.scale);
        }
    }
    add_texts(cell, rows, plan, mask);
    for ((bins, measure), (measured, hits)) in cell.binned.iter_mut().zip(&plan.binned).zip(&masks.binned) {
        for row in rows_in(measured & mask) {
            let value = (measure.value)(rows, row);
            if let Some(bin) = bins.get_mut(bin_of(value, measure.bins)) {
                bin.rows += 1;
                bin.hits += hits >> row & 1;
                bin.sum.add_scaled(value.units, u32::from(value.scale));
            }
        }
    }
}

fn add_texts(cell: &mut Cell, rows: &Rows<'_>, plan: &Plan, mask: u64) {
    for (found, measure) in cell.breakdowns.iter_mut().zip(&plan.breakdowns) {
        for row in rows_in(rows.known(measure.column) & mask) {
            let Some(text) = rows.text(measure.column, row) else { continue };
            let text = String::from_utf8_lossy(text);
            match found.get_mut(text.as_ref()) {
                Some(n) => *n += 1,
                None => drop(found.insert(text.into_owned(), 1)),
            }
        }
    }
    if plan.wants(Feature::HumanAgents) {
        for row in rows_in(rows.known(Column::HumanAgentId) & mask) {
            let Some(agent) = rows.text(Column::HumanAgentId, row) else { continue };
            let agent = String::from_utf8_lossy(agent);
            if !cell.human_agents.contains(agent.as_ref()) {
                cell.human_agents.insert(agent.into_owned());
            }
        }
    }
}

/// When each issue was first seen, while rows come in any order.
#[derive(Default)]
struct Topics(FxHashMap<Vec<u8>, (i64, FxHashMap<u32, u64>)>);

impl Topics {
    fn note(&mut self, rows: &Rows<'_>, sorter: &Sorter, places: &[u32]) {
        for row in rows_in(rows.known(Column::Issue)) {
            let Some(issue) = rows.text(Column::Issue, row) else { continue };
            let group = places[row];
            let Some((_, period)) = sorter.keys.get(group as usize) else { continue };
            if !self.0.contains_key(issue) {
                self.0.insert(issue.to_vec(), (*period, FxHashMap::default()));
            }
            let Some((first, contacts)) = self.0.get_mut(issue) else { continue };
            if *period < *first {
                *first = *period;
                contacts.clear();
            }
            if *period == *first {
                *contacts.entry(group).or_default() += 1;
            }
        }
    }

    fn finish(self, sorter: &Sorter) -> BTreeMap<String, Topic> {
        let topic = |(issue, (first_period, groups)): (Vec<u8>, (i64, FxHashMap<u32, u64>))| {
            let mut contacts: BTreeMap<Combination, u64> = BTreeMap::new();
            for (group, n) in groups {
                if let Some((combination, _)) = sorter.keys.get(group as usize) {
                    *contacts.entry(combination.clone()).or_default() += n;
                }
            }
            (String::from_utf8_lossy(&issue).into_owned(), Topic { first_period, contacts })
        };
        self.0.into_iter().map(topic).collect()
    }
}
