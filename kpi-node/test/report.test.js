import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { test } from 'node:test';
import { Report, report, reportSync, SupportKpiError } from '../index.js';

const rows = [
  { id: '1', handling: 'ai', agent_id: 'a', opened_at: new Date('2026-01-05T09:00:00Z') },
  { id: '2', handling: 'ai', agent_id: 'b', opened_at: new Date('2026-01-12T09:00:00Z') },
  { id: '3', handling: 'human', opened_at: new Date('2026-01-13T09:00:00Z') },
];
const kpis = ['interactions', 'first_contact_resolution'];
const grouped = reportSync({ interactions: rows }, { by: ['agent_id'], every: 'week', kpis });

test('values of the total', () => {
  assert.equal(grouped.value('interactions').value, 3);
  assert.equal(grouped.value('interactions', 'ai').value, 2);
  const { undefined: missing } = grouped.value('first_contact_resolution');
  assert.deepEqual(missing, { reason: 'missing_input', columns: ['customer_id'] });
});

test('values of groups', () => {
  assert.equal(grouped.value('interactions', 'all', { agent_id: 'a' }).value, 1);
  assert.equal(grouped.value('interactions', 'all', { agent_id: null }).value, 1);
  const start = new Date('2026-01-12T00:00:00Z');
  const period = [...grouped].find((value) => value.period?.start === '2026-01-12T00:00:00Z').period;
  for (const when of [start, '2026-01-12T00:00:00Z', period]) {
    assert.equal(grouped.value('interactions', 'all', {}, when).value, 2);
    assert.equal(grouped.value('interactions', 'all', { agent_id: 'b' }, when).value, 1);
  }
});

test('what is not there is undefined', () => {
  assert.equal(grouped.value('csat'), undefined);
  assert.equal(grouped.value('interactions', 'robots'), undefined);
  assert.equal(grouped.value('interactions', 'all', { agent_id: 'z' }), undefined);
  assert.equal(grouped.value('interactions', 'all', {}, '2020-01-01T00:00:00Z'), undefined);
});

test('all values', () => {
  const data = grouped.toJSON();
  assert.equal([...grouped].length, data.groups.reduce((sum, group) => sum + group.values.length, 0));
  assert.deepEqual(data, JSON.parse(grouped.json));
  assert.deepEqual(JSON.parse(JSON.stringify(grouped)), data);
  data.groups.length = 0;
  assert.ok(grouped.toJSON().groups.length > 0, 'toJSON gives a copy');
  assert.throws(() => (grouped.value('interactions').value = 4), TypeError);
});

test('a report shows a few lines and can be read again', () => {
  const lines = inspect(grouped).split('\n');
  assert.match(lines[0], /^Report as of 2026-01-13T09:00:00Z: 3 rows, 9 groups, \d+ values$/);
  assert.match(lines[1], /^ {2}interactions +all +3$/);
  assert.match(lines.at(-1), /more$/);
  assert.equal(String(new Report(grouped.json)), String(grouped));
});

test('the event loop goes on meanwhile', async () => {
  const interactions = Array.from({ length: 50_000 }, (_, id) => ({ ...rows[0], id: String(id) }));
  const many = JSON.stringify({ interactions });
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 1);
  await report(many);
  clearInterval(timer);
  assert.ok(ticks > 10, `${ticks} ticks`);
});

test('require gives the same', () => {
  const required = createRequire(import.meta.url)('../index.cjs');
  assert.equal(required.reportSync, reportSync);
  assert.equal(required.SupportKpiError, SupportKpiError);
});
