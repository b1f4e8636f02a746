// In Chromium: the same bytes, and the examples that people read.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { asked, calculatorCases, cases, expectations, named, root, verbCases } from '../../kpi-node/test/canonical.js';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const EMPTY = '/empty.html';
const README = '/readme.html';

let server, browser, base;
const pages = new Map([[EMPTY, '<!doctype html><title>supportkpi</title>']]);

before(async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  pages.set(README, /```html\n(.*?)```/s.exec(readme)[1]);
  server = createServer(serve);
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath, args: [...args, '--disable-component-update', '--disable-sync'] });
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** The repository's files, the empty page and the README's. */
async function serve({ url }, response) {
  const file = path.join(root, path.normalize(new URL(url, base).pathname));
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  try {
    const body = pages.get(url) ?? (await readFile(file));
    response.writeHead(200, { 'content-type': type }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function open(url) {
  const page = await browser.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('requestfailed', (request) => wrong.push(request.url()));
  await page.goto(base + url);
  return { page, wrong };
}

test('conformance', async () => {
  const { answers, catalogue } = expectations();
  const { page, wrong } = await open(EMPTY);
  const found = await page.evaluate(async (cases) => {
    const supportkpi = await import('/kpi-wasm/pkg/index.js');
    const answer = ({ tables, options }) =>
      supportkpi.report(tables, options).then(
        ({ json }) => ({ report: json }),
        ({ code, message, problems }) => ({ error: { code, message, problems } }),
      );
    return { answers: await Promise.all(cases.map(answer)), catalogue: supportkpi.catalogue() };
  }, cases);
  assert.equal(found.answers.length, cases.length);
  found.answers.forEach((answer, i) => assert.deepEqual(answer, answers.get(cases[i].name), cases[i].name));
  assert.deepEqual(found.catalogue, JSON.parse(catalogue));
  assert.deepEqual(wrong, []);
});

test('verbs', async () => {
  const { answers } = expectations();
  const { page, wrong } = await open(EMPTY);
  const questions = verbCases.map((one) => ({
    verb: one.verb,
    name: named(one),
    texts: [one.tables, one.ask, one.options].map((part) => JSON.stringify(part)),
    asked: asked(one),
  }));
  const found = await page.evaluate(async (questions) => {
    const supportkpi = await import('/kpi-wasm/pkg/index.js');
    const { answer } = await import('/kpi-wasm/pkg/supportkpi.js');
    await supportkpi.init();
    const plain = (found) => JSON.parse(JSON.stringify(found));
    const both = async ({ verb, name, texts, asked }) => [answer(verb, ...texts), plain(await supportkpi[name](...asked))];
    return Promise.all(questions.map(both));
  }, questions);
  found.forEach(([text, plain], i) => {
    const canonical = answers.get(verbCases[i].name).report;
    assert.equal(text, canonical, verbCases[i].name);
    assert.deepEqual(plain, JSON.parse(canonical));
  });
  assert.equal(found.length, verbCases.length);
  assert.deepEqual(wrong, []);
});

test('calculators alone', async () => {
  const { answers } = expectations();
  const { page, wrong } = await open(EMPTY);
  const questions = calculatorCases.map(({ verb, ask }) => [verb, JSON.stringify(ask)]);
  const found = await page.evaluate(async (questions) => {
    const { init } = await import('/kpi-wasm/pkg/money.js');
    const { calculate } = await import('/kpi-wasm/pkg/supportkpi_money.js');
    await init();
    return questions.map((question) => calculate(...question));
  }, questions);
  found.forEach((text, i) => assert.equal(text, answers.get(calculatorCases[i].name).report, calculatorCases[i].name));
  assert.equal(found.length, calculatorCases.length);
  assert.deepEqual(wrong, []);
});

test('a panic is an ordinary error, and the next call works', async () => {
  const { page } = await open(EMPTY);
  const found = await page.evaluate(async () => {
    const { init, panicOnPurpose, reportSync } = await import('/kpi-wasm/pkg/index.js');
    const early = (() => {
      try {
        reportSync({ interactions: [] });
      } catch (error) {
        return error.message;
      }
    })();
    await init();
    try {
      panicOnPurpose();
    } catch ({ code, name }) {
      const interactions = [{ id: '1', handling: 'ai', opened_at: new Date() }];
      return { early, code, name, value: reportSync({ interactions }).value('interactions').value };
    }
  });
  assert.deepEqual(found, {
    early: 'supportkpi is not loaded yet: `await init()` first',
    code: 'internal',
    name: 'SupportKpiError',
    value: 1,
  });
});

test('the example of this package', async () => {
  const { page, wrong } = await open(README);
  await page.waitForFunction(() => document.querySelector('output').textContent !== '');
  assert.equal(await page.textContent('output'), '1 of 3 held: Bo came back the next day');
  assert.deepEqual(wrong, []);
});

test('the example of the front page', async () => {
  const { page, wrong } = await open('/examples/readme/browser.html');
  await page.waitForFunction(() => document.querySelector('output').textContent !== '');
  const expected = await readFile(path.join(root, 'examples/readme/expected.json'), 'utf8');
  assert.equal(await page.textContent('output'), expected.trim());
  assert.deepEqual(wrong, []);
});
