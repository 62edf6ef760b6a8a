/** The virtual clock's order and patience; the real clock's offset. */
import fc from 'fast-check';
import { realClock, virtualClock } from './clock';

/** Lets everything that is planned for now happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a virtual clock', () => {
  it('runs every timer at its instant and in order, whatever their delays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 }), async (delays) => {
        const clock = virtualClock(1_000);
        const release = clock.hold();
        const ran: number[] = [];
        for (const delay of delays) clock.schedule(delay, () => ran.push(clock.now()));
        release();
        await settle();
        expect(ran).toEqual(delays.map((delay) => delay + 1_000).sort((a, b) => a - b));
      }),
    );
  });

  it('stands still while it is held', async () => {
    const clock = virtualClock(0);
    const first = clock.hold();
    const second = clock.hold();
    const ran = jest.fn();
    clock.schedule(5, ran);
    first();
    first();
    await settle();
    expect(ran).not.toHaveBeenCalled();
    expect(clock.now()).toBe(0);
    second();
    await settle();
    expect(ran).toHaveBeenCalledTimes(1);
    expect(clock.now()).toBe(5);
  });

  it('does not run a timer that was taken back', async () => {
    const clock = virtualClock(0);
    const ran = jest.fn();
    clock.schedule(5, ran)();
    await settle();
    expect(ran).not.toHaveBeenCalled();
    expect(clock.now()).toBe(0);
  });

  it('runs background timers when time passes them, and not for their own sake', async () => {
    const clock = virtualClock(0);
    const ran: number[] = [];
    clock.schedule(10, () => ran.push(clock.now()), { background: true });
    await settle();
    expect(clock.now()).toBe(0);
    clock.schedule(20, () => ran.push(clock.now()));
    await settle();
    expect(ran).toEqual([10, 20]);
    await clock.advance(30);
    expect(clock.now()).toBe(50);
  });

  it('waits for what a timer started before it goes on', async () => {
    const clock = virtualClock(0);
    const seen: number[] = [];
    clock.schedule(10, () => {
      const release = clock.hold();
      setTimeout(() => {
        seen.push(clock.now());
        release();
      }, 5);
    });
    clock.schedule(20, () => seen.push(clock.now()));
    await clock.advance(100);
    expect(seen).toEqual([10, 20]);
    expect(clock.now()).toBe(100);
  });

  it('is advanced by one caller at a time', async () => {
    const clock = virtualClock(0);
    const advancing = clock.advance(10);
    expect(() => clock.advance(10)).toThrow('being advanced already');
    await advancing;
  });
});

describe('a real clock', () => {
  it('runs on from the instant it is given', async () => {
    const clock = realClock({ startAt: 1_000_000 });
    const before = clock.now();
    await new Promise<void>((resolve) => {
      clock.schedule(5, resolve);
    });
    expect(before).toBeGreaterThanOrEqual(1_000_000);
    expect(clock.now()).toBeGreaterThan(before);
    expect(clock.now()).toBeLessThan(1_000_000 + 60_000);
  });

  it('takes delays longer than a timer of Node, and takes them back', async () => {
    const ran = jest.fn();
    const cancel = realClock().schedule(2 ** 40, ran);
    await new Promise((resolve) => setTimeout(resolve, 10));
    cancel();
    expect(ran).not.toHaveBeenCalled();
  });
});
