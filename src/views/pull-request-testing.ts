/** For tests: a small workspace, what happens to one of its pull requests, and what the panel on it then tells. */
import type { JsonObject } from '../../local/bitbucket/workspace-source';
import {
  AS_VIEWER,
  startInProcessApp,
  type InProcessApp,
  type InProcessOptions,
} from '../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallPullRequest,
  type SmallWorkspace,
} from '../../test/small-workspace';
import type { Answer } from './contract';
import type { PullRequestReport } from './reports/pull-request-report';
import { resolve } from './resolver';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 9, 31);

/** The pull request that the panel is shown on, and when it was opened: three hours after its first commit. */
export const ID = 20;
export const OPENED = NOW - 10 * HOUR;

export const MERGE_COMMIT = 'ffffffffffff';

/** Epoch seconds of milliseconds. */
export const seconds = (at: number): number => at / 1000;
const iso = (at: number): string => new Date(at).toISOString();

const origin = { repository: { uuid: REPOSITORY_UUID }, workspace: { uuid: WORKSPACE_UUID } };

/** Opened `id` days before now, written in two hours, approved after a third of the time, merged after `hours`. */
export function merged(id: number, hours: number): SmallPullRequest {
  const opened = NOW - id * DAY;
  const small = openPullRequest(id, 'ann', iso(opened));
  const approval = { date: iso(opened + (hours / 3) * HOUR), user: person('ben') };
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'MERGED', closed_by: person('ben') },
    commits: [commit('dddddddddddd', opened - 2 * HOUR)],
    activity: [
      { pull_request: { id }, update: update(opened + hours * HOUR, 'MERGED') },
      { pull_request: { id }, approval },
      ...small.activity,
    ],
  };
}

function update(at: number, state: string): JsonObject {
  return { date: iso(at), state, author: person('ben'), source: null };
}

function commit(hash: string, at: number): JsonObject {
  return { type: 'commit', hash: hash.padEnd(40, '0'), date: iso(at), parents: [] };
}

function pipeline(number: number, createdAt: number, result: string, target: JsonObject): JsonObject {
  return {
    type: 'pipeline',
    uuid: `{p${number}}`,
    build_number: number,
    created_on: iso(createdAt),
    completed_on: iso(createdAt + 100_000),
    duration_in_seconds: 80,
    state: { name: 'COMPLETED', result: { name: result } },
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
    target,
  };
}

/** To production, in a minute. */
function deployment(id: string, hash: string, startedAt: number): JsonObject {
  return {
    type: 'deployment',
    uuid: `{${id}}`,
    environment: { uuid: '{e1}', environment_type: { name: 'Production' } },
    state: {
      name: 'COMPLETED',
      status: { name: 'SUCCESSFUL' },
      started_on: iso(startedAt),
      completed_on: iso(startedAt + 60_000),
    },
    release: { commit: { hash }, pipeline: { type: 'pipeline', uuid: '{p1}' } },
  };
}

/** Two pipelines of the pull request and one of the main branch, and a deployment of the days before. */
function build({ pipelines, deployments }: SmallWorkspace): void {
  const target = { type: 'pipeline_pullrequest_target', source: 'feature/x', pullrequest: { id: ID } };
  pipelines.push(
    pipeline(1, NOW - 5 * DAY, 'SUCCESSFUL', { ref_type: 'branch', ref_name: 'main' }),
    pipeline(2, OPENED + HOUR, 'FAILED', target),
    pipeline(3, OPENED + 2 * HOUR, 'SUCCESSFUL', target),
  );
  deployments.push(deployment('d1', 'eeeeeeeeeeee', NOW - 4 * DAY));
}

interface Happening {
  readonly pullRequest?: JsonObject;
  readonly activity?: JsonObject;
  /** What the event has beside the pull request. */
  readonly event?: JsonObject;
}

/** The app with everything imported, at an instant that stands still. */
export class PanelScene {
  private constructor(
    readonly forge: InProcessApp,
    private readonly workspace: SmallWorkspace,
    private readonly clock: jest.SpyInstance,
  ) {}

  static async start(
    merges: readonly SmallPullRequest[],
    { isBuilt = true, ...options }: InProcessOptions & { readonly isBuilt?: boolean } = {},
  ): Promise<PanelScene> {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
    const small = openPullRequest(ID, 'ann', iso(OPENED));
    const workspace = smallWorkspace([
      ...merges,
      {
        ...small,
        pullRequest: { ...small.pullRequest, reviewers: [person('ben'), person('cid')] },
        commits: [commit('aaaaaaaaaaaa', OPENED - 3 * HOUR)],
      },
    ]);
    if (isBuilt) build(workspace);
    const forge = await startInProcessApp(workspace, options);
    await forge.install();
    await forge.drain();
    return new PanelScene(forge, workspace, clock);
  }

  close(): Promise<void> {
    this.clock.mockRestore();
    return this.forge.close();
  }

