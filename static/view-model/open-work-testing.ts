/** For tests: the report of the tab Work in progress, of some facts and the 90 days before the usual end. */
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { aPullRequest, HOUR } from '../../src/facts/testing';
import { windowEndingAt } from '../../src/metrics/windows';
import { openWorkReport } from '../../src/views/open-work';
import type { OpenWorkReport } from '../../src/views/reports/open-work-report';
import { DAY, TO } from './testing';

interface Circumstances {
  readonly completeness?: OpenWorkReport['completeness'];
  readonly days?: number;
  readonly showReviewers?: boolean;
}

export function anOpenWorkReport(
  facts: readonly PullRequestFacts[],
  { completeness = { state: 'complete', readSince: 0 }, days = 90, showReviewers = true }: Circumstances = {},
): OpenWorkReport {
  const window = { ...windowEndingAt(TO, days), days };
  const options = { defaultBranch: 'main' };
  return openWorkReport({ window, facts, options, repositoryFacts: facts }, TO, completeness, showReviewers);
}

/** Merged without a review 60 hours after the opening, one opened on each of so many days, the last 4 days ago. */
export function someMerges(amount: number): readonly PullRequestFacts[] {
  return Array.from({ length: amount }, (_, place) => {
    const openedAt = TO - (place + 4) * DAY;
    return aPullRequest({ id: 100 + place, openedAt, mergedAt: openedAt + 60 * HOUR });
  });
}
