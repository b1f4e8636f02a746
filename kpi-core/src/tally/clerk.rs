//! A clerk goes through contacts block by block: checks them, counts what their own rows say, and files them by customer
//! for what only later rows can tell. Several clerks share the rows of one input in any way.

use super::costs::{Pins, carriers};
use super::counters::{CellsOfBlock, Counters};
use super::digest::{Digest, Source, bytes_of_rows};
use super::measures::{Feature, Plan};
use super::progress::{Moments, place};
use super::sorter::{Places, Sorter};
use crate::check::{Checker, Ids, Known, Span};
use crate::error::{Code, Error, Result};
use crate::facts::drawers::{Aside, Contact, Drawers, MOST_CELLS, MOST_ISSUES};
use crate::facts::fates::bit;
use crate::facts::returns::Windows;
use crate::facts::stories::{Story, note_stories};
use crate::facts::{Rows, Settings};
use crate::input::block::{Block, ROWS, for_each_row, rows_in};
use crate::input::codes::Codes;
use crate::input::{Batch, Column, Table};
use crate::options::{Options, Quantiles};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::ops::Range;

/// What all clerks of an input work by.
pub struct Desk<'d> {
    /// The options.
    pub options: &'d Options,
    /// What is measured.
    pub plan: &'d Plan,
    /// What facts depend on beside the rows.
    pub settings: &'d Settings,
    /// What is known of all rows.
    pub known: &'d Known,
    /// The sets of dimension values that costs are pinned to.
    pub pins: &'d [Pins],
    /// Rows of the whole input.
    pub rows: u64,
    /// Whether contacts are counted, or only checked.
    pub counting: bool,
    /// Whether each contact is also written down by itself, which a report does not need.
    pub telling: bool,
}

/// Contacts filed by customer, with more beside them once a row has it.
pub enum Files {
    /// Contacts alone.
    Plain(Drawers<Contact>),
    /// With sessions or accounts.
    Rich(Drawers<(Contact, Aside)>),
}

/// How often each text stands in a column, by cell and code.
#[derive(Default)]
pub struct Found {
    /// The texts.
    pub codes: Codes,
    /// By cell and code.
    pub counts: FxHashMap<(u32, u32), u64>,
}

/// When each issue was first seen, and how many contacts of that period each group had.
#[derive(Default)]
pub struct FirstSeen {
    /// The period, once there is a contact.
    pub period: Option<i64>,
    /// Contacts by group.
    pub contacts: FxHashMap<u32, u64>,
}

/// One who goes through contacts, and what they have found.
pub struct Clerk<'d> {
    desk: &'d Desk<'d>,
    block: Block,
    hashed: Vec<Column>,
    windows: Windows,
    /// The rules, and what breaks them.
    pub checker: Checker<'d>,
    /// The ids met.
    pub ids: Ids,
    /// When used contacts opened.
    pub opened: Span,
    /// Rows that are used, and rows that no customer asked for.
    pub used: [u64; 2],
    /// Columns that some used row has.
    pub present: BTreeSet<Column>,
    /// Of the used rows.
    pub digest: Digest,
    /// Groups.
    pub sorter: Sorter<'d>,
    /// What is counted.
    pub counters: Counters<'d>,
    /// Issues.
    pub issues: Codes,
    /// Accounts.
    pub accounts: Codes,
    /// Texts by breakdown of the plan.
    pub breakdowns: Vec<Found>,
    /// People, and the cells they worked in.
    pub people: (Codes, FxHashSet<(u32, u32)>),
    /// By issue.
    pub topics: Vec<FirstSeen>,
    /// Beginnings and ends of the AI's contacts, by combination and stretch.
    pub progress: Stretches,
    /// The AI's contacts that have no end yet: combination and first second.
    pub unfinished: Vec<(u32, i64)>,
    /// Contacts filed by customer.
    pub files: Files,
    /// Ids of contacts in named sessions, which break ties.
    pub kept_ids: Vec<Vec<u8>>,
    /// Contacts one by one, if they are asked for.
    pub stories: Vec<Story>,
}

