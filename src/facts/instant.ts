/** Reads the instants that Bitbucket writes, and turns them into the whole seconds that Throughline stores. */
import type { EpochSeconds } from './pull-request-facts';

/** `Date.parse` also takes other forms, and free text with a number in it. */
const ISO_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$/;

/** What Forge's `integer` of 32 bits holds as seconds: from 1970 to January 2038. */
const LATEST_MILLISECONDS = (2 ** 31 - 1) * 1_000;

/**
 * Milliseconds since 1970 of an ISO 8601 instant, or `null` where the text is not one, or none that can be stored: real
 * repositories hold commit dates such as `2011-08-29T06:50:23+518:00`, which must not stop the reading of their neighbours.
 */
export function parseInstant(text: string): number | null {
  if (!ISO_FORM.test(text)) return null;
  const milliseconds = Date.parse(text);
  return milliseconds >= 0 && milliseconds <= LATEST_MILLISECONDS ? milliseconds : null;
}

/** Whole seconds, rounded down, of an instant in milliseconds. */
export function toEpochSeconds(milliseconds: number): EpochSeconds {
  return Math.floor(milliseconds / 1000);
}

/** ISO 8601 in UTC with whole seconds, the form of the export (METRICS 9). */
export function toIso(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
