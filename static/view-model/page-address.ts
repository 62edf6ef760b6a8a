/** Writes what a reader looks at into the page's address and reads it back, so that a view can be shared. */
import { BRANCH_KINDS } from '../../src/facts/pull-request-facts';
import type { Inclusion } from '../../src/metrics/filters';
import { WINDOW_DAYS, type Clock, type ViewQuery } from '../../src/views/view-query';
import { DEFAULT_QUERY } from '../shared/query';

export const TABS = [
  'overview',
  'delivery',
  'pullRequests',
  'reviews',
  'openWork',
  'pipelines',
  'data',
] as const;
export type Tab = (typeof TABS)[number];

export interface PageAddress {
  readonly tab: Tab;
  readonly query: ViewQuery;
}

const INCLUSIONS: readonly Inclusion[] = ['with', 'without', 'only'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINUTES = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;
const DEFAULT_TAB: Tab = 'overview';

/** What an address's search part names; the default in place of what it does not name or names wrongly. */
export function readAddress(search: string): PageAddress {
  const parts = new URLSearchParams(search);
  const clock = clockIn(parts);
  const drafts = INCLUSIONS.find((each) => each === parts.get('drafts'));
  const bots = INCLUSIONS.find((each) => each === parts.get('bots'));
  const targetBranches = listIn(parts, 'branch');
  const authorIds = listIn(parts, 'author');
  const reviewerIds = listIn(parts, 'reviewer');
  const teamId = parts.get('team') ?? '';
  const branchKinds = BRANCH_KINDS.filter((kind) => parts.getAll('kind').includes(kind));
  return {
    tab: TABS.find((tab) => tab === parts.get('tab')) ?? DEFAULT_TAB,
    query: {
      window: windowIn(parts),
      ...(targetBranches === null ? {} : { targetBranches }),
      ...(authorIds === null ? {} : { authorIds }),
      ...(reviewerIds === null ? {} : { reviewerIds }),
      ...(teamId === '' ? {} : { teamId }),
      ...(branchKinds.length === 0 ? {} : { branchKinds }),
      ...(drafts === undefined ? {} : { drafts }),
      ...(bots === undefined ? {} : { bots }),
      ...(clock === null ? {} : { clock }),
    },
  };
}

/** The search part, without what is as it is by default; the same view always has the same address. */
export function writeAddress({ tab, query }: PageAddress): string {
  const parts = new URLSearchParams();
  if (tab !== DEFAULT_TAB) parts.set('tab', tab);
  const { window, clock } = query;
  if (typeof window === 'number') {
    if (window !== DEFAULT_QUERY.window) parts.set('days', String(window));
  } else {
    parts.set('from', window.firstDay);
    parts.set('to', window.lastDay);
  }
  const lists = [
    ['branch', query.targetBranches],
    ['author', query.authorIds],
    ['reviewer', query.reviewerIds],
    ['kind', query.branchKinds],
  ] as const;
  for (const [name, values] of lists) {
    for (const value of values ?? []) parts.append(name, value);
  }
  if (query.teamId !== undefined) parts.set('team', query.teamId);
  if (query.drafts !== undefined) parts.set('drafts', query.drafts);
  if (query.bots !== undefined) parts.set('bots', query.bots);
  if (clock !== undefined) {
    parts.set('hours', clock.kind === 'weekdays' ? 'weekdays' : hoursText(clock));
    parts.set('zone', clock.timeZone);
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** `09:00` of minutes after midnight. */
export function minuteText(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Minutes after midnight of `09:00`; `null` where it is no time of day. */
export function minuteOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && minute <= 1_440 ? minute : null;
}

function hoursText({ startMinute, endMinute }: Extract<Clock, { kind: 'working-hours' }>): string {
  return `${minuteText(startMinute)}-${minuteText(endMinute)}`;
}

function windowIn(parts: URLSearchParams): ViewQuery['window'] {
  const firstDay = parts.get('from') ?? '';
  const lastDay = parts.get('to') ?? '';
  if (isDay(firstDay) && isDay(lastDay) && firstDay <= lastDay) return { firstDay, lastDay };
  return WINDOW_DAYS.find((days) => String(days) === parts.get('days')) ?? DEFAULT_QUERY.window;
}

/** A day that the calendar has: `2026-02-30` is none. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function clockIn(parts: URLSearchParams): Clock | null {
  const timeZone = parts.get('zone') ?? '';
  const hours = parts.get('hours') ?? '';
  if (timeZone === '' || hours === '') return null;
  if (hours === 'weekdays') return { kind: 'weekdays', timeZone };
  const [from, to] = MINUTES.test(hours) ? hours.split('-').map(minuteOf) : [];
  if (from === undefined || from === null || to === undefined || to === null || from >= to) return null;
  return { kind: 'working-hours', timeZone, startMinute: from, endMinute: to };
}

/** Each value once; `null` where there is none. */
function listIn(parts: URLSearchParams, name: string): readonly string[] | null {
  const values = [...new Set(parts.getAll(name))].filter((value) => value !== '');
  return values.length === 0 ? null : values;
}
