/** What people open in Bitbucket, as the calls that the app's screens make. */
import type { Chance } from '../demo/random';
import type { ResolverFunction, ResolverFunctions } from '../../src/views/contract';

/** One call of a screen. */
export type ViewCall = {
  readonly [F in ResolverFunction]: { readonly name: F; readonly payload: ResolverFunctions[F]['payload'] };
}[ResolverFunction];

/** One of so many who see the panel goes on to the page, and there to one of its tabs. */
export const PAGE_SHARE = 0.2;

const query = { window: 90 } as const;

const PANEL: readonly ViewCall[] = [
  { name: 'overview', payload: { query } },
  { name: 'reminders', payload: {} },
];

const PAGE: readonly ViewCall[] = [
  { name: 'overview', payload: { query } },
  { name: 'progress', payload: {} },
  { name: 'choices', payload: { query } },
  { name: 'notes', payload: {} },
  { name: 'reminders', payload: { timeZone: 'Europe/Berlin' } },
];

const TABS: readonly (readonly ViewCall[])[] = [
  [{ name: 'delivery', payload: { query } }],
  [
    { name: 'pullRequests', payload: { query } },
    { name: 'definitions', payload: { query } },
  ],
  [{ name: 'reviews', payload: { query } }],
  [{ name: 'openWork', payload: { query } }],
  [{ name: 'pipelines', payload: { query } }],
];

/** The calls of one view: the panel, and for some the page with a tab. */
export function callsOfView(luck: Chance): readonly ViewCall[] {
  return luck.happens(PAGE_SHARE) ? [...PANEL, ...PAGE, ...luck.pick(TABS)] : PANEL;
}

/** What is measured of the largest repository. */
export const MEASURED_CALLS: readonly ViewCall[] = [
  { name: 'overview', payload: { query } },
  { name: 'pullRequests', payload: { query } },
  { name: 'reviews', payload: { query } },
  { name: 'openWork', payload: { query } },
  { name: 'delivery', payload: { query } },
  { name: 'explain', payload: { query, figure: 'time_to_merge' } },
];

const DAY_MILLISECONDS = 86_400_000;
const HOUR_MILLISECONDS = 3_600_000;
const FIRST_HOUR = 8;
const LAST_HOUR = 18;

/** The instants of a day's views: in working hours from Monday to Friday, none on other days. */
export function instantsOfViews(startOfDay: number, viewsPerDay: number, luck: Chance): readonly number[] {
  const weekday = new Date(startOfDay).getUTCDay();
  if (weekday === 0 || weekday === 6) return [];
  const from = startOfDay + FIRST_HOUR * HOUR_MILLISECONDS;
  const to = startOfDay + LAST_HOUR * HOUR_MILLISECONDS;
  return Array.from({ length: viewsPerDay }, () => luck.integer(from, to));
}

/** Midnight (UTC) of the day of an instant. */
export function startOfDayOf(instant: number): number {
  return Math.floor(instant / DAY_MILLISECONDS) * DAY_MILLISECONDS;
}