impl<'d> Clerk<'d> {
    /// One who has seen nothing yet.
    pub fn new(desk: &'d Desk<'d>) -> Self {
        // Issues are hashed as they get their numbers.
        let sketch = desk.options.quantiles == Quantiles::Sketch;
        Self {
            desk,
            block: Block::default(),
            hashed: desk.plan.columns.iter().filter(|column| **column != Column::Issue).copied().collect(),
            windows: Windows { own: desk.settings.window, as_of: desk.settings.as_of },
            checker: Checker::new(Table::Interactions, desk.known, desk.options.zones()),
            ids: Ids::default(),
            opened: Span::default(),
            used: [0; 2],
            present: BTreeSet::new(),
            digest: Digest::default(),
            sorter: Sorter::new(desk.options, desk.plan),
            counters: Counters::new(desk.plan, sketch, desk.pins.len()),
            issues: Codes::default(),
            accounts: Codes::default(),
            breakdowns: desk.plan.breakdowns.iter().map(|_| Found::default()).collect(),
            people: Default::default(),
            topics: Vec::new(),
            progress: Stretches::default(),
            unfinished: Vec::new(),
            files: Files::Plain(Drawers::for_rows(desk.rows)),
            kept_ids: Vec::new(),
            stories: Vec::new(),
        }
    }

    /// Goes through some rows of a batch, which begin at a whole number of blocks.
    ///
    /// # Errors
    /// When there are more groups or issues than can be told apart.
    pub fn add(&mut self, batch: &Batch<'_>, rows: Range<usize>, first_row: u64) -> Result<()> {
        self.ids.look(batch, rows.clone());
        self.checker.begin(&mut self.block, batch);
        for start in rows.step_by(ROWS) {
            let broken = self.checker.check(&mut self.block, batch, start, first_row);
            let sound = self.block.all() & !broken;
            let used = sound & !self.block.no(Column::InScope);
            self.used[0] += u64::from(used.count_ones());
            self.used[1] += u64::from((sound & !used).count_ones());
            self.opened.widen(self.block.whole(Column::OpenedAt), used);
            if self.desk.counting && used != 0 {
                self.count(batch, start, used, first_row + start as u64);
            }
        }
        let groups = self.sorter.groups() as u64 * 3;
        for (name, count, most) in [("issues", self.issues.len() as u64, MOST_ISSUES), ("groups", groups, MOST_CELLS)] {
            if count > u64::from(most) {
                let text = format!(
                    "There are over {most} distinct {name}. Give each issue one stable label, and group by fewer dimensions."
                );
                return Err(Error::new(Code::LimitExceeded, text));
            }
        }
        Ok(())
    }

    fn count(&mut self, batch: &Batch<'_>, start: usize, used: u64, first_row: u64) {
        let desk = self.desk;
        let mut issues = [0; ROWS];
        self.block.hash_texts(batch, start, &self.hashed, used);
        self.block.code_texts(batch, start, Column::Issue, used, &mut self.issues, &mut issues);
        let rows = Rows::new(&self.block, batch, start, used, desk.settings);
        note_presence(&mut self.present, desk.plan, &rows);
        let source = Source { block: &self.block, batch, start, zones: desk.options.zones() };
        self.digest.add(&source, used, &desk.plan.columns, &desk.options.by);
        let places = self.sorter.place(&rows);
        self.counters.grow(self.sorter.groups() * 3);
        let cells = cells_of(&rows, &places);
        let carriers: Vec<u64> = desk.pins.iter().map(|pins| carriers(pins, &rows)).collect();
        self.counters.add(&rows, &cells, &carriers);
        for (found, measure) in self.breakdowns.iter_mut().zip(&desk.plan.breakdowns) {
            note_texts(&mut found.codes, &rows, measure.column, |row, code| {
                *found.counts.entry((cells.number(row), code)).or_default() += 1;
            });
        }
        if desk.plan.wants(Feature::HumanAgents) {
            let (codes, met) = &mut self.people;
            note_texts(codes, &rows, Column::HumanAgentId, |row, code| {
                met.insert((cells.number(row), code));
            });
        }
        if desk.plan.wants(Feature::Concurrency) {
            note_progress(&rows, &places, &mut self.progress, &mut self.unfinished);
        }
        if desk.plan.wants(Feature::Topics) && desk.options.every.is_some() {
            note_topics(&mut self.topics, &self.sorter, &rows, &places, &issues);
        }
        let mut filing = Filing {
            windows: &self.windows,
            files: &mut self.files,
            accounts: &mut self.accounts,
            kept_ids: &mut self.kept_ids,
            wants_accounts: desk.plan.wants(Feature::Accounts),
        };
        filing.file(&rows, &cells, &issues);
        if desk.telling {
            let by = |row: usize| self.sorter.combination(places.combinations[row]);
            note_stories(&mut self.stories, &rows, first_row, &issues, by);
        }
    }
}

