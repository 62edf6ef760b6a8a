/**
 * One recorded history of a repository, slimmed to what the app asks for: the material that a simulated workspace lays
 * end to end. Instants are microseconds since 1970, as recorded; people and commits are numbers within the strand.
 */

/** A recorded hash: its first twelve digits in two halves of 24 bits, and what follows them, if it was recorded whole. */
export interface RecordedHash {
  readonly high: number;
  readonly low: number;
  readonly tail: string;
}

export type StrandState = 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED';

/** One entry of a pull request's activity. */
export type StrandEntry =
  | {
      readonly kind: 'update';
      readonly at: number;
      readonly person: number | null;
      readonly state: string;
      readonly source: RecordedHash | null;
      readonly destination: RecordedHash | null;
    }
  | {
      readonly kind: 'comment';
      readonly at: number;
      readonly person: number | null;
      readonly id: number;
      readonly isDeleted: boolean;
      readonly isInline: boolean;
    }
  | { readonly kind: 'approval'; readonly at: number; readonly person: number | null };

export interface StrandParticipant {
  readonly person: number | null;
  readonly role: string;
  readonly isApproved: boolean;
  readonly at: number | null;
}

export interface StrandStatus {
  readonly hash: RecordedHash;
  readonly key: string;
  readonly state: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A pull request as it ended up. */
export interface StrandPullRequest {
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: StrandState;
  /** `null` while it is open. */
  readonly closedAt: number | null;
  readonly author: number | null;
  readonly closedBy: number | null;
  readonly mergeCommit: { readonly hash: RecordedHash; readonly at: number | null } | null;
  readonly source: {
    readonly branch: string;
    readonly hash: RecordedHash | null;
    readonly repository: 'own' | 'fork' | 'gone';
  };
  readonly destination: { readonly branch: string; readonly hash: RecordedHash | null };
  readonly participants: readonly StrandParticipant[];
  readonly reviewers: readonly number[];
  /** In the recorded order, mostly newest first. */
  readonly activity: readonly StrandEntry[];
  /** Its commits by their place in the strand, in the recorded order. */
  readonly commits: readonly number[];
  readonly statuses: readonly StrandStatus[];
  readonly size: StrandSize | null;
}

/** What a pull request changes, where it is known. */
export interface StrandSize {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

export interface StrandCommit {
  readonly hash: RecordedHash;
  /** `null` where the date is no instant; then `dateText` is what stands there. */
  readonly at: number | null;
  readonly dateText: string | null;
  readonly parents: readonly RecordedHash[];
  /** Where each parent is in the strand; the parents that were not recorded are left out. */
  readonly parentPlaces: readonly number[];
  /** Since when it is listed: its date, or its pull request's end where that was earlier. */
  readonly visibleAt: number;
}

/** A merge into the main branch. */
export interface MainMerge {
  readonly at: number;
  readonly commit: number;
}

/** What happens, beside what Bitbucket then answers. */
export interface StrandEvent {
  readonly at: number;
  readonly pullRequest: number;
  readonly what:
    | { readonly kind: 'opened' | 'edited' | 'closed' | 'merged-push' }
    | { readonly kind: 'pushed' | 'updated' | 'commented' | 'reviewed'; readonly entry: number }
    | { readonly kind: 'built' | 'rebuilt'; readonly status: number };
}

export interface Strand {
  readonly name: string;
  readonly mainBranch: string;
  /** How many people it knows; they are numbered from 0, the first seen first. */
  readonly people: number;
  /** By opening. */
  readonly pullRequests: readonly StrandPullRequest[];
  /** By `visibleAt`, the earliest first. */
  readonly commits: readonly StrandCommit[];
  /** By the short number of their hashes. */
  readonly commitPlaces: ReadonlyMap<number, number>;
  /** Their `visibleAt`. */
  readonly commitTimes: Float64Array;
  readonly mainMerges: readonly MainMerge[];
  /** In order. */
  readonly events: readonly StrandEvent[];
  /** Each instant at which an answer changes, in order. */
  readonly changes: Float64Array;
  readonly openings: Float64Array;
  readonly eventTimes: Float64Array;
}

const DIGITS_OF_HALF = 6;
const SHORT = 2 * DIGITS_OF_HALF;

/** The hash in a text of hexadecimal digits, of which the first twelve tell it from others. */
export function recordedHash(text: string): RecordedHash {
  const start = text.padEnd(SHORT, '0');
  return {
    high: parseInt(start.slice(0, DIGITS_OF_HALF), 16),
    low: parseInt(start.slice(DIGITS_OF_HALF, SHORT), 16),
    tail: text.slice(SHORT),
  };
}

/** One number for the first twelve digits. */
export function shortNumber({ high, low }: Pick<RecordedHash, 'high' | 'low'>): number {
  return high * 0x1000000 + low;
}

/** How many of the sorted numbers are not above a limit. */
export function countUpTo(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A pull request's state at an instant of the strand. */
export function stateAt({ closedAt, state }: StrandPullRequest, at: number): StrandState {
  return closedAt !== null && closedAt <= at ? state : 'OPEN';
}

/** When a pull request was last updated, as told at an instant of the strand. */
export function updatedAt({ createdAt, updatedAt: last, activity }: StrandPullRequest, at: number): number {
  if (last <= at) return last;
  return activity.reduce(
    (latest, entry) => (entry.at <= at ? Math.max(latest, entry.at) : latest),
    createdAt,
  );
}

/** The youngest update that is known at an instant: it names the commits at both ends then. */
export function latestUpdate(
  { activity }: StrandPullRequest,
  at: number,
): Extract<StrandEntry, { readonly kind: 'update' }> | null {
  let found: Extract<StrandEntry, { readonly kind: 'update' }> | null = null;
  for (const entry of activity) {
    if (entry.kind !== 'update' || entry.at > at) continue;
    if (found === null || entry.at > found.at) found = entry;
  }
  return found;
}
