//! What becomes of contacts in the end, as far as later rows and the date of the data tell: who came back, what held,
//! what is too young to say. A contact's fate is a word of bits; contacts with the same word are counted together.

use super::rows::HOUR;
use crate::input::block::{ROWS, bits_of};

/// Two days: the window of the ids that end in 48h.
pub const TWO_DAYS: i64 = 48 * HOUR;
/// Three days: the window of the ids that end in 72h.
pub const THREE_DAYS: i64 = 72 * HOUR;

/// The bits of a contact's word. The first eight are known from its own row; all others but the last come later.
pub mod bit {
    /// Resolved or abandoned.
    pub const OUTCOME_LOW: u16 = 1;
    /// Unresolved or abandoned.
    pub const OUTCOME_HIGH: u16 = 1 << 1;
    /// Somebody says it is solved.
    pub const CONFIRMED: u16 = 1 << 2;
    /// Somebody says it is not.
    pub const DENIED: u16 = 1 << 3;
    /// The customer is known.
    pub const CUSTOMER: u16 = 1 << 4;
    /// Recorded as solved in its session.
    pub const SOLVED_IN_SESSION: u16 = 1 << 5;
    /// Recorded as not solved in its session.
    pub const NOT_SOLVED_IN_SESSION: u16 = 1 << 6;
    /// It is part of a session that is named.
    pub const OF_SESSION: u16 = 1 << 7;
    /// The customer came back within two days.
    pub const BACK_48H: u16 = 1 << 8;
    /// Within three.
    pub const BACK_72H: u16 = 1 << 9;
    /// Within the report's window.
    pub const BACK: u16 = 1 << 10;
    /// Within the report's window, and was handed over to people again.
    pub const HANDED_OVER_AGAIN: u16 = 1 << 11;
    /// Closed at least two days before the data was taken.
    pub const RIPE_48H: u16 = 1 << 12;
    /// At least three.
    pub const RIPE_72H: u16 = 1 << 13;
    /// At least the report's window.
    pub const RIPE: u16 = 1 << 14;
}

/// Up to 64 fates. Masks have one bit a fate.
#[derive(Debug, Clone)]
pub struct Fates {
    words: [u16; ROWS],
    window: i64,
    /// All of them.
    pub all: u64,
    /// Only AI worked on it.
    pub ai: u64,
    /// Only people worked on it.
    pub human: u64,
    /// AI first, then people.
    pub handed_over: u64,
    /// AI took part.
    pub ai_fronted: u64,
    /// It has an outcome.
    pub closed: u64,
    /// Closed as solved.
    pub resolved: u64,
    /// Closed without a solution.
    pub unresolved: u64,
    /// The customer left.
    pub abandoned: u64,
    /// The AI has done its part: closed by it, or handed over.
    pub ai_stage_over: u64,
    /// Settled: enough time has passed, and somebody would know (SPEC 3.5).
    pub settled: u64,
    /// Closed, not yet settled, but will be.
    pub settling: u64,
    /// Resolved by AI alone and shown to hold.
    pub verified: u64,
    /// Resolved by AI alone and shown not to hold, by answer or by return, mature or not.
    pub disproved: u64,
}

impl Fates {
    /// From at most 64 words, each with its handling (0 AI, 1 people, 2 AI to people), and the report's window.
    pub fn of(found: &[(usize, u16)], window: i64) -> Self {
        let (mut words, mut handlings) = ([0; ROWS], [3; ROWS]);
        for ((to_word, to_handling), (handling, word)) in words.iter_mut().zip(&mut handlings).zip(found) {
            (*to_word, *to_handling) = (*word, *handling);
        }
        let with = |bit: u16| bits_of(|row| words[row] & bit != 0);
        let handled = |handling: usize| bits_of(|row| handlings[row] == handling);
        let (low, high) = (with(bit::OUTCOME_LOW), with(bit::OUTCOME_HIGH));
        let (ai, human, handed_over) = (handled(0), handled(1), handled(2));
        let closed = low | high;
        let mut fates = Self {
            words,
            window,
            all: ai | human | handed_over,
            ai,
            human,
            handed_over,
            ai_fronted: ai | handed_over,
            closed,
            resolved: low & !high,
            unresolved: high & !low,
            abandoned: low & high,
            ai_stage_over: handed_over | (ai & closed),
            settled: 0,
            settling: 0,
            verified: 0,
            disproved: 0,
        };
        fates.verify();
        fates
    }

