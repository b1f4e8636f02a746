//! Contacts filed by customer, as rows come in any order, so that in the end each drawer holds all contacts of its
//! customers and is small enough to be worked through in a processor's cache.

use super::fates::bit;

/// What is kept of a contact until its fate is known: 32 bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contact {
    /// The customer, as the hash of their id. Two of a thousand million customers agree in it by a chance of one in
    /// forty, and then also have to lie in one drawer and come back to one another's issue in time.
    pub customer: u64,
    /// In nanoseconds.
    pub opened: i64,
    /// In nanoseconds; means nothing while it is open.
    pub closed: i64,
    tag: u64,
}

/// Distinct issues that a tag tells apart.
pub const MOST_ISSUES: u32 = (1 << 24) - 1;
/// Cells, which are groups times handlings, that a tag tells apart.
pub const MOST_CELLS: u32 = (1 << 24) - 1;

impl Contact {
    /// A contact with the number of its issue (0: none), of the cell it counts in, and what is known of its fate.
    pub fn new(customer: u64, (opened, closed): (i64, i64), issue: u32, cell: u32, word: u16) -> Self {
        let mut contact = Self { customer, opened, closed, tag: 0 };
        contact.file(issue, cell, word);
        contact
    }

    fn file(&mut self, issue: u32, cell: u32, word: u16) {
        self.tag = u64::from(issue & MOST_ISSUES) << 40 | u64::from(cell & MOST_CELLS) << 16 | u64::from(word);
    }

    /// The number of its issue; 0 is none.
    #[inline]
    pub fn issue(&self) -> u32 {
        u32::try_from(self.tag >> 40).unwrap_or(0)
    }

    /// The number of the cell it counts in: group times three, plus handling.
    #[inline]
    pub fn cell(&self) -> u32 {
        u32::try_from(self.tag >> 16 & u64::from(MOST_CELLS)).unwrap_or(0)
    }

    /// 0 AI, 1 people, 2 AI to people.
    #[inline]
    pub fn handling(&self) -> u32 {
        self.cell() % 3
    }

    /// Its fate as far as it is known.
    #[inline]
    pub fn word(&self) -> u16 {
        u16::try_from(self.tag & 0xFFFF).unwrap_or(0)
    }

    /// Learns more of its fate.
    #[inline]
    pub fn learn(&mut self, bits: u16) {
        self.tag |= u64::from(bits);
    }

    /// Whether it is closed.
    #[inline]
    pub fn is_closed(&self) -> bool {
        self.word() & (bit::OUTCOME_LOW | bit::OUTCOME_HIGH) != 0
    }

    /// Whether its customer is known.
    #[inline]
    pub fn has_customer(&self) -> bool {
        self.word() & bit::CUSTOMER != 0
    }
}

/// What is kept beside a contact where sessions are named, or accounts are asked about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aside {
    /// The session, as the hash of its id; 0 is none.
    pub session: u64,
    /// The number of the account; 0 is none.
    pub account: u32,
    /// Where the contact's own id stands among those kept, which break ties within a session; 0 is nowhere.
    pub id: u32,
}

/// What is filed: a contact, with or without more beside it.
pub trait Filed: Copy + Default + Send + Sync {
    /// The contact.
    fn contact(&self) -> &Contact;
    /// The contact.
    fn contact_mut(&mut self) -> &mut Contact;
    /// What is kept beside it.
    fn aside(&self) -> Aside;
    /// What is kept beside it, if anything is.
    fn aside_mut(&mut self) -> Option<&mut Aside>;
}

impl Filed for Contact {
    fn contact(&self) -> &Contact {
        self
    }
    fn contact_mut(&mut self) -> &mut Contact {
        self
    }
    fn aside(&self) -> Aside {
        Aside::default()
    }
    fn aside_mut(&mut self) -> Option<&mut Aside> {
        None
    }
}

impl Filed for (Contact, Aside) {
    fn contact(&self) -> &Contact {
        &self.0
    }
    fn contact_mut(&mut self) -> &mut Contact {
        &mut self.0
    }
    fn aside(&self) -> Aside {
        self.1
    }
    fn aside_mut(&mut self) -> Option<&mut Aside> {
        Some(&mut self.1)
    }
}

/// Contacts in drawers, each a list of short sheets: a full sheet is never copied to a longer one.
#[derive(Debug, Clone)]
pub struct Drawers<F> {
    /// The sheet of each drawer that is being written.
    open: Vec<Vec<F>>,
    full: Vec<Vec<Vec<F>>>,
    shift: u32,
    sheet: usize,
}

/// How many drawers hold so many rows: about forty thousand contacts each, which a processor's cache holds.
fn drawers_for(rows: u64) -> usize {
    usize::try_from(rows.div_ceil(40_000)).unwrap_or(usize::MAX).clamp(1, 1024).next_power_of_two()
}

impl<F: Filed> Drawers<F> {
    /// Empty drawers for an input of so many rows; every clerk who works on it has as many.
    pub fn for_rows(rows: u64) -> Self {
        let count = drawers_for(rows);
        let sheet = if count == 1 { 64 } else { 512 };
        Self { open: vec![Vec::new(); count], full: vec![Vec::new(); count], shift: 64 - count.trailing_zeros(), sheet }
    }

