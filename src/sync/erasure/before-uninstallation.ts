/**
 * Removes as much as Forge's 55 seconds allow before the app is uninstalled: what admins wrote and who they are first,
 * then what names most people. Whatever is left Forge keeps for 28 days, in which nobody can read it, and then deletes.
 */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { describeError, log } from '../../runtime/log';
import { changeConnection, removeFirstRowsOf, STORES } from '../../storage/connection';
import { NewerStore } from '../../storage/store-version';
import { AUDIT_ENTITY, ENTITY, NOTES_ENTITY, SETTINGS_ENTITY } from '../../storage/keys';

/** Teams, bots and texts; who changed what; notes. Then facts by author and reviewer, and what events told of them. */
const FIRST: readonly string[] = [
  SETTINGS_ENTITY,
  AUDIT_ENTITY,
  NOTES_ENTITY,
  ENTITY.ledger,
  ENTITY.pullRequest,
  ENTITY.observation,
];

/** A removal takes well under a second; with less time than this none is begun. */
const TIME_FOR_ONE_REMOVAL_MILLISECONDS = 5_000;

/**
 * Ends collecting, and removes. An installation that comes back with this store collects again. Throws the causes of
 * `storage/errors`; Forge uninstalls all the same.
 */
export async function removeBeforeUninstallation(now: EpochSeconds, timeLeft: () => number): Promise<number> {
  try {
    await changeConnection((connection) => ({
      detail: { ...connection, state: 'disconnected', startedAt: now, lease: null },
      result: undefined,
    }));
  } catch (error) {
    if (!(error instanceof NewerStore)) throw error;
    // Nothing collects in a later release's store anyway; what it holds is to go all the same.
    log.warn('uninstalled from a later release’s store', describeError(error));
  }
  let removed = 0;
  for (const store of [...FIRST, ...STORES.filter((each) => each === null || !FIRST.includes(each))]) {
    let rows = 0;
    do {
      if (timeLeft() < TIME_FOR_ONE_REMOVAL_MILLISECONDS) {
        log.info('uninstalled before everything was removed', { removed });
        return removed;
      }
      ({ rows } = await removeFirstRowsOf(store));
      removed += rows;
    } while (rows > 0);
  }
  log.info('everything is removed', { removed });
  return removed;
}
