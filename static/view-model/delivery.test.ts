import type { DeliveryReport } from '../../src/views/contract';
import { deliveryLines, pipelineLines, sourceSentence } from './delivery';
import { english } from './testing';

const NO_TIME = { unit: 's', n: 0, mean: null, p50: null, p75: null, p90: null, p95: null } as const;
const NO_SHARE = { unit: 'ratio', n: 0, value: null } as const;
const NO_COUNT = { unit: 'count', n: 0, value: 0 } as const;

const NOTHING: DeliveryReport = {
  asOf: 0,
  window: { from: 0, to: 90 * 86_400, days: 90 },
  source: 'merge',
  isWhole: true,
  figures: {
    deployment_frequency: { unit: 'per day', n: 0, value: null },
    lead_time_for_changes: NO_TIME,
    change_failure_rate: NO_SHARE,
    time_to_restore: NO_TIME,
    rework_rate: NO_SHARE,
    direct_pushes: NO_COUNT,
    hotfix_pushes: NO_COUNT,
  },
  previousFigures: {
    deployment_frequency: { unit: 'per day', n: 0, value: null },
    lead_time_for_changes: NO_TIME,
    change_failure_rate: NO_SHARE,
    time_to_restore: NO_TIME,
    rework_rate: NO_SHARE,
    direct_pushes: NO_COUNT,
    hotfix_pushes: NO_COUNT,
  },
  bands: {
    deployment_frequency: null,
    lead_time_for_changes: null,
    change_failure_rate: null,
    time_to_restore: null,
  },
  bandYear: 2024,
  openFailures: 0,
  calendar: [],
  pipelines: {
    pipeline_duration: NO_TIME,
    pipeline_success_rate: NO_SHARE,
    pipeline_queue_time: NO_TIME,
    deployment_duration: NO_TIME,
  },
  previousPipelines: {
    pipeline_duration: NO_TIME,
    pipeline_success_rate: NO_SHARE,
    pipeline_queue_time: NO_TIME,
    deployment_duration: NO_TIME,
  },
};

const line = (report: DeliveryReport, name: string): unknown =>
  [...deliveryLines(report, english), ...pipelineLines(report, english)].find((each) => each.name === name);

it('says of everything that it is not there, and why', () => {
  expect(line(NOTHING, 'Deployment frequency')).toMatchObject({ value: '–', exact: 'none in this window' });
  expect(line(NOTHING, 'Change failure rate')).toMatchObject({
    value: '–',
    exact: 'no deployments in this window',
  });
  expect(line(NOTHING, 'Time to restore')).toMatchObject({ value: '–', exact: 'no failure was repaired' });
  expect(line(NOTHING, 'Queue time')).toMatchObject({ value: '–', exact: 'none in this window' });
});

it.each([
  [2.25, '2.3 a day'],
  [0.5, '3.5 a week'],
  [0.1, '3 in 30 days'],
])('writes a frequency of %f a day as people say it', (value, text) => {
  const figures = { ...NOTHING.figures, deployment_frequency: { unit: 'per day' as const, n: 9, value } };
  expect(line({ ...NOTHING, figures }, 'Deployment frequency')).toMatchObject({
    value: text,
    exact: '9 deployments',
  });
});

it('shows the mean beside the median time to restore, and what is not repaired', () => {
  const restore = { ...NO_TIME, n: 4, mean: 7_200, p50: 3_600 };
  const report = { ...NOTHING, openFailures: 1, figures: { ...NOTHING.figures, time_to_restore: restore } };
  expect(line(report, 'Time to restore')).toMatchObject({
    value: '1 h',
    exact: 'mean 2 h over 4. 1 not repaired yet.',
  });
});

it('tells of failures that are open while none was repaired', () => {
  expect(line({ ...NOTHING, openFailures: 2 }, 'Time to restore')).toMatchObject({
    exact: 'no failure was repaired; 2 not repaired yet.',
  });
});

it('compares with nothing that is not read whole', () => {
  const report = { ...NOTHING, previousFigures: null, previousPipelines: null };
  expect(line(report, 'Rework rate')).toMatchObject({ change: 'No comparison yet' });
  expect(line(report, 'Pipeline success')).toMatchObject({ change: 'No comparison yet' });
});

it('names what counts as a deployment', () => {
  expect(sourceSentence(NOTHING, english)).toContain('merge');
  expect(sourceSentence({ ...NOTHING, source: 'pipeline' }, english)).toContain('production');
});
