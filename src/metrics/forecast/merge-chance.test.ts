import fc from 'fast-check';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../../facts/testing';
import { chancesFrom, explainForecast, FEWEST_MERGES, mergeForecasts } from './merge-chance';

const OPTIONS = { defaultBranch: 'main' };
const DAY = 24 * HOUR;
const NOW = OPENED_AT;

type Overrides = Partial<PullRequestFacts>;

/** Pull requests of long ago that were closed after a number of hours without a review. */
function past(firstId: number, amount: number, hours: number, overrides: Overrides = {}): PullRequestFacts[] {
  return Array.from({ length: amount }, (_, place) => {
    const openedAt = NOW - 100 * DAY + place;
    const closedAt = openedAt + hours * HOUR;
    const mergedAt = overrides.state === 'DECLINED' ? null : closedAt;
    return aPullRequest({ id: firstId + place, openedAt, mergedAt, closedAt, ...overrides });
  });
}

function waiting(hours: number, overrides: Overrides = {}): PullRequestFacts {
  return anOpenPullRequest({ id: 1, openedAt: NOW - hours * HOUR, ...overrides });
}

/** The chances of pull request 1 within 1, 3 and 7 days. */
function chances(facts: readonly PullRequestFacts[]): readonly (number | null)[] | undefined {
  const forecast = mergeForecasts(facts, NOW, OPTIONS).pullRequests?.find(({ id }) => id === 1);
  return forecast?.chances.map(({ chance }) => chance && Number(chance.toFixed(9)));
}

describe('the chance of one that has waited for a day', () => {
  it('looks at those that had waited for half a day to two days', () => {
    // Merged after 60 hours, they had 48, 43, 36, 26 and 12 hours left after 12, 17, 24, 34 and 48 hours.
    expect(chances([waiting(24), ...past(100, 20, 60), ...past(200, 20, 11)])).toEqual([0.2, 1, 1]);
  });

  it('does not take those for undecided that were declined', () => {
    const declined = past(300, 20, 60, { state: 'DECLINED' });
    expect(chances([waiting(24), ...past(100, 20, 60), ...past(200, 20, 11), ...declined])).toEqual([
      0.1, 0.5, 0.5,
    ]);
  });

  it('counts one that was declined too soon to have waited so long for nothing', () => {
    const declined = past(300, 20, 11, { state: 'DECLINED' });
    expect(chances([waiting(24), ...past(100, 30, 60), ...declined])).toEqual([0.2, 1, 1]);
  });
});

describe('the phase', () => {
  /** Approved after an hour, merged after four days. */
  const approved = past(100, 30, 97).map((each) => ({
    ...each,
    reviews: [{ ...review('approval', 0), at: each.openedAt + HOUR }],
  }));

  it('lasts from the instant that began it', () => {
    const reviews = [{ ...review('approval', 0), at: NOW - 24 * HOUR }];
    const [forecast] =
      mergeForecasts([waiting(90, { reviews }), ...approved], NOW, OPTIONS).pullRequests ?? [];
    expect(forecast).toMatchObject({ id: 1, phase: 'approved', waitedSeconds: DAY, compared: 30 });
    // Merged 96 hours after the approval: they had 84, 79, 72, 62 and 48 hours left.
    expect(forecast?.chances.map(({ chance }) => chance?.toFixed(1))).toEqual(['0.0', '0.6', '1.0']);
  });

  it('has chances of its own: nobody here waited for a day without a review', () => {
    expect(chances([waiting(24), ...approved])).toEqual([null, null, null]);
  });
});

it('is not told of a time that nobody was observed for', () => {
  const young = Array.from({ length: 10 }, (_, place) => waiting(30 + place, { id: 50 + place }));
  // The oldest has waited for 39 hours, so that it was seen for 27 hours after the first 12.
  expect(chances([waiting(24), ...young, ...past(100, 30, 1)])).toEqual([0, null, null]);
});

it('is not told from those who left the phase at the very moment of comparison', () => {
  // Half of the wait is the shortest moment: a second longer, and they had waited so long.
  expect(chances([waiting(24), ...past(100, 30, 12)])).toEqual([null, null, null]);
  expect(chances([waiting(24), ...past(100, 30, 12 + 1 / 3_600)])).toEqual([1, 1, 1]);
});

it('is not told from fewer than five others', () => {
  const others = (amount: number) => [waiting(24), ...past(100, amount, 60), ...past(200, 30, 1)];
  expect(chances(others(4))).toEqual([null, null, null]);
  expect(chances(others(5))).toEqual([0.2, 1, 1]);
});