    /// Files one.
    #[inline]
    pub fn file(&mut self, filed: F) {
        let number = usize::try_from(filed.contact().customer.checked_shr(self.shift).unwrap_or(0)).unwrap_or(0);
        let Some(sheet) = self.open.get_mut(number) else { return };
        if sheet.len() == sheet.capacity() {
            let full = std::mem::replace(sheet, Vec::with_capacity(self.sheet));
            if !full.is_empty() {
                self.full[number].push(full);
            }
        }
        sheet.push(filed);
    }

    /// How far a customer's hash is shifted to give the number of the drawer; see [`Sorted::sort`].
    pub fn shift(&self) -> u32 {
        self.shift
    }

    /// The sheets of each drawer.
    pub fn into_drawers(mut self) -> Vec<Vec<Vec<F>>> {
        for (drawer, last) in self.full.iter_mut().zip(self.open) {
            drawer.push(last);
        }
        self.full
    }

    /// The same drawers with something else in them; these are emptied.
    pub fn map<G: Filed>(&mut self, turn: impl Fn(&F) -> G) -> Drawers<G> {
        let full = std::mem::take(self).into_drawers();
        let turned = |sheets: Vec<Vec<F>>| sheets.iter().map(|sheet| sheet.iter().map(&turn).collect()).collect();
        Drawers {
            open: vec![Vec::new(); full.len()],
            shift: 64 - full.len().trailing_zeros(),
            sheet: 512,
            full: full.into_iter().map(turned).collect(),
        }
    }
}

impl<F: Filed> Default for Drawers<F> {
    fn default() -> Self {
        Self::for_rows(0)
    }
}

/// The contacts of one drawer in one list, customer by customer, each customer's in the order in which they opened.
///
/// They are first spread over places by further bits of the hash, a few contacts to a place, so that only a few have to
/// be compared with one another.
#[derive(Debug, Default)]
pub struct Sorted<F> {
    contacts: Vec<F>,
    ends: Vec<u32>,
}

impl<F: Filed> Sorted<F> {
    /// Sorts the sheets of one drawer, as different clerks filed them; a numbering turns a clerk's own numbers of issues
    /// and cells into those that all share.
    pub fn sort(&mut self, sheets: &[(&[Vec<F>], &Numbering)], shift: u32) -> &mut [F] {
        let count: usize = sheets.iter().flat_map(|(sheets, _)| *sheets).map(Vec::len).sum();
        let places = (count / 4).next_power_of_two();
        let place_of = |contact: &Contact| {
            let bits = (contact.customer << ((64 - shift) % 64)) >> 1 >> (63 - places.trailing_zeros());
            usize::try_from(bits).unwrap_or(0)
        };
        self.ends.clear();
        self.ends.resize(places + 1, 0);
        for filed in sheets.iter().flat_map(|(sheets, _)| *sheets).flatten() {
            self.ends[place_of(filed.contact()) + 1] += 1;
        }
        let mut before = 0;
        for end in &mut self.ends {
            before += *end;
            *end = before;
        }
        // From here on, each entry says where the next contact of its place goes; in the end, where the place ends.
        if self.contacts.len() < count {
            self.contacts.resize(count, F::default());
        }
        for (sheets, numbering) in sheets {
            for filed in sheets.iter().flatten() {
                let mut filed = *filed;
                let contact = filed.contact_mut();
                let next = &mut self.ends[place_of(contact)];
                contact.file(numbering.issue(contact.issue()), numbering.cell(contact.cell()), contact.word());
                if let Some(aside) = filed.aside_mut() {
                    aside.account = numbering.account(aside.account);
                    aside.id = numbering.id(aside.id);
                }
                if let Some(place) = self.contacts.get_mut(*next as usize) {
                    *place = filed;
                }
                *next += 1;
            }
        }
        let mut from = 0;
        for end in &self.ends[..places] {
            let to = *end as usize;
            sort_few(self.contacts.get_mut(from..to).unwrap_or_default());
            from = to;
        }
        self.contacts.get_mut(..count).unwrap_or_default()
    }
}

/// Few contacts are put in order one by one, as one sorts a hand of cards.
fn sort_few<F: Filed>(contacts: &mut [F]) {
    let key = |filed: &F| (filed.contact().customer, !filed.contact().has_customer(), filed.contact().opened);
    if contacts.len() > 24 {
        contacts.sort_unstable_by_key(key);
        return;
    }
    for next in 1..contacts.len() {
        let card = contacts[next];
        let own = key(&card);
        let mut at = next;
        while at > 0 && key(&contacts[at - 1]) > own {
            contacts[at] = contacts[at - 1];
            at -= 1;
        }
        contacts[at] = card;
    }
}

/// One clerk's numbers as the numbers that all clerks share.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    /// Of issues, by their own number; the first stands for none.
    pub issues: Vec<u32>,
    /// Of groups, by their own number.
    pub groups: Vec<u32>,
    /// Of accounts.
    pub accounts: Vec<u32>,
    /// How many ids other clerks kept before this one's.
    pub ids_before: u32,
}

impl Numbering {
    #[inline]
    fn issue(&self, own: u32) -> u32 {
        self.issues.get(own as usize).copied().unwrap_or(0)
    }

    #[inline]
    fn cell(&self, own: u32) -> u32 {
        self.groups.get(own as usize / 3).map_or(0, |group| group * 3 + own % 3)
    }

    fn account(&self, own: u32) -> u32 {
        self.accounts.get(own as usize).copied().unwrap_or(0)
    }

    fn id(&self, own: u32) -> u32 {
        if own == 0 { 0 } else { own + self.ids_before }
    }
}
