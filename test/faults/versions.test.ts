/** A deploy between push and delivery: messages and rows of other versions in the middle of an import. */
import type { StoredRow } from '../../local/forge/store';
import { readDeadLetters } from '../../src/storage/inbox';
import { ENTITY } from '../../src/storage/keys';
import { eventsAt } from '../neighbour';
import { REPOSITORY_ID, WORKSPACE_UUID } from '../small-workspace';
import type { TestClock } from './forge-life';
import { goOn } from './scenarios';
import { smallLife, type SmallLife } from './small-life';

const HOUR = 3_600_000;
const BEGINS_AT = Date.UTC(2026, 10, 17, 9);

/** Of the installation's requests, so many bring the import to its middle. */
const IN_THE_MIDDLE = 110;

const clock: TestClock = { now: BEGINS_AT };
let small: SmallLife;
beforeEach(async () => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
  small = await smallLife(clock, BEGINS_AT);
});
afterEach(async () => {
  await small.close();
  jest.restoreAllMocks();
});

const refresh = {
  version: 1,
  kind: 'refresh-pull-request',
  workspaceUuid: WORKSPACE_UUID,
  repository: REPOSITORY_ID,
  pullRequest: 1,
  requestedAt: Math.floor((BEGINS_AT + HOUR) / 1_000),
};

/** What a deploy may find in the queues that it did not write. */
const FOREIGN: readonly (readonly [string, 'live' | 'work', Record<string, unknown>])[] = [
  ['a later version', 'live', { ...refresh, version: 2, pullRequests: [1] }],
  ['a kind of a later version', 'live', { ...refresh, kind: 'refresh-tag' }],
  ['a later version of the work', 'work', { version: 2, kind: 'run', workspaceUuid: WORKSPACE_UUID }],
  ['a kind of work of a later version', 'work', { version: 1, kind: 'sweep', workspaceUuid: WORKSPACE_UUID }],
  ['a version before versions', 'live', { pullRequest: 1 }],
];

it.each(FOREIGN)('makes %s a dead letter, and finds by comparing what it told', async (_, queue, body) => {
  const { home, app, life, settled } = small;
  life.install(BEGINS_AT);
  await life.until(BEGINS_AT + HOUR);
  const before = await settled(BEGINS_AT + HOUR);
  const at = clock.now;
  goOn(home, at);
  app.queue.push({ queue, body });
  const after = await settled(at);
  const letters = await readDeadLetters();
  expect(letters.map(({ cause, attempts }) => [cause, attempts])).toEqual([['UnreadableMessage', 1]]);
  // It can be replayed once the release that knows it is deployed.
  expect(letters.map(({ message }) => message)).toEqual([body]);
  const [first, changed] = [before, after].map(({ facts }) => facts.find(({ id }) => id === 1));
  expect(changed?.reviews.length).toBe((first?.reviews.length ?? 0) + 1);
});

it('takes messages that lack what a later version added', async () => {
  const { home, app, life } = small;
  life.install(BEGINS_AT);
  await life.until(BEGINS_AT + HOUR);
  const at = clock.now;
  goOn(home, at);
  app.queue.push({ queue: 'live', body: refresh });
  app.queue.push({ queue: 'work', body: { version: 1, kind: 'run', workspaceUuid: WORKSPACE_UUID } });
  await life.until(at + HOUR);
  expect(await readDeadLetters()).toEqual([]);
  expect(life.messages).toContain('refresh-pull-request');
});

it('goes on with an import whose tasks an earlier version wrote', async () => {
  const { app, life, settled } = small;
  life.install(BEGINS_AT);
  life.killAtCall(IN_THE_MIDDLE);
  await life.until(BEGINS_AT + 20_000);
  const rows = app.app.store.dump();
  const tasks = rows.filter(({ entityName }) => entityName === ENTITY.task);
  expect(tasks.some(({ value }) => JSON.stringify(value).includes('"phase":'))).toBe(true);
  app.app.store.restore(rows.map(withoutTrouble));
  const stored = await settled(BEGINS_AT + HOUR);
  expect(stored).toEqual(await fairlyStored());
});

/** A task's row as it was before causes of trouble were kept. */
function withoutTrouble(row: StoredRow): StoredRow {
  if (row.entityName !== ENTITY.task) return row;
  const value = row.value as { readonly detail: Readonly<Record<string, unknown>> };
  const earlier = ({ trouble: _, ...detail }: typeof value.detail): object => detail;
  return { ...row, value: { ...value, detail: earlier(value.detail) } };
}

async function fairlyStored(): Promise<unknown> {
  await small.close();
  small = await smallLife(clock, BEGINS_AT);
  small.life.install(BEGINS_AT);
  return small.settled(BEGINS_AT + HOUR);
}

it('records an event of a later version that it cannot read, and finds by comparing what it told', async () => {
  const { home, life, app, settled } = small;
  life.install(BEGINS_AT);
  await life.until(BEGINS_AT + HOUR);
  const at = clock.now;
  goOn(home, at);
  const [, event] = eventsAt(at);
  life.event(at, { ...event, pullrequest: { number: 1, states: ['OPEN'] } });
  const { facts } = await settled(at);
  const refused = app.app.store.dump().filter(({ key }) => key.startsWith('refused:'));
  expect(refused).toHaveLength(1);
  expect(facts.find(({ id }) => id === 1)?.reviews.length).toBeGreaterThan(0);
});
