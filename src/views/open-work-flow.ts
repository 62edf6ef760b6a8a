/** The cumulative flow as a screen shows it, and the pull requests behind one of its days. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { cumulativeFlow, flowIn, openWorkAt } from '../metrics/cumulative-flow';
import type { Window } from '../metrics/figures';
import type { FigureOptions } from '../metrics/population';
import { SECONDS_A_DAY } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import type { OpenWorkAtReport, ReportedFlow } from './reports/open-work-report';
import { RequestRefused } from './request-refused';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** More days than this are closer to each other than the eye can tell on a page of usual width. */
const MOST_DAYS_SHOWN = 180;

/** The flow of the window, thinned out where it is long; `leftOut` are those that are nowhere in it. */
export function shownFlow(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): { readonly flow: ReportedFlow; readonly leftOut: number } {
  const { openAtStart, days, leftOut } = cumulativeFlow(facts, window, options);
  const daysApart = daysApartIn(window);
  const shown = days.filter((_, place) => (days.length - 1 - place) % daysApart === 0);
  return { flow: { openAtStart, days: shown, daysApart }, leftOut };
}

/** `null` where nothing is stored of the repository. Throws RequestRefused for a day outside of the query's window. */
export async function openWorkAtOf(
  repository: RepositoryId,
  query: ViewQuery,
  day: EpochSeconds,
  now: EpochSeconds,
): Promise<OpenWorkAtReport | null> {
  const selection = await select(repository, query, now);
  return selection === null
    ? null
    : openWorkAtReport(selection.facts, selection.window, day, selection.options);
}

/** What stands behind the day that begins at `day` (00:00 UTC). Throws RequestRefused for one outside of the window. */
export function openWorkAtReport(
  facts: readonly PullRequestFacts[],
  window: Window,
  day: EpochSeconds,
  options: FigureOptions,
): OpenWorkAtReport {
  if (day % SECONDS_A_DAY !== 0 || day < firstDayOf(window) || day >= window.to) {
    throw new RequestRefused('bad-request', 'The window does not have this day. Choose one of its days.');
  }
  const at = Math.min(day + SECONDS_A_DAY, window.to);
  const since = Math.max(window.from, day - (daysApartIn(window) - 1) * SECONDS_A_DAY);
  const { opened, closed } = flowIn(facts, { from: since, to: at }, options);
  return { day, at, open: openWorkAt(facts, at, options), since, opened, closed };
}

function daysApartIn(window: Window): number {
  return Math.max(1, Math.ceil((window.to - firstDayOf(window)) / SECONDS_A_DAY / MOST_DAYS_SHOWN));
}

function firstDayOf({ from }: Window): EpochSeconds {
  return Math.floor(from / SECONDS_A_DAY) * SECONDS_A_DAY;
}
