/** For tests: five small repositories in which pull requests are opened, and merged an hour later, as time goes by. */
import type { JsonObject, RepositorySource } from '../bitbucket/workspace-source';
import type { Happening, ScaleSource } from './scale-source';

const HOUR = 3_600_000;

/** So often one is opened in each repository. */
const EVERY = 8 * HOUR;

const REPOSITORIES = 5;

const WORKSPACE = { uuid: '{4c16a397-8e48-479c-8ca2-442e46c90570}', slug: 'small', name: 'Small' };

const PERSON: JsonObject = {
  type: 'user',
  account_id: 'account-ann',
  uuid: '{0f0e5c5a-3f0d-4a6e-9a53-5f1d7f1a2b3c}',
  display_name: 'Ann',
};

/** The instants of one repository's pull requests: the nth is opened at `firstAt` and n times eight hours. */
interface Rhythm {
  readonly uuid: string;
  readonly slug: string;
  readonly firstAt: number;
  readonly clock: { now(): number };
}

/** A workspace that had `before` pull requests in each repository when it began at `beginsAt` (milliseconds). */
export function fiveRepositories(beginsAt: number, before: number, clock: { now(): number }): ScaleSource {
  const rhythms = Array.from({ length: REPOSITORIES }, (_, number): Rhythm => ({
    uuid: `{15a31549-1cff-45dc-9d0d-31011400000${number}}`,
    slug: `small-${number}`,
    // Some minutes apart, so that not all happens at once.
    firstAt: beginsAt - before * EVERY + number * 60_000,
    clock,
  }));
  const repositories = rhythms.map(repositoryOf);
  return {
    workspace: WORKSPACE,
    repositories: () => repositories,
    pullRequests: before * REPOSITORIES,
    largest: rhythms[0]?.uuid ?? '',
    happenings: (from, to) =>
      rhythms.flatMap((rhythm) => happeningsOf(rhythm, from, to)).sort((left, right) => left.at - right.at),
  };
}

function openedAt({ firstAt }: Rhythm, id: number): number {
  return firstAt + (id - 1) * EVERY;
}

function openedUntil({ firstAt }: Rhythm, now: number): number {
  return Math.max(0, Math.floor((now - firstAt) / EVERY) + 1);
}

function repositoryOf(rhythm: Rhythm): RepositorySource {
  const { uuid, slug, clock } = rhythm;
  const count = (): number => openedUntil(rhythm, clock.now());
  return {
    repository: () => ({
      type: 'repository',
      uuid,
      slug,
      full_name: `small/${slug}`,
      name: slug,
      mainbranch: { type: 'branch', name: 'main' },
      updated_on: '2026-10-01T00:00:00+00:00',
    }),
    pullRequestIds: () => Array.from({ length: count() }, (_, index) => index + 1),
    pullRequest: (id) => (id <= count() ? pullRequestOf(rhythm, id) : null),
    activity: (id) => activityOf(rhythm, id),
    commits: () => [],
    statuses: () => [],
    comments: () => [],
    diffstat: () => [{ type: 'diffstat', status: 'modified', lines_added: 3, lines_removed: 1 }],
    commitHistory: () => [],
    pipelines: () => [],
    deployments: () => [],
    environments: () => [],
  };
}

function mergedAt(rhythm: Rhythm, id: number): number | null {
  const at = openedAt(rhythm, id) + HOUR;
  return at <= rhythm.clock.now() ? at : null;
}

function pullRequestOf(rhythm: Rhythm, id: number): JsonObject {
  const merged = mergedAt(rhythm, id);
  return {
    type: 'pullrequest',
    id,
    title: `Title of ${id}`,
    state: merged === null ? 'OPEN' : 'MERGED',
    draft: false,
    author: PERSON,
    created_on: iso(openedAt(rhythm, id)),
    updated_on: iso(merged ?? openedAt(rhythm, id)),
    closed_by: merged === null ? null : PERSON,
    merge_commit: merged === null ? null : { type: 'commit', hash: hashOf(id, 'c'), date: iso(merged) },
    source: end(rhythm, 'feature/x', hashOf(id, 'a')),
    destination: end(rhythm, 'main', hashOf(id, 'b')),
    participants: [],
    reviewers: [],
  };
}

function activityOf(rhythm: Rhythm, id: number): readonly JsonObject[] {
  const merged = mergedAt(rhythm, id);
  const update = (state: string, at: number): JsonObject => ({
    pull_request: { type: 'pullrequest', id },
    update: {
      date: iso(at),
      state,
      author: PERSON,
      source: end(rhythm, 'feature/x', hashOf(id, 'a')),
    },
  });
  const opened = update('OPEN', openedAt(rhythm, id));
  return merged === null ? [opened] : [update('MERGED', merged), opened];
}

function happeningsOf(rhythm: Rhythm, from: number, to: number): readonly Happening[] {
  const happenings: Happening[] = [];
  for (let id = 1; openedAt(rhythm, id) <= to; id += 1) {
    const at = openedAt(rhythm, id);
    if (at > from) happenings.push(happening(rhythm, id, 'created', 'OPEN', at));
    const merge = at + HOUR;
    if (merge > from && merge <= to) happenings.push(happening(rhythm, id, 'fulfilled', 'MERGED', merge));
  }
  return happenings;
}

function happening({ uuid }: Rhythm, id: number, what: string, state: string, at: number): Happening {
  const commit = (letter: string): JsonObject => ({ hash: hashOf(id, letter) });
  return {
    at,
    payload: {
      eventType: `avi:bitbucket:${what}:pullrequest`,
      timestamp: iso(at),
      selfGenerated: false,
      actor: { type: 'user', accountId: 'account-ann', uuid: PERSON.uuid },
      repository: { uuid },
      project: { uuid: '{9a4bb2a8-41d3-4c4e-8f0c-6b8f5e7d2c11}' },
      workspace: { uuid: WORKSPACE.uuid },
      pullrequest: {
        id,
        state,
        source: { branch: 'feature/x', commit: commit('a') },
        destination: { branch: 'main', commit: commit('b') },
      },
    },
  };
}

function end({ uuid, slug }: Rhythm, name: string, hash: string): JsonObject {
  return {
    branch: { name },
    commit: { type: 'commit', hash },
    repository: { type: 'repository', uuid, full_name: `small/${slug}` },
  };
}

function hashOf(id: number, letter: string): string {
  return letter + id.toString(16).padStart(11, '0');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
