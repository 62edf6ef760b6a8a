/** For tests: the report of an open pull request in one line, with everything read and nobody late. */
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { DAY, TO } from './testing';

export const HOUR = 3_600;

/** Opened ten hours before now, after three of coding; ben was asked to review it. */
export const OPENED = TO - 10 * HOUR;

export function aPullRequestReport(overrides: Partial<PullRequestReport> = {}): PullRequestReport {
  return {
    asOf: TO,
    id: 7,
    state: 'OPEN',
    draft: false,
    openedAt: OPENED,
    closedAt: null,
    commits: 2,
    isActivityRead: true,
    timeline: {
      stages: [
        { stage: 'coding', from: OPENED - 3 * HOUR, to: OPENED, seconds: 3 * HOUR, isRunning: false },
        { stage: 'pickup', from: OPENED, to: TO, seconds: 10 * HOUR, isRunning: true },
      ],
      instants: [
        { name: 'firstCommitAt', at: OPENED - 3 * HOUR, source: 'commits' },
        { name: 'openedAt', at: OPENED, source: 'pull request' },
      ],
      deployment: null,
    },
    standing: {
      days: 90,
      isWhole: true,
      rows: [
        { metric: 'time_to_open', seconds: 3 * HOUR, isRunning: false, others: 140, longerThan: 0.5 },
        { metric: 'time_to_first_review', seconds: 10 * HOUR, isRunning: true, others: 120, longerThan: 1 },
        { metric: 'review_time', seconds: null, isRunning: false, others: 120, longerThan: null },
        { metric: 'time_to_merge', seconds: 10 * HOUR, isRunning: true, others: 140, longerThan: 0.829 },
      ],
    },
    waiting: {
      phase: 'open',
      on: 'reviewers',
      since: OPENED,
      people: [{ personId: 'ben', since: OPENED, cause: 'opened' }],
      alsoDue: [],
      lastActivityAt: OPENED,
    },
    reminder: {
      days: 180,
      isWhole: true,
      age: { seconds: 10 * HOUR, p85Seconds: 2 * DAY, isOver: false },
      firstReview: { seconds: 10 * HOUR, p85Seconds: 12 * HOUR, isOver: false },
      isLate: false,
    },
    pipelines: {
      state: 'read',
      trouble: null,
      countedSince: null,
      runs: 0,
      failures: 0,
      running: 0,
      latest: [],
    },
    missing: { activity: null, commits: null, deployments: null },
    ...overrides,
  };
}
