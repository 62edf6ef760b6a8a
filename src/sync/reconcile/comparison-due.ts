/** When a repository is compared next, and whether only what events had asked for is read meanwhile. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { RepositoryId } from '../../storage/keys';
import type { ReconciliationState } from './reconciliation-state';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * Where the last comparison found something that events had missed, the next comes soon; else daily, and weekly where
 * nothing happened for a while: the next event there wakes it.
 */
const AFTER_HEALING_SECONDS = 6 * HOUR_SECONDS;
const USUAL_INTERVAL_SECONDS = DAY_SECONDS;
const QUIET_INTERVAL_SECONDS = 7 * DAY_SECONDS;
const QUIET_AFTER_SECONDS = 14 * DAY_SECONDS;

/** Until refreshes that were left while others were made are made too. */
const AFTER_LEFT_SECONDS = 1_800;

/** Comparing all repositories takes no more of the hour's requests than this. */
const COMPARING_SHARE = 0.1;

/** Log, list, main branch, pipelines, deployments. */
const REQUESTS_OF_A_COMPARISON = 5;

/** Bitbucket's ids are random: so many of their digits tell repositories apart well enough. */
const ID_DIGITS = 6;

type Compared = Pick<ReconciliationState, 'dueAt' | 'watermark' | 'healed' | 'healedBefore' | 'movedAt'>;

/**
 * Seconds from one comparison of a repository to the next, at the least: minutes for a few repositories, days where
 * thousands share a small limit, a week at most.
 */
export function shortestInterval(repositories: number, requestsPerHour: number): number {
  const hours = (repositories * REQUESTS_OF_A_COMPARISON) / (requestsPerHour * COMPARING_SHARE);
  return Math.min(QUIET_INTERVAL_SECONDS, Math.ceil(hours * HOUR_SECONDS));
}

/**
 * The same before a repository's first comparison: a part of it that its id decides, for all of a new installation would
 * come due together, and refreshes that were left would wait for them.
 */
export function firstInterval(shortest: number, repository: RepositoryId): number {
  return Math.floor((shortest * parseInt(repository.slice(0, ID_DIGITS), 16)) / 16 ** ID_DIGITS);
}

/** When everything is to be compared again, after a comparison that ends now. */
export function dueAfter(
  { healed, healedBefore, movedAt }: Compared,
  shortest: number,
  now: EpochSeconds,
): EpochSeconds {
  const isQuiet = movedAt !== null && now - movedAt >= QUIET_AFTER_SECONDS;
  const usual = isQuiet ? QUIET_INTERVAL_SECONDS : USUAL_INTERVAL_SECONDS;
  return now + Math.max(shortest, healed > healedBefore ? AFTER_HEALING_SECONDS : usual);
}

/** When the task has its next turn: when the comparison is due, or sooner where refreshes wait. */
export function nextTurn(dueAt: EpochSeconds, isLeft: boolean, now: EpochSeconds): EpochSeconds {
  return isLeft ? Math.min(dueAt, now + AFTER_LEFT_SECONDS) : dueAt;
}

/** When everything is compared, as far as the requests of the hour allow it. */
export function comparisonDue({ dueAt, watermark }: Compared, shortest: number): EpochSeconds {
  return Math.max(dueAt ?? 0, watermark + shortest);
}

/**
 * What a turn is for. `everything`: the comparison is due, or pipelines and deployments have waited for it long enough;
 * `left`: only the refreshes that were left, at the price of each and no more; `nothing`: until `at`.
 */
export type TurnPurpose =
  | { readonly kind: 'everything' }
  | { readonly kind: 'left' }
  | { readonly kind: 'nothing'; readonly at: EpochSeconds };

export function purposeOf(
  compared: Compared,
  isLeft: boolean,
  shortest: number,
  now: EpochSeconds,
): TurnPurpose {
  const due = comparisonDue(compared, shortest);
  if (now >= due) return { kind: 'everything' };
  if (isLeft) return { kind: 'left' };
  const at = Math.min(due, compared.watermark + Math.max(shortest, AFTER_HEALING_SECONDS));
  return now >= at ? { kind: 'everything' } : { kind: 'nothing', at };
}
