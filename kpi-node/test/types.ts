// What TypeScript sees; compiled by `tsc -p test`, never run.
import { roi, settle, verify, bias, catalogue, compare, corrected, drift, gates, report, reportSync, SupportKpiError, trends } from 'supportkpi';
import type { Statement, Roi, Comparison, GroupValue, Kpi, Options, Report, Share, Tables, Trends, Value, Verdict } from 'supportkpi';

const tables: Tables = {
  interactions: [
    { id: '1', opened_at: new Date(), csat: 5, confirmed: null, api_calls: 3n, cost_api: { toJSON: () => '0.10' } },
  ],
  costs: new Set<{ layer: string }>(),
};
const weekly = { mon: [['09:00', '17:00']] } as const;
const options: Options = { by: ['agent_id'] as const, every: 'week', business_hours: { weekly } };
const computed: Report = await report(tables, options);
const again: Report = reportSync('{}');
const value: Value | undefined = computed.value('csat', 'ai', { agent_id: null }, new Date());
const shown: number | string | readonly Share[] | null | undefined = value?.value;
const all: GroupValue[] = [...again];
const kpis: Kpi[] = catalogue();
const first: string | undefined = computed.toJSON().groups[0]?.values[0]?.id;

// @ts-expect-error: no such period
report(tables, { every: 'fortnight' });
// @ts-expect-error: no such option
report(tables, { colour: 'red' });
// @ts-expect-error: interactions are needed
report({ costs: [] });
// @ts-expect-error: no such population
computed.value('csat', 'robots');
// @ts-expect-error: values cannot be changed
all[0]!.n = 4;

try {
  reportSync(tables);
} catch (error) {
  if (error instanceof SupportKpiError) {
    const code: string = error.code;
    const row: number | undefined = error.problems[0]?.examples[0]?.row;
    console.log(code, row, shown, kpis, first);
  }
}

const rows = tables;
const segments: number | null | undefined = (await bias(rows, { dimension: 'language' })).figures[0]?.segments[0]?.gap;
const sides = { a: { when: { model_version: 'v2' } }, b: { when: { model_version: ['v1', null] } } } as const;
const compared: Comparison = await compare(rows, { ...sides, margin: { csat: '0.05' } }, { kpis: ['csat'] });
const moved: Trends = await trends(rows, { every: 'week' });
const pilot: Verdict = (await gates(rows, { gates: [{ kpi: 'csat', at_least: 0.8 }], treated: sides.a })).verdict;
void [segments, compared, moved, pilot, drift(rows, sides)];
// @ts-expect-error: a judge's sample has four counts
corrected(rows, { kpi: 'csat', true_positives: 3 });
// @ts-expect-error: a side is no text
compare(rows, { a: 'v2' });

const plan: Roi = roi({ monthly_volume: 50000, resolution_rate: '0.67', labor: { salary: 50000 } });
const npv: string = plan.figures.npv;
const payback: number | null = plan.figures.payback_month;
const fee = { kind: 'use', of: 'verified_resolution', price: '0.99' } as const;
const contract = { id: 'c-1', version: 1, currency: 'USD', start: '2026-01-01T00:00:00Z', fee };
const statement: Statement = await settle(tables, { contract, through: 1 }, { as_of: new Date() });
const sound: boolean = verify([statement.json ?? '', statement]).sound;
console.log(npv, payback, sound);
// @ts-expect-error: no such input
roi({ volume: 7 });
// @ts-expect-error: a contract needs a fee
settle(tables, { contract: { id: 'c-1', version: 1, currency: 'USD', start: '2026-01-01T00:00:00Z' }, through: 1 });