fn note_presence(present: &mut BTreeSet<Column>, plan: &Plan, rows: &Rows<'_>) {
    for column in &plan.presence {
        if column.table() == Table::Interactions && rows.known(*column) != 0 && !present.contains(column) {
            present.insert(*column);
        }
    }
    if rows.knows_human_cost() != 0 && plan.presence.contains(&Column::CostHuman) {
        present.insert(Column::CostHuman);
    }
}

impl CellsOfBlock {
    /// The number of a row's cell.
    pub fn number(&self, row: usize) -> u32 {
        self.numbers[row]
    }
}

/// The cells of a block's rows: group times three, plus handling.
fn cells_of(rows: &Rows<'_>, places: &Places) -> CellsOfBlock {
    let mut cells: Vec<(u32, u64)> = Vec::with_capacity(24);
    let (mut of_rows, mut numbers) = ([0; ROWS], [0; ROWS]);
    // Where a cell stood last, by the last bits of its number; looked up before it is searched for.
    let mut recent = [0_u8; 64];
    for row in rows_in(rows.all) {
        let handling = u32::from(rows.human >> row & 1 == 1) + 2 * u32::from(rows.handed_over >> row & 1 == 1);
        let number = places.groups[row] * 3 + handling;
        let slot = &mut recent[number as usize % 64];
        let at = match cells.get(usize::from(*slot)) {
            Some((cell, _)) if *cell == number => usize::from(*slot),
            _ => cells.iter().position(|(cell, _)| *cell == number).unwrap_or_else(|| {
                cells.push((number, 0));
                cells.len() - 1
            }),
        };
        cells[at].1 |= 1 << row;
        *slot = u8::try_from(at).unwrap_or(0);
        of_rows[row] = *slot;
        numbers[row] = number;
    }
    CellsOfBlock { cells, of_rows, numbers }
}

fn note_texts(codes: &mut Codes, rows: &Rows<'_>, column: Column, mut note: impl FnMut(usize, u32)) {
    let known = rows.known(column);
    let Some(text) = rows.texts(column).filter(|_| known != 0) else { return };
    let mut found = [0; ROWS];
    codes.of_rows(text, rows.start(), known, &mut found);
    rows_in(known).for_each(|row| note(row, found[row]));
}

fn note_progress(rows: &Rows<'_>, places: &Places, progress: &mut Stretches, unfinished: &mut Vec<(u32, i64)>) {
    const SECOND: i64 = 1_000_000_000;
    let (opened, closed, escalated) =
        (rows.wholes(Column::OpenedAt), rows.wholes(Column::ClosedAt), rows.wholes(Column::EscalatedAt));
    let (has_closed, has_escalated) = (rows.known(Column::ClosedAt), rows.known(Column::EscalatedAt));
    for row in rows_in(rows.ai_fronted) {
        let combination = places.combinations[row];
        let start = opened[row].div_euclid(SECOND);
        let until = if has_escalated >> row & 1 == 1 {
            escalated[row]
        } else if has_closed >> row & 1 == 1 {
            closed[row]
        } else {
            unfinished.push((combination, start));
            continue;
        };
        let end = until.div_euclid(SECOND).max(start + 1);
        for (which, second) in [start, end].into_iter().enumerate() {
            let (stretch, at) = place(second);
            progress.of(combination, stretch)[which].push(at);
        }
    }
}

/// Moments by combination and stretch. Rows near one another mostly share a few of them, so those used last are found
/// without hashing.
#[derive(Default)]
pub struct Stretches {
    /// Each with its moments.
    pub all: Vec<((u32, i64), Moments)>,
    places: FxHashMap<(u32, i64), usize>,
    recent: Vec<usize>,
}

impl Stretches {
    #[inline]
    fn of(&mut self, combination: u32, stretch: i64) -> &mut Moments {
        const RECENT: usize = 256;
        if self.recent.is_empty() {
            self.recent.resize(RECENT, 0);
        }
        let key = (combination, stretch);
        let slot = (combination as usize * 8 + usize::try_from(stretch & 7).unwrap_or(0)) % RECENT;
        let mut place = self.recent[slot];
        if self.all.get(place).is_none_or(|(known, _)| *known != key) {
            let next = self.all.len();
            place = *self.places.entry(key).or_insert(next);
            if place == next {
                self.all.push((key, Moments::default()));
            }
            self.recent[slot] = place;
        }
        &mut self.all[place].1
    }
}

