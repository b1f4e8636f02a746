// What two parties agreed on, and what is owed for it. Amounts are decimal text.
import type { Decimal, Every } from '../index.js';
import type { Charge } from './money.js';

type Due = { amount: Decimal } | { part_of_fee: Decimal };

export interface Contract {
  id: string;
  version: number;
  currency: string;
  start: string;
  every?: Every;
  time_zone?: string;
  verify_hours?: number;
  clawback_hours?: number;
  places?: number;
  fee: Charge;
  cap?: Decimal | null;
  minimum?: Decimal;
  guarantees?: readonly {
    name: string;
    kpi: string;
    population?: string | null;
    at_least?: Decimal | null;
    at_most?: Decimal | null;
    basis?: 'point' | 'interval';
    smallest?: number;
    penalty?: Due | null;
    bonus_from?: Decimal | null;
    bonus?: Due | null;
    fallback_after?: number | null;
  }[];
  credits?: readonly { period: number; label: string; amount: Decimal }[];
}

export interface SettleAsk {
  contract: Contract;
  /** The last period that is billed, counted from 1. */
  through: number;
  previous?: Statement | null;
}

/** What is owed. `verify` looks at every byte, so keep `json`, and send that. */
export interface Statement {
  /** The canonical text, on statements that were settled here; no part of what is written as JSON. */
  readonly json?: string;
  readonly schema: string;
  readonly contract: string;
  readonly contract_hash: string;
  readonly number: number;
  readonly previous_hash: string | null;
  readonly as_of: string;
  readonly through: number;
  readonly currency: string;
  readonly order: readonly string[];
  readonly lines: readonly {
    readonly kind: string;
    readonly period: number;
    readonly label: string;
    readonly ids: readonly string[];
    readonly amount: string;
    readonly hash: string;
  }[];
  readonly periods: readonly {
    readonly period: number;
    readonly start: string;
    readonly end: string;
    readonly paid: readonly string[];
    readonly held: readonly string[];
    readonly clawed_back: readonly string[];
    readonly refused: readonly string[];
    readonly earned: string;
    readonly fee: string;
    readonly held_amount: string;
    readonly clawed_back_amount: string;
    readonly cap: string;
    readonly minimum: string;
    readonly guarantees: Readonly<Record<string, string>>;
    readonly kept: Readonly<Record<string, string>>;
    readonly credits: string;
  }[];
  readonly fallback: readonly string[];
  readonly total: string;
  readonly balance: string;
  readonly hash: string;
}

export interface Verified {
  readonly schema: string;
  readonly sound: boolean;
  readonly problems: readonly string[];
}
