/** Queues, schedules and clocks that fail for long: messages that Forge drops, a day without a schedule, two runs at once. */
import { chance } from '../../local/demo/random';
import { live, work } from '../../src/sync/functions';
import { eventsAt } from '../neighbour';
import { REPOSITORY_ID, WORKSPACE_UUID } from '../small-workspace';
import { failAtRandom } from './faulty-platform';
import type { TestClock } from './forge-life';
import { interleaved } from './interleaving';
import { goOn } from './scenarios';
import { smallLife, type SmallLife } from './small-life';
import type { Stored } from '../sync/what-is-stored';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGINS_AT = Date.UTC(2026, 10, 17, 9);
const TIMEOUT = 120_000;

/** Orders of two ticks and two runs at once; INTERLEAVINGS looks at more. */
const INTERLEAVINGS = Number(process.env.INTERLEAVINGS ?? 4);

const clock: TestClock = { now: BEGINS_AT };
const lives: SmallLife[] = [];
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
});
afterEach(async () => {
  for (const each of lives.splice(0)) await each.close();
  jest.restoreAllMocks();
});

async function begin(options: Parameters<typeof smallLife>[2] = {}): Promise<SmallLife> {
  const small = await smallLife(clock, BEGINS_AT, options);
  lives.push(small);
  return small;
}

async function imported(): Promise<SmallLife> {
  const small = await begin();
  small.life.install(BEGINS_AT);
  small.life.schedule(BEGINS_AT, BEGINS_AT + HOUR);
  await small.life.until(BEGINS_AT + HOUR);
  return small;
}

const known = new Map<typeof goOn | undefined, Stored>();

/** What a fair time leaves, without and with what happens later in Bitbucket; lived through once. */
async function fair(change?: typeof goOn): Promise<Stored> {
  const before = known.get(change);
  if (before !== undefined) return before;
  const small = await imported();
  change?.(small.home, BEGINS_AT + HOUR);
  const stored = await small.settled(BEGINS_AT + HOUR);
  await small.close();
  lives.splice(lives.indexOf(small), 1);
  known.set(change, stored);
  return stored;
}

it(
  'drops what could not be handled for a day, and finds it by comparing',
  async () => {
    const expected = await fair(goOn);
    const { home, life, settled } = await imported();
    const at = BEGINS_AT + HOUR;
    goOn(home, at);
    // Storage does not answer, so that each message asks to come again until Forge drops it.
    const platform = failAtRandom(chance(1), { storage: 1, bitbucket: 0, queue: 0 });
    platform.pause();
    const event = eventsAt(at).find(({ eventType }) => eventType === 'avi:bitbucket:updated:pullrequest');
    life.event(at, event ?? {});
    await life.until(at + 5_000);
    expect(life.pending).toHaveLength(1);
    platform.resume();
    life.schedule(at, at + 30 * HOUR);
    await life.until(at + 30 * HOUR);
    platform.end();
    expect([life.made.get('message dropped after a day'), life.pending]).toEqual([1, []]);
    expect(await settled(at + 30 * HOUR)).toEqual(expected);
  },
  TIMEOUT,
);

it(
  'makes up for a day in which no schedule ran',
  async () => {
    const expected = await fair(goOn);
    const { home, app, life, settled } = await begin();
    life.install(BEGINS_AT);
    await life.until(BEGINS_AT + 1_000);
    // The import's own messages are lost too: only the schedule can find the work.
    app.queue.length = 0;
    await life.until(BEGINS_AT + DAY);
    goOn(home, BEGINS_AT + HOUR);
    expect(await settled(BEGINS_AT + DAY)).toEqual(expected);
  },
  TIMEOUT,
);

