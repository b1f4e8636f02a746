import { SupportKpiError } from './lib/error.js';
import { optionsJson, tablesJson } from './lib/json.js';
import { Report } from './lib/report.js';
import native from './native.cjs';

export { Report, SupportKpiError };

export async function report(tables, options) {
  return new Report(read(await native.report(tablesJson(tables), optionsJson(options))));
}

export function reportSync(tables, options) {
  return new Report(read(native.reportSync(tablesJson(tables), optionsJson(options))));
}

export function catalogue() {
  return JSON.parse(read(native.catalogue()));
}

function read({ json, error }) {
  if (typeof error === 'string') throw SupportKpiError.fromJson(error);
  return json;
}
