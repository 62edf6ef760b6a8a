/** Which commits of a copy a revision names, and which can be reached from it. */
import type { Copy } from './workspace-answers';
import { wholeHash } from './workspace-identities';
import { recordedHash, shortNumber, type Strand } from './workspace-strand';

/** Where the commit of a hash, or of its beginning of at least twelve digits, is in a copy's strand; `null` where it is not. */
export function placeOfHash(copy: Copy, hash: string): number | null {
  if (!/^[0-9a-f]{12,40}$/.test(hash)) return null;
  const { high, low } = recordedHash(hash);
  const place = copy.strand.commitPlaces.get(
    shortNumber({ high: high ^ copy.key.high, low: low ^ copy.key.low }),
  );
  const commit = place === undefined ? undefined : copy.strand.commits[place];
  if (place === undefined || commit === undefined) return null;
  return wholeHash(commit.hash, copy.key).startsWith(hash) ? place : null;
}

/** The commit at a place of a strand, and all that came before it. */
export function reachedFrom(strand: Strand, tip: number): ReadonlySet<number> {
  const reached = new Set([tip]);
  const open = [tip];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const parent of strand.commits[place]?.parentPlaces ?? []) {
      if (reached.has(parent)) continue;
      reached.add(parent);
      open.push(parent);
    }
  }
  return reached;
}
