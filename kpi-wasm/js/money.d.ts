export { SupportKpiError } from './index.js';
export type { Decimal } from './index.js';
export type * from './lib/plan.js';
export type * from './lib/money.js';
export type { Statement, Verified } from './lib/contract.js';
export { chance, init, labour, pnl, pricing, roi, roiInputs, scenarios, tornado, variance, verify } from './index.js';
