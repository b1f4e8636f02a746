// What Rust answers to the conformance cases: what `cargo run --example canonical` writes, or is there already where
// SUPPORTKPI_CANONICAL says.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.join(root, 'conformance', 'cases');

export const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => {
    const { tables, options } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    return { name: path.basename(file, '.json'), tables, options };
  });

function canonical() {
  if (process.env.SUPPORTKPI_CANONICAL) return process.env.SUPPORTKPI_CANONICAL;
  const out = mkdtempSync(path.join(tmpdir(), 'canonical-'));
  const run = ['run', '--quiet', '--package', 'kpi-core', '--example', 'canonical', '--', folder, out];
  execFileSync('cargo', run, { cwd: root, stdio: 'inherit' });
  return out;
}

/** Reads what Rust answers: `report` is text, `error` is parsed. */
export function expectations() {
  const out = canonical();
  const text = (file) => readFileSync(path.join(out, file), 'utf8');
  const answer = ({ name }) => {
    const error = `${name}.error.json`;
    return existsSync(path.join(out, error)) ? { error: JSON.parse(text(error)) } : { report: text(`${name}.json`) };
  };
  return { catalogue: text('catalogue.json'), answers: new Map(cases.map((one) => [one.name, answer(one)])) };
}
