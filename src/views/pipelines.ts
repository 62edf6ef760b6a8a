/** What the tab Pipelines shows: how long pipelines run and wait, how often they succeed, and who was active. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { Window } from '../metrics/figures';
import { environmentFigures } from '../metrics/pipelines/environment-figures';
import { pipelineFigures, type PipelineGroup } from '../metrics/pipelines/pipeline-figures';
import { pipelineTrend } from '../metrics/pipelines/pipeline-trend';
import { activityEvidence, repositoryActivity } from '../metrics/repository-activity';
import { readDelivery, type Delivery } from '../storage/delivery-months';
import type { RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readPushes, type CountedPush } from '../storage/pushes';
import { readTasks, type Task } from '../storage/tasks';
import { deliveryProgress } from '../sync/delivery/delivery-state';
import { missingScopes } from '../sync/trouble';
import type { PartProgress } from './contract';
import { pipelineMetrics } from './exported-metrics';
import type { EnvironmentLine, PipelineGroupLine, PipelinesReport } from './reports/pipelines-report';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

const PARTS = ['pipelines', 'deployments'] as const;

/**
 * `null` where nothing is stored of the repository. Of the query's filters only the window narrows pipelines and
 * deployments, which are nobody's; authors and reviewers are counted among the pull requests that pass them all.
 */
export async function pipelinesOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<PipelinesReport | null> {
  const window = windowOf(query, now);
  const since = window.from - (window.to - window.from);
  const [selection, delivery, pushes, tasks] = await allEnded([
    select(repository, query, now),
    readDelivery(repository, monthsBetween(since, now)),
    readPushes(repository, window.from),
    readTasks(repository),
  ]);
  if (selection === null) return null;
  return pipelinesReport(
    selection,
    delivery,
    pushes,
    PARTS.map((part) => progressOf(part, tasks.get(part))),
    now,
  );
}

/** The report of what was read. */
export function pipelinesReport(
  { facts, options, window, previousWindow }: Selection,
  delivery: Delivery,
  pushes: readonly CountedPush[],
  parts: readonly PartProgress[],
  now: EpochSeconds,
): PipelinesReport {
  const figures = pipelineFigures(delivery.pipelines, window);
  const isRead = parts.every(({ state }) => state === 'complete');
  return {
    asOf: now,
    window,
    parts,
    missing: missingScopes(parts.map(({ trouble }) => trouble)),
    figures: pipelineMetrics(delivery, window),
    previousFigures: isRead ? pipelineMetrics(delivery, previousWindow) : null,
    stopped: figures.pipeline_success_rate.stopped.length,
    expired: figures.pipeline_success_rate.expired.length,
    weeks: pipelineTrend(delivery.pipelines, window),
    byTarget: figures.byTarget.map(lineOf),
    byTrigger: figures.byTrigger.map(lineOf),
    environments: environmentLines(delivery, window),
    activity: repositoryActivity(activityEvidence(facts, pushes, window, options)),
    pushesSince: pushes.reduce<EpochSeconds | null>(
      (first, { at }) => (first === null || at < first ? at : first),
      null,
    ),
  };
}

function lineOf<Key>({ key, queueTime, success }: PipelineGroup<Key>): PipelineGroupLine<Key> {
  return { key, queueTime: queueTime.figure, success: success.figure };
}

function environmentLines({ deployments }: Delivery, window: Window): readonly EnvironmentLine[] {
  return environmentFigures(deployments, window).deployments_by_environment.map((each) => ({
    environmentId: each.environmentId,
    environmentType: each.environmentType,
    successful: each.successful.length,
    failed: each.failed.length,
    stopped: each.stopped.length,
    other: each.other.length,
    duration: each.duration.figure,
  }));
}

function progressOf(part: (typeof PARTS)[number], task: Task | undefined): PartProgress {
  if (task === undefined) return { part, state: 'waiting', done: 0, expected: null, trouble: null };
  const { state, done, expected, trouble } = deliveryProgress(task);
  return { part, state, done, expected, trouble };
}
