import { SupportKpiError } from './lib/error.js';
import { optionsJson, tablesJson } from './lib/json.js';
import { calculators } from './lib/money.js';
import { Report } from './lib/report.js';
import { verbs } from './lib/verbs.js';
import native from './native.cjs';

export { Report, SupportKpiError };

export async function report(tables, options) {
  return new Report(await later('report', tablesJson(tables), '{}', optionsJson(options)));
}

export function reportSync(tables, options) {
  return new Report(read(native.answerNow('report', tablesJson(tables), '{}', optionsJson(options))));
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
} = verbs(later);

export const { roiInputs, roi, tornado, chance, scenarios, labour, pricing, variance, pnl, verify } = calculators((...asked) =>
  read(native.calculate(...asked)),
);

export function catalogue() {
  return JSON.parse(read(native.catalogue()));
}

async function later(...asked) {
  return read(await native.answerLater(...asked));
}

function read({ json, error }) {
  if (typeof error === 'string') throw SupportKpiError.fromJson(error);
  return json;
}
