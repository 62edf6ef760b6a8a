import fc from 'fast-check';
import { startInProcessApp, type InProcessApp } from '../../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallPullRequest,
} from '../../../test/small-workspace';
import type { StoredRow } from '../../../local/forge/store';
import { z } from 'zod';
import { factsWithout, isAccountId, peopleIn } from '../../facts/without-accounts';
import { nowInSeconds } from '../../runtime/clock';
import { auditWrite, readAudit, WORKSPACE_SCOPE } from '../../storage/audit';
import { importPageWrite } from '../../storage/import-pages';
import { transact } from '../../storage/forge-storage';
import { readJobs } from '../../storage/jobs';
import { decodeLedger } from '../../storage/ledger-codec';
import { readObservations } from '../../storage/observations';
import { unpack } from '../../storage/packed';
import { readPersonalDataReport } from '../../storage/personal-data';
import { readWholeRepository } from '../../storage/repository-view';
import { restartTask } from '../../storage/tasks';
import { arbitraryFacts } from '../../storage/testing';
import { changeSettings, readSettings } from '../../storage/workspace-settings';
import { countWithdrawnApprovals } from '../../facts/observations';
import { QUIET_SECONDS } from '../erasure/erasure-run';

const NOW = Date.UTC(2026, 9, 10);
const DAY = 86_400_000;
const OPENED = '2026-10-09T08:00:00+00:00';
const COMMENTED = '2026-10-09T09:00:00+00:00';
/** Of the form that accounts really have. */
const BEN = '5be24ba3f91c1060aaaaaaaa';
const UUID_ONLY = '6f1b5b8a-1111-4222-8333-444455556666';

let forge: InProcessApp;
let clock: jest.SpyInstance;
let now: number;

