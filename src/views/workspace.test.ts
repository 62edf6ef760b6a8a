import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { manyRepositories, slugOf, startViewers, uuidOf, type Viewers } from '../../test/many-repositories';
import { openPullRequest, person, WORKSPACE_UUID, type SmallPullRequest } from '../../test/small-workspace';
import { set } from '../storage/forge-storage';
import { key, withoutBraces } from '../storage/keys';
import { saveSummary, type RepositorySummary } from '../storage/repository-summaries';
import { saveRepository } from '../storage/repositories';
import { changeSettings } from '../storage/workspace-settings';
import { renewSummary } from '../sync/summarise';
import type { Answer } from './contract';
import type { WorkspaceReport, WorkspaceRepository } from './reports/workspace-report';
import { resolve } from './resolver';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 9, 31);

let now: number;
let clock: jest.SpyInstance;
let forge: InProcessApp;
let viewers: Viewers;
let source: ReturnType<typeof manyRepositories>;
beforeEach(() => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(async () => {
  clock.mockRestore();
  await viewers.close();
  await forge.close();
});

/** Opened so many days before, approved after an hour, merged after `hours`. */
function mergedPullRequest(id: number, daysAgo: number, hours: number): SmallPullRequest {
  const at = (after: number): string => new Date(NOW - daysAgo * DAY + after * HOUR).toISOString();
  const small = openPullRequest(id, 'ann', at(0));
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'MERGED', closed_by: person('ben'), updated_on: at(hours) },
    activity: [
      {
        pull_request: { id },
        update: { date: at(hours), state: 'MERGED', author: person('ben'), source: null },
      },
      { pull_request: { id }, approval: { date: at(1), user: person('ben') } },
      ...small.activity,
    ],
  };
}

/** A workspace whose repository `n` has `n` merges of `n` hours each. */
async function start(
  count: number,
  mayRead: (account: string, uuid: string) => boolean = () => true,
): Promise<void> {
  source = manyRepositories(count, (number) =>
    Array.from({ length: number }, (_, index) => mergedPullRequest(index + 1, 3 + index, number)),
  );
  forge = await startInProcessApp(source);
  viewers = await startViewers(source, mayRead);
}

async function install(): Promise<void> {
  await forge.install();
  await forge.drain();
}

/** Forge tells who looks beside the call, not in what the front end sends. */
function ask(
  page: unknown = 1,
  { uuid = WORKSPACE_UUID, account = viewers.account }: { uuid?: string; account?: string | null } = {},
): Promise<Answer<WorkspaceReport>> {
  return resolve(
    {
      call: { functionKey: 'workspace', payload: { page } },
      context: { extension: { workspace: { uuid } } },
    },
    account === null ? {} : { principal: { accountId: account } },
  ) as Promise<Answer<WorkspaceReport>>;
}

