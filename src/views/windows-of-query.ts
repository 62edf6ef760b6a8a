/** Turns the window that a reader chose into instants. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { SECONDS_A_DAY, windowEndingAt } from '../metrics/windows';
import { RequestRefused } from './request-refused';
import type { ReportedWindow, ViewQuery } from './view-query';

/** Midnight UTC of a day written as `2026-01-31`. */
export function startOfDay(day: string): EpochSeconds {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** The last days up to `now`, or a custom window's days as far as they have passed. Throws RequestRefused for none. */
export function windowOf({ window }: Pick<ViewQuery, 'window'>, now: EpochSeconds): ReportedWindow {
  if (typeof window === 'number') return { ...windowEndingAt(now, window), days: window };
  const from = startOfDay(window.firstDay);
  if (from >= now)
    throw new RequestRefused('bad-request', 'The window begins in the future. Choose other days.');
  const to = Math.min(now, startOfDay(window.lastDay) + SECONDS_A_DAY);
  return { from, to, days: Math.ceil((to - from) / SECONDS_A_DAY) };
}
