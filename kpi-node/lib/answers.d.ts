// What verbs beside the report are asked for, and what they answer. Answers are plain data.
import type { Decimal, Every, Milestone, Period, Population } from '../index.js';

/** A figure in brief. Money is decimal text. */
export interface Brief {
  readonly value: number | string | null;
  readonly undefined: string | null;
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly band: string | null;
  readonly flags: readonly string[];
}

/** A difference with its evidence. */
export interface Evidence {
  readonly low: number | null;
  readonly high: number | null;
  readonly method: string | null;
  readonly p_value: number | null;
}

export interface Trends {
  readonly schema: string;
  readonly as_of: string | null;
  readonly every: Every;
  readonly series: readonly Series[];
}

/** One figure of one group, period by period. */
export interface Series {
  readonly by: Readonly<Record<string, string | null>>;
  readonly id: string;
  readonly population: Population;
  readonly unit: string;
  readonly points: readonly Point[];
}

export interface Point {
  readonly start: Period['start'];
  readonly end: Period['end'];
  /** Whether the period was over when the data was taken. */
  readonly complete: boolean;
  readonly now: Brief;
  /** The same of four periods together. */
  readonly moving: Brief | null;
  readonly changes: readonly Change[];
}

export interface Change extends Evidence {
  readonly against: 'previous_period' | 'previous_month' | 'year_before';
  readonly start: string;
  readonly difference: number;
  readonly equal_lengths: boolean;
}

export interface BiasAsk {
  dimension: string;
  /** Contacts that a segment must have to be judged; default 30. */
  smallest?: number | null;
}

export interface Bias {
  readonly schema: string;
  readonly dimension: string;
  readonly smallest: number;
  readonly figures: readonly {
    readonly id: string;
    readonly population: Population;
    readonly better: 'higher' | 'lower' | 'neither';
    readonly spread: number | null;
    /** Best first. */
    readonly segments: readonly Segment[];
    readonly left_out: readonly { readonly value: string | null; readonly n: number }[];
  }[];
}

/** A value of the dimension against all others together, and against the best. */
export interface Segment {
  readonly value: string | null;
  readonly rate: number;
  readonly n: number;
  readonly gap: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p_value: number | null;
  readonly adjusted_p_value: number | null;
  readonly ratio_to_best: number | null;
  readonly below_four_fifths: boolean;
}

type DimensionValue = string | number | boolean | null;

/** Contacts with these values, opened in this time; without any of it, everybody. */
export interface Side {
  label?: string | null;
  when?: Readonly<Record<string, DimensionValue | readonly DimensionValue[]>>;
  from?: string | Date | null;
  until?: string | Date | null;
}

export interface SideFound {
  readonly label: string;
  readonly when: Readonly<Record<string, readonly (string | null)[]>>;
  readonly from: string | null;
  readonly until: string | null;
  readonly contacts: number;
  readonly days: number;
}

/** Two sides, or the label of a milestone: what was before it is then `b`, and after it `a`. */
export interface CompareAsk {
  a?: Side | null;
  b?: Side | null;
  milestone?: string | null;
  days?: number | null;
  kpis?: readonly string[] | null;
  /** By figure, how much worse `a` may be and still be as good. */
  margin?: Readonly<Record<string, Decimal>>;
}

export interface Comparison {
  readonly schema: string;
  readonly as_of: string | null;
  readonly currency: string;
  readonly confidence_level: number;
  readonly milestone: Readonly<Milestone> | null;
  readonly a: SideFound;
  readonly b: SideFound;
  readonly equal_lengths: boolean;
  /** How many tests the adjusted p-values take into account. */
  readonly tests: number;
  readonly figures: readonly ComparedFigure[];
  readonly left_out: readonly string[];
}

export interface ComparedFigure extends Evidence {
  readonly id: string;
  readonly population: Population;
  readonly unit: string;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly a: Brief;
  readonly b: Brief;
  readonly difference: number | string | null;
  readonly not_compared: 'undefined' | 'unequal_lengths' | null;
  readonly per_day: { readonly a: number; readonly b: number; readonly difference: number } | null;
  readonly adjusted_p_value: number | null;
  readonly distinguishable: boolean | null;
  readonly basis: 'adjusted_p_value' | 'interval' | null;
  readonly parity: {
    readonly margin: string;
    readonly confidence_level: number;
    readonly bound: number | null;
    readonly verdict: string;
  } | null;
}

export interface DriftAsk {
  a: Side;
  b: Side;
  population?: Population | null;
}

export interface Drift {
  readonly schema: string;
  readonly as_of: string | null;
  readonly confidence_level: number;
  readonly population: Population;
  readonly a: SideFound;
  readonly b: SideFound;
  readonly n_a: number;
  readonly n_b: number;
  readonly bins: readonly {
    readonly key: string;
    readonly a: number;
    readonly b: number;
    readonly share_a: number;
    readonly share_b: number;
  }[];
  readonly psi: {
    readonly index: number;
    readonly class: 'stable' | 'moderate' | 'large';
    readonly by_chance: number;
    readonly beyond_chance: boolean;
  } | null;
  readonly kolmogorov_smirnov: {
    readonly statistic: number;
    readonly p_value: number;
    readonly distinct: number;
  } | null;
  readonly distinguishable: boolean | null;
}

/** A pilot's gates; exactly one line each. */
export interface GatesAsk {
  gates: readonly {
    kpi: string;
    population?: Population | null;
    at_least?: Decimal | null;
    at_most?: Decimal | null;
    not_worse_than_control_by?: Decimal | null;
  }[];
  treated: Side;
  control?: Side | null;
  /** The share of both that was meant to be treated; asks for a check of that. */
  intended_share?: Decimal | null;
  /** How often pilots may be judged wrongly, over all looks; default 0.05. */
  alpha?: number;
  looks?: { planned: number; now: number } | { information: readonly number[] } | null;
}

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'not_judged';

export interface Gates {
  readonly schema: string;
  readonly as_of: string | null;
  readonly verdict: Verdict;
  readonly sample_ratio: {
    readonly intended_share: string;
    readonly share: number;
    readonly chi_square: number;
    readonly p_value: number;
    readonly mismatch: boolean;
  } | null;
  readonly look: {
    readonly information: readonly number[];
    readonly alpha: number;
    readonly spent: number;
    readonly boundaries: readonly number[];
    readonly confidence_level: number;
  };
  readonly treated: SideFound;
  readonly control: SideFound | null;
  readonly gates: readonly {
    readonly id: string;
    readonly population: Population;
    readonly rule: 'at_least' | 'at_most' | 'not_worse_than_control_by';
    readonly line: string;
    readonly treated: Brief;
    readonly control: Brief | null;
    readonly difference: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly verdict: Verdict;
    readonly not_judged: string | null;
    readonly more_interactions: { readonly treated: number; readonly control: number | null } | null;
    readonly on_the_line: boolean;
  }[];
}

/** The figure that a model judged, and how that judge did where people looked too. */
export interface CorrectedAsk {
  kpi: string;
  population?: Population | null;
  true_positives: number;
  false_negatives: number;
  true_negatives: number;
  false_positives: number;
}

export interface Corrected {
  readonly schema: string;
  readonly as_of: string | null;
  readonly id: string;
  readonly population: Population;
  readonly observed: Brief;
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  readonly value: number | null;
  readonly undefined: string | null;
  readonly unclamped: number | null;
  readonly clamped: boolean | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence_level: number | null;
  readonly method: string | null;
}
