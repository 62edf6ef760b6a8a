/** Answers for every state a screen can be in, made by the app's own metrics, behind a host that only answers screens. */
import type { ForgeHost } from '../local/forge/host-api';
import { readManifest } from '../local/forge/manifest';
import { aPullRequest, anOpenPullRequest, HOUR, review } from '../src/facts/testing';
import type { PullRequestFacts } from '../src/facts/pull-request-facts';
import { headlineChanges } from '../src/metrics/change/headline-changes';
import { DEFAULT_DELIVERY_SETTINGS } from '../src/metrics/delivery/delivery-settings';
import { explainAny } from '../src/metrics/explained/explain-any';
import type { FigureId } from '../src/metrics/explained/figure-explanation';
import type { Window } from '../src/metrics/figures';
import { pullRequestFigures } from '../src/metrics/pull-request-figures';
import { stageFigures } from '../src/metrics/stages';
import { timeToMergeBars } from '../src/metrics/time-to-merge-histogram';
import { weeklyTrend } from '../src/metrics/weekly-trend';
import { precedingWindow, windowEndingAt } from '../src/metrics/windows';
import { workInProgress } from '../src/metrics/work-in-progress';
import {
  IMPORT_PARTS,
  type Answer,
  type Completeness,
  type PartProgress,
  type ProgressReport,
  type RepositoryOverview,
  type WindowDays,
} from '../src/views/contract';
import { deliveryRules } from '../src/views/delivery-rules';
import type { ExplainedFigure } from '../src/views/reports/explained-figure';
import { remindersReport } from '../src/views/reminders';
import type { NotesReport } from '../src/views/reports/notes-report';
import type { RemindersReport } from '../src/views/reports/reminders-report';
import { aCompleteness, aReport, DAY, TO } from '../static/view-model/testing';
import { appDirectory } from './forge-host';

const NOW = TO;
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

/** Merges since an instant: what an import that goes backwards in time has come to. */
const readSince = (at: number): readonly PullRequestFacts[] =>
  MANY.filter(({ mergedAt }) => mergedAt !== null && mergedAt >= at);

interface State {
  /** A text that this state must show on both screens. */
  readonly says: RegExp;
  readonly facts: readonly PullRequestFacts[];
  readonly completeness?: Partial<Completeness>;
  /** Changes to what the import's parts would be by `completeness`. */
  readonly parts?: Partial<Record<PartProgress['part'], Partial<PartProgress>>>;
  readonly workspace?: Partial<ProgressReport['workspace']>;
  readonly failure?: string;
}

/** An hour's requests are spent on importing a workspace of forty repositories. */
const BUSY = {
  repositories: 40,
  recentComplete: 31,
  complete: 12,
  requestsThisHour: 640,
  remainingSeconds: 9 * HOUR,
};

export const STATES = {
  complete: { says: /Time to merge/, facts: [...MANY, ...OPEN] },
  waiting: {
    says: /about to begin/,
    facts: [],
    completeness: {
      state: 'waiting',
      pullRequests: 0,
      expected: null,
      readSince: null,
      lastEventAt: null,
      lastReconciledAt: null,
    },
    workspace: { ...BUSY, recentComplete: 0, complete: 0, remainingSeconds: null },
  },
  importing: {
    says: /430 of 1,200 pull requests read, about 40 s left/,
    facts: [...MANY.slice(0, 30), ...OPEN.slice(0, 2)],
    completeness: {
      state: 'importing',
      pullRequests: 430,
      expected: 1_200,
      remainingSeconds: 40,
      readSince: null,
      lastReconciledAt: null,
    },
    workspace: { ...BUSY, pausedUntil: NOW + 720, requestsThisHour: 1_000 },
  },
  'window-in-part': {
    says: /complete from Oct 4, 2026, 12:00 PM on \(47 of 90 days\)/,
    facts: [...readSince(NOW - 47.5 * DAY), ...OPEN],
    completeness: {
      state: 'importing',
      pullRequests: 430,
      expected: 1_200,
      remainingSeconds: 2 * HOUR,
      readSince: NOW - 47.5 * DAY,
    },
    workspace: BUSY,
  },
  'window-whole': {
    says: /This window is complete; older history is still being read/,
    facts: [...readSince(NOW - 130 * DAY), ...OPEN],
    completeness: {
      state: 'importing',
      pullRequests: 900,
      expected: 1_200,
      remainingSeconds: HOUR,
      readSince: NOW - 130 * DAY,
    },
    workspace: { ...BUSY, deadLetters: 2 },
  },
  'import-failed': {
    says: /tries again by itself\. The permission read:pullrequest:bitbucket is missing/,
    facts: MANY.slice(0, 60),
    completeness: {
      state: 'failed',
      pullRequests: 430,
      expected: 1_200,
      trouble: { cause: 'missing-permission', scope: 'read:pullrequest:bitbucket' },
      readSince: NOW - 60 * DAY,
    },
    workspace: { deadLetters: 1, complete: 2 },
  },
  partial: {
    says: /Not read for the \d+ merged in this window: diffstat/,
    facts: MANY.map((facts) => ({ ...facts, coverage: { ...facts.coverage, diffstat: false } })),
  },
  'not-allowed': {
    says: /Not everything could be read\. The permission read:pullrequest:bitbucket is missing/,
    facts: [...MANY, ...OPEN].map((facts) => ({
      ...facts,
      linesAdded: null,
      linesRemoved: null,
      filesChanged: null,
      coverage: { activity: facts.id % 2 === 0, commits: false, diffstat: false },
    })),
    completeness: {
      trouble: { cause: 'missing-permission', scope: 'read:pullrequest:bitbucket' },
      missing: {
        activity: null,
        commits: 'read:pullrequest:bitbucket',
        diffstat: 'read:repository:bitbucket',
      },
    },
    parts: {
      sizes: {
        state: 'failed',
        done: 0,
        expected: null,
        trouble: { cause: 'missing-permission', scope: 'read:repository:bitbucket' },
      },
    },
  },
  few: { says: /Too little to compare/, facts: [...MANY.slice(1, 4), ...OPEN] },
  empty: { says: /No pull requests yet/, facts: [] },
  'resolver-fails': {
    says: /The data could not be read just now/,
    facts: [],
    failure: 'Forge storage did not answer. Try again in a minute.',
  },
} satisfies Record<string, State>;

