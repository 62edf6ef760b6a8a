/** Who counts in a window, and by which clock (METRICS 2). */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { closingOf } from './closing';
import type { Window } from './figures';
import { isWithin } from './windows';
import { calendarTime, type ElapsedTime } from './working-time';

export interface FigureOptions {
  /** The repository's main branch; only delivery metrics look at it. */
  readonly defaultBranch: string | null;
  /** Bots' pull requests are left out unless the viewer switches them in. */
  readonly includeBots?: boolean;
  /** What of the time between two instants counts in a duration; all of it where not said. */
  readonly elapsed?: ElapsedTime;
}

/** The clock that durations are measured by: 24 hours on 7 days unless the viewer leaves some of them out. */
export function clockOf({ elapsed }: Pick<FigureOptions, 'elapsed'>): ElapsedTime {
  return elapsed ?? calendarTime;
}

/** A merged pull request whose merge instant is known. */
export type MergedFacts = PullRequestFacts & { readonly mergedAt: number };

/** The pull requests of people, or of everybody where the viewer wants it; in the order given. */
export function counted(
  facts: readonly PullRequestFacts[],
  options: FigureOptions,
): readonly PullRequestFacts[] {
  return options.includeBots === true ? facts : facts.filter((each) => !each.authorIsBot);
}

/** Those merged in the window; one whose merge instant nothing tells is in no window. */
export function mergedIn(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly MergedFacts[] {
  return counted(facts, options).filter((each): each is MergedFacts => isWithin(window, each.mergedAt));
}

/** Those merged, declined or superseded in the window. */
export function closedIn(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly PullRequestFacts[] {
  return counted(facts, options).filter((each) => isWithin(window, closingOf(each)));
}

/** How many pull requests of bots were opened or closed in the window: the screen says that they are left out. */
export function countBots(facts: readonly PullRequestFacts[], window: Window): number {
  return facts.filter(
    (each) => each.authorIsBot && (isWithin(window, each.openedAt) || isWithin(window, closingOf(each))),
  ).length;
}
