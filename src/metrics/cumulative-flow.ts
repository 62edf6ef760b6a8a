/** Open work at the end of each day, and what came and went, for a cumulative flow diagram (METRICS 5). */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { closingOf } from './closing';
import { PHASES, type Phase, type Window } from './figures';
import { counted, type FigureOptions } from './population';
import { isWithin, SECONDS_A_DAY } from './windows';

/** What decides when a pull request was open, and in which phase. */
export interface Life {
  readonly id: number;
  readonly draft: boolean;
  readonly openedAt: EpochSeconds;
  readonly firstReviewAt: EpochSeconds | null;
  readonly firstApprovedAt: EpochSeconds | null;
  readonly closedAt: EpochSeconds | null;
  /** Where not, its phase is told by verdicts alone. */
  readonly activityRead: boolean;
}

/** A pull request that was open at an instant. */
export interface OpenWork extends Life {
  readonly phase: Phase;
}

/** Arrivals and departures. */
export interface Flow {
  readonly opened: readonly Life[];
  /** Merged, declined or superseded. */
  readonly closed: readonly Life[];
}

/** The state at the end of one day (UTC), or at the window's end where that comes first. */
export interface FlowDay {
  /** 00:00 UTC of the day. */
  readonly day: EpochSeconds;
  /** The instant of the state; what happens at it comes after. */
  readonly at: EpochSeconds;
  readonly byPhase: Readonly<Record<Phase, number>>;
  /** Open ones whose activity was not read: their comments are unknown, so they may be shown as not yet reviewed. */
  readonly activityUnread: number;
  /** Opened, and merged, declined or superseded, since the window's beginning: arrivals and departures. */
  readonly opened: number;
  readonly closed: number;
}

export interface CumulativeFlow {
  /** Open when the window begins: on each day this + `opened` - `closed` are open. */
  readonly openAtStart: number;
  readonly days: readonly FlowDay[];
  /** Opened before the window's end and closed at an instant that nothing tells: they are nowhere in the diagram. */
  readonly leftOut: number;
}

/**
 * One element for each day (UTC) that the window touches. Phases are those of work in progress: a review or an approval
 * counts from its instant on, also where it was withdrawn later, since facts do not tell when. Nor do they tell when a
 * draft became ready: what is a draft now, or was when it closed, is one from its opening on, and no other ever was.
 * Arrivals and departures never fall, as the diagram requires (D. S. Vacanti, "Actionable Agile Metrics for
 * Predictability", 2015).
 */
export function cumulativeFlow(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): CumulativeFlow {
  const { known, unknown } = placeable(facts, options);
  const first = Math.floor(window.from / SECONDS_A_DAY) * SECONDS_A_DAY;
  const days = window.from < window.to ? Math.ceil((window.to - first) / SECONDS_A_DAY) : 0;
  return {
    openAtStart: openOf(known, window.from).length,
    days: Array.from({ length: days }, (_, place) => flowDay(known, first + place * SECONDS_A_DAY, window)),
    leftOut: unknown.filter(({ openedAt }) => openedAt < window.to).length,
  };
}

/** The pull requests that were open just before an instant, by id: what stands behind a day of the diagram. */
export function openWorkAt(
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: FigureOptions,
): readonly OpenWork[] {
  return openOf(placeable(facts, options).known, at)
    .map((life) => ({ ...life, phase: phaseAt(life, at) }))
    .sort((a, b) => a.id - b.id);
}

/** How many were open just before each of the instants, in their order. */
export function openCountsAt(
  facts: readonly PullRequestFacts[],
  instants: readonly EpochSeconds[],
  options: FigureOptions,
): readonly number[] {
  const { known } = placeable(facts, options);
  return instants.map((at) => openOf(known, at).length);
}

/** What came and went in a window, each by id: what stands behind `opened` and `closed` of the day that it ends with. */
export function flowIn(facts: readonly PullRequestFacts[], window: Window, options: FigureOptions): Flow {
  const lives = placeable(facts, options).known;
  return flowOf(
    lives.toSorted((a, b) => a.id - b.id),
    window,
  );
}

function flowOf(lives: readonly Life[], window: Window): Flow {
  return {
    opened: lives.filter(({ openedAt }) => isWithin(window, openedAt)),
    closed: lives.filter(({ closedAt }) => isWithin(window, closedAt)),
  };
}

function placeable(
  facts: readonly PullRequestFacts[],
  options: FigureOptions,
): { readonly known: readonly Life[]; readonly unknown: readonly PullRequestFacts[] } {
  const people = counted(facts, options);
  const isKnown = (each: PullRequestFacts): boolean => each.state === 'OPEN' || closingOf(each) !== null;
  return {
    known: people.filter(isKnown).map(lifeOf),
    unknown: people.filter((each) => !isKnown(each)),
  };
}

function lifeOf(facts: PullRequestFacts): Life {
  const { id, draft, openedAt, reviews, coverage } = facts;
  const closedAt = closingOf(facts);
  return {
    id,
    draft,
    openedAt,
    firstReviewAt: reviews[0]?.at ?? null,
    firstApprovedAt: reviews.find(({ kind }) => kind === 'approval')?.at ?? null,
    // A merge commit's date can lie before the opening: then it was open for no time.
    closedAt: closedAt === null ? null : Math.max(openedAt, closedAt),
    activityRead: coverage.activity,
  };
}

function flowDay(lives: readonly Life[], day: EpochSeconds, window: Window): FlowDay {
  const at = Math.min(day + SECONDS_A_DAY, window.to);
  const open = openOf(lives, at);
  const phases = open.map((life) => phaseAt(life, at));
  const inPhase = (phase: Phase): number => phases.filter((each) => each === phase).length;
  const { opened, closed } = flowOf(lives, { from: window.from, to: at });
  return {
    day,
    at,
    byPhase: Object.fromEntries(PHASES.map((phase) => [phase, inPhase(phase)])) as Record<Phase, number>,
    activityUnread: open.filter(({ activityRead }) => !activityRead).length,
    opened: opened.length,
    closed: closed.length,
  };
}

function openOf(lives: readonly Life[], at: EpochSeconds): readonly Life[] {
  return lives.filter(({ openedAt, closedAt }) => openedAt < at && (closedAt === null || closedAt >= at));
}

function phaseAt({ draft, firstReviewAt, firstApprovedAt }: Life, at: EpochSeconds): Phase {
  if (draft) return 'draft';
  if (firstApprovedAt !== null && firstApprovedAt < at) return 'approved';
  return firstReviewAt !== null && firstReviewAt < at ? 'reviewed' : 'open';
}
