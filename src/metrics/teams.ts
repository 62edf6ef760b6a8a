/** When a team may be shown: figures of one person are not figures of a team. */
import type { TeamMembership } from './filters';
import type { Window } from './figures';

/** Pulse's rule, and privacy: a team of fewer people would show what one person did. */
export const FEWEST_MEMBERS = 2;

/** The people who belonged to the team at some instant of the window, each once. */
export function membersIn(memberships: readonly TeamMembership[], window: Window): ReadonlySet<string> {
  return new Set(
    memberships
      .filter(({ from, to }) => (from === null || from < window.to) && (to === null || window.from < to))
      .map(({ personId }) => personId),
  );
}

/** Whether enough people belonged to the team in the window for its figures to be shown. */
export function isShown(memberships: readonly TeamMembership[], window: Window): boolean {
  return membersIn(memberships, window).size >= FEWEST_MEMBERS;
}
