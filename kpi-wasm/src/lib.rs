//! supportkpi for browsers: JSON text in, canonical JSON out, errors thrown as their JSON. `js/index.js` is its public
//! face; without the feature `reports` it is the calculators alone, and `js/money.js` is.

use kpi_core::error::defect;
use std::cell::RefCell;
use std::panic;
use wasm_bindgen::prelude::*;

thread_local! {
    /// A panic ends this instance in a trap that says nothing; what it was is asked for afterwards.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps what a panic says.
#[wasm_bindgen(start)]
pub fn start() {
    panic::set_hook(Box::new(|info| PANIC.set(Some(defect(info.payload()).to_json()))));
}

/// Code, message and problems of the panic that ended this instance, as JSON.
#[wasm_bindgen]
pub fn last_panic() -> Option<String> {
    PANIC.take()
}

/// What a calculator makes of what it is asked for, both as JSON.
///
/// # Errors
/// Code, message and problems as JSON.
#[wasm_bindgen]
pub fn calculate(calculator: &str, ask: &str) -> Result<String, String> {
    kpi_core::calculate_json(calculator, ask).map_err(|error| error.to_json())
}

/// The answer of a verb to tables, what it is asked for, and options, all as JSON.
///
/// # Errors
/// Code, message and problems as JSON.
#[cfg(feature = "reports")]
#[wasm_bindgen]
pub fn answer(verb: &str, tables: &str, ask: &str, options: &str) -> Result<String, String> {
    kpi_core::answer_json(verb, tables, ask, options).map_err(|error| error.to_json())
}

/// Every figure of the catalogue.
#[cfg(feature = "reports")]
#[wasm_bindgen]
pub fn catalogue() -> String {
    kpi_core::catalogue_json()
}

/// Fails in the way that a defect would, so that the tests can see what a page gets to see of it.
#[wasm_bindgen]
pub fn panic_on_purpose() {
    panics();
}

#[expect(clippy::panic, reason = "that is what it is for")]
fn panics() {
    panic!("on purpose")
}
