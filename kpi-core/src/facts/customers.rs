//! What needs all rows of one customer together: who came back, and which contacts are one session.

use super::each_block;
use crate::check::Checked;
use crate::input::block::{Block, ROWS, first, rows_in};
use crate::input::{Cells, Column, Data, Table, Tables};
use crate::options::Options;
use rustc_hash::FxHashMap;

/// When nobody came back.
pub const NEVER: i64 = i64::MAX;

/// A session: contacts of one customer that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The contact that opened it, as block · 64 + row: its group and period are the session's.
    pub opened_by: usize,
    /// 0 AI, 1 people, 2 both.
    pub handled_by: usize,
    /// Every contact of it is closed.
    pub closed: bool,
    /// The contact that closed it was resolved.
    pub resolved: bool,
    /// The contact that closed it has a customer, so that a return would be seen.
    pub known_customer: bool,
    /// When it closed, in nanoseconds.
    pub closed_at: i64,
    /// How long after that the customer came back, or [`NEVER`].
    pub returned: i64,
}

/// Facts about the rows of `interactions`, each at block · 64 + row.
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    /// In-scope rows that break no rule, one word a block.
    pub used: Vec<u64>,
    /// Rows of no figure: nobody asked for them.
    pub out_of_scope: u64,
    /// Nanoseconds from closing until the customer came back, or [`NEVER`]; looked for up to the longest window.
    pub returned: Vec<i64>,
    /// The same, but counting only contacts that were handed over to people.
    pub returned_handed_over: Vec<i64>,
    /// Every session with a contact that is used.
    pub sessions: Vec<Session>,
}

/// One used row, as far as the search for returns needs it.
#[derive(Clone, Copy)]
struct Contact {
    customer: u32,
    opened: i64,
    closed: Option<i64>,
    issue: u32,
    session: u32,
    at: usize,
    handling: u8,
    resolved: bool,
    reopened: Option<i64>,
}

/// No customer, no issue, or no session id.
const NONE: u32 = u32::MAX;

/// Texts of one column across batches, as small numbers.
#[derive(Default)]
struct Codes<'t>(FxHashMap<&'t [u8], u32>);

impl<'t> Codes<'t> {
    fn of(&mut self, cells: Option<&'t Cells<'_>>, row: usize) -> u32 {
        let Some(cells) = cells.filter(|c| c.known.as_ref().is_none_or(|k| k.get(row))) else { return NONE };
        let Data::Text(text) = &cells.data else { return NONE };
        let Some(bytes) = text.get(row) else { return NONE };
        let next = u32::try_from(self.0.len()).unwrap_or(NONE - 1);
        *self.0.entry(bytes).or_insert(next)
    }
}

/// Which facts are wanted beside the mask of used rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Whether and when customers came back.
    pub returns: bool,
    /// Sessions.
    pub sessions: bool,
}

impl Contacts {
    /// Works out the facts of all rows.
    pub fn of(tables: &Tables<'_>, checked: &Checked, options: &Options, wanted: Wanted) -> Self {
        let mut facts = Self { used: vec![0; super::blocks(tables, Table::Interactions)], ..Self::default() };
        let mut contacts = facts.gather(tables, checked, options, wanted);
        if wanted.returns || wanted.sessions {
            facts.returned = vec![NEVER; facts.used.len() * ROWS];
            facts.returned_handed_over = vec![NEVER; facts.used.len() * ROWS];
            contacts.sort_unstable_by_key(|c| (c.customer, c.opened, c.at));
            let horizon = i64::from(options.recontact_hours.max(72)) * super::rows::HOUR;
            for own in contacts.chunk_by(|a, b| a.customer == b.customer) {
                facts.find_returns(own, horizon);
            }
        }
        if wanted.sessions {
            facts.form_sessions(tables, &mut contacts);
        }
        facts
    }

