/** What happened to those who waited about as long in a phase, found for thousands of forecasts without a sort for each. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { firstPlace } from '../delivery/in-order';
import type { PhaseStay } from './phase-stays';
import type { SortedLifetimes } from './survival';

/** How it went on for others after they had waited for so long. */
export interface LaterLifetimes extends SortedLifetimes {
  /** Of so many pull requests. */
  readonly compared: number;
}

/** Stays by lifetime: the seconds from their beginning to the merge, or to the instant that all is seen at. */
interface StaysInOrder {
  /** Ascending. */
  readonly lifetimes: Float64Array;
  /** Of each, for how many of these seconds it was in the phase. */
  readonly stayed: Float64Array;
  readonly ids: Float64Array;
}

/**
 * Stays in one phase, put in order once. A forecast then finds the lifetimes after each wait as a range of them, already
 * ascending, and merges these; a long wait's range is short.
 */
export class PhaseHistory {
  private readonly merged: StaysInOrder;
  private readonly unmerged: StaysInOrder;
  /** How long each stay was, ascending. */
  private readonly stayed: Float64Array;
  private readonly stayedById: ReadonlyMap<number, number>;

  /** `stays`, at most one of a pull request, as they were known at `at`. */
  constructor(stays: readonly PhaseStay[], at: EpochSeconds) {
    this.merged = inOrder(
      stays.filter(({ mergedAt }) => mergedAt !== null),
      at,
    );
    this.unmerged = inOrder(
      stays.filter(({ mergedAt }) => mergedAt === null),
      at,
    );
    this.stayed = Float64Array.from(stays, (stay) => secondsIn(stay, at)).sort();
    this.stayedById = new Map(stays.map((stay) => [stay.id, secondsIn(stay, at)]));
  }

  /**
   * The lifetimes after each of the waits, of which there is at least one, of those who were still in the phase then, all but
   * one pull request; those of more than `until` seconds are counted and not listed.
   */
  after(waits: readonly number[], exceptId: number, until: number): LaterLifetimes {
    const own = this.stayedById.get(exceptId) ?? 0;
    const membersAfter = (wait: number): number =>
      this.stayed.length - countUpTo(this.stayed, wait) - Number(own > wait);
    const shortest = Math.min(...waits);
    return {
      endings: mergedAscending(waits.map((wait) => lifetimesAfter(this.merged, wait, exceptId, until))),
      censored: mergedAscending(waits.map((wait) => lifetimesAfter(this.unmerged, wait, exceptId, until))),
      members: waits.reduce((sum, wait) => sum + membersAfter(wait), 0),
      // Who was in the phase after a longer wait was so after the shortest too, and was observed for longer since.
      longest: Math.max(
        longestAfter(this.merged, shortest, exceptId),
        longestAfter(this.unmerged, shortest, exceptId),
      ),
      compared: membersAfter(shortest),
    };
  }
}

function inOrder(stays: readonly PhaseStay[], at: EpochSeconds): StaysInOrder {
  const lifetimes = Float64Array.from(stays, ({ from, mergedAt }) => (mergedAt ?? at) - from);
  const places = Uint32Array.from(stays, (_, place) => place).sort(
    (a, b) => (lifetimes[a] ?? 0) - (lifetimes[b] ?? 0),
  );
  const ordered = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(places, (place) => values[place] ?? 0);
  return {
    lifetimes: ordered(lifetimes),
    stayed: ordered(stays.map((stay) => secondsIn(stay, at))),
    ids: ordered(stays.map(({ id }) => id)),
  };
}

/** For how long it had been in the phase at `at`. */
function secondsIn({ from, to }: PhaseStay, at: EpochSeconds): number {
  return (to ?? at) - from;
}

/** Ascending; no lifetime is shorter than the stay that it begins with, since nobody enters a phase once merged. */
function lifetimesAfter(
  { lifetimes, stayed, ids }: StaysInOrder,
  wait: number,
  exceptId: number,
  until: number,
): Float64Array {
  const first = countUpTo(lifetimes, wait);
  const end = countUpTo(lifetimes, wait + until);
  const found = new Float64Array(end - first);
  let amount = 0;
  for (let place = first; place < end; place += 1) {
    // Only while it still was in the phase: a later phase has chances of its own.
    if ((stayed[place] ?? 0) <= wait || ids[place] === exceptId) continue;
    found[amount] = (lifetimes[place] ?? 0) - wait;
    amount += 1;
  }
  return found.subarray(0, amount);
}

/** 0 where nobody waited for so long. */
function longestAfter({ lifetimes, stayed, ids }: StaysInOrder, wait: number, exceptId: number): number {
  for (let place = lifetimes.length - 1; place >= 0; place -= 1) {
    if ((stayed[place] ?? 0) > wait && ids[place] !== exceptId) return (lifetimes[place] ?? 0) - wait;
  }
  return 0;
}

function countUpTo(ascending: Float64Array, value: number): number {
  return firstPlace(ascending.length, (place) => (ascending[place] ?? 0) > value);
}

/** The values of several ascending lists in one. */
function mergedAscending(lists: readonly Float64Array[]): Float64Array {
  const [one, other, ...rest] = lists;
  if (one === undefined) return new Float64Array(0);
  // In pairs, so that each value is copied about as often as any other.
  return other === undefined ? one : mergedAscending([...rest, mergedTwo(one, other)]);
}

function mergedTwo(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length + other.length);
  let [ofOne, ofOther] = [0, 0];
  while (ofOne < one.length && ofOther < other.length) {
    const next = one[ofOne] ?? 0;
    const nextOther = other[ofOther] ?? 0;
    if (next <= nextOther) {
      both[ofOne + ofOther] = next;
      ofOne += 1;
    } else {
      both[ofOne + ofOther] = nextOther;
      ofOther += 1;
    }
  }
  both.set(one.subarray(ofOne), ofOne + ofOther);
  both.set(other.subarray(ofOther), one.length + ofOther);
  return both;
}
