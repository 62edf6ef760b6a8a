/** For tests: the languages, and an overview of the last 90 days in one line, with everything read and nothing in it. */
import { headlineChanges } from '../../src/metrics/change/headline-changes';
import { pullRequestFigures } from '../../src/metrics/pull-request-figures';
import { stageFigures } from '../../src/metrics/stages';
import { timeToMergeBars } from '../../src/metrics/time-to-merge-histogram';
import { precedingWindow, windowEndingAt } from '../../src/metrics/windows';
import { workInProgress } from '../../src/metrics/work-in-progress';
import type { Completeness, ProgressReport, RepositoryOverview } from '../../src/views/contract';
import germanMessages from '../locales/de-DE.json';
import englishMessages from '../locales/en-US.json';
import { createLanguage, type Language } from '../shared/language';

/** 2026-11-21T00:00:00Z, a Saturday: the end of every window here. */
export const TO = Date.UTC(2026, 10, 21) / 1000;

export const DAY = 86_400;

export const english = strict(createLanguage('en-US', 'UTC', englishMessages));
export const german = strict(createLanguage('de-DE', 'UTC', germanMessages));

/** What gives a reader a key for a text fails a test. */
function strict(language: Language): Language {
  return {
    ...language,
    t: (key, values) => {
      const text = language.t(key, values);
      if (text === key) throw new Error(`${key} cannot be said in ${language.locale} with these values.`);
      return text;
    },
  };
}

export function aCompleteness(overrides: Partial<Completeness> = {}): Completeness {
  return {
    state: 'complete',
    pullRequests: 0,
    expected: 0,
    inWindow: { merged: 0, withActivity: 0, withCommits: 0, withDiffstat: 0 },
    readSince: 0,
    remainingSeconds: null,
    trouble: null,
    missing: { activity: null, commits: null, diffstat: null },
    licenceInactiveSince: null,
    lastEventAt: null,
    lastReconciledAt: null,
    healed: 0,
    ...overrides,
  };
}

export function anOverview(overrides: Partial<RepositoryOverview> = {}): RepositoryOverview {
  const window = windowEndingAt(TO, 90);
  const previousWindow = precedingWindow(window);
  const options = { defaultBranch: 'main' };
  return {
    asOf: TO,
    repository: { uuid: '{r}', defaultBranch: 'main' },
    completeness: aCompleteness(),
    window: { ...window, days: 90 },
    previousWindow,
    figures: pullRequestFigures([], window, options),
    previousFigures: pullRequestFigures([], previousWindow, options),
    changes: headlineChanges([], window, options),
    weeks: [],
    timeToMergeBars: timeToMergeBars([], window, options),
    stages: stageFigures([], window, options),
    workInProgress: workInProgress([], TO, options),
    botsLeftOut: 0,
    ...overrides,
  };
}

/** Everything complete, of one repository among three. */
export function aReport(
  repository: Partial<ProgressReport['repository']> = {},
  workspace: Partial<ProgressReport['workspace']> = {},
): ProgressReport {
  return {
    asOf: TO,
    licenceInactiveSince: null,
    repository: {
      parts: [],
      remainingSeconds: null,
      lastEventAt: TO - 600,
      lastReconciledAt: TO - DAY,
      nextReconciliationAt: TO + DAY,
      healed: 0,
      requests: 120,
      ...repository,
    },
    workspace: {
      countedAt: TO,
      repositories: 3,
      recentComplete: 3,
      complete: 3,
      requestsThisHour: 12,
      requestsPerHour: 1_000,
      pausedUntil: null,
      remainingSeconds: null,
      deadLetters: 0,
      ...workspace,
    },
  };
}
