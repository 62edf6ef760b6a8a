/** The folder in which a run keeps its store, and the note that says what the store was read from. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { nameOf } from '../live/live-place';
import { UsageError, type StartOptions } from './options';

const note = z.object({
  /** `demo`, the recording's folder, or `live:` and what is read of Bitbucket. */
  source: z.string(),
  /** Milliseconds: the demo's present, so that a later start generates the same workspace again. */
  startedAt: z.number(),
});

/** Where the demo's store is unless another folder is named. */
export const DEMO_FOLDER = path.resolve('.throughline', 'demo');

/** The store's file in a data folder. */
export function databaseFileIn(folder: string): string {
  return path.join(folder, 'store.db');
}

export interface DataFolder {
  readonly databaseFile: string;
  /** Milliseconds: the first start's present. */
  readonly startedAt: number;
  /** Where the demo keeps what was done to it. */
  readonly actionsFile: string;
  /** Where live mode keeps how far it looked for what is new. */
  readonly pollingFile: string;
  /** Removes the folder if it was only for this run. */
  dispose(): void;
}

/** Opens the run's folder; throws UsageError where it holds the store of something else. */
export function openDataFolder(options: StartOptions, now: number): DataFolder {
  const { live } = options;
  const source = live === null ? (options.recording ?? 'demo') : `live:${nameOf(live)}`;
  // An import from Bitbucket may take hours of the token's limit: the next start goes on with it, whatever it is for.
  const temporary = options.data === null && options.exportTo !== null && live === null;
  const folder = temporary
    ? mkdtempSync(path.join(os.tmpdir(), 'throughline-'))
    : (options.data ?? path.resolve(DEMO_FOLDER, '..', folderName(options)));
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'source.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ source, startedAt: now }));
  const found = note.safeParse(readJson(file));
  if (!found.success || found.data.source !== source) {
    const what = found.success ? found.data.source : 'something else';
    throw new UsageError(
      `${folder} holds the store of ${what}. Name another folder with --data, or remove it.`,
    );
  }
  return {
    databaseFile: databaseFileIn(folder),
    actionsFile: path.join(folder, 'actions.jsonl'),
    pollingFile: path.join(folder, 'polling.json'),
    startedAt: found.data.startedAt,
    dispose: () => {
      if (temporary) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Recordings of one name in different places must not share a store. */
function folderName({ recording, live }: StartOptions): string {
  if (live !== null) return path.join('live', live.workspace, live.repository ?? '@all');
  if (recording === null) return path.basename(DEMO_FOLDER);
  const digest = createHash('sha256').update(recording).digest('hex').slice(0, 8);
  return `${path.basename(recording)}-${digest}`;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
