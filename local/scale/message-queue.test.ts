import { chance } from '../demo/random';
import type { Ending } from './engine';
import { MessageQueue, type Message } from './message-queue';
import { Timeline } from './timeline';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Delivered {
  readonly at: number;
  readonly number: unknown;
  readonly retryCount: number;
}

/** A queue whose consumer takes `lasting` milliseconds, and ends as `endingOf` says. */
function queueWith(
  lasting: number,
  endingOf: (message: Message) => Ending = () => ({ outcome: 'returned', value: undefined }),
): { timeline: Timeline; queue: MessageQueue; delivered: Delivered[] } {
  const timeline = new Timeline(0);
  const delivered: Delivered[] = [];
  const queue: MessageQueue = new MessageQueue({
    timeline,
    luck: chance(1),
    deliver: (message, onEnd) => {
      const { event, retryCount } = message;
      delivered.push({ at: timeline.now(), number: event.body.number, retryCount });
      timeline.plan(timeline.now() + lasting, () => onEnd(endingOf(message)));
    },
  });
  return { timeline, queue, delivered };
}

function push(count: number, more: object = {}): string {
  const payload = Array.from({ length: count }, (_, number) => ({ body: { number }, ...more }));
  return JSON.stringify({ queueName: 'work', jobId: 'job', payload });
}

it('delivers after the delay', async () => {
  const { timeline, queue, delivered } = queueWith(10);
  queue.push(push(1, { delayInSeconds: 30 }), { pushes: 0 });
  await timeline.passUntil(29_999);
  expect(delivered).toEqual([]);
  expect(queue.backlog('work')).toEqual({ count: 1, oldest: 0 });
  await timeline.passUntil(HOUR);
  expect(delivered).toEqual([{ at: 30_000, number: 0, retryCount: 0 }]);
  expect(queue.backlog('work')).toEqual({ count: 0, oldest: null });
});

it('lets no more run with one concurrency key than its limit, and puts off the others by 4 to 16 seconds', async () => {
  const { timeline, queue, delivered } = queueWith(1_000);
  queue.push(push(3, { concurrency: { key: 'one', limit: 1 } }), { pushes: 0 });
  await timeline.passUntil(HOUR);
  const instants = delivered.map(({ at }) => at);
  expect(instants).toHaveLength(3);
  expect(instants[1]).toBeGreaterThanOrEqual(4_000);
  expect(instants[1]).toBeLessThanOrEqual(16_000);
  expect(queue.report().putOff).toBeGreaterThanOrEqual(2);
});

it('delivers again when it is asked to, and drops a message after a day', async () => {
  const value = { _retry: true, retryOptions: { retryAfter: 900, retryReason: 'FUNCTION_RETRY_REQUEST' } };
  const { timeline, queue, delivered } = queueWith(0, () => ({ outcome: 'returned', value }));
  queue.push(push(1), { pushes: 0 });
  await timeline.passUntil(2 * DAY);
  expect(delivered.slice(0, 2)).toEqual([
    { at: 0, number: 0, retryCount: 0 },
    { at: 900_000, number: 0, retryCount: 1 },
  ]);
  expect(delivered.at(-1)?.at).toBe(DAY);
  expect(queue.report()).toMatchObject({ dropped: 1, retries: 96 });
  expect(queue.backlog('work').count).toBe(0);
});

it('refuses more than 500 events in a minute, and takes them again in the next', async () => {
  const { timeline, queue } = queueWith(0);
  for (let pushes = 0; pushes < 10; pushes += 1) {
    expect(queue.push(push(50), { pushes: 0 }).status).toBe(201);
  }
  expect(queue.push(push(1), { pushes: 0 }).status).toBe(429);
  await timeline.passUntil(60_000);
  expect(queue.push(push(1), { pushes: 0 }).status).toBe(201);
  expect(queue.report()).toMatchObject({ refused: 1, events: 501, peakPerMinute: 500 });
});

it('refuses a push that is too big, and the 1,001st of a chain', async () => {
  const { timeline, queue } = queueWith(0);
  expect(queue.push(push(51), { pushes: 0 }).status).toBe(413);
  expect(queue.push(push(1, { body: { text: 'x'.repeat(210_000) } }), { pushes: 0 }).status).toBe(413);
  const chain = { pushes: 0 };
  for (let pushes = 0; pushes < 1_000; pushes += 1) {
    expect(queue.push(push(1), chain).status).toBe(201);
    await timeline.passUntil(timeline.now() + 1_000);
  }
  expect(queue.push(push(1), chain).status).toBe(405);
  expect(queue.report()).toMatchObject({ refused: 3, longestChain: 1_000 });
});
