/** An import of hundreds of pages keeps few of them, although a merge of long ago was commented on lately. */
import { ignoringTheKill, startInProcessApp, type InProcessApp } from '../../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  type SmallPullRequest,
} from '../../../test/small-workspace';
import type { JsonObject } from '../../../local/bitbucket/workspace-source';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import type { RepositoryId } from '../../storage/keys';
import { readWholeRepository } from '../../storage/repository-view';
import { readTask } from '../../storage/tasks';
import { importProgress, type ImportProgress } from './import-progress';
import { MOST_PAGES_KEPT } from './workbench';

const NOW = Date.UTC(2026, 9, 10);
const HOUR = 3_600_000;
/** Longer than a lease: a task of a dead runner is free again. */
const AFTER_THE_LEASE = 10 * 60_000;
const COUNT = 400;
const COMMENTS = 40;
const TIMEOUT = 180_000;

const iso = (instant: number): string => new Date(instant).toISOString();

function comment(id: number, at: number): JsonObject {
  return {
    pull_request: { type: 'pullrequest', id },
    comment: { created_on: iso(at), user: person('ben'), deleted: false },
  };
}

const openedAt = (id: number): number => NOW - (COUNT + 1 - id) * HOUR;
const mergedAt = (id: number): number => openedAt(id) + 50 * 60_000;

/** Every other one is a squash: its source is not in the history, and its commits are asked for. */
const isSquash = (id: number): boolean => id % 2 === 1;

const mergeOf = (id: number): string => (id + 0x100000).toString(16).padEnd(40, '0');
const sourceOf = (id: number): string => (id + 0x200000).toString(16).padEnd(40, '0');

function commit(hash: string, at: number, ...parents: readonly string[]): JsonObject {
  return {
    type: 'commit',
    hash,
    date: iso(at),
    parents: parents.map((parent) => ({ type: 'commit', hash: parent })),
  };
}

const ownCommit = (id: number): JsonObject => commit(sourceOf(id), openedAt(id) - 60_000, mergeOf(id - 1));

/** The newest first. */
const commits = Array.from({ length: COUNT }, (_, index) => COUNT - index).flatMap((id) =>
  isSquash(id)
    ? [commit(mergeOf(id), mergedAt(id), mergeOf(id - 1))]
    : [commit(mergeOf(id), mergedAt(id), mergeOf(id - 1), sourceOf(id)), ownCommit(id)],
);

/** One an hour, each merged within it after forty comments. */
const pullRequests = Array.from({ length: COUNT }, (_, index): SmallPullRequest => {
  const id = index + 1;
  const small = openPullRequest(id, 'ann', iso(openedAt(id)));
  const comments = Array.from({ length: COMMENTS }, (_, place) =>
    comment(id, openedAt(id) + (COMMENTS - place) * 60_000),
  );
  const end = (name: string, hash: string): JsonObject => ({
    branch: { name },
    commit: { type: 'commit', hash: hash.slice(0, 12) },
    repository: { type: 'repository', uuid: REPOSITORY_UUID, full_name: 'small/shop' },
  });
  return {
    ...small,
    pullRequest: {
      ...small.pullRequest,
      state: 'MERGED',
      updated_on: iso(mergedAt(id)),
      merge_commit: { type: 'commit', hash: mergeOf(id).slice(0, 12), date: iso(mergedAt(id)) },
      source: end('feature/x', sourceOf(id)),
      destination: end('main', mergeOf(id - 1)),
      closed_by: person('ann'),
    },
    activity: [...comments, ...small.activity],
    commits: [ownCommit(id)],
  };
});

/** The first was commented on in the last hour: the list tells of it first of all. */
function lately([first, ...others]: readonly SmallPullRequest[]): readonly SmallPullRequest[] {
  if (first === undefined) throw new Error('There is no pull request.');
  const at = NOW - 60_000;
  const { pullRequest, activity } = first;
  return [
    {
      ...first,
      pullRequest: { ...pullRequest, updated_on: iso(at) },
      activity: [comment(1, at), ...activity],
    },
    ...others,
  ];
}

/** Pages that the store holds. */
const pagesOf = (forge: InProcessApp): number =>
  forge.app.store.dump().filter(({ key }) => key.startsWith('importpage:')).length;

async function progressOf(repository: RepositoryId): Promise<ImportProgress> {
  const task = await readTask(repository, 'pull-requests');
  if (task === null) throw new Error('There is no import.');
  return importProgress(task);
}

let now: number;
let clock: jest.SpyInstance;
beforeEach(() => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => clock.mockRestore());

interface Imported {
  readonly facts: readonly PullRequestFacts[];
  /** Requests for single pull requests. */
  readonly asked: number;
  readonly runs: number;
  /** The most pages that were kept at any time. */
  readonly kept: number;
}

/** Imports, with a kill after so many calls each time. */
async function imported(callsToKill: number): Promise<Imported> {
  const workspace = smallWorkspace(lately(pullRequests));
  workspace.commits.push(...commits);
  const forge = await startInProcessApp(workspace);
  try {
    let kept = 0;
    // A turn ends after a minute: then what is kept is read again.
    forge.bitbucket.faults = () => {
      now += 1_000;
      if (forge.bitbucket.requests.total % 10 === 0) kept = Math.max(kept, pagesOf(forge));
      return undefined;
    };
    await forge.install();
    let runs = 0;
    for (; runs < 100; runs += 1) {
      forge.killAfter(callsToKill);
      await ignoringTheKill(async () => {
        await forge.drain();
      });
      forge.revive();
      forge.queue.length = 0;
      now += AFTER_THE_LEASE;
      await forge.tick();
      if ((await progressOf(REPOSITORY_ID)).state === 'complete') break;
    }
    // What else was begun, as the sizes.
    await forge.drain();
    expect(await progressOf(REPOSITORY_ID)).toMatchObject({ state: 'complete', done: COUNT });
    expect(pagesOf(forge)).toBe(0);
    const { facts } = await readWholeRepository(REPOSITORY_ID);
    const byEndpoint = Object.entries(forge.bitbucket.requests.byEndpoint());
    const asked = byEndpoint.filter(([endpoint]) => endpoint.includes('{id}'));
    return { facts, kept, runs, asked: asked.reduce((sum, [, count]) => sum + count, 0) };
  } finally {
    await forge.close();
  }
}

it(
  'writes what it needs of old pages again, lets them go, and loses nothing where it is killed',
  async () => {
    const whole = await imported(Number.POSITIVE_INFINITY);
    expect(whole.asked).toBe(COUNT / 2);
    expect(whole.kept).toBeGreaterThan(MOST_PAGES_KEPT);
    expect(whole.kept).toBeLessThan(2 * MOST_PAGES_KEPT);
    now = NOW;
    const killed = await imported(151);
    expect(killed.kept).toBeLessThan(2 * MOST_PAGES_KEPT);
    // What a page told is told by what is left of it: nobody has to be asked instead.
    expect(killed.runs).toBeGreaterThan(5);
    expect(killed.asked).toBeLessThan(whole.asked + killed.runs);
    expect(killed.facts).toEqual(whole.facts);
  },
  TIMEOUT,
);
