/** When pull requests ended, and which of them were open at some time of a window. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { Window } from './figures';

/** A merge counts by its merge instant alone (METRICS 2); `null` while open, and where nothing tells the instant. */
export function closingOf(facts: PullRequestFacts): EpochSeconds | null {
  return facts.state === 'MERGED' ? facts.mergedAt : facts.closedAt;
}

/**
 * Whether a pull request was opened, open or closed at some instant of the half-open window. One that ended at an
 * instant that nothing tells may have been open ever since. A merge commit's date can lie before the opening, so the
 * two instants are taken in their order.
 */
export function livedIn(facts: PullRequestFacts, window: Window): boolean {
  const closedAt = closingOf(facts);
  const first = Math.min(facts.openedAt, closedAt ?? facts.openedAt);
  const last = Math.max(facts.openedAt, closedAt ?? Number.POSITIVE_INFINITY);
  return window.from < window.to && first < window.to && window.from <= last;
}
