/** What concerns one person in a repository today: what waits for them, and how their own pull requests stand. */
import type { EpochSeconds, PullRequestFacts, PullRequestState } from '../facts/pull-request-facts';
import { closingOf } from './closing';
import { counted, type FigureOptions } from './population';
import { waitingOf, type PullRequestWaiting } from './pull-request-waiting';
import { SECONDS_A_DAY } from './windows';

/** A pull request, and since when it is where it is. */
export interface DigestLine {
  readonly pullRequest: number;
  readonly at: EpochSeconds;
}

/** Each list the oldest first. Every open pull request of the person's own is in exactly one, and in none of `toReview`. */
export interface ViewerDigest {
  /** Of others: the person's review is due, since `at`. */
  readonly toReview: readonly DigestLine[];
  /** Back with them since the last review, without an approval. */
  readonly toAnswer: readonly DigestLine[];
  /** Approved, and back with them since the last review. */
  readonly toMerge: readonly DigestLine[];
  /** Waiting for reviewers since `at`. */
  readonly waiting: readonly DigestLine[];
  /** Drafts wait for nobody; since they were opened. */
  readonly drafts: readonly DigestLine[];
  /** Nothing tells on whom they wait: the activity is not read; since they were opened. */
  readonly unread: readonly DigestLine[];
  /** Closed since the instant that the digest begins with. */
  readonly closed: readonly ClosedLine[];
}

export interface ClosedLine extends DigestLine {
  readonly state: Exclude<PullRequestState, 'OPEN'>;
}

type OwnList = Exclude<keyof ViewerDigest, 'toReview' | 'closed'>;

/**
 * The digest of `viewerId` at `now`; `since` is when `closed` begins. On whom a pull request waits, and since when, is
 * what its own panel says (`waitingOf`). Bots' pull requests are left out unless the options switch them in.
 */
export function viewerDigest(
  facts: readonly PullRequestFacts[],
  viewerId: string,
  since: EpochSeconds,
  now: EpochSeconds,
  options: FigureOptions,
): ViewerDigest {
  const people = counted(facts, options);
  const own = people.filter(({ authorId }) => authorId === viewerId);
  const others = people.filter(({ authorId }) => authorId !== viewerId);
  const ownOpen = own.flatMap((each) => ownLine(each, now, options));
  const inList = (list: OwnList): readonly DigestLine[] =>
    oldestFirst(
      ownOpen.filter((line) => line.list === list).map(({ pullRequest, at }) => ({ pullRequest, at })),
    );
  return {
    toReview: oldestFirst(others.flatMap((each) => reviewLine(each, viewerId, now, options))),
    toAnswer: inList('toAnswer'),
    toMerge: inList('toMerge'),
    waiting: inList('waiting'),
    drafts: inList('drafts'),
    unread: inList('unread'),
    closed: oldestFirst(own.flatMap((each) => closedLine(each, since, now))),
  };
}

/**
 * Since when a digest at `now` tells what was closed: a day ago, and on the zone's Monday three, so that nothing of the
 * weekend is lost. Throws a RangeError for an unknown zone.
 */
export function digestSince(now: EpochSeconds, timeZone: string): EpochSeconds {
  const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone }).format(now * 1000);
  return now - (weekday === 'Mon' ? 3 : 1) * SECONDS_A_DAY;
}

function ownLine(
  facts: PullRequestFacts,
  now: EpochSeconds,
  options: FigureOptions,
): readonly (DigestLine & { readonly list: OwnList })[] {
  const waiting = waitingOf(facts, now, options);
  return waiting === null ? [] : [{ pullRequest: facts.id, at: waiting.since, list: listOf(waiting) }];
}

function listOf({ on, phase }: PullRequestWaiting): OwnList {
  if (phase === 'draft') return 'drafts';
  if (on === null) return 'unread';
  if (on === 'reviewers') return 'waiting';
  return phase === 'approved' ? 'toMerge' : 'toAnswer';
}

function reviewLine(
  facts: PullRequestFacts,
  viewerId: string,
  now: EpochSeconds,
  options: FigureOptions,
): readonly DigestLine[] {
  const waiting = waitingOf(facts, now, options);
  if (waiting === null) return [];
  const { on, people, alsoDue } = waiting;
  const due = [...(on === 'reviewers' ? people : []), ...alsoDue];
  const viewers = due.find(({ personId }) => personId === viewerId);
  return viewers === undefined ? [] : [{ pullRequest: facts.id, at: viewers.since }];
}

function closedLine(facts: PullRequestFacts, since: EpochSeconds, now: EpochSeconds): readonly ClosedLine[] {
  const { id, state } = facts;
  const at = closingOf(facts);
  return state === 'OPEN' || at === null || at < since || at > now ? [] : [{ pullRequest: id, at, state }];
}

function oldestFirst<Line extends DigestLine>(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => a.at - b.at || a.pullRequest - b.pullRequest);
}
