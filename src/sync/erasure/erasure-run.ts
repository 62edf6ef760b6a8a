/**
 * Erases everything that is stored: repository by repository, then whatever is left, then looks again. Each removal can
 * be repeated, so a run that is killed loses nothing but its lease.
 */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { log } from '../../runtime/log';
import { changeConnection, removeFirstRows, type Connection } from '../../storage/connection';
import { eraseRepository, storedRepositories } from '../../storage/repositories';

/**
 * Whoever began before the mark was set may still write what it read: Forge ends the longest function after 15 minutes,
 * and a query may be some time behind. The look that counts comes after that.
 */
export const QUIET_SECONDS = 20 * 60;

/** A removal takes seconds; a run that saved nothing for this long was killed. */
const LEASE_SECONDS = 150;

/** With less time than this no further removal is begun. */
const TIME_FOR_ONE_REMOVAL_MILLISECONDS = 30_000;

/** More repositories than these are not counted: the progress stays at this number for a while. */
const MOST_COUNTED = 10_000;

export interface ErasureContext {
  /** Names this run. */
  readonly holder: string;
  readonly now: () => EpochSeconds;
  /** Milliseconds until Forge ends the run. */
  readonly timeLeft: () => number;
}

/** `waits`: nothing is left, and the last look comes later; `elsewhere`: another run erases, or there is nothing to do. */
export type ErasureEnding = 'erased' | 'waits' | 'no-time' | 'elsewhere';

/** Goes on with the erasure that the mark tells of, as far as the time allows. Throws the causes of `storage/errors`. */
export async function runErasure(context: ErasureContext): Promise<ErasureEnding> {
  for (;;) {
    const connection = await takeLease(context);
    if (connection === null) return 'elsewhere';
    if (context.timeLeft() < TIME_FOR_ONE_REMOVAL_MILLISECONDS) {
      await save(context, { lease: null });
      return 'no-time';
    }
    const ending = await removeSome(connection, context);
    if (ending !== null) return ending;
  }
}

/** The next removal; tells how the run ends, `null` where it goes on. */
async function removeSome(connection: Connection, context: ErasureContext): Promise<ErasureEnding | null> {
  const { repositories, repositoriesLeft, removed, startedAt } = connection;
  if (repositories === null || repositoriesLeft === null) {
    const count = (await storedRepositories('', MOST_COUNTED)).length;
    await save(context, { repositories: count, repositoriesLeft: count });
    return null;
  }
  const [repository] = await storedRepositories('', 1);
  if (repository !== undefined) {
    const rows = await eraseRepository(repository);
    await save(context, { removed: removed + rows, repositoriesLeft: Math.max(0, repositoriesLeft - 1) });
    return null;
  }
  const rows = await removeFirstRows();
  const isQuiet = startedAt !== null && context.now() - startedAt >= QUIET_SECONDS;
  if (rows > 0) {
    await save(context, { removed: removed + rows, repositoriesLeft: 0, found: isQuiet ? rows : null });
    return null;
  }
  if (!isQuiet) {
    await save(context, { lease: null });
    return 'waits';
  }
  await save(context, { state: 'disconnected', endedAt: context.now(), found: 0, lease: null });
  log.info('everything is erased', { removed });
  return 'erased';
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
