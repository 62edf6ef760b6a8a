/** Open work at the end of each day, and what came and went, for a cumulative flow diagram (METRICS 5). */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { closingOf } from './closing';
import { firstPlace } from './delivery/in-order';
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
    days: daysOf(
      known,
      Array.from({ length: days }, (_, place) => first + place * SECONDS_A_DAY),
      window,
    ),
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

/**
 * Each pull request is looked at once, however many the days: what it changes is noted at the first day that ends after
 * the instant of the change, and the days sum that up. The plain definition is `openWorkAt` and `flowIn` of each day.
 */
function daysOf(lives: readonly Life[], days: readonly EpochSeconds[], window: Window): readonly FlowDay[] {
  const ends = days.map((day) => Math.min(day + SECONDS_A_DAY, window.to));
  const never = ends.length;
  const placeAfter = (at: EpochSeconds | null): number =>
    at === null ? never : firstPlace(ends.length, (place) => (ends[place] ?? at) > at);
  const changes = ends.map(noChange);
  const add = (place: number, count: keyof DayChange, by: 1 | -1): void => {
    const change = changes[place];
    if (change !== undefined) change[count] += by;
  };
  const stays = (count: keyof DayChange, from: number, to: number): void => {
    if (from >= to) return;
    add(from, count, 1);
    add(to, count, -1);
  };
  for (const life of lives) {
    const opened = placeAfter(life.openedAt);
    const closed = placeAfter(life.closedAt);
    if (isWithin(window, life.openedAt)) add(opened, 'opened', 1);
    if (isWithin(window, life.closedAt)) add(closed, 'closed', 1);
    if (!life.activityRead) stays('activityUnread', opened, closed);
    if (life.draft) {
      stays('draft', opened, closed);
      continue;
    }
    const within = (place: number): number => Math.min(Math.max(place, opened), closed);
    const approved = within(placeAfter(life.firstApprovedAt));
    const reviewed = Math.min(within(placeAfter(life.firstReviewAt)), approved);
    stays('open', opened, reviewed);
    stays('reviewed', reviewed, approved);
    stays('approved', approved, closed);
  }
  const sum = noChange();
  return days.map((day, place) => {
    const change = changes[place] ?? noChange();
    for (const count of COUNTS) sum[count] += change[count];
    const { draft, open, reviewed, approved, activityUnread, opened, closed } = sum;
    const byPhase = { draft, open, reviewed, approved };
    return { day, at: ends[place] ?? day, byPhase, activityUnread, opened, closed };
  });
}

const COUNTS = [...PHASES, 'activityUnread', 'opened', 'closed'] as const;

/** By how much each count of a day differs from the day before. */
type DayChange = Record<(typeof COUNTS)[number], number>;

function noChange(): DayChange {
  return { draft: 0, open: 0, reviewed: 0, approved: 0, activityUnread: 0, opened: 0, closed: 0 };
}

function openOf(lives: readonly Life[], at: EpochSeconds): readonly Life[] {
  return lives.filter(({ openedAt, closedAt }) => openedAt < at && (closedAt === null || closedAt >= at));
}

function phaseAt({ draft, firstReviewAt, firstApprovedAt }: Life, at: EpochSeconds): Phase {
  if (draft) return 'draft';
  if (firstApprovedAt !== null && firstApprovedAt < at) return 'approved';
  return firstReviewAt !== null && firstReviewAt < at ? 'reviewed' : 'open';
}
