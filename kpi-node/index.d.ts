import type * as answers from './lib/answers.js' with { 'resolution-mode': 'import' };
import type * as contract from './lib/contract.js' with { 'resolution-mode': 'import' };
import type * as money from './lib/money.js' with { 'resolution-mode': 'import' };
import type { Plan } from './lib/plan.js' with { 'resolution-mode': 'import' };
export type * from './lib/answers.js' with { 'resolution-mode': 'import' };
export type * from './lib/contract.js' with { 'resolution-mode': 'import' };
export type * from './lib/money.js' with { 'resolution-mode': 'import' };
export type * from './lib/plan.js' with { 'resolution-mode': 'import' };

/** Anything a cell may hold: text, a number, a boolean, a moment, or nothing. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** Rows with columns for keys. What an object says of itself with `toJSON`, such as a decimal's text, is read too. */
export type Rows = Iterable<Readonly<Record<string, Cell | { toJSON(): string | number }>>>;

/** The five tables; only `interactions` is needed. */
export interface Tables {
  /** One row a contact. */
  interactions: Rows;
  /** What no single contact carries, such as a platform fee. */
  costs?: Rows | null;
  /** Customer companies. */
  accounts?: Rows | null;
  /** What conversations gave away, such as a wish to leave. */
  signals?: Rows | null;
  /** Failures that were flagged, and when they were mended. */
  fixes?: Rows | null;
}

export type Population = 'all' | 'ai' | 'human' | 'ai_to_human' | 'ai_fronted' | 'people';
export type Every = 'day' | 'week' | 'month' | 'quarter' | 'year';
/** A number, or a decimal as text. */
export type Decimal = number | string;

/** What a report may be asked for; the names are the same in every language. */
export interface Options {
  as_of?: string | Date | null;
  time_zone?: string | null;
  naive_timezone?: string | null;
  by?: readonly string[] | null;
  every?: Every | null;
  recontact_hours?: number | null;
  confidence_level?: number | null;
  low_confidence_threshold?: Decimal | null;
  currency?: string | null;
  quantiles?: 'exact' | 'sketch' | null;
  on_invalid?: 'error' | 'quarantine' | null;
  kpis?: readonly string[] | null;
  benchmarks?: readonly (string | BenchmarkSet)[] | null;
  targets?: readonly Target[] | null;
  /** What happened when, each under its own label. */
  milestones?: readonly Milestone[] | null;
  cluster?: string | null;
  baseline?: Readonly<Record<string, Decimal>> | null;
  forecast?: Readonly<Record<string, Decimal>> | null;
  labor?: Readonly<Record<string, Decimal>> | null;
  business_hours?: BusinessHours | null;
  sla?: readonly SlaTarget[] | null;
}

export interface Milestone {
  at: string;
  label: string;
}

/** Values from or above one end, to or below the other. */
export interface Range {
  from?: Decimal;
  above?: Decimal;
  to?: Decimal;
  below?: Decimal;
}

/** Ranges by which figures are judged; the built-in sets have the same form. */
export interface BenchmarkSet {
  name: string;
  title?: string;
  source?: string;
  advice?: string;
  lines: readonly {
    kpi: string;
    population?: Population;
    owner?: string;
    currency?: string;
    floor?: Range;
    benchmark?: Range;
    top?: Range;
    too_good?: Range;
    note?: string;
  }[];
}

/** What is to be reached, by whom, until when. */
export interface Target {
  kpi: string;
  population?: Population;
  owner?: string;
  goal: Decimal | 'forecast' | 'baseline';
  better?: 'higher' | 'lower';
  critical?: Decimal;
  sceptical?: Decimal;
  phases?: readonly { name: string; until: string | Date; goal: Decimal }[];
}

