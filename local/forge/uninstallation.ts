/** Uninstalls the app: lets it clear up for a moment, then takes its store away, as Forge does. */
import type { HostLog } from './host-log';
import type { Invocations } from './invocations';
import type { ForgeManifest } from './manifest';
import type { ForgeStore, StoredRow } from './store';

export interface UninstallationOptions {
  readonly manifest: ForgeManifest;
  readonly invocations: Invocations;
  readonly store: ForgeStore;
  readonly log: HostLog;
  /** Forgets that the app was installed. */
  readonly forget: () => void;
}

/**
 * Runs every `preUninstall` module once; one that fails or takes too long is only logged. Returns what was left in the
 * store, which Forge keeps for 28 days, out of reach of the app, and then deletes: here it is gone at once.
 */
export async function uninstall(options: UninstallationOptions): Promise<readonly StoredRow[]> {
  const { manifest, invocations, store, log, forget } = options;
  for (const module of manifest.preUninstalls) {
    try {
      await invocations.invoke({
        functionKey: module.function,
        moduleKey: module.key,
        moduleType: 'preUninstall',
        body: {},
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.host('error', `${module.key} failed before the uninstallation, which goes on: ${reason}`);
    }
  }
  const left = store.dump();
  store.clear();
  forget();
  return left;
}
