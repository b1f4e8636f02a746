// In Node: every conformance case gives the same bytes as in Rust; errors and panics are ordinary exceptions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { asked, calculated, calculatorCases, cases, expectations, named, verbCases } from '../../kpi-node/test/canonical.js';
import * as alone from '../pkg/money-node.js';
import * as supportkpi from '../pkg/node.js';
import { answer as answerOf, calculate } from '../pkg/supportkpi.js';
import { calculate as calculateAlone } from '../pkg/supportkpi_money.js';

const { catalogue, panicOnPurpose, report, reportSync, SupportKpiError } = supportkpi;

let expected;
before(() => (expected = expectations()));

describe('conformance', () => {
  for (const { name, tables, options } of cases) {
    test(name, async () => {
      const answer = expected.answers.get(name);
      try {
        assert.equal((await report(tables, options)).json, answer.report);
      } catch (error) {
        if (!(error instanceof SupportKpiError) || answer.error === undefined) throw error;
        const { code, message, problems } = error;
        assert.deepEqual({ code, message, problems }, answer.error);
      }
    });
  }
});

describe('verbs', () => {
  for (const one of verbCases) {
    test(one.name, async () => {
      const canonical = expected.answers.get(one.name).report;
      const texts = [one.tables, one.ask, one.options].map((part) => JSON.stringify(part));
      assert.equal(answerOf(one.verb, ...texts), canonical);
      // A report is an object of its own; its plain data are what counts here.
      const answer = JSON.parse(JSON.stringify(await supportkpi[named(one)](...asked(one))));
      assert.deepEqual(answer, JSON.parse(canonical));
    });
  }
});

describe('calculators, of the whole module and alone', () => {
  for (const one of calculatorCases) {
    test(one.name, () => {
      const canonical = expected.answers.get(one.name).report;
      for (const text of [calculate, calculateAlone]) assert.equal(text(one.verb, JSON.stringify(one.ask)), canonical);
      for (const package_ of [supportkpi, alone]) {
        assert.deepEqual(package_[named(one)](calculated(one)), JSON.parse(canonical));
      }
    });
  }
});

test('the catalogue', () => assert.deepEqual(catalogue(), JSON.parse(expected.catalogue)));

test('a panic is an ordinary error, and the next call works', () => {
  for (let time = 0; time < 3; time += 1) {
    assert.throws(panicOnPurpose, (error) => {
      assert.ok(error instanceof SupportKpiError);
      assert.equal(error.code, 'internal');
      assert.match(error.message, /please report it: on purpose/);
      return true;
    });
    const interactions = [{ id: '1', handling: 'ai', opened_at: new Date() }];
    assert.equal(reportSync({ interactions }).value('interactions').value, 1);
  }
});

test('the modules are as small as the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const said = [...readme.matchAll(/under (\d+) KB/g)].map(([, kilobytes]) => Number(kilobytes));
  const sizes = ['supportkpi_bg.wasm', 'supportkpi_money_bg.wasm'].map(
    (file) => gzipSync(readFileSync(new URL(`../pkg/${file}`, import.meta.url)), { level: 9 }).length,
  );
  assert.equal(said.length, sizes.length);
  sizes.forEach((size, i) => assert.ok(size < said[i] * 1000, `${size} bytes`));
});
