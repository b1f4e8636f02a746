import { askJson, optionsJson, tablesJson } from './json.js';

/** The verbs whose answers are plain data; `answer` takes the verb and JSON, and gives JSON. */
export function verbs(answer) {
  const asking = (verb) => async (tables, ask, options) =>
    JSON.parse(await answer(verb, tablesJson(tables), askJson(verb, ask), optionsJson(options)));
  return {
    trends: (tables, options) => asking('trends')(tables, {}, options),
    bias: asking('bias'),
    compare: asking('compare'),
    drift: asking('drift'),
    gates: asking('gates'),
    corrected: asking('corrected'),
    curves: asking('curves'),
    profiles: asking('profiles'),
    warnings: asking('warnings'),
    candidates: asking('candidates'),
    roiPlan: asking('roi_plan'),
    pnlBooks: (tables, options) => asking('pnl_books')(tables, {}, options),
    varianceDrivers: (tables, options) => asking('variance_drivers')(tables, {}, options),
    settle: async (tables, ask, options) => {
      const text = await answer('settle', tablesJson(tables), askJson('settle', ask), optionsJson(options));
      // A check of statements looks at every byte, and objects may reorder their keys.
      return Object.defineProperty(JSON.parse(text), 'json', { value: text });
    },
  };
}
