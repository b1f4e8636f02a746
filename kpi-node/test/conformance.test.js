// Every conformance case gives the same bytes as in Rust: awaited, at once, and from JSON text.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as supportkpi from '../index.js';
import native from '../native.cjs';
import { asked, calculated, calculatorCases, cases, expectations, named, verbCases } from './canonical.js';

const { catalogue, report, reportSync } = supportkpi;

let expected;
before(() => (expected = expectations()));

const ways = {
  awaited: ({ tables, options }) => report(tables, options),
  'at once': ({ tables, options }) => reportSync(tables, options),
  'from text': ({ tables, options }) => report(JSON.stringify(tables), JSON.stringify(options)),
};

test('there are cases', () => assert.ok(cases.length > 100));

for (const [way, compute] of Object.entries(ways)) {
  describe(way, () => {
    for (const one of cases) {
      test(one.name, async () => {
        const answer = expected.answers.get(one.name);
        try {
          const found = await compute(one);
          assert.equal(found.json, answer.report);
        } catch (error) {
          if (error.code === undefined || answer.error === undefined) throw error;
          const { code, message, problems } = error;
          assert.deepEqual({ code, message, problems }, answer.error);
        }
      });
    }
  });
}

describe('verbs', () => {
  for (const one of verbCases) {
    test(one.name, async () => {
      const canonical = expected.answers.get(one.name).report;
      const texts = [one.tables, one.ask, one.options].map((part) => JSON.stringify(part));
      assert.equal(native.answerNow(one.verb, ...texts).json, canonical);
      // A report is an object of its own; its plain data are what counts here.
      const answer = JSON.parse(JSON.stringify(await supportkpi[named(one)](...asked(one))));
      assert.deepEqual(answer, JSON.parse(canonical));
    });
  }
});

describe('calculators', () => {
  for (const one of calculatorCases) {
    test(one.name, () => {
      const canonical = expected.answers.get(one.name).report;
      assert.equal(native.calculate(one.verb, JSON.stringify(one.ask)).json, canonical);
      assert.deepEqual(supportkpi[named(one)](calculated(one)), JSON.parse(canonical));
    });
  }
});

test('the catalogue', () => {
  assert.deepEqual(catalogue(), JSON.parse(expected.catalogue));
  assert.ok(catalogue().some(({ id }) => id === 'verified_resolution_rate'));
});
