/** Makes the report of the panel on a pull request. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { FigureOptions } from '../metrics/population';
import { deploymentOf, type PullRequestDeployment } from '../metrics/pull-request-deployment';
import { pipelinesOfPullRequest } from '../metrics/pull-request-pipelines';
import { standingsOf } from '../metrics/pull-request-standing';
import { pullRequestTimeline } from '../metrics/pull-request-timeline';
import { reminderOf, waitingOf } from '../metrics/pull-request-waiting';
import { windowEndingAt } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import type { Task } from '../storage/tasks';
import { deliveryProgress, deliveryState } from '../sync/delivery/delivery-state';
import { importProgress } from '../sync/import/import-progress';
import { asTrouble, missingScopes } from '../sync/trouble';
import { areDeploymentsAsked } from './delivery-rules';
import {
  DAYS_OF_COMPARISON,
  deploymentsNeededSince,
  isDeploymentLookedFor,
  readSources,
  type PullRequestSources,
} from './pull-request-sources';
import type {
  PanelDeployment,
  PanelInstant,
  PanelPipelines,
  PanelStage,
  PullRequestReport,
} from './reports/pull-request-report';

/** It is compared with the pull requests merged in so many days. */
const STANDING_DAYS = 90;

const MOST_PIPELINES = 10;

/** `null` where nothing is stored of the pull request. */
export async function pullRequestOf(
  { repository, pullRequest }: { readonly repository: RepositoryId; readonly pullRequest: number },
  now: EpochSeconds,
): Promise<PullRequestReport | null> {
  const sources = await readSources(repository, pullRequest, now);
  return sources === null ? null : pullRequestReport(sources, now);
}

/** By the calendar's clock, and beside the pull requests of people: the panel knows no filters. */
export function pullRequestReport(sources: PullRequestSources, now: EpochSeconds): PullRequestReport {
  const { facts, view } = sources;
  const options: FigureOptions = { defaultBranch: view.record?.defaultBranch ?? null };
  const readSince = view.importTask === null ? null : importProgress(view.importTask).readSince;
  const compared = windowEndingAt(now, STANDING_DAYS);
  const isRead = (days: number): boolean => readSince !== null && readSince <= windowEndingAt(now, days).from;
  const { stages, instants } = pullRequestTimeline(facts, now);
  const missing = missingIn(sources);
  const deployment = deploymentIn(sources, missing.deployments !== null, now, options);
  const reminder = reminderOf(facts, view.facts, now, options);
  return {
    asOf: now,
    id: facts.id,
    state: facts.state,
    draft: facts.draft,
    openedAt: facts.openedAt,
    closedAt: facts.closedAt,
    commits: facts.coverage.commits ? facts.commitAuthoredAt.length : null,
    isActivityRead: facts.coverage.activity,
    timeline: {
      stages: [...stages, ...deployStage(facts, deployment, now)],
      instants: [...instants, ...deployedInstant(deployment)],
      deployment,
    },
    standing: {
      days: STANDING_DAYS,
      isWhole: isRead(STANDING_DAYS),
      rows: standingsOf(facts, view.facts, compared, now, options),
    },
    waiting: waitingOf(facts, now, options),
    reminder:
      reminder === null
        ? null
        : { ...reminder, days: DAYS_OF_COMPARISON, isWhole: isRead(DAYS_OF_COMPARISON) },
    pipelines: pipelinesIn(sources),
    missing,
  };
}

function deploymentIn(
  sources: PullRequestSources,
  isRefused: boolean,
  now: EpochSeconds,
  options: FigureOptions,
): PanelDeployment | null {
  const { facts, view, delivery, pushes, tags } = sources;
  if (facts.mergedAt === null) return null;
  if (!isDeploymentLookedFor(facts, now)) return { kind: 'too-old' };
  const deployment = deploymentOf(
    facts,
    { pullRequests: view.facts, deployments: delivery.deployments, pushes, tags },
    view.settings.delivery,
    options,
  );
  // That none is known means nothing where Bitbucket does not tell.
  if (isRefused && deployment.kind === 'waiting') return { kind: 'unread' };
  return isDeploymentSure(deployment, sources, facts.mergedAt) ? deployment : { kind: 'unread' };
}

