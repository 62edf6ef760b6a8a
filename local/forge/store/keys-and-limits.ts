/** The documented limits of Forge's storage service and the checks of keys, values and times to live. */
import { StoreRefusal, keyNotFound } from './answers';

/** Limits as Forge documents them for the Key-Value Store and the Custom Entity Store. */
export const LIMITS = {
  /** Longest key, in characters. */
  keyCharacters: 500,
  /** Largest value, in bytes of JSON: 240 KiB. */
  valueBytes: 240 * 1024,
  /** Deepest nesting of objects and lists in a value. */
  valueDepth: 31,
  /** Keys in one batch. */
  batchKeys: 25,
  /** Operations in one transaction. */
  transactionOperations: 25,
  /** Bytes of all values in one batch or transaction: 4 MB. */
  requestBytes: 4 * 1024 * 1024,
  /** Page size of a query that names none. */
  defaultPage: 10,
  /** Largest page of a query. */
  largestPage: 100,
  /** Conditions in one query or on one operation of a transaction. */
  conditions: 100,
  /** Longest time to live, in milliseconds: one year. */
  timeToLiveMilliseconds: 365 * 24 * 60 * 60 * 1000,
  /** All partition values of one index entry together, in bytes. */
  partitionBytes: 1_700,
  /** The range value of one index entry, in bytes. */
  rangeBytes: 900,
} as const;

const KEY_PATTERN = /^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/;

/**
 * Refuses a key outside Forge's documented pattern and length. Braces are outside: strip them from a UUID.
 *
 * @param emptyCode Code for an empty key; the two stores document different ones.
 */
export function checkKey(key: string, emptyCode: 'KEY_TOO_SHORT' | 'EMPTY_KEY'): void {
  if (key.length === 0) {
    throw new StoreRefusal(400, emptyCode, 'The provided key needs to be more than one character.');
  }
  if (key.length > LIMITS.keyCharacters) {
    throw new StoreRefusal(
      400,
      'KEY_TOO_LONG',
      `The provided key has exceeded the maximum ${LIMITS.keyCharacters} characters.`,
    );
  }
  if (!KEY_PATTERN.test(key)) {
    throw new StoreRefusal(
      400,
      'INVALID_KEY',
      `The provided key does not match the regex: ${String(KEY_PATTERN)}`,
    );
  }
}

/**
 * Refuses a value that Forge would not take and answers its JSON.
 * Forge takes a string, number, boolean, object or list; a missing value or `null` is none of these.
 */
export function checkedJson(value: unknown): string {
  if (value === undefined || value === null) {
    throw new StoreRefusal(400, 'INVALID_VALUE', 'A value is required; delete the key to store nothing.');
  }
  const json = JSON.stringify(value);
  if (byteLength(json) > LIMITS.valueBytes) {
    throw new StoreRefusal(
      400,
      'MAX_SIZE',
      `The provided value has exceeded the maximum size limit: ${byteLength(json)} of ${LIMITS.valueBytes} bytes.`,
    );
  }
  if (exceedsDepth(value, LIMITS.valueDepth)) {
    throw new StoreRefusal(
      400,
      'MAX_DEPTH',
      `The provided value has exceeded the maximum object depth (${LIMITS.valueDepth}) limit.`,
    );
  }
  return json;
}

/** Bytes of a text as the service counts them: UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function exceedsDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((inner) => exceedsDepth(inner, levels - 1));
}

/** A time to live as the SDK sends it. */
export interface TimeToLive {
  readonly value: number;
  readonly unit: 'SECONDS' | 'MINUTES' | 'HOURS' | 'DAYS';
}

const UNIT_MILLISECONDS = { SECONDS: 1_000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

/** The instant, in milliseconds since the epoch, at which a row written `now` expires; `null` for never. */
export function expiryOf(timeToLive: TimeToLive | undefined, now: number): number | null {
  if (timeToLive === undefined) {
    return null;
  }
  if (!Number.isInteger(timeToLive.value) || timeToLive.value <= 0) {
    throw new StoreRefusal(
      400,
      'INVALID_TTL',
      `TTL value must be a positive integer, received: ${timeToLive.value}`,
    );
  }
  const milliseconds = timeToLive.value * UNIT_MILLISECONDS[timeToLive.unit];
  if (milliseconds > LIMITS.timeToLiveMilliseconds) {
    throw new StoreRefusal(400, 'INVALID_TTL', 'TTL must not be longer than one year.');
  }
  return now + milliseconds;
}

/** `row`, or the refusal that the SDK reads as "no such key". */
export function found<Row>(row: Row | undefined): Row {
  if (row === undefined) {
    throw keyNotFound();
  }
  return row;
}
