//! What each verb found, in pieces that every rendering lays out.

mod bias;
mod compared;
mod curves;
mod owed;
mod pilots;
mod plans;
mod prices;
mod profiles;
mod report;
mod trends;
mod warnings;

pub(super) use report::{dossier_pieces, view_pieces};

use super::pieces::Piece;

/// What can be told in words and tables: the answers of verbs.
pub trait Tell: sealed::Tell {}

impl<T: sealed::Tell> Tell for T {}

pub(super) mod sealed {
    use super::Piece;

    /// Only answers of this library are told.
    pub trait Tell {
        /// What it is called.
        fn title(&self) -> String;
        /// What is told.
        fn pieces(&self) -> Pieces;
    }

    /// Pieces in order; opaque outside.
    #[derive(Default)]
    #[expect(missing_debug_implementations, reason = "nobody outside can hold one")]
    pub struct Pieces(pub(in crate::render) Vec<Piece>);

    impl FromIterator<Piece> for Pieces {
        fn from_iter<I: IntoIterator<Item = Piece>>(pieces: I) -> Self {
            Self(pieces.into_iter().collect())
        }
    }
}