/**
 * Whether what is not read yet cannot change it. Deployments since the merge tell which was the first to carry it; only
 * one before them tells that this was not the first of all. Where Bitbucket refuses them there is nothing to wait for:
 * merges stand for deployments then, as in the figures of delivery. Where the settings say that merges or tags do, neither.
 */
function isDeploymentSure(
  { kind }: PullRequestDeployment,
  { view, pipelinesTask, deploymentsTask }: PullRequestSources,
  mergedAt: EpochSeconds,
): boolean {
  if (!areDeploymentsAsked(view.settings.delivery)) return true;
  if (kind === 'other-branch' || kind === 'no-main-branch') return true;
  const since = kind === 'first-known' ? deploymentsNeededSince(mergedAt) : mergedAt;
  const isOver = (task: Task): boolean =>
    isDeliveryRead(task, since) || deliveryProgress(task).state === 'failed';
  // Deployments are asked for once there is a pipeline.
  return (
    pipelinesTask !== null && isOver(pipelinesTask) && (deploymentsTask === null || isOver(deploymentsTask))
  );
}

/** Whether everything since an instant was read: recent ones come first. */
function isDeliveryRead(task: Task, since: EpochSeconds): boolean {
  const { phase, since: recentSince } = deliveryState.parse(task.state);
  return phase === 'complete' || (phase === 'history' && recentSince <= since);
}

/** No stage where the merge itself is the deployment, and where it is not known. */
function deployStage(
  { mergedAt }: PullRequestFacts,
  deployment: PanelDeployment | null,
  now: EpochSeconds,
): readonly PanelStage[] {
  if (mergedAt === null || deployment === null) return [];
  const stage = (to: EpochSeconds, isRunning: boolean): readonly PanelStage[] => [
    { stage: 'deploy', from: mergedAt, to, seconds: Math.max(0, to - mergedAt), isRunning },
  ];
  if (deployment.kind === 'waiting') return stage(now, true);
  return deployment.kind === 'deployed' && deployment.source !== 'merge' ? stage(deployment.at, false) : [];
}

function deployedInstant(deployment: PanelDeployment | null): readonly PanelInstant[] {
  if (deployment?.kind !== 'deployed') return [];
  return [{ name: 'deployedAt', at: deployment.at, source: deployment.atSource }];
}

/** What is read already needs no permission any more. */
function missingIn({
  facts,
  view,
  pipelinesTask,
  deploymentsTask,
}: PullRequestSources): PullRequestReport['missing'] {
  const refused = view.importTask === null ? null : importProgress(view.importTask).refused;
  const delivery = [pipelinesTask, deploymentsTask].map((task) => asTrouble(task?.trouble ?? null));
  return {
    activity: facts.coverage.activity ? null : (refused?.activity ?? null),
    commits: facts.coverage.commits ? null : (refused?.commits ?? null),
    deployments: areDeploymentsAsked(view.settings.delivery) ? (missingScopes(delivery)[0] ?? null) : null,
  };
}

function pipelinesIn({ facts, delivery, pipelinesTask, deliverySince }: PullRequestSources): PanelPipelines {
  const { openedAt, id } = facts;
  const isRead = pipelinesTask !== null && isDeliveryRead(pipelinesTask, openedAt);
  const progress = pipelinesTask === null ? null : deliveryProgress(pipelinesTask);
  const isRefused = !isRead && progress?.state === 'failed';
  return {
    ...pipelinesOfPullRequest(delivery.pipelines, id, MOST_PIPELINES),
    state: isRead ? 'read' : isRefused ? 'failed' : 'reading',
    // A permission that is still awaited is told as well.
    trouble: isRead ? null : (progress?.trouble ?? null),
    countedSince: deliverySince > openedAt ? deliverySince : null,
  };
}
