import { SupportKpiError } from './lib/error.js';
import { optionsJson, tablesJson } from './lib/json.js';
import { calculators } from './lib/money.js';
import { Report } from './lib/report.js';
import { verbs } from './lib/verbs.js';
import { module } from './module.js';
import load, * as wasm from './supportkpi.js';

export { Report, SupportKpiError };

const { init, call } = module(load, wasm, new URL('supportkpi_bg.wasm', import.meta.url));
export { init };

export async function report(tables, options) {
  await init();
  return reportSync(tables, options);
}

export function reportSync(tables, options) {
  const [tablesText, optionsText] = [tablesJson(tables), optionsJson(options)];
  return new Report(call(() => wasm.answer('report', tablesText, '{}', optionsText)));
}

export const {
  trends,
  bias,
  compare,
  drift,
  gates,
  corrected,
  curves,
  profiles,
  warnings,
  candidates,
  settle,
  roiPlan,
  pnlBooks,
  varianceDrivers,
} = verbs(async (...asked) => {
  await init();
  return call(() => wasm.answer(...asked));
});

export const { roiInputs, roi, tornado, chance, scenarios, labour, pricing, variance, pnl, verify } = calculators((...asked) =>
  call(() => wasm.calculate(...asked)),
);

export function catalogue() {
  return JSON.parse(call(wasm.catalogue));
}

/** For the tests: what becomes of a panic. */
export function panicOnPurpose() {
  call(wasm.panic_on_purpose);
}
