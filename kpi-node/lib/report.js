const SHOWN = 8;

/** A report: its canonical JSON, and its values by name. */
export class Report {
  #json;
  #data;
  #groups;

  constructor(json) {
    this.#json = json;
  }

  get json() {
    return this.#json;
  }

  get #parsed() {
    return (this.#data ??= JSON.parse(this.#json));
  }

  toJSON() {
    return JSON.parse(this.#json);
  }

  value(id, population = 'all', by = {}, period = null) {
    if (this.#groups === undefined) {
      const named = this.#parsed.groups.map((group) => [groupKey(group.by, group.period?.start ?? null), group]);
      this.#groups = new Map(named);
    }
    const group = this.#groups.get(groupKey(by ?? {}, start(period)));
    return freeze(group?.values.find((value) => value.id === id && value.population === population));
  }

  *[Symbol.iterator]() {
    for (const { by, period, values } of this.#parsed.groups) {
      for (const value of values) yield freeze({ ...value, by, period });
    }
  }

  /** The first figures of the total, one a line. */
  toString() {
    const { as_of, counts, groups } = this.#parsed;
    const count = groups.reduce((sum, group) => sum + group.values.length, 0);
    const parts = `${groups.length} group${groups.length === 1 ? '' : 's'}`;
    const head = `Report as of ${as_of}: ${counts.rows_used} rows, ${parts}, ${count} values`;
    const line = (value) => `  ${value.id.padEnd(32)} ${value.population.padEnd(12)} ${shown(value)}`;
    const lines = (groups[0]?.values ?? []).slice(0, SHOWN).map(line);
    return [head, ...lines, ...(count > lines.length ? [`  … ${count - lines.length} more`] : [])].join('\n');
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.toString();
  }
}

function groupKey(by, start) {
  return JSON.stringify([Object.entries(by).sort(([a], [b]) => (a < b ? -1 : 1)), start]);
}

/** The report writes a moment without a fraction it does not need. */
function start(period) {
  if (period instanceof Date) return period.toISOString().replace('.000Z', 'Z');
  return typeof period === 'object' && period !== null ? period.start : period;
}

function freeze(value) {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

function shown({ value, undefined: missing, low, high, n }) {
  if (missing !== null) return `undefined: ${missing.reason}`;
  if (Array.isArray(value)) {
    return value.slice(0, 3).map(({ key, share }) => `${key} ${Math.round(share * 100)}%`).join(', ');
  }
  const text = typeof value === 'number' ? short(value) : value;
  return low === null ? text : `${text} (${short(low)} to ${short(high)}, n ${n})`;
}

function short(number) {
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(4)));
}
