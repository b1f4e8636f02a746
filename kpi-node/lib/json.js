// Rows and options as the JSON that the core reads. What JSON cannot write must not become null on the way.

const TABLES = ['interactions', 'costs', 'accounts', 'signals', 'fixes'];

/** The tables as JSON; a text is taken as it is. */
export function tablesJson(tables) {
  if (typeof tables === 'string') return tables;
  if (tables === null || typeof tables !== 'object' || Array.isArray(tables)) {
    throw new TypeError('the tables are an object such as {interactions: [{id: "1", …}]}, or its JSON text');
  }
  const written = {};
  // A name that is no table is left for the core to refuse.
  for (const name of new Set([...TABLES, ...Object.keys(tables)])) {
    const rows = tables[name];
    if (rows === undefined || rows === null) continue;
    if (typeof rows === 'string' || typeof rows[Symbol.iterator] !== 'function') {
      throw new TypeError(`${name} is no list of rows; give an array of objects`);
    }
    written[name] = Array.from(rows, (row, number) => plainRow(name, row, number));
  }
  return JSON.stringify(written);
}

/** The options as JSON; one that is null is as good as not given. */
export function optionsJson(options = {}) {
  return givenJson(options, 'the options are an object such as {by: ["agent_id"]}, or its JSON text');
}

/** What a verb is asked for, as JSON. */
export function askJson(verb, ask = {}) {
  return givenJson(ask, `what ${verb} is asked for is an object, or its JSON text`);
}

function givenJson(given, refusal) {
  if (typeof given === 'string') return given;
  if (given === null || typeof given !== 'object' || Array.isArray(given)) throw new TypeError(refusal);
  const present = Object.entries(given).filter(([, value]) => value !== null);
  return JSON.stringify(Object.fromEntries(present), (_, value) => {
    if (typeof value === 'bigint') return whole(value);
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
}

function plainRow(table, row, number) {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) {
    throw new TypeError(`${table}, row ${number}: a row is an object with columns for keys`);
  }
  for (const column in row) {
    if (isPlain(row[column])) continue;
    const cells = Object.entries(row).map(([column, cell]) => [column, plainCell(cell, table, number, column)]);
    return Object.fromEntries(cells);
  }
  return row;
}

function isPlain(cell) {
  if (typeof cell === 'number') return Number.isFinite(cell);
  return typeof cell === 'string' || typeof cell === 'boolean' || cell === null || cell === undefined;
}

function plainCell(cell, table, number, column) {
  switch (typeof cell) {
    case 'number':
      if (Number.isFinite(cell)) return cell;
      // The core knows these as numbers that are not finite.
      return { float: Number.isNaN(cell) ? 'NaN' : cell > 0 ? 'inf' : '-inf' };
    case 'bigint':
      return whole(cell);
    case 'function':
    case 'symbol':
      throw new TypeError(
        `${table}, row ${number}, column ${column}: a ${typeof cell} is no cell; ` +
          'give text, a number, a bigint, a boolean, a Date or null',
      );
    default:
      // JSON would write null for an invalid Date, and the row would count as still open.
      return cell instanceof Date && Number.isNaN(cell.getTime()) ? 'Invalid Date' : cell;
  }
}

/** Beyond what a number holds, text keeps the digits; the core reads decimals from either. */
function whole(value) {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
