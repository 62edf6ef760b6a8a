/** Opens the workspace that a run shows: the generated demo or recorded answers. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openDevLakeRecording } from '../bitbucket/devlake-recording';
import { openRecording } from '../bitbucket/recorded-workspace';
import { RecordingError } from '../bitbucket/recording-error';
import type { JsonObject, WorkspaceSource } from '../bitbucket/workspace-source';
import { createDemoWorkspace, type DemoWorkspace } from '../demo/demo-workspace';
import type { DataFolder } from './data-folder';
import { UsageError, type StartOptions } from './options';

/** A workspace, and for the demo what a person may do to it. */
export interface OpenSource {
  readonly workspace: WorkspaceSource;
  readonly demo: RecordedDemo | null;
}

/** The demo with a memory: what was done to it is done again at the next start. */
export interface RecordedDemo {
  readonly actionsFor: DemoWorkspace['actionsFor'];
  run(
    key: string,
    repositoryUuid: string,
    pullRequestId: number | null,
    at: number,
  ): { eventType: string; payload: JsonObject };
}

const action = z.object({
  key: z.string(),
  repositoryUuid: z.string(),
  pullRequestId: z.number().nullable(),
  at: z.number(),
});

/** Throws UsageError where the recording cannot be read. */
export function openSource(options: StartOptions, data: DataFolder): OpenSource {
  if (options.recording !== null) return { workspace: openOrExplain(options.recording), demo: null };
  const demo = createDemoWorkspace({ endsAt: data.startedAt });
  for (const { key, repositoryUuid, pullRequestId, at } of actionsBefore(data)) {
    demo.runAction(key, repositoryUuid, pullRequestId, at);
  }
  return {
    workspace: demo,
    demo: {
      actionsFor: (repositoryUuid) => demo.actionsFor(repositoryUuid),
      run: (key, repositoryUuid, pullRequestId, at) => {
        const event = demo.runAction(key, repositoryUuid, pullRequestId, at);
        appendFileSync(data.actionsFile, `${JSON.stringify({ key, repositoryUuid, pullRequestId, at })}\n`);
        return event;
      },
    },
  };
}

function openOrExplain(folder: string): WorkspaceSource {
  try {
    // Apache DevLake's recording has a form of its own, with pipelines and deployments.
    const isDevLake = existsSync(path.join(folder, 'pull_requests.jsonl'));
    const workspace = isDevLake ? openDevLakeRecording(folder) : openRecording(folder);
    // Damaged files throw when they are first read: better now than in the middle of the import.
    for (const repository of workspace.repositories()) repository.repository();
    return workspace;
  } catch (error) {
    if (error instanceof RecordingError) throw new UsageError(error.message);
    throw error;
  }
}

function actionsBefore(data: DataFolder): readonly z.output<typeof action>[] {
  if (!existsSync(data.actionsFile)) return [];
  return readFileSync(data.actionsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => action.parse(JSON.parse(line)));
}
