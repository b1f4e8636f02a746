import { askJson } from './json.js';

/** What needs inputs and no contacts; `calculate` takes the calculator and JSON, and gives JSON, at once. */
export function calculators(calculate) {
  const asking = (calculator) => (ask) => JSON.parse(calculate(calculator, askJson(calculator, ask)));
  return {
    roiInputs: () => asking('roi_inputs')({}),
    roi: asking('roi'),
    tornado: asking('tornado'),
    chance: asking('chance'),
    scenarios: asking('scenarios'),
    labour: asking('labour'),
    pricing: asking('pricing'),
    variance: asking('variance'),
    pnl: asking('pnl'),
    verify: (statements) => asking('verify')({ statements: Array.from(statements, received) }),
  };
}

/** A statement as it was received, byte by byte. */
function received(statement) {
  return typeof statement === 'string' ? statement : (statement.json ?? JSON.stringify(statement));
}
