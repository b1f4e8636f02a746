// What Rust answers to the conformance cases: what `cargo run --example canonical` writes, or is there already where
// SUPPORTKPI_CANONICAL says.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const conformance = path.join(root, 'conformance');

function read(name) {
  const folder = path.join(conformance, name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const { verb, tables, ask, options } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    return { name: path.basename(file, '.json'), verb, tables, ask, options };
  });
}

/** Of reports. */
export const cases = read('cases');

const money = read('money');

/** Of the other verbs. */
export const verbCases = [...read('verbs'), ...money.filter(({ tables }) => tables !== undefined)];

/** Of calculators. */
export const calculatorCases = money.filter(({ tables }) => tables === undefined);

/** The name of a verb or calculator in JavaScript. */
export const named = ({ verb }) => verb.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** What a verb takes in JavaScript. */
export const asked = ({ verb, tables, ask, options }) =>
  ['report', 'trends', 'pnl_books', 'variance_drivers'].includes(verb) ? [tables, options] : [tables, ask, options];

/** What a calculator takes in JavaScript. */
export const calculated = ({ verb, ask }) => (verb === 'verify' ? ask.statements : ask);

function canonical() {
  if (process.env.SUPPORTKPI_CANONICAL) return process.env.SUPPORTKPI_CANONICAL;
  const out = mkdtempSync(path.join(tmpdir(), 'canonical-'));
  const run = ['run', '--quiet', '--package', 'kpi-core', '--example', 'canonical', '--', conformance, out];
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
  return { catalogue: text('catalogue.json'), answers: new Map([...cases, ...verbCases, ...calculatorCases].map((one) => [one.name, answer(one)])) };
}
