//! Sixty-four contacts with everything that is known about them: what the catalogue's measures are written on.

use super::customers::{Contacts, NEVER};
use super::service::Policy;
use crate::calendar::{OpenHours, Zones};
use crate::input::block::{Block, ROWS, mask_of};
use crate::input::text::Amount;
use crate::input::{Batch, Cells, Column, Data, Kind};
use crate::options::LaborRate;

/// An hour in nanoseconds.
pub const HOUR: i64 = 3_600_000_000_000;

/// What the facts of a report depend on beside the rows.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The moment the data was taken, in nanoseconds.
    pub as_of: i64,
    /// The recontact window.
    pub window: i64,
    /// Under it an answer was served with low confidence.
    pub low_confidence: Amount,
    /// Opening hours, if given.
    pub open_hours: Option<OpenHours>,
    /// Service-level targets, if given.
    pub policy: Option<Policy>,
    /// What a second of human work costs, if the labour model is given.
    pub labor: Option<LaborRate>,
    /// The zones that times depend on.
    pub zones: Zones,
}

/// Up to 64 contacts. Masks have one bit a contact; contacts that are not used are in none.
#[derive(Debug)]
pub struct Rows<'r> {
    block: &'r Block,
    batch: &'r Batch<'r>,
    start: usize,
    settings: &'r Settings,
    returned: &'r [i64],
    returned_handed_over: &'r [i64],
    /// Every contact that is in figures.
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

impl<'r> Rows<'r> {
    /// The contacts of a block.
    pub fn new(
        block: &'r Block,
        batch: &'r Batch<'r>,
        start: usize,
        number: usize,
        facts: &'r Contacts,
        settings: &'r Settings,
    ) -> Self {
        let all = facts.used.get(number).copied().unwrap_or(0);
        let own = number * ROWS..(number + 1) * ROWS;
        let mut rows = Self {
            block,
            batch,
            start,
            settings,
            returned: facts.returned.get(own.clone()).unwrap_or_default(),
            returned_handed_over: facts.returned_handed_over.get(own).unwrap_or_default(),
            all,
            ai: block.is_word(Column::Handling, 0) & all,
            human: block.is_word(Column::Handling, 1) & all,
            handed_over: block.is_word(Column::Handling, 2) & all,
            ai_fronted: 0,
            closed: block.known(Column::Outcome) & all,
            resolved: block.is_word(Column::Outcome, 0) & all,
            unresolved: block.is_word(Column::Outcome, 1) & all,
            abandoned: block.is_word(Column::Outcome, 2) & all,
            ai_stage_over: 0,
            settled: 0,
            settling: 0,
            verified: 0,
            disproved: 0,
        };
        rows.ai_fronted = rows.ai | rows.handed_over;
        rows.ai_stage_over = rows.handed_over | (rows.ai & rows.closed);
        rows.verify();
        rows
    }

    fn verify(&mut self) {
        let window = self.settings.window;
        let ripe = self.ripe(window);
        let known = self.known(Column::CustomerId) | self.known(Column::Confirmed);
        self.settled = ripe & known;
        self.settling = self.closed & !ripe & known;
        let claimed = self.resolved & self.ai;
        let (said_yes, said_no) = (self.yes(Column::Confirmed), self.no(Column::Confirmed));
        let silent = claimed & !said_yes & !said_no;
        let back = self.back_within(window);
        self.disproved = (claimed & said_no) | (silent & back);
        self.verified = (claimed & said_yes) | (silent & ripe & self.known(Column::CustomerId) & !back);
    }

    /// Contacts whose column has a value.
    pub fn known(&self, column: Column) -> u64 {
        self.block.known(column) & self.all
    }

    /// Contacts whose flag is true.
    pub fn yes(&self, column: Column) -> u64 {
        self.block.yes(column) & self.all
    }

    /// Contacts whose flag is false.
    pub fn no(&self, column: Column) -> u64 {
        self.block.no(column) & self.all
    }

    /// Contacts whose whole number is at least `low`.
    pub fn at_least(&self, column: Column, low: i64) -> u64 {
        self.block.at_least(column, low) & self.all
    }

