//! supportkpi for Node: JSON text in, canonical JSON or an error as JSON out. `index.js` is its public face.

use kpi_core::error::guarded;
use kpi_core::{catalogue_json, report_json};
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

/// A report that is computed off the event loop.
pub struct ReportTask {
    tables: String,
    options: String,
}

impl ReportTask {
    fn answer(&self) -> Answer {
        answer(|| report_json(&self.tables, &self.options))
    }
}

impl Task for ReportTask {
    type Output = Answer;
    type JsValue = Answer;

    fn compute(&mut self) -> Result<Answer> {
        Ok(self.answer())
    }

    fn resolve(&mut self, _: Env, answer: Answer) -> Result<Answer> {
        Ok(answer)
    }
}

/// The report of tables and options as JSON, computed on a thread of its own.
#[napi(ts_return_type = "Promise<Answer>")]
pub fn report(tables: String, options: String) -> AsyncTask<ReportTask> {
    AsyncTask::new(ReportTask { tables, options })
}

/// The report of tables and options as JSON, computed while the event loop waits.
#[napi]
pub fn report_sync(tables: String, options: String) -> Answer {
    ReportTask { tables, options }.answer()
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
