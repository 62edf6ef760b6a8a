/** What each kind of event makes happen: keep what only the event knows, then ask for a fresh look at Bitbucket. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { BitbucketNotFound } from '../bitbucket/errors';
import { SHORTEST_TAG_WORD, wordsOf } from '../facts/branch-words';
import { parseInstant, toEpochSeconds } from '../facts/instant';
import { readBudget } from '../storage/budget';
import { saveDeploymentStep, type DeploymentStep } from '../storage/deployment-steps';
import {
  isPipelinesRefreshRequested,
  isRefreshRequested,
  notePipelinesRefresh,
  noteRefreshRequest,
} from '../storage/inbox';
import { withBraces, withoutBraces } from '../storage/keys';
import { savePush } from '../storage/pushes';
import { observe } from '../storage/observations';
import { isReadSince, pullRequestReadAt } from '../storage/pull-requests';
import { isRecord } from '../storage/repositories';
import { spending } from '../sync/budgeted-caller';
import { leaveToComparison } from '../sync/leave-to-comparison';
import {
  LONGEST_DELAY_SECONDS,
  PIPELINES_DELAY_SECONDS,
  REFRESH_DELAY_SECONDS,
  sendLive,
  type LiveMessage,
} from '../sync/messages';
import { forgetRepository, knownRepository } from '../sync/repository-record';
import { refreshDelay, UNSPENT_BUDGET } from '../sync/request-budget';
import type {
  BuildStatusEvent,
  CommentEvent,
  DeploymentEvent,
  PullRequestEvent,
  PushEvent,
  RepositoryEvent,
  ReviewerStatusEvent,
} from './event-schemas';

/** One delivery of an event. */
export interface Delivery {
  readonly digest: string;
  /** When this event was first received; earlier than `now` where it comes again. */
  readonly receivedAt: EpochSeconds;
  readonly now: EpochSeconds;
}

export async function onRepositoryChanged(event: RepositoryEvent): Promise<void> {
  await sendLive({
    version: 1,
    kind: 'refresh-repository',
    workspaceUuid: withBraces(event.workspace),
    repository: event.repository,
  });
}

export async function onRepositoryDeleted(event: RepositoryEvent, delivery: Delivery): Promise<void> {
  await forgetRepository(withBraces(event.workspace), event.repository, delivery.now);
}

/** A push changes no pull request by itself: Bitbucket sends `updated:pullrequest` for those it moves. */
export async function onPush(event: PushEvent, delivery: Delivery): Promise<void> {
  const { push } = event;
  const toDefault =
    push.kind === 'commits' && (push.mainbranch ?? push.ref === (await mainBranchOf(event, delivery)));
  await savePush(event.repository, delivery.digest, {
    kind: push.kind === 'tag' ? 'tag' : toDefault ? 'default' : 'branch',
    words: push.kind === 'tag' ? wordsOf(push.ref ?? null, { shortest: SHORTEST_TAG_WORD }) : null,
    at:
      event.timestamp ?? (push.kind === 'commits' ? newestCommit(push.commits) : null) ?? delivery.receivedAt,
    before: push.before ?? null,
    after: push.after ?? null,
    // A truncated list holds five at most.
    commits: push.kind === 'commits' && !push.truncated ? push.commits.length : null,
    forced: push.forced ?? false,
    created: push.created ?? false,
    closed: push.closed ?? false,
    truncated: push.kind === 'commits' && push.truncated,
  });
}

/** The 2023 payloads do not say whether the branch is the main one: the repository does, asked for if need be. */
async function mainBranchOf(event: PushEvent, delivery: Delivery): Promise<string | null> {
  try {
    const record = await spending('live', (caller) =>
      knownRepository(caller, withBraces(event.workspace), event.repository, delivery.now),
    );
    return isRecord(record) ? record.defaultBranch : null;
  } catch (error) {
    if (error instanceof BitbucketNotFound) return null;
    throw error;
  }
}

/** Nor do they say when it was pushed: the newest commit is the nearest that is always the same. */
function newestCommit(commits: readonly { readonly date: number | null }[]): EpochSeconds | null {
  const dates = commits.flatMap(({ date }) => date ?? []);
  return dates.length === 0 ? null : toEpochSeconds(Math.max(...dates));
}

export async function onPullRequest(
  event: PullRequestEvent | CommentEvent,
  delivery: Delivery,
): Promise<void> {
  const closed = event.pullrequest.state !== 'OPEN' && !('comment' in event);
  if (closed && event.timestamp !== null) {
    await observe(event.repository, event.pullrequest.id, {
      sightings: [],
      closedAt: event.timestamp * 1000,
    });
  }
  await askForRefresh(event, delivery);
}