    /// Contacts for which `holds`, out of `rows`.
    pub fn among(&self, rows: u64, holds: impl FnMut(usize) -> bool) -> u64 {
        mask_of(rows & self.all, holds)
    }

    /// Contacts whose text is this word.
    pub fn is_text(&self, column: Column, word: &str) -> u64 {
        let Some(Data::Text(text)) = self.batch.get(column).map(|c| &c.data) else { return 0 };
        self.among(self.known(column), |row| text.get(self.start + row) == Some(word.as_bytes()))
    }

    /// A contact's text.
    pub fn text(&self, column: Column, row: usize) -> Option<&'r [u8]> {
        let Some(Data::Text(text)) = self.batch.get(column).map(|c| &c.data) else { return None };
        if self.known(column) >> row & 1 == 1 { text.get(self.start + row) } else { None }
    }

    /// A contact's whole number; means something only where it is known.
    pub fn whole(&self, column: Column, row: usize) -> i64 {
        self.block.whole(column)[row]
    }

    /// A contact's amount; means something only where it is known.
    pub fn amount(&self, column: Column, row: usize) -> Amount {
        self.block.amounts(column)[row]
    }

    /// Contacts whose amount lies under `bound`, compared digit by digit.
    pub fn below(&self, column: Column, bound: Amount) -> u64 {
        let bound = bound.to_decimal();
        self.among(self.known(column), |row| self.amount(column, row).to_decimal() < bound)
    }

    /// How far the tone rose over a contact, exactly; means something only where both ends are known.
    pub fn tone_shift(&self, row: usize) -> Amount {
        let tone = |column| self.amount(column, row).to_decimal();
        // Both lie from −1 to 1, so their difference keeps all its places.
        Amount::from_decimal(tone(Column::SentimentEnd) - tone(Column::SentimentStart))
    }

    /// Nanoseconds from one instant to another, at most what 64 bits hold; means something only where both are known.
    pub fn between(&self, from: Column, to: Column, row: usize) -> i64 {
        self.whole(to, row).saturating_sub(self.whole(from, row))
    }

    /// The same in opening hours only.
    pub fn open_between(&self, from: Column, to: Column, row: usize) -> i64 {
        let hours = self.settings.open_hours.as_ref();
        hours.map_or(0, |h| h.open_nanos_between(self.whole(from, row), self.whole(to, row)))
    }

    /// Contacts that arrived when the desk was shut.
    pub fn after_hours(&self) -> u64 {
        let Some(hours) = &self.settings.open_hours else { return 0 };
        self.among(self.all, |row| !hours.is_open(self.whole(Column::OpenedAt, row)))
    }

    /// Closed long enough ago that a return within `window` would have been seen, if the customer is known.
    pub fn ripe(&self, window: i64) -> u64 {
        let latest = self.settings.as_of.saturating_sub(window);
        self.among(self.closed, |row| self.whole(Column::ClosedAt, row) <= latest)
    }

    /// Closed, customer known, window over: whether they came back has a definite answer.
    pub fn mature(&self, window: i64) -> u64 {
        self.ripe(window) & self.known(Column::CustomerId)
    }

    /// Closed, customer known, window not over: the answer is still to come.
    pub fn maturing(&self, window: i64) -> u64 {
        self.closed & self.known(Column::CustomerId) & !self.ripe(window)
    }

    /// Contacts whose customer came back within the window, mature or not.
    pub fn back_within(&self, window: i64) -> u64 {
        let came = |row: usize| self.returned.get(row).is_some_and(|d| *d != NEVER && *d <= window);
        self.among(self.closed, came)
    }

    /// Contacts after which the customer had to be handed over again within the report's window.
    pub fn handed_over_again(&self) -> u64 {
        let window = self.settings.window;
        self.among(self.closed, |row| self.returned_handed_over.get(row).is_some_and(|d| *d <= window))
    }

    /// Contacts solved in their session: as somebody recorded, else resolved without a return once that is known.
    pub fn solved_in_session(&self) -> u64 {
        let window = self.settings.window;
        let held = self.resolved & self.mature(window) & !self.back_within(window);
        self.yes(Column::ResolvedInSession) | (held & !self.known(Column::ResolvedInSession))
    }

    /// The report's recontact window.
    pub fn window(&self) -> i64 {
        self.settings.window
    }

    /// Under it an answer was served with low confidence.
    pub fn low_confidence(&self) -> Amount {
        self.settings.low_confidence
    }

    /// Contacts whose labour cost is known, by itself or through the labour model.
    pub fn knows_human_cost(&self) -> u64 {
        let derived = if self.settings.labor.is_some() { self.known(Column::HumanHandleSeconds) } else { 0 };
        self.known(Column::CostHuman) | derived
    }

    /// The labour cost of a contact; means something only where it is known.
    pub fn human_cost(&self, row: usize) -> Amount {
        match &self.settings.labor {
            Some(rate) if self.known(Column::CostHuman) >> row & 1 == 0 => {
                rate.cost_of(self.amount(Column::HumanHandleSeconds, row))
            }
            _ => self.amount(Column::CostHuman, row),
        }
    }

    /// Contacts that a service level applies to and whose answer is known; and those that met it.
    pub fn service_level(&self) -> (u64, u64) {
        let Some(policy) = &self.settings.policy else { return (0, 0) };
        let (mut known, mut met) = (0, 0);
        for row in crate::input::block::rows_in(self.all) {
            if let Some(answer) = policy.judge(self, row) {
                known |= 1 << row;
                met |= u64::from(answer) << row;
            }
        }
        (known, met)
    }

    /// The moment the data was taken, in nanoseconds.
    pub fn as_of(&self) -> i64 {
        self.settings.as_of
    }

    /// Opening hours, if given.
    pub(super) fn open_hours(&self) -> Option<&OpenHours> {
        self.settings.open_hours.as_ref()
    }

    /// A dimension, as contacts are grouped by.
    pub fn dimension<'n>(&'n self, name: &'n str) -> Dimension<'n> {
        Dimension::of(self.batch, name, self.start, self.settings.zones)
    }
}