it('is silent below thirty past merges', () => {
  const facts = (merges: number) => [waiting(24), ...past(100, merges, 60)];
  expect(mergeForecasts(facts(29), NOW, OPTIONS)).toMatchObject({ pastMerges: 29, pullRequests: null });
  expect(mergeForecasts(facts(30), NOW, OPTIONS)).toMatchObject({ pastMerges: FEWEST_MERGES });
  expect(chances(facts(30))).toEqual([0.2, 1, 1]);
});

it('forecasts open pull requests only, by id, and no drafts', () => {
  const facts = [
    waiting(24, { id: 9 }),
    waiting(48, { id: 4 }),
    waiting(24, { id: 5, draft: true }),
    waiting(-1, { id: 6 }),
    ...past(100, 30, 60),
  ];
  const { pullRequests } = mergeForecasts(facts, NOW, OPTIONS);
  expect(pullRequests?.map(({ id }) => id)).toEqual([4, 9]);
});

it('forecasts those alone that are wanted, as it would among all', () => {
  const facts = [waiting(24, { id: 9 }), waiting(48, { id: 4 }), ...past(100, 30, 60)];
  const all = mergeForecasts(facts, NOW, OPTIONS);
  const one = mergeForecasts(facts, NOW, { ...OPTIONS, ids: new Set([9, 100]) });
  expect(one.pullRequests?.map(({ id }) => id)).toEqual([9]);
  expect(all.pullRequests).toContainEqual(one.pullRequests?.[0]);
});

describe('a long history', () => {
  const facts = [waiting(24), ...past(100, 300, 60), ...past(1_000, 300, 200)];
  const options = { ...OPTIONS, mostCompared: 60 };

  it('is looked at in part, which is told, and listed where a forecast is explained', () => {
    const { history, pullRequests } = mergeForecasts(facts, NOW, options);
    expect(history).toEqual({ compared: 60, of: 601 });
    const others = new Set(explainForecast(1, facts, NOW, options).map(({ id }) => id));
    expect(others.size).toBe(pullRequests?.[0]?.compared);
    expect(others.size).toBeGreaterThanOrEqual(59);
    expect(mergeForecasts(facts, NOW, OPTIONS).history).toEqual({ compared: 601, of: 601 });
  });

  it('gives about the same chance in part as whole, in any order of facts', () => {
    const chanceOf = (some: typeof facts, with_ = options): readonly number[] | undefined =>
      mergeForecasts(some, NOW, with_).pullRequests?.[0]?.chances.map(({ chance }) => Number(chance));
    expect(chanceOf(facts.toReversed())).toEqual(chanceOf(facts));
    const whole = chanceOf(facts, { ...OPTIONS, mostCompared: facts.length });
    for (const [place, chance] of (chanceOf(facts) ?? []).entries()) {
      expect(Math.abs(chance - Number(whole?.[place]))).toBeLessThan(0.2);
    }
  });
});

it('explains nothing of what it does not forecast', () => {
  expect(explainForecast(100, past(100, 30, 60), NOW, OPTIONS)).toEqual([]);
});

it('can be reckoned again from the moments it lists, rises with the days, and knows nothing of the future', () => {
  const withHistory = severalFacts(40).map((facts) => [
    ...facts,
    ...past(200_000, 20, 30),
    ...past(300_000, 15, 200),
  ]);
  fc.assert(
    fc.property(withHistory, fc.integer({ min: -40, max: 90 }), (facts, days) => {
      const at = NOW + days * DAY;
      const forecasts = mergeForecasts(facts, at, OPTIONS);
      expect(mergeForecasts(facts.toReversed(), at, OPTIONS)).toEqual(forecasts);
      for (const { id, compared, chances: told } of forecasts.pullRequests ?? []) {
        const moments = explainForecast(id, facts, at, OPTIONS);
        expect(chancesFrom(moments)).toEqual(told);
        expect(new Set(moments.map((moment) => moment.id)).size).toBe(compared);
        expect(
          moments.every((moment) => moment.id !== id && moment.at < moment.until && moment.until <= at),
        ).toBe(true);
        const known = told.flatMap(({ chance }) => chance ?? []);
        expect(known).toEqual(known.toSorted((a, b) => a - b));
        expect(known.every((chance) => 0 <= chance && chance <= 1)).toBe(true);
      }
    }),
  );
});
