/** The order of things in a repository of many copies: which pull request has which number, what came after what. */
import type { Copy } from './workspace-answers';

interface Made<T> {
  readonly value: T;
  readonly bytes: number;
}

/** Pull requests by their opening, which gives them their numbers; row 0 is number 1. */
export interface OpeningTable {
  readonly at: Float64Array;
  readonly copy: Uint16Array;
  readonly index: Uint16Array;
  /** The numbers of a copy's pull requests. */
  readonly ids: ReadonlyMap<Copy, Int32Array>;
}

/** Activity entries, the oldest first. */
export interface ActivityTable {
  readonly at: Float64Array;
  readonly id: Int32Array;
  readonly entry: Uint16Array;
}

/** Commits by when they appear, the first first. */
export interface CommitTable {
  readonly at: Float64Array;
  readonly copy: Uint16Array;
  readonly place: Uint16Array;
}

function order(length: number, compare: (left: number, right: number) => number): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row).sort(compare);
}

export function openingTable(copies: readonly Copy[]): OpeningTable {
  const count = copies.reduce((sum, { strand }) => sum + strand.pullRequests.length, 0);
  const at = new Float64Array(count);
  const copyOf = new Uint16Array(count);
  const indexOf = new Uint16Array(count);
  let row = 0;
  for (const [number, { strand, shift }] of copies.entries()) {
    for (const [index, opening] of strand.openings.entries()) {
      at[row] = opening + shift;
      copyOf[row] = number;
      indexOf[row] = index;
      row += 1;
    }
  }
  const sorted = order(count, (left, right) => (at[left] ?? 0) - (at[right] ?? 0) || left - right);
  const ids = new Map(copies.map((copy) => [copy, new Int32Array(copy.strand.pullRequests.length)]));
  for (const [position, from] of sorted.entries()) {
    const copy = copies[copyOf[from] ?? 0];
    const numbers = copy && ids.get(copy);
    if (numbers) numbers[indexOf[from] ?? 0] = position + 1;
  }
  return {
    at: Float64Array.from(sorted, (from) => at[from] ?? 0),
    copy: Uint16Array.from(sorted, (from) => copyOf[from] ?? 0),
    index: Uint16Array.from(sorted, (from) => indexOf[from] ?? 0),
    ids,
  };
}

export function activityTable(copies: readonly Copy[], openings: OpeningTable): Made<ActivityTable> {
  let count = 0;
  for (const { strand } of copies) for (const { activity } of strand.pullRequests) count += activity.length;
  const at = new Float64Array(count);
  const idOf = new Int32Array(count);
  const entryOf = new Uint16Array(count);
  let row = 0;
  for (const copy of copies) {
    const ids = openings.ids.get(copy);
    for (const [index, { activity }] of copy.strand.pullRequests.entries()) {
      for (const [place, entry] of activity.entries()) {
        at[row] = entry.at + copy.shift;
        idOf[row] = ids?.[index] ?? 0;
        entryOf[row] = place;
        row += 1;
      }
    }
  }
  // The other way round it is the order of `activityLogOf`.
  const sorted = order(
    count,
    (left, right) =>
      (at[left] ?? 0) - (at[right] ?? 0) ||
      (idOf[left] ?? 0) - (idOf[right] ?? 0) ||
      (entryOf[right] ?? 0) - (entryOf[left] ?? 0),
  );
  const value = {
    at: Float64Array.from(sorted, (from) => at[from] ?? 0),
    id: Int32Array.from(sorted, (from) => idOf[from] ?? 0),
    entry: Uint16Array.from(sorted, (from) => entryOf[from] ?? 0),
  };
  return { value, bytes: count * 14 };
}

export function commitTable(copies: readonly Copy[]): Made<CommitTable> {
  const count = copies.reduce((sum, { strand }) => sum + strand.commits.length, 0);
  const at = new Float64Array(count);
  const copyOf = new Uint16Array(count);
  const placeOf = new Uint16Array(count);
  let row = 0;
  for (const [number, { strand, shift }] of copies.entries()) {
    for (const [place, visibleAt] of strand.commitTimes.entries()) {
      at[row] = visibleAt + shift;
      copyOf[row] = number;
      placeOf[row] = place;
      row += 1;
    }
  }
  const sorted = order(count, (left, right) => (at[left] ?? 0) - (at[right] ?? 0) || left - right);
  const value = {
    at: Float64Array.from(sorted, (from) => at[from] ?? 0),
    copy: Uint16Array.from(sorted, (from) => copyOf[from] ?? 0),
    place: Uint16Array.from(sorted, (from) => placeOf[from] ?? 0),
  };
  return { value, bytes: count * 12 };
}
