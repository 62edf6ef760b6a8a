/** Figures of delivery and pipelines together with what stands behind them, one made from the other (METRICS 8). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { distributionOf } from '../distribution';
import type { Count, Distribution, ExplainedInstant, Ratio } from '../figures';

export interface DeliveryInstant {
  readonly name:
    | 'authoredAt'
    | 'createdAt'
    | 'startedAt'
    | 'completedAt'
    | 'deployedAt'
    | 'pushedAt'
    | 'remediatedAt'
    | 'restoredAt';
  readonly at: EpochSeconds;
  readonly source: ExplainedInstant['source'] | 'deployment' | 'pipeline' | 'push';
}

/** One thing behind a figure. */
export interface Evidence {
  readonly kind: 'pull-request' | 'deployment' | 'pipeline' | 'push' | 'tag';
  /**
   * A pull request's or pipeline's number, a deployment's uuid, the commit of a push (its instant where unknown), a tag's
   * commit and instant with `@` between them.
   */
  readonly id: string;
  /** Seconds, or for shares and counts 1 (counts for it) or 0. */
  readonly value: number;
  readonly instants: readonly DeliveryInstant[];
  /** So many more instants follow those listed; absent where none do. */
  readonly further?: number;
}

export interface Explained<Value> {
  readonly figure: Value;
  readonly evidence: readonly Evidence[];
  /** How many of the population have no value; each figure says which. */
  readonly leftOut: number;
}

/** Summary of the evidence's values, in seconds. */
export function explainedDurations(evidence: readonly Evidence[], leftOut: number): Explained<Distribution> {
  const values = evidence.map(({ value }) => value);
  return { figure: distributionOf(values, 's'), evidence, leftOut };
}

/** The share of the evidence whose value is 1. */
export function explainedShare(evidence: readonly Evidence[], leftOut: number): Explained<Ratio> {
  return { figure: ratioOf(total(evidence), evidence.length), evidence, leftOut };
}

/** How much of the evidence has the value 1. */
export function explainedCount(evidence: readonly Evidence[], leftOut: number): Explained<Count> {
  const sum = total(evidence);
  return { figure: { unit: 'count', n: sum, value: sum }, evidence, leftOut };
}

/** `part` of `n`; unknown of nothing. */
export function ratioOf(part: number, n: number): Ratio {
  return { unit: 'ratio', n, value: n === 0 ? null : part / n };
}

function total(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { value }) => sum + value, 0);
}
