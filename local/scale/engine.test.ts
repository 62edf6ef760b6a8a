import { Accounts } from './accounts';
import { Engine, START_MILLISECONDS, type Ending } from './engine';
import { Timeline } from './timeline';

const SMALL = { key: 'small', memoryMegabytes: 512, timeoutMilliseconds: 1_000 };

function started(): {
  timeline: Timeline;
  accounts: Accounts;
  engine: Engine;
  run: (call: (engine: Engine) => Promise<unknown>, at?: number) => { ending?: Ending; endedAt?: number };
} {
  const timeline = new Timeline(0);
  const accounts = new Accounts(0);
  const engine = new Engine(timeline, accounts, 'none');
  return {
    timeline,
    accounts,
    engine,
    run: (call, at = 0) => {
      const ended: { ending?: Ending; endedAt?: number } = {};
      timeline.plan(at, () =>
        engine.start({
          function: SMALL,
          purpose: 'small',
          chain: { pushes: 0 },
          call: () => call(engine),
          onEnd: (ending) => Object.assign(ended, { ending, endedAt: timeline.now() }),
        }),
      );
      return ended;
    },
  };
}

it('charges a run from its beginning to its end, in the memory of its function', async () => {
  const { timeline, accounts, run } = started();
  const ended = run(async (engine) => {
    await engine.call(100, () => 'one');
    return engine.call(295, () => 'two');
  });
  await timeline.passUntil(10_000);
  expect(ended).toEqual({ ending: { outcome: 'returned', value: 'two' }, endedAt: START_MILLISECONDS + 395 });
  expect(accounts.sum()).toMatchObject({ invocations: 1, runMilliseconds: 400, gigabyteSeconds: 0.2 });
});

it('answers calls that are made together together', async () => {
  const { timeline, run } = started();
  const ended = run((engine) => Promise.all([engine.call(100, () => 1), engine.call(70, () => 2)]));
  await timeline.passUntil(10_000);
  expect(ended).toEqual({
    ending: { outcome: 'returned', value: [1, 2] },
    endedAt: START_MILLISECONDS + 100,
  });
});

it('lets runs overlap, each call at its own instant', async () => {
  const { timeline, run } = started();
  const seen: string[] = [];
  const call = (name: string) => async (engine: Engine) => {
    for (const part of [1, 2]) {
      await engine.call(100, () => seen.push(`${name}${part} at ${timeline.now()}`));
    }
  };
  run(call('a'));
  run(call('b'), 50);
  await timeline.passUntil(10_000);
  expect(seen).toEqual(['a1 at 105', 'b1 at 155', 'a2 at 205', 'b2 at 255']);
});

it('ends a run at its limit: what it sent takes effect, nothing goes on', async () => {
  const { timeline, accounts, run } = started();
  const seen: string[] = [];
  const ended = run(async (engine) => {
    await engine.call(900, () => seen.push('in time'));
    await engine.call(200, () => seen.push('too late'));
    seen.push('went on');
  });
  await timeline.passUntil(10_000);
  expect(ended.ending).toEqual({ outcome: 'timed-out' });
  expect(seen).toEqual(['in time', 'too late']);
  expect(accounts.sum().runMilliseconds).toBe(1_000);
});

it('tells a function how long it may still run, and of a failure whoever asked', async () => {
  const { timeline, run } = started();
  const left: number[] = [];
  const failed = run(async (engine) => {
    left.push(engine.remaining());
    await engine.call(200, () => null);
    left.push(engine.remaining());
    throw new Error('of the app');
  });
  await timeline.passUntil(10_000);
  expect(left).toEqual([1_000 - START_MILLISECONDS, 800 - START_MILLISECONDS]);
  expect(failed.ending).toMatchObject({ outcome: 'threw', error: { message: 'of the app' } });
});

it('charges each part of a run to what it was for', async () => {
  const { timeline, accounts, run } = started();
  run(async (engine) => {
    await engine.call(95, (invocation) => invocation.turnTo('other', timeline.now()));
    await engine.call(300, () => null);
  });
  await timeline.passUntil(10_000);
  expect(
    [...accounts.byPurpose()].map(([purpose, { runMilliseconds }]) => [purpose, runMilliseconds]),
  ).toEqual([
    ['small', 100],
    ['other', 300],
  ]);
});

it('adds computing time to a run where it is measured', async () => {
  const timeline = new Timeline(0);
  const accounts = new Accounts(0);
  const engine = new Engine(timeline, accounts, 'measured');
  timeline.plan(0, () =>
    engine.start({
      function: { ...SMALL, timeoutMilliseconds: 60_000 },
      purpose: 'busy',
      chain: { pushes: 0 },
      call: () => {
        const before = process.cpuUsage();
        let used = 0;
        while (used < 50_000) {
          const { user, system } = process.cpuUsage(before);
          used = user + system;
        }
        return Promise.resolve();
      },
      onEnd: () => undefined,
    }),
  );
  await timeline.passUntil(60_000);
  const { runMilliseconds, cpuMilliseconds } = accounts.sum();
  // 50 ms here are 50 * 1769 / 512 in a process of 512 MB.
  expect(cpuMilliseconds).toBeGreaterThanOrEqual(172);
  expect(runMilliseconds).toBeCloseTo(START_MILLISECONDS + cpuMilliseconds, 6);
});
