/** The clock, read only where Forge calls the app: everything inside is given its time. */
import { toEpochSeconds } from '../facts/instant';
import type { EpochSeconds } from '../facts/pull-request-facts';

export function nowInSeconds(): EpochSeconds {
  return toEpochSeconds(Date.now());
}
