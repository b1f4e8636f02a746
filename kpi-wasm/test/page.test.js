// The demo's page in Chromium: readable for everybody (axe), by light and by dark, on a desk, on a phone and on paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = fileURLToPath(new URL('../../', import.meta.url));
const file = path.join(mkdtempSync(path.join(tmpdir(), 'page-')), 'report.html');
const ways = {
  'on a desk': { viewport: { width: 1280, height: 900 } },
  'in the dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 } },
  'on a phone in the dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  'on paper': { viewport: { width: 794, height: 1123 }, media: 'print' },
};

let browser;
before(async () => {
  const example = ['run', '--quiet', '--package', 'kpi-core', '--example', 'page', '--', 'examples/data', file];
  execFileSync('cargo', example, { cwd: root, stdio: 'inherit' });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
after(() => browser?.close());

async function open({ media, ...way }) {
  const context = await browser.newContext({ ...way, bypassCSP: true });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  if (media) await page.emulateMedia({ media });
  await page.goto(pathToFileURL(file).href);
  return { page, asked };
}

describe('no violation', () => {
  for (const [name, way] of Object.entries(ways)) {
    test(name, async () => {
      const { page } = await open(way);
      // What is folded must be readable too.
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(' ')}`);
      assert.deepEqual(told, []);
    });
  }
});

test('it loads nothing, and no picture of it is wider than the screen', async () => {
  for (const way of Object.values(ways)) {
    const { page, asked } = await open(way);
    assert.deepEqual(asked, [pathToFileURL(file).href]);
    const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= width, `${wide} of ${width}`);
  }
});

test('every link leads somewhere, and the keyboard reaches all of them', async () => {
  const { page } = await open(ways['on a desk']);
  const lost = await page.$$eval('a[href^="#"]', (links) =>
    links.map((link) => link.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id)),
  );
  assert.deepEqual(lost, []);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the report');
});

test('it is under 400 KB', () => assert.ok(statSync(file).size < 400_000, `${statSync(file).size} bytes`));