beforeEach(async () => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  await start();
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

async function start(): Promise<void> {
  now = NOW;
  forge = await startInProcessApp(smallWorkspace(pullRequests()));
}

/** One that Ben wrote, and one that he reviewed; one of somebody without an account id. */
function pullRequests(): readonly SmallPullRequest[] {
  const ben = { ...person('ben'), account_id: BEN };
  const written = openPullRequest(1, 'ann', OPENED);
  const reviewed = openPullRequest(2, 'ann', OPENED);
  const comment = {
    pull_request: { type: 'pullrequest', id: 2 },
    comment: { created_on: COMMENTED, user: ben, deleted: false },
  };
  return [
    { ...written, pullRequest: { ...written.pullRequest, author: ben } },
    {
      ...reviewed,
      pullRequest: { ...reviewed.pullRequest, reviewers: [ben], updated_on: COMMENTED },
      activity: [comment, ...reviewed.activity],
    },
    {
      ...openPullRequest(3, 'cid', OPENED),
      pullRequest: {
        ...openPullRequest(3, 'cid', OPENED).pullRequest,
        author: { ...person('nobody'), account_id: null, uuid: `{${UUID_ONLY}}` },
      },
    },
  ];
}

const statusEvent = (status: string, at: string): object => ({
  eventType: 'avi:bitbucket:updated:pullrequest-reviewer-status',
  timestamp: at,
  actor: { type: 'user', accountId: BEN },
  workspace: { uuid: WORKSPACE_UUID },
  repository: { uuid: REPOSITORY_UUID },
  pullrequest: { id: 2, state: 'OPEN' },
  reviewers: { value: [{ user: { accountId: BEN }, status, timestamp: at }] },
});

/** Ben stands in every place that knows people. */
async function plant(): Promise<void> {
  await forge.install();
  await forge.drain();
  await forge.tick();
  await forge.drain();
  await forge.emit(statusEvent('approved', '2026-10-09T10:00:00Z'));
  await forge.emit(statusEvent('none', '2026-10-09T11:00:00Z'));
  await forge.emit({
    eventType: 'avi:bitbucket:push:repository',
    timestamp: '2026-10-09T12:00:00Z',
    actor: { type: 'user', accountId: BEN },
    workspace: { uuid: WORKSPACE_UUID },
    repository: { uuid: REPOSITORY_UUID },
    push: { ref: 'v1', before: null, after: 'aaaaaaaaaaaa' },
  });
  await forge.drain();
  await changeSettings((before) => ({
    detail: {
      ...before,
      botIds: [BEN, 'account-bot'],
      teams: [
        {
          id: 'team',
          name: 'The team',
          members: ['account-ann', BEN].map((personId) => ({ personId, from: null, to: null })),
        },
      ],
    },
    result: undefined,
    also: [
      auditWrite(WORKSPACE_SCOPE, { at: 1, by: BEN, what: 'bot', before: null, after: ['account-bot'] }),
      auditWrite(WORKSPACE_SCOPE, { at: 2, by: 'account-ann', what: 'bot', before: null, after: [BEN] }),
    ],
  }));
  await restartTask(
    REPOSITORY_ID,
    'recount',
    { queue: 'idle', rank: 0 },
    {
      differences: [{ pullRequest: 1, fact: 'authorId', before: BEN, after: null }],
    },
  );
  await transact([
    importPageWrite(REPOSITORY_ID, 900, { kind: 'list', rows: [{ author: { id: BEN, isBot: false } }] }),
  ]);
}

const parted = z.object({ detail: z.object({ body: z.string() }) });
const page = z.object({ body: z.string() });

/** All that a row says, what is packed in it included. */
function textOf({ entityName, key, value }: StoredRow): string {
  const open = JSON.stringify(value);
  if (entityName === 'ledger') return open + JSON.stringify(decodeLedger(parted.parse(value).detail.body));
  if (!key.startsWith('importpage:')) return open;
  return open + JSON.stringify(unpack('a page', z.unknown(), page.parse(value).body));
}

const rowsWith = (id: string): readonly string[] =>
  forge.app.store
    .dump()
    .filter((row) => textOf(row).includes(id))
    .map(({ entityName, key }) => entityName ?? key.split(':')[0] ?? '');

async function tickAndDrain(): Promise<void> {
  await forge.tick();
  await forge.drain();
}

/** The first report is due a day after the installation. */
async function report(): Promise<void> {
  now += DAY;
  await tickAndDrain();
}

async function passQuietTime(): Promise<void> {
  now += QUIET_SECONDS * 1000;
  await tickAndDrain();
}

it('reports each stored account once, and none of which only a uuid is known', async () => {
  await plant();
  await report();
  expect(forge.accounts.reported).toEqual([[BEN, 'account-ann', 'account-bot'].sort()]);
  expect(await readPersonalDataReport()).toEqual({
    at: nowInSeconds(),
    outcome: 'done',
    doneAt: nowInSeconds(),
    accounts: 3,
    closed: 0,
  });
  expect(rowsWith(BEN)).not.toContain('personaldata');
});

it('reports again within seven days, and not before six', async () => {
  await plant();
  await report();
  now += 5 * DAY;
  await tickAndDrain();
  expect(forge.accounts.reported).toHaveLength(1);
  now += DAY;
  await tickAndDrain();
  expect(forge.accounts.reported).toHaveLength(2);
});

it('reads large ledgers in several runs, and leaves most of a minute to others', async () => {
  await plant();
  const rows = forge.app.store.dump();
  const ledger = rows.find(({ entityName }) => entityName === 'ledger');
  if (ledger === undefined) throw new Error('There is no ledger.');
  const value = { ...z.looseObject({}).parse(ledger.value), padding: 'x'.repeat(60_000) };
  const large = Array.from({ length: 500 }, (_, number) => ({ ...ledger, key: `${number}:2026-01`, value }));
  forge.app.store.restore([...rows, ...large]);
  now += DAY;
  for (let runs = 1; forge.accounts.reported.length === 0 && runs < 40; runs += 1) {
    const before = forge.app.store.usage().readUnits;
    await tickAndDrain();
    expect(forge.app.store.usage().readUnits - before).toBeLessThan(1_000);
    now += 300_000;
  }
  expect(forge.accounts.reported).toHaveLength(1);
});

it('asks about ninety at a time', async () => {
  await plant();
  await changeSettings((before) => ({
    detail: { ...before, botIds: Array.from({ length: 200 }, (_, index) => `account-${index}`) },
    result: undefined,
  }));
  await report();
  expect(forge.accounts.reported.map(({ length }) => length)).toEqual([90, 90, 22]);
});

it('keeps who did something out of the inbox and of pushes: no figure needs it', async () => {
  await plant();
  expect(rowsWith(BEN)).not.toContain('event');
  expect(rowsWith(BEN)).not.toContain('push');
});

it('takes a closed account out of every place, and keeps what was done', async () => {
  await plant();
  const before = (await readWholeRepository(REPOSITORY_ID)).facts;
  expect([...new Set(rowsWith(BEN))].sort()).toEqual([
    'audit',
    'importpage',
    'ledger',
    'observation',
    'pullrequest',
    'settings',
    'task',
  ]);
  forge.accounts.close(BEN);
  await report();
  await passQuietTime();
  expect(rowsWith(BEN)).toEqual([]);
  expect(await readPersonalDataReport()).toMatchObject({ outcome: 'done', accounts: 3, closed: 1 });
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  expect(facts).toEqual(before.map((each) => factsWithout(each, new Set([BEN]))));
  expect(facts.find(({ id }) => id === 1)?.authorId).toBeNull();
  expect(facts.find(({ id }) => id === 2)?.reviews.map(({ actorId }) => actorId)).toContain(null);
  const settings = await readSettings();
  expect(settings.teams[0]?.members.map(({ personId }) => personId)).toEqual(['account-ann']);
  expect(settings.botIds).toEqual(['account-bot']);
  expect((await readAudit(WORKSPACE_SCOPE)).map(({ by, after }) => [by, after])).toEqual([
    ['account-ann', [null]],
    [null, ['account-bot']],
  ]);
  const seen = (await readObservations(REPOSITORY_ID, [2])).get(2);
  expect(seen === undefined ? null : countWithdrawnApprovals(seen)).toBe(1);
});

it('takes it out again where somebody who had read it wrote it back', async () => {
  await plant();
  forge.accounts.close(BEN);
  await report();
  expect(rowsWith(BEN)).toEqual(['job', 'personaldata']);
  // A refresh that had read the observation before the first walk.
  await forge.emit(statusEvent('approved', '2026-10-09T13:00:00Z'));
  await passQuietTime();
  await tickAndDrain();
  await passQuietTime();
  expect(rowsWith(BEN)).toEqual([]);
});

it('waits as long as Atlassian says, and says so', async () => {
  await plant();
  forge.accounts.limitNext(7_200);
  await report();
  expect(forge.accounts.reported).toEqual([]);
  expect(await readPersonalDataReport()).toMatchObject({ outcome: 'limited', doneAt: null });
  expect((await readJobs()).jobs.get('personal-data')?.dueAt).toBe(nowInSeconds() + 7_200);
  now += 7_100_000;
  await tickAndDrain();
  expect(forge.accounts.reported).toEqual([]);
  now += 101_000;
  await tickAndDrain();
  expect(forge.accounts.reported).toHaveLength(1);
  expect(await readPersonalDataReport()).toMatchObject({ outcome: 'done', accounts: 3 });
});

it('ends the same wherever it is killed', async () => {
  await plant();
  await forge.close();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 4 }),
      async (kills) => {
        await start();
        await plant();
        forge.accounts.close(BEN);
        now += DAY;
        await forge.tick();
        for (const calls of kills) {
          forge.killAfter(calls);
          await forge.drain().catch(() => undefined);
          forge.revive();
          // The lease of the killed run ends, and what held it up.
          now += 10 * 60_000;
          await forge.tick();
        }
        await forge.drain();
        for (let rounds = 0; rounds < 4; rounds += 1) await passQuietTime();
        expect(rowsWith(BEN)).toEqual([]);
        expect(await readPersonalDataReport()).toMatchObject({ outcome: 'done', accounts: 3, closed: 1 });
        await forge.close();
      },
    ),
    { numRuns: 12 },
  );
  await start();
});

it('leaves nobody of them in any facts, and all else as it was', () => {
  fc.assert(
    fc.property(
      arbitraryFacts,
      fc.uniqueArray(fc.constantFrom('ann', 'ben', 'cid', 'dora')),
      (facts, gone) => {
        const closed = new Set<string>(gone);
        const without = factsWithout(facts, closed);
        expect(peopleIn(without)).toEqual(peopleIn(facts).filter((id) => !closed.has(id)));
        const anonymous = (each: typeof facts): object => ({
          ...each,
          authorId: null,
          closedById: null,
          requestedReviewerIds: [],
          reviews: each.reviews.map((review) => ({ ...review, actorId: null })),
        });
        expect(anonymous(without)).toEqual(anonymous(facts));
      },
    ),
  );
});

it('knows a uuid from an account id', () => {
  expect([BEN, '557058:6f1b5b8a-1111-4222-8333-444455556666', UUID_ONLY].map(isAccountId)).toEqual([
    true,
    true,
    false,
  ]);
});
