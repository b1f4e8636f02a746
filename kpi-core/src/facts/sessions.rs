//! Sessions that are named: contacts of one customer that belong together and end once (SPEC 3.6).

use super::drawers::Filed;
use super::fates::bit;
use super::returns::Windows;

/// A session as it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The cell it counts in: the group of the contact that opened it, and who worked on it.
    pub cell: u32,
    /// Every contact of it is closed, and a return would be seen.
    pub known: bool,
    /// Closed long enough ago.
    pub ripe: bool,
    /// The contact that closed it was resolved, and nobody came back.
    pub held: bool,
}

/// The sessions among the contacts of one customer whose returns are noted; `id` finds the text that breaks ties.
pub fn each_session<'i, F: Filed>(
    own: &mut [F],
    windows: &Windows,
    id: impl Fn(u32) -> &'i [u8],
    mut found: impl FnMut(Session),
) {
    if own.iter().all(|f| f.aside().session == 0) {
        return;
    }
    own.sort_by_key(|f| f.aside().session);
    for contacts in own.chunk_by_mut(|a, b| a.aside().session == b.aside().session) {
        if contacts[0].aside().session != 0 {
            found(session(contacts, windows, &id));
        }
    }
}

fn session<'i, F: Filed>(contacts: &mut [F], windows: &Windows, id: &impl Fn(u32) -> &'i [u8]) -> Session {
    let name = |f: &F| id(f.aside().id);
    let opening = |a: &F, b: &F| a.contact().opened.cmp(&b.contact().opened).then_with(|| name(a).cmp(name(b)));
    contacts.sort_by(opening);
    let group = contacts[0].contact().cell() / 3;
    // Where all are closed, the last one closed it; where one is not, nothing is asked about the last.
    contacts.sort_by(|a, b| a.contact().closed.cmp(&b.contact().closed).then_with(|| opening(a, b)));
    let last = contacts[contacts.len() - 1].contact();
    let all = |handling: u32| contacts.iter().all(|f| f.contact().handling() == handling);
    let handled_by = if all(0) {
        0
    } else if all(1) {
        1
    } else {
        2
    };
    let resolved = last.word() & (bit::OUTCOME_LOW | bit::OUTCOME_HIGH) == bit::OUTCOME_LOW;
    Session {
        cell: group * 3 + handled_by,
        known: contacts.iter().all(|f| f.contact().is_closed()) && last.has_customer(),
        ripe: windows.ripe_since(last.closed) & bit::RIPE != 0,
        held: resolved && last.word() & bit::BACK == 0,
    }
}