async function report(...question: Parameters<typeof ask>): Promise<WorkspaceReport> {
  const answer = await ask(...question);
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const slugs = (repositories: readonly WorkspaceRepository[]): readonly (string | null)[] =>
  repositories.map(({ slug }) => slug);

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** Storage requests of one call. */
async function requestsOf(call: () => Promise<unknown>): Promise<number> {
  const before = forge.app.store.usage().requests;
  await call();
  return forge.app.store.usage().requests - before;
}

function aSummary(overrides: Partial<RepositorySummary> = {}): RepositorySummary {
  const figures = {
    merged: 99_999,
    time_to_merge: { n: 99_999, p50: 99_999_999 },
    time_to_first_review: { n: 99_999, p50: 99_999_999 },
    unreviewed_merge_rate: { n: 99_999, value: 0.123_456_789_012_345_67 },
  };
  return {
    asOf: seconds(now),
    slug: 'a'.repeat(100),
    state: 'importing',
    done: 999_999,
    expected: 999_999,
    readSince: seconds(now),
    lastReconciledAt: seconds(now),
    figures,
    previousFigures: figures,
    isChange: { time_to_merge: false, time_to_first_review: false },
    mergesByWeek: Array.from({ length: 13 }, () => 9_999),
    open: 9_999,
    openOverP85: 9_999,
    ...overrides,
  };
}

/** Stores repositories as discovery and a finished import leave them, without their pull requests. */
async function store(from: number, to: number, summary: Partial<RepositorySummary> | null): Promise<void> {
  for (let number = from; number <= to; number += 1) {
    const uuid = uuidOf(number);
    const slug = slugOf(number);
    const record = { workspaceUuid: WORKSPACE_UUID, uuid, slug, defaultBranch: 'main', readAt: seconds(now) };
    await saveRepository(withoutBraces(uuid), record);
    if (summary === null) continue;
    await saveSummary(withoutBraces(uuid), aSummary({ slug, state: 'complete', readSince: 0, ...summary }));
  }
}

const storedSummaries = (): readonly string[] =>
  forge.app.store
    .dump()
    .filter(({ key }) => key.startsWith('summary:'))
    .map(({ key }) => key.slice('summary:'.length));

describe('tells of each repository', () => {
  it('its figures as they are stored, and how far its import is', async () => {
    await start(6);
    await install();
    const { repositories, total, unknown, nextPage, importing } = await report();
    expect(slugs(repositories)).toEqual([1, 2, 3, 4, 5, 6].map(slugOf));
    expect(repositories[5]).toMatchObject({
      uuid: uuidOf(6),
      summary: {
        asOf: seconds(NOW),
        state: 'complete',
        done: 6,
        expected: 6,
        readSince: 0,
        lastReconciledAt: null,
        figures: {
          merged: 6,
          time_to_merge: { n: 6, p50: 6 * 3_600 },
          time_to_first_review: { n: 6, p50: 3_600 },
          unreviewed_merge_rate: { n: 6, value: 0 },
        },
        previousFigures: { merged: 0, time_to_merge: { n: 0, p50: null } },
        mergesByWeek: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5],
        open: 0,
        openOverP85: 0,
      },
    });
    expect({ total, unknown, nextPage }).toEqual({ total: 6, unknown: 0, nextPage: null });
    expect(importing).toEqual({ remainingSeconds: null, pausedUntil: null });
  });

  it('that it is known, while nothing else is', async () => {
    await start(3);
    await store(1, 2, null);
    const { repositories, unknown } = await report();
    expect(repositories.map(({ slug, summary }) => [slug, summary?.state, summary?.readSince])).toEqual([
      [slugOf(1), 'waiting', null],
      [slugOf(2), 'waiting', null],
    ]);
    expect(unknown).toBe(1);
  });

  it('nothing at all before the installation is through', async () => {
    await start(3);
    expect(await report()).toMatchObject({ repositories: [], unknown: 3, total: 3, nextPage: null });
  });
});

describe('shows to a viewer what Bitbucket shows', () => {
  const HIDDEN = new Map([
    ['ann', [2, 5]],
    ['ben', [1, 3, 4, 6]],
    ['eve', [1, 2, 3, 4, 5, 6]],
  ]);
  const mayRead = (account: string, uuid: string): boolean =>
    !(HIDDEN.get(account) ?? []).some((number) => uuidOf(number) === uuid);

  beforeEach(async () => {
    await start(6, mayRead);
    await install();
  });

  it.each([
    ['ann', [1, 3, 4, 6]],
    ['ben', [2, 5]],
    ['eve', []],
  ])('%s: %j and of the others neither uuid nor slug nor count', async (account, visible) => {
    viewers.account = account;
    // The second answer comes from what was kept.
    for (let look = 0; look < 2; look += 1) {
      const seen = await report();
      expect(slugs(seen.repositories)).toEqual(visible.map(slugOf));
      expect([seen.total, seen.unknown]).toEqual([visible.length, 0]);
      const said = JSON.stringify(seen);
      for (const hidden of HIDDEN.get(account) ?? []) {
        expect(said).not.toContain(withoutBraces(uuidOf(hidden)));
        expect(said).not.toContain(`"${slugOf(hidden)}"`);
      }
    }
  });

  it('asks again after ten minutes, and not before', async () => {
    const asked = async (): Promise<number> => {
      const before = viewers.bitbucket.requests.total;
      await report();
      return viewers.bitbucket.requests.total - before;
    };
    expect(await asked()).toBe(1);
    expect(await asked()).toBe(0);
    viewers.account = 'ben';
    expect(await asked()).toBe(1);
    viewers.account = 'ann';
    now += 10 * MINUTE - 1_000;
    expect(await asked()).toBe(0);
    HIDDEN.set('ann', [1, 2, 3, 4, 5]);
    expect(slugs((await report()).repositories)).toHaveLength(4);
    now += 1_000;
    expect(slugs((await report()).repositories)).toEqual([slugOf(6)]);
    HIDDEN.set('ann', [2, 5]);
  });

  it('asks and keeps nothing for somebody whom Forge does not name', async () => {
    const before = viewers.bitbucket.requests.total;
    expect(await ask(1, { account: null })).toMatchObject({ ok: false, cause: 'no-viewer' });
    expect(viewers.bitbucket.requests.total).toBe(before);
    expect(forge.app.store.dump().filter(({ key }) => key.startsWith('visible:'))).toEqual([]);
  });

  it('stores neither the account nor a name of a repository with what it keeps', async () => {
    await report();
    const kept = forge.app.store.dump().filter(({ key }) => key.startsWith('visible:'));
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(/ann|repository-\d/);
  });

  it('tells nothing in another workspace, not even to who has just been here', async () => {
    await report();
    const uuid = '{99999999-8e48-479c-8ca2-442e46c90570}';
    expect(await report(1, { uuid })).toMatchObject({
      repositories: [],
      unknown: 0,
      total: null,
      nextPage: null,
    });
    expect(await ask(1, { uuid: '' })).toMatchObject({ ok: false, cause: 'no-workspace' });
  });

  it('says so where Bitbucket does not answer, and keeps nothing of it', async () => {
    viewers.bitbucket.faults = () => ({ status: 503 });
    expect(await ask()).toMatchObject({ ok: false, cause: 'unavailable' });
    viewers.bitbucket.faults = null;
    expect(slugs((await report()).repositories)).toHaveLength(4);
  });
});

