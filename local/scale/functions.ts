/** The functions of the manifest as the simulation runs them: the app's own code, with its memory and its time. */
import path from 'node:path';
import { onEvent, onLifecycle } from '../../src/events/functions';
import { live, tick, work } from '../../src/sync/functions';
import { resolve } from '../../src/views/resolver';
import { memoryMegabytes, timeoutSeconds } from '../forge/function-limits';
import { readManifest, type ForgeManifest } from '../forge/manifest';

/** One function of the manifest. */
export interface SimulatedFunction {
  readonly key: string;
  readonly memoryMegabytes: number;
  readonly timeoutMilliseconds: number;
}

/** What Forge calls; the handlers are named as in the manifest. */
export const HANDLERS = { onEvent, onLifecycle, live, tick, work, resolve } as const;

/** The app's manifest. */
export function appManifest(): ForgeManifest {
  return readManifest(path.resolve(__dirname, '../..'));
}

/** The function that a handler belongs to, `index.live` for example. Throws where the manifest has none. */
export function functionOf(manifest: ForgeManifest, handler: keyof typeof HANDLERS): SimulatedFunction {
  const definition = manifest.functions.find((each) => each.handler === `index.${handler}`);
  if (definition === undefined) throw new Error(`The manifest has no function for ${handler}.`);
  return {
    key: definition.key,
    memoryMegabytes: memoryMegabytes(manifest, definition),
    timeoutMilliseconds: timeoutSeconds(manifest, definition) * 1_000,
  };
}
