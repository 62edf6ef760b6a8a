import fc from 'fast-check';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { aPullRequest, HOUR, OPENED_AT, severalFacts } from '../../facts/testing';
import { seededRandom } from '../change/seeded-random';
import { calibrationOf, judgedForecasts, type JudgedForecast } from './calibration';
import { mergeForecasts } from './merge-chance';

const OPTIONS = { defaultBranch: 'main' };
const DAY = 24 * HOUR;
const NOW = OPENED_AT;

function judged(chance: number, merged: boolean, days: JudgedForecast['days'] = 7): JudgedForecast {
  return { cutOff: NOW, id: 1, phase: 'open', days, chance, merged, mergedAt: null };
}

/** The calibration of the horizon of 7 days. */
function weekly(...forecasts: readonly JudgedForecast[]) {
  return calibrationOf(forecasts).at(-1);
}

describe('the Brier score', () => {
  it.each([
    [1, true, 0],
    [1, false, 1],
    [0.7, true, 0.09],
    [0.3, true, 0.49],
    [0.5, false, 0.25],
  ])('of a chance of %d that came true or not (%s) is %d', (chance, merged, score) => {
    expect(weekly(judged(chance, merged))?.brierScore).toBeCloseTo(score, 12);
  });

  it('is compared with telling everybody the base rate', () => {
    // Scores 0.04, 0.01, 0.16, 0.01: mean 0.055; base rate 0.25, whose score is 0.1875.
    const told = weekly(judged(0.8, true), judged(0.1, false), judged(0.4, false), judged(0.1, false));
    expect(told).toMatchObject({ n: 4, baseRate: 0.25, baseRateScore: 0.1875 });
    expect(told?.brierScore).toBeCloseTo(0.055, 12);
    expect(told?.skill).toBeCloseTo(1 - 0.055 / 0.1875, 12);
  });

  it('has no skill to tell where the outcome was always the same, and none without forecasts', () => {
    expect(weekly(judged(0.1, false))).toMatchObject({ baseRate: 0, skill: null });
    expect(weekly()).toMatchObject({
      n: 0,
      brierScore: null,
      baseRate: null,
      baseRateScore: null,
      skill: null,
    });
  });

  it('is kept for each horizon', () => {
    const told = calibrationOf([judged(1, true, 1), judged(0.5, true, 3), judged(0, true, 7)]);
    expect(told.map(({ days, brierScore }) => [days, brierScore])).toEqual([
      [1, 0],
      [3, 0.25],
      [7, 1],
    ]);
  });
});

