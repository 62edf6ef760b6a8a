/** Bitbucket's answers on pull requests, as they would come: recorded ones, or the demo's where there are none. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openRecording } from '../bitbucket/recorded-workspace';
import type { JsonObject, RepositorySource, WorkspaceSource } from '../bitbucket/workspace-source';
import { createDemoWorkspace } from '../demo/demo-workspace';
import { appDirectory } from './functions';

/** The largest of the recorded repositories: 544 pull requests. */
const RECORDING = path.join(appDirectory, '../shared/data/bitbucket-archive/osrf__drcsim');

const RECORDING_ENDS_AT = Date.UTC(2020, 5, 1);

/** The demo is the same whenever this is run. */
const DEMO_ENDS_AT = Date.UTC(2026, 0, 1);

export interface AnsweredWorkspace {
  readonly source: WorkspaceSource;
  /** In words. */
  readonly name: string;
  /** Milliseconds: an instant after everything in it. */
  readonly endsAt: number;
}

/** The recorded repository beside this project, else the demo's first one. */
export function answeredWorkspace(): AnsweredWorkspace {
  if (existsSync(RECORDING)) {
    return {
      source: openRecording(RECORDING),
      name: 'the recorded osrf/drcsim',
      endsAt: RECORDING_ENDS_AT,
    };
  }
  const demo = createDemoWorkspace({ endsAt: DEMO_ENDS_AT });
  return { source: oneRepository(demo), name: 'the demo’s payments-api', endsAt: DEMO_ENDS_AT };
}

/** The workspace with its first repository alone. */
export function oneRepository<Source extends WorkspaceSource>(source: Source): Source {
  return { ...source, repositories: () => source.repositories().slice(0, 1) };
}

/** What Bitbucket sends for one pull request, as text. */
export interface PullRequestTexts {
  readonly pullRequest: string;
  readonly activity: string;
  readonly commits: string;
  readonly diffstat: string;
}

/** Of every pull request of a repository, each list as one page. */
export function pullRequestTexts(repository: RepositorySource): readonly PullRequestTexts[] {
  const page = (values: readonly JsonObject[]): string => JSON.stringify({ values });
  return repository.pullRequestIds().map((id) => ({
    pullRequest: JSON.stringify(repository.pullRequest(id)),
    activity: page(repository.activity(id)),
    commits: page(repository.commits(id)),
    diffstat: page(repository.diffstat(id) ?? []),
  }));
}
