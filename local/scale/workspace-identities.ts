/** Gives every copy of a strand hashes, ids and people of its own, the same at each run with the same seed. */
import type { JsonObject } from '../bitbucket/workspace-source';
import type { RecordedHash } from './workspace-strand';

const HALF = 0xffffff;

/** Murmur3's finaliser: neighbouring numbers become numbers that have nothing to do with each other. */
export function mixed(number: number): number {
  let hash = number | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** A uuid with braces; `kind` keeps those of repositories, accounts and forks apart. */
export function uuidOf(seed: number, kind: number, number: number): string {
  const words = [1, 2, 3, 4].map((part) =>
    hex(mixed(mixed(seed * 31 + kind * 7 + part) ^ mixed(number * 4 + part)), 8),
  );
  const digits = words.join('');
  const part = (from: number, to: number): string => digits.slice(from, to);
  return `{${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}}`;
}

/** What tells one copy of a strand from another; both halves differ from 0. */
export interface HashKey {
  readonly high: number;
  readonly low: number;
}

export function hashKey(seed: number, copy: number): HashKey {
  return {
    high: (mixed(seed ^ mixed(2 * copy + 1)) & HALF) | 1,
    low: (mixed(seed ^ mixed(2 * copy + 2)) & HALF) | 1,
  };
}

/** The null revision has no hash of its own anywhere. */
function isNull({ high, low }: Pick<RecordedHash, 'high' | 'low'>): boolean {
  return high === 0 && low === 0;
}

/** The first twelve digits of a hash in a copy: what was a prefix of another before is so afterwards. */
export function shortHash(hash: RecordedHash, key: HashKey): string {
  if (isNull(hash)) return '0'.repeat(12);
  return hex(hash.high ^ key.high, 6) + hex(hash.low ^ key.low, 6);
}

/** A whole hash in a copy. */
export function wholeHash(hash: RecordedHash, key: HashKey): string {
  return shortHash(hash, key) + hash.tail;
}

const ACCOUNT = 2;

/** The people of the workspace as Bitbucket shows them. */
export function makeAccounts(seed: number, count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, number) => {
    const uuid = uuidOf(seed, ACCOUNT, number);
    return {
      type: 'user',
      uuid,
      account_id: `557058:${uuid.slice(1, -1)}`,
      display_name: `Person ${number + 1}`,
      nickname: `person-${number + 1}`,
    };
  });
}
