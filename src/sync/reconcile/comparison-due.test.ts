import { uuidOf } from '../../../test/many-repositories';
import { withoutBraces } from '../../storage/keys';
import { dueAfter, firstInterval, nextTurn, purposeOf, shortestInterval } from './comparison-due';

const NOW = 1_790_000_000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

const compared = (change: object = {}): Parameters<typeof dueAfter>[0] => ({
  dueAt: NOW + DAY,
  watermark: NOW - HOUR,
  healed: 0,
  healedBefore: 0,
  movedAt: NOW - DAY,
  ...change,
});

describe('the shortest interval', () => {
  it('lets comparisons of all repositories take a tenth of the hour', () => {
    // 5 requests for each of 1,000 repositories, at 100 an hour.
    expect(shortestInterval(1_000, 1_000)).toBe(50 * HOUR);
    expect(shortestInterval(5_000, 10_000)).toBe(25 * HOUR);
    expect(shortestInterval(1, 1_000)).toBe(180);
  });

  it('is never longer than a week', () => {
    expect(shortestInterval(5_000, 1_000)).toBe(7 * DAY);
  });
});

it('spreads the first comparisons of a new installation over the interval, by id', () => {
  const ids = Array.from({ length: 1_000 }, (_, number) => withoutBraces(uuidOf(number + 1)));
  const hours = ids.map((id) => Math.floor(firstInterval(10 * HOUR, id) / HOUR));
  const counts = Array.from({ length: 10 }, (_, hour) => hours.filter((each) => each === hour).length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
  for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(20);
});

describe('the next comparison', () => {
  it('comes daily, weekly where nothing happened for two weeks, and soon where events had missed something', () => {
    expect(dueAfter(compared(), 0, NOW)).toBe(NOW + DAY);
    expect(dueAfter(compared({ movedAt: NOW - 14 * DAY }), 0, NOW)).toBe(NOW + 7 * DAY);
    expect(dueAfter(compared({ healed: 3, healedBefore: 2 }), 0, NOW)).toBe(NOW + 6 * HOUR);
  });

  it('comes later where so many repositories share the hour', () => {
    expect(dueAfter(compared({ healed: 1 }), 3 * DAY, NOW)).toBe(NOW + 3 * DAY);
  });
});

it('gives refreshes that were left a turn of their own, half an hour later', () => {
  expect(nextTurn(NOW + DAY, true, NOW)).toBe(NOW + 1_800);
  expect(nextTurn(NOW + 60, true, NOW)).toBe(NOW + 60);
  expect(nextTurn(NOW + DAY, false, NOW)).toBe(NOW + DAY);
});

describe('a turn', () => {
  it('compares everything when that is due, or somebody asked for it', () => {
    expect(purposeOf(compared({ dueAt: NOW }), true, 60, NOW)).toEqual({ kind: 'everything' });
    expect(purposeOf(compared({ dueAt: null }), false, 60, NOW)).toEqual({ kind: 'everything' });
  });

  it('only makes the refreshes that were left before that', () => {
    expect(purposeOf(compared(), true, 60, NOW)).toEqual({ kind: 'left' });
    // Never compared yet, and not due where so many share the hour.
    expect(purposeOf(compared({ dueAt: null }), true, DAY, NOW)).toEqual({ kind: 'left' });
  });

  it('waits six hours for pipelines and deployments that were left, or longer where many share the hour', () => {
    expect(purposeOf(compared(), false, 60, NOW)).toEqual({ kind: 'nothing', at: NOW + 5 * HOUR });
    expect(purposeOf(compared({ watermark: NOW - 6 * HOUR }), false, 60, NOW)).toEqual({
      kind: 'everything',
    });
    expect(purposeOf(compared({ watermark: NOW - 6 * HOUR }), false, 10 * HOUR, NOW)).toEqual({
      kind: 'nothing',
      at: NOW + 4 * HOUR,
    });
  });
});
