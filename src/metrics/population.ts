/** Who counts in a window (METRICS 2). */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { closingOf } from './closing';
import type { Window } from './figures';
import { isWithin } from './windows';

export interface FigureOptions {
  /** The repository's main branch; only delivery metrics look at it. */
  readonly defaultBranch: string | null;
  /** Bots' pull requests are left out unless the viewer switches them in. */
  readonly includeBots?: boolean;
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
