//! The columnar view that everything after step 1 reads: borrowed where the caller's memory allows, owned where not.

use super::columns::{Column, Table};
use super::text::Text;
use crate::calendar::Zones;
use ethnum::I256;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// One bit a row, least significant bit first, starting at any bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits<'a> {
    bytes: Cow<'a, [u8]>,
    first: usize,
}

impl<'a> Bits<'a> {
    /// Bits that start at bit `first` of `bytes`; bits past the end read as false.
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>, first: usize) -> Self {
        Self { bytes: bytes.into(), first }
    }

    /// The bytes the bits stand in.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Packs booleans.
    pub fn pack(flags: &[bool]) -> Bits<'static> {
        let mut bytes = vec![0_u8; flags.len().div_ceil(8)];
        for (i, _) in flags.iter().enumerate().filter(|(_, f)| **f) {
            if let Some(byte) = bytes.get_mut(i / 8) {
                *byte |= 1 << (i % 8);
            }
        }
        Bits::new(bytes, 0)
    }

    /// The bit of one row.
    pub fn get(&self, row: usize) -> bool {
        let at = self.first + row;
        self.bytes.get(at / 8).is_some_and(|b| b >> (at % 8) & 1 == 1)
    }

    /// The bits of the 64 rows from `row` on, row `row` lowest.
    pub fn word(&self, row: usize) -> u64 {
        let at = self.first + row;
        let (byte, shift) = (at / 8, at % 8);
        let tail = self.bytes.get(byte..).unwrap_or_default();
        if let (Some(eight), Some(ninth)) = (tail.first_chunk::<8>(), tail.get(8)) {
            let low = u64::from_le_bytes(*eight);
            return if shift == 0 { low } else { low >> shift | u64::from(*ninth) << (64 - shift) };
        }
        let mut wide = 0_u128;
        for (k, b) in tail.iter().take(9).enumerate() {
            wide |= u128::from(*b) << (8 * k);
        }
        #[expect(clippy::cast_possible_truncation, reason = "the low 64 bits are the ones asked for")]
        let word = (wide >> shift) as u64;
        word
    }
}

/// The values of one column, in whatever layout they came.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the names of machine types")]
pub enum Data<'a> {
    /// Every row is empty, whatever the column's type.
    Nothing,
    Text(Text<'a>),
    Flags(Bits<'a>),
    /// Times as whole units since 1970; `naive` when they are wall-clock times without a zone.
    Instants {
        values: Cow<'a, [i64]>,
        nanos_per_unit: i64,
        naive: bool,
    },
    /// Days since 1970.
    Days(Cow<'a, [i32]>),
    I8(Cow<'a, [i8]>),
    I16(Cow<'a, [i16]>),
    I32(Cow<'a, [i32]>),
    I64(Cow<'a, [i64]>),
    U8(Cow<'a, [u8]>),
    U16(Cow<'a, [u16]>),
    U32(Cow<'a, [u32]>),
    U64(Cow<'a, [u64]>),
    F32(Cow<'a, [f32]>),
    F64(Cow<'a, [f64]>),
    /// Decimals that share one scale: so many digits behind the point or, if negative, zeros before it.
    Scaled {
        units: Cow<'a, [i128]>,
        scale: i8,
    },
    /// The same with more digits than 128 bits hold.
    Wide {
        units: Cow<'a, [I256]>,
        scale: i8,
    },
    /// Decimals each with a scale of its own.
    Decimals(Cow<'a, [Decimal]>),
    /// Values of a type that no column has, such as lists, as their text.
    Other(Text<'a>),
}

/// A column of one batch: its values, and which rows have one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells<'a> {
    /// The values; what stands in an empty row means nothing.
    pub data: Data<'a>,
    /// Which rows have a value; none means all do.
    pub known: Option<Bits<'a>>,
}

impl Cells<'_> {
    /// Which of the 64 rows from `row` on have a value (rows past the end of the batch may read as set).
    pub fn known_word(&self, row: usize) -> u64 {
        if matches!(self.data, Data::Nothing) {
            return 0;
        }
        self.known.as_ref().map_or(u64::MAX, |bits| bits.word(row))
    }

    /// Whether a row has a value.
    pub fn is_known(&self, row: usize) -> bool {
        self.known.as_ref().is_none_or(|bits| bits.get(row))
    }
}

/// A cell that could not even be read; the rules of step 2 report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Row within the batch.
    pub row: usize,
    /// The column's place.
    pub column: Column,
    /// The rule it breaks: `wrong_type`, `not_finite`, `naive_timestamp` or `out_of_range`.
    pub rule: &'static str,
    /// What stands there.
    pub value: String,
}

/// Some consecutive rows of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<'a> {
    table: Table,
    rows: usize,
    columns: Vec<Option<Cells<'a>>>,
    dimensions: Vec<(String, Cells<'a>)>,
    problems: Vec<CellProblem>,
}

impl<'a> Batch<'a> {
    /// A batch of `rows` rows in which every column is empty.
    pub fn new(table: Table, rows: usize) -> Self {
        Self { table, rows, columns: vec![None; Column::COUNT], dimensions: Vec::new(), problems: Vec::new() }
    }

    /// The table the rows belong to.
    pub fn table(&self) -> Table {
        self.table
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Puts a column in place.
    pub fn set(&mut self, column: Column, cells: Cells<'a>) {
        if let Some(place) = self.columns.get_mut(column.index()) {
            *place = Some(cells);
        }
    }

    /// Adds a column that the specification does not know, so that reports can be grouped by it.
    pub fn set_dimension(&mut self, name: impl Into<String>, cells: Cells<'a>) {
        self.dimensions.push((name.into(), cells));
    }

    /// Records a cell that could not be read.
    pub fn add_problem(&mut self, problem: CellProblem) {
        let place = self.problems.partition_point(|p| p.row <= problem.row);
        self.problems.insert(place, problem);
    }

    /// A column, if the batch has it.
    pub fn get(&self, column: Column) -> Option<&Cells<'a>> {
        self.columns.get(column.index()).and_then(Option::as_ref)
    }

    /// A column of either sort by name.
    pub fn dimension(&self, name: &str) -> Option<&Cells<'a>> {
        match Column::named(self.table, name) {
            Some(column) => self.get(column),
            None => self.dimensions.iter().find(|(n, _)| n == name).map(|(_, c)| c),
        }
    }

    /// What stands in a column of either sort, as the text that reports are grouped by: the same text for the same value,
    /// whatever its layout. A cost's column is read as that of the contacts it is pinned to.
    pub fn dimension_text(&self, name: &str, row: usize, zones: Zones) -> Option<String> {
        let cells = self.dimension(name)?;
        match Column::named(self.table, name).or_else(|| Column::named(Table::Interactions, name)) {
            Some(column) => cells.show_as(column.kind(), zones, row),
            None => cells.show(row),
        }
    }

    /// The names of the columns that the specification does not know.
    pub fn dimension_names(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().map(|(n, _)| n.as_str())
    }

    /// Why a cell could not be read, if it could not.
    pub fn unreadable(&self, row: usize, column: Column) -> Option<&CellProblem> {
        let from = self.problems.partition_point(|p| p.row < row);
        self.problems.get(from..)?.iter().take_while(|p| p.row == row).find(|p| p.column == column)
    }

    /// The cells that could not be read, by row.
    pub fn problems(&self) -> &[CellProblem] {
        &self.problems
    }
}
