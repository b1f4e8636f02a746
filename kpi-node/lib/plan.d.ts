// Written by `cargo xtask gen` from the code; change it there.
import type { Decimal } from '../index.js';

/** What a return is calculated from; every input has a default, which `roiInputs()` lists with its range. */
export interface Plan {
  /** ISO 4217; default USD. Every amount is in it. */
  currency?: string;
  /** The labour model, in place of `human_cost_per_contact` and `fte_cost_per_year`. */
  labor?: Readonly<Record<string, Decimal>> | null;
  /** Contacts in the first month. */
  monthly_volume?: Decimal;
  /** By what part contacts grow from month to month. */
  monthly_growth?: Decimal;
  /** The part of contacts that the AI answers first. */
  ai_share?: Decimal;
  /** How many months are looked at. */
  horizon_months?: Decimal;
  /** The part of answered contacts that is resolved without a person and holds, once the AI is settled in. */
  resolution_rate?: Decimal;
  /** The part of that rate which is reached in the first month. */
  ramp_start?: Decimal;
  /** The month in which the rate is reached in full; it climbs evenly until then. */
  ramp_months?: Decimal;
  /** Minutes that a person spends on what the AI tried and failed, beyond those of a contact that came to a person at once. */
  failed_review_minutes?: Decimal;
  /** What a contact costs when people handle it, everything in it. */
  human_cost_per_contact?: Decimal;
  /** Minutes of work in such a contact. */
  human_minutes_per_contact?: Decimal;
  /** A year of one person, everything in it. */
  fte_cost_per_year?: Decimal;
  /** What the models cost for each contact that the AI answers. */
  api_cost_per_attempt?: Decimal;
  /** The part of those calls that is made again. */
  retry_rate?: Decimal;
  /** What the vendor takes for each contact that the AI answers, resolved or not. */
  fee_per_attempt?: Decimal;
  /** What the vendor takes for each resolution that it counts. */
  fee_per_resolution?: Decimal;
  /** The vendor's fee a month. */
  platform_per_month?: Decimal;
  /** Licences and seats a month that are there for the AI. */
  licences_per_month?: Decimal;
  /** Servers and networks a month. */
  infrastructure_per_month?: Decimal;
  /** Logs, traces and dashboards a month. */
  observability_per_month?: Decimal;
  /** The index of what the AI knows, a month. */
  vector_db_per_month?: Decimal;
  /** Keeping articles and examples fit for the AI, a month. */
  training_data_per_month?: Decimal;
  /** People who run, watch and correct the AI, a month. */
  oversight_per_month?: Decimal;
  /** Audits of what the AI said, a month. */
  quality_assurance_per_month?: Decimal;
  /** Security, legal and vendor management, a month. */
  management_per_month?: Decimal;
  /** Setting it up, before the first month. */
  implementation?: Decimal;
  /** Teaching people to work beside it, before the first month. */
  staff_training?: Decimal;
  /** New revenue that a resolution brings and that would not have come otherwise. */
  revenue_per_resolution?: Decimal;
  /** New revenue a month from signals that conversations gave away. */
  revenue_per_month?: Decimal;
  /** The part of new revenue that is left after what it costs to deliver. */
  revenue_margin?: Decimal;
  /** What money costs a year; later amounts are worth less by it. */
  discount_rate_per_year?: Decimal;
  /** The part of answered contacts that the vendor counts as resolved, and so bills; without it, what is resolved and holds. */
  claimed_resolution_rate?: Decimal | null;
}

/** The name of an input that is a number. */
export type PlanInput = Exclude<keyof Plan, 'currency' | 'labor'>;
