/** Reads what the panel on a pull request is made of. */
import { z } from 'zod';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { shortHash, type DefaultBranchPush, type TagPush } from '../metrics/delivery/delivery-facts';
import { underSettings } from '../metrics/rules-on-facts';
import { SECONDS_A_DAY, windowEndingAt } from '../metrics/windows';
import { deliveryItem, readDelivery, type Delivery } from '../storage/delivery-months';
import { getMany, MOST_OPERATIONS } from '../storage/forge-storage';
import { ENTITY, key, type RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readPullRequests } from '../storage/pull-requests';
import { parseTask, taskItem, type Task } from '../storage/tasks';
import { readFigureView, type FigureView } from '../sync/figure-view';
import { readTagsFor } from './delivery-selection';

/** Reminders compare with the merges of so many days (METRICS 5). */
export const DAYS_OF_COMPARISON = 180;

/** Which deployment was the first to carry a merge, what came before it decides: so much of it is looked at. */
const LOOKED_BACK_SECONDS = 90 * SECONDS_A_DAY;

/** Of an older merge the deployment is not looked for: with what came before it, one batch would not hold the months. */
const OLDEST_DEPLOYED_SECONDS = 365 * SECONDS_A_DAY;

/** The months of one batch, beside two tasks. */
const MOST_MONTHS = MOST_OPERATIONS - 2;

export interface PullRequestSources {
  readonly facts: PullRequestFacts;
  readonly view: FigureView;
  readonly delivery: Delivery;
  readonly pipelinesTask: Task | null;
  readonly deploymentsTask: Task | null;
  /** Pipelines that began earlier are not among those read. */
  readonly deliverySince: EpochSeconds;
  /** Pushes to the main branch of commits that may have carried the merge to production. */
  readonly pushes: readonly DefaultBranchPush[];
  /** Empty where the source of deployments is another. */
  readonly tags: readonly TagPush[];
}

/**
 * Four storage requests at most: the pull request; then the repository's view beside pipelines and deployments; then, of
 * a merge, the pushes of the commits deployed since. (A month larger than one document costs one more, and so do tags
 * where they count as deployments.) `null` where nothing is stored of the pull request.
 */
export async function readSources(
  repository: RepositoryId,
  pullRequest: number,
  now: EpochSeconds,
): Promise<PullRequestSources | null> {
  const stored = (await readPullRequests(repository, [pullRequest])).get(pullRequest)?.facts;
  if (stored === undefined) return null;
  const months = deliveryMonths(stored, now);
  const [view, delivered] = await allEnded([
    readFigureView(repository, viewSince(stored, now), now),
    readDelivered(repository, months),
  ]);
  const [facts = stored] = underSettings([stored], view.settings);
  const deliverySince = startOfMonth(months[0], facts.openedAt);
  const known = { facts, view, ...delivered, deliverySince };
  if (!isDeploymentLookedFor(facts, now)) return { ...known, tags: [], pushes: [] };
  const tags = await readTagsFor(repository, view.settings);
  const deployed = [
    ...delivered.delivery.deployments.map(({ commit, startedAt }) => ({ commit, at: startedAt })),
    ...tags,
  ];
  return { ...known, tags, pushes: await readCandidatePushes(repository, deployed, facts.mergedAt) };
}

/** Whether it was merged, and not so long ago that its deployment is not looked for. */
export function isDeploymentLookedFor(
  facts: PullRequestFacts,
  now: EpochSeconds,
): facts is PullRequestFacts & { readonly mergedAt: EpochSeconds } {
  return facts.mergedAt !== null && facts.mergedAt >= now - OLDEST_DEPLOYED_SECONDS;
}

/** From when on deployments must be read to tell which of them carried a merge. */
export function deploymentsNeededSince(mergedAt: EpochSeconds): EpochSeconds {
  return mergedAt - LOOKED_BACK_SECONDS;
}

function viewSince(facts: PullRequestFacts, now: EpochSeconds): EpochSeconds {
  const compared = windowEndingAt(now, DAYS_OF_COMPARISON).from;
  return isDeploymentLookedFor(facts, now)
    ? Math.min(compared, deploymentsNeededSince(facts.mergedAt))
    : compared;
}

/** The months in which its pipelines ran and its deployment was looked for; the last ones, where they are too many. */
function deliveryMonths(facts: PullRequestFacts, now: EpochSeconds): readonly string[] {
  const { openedAt, closedAt } = facts;
  const months = isDeploymentLookedFor(facts, now)
    ? monthsBetween(Math.min(openedAt, deploymentsNeededSince(facts.mergedAt)), now)
    : monthsBetween(openedAt, Math.max(openedAt, closedAt ?? now));
  return months.slice(-MOST_MONTHS);
}

async function readDelivered(
  repository: RepositoryId,
  months: readonly string[],
): Promise<Pick<PullRequestSources, 'delivery' | 'pipelinesTask' | 'deploymentsTask'>> {
  const tasks = {
    pipelines: taskItem(repository, 'pipelines'),
    deployments: taskItem(repository, 'deployments'),
  };
  const rows = await getMany([
    ...Object.values(tasks),
    ...months.map((month) => deliveryItem(repository, month)),
  ]);
  // A month that is not there is one without a pipeline: not asked for again.
  const present = months.filter((month) => rows.has(deliveryItem(repository, month).key));
  return {
    delivery: await readDelivery(repository, present, rows),
    pipelinesTask: parseTask(rows.get(tasks.pipelines.key)),
    deploymentsTask: parseTask(rows.get(tasks.deployments.key)),
  };
}

const storedPush = z.object({ at: z.number().int() });

/**
 * A commit that was pushed before the merge does not contain it, however late it was deployed. The pushes of merges are
 * among the facts; here those of the commits that were deployed first after it are asked for by their hashes.
 */
async function readCandidatePushes(
  repository: RepositoryId,
  deployed: readonly { readonly commit: string | null; readonly at: EpochSeconds }[],
  mergedAt: EpochSeconds,
): Promise<readonly DefaultBranchPush[]> {
  const later = deployed.filter(({ at }) => at >= mergedAt);
  const commits = [...new Set(later.flatMap(({ commit }) => (commit === null ? [] : shortHash(commit))))];
  const candidates = commits.slice(0, MOST_OPERATIONS);
  if (candidates.length === 0) return [];
  const rows = await getMany(
    candidates.map((commit) => ({ key: key.push(repository, commit), entityName: ENTITY.push })),
  );
  return candidates.flatMap((commit): readonly DefaultBranchPush[] => {
    const row = storedPush.safeParse(rows.get(key.push(repository, commit)));
    return row.success ? [{ at: row.data.at, origin: 'unknown', commit }] : [];
  });
}

function startOfMonth(month: string | undefined, otherwise: EpochSeconds): EpochSeconds {
  return month === undefined ? otherwise : Date.parse(`${month}-01T00:00:00Z`) / 1000;
}
