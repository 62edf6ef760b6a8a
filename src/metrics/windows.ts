/** The windows that figures are computed over. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { Window } from './figures';

export const SECONDS_A_DAY = 86_400;

/** The `days` times 24 hours before `now`. */
export function windowEndingAt(now: EpochSeconds, days: number): Window {
  return { from: now - days * SECONDS_A_DAY, to: now };
}

/** The window of the same length that ends where this one begins. */
export function precedingWindow(window: Window): Window {
  return { from: window.from - (window.to - window.from), to: window.from };
}

/** Whether an instant lies in the half-open window; an unknown instant lies in none. */
export function isWithin(window: Window, at: EpochSeconds | null): at is EpochSeconds {
  return at !== null && window.from <= at && at < window.to;
}
