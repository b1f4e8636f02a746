// The examples that people read do what they say, and the package has the version that it says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { root } from './canonical.js';

const here = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(path.join(tmpdir(), 'readme-'));
after(() => rmSync(project, { recursive: true }));
// As in a project that has installed the package.
mkdirSync(path.join(project, 'node_modules'));
symlinkSync(here, path.join(project, 'node_modules', 'supportkpi'));

function run(name, code) {
  writeFileSync(path.join(project, name), code);
  return execFileSync(process.execPath, [name], { cwd: project, encoding: 'utf8' });
}

const readme = readFileSync(path.join(here, 'README.md'), 'utf8');
const [code, printed] = [...readme.matchAll(/```(?:js|text)\n(.*?)```/gs)].map(([, block]) => block);

test('the example of this package', () => assert.equal(run('example.mjs', code), printed));

test('the example of this package with require', () => {
  const required = code.replace(/^import (\{.*\}) from 'supportkpi';$/m, "const $1 = require('supportkpi');");
  assert.ok(required.includes('require('));
  assert.equal(run('example.cjs', `(async () => {${required}})();`), printed);
});

test('the example of the front page', () => {
  const text = (file) => readFileSync(path.join(root, 'examples', 'readme', file), 'utf8');
  assert.equal(run('node.mjs', text('node.mjs')), text('expected.json'));
});

test('the version is that of the workspace', () => {
  const [, version] = /^version = "(.*)"$/m.exec(readFileSync(path.join(root, 'Cargo.toml'), 'utf8'));
  for (const file of ['package.json', 'package-lock.json']) {
    assert.equal(JSON.parse(readFileSync(path.join(here, file), 'utf8')).version, version, file);
  }
});