it('sorts forecasts into ten bins, a certain one into the last', () => {
  const told = weekly(judged(0, false), judged(0.05, true), judged(0.1, false), judged(1, true));
  expect(told?.bins.map(({ n }) => n)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(told?.bins[0]).toEqual({ from: 0, to: 0.1, n: 2, meanChance: 0.025, mergedShare: 0.5 });
  expect(told?.bins[2]).toMatchObject({ n: 0, meanChance: null, mergedShare: null });
});

/** A team that merges at a constant rate, one in two days, after whatever wait; a pull request every few hours. */
function steadyTeam(amount: number): readonly PullRequestFacts[] {
  const random = seededRandom(1);
  return Array.from({ length: amount }, (_, id) => {
    const openedAt = NOW - amount * 8 * HOUR + id * 8 * HOUR;
    const mergedAt = openedAt + Math.ceil(-Math.log(random()) * 2 * DAY);
    return aPullRequest({ id, openedAt, mergedAt });
  });
}

describe('a team that merges at a constant rate', () => {
  const { forecasts } = judgedForecasts(steadyTeam(900), NOW, { ...OPTIONS, cutOffs: 30 });

  it.each(calibrationOf(forecasts))('is forecast within $days days as often as it happens', (told) => {
    expect(told.n).toBeGreaterThan(100);
    // The chance of an exponential time with a mean of two days.
    const expected = 1 - Math.exp(-told.days / 2);
    const sampling = 3 * Math.sqrt((expected * (1 - expected)) / told.n);
    const chances = forecasts.filter(({ days }) => days === told.days).map(({ chance }) => chance);
    const meanChance = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    expect(Math.abs(meanChance - expected)).toBeLessThan(0.03);
    expect(Math.abs(Number(told.baseRate) - expected)).toBeLessThan(sampling);
  });
});

it.each([
  [DAY, [true, true, true]],
  [DAY + 1, [false, true, true]],
  [7 * DAY + 1, [false, false, false]],
])('takes a merge %d seconds after the cut-off for one within 1, 3 and 7 days: %j', (after, expected) => {
  const cutOff = NOW - 7 * DAY;
  const watched = aPullRequest({ id: 5_000, openedAt: cutOff - DAY, mergedAt: cutOff + after });
  const { forecasts } = judgedForecasts([watched, ...steadyTeam(300)], NOW, { ...OPTIONS, cutOffs: 1 });
  expect(forecasts.filter(({ id }) => id === 5_000).map(({ merged }) => merged)).toEqual(expected);
});

it('looks back from a week before now, each time to another day of the week', () => {
  const { forecasts } = judgedForecasts(steadyTeam(400), NOW, { ...OPTIONS, cutOffs: 7 });
  const cutOffs = [...new Set(forecasts.map(({ cutOff }) => cutOff))];
  expect(cutOffs).toEqual([0, 1, 2, 3, 4, 5, 6].map((place) => NOW - 7 * DAY - place * 8 * DAY));
  expect(new Set(cutOffs.map((cutOff) => new Date(cutOff * 1000).getUTCDay())).size).toBe(7);
});

it('judges every forecast by what happened, and forecasts from what was known', () => {
  fc.assert(
    fc.property(severalFacts(40), (others) => {
      const facts = [...others.map((each) => ({ ...each, id: each.id + 1_000 })), ...steadyTeam(200)];
      const now = NOW + 20 * DAY;
      const { forecasts } = judgedForecasts(facts, now, OPTIONS);
      for (const { cutOff, id, days, chance, merged, mergedAt } of forecasts) {
        expect(cutOff + days * DAY).toBeLessThanOrEqual(now);
        expect(mergedAt).toBe(facts.find((each) => each.id === id)?.mergedAt);
        expect(merged).toBe(mergedAt !== null && cutOff < mergedAt && mergedAt <= cutOff + days * DAY);
        const then = mergeForecasts(facts, cutOff, OPTIONS).pullRequests?.find((each) => each.id === id);
        expect(then?.chances).toContainEqual({ days, chance });
      }
    }),
    { numRuns: 5 },
  );
});

it('says nothing of times before there were thirty merges', () => {
  expect(judgedForecasts(steadyTeam(20), NOW, OPTIONS)).toEqual({ forecasts: [], judged: 0, of: 0 });
});

describe('where more moments can be judged than are', () => {
  const facts = steadyTeam(600);
  const all = judgedForecasts(facts, NOW, { ...OPTIONS, mostJudged: Number.POSITIVE_INFINITY });
  const some = judgedForecasts(facts, NOW, { ...OPTIONS, mostJudged: 40 });

  it('says how many of how many are, each with its forecasts for all horizons', () => {
    expect(all.judged).toBe(all.of);
    expect([some.judged, some.of]).toEqual([40, all.of]);
    expect(some.forecasts).toHaveLength(40 * 3);
  });

  it('judges those as it would among all, the same whenever it is asked and in any order of facts', () => {
    for (const each of some.forecasts) expect(all.forecasts).toContainEqual(each);
    expect(judgedForecasts(facts.toReversed(), NOW, { ...OPTIONS, mostJudged: 40 })).toEqual(some);
  });

  it('draws from all cut-offs', () => {
    const latestHalf = some.forecasts.filter(({ cutOff }) => cutOff > NOW - 100 * DAY).length;
    expect(latestHalf).toBeGreaterThan(0);
    expect(latestHalf).toBeLessThan(some.forecasts.length);
  });
});