/// One dimension of a block of contacts.
#[derive(Debug, Clone, Copy)]
pub struct Dimension<'r> {
    batch: &'r Batch<'r>,
    name: &'r str,
    /// Its texts, where it is text as it stands.
    plain: Option<&'r Cells<'r>>,
    start: usize,
    zones: Zones,
}

impl<'r> Dimension<'r> {
    /// The dimension of this name of the rows of a batch from `start` on.
    pub fn of(batch: &'r Batch<'r>, name: &'r str, start: usize, zones: Zones) -> Self {
        let plain = batch.dimension(name).filter(|cells| matches!(cells.data, Data::Text(_)));
        let kind = Column::named(batch.table(), name).map(Column::kind);
        let plain = plain.filter(|_| matches!(kind, None | Some(Kind::Text | Kind::Choice(_) | Kind::Currency)));
        Self { batch, name, plain, start, zones }
    }

    /// A contact's value as text; what is not text prints as its JSON text.
    pub fn text(&self, row: usize) -> Option<String> {
        self.batch.dimension_text(self.name, self.start + row, self.zones)
    }

    /// Looks at a contact's value as text, without copying it where it is text.
    pub fn with_bytes<T>(&self, row: usize, look: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let Some(Cells { data: Data::Text(text), known }) = self.plain else {
            return self.text(row).map(|text| look(text.as_bytes()));
        };
        let known = known.as_ref().is_none_or(|known| known.get(self.start + row));
        if known { text.get(self.start + row).map(look) } else { None }
    }

    /// Whether a contact has exactly this value; no value for those without one.
    pub fn is(&self, row: usize, value: Option<&str>) -> bool {
        match value {
            Some(value) => self.with_bytes(row, |bytes| bytes == value.as_bytes()).unwrap_or(false),
            None => self.with_bytes(row, |_| ()).is_none(),
        }
    }
}
