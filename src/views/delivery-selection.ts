/** Reads what the figures of delivery and pipelines are made from. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { DefaultBranchPush } from '../metrics/delivery/delivery-facts';
import type { Window } from '../metrics/figures';
import { precedingWindow, SECONDS_A_DAY } from '../metrics/windows';
import { readDelivery, type Delivery } from '../storage/delivery-months';
import type { RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readMainPushes } from '../storage/pushes';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** What came before a window decides which deployment brought a change first: so much of it is looked at. */
const LOOKED_BACK_SECONDS = 90 * SECONDS_A_DAY;

export interface DeliverySelection extends Selection {
  readonly delivery: Delivery;
  readonly pushes: readonly DefaultBranchPush[];
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
  const [selection, delivery, pushes] = await allEnded([
    select(repository, query, now, since),
    readDelivery(repository, monthsBetween(earliest, now)),
    readMainPushes(repository),
  ]);
  return selection === null ? null : { ...selection, delivery, pushes };
}
