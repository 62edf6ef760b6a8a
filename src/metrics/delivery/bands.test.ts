import { distributionOf } from '../distribution';
import { SECONDS_A_DAY } from '../windows';
import { bandsOf, type BandedFigures } from './bands';
import type { BandYear } from './delivery-settings';
import { ratioOf } from './explained';

const HOUR = 3_600;
const DAY = SECONDS_A_DAY;

/** Six deployments of a year, with six changes, restored six times; changed by `overrides`. */
function figures(overrides: Partial<BandedFigures> = {}): BandedFigures {
  return {
    deployment_frequency: frequency({}),
    lead_time_for_changes: seconds(1),
    change_failure_rate: ratioOf(0, 6),
    time_to_restore: seconds(1),
    ...overrides,
  };
}

function seconds(value: number, n = 6) {
  return distributionOf(
    Array.from({ length: n }, () => value),
    's',
  );
}

/** So many deployments a day, or on such a part of the days, months and half-years. */
function frequency({ value = 6 / 365, n = 6, days = 0, months = 0, halfYears = 0 }) {
  const share = (part: number) => ({ unit: 'ratio' as const, n: 100, value: part });
  return {
    unit: 'per day' as const,
    n,
    days: 365,
    value,
    shares: { day: share(days), week: share(0), month: share(months), 'half-year': share(halfYears) },
  };
}

function band(year: BandYear, metric: keyof BandedFigures, overrides: Partial<BandedFigures>) {
  return bandsOf(figures(overrides), year)[metric];
}

/** The tables of docs.pulse.codacy.com/metrics/accelerate, with both sides of each boundary. */
describe('2021 as Pulse uses it', () => {
  it.each([
    ['elite', { days: 0.51 }],
    ['high', { days: 0.5, months: 0.51 }],
    ['medium', { months: 0.5, halfYears: 0.51 }],
    ['low', { halfYears: 0.5 }],
  ])('deployment frequency is %s at %j of the periods', (expected, shares) => {
    expect(band(2021, 'deployment_frequency', { deployment_frequency: frequency(shares) })).toBe(expected);
  });

  it.each([
    ['elite', HOUR - 1],
    ['high', HOUR],
    ['high', 7 * DAY - 1],
    ['medium', 7 * DAY],
    ['medium', 182 * DAY],
    ['low', 183 * DAY],
  ])('lead time for changes is %s at %d seconds', (expected, value) => {
    expect(band(2021, 'lead_time_for_changes', { lead_time_for_changes: seconds(value) })).toBe(expected);
  });

  it.each([
    ['elite', HOUR - 1],
    ['high', HOUR],
    ['high', DAY - 1],
    ['medium', DAY],
    ['medium', 7 * DAY - 1],
    ['low', 7 * DAY],
  ])('time to restore is %s at %d seconds', (expected, value) => {
    expect(band(2021, 'time_to_restore', { time_to_restore: seconds(value) })).toBe(expected);
  });

  it.each([
    ['elite', 15],
    ['high', 16],
    ['high', 30],
    ['low', 31],
  ])('change failure rate is %s at %d %', (expected, percent) => {
    expect(band(2021, 'change_failure_rate', { change_failure_rate: ratioOf(percent, 100) })).toBe(expected);
  });
});

/** The clusters of the report of 2024, as octopus.com/blog/2024-devops-performance-clusters prints them. */
describe('2024', () => {
  it.each([
    ['elite', 1.01],
    ['high', 1],
    ['high', 1 / 7],
    ['medium', 0.14],
    ['medium', 12 / 365],
    ['low', 0.03],
  ])('deployment frequency is %s at %d a day', (expected, value) => {
    expect(band(2024, 'deployment_frequency', { deployment_frequency: frequency({ value }) })).toBe(expected);
  });

  it.each([
    ['elite', DAY - 1],
    ['high', DAY],
    ['medium', 7 * DAY],
    ['medium', 30 * DAY],
    ['low', 31 * DAY],
  ])('lead time for changes is %s at %d seconds', (expected, value) => {
    expect(band(2024, 'lead_time_for_changes', { lead_time_for_changes: seconds(value) })).toBe(expected);
  });

  it.each([
    ['elite', HOUR - 1],
    ['high', DAY - 1],
    ['low', DAY],
  ])('time to restore is %s at %d seconds', (expected, value) => {
    expect(band(2024, 'time_to_restore', { time_to_restore: seconds(value) })).toBe(expected);
  });

  it.each([
    ['elite', 5],
    ['high', 10],
    ['high', 20],
    ['low', 40],
  ])('change failure rate is %s at %d %', (expected, percent) => {
    expect(band(2024, 'change_failure_rate', { change_failure_rate: ratioOf(percent, 100) })).toBe(expected);
  });
});

describe('no band', () => {
  it('is given below five deployments', () => {
    const four = figures({ deployment_frequency: frequency({ n: 4 }) });
    expect(Object.values(bandsOf(four, 2024))).toEqual([null, null, null, null]);
    const five = figures({ deployment_frequency: frequency({ n: 5 }) });
    expect(bandsOf(five, 2024).deployment_frequency).toBe('low');
  });

  it('is given below five values', () => {
    expect(band(2024, 'time_to_restore', { time_to_restore: seconds(1, 4) })).toBeNull();
    expect(band(2024, 'time_to_restore', { time_to_restore: seconds(1, 5) })).toBe('elite');
  });

  it('is given to what is not known', () => {
    const unknown = { ...frequency({}), value: null };
    expect(band(2021, 'deployment_frequency', { deployment_frequency: unknown })).toBeNull();
  });
});

it('a duration is judged by its median', () => {
  const values = distributionOf([1, 1, 1, 9 * DAY, 9 * DAY], 's');
  expect(band(2024, 'lead_time_for_changes', { lead_time_for_changes: values })).toBe('elite');
});
