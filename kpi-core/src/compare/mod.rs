//! Step 7: whom it concerns: groups beside one another, on top of a report (SPEC 6.6).

mod bias;
mod told;

pub use bias::{Bias, BiasOfFigure, LeftOut, Segment, bias};
pub use told::{Told, stories};
