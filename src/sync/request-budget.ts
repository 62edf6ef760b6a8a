/**
 * The request budget: how many requests each kind of work may make, from what was made in the last hour. Bitbucket
 * counts a rolling hour (1,000 requests for most workspaces); live events have the first call on it.
 */
import type { RateLimitNews } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { Budget } from '../storage/budget';

/** `live`: what events asked for; `open`: the lists and open pull requests; then recent and older history. */
export const WORK_KINDS = ['live', 'open', 'reconciliation', 'recent', 'history'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Bitbucket's limit for workspaces of up to a hundred seats, until an answer names another. */
const STANDARD_LIMIT = 1_000;

/**
 * The part of the hour up to which each kind may spend, all kinds together: a fifth is always left for live events, and
 * what happens today finds something left where history takes all it can.
 */
const SHARE: Readonly<Record<WorkKind, number>> = {
  live: 1,
  reconciliation: 0.8,
  open: 0.75,
  recent: 0.7,
  history: 0.65,
};

/**
 * Reconciliation heals what events missed, which is little, and makes the refreshes that were left to it: where there are
 * thousands of repositories, comparing them all as often as a few would leave nothing for their history. While no history
 * is read, that is, while all together use less than they would with it, reconciliation may have what is left of that.
 */
const RECONCILIATION_SHARE = 0.3;

/** Kinds that are counted by themselves too. */
type CountedKind = 'live' | 'reconciliation';

/** Requests are counted in slots: the shorter, the less of the hour is lost between two of them. */
const SLOT_SECONDS = 180;

/** What is taken must be used within this time, or is lost. */
export const VALID_SECONDS = SLOT_SECONDS;

/** An hour touches 21 slots; one more, because what was taken in a slot may be used in the next. */
const SLOTS_COUNTED = 3_600 / SLOT_SECONDS + 2;

const FIRST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 900;

/** What Bitbucket counts is over after an hour, whatever a header says. */
const LONGEST_TOLD_PAUSE_SECONDS = 3_600;

/** After Bitbucket refused, live events try first; the others wait this much longer for each refusal in a row. */
const EXTRA_PAUSE_SECONDS = 120;

/** Somebody else spends the same hour: no history until it is likely to have passed. */
const NEAR_LIMIT_PAUSE_SECONDS = 600;

/** The pause for others is renewed so often, not with each answer. */
const PAUSE_RENEWED_SECONDS = 300;

export const UNSPENT_BUDGET: Budget = {
  limit: STANDARD_LIMIT,
  slots: [],
  pausedUntil: 0,
  othersPausedUntil: 0,
  strikes: 0,
};

/** How much was granted, and when to ask again where it is nothing. */
export interface Grant {
  readonly count: number;
  readonly slot: number;
  readonly retryAfterSeconds: number;
  /** After a refusal nothing is granted for a while, whatever is left. */
  readonly isPause: boolean;
}

/** Requests of the last hour, and of the few minutes before that may still be under way. */
export function usedLately({ slots }: Budget, now: EpochSeconds): number {
  const first = slotOf(now) - SLOTS_COUNTED + 1;
  return slots.reduce((sum, { slot, used }) => (slot >= first ? sum + used : sum), 0);
}

/** The same of one kind of work. */
function usedLatelyBy(kind: CountedKind, { slots }: Budget, now: EpochSeconds): number {
  const first = slotOf(now) - SLOTS_COUNTED + 1;
  return slots.reduce((sum, each) => (each.slot >= first ? sum + each[kind] : sum), 0);
}

/** Up to this part of the hour's requests live events are served at once; from that part on they wait longest. */
const LIVE_AT_ONCE = 0.15;
const LIVE_WAITS_LONGEST = 0.4;

/** Where so little of the hour is used by all together, nobody needs what live events leave. */
const AMPLE = 0.4;
const SCARCE = 0.6;

/** An hour old is still today's picture. */
const LONGEST_WAIT_SECONDS = 3_600;

/**
 * Seconds that a refresh waits for further events on the same thing: `shortest` while live events need little of the
 * hour or much of it is left, growing to an hour as they need more of an hour that others need too. So what they need levels
 * off, and something is left for history: of 12 recorded events on a pull request, 15 seconds leave 10 readings, a
 * quarter of an hour 6, and an hour 4 to 5.
 */
export function refreshDelay(budget: Budget, shortest: number, now: EpochSeconds): number {
  const ofLive = between(LIVE_AT_ONCE, LIVE_WAITS_LONGEST, usedLatelyBy('live', budget, now) / budget.limit);
  const ofAll = between(AMPLE, SCARCE, usedLately(budget, now) / budget.limit);
  return Math.round(shortest * (LONGEST_WAIT_SECONDS / shortest) ** (ofLive * ofAll));
}

/** How far a value is on the way from one to another, 0 to 1. */
function between(from: number, to: number, value: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** Requests of the last sixty minutes, to the slot, for the screen. */
export function usedThisHour({ slots }: Budget, now: EpochSeconds): number {
  const first = slotOf(now - 3_600) + 1;
  return slots.reduce((sum, { slot, used }) => (slot >= first ? sum + used : sum), 0);
}

/** Requests an hour that a kind of work may count on when nothing else happens. */
export function hourlyShare({ limit }: Budget, kind: WorkKind): number {
  return Math.floor(limit * SHARE[kind]);
}

/** How many of `wanted` requests a kind may make now; what is granted counts as made. */
export function take(
  budget: Budget,
  kind: WorkKind,
  wanted: number,
  now: EpochSeconds,
): { readonly budget: Budget; readonly result: Grant } {
  const slot = slotOf(now);
  const paused =
    kind === 'live' ? budget.pausedUntil : Math.max(budget.pausedUntil, budget.othersPausedUntil);
  if (paused > now) {
    return { budget, result: { count: 0, slot, retryAfterSeconds: paused - now, isPause: true } };
  }
  const used = usedLately(budget, now);
  const left = Math.min(
    hourlyShare(budget, kind) - used,
    kind === 'reconciliation'
      ? Math.max(
          Math.floor(budget.limit * RECONCILIATION_SHARE) - usedLatelyBy(kind, budget, now),
          Math.floor(budget.limit * SCARCE) - used,
        )
      : Number.POSITIVE_INFINITY,
  );
  const count = Math.max(0, Math.min(wanted, left));
  if (count === 0) {
    return { budget, result: { count, slot, retryAfterSeconds: untilNextSlot(now), isPause: false } };
  }
  return {
    budget: { ...budget, slots: counted(budget.slots, { slot, kind, change: count }, now) },
    result: { count, slot, retryAfterSeconds: 0, isPause: false },
  };
}

/** Gives back what was granted to a kind of work in a slot and not used. */
export function giveBack(
  budget: Budget,
  kind: WorkKind,
  { slot, count }: Pick<Grant, 'slot' | 'count'>,
  now: EpochSeconds,
): Budget {
  if (count === 0) return budget;
  return { ...budget, slots: counted(budget.slots, { slot, kind, change: -count }, now) };
}

/** What an answer's headers change; the same budget where they change nothing. */
export function learn(budget: Budget, news: RateLimitNews, now: EpochSeconds): Budget {
  if (news.limited) {
    // Several requests were under way: one pause for all of them.
    if (budget.pausedUntil > now) return budget;
    const growing = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** budget.strikes);
    // Who was told to wait shortly, and is refused again and again, waits longer all the same.
    const told = Math.min(LONGEST_TOLD_PAUSE_SECONDS, news.retryAfterSeconds ?? 0);
    const pausedUntil = now + Math.max(growing, told);
    const strikes = budget.strikes + 1;
    return {
      ...budget,
      strikes,
      pausedUntil,
      othersPausedUntil: pausedUntil + Math.min(LONGEST_PAUSE_SECONDS, EXTRA_PAUSE_SECONDS * strikes),
    };
  }
  const limit = news.limit ?? budget.limit;
  const pause = news.nearLimit ? now + NEAR_LIMIT_PAUSE_SECONDS : 0;
  const othersPausedUntil =
    pause > budget.othersPausedUntil + PAUSE_RENEWED_SECONDS ? pause : budget.othersPausedUntil;
  if (limit === budget.limit && budget.strikes === 0 && othersPausedUntil === budget.othersPausedUntil) {
    return budget;
  }
  return { ...budget, limit, strikes: 0, othersPausedUntil };
}

function counted(
  slots: Budget['slots'],
  { slot, kind, change }: { readonly slot: number; readonly kind: WorkKind; readonly change: number },
  now: EpochSeconds,
): Budget['slots'] {
  const kept = slots.filter((each) => each.slot > slotOf(now) - SLOTS_COUNTED && each.slot !== slot);
  const before = slots.find((each) => each.slot === slot) ?? { slot, used: 0, live: 0, reconciliation: 0 };
  const after = { ...before, used: Math.max(0, before.used + change) };
  if (kind === 'live' || kind === 'reconciliation') after[kind] = Math.max(0, before[kind] + change);
  return [...kept, after].sort((a, b) => a.slot - b.slot);
}

function slotOf(seconds: EpochSeconds): number {
  return Math.floor(seconds / SLOT_SECONDS);
}

function untilNextSlot(now: EpochSeconds): number {
  return SLOT_SECONDS - (now % SLOT_SECONDS);
}
