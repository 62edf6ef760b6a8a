/** Reads the instants that Bitbucket writes, and turns them into the whole seconds that Throughline stores. */
import type { EpochSeconds } from './pull-request-facts';

/**
 * Milliseconds since 1970 of an ISO 8601 instant, or `null` where the text is not one: real repositories hold commit
 * dates such as `2011-08-29T06:50:23+518:00`, which must not stop the reading of their neighbours.
 */
export function parseInstant(text: string): number | null {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** Whole seconds, rounded down, of an instant in milliseconds. */
export function toEpochSeconds(milliseconds: number): EpochSeconds {
  return Math.floor(milliseconds / 1000);
}

/** ISO 8601 in UTC with whole seconds, the form of the export (METRICS 9). */
export function toIso(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