    fn verify(&mut self) {
        let ripe = self.ripe(self.window);
        let (said_yes, said_no) = (self.confirmed(), self.denied());
        let known = self.with_customer() | said_yes | said_no;
        self.settled = ripe & known;
        self.settling = self.closed & !ripe & known;
        let claimed = self.resolved & self.ai;
        let silent = claimed & !said_yes & !said_no;
        let back = self.back_within(self.window);
        self.disproved = (claimed & said_no) | (silent & back);
        self.verified = (claimed & said_yes) | (silent & ripe & self.with_customer() & !back);
    }

    fn with(&self, bit: u16) -> u64 {
        bits_of(|row| self.words[row] & bit != 0)
    }

    /// The bit for a window: two days, three days, or else the report's.
    fn of_window(&self, window: i64, [two_days, three_days, own]: [u16; 3]) -> u64 {
        match window {
            TWO_DAYS => self.with(two_days),
            THREE_DAYS => self.with(three_days),
            _ => self.with(own),
        }
    }

    /// The report's recontact window.
    pub fn window(&self) -> i64 {
        self.window
    }

    /// Somebody says it is solved.
    pub fn confirmed(&self) -> u64 {
        self.with(bit::CONFIRMED)
    }

    /// Somebody says it is not.
    pub fn denied(&self) -> u64 {
        self.with(bit::DENIED)
    }

    /// The customer is known.
    pub fn with_customer(&self) -> u64 {
        self.with(bit::CUSTOMER)
    }

    /// Somebody recorded whether its session solved it.
    pub fn session_answered(&self) -> u64 {
        self.with(bit::SOLVED_IN_SESSION | bit::NOT_SOLVED_IN_SESSION)
    }

    /// Part of a session that is named; all others are sessions of their own.
    pub fn of_session(&self) -> u64 {
        self.with(bit::OF_SESSION)
    }

    /// Closed long enough ago that a return within `window` would have been seen, if the customer is known.
    pub fn ripe(&self, window: i64) -> u64 {
        self.of_window(window, [bit::RIPE_48H, bit::RIPE_72H, bit::RIPE]) & self.closed
    }

    /// Closed, customer known, window over: whether they came back has a definite answer.
    pub fn mature(&self, window: i64) -> u64 {
        self.ripe(window) & self.with_customer()
    }

    /// Closed, customer known, window not over: the answer is still to come.
    pub fn maturing(&self, window: i64) -> u64 {
        self.closed & self.with_customer() & !self.ripe(window)
    }

    /// Contacts whose customer came back within the window, mature or not.
    pub fn back_within(&self, window: i64) -> u64 {
        self.of_window(window, [bit::BACK_48H, bit::BACK_72H, bit::BACK]) & self.closed
    }

    /// Contacts after which the customer had to be handed over again within the report's window.
    pub fn handed_over_again(&self) -> u64 {
        self.with(bit::HANDED_OVER_AGAIN) & self.closed
    }

    /// Contacts solved in their session: as somebody recorded, else resolved without a return once that is known.
    pub fn solved_in_session(&self) -> u64 {
        let held = self.resolved & self.mature(self.window) & !self.back_within(self.window);
        self.with(bit::SOLVED_IN_SESSION) | (held & !self.session_answered())
    }

    /// SPEC 3.6b, first match; the masks are disjoint and cover every contact.
    pub fn outcomes(&self) -> [u64; 9] {
        let mut left = self.all;
        let mut take = |mask: u64| {
            let taken = mask & left;
            left &= !taken;
            taken
        };
        let open = take(!self.closed);
        let escalated = take(self.handed_over);
        let human = take(self.human);
        let abandoned = take(self.abandoned);
        let unresolved = take(self.unresolved);
        let confirmed = take(self.confirmed());
        let disproved = take(self.disproved);
        let unverifiable = take(!self.with_customer());
        let pending = take(!self.ripe(self.window));
        let silent = take(u64::MAX);
        [open, escalated, human, abandoned, unresolved, pending, confirmed | silent, disproved, unverifiable]
    }
}
