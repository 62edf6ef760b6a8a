import type { DeliveryReport } from '../../src/views/reports/delivery-report';
import { bandSteps } from './bands';
import {
  areDeploymentsKnown,
  causeLines,
  deliveryLines,
  deliverySentence,
  deliveryWeeks,
  deliveryWeekSentence,
  missingSentence,
  narrowedSentence,
  sourceSentence,
} from './delivery';
import { MERGE_RULES, NO_DELIVERIES, NO_SHARE, NO_TIME } from './delivery-testing';
import { withPermission } from './figure-lines';
import { english, german } from './testing';

const line = (report: DeliveryReport, figure: string): unknown =>
  deliveryLines(report, english).find((each) => each.figure === figure);

it('says of everything that it is not there, and why', () => {
  expect(line(NO_DELIVERIES, 'deployment_frequency')).toMatchObject({
    value: '–',
    exact: 'none in this window',
  });
  expect(line(NO_DELIVERIES, 'change_failure_rate')).toMatchObject({
    value: '–',
    exact: 'no deployments in this window',
  });
  expect(line(NO_DELIVERIES, 'time_to_restore')).toMatchObject({
    value: '–',
    exact: 'no failure was repaired',
  });
  expect(deliverySentence(NO_DELIVERIES, english)).toBe('Nothing was deployed in these 90 days.');
});

it.each([
  [2.25, '2.3 a day'],
  [0.5, '3.5 a week'],
  [0.1, '3 in 30 days'],
])('writes a frequency of %f a day as people say it', (value, text) => {
  const figures = {
    ...NO_DELIVERIES.figures,
    deployment_frequency: { unit: 'per day' as const, n: 9, value },
  };
  const shares = { ...NO_DELIVERIES.shares, day: { ...NO_SHARE, n: 90, value: 0.1 } };
  expect(line({ ...NO_DELIVERIES, figures, shares }, 'deployment_frequency')).toMatchObject({
    value: text,
    exact: '9 deployments; with one: 10 % of the days, 0 % of the weeks, 0 % of the months',
  });
});

it.each([
  [MERGE_RULES, true],
  [{ ...MERGE_RULES, source: 'tag', tagsSince: 1 }, true],
  [{ ...MERGE_RULES, source: 'tag' }, false],
] as const)('by %j nothing deployed means that there was nothing: %s', (rules, isKnown) => {
  expect(areDeploymentsKnown({ ...NO_DELIVERIES, rules })).toBe(isKnown);
});

it('sums up in a sentence what is known', () => {
  const figures = {
    ...NO_DELIVERIES.figures,
    deployment_frequency: { unit: 'per day' as const, n: 45, value: 0.5 },
    lead_time_for_changes: { ...NO_TIME, n: 90, p50: 7_200 },
    change_failure_rate: { ...NO_SHARE, n: 45, value: 0.2 },
  };
  expect(deliverySentence({ ...NO_DELIVERIES, figures }, english)).toBe(
    '45 deployments in 90 days, on average one every 2 days. Half of the changes were in production within 2 h of their commit. 20 % of the deployments failed.',
  );
});

it('shows the mean beside the median time to restore, and what is not repaired', () => {
  const restore = { ...NO_TIME, n: 4, mean: 7_200, p50: 3_600 };
  const report = {
    ...NO_DELIVERIES,
    openFailures: 1,
    figures: { ...NO_DELIVERIES.figures, time_to_restore: restore },
  };
  expect(line(report, 'time_to_restore')).toMatchObject({
    value: '1 h',
    exact: 'mean 2 h over 4. 1 not repaired yet.',
  });
});

it('tells of failures that are open while none was repaired', () => {
  expect(line({ ...NO_DELIVERIES, openFailures: 2 }, 'time_to_restore')).toMatchObject({
    exact: 'no failure was repaired; 2 not repaired yet.',
  });
});

it('compares with nothing that is not read whole', () => {
  const report = { ...NO_DELIVERIES, previousFigures: null };
  expect(line(report, 'rework_rate')).toMatchObject({ change: 'No comparison yet' });
});

it('names what counts as a deployment', () => {
  expect(sourceSentence(NO_DELIVERIES, english)).toContain('merge');
  expect(
    sourceSentence({ ...NO_DELIVERIES, rules: { ...MERGE_RULES, source: 'pipeline' } }, english),
  ).toContain('production');
});

