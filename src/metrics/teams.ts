/** When a team may be shown: figures of one person are not figures of a team. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { TeamMembership } from './filters';
import type { Window } from './figures';

/** Pulse's rule, and privacy: a team of fewer people would show what one person did. */
export const FEWEST_MEMBERS = 2;

/** Whoever belonged to the team for less of its time is not among those whose figures it shows. */
const LEAST_SHARE = 0.5;

/**
 * The people whose figures the team's figures of the window are, each once: those who belonged to it for at least half
 * of the time within the window in which anybody did. So nobody who joins now makes a window visible that is one
 * person's, and a team that is new is shown as soon as it has its people.
 */
export function membersIn(memberships: readonly TeamMembership[], window: Window): ReadonlySet<string> {
  const within = memberships.flatMap(({ personId, from, to }) => {
    const begin = Math.max(from ?? window.from, window.from);
    const end = Math.min(to ?? window.to, window.to);
    return begin < end ? [{ personId, begin, end }] : [];
  });
  const least = coveredSeconds(within) * LEAST_SHARE;
  const people = new Set(within.map(({ personId }) => personId));
  return new Set(
    [...people].filter(
      (person) => coveredSeconds(within.filter(({ personId }) => personId === person)) >= least,
    ),
  );
}

/** Whether enough people belonged to the team in the window for its figures to be shown. */
export function isShown(memberships: readonly TeamMembership[], window: Window): boolean {
  return membersIn(memberships, window).size >= FEWEST_MEMBERS;
}

interface Span {
  readonly begin: EpochSeconds;
  readonly end: EpochSeconds;
}

/** Seconds within at least one of the spans. */
function coveredSeconds(spans: readonly Span[]): number {
  let seconds = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { begin, end } of spans.toSorted((a, b) => a.begin - b.begin)) {
    seconds += Math.max(0, end - Math.max(begin, reached));
    reached = Math.max(reached, end);
  }
  return seconds;
}
