//! What several clerks counted, each with numbers of their own, becomes the groups of one tally.

use super::cell::{Bin, Cell, Sample, Sessions, Sum};
use super::clerk::{Clerk, Files};
use super::closing::{Closing, Filings, close};
use super::counters::RunningTimes;
use super::measures::{Count, Counted, Feature, Plan};
use super::progress::Progress;
use super::sample::Run;
use super::state::{Combination, Group, Tally, Topic};
use crate::facts::Fates;
use crate::facts::drawers::{Aside, Contact, Drawers, Filed, Numbering};
use crate::facts::returns::Windows;
use crate::input::Watch;
use crate::input::block::ROWS;
use crate::input::codes::Codes;
use crate::options::Quantiles;
use std::collections::BTreeMap;

/// The numbers that all clerks share.
pub struct Shared {
    groups: BTreeMap<(Combination, i64), u32>,
    accounts: Codes,
    numberings: Vec<Numbering>,
    kept_ids: Vec<Vec<u8>>,
}

impl Shared {
    /// From what each clerk numbered by itself.
    pub fn of(clerks: &[Clerk<'_>]) -> Self {
        let mut groups: BTreeMap<(Combination, i64), u32> = BTreeMap::new();
        let (mut issues, mut accounts) = (Codes::default(), Codes::default());
        let (mut numberings, mut kept_ids) = (Vec::new(), Vec::<Vec<u8>>::new());
        for clerk in clerks {
            let mut number = |(combination, period): &(u32, i64)| {
                let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
                *groups.entry((clerk.sorter.combination(*combination), *period)).or_insert(next)
            };
            let own_groups = clerk.sorter.keys().iter().map(&mut number).collect();
            let renumber = |own: &Codes, all: &mut Codes| -> Vec<u32> {
                std::iter::once(0).chain(own.texts().map(|text| all.of(text))).collect()
            };
            numberings.push(Numbering {
                issues: renumber(&clerk.issues, &mut issues),
                groups: own_groups,
                accounts: renumber(&clerk.accounts, &mut accounts),
                ids_before: u32::try_from(kept_ids.len()).unwrap_or(u32::MAX),
            });
            kept_ids.extend_from_slice(&clerk.kept_ids);
        }
        Self { groups, accounts, numberings, kept_ids }
    }

    /// Closes the drawers of all clerks.
    pub fn close(&self, clerks: &mut [Clerk<'_>], windows: &Windows, threads: usize, watch: &Watch) -> Closing {
        let rich = clerks.iter().any(|clerk| matches!(clerk.files, Files::Rich(_)));
        let (mut plain_files, mut rich_files) = (Vec::new(), Vec::new());
        for clerk in clerks {
            if rich {
                clerk.files.enrich();
            }
            match &mut clerk.files {
                Files::Plain(drawers) => plain_files.push(std::mem::take(drawers)),
                Files::Rich(drawers) => rich_files.push(std::mem::take(drawers)),
            }
        }
        if rich {
            self.close_drawers::<(Contact, Aside)>(rich_files, windows, threads, watch)
        } else {
            self.close_drawers::<Contact>(plain_files, windows, threads, watch)
        }
    }

    fn close_drawers<F: Filed>(
        &self,
        files: Vec<Drawers<F>>,
        windows: &Windows,
        threads: usize,
        watch: &Watch,
    ) -> Closing {
        let shift = files.first().map_or(64, Drawers::shift);
        let filings = files.into_iter().zip(&self.numberings);
        let filings = filings
            .map(|(drawers, numbering)| Filings { drawers: drawers.into_drawers(), numbering: numbering.clone() })
            .collect();
        close(filings, shift, windows, &self.kept_ids, threads, watch)
    }
}

/// Puts what the clerks counted, and what became of the contacts, into the tally.
pub fn sum_up(tally: &mut Tally, clerks: Vec<Clerk<'_>>, shared: &Shared, closing: &Closing, windows: &Windows) {
    let sketch = tally.options.quantiles == Quantiles::Sketch;
    let empty = || Group::new(&tally.plan, sketch, tally.pins.len());
    let mut groups: Vec<Group> = shared.groups.iter().map(|_| empty()).collect();
    let mut progress: BTreeMap<Combination, Progress> = BTreeMap::new();
    let mut topics = BTreeMap::new();
    for (mut clerk, numbering) in clerks.into_iter().zip(&shared.numberings) {
        for (own, number) in numbering.groups.iter().enumerate() {
            if let Some(group) = groups.get_mut(*number as usize) {
                for (handling, cell) in group.cells.iter_mut().enumerate() {
                    add_counted(cell, &mut clerk, &tally.plan, own * 3 + handling);
                }
            }
        }
        let numbering = |cell: u32| Some((*numbering.groups.get(cell as usize / 3)? as usize, cell as usize % 3));
        add_texts(&mut groups, &clerk, numbering);
        note_progress(&mut progress, &clerk, windows.as_of);
        note_topics(&mut topics, &clerk);
        tally.present.extend(&clerk.present);
        tally.digest.merge(&clerk.digest);
    }
    add_fates(&mut groups, closing, &tally.plan, windows.own);
    tally.groups = shared.groups.keys().cloned().zip(in_order(groups, shared)).collect();
    tally.in_progress = progress;
    tally.topics = topics;
    if tally.plan.wants(Feature::Accounts) {
        let text = |code: &u32| shared.accounts.text(*code).map(|text| String::from_utf8_lossy(text).into_owned());
        tally.revenue.served = closing.served.iter().filter_map(text).collect();
    }
}

/// Groups in the order of their keys rather than of their numbers.
fn in_order(groups: Vec<Group>, shared: &Shared) -> Vec<Group> {
    let mut by_number: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    shared.groups.values().filter_map(|number| by_number.get_mut(*number as usize)?.take()).collect()
}

fn add_counted(cell: &mut Cell, clerk: &mut Clerk<'_>, plan: &Plan, own: usize) {
    for (place, n) in clerk.counters.counts_of(own) {
        if let Some(count) = cell.counts.get_mut(place) {
            *count += n;
        }
    }
    cell.carriers.iter_mut().zip(clerk.counters.carriers_of(own)).for_each(|(a, b)| *a += b);
    cell.spreads.iter_mut().zip(clerk.counters.spreads_of(own)).for_each(|(a, b)| a.merge(&b.total()));
    cell.parts.iter_mut().zip(clerk.counters.parts_of(own)).for_each(|(a, b)| a.merge(&b.total()));
    for (mine, theirs) in cell.totals.iter_mut().zip(clerk.counters.totals_of(own)) {
        mine.merge(&Sum { amount: theirs.sum.total(), known: theirs.known });
    }
    for (place, bins) in cell.binned.iter_mut().enumerate().take(plan.binned.len()) {
        for (mine, theirs) in bins.iter_mut().zip(clerk.counters.bins_of(own, place)) {
            mine.merge(&Bin { rows: theirs.rows, hits: theirs.hits, sum: theirs.sum.total() });
        }
    }
    for (sample, times) in cell.times.iter_mut().zip(clerk.counters.take_times(own)) {
        match (sample, times) {
            (Sample::Exact(runs), RunningTimes::Exact(run)) if !Run::is_empty(&run) => runs.push(run),
            (sample, RunningTimes::Sketch(buckets)) => sample.merge(&Sample::Sketch(buckets)),
            _ => {}
        }
    }
}

fn cell_at(groups: &mut [Group], place: Option<(usize, usize)>) -> Option<&mut Cell> {
    let (group, handling) = place?;
    groups.get_mut(group)?.cells.get_mut(handling)
}

fn add_texts(groups: &mut [Group], clerk: &Clerk<'_>, place: impl Fn(u32) -> Option<(usize, usize)>) {
    let text = |codes: &Codes, code: u32| codes.text(code).map(|text| String::from_utf8_lossy(text).into_owned());
    for (number, found) in clerk.breakdowns.iter().enumerate() {
        for ((cell, code), n) in &found.counts {
            if let (Some(cell), Some(text)) = (cell_at(groups, place(*cell)), text(&found.codes, *code))
                && let Some(breakdown) = cell.breakdowns.get_mut(number)
            {
                *breakdown.entry(text).or_default() += n;
            }
        }
    }
    let (people, met) = &clerk.people;
    for (cell, code) in met {
        if let (Some(cell), Some(name)) = (cell_at(groups, place(*cell)), text(people, *code)) {
            cell.human_agents.insert(name);
        }
    }
}

fn note_progress(progress: &mut BTreeMap<Combination, Progress>, clerk: &Clerk<'_>, as_of: i64) {
    for ((combination, stretch), moments) in &clerk.progress.all {
        let own = progress.entry(clerk.sorter.combination(*combination)).or_default();
        own.take_in(*stretch, moments);
    }
    for (combination, start) in &clerk.unfinished {
        let end = as_of.div_euclid(1_000_000_000).max(start + 1);
        progress.entry(clerk.sorter.combination(*combination)).or_default().add(*start, end);
    }
}

fn note_topics(topics: &mut BTreeMap<String, Topic>, clerk: &Clerk<'_>) {
    for (issue, seen) in (0_u32..).zip(&clerk.topics) {
        let (Some(first_period), Some(text)) = (seen.period, clerk.issues.text(issue)) else { continue };
        let mut topic = Topic { first_period, contacts: BTreeMap::new() };
        for (group, n) in &seen.contacts {
            if let Some((combination, _)) = clerk.sorter.keys().get(*group as usize) {
                *topic.contacts.entry(clerk.sorter.combination(*combination)).or_default() += n;
            }
        }
        match topics.get_mut(String::from_utf8_lossy(text).as_ref()) {
            Some(mine) => mine.merge(&topic),
            None => drop(topics.insert(String::from_utf8_lossy(text).into_owned(), topic)),
        }
    }
}

/// Contacts of one fate are counted together, so each count is asked about each fate once.
fn add_fates(groups: &mut [Group], closing: &Closing, plan: &Plan, window: i64) {
    let later = |(place, count): (usize, &&'static Count)| match count.rows {
        Counted::Later(rows) => Some((place, rows)),
        Counted::Now(_) => None,
    };
    let later: Vec<_> = plan.counts.iter().enumerate().filter_map(later).collect();
    let mut fates: Vec<(u64, u64)> = closing.fates.iter().map(|(fate, n)| (*fate, *n)).collect();
    fates.sort_unstable();
    for own in fates.chunk_by(|a, b| a.0 >> 16 == b.0 >> 16) {
        let cell = usize::try_from(own[0].0 >> 16).unwrap_or(0);
        let (Some(group), handling) = (groups.get_mut(cell / 3), cell % 3) else { continue };
        for some in own.chunks(ROWS) {
            let words: Vec<(usize, u16)> =
                some.iter().map(|(fate, _)| (handling, u16::try_from(fate & 0xFFFF).unwrap_or(0))).collect();
            let fates = Fates::of(&words, window);
            let contacts = |mask: u64| -> u64 {
                some.iter().enumerate().map(|(at, (_, n))| if mask >> at & 1 == 1 { *n } else { 0 }).sum()
            };
            for (count, class) in group.outcomes.iter_mut().zip(fates.outcomes()) {
                *count += contacts(class);
            }
            let cell = &mut group.cells[handling];
            cell.rows += contacts(fates.all);
            for (place, rows) in &later {
                if let Some(count) = cell.counts.get_mut(*place) {
                    *count += contacts(rows(&fates));
                }
            }
            let alone = fates.all & !fates.of_session();
            cell.sessions.merge(&Sessions {
                all: contacts(alone),
                mature: contacts(alone & fates.mature(window)),
                held: contacts(alone & fates.mature(window) & fates.resolved & !fates.back_within(window)),
                maturing: contacts(alone & fates.maturing(window)),
            });
        }
    }
    for (cell, sessions) in &closing.sessions {
        if let Some(group) = groups.get_mut(*cell as usize / 3) {
            group.cells[*cell as usize % 3].sessions.merge(sessions);
        }
    }
}
