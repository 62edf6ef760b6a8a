/**
 * Erases everything that is stored: repository by repository, then whatever is left, then looks again. Each removal can
 * be repeated, so a run that is killed loses nothing but its lease.
 */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { log } from '../../runtime/log';
import { changeConnection, removeFirstRows, type Connection } from '../../storage/connection';
import { eraseRepository } from '../../storage/purge';
import { storedRepositories } from '../../storage/repositories';

/**
 * Whoever began before the mark was set may still write what it read: Forge ends the longest function after 15 minutes,
 * and a query may be some time behind. The look that counts comes after that.
 */
export const QUIET_SECONDS = 20 * 60;

/** A removal takes seconds; a run that saved nothing for this long was killed. */
const LEASE_SECONDS = 150;

/** With less time than this no further removal is begun. */
const TIME_FOR_ONE_REMOVAL_MILLISECONDS = 30_000;

/** Of the 4,000 units that Forge reads in a minute; a removal takes up to 1,000 more. Then a run pauses. */
const UNITS_A_RUN = 1_500;
export const ERASURE_PAUSE_SECONDS = 60;

/** A query of each entity finds nothing in a repository of which little is stored; its record and its lease are read too. */
const UNITS_OF_A_LOOK = 15;

/** A record takes some 300 bytes. */
const REPOSITORIES_A_UNIT = 30;

/** More repositories than these are not counted: the progress stays at this number for a while. */
const MOST_COUNTED = 10_000;

export interface ErasureContext {
  /** Names this run. */
  readonly holder: string;
  readonly now: () => EpochSeconds;
  /** Milliseconds until Forge ends the run. */
  readonly timeLeft: () => number;
}

/**
 * `waits`: nothing is left, and the last look comes later; `paused`: the next run is to come in another minute;
 * `elsewhere`: another run erases, or there is nothing to do.
 */
export type ErasureEnding = 'erased' | 'waits' | 'no-time' | 'paused' | 'elsewhere';

/** One removal: whether the run ends with it, and what was read for it. */
interface Step {
  readonly ending: ErasureEnding | null;
  readonly units: number;
}

/** Goes on with the erasure that the mark tells of, as far as the time allows. Throws the causes of `storage/errors`. */
export async function runErasure(context: ErasureContext): Promise<ErasureEnding> {
  let units = 0;
  for (;;) {
    const connection = await takeLease(context);
    if (connection === null) return 'elsewhere';
    if (context.timeLeft() < TIME_FOR_ONE_REMOVAL_MILLISECONDS) {
      await save(context, { lease: null });
      return 'no-time';
    }
    if (units >= UNITS_A_RUN) {
      await save(context, { lease: null });
      return 'paused';
    }
    const step = await removeSome(connection, context);
    if (step.ending !== null) return step.ending;
    units += step.units;
  }
}

async function removeSome(connection: Connection, context: ErasureContext): Promise<Step> {
  const { repositories, repositoriesLeft, removed, startedAt } = connection;
  if (repositories === null || repositoriesLeft === null) {
    const count = (await storedRepositories('', MOST_COUNTED)).length;
    await save(context, { repositories: count, repositoriesLeft: count });
    return { ending: null, units: count / REPOSITORIES_A_UNIT };
  }
  const [repository] = await storedRepositories('', 1);
  if (repository !== undefined) {
    const erased = await eraseRepository(repository);
    const left = Math.max(0, repositoriesLeft - Number(erased.isDone));
    await save(context, { removed: removed + erased.removed, repositoriesLeft: left });
    return { ending: null, units: erased.units + UNITS_OF_A_LOOK };
  }
  const { rows, units } = await removeFirstRows();
  const isQuiet = startedAt !== null && context.now() - startedAt >= QUIET_SECONDS;
  if (rows > 0) {
    await save(context, { removed: removed + rows, repositoriesLeft: 0, found: isQuiet ? rows : null });
    return { ending: null, units };
  }
  if (!isQuiet) {
    await save(context, { lease: null });
    return { ending: 'waits', units };
  }
  await save(context, { state: 'disconnected', endedAt: context.now(), found: 0, lease: null });
  log.info('everything is erased', { removed });
  return { ending: 'erased', units };
}

/** The mark as it is, now with this run's lease; `null` where there is nothing to erase or another run does it. */
function takeLease({ holder, now }: ErasureContext): Promise<Connection | null> {
  const until = now() + LEASE_SECONDS;
  return changeConnection<Connection | null>((connection) => {
    const { state, lease } = connection;
    const isTaken = lease !== null && lease.holder !== holder && lease.until > now();
    if (state !== 'erasing' || isTaken) return { detail: connection, result: null };
    const detail: Connection = { ...connection, lease: { holder, until } };
    return { detail, result: detail };
  });
}

/** Saves how far it is, unless another run took over meanwhile. */
function save({ holder }: ErasureContext, change: Partial<Connection>): Promise<void> {
  return changeConnection((connection) => ({
    detail: connection.lease?.holder === holder ? { ...connection, ...change } : connection,
    result: undefined,
  }));
}
