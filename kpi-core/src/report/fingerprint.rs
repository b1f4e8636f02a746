//! The fingerprint: whether two parties look at the same figures (SPEC 6.8).

use crate::kpis::CATALOGUE_VERSION;
use crate::tally::Tally;
use sha2::{Digest, Sha256};
use std::fmt::Write;

pub(super) fn fingerprint(tally: &Tally) -> String {
    let mut hash = Sha256::new();
    hash.update(CATALOGUE_VERSION.as_bytes());
    hash.update([0]);
    hash.update(serde_json::to_string(&tally.options).unwrap_or_default().as_bytes());
    hash.update([0]);
    hash.update(tally.digest.to_bytes());
    hash.update(tally.counts.rows_used.to_le_bytes());
    // Every part of a whole is given the same costs, so they are no rows to add up: they count once.
    for cost in &tally.costs {
        let pins = tally.pins.get(cost.pins);
        let entry = serde_json::json!([cost.layer, cost.of_ai, cost.amount, cost.start, cost.end, pins]);
        hash.update(entry.to_string().as_bytes());
    }
    hash.finalize().iter().fold(String::from("sha256:"), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
