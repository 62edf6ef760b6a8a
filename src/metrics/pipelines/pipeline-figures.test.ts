import fc from 'fast-check';
import { distributionOf } from '../distribution';
import { pipelineFigures } from './pipeline-figures';
import { pipelineTrend } from './pipeline-trend';
import { aPipeline, anyPipelines, MONDAY } from './testing';

const DAY = 86_400;
const WINDOW = { from: MONDAY, to: MONDAY + 14 * DAY };

describe('duration', () => {
  it('is how long pipelines ran that came to a result by themselves', () => {
    const { pipeline_duration: duration } = pipelineFigures(
      [
        aPipeline(1, { durationSeconds: 100 }),
        aPipeline(2, { durationSeconds: 200, result: 'FAILED' }),
        aPipeline(3, { durationSeconds: 600, result: 'ERROR' }),
        aPipeline(4, { durationSeconds: 5, result: 'STOPPED' }),
        aPipeline(5, { durationSeconds: 9_000, result: 'EXPIRED' }),
        aPipeline(6, { durationSeconds: null }),
      ],
      WINDOW,
    );
    expect(duration.figure).toMatchObject({ unit: 's', n: 3, mean: 300, p50: 200 });
    expect(duration.leftOut).toBe(3);
    expect(duration.evidence[1]).toEqual({
      kind: 'pipeline',
      id: '2',
      value: 200,
      instants: [
        { name: 'createdAt', at: MONDAY, source: 'pipeline' },
        { name: 'completedAt', at: MONDAY + 330, source: 'pipeline' },
      ],
    });
  });

  it('counts by the end of the pipeline; what runs yet, or whose end nothing dates, is in no window', () => {
    const { pipeline_duration: duration } = pipelineFigures(
      [
        aPipeline(1, { createdAt: MONDAY - 60, completedAt: MONDAY }),
        aPipeline(2, { createdAt: MONDAY - 60, completedAt: MONDAY - 1 }),
        aPipeline(3, { completedAt: WINDOW.to }),
        aPipeline(4, { completedAt: null, result: null }),
        aPipeline(5, { completedAt: null }),
        aPipeline(6, { result: null }),
      ],
      WINDOW,
    );
    expect(duration.evidence.map(({ id }) => id)).toEqual(['1']);
    expect(duration.leftOut).toBe(0);
  });
});

it('success is of those that came to a result by themselves; stopped and expired are apart', () => {
  const results = ['SUCCESSFUL', 'FAILED', 'SUCCESSFUL', 'STOPPED', 'ERROR', 'EXPIRED', 'STOPPED'];
  const facts = results.map((result, place) => aPipeline(place + 1, { result }));
  const { pipeline_success_rate: success } = pipelineFigures(facts, WINDOW);
  expect(success.figure).toEqual({ unit: 'ratio', n: 4, value: 0.5 });
  expect(success).toMatchObject({ stopped: [4, 7], expired: [6], leftOut: 3 });
  expect(success.evidence.map(({ id, value }) => [id, value])).toEqual([
    ['1', 1],
    ['2', 0],
    ['3', 1],
    ['5', 0],
  ]);
});

it('queue time is told for all, for each class of target, and for each trigger', () => {
  const figures = pipelineFigures(
    [
      aPipeline(1, { queueSeconds: 10, target: 'feature', trigger: 'PUSH' }),
      aPipeline(2, { queueSeconds: 30, target: 'default', trigger: 'SCHEDULE' }),
      aPipeline(3, { queueSeconds: 20, target: 'feature', trigger: null }),
      aPipeline(4, { queueSeconds: 40, target: 'feature', trigger: 'MANUAL' }),
      aPipeline(5, { queueSeconds: 900, target: 'feature', trigger: 'MANUAL', result: 'EXPIRED' }),
    ],
    WINDOW,
  );
  const medians = (groups: typeof figures.byTarget | typeof figures.byTrigger) =>
    groups.map(({ key, queueTime: { figure, leftOut } }) => [key, figure.n, figure.p50, leftOut]);
  expect(figures.pipeline_queue_time.figure).toMatchObject({ n: 4, p50: 25 });
  expect(medians(figures.byTarget)).toEqual([
    ['default', 1, 30, 0],
    ['feature', 3, 20, 1],
  ]);
  expect(medians(figures.byTrigger)).toEqual([
    ['MANUAL', 1, 40, 1],
    ['PUSH', 1, 10, 0],
    ['SCHEDULE', 1, 30, 0],
    [null, 1, 20, 0],
  ]);
});

it('nothing is known of no pipelines', () => {
  const figures = pipelineFigures([], WINDOW);
  expect(figures.pipeline_duration.figure).toMatchObject({ n: 0, p50: null });
  expect(figures.pipeline_success_rate.figure).toEqual({ unit: 'ratio', n: 0, value: null });
  expect([figures.byTarget, figures.byTrigger]).toEqual([[], []]);
});

describe('the trend', () => {
  it('is by weeks from Monday, quiet ones included, and says which are parts', () => {
    const facts = [
      aPipeline(1, { completedAt: MONDAY + 7 * DAY - 1, durationSeconds: 100 }),
      aPipeline(2, { completedAt: MONDAY + 7 * DAY, durationSeconds: 300 }),
      aPipeline(3, { completedAt: MONDAY + 8 * DAY, durationSeconds: 500 }),
      aPipeline(4, { completedAt: MONDAY, durationSeconds: 900 }),
    ];
    const weeks = pipelineTrend(facts, { from: MONDAY + 1, to: MONDAY + 21 * DAY });
    expect(
      weeks.map(({ from, partial, duration }) => [(from - MONDAY) / DAY, partial, duration.p50]),
    ).toEqual([
      [0, true, 100],
      [7, false, 400],
      [14, false, null],
    ]);
  });
});

it('every figure can be reckoned again from what it lists, and the groups and weeks sum to the whole', () => {
  const instant = fc.integer({ min: MONDAY - 20 * DAY, max: MONDAY + 60 * DAY });
  fc.assert(
    fc.property(anyPipelines, instant, instant, (facts, one, other) => {
      const window = { from: Math.min(one, other), to: Math.max(one, other) };
      const figures = pipelineFigures(facts, window);
      for (const { figure, evidence } of [figures.pipeline_duration, figures.pipeline_queue_time]) {
        expect(figure).toEqual(
          distributionOf(
            evidence.map(({ value }) => value),
            's',
          ),
        );
      }
      const { figure, evidence, leftOut, stopped, expired } = figures.pipeline_success_rate;
      const good = evidence.filter(({ value }) => value === 1).length;
      expect(figure).toEqual({
        unit: 'ratio',
        n: evidence.length,
        value: evidence.length === 0 ? null : good / evidence.length,
      });
      expect(leftOut).toBeGreaterThanOrEqual(stopped.length + expired.length);
      const { n } = figures.pipeline_queue_time.figure;
      for (const groups of [figures.byTarget, figures.byTrigger]) {
        expect(groups.reduce((sum, { queueTime }) => sum + queueTime.figure.n, 0)).toBe(n);
      }
      const weeks = pipelineTrend(facts, window);
      expect(weeks.reduce((sum, { duration }) => sum + duration.n, 0)).toBe(
        figures.pipeline_duration.figure.n,
      );
    }),
  );
});