describe('in parts', () => {
  it('gives 250 repositories without loss or double, also when one comes between', async () => {
    await start(250);
    await store(1, 250, {});
    const first = await report(1);
    source.add();
    const second = await report(2);
    expect([first.repositories.length, first.total, first.nextPage]).toEqual([200, 250, 2]);
    expect([second.repositories.length, second.unknown, second.nextPage]).toEqual([50, 1, null]);
    expect(slugs([...first.repositories, ...second.repositories])).toEqual(
      Array.from({ length: 250 }, (_, index) => slugOf(index + 1)),
    );
    // What the whole workspace's import takes is told once.
    expect([first.importing === null, second.importing]).toEqual([false, null]);
    expect(await report(3)).toMatchObject({ repositories: [], unknown: 0, nextPage: null });
  });

  it('reads 200 repositories in 13 requests to storage and 13 units of 10 KB', async () => {
    await start(250);
    await store(1, 250, {});
    // The first look keeps what Bitbucket said, and counts the workspace's tasks.
    await report(1);
    const before = forge.app.store.usage().readUnits;
    expect(await requestsOf(() => report(1))).toBeLessThanOrEqual(13);
    expect(forge.app.store.usage().readUnits - before).toBeLessThanOrEqual(13);
  });

  it.each([0, -1, 1.5, 101, '1', null, 'https://api.bitbucket.org/2.0/repositories/other?page=2'])(
    'refuses the page %j',
    async (page) => {
      await start(1);
      expect(await ask(page)).toMatchObject({ ok: false, cause: 'bad-request' });
      expect(viewers.bitbucket.requests.total).toBe(0);
    },
  );
});

