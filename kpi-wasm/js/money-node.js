// Node reads the module from its own folder.
import { readFile } from 'node:fs/promises';
import { init as load } from './money.js';

export * from './money.js';

export async function init(source) {
  await load(source ?? (await readFile(new URL('supportkpi_money_bg.wasm', import.meta.url))));
}

await init();
