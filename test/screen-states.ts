/** Answers for every state a screen can be in, made by the app's own metrics, behind a host that only answers screens. */
import type { ForgeHost } from '../local/forge/host-api';
import { readManifest } from '../local/forge/manifest';
import { aPullRequest, anOpenPullRequest, HOUR, review } from '../src/facts/testing';
import type { PullRequestFacts } from '../src/facts/pull-request-facts';
import { explain } from '../src/metrics/explain';
import { pullRequestFigures } from '../src/metrics/pull-request-figures';
import { stageFigures } from '../src/metrics/stages';
import { timeToMergeBars } from '../src/metrics/time-to-merge-histogram';
import { weeklyTrend } from '../src/metrics/weekly-trend';
import { precedingWindow, windowEndingAt } from '../src/metrics/windows';
import { workInProgress } from '../src/metrics/work-in-progress';
import type { Answer, Completeness, RepositoryOverview, WindowDays } from '../src/views/contract';
import { appDirectory } from './forge-host';

const NOW = Date.UTC(2026, 10, 21) / 1000;
const OPTIONS = { defaultBranch: 'main' };

const MANY: readonly PullRequestFacts[] = Array.from({ length: 160 }, (_, index) => {
  const mergedAt = NOW - index * 26 * HOUR;
  const openedAt = mergedAt - (3 + ((index * 37) % 160)) * HOUR;
  const shifted = { openedAt, mergedAt, id: 400 - index };
  const at = (hours: number): number => openedAt + hours * HOUR;
  return aPullRequest({
    ...shifted,
    commitAuthoredAt: [at(-5), at(-1)],
    reviews:
      index % 14 === 0
        ? []
        : [
            { ...review('comment', 0), at: at(1) },
            { ...review('approval', 0), at: at(2) },
          ],
    linesAdded: 40 + index,
    linesRemoved: 10,
    filesChanged: 1 + (index % 9),
    coverage: { activity: true, commits: true, diffstat: true },
  });
});
const OPEN: readonly PullRequestFacts[] = [2, 30, 200, 900].map((hours, index) =>
  anOpenPullRequest({
    id: 500 + index,
    openedAt: NOW - hours * HOUR,
    lastActivityAt: NOW - (hours / 2) * HOUR,
    draft: index === 0,
    reviews: index === 2 ? [{ ...review('comment', 0), at: NOW - 10 * HOUR }] : [],
  }),
);

interface State {
  /** A text that this state must show on both screens. */
  readonly says: RegExp;
  readonly facts: readonly PullRequestFacts[];
  readonly completeness?: Partial<Completeness>;
  readonly failure?: string;
}

export const STATES = {
  complete: { says: /Time to merge/, facts: [...MANY, ...OPEN] },
  waiting: {
    says: /about to begin/,
    facts: [],
    completeness: { state: 'waiting', pullRequests: 0, expected: null },
  },
  importing: {
    says: /430 of 1,200 pull requests read, about 40 s left/,
    facts: MANY.slice(0, 60),
    completeness: { state: 'importing', pullRequests: 430, expected: 1_200, remainingSeconds: 40 },
  },
  'import-failed': {
    says: /The import stopped: the app lacks a permission/,
    facts: MANY.slice(0, 60),
    completeness: { state: 'failed', reason: 'the app lacks a permission for this' },
  },
  partial: {
    says: /Not read for the \d+ merged in this window: diffstat/,
    facts: MANY.map((facts) => ({ ...facts, coverage: { ...facts.coverage, diffstat: false } })),
  },
  few: { says: /Too little to compare/, facts: [...MANY.slice(0, 3), ...OPEN] },
  empty: { says: /No pull requests yet/, facts: [] },
  'resolver-fails': {
    says: /Forge storage did not answer/,
    facts: [],
    failure: 'Forge storage did not answer. Try again in a minute.',
  },
} satisfies Record<string, State>;

export type StateName = keyof typeof STATES;

function overviewOf({ facts, completeness }: State, days: WindowDays): RepositoryOverview {
  const window = windowEndingAt(NOW, days);
  const previousWindow = precedingWindow(window);
  const merged = facts.filter(
    ({ mergedAt }) => mergedAt !== null && mergedAt >= window.from && mergedAt < window.to,
  );
  return {
    asOf: NOW,
    repository: { uuid: '{r}', defaultBranch: 'main' },
    completeness: {
      state: 'complete',
      pullRequests: facts.length,
      expected: facts.length,
      inWindow: {
        merged: merged.length,
        withActivity: merged.length,
        withCommits: merged.length,
        withDiffstat: merged.filter(({ coverage }) => coverage.diffstat).length,
      },
      remainingSeconds: null,
      reason: null,
      lastEventAt: NOW - 600,
      ...completeness,
    },
    window: { ...window, days },
    previousWindow,
    figures: pullRequestFigures(facts, window, OPTIONS),
    previousFigures: pullRequestFigures(facts, previousWindow, OPTIONS),
    weeks: weeklyTrend(facts, window, OPTIONS),
    timeToMergeBars: timeToMergeBars(facts, window, OPTIONS),
    stages: stageFigures(facts, window, OPTIONS),
    workInProgress: workInProgress(facts, NOW, OPTIONS),
    botsLeftOut: 2,
  };
}

/** Only what the web side asks of a host; anything else throws, so that a test that needs more is noticed. */
export function fakeHost(current: () => StateName): ForgeHost {
  const manifest = readManifest(appDirectory);
  const known = {
    manifest,
    workspace: { uuid: '{w}', slug: 'states' },
    frontEndContext: ({ moduleKey, extension }: { moduleKey: string; extension: object }) => ({
      workspaceId: '{w}',
      moduleKey,
      locale: 'en-US',
      timezone: 'UTC',
      extension: { type: manifest.userInterfaces.find(({ key }) => key === moduleKey)?.type, ...extension },
    }),
    resolve: (request: { functionKey: string; payload: unknown }): Promise<Answer<unknown>> => {
      const state: State = STATES[current()];
      if (state.failure !== undefined)
        return Promise.resolve({ ok: false, cause: 'unavailable', message: state.failure });
      const { days, metric } = request.payload as { days: WindowDays; metric: 'merged' };
      const data =
        request.functionKey === 'overview'
          ? overviewOf(state, days)
          : explain(metric, state.facts, windowEndingAt(NOW, days), OPTIONS);
      return Promise.resolve({ ok: true, data });
    },
    requestBitbucketAs: () => Promise.resolve({ status: 403, headers: {}, body: '{}' }),
  };
  return new Proxy(known, {
    get: (target, name) => {
      if (name in target) return target[name as keyof typeof target];
      throw new Error(`This test's host has no ${String(name)}.`);
    },
  }) as unknown as ForgeHost;
}
