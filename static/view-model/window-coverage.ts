/** How much of a window is read, while a repository's history comes in newest first. */
import type { EpochSeconds } from '../../src/facts/pull-request-facts';
import type { Window } from '../../src/metrics/figures';
import type { Completeness, RepositoryOverview } from '../../src/views/contract';

const SECONDS_A_DAY = 86_400;

export interface WindowCoverage {
  readonly kind: 'whole' | 'part' | 'none';
  /** Whatever happened in the window since then is read: its beginning where it is whole, its end where nothing is. */
  readonly since: EpochSeconds;
}

/** An import that stopped keeps what it had read: only `complete` and `readSince` tell what a window lacks. */
export function coverageOf(
  { state, readSince }: Pick<Completeness, 'state' | 'readSince'>,
  { from, to }: Window,
): WindowCoverage {
  if (state === 'complete') return { kind: 'whole', since: from };
  if (readSince === null || readSince >= to) return { kind: 'none', since: to };
  return readSince <= from ? { kind: 'whole', since: from } : { kind: 'part', since: readSince };
}

/** Whole days that are read, of a window that is read in part. */
export function daysRead(coverage: WindowCoverage, { to }: Window): number {
  return Math.floor((to - coverage.since) / SECONDS_A_DAY);
}

/** Figures of a window that is not read whole say so. */
export function isPartial({
  completeness,
  window,
}: Pick<RepositoryOverview, 'completeness' | 'window'>): boolean {
  return coverageOf(completeness, window).kind !== 'whole';
}

/** Against a window of which a part is missing every figure would seem to have changed. */
export function isComparable({
  completeness,
  previousWindow,
}: Pick<RepositoryOverview, 'completeness' | 'previousWindow'>): boolean {
  return coverageOf(completeness, previousWindow).kind === 'whole';
}
