import fc from 'fast-check';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, severalFacts } from '../facts/testing';
import { calibrationOf } from '../metrics/forecast/calibration';
import { calibrationReport } from './open-work-calibration';
import { historyOf } from './open-work-history';
import type { CalibrationReport } from './reports/open-work-report';

const DAY = 24 * HOUR;
const NOW = OPENED_AT + 90 * DAY;

/** One opened every twelve hours from 150 days before the present, each merged after a time of its own. */
const MERGES: readonly PullRequestFacts[] = Array.from({ length: 200 }, (_, place) => {
  const openedAt = NOW - 150 * DAY + place * 12 * HOUR;
  return aPullRequest({
    id: 200_000 + place,
    openedAt,
    mergedAt: openedAt + (1 + ((place * 7) % 40)) * 6 * HOUR,
  });
});

function reportOf(facts: readonly PullRequestFacts[]): CalibrationReport {
  return calibrationReport(historyOf(facts, NOW, 0, 780), NOW, { defaultBranch: 'main' });
}

/** The calibrations that the moments give by themselves. */
function recomputed({ moments }: CalibrationReport): CalibrationReport['calibrations'] {
  return calibrationOf(
    moments.flatMap(({ at, id, phase, mergedAt, chances }) =>
      chances.flatMap(({ days, chance }) => {
        const merged = mergedAt !== null && mergedAt <= at + days * DAY;
        return chance === null ? [] : [{ cutOff: at, id, phase, days, chance, merged, mergedAt }];
      }),
    ),
  );
}

it('lists the moments that give its figures', () => {
  fc.assert(
    fc.property(severalFacts(40), (facts) => {
      const report = reportOf([...facts, ...MERGES]);
      expect(report.moments.length).toBeGreaterThan(0);
      expect(report.moments.length).toBeLessThanOrEqual(report.judged);
      expect(recomputed(report)).toEqual(report.calibrations);
      const places = new Set(report.moments.map(({ at, id }) => `${at}/${id}`));
      expect(places.size).toBe(report.moments.length);
    }),
    { numRuns: 15 },
  );
});

it('keeps apart the moments of one that was open at several cut-offs', () => {
  const alone = anOpenPullRequest({ id: 1, openedAt: NOW - 40 * DAY });
  // Merged before it was opened, so that it comes alone at each cut-off.
  const others = Array.from({ length: 30 }, (_, place) => {
    const openedAt = NOW - 130 * DAY + place * HOUR;
    return aPullRequest({ id: 10 + place, openedAt, mergedAt: openedAt + 70 * DAY });
  });
  const report = reportOf([alone, ...others]);
  expect(report.moments.map(({ at, id, chances }) => [(NOW - at) / DAY, id, chances.length])).toEqual(
    [7, 15, 23, 31, 39].map((daysAgo) => [daysAgo, 1, 3]),
  );
  expect(recomputed(report)).toEqual(report.calibrations);
});

it('has nothing of what is not read', () => {
  const report = calibrationReport(historyOf(MERGES, NOW, null, 780), NOW, { defaultBranch: 'main' });
  expect(report).toMatchObject({ historyFrom: null, judged: 0, of: 0, moments: [] });
});