it.each(Array.from({ length: INTERLEAVINGS }, (_, seed) => seed + 1))(
  'is the same where two ticks and two runs take turns at every call (seed %i)',
  async (seed) => {
    const expected = await fair();
    const { home, app, life, settled, invariants } = await begin();
    life.install(BEGINS_AT);
    await life.until(BEGINS_AT + 1_000);
    const run = (job: string, body: object) => () =>
      work({ body: { ...body }, queueName: 'work', jobId: job, eventId: job });
    const message = { version: 1, kind: 'run', workspaceUuid: WORKSPACE_UUID };
    const discover = { ...message, kind: 'discover', next: null, found: 0 };
    const luck = chance(seed);
    let outcomes: readonly PromiseSettledResult<unknown>[] = [];
    const atOnce =
      (...functions: readonly (() => Promise<unknown>)[]) =>
      async () => {
        outcomes = [...outcomes, ...(await interleaved(luck, functions))];
      };
    const tick = (): Promise<void> => app.tick();
    life.plan(BEGINS_AT + MINUTE, atOnce(run('a', discover), run('b', discover), tick, tick));
    life.plan(BEGINS_AT + 2 * MINUTE, atOnce(run('c', message), run('d', message), tick, tick));
    await life.until(BEGINS_AT + 10 * MINUTE, () => invariants.check(clock.now));
    // Refreshes of pull requests that share a ledger, each of which is a draft by now.
    const at = BEGINS_AT + 20 * MINUTE;
    const refresh = (id: number) => (): Promise<unknown> => {
      const body = { ...message, kind: 'refresh-pull-request', repository: REPOSITORY_ID };
      const event = { queueName: 'live', jobId: `live-${id}`, eventId: `live-${id}` };
      return live({ ...event, body: { ...body, pullRequest: id, requestedAt: Math.floor(at / 1_000) } });
    };
    for (const each of home.small.pullRequests.values()) {
      each.pullRequest = { ...each.pullRequest, draft: true };
    }
    home.small.revision += 1;
    life.plan(at, atOnce(refresh(2), refresh(3), refresh(4), refresh(5)));
    await life.until(at + MINUTE, () => invariants.check(clock.now));
    expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill('fulfilled'));
    const { facts, ...rest } = await settled(BEGINS_AT + HOUR);
    const { facts: expectedFacts, ...expectedRest } = expected;
    expect(facts.filter(({ id, draft }) => id >= 2 && id <= 5 && !draft)).toEqual([]);
    expect(facts.map((each) => ({ ...each, draft: false }))).toEqual(expectedFacts);
    expect(rest).toEqual(expectedRest);
  },
  TIMEOUT,
);

it(
  'imports the same under clocks that jump two hours on and back, between functions and within them',
  async () => {
    const expected = await fair();
    const { life, settled } = await begin();
    jumpNowAndThen(clock);
    life.install(BEGINS_AT);
    life.schedule(BEGINS_AT, BEGINS_AT + 6 * HOUR);
    await life.until(BEGINS_AT + 6 * HOUR);
    const whileJumping = clock.now;
    stopJumping();
    expect(whileJumping).toBe(BEGINS_AT + 6 * HOUR);
    expect(await settled(BEGINS_AT + 10 * HOUR)).toEqual(expected);
  },
  TIMEOUT,
);

type ForgeFetch = (meta: object, target: string, init?: RequestInit) => Promise<Response>;
let stopJumping: () => void = () => undefined;

/** At one call in ten the clock goes two hours on, or comes back; each function begins with the true one. */
function jumpNowAndThen(clockOfTest: TestClock): void {
  const globals = globalThis as { __forge_fetch__?: ForgeFetch };
  const behind = globals.__forge_fetch__;
  if (behind === undefined) throw new Error('Start the app first.');
  const luck = chance(11);
  globals.__forge_fetch__ = (...call) => {
    if (luck.happens(0.1)) clockOfTest.now += luck.pick([-2 * HOUR, 2 * HOUR]);
    return behind(...call);
  };
  stopJumping = () => {
    globals.__forge_fetch__ = behind;
  };
}
