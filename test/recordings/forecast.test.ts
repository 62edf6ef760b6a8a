/** The forecast's calibration on recorded repositories: what was foretold at past instants beside what came of it. */
import path from 'node:path';
import { openRecording } from '../../local/bitbucket/recorded-workspace';
import { textOf } from '../../local/bitbucket/values';
import {
  calibrationOf,
  judgedForecasts,
  type CalibrationBin,
  type JudgedForecast,
} from '../../src/metrics/forecast/calibration';
import { withoutBraces } from '../../src/storage/keys';
import { readWholeRepository } from '../../src/storage/repository-view';
import { startInProcessApp } from '../in-process-app';
import { describeWithSharedData } from '../shared-data';

/** Those with the most merges, which leave the most forecasts to judge. */
const RECORDINGS = ['osrf__drcsim', 'osrf__gazebo_tutorials', 'ignitionrobotics__ign-transport'] as const;

/** The recordings span up to eight years: a cut-off a week, as far back as there is history. */
const CUT_OFFS = 400;
const TIMEOUT = 300_000;

async function judgedIn(data: string, recording: string): Promise<readonly JudgedForecast[]> {
  const source = openRecording(path.join(data, 'bitbucket-archive', recording));
  const uuid = withoutBraces(textOf(source.repositories()[0]?.repository() ?? {}, 'uuid') ?? '');
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2020, 6, 1));
  const app = await startInProcessApp(source);
  try {
    await app.install();
    await app.drain();
    const { record, facts } = await readWholeRepository(uuid);
    const last = facts.reduce((latest, { mergedAt }) => Math.max(latest, mergedAt ?? 0), 0);
    const options = { defaultBranch: record?.defaultBranch ?? null, cutOffs: CUT_OFFS, mostJudged: 2_000 };
    return judgedForecasts(facts, last, options).forecasts;
  } finally {
    await app.close();
    clock.mockRestore();
  }
}

describeWithSharedData('forecasts of recorded repositories', (data) => {
  const judged = new Map<string, readonly JudgedForecast[]>();
  beforeAll(async () => {
    for (const recording of RECORDINGS) judged.set(recording, await judgedIn(data, recording));
  }, TIMEOUT);

  it.each(RECORDINGS)('beat the base rate at every horizon: %s', (recording) => {
    const calibrations = calibrationOf(judged.get(recording) ?? []);
    expect(calibrations.map(({ n }) => n > 400)).toEqual([true, true, true]);
    for (const { days, skill } of calibrations) {
      // The base rate is known in hindsight only, so any skill above 0 is of use.
      expect({ recording, days, isBetter: (skill ?? -1) > 0 }).toEqual({ recording, days, isBetter: true });
    }
  });

  it('come true about as often as they say', () => {
    for (const { days, n, bins } of calibrationOf([...judged.values()].flat())) {
      expect(n).toBeGreaterThan(2_000);
      const error = calibrationError(bins);
      // Measured: 0.02, 0.02 and 0.04 for one, three and seven days.
      expect({ days, isClose: error < 0.08 }).toEqual({ days, isClose: true });
    }
  });

  it('would not pass turned round: what is judged is the forecast', () => {
    const turned = [...judged.values()].flat().map((each) => ({ ...each, chance: 1 - each.chance }));
    for (const { skill, bins } of calibrationOf(turned)) {
      expect(skill ?? 0).toBeLessThan(0);
      expect(calibrationError(bins)).toBeGreaterThan(0.3);
    }
  });
});

/** Expected calibration error: the mean distance of chance and outcome over the bins, by how much is in each. */
function calibrationError(bins: readonly CalibrationBin[]): number {
  const all = bins.reduce((sum, { n }) => sum + n, 0);
  return bins.reduce(
    (sum, { n, meanChance, mergedShare }) =>
      meanChance === null || mergedShare === null
        ? sum
        : sum + (n / all) * Math.abs(meanChance - mergedShare),
    0,
  );
}