it('says what a filter narrows, and nothing of one that narrows nothing', () => {
  expect(narrowedSentence({ window: 90 }, english)).toBeNull();
  expect(narrowedSentence({ window: 90, clock: { kind: 'weekdays', timeZone: 'UTC' } }, english)).toBeNull();
  expect(narrowedSentence({ window: 90, authorIds: ['ann'] }, english)).toContain('lead time');
});

it('lists what told of failures, the most frequent first', () => {
  const failureCauses = { 'pull-request': 2, 'direct-push': 5, 'failed-deployment': 0, rollback: 1 };
  expect(causeLines({ ...NO_DELIVERIES, failureCauses }, english)).toEqual([
    ['A direct push to the main branch', 5],
    ['A hotfix or revert was merged', 2],
    ['An earlier commit was deployed again', 1],
  ]);
  expect(causeLines(NO_DELIVERIES, english)).toEqual([]);
});

it('draws a week of few changes as a point, and says so much of it', () => {
  const week = { from: 0, partial: false, deployments: 3, failures: 1 };
  const [few, none] = deliveryWeeks({
    ...NO_DELIVERIES,
    weeks: [
      { ...week, leadTime: { ...NO_TIME, n: 4, p50: 3_600 } },
      { ...week, leadTime: NO_TIME },
    ],
  });
  if (few === undefined || none === undefined) throw new Error('There are two weeks.');
  expect(few).toMatchObject({ isSolid: false, count: 3, failed: 1, mark: 'whole' });
  expect(deliveryWeekSentence(few, english)).toBe(
    'Week of Jan 1: 3 deployments, 1 failed, median lead time 1 h',
  );
  expect(deliveryWeekSentence(none, german)).toBe(
    'Woche ab 1. Jan.: 3 Deployments, 1 fehlgeschlagen, keine Änderung mit bekannten Commits',
  );
});

it.each([
  [2021, 'lead_time_for_changes', 'less than 1 h', 'less than 182.5 days'],
  [2024, 'lead_time_for_changes', 'less than 1 day', 'less than 30.4 days'],
  [2024, 'deployment_frequency', 'more than 1 a day', 'one every 30 days or more often'],
  [2021, 'deployment_frequency', 'on more than 50 % of the days', 'on more than 50 % of the half-years'],
  [2024, 'change_failure_rate', '5 % at most', null],
] as const)('says what the levels of %d ask of %s', (year, figure, elite, medium) => {
  const steps = bandSteps(figure, year, english);
  expect(steps.map(({ band }) => band)).toEqual(['elite', 'high', 'medium', 'low']);
  expect([steps[0]?.asks, steps[2]?.asks]).toEqual([elite, medium]);
});

it('has no levels for what the reports give none for', () => {
  expect(bandSteps('rework_rate', 2024, english)).toEqual([]);
});

describe('without the permission for deployments', () => {
  const missing = ['read:pipeline:bitbucket'] as const;

  it('says that merges stand for them, and why', () => {
    const report = { ...NO_DELIVERIES, missing };
    expect(sourceSentence(report, english)).toBe(
      'Deployments cannot be read, since the permission read:pipeline:bitbucket is missing: so each merge into the main branch counts as a deployment.',
    );
    expect(missingSentence(report, english)).toBeNull();
  });

  it('says that nothing is known where nothing stands for them', () => {
    const report = { ...NO_DELIVERIES, missing, rules: { ...MERGE_RULES, source: 'pipeline' } } as const;
    expect(missingSentence(report, english)).toContain('read:pipeline:bitbucket is missing');
    expect(areDeploymentsKnown(report)).toBe(false);
    expect(areDeploymentsKnown({ ...report, missing: [] })).toBe(true);
    const lines = withPermission(deliveryLines(report, english), missing, english);
    expect(lines.find(({ figure }) => figure === 'deployment_frequency')).toMatchObject({
      value: '–',
      exact: 'no value: permission read:pipeline:bitbucket is missing',
    });
    // Pushes are told by events.
    expect(lines.find(({ figure }) => figure === 'direct_pushes')).toMatchObject({ value: '0', exact: null });
  });
});
