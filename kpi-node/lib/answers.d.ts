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
  readonly currency: string;
  readonly confidence_level: number;
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
  readonly confidence_level: number;
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

/** How many of how many. */
export interface Part {
  readonly hits: number;
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface CurvesAsk {
  /** How far the curve of returns reaches; default 168. */
  hours?: number | null;
  /** Of the AI's confidence, ascending from 0 to 1; default every twentieth. */
  thresholds?: readonly Decimal[] | null;
}

export interface Trend {
  /** Below nought: less, or sooner, when it is busy. */
  readonly z: number;
  readonly p_value: number;
}

export interface Curves {
  readonly schema: string;
  readonly as_of: string | null;
  readonly confidence_level: number;
  readonly recontact: {
    readonly hours: number;
    readonly curves: readonly {
      readonly population: Population;
      readonly contacts: number;
      readonly returns: number;
      readonly left_out: number;
      readonly points: readonly {
        readonly hours: number;
        readonly back: number;
        readonly low: number | null;
        readonly high: number | null;
        readonly at_risk: number;
      }[];
      readonly mature: readonly { readonly hours: number; readonly part: Part }[];
    }[];
    readonly p_value: number | null;
  };
  readonly load: {
    readonly bins: readonly {
      readonly from: number;
      readonly to: number;
      readonly contacts: number;
      readonly resolved: Part;
      readonly accurate: Part;
      readonly first_response: {
        readonly median_seconds: number;
        readonly n: number;
        readonly low: number | null;
        readonly high: number | null;
      } | null;
    }[];
    readonly resolved: Trend | null;
    readonly accurate: Trend | null;
    readonly first_response: Trend | null;
  };
  readonly threshold: {
    readonly points: readonly {
      readonly threshold: string;
      readonly served: Part;
      readonly resolved: Part;
      readonly verified: Part;
      readonly forgone: Part;
    }[];
    readonly left_out: number;
  };
}

export type Ruling = 'counted' | 'not_counted' | 'not_yet' | 'outside';

/** A definition of "resolved": the first rule that holds decides. */
export interface Profile {
  name: string;
  title?: string;
  source?: string;
  in_words?: string;
  automation?: boolean;
  rules: readonly { when: string; within_hours?: number | 'recontact_hours' | null; then: Ruling }[];
  else?: Ruling;
}

export interface ProfilesAsk {
  /** By name, or your own; default the six that are built in. */
  profiles?: readonly (string | Profile)[] | null;
  /** How many contacts are named for each reason; default 3. */
  examples?: number | null;
  every_contact?: boolean;
}

export interface ProfileRate {
  readonly counted: number;
  readonly n: number;
  readonly value: number | null;
  readonly undefined: { readonly reason: string; readonly columns?: readonly string[] } | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Decision {
  readonly ruling: Ruling;
  readonly rule: string;
}

export interface Profiles {
  readonly schema: string;
  readonly as_of: string | null;
  readonly confidence_level: number;
  readonly recontact_hours: number;
  readonly contacts: number;
  readonly ai_fronted: number;
  readonly held_against: string;
  readonly profiles: readonly {
    readonly name: string;
    readonly title: string;
    readonly source: string;
    readonly in_words: string;
    readonly rulings: Readonly<Record<Ruling, number>>;
    readonly rate: ProfileRate;
    readonly automation: ProfileRate | null;
    readonly came_back: ProfileRate;
    readonly more: number;
    readonly less: number;
    readonly rules: readonly {
      readonly when: string;
      readonly within_hours: number | string | null;
      readonly then: Ruling;
      readonly contacts: number;
    }[];
    readonly blind: readonly { readonly when: string; readonly columns: readonly string[] }[];
  }[];
  readonly overlaps: readonly {
    readonly a: string;
    readonly b: string;
    readonly both: number;
    readonly only_a: number;
    readonly only_b: number;
    readonly neither: number;
    readonly agreement: number | null;
  }[];
  readonly disagreements: readonly {
    readonly profile: string;
    readonly own: Decision;
    readonly other: Decision;
    readonly because: string;
    readonly contacts: number;
    readonly examples: readonly string[];
  }[];
  readonly groups: readonly {
    readonly by: Readonly<Record<string, string | null>>;
    readonly rates: Readonly<Record<string, ProfileRate>>;
  }[];
  /** Only if it is asked for. */
  readonly every_contact?: readonly { readonly id: string; readonly profiles: Readonly<Record<string, Decision>> }[];
}

export interface WarningsAsk {
  /** The longest that something may have been so to be news, in periods; default 4. */
  periods?: number | null;
  /** Periods that they are held against; default 8. */
  before?: number | null;
  /** Observations that a figure must have on either side; default 30. */
  smallest?: number | null;
}

export interface Warning extends Evidence {
  readonly by: Readonly<Record<string, string | null>>;
  readonly id: string;
  readonly population: Population;
  readonly unit: string;
  readonly also: readonly Population[];
  readonly leading: boolean;
  readonly course: 'better' | 'worse' | 'neither';
  readonly sureness: 'sure' | 'likely';
  readonly since: string;
  readonly periods: number;
  readonly held_against: { readonly start: string; readonly end: string };
  readonly now: Brief;
  readonly before: Brief;
  readonly difference: number;
  readonly adjusted_p_value: number;
  readonly q_value: number;
  readonly milestones: readonly Readonly<Milestone>[];
  readonly most_of_it: { readonly by: Readonly<Record<string, string | null>>; readonly excess: number } | null;
  readonly next: { readonly figures: readonly string[]; readonly advice: string };
}

export interface Warnings {
  readonly schema: string;
  readonly as_of: string | null;
  readonly currency: string;
  readonly every: Every;
  readonly confidence_level: number;
  readonly looked_at: number;
  readonly warnings: readonly Warning[];
}
