/** How long each function of a manifest may run and how much memory it has. */
import type { ForgeManifest, FunctionModule } from './manifest';

/** Forge: a resolver's run time; the documentation lists none for triggers, and 25 seconds are assumed. */
export const SHORT_TIMEOUT_SECONDS = 25;
/** Forge: run time of consumers and scheduled triggers without `timeoutSeconds`. */
export const LONG_TIMEOUT_SECONDS = 55;

/**
 * Seconds that a function may run. Forge: `timeoutSeconds` holds for a function that only consumers and scheduled
 * triggers use; of a shared function the lowest limit wins.
 */
export function timeoutSeconds(manifest: ForgeManifest, definition: FunctionModule): number {
  const isShort =
    manifest.triggers.some((module) => module.function === definition.key) ||
    manifest.userInterfaces.some((module) => module.resolver?.function === definition.key);
  const asked = definition.timeoutSeconds ?? LONG_TIMEOUT_SECONDS;
  // Forge: it does not wait longer before an uninstallation.
  if (manifest.preUninstalls.some((module) => module.function === definition.key)) {
    return Math.min(asked, LONG_TIMEOUT_SECONDS);
  }
  return isShort ? Math.min(asked, SHORT_TIMEOUT_SECONDS) : asked;
}

/** Megabytes of a function's process. */
export function memoryMegabytes(manifest: ForgeManifest, definition: FunctionModule): number {
  return definition.runtime?.memoryMB ?? manifest.memoryMegabytes;
}
