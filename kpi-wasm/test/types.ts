// What TypeScript sees in a browser; compiled by `tsc -p test`, never run.
import { catalogue, init, report, type Kpi, type Report } from '../pkg/index.js';

await init(new URL('https://example.org/supportkpi_bg.wasm'));
const computed: Report = await report({ interactions: [{ id: '1', handling: 'ai', opened_at: new Date() }] });
const figures: Kpi[] = catalogue();
console.log(computed.value('csat')?.value, figures);
// @ts-expect-error: null is no source
await init(null);