export type StateName = keyof typeof STATES;

function completenessOf({ facts, completeness }: State, window: Window): Completeness {
  const merged = facts.filter(
    ({ mergedAt }) => mergedAt !== null && mergedAt >= window.from && mergedAt < window.to,
  );
  const withAnswer = (answer: keyof PullRequestFacts['coverage']): number =>
    merged.filter(({ coverage }) => coverage[answer]).length;
  return aCompleteness({
    pullRequests: facts.length,
    expected: facts.length,
    inWindow: {
      merged: merged.length,
      withActivity: withAnswer('activity'),
      withCommits: withAnswer('commits'),
      withDiffstat: withAnswer('diffstat'),
    },
    lastEventAt: NOW - 600,
    lastReconciledAt: NOW - 7 * HOUR,
    healed: 3,
    ...completeness,
  });
}

function overviewOf(state: State, days: WindowDays): RepositoryOverview {
  const { facts } = state;
  const window = windowEndingAt(NOW, days);
  const previousWindow = precedingWindow(window);
  return {
    asOf: NOW,
    repository: { uuid: '{r}', defaultBranch: 'main' },
    completeness: completenessOf(state, window),
    window: { ...window, days },
    previousWindow,
    figures: pullRequestFigures(facts, window, OPTIONS),
    previousFigures: pullRequestFigures(facts, previousWindow, OPTIONS),
    changes: headlineChanges(facts, window, OPTIONS),
    weeks: weeklyTrend(facts, window, OPTIONS),
    timeToMergeBars: timeToMergeBars(facts, window, OPTIONS),
    stages: stageFigures(facts, window, OPTIONS),
    workInProgress: workInProgress(facts, NOW, OPTIONS),
    botsLeftOut: 2,
  };
}

/** The parts follow the pull requests, each at its own pace; once all are read nothing is left to count. */
function progressOf(state: State): ProgressReport {
  const imported = completenessOf(state, windowEndingAt(NOW, 90));
  const { pullRequests, expected, lastReconciledAt } = imported;
  const isComplete = imported.state === 'complete';
  const counts: Readonly<Record<PartProgress['part'], Pick<PartProgress, 'done' | 'expected'>>> = {
    'pull-requests': { done: pullRequests, expected },
    deployments: { done: 0, expected: isComplete ? 0 : null },
    pipelines: { done: isComplete ? pullRequests : Math.round(pullRequests / 3), expected },
    sizes: { done: isComplete ? pullRequests : Math.round(pullRequests / 2), expected },
  };
  return aReport(
    {
      parts: IMPORT_PARTS.map((part) => ({
        part,
        state: part !== 'pull-requests' && imported.state === 'failed' ? 'waiting' : imported.state,
        trouble: part === 'pull-requests' ? imported.trouble : null,
        ...counts[part],
        ...state.parts?.[part],
      })),
      remainingSeconds: imported.remainingSeconds,
      lastEventAt: imported.lastEventAt,
      lastReconciledAt,
      nextReconciliationAt: lastReconciledAt === null ? null : lastReconciledAt + DAY,
      healed: imported.healed,
      requests: Math.round(pullRequests / 3),
    },
    state.workspace,
  );
}

function explainedFigure({ facts }: State, figure: FigureId, days: WindowDays): ExplainedFigure {
  const known = { pullRequests: facts, deployments: [], pipelines: [], pushes: [], tags: [] };
  const window = windowEndingAt(NOW, days);
  const { source, ...explanation } = explainAny(
    figure,
    known,
    window,
    NOW,
    OPTIONS,
    DEFAULT_DELIVERY_SETTINGS,
  );
  return {
    ...explanation,
    isHidden: false,
    rules: source === null ? null : deliveryRules(source, DEFAULT_DELIVERY_SETTINGS, []),
    missing: [],
  };
}

/** As the author of them all sees them. */
function remindersOf(state: State): RemindersReport {
  const { facts } = state;
  const { state: importState, readSince } = completenessOf(state, windowEndingAt(NOW, 180));
  const completeness = { state: importState, readSince };
  const seen = { completeness, viewerId: 'author', timeZone: 'UTC', showsReviewers: true };
  return remindersReport({ facts, options: OPTIONS, ...seen }, NOW);
}

/** As whoever administers the repository sees them. */
const NOTES: NotesReport = {
  notes: [
    { noteId: 'release', day: '2026-10-07', text: 'Release 2' },
    { noteId: 'team', day: '2026-10-28', text: 'Two teams became one' },
  ],
  mayChange: true,
};

function answerTo(state: State, functionKey: string, payload: unknown): unknown {
  const { query, figure } = payload as { query: { window: WindowDays }; figure: FigureId };
  switch (functionKey) {
    case 'overview':
      return overviewOf(state, query.window);
    case 'explain':
      return explainedFigure(state, figure, query.window);
    case 'progress':
      return progressOf(state);
    case 'notes':
      return NOTES;
    case 'reminders':
      return remindersOf(state);
    default:
      throw new Error(`No screen asks for "${functionKey}".`);
  }
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
      return Promise.resolve({ ok: true, data: answerTo(state, request.functionKey, request.payload) });
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
