//! Sixty-four contacts with everything that is known about them: what the catalogue's measures are written on.

use super::service::Policy;
use crate::calendar::{OpenHours, Zones};
use crate::input::block::{Block, ROWS, mask_of, rows_in};
use crate::input::codes::Codes;
use crate::input::numbers::Numbers;
use crate::input::text::{Amount, Text};
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

/// Up to 64 contacts with what their own rows say. Masks have one bit a contact; contacts that are not used are in none.
/// What later rows and the date of the data say is in [`super::Fates`].
#[derive(Debug)]
pub struct Rows<'r> {
    block: &'r Block,
    batch: &'r Batch<'r>,
    start: usize,
    settings: &'r Settings,
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
}

impl<'r> Rows<'r> {
    /// The contacts `used` of a block that was decoded from the rows of a batch from `start` on.
    pub fn new(block: &'r Block, batch: &'r Batch<'r>, start: usize, used: u64, settings: &'r Settings) -> Self {
        let word = |column, word| block.is_word(column, word) & used;
        let (ai, human, handed_over) =
            (word(Column::Handling, 0), word(Column::Handling, 1), word(Column::Handling, 2));
        let closed = block.known(Column::Outcome) & used;
        Self {
            block,
            batch,
            start,
            settings,
            all: used,
            ai,
            human,
            handed_over,
            ai_fronted: ai | handed_over,
            closed,
            resolved: word(Column::Outcome, 0),
            unresolved: word(Column::Outcome, 1),
            abandoned: word(Column::Outcome, 2),
            ai_stage_over: handed_over | (ai & closed),
        }
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
        let Some(text) = self.texts(column) else { return 0 };
        self.among(self.known(column), |row| text.get(self.start + row) == Some(word.as_bytes()))
    }

    /// The texts of a column of the batch, and the row of the batch at which these contacts begin.
    pub fn texts(&self, column: Column) -> Option<&'r Text<'r>> {
        match self.batch.get(column).map(|c| &c.data) {
            Some(Data::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The row of the batch at which these contacts begin.
    pub fn start(&self) -> usize {
        self.start
    }

    /// A contact's text.
    pub fn text(&self, column: Column, row: usize) -> Option<&'r [u8]> {
        if self.known(column) >> row & 1 == 1 { self.texts(column)?.get(self.start + row) } else { None }
    }

    /// Each contact's whole number, instant or hash of a text; nought where it is not known.
    pub fn wholes(&self, column: Column) -> &'r [i64; ROWS] {
        self.block.whole(column)
    }

    /// A contact's whole number; nought where it is not known.
    pub fn whole(&self, column: Column, row: usize) -> i64 {
        self.block.whole(column)[row]
    }

    /// The numbers of a column; nought where they are not known.
    pub fn numbers(&self, column: Column) -> Numbers<'r> {
        self.block.numbers(column)
    }

    /// The same as the bits of doubles, which sort as the numbers do as long as none is negative.
    pub fn bits_of_doubles(&self, column: Column) -> [i64; ROWS] {
        let numbers = self.numbers(column);
        std::array::from_fn(|row| numbers.amount(row).to_f64().to_bits().cast_signed())
    }

    /// Contacts whose amount lies under `bound`, compared digit by digit.
    pub fn below(&self, column: Column, bound: Amount) -> u64 {
        let known = self.known(column);
        if known == 0 { 0 } else { self.block.numbers(column).below(known, bound) }
    }

    /// Nanoseconds from one instant to another, at most what 64 bits hold; means something only where both are known.
    pub fn between(&self, from: Column, to: Column) -> [i64; ROWS] {
        let (from, to) = (self.wholes(from), self.wholes(to));
        std::array::from_fn(|row| to[row].saturating_sub(from[row]))
    }

    /// The same in opening hours only, of some contacts.
    pub fn open_between(&self, from: Column, to: Column, rows: u64) -> [i64; ROWS] {
        let mut nanos = [0; ROWS];
        if let Some(hours) = &self.settings.open_hours {
            for row in rows_in(rows) {
                nanos[row] = hours.open_nanos_between(self.whole(from, row), self.whole(to, row));
            }
        }
        nanos
    }

    /// Contacts that arrived when the desk was shut.
    pub fn after_hours(&self) -> u64 {
        let Some(hours) = &self.settings.open_hours else { return 0 };
        self.among(self.all, |row| !hours.is_open(self.whole(Column::OpenedAt, row)))
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

    /// The labour cost of each contact; means something only where it is known.
    pub fn human_costs(&self) -> Numbers<'r> {
        let given = self.numbers(Column::CostHuman);
        let derived = self.known(Column::HumanHandleSeconds) & !self.known(Column::CostHuman);
        let Some(rate) = self.settings.labor.as_ref().filter(|_| derived != 0) else { return given };
        let seconds = self.numbers(Column::HumanHandleSeconds);
        let mut costs = [Amount::default(); ROWS];
        for row in rows_in(self.knows_human_cost()) {
            let known = derived >> row & 1 == 0;
            costs[row] = if known { given.amount(row) } else { rate.cost_of(seconds.amount(row)) };
        }
        Numbers::settled(self.knows_human_cost(), &costs)
    }

    /// Contacts that a service level applies to and whose answer is known; and those that met it.
    pub fn service_level(&self) -> (u64, u64) {
        let Some(policy) = &self.settings.policy else { return (0, 0) };
        let (mut known, mut met) = (0, 0);
        for row in rows_in(self.all) {
            if let Some(answer) = policy.judge(self, row) {
                known |= 1 << row;
                met |= u64::from(answer) << row;
            }
        }
        (known, met)
    }

    /// The moment the data was taken, in nanoseconds; service levels, which need it, are judged when it is known.
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

    /// The code of each contact's value, of the rows of the mask; nought for those without one.
    pub fn codes(&self, rows: u64, codes: &mut Codes) -> [u32; ROWS] {
        let mut out = [0; ROWS];
        if let Some(Cells { data: Data::Text(text), known }) = self.plain {
            let known = known.as_ref().map_or(u64::MAX, |known| known.word(self.start));
            codes.of_rows(text, self.start, rows & known, &mut out);
        } else {
            for row in rows_in(rows) {
                out[row] = self.text(row).map_or(0, |text| codes.of(text.as_bytes()));
            }
        }
        out
    }

    /// Whether a contact has exactly this value; no value for those without one.
    pub fn is(&self, row: usize, value: Option<&str>) -> bool {
        match value {
            Some(value) => self.with_bytes(row, |bytes| bytes == value.as_bytes()).unwrap_or(false),
            None => self.with_bytes(row, |_| ()).is_none(),
        }
    }
}