describe('a summary is renewed', () => {
  const summaryOf = async (number: number): Promise<RepositorySummary | null | undefined> =>
    (await report()).repositories.find(({ slug }) => slug === slugOf(number))?.summary;

  it('by the import, at the end of each of its phases', async () => {
    await start(3);
    // The list is read, the activity is not: only the first phase ends.
    forge.bitbucket.faults = ({ endpoint }) =>
      endpoint.endsWith('/pullrequests/activity') ? { status: 500 } : undefined;
    await install();
    const requests = await requestsOf(async () => {
      expect(await summaryOf(3)).toMatchObject({ state: 'importing', readSince: null, done: 0, expected: 3 });
    });
    // None was renewed because somebody looked: the list, three summaries in a batch, and the workspace's progress.
    expect(requests).toBeLessThan(15);
    forge.bitbucket.faults = null;
    now += 5 * MINUTE;
    await forge.tick();
    await forge.drain();
    expect(await summaryOf(3)).toMatchObject({
      asOf: seconds(now),
      state: 'complete',
      readSince: 0,
      figures: { merged: 3 },
    });
  });

  it('by each comparison with Bitbucket', async () => {
    await start(1);
    await install();
    expect(await summaryOf(1)).toMatchObject({ asOf: seconds(NOW), lastReconciledAt: null });
    now += DAY + HOUR;
    for (let tick = 0; tick < 3; tick += 1) {
      await forge.tick();
      await forge.drain();
      now += 5 * MINUTE;
    }
    const at = seconds(NOW + DAY + HOUR);
    const stored = await requestsOf(async () => {
      expect(await summaryOf(1)).toMatchObject({ asOf: at, lastReconciledAt: at, figures: { merged: 1 } });
    });
    expect(stored).toBeLessThan(15);
  });

  it('because somebody looks, when it is missing or older than a day, ten at a look, the oldest first', async () => {
    await start(25);
    await store(1, 3, null);
    await store(4, 13, { asOf: seconds(NOW - DAY) });
    await store(14, 23, { asOf: seconds(NOW - DAY + MINUTE) });
    await store(24, 25, { asOf: seconds(NOW - 2 * DAY) });
    const renewed = async (): Promise<readonly (string | null)[]> =>
      slugs((await report()).repositories.filter(({ summary }) => summary?.asOf === seconds(now)));
    expect(await renewed()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 24, 25].map(slugOf));
    expect(await renewed()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 24, 25].map(slugOf));
    expect(storedSummaries()).toHaveLength(25);
  });

  it('sooner while its import runs', async () => {
    await start(2);
    await store(1, 2, { asOf: seconds(NOW - 10 * MINUTE) });
    await saveSummary(
      withoutBraces(uuidOf(2)),
      aSummary({ slug: slugOf(2), asOf: seconds(NOW - 10 * MINUTE), state: 'importing' }),
    );
    expect((await summaryOf(1))?.asOf).toBe(seconds(NOW - 10 * MINUTE));
    expect((await summaryOf(2))?.asOf).toBe(seconds(NOW));
  });

  it('after settings changed that its figures depend on', async () => {
    await start(2);
    await store(1, 1, { asOf: seconds(NOW - HOUR) });
    await store(2, 2, { asOf: seconds(NOW - HOUR) + 1 });
    await changeSettings((settings) => ({
      detail: { ...settings, changedAt: seconds(NOW - HOUR) },
      result: undefined,
    }));
    expect((await summaryOf(1))?.asOf).toBe(seconds(NOW));
    expect((await summaryOf(2))?.asOf).toBe(seconds(NOW - HOUR) + 1);
  });

  it('where another version of the app wrote it', async () => {
    await start(1);
    await store(1, 1, null);
    await set(key.summary(withoutBraces(uuidOf(1))), { version: 1, ...aSummary() });
    expect(await summaryOf(1)).toMatchObject({ slug: slugOf(1), done: 0, asOf: seconds(NOW) });
  });
});

it('makes no summary of a repository that was deleted while somebody looked', async () => {
  await start(1);
  expect(await renewSummary(withoutBraces(uuidOf(1)), seconds(NOW))).toBeNull();
  expect(storedSummaries()).toEqual([]);
});

it('keeps the longest summary below half a KB, and reads back what it wrote', async () => {
  await start(1);
  await saveSummary(withoutBraces(uuidOf(1)), aSummary());
  expect((await report()).repositories).toEqual([
    { uuid: uuidOf(1), slug: aSummary().slug, summary: aSummary() },
  ]);
  const stored = forge.app.store.dump().filter(({ key: where }) => where.startsWith('summary:'));
  expect(Buffer.byteLength(JSON.stringify(stored[0]?.value))).toBeLessThan(500);
});

it('removes the summary with the repository, and does not make it again', async () => {
  await start(2);
  await install();
  expect(storedSummaries()).toHaveLength(2);
  await forge.emit({
    eventType: 'avi:bitbucket:deleted:repository',
    workspaceId: WORKSPACE_UUID,
    workspace: { uuid: WORKSPACE_UUID },
    repository: { uuid: uuidOf(1) },
  });
  await forge.drain();
  expect(storedSummaries()).toEqual([withoutBraces(uuidOf(2))]);
  // Bitbucket may still list it for a while.
  expect(await report()).toMatchObject({ repositories: [{ slug: slugOf(2) }], unknown: 1 });
  expect(storedSummaries()).toEqual([withoutBraces(uuidOf(2))]);
});
