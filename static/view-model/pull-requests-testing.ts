/** For tests: the report of the tab Pull requests over hand-made pull requests of the last two times 30 days. */
import { aPullRequest, HOUR } from '../../src/facts/testing';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { precedingWindow, windowEndingAt } from '../../src/metrics/windows';
import type { Completeness } from '../../src/views/contract';
import { pullRequestsReport } from '../../src/views/pull-requests';
import type { PullRequestsReport } from '../../src/views/reports/pull-requests-report';
import { aCompleteness, DAY, TO } from './testing';

/** Merged one a day from `daysAgo` days ago on, after so many hours each. */
export function mergedAfter(
  hours: readonly number[],
  daysAgo: number,
  overrides: Partial<PullRequestFacts> = {},
): readonly PullRequestFacts[] {
  return hours.map((each, place) => {
    const mergedAt = TO - (daysAgo - place) * DAY;
    const id = daysAgo * 100 + place;
    return aPullRequest({ id, openedAt: mergedAt - each * HOUR, mergedAt, ...overrides });
  });
}

export function aPullRequestsReport(
  facts: readonly PullRequestFacts[],
  completeness: Partial<Completeness> = {},
): PullRequestsReport {
  const window = windowEndingAt(TO, 30);
  return pullRequestsReport(
    {
      facts,
      window: { ...window, days: 30 },
      previousWindow: precedingWindow(window),
      options: { defaultBranch: 'main' },
      completeness: aCompleteness(completeness),
      pushes: [],
    },
    TO,
  );
}
