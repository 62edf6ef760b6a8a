/** How many people and pushes a repository saw in a window (METRICS 7). */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { livedIn } from './closing';
import type { Window } from './figures';
import { counted, type FigureOptions } from './population';
import { isWithin } from './windows';

/** What the caller knows of one push. */
export interface PushCount {
  readonly at: EpochSeconds;
  /** `null` where it is not known, as of a tag or of an event whose list of commits was cut short. */
  readonly commits: number | null;
}

/** What made a person active. */
export interface Act {
  readonly pullRequest: number;
  readonly name: 'openedAt' | 'mergedAt' | 'reviewedAt';
  readonly at: EpochSeconds;
}

export interface ActivePerson {
  readonly personId: string;
  /** In the window, by pull request and instant; at least one. */
  readonly acts: readonly Act[];
}

/** What stands behind the figures. */
export interface ActivityEvidence {
  /** Whoever opened a pull request in the window, or had one merged; by id of the account, as the others. */
  readonly authors: readonly ActivePerson[];
  /**
   * Whoever reviewed in the window, on any pull request, merged later or never: activity is dated by the act itself,
   * else the latest days would always look idle.
   */
  readonly reviewers: readonly ActivePerson[];
  /** Pull requests of the window, and those of them whose activity was not read: who reviewed these is not known. */
  readonly pullRequests: number;
  readonly leftOut: number;
  /** Those in the window, ascending; `null` where pushes were not read. */
  readonly pushes: readonly PushCount[] | null;
}

/** Figures of METRICS 7; each is `null` where it cannot be known. */
export interface RepositoryActivity {
  readonly activeAuthors: number;
  /** `null` where the window's pull requests were all left out. */
  readonly activeReviewers: number | null;
  readonly pushes: number | null;
  /** Of the pushes whose number is known; `null` where there are pushes and none is. */
  readonly commits: number | null;
  /** Pushes whose number of commits is not known: `commits` says less than there were. */
  readonly pushesWithoutCommits: number | null;
}

/** Who was active in the window, bots left out, and the given pushes that lie in it (`null`: not read). */
export function activityEvidence(
  facts: readonly PullRequestFacts[],
  pushes: readonly PushCount[] | null,
  window: Window,
  options: FigureOptions,
): ActivityEvidence {
  const living = counted(facts, options)
    .filter((each) => livedIn(each, window))
    .sort((a, b) => a.id - b.id);
  const read = living.filter(({ coverage }) => coverage.activity);
  const inWindow = ({ at }: { readonly at: EpochSeconds }): boolean => isWithin(window, at);
  return {
    // A bot that the viewer switched in has pull requests that count, but is nobody.
    authors: activePeople(living.filter(({ authorIsBot }) => !authorIsBot).flatMap(actsOfAuthor), inWindow),
    reviewers: activePeople(read.flatMap(actsOfReviewers), inWindow),
    pullRequests: living.length,
    leftOut: living.length - read.length,
    pushes: pushes?.filter(inWindow).sort((a, b) => a.at - b.at) ?? null,
  };
}

/** The figures that this evidence gives. */
export function repositoryActivity(evidence: ActivityEvidence): RepositoryActivity {
  const { authors, reviewers, pullRequests, leftOut, pushes } = evidence;
  const known = pushes?.flatMap(({ commits }) => commits ?? []) ?? [];
  const isCommitsKnown = pushes !== null && (pushes.length === 0 || known.length > 0);
  return {
    activeAuthors: authors.length,
    activeReviewers: leftOut > 0 && leftOut === pullRequests ? null : reviewers.length,
    pushes: pushes?.length ?? null,
    commits: isCommitsKnown ? known.reduce((total, each) => total + each, 0) : null,
    pushesWithoutCommits: pushes === null ? null : pushes.length - known.length,
  };
}

/** `null` for an account that is gone. */
type ActOf = readonly [personId: string | null, act: Act];

function actsOfAuthor({ id, authorId, openedAt, mergedAt }: PullRequestFacts): readonly ActOf[] {
  const opening: ActOf = [authorId, { pullRequest: id, name: 'openedAt', at: openedAt }];
  return mergedAt === null
    ? [opening]
    : [opening, [authorId, { pullRequest: id, name: 'mergedAt', at: mergedAt }]];
}

function actsOfReviewers({ id, reviews }: PullRequestFacts): readonly ActOf[] {
  return reviews.map(({ actorId, at }) => [actorId, { pullRequest: id, name: 'reviewedAt', at }]);
}

function activePeople(acts: readonly ActOf[], counts: (act: Act) => boolean): readonly ActivePerson[] {
  const people = new Map<string, Act[]>();
  for (const [personId, act] of acts) {
    if (personId === null || !counts(act)) continue;
    const own = people.get(personId) ?? [];
    own.push(act);
    people.set(personId, own);
  }
  return [...people.keys()].sort().map((personId) => ({ personId, acts: people.get(personId) ?? [] }));
}
