/** What the panel and the page show of one repository: every figure beside its preceding window. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { Window } from '../metrics/figures';
import { countBots } from '../metrics/population';
import { pullRequestFigures } from '../metrics/pull-request-figures';
import { stageFigures } from '../metrics/stages';
import { timeToMergeBars } from '../metrics/time-to-merge-histogram';
import { weeklyTrend } from '../metrics/weekly-trend';
import { precedingWindow, windowEndingAt } from '../metrics/windows';
import { workInProgress } from '../metrics/work-in-progress';
import { withBraces, type RepositoryId } from '../storage/keys';
import { readRepositoryView, type RepositoryView } from '../storage/repository-view';
import type { Completeness, RepositoryOverview, WindowDays } from './contract';

/** Work in progress compares with the time to merge of the last 180 days (METRICS 5). */
const DAYS_OF_COMPARISON = 180;

/** `null` where nothing is stored of the repository. */
export async function overviewOf(
  repository: RepositoryId,
  days: WindowDays,
  now: EpochSeconds,
): Promise<RepositoryOverview | null> {
  const window = windowEndingAt(now, days);
  const previousWindow = precedingWindow(window);
  const since = Math.min(previousWindow.from, windowEndingAt(now, DAYS_OF_COMPARISON).from);
  const view = await readRepositoryView(repository, since, now);
  if (view.record === null && view.task === null) return null;
  const { facts } = view;
  const options = { defaultBranch: view.record?.defaultBranch ?? null };
  return {
    asOf: now,
    repository: { uuid: withBraces(repository), defaultBranch: options.defaultBranch },
    completeness: completenessOf(view, window),
    window: { ...window, days },
    previousWindow,
    figures: pullRequestFigures(facts, window, options),
    previousFigures: pullRequestFigures(facts, previousWindow, options),
    weeks: weeklyTrend(facts, window, options),
    timeToMergeBars: timeToMergeBars(facts, window, options),
    stages: stageFigures(facts, window, options),
    workInProgress: workInProgress(facts, now, options),
    botsLeftOut: countBots(facts, window),
  };
}

function completenessOf(view: RepositoryView, window: Window): Completeness {
  const { task, facts, lastEventAt } = view;
  const merged = facts.filter(
    ({ mergedAt }) => mergedAt !== null && window.from <= mergedAt && mergedAt < window.to,
  );
  const withAnswer = (answer: keyof PullRequestFacts['coverage']): number =>
    merged.filter((each) => each.coverage[answer]).length;
  return {
    state: task?.state ?? 'waiting',
    pullRequests: task?.stored ?? 0,
    expected: task?.expected ?? null,
    inWindow: {
      merged: merged.length,
      withActivity: withAnswer('activity'),
      withCommits: withAnswer('commits'),
      withDiffstat: withAnswer('diffstat'),
    },
    remainingSeconds: task === null ? null : remainingSeconds(task),
    reason: task?.reason ?? null,
    lastEventAt,
  };
}

/** At the pace so far; `null` where there is none to go by. */
function remainingSeconds(task: NonNullable<RepositoryView['task']>): number | null {
  const elapsed = task.updatedAt - task.startedAt;
  if (task.state !== 'importing' || task.expected === null || task.stored === 0 || elapsed <= 0) return null;
  return Math.ceil((elapsed / task.stored) * Math.max(0, task.expected - task.stored));
}
