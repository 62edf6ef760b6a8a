import { Queue } from '@forge/events';
import { kvs } from '@forge/kvs';
import { createStandIn } from '../bitbucket/stand-in';
import { chance } from '../demo/random';
import { AccountReports } from '../forge/account-reports';
import { openDatabase } from '../forge/database';
import { ForgeStore } from '../forge/store';
import { Accounts } from './accounts';
import { Engine, type Ending } from './engine';
import { MessageQueue } from './message-queue';
import { LATENCIES, Platform } from './platform';
import { fiveRepositories } from './testing';
import { Timeline } from './timeline';

const STARTS_AT = Date.UTC(2026, 10, 2);

/** Runs one function on the real SDKs; answers how it ended, and what it was charged. */
async function ran(
  call: () => Promise<unknown>,
): Promise<{ ending: Ending | null; accounts: Accounts; platform: Platform }> {
  const timeline = new Timeline(STARTS_AT);
  const accounts = new Accounts(STARTS_AT);
  const engine = new Engine(timeline, accounts, 'none');
  const database = openDatabase(':memory:');
  const queue = new MessageQueue({ timeline, luck: chance(1), deliver: () => undefined });
  const store: ForgeStore = new ForgeStore({
    database,
    entities: [],
    clock: timeline,
    enforceRates: true,
    onUse: (kind, bytes, units) => platform.noteUse(kind, bytes, units),
  });
  const bitbucket = createStandIn({ source: fiveRepositories(STARTS_AT, 1, timeline), clock: timeline });
  const platform: Platform = new Platform(
    { timeline, engine, store, queue, bitbucket, scopes: [], onWrite: () => undefined },
    new AccountReports(),
  );
  const disconnect = platform.connect();
  let ended: Ending | null = null;
  try {
    engine.start({
      function: { key: 'any', memoryMegabytes: 512, timeoutMilliseconds: 900_000 },
      purpose: 'any',
      chain: { pushes: 0 },
      call,
      onEnd: (ending) => {
        ended = ending;
      },
    });
    await timeline.passUntil(STARTS_AT + 900_000);
    return { ending: ended, accounts, platform };
  } finally {
    disconnect();
    database.close();
  }
}

it('refuses a function that pushes more than 500 events in a minute', async () => {
  const { ending, accounts } = await ran(async () => {
    const queue = new Queue({ key: 'work' });
    const events = Array.from({ length: 50 }, () => ({ body: {} }));
    for (let pushes = 0; pushes < 10; pushes += 1) await queue.push(events);
    await queue.push({ body: {} });
  });
  expect(ending).toMatchObject({ outcome: 'threw', error: { message: 'Too many requests.' } });
  expect(accounts.sum()).toMatchObject({ pushes: 11, pushedEvents: 500 });
});

it('refuses a function that writes more than 4,000 units in a minute', async () => {
  // 20 units each: 200 fit into a minute of the clock, which is over before they are written one after the other.
  const value = { text: 'x'.repeat(200_000) };
  const { ending, accounts, platform } = await ran(() =>
    Promise.all(Array.from({ length: 201 }, (_, index) => kvs.set(`row:${index}`, value))),
  );
  expect(ending).toMatchObject({ outcome: 'threw', error: { code: 'RATE_LIMIT_EXCEEDED' } });
  expect(accounts.sum()).toMatchObject({ storageRequests: 201, writeUnits: 4_000 });
  expect(platform.throttled).toBe(1);
});

it('charges reads and writes, their time and the log lines', async () => {
  const { ending, accounts } = await ran(async () => {
    await kvs.set('event:one', { n: 1 });
    console.warn('{"message":"seen"}');
    return [await kvs.get('event:one'), await kvs.get('event:two'), Date.now()];
  });
  const { storageWrite, storageRead } = LATENCIES;
  const milliseconds = 5 + storageWrite + 2 * storageRead;
  expect(ending).toEqual({ outcome: 'returned', value: [{ n: 1 }, undefined, STARTS_AT + milliseconds] });
  expect(accounts.sum()).toMatchObject({
    runMilliseconds: milliseconds,
    storageRequests: 3,
    readUnits: 2,
    writeUnits: 1,
    bytesRead: 7,
    emptyReads: 1,
    bytesWritten: 7,
    logLines: 1,
    logBytes: 18,
  });
});
