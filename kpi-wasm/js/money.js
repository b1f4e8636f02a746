// The calculators alone: a page that asks for no report need not download one.
import { SupportKpiError } from './lib/error.js';
import { calculators } from './lib/money.js';
import { module } from './module.js';
import load, * as wasm from './supportkpi_money.js';

export { SupportKpiError };

const { init, call } = module(load, wasm, new URL('supportkpi_money_bg.wasm', import.meta.url));
export { init };

export const { roiInputs, roi, tornado, chance, scenarios, labour, pricing, variance, pnl, verify } = calculators((...asked) =>
  call(() => wasm.calculate(...asked)),
);
