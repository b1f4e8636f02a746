// Node reads the module from its own folder.
import { readFile } from 'node:fs/promises';
import { init as load } from './index.js';

export * from './index.js';

export async function init(source) {
  await load(source ?? (await readFile(new URL('supportkpi_bg.wasm', import.meta.url))));
}

await init();
