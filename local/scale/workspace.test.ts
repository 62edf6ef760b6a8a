/** Tests of the simulated workspace: its counts, its present, its events, and that its facts are the recorded ones. */
import path from 'node:path';
import { startInProcessApp } from '../../test/in-process-app';
import { describeWithSharedData } from '../../test/shared-data';
import { EVENT_NAMES, EVENTS } from '../../src/events/event-map';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { withoutBraces } from '../../src/storage/keys';
import { readWholeRepository } from '../../src/storage/repository-view';
import { answerProblems } from '../bitbucket/openapi.fixture';
import { openRecording } from '../bitbucket/recorded-workspace';
import { createStandIn } from '../bitbucket/stand-in';
import { textOf } from '../bitbucket/values';
import { ALL_SCOPES } from '../bitbucket/workspace.fixture';
import type { JsonObject, RepositorySource, WorkspaceSource } from '../bitbucket/workspace-source';
import type { ScaleSource } from './scale-source';
import { createScaleWorkspace } from './workspace';

const BEGINS = Date.UTC(2026, 10, 2);
const DAY = 86_400_000;

/** Small ones, so that they are read in a moment; one of a single pull request, so that every size can be made. */
const RECORDED = [
  'ignitionrobotics__ign-citadel',
  'osrf__gazebojs',
  'osrf__haptix_api',
  'osrf__haptix-comm',
  'osrf__srcsim',
  'ignitionrobotics__docs',
];
const SIZE = { repositories: 5, pullRequests: 400, eventsPerDay: 40 };

interface Living {
  readonly source: ScaleSource;
  readonly clock: { now(): number };
  at(instant: number): void;
}

function living(data: string, { seed = 7, size = SIZE, recorded = RECORDED } = {}): Living {
  let now = BEGINS;
  const clock = { now: () => now };
  return {
    source: createScaleWorkspace({ data, size, beginsAt: BEGINS, clock, seed, recorded }),
    clock,
    at: (instant) => {
      now = instant;
    },
  };
}

function repositoryOf(source: WorkspaceSource, uuid: string): RepositorySource {
  const found = source.repositories().find((each) => each.repository().uuid === uuid);
  if (found === undefined) throw new Error(`There is no repository ${uuid}.`);
  return found;
}

/** The facts of the only repository that an app imports, by opening. */
async function importedFacts(source: WorkspaceSource, now: number): Promise<readonly PullRequestFacts[]> {
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  const forge = await startInProcessApp(source);
  try {
    await forge.install();
    await forge.drain();
    const uuid = textOf(source.repositories()[0]?.repository() ?? {}, 'uuid') ?? '';
    const { facts } = await readWholeRepository(withoutBraces(uuid));
    return [...facts].sort((left, right) => left.openedAt - right.openedAt);
  } finally {
    await forge.close();
    clock.mockRestore();
  }
}

const PEOPLE = ['authorId', 'closedById', 'actorId'];

/** Facts without what differs between a recording and its copy: hashes, numbers, sizes; people by their first showing. */
function comparable(facts: readonly PullRequestFacts[], shift: number): unknown {
  const people = new Map<string, number>();
  return facts.map((each) => {
    const { coverage, branchWords, requestedReviewerIds, mergeCommit } = each;
    const left = { id: 0, linesAdded: 0, linesRemoved: 0, filesChanged: 0, branchWords: 0, coverage: 0 };
    const shown = { ...each, ...left, mergeCommit: 0, requestedReviewerIds: 0 };
    const text = JSON.stringify(shown, (key, value: unknown) => {
      if (typeof value === 'number' && value > 1_000_000_000) return value + shift;
      if (!PEOPLE.includes(key) || typeof value !== 'string') return value;
      people.set(value, people.get(value) ?? people.size);
      return `person ${String(people.get(value))}`;
    });
    const { activity, commits } = coverage;
    const reviewers = requestedReviewerIds.length;
    return { text, branchWords, activity, commits, reviewers, isMerged: mergeCommit !== null };
  });
}

