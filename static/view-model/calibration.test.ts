import fc from 'fast-check';
import { calibrationOf, type JudgedForecast } from '../../src/metrics/forecast/calibration';
import { HORIZON_DAYS } from '../../src/metrics/forecast/merge-chance';
import type { CalibrationReport, JudgedMoment } from '../../src/views/reports/open-work-report';
import {
  binRows,
  binSentence,
  calibrationSentence,
  judgedIn,
  judgedSentence,
  shownBins,
} from './calibration';
import { DAY, english, german, TO } from './testing';

function judged(amount: number, chance: number, merged: number): readonly JudgedForecast[] {
  return Array.from({ length: amount }, (_, place) => ({
    cutOff: TO - (7 + place) * DAY,
    id: place + 1,
    phase: 'open',
    days: 7,
    chance,
    merged: place < merged,
    mergedAt: place < merged ? TO : null,
  }));
}

function weekOf(forecasts: readonly JudgedForecast[]) {
  const calibration = calibrationOf(forecasts).find(({ days }) => days === 7);
  if (calibration === undefined) throw new Error('A week is a horizon.');
  return calibration;
}

describe('what can be relied on', () => {
  it('is told by what most forecasts said, and how that came out', () => {
    const week = weekOf([...judged(50, 0.8, 39), ...judged(10, 0.2, 1), ...judged(4, 0.45, 4)]);
    expect(calibrationSentence(week, english)).toBe(
      'Most forecasts for 7 days were around 80 %: of these 50, 78 % were merged in time. The Brier score of all is 0.169 (0 is perfect). Always saying 69 %, the share that was merged in time, would score 0.215: the forecasts are better than that.',
    );
    expect(calibrationSentence(week, german)).toMatch(/0,215: Die Prognosen sind besser\.$/);
  });

  it('may be no better than always to say the same, or nothing to compare with', () => {
    expect(calibrationSentence(weekOf(judged(10, 0.9, 1)), english)).toMatch(/no better than that\.$/);
    expect(calibrationSentence(weekOf(judged(10, 0.9, 10)), english)).toMatch(/100 % were merged in time\.$/);
  });

  it('is not told of too few', () => {
    expect(calibrationSentence(weekOf([...judged(4, 0.9, 4), ...judged(3, 0.1, 0)]), english)).toBe(
      'Only 7 forecasts for 7 days can be judged, and no chance was given 5 times: too few to say how often they come true.',
    );
    expect(
      shownBins(weekOf([...judged(4, 0.9, 4), ...judged(5, 0.1, 0)])).map(({ isSolid }) => isSolid),
    ).toEqual([true, false]);
  });
});

it('names each tenth of chance, also those that were never forecast', () => {
  const week = weekOf(judged(5, 0.85, 4));
  expect(binRows(week, english)).toHaveLength(10);
  expect(binRows(week, english).slice(-2)).toEqual([
    ['80 % to 90 %', '5', '85 %', '80 %'],
    ['90 % to 100 %', '0', '–', '–'],
  ]);
  expect(shownBins(week).map((bin) => binSentence(bin, english))).toEqual([
    '80 % to 90 %: 5 forecasts of 85 % on average, of which 80 % came true',
  ]);
});

it('says how many were judged, of how many', () => {
  const moments = judged(3, 0.5, 1).map(({ cutOff, id, phase, mergedAt }): JudgedMoment => ({
    at: cutOff,
    id,
    phase,
    mergedAt,
    chances: [],
  }));
  const report: CalibrationReport = {
    asOf: TO,
    historyFrom: 0,
    calibrations: [],
    moments,
    judged: 3,
    of: 3,
    fewestMerges: 30,
  };
  expect(judgedSentence(report, english)).toMatch(
    /^Judged: all 3 moments from Nov 12, 2026 to Nov 14, 2026 at/,
  );
  expect(judgedSentence({ ...report, of: 9 }, english)).toMatch(/^Judged: 3 of 9 moments .* drawn by chance/);
});

const aMoment = fc.record({
  at: fc.integer({ min: TO - 400 * DAY, max: TO - 7 * DAY }),
  id: fc.nat(50),
  phase: fc.constantFrom('open', 'reviewed', 'approved'),
  mergedAfter: fc.option(fc.integer({ min: 1, max: 20 * DAY })),
  chances: fc.tuple(
    ...HORIZON_DAYS.map((days) =>
      fc
        .option(
          fc.oneof(
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.nat(10).map((tenths) => tenths / 10),
          ),
        )
        .map((chance) => ({ days, chance })),
    ),
  ),
});

it('lists behind each point what gives its chance and its share again', () => {
  fc.assert(
    fc.property(fc.array(aMoment, { maxLength: 60 }), (generated) => {
      const moments = generated.map(({ mergedAfter, ...rest }): JudgedMoment => ({
        ...rest,
        mergedAt: mergedAfter === null ? null : rest.at + mergedAfter,
      }));
      const forecasts = moments.flatMap(({ at, id, phase, mergedAt, chances }) =>
        chances.flatMap(({ days, chance }) => {
          const merged = mergedAt !== null && mergedAt <= at + days * DAY;
          return chance === null ? [] : [{ cutOff: at, id, phase, days, chance, merged, mergedAt }];
        }),
      );
      const mean = (values: readonly number[]): number =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      for (const calibration of calibrationOf(forecasts)) {
        const bins = shownBins(calibration);
        for (const { place, n, meanChance, mergedShare } of bins) {
          const rows = judgedIn(moments, calibration, place);
          expect(rows).toHaveLength(n);
          expect(mean(rows.map(({ chance }) => chance))).toBeCloseTo(meanChance, 9);
          expect(mean(rows.map(({ merged }) => Number(merged)))).toBeCloseTo(mergedShare, 9);
        }
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(calibration.n);
      }
    }),
  );
});
