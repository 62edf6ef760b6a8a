/** On whom one open pull request waits and since when, and whether it waits longer than most did (METRICS 4 and 5). */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { percentile } from './distribution';
import type { Phase } from './figures';
import { clockOf, type FigureOptions } from './population';
import { contributionsTo } from './pull-request-figures';
import { FEWEST_VALUES, waitsForFirstReview } from './pull-request-standing';
import { reviewEvidence } from './review-load';
import { windowEndingAt } from './windows';
import { workInProgress } from './work-in-progress';

const DAYS_OF_COMPARISON = 180;

export interface WaitingPerson {
  readonly personId: string;
  readonly since: EpochSeconds;
  /**
   * What they are expected to respond to: the opening, the push after their last review, what the author did last after
   * a review, the last review, or (of a draft) that it is not ready.
   */
  readonly cause: 'opened' | 'pushed' | 'answered' | 'reviewed' | 'draft';
}

export interface PullRequestWaiting {
  readonly phase: Phase;
  /** `null` where the activity is not read: nothing tells who acted last. */
  readonly on: 'author' | 'reviewers' | null;
  /** Since when somebody is waited for, whoever it is. */
  readonly since: EpochSeconds;
  /** The longest waited for first. None where nobody is asked to review, or the author's account is gone. */
  readonly people: readonly WaitingPerson[];
  /** While it waits on the author: who is asked for a review that is due all the same. */
  readonly alsoDue: readonly WaitingPerson[];
  /** Since when nothing happened; `null` where the activity is not read. */
  readonly lastActivityAt: EpochSeconds | null;
}

/** `null` of a pull request that is not open. */
export function waitingOf(
  facts: PullRequestFacts,
  now: EpochSeconds,
  options: FigureOptions,
): PullRequestWaiting | null {
  const everybody = { ...options, includeBots: true };
  const [open] = workInProgress([facts], now, everybody).pullRequests;
  if (open === undefined) return null;
  const { phase } = open;
  const { openedAt, authorId, lastActivityAt } = facts;
  const author = (since: EpochSeconds, cause: WaitingPerson['cause']): readonly WaitingPerson[] =>
    authorId === null ? [] : [{ personId: authorId, since, cause }];
  const known = { phase, lastActivityAt: open.activityRead ? lastActivityAt : null };
  if (facts.draft) {
    return { ...known, on: 'author', since: openedAt, people: author(openedAt, 'draft'), alsoDue: [] };
  }
  if (!open.activityRead) return { ...known, on: null, since: openedAt, people: [], alsoDue: [] };
  const due = dueReviews(facts, now, everybody);
  if (open.waitingOn === 'author') {
    const since = facts.reviews.at(-1)?.at ?? openedAt;
    return { ...known, on: 'author', since, people: author(since, 'reviewed'), alsoDue: due };
  }
  const people = due.length > 0 ? due : answeredReviewers(facts);
  return { ...known, on: 'reviewers', since: people[0]?.since ?? openedAt, people, alsoDue: [] };
}

/** Those whose `time_to_respond` is running. */
function dueReviews(
  facts: PullRequestFacts,
  now: EpochSeconds,
  options: FigureOptions,
): readonly WaitingPerson[] {
  const { reviewers } = reviewEvidence([facts], windowEndingAt(now, 0), now, options);
  return reviewers
    .flatMap(({ reviewerId, waiting }) =>
      waiting.map(({ start }): WaitingPerson => ({
        personId: reviewerId,
        since: start.at,
        cause: start.name === 'openedAt' ? 'opened' : 'pushed',
      })),
    )
    .toSorted((a, b) => a.since - b.since);
}

/** Everybody has reviewed what is there, and the author answered without a push: the next word is theirs. */
function answeredReviewers({
  reviews,
  lastAuthorActivityAt,
  openedAt,
}: PullRequestFacts): readonly WaitingPerson[] {
  const since = lastAuthorActivityAt ?? openedAt;
  const reviewerIds = new Set(reviews.flatMap(({ actorId }) => actorId ?? []));
  return [...reviewerIds].map((personId) => ({ personId, since, cause: 'answered' }));
}

/** A duration beside the 85th percentile of the pull requests merged in the last 180 days. */
export interface Lateness {
  readonly seconds: number;
  /** `null` where fewer than five merges have such a duration. */
  readonly p85Seconds: number | null;
  /** `null` where there is no percentile. */
  readonly isOver: boolean | null;
}

export interface Reminder {
  /** Its age beside `time_to_merge`. */
  readonly age: Lateness;
  /** Its wait beside `time_to_first_review`; `null` where it does not wait for a first review, or that is not known. */
  readonly firstReview: Lateness | null;
  /** Whether either is over; `null` where there is no percentile of its age. */
  readonly isLate: boolean | null;
}

/**
 * Whether somebody should be reminded of it; `null` of a pull request that is not open, and of a draft, which waits for
 * nobody but its author.
 */
export function reminderOf(
  facts: PullRequestFacts,
  all: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: FigureOptions,
): Reminder | null {
  return remindersAmong([facts], all, now, options).byId.get(facts.id) ?? null;
}

/** What open pull requests are compared with, and what came of it. */
export interface Reminders {
  /** The 85th percentiles of the last 180 days, in seconds; `null` below five values. */
  readonly p85: { readonly timeToMerge: number | null; readonly timeToFirstReview: number | null };
  /** Of those that are open and no drafts. */
  readonly byId: ReadonlyMap<number, Reminder>;
}

/** The same of several at once, each beside the merges of people. */
export function remindersAmong(
  asked: readonly PullRequestFacts[],
  all: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: FigureOptions,
): Reminders {
  const askedById = new Map(asked.map((each) => [each.id, each]));
  // A bot's is compared with those of people too.
  const others = all.filter(({ id, authorIsBot }) => !askedById.has(id) && !authorIsBot);
  const work = workInProgress([...others, ...asked], now, { ...options, includeBots: true });
  const { p85Seconds } = work;
  const firstReviewP85 = p85OfFirstReviews(others, now, options);
  const elapsed = clockOf(options);
  const byId = new Map<number, Reminder>();
  for (const { id, phase, ageSeconds, overP85 } of work.pullRequests) {
    const facts = askedById.get(id);
    if (facts === undefined || phase === 'draft') continue;
    const age = { seconds: ageSeconds, p85Seconds, isOver: p85Seconds === null ? null : overP85 };
    const firstReview = waitsForFirstReview(facts)
      ? beside(firstReviewP85, elapsed(facts.openedAt, now))
      : null;
    const isLate = age.isOver === null ? null : age.isOver || firstReview?.isOver === true;
    byId.set(id, { age, firstReview, isLate });
  }
  return {
    p85: {
      timeToMerge: p85Seconds,
      timeToFirstReview: firstReviewP85 === null ? null : Math.round(firstReviewP85),
    },
    byId,
  };
}

function p85OfFirstReviews(
  others: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: FigureOptions,
): number | null {
  const window = windowEndingAt(now, DAYS_OF_COMPARISON);
  const waits = contributionsTo('time_to_first_review', others, window, options)
    .values.map(({ value }) => value)
    .toSorted((a, b) => a - b);
  return waits.length < FEWEST_VALUES ? null : percentile(waits, 0.85);
}

function beside(p85: number | null, seconds: number): Lateness {
  return {
    seconds,
    p85Seconds: p85 === null ? null : Math.round(p85),
    isOver: p85 === null ? null : seconds > p85,
  };
}