describeWithSharedData('a simulated workspace', (data) => {
  let world: Living;
  beforeAll(() => {
    world = living(data);
  });
  beforeEach(() => world.at(BEGINS));

  it('has as many repositories and pull requests as it was asked for', () => {
    const { source } = world;
    const counts = source.repositories().map((each) => each.pullRequestIds().length);
    expect(counts).toHaveLength(SIZE.repositories);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(source.pullRequests);
    expect(Math.abs(source.pullRequests - SIZE.pullRequests)).toBeLessThanOrEqual(SIZE.pullRequests / 100);
    expect(repositoryOf(source, source.largest).pullRequestIds()).toHaveLength(Math.max(...counts));
  });

  it('shows only what has happened, and the rest once it has', () => {
    const { source } = world;
    const merge = source
      .happenings(BEGINS, BEGINS + 60 * DAY)
      .find(({ payload }) => payload.eventType === 'avi:bitbucket:fulfilled:pullrequest');
    if (merge === undefined) throw new Error('Nothing was merged.');
    const { repository, pullrequest } = merge.payload as {
      readonly repository: { readonly uuid: string };
      readonly pullrequest: { readonly id: number };
    };
    const from = repositoryOf(source, repository.uuid);
    world.at(merge.at - 1);
    const revision = from.revision?.();
    expect(from.pullRequest(pullrequest.id)).toMatchObject({
      state: 'OPEN',
      closed_by: null,
      merge_commit: null,
    });
    world.at(merge.at);
    expect(from.revision?.()).not.toBe(revision);
    const merged = from.pullRequest(pullrequest.id);
    expect(merged?.state).toBe('MERGED');
    expect(from.activity(pullrequest.id)).toContainEqual(
      expect.objectContaining({ update: expect.objectContaining({ state: 'MERGED' }) as unknown }),
    );
    const tip = from.branchTip?.('default') ?? '';
    expect(from.reachableCommits?.(['default'], [])?.at(0)).toMatchObject({ hash: tip });
    expect(from.reachableCommits?.(['default'], [tip])).toHaveLength(0);
  });

  it('sends events that the app can read, and that its answers bear out', () => {
    const { source } = world;
    const happenings = source.happenings(BEGINS, BEGINS + 60 * DAY);
    expect(happenings.length).toBeGreaterThan(300);
    let last = BEGINS;
    for (const { at, payload } of happenings) {
      const name = EVENT_NAMES.find((each) => each === payload.eventType);
      if (name === undefined) throw new Error(`${String(payload.eventType)} is not subscribed to.`);
      expect(EVENTS[name].read(payload)).toMatchObject({ fits: true });
      expect(at).toBeGreaterThanOrEqual(last);
      last = at;
      world.at(at);
      const { repository, pullrequest } = payload as {
        readonly repository: { readonly uuid: string };
        readonly pullrequest?: { readonly id: number; readonly state: string; readonly updatedOn: string };
      };
      if (pullrequest === undefined) continue;
      expect(repositoryOf(source, repository.uuid).pullRequest(pullrequest.id)).toMatchObject({
        state: pullrequest.state,
        updated_on: pullrequest.updatedOn,
      });
    }
    expect(source.happenings(BEGINS + 3 * DAY, BEGINS + 9 * DAY)).toEqual(
      happenings.filter(({ at }) => at > BEGINS + 3 * DAY && at <= BEGINS + 9 * DAY),
    );
  });

  it('answers as the specification of Bitbucket has it', () => {
    const problems = answerProblems(data);
    const found: string[] = [];
    const { source, clock } = world;
    const standIn = createStandIn({
      source,
      clock,
      validate: ({ endpoint, body }) => {
        found.push(...problems(endpoint, body));
      },
    });
    const headers = { 'x-forge-as': 'app', 'x-forge-scopes': ALL_SCOPES.join(' ') };
    const ask = (below: string): number =>
      standIn.answer({ method: 'GET', path: `/2.0/repositories/scale${below}`, headers }).status;
    expect(ask('?pagelen=100')).toBe(200);
    const slug = textOf(repositoryOf(source, source.largest).repository(), 'slug') ?? '';
    for (const below of [
      '',
      '/pullrequests?state=ALL&pagelen=50&fields=%2Bvalues.participants,%2Bvalues.reviewers',
      '/pullrequests/3',
      '/pullrequests/3/commits',
      '/pullrequests/3/comments',
      '/pullrequests/3/statuses',
      '/pullrequests/activity',
      '/commits?pagelen=100',
    ]) {
      expect([below, ask(`/${slug}${below}`)]).toEqual([below, 200]);
    }
    expect(found).toEqual([]);
  });

  it('is the same with the same seed, and another with another', () => {
    const answersOf = ({ source }: Living): readonly (JsonObject | null)[] =>
      source.repositories().flatMap((each) => [each.repository(), each.pullRequest(2)]);
    expect(answersOf(living(data))).toEqual(answersOf(world));
    expect(answersOf(living(data, { seed: 8 }))).not.toEqual(answersOf(world));
    expect(living(data).source.happenings(BEGINS, BEGINS + 5 * DAY)).toEqual(
      world.source.happenings(BEGINS, BEGINS + 5 * DAY),
    );
  });

  it.each(['osrf__haptix_api', 'osrf__gazebojs'])('gives the facts of %s, shifted', async (name) => {
    const recording = openRecording(path.join(data, 'bitbucket-archive', name));
    const pullRequests = recording.repositories()[0]?.pullRequestIds().length ?? 0;
    const size = { repositories: 1, pullRequests, eventsPerDay: 0 };
    const { source } = living(data, { size, recorded: [name] });
    const copied = await importedFacts(source, BEGINS + 400 * DAY);
    const recorded = await importedFacts(recording, BEGINS + 400 * DAY);
    expect(copied).toHaveLength(pullRequests);
    const shift = (copied[0]?.openedAt ?? 0) - (recorded[0]?.openedAt ?? 0);
    expect(shift % (7 * 86_400)).toBe(0);
    expect(comparable(copied, 0)).toEqual(comparable(recorded, shift));
  });
});
