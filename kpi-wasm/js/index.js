import { SupportKpiError } from './lib/error.js';
import { optionsJson, tablesJson } from './lib/json.js';
import { Report } from './lib/report.js';
import { verbs } from './lib/verbs.js';
import load, * as wasm from './supportkpi.js';

export { Report, SupportKpiError };

let loading;
let ready = false;

export async function init(source = new URL('supportkpi_bg.wasm', import.meta.url)) {
  loading ??= load({ module_or_path: source }).then(() => (ready = true));
  try {
    await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

export async function report(tables, options) {
  await init();
  return reportSync(tables, options);
}

export function reportSync(tables, options) {
  const [tablesText, optionsText] = [tablesJson(tables), optionsJson(options)];
  return new Report(call(() => wasm.answer('report', tablesText, '{}', optionsText)));
}

export const { trends, bias, compare, drift, gates, corrected, curves, profiles, warnings } = verbs(async (...asked) => {
  await init();
  return call(() => wasm.answer(...asked));
});

export function catalogue() {
  return JSON.parse(call(wasm.catalogue));
}

/** Runs a function of the module: its errors are thrown as JSON, and a panic as a trap that ends the instance. */
function call(work) {
  if (!ready) throw new Error('supportkpi is not loaded yet: `await init()` first');
  try {
    return work();
  } catch (thrown) {
    if (typeof thrown === 'string') throw SupportKpiError.fromJson(thrown);
    throw internal(thrown);
  }
}

function internal(thrown) {
  let said;
  try {
    said = wasm.last_panic();
  } catch {
    // Not even that works; the trap itself will have to do.
  }
  wasm.__wbg_reset_state();
  if (said !== undefined) return SupportKpiError.fromJson(said);
  // Such as memory that ran out.
  return new SupportKpiError(`The computation broke off: ${thrown}.`, 'internal');
}

/** For the tests: what becomes of a panic. */
export function panicOnPurpose() {
  call(wasm.panic_on_purpose);
}
