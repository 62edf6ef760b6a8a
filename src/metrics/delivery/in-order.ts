/** Finds places in deployments that are in the order of their instants, without looking at all of them. */
import type { EpochSeconds } from '../../facts/pull-request-facts';

/** How many come before an instant; they are ascending by `at`. */
export function countBefore(
  ascending: readonly { readonly at: EpochSeconds }[],
  instant: EpochSeconds,
): number {
  return firstPlace(ascending.length, (place) => (ascending[place]?.at ?? instant) >= instant);
}

/** How many come before an instant or at it; they are ascending by `at`. */
export function countUpTo(
  ascending: readonly { readonly at: EpochSeconds }[],
  instant: EpochSeconds,
): number {
  return firstPlace(ascending.length, (place) => (ascending[place]?.at ?? instant) > instant);
}

/** The first place of so many that a condition holds at, where it holds at all that follow too; `length` where at none. */
export function firstPlace(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
