/** The queue on random messages: each handled once, when due, within its concurrency. */
import fc from 'fast-check';
import { virtualClock } from './clock';
import { openDatabase } from './database';
import { Dispatcher } from './dispatcher';
import { HostLog } from './host-log';
import { MessageTable, type Message } from './message-table';
import { RETENTION_MILLISECONDS, consumerVerdict, type Ending } from './retry-policy';

const START = 1_000_000;

interface Plan {
  readonly delaySeconds: number;
  readonly key: string | null;
  readonly limit: number;
  readonly failures: number;
}

const plan = fc.record<Plan>({
  // Few different delays, so that many messages are due at once.
  delaySeconds: fc.constantFrom(0, 1, 2, 900),
  key: fc.constantFrom(null, 'a', 'b'),
  limit: fc.integer({ min: 1, max: 3 }),
  failures: fc.nat(3),
});

function messageOf({ delaySeconds, key, limit }: Plan, index: number): Message {
  return {
    eventId: `event-${index}`,
    kind: 'consumer',
    target: index % 2 === 0 ? 'one' : 'two',
    jobId: 'job',
    payload: '{}',
    chain: 'chain',
    concurrencyKey: key,
    concurrencyLimit: key === null ? null : limit,
    enqueuedAt: START,
    dueAt: START + delaySeconds * 1_000,
    retryCount: 0,
    retryReason: null,
    retryData: null,
  };
}

describe('Dispatcher', () => {
  it('handles every message once, when due, within its concurrency and after its failures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { maxLength: 40, size: 'max' }), async (plans) => {
        const clock = virtualClock(START);
        const table = new MessageTable(openDatabase(':memory:'), START);
        const running = new Set<Message>();
        const handled: string[] = [];
        const wrong: string[] = [];
        const dispatcher = new Dispatcher({
          table,
          clock,
          log: new HostLog(clock, undefined),
          onChange: () => undefined,
          deliver: async (message) => {
            const release = clock.hold();
            running.add(message);
            // Nothing here takes time, so nothing may come later than it is due.
            if (clock.now() !== message.dueAt) wrong.push(`${message.eventId} was not due`);
            const sharing = [...running].filter((other) => other.concurrencyKey === message.concurrencyKey);
            if (message.concurrencyLimit !== null && sharing.length > message.concurrencyLimit) {
              wrong.push(`${sharing.length} share ${message.concurrencyKey}`);
            }
            const besides = [...running].filter((other) => other.target === message.target);
            if (besides.length > 10) wrong.push(`${besides.length} of ${message.target}`);
            await new Promise((resolve) => setImmediate(resolve));
            running.delete(message);
            const failures = plans[Number(message.eventId.slice(6))]?.failures ?? 0;
            const ending: Ending = { outcome: message.retryCount < failures ? 'threw' : 'succeeded' };
            if (ending.outcome === 'succeeded') handled.push(message.eventId);
            release();
            return { ending, verdict: consumerVerdict(message, ending, clock.now()) };
          },
        });
        const messages = plans.map(messageOf);
        table.addJob('job', 'one', messages.length, START);
        for (const message of messages) table.add(message);
        const finished = Promise.all(messages.map((message) => dispatcher.whenFinished(message.eventId)));
        dispatcher.start();
        const outcomes = await finished;
        expect(wrong).toEqual([]);
        expect(outcomes.map((outcome) => outcome.attempts)).toEqual(plans.map((one) => one.failures + 1));
        expect([...handled].sort()).toEqual(messages.map((message) => message.eventId).sort());
        expect(table.all()).toEqual([]);
        expect(table.job('job', 'one')).toEqual({ success: messages.length, inProgress: 0, failed: 0 });
      }),
      { numRuns: 30 },
    );
  });

  it('runs ten messages of a queue at once, and lets other queues run beside them', async () => {
    const clock = virtualClock(START);
    const table = new MessageTable(openDatabase(':memory:'), START);
    const running = new Set<string>();
    let most = 0;
    const dispatcher = new Dispatcher({
      table,
      clock,
      log: new HostLog(clock, undefined),
      onChange: () => undefined,
      deliver: async (message) => {
        running.add(message.eventId);
        most = Math.max(most, running.size);
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(message.eventId);
        return { ending: { outcome: 'succeeded' }, verdict: { kind: 'handled' } };
      },
    });
    const same = { delaySeconds: 0, key: null, limit: 1, failures: 0 };
    const messages = Array.from({ length: 50 }, (_, index) => messageOf(same, index));
    for (const message of messages) table.add(message);
    const finished = messages.map((message) => dispatcher.whenFinished(message.eventId));
    dispatcher.start();
    await Promise.all(finished);
    expect(most).toBe(20);
  });

  it('drops what could not be delivered within its retention window', async () => {
    const clock = virtualClock(START + RETENTION_MILLISECONDS + 1);
    const table = new MessageTable(openDatabase(':memory:'), START);
    const deliver = jest.fn();
    const log = new HostLog(clock, undefined);
    const dispatcher = new Dispatcher({ table, clock, log, deliver, onChange: () => undefined });
    table.addJob('job', 'one', 1, START);
    const message = messageOf({ delaySeconds: 0, key: null, limit: 1, failures: 0 }, 0);
    table.add(message);
    const finished = dispatcher.whenFinished(message.eventId);
    dispatcher.start();
    expect(await finished).toEqual({ outcome: 'dropped', attempts: 0, ending: undefined });
    expect(deliver).not.toHaveBeenCalled();
    expect(table.job('job', 'one')).toEqual({ success: 0, inProgress: 0, failed: 1 });
  });

  it('drops and reports a message that the host itself cannot deliver', async () => {
    const clock = virtualClock(START);
    const table = new MessageTable(openDatabase(':memory:'), START);
    const log = new HostLog(clock, undefined);
    const deliver = () => Promise.reject(new Error('no such consumer'));
    const dispatcher = new Dispatcher({ table, clock, log, deliver, onChange: () => undefined });
    const message = messageOf({ delaySeconds: 0, key: null, limit: 1, failures: 0 }, 0);
    table.add(message);
    const finished = dispatcher.whenFinished(message.eventId);
    dispatcher.start();
    expect(await finished).toMatchObject({ outcome: 'dropped' });
    expect(log.lines.all()[0]?.message).toContain('no such consumer');
  });
});
