// What calculators and the verbs of money are asked for, and what they answer, but for contracts. Amounts are decimal text.
import type { Decimal } from '../index.js';
import type { Plan, PlanInput } from './plan.js';

/** One input of a plan: all that a form needs to ask for it. */
export interface PlanInputs {
  readonly schema: string;
  readonly inputs: readonly {
    readonly id: PlanInput;
    /** Inputs that stand together in a form. */
    readonly group: string;
    readonly unit: 'contacts' | 'ratio' | 'months' | 'minutes' | 'money';
    readonly default: string | null;
    readonly low: string;
    readonly high: string;
    readonly sentence: string;
  }[];
}

/** One line of a calculation, to be followed by hand. */
export interface Step {
  readonly id: string;
  readonly label: string;
  readonly formula: string;
  readonly numbers: string;
  readonly value: string;
}

/** The figures of a plan; why one is null is in `undefined`. */
export interface RoiFigures {
  readonly net: string;
  readonly cost_avoidance: string;
  readonly new_revenue: string;
  readonly spent: string;
  readonly payback_month: number | null;
  readonly roi_at_3: string | null;
  readonly roi_at_6: string | null;
  readonly roi_at_12: string | null;
  readonly roi_at_18: string | null;
  readonly roi: string | null;
  readonly npv: string;
  readonly irr_monthly: number | null;
  readonly irr_yearly: number | null;
  readonly break_even_resolution_rate: string | null;
  readonly cost_per_contact_before: string;
  readonly cost_per_contact_after: string | null;
  readonly cost_reduction: string | null;
  readonly cost_per_resolution: string | null;
  readonly savings_per_year: string;
  readonly fte: string;
  readonly undefined: Readonly<Record<string, string>>;
}

export interface Month {
  /** Counted from 1; 0 is when things are set up. */
  readonly month: number;
  readonly volume: string;
  readonly attempts: string;
  readonly resolved: string;
  readonly billed: string;
  readonly failed: string;
  readonly cost_avoidance: string;
  readonly revenue: string;
  readonly usage: string;
  readonly fees: string;
  readonly review: string;
  readonly fixed: string;
  readonly implementation: string;
  readonly net: string;
  readonly cumulative: string;
}

export interface Roi {
  readonly schema: string;
  readonly currency: string;
  readonly figures: RoiFigures;
  /** Costs that nobody gave. Few desks have none of them. */
  readonly left_at_zero: readonly PlanInput[];
  /** What the vendor's own count would have promised, and by how much that is too much. */
  readonly promised: {
    readonly resolution_rate: string;
    readonly net: string;
    readonly npv: string;
    readonly beyond: string;
  } | null;
  readonly months: readonly Month[];
  readonly explain: readonly Step[];
}

export interface TornadoAsk {
  plan?: Plan;
  watched?: 'npv' | 'net' | 'roi' | 'savings_per_year';
  /** By what part inputs are moved that have no range of their own; default 0.2. */
  swing?: Decimal;
  ranges?: Readonly<Partial<Record<PlanInput, { low: Decimal; high: Decimal }>>>;
}

export interface Tornado {
  readonly schema: string;
  readonly currency: string;
  readonly watched: string;
  readonly planned: string | null;
  /** The widest first. */
  readonly bars: readonly {
    readonly id: PlanInput;
    readonly low: string;
    readonly high: string;
    readonly at_low: string | null;
    readonly at_high: string | null;
    readonly width: string;
  }[];
  readonly not_moved: readonly { readonly id: PlanInput; readonly why: 'at_zero' | 'a_choice' | 'not_given' }[];
}

export type Draw =
  | { shape: 'uniform'; low: Decimal; high: Decimal }
  | { shape: 'triangular' | 'pert'; low: Decimal; likely: Decimal; high: Decimal };

export interface ChanceAsk {
  plan?: Plan;
  draws: Readonly<Partial<Record<PlanInput, Draw>>>;
  /** Default 10,000. */
  runs?: number;
  seed?: number;
}

export interface Drawn {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly mean: number;
}

export interface Chance {
  readonly schema: string;
  readonly currency: string;
  readonly runs: number;
  readonly seed: number;
  readonly drawn: readonly PlanInput[];
  readonly net: Drawn;
  readonly npv: Drawn;
  readonly payback_month: { readonly p10: number | null; readonly p50: number | null; readonly p90: number | null };
  readonly pays_back: number;
  readonly loses: number;
}

export interface ScenariosAsk {
  plan?: Plan;
  scenarios: readonly { name: string; changes: Readonly<Partial<Record<PlanInput, Decimal>>> }[];
}

export interface Scenarios {
  readonly schema: string;
  readonly currency: string;
  readonly plan: RoiFigures;
  readonly scenarios: readonly {
    readonly name: string;
    readonly figures: RoiFigures;
    readonly difference: { readonly net: string; readonly npv: string; readonly savings_per_year: string };
  }[];
}

export interface Labour {
  readonly schema: string;
  readonly loaded_year: string;
  readonly productive_hours: string;
  readonly per_hour: string;
  readonly per_minute: string;
  readonly tenure_years: string | null;
  readonly explain: readonly Step[];
}

