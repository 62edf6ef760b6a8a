/** Wrong messages and wrong rows: what the queues and the store hand back is a door too, after a deploy most of all. */
import { chance } from '../../local/demo/random';
import type { StoredRow } from '../../local/forge/store';
import { ENTITY, withoutBraces } from '../../src/storage/keys';
import { readTask } from '../../src/storage/tasks';
import { live, work } from '../../src/sync/functions';
import { liveMessage, workMessage } from '../../src/sync/messages';
import { reconciliationProgress } from '../../src/sync/reconcile/reconciliation-state';
import { startInProcessApp, type InProcessApp } from '../in-process-app';
import { neighbour } from '../neighbour';
import { casesOf, SEED } from './cases';
import { MARKER, mutated } from './mutations';

const NOW = Date.UTC(2026, 10, 17, 9);
const DAY = 86_400_000;
const SLOWEST_MILLISECONDS = 1_000;
const TIMEOUT = 120_000;

const home = neighbour({ word: 'amber', digits: '0a3be7c1' }, 2, NOW);
const [broken, whole] = home.repositoryUuids.map(withoutBraces);
const { workspaceUuid } = home;
const ofRepository = { version: 1, workspaceUuid, repository: broken };

/** A right message of each kind, for each queue. */
const LIVE = [
  { ...ofRepository, kind: 'refresh-pull-request', pullRequest: 1, requestedAt: NOW / 1_000 },
  { ...ofRepository, kind: 'refresh-repository' },
  { ...ofRepository, kind: 'refresh-pipelines' },
  { ...ofRepository, kind: 'refresh-deployment', deployment: 'd1' },
] as const;
const REMOVALS = [
  { ...ofRepository, kind: 'remove-repository' },
  { ...ofRepository, kind: 'remove-left-out' },
] as const;
const WORK = [
  { version: 1, kind: 'run', workspaceUuid },
  { version: 1, kind: 'catch-up', workspaceUuid },
  { version: 1, kind: 'discover', workspaceUuid, next: null, found: 0 },
] as const;

let now = NOW;
let forge: InProcessApp;
let imported: readonly StoredRow[];
beforeAll(async () => {
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
  forge = await startInProcessApp(home.source);
  await forge.install();
  await forge.drain();
  imported = forge.app.store.dump();
}, TIMEOUT);
afterAll(async () => {
  jest.restoreAllMocks();
  await forge.close();
});
beforeEach(() => {
  now = NOW;
  forge.app.store.restore(imported);
  forge.queue.length = 0;
});

it('knows a right message of every kind', () => {
  const kinds = [...liveMessage.options, ...workMessage.options].map(({ shape }) => shape.kind.value);
  expect([...LIVE, ...REMOVALS, ...WORK].map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
});

it('reads messages or names what is wrong, at once', () => {
  const luck = chance(SEED + 2);
  let refused = 0;
  let slowest = 0;
  const cases = casesOf(5);
  for (let each = 0; each < cases; each += 1) {
    const isLive = luck.happens(0.6);
    const example: object = luck.pick<object>(isLive ? [...LIVE, ...REMOVALS] : WORK);
    const message = mutated(example, luck);
    const began = performance.now();
    const read = (isLive ? liveMessage : workMessage).safeParse(message);
    slowest = Math.max(slowest, performance.now() - began);
    refused += Number(!read.success);
  }
  expect(slowest).toBeLessThan(SLOWEST_MILLISECONDS);
  expect(refused).toBeGreaterThan(cases / 5);
  expect(refused).toBeLessThan(cases);
});

it(
  'ends each wrong message as a dead letter, a request to come again, or a message that is done',
  async () => {
    const luck = chance(SEED + 3);
    for (let each = Math.ceil(casesOf(0.2)); each > 0; each -= 1) {
      const isLive = luck.happens(0.6);
      const body = mutated(luck.pick<object>(isLive ? LIVE : WORK), luck);
      const event = { body: body as Record<string, unknown>, jobId: `job-${each}`, eventId: `job-${each}` };
      const outcome = await (isLive
        ? live({ ...event, queueName: 'live' })
        : work({ ...event, queueName: 'work' }));
      expect(isAnswer(outcome)).toBe(true);
      forge.queue.length = 0;
    }
    const letters = forge.app.store.dump().filter(({ key }) => key.startsWith('deadletter:'));
    expect(letters.length).toBeGreaterThan(20);
    const unreadable = letters.filter(({ value }) => JSON.stringify(value).includes('UnreadableMessage'));
    expect(JSON.stringify(unreadable)).not.toContain(MARKER);
  },
  TIMEOUT,
);

/** Nothing, or Forge's request to be called again. */
function isAnswer(outcome: unknown): boolean {
  return outcome === undefined || (typeof outcome === 'object' && outcome !== null && '_retry' in outcome);
}

const CORRUPTED: readonly string[] = [
  ENTITY.pullRequest,
  ENTITY.ledger,
  ENTITY.observation,
  ENTITY.deployment,
  ENTITY.push,
  ENTITY.delivery,
  ENTITY.task,
];

it(
  'holds up a repository with a wrong row, and no other',
  async () => {
    const luck = chance(SEED + 4);
    const rows = imported.filter(
      ({ entityName, key }) =>
        entityName !== null && CORRUPTED.includes(entityName) && key.startsWith(broken ?? ''),
    );
    expect(rows.length).toBeGreaterThan(10);
    for (let each = Math.ceil(casesOf(0.03)); each > 0; each -= 1) {
      const row = luck.pick(rows);
      now = NOW;
      forge.app.store.restore(imported.map((other) => (other === row ? corrupted(row, luck) : other)));
      now = NOW + 2 * DAY;
      for (const message of LIVE) {
        const outcome = await live({ body: { ...message }, queueName: 'live', jobId: 'job', eventId: 'job' });
        expect(isAnswer(outcome)).toBe(true);
      }
      await forge.tick();
      await forge.drain();
      now += 300_000;
      await forge.tick();
      await forge.drain();
      const task = await readTask(whole ?? '', 'reconciliation');
      const lastAt = task === null ? null : reconciliationProgress(task).lastAt;
      expect({ corrupted: `${row.entityName ?? ''} ${row.key}`, isCompared: lastAt !== null }).toEqual({
        corrupted: `${row.entityName ?? ''} ${row.key}`,
        isCompared: true,
      });
    }
  },
  TIMEOUT,
);

/** Wrong within `detail`, where Forge checks nothing; a ledger's packed text too. */
function corrupted(row: StoredRow, luck: ReturnType<typeof chance>): StoredRow {
  const value = row.value as { readonly detail: Record<string, unknown> };
  return { ...row, value: { ...value, detail: mutated(value.detail, luck) } };
}
