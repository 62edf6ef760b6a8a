/** Reads what the figures of delivery and pipelines are made from. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { DefaultBranchPush, TagPush } from '../metrics/delivery/delivery-facts';
import type { FigureSettings } from '../metrics/figure-settings';
import type { Window } from '../metrics/figures';
import { precedingWindow, SECONDS_A_DAY } from '../metrics/windows';
import { readDelivery, type Delivery } from '../storage/delivery-months';
import type { RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readMainPushes, readTagPushes } from '../storage/pushes';
import { readTasks, type Task, type TaskName } from '../storage/tasks';
import { asTrouble, missingScopes, type BitbucketScope } from '../sync/trouble';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** What came before a window decides which deployment brought a change first: so much of it is looked at. */
export const LOOKED_BACK_SECONDS = 90 * SECONDS_A_DAY;

export interface DeliverySelection extends Selection {
  readonly delivery: Delivery;
  readonly pushes: readonly DefaultBranchPush[];
  /** Empty where the source of deployments is another. */
  readonly tags: readonly TagPush[];
  /** Permissions without which Bitbucket does not tell of pipelines and deployments. */
  readonly missing: readonly BitbucketScope[];
}

/**
 * `null` where nothing is stored of the repository. A filter narrows the pull requests, and so the changes whose lead
 * time counts, the merges that are deployments, and the repairs; pipelines, their deployments and direct pushes belong
 * to nobody and stay.
 */
export async function selectDelivery(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<DeliverySelection | null> {
  const since = (_: Window, previous: Window): EpochSeconds => previous.from - LOOKED_BACK_SECONDS;
  const window = windowOf(query, now);
  const earliest = since(window, precedingWindow(window));
  const [selection, delivery, pushes, tasks] = await allEnded([
    select(repository, query, now, since),
    readDelivery(repository, monthsBetween(earliest, now)),
    readMainPushes(repository, earliest),
    readTasks(repository),
  ]);
  if (selection === null) return null;
  const tags = await readTagsFor(repository, selection.view.settings);
  return { ...selection, delivery, pushes, tags, missing: missingDelivery(tasks) };
}

/** The pushed tags where they count as deployments; a request that no other source costs. */
export async function readTagsFor(
  repository: RepositoryId,
  { delivery }: FigureSettings,
): Promise<readonly TagPush[]> {
  return delivery.deploymentSource === 'tag' ? readTagPushes(repository) : [];
}

/** The permissions that the readings of pipelines and deployments lack. */
export function missingDelivery(tasks: ReadonlyMap<TaskName, Task>): readonly BitbucketScope[] {
  const delivery = [tasks.get('pipelines'), tasks.get('deployments')];
  return missingScopes(delivery.map((task) => asTrouble(task?.trouble ?? null)));
}