/** Where a figure stands to a target. */
export interface TargetStanding {
  readonly kpi: string;
  readonly population: Population;
  readonly owner: string | null;
  readonly phase: string | null;
  readonly better: 'higher' | 'lower';
  readonly goal: string;
  readonly value: number | null;
  readonly undefined: Undefined | null;
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly drift: number | null;
  readonly standing: 'met' | 'missed' | 'critical' | 'too_good' | 'unknown';
  readonly far_off: boolean;
  readonly sure: boolean;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export interface BusinessHours {
  time_zone?: string;
  weekly: Partial<Record<Weekday, readonly (readonly [string, string])[]>>;
  holidays?: readonly string[];
}

export interface SlaTarget {
  when?: Readonly<Record<string, string | number | boolean | null>>;
  first_response_seconds?: Decimal | null;
  resolution_seconds?: Decimal | null;
  clock?: 'calendar' | 'business';
}

/** Why there is no value. */
export interface Undefined {
  readonly reason: 'needs_option' | 'missing_input' | 'no_data' | 'immature' | 'no_denominator';
  readonly columns?: readonly string[];
  readonly option?: string;
}

/** One entry of a distribution; money has an `amount`, everything else a `count`. */
export interface Share {
  readonly key: string;
  readonly share: number;
  readonly count?: number;
  readonly amount?: string;
}

/** A figure for one population, with its evidence. */
export interface Value {
  readonly id: string;
  readonly population: Population;
  readonly unit: string;
  /** Money is decimal text, a distribution a list of shares, anything else a number. */
  readonly value: number | string | readonly Share[] | null;
  readonly undefined: Undefined | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  /** How many observations it rests on. */
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence_level: number | null;
  readonly method: string | null;
  readonly p_value: number | null;
  readonly band: string | null;
  readonly flags: readonly string[];
}

export interface Period {
  readonly every: Every;
  readonly start: string;
  readonly end: string;
}

/** A value with the group it belongs to. */
export interface GroupValue extends Value {
  readonly by: Readonly<Record<string, string | null>>;
  readonly period: Period | null;
}

export interface Group {
  by: Record<string, string | null>;
  period: Period | null;
  outcomes: Record<string, number>;
  values: Value[];
}

/** The report as plain data. */
export interface ReportData {
  schema: string;
  catalogue: string;
  as_of: string | null;
  currency: string;
  counts: { rows_in: number; rows_used: number; rows_quarantined: number; rows_out_of_scope: number };
  invalid: Problem[];
  ledger: Record<string, string | null>;
  fingerprint: string;
  /** Only where the options have targets. */
  targets?: TargetStanding[];
  groups: Group[];
}

/** A report: its canonical JSON, and its values by name. Iterating gives every value of every group. */
export declare class Report implements Iterable<GroupValue> {
  /** Reads a report from its canonical JSON. */
  constructor(json: string);
  /** Canonical JSON: the same bytes in every language. */
  get json(): string;
  /** Plain data, as a copy of its own. */
  toJSON(): ReportData;
  /**
   * One value, or undefined if the report does not have it.
   *
   * @param population Whose contacts; all by default.
   * @param by The group's dimensions and their values; none for the total.
   * @param period The period, or its first instant; null for all time.
   */
  value(
    id: string,
    population?: Population,
    by?: Readonly<Record<string, string | null>> | null,
    period?: string | Date | Period | null,
  ): Value | undefined;
  [Symbol.iterator](): Iterator<GroupValue>;
  toString(): string;
}

/** A rule that rows break. */
export interface Problem {
  readonly table: string;
  readonly rule: string;
  /** How many cells break it. */
  readonly count: number;
  /** The first five; `row` is counted from 0. */
  readonly examples: readonly { row: number; id: string | null; column: string; value: string | null }[];
}

/** What is wrong with tables or options, and how to mend it. */
export declare class SupportKpiError extends Error {
  constructor(message: string, code: string, problems?: readonly Problem[]);
  readonly name: 'SupportKpiError';
  /** A stable word such as `invalid_rows` or `invalid_option`. */
  readonly code: string;
  /** The rules that rows break, if that is what is wrong. */
  readonly problems: readonly Problem[];
}

/** A figure of the catalogue as data. */
export interface Kpi {
  id: string;
  name: string;
  also_called: string[];
  family: string;
  means: string;
  misleads: string;
  words: string;
  tex: string;
  unit: string;
  better: 'higher' | 'lower' | 'neither';
  populations: Population[];
  needs: string[];
  inputs: { any_of: string[]; populations: Population[] | null }[];
  sources: string[];
  views: string[];
  timing: 'leading' | 'lagging';
  tier: 'activity' | 'resolution' | 'revenue';
  benchmark: string | null;
  example: { tables: object; options: object; working: string; expect: { population: Population; value: unknown }[] };
}

/** Computes every figure that the tables (or their JSON text) allow, off the event loop. */
export declare function report(tables: Tables | string, options?: Options | string): Promise<Report>;

/** Like `report`, while the event loop waits. */
export declare function reportSync(tables: Tables | string, options?: Options | string): Report;

/** What changed from period to period; the option `every` is needed. */
export declare function trends(tables: Tables | string, options: Options | string): Promise<answers.Trends>;

/** Whether everybody is served alike: the values of a dimension, each against all others and against the best. */
export declare function bias(
  tables: Tables | string,
  ask: answers.BiasAsk | string,
  options?: Options | string,
): Promise<answers.Bias>;

/** One side against the other: the difference of each figure, its interval, and whether chance explains it. */
export declare function compare(
  tables: Tables | string,
  ask: answers.CompareAsk | string,
  options?: Options | string,
): Promise<answers.Comparison>;

/** Whether the AI's confidence moved, which comes before its accuracy does. */
export declare function drift(
  tables: Tables | string,
  ask: answers.DriftAsk | string,
  options?: Options | string,
): Promise<answers.Drift>;

/** Whether a pilot holds what it was meant to: each gate by its whole interval, after a check of the groups. */
export declare function gates(
  tables: Tables | string,
  ask: answers.GatesAsk | string,
  options?: Options | string,
): Promise<answers.Gates>;

/** A rate that a model judged, without the model's own mistakes. */
export declare function corrected(
  tables: Tables | string,
  ask: answers.CorrectedAsk | string,
  options?: Options | string,
): Promise<answers.Corrected>;

/** Who came back when, whether it holds when it is busy, and where to let the AI answer. */
export declare function curves(
  tables: Tables | string,
  ask?: answers.CurvesAsk | string,
  options?: Options | string,
): Promise<answers.Curves>;

/** The same contacts under several definitions of "resolved", and the rule behind each disagreement. */
export declare function profiles(
  tables: Tables | string,
  ask?: answers.ProfilesAsk | string,
  options?: Options | string,
): Promise<answers.Profiles>;

/** What has just moved, surest first: since when, how far beyond chance, what to look at; `every` is needed. */
export declare function warnings(
  tables: Tables | string,
  ask: answers.WarningsAsk | string,
  options: Options | string,
): Promise<answers.Warnings>;

/** Which issues of people the AI should take next, with what is missing to be sure. */
export declare function candidates(
  tables: Tables | string,
  ask?: money.CandidatesAsk | string,
  options?: Options | string,
): Promise<money.Candidates>;

/** What is owed up to a period, line by line: a function of contract, contacts and the statement before. */
export declare function settle(
  tables: Tables | string,
  ask: contract.SettleAsk | string,
  options?: Options | string,
): Promise<contract.Statement>;

/** A plan with inputs from contacts, by what held and not by what was claimed; `roi` takes it. */
export declare function roiPlan(
  tables: Tables | string,
  ask?: { plan?: Plan } | string,
  options?: Options | string,
): Promise<money.RoiPlan>;

/** Each AI agent's revenue, avoided cost and costs, by period where `every` is given; `pnl` takes them. */
export declare function pnlBooks(tables: Tables | string, options?: Options | string): Promise<money.PnlAsk>;

/** The option `forecast` against what contacts tell; `variance` takes it. */
export declare function varianceDrivers(tables: Tables | string, options: Options | string): Promise<money.VarianceAsk>;

/** Every input of a plan with its unit, range, default and a sentence, so that a form can be made of it. */
export declare function roiInputs(): money.PlanInputs;

/** Whether it is worth it, month by month, with every step on the way. */
export declare function roi(plan?: Plan | string): money.Roi;

/** Which input matters most: each moved alone. */
export declare function tornado(ask?: money.TornadoAsk | string): money.Tornado;

/** How likely it pays, over thousands of plans with drawn inputs; a seed gives the same draws everywhere. */
export declare function chance(ask: money.ChanceAsk | string): money.Chance;

/** Plans beside one that they change. */
export declare function scenarios(ask: money.ScenariosAsk | string): money.Scenarios;

/** What human work costs, by the year, the hour and the minute; takes the option `labor` of a report. */
export declare function labour(labor: Readonly<Record<string, Decimal>> | string): money.Labour;

/** Ways to pay at any volume, and where they change places. */
export declare function pricing(ask: money.PricingAsk | string): money.Pricing;

/** Why a contact costs more than was expected, shared out to what moved. */
export declare function variance(ask: money.VarianceAsk | string): money.Variance;

/** Which agent pays for itself, and which is to go. */
export declare function pnl(books: money.PnlAsk | string): money.Pnl;

/** Whether statements of one contract, the earliest first, are as they were written, and add up. */
export declare function verify(statements: Iterable<contract.Statement | string>): contract.Verified;

/** Every figure: what it means, when it misleads, its formula, what it needs, a worked example. */
export declare function catalogue(): Kpi[];