/** How one thing is charged for. */
export type Charge =
  | { kind: 'fixed'; amount: Decimal }
  | { kind: 'seat'; price: Decimal; add_ons?: readonly { name: string; price: Decimal }[] }
  | {
      kind: 'use';
      of: 'conversation' | 'resolution' | 'verified_resolution' | 'draft' | 'signal' | 'input_token' | 'output_token';
      price?: Decimal | null;
      /** Ascending; the last one has no end. */
      tiers?: readonly { up_to?: Decimal | null; price: Decimal }[];
      tiering?: 'marginal' | 'whole_volume';
      included?: Decimal;
      /** How many units a price is for, such as 1,000,000 tokens. */
      per?: Decimal;
    };

export interface PricePlan {
  name: string;
  currency?: string | null;
  charges: readonly Charge[];
  minimum?: Decimal;
}

export interface PricingAsk {
  currency?: string;
  volumes: readonly Decimal[];
  usage?: Readonly<Record<string, Decimal>>;
  plans: readonly PricePlan[];
  between?: { from: Decimal; to: Decimal } | null;
}

export interface Pricing {
  readonly schema: string;
  readonly currency: string;
  readonly at: readonly {
    readonly contacts: string;
    readonly plans: readonly {
      readonly name: string;
      readonly cost: string;
      readonly charges: readonly string[];
      readonly to_minimum: string;
      readonly per_contact: string | null;
      readonly per_claimed_resolution: string | null;
      readonly per_verified_resolution: string | null;
    }[];
    readonly cheapest: string;
  }[];
  readonly crossings: readonly {
    readonly below: string;
    readonly above: string;
    readonly contacts: string;
    readonly cost_below: string;
    readonly cost_above: string;
    readonly jump: boolean;
  }[];
}

export interface Drivers {
  volume: Decimal;
  escalation_rate: Decimal;
  review_minutes: Decimal;
  labour_rate: Decimal;
  ai_cost_per_item: Decimal;
  fixed_cost: Decimal;
}

export interface VarianceAsk {
  currency?: string;
  forecast: Drivers;
  actual: Drivers;
}

export interface Variance {
  readonly schema: string;
  readonly currency: string;
  readonly forecast: string;
  readonly actual: string;
  readonly difference: string;
  readonly relative: string | null;
  readonly standing: 'good' | 'far_off' | 'failing' | null;
  /** They sum to the difference exactly. */
  readonly parts: readonly {
    readonly driver: keyof Drivers;
    readonly forecast: string;
    readonly actual: string;
    readonly amount: string;
  }[];
}

type AgentFigure = 'margin' | 'productivity' | 'cost_per_outcome' | 'cost_ratio' | 'outcomes';

export interface PnlAsk {
  currency?: string;
  agents: readonly {
    agent: string;
    periods: readonly {
      period: string;
      revenue?: Decimal;
      avoided_cost?: Decimal | null;
      costs?: Readonly<Record<string, Decimal>>;
      outcomes?: Decimal;
    }[];
  }[];
  rules?: readonly {
    name: string;
    figure: AgentFigure;
    below?: Decimal | null;
    above?: Decimal | null;
    periods: number;
  }[];
  targets?: readonly { agent?: string | null; outcomes_per_period: Decimal }[];
}

export interface AgentBooks {
  readonly period: string;
  readonly revenue: string;
  readonly avoided_cost: string | null;
  readonly costs: Readonly<Record<string, string>>;
  readonly cost: string;
  readonly margin: string | null;
  readonly outcomes: string;
  readonly cost_per_outcome: string | null;
  readonly cost_ratio: string | null;
  readonly productivity: string | null;
}

export interface Pnl {
  readonly schema: string;
  readonly currency: string;
  readonly agents: readonly {
    readonly agent: string;
    readonly periods: readonly AgentBooks[];
    readonly total: AgentBooks;
    readonly rules: readonly {
      readonly rule: string;
      readonly firing: string;
      readonly in_a_row: number;
      readonly since: string | null;
    }[];
    readonly to_go: boolean;
  }[];
  readonly total: AgentBooks;
}

export interface RoiPlan {
  readonly schema: string;
  readonly plan: Plan;
  /** The inputs that contacts tell, each with the figure that it comes from. */
  readonly taken: readonly {
    readonly id: PlanInput;
    readonly value: string;
    readonly from: string;
    readonly n: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly not_taken: readonly PlanInput[];
}

export interface CandidatesAsk {
  smallest?: number;
  human_cost_per_contact?: Decimal | null;
  assumed_containment?: Decimal | null;
  handover_part?: Decimal;
  cost_per_breach?: Decimal | null;
}

export interface Rate {
  readonly rate: string;
  readonly low: string;
  readonly high: string;
  readonly n: number;
  readonly record: 'own' | 'all_issues' | 'assumed';
}

export interface Saving {
  readonly gross: string;
  readonly recontacts: string;
  readonly escalations: string;
  readonly breaches: string | null;
  readonly net: string;
}

export interface Candidates {
  readonly schema: string;
  readonly currency: string;
  readonly months: string;
  readonly candidates: readonly {
    readonly issue: string;
    readonly contacts: number;
    readonly contacts_per_month: string;
    readonly human_cost_per_contact: string | null;
    readonly containment: Rate | null;
    readonly recontact: Rate | null;
    readonly escalation: Rate | null;
    readonly breach: Rate | null;
    readonly expected: Saving | null;
    readonly cautious: Saving | null;
    readonly reasons: readonly string[];
    readonly missing: readonly string[];
  }[];
  readonly without_issue: number;
}
