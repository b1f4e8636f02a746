// The types are the same for `import` and `require`, but each needs a file of its own.
import { copyFileSync } from 'node:fs';

copyFileSync(new URL('index.d.ts', import.meta.url), new URL('index.d.cts', import.meta.url));
