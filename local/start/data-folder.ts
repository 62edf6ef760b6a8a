/** The folder in which a run keeps its store, and the note that says what the store was read from. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { UsageError, type StartOptions } from './options';

const note = z.object({
  /** `demo`, or the recording's folder. */
  source: z.string(),
  /** Milliseconds: the demo's present, so that a later start generates the same workspace again. */
  startedAt: z.number(),
});

export interface DataFolder {
  readonly databaseFile: string;
  /** Milliseconds: the first start's present. */
  readonly startedAt: number;
  /** Where the demo keeps what was done to it. */
  readonly actionsFile: string;
  /** Removes the folder if it was only for this run. */
  dispose(): void;
}

/** Opens the run's folder; throws UsageError where it holds the store of something else. */
export function openDataFolder(options: StartOptions, now: number): DataFolder {
  const source = options.recording ?? 'demo';
  const temporary = options.data === null && options.exportTo !== null;
  const folder = temporary
    ? mkdtempSync(path.join(os.tmpdir(), 'throughline-'))
    : (options.data ?? path.resolve('.throughline', folderName(options.recording)));
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
    databaseFile: path.join(folder, 'store.db'),
    actionsFile: path.join(folder, 'actions.jsonl'),
    startedAt: found.data.startedAt,
    dispose: () => {
      if (temporary) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Recordings of one name in different places must not share a store. */
function folderName(recording: string | null): string {
  if (recording === null) return 'demo';
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