export async function onReviewerStatus(event: ReviewerStatusEvent, delivery: Delivery): Promise<void> {
  const statuses = event.reviewers.value.flatMap(({ user, status, timestamp }) => {
    const actorId = user.accountId ?? (user.uuid === undefined ? null : withoutBraces(user.uuid));
    const at = timestamp ?? (event.timestamp === null ? null : event.timestamp * 1000);
    return actorId === null || at === null ? [] : [{ actorId, status: status ?? 'none', at }];
  });
  const at = event.timestamp === null ? Math.max(...statuses.map((each) => each.at)) : event.timestamp * 1000;
  // An event without any instant cannot be put in order with the others; the refresh still reads what is true now.
  if (Number.isFinite(at)) {
    await observe(event.repository, event.pullrequest.id, {
      sightings: [{ at, truncated: event.reviewers.truncated ?? false, statuses }],
      closedAt: null,
    });
  }
  await askForRefresh(event, delivery);
}

/** A pipeline reports its build: the newest ones are read soon, once for a burst of reports. */
export async function onBuildStatus(event: BuildStatusEvent, delivery: Delivery): Promise<void> {
  const { repository } = event;
  if (await isPipelinesRefreshRequested(repository, delivery.now)) return;
  const message = {
    version: 1,
    kind: 'refresh-pipelines',
    workspaceUuid: withBraces(event.workspace),
    repository,
  } as const;
  if (await sendInTime(message, PIPELINES_DELAY_SECONDS, delivery.now)) {
    await notePipelinesRefresh(repository, delivery.now);
  }
}

export function onDeployment(
  step: DeploymentStep,
): (event: DeploymentEvent, delivery: Delivery) => Promise<void> {
  return async (event, delivery) => {
    const deployment = withoutBraces(event.deployment.uuid);
    const updated = parseInstant(event.deployment.updatedTimestamp ?? '');
    await saveDeploymentStep(event.repository, {
      deployment,
      step,
      at: event.timestamp ?? (updated === null ? delivery.receivedAt : toEpochSeconds(updated)),
      environmentType: event.environment.type,
      environmentId: withoutBraces(event.environment.uuid),
      pipelineId: event.pipeline ? withoutBraces(event.pipeline.uuid) : null,
      status: step === 'completed' ? (event.deployment.status ?? null) : null,
    });
    // One that only waits has nothing that Bitbucket would tell beyond the event.
    if (step === 'pending') return;
    await sendLive({
      version: 1,
      kind: 'refresh-deployment',
      workspaceUuid: withBraces(event.workspace),
      repository: event.repository,
      deployment,
    });
  };
}

/**
 * Asks for one refresh of the pull request, whatever number of events came since the last; two that come at the same
 * instant may ask twice, which the refresh notices. A redelivery asks only if nothing was read since the first
 * receipt: then that delivery failed before it could ask.
 */
async function askForRefresh(
  event: PullRequestEvent | CommentEvent | ReviewerStatusEvent,
  delivery: Delivery,
): Promise<void> {
  const { id } = event.pullrequest;
  if (delivery.receivedAt < delivery.now && event.timestamp !== null) {
    const readAt = await pullRequestReadAt(event.repository, id);
    if (readAt !== null && isReadSince(delivery.receivedAt, readAt, delivery.now)) return;
  }
  if (await isRefreshRequested(event.repository, id, delivery.now)) return;
  const message = {
    version: 1,
    kind: 'refresh-pull-request',
    workspaceUuid: withBraces(event.workspace),
    repository: event.repository,
    pullRequest: id,
    requestedAt: delivery.now,
  } as const;
  if (await sendInTime(message, REFRESH_DELAY_SECONDS, delivery.now)) {
    await noteRefreshRequest(event.repository, id, delivery.now);
  }
}

/** Tells whether a message was sent; where it would have to wait longer than one can, a comparison does its work. */
async function sendInTime(message: LiveMessage, shortest: number, now: EpochSeconds): Promise<boolean> {
  const delay = refreshDelay(await readBudget(UNSPENT_BUDGET), shortest, now);
  if (delay > LONGEST_DELAY_SECONDS && (await leaveToComparison(message, delay, now))) return false;
  await sendLive(message, Math.min(delay, LONGEST_DELAY_SECONDS));
  return true;
}