fn note_topics(
    topics: &mut Vec<FirstSeen>,
    sorter: &Sorter<'_>,
    rows: &Rows<'_>,
    places: &Places,
    issues: &[u32; ROWS],
) {
    for row in rows_in(rows.known(Column::Issue)) {
        let (issue, group) = (issues[row] as usize, places.groups[row]);
        if topics.len() <= issue {
            topics.resize_with(issue + 1, FirstSeen::default);
        }
        let (topic, period) = (&mut topics[issue], sorter.period(group));
        if topic.period.is_none_or(|first| period < first) {
            topic.period = Some(period);
            topic.contacts.clear();
        }
        if topic.period == Some(period) {
            *topic.contacts.entry(group).or_default() += 1;
        }
    }
}

/// Files contacts by customer.
struct Filing<'f> {
    windows: &'f Windows,
    files: &'f mut Files,
    accounts: &'f mut Codes,
    kept_ids: &'f mut Vec<Vec<u8>>,
    wants_accounts: bool,
}

impl Filing<'_> {
    fn file(&mut self, rows: &Rows<'_>, cells: &CellsOfBlock, issues: &[u32; ROWS]) {
        let words = words_of(rows, self.windows);
        let (opened, closed) = (rows.wholes(Column::OpenedAt), rows.wholes(Column::ClosedAt));
        let (customers, has_customer) = (rows.wholes(Column::CustomerId), rows.known(Column::CustomerId));
        let sessions = rows.known(Column::SessionId);
        let session_ids = rows.wholes(Column::SessionId);
        let contact = |row: usize| {
            // Who is not known shares a drawer with the own session, and with nobody else.
            let customer = if has_customer >> row & 1 == 1 {
                customers[row]
            } else if sessions >> row & 1 == 1 {
                session_ids[row]
            } else {
                opened[row].wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed())
            };
            let times = (opened[row], closed[row]);
            Contact::new(customer.cast_unsigned(), times, issues[row], cells.number(row), words[row])
        };
        let accounts = if self.wants_accounts { rows.known(Column::AccountId) } else { 0 };
        if sessions | accounts != 0 {
            self.files.enrich();
        }
        match self.files {
            Files::Plain(drawers) => for_each_row(rows.all, |row| drawers.file(contact(row))),
            Files::Rich(drawers) => {
                let mut codes = [0; ROWS];
                if let Some(text) = rows.texts(Column::AccountId) {
                    self.accounts.of_rows(text, rows.start(), accounts, &mut codes);
                }
                for row in rows_in(rows.all) {
                    let mut aside = Aside { session: 0, account: codes[row], id: 0 };
                    if sessions >> row & 1 == 1 {
                        aside.session = session_ids[row].cast_unsigned().max(1);
                        self.kept_ids.push(rows.text(Column::Id, row).unwrap_or_default().to_vec());
                        aside.id = u32::try_from(self.kept_ids.len()).unwrap_or(0);
                    }
                    drawers.file((contact(row), aside));
                }
            }
        }
    }
}

/// What each contact's own row says of its fate.
fn words_of(rows: &Rows<'_>, windows: &Windows) -> [u16; ROWS] {
    const BITS: [u16; 8] = [
        bit::OUTCOME_LOW,
        bit::OUTCOME_HIGH,
        bit::CONFIRMED,
        bit::DENIED,
        bit::CUSTOMER,
        bit::SOLVED_IN_SESSION,
        bit::NOT_SOLVED_IN_SESSION,
        bit::OF_SESSION,
    ];
    const { assert!(BITS[7] == 1 << 7 && BITS[0] == 1, "the first eight bits are those of the byte") };
    let bytes = bytes_of_rows(&[
        rows.resolved | rows.abandoned,
        rows.unresolved | rows.abandoned,
        rows.yes(Column::Confirmed),
        rows.no(Column::Confirmed),
        rows.known(Column::CustomerId),
        rows.yes(Column::ResolvedInSession),
        rows.no(Column::ResolvedInSession),
        rows.known(Column::SessionId),
    ]);
    let mut words = bytes.map(u16::from);
    let (closed, reopened) = (rows.wholes(Column::ClosedAt), rows.wholes(Column::ReopenedAt));
    for row in rows_in(rows.known(Column::ReopenedAt) & rows.closed) {
        words[row] |= windows.back_after(reopened[row].saturating_sub(closed[row]));
    }
    words
}

impl Files {
    /// Makes room beside each contact.
    pub fn enrich(&mut self) {
        if let Self::Plain(plain) = self {
            *self = Self::Rich(plain.map(|contact| (*contact, Aside::default())));
        }
    }
}
