/** What ranges of lists say of their members, without looking at each member of each range. */

/** Neighbours in a list: `list[first]` up to `list[end - 1]`, none where the two are equal. */
export interface Range<Member> {
  readonly list: readonly Member[];
  readonly first: number;
  readonly end: number;
}

/**
 * For each member the first `most` (at least 1) of the ranges that hold it, in the order given, whichever list they are
 * of; members of no range are left out. A member that has as many is passed over from then on, so that the time grows
 * with the members and the ranges, and not with the lengths of these.
 */
export function firstRangesByMember<Member, Item extends Range<Member>>(
  ranges: readonly Item[],
  most: number,
): ReadonlyMap<Member, readonly Item[]> {
  const rangesOf = new Map<Member, Item[]>();
  const placesOf = new Map<readonly Member[], RemainingPlaces>();
  for (const range of ranges) {
    const { list, first, end } = range;
    const places = placesOf.get(list) ?? new RemainingPlaces(list.length);
    placesOf.set(list, places);
    for (let place = places.from(first); place < end; place = places.from(place + 1)) {
      const member = list[place];
      if (member === undefined) continue;
      const known = rangesOf.get(member);
      if (known === undefined) rangesOf.set(member, [range]);
      // It may have got the last of them in another list.
      else if (known.length < most) known.push(range);
      if (most === 1 || known?.length === most) places.remove(place);
    }
  }
  return rangesOf;
}

/** For each member how many of the ranges hold it; members of none are left out. */
export function rangeCounts<Member>(ranges: readonly Range<Member>[]): ReadonlyMap<Member, number> {
  const changesOf = new Map<readonly Member[], number[]>();
  for (const { list, first, end } of ranges) {
    const changes = changesOf.get(list) ?? Array.from({ length: list.length + 1 }, () => 0);
    changesOf.set(list, changes);
    changes[first] = (changes[first] ?? 0) + 1;
    changes[end] = (changes[end] ?? 0) - 1;
  }
  const counts = new Map<Member, number>();
  for (const [list, changes] of changesOf) {
    let holding = 0;
    for (const [place, member] of list.entries()) {
      holding += changes[place] ?? 0;
      if (holding > 0) counts.set(member, (counts.get(member) ?? 0) + holding);
    }
  }
  return counts;
}

/**
 * Places of a list, of which some are removed: disjoint sets with path halving (R. E. Tarjan and J. van Leeuwen,
 * "Worst-case Analysis of Set Union Algorithms", Journal of the ACM 31, 1984).
 */
class RemainingPlaces {
  /** Of each place itself while it remains, else one after it from which to look on. */
  private readonly onwards: Int32Array;

  constructor(length: number) {
    this.onwards = Int32Array.from({ length: length + 1 }, (_, place) => place);
  }

  /** The first place that remains, at this one or after it; the list's length where none does. */
  from(place: number): number {
    let here = place;
    for (let next = this.onwards[here] ?? here; next !== here; next = this.onwards[here] ?? here) {
      const afterNext = this.onwards[next] ?? next;
      this.onwards[here] = afterNext;
      here = afterNext;
    }
    return here;
  }

  remove(place: number): void {
    this.onwards[place] = place + 1;
  }
}
