//! What is written by hand is what `serde_json` would write.

use super::*;
use proptest::prelude::*;
use serde_json::json;

proptest! {
    #[test]
    fn numbers_and_texts_are_canonical(bits in any::<u64>(), x in any::<f64>(), n in any::<u64>(), own in any::<String>()) {
        for x in [f64::from_bits(bits), x, x.trunc(), n as f64, 1.0 / n as f64] {
            prop_assert_eq!(number_text(x), json!(x).to_string());
        }
        let mut text = String::new();
        quoted(&mut text, &own);
        prop_assert_eq!(text, json!(own).to_string());
    }
}

#[test]
fn texts_that_need_it_are_escaped() {
    for own in ["", "plain", "a \"b\"", "back\\slash", "line\nfeed", "\u{1}", "\u{7f}", "é ü 漢", "\u{2028}"] {
        let mut text = String::new();
        quoted(&mut text, own);
        assert_eq!(text, json!(own).to_string());
    }
}

#[test]
fn columns_have_their_full_name() {
    for of in [Column::Csat, Column::Amount, Column::Revenue] {
        let mut text = String::new();
        column(of, &mut text);
        assert_eq!(text, json!(of.full_name()).to_string());
    }
}
