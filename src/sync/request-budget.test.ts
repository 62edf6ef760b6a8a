import fc from 'fast-check';
import {
  giveBack,
  hourlyShare,
  learn,
  refreshDelay,
  take,
  UNSPENT_BUDGET,
  usedThisHour,
  WORK_KINDS,
} from './request-budget';

const NOW = Date.UTC(2026, 10, 1) / 1000;
const ANSWERED = { limit: null, nearLimit: false, limited: false, retryAfterSeconds: null };

it('grants no more in any sixty minutes than Bitbucket allows, and leaves a fifth for live events', () => {
  const request = fc.record({
    kind: fc.constantFrom(...WORK_KINDS),
    wanted: fc.integer({ min: 1, max: 60 }),
    pause: fc.integer({ min: 0, max: 900 }),
    usedAfter: fc.integer({ min: 0, max: 179 }),
    unused: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 80 }), (requests) => {
      let budget = { ...UNSPENT_BUDGET, limit: 300 };
      let now = NOW;
      const sent: { readonly at: number; readonly isLive: boolean }[] = [];
      for (const { kind, wanted, pause, usedAfter, unused } of requests) {
        now += pause;
        const taken = take(budget, kind, wanted, now);
        budget = taken.budget;
        const back = Math.min(unused, taken.result.count);
        for (let each = back; each < taken.result.count; each += 1) {
          sent.push({ at: now + usedAfter, isLive: kind === 'live' });
        }
        budget = giveBack(budget, kind, { slot: taken.result.slot, count: back }, now + usedAfter);
      }
      for (const { at } of sent) {
        const inHour = sent.filter((each) => each.at > at - 3_600 && each.at <= at);
        expect(inHour.length).toBeLessThanOrEqual(300);
        expect(inHour.filter(({ isLive }) => !isLive).length).toBeLessThanOrEqual(240);
      }
    }),
  );
});

it('gives history what is left of its share, and the next tick what a lost one did not use', () => {
  const first = take(UNSPENT_BUDGET, 'history', 10_000, NOW);
  expect(first.result.count).toBe(650);
  expect(take(first.budget, 'history', 1, NOW + 300).result.count).toBe(0);
  expect(take(first.budget, 'recent', 100, NOW + 300).result.count).toBe(50);
  expect(take(first.budget, 'open', 200, NOW + 300).result.count).toBe(100);
  expect(take(first.budget, 'reconciliation', 200, NOW + 300).result.count).toBe(150);
  expect(take(first.budget, 'live', 1_000, NOW + 300).result.count).toBe(350);
  // A double tick finds the share taken; a lost one leaves it: six minutes after the hour all of it is there again.
  expect(take(first.budget, 'history', 10_000, NOW + 3_959).result.count).toBe(0);
  expect(take(first.budget, 'history', 10_000, NOW + 3_960).result.count).toBe(650);
});

it('says when to ask again', () => {
  const spent = take(UNSPENT_BUDGET, 'live', 1_000, NOW).budget;
  expect(take(spent, 'live', 1, NOW + 10).result).toMatchObject({ count: 0, retryAfterSeconds: 170 });
});

describe('after 429', () => {
  const limited = { ...ANSWERED, limited: true };

  it('pauses a minute, then twice as long for each that follows, and never over a quarter of an hour', () => {
    let budget = UNSPENT_BUDGET;
    let now = NOW;
    const pauses: number[] = [];
    for (let strike = 0; strike < 6; strike += 1) {
      budget = learn(budget, limited, now);
      pauses.push(budget.pausedUntil - now);
      now = budget.pausedUntil;
    }
    expect(pauses).toEqual([60, 120, 240, 480, 900, 900]);
  });

  it('keeps to Retry-After, and takes several refusals of one moment for one', () => {
    const once = learn(UNSPENT_BUDGET, { ...limited, retryAfterSeconds: 77 }, NOW);
    expect(once.pausedUntil).toBe(NOW + 77);
    expect(learn(once, limited, NOW + 1)).toBe(once);
  });

  it('lets live events try first', () => {
    const paused = learn(UNSPENT_BUDGET, limited, NOW);
    expect(take(paused, 'live', 1, NOW + 59).result.count).toBe(0);
    expect(take(paused, 'live', 1, NOW + 60).result.count).toBe(1);
    expect(take(paused, 'open', 1, NOW + 60).result.count).toBe(0);
    expect(take(paused, 'open', 1, NOW + 180).result.count).toBe(1);
  });

  it('forgets the refusals with the first answer', () => {
    const paused = learn(UNSPENT_BUDGET, limited, NOW);
    expect(learn(paused, ANSWERED, NOW + 60).strikes).toBe(0);
  });
});

