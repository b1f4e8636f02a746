import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { report, reportSync, SupportKpiError } from '../index.js';
import { SupportKpiError as OfLibrary } from '../lib/error.js';
import native from '../native.cjs';

const row = { id: '1', handling: 'ai', opened_at: '2026-01-05T09:00:00Z' };

async function failure(tables, options) {
  let sync;
  try {
    reportSync(tables, options);
  } catch (error) {
    sync = error;
  }
  try {
    await report(tables, options);
  } catch (error) {
    assert.deepEqual({ ...error, text: error.message }, { ...sync, text: sync.message });
    assert.ok(error instanceof SupportKpiError && error instanceof Error);
    assert.equal(error.name, 'SupportKpiError');
    return error;
  }
  assert.fail('no error');
}

async function rules(...rows) {
  const { problems } = await failure({ interactions: rows });
  return problems.flatMap(({ rule, examples }) => examples.map(({ column, value }) => [rule, column, value]));
}

describe('codes', () => {
  for (const [tables, options, code] of [
    [{ interactions: [{ id: '1' }] }, {}, 'invalid_rows'],
    [{ interactions: [row] }, { colour: 'red' }, 'invalid_option'],
    [{ interactions: [row] }, { by: 'agent_id' }, 'invalid_option'],
    [{ interactions: [row] }, { baseline: { cost_per_contact: NaN } }, 'invalid_option'],
    [{ interactions: [row] }, { kpis: ['csta'] }, 'unknown_kpi'],
    [{ contacts: [row] }, {}, 'malformed_input'],
    ['{', {}, 'malformed_input'],
    ['['.repeat(100), {}, 'limit_exceeded'],
    [{ interactions: [{ ...row, id: '\ud800' }] }, {}, 'malformed_input'],
  ]) {
    test(`${code} ${JSON.stringify([tables, options]).slice(0, 60)}`, async () => {
      const error = await failure(tables, options);
      assert.equal(error.code, code);
      assert.ok(error.message.length > 10);
      assert.equal(error.problems.length > 0, code === 'invalid_rows');
    });
  }
});

test('problems', async () => {
  const { problems } = await failure({ interactions: [row, { ...row, id: '2', csat: 'good' }] });
  const examples = [{ row: 1, id: '2', column: 'csat', value: 'good' }];
  assert.deepEqual(problems, [{ table: 'interactions', rule: 'wrong_type', count: 1, examples }]);
});

test('what JSON cannot write does not become null', async () => {
  assert.deepEqual(await rules({ ...row, csat: NaN, cost_api: -Infinity }), [
    ['not_finite', 'csat', 'NaN'],
    ['not_finite', 'cost_api', '-inf'],
  ]);
  assert.deepEqual(await rules({ ...row, customer_id: NaN }), [['wrong_type', 'customer_id', 'NaN']]);
  assert.deepEqual(await rules({ ...row, opened_at: new Date('?') }), [['wrong_type', 'opened_at', 'Invalid Date']]);
  assert.deepEqual((await rules({ ...row, csat: { score: 5 } }))[0].slice(0, 2), ['wrong_type', 'csat']);
});

test('cells of every type', () => {
  const decimal = { toJSON: () => '0.1234567890123456789012345678' };
  const day = { start: new Date('2026-01-05T00:00:00Z'), end: new Date('2026-01-06T00:00:00Z') };
  const interactions = new Set([{ ...row, csat: null, note: undefined }]);
  const ledger = (amount) => {
    const costs = [{ layer: 'platform', scope: 'ai', amount, ...day }];
    return reportSync({ interactions, costs, fixes: null }).toJSON().ledger.total;
  };
  assert.equal(ledger(decimal), decimal.toJSON());
  assert.equal(ledger(0.1), '0.1');
  assert.equal(ledger(5n), '5');
  assert.equal(ledger(12345678901234567890n), '12345678901234567890');
});

test('options of every type', () => {
  const as_of = new Date('2026-01-12T00:00:00Z');
  const baseline = { cost_per_contact: '9.20' };
  const options = { as_of, by: ['agent_id'], every: null, baseline, recontact_hours: 48n };
  assert.equal(reportSync({ interactions: [row] }, options).toJSON().as_of, '2026-01-12T00:00:00Z');
});

test('what is no table, row, cell or option', async () => {
  for (const [tables, options, message] of [
    [[row], {}, /the tables are an object/],
    [null, {}, /the tables are an object/],
    [{ interactions: 5 }, {}, /interactions is no list of rows/],
    [{ interactions: 'text' }, {}, /interactions is no list of rows/],
    [{ interactions: [row], costs: [null] }, {}, /costs, row 0: a row is an object/],
    [{ interactions: [row, { ...row, csat: () => 5 }] }, {}, /interactions, row 1, column csat: a function is no cell/],
    [{ interactions: [row] }, [], /the options are an object/],
  ]) {
    assert.throws(() => reportSync(tables, options), { name: 'TypeError', message });
    await assert.rejects(report(tables, options), { name: 'TypeError', message });
  }
});

test('a panic is an ordinary error', () => {
  const { json, error } = native.panicOnPurpose();
  assert.equal(json ?? null, null);
  assert.equal(OfLibrary.fromJson(error).code, 'internal');
  assert.match(OfLibrary.fromJson(error).message, /please report it: on purpose/);
});
