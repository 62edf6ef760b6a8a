/** A small workspace told in words of its own, beside others with the same numbers: whatever of it reaches another shows. */
import type { JsonObject, RepositorySource, WorkspaceSource } from '../local/bitbucket/workspace-source';
import { reviewedPullRequest, type Story } from './reviewed-pull-requests';
import { REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID, type SmallWorkspace } from './small-workspace';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What makes a workspace's words and ids its own. */
export interface NeighbourName {
  /** In every name, branch and text. */
  readonly word: string;
  /** Eight hexadecimal digits with which its uuids and hashes begin. */
  readonly digits: string;
}

export interface Neighbour {
  readonly name: NeighbourName;
  readonly workspaceUuid: string;
  /** Of its own, and one that each has, as a transfer from one to another leaves it. */
  readonly repositoryUuids: readonly [own: string, shared: string];
  readonly source: WorkspaceSource;
  /** The same workspace in the words of the small one: what a test changes. */
  readonly small: SmallWorkspace;
  /** What is said in the words of the small workspace, in its own. */
  told<T>(said: T): T;
}

/** Words of the small workspace, and what stands there in this one. */
function translations({ word, digits }: NeighbourName): readonly (readonly [RegExp, string])[] {
  return [
    [new RegExp(WORKSPACE_UUID.slice(1, 9), 'g'), digits],
    // Who looks works in all of them.
    [/account-(?!viewer)/g, `account-${word}-`],
    [/uuid-/g, `uuid-${word}-`],
    [/(Person|Title of) /g, `$1 ${word} `],
    [/feature\/x/g, `feature/${word}`],
    [/"main"/g, `"main-${word}"`],
    [/"small\b/g, `"small-${word}`],
    [/"(Core|Release)"/g, `"$1 ${word}"`],
    [/"(hash|before|after)":"\w{8}/g, `"$1":"${digits}`],
    [/\{([pde]\d)\}/g, `{$1-${word}}`],
  ];
}

/** The same pull requests, pipelines and deployments as each, at a pace of its own; they end at `now`, in milliseconds. */
export function neighbour(name: NeighbourName, pace: number, now: number): Neighbour {
  const words = translations(name);
  const told = <T>(said: T): T =>
    JSON.parse(words.reduce((text, [of, own]) => text.replaceAll(of, own), JSON.stringify(said))) as T;
  const small = smallWorkspace(stories(pace, now).map((story, place) => withCommits(place + 1, story)));
  small.pipelines.push(...pipelines(pace, now));
  small.deployments.push(deployment(now - pace * DAY));
  small.commits.push(commit('f0f0f0f0f0f0', now - 3 * DAY), commit('e0e0e0e0e0e0', now - 9 * DAY));
  const [shared] = small.repositories();
  if (shared === undefined) throw new Error('The small workspace has a repository.');
  const ownUuid = REPOSITORY_UUID.replace(/\w{8}/, name.digits);
  const inOwn = <T>(said: T): T =>
    JSON.parse(JSON.stringify(said).replaceAll(REPOSITORY_UUID, ownUuid).replaceAll('shop', 'store')) as T;
  const sources = [translated(shared, (said) => inOwn(told(said))), translated(shared, told)];
  return {
    name,
    workspaceUuid: told(WORKSPACE_UUID),
    repositoryUuids: [ownUuid, REPOSITORY_UUID],
    source: { workspace: told(small.workspace), repositories: () => sources },
    small,
    told,
  };
}

/** Every answer of a repository as `told` says it. */
function translated(source: RepositorySource, told: <T>(said: T) => T): RepositorySource {
  return {
    ...source,
    repository: () => told(source.repository()),
    pullRequest: (id) => told(source.pullRequest(id)),
    activity: (id) => told(source.activity(id)),
    commits: (id) => told(source.commits(id)),
    diffstat: (id) => told(source.diffstat(id)),
    commitHistory: () => told(source.commitHistory()),
    pipelines: () => told(source.pipelines()),
    deployments: () => told(source.deployments()),
  };
}

/** The first is open; of the others each was merged `pace` hours after somebody looked at it. */
function stories(pace: number, now: number): readonly Story[] {
  const open: Story = {
    author: 'ann',
    openedAt: now - (20 + pace) * HOUR,
    acts: [[2, 'comment', 'ben']],
    requested: ['cid'],
  };
  const merged = Array.from({ length: 6 }, (_, place): Story => ({
    author: place % 2 === 0 ? 'ben' : 'ann',
    openedAt: now - (place + 2) * 4 * DAY,
    acts: [
      [1, 'push'],
      [place + pace, 'comment', 'cid'],
      [place + pace + 1, 'approval', place % 2 === 0 ? 'ann' : 'ben'],
    ],
    mergedAfter: place + 2 * pace + 1,
  }));
  return [open, ...merged];
}

function withCommits(id: number, story: Story): ReturnType<typeof reviewedPullRequest> {
  const small = reviewedPullRequest(id, story);
  const sizes = [{ status: 'modified', lines_added: 10 * id, lines_removed: id }];
  return { ...small, commits: [commit('aaaaaaaaaaaa', story.openedAt - 3 * HOUR)], diffstat: sizes };
}

const iso = (at: number): string => new Date(at).toISOString();

function commit(hash: string, at: number): JsonObject {
  return { type: 'commit', hash: hash.padEnd(40, '0'), date: iso(at), parents: [] };
}

function pipelines(pace: number, now: number): readonly JsonObject[] {
  return ['SUCCESSFUL', 'FAILED', 'SUCCESSFUL'].map((result, place) => ({
    type: 'pipeline',
    uuid: `{p${place}}`,
    build_number: place + 1,
    created_on: iso(now - (place + 2) * DAY),
    completed_on: iso(now - (place + 2) * DAY + pace * 60_000),
    duration_in_seconds: 60 * pace,
    state: { name: 'COMPLETED', result: { name: result } },
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
    target: { ref_type: 'branch', ref_name: 'main', commit: { hash: 'aaaaaaaaaaaa' } },
  }));
}

function deployment(startedAt: number): JsonObject {
  return {
    type: 'deployment',
    uuid: '{d1}',
    environment: { uuid: '{e1}', environment_type: { name: 'Production' } },
    state: {
      name: 'COMPLETED',
      status: { name: 'SUCCESSFUL' },
      started_on: iso(startedAt),
      completed_on: iso(startedAt + 60_000),
    },
    release: { commit: { hash: 'eeeeeeeeeeee' }, pipeline: { type: 'pipeline', uuid: '{p1}' } },
  };
}

/** One event of each kind in a repository, in the words of the small workspace. */
export function eventsAt(at: number): readonly JsonObject[] {
  const base = {
    timestamp: iso(at),
    actor: { type: 'user', accountId: 'account-ben' },
    workspace: { uuid: WORKSPACE_UUID },
    repository: { uuid: REPOSITORY_UUID },
  };
  const pullrequest = { id: 1, state: 'OPEN' };
  const verdict = { user: { accountId: 'account-ben' }, timestamp: iso(at) };
  const event = (name: string, more: JsonObject = {}): JsonObject => ({
    ...base,
    eventType: `avi:bitbucket:${name}`,
    ...more,
  });
  return [
    event('updated:repository'),
    event('updated:pullrequest', { pullrequest }),
    event('fulfilled:pullrequest', { pullrequest: { id: 2, state: 'MERGED' } }),
    event('created:pullrequest-comment', { pullrequest, comment: { id: 7 } }),
    event('updated:pullrequest-reviewer-status', {
      pullrequest,
      reviewers: { value: [{ ...verdict, status: 'approved' }] },
    }),
    event('updated:pullrequest-reviewer-status', {
      pullrequest,
      timestamp: iso(at + 60_000),
      reviewers: { value: [{ ...verdict, status: 'none', timestamp: iso(at + 60_000) }] },
    }),
    event('push:repository', {
      push: {
        ref: 'main',
        mainbranch: true,
        before: 'e0e0e0e0e0e0',
        after: 'f0f0f0f0f0f0',
        created: false,
        closed: false,
        forced: false,
        truncated: false,
        commits: [{ hash: 'f0f0f0f0f0f0', date: iso(at) }],
      },
    }),
    event('push:repository', { push: { ref: 'v1', before: null, after: 'aaaaaaaaaaaa' } }),
    event('updated:build-status', {
      buildStatus: { state: 'SUCCESSFUL', commit: { hash: 'aaaaaaaaaaaa' } },
    }),
    event('completed:deployment', {
      deployment: { uuid: '{d1}', state: 'COMPLETED', status: 'SUCCESSFUL' },
      environment: { uuid: '{e1}', type: 'Production' },
      pipeline: { uuid: '{p1}' },
    }),
    // Refused, and kept as refused.
    event('created:pullrequest-comment', { pullrequest: { id: 'Person ben' } }),
  ];
}