it('takes the limit from the answer, and rests history while little is left of the hour', () => {
  const scaled = learn(UNSPENT_BUDGET, { ...ANSWERED, limit: 10_000, nearLimit: true }, NOW);
  expect(hourlyShare(scaled, 'live')).toBe(10_000);
  expect(take(scaled, 'history', 1, NOW + 599).result.count).toBe(0);
  expect(take(scaled, 'live', 1, NOW + 1).result.count).toBe(1);
  expect(take(scaled, 'history', 1, NOW + 600).result.count).toBe(1);
});

it('changes nothing where an answer says nothing new', () => {
  expect(learn(UNSPENT_BUDGET, ANSWERED, NOW)).toBe(UNSPENT_BUDGET);
});

it('counts the hour for the screen', () => {
  const { budget } = take(UNSPENT_BUDGET, 'history', 40, NOW);
  expect(usedThisHour(budget, NOW + 3_000)).toBe(40);
  expect(usedThisHour(budget, NOW + 4_000)).toBe(0);
});

describe('the wait of a refresh', () => {
  const whileImporting = take(UNSPENT_BUDGET, 'history', 300, NOW).budget;
  const waitAt = (used: number, budget = whileImporting, now = NOW): number =>
    refreshDelay(take(budget, 'live', used, NOW).budget, 15, now);

  it('is the shortest while live events need little, or nobody else needs anything', () => {
    expect(waitAt(80)).toBe(15);
    expect(waitAt(400, UNSPENT_BUDGET)).toBe(15);
  });

  it('grows with what live events need of an hour that others need too, up to an hour, and shrinks again', () => {
    const waits = [0, 150, 200, 300, 450, 700].map((used) => waitAt(used));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBe(15);
    expect(waits[3]).toBeGreaterThan(120);
    expect(waits.slice(-2)).toEqual([3_600, 3_600]);
    expect(waitAt(700, whileImporting, NOW + 4_500)).toBe(15);
  });
});

describe('reconciliation', () => {
  const whileImporting = take(UNSPENT_BUDGET, 'history', 350, NOW).budget;

  it('has three tenths while history is read, whatever is left', () => {
    const first = take(whileImporting, 'reconciliation', 1_000, NOW);
    expect(first.result.count).toBe(300);
    expect(take(first.budget, 'reconciliation', 1, NOW + 300).result.count).toBe(0);
    const unused = giveBack(first.budget, 'reconciliation', { slot: first.result.slot, count: 40 }, NOW + 60);
    expect(take(unused, 'reconciliation', 1_000, NOW + 300).result.count).toBe(40);
  });

  it('has what history leaves while none is read', () => {
    const first = take(UNSPENT_BUDGET, 'reconciliation', 1_000, NOW);
    expect(first.result.count).toBe(600);
    expect(take(first.budget, 'reconciliation', 1, NOW + 300).result.count).toBe(0);
    // Live events keep theirs.
    expect(take(first.budget, 'live', 1_000, NOW + 300).result.count).toBe(400);
  });

  it('has what is left of the hour once history is read again', () => {
    const first = take(UNSPENT_BUDGET, 'reconciliation', 1_000, NOW);
    const later = NOW + 4_500;
    const history = take(first.budget, 'history', 1_000, later);
    expect(history.result.count).toBe(650);
    expect(take(history.budget, 'reconciliation', 1_000, later).result.count).toBe(150);
  });
});
