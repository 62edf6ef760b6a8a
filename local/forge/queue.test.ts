/** Async events through the published SDK: redelivery, restarts and kills, limits, jobs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  START,
  fixtureBundle,
  removeFixtureBundle,
  startFixture,
  temporaryFolder,
  until,
  type Fixture,
} from './testing/fixture-host';

const HOUR = 60 * 60_000;

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.close());
afterAll(removeFixtureBundle);

function push(queue: string, events: readonly unknown[], times = 1): Promise<unknown> {
  return fixture.ask('push', { queue, events, times });
}

/** Pushes one event and answers its job when everything has come to an end. */
async function pushAndWait(queue: string, body: unknown): Promise<{ jobId: string; stats: unknown }> {
  const { result } = (await push(queue, [{ body }])) as { result: string[] };
  await fixture.host.idle();
  const [jobId = ''] = result;
  return { jobId, stats: ((await fixture.ask('job', { queue, jobId })) as { result: unknown }).result };
}

/** Whether a process of that number exists. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    // The signal 0 reaches nobody: there is no such process.
    return false;
  }
}

describe('redelivery', () => {
  it('delivers again when a consumer asks, after the time and with the data it asked for', async () => {
    const { stats } = await pushAndWait('scenarios', { kind: 'ask' });
    const reason = 'FUNCTION_UPSTREAM_RATE_LIMITED';
    const startTime = new Date(START).toISOString();
    expect(fixture.stored('tries:ask')).toEqual([
      null,
      {
        retryCount: 1,
        retryReason: reason,
        retryData: { tries: 1 },
        retentionWindow: { startTime, remainingTimeMs: 24 * HOUR - 300_000 },
      },
      {
        retryCount: 2,
        retryReason: reason,
        retryData: { tries: 2 },
        retentionWindow: { startTime, remainingTimeMs: 24 * HOUR - 600_000 },
      },
    ]);
    expect(fixture.clock.now()).toBe(START + 600_000);
    expect(stats).toEqual({ success: 1, inProgress: 0, failed: 0 });
  });

  it('delivers again when a consumer throws, ever later', async () => {
    const { stats } = await pushAndWait('scenarios', { kind: 'throw' });
    const deliveries = fixture.host.deliveries.all();
    expect(deliveries.map((delivery) => (delivery.startedAt - START) / 1_000)).toEqual([0, 2, 6, 14]);
    expect(deliveries.map((delivery) => delivery.outcome)).toEqual(['threw', 'threw', 'threw', 'succeeded']);
    expect(deliveries[0]).toMatchObject({ error: 'not yet', attempt: 1, next: START + 2_000 });
    expect(stats).toEqual({ success: 1, inProgress: 0, failed: 0 });
  });

  it('drops what still fails after 24 hours, with gaps of at most 15 minutes, and says so', async () => {
    const { stats } = await pushAndWait('scenarios', { kind: 'throw-always' });
    const starts = fixture.host.deliveries.all().map((delivery) => delivery.startedAt);
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(Math.max(...gaps)).toBe(900_000);
    expect(starts.at(-1)).toBeLessThanOrEqual(START + 24 * HOUR);
    expect(starts.at(-1)).toBeGreaterThan(START + 24 * HOUR - 900_000);
    expect(fixture.host.deliveries.all().at(-1)?.next).toBe('dropped');
    expect(stats).toEqual({ success: 0, inProgress: 0, failed: 1 });
    expect(fixture.host.logs.all().some((line) => line.message.includes('was dropped after'))).toBe(true);
  });

  it('takes a retry with too much data for an error', async () => {
    await pushAndWait('scenarios', { kind: 'ask-wrongly' });
    const [first, second] = fixture.host.deliveries.all();
    expect(first).toMatchObject({
      outcome: 'threw',
      error: expect.stringContaining('retryData has') as unknown,
    });
    expect(second?.outcome).toBe('succeeded');
  });

  it('stops a consumer at its time limit and delivers again, while others of its process end well', async () => {
    await push('impatient', [{ body: {} }]);
    const slow = fixture.ask('who', { value: 'beside' });
    await fixture.host.idle();
    expect(await slow).toMatchObject({ stored: 'beside' });
    expect(fixture.host.deliveries.all()[0]).toMatchObject({ outcome: 'timed-out' });
    expect(fixture.stored('impatient')).toMatchObject({ retryCount: 1, retryReason: 'FUNCTION_TIME_OUT' });
    const line = fixture.host.logs.all().find(({ message }) => message.startsWith('process '));
    const [, stuck] = line?.arguments ?? [];
    await until(() => !isRunning(Number(stuck)), 'the stuck process is killed');
  });

  it('tells a consumer that ran out of memory', async () => {
    await pushAndWait('small', {});
    expect(fixture.host.deliveries.all()[0]).toMatchObject({ outcome: 'out-of-memory' });
    expect(fixture.stored('small')).toMatchObject({ retryReason: 'FUNCTION_OUT_OF_MEMORY' });
  });

  it('delivers again what a killed process was working on', async () => {
    await push('scenarios', [{ body: { kind: 'hang' } }]);
    await until(() => fixture.stored('tries:hang') !== undefined, 'the consumer hangs');
    fixture.host.killFunctionProcess();
    await fixture.host.idle();
    expect(fixture.host.deliveries.all().map((delivery) => delivery.outcome)).toEqual([
      'process-ended',
      'succeeded',
    ]);
    expect(fixture.stored('tries:hang')).toMatchObject([
      null,
      { retryReason: 'FUNCTION_PLATFORM_UNKNOWN_ERROR' },
    ]);
  });
});

describe('a queue that outlives its host', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('delivers after a restart what was waiting', async () => {
    const databaseFile = path.join(folder, 'forge.db');
    const first = await startFixture({ databaseFile });
    const release = first.clock.hold();
    const events = [{ body: { kind: 'record', name: 'later' }, delayInSeconds: 60 }];
    await first.ask('push', { queue: 'scenarios', events });
    expect(first.host.queueDepth()).toBe(1);
    await first.close();
    release();
    const second = await startFixture({ databaseFile });
    await second.host.idle();
    expect(second.stored('tries:later')).toEqual([null]);
    expect(second.clock.now()).toBe(START + 60_000);
    expect(second.host.deliveries.all()[0]).toMatchObject({ attempt: 1, queueName: 'scenarios' });
    await second.close();
  });

  it('delivers after a restart what was running when the host closed', async () => {
    const databaseFile = path.join(folder, 'forge.db');
    const first = await startFixture({ databaseFile });
    await first.ask('push', { queue: 'scenarios', events: [{ body: { kind: 'hang' } }] });
    await until(() => first.stored('tries:hang') !== undefined, 'the consumer hangs');
    await first.close();
    const second = await startFixture({ databaseFile });
    await second.host.idle();
    expect(second.stored('tries:hang')).toEqual([null, null]);
    await second.close();
  });

  it('delivers again what ran and what waited when the host was killed', async () => {
    const databaseFile = path.join(folder, 'forge.db');
    const program = path.join(__dirname, 'testing', 'killed-host.ts');
    const killed = spawn(
      process.execPath,
      ['--import', 'tsx', program, await fixtureBundle(), databaseFile],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(killed.stdout, 'data')) as [Buffer];
    expect(line.toString()).toBe('hanging\n');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    const second = await startFixture({ databaseFile, clock: fixture.clock });
    const pushed = second.host.store.dump().find((row) => row.key === 'tries:hang');
    expect(pushed?.value).toEqual([null]);
    expect(second.host.queueDepth()).toBe(2);
    // The killed host lived in the machine's time, years after this clock; both messages come due by then.
    await second.host.idle();
    expect(second.stored('tries:hang')).toEqual([null, null]);
    expect(second.stored('tries:delayed')).toEqual([null]);
    await second.close();
  });
});

describe('the limits of a push', () => {
  const event = { body: { kind: 'record' } };

  it('lets the SDK refuse what it checks itself', async () => {
    expect(await push('scenarios', new Array(51).fill(event))).toMatchObject({ type: 'TooManyEventsError' });
    expect(await push('scenarios', [{ ...event, delayInSeconds: 901 }])).toMatchObject({
      type: 'InvalidPushSettingsError',
    });
  });

  it('refuses an event over 100 KB for a consumer that may run longer than 55 seconds', async () => {
    const large = { body: { kind: 'record', text: 'x'.repeat(110 * 1024) } };
    expect(await push('scenarios', [large])).toMatchObject({
      type: 'PayloadTooBigError',
      message: expect.stringContaining('102400') as unknown,
    });
    expect(await push('visits', [large])).toMatchObject({ result: [expect.any(String)] });
  });

  it('refuses a queue without a consumer', async () => {
    expect(await push('nowhere', [event])).toMatchObject({
      type: 'InternalServerError',
      message: expect.stringContaining('no consumer for the queue nowhere') as unknown,
    });
  });

  it('takes 500 events a minute where rates are enforced', async () => {
    const strict = await startFixture({ enforceRates: true });
    const release = strict.clock.hold();
    const events = new Array(50).fill(event);
    expect(await strict.ask('push', { queue: 'scenarios', events, times: 10 })).toHaveProperty('result');
    expect(await strict.ask('push', { queue: 'scenarios', events: [event] })).toMatchObject({
      type: 'RateLimitError',
    });
    release();
    await strict.host.idle();
    await strict.clock.advance(60_000);
    expect(await strict.ask('push', { queue: 'scenarios', events: [event] })).toHaveProperty('result');
    await strict.close();
  });

  it('ends a chain after 1,000 pushes, and lets the next invocation begin its own', async () => {
    const delayed = [{ body: { place: 'x', number: 1 }, delayInSeconds: 900 }];
    const release = fixture.clock.hold();
    expect(await push('visits', delayed, 1_001)).toMatchObject({ type: 'InvocationLimitReachedError' });
    expect(fixture.host.queueDepth()).toBe(1_000);
    expect(await push('visits', delayed)).toHaveProperty('result');
    release();
  });

  it('counts the pushes of consumers to the invocation that began the chain', async () => {
    await push('scenarios', [{ body: { kind: 'chain' } }]);
    await until(
      () => fixture.host.deliveries.all().some((delivery) => delivery.outcome === 'threw'),
      'the end',
    );
    const succeeded = fixture.host.deliveries.all().filter((delivery) => delivery.outcome === 'succeeded');
    expect(succeeded).toHaveLength(999);
    const [threw] = fixture.host.deliveries.all().filter((delivery) => delivery.outcome === 'threw');
    expect(threw?.error).toMatch(/limit/i);
  });
});

describe('a job', () => {
  it('can be cancelled while its events wait', async () => {
    const release = fixture.clock.hold();
    const events = [{ body: { kind: 'record' }, delayInSeconds: 60 }];
    const { result } = (await push('scenarios', events)) as { result: string[] };
    const job = { queue: 'scenarios', jobId: result[0] };
    expect(await fixture.ask('job', job)).toEqual({ result: { success: 0, inProgress: 1, failed: 0 } });
    expect(await fixture.ask('job', { ...job, cancel: true })).toEqual({});
    release();
    await fixture.host.idle();
    expect(await fixture.ask('job', job)).toEqual({ result: { success: 0, inProgress: 0, failed: 0 } });
    expect(fixture.stored('tries:record')).toBeUndefined();
    expect(fixture.clock.now()).toBe(START);
  });

  it('is unknown to other queues and under other names', async () => {
    const { jobId } = await pushAndWait('scenarios', { kind: 'record' });
    expect(await fixture.ask('job', { queue: 'visits', jobId })).toMatchObject({
      type: 'JobDoesNotExistError',
    });
    expect(await fixture.ask('job', { queue: 'scenarios', jobId: 'x', cancel: true })).toMatchObject({
      type: 'JobDoesNotExistError',
    });
  });
});
