//! supportkpi for Node: JSON text in, canonical JSON or an error as JSON out. `index.js` is its public face.

use kpi_core::error::guarded;
use kpi_core::{answer_json, calculate_json, catalogue_json};
use napi::bindgen_prelude::{AsyncTask, Env, Result, Task};
use napi_derive::napi;

/// What came of a call: one of the two.
#[napi(object)]
pub struct Answer {
    /// What was asked for, as canonical JSON.
    pub json: Option<String>,
    /// Code, message and problems of an error, as JSON.
    pub error: Option<String>,
}

/// Runs work so that neither an error nor a panic leaves Rust other than as text.
fn answer(work: impl FnOnce() -> kpi_core::Result<String>) -> Answer {
    match guarded(work) {
        Ok(json) => Answer { json: Some(json), error: None },
        Err(error) => Answer { json: None, error: Some(error.to_json()) },
    }
}

/// A verb that works off the event loop.
pub struct VerbTask {
    verb: String,
    tables: String,
    ask: String,
    options: String,
}

impl VerbTask {
    fn answer(&self) -> Answer {
        answer(|| answer_json(&self.verb, &self.tables, &self.ask, &self.options))
    }
}

impl Task for VerbTask {
    type Output = Answer;
    type JsValue = Answer;

    fn compute(&mut self) -> Result<Answer> {
        Ok(self.answer())
    }

    fn resolve(&mut self, _: Env, answer: Answer) -> Result<Answer> {
        Ok(answer)
    }
}

/// The answer of a verb to tables, what it is asked for, and options, all as JSON, computed on a thread of its own.
#[napi(ts_return_type = "Promise<Answer>")]
pub fn answer_later(verb: String, tables: String, ask: String, options: String) -> AsyncTask<VerbTask> {
    AsyncTask::new(VerbTask { verb, tables, ask, options })
}

/// The same, computed while the event loop waits.
#[napi]
pub fn answer_now(verb: String, tables: String, ask: String, options: String) -> Answer {
    VerbTask { verb, tables, ask, options }.answer()
}

/// What a calculator makes of what it is asked for, both as JSON; quick enough for the event loop.
#[napi]
pub fn calculate(calculator: String, ask: String) -> Answer {
    answer(move || calculate_json(&calculator, &ask))
}

/// Every figure of the catalogue.
#[napi]
pub fn catalogue() -> Answer {
    answer(|| Ok(catalogue_json()))
}

/// Fails in the way that a defect would, so that the tests can see what Node gets to see of it.
#[napi]
pub fn panic_on_purpose() -> Answer {
    answer(panics)
}

#[expect(clippy::panic, reason = "that is what it is for")]
fn panics() -> kpi_core::Result<String> {
    panic!("on purpose")
}