    fn gather(&mut self, tables: &Tables<'_>, checked: &Checked, options: &Options, wanted: Wanted) -> Vec<Contact> {
        const COLUMNS: [Column; 6] = [
            Column::InScope,
            Column::Handling,
            Column::OpenedAt,
            Column::ClosedAt,
            Column::ReopenedAt,
            Column::Outcome,
        ];
        let (mut customers, mut issues, mut sessions) = (Codes::default(), Codes::default(), Codes::default());
        let (mut block, mut contacts) = (Block::default(), Vec::new());
        for (number, batch, start) in each_block(tables, Table::Interactions) {
            block.load(batch, start, &COLUMNS, options.zones());
            let sound = first(block.rows()) & !checked.broken(Table::Interactions, number);
            let used = sound & !block.no(Column::InScope);
            self.out_of_scope += u64::from((sound & !used).count_ones());
            self.used[number] = used;
            if !(wanted.returns || wanted.sessions) {
                continue;
            }
            let at_or_none =
                |column, row: usize| (block.known(column) >> row & 1 == 1).then(|| block.whole(column)[row]);
            for row in rows_in(used) {
                let line = start + row;
                let word = |w| block.is_word(Column::Handling, w) >> row & 1 == 1;
                contacts.push(Contact {
                    customer: customers.of(batch.get(Column::CustomerId), line),
                    opened: block.whole(Column::OpenedAt)[row],
                    closed: at_or_none(Column::ClosedAt, row),
                    reopened: at_or_none(Column::ReopenedAt, row),
                    issue: issues.of(batch.get(Column::Issue), line),
                    session: sessions.of(batch.get(Column::SessionId), line),
                    at: number * ROWS + row,
                    handling: if word(0) { 0 } else { 1 + u8::from(word(2)) },
                    resolved: block.is_word(Column::Outcome, 0) >> row & 1 == 1,
                });
            }
        }
        contacts
    }

    /// `own` are the contacts of one customer (or of nobody known), in the order in which they opened.
    fn find_returns(&mut self, own: &[Contact], horizon: i64) {
        for contact in own {
            let Some(closed) = contact.closed else { continue };
            let mut returned = contact.reopened.map_or(NEVER, |at| at.saturating_sub(closed));
            let mut handed_over = NEVER;
            if contact.customer != NONE {
                let later = own.get(own.partition_point(|c| c.opened <= closed)..).unwrap_or_default();
                for next in later.iter().take_while(|c| c.opened.saturating_sub(closed) <= horizon) {
                    if is_return(contact, next) {
                        returned = returned.min(next.opened - closed);
                        if next.handling == 2 {
                            handed_over = next.opened - closed;
                            break;
                        }
                        if contact.handling != 2 {
                            break;
                        }
                    }
                }
            }
            self.returned[contact.at] = returned;
            self.returned_handed_over[contact.at] = handed_over;
        }
    }

    fn form_sessions(&mut self, tables: &Tables<'_>, contacts: &mut [Contact]) {
        contacts.sort_unstable_by_key(|c| (c.session, c.customer, c.opened));
        let mut own: Vec<Contact> = Vec::new();
        for run in contacts.chunk_by(|a, b| a.session == b.session && a.customer == b.customer && a.session != NONE) {
            own.clear();
            own.extend_from_slice(run);
            if own.len() > 1 {
                let id = |c: &Contact| id_at(tables, c.at);
                own.sort_by(|a, b| a.opened.cmp(&b.opened).then_with(|| id(a).cmp(&id(b))));
                let opened_by = own.first().map_or(0, |c| c.at);
                own.sort_by(|a, b| (a.closed, a.opened).cmp(&(b.closed, b.opened)).then_with(|| id(a).cmp(&id(b))));
                self.sessions.extend(session(&own, opened_by, &self.returned));
            } else {
                self.sessions.extend(session(&own, own.first().map_or(0, |c| c.at), &self.returned));
            }
        }
    }
}

/// `own` are the contacts of one session, the one that closed last at the end.
fn session(own: &[Contact], opened_by: usize, returned: &[i64]) -> Option<Session> {
    let last = own.last()?;
    let all = |handling| own.iter().all(|c| c.handling == handling);
    Some(Session {
        opened_by,
        handled_by: if all(0) {
            0
        } else if all(1) {
            1
        } else {
            2
        },
        closed: own.iter().all(|c| c.closed.is_some()),
        resolved: last.resolved,
        known_customer: last.customer != NONE,
        closed_at: last.closed.unwrap_or(0),
        returned: returned.get(last.at).copied().unwrap_or(NEVER),
    })
}

fn is_return(contact: &Contact, next: &Contact) -> bool {
    let same_session = contact.session != NONE && contact.session == next.session;
    let same_issue = contact.issue == next.issue || contact.issue == NONE || next.issue == NONE;
    next.at != contact.at && !same_session && same_issue
}

/// The id of a contact; only asked where two of one session opened or closed in the same instant.
fn id_at<'t>(tables: &'t Tables<'_>, at: usize) -> Option<&'t [u8]> {
    let (mut block, row) = (at / ROWS, at % ROWS);
    for batch in &tables.interactions {
        let own = batch.rows().div_ceil(ROWS);
        if block < own {
            let Data::Text(text) = &batch.get(Column::Id)?.data else { return None };
            return text.get(block * ROWS + row);
        }
        block -= own;
    }
    None
}
