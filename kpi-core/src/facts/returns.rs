//! Who came back: for each closed contact, the first later contact of the same customer about the same thing.

use super::drawers::Filed;
use super::fates::{THREE_DAYS, TWO_DAYS, bit};

/// The windows in which a return counts, and until when contacts are old enough to have seen one.
#[derive(Debug, Clone, Copy)]
pub struct Windows {
    /// The report's own window, in nanoseconds.
    pub own: i64,
    /// The moment the data was taken.
    pub as_of: i64,
}

/// When nobody came back.
const NEVER: i64 = i64::MAX;

impl Windows {
    /// What a return after so long says of a fate.
    #[inline]
    pub fn back_after(&self, nanos: i64) -> u16 {
        let within = |window: i64, bit: u16| if nanos <= window { bit } else { 0 };
        within(TWO_DAYS, bit::BACK_48H) | within(THREE_DAYS, bit::BACK_72H) | within(self.own, bit::BACK)
    }

    /// What the time that has passed since closing says of a fate.
    #[inline]
    pub fn ripe_since(&self, closed: i64) -> u16 {
        let ripe = |window: i64, bit: u16| if closed <= self.as_of.saturating_sub(window) { bit } else { 0 };
        ripe(TWO_DAYS, bit::RIPE_48H) | ripe(THREE_DAYS, bit::RIPE_72H) | ripe(self.own, bit::RIPE)
    }

    fn longest(&self) -> i64 {
        self.own.max(THREE_DAYS)
    }
}

/// A customer with more contacts than this is looked through by issue.
const FEW: usize = 48;

/// Notes in the contacts of one customer, in the order in which they opened, how long it took until they came back.
pub fn note_returns<F: Filed>(own: &mut [F], windows: &Windows) {
    if own.len() > FEW {
        return note_many(own, windows);
    }
    for at in 0..own.len() {
        let contact = *own[at].contact();
        if !contact.is_closed() {
            continue;
        }
        let session = own[at].aside().session;
        let wants_handover = contact.handling() == 2;
        let until = contact.closed.saturating_add(windows.longest());
        let mut bits = 0;
        let mut first = true;
        for next in own.get(at + 1..).unwrap_or_default() {
            let later = next.contact();
            if later.opened > until {
                break;
            }
            if later.opened <= contact.closed || !same_matter(contact.issue(), later.issue()) {
                continue;
            }
            if session != 0 && next.aside().session == session {
                continue;
            }
            let after = later.opened.saturating_sub(contact.closed);
            if std::mem::take(&mut first) {
                bits |= windows.back_after(after);
            }
            if later.handling() == 2 {
                bits |= again(after, windows);
                break;
            }
            if !wants_handover {
                break;
            }
        }
        own[at].contact_mut().learn(bits);
    }
}

fn again(after: i64, windows: &Windows) -> u16 {
    if after <= windows.own { bit::HANDED_OVER_AGAIN } else { 0 }
}

const fn same_matter(issue: u32, other: u32) -> bool {
    issue == other || issue == 0 || other == 0
}

/// Contacts about one issue in the order in which they opened, and for each the next one of another session.
#[derive(Default)]
struct Line {
    opened: Vec<i64>,
    sessions: Vec<u64>,
    next_other: Vec<usize>,
}

impl Line {
    fn of<'c, F: Filed + 'c>(contacts: impl Iterator<Item = &'c F>) -> Self {
        let mut line = Self::default();
        for filed in contacts {
            line.opened.push(filed.contact().opened);
            line.sessions.push(filed.aside().session);
        }
        line.next_other = vec![line.opened.len(); line.opened.len()];
        for at in (0..line.opened.len().saturating_sub(1)).rev() {
            let same = line.sessions[at] != 0 && line.sessions[at] == line.sessions[at + 1];
            line.next_other[at] = if same { line.next_other[at + 1] } else { at + 1 };
        }
        line
    }

    /// How long after `closed` the first contact of another session opened.
    fn after(&self, closed: i64, session: u64) -> i64 {
        let mut at = self.opened.partition_point(|opened| *opened <= closed);
        if session != 0 && self.sessions.get(at) == Some(&session) {
            at = self.next_other[at];
        }
        self.opened.get(at).map_or(NEVER, |opened| opened.saturating_sub(closed))
    }
}

/// Contacts of one customer that may count as a return, by issue.
struct Lines {
    all: Line,
    by_issue: Vec<(u32, Line)>,
}

impl Lines {
    /// Of contacts in the order in which they opened.
    fn of<F: Filed>(own: &[F], wanted: impl Fn(&F) -> bool) -> Self {
        let mut by_issue: Vec<&F> = own.iter().filter(|f| wanted(f)).collect();
        let all = Line::of(by_issue.iter().copied());
        by_issue.sort_by_key(|f| f.contact().issue());
        let of_issues = by_issue.chunk_by(|a, b| a.contact().issue() == b.contact().issue());
        let by_issue = of_issues.map(|same| (same[0].contact().issue(), Line::of(same.iter().copied()))).collect();
        Self { all, by_issue }
    }

    /// How long after a contact closed the first one of another session about the same matter opened.
    fn after<F: Filed>(&self, filed: &F) -> i64 {
        let (contact, session) = (filed.contact(), filed.aside().session);
        if contact.issue() == 0 {
            return self.all.after(contact.closed, session);
        }
        let line = |issue: u32| self.by_issue.binary_search_by_key(&issue, |(i, _)| *i).ok();
        let after = |issue: u32| {
            line(issue).and_then(|at| self.by_issue.get(at)).map_or(NEVER, |(_, l)| l.after(contact.closed, session))
        };
        after(contact.issue()).min(after(0))
    }
}

/// The same for a customer with many contacts, in which looking through all that lie between would take too long.
fn note_many<F: Filed>(own: &mut [F], windows: &Windows) {
    let (any, handed_over) = (Lines::of(own, |_| true), Lines::of(own, |f| f.contact().handling() == 2));
    for filed in own {
        if filed.contact().is_closed() {
            let (after, until_handover) = (any.after(filed), handed_over.after(filed));
            filed.contact_mut().learn(windows.back_after(after) | again(until_handover, windows));
        }
    }
}

/// For each contact of one customer, in the order in which they opened: how many nanoseconds after it closed they came
/// back through another one, however late; nothing for those that are open, and where nobody came back.
pub fn first_returns<F: Filed>(own: &[F]) -> Vec<Option<i64>> {
    let any = Lines::of(own, |_| true);
    own.iter().map(|f| Some(any.after(f)).filter(|after| f.contact().is_closed() && *after != NEVER)).collect()
}