  /** Lets the schedule run once an hour, and comes back to now. */
  async passHours(hours: number): Promise<void> {
    for (let hour = 1; hour <= hours; hour += 1) {
      this.clock.mockReturnValue(NOW + hour * HOUR);
      await this.forge.tick();
      await this.forge.drain();
    }
    this.clock.mockReturnValue(NOW);
  }

  /** Something happened to the pull request, and Bitbucket sends the event of it. */
  async happens(at: number, event: string, change: Happening): Promise<void> {
    const small = this.workspace.pullRequests.get(ID);
    if (small === undefined) throw new Error('There is no such pull request.');
    small.pullRequest = { ...small.pullRequest, ...change.pullRequest, updated_on: iso(at) };
    if (change.activity !== undefined) {
      small.activity.unshift({ pull_request: { id: ID }, ...change.activity });
    }
    // What is read at the very instant of the import is not newer than it.
    this.clock.mockReturnValue(NOW + 60_000);
    await this.emit(event, {
      ...origin,
      timestamp: iso(at),
      pullrequest: { id: ID, state: 'OPEN', title: { truncated: false, value: 'SECRET' } },
      ...change.event,
    });
    this.clock.mockReturnValue(NOW);
  }

  commented(at: number): Promise<void> {
    return this.happens(at, 'created:pullrequest-comment', {
      activity: { comment: { created_on: iso(at), user: person('ben'), deleted: false } },
      event: { comment: { id: 1 } },
    });
  }

  approved(at: number): Promise<void> {
    const status = { user: { accountId: 'account-ben' }, status: 'approved', timestamp: iso(at) };
    return this.happens(at, 'updated:pullrequest-reviewer-status', {
      activity: { approval: { date: iso(at), user: person('ben') } },
      event: { reviewers: { value: [status], truncated: false } },
    });
  }

  pushed(at: number): Promise<void> {
    const source = { commit: { hash: 'cccccccccccc' } };
    return this.happens(at, 'updated:pullrequest', {
      activity: { update: { ...update(at, 'OPEN'), author: person('ann'), source } },
    });
  }

  merged(at: number, pullRequest: JsonObject = {}): Promise<void> {
    return this.happens(at, 'fulfilled:pullrequest', {
      pullRequest: {
        state: 'MERGED',
        closed_by: person('ben'),
        merge_commit: { hash: MERGE_COMMIT },
        ...pullRequest,
      },
      activity: { update: update(at, 'MERGED') },
    });
  }

  closed(at: number, state: string): Promise<void> {
    return this.happens(at, 'rejected:pullrequest', {
      pullRequest: { state, closed_by: person('ann') },
      activity: { update: update(at, state) },
    });
  }

  /** A commit was pushed straight to the main branch. */
  pushedToMain(at: number, hash: string): Promise<void> {
    const state = { created: false, closed: false, forced: false, truncated: false };
    const push = { ...state, ref: 'SECRET', mainbranch: true, after: hash, commits: [{ hash }] };
    return this.emit('push:repository', { ...origin, timestamp: iso(at), push });
  }

  /** A commit's deployment to production began, and ended a minute later. */
  deployed(hash: string, startedAt: number): Promise<void> {
    this.workspace.deployments.push(deployment('d2', hash, startedAt));
    return this.emit('completed:deployment', {
      ...origin,
      timestamp: iso(startedAt + 60_000),
      pipeline: { uuid: '{p1}' },
      deployment: { uuid: '{d2}', state: 'COMPLETED', status: 'SUCCESSFUL' },
      environment: { uuid: '{e1}', type: 'PRODUCTION', name: 'SECRET' },
    });
  }

  ask(
    pullRequest: unknown = { id: ID },
    repositoryUuid = REPOSITORY_UUID,
  ): Promise<Answer<PullRequestReport>> {
    const type = 'bitbucket:repoPullRequestOverviewPanel';
    return resolve(
      {
        call: { functionKey: 'pullRequest', payload: {} },
        context: { extension: { type, repository: { uuid: repositoryUuid }, pullRequest } },
      },
      AS_VIEWER,
    ) as Promise<Answer<PullRequestReport>>;
  }

  async report(): Promise<PullRequestReport> {
    const answer = await this.ask();
    if (!answer.ok) throw new Error(answer.message);
    return answer.data;
  }

  /** Stage, hours it took, and whether it goes on. */
  async stages(): Promise<readonly (readonly [string, number, boolean])[]> {
    const { timeline } = await this.report();
    return timeline.stages.map(({ stage, seconds: took, isRunning }) => [stage, took / 3_600, isRunning]);
  }

  private async emit(event: string, payload: object): Promise<void> {
    this.workspace.revision += 1;
    await this.forge.emit({ eventType: `avi:bitbucket:${event}`, ...payload });
    await this.forge.drain();
  }
}
