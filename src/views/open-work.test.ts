import { AS_VIEWER, startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { NOW, openWorkWorkspace } from '../../test/open-work-workspace';
import { REPOSITORY_UUID } from '../../test/small-workspace';
import { PHASES } from '../metrics/figures';
import { calibrationOf as calibrationOfForecasts } from '../metrics/forecast/calibration';
import { chancesFrom } from '../metrics/forecast/merge-chance';
import { changeSettings } from '../storage/workspace-settings';
import type { Answer } from './contract';
import type {
  CalibrationReport,
  ForecastExplanation,
  OpenWorkAtReport,
  OpenWorkReport,
} from './reports/open-work-report';
import { resolve } from './resolver';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeAll(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW * 1_000);
  forge = await startInProcessApp(openWorkWorkspace());
  await forge.install();
  await forge.drain();
});
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

const answerTo = <T>(functionKey: string, payload: object = {}): Promise<Answer<T>> =>
  resolve(
    {
      call: { functionKey, payload: { query: { window: 30 }, ...payload } },
      context: { extension: { repository: { uuid: REPOSITORY_UUID } } },
    },
    AS_VIEWER,
  ) as Promise<Answer<T>>;

async function ask<T>(functionKey: string, payload?: object): Promise<T> {
  const answer = await answerTo<T>(functionKey, payload);
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const report = (query: object = {}): Promise<OpenWorkReport> =>
  ask('openWork', { query: { window: 30, ...query } });

describe('what is open', () => {
  it('is counted by phase and by what waits too long, without bots', async () => {
    expect(await report()).toMatchObject({
      completeness: { state: 'complete', readSince: 0 },
      byPhase: { draft: 1, open: 2, reviewed: 1, approved: 1 },
      stale: 2,
      overP85: 3,
      p85Seconds: 60 * HOUR,
      leftOut: { openBots: 1, undated: 0 },
    });
  });

  it('is listed oldest first, each with its age, what was said, and since when nothing was', async () => {
    const { pullRequests } = await report();
    expect(
      pullRequests.map(({ id, phase, ageSeconds, reviews, comments, idleSeconds, stale, overP85 }) => [
        id,
        phase,
        ageSeconds / HOUR,
        reviews,
        comments,
        idleSeconds === null ? null : idleSeconds / HOUR,
        stale,
        overP85,
      ]),
    ).toEqual([
      [106, 'open', 9_600, 0, 0, 9_600, true, true],
      [102, 'reviewed', 240, 1, 1, 216, true, true],
      [104, 'approved', 120, 1, 0, 72, false, true],
      [101, 'open', 24, 0, 0, 24, false, false],
      [103, 'draft', 2, 0, 0, 2, false, false],
    ]);
  });

  it('says whom each waits on, and since when', async () => {
    const { pullRequests } = await report();
    const waits = pullRequests.map(({ id, waitingOn, waitingSince, waitingFor }) => [
      id,
      waitingOn,
      waitingSince === null ? null : (NOW - waitingSince) / HOUR,
      ...waitingFor.map(({ personId, since }) => [personId, (NOW - since) / HOUR]),
    ]);
    expect(waits).toEqual([
      // Nobody is asked.
      [106, 'reviewers', 9_600],
      // Since the comment; since the push; since the opening.
      [102, 'author', 216, ['account-ben', 216]],
      [104, 'reviewers', 72, ['account-ben', 72]],
      [101, 'reviewers', 24, ['account-ben', 24]],
      [103, 'author', 2, ['account-cem', 2]],
    ]);
  });

  it('is narrowed by the filters, but no forecast is', async () => {
    const { pullRequests, byPhase, p85Seconds, history } = await report({ reviewerIds: ['account-cem'] });
    expect(pullRequests.map(({ id }) => id)).toEqual([102]);
    expect(byPhase.reviewed).toBe(1);
    expect(p85Seconds).toBeNull();
    expect(history.pastMerges).toBe(30);
    expect((await report({ bots: 'only' })).pullRequests.map(({ id }) => id)).toEqual([105]);
    expect((await report({ bots: 'only' })).leftOut.openBots).toBe(0);
  });

  it('is measured by the clock of the query', async () => {
    const { pullRequests } = await report({ clock: { kind: 'weekdays', timeZone: 'UTC' } });
    // Of ten days before a Saturday, two are its weekend.
    expect(pullRequests.find(({ id }) => id === 102)?.ageSeconds).toBe(8 * DAY);
  });

  it('names no reviewer where the admin switched their figures off', async () => {
    const showReviewers = (show: boolean): Promise<void> =>
      changeSettings((settings) => ({ detail: { ...settings, showReviewers: show }, result: undefined }));
    await showReviewers(false);
    const shown = await report();
    await showReviewers(true);
    expect(shown.showsReviewers).toBe(false);
    const ofReviewers = shown.pullRequests.filter(({ waitingOn }) => waitingOn === 'reviewers');
    expect(ofReviewers.map(({ id, waitingFor }) => [id, waitingFor])).toEqual([
      [106, []],
      [104, []],
      [101, []],
    ]);
    expect((await report()).showsReviewers).toBe(true);
  });
});

it.each([
  ['openWork', {}, 3],
  ['openWorkAt', { day: NOW - 20 * DAY }, 3],
  ['explainForecast', { pullRequest: 101 }, 3],
  ['calibration', {}, 3],
])('%s reads the store a few times only', async (name, payload, most) => {
  for (const window of [30, 365]) {
    const before = forge.app.store.usage().requests;
    await ask(name, { query: { window }, ...payload });
    expect(forge.app.store.usage().requests - before).toBeLessThanOrEqual(most);
  }
});

describe('the flow', () => {
  it('has every day of a month, and the list of each day gives its figures', async () => {
    const { flow, window } = await report();
    expect([flow.openAtStart, flow.days.length, flow.daysApart]).toEqual([3, 30, 1]);
    let before = { at: window.from, opened: 0, closed: 0 };
    for (const shown of flow.days) {
      const behind = await ask<OpenWorkAtReport>('openWorkAt', { day: shown.day });
      for (const phase of PHASES) {
        expect(behind.open.filter((each) => each.phase === phase)).toHaveLength(shown.byPhase[phase]);
      }
      expect(behind).toMatchObject({ day: shown.day, at: shown.at, since: before.at });
      expect(behind.opened).toHaveLength(shown.opened - before.opened);
      expect(behind.closed).toHaveLength(shown.closed - before.closed);
      before = shown;
    }
  });

  it('tells which ones were open, came and went on a day', async () => {
    const behind = await ask<OpenWorkAtReport>('openWorkAt', { day: NOW - 20 * DAY });
    expect(behind.open.map(({ id, phase }) => [id, phase])).toEqual([
      [17, 'open'],
      [18, 'open'],
      [106, 'open'],
    ]);
    expect(behind.opened.map(({ id }) => id)).toEqual([17]);
    expect(behind.closed.map(({ id }) => id)).toEqual([19]);
  });

  it.each([NOW - 40 * DAY, NOW, NOW - 20 * DAY + HOUR])('has no day that begins at %d', async (day) => {
    expect(await answerTo('openWorkAt', { day })).toMatchObject({ ok: false, cause: 'bad-request' });
  });
});

describe('the forecast', () => {
  it('is made from the merges that had waited as long, or says why there is none', async () => {
    const { pullRequests, history } = await report();
    expect(history).toEqual({ from: NOW - 365 * DAY, isWhole: true, pastMerges: 30, fewestMerges: 30 });
    expect(pullRequests.map(({ id, forecast }) => [id, forecast])).toEqual([
      [106, { kind: 'none', why: 'older-than-history' }],
      [102, { kind: 'none', why: 'nothing-alike' }],
      [104, { kind: 'none', why: 'nothing-alike' }],
      [
        101,
        {
          kind: 'chances',
          waitedSeconds: DAY,
          compared: 32,
          // Merged after 60 hours, they had 48, 43, 36, 26 and 12 hours left after 12, 17, 24, 34 and 48 hours; the two
          // others that are open had waited for 12 and for 17 hours, too, before their first review.
          chances: [
            { days: 1, chance: expect.closeTo(30 / 154, 9) },
            { days: 3, chance: expect.closeTo(150 / 154, 9) },
            { days: 7, chance: expect.closeTo(150 / 154, 9) },
          ],
        },
      ],
      [103, { kind: 'none', why: 'draft' }],
    ]);
  });

  it('is explained by what it was made from', async () => {
    const explained = await ask<ForecastExplanation>('explainForecast', { pullRequest: 101 });
    expect(explained).toMatchObject({ pullRequest: 101, phase: 'open', waitedSeconds: DAY, moments: 154 });
    expect(explained.horizons.map(({ merged: count, undecided }) => [count, undecided])).toEqual([
      [30, 0],
      [150, 0],
      // One was opened five days ago.
      [150, 2],
    ]);
    const { compared } = explained;
    const moments = compared.flatMap(({ moments: instants, ...rest }) =>
      instants.map((at) => ({ ...rest, at })),
    );
    const shown = (await report()).pullRequests.find(({ id }) => id === 101)?.forecast;
    expect(shown).toMatchObject({ compared: compared.length, chances: chancesFrom(moments) });
  });

  it.each([1, 102 + 900, 103, 106])('of %d is none that could be explained', async (pullRequest) => {
    expect(await answerTo('explainForecast', { pullRequest })).toMatchObject({
      ok: false,
      cause: 'bad-request',
    });
  });
});

it('judges past forecasts, and shows each', async () => {
  const { calibrations, moments, judged, of, historyFrom } = await ask<CalibrationReport>('calibration');
  // The latest cut-off is seven days ago: 27 had been merged by then.
  expect([judged, of, historyFrom]).toEqual([0, 0, NOW - 780 * DAY]);
  expect(moments).toEqual([]);
  expect(calibrations.map(({ days, n, brierScore }) => [days, n, brierScore])).toEqual([
    [1, 0, null],
    [3, 0, null],
    [7, 0, null],
  ]);
  clock.mockReturnValue((NOW + 10 * DAY) * 1_000);
  const later = await ask<CalibrationReport>('calibration');
  clock.mockReturnValue(NOW * 1_000);
  expect(later.judged).toBeGreaterThan(0);
  expect(later.moments.map(({ id }) => id)).toContain(101);
  const forecasts = later.moments.flatMap(({ at, id, phase, mergedAt, chances }) =>
    chances.flatMap(({ days, chance }) =>
      chance === null
        ? []
        : [
            {
              cutOff: at,
              id,
              phase,
              days,
              chance,
              mergedAt,
              merged: mergedAt !== null && mergedAt <= at + days * DAY,
            },
          ],
    ),
  );
  expect(calibrationOfForecasts(forecasts)).toEqual(later.calibrations);
});
